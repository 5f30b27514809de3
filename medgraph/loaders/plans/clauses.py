"""Read the prose of a plan: its clauses, its sentences, and what each sentence states.

Every sentence is *used* (it fits a form of `plan_grammar`), *known to carry no relation* (it names nothing
that a relation needs), or *not understood*; so nothing is lost silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from medgraph.loaders.plans.sentence_grammar import LONGEST, read_clauses, read_sentence

USED, NO_RELATION, NOT_UNDERSTOOD = "used", "no_relation", "not_understood"

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBERINGS = (
    re.compile(rf"({_CHINESE})、"),
    re.compile(rf"([（(]{_CHINESE}[)）])"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"),
    re.compile(r"([（(]\d{1,2}[)）])"),
)
_LONGEST_TITLE = 40
_CELLS = re.compile(r"\t|\|")
_AROUND = " \t\u3000●•◆■▪○·*-—：:"
_BULLET = re.compile(rf"[{re.escape(_AROUND)}]*")
_GROUP_TITLE = re.compile("(?:集团|医联体|医共体|共同体|总医院)[：:]?$")
# `由县医院牵头，将乡镇卫生院…` says what a community is, and names nobody.
_NOBODY = re.compile(
    "(?:各|每个?|本|该)?(?:县|区|市|县级|区级|市级|上级|三级|二级)*(?:公立|综合)*医院|(?:牵头|龙头).*"
)
# A stop within brackets ends no sentence: `某医共体（牵头医院：甲；成员单位：乙、丙）`.
_SENTENCE = re.compile(r"(?:[（(][^（()）\n]{1,400}[)）]|[^。；;\n])+")
# A sentence without one of these words says nothing of who belongs to, leads, sends to or serves whom.
RELATIONAL = re.compile(
    "牵头|成员单位|组建|组成|联盟|医共体|医联体|共享中心|转诊|派驻|下沉|号源|床位|驻点|互认|协作|管委会|管理委员会|"
    "卫生院|社区卫生服务|卫生室|托管|代管|隶属|分院"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence: its `clause` (二(一)1(1)), its span in the repaired text, its fate, its form and its clauses.

    `parts` are what the form captures; `clauses` the forms and parts of the clauses between its commas, each with
    what the sentence captures.
    """

    text: str
    clause: str
    start: int
    end: int
    status: str
    form: str = ""
    parts: dict[str, list[str]] = field(default_factory=dict, compare=False)
    heading: str = ""
    clauses: tuple[tuple[str, dict[str, list[str]]], ...] = field(default=(), compare=False)

    @property
    def readings(self) -> list[Sentence]:
        """The sentence once for each form that it fits."""
        own = [self] if self.form else []
        return own + [replace(self, form=form, parts=parts) for form, parts in self.clauses]

    @property
    def forms(self) -> str:
        """The names of the forms, with `+` between them."""
        return "+".join(one.form for one in self.readings)


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a plan in their order; the first one of a numbered line is its heading."""
    found: list[Sentence] = []
    path: list[str] = [""] * len(_NUMBERINGS)
    heading, start, columns = "", 0, []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]
        if len(cells) > 2 and (columns or any("牵头" in cell for cell in cells)):
            found.append(_row(line, cells, columns, "".join(path), start))
            columns = columns or [_column(cell) for cell in cells]
        else:
            columns = []
            heading = _line(line, path, heading, start, found)
        start += len(line) + 1
    return _joined(found)


def _line(line: str, path: list[str], heading: str, start: int, found: list[Sentence]) -> str:
    """Read the sentences of one line into `found`; return the heading that holds from here on."""
    body = _numbered(line, path)
    titled = body > 0
    for match in _SENTENCE.finditer(line, body or _BULLET.match(line).end()):  # type: ignore[union-attr]
        said = match.group().strip()
        if not said:
            continue
        alone = said.strip(_AROUND) == line.strip(_AROUND)
        title = titled or (alone and len(said) <= _LONGEST_TITLE and _GROUP_TITLE.search(said))
        one = _read(
            said,
            "".join(path),
            start + match.start(),
            start + match.end(),
            said if title else heading,
            titled,
        )
        if title and one.form in (
            "lead_only",
            "members_only",
        ):  # `1.牵头医院：…` goes with the title above it
            one = replace(one, heading=heading)
        heading = one.heading
        found.append(one)
        titled = False
    return heading


def _row(line: str, cells: list[str], columns: list[str], clause: str, start: int) -> Sentence:
    """One row of a table whose head names the group, its lead and its members."""
    parts = {
        column: [cell] for column, cell in zip(columns, cells, strict=False) if column and cell
    }
    sound = len(cells) == len(columns) and {"LEAD", "LIST"} <= set(parts)
    status = USED if sound else NOT_UNDERSTOOD if columns else NO_RELATION
    return Sentence(
        line.strip(), clause, start, start + len(line), status, "membership" if sound else "", parts
    )


def _column(head: str) -> str:
    named = {"牵头": "LEAD", "龙头": "LEAD", "成员": "LIST", "分院": "LIST"}
    return next(
        (part for word, part in named.items() if word in head),
        "GROUP" if _GROUP_TITLE.search(head.removesuffix("名称")) else "",
    )


def _joined(found: list[Sentence]) -> list[Sentence]:
    """Read a list of members with the lead that the sentence before it names; alone, neither states a relation."""
    lead: Sentence | None = None
    done = []
    for one in found:
        if one.form == "members_only":
            known = lead is not None and lead.heading == one.heading
            parts = (lead.parts if known else {}) | one.parts  # type: ignore[union-attr]
            form, status = ("membership", USED) if known else ("", NOT_UNDERSTOOD)
            one = replace(one, form=form, parts=parts, status=status)
        lead = one if one.form == "lead_only" else lead
        done.append(one)
    return done


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
    if read is not None and not _names_facilities(read[1]):
        read = None
    rest = text if read is None else "，".join(read[1].get("REST", []))
    clauses = tuple((form, (read[1] if read else {}) | parts) for form, parts in read_clauses(rest))
    if read is not None or clauses:
        return Sentence(text, clause, start, end, USED, *(read or ("", {})), heading, clauses)
    # The title of a clause states nothing by itself; the sentences behind it are read with it.
    silent = len(text) <= LONGEST and (
        not RELATIONAL.search(text) or (titled and len(text) <= _LONGEST_TITLE)
    )
    return Sentence(
        text, clause, start, end, NO_RELATION if silent else NOT_UNDERSTOOD, heading=heading
    )


def _names_facilities(parts: dict[str, list[str]]) -> bool:
    """Tell whether a form names a lead, where it has one, and not only a kind of hospital."""
    return not any(_NOBODY.fullmatch(lead.strip()) for lead in parts.get("LEAD", []))
