"""Match names as people write them: one normal form, a few rules, and a stated confidence.

No edit distance: 第一人民医院 and 第二人民医院 differ by one character and are two hospitals. A rule either says
why two names mean one node, or there is no match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

    from medgraph.graphmodel.network import MedicalNetwork

# What the conversion to simplified characters leaves: two valid characters for one place, 茅畬 and 茅畲.
_VARIANTS = str.maketrans("畬檯颱", "畲台台")
_BRACKETS = str.maketrans("【】〔〕［］〈〉《》｛｝", "()()()()()()")
_BRANCH = re.compile(
    r"院区|分院|分部|部|站|点|东|西|南|北|新|老"
)  # what makes a bracket part of the identity
_AREA = re.compile(r"(?:[^省市区县镇乡]{1,9}(?:省|自治区|市|区|县|镇|乡|街道|新区))+")
# Endings that mean the same kind of facility, longest first.
_ENDINGS = (
    ("社区卫生服务中心", ("社区卫生服务中心", "卫生服务中心", "社卫中心", "社区卫生中心")),
    ("社区卫生服务站", ("社区卫生服务站", "卫生服务站", "社卫站")),
    ("中心卫生院", ("中心卫生院", "中心乡镇卫生院")),
    (
        "妇幼保健院",
        ("妇幼保健计划生育服务中心", "妇幼健康服务中心", "妇幼保健院", "妇幼保健所", "妇保院"),
    ),
    ("疾病预防控制中心", ("疾病预防控制中心", "疾控中心")),
    ("村卫生室", ("村卫生室", "村卫生所", "卫生室", "卫生所")),
    ("人民医院", ("人民医院",)),
    ("中医院", ("中医医院", "中医院")),
)
CONFIDENCE = {
    "id": 1.0,
    "name": 1.0,
    "writing": 0.98,
    "alias": 0.95,
    "brackets": 0.9,
    "ending": 0.85,
    "area": 0.8,
    "ambiguous": 0.0,
    "none": 0.0,
}


@dataclass(frozen=True)
class Match:
    """What `text` means: `id` (None: no match), `confidence` from 0 to 1, `how`, and `candidates` if several fit."""

    text: str
    id: str | None
    confidence: float
    how: str
    candidates: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def normal(text: str) -> str:
    """Return a name in normal form: NFKC, one form of a character and of brackets, no blanks or stops.

    >>> normal("臺州市 第一人民醫院（東院）")
    '台州市第一人民医院(东院)'
    """
    folded = (
        _simplifier()
        .convert(unicodedata.normalize("NFKC", text))
        .translate(_VARIANTS)
        .translate(_BRACKETS)
    )
    return unicodedata.normalize("NFKC", re.sub(r"[\s·•.,，。、'\"“”‘’_-]+", "", folded.casefold()))


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def bare(text: str) -> str:
    """Return the normal form without brackets that do not name a branch.

    >>> bare("台州恩泽医疗中心(集团)恩泽医院"), bare("中心卫生院（分院）")
    ('台州恩泽医疗中心恩泽医院', '中心卫生院(分院)')
    """
    return re.sub(r"\(([^()]*)\)", lambda m: m[0] if _BRANCH.search(m[1]) else "", normal(text))


def ending(text: str) -> str:
    """Return the bare form with its ending written in one way.

    >>> ending("新前街道社卫中心")
    '新前街道社区卫生服务中心'
    """
    name = bare(text)
    for word, endings in _ENDINGS:
        for written in endings:
            if name.endswith(written):
                return name[: -len(written)] + word
    return name


class Names:
    """The names of a network's nodes of one `kind`, ready to be matched."""

    def __init__(
        self, net: MedicalNetwork, *, kind: str | None = "Facility", area: str | None = None
    ) -> None:
        """Take the nodes of `kind` (None: all), inside `area` (a code or its beginning) where one is given."""
        keep = net.index.is_kind(kind) if kind else None
        if area is not None:
            keep = net.in_area(area) if keep is None else keep & net.in_area(area)
        columns = [net.index.values(c).to_pylist() for c in ("name", "short_name", "aliases")]
        rows = zip(net.index.ids.to_pylist(), *columns, strict=True)
        self._books: dict[str, dict[str, list[str]]] = {how: {} for how in CONFIDENCE}
        for place, (id, name, short, aliases) in enumerate(rows):
            if keep is None or keep[place]:
                self._enter(id, name or "", [*filter(None, [short, *(aliases or "").split("|")])])
        self._longer: dict[str, list[str]] = {}
        for name, ids in self._books["ending"].items():
            self._longer.setdefault(name[-4:], []).extend([name] * len(ids))

    def _enter(self, id: str, name: str, others: list[str]) -> None:
        entries = [
            ("id", id),
            ("name", name),
            ("writing", normal(name)),
            ("brackets", bare(name)),
            ("ending", ending(name)),
        ]
        entries += [("alias", normal(other)) for other in others] + [
            ("ending", ending(other)) for other in others
        ]
        for how, key in entries:
            ids = self._books[how].setdefault(key, [])
            if key and id not in ids:
                ids.append(id)

    def match(self, text: str) -> Match:
        """Return what `text` means by the first rule that fits; several nodes at once are no match."""
        text = str(text)
        written = {
            "id": text,
            "name": text,
            "writing": normal(text),
            "alias": normal(text),
            "brackets": bare(text),
            "ending": ending(text),
        }
        for how, key in written.items():
            if ids := self._books[how].get(key):
                return self._settle(text, how, ids)
        if ids := self._by_area(written["ending"]):
            return self._settle(text, "area", ids)
        return Match(text, None, CONFIDENCE["none"], "none")

    def match_all(self, texts: Iterable[str]) -> dict[str, Match]:
        """Return the match of every different text."""
        return {text: self.match(text) for text in dict.fromkeys(texts)}

    def _settle(self, text: str, how: str, ids: list[str]) -> Match:
        if len(set(ids)) == 1:
            return Match(text, ids[0], CONFIDENCE[how], how)
        return Match(text, None, CONFIDENCE["ambiguous"], "ambiguous", tuple(dict.fromkeys(ids)))

    def _by_area(self, name: str) -> list[str]:
        """Names that differ only by the areas written before them: 新桥镇卫生院, 路桥区新桥镇卫生院."""
        found: list[str] = []
        for longer in dict.fromkeys(self._longer.get(name[-4:], ())):
            first, second = sorted((name, longer), key=len)
            rest = second[: -len(first)] if second.endswith(first) else ""
            if len(first) >= 4 and rest and _AREA.fullmatch(rest) and _says_where(first):
                found.extend(self._books["ending"][longer])
        return found


def _says_where(name: str) -> bool:
    """A name like 人民医院 alone says nothing of its place, so no area may be put before it by guess."""
    return name not in {word for word, _ in _ENDINGS}
