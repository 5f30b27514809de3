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
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day

__all__ = [
    "CELLS",
    "CENTRE_KINDS",
    "MET",
    "OBLIGATIONS",
    "RELATIONS_OF",
    "UNSURE",
    "Cells",
    "cells_of",
    "one_of_obligations",
    "reasons",
]

CENTRE_KINDS = tuple(kind for kind in CENTRE_TYPES if kind not in ("telemedicine", "other"))
_CENTRE = ("USES_CENTRE", "HOSTS_CENTRE")
# Each obligation with the relations of which a record may meet it, that of the obligation itself
# first: only once all of them are declared complete does the absence of a record mean that there
# is none. No township or community centre leads a group unless it is stated (`Day.leading`).
RELATIONS_OF: dict[str, tuple[str, ...]] = {
    "lead": ("MEMBER_OF",),
    **dict.fromkeys(CENTRE_KINDS, _CENTRE),
    "up_referral": ("REFERS_UP_TO",),
    "down_referral": ("REFERS_DOWN_TO",),
    "physician": ("DISPATCHES",),
    "team": ("STATIONED_IN", "MEMBER_OF"),
    "telemedicine": ("TELEMEDICINE", *_CENTRE),
    "recognition": ("RECOGNISES_RESULTS", "MEMBER_OF"),
    "stations": ("RUN_BY",),
}
OBLIGATIONS = tuple(RELATIONS_OF)
_OF_GROUP = ("team", "recognition")  # what a whole group may have for its members


class Cells(NamedTuple):
    """One column of the matrix, by subject: state, row of the link, where it breaks.

    `recorded` is the state of that link alone: where a list is open, another may meet the cell.
    """

    state: Positions
    row: Positions
    at: Positions
    recorded: Positions

    def where(self, mask: Mask) -> Cells:
        """Return the cells of a mask."""
        return Cells(*(part[mask] for part in self))


def one_of_obligations(obligations: tuple[str, ...] | str) -> tuple[str, ...]:
    """Return the obligations asked for (none: all); raise OptionError for a word that is none."""
    wanted = (obligations,) if isinstance(obligations, str) else tuple(obligations)
    for word in wanted:
        if word not in RELATIONS_OF:
            allowed = ", ".join(OBLIGATIONS)
            raise OptionError(say("not_one_of", what="obligation", value=word, allowed=allowed))
    return wanted or OBLIGATIONS


def cells_of(day: Day, obligation: str, subjects: Positions) -> Cells:
    """Return the column of `obligation` for the nodes at `subjects`, which ascend."""
    found = evidence(day, obligation)
    recorded = np.full(len(subjects), MISSING)
    row, at = np.full(len(subjects), -1), np.full(len(subjects), -1)
    if len(found.subject):
        order = np.lexsort((found.row, found.state, found.subject))  # of each, the first counts
        whose = found.subject[order]
        first = np.minimum(np.searchsorted(whose, subjects), len(whose) - 1)
        has = whose[first] == subjects
        best = order[first]
        recorded = np.where(has, found.state[best], recorded)
        row, at = np.where(has, found.row[best], row), np.where(has, found.at[best], at)
    certain = (recorded == MET) | _all_known(day, obligation, subjects)
    return Cells(np.where(certain, recorded, UNSURE), row, at, recorded)


def _all_known(day: Day, obligation: str, subjects: Positions) -> Mask:
    """Return a mask over subjects: no record that is not stated may meet the obligation."""
    own, *others = RELATIONS_OF[obligation]
    known = day.declared(own, for_=subjects)
    for relation in others:
        known &= day.declared(relation, for_=subjects)
    if obligation in _OF_GROUP:
        members = day.group_memberships
        is_open = ~day.declared(own, for_=members.collective)
        known &= ~day.mask(members.facility[is_open])[subjects]
    return known


def reasons(day: Day, obligation: str, column: Cells) -> list[str]:
    """Return a sentence for every cell that is not met; an empty text for the others."""
    names = day.names(column.at)
    known: dict[tuple[int, int, str], str] = {}
    found = []
    cells = zip(column.state.tolist(), column.recorded.tolist(), names, strict=True)
    for state, recorded, name in cells:
        key = (state, recorded, name or "")
        if key not in known:
            known[key] = _reason(day, obligation, *key)
        found.append(known[key])
    return found


def _reason(day: Day, obligation: str, state: int, recorded: int, at: str) -> str:
    if state == MET:
        return ""
    relations = say("list_comma").join(RELATIONS_OF[obligation])
    told = say(_sentence(obligation, recorded, at), relations=relations, at=at, day=day.date)
    if state == recorded:
        return told
    if recorded == MISSING:
        return say("cell_no_data", relation=RELATIONS_OF[obligation][0], relations=relations)
    return say("cell_others_open", told=told, relations=relations)


def _sentence(obligation: str, recorded: int, at: str) -> str:
    """Return the key of what the record of a cell says."""
    if recorded != UNSURE:
        return f"cell_{CELLS[recorded]}"
    if at:
        return "cell_unsure_at"
    return "cell_unsure_title" if obligation == "physician" else "cell_unsure_kind"
