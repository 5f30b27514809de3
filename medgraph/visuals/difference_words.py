"""Say in words what a comparison found: what it is about, and how it reads on either side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.schema import TABLES
from medgraph.visuals.headings import heading, said, state_label, subject_name
from medgraph.words.say import language, pick, say
from medgraph.words.sentences.gathering import CATALOGUE
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.graphmodel.schema import Field

_SERVED, _OBLIGATION, _ANSWER, _SHARE, _VERDICT = (
    *("served", "obligation", "answer", "share"),
    "verdict",
)

# A number with more decimals than anybody reads.
_LONG_NUMBER = re.compile(r"-?\d+\.\d+")
# What the words of answers may be of.
_VOCABULARIES = ("facility_type", "specialty", "centre_type")


def in_words(net: MedicalNetwork, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a comparison with each column as people read it."""
    records = rows.to_dict("records")
    return rows.assign(
        name=[name(net, row) for row in records],
        what=[said("what.", row["what"], row["what"]) for row in records],
        kind=[said("difference.", row["kind"], row["kind"]) for row in records],
        change=[said("change.", row["change"], row["change"]) for row in records],
        field=[subject(net, row) for row in records],
        before=[value(net, row, "before") for row in records],
        after=[value(net, row, "after") for row in records],
        status=[said("change.", row["status"], state_label(row["status"])) for row in records],
    )


def conflicts_in_words(net: MedicalNetwork, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what two lists state differently as people read it: titles, words and names."""
    records = rows.to_dict("records")
    return rows.assign(
        name=[row["name"] or net.name(row["source"]) for row in records],
        field=[_title(row["field"]) for row in records],
        before=[_stated(net, row["field"], row["before"]) for row in records],
        after=[_stated(net, row["field"], row["after"]) for row in records],
        kept=[said("conflict.kept_", row["kept"], row["kept"]) for row in records],
    )


def _field(column: str) -> Field | None:
    """The field of a column of ours; None of a free attribute."""
    fields = (table.field(column) for table in TABLES.values())
    return next((one for one in fields if one is not None), None)


def _title(column: str) -> str:
    """The title of a column in a table, which in an answer may be called otherwise: 状态, 判定."""
    field = _field(column)
    return pick(zh=field.zh, en=heading(column)) if field else heading(column)


def _stated(net: MedicalNetwork, column: str, text: str) -> str:
    """What a cell of a column states, its words and the nodes that it names as people read them."""
    field = _field(column)
    if field is not None and field.vocabulary:
        pieces = text.split("|")
        return say("list_comma").join(label(field.vocabulary, one, language()) for one in pieces)
    is_node = field is not None and field.type == "id" and net.index.position(text) >= 0
    return net.name(text) if is_node else text


def name(net: MedicalNetwork, row: Mapping[Any, Any]) -> str:
    """Return what a difference is about by name; of a share it is the question."""
    source, stated = str(row["source"]), str(row["name"] or "")
    if row["what"] == _SHARE:
        return question(net, source)
    if row["what"] == _VERDICT:
        return subject_name(source, "" if stated == source else stated)
    return stated


def subject(net: MedicalNetwork, row: Mapping[Any, Any]) -> str:
    """Return what of something differs: a question, an obligation, a rule, a column."""
    what, field = str(row["what"]), str(row["field"] or "")
    if what in (_ANSWER, _SHARE):
        return question(net, field)
    if what == _OBLIGATION:
        return said("obligation.", field, heading(field))
    if what == _SERVED:
        return say("compared_served_by")
    if what == _VERDICT:
        return field
    return heading(field) if field else ""


def value(net: MedicalNetwork, row: Mapping[Any, Any], side: str) -> str:
    """Return how a difference reads on one side: ids as names, states and columns in words."""
    text = str(row[side] or "")
    if row["what"] == _SHARE or not text:
        return text
    return say("comma").join(_piece(net, piece) for piece in text.split("; "))


def question(net: MedicalNetwork, title: str) -> str:
    """Return what a question is called, with the way it is asked or the part it is about."""
    name, *rest = title.split(" ")
    asked = said("answer.", name, name)
    if not rest:
        return asked
    ways = say("comma").join(said("way.", one, _word(net, one)) for one in rest)
    return say("in_brackets", text=asked, more=ways)


def _piece(net: MedicalNetwork, piece: str) -> str:
    column, sign, value = piece.rpartition("=")
    if column == "level":  # whose words are numbers
        return f"{heading(column)} {label('level', value, language())}"
    words = " ".join(_word(net, one) for one in value.split(" "))
    return f"{heading(column)} {words}" if sign and column != "status" else words


def _word(net: MedicalNetwork, word: str) -> str:
    if _LONG_NUMBER.fullmatch(word):
        return f"{float(word):.2f}".rstrip("0").rstrip(".")
    parts = word.split("|")
    names = [net.name(part) if net.index.position(part) >= 0 else _term(part) for part in parts]
    return say("list_comma").join(names)


def _term(word: str) -> str:
    """A word of one of our vocabularies as people read it; any other as it is."""
    for beginning in ("obligation.", "word.", "test."):
        if f"{beginning}{word}" in CATALOGUE:
            return say(f"{beginning}{word}")
    vocabulary = next((one for one in _VOCABULARIES if word in VOCABULARIES[one]), "")
    return label(vocabulary, word, language()) if vocabulary else state_label(word)
