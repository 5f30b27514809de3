"""What differs between two networks, or one network on two days; mergers and renamings apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from medgraph.errors import OptionError
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.differing_parts import differing_parts
from medgraph.queries.answers import answer, define, frame_of, register_of
from medgraph.queries.comparison.asked import Asked
from medgraph.queries.comparison.consequences import consequences
from medgraph.queries.comparison.later_days import later_differences
from medgraph.queries.comparison.link_differences import link_differences
from medgraph.queries.comparison.node_differences import node_differences
from medgraph.queries.comparison.sides import Difference, Sides
from medgraph.queries.comparison.text_columns import as_text
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from medgraph.graphmodel.left_rows import LeftNodes
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.policy.packs import Pack
    from medgraph.queries.results import Answer

    Packs: TypeAlias = Sequence[Pack | str | Path]

_CONSEQUENCES = ("obligation", "served", "share", "answer", "verdict")
_COLUMNS = (
    "what",
    "kind",
    "change",
    "source",
    "name",
    "relation",
    "target",
    "target_name",
    "field",
    "before",
    "after",
    "status",
)


def compare(
    before: MedicalNetwork,
    after: MedicalNetwork | None = None,
    *,
    from_day: datetime.date | str | None = None,
    to_day: datetime.date | str | None = None,
    packs: Packs = (),
    left_before: LeftNodes | None = None,
    left_after: LeftNodes | None = None,
) -> Answer:
    """Name all that differs: nodes, links, and what every question and pack says of them.

    Every question that the network alone can answer is asked on both sides, and the packs are.
    A difference is `structural` where it only follows from a merger, a split or a renaming
    (SUCCEEDED_BY in the later network), else `real`. A renamed facility is compared as the one it
    has become; a record carried over from an old facility to its successor is structural.

    Parameters
    ----------
    before
        The earlier network.
    after
        The later one; without it, `before` itself on two days.
    from_day
        The day of the earlier network; default: its data day.
    to_day
        The day of the later network; default: its data day.
    packs
        Packs, by name, file or as `Pack`; default: the national ones of the types of its groups,
        and those of a province, city or district in which all its facilities lie.
    left_before, left_after
        What rows were left out of either network (`Loaded.left_nodes`): a node that one side lacks
        for that reason alone stands under `unknown`, with its links.

    Returns
    -------
    Answer
        A row per difference: `what` (facility, area, group, centre, team, link, obligation, served,
        share, answer, verdict), `kind` (real, structural), `change` (added, removed, changed,
        renamed, merged, split), `source` and `name` (the subject, or the start of a link),
        `relation`, `target`, `target_name`, `field` (what of it; the question, or pack and rule),
        `before`, `after`, `status` (the change). Accounted for are all nodes, links, cells, areas,
        answers and verdicts of either side. Obligations are compared for centres at work on both
        sides.

    Raises
    ------
    OptionError
        Neither another network nor a day is given.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> answer = mg.compare(net, net.moved("TZ-P34", to_group="G2"))
    >>> told = answer.frame[answer.frame["what"].isin(["link", "served"])]
    >>> for row in told.itertuples():
    ...     print(row.what, row.change, row.source, row.before or "-", "->", row.after or "-")
    link added TZ-P34 - -> G2
    link removed TZ-P34 G4 -> -
    served changed 331002001000 served G4 -> served G2
    """
    if after is None and from_day is None and to_day is None:
        raise OptionError(say("compare_one_day"))
    later = before if after is None else after.beside(before)
    sides = Sides(
        Asked(before, before.day(from_day)),
        Asked(later, later.day(to_day)),
        differing_parts(before, later),
    )
    return compare_sides(sides, packs, left_before=left_before, left_after=left_after)


def compare_sides(
    sides: Sides,
    packs: Packs = (),
    *,
    left_before: LeftNodes | None = None,
    left_after: LeftNodes | None = None,
) -> Answer:
    """Return what `compare` does, of two networks of which some answers may be there already."""
    found = differences_of(sides, packs, left_before=left_before, left_after=left_after)
    more = "" if sides.before is sides.after else _later(sides, found.facts)
    day = Day(sides.after, sides.day_after)
    definition = define(day, "compare_numerator", "compare_denominator", "facts")
    return answer(
        day,
        "compare",
        replace(definition, register=_registers(sides.before, sides.after)),
        frame_of(found.rows, _COLUMNS),
        judged=found.compared - len(found.unread),
        unknown=frame_of(found.unread, (*_COLUMNS, "reason")),
        notes=(_counts(sides, found.rows), *filter(None, (more,))),
    )


class Differing(NamedTuple):
    """What differs, as rows of the answer, and what could not be read; of so many facts `compared`.

    `facts` are the nodes and links that differ.
    """

    rows: list[dict[str, str]]
    unread: list[dict[str, str]]
    compared: int
    facts: list[Difference]


def differences_of(
    sides: Sides,
    packs: Packs = (),
    *,
    left_before: LeftNodes | None = None,
    left_after: LeftNodes | None = None,
) -> Differing:
    """Return what differs, without making an answer of it."""
    parts = [node_differences(sides), link_differences(sides), *consequences(sides, packs)]
    found = [difference for part in parts for difference in part.differences]
    missing = {
        "added": _same_as(left_before, sides.after),
        "removed": _same_as(left_after, sides.before),
    }
    unread = [difference for difference in found if _is_unread(difference, missing)]
    surely = [difference for difference in found if not _is_unread(difference, missing)]
    return Differing(
        [_row(sides, difference) for difference in surely],
        [_unread_row(sides, difference) for difference in unread],
        sum(part.facts for part in parts),
        [*parts[0].differences, *parts[1].differences],
    )


def _later(sides: Sides, known: list[Difference]) -> str:
    """What more differs between two files after the later of their days, in words."""
    day = max(sides.day_before, sides.day_after)
    is_one_day = sides.day_before == sides.day_after
    return later_differences(sides.before, sides.after, day, known if is_one_day else None).sentence


def _registers(before: MedicalNetwork, after: MedicalNetwork) -> str:
    """The registers of both sides; one where they are the same."""
    return " → ".join(dict.fromkeys([register_of(before), register_of(after)]))


def _is_unread(difference: Difference, missing: Mapping[str, set[str]]) -> bool:
    """Whether one side lacks a node or a link because a row of its source could not be read."""
    ends = {difference.source, difference.target}
    is_fact = difference.what not in _CONSEQUENCES
    return is_fact and not ends.isdisjoint(missing.get(difference.change, ()))


def _same_as(left: LeftNodes | None, other: MedicalNetwork) -> set[str]:
    """The nodes of the other side that rows left out of one side stand for, by id or by name."""
    if left is None:
        return set()
    names = set(left.table["name"].to_pylist()) - {None}
    ids = set(left.table["id"].to_pylist())
    nodes = other.packed_tables[0].select(["id", "name"]).to_pylist()
    return {node["id"] for node in nodes if node["id"] in ids or node["name"] in names}


def _unread_row(sides: Sides, difference: Difference) -> dict[str, str]:
    row = _row(sides, difference)
    return {**row, "status": "unknown", "reason": say("compare_left_out")}


def _row(sides: Sides, difference: Difference) -> dict[str, str]:
    """One row of the answer, in the order of its columns."""
    cells = {
        **difference._asdict(),
        "name": sides.name(difference.source),
        "target_name": sides.name(difference.target) if difference.target else "",
        "before": as_text(difference.before),
        "after": as_text(difference.after),
        "status": difference.change,
    }
    return {column: cells[column] for column in _COLUMNS}


def _counts(sides: Sides, found: Sequence[Mapping[str, str]]) -> str:
    """How many differences are real and how many structural, in words."""
    real = sum(row["kind"] == "real" for row in found)
    return say(
        "compare_counts",
        before=sides.day_before,
        after=sides.day_after,
        real=real,
        structural=len(found) - real,
    )
