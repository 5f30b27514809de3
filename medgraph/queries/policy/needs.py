"""Say which cells, rows and declarations stand between a finding and its verdict."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.arrays.joins import group_offsets
from medgraph.graphmodel.states import UNKNOWN, YES
from medgraph.queries.policy.facts.audited_network import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.verdicts import Outcome, Shown

_Datum = tuple[str, int, int]  # what an element lacks, its node, the link that shows it
_AT_ONCE = 20_000  # subjects whose open elements are held as plain Python
CELL, DECLARATION, LINKS, OTHER = "cell", "declaration", "links", "other"


class Need(NamedTuple):
    """One thing that would help to decide.

    `kind`: a `cell` (of the node `id`, in the column that `what` names), a `declaration` that the
    list `what` is complete, `links` of the node `id` (or all) with the relation of `what`, or
    `other`: a parameter, a day.
    """

    kind: str
    what: str
    id: str = ""
    origin: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        """Return the need as plain values, with the keys that scripts rely on."""
        return {"origin": self.origin, "what": self.what, "kind": self.kind, "id": self.id}


class Open(NamedTuple):
    """What one undecided part of a rule needs about a subject; `row`: the link that shows it."""

    subject: str
    shown: Shown | None
    need: Need
    row: int = -1


def needs_of_finding(audited: AuditedNetwork, outcome: Outcome, subject: str) -> list[Need]:
    """Return what a NO_DATA finding needs, each once: with all of it, it is decided."""
    found = [Need(OTHER, need) for need in outcome.needs]
    for shown in outcome.parts:
        places = [at for at in shown.places(subject) if shown.state[at] == UNKNOWN]
        found += [one.need for one in _of_places(audited, outcome, shown, np.array(places, int))]
    return list(dict.fromkeys(found))


def open_needs(audited: AuditedNetwork, outcome: Outcome) -> Iterator[Open]:
    """Yield what all undecided subjects of a rule need, with the part that needs it."""
    for need in outcome.needs:
        yield Open(outcome.ids[0], None, Need(OTHER, need))
    for shown in outcome.parts:
        places = np.flatnonzero(shown.state == UNKNOWN)
        for start in range(0, len(places), _AT_ONCE):
            yield from _of_places(audited, outcome, shown, places[start : start + _AT_ONCE])


def _of_places(
    audited: AuditedNetwork, outcome: Outcome, shown: Shown, places: Positions
) -> Iterator[Open]:
    """What one part needs about the subjects in these places."""
    for place, data in zip(places.tolist(), _data_of(shown, places), strict=True):
        yield from _of_part(audited, outcome, shown, place, data)


def _data_of(shown: Shown, places: Positions) -> Iterator[list[_Datum]]:
    """What the open elements of each subject lack."""
    rows, counts = shown.open_rows_of_all(places)
    tested = shown.tested
    columns = (tested.need[rows], tested.node[rows], tested.row[rows])
    data = list(zip(*(column.tolist() for column in columns), strict=True))
    for begin, end in pairwise(group_offsets(counts).tolist()):
        yield data[begin:end]


def _of_part(
    audited: AuditedNetwork,
    outcome: Outcome,
    shown: Shown,
    place: int,
    data: Sequence[_Datum],
) -> Iterator[Open]:
    """What one part needs about the subject in this place."""
    subject, tested = str(shown.subjects.ids[place]), shown.tested
    for need in _of_subject(audited, outcome, shown, place):
        yield Open(subject, shown, need)
    at = int(shown.subjects.positions[place])
    needs: dict[tuple[str, int], Need] = {}
    for what, node, row in data:
        if what == tested.closing:  # more of them may be there, as is said below
            continue
        datum = what, _whose(audited, what, node, at)
        if datum not in needs:
            needs[datum] = _need(audited, *datum)
        elif needs[datum].kind == CELL:  # many elements may rest on one cell: it is told once
            continue
        yield Open(subject, shown, needs[datum], row)
    if place in tested.values and tested.values[place].why_not:
        yield from _of_contradiction(audited, subject, shown, shown.rows_of(place))
    if not tested.whole[place] and tested.closing:
        yield Open(subject, shown, Need(DECLARATION, tested.closing))
    if shown.register:
        yield Open(subject, shown, Need(DECLARATION, shown.register))
    is_there = shown.is_listed_whole and bool(data)
    if shown.without_elements[place] and not is_there and tested.lacking:
        yield Open(subject, shown, _need(audited, tested.lacking, at))


def _of_contradiction(
    audited: AuditedNetwork, subject: str, shown: Shown, rows: Positions
) -> Iterator[Open]:
    """The numbers that do not fit together: nothing to fill in, one of them to correct."""
    tested, relations = shown.tested, audited.net.tables[1]["relation"]
    for row in rows.tolist():
        link, node, name = int(tested.row[row]), int(tested.node[row]), str(tested.label[row])
        table = table_of(audited.kinds[node]) if link < 0 else f"links.{relations[link]}"
        need = _need(audited, f"{table}.{name}", node)
        yield Open(subject, shown, need._replace(kind=OTHER), link)


def _of_subject(
    audited: AuditedNetwork, outcome: Outcome, shown: Shown, place: int
) -> Iterator[Need]:
    """What would say whether the subject is asked at all."""
    if shown.subjects.state[place] == YES:
        return
    wanted = shown.part.get("subjects", outcome.rule.subjects)
    at = int(shown.subjects.positions[place])
    conditions = {k: v for k, v in wanted.items() if k not in ("kind", "linked")}
    where = np.array([at])
    if audited.waiting[at] and audited.states(conditions, where)[0] == YES:
        column = "valid_from" if audited.day.planned[at] else "status"
    else:
        column = audited.lacking(conditions, at)
    yield _need(audited, audited.datum(where, column), at)


def _whose(audited: AuditedNetwork, what: str, node: int, subject: int) -> int:
    """Whose datum it is: that of the element, or of the subject, whose list names the element."""
    if subject < 0 or node < 0:
        return node
    of_subject = _is_of_subject(what, audited.kinds[node], audited.kinds[subject])
    return subject if of_subject else node


@cache
def _is_of_subject(what: str, kind: str, kind_of_subject: str) -> bool:
    return table_of(kind) != what.partition(".")[0] == table_of(kind_of_subject)


def _need(audited: AuditedNetwork, what: str, node: int) -> Need:
    """Say of what kind a datum is, by its name."""
    table, _, column = what.partition(".")
    id, origin = (audited.ids[node], audited.origins[node]) if node >= 0 else ("", None)
    if table == "links":
        return Need(LINKS, what, id, origin)
    if column and node >= 0:
        return Need(CELL, what, id, origin)
    return Need(OTHER, what, id, origin)
