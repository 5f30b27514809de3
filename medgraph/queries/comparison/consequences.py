"""Compare what follows from two networks: obligations met, areas served, answers, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from medgraph.queries.comparison.questions import question_differences
from medgraph.queries.comparison.same_rows import other_rows
from medgraph.queries.comparison.sides import Compared, Difference
from medgraph.queries.comparison.text_columns import as_text
from medgraph.queries.comparison.verdicts import verdict_differences
from medgraph.queries.sharing.obligations import OBLIGATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

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
    rows = before.frame, after.frame
    here, there = ({*frame["facility"]} for frame in rows)
    # What came of a merger has obligations of its own, not those of whom it follows.
    heirs = {id: heir for id, heir in sides.renamings.items() if id in here}
    if not heirs:
        masks = other_rows(*rows, ["facility", *OBLIGATIONS])
        rows = rows[0][masks[0]], rows[1][masks[1]]
    one, other = _states(rows[0], heirs), _states(rows[1], {})
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
    judged = {heirs.get(id, id) for id in here} & there
    return Compared(len(judged) * len(OBLIGATIONS), found)


def _states(matrix: pd.DataFrame, heirs: Mapping[str, str]) -> dict[Cell, str]:
    """The state of every cell of these rows of the obligation matrix."""
    facilities = [heirs.get(id, id) for id in matrix["facility"].tolist()]
    columns = {obligation: matrix[obligation].tolist() for obligation in OBLIGATIONS}
    return {
        (facility, obligation): states[row]
        for row, facility in enumerate(facilities)
        for obligation, states in columns.items()
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
    parts = [(before.frame, after.frame), (before.unknown, after.unknown)]
    areas = [{*_areas(pair[side] for pair in parts)} for side in (0, 1)]
    masks = [other_rows(*pair, _SERVED_BY) for pair in parts]
    one, other = (
        _servers(pair[side][mask[side]] for pair, mask in zip(parts, masks, strict=True))
        for side in (0, 1)
    )
    found = [
        Difference("served", "changed", area, field="group", before=one[area], after=other[area])
        for area in _differing(sorted(one.keys() & other.keys()), one, other)
    ]
    return Compared(len(areas[0] & areas[1]), found)


def _areas(parts: Iterable[pd.DataFrame]) -> Iterator[str]:
    for part in parts:
        if len(part):
            yield from part["area"]


def _servers(parts: Iterable[pd.DataFrame]) -> dict[str, str]:
    """The status of every area of these rows, with the groups where it is served."""
    found: dict[str, str] = {}
    for part in parts:
        if len(part):
            no_group = [""] * len(part)
            groups = part["group"].tolist() if "group" in part.columns else no_group
            rows = zip(part["area"].tolist(), part["status"].tolist(), groups, strict=True)
            found |= {area: f"{status} {as_text(group)}".strip() for area, status, group in rows}
    return found
