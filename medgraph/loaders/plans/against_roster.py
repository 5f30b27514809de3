"""Compare a draft with an existing roster, name by name: same, similar, new, missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from medgraph.graphmodel.matching import normal

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

# A rule that says why two names mean one facility counts as the same from here on.
SAME = 0.95
# Names less alike than this (0 to 100) are not worth a person's look.
SIMILAR = 80


class _Row(NamedTuple):
    """One row of the comparison; absent names are None."""

    status: str
    draft: str | None
    draft_name: str | None
    roster: str | None
    roster_name: str | None
    score: int
    how: str


def against(draft: MedicalNetwork, roster: MedicalNetwork) -> pd.DataFrame:
    """Return one row for each facility of the draft and each of the roster that no draft row means.

    `same`: a rule of names (name, writing, alias) says so; `similar`: a weaker rule, or a likeness
    of at least 80 of 100 (Indel ratio, rapidfuzz), for a person to decide; `new`: nothing like it
    in the roster; `missing`: in the roster, and not in the draft. Classes are no facilities and are
    not compared.

    Columns: status, draft, draft_name, roster, roster_name, score (0 to 100), how.
    """
    comparison = _Comparison(roster)
    rows = [comparison.row(id, name) for id, name in _facilities(draft).items()]
    meant = {row.roster for row in rows}
    rows += [
        _Row("missing", None, None, id, name, 0, "none")
        for id, name in comparison.facilities.items()
        if id not in meant
    ]
    return pd.DataFrame(rows, columns=list(_Row._fields), dtype=object)


class _Comparison:
    """A roster, ready to be compared with names."""

    def __init__(self, roster: MedicalNetwork) -> None:
        self.facilities = _facilities(roster)
        self._names = roster.names(kind="Facility")
        self._normal = {id: normal(name) for id, name in self.facilities.items()}

    def row(self, id: str, name: str) -> _Row:
        """The row of a facility of the draft."""
        match = self._names.match(name)
        if match.id is None:
            return self._by_likeness(id, name, match.how)
        status = "same" if match.confidence >= SAME else "similar"
        score = round(match.confidence * 100)
        return _Row(status, id, name, match.id, self.facilities.get(match.id), score, match.how)

    def _by_likeness(self, id: str, name: str, how: str) -> _Row:
        """The row of a facility that no rule finds: like one of the roster, or new."""
        from rapidfuzz import fuzz, process

        near = process.extractOne(
            normal(name), self._normal, scorer=fuzz.ratio, score_cutoff=SIMILAR
        )
        if near is None:
            return _Row("new", id, name, None, None, 0, how)
        _, likeness, found = near
        known = self.facilities[found]
        return _Row("similar", id, name, found, known, round(likeness), "likeness")


def _facilities(net: MedicalNetwork) -> dict[str, str]:
    """Name by id of every facility that is no class."""
    index = net.index
    chosen = (index.is_kind("Facility") & ~index.is_class).nonzero()[0]
    ids, names = index.take("id", chosen), index.take("name", chosen)
    return dict(zip(ids.to_pylist(), names.to_pylist(), strict=True))
