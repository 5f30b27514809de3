"""Say which node of one network every node of the other is, once facilities are paired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.decisions import SAME
from medgraph.graphmodel.matching import STATED
from medgraph.graphmodel.name_forms import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

    Row = dict[str, Any]


def same_nodes(
    before: MedicalNetwork, rows: Sequence[Row], more: Sequence[Row], review: Answer
) -> dict[str, str]:
    """Return the id in the joined network of each of `more`, the nodes of the second one.

    Facilities are as the review pairs them; areas are the same by their code, other nodes by their
    id and name, or by a name that means one node alone. What is new keeps its id where it is free.
    """
    there = {row["id"]: row for row in rows}
    pairs = review.frame[review.frame["status"] == SAME]
    became = dict(zip(pairs["target"], pairs["source"], strict=True))
    reviewed = {*review.everything["target"]} if "target" in review.everything else set()
    claimed = {row["id"] for row in more if _is_same(row, there.get(row["id"]))}
    names = before.names()
    used = set(became.values())
    taken = {*there, *used}
    for row in more:
        id = row["id"]
        if id in became:
            continue
        if id in claimed and id not in reviewed:
            became[id] = id
            continue
        found = None
        if row["kind"] != "Facility" and row["name"]:
            found = names.match(row["name"], kinds=(row["kind"],), at_least=STATED).id
        if found is None or found in claimed or found in used:
            found = _free(id, taken)
        became[id] = found
        used.add(found)
        taken.add(found)
    return became


def _is_same(row: Row, other: Mapping[str, Any] | None) -> bool:
    if other is None or other["kind"] != row["kind"]:
        return False
    is_by_code = row["kind"] == "Area"
    return is_by_code or normal(row["name"] or "") == normal(other["name"] or "")


def _free(id: str, taken: set[str]) -> str:
    """An id that nothing has: its own, else with a number behind it."""
    found, number = id, 2
    while found in taken:
        found, number = f"{id}-{number}", number + 1
    return found
