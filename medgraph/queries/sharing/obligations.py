"""The obligations of a township or community centre, and the record behind each.

An obligation is a link that each such centre should have. A link stands behind one cell only, with
one exception: a membership also carries what the whole group has (team, recognition).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.errors import OptionError
from medgraph.queries.sharing.evidence import CELLS, MET, MISSING, UNSURE, evidence
from medgraph.words.say import say
from medgraph.words.vocabularies import CENTRE_TYPES

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.day import Day

__all__ = [
    "CELLS",
    "CENTRE_KINDS",
    "MET",
    "OBLIGATIONS",
    "RELATION_OF",
    "UNSURE",
    "Cells",
    "cells_of",
    "one_of_obligations",
    "reasons",
]

CENTRE_KINDS = tuple(kind for kind in CENTRE_TYPES if kind not in ("telemedicine", "other"))
# Each obligation with the relation in which the absence of a record means that there is none, once
# that relation is declared complete.
RELATION_OF = {
    "lead": "MEMBER_OF",
    **dict.fromkeys(CENTRE_KINDS, "USES_CENTRE"),
    "up_referral": "REFERS_UP_TO",
    "down_referral": "REFERS_DOWN_TO",
    "physician": "DISPATCHES",
    "team": "STATIONED_IN",
    "telemedicine": "TELEMEDICINE",
    "recognition": "RECOGNISES_RESULTS",
    "stations": "RUN_BY",
}
OBLIGATIONS = tuple(RELATION_OF)


class Cells(NamedTuple):
    """One column of the matrix, by subject: state, row of the link, where it breaks."""

    state: Positions
    row: Positions
    at: Positions


def one_of_obligations(obligations: tuple[str, ...] | str) -> tuple[str, ...]:
    """Return the obligations asked for (none: all); raise OptionError for a word that is none."""
    wanted = (obligations,) if isinstance(obligations, str) else tuple(obligations)
    for word in wanted:
        if word not in RELATION_OF:
            allowed = ", ".join(OBLIGATIONS)
            raise OptionError(say("not_one_of", what="obligation", value=word, allowed=allowed))
    return wanted or OBLIGATIONS


def cells_of(day: Day, obligation: str, subjects: Positions) -> Cells:
    """Return the column of `obligation` for the nodes at `subjects`, which ascend."""
    declared = day.declared(RELATION_OF[obligation], for_=subjects)
    absent = np.where(declared, MISSING, UNSURE)
    nothing = np.full(len(subjects), -1)
    found = evidence(day, obligation)
    if not len(found.subject):
        return Cells(absent, nothing, nothing)
    order = np.lexsort((found.row, found.state, found.subject))  # the first of each subject counts
    whose = found.subject[order]
    first = np.searchsorted(whose, subjects)
    inside = np.minimum(first, len(whose) - 1)
    has = (first < len(whose)) & (whose[inside] == subjects)
    best = order[inside]
    return Cells(
        np.where(has, found.state[best], absent),
        np.where(has, found.row[best], nothing),
        np.where(has, found.at[best], nothing),
    )


def reasons(day: Day, obligation: str, column: Cells) -> list[str]:
    """Return a sentence for every cell that is not met; an empty text for the others."""
    names = day.names(column.at)
    known: dict[tuple[int, bool, str], str] = {}
    found = []
    for state, row, name in zip(column.state.tolist(), column.row.tolist(), names, strict=True):
        key = (state, row >= 0, name or "")
        if key not in known:
            known[key] = _reason(day, obligation, *key)
        found.append(known[key])
    return found


def _reason(day: Day, obligation: str, state: int, recorded: bool, at: str) -> str:
    if state == MET:
        return ""
    key = f"cell_{CELLS[state]}"
    if state == UNSURE and at:
        key = "cell_unsure_at"
    elif state == UNSURE and recorded:
        key = "cell_unsure_title"
    return say(key, relation=RELATION_OF[obligation], at=at, day=day.date)
