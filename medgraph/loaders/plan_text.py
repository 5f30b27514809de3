"""Read the prose of a plan: its clauses, its sentences, and what each sentence states.

Every sentence is *used* (it fits a form of `plan_grammar`), *known to carry no relation* (it names nothing
that a relation needs), or *not understood*; so nothing is lost silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from medgraph.loaders.plan_grammar import LONGEST, read_sentence

USED, NO_RELATION, NOT_UNDERSTOOD = "used", "no_relation", "not_understood"

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBERINGS = (
    re.compile(rf"({_CHINESE})、"),
    re.compile(rf"([（(]{_CHINESE}[)）])"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"),
    re.compile(r"([（(]\d{1,2}[)）])"),
)
_LONGEST_TITLE = 40
_SENTENCE = re.compile(r"[^。；;\n]+")
# A sentence without one of these words says nothing of who belongs to, leads, sends to or serves whom.
_RELATIONAL = re.compile(
    "牵头|成员单位|组建|组成|联盟|医共体|医联体|共享中心|转诊|派驻|下沉|号源|床位|驻点|互认|协作|管委会|管理委员会|"
    "卫生院|社区卫生服务|卫生室|托管|代管|隶属|分院")


@dataclass(frozen=True)
class Sentence:
    """One sentence: its `clause` (二(一)1(1)), its span in the repaired text, its fate and its form."""

    text: str
    clause: str
    start: int
    end: int
    status: str
    form: str = ""
    parts: dict[str, list[str]] = field(default_factory=dict, compare=False)
    heading: str = ""


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a plan in their order; the first one of a numbered line is its heading."""
    found: list[Sentence] = []
    path: list[str] = [""] * len(_NUMBERINGS)
    heading, start = "", 0
    for line in text.split("\n"):
        body = _numbered(line, path)
        first = True
        for match in _SENTENCE.finditer(line, body):
            said = match.group().strip()
            if not said:
                continue
            if first and body:
                heading = said
            titled = first and body > 0
            found.append(_read(said, "".join(path), start + match.start(), start + match.end(), heading, titled))
            first = False
        start += len(line) + 1
    return found


def _numbered(line: str, path: list[str]) -> int:
    """Take the number off a line, note it in `path`, and return where the body begins (0: no number)."""
    indent = len(line) - len(line.lstrip())
    for depth, pattern in enumerate(_NUMBERINGS):
        if number := pattern.match(line, indent):
            path[depth:] = [_plain(number.group(1)), *[""] * (len(path) - depth - 1)]
            return number.end()
    return 0


def _plain(number: str) -> str:
    return number.replace("（", "(").replace("）", ")")


def _read(text: str, clause: str, start: int, end: int, heading: str, titled: bool) -> Sentence:
    read = read_sentence(text)
    if read is not None:
        return Sentence(text, clause, start, end, USED, *read, heading)
    # The title of a clause states nothing by itself; the sentences behind it are read with it.
    silent = len(text) <= LONGEST and (not _RELATIONAL.search(text) or (titled and len(text) <= _LONGEST_TITLE))
    return Sentence(text, clause, start, end, NO_RELATION if silent else NOT_UNDERSTOOD, heading=heading)
