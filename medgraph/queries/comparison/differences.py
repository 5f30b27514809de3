"""What differs between two networks, or one network on two days; mergers and renamings apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer, define, frame_of
from medgraph.queries.comparison.consequences import consequences
from medgraph.queries.comparison.link_differences import link_differences
from medgraph.queries.comparison.node_differences import node_differences
from medgraph.queries.comparison.sides import Difference, Sides, as_text
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

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
) -> Answer:
    """Name all that differs: facilities, areas, groups, links, obligations, areas served, shares.

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

    Returns
    -------
    Answer
        A row per difference: `what` (facility, area, group, centre, team, link, obligation, served,
        share), `kind` (real, structural), `change` (added, removed, changed, renamed, merged,
        split), `source` and `name` (the subject, or the start of a link), `relation`, `target`,
        `target_name`, `field` (what of it), `before`, `after`, `status` (the change). Accounted for
        are all nodes, links, cells, areas and shares of either side. Obligations are compared for
        centres at work on both sides.

    Raises
    ------
    OptionError
        Neither another network nor a day is given.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> answer = mg.compare(net, net.moved("TZ-P34", to_group="G2"))
    >>> for row in answer.frame.itertuples():
    ...     print(row.what, row.change, row.source, row.before or "-", "->", row.after or "-")
    link added TZ-P34 - -> G2
    link removed TZ-P34 G4 -> -
    served changed 331002001000 served G4 -> served G2
    """
    if after is None and from_day is None and to_day is None:
        raise OptionError(say("compare_one_day"))
    later = before if after is None else after
    sides = Sides(before, later, before.day(from_day), later.day(to_day))
    parts = [node_differences(sides), link_differences(sides), *consequences(sides)]
    found = [difference for part in parts for difference in part.differences]
    day = Day(later, sides.day_after)
    return answer(
        day,
        "compare",
        define(day, "compare_numerator", "compare_denominator", "facts"),
        frame_of([_row(sides, difference) for difference in found], _COLUMNS),
        judged=sum(part.facts for part in parts),
        notes=(_counts(sides, found),),
    )


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


def _counts(sides: Sides, found: list[Difference]) -> str:
    """How many differences are real and how many structural, in words."""
    real = sum(difference.kind == "real" for difference in found)
    return say(
        "compare_counts",
        before=sides.day_before,
        after=sides.day_after,
        real=real,
        structural=len(found) - real,
    )
