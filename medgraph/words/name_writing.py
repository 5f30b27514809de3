"""Collect the ways in which one name is written: characters, brackets, stops, areas before it."""

from __future__ import annotations

import re

from medgraph.words import lexicon
from medgraph.words.lexicon import AREA_ENDINGS, Use, any_of, ends
from medgraph.words.numerals import NUMBERING

# What is written in one way: brackets, and two characters of one place name (畬, 畲), which the
# conversion to simplified characters leaves.
ONE_WAY = str.maketrans("畬檯颱【】〔〕［］〈〉《》｛｝", "畲台台()()()()()()")
STOPS = re.compile(r"[\s·•.,，。、'\"“”‘’_-]+")
# A bracket with one of these names a branch: it is part of the identity.
BRANCH = re.compile(r"院区|分院|分部|部|站|点|东|西|南|北|新|老")
# One area after another, as people put them before a name.
AREAS_BEFORE = re.compile(
    r"(?:[^省市区县镇乡]{1,9}" + any_of(ends(AREA_ENDINGS, Use.BEFORE)) + ")+"
)
# A hospital with a number in its name: what is before the number, and the number.
NUMBERED_HOSPITAL = re.compile(rf"^(.*?)(?:第)?([{NUMBERING}]+)(?:人民|人)?医?院$")
# Where a reader of a long name pauses: behind an area, a bracket, a word, before its kind.
_PAUSE = re.compile(
    r"(?<=[省市区县旗镇乡])(?<!社区|城市)(?!立)|(?<=街道|集团)(?![)）])|(?<=[)）\s/-])|(?=[(（])"
    r"|(?<=.)(?=社区卫生服务|中心卫生院|城市医|县域医)|(?<!市)(?=医疗集团)"
)
# Endings that mean the same kind of facility, longest first.
ENDINGS = lexicon.same_endings()


def pauses(name: str) -> list[str]:
    """Return the parts of a name between which a line may end.

    >>> pauses("台州恩泽医疗中心(集团)恩泽医院城市医联体")
    ['台州恩泽医疗中心', '(集团)', '恩泽医院', '城市医联体']
    >>> pauses("椒江区海门街道社区卫生服务中心")
    ['椒江区', '海门街道', '社区卫生服务中心']
    """
    return [part for part in _PAUSE.split(name) if part]
