"""Compare what follows from two networks: obligations met, areas served, answers, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from medgraph.queries.comparison.questions import question_differences
from medgraph.queries.comparison.sides import Compared, Difference, as_text
from medgraph.queries.comparison.verdicts import verdict_differences
from medgraph.queries.sharing.obligations import OBLIGATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.queries.comparison.sides import Sides
    from medgraph.queries.results import Answer

_Key = TypeVar("_Key")

_SERVED_BY = ["area", "status", "group"]
_MATRIX, _SERVED = "sharing.matrix", "coverage.served"
# A facility and one of its obligations.
Cell = tuple[str, str]


def consequences(sides: Sides, packs: Sequence[Any]) -> list[Compared]:
    """Return what differs of obligations, areas served, the answers of all questions, verdicts."""
    matrices, served = (sides.ask(name) for name in (_MATRIX, _SERVED))
    return [
        _obligations(sides, *matrices),
        _areas_served(*served),
        *question_differences(sides, {_MATRIX: matrices, _SERVED: served}),
        verdict_differences(sides, packs),
    ]


def _obligations(sides: Sides, before: Answer, after: Answer) -> Compared:
    """Obligations of the facilities of both sides, a renamed one as what it has become."""
    one, other = _carried(_states(before), sides.follows), _states(after)
    cells = sorted(one.keys() & other.keys(), key=_by_facility)
    found = [
        Difference(
            "obligation",
            "changed",
            facility,
            field=obligation,
            before=one[facility, obligation],
            after=other[facility, obligation],
        )
        for facility, obligation in _differing(cells, one, other)
    ]
    return Compared(len(cells), found)


def _states(matrix: Answer) -> dict[Cell, str]:
    """The state of every cell of the obligation matrix."""
    rows = matrix.frame[["facility", *OBLIGATIONS]].to_dict("records")
    return {
        (row["facility"], obligation): row[obligation] for row in rows for obligation in OBLIGATIONS
    }


def _carried(states: Mapping[Cell, str], follows: Mapping[str, str]) -> dict[Cell, str]:
    """The same under the successors, except where a successor has obligations of its own."""
    present = {facility for facility, _ in states}
    heirs = {old: heir for old, heir in follows.items() if heir not in present}
    return {
        (heirs.get(facility, facility), obligation): state
        for (facility, obligation), state in states.items()
    }


def _by_facility(cell: Cell) -> tuple[str, int]:
    facility, obligation = cell
    return facility, OBLIGATIONS.index(obligation)


def _differing(
    keys: Iterable[_Key], one: Mapping[_Key, str], other: Mapping[_Key, str]
) -> list[_Key]:
    """Those of the keys whose values differ."""
    return [key for key in keys if one[key] != other[key]]


def _areas_served(before: Answer, after: Answer) -> Compared:
    """Areas of both sides, and by whom they are served."""
    one, other = _servers(before), _servers(after)
    areas = sorted(one.keys() & other.keys())
    found = [
        Difference("served", "changed", area, field="group", before=one[area], after=other[area])
        for area in _differing(areas, one, other)
    ]
    return Compared(len(areas), found)


def _servers(served: Answer) -> dict[str, str]:
    """The status of every area, with the groups where it is served."""
    parts = [part.reindex(columns=_SERVED_BY) for part in (served.frame, served.unknown)]
    rows = [row for part in parts for row in part.to_dict("records")]
    return {row["area"]: f"{row['status']} {as_text(row.get('group'))}".strip() for row in rows}
