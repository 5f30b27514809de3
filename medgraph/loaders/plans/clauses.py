"""Split the prose of a plan into numbered clauses and sentences, and read the form of each.

Every sentence is *used* (it fits a form of the grammar), *known to carry no relation* (it names
nothing that a relation needs), or *not understood*; so nothing is lost silently.
"""

from __future__ import annotations

import re
from dataclasses import replace

from medgraph.loaders.plans.sentence import NO_RELATION, NOT_UNDERSTOOD, USED, Sentence
from medgraph.loaders.plans.sentence_grammar import (
    LONGEST,
    Form,
    Parts,
    read_phrases,
    read_sentence,
)
from medgraph.words.plan_language import (
    ASCII_BRACKETS,
    BULLETS,
    GROUP_TITLE,
    LEADING,
    NOBODY,
    NUMBERINGS,
    RELATIONAL,
    SENTENCE,
    TABLE_COLUMNS,
    TITLE_TAIL,
)
from medgraph.words.punctuation import COMMA

_LONGEST_TITLE = 40
_CELL_BREAK = re.compile(r"\t|\|")
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]*")


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a plan in order; the first one of a numbered line is its heading."""
    reader = _LineReader()
    start = 0
    for line in text.split("\n"):
        reader.read(line, start)
        start += len(line) + 1
    return _with_leads(reader.sentences)


class _LineReader:
    """Read a plan line by line; what a line takes over from those above it is kept here."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self.numbers = [""] * len(NUMBERINGS)
        self.heading = ""
        self.columns: list[str] = []  # of the table that the lines are rows of

    @property
    def clause(self) -> str:
        return "".join(self.numbers)

    def read(self, line: str, start: int) -> None:
        """Read the line that begins at `start` in the text."""
        cells = [cell.strip() for cell in _CELL_BREAK.split(line.strip().strip("|"))]
        begins_table = any(LEADING in cell for cell in cells)
        if len(cells) > 2 and (self.columns or begins_table):
            self._read_row(line, start, cells)
        else:
            self.columns = []
            self._read_prose(line, start)

    def _read_row(self, line: str, start: int, cells: list[str]) -> None:
        """Read a row of a table; its head names the group, its lead and its members."""
        named = zip(self.columns, cells, strict=False)
        parts = {column: [cell] for column, cell in named if column and cell}
        is_head = not self.columns
        is_whole = len(cells) == len(self.columns) and {"LEAD", "LIST"} <= set(parts)
        status = NO_RELATION if is_head else NOT_UNDERSTOOD
        row = Sentence(line.strip(), self.clause, start, start + len(line), status, "", parts)
        if is_whole:
            row = replace(row, status=USED, form="membership")
        self.sentences.append(row)
        if is_head:
            self.columns = [_column_of(cell) for cell in cells]

    def _read_prose(self, line: str, start: int) -> None:
        """Read the sentences of a line; the first one behind a number is a heading."""
        body = self._take_number(line)
        is_heading = body > 0
        for found in SENTENCE.finditer(line, body or _end_of_bullet(line)):
            text = found.group().strip()
            if not text:
                continue
            is_title = is_heading or _is_group_title(text, line)
            heading = text if is_title else self.heading
            begin, end = start + found.start(), start + found.end()
            unread = Sentence(text, self.clause, begin, end, NOT_UNDERSTOOD, heading=heading)
            sentence = _read(unread, is_heading=is_heading)
            if is_title and sentence.form in ("lead_only", "members_only"):
                # `1.牵头医院：…` goes with the title above it
                sentence = replace(sentence, heading=self.heading)
            self.heading = sentence.heading
            self.sentences.append(sentence)
            is_heading = False

    def _take_number(self, line: str) -> int:
        """Note the number of a line; return where the body begins, 0 where there is no number."""
        indent = len(line) - len(line.lstrip())
        for depth, numbering in enumerate(NUMBERINGS):
            found = numbering.match(line, indent)
            if found:
                below = [""] * (len(NUMBERINGS) - depth - 1)
                self.numbers[depth:] = [found.group(1).translate(ASCII_BRACKETS), *below]
                return found.end()
        return 0


def _end_of_bullet(line: str) -> int:
    bullet = _BULLET.match(line)
    return bullet.end() if bullet else 0


def _is_group_title(text: str, line: str) -> bool:
    """Tell whether a sentence is alone on its line, short, and ends as the name of a group does."""
    is_alone = text.strip(BULLETS) == line.strip(BULLETS)
    return is_alone and len(text) <= _LONGEST_TITLE and GROUP_TITLE.search(text) is not None


def _column_of(head: str) -> str:
    """What the column under a head holds; empty where the head does not say."""
    for word, part in TABLE_COLUMNS.items():
        if word in head:
            return part
    return "GROUP" if GROUP_TITLE.search(head.removesuffix(TITLE_TAIL)) else ""


def _read(sentence: Sentence, *, is_heading: bool) -> Sentence:
    """The sentence with its form, its phrases and its fate."""
    form = read_sentence(sentence.text)
    if form is not None and not _names_a_lead(form.parts):
        form = None
    phrases = _phrases(sentence.text, form)
    if form is not None or phrases:
        name, parts = form or ("", {})
        return replace(sentence, status=USED, form=name, parts=parts, phrases=phrases)
    if _is_silent(sentence.text, is_heading):
        return replace(sentence, status=NO_RELATION)
    return sentence


def _phrases(text: str, form: Form | None) -> tuple[Form, ...]:
    """The phrases of a sentence, or of the rest behind its form, with what the form captures."""
    captured: Parts = {}
    if form is not None:
        captured, text = form.parts, COMMA.join(form.parts.get("REST", []))
    return tuple(Form(name, captured | parts) for name, parts in read_phrases(text))


def _names_a_lead(parts: Parts) -> bool:
    """Tell whether a form names a lead, where it has one, and not only a kind of hospital."""
    return not any(NOBODY.fullmatch(lead.strip()) for lead in parts.get("LEAD", []))


def _is_silent(text: str, is_heading: bool) -> bool:
    """Tell whether a sentence that fits no form is known to state nothing.

    The title of a clause states nothing by itself; the sentences behind it are read with it.
    """
    if len(text) > LONGEST:
        return False
    is_short_heading = is_heading and len(text) <= _LONGEST_TITLE
    return is_short_heading or not RELATIONAL.search(text)


def _with_leads(found: list[Sentence]) -> list[Sentence]:
    """Read a list of members with the lead that a sentence before it under its heading names.

    Alone, neither states a relation.
    """
    lead: Sentence | None = None
    done = []
    for sentence in found:
        if sentence.form == "lead_only":
            lead = sentence
        if sentence.form == "members_only":
            sentence = _with_lead(sentence, lead)
        done.append(sentence)
    return done


def _with_lead(members: Sentence, lead: Sentence | None) -> Sentence:
    if lead is None or lead.heading != members.heading:
        return replace(members, form="", status=NOT_UNDERSTOOD)
    parts = lead.parts | members.parts
    return replace(members, form="membership", parts=parts, status=USED)
