"""Read score sheets as a ledger is read: what is stated of whom, what in two ways, and where."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.origin import Origin
from medgraph.queries.policy.facts.ledger import (
    Items,
    contradictions_in,
    facts_of,
    key_of,
    statements,
)
from medgraph.words.joining import listed
from medgraph.words.quantities import quantity
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.words.score_sheets import ScoreSheet

LEDGER = ("subject", "item", "value", "period", "origin")


@dataclass(frozen=True)
class Sheet:
    """What a score sheet states.

    Parameters
    ----------
    facts
        By subject, the one value of each item; None where there is none, or two that differ.
    twice
        By subject and item, the values that differ.
    places
        By subject and item, the cells where it stands.
    nameless
        The lines that are about nobody, each with its `period` and `origin`.
    """

    facts: Mapping[str, Items]
    twice: Mapping[tuple[str, str], tuple[str, ...]]
    places: Mapping[tuple[str, str], str]
    nameless: tuple[Mapping[str, Any], ...]

    def at(self, subject: str, item: str, fault: str) -> str:
        """Return a sentence about an item with its cells behind it, where these are known."""
        return _with_place(fault, self.places.get((subject, item), ""))

    @property
    def faults_nameless(self) -> list[tuple[Mapping[str, Any], str]]:
        """The lines about nobody, and what to say of each."""
        return [
            (line, _with_place(say("score_nameless"), Origin.parse(line.get("origin")).place))
            for line in self.nameless
        ]

    def faults_twice(self, subject: str, mark: str = "") -> list[str]:
        """Say of each item of a subject that is stated in two ways which these are.

        `mark` is the end of the items that are asked about: `@2023`.
        """
        return [
            self.at(subject, item, say("score_twice", item=item, values=" / ".join(values)))
            for (of, item), values in self.twice.items()
            if of == subject and item.endswith(mark)
        ]


def _with_place(fault: str, place: str) -> str:
    return say("score_at", fault=fault, place=place) if place else fault


def ledger_of(sheet: pd.DataFrame, described: ScoreSheet) -> pd.DataFrame:
    """Return a score sheet as the ledger that an audit takes: a line for each cell.

    Raise OptionError where a column is missing.
    """
    if {"subject", "item", "value"} <= set(sheet.columns):
        return sheet
    wanted = described.needed
    if described.value in sheet.columns and not described.named:
        wanted = [described.subject, described.period, "item", described.value]
    need_columns(sheet, *wanted)
    lines = described.lines(rows_of(sheet), lambda _number, _name: "")
    return pd.DataFrame(lines, columns=list(LEDGER), dtype=object)


def read_sheet(sheet: pd.DataFrame, described: ScoreSheet) -> Sheet:
    """Read a score sheet, or the ledger that it comes to, as an audit reads its ledger."""
    ledger = ledger_of(sheet, described)
    said = statements(ledger)
    twice = {(one.subject, one.item): one.values for one in contradictions_in(said)}
    places: dict[tuple[str, str], list[str]] = {}
    nameless = []
    for line in rows_of(ledger):
        if key := key_of(line):
            places.setdefault(key, []).append(Origin.parse(line.get("origin")).place)
        else:
            nameless.append(line)
    return Sheet(
        {subject: facts_of(items) for subject, items in said.items()},
        twice,
        {key: listed(dict.fromkeys(filter(None, of))) for key, of in places.items()},
        tuple(nameless),
    )


def rows_of(sheet: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a sheet as plain values; an empty cell is None."""
    plain = sheet.astype(object).where(sheet.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def need_columns(sheet: pd.DataFrame, *columns: str) -> None:
    """Raise OptionError where a sheet lacks one of these columns."""
    if lost := [name for name in columns if name not in sheet.columns]:
        raise OptionError(say("score_columns", lost=", ".join(lost), wanted=", ".join(columns)))


def as_float(value: Fraction | None) -> float | None:
    """Return a number as a frame holds it."""
    return None if value is None else float(value)


def in_unit(value: Any, unit: str) -> Fraction | None:
    """Read a cell, or a number, in a unit; None where it is none that the unit allows."""
    is_read = value is None or isinstance(value, Fraction)
    return quantity(value if is_read else str(value), unit)
