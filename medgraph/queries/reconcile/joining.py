"""Join two networks into one: what is the same is one node, what both state and differs is told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medgraph.graphmodel.canonical import as_table, unpacked
from medgraph.graphmodel.completeness import (
    MARK,
    PARTIAL,
    Completeness,
    declaration,
    with_declaration,
)
from medgraph.graphmodel.decisions import CLOSED, MERGED, SPLIT
from medgraph.queries.answers import answer, define, frame_of, on_day
from medgraph.queries.reconcile.facilities import review_of
from medgraph.queries.reconcile.lists import Lists
from medgraph.queries.reconcile.merged_rows import CONFLICTS, MergedRows
from medgraph.queries.reconcile.same_nodes import same_nodes
from medgraph.words.say import say
from medgraph.words.stamps import BETWEEN

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from medgraph.graphmodel.decisions import Decision
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_HOW = {MERGED: "merged into", SPLIT: "split from"}


@dataclass(frozen=True)
class Joined:
    """One network of two.

    Parameters
    ----------
    net
        The network. What was joined keeps the id that it has in the first, and has the other in
        the column `id_other`; where it stands in the second is told by `origin_other`.
    review
        The review by which facilities were joined; what it asks was not joined.
    conflicts
        What both state and differs, a row each, with both places; that of the first was kept.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> mg.reconcile.join(net, net).conflicts.judged > 0
    True
    """

    net: MedicalNetwork
    review: Answer
    conflicts: Answer


def join(
    before: MedicalNetwork,
    after: MedicalNetwork,
    *,
    decisions: Iterable[Decision] = (),
    from_day: datetime.date | str | None = None,
    to_day: datetime.date | str | None = None,
) -> Joined:
    """Join two networks: facilities as `facilities` pairs them, other nodes by id, code and name.

    What the first does not state is taken from the second; what both state and differs is told,
    and stays as the first has it. Facilities that are only asked about stay two. A table is
    declared complete where both are.

    Parameters
    ----------
    before
        The first network.
    after
        The second network.
    decisions
        What was decided. On the second day what was merged or split up is followed by its heirs,
        and what was closed is over.
    from_day
        The day of the first network; default: its data day.
    to_day
        The day of the second network; default: its data day.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> other = net.filled("TZ-P07", "beds", "7").filled("TZ-P07", "level", "1A")
    >>> joined = mg.reconcile.join(net.without("TZ-P34"), other)
    >>> joined.net.counts()["facilities"], int(joined.net.nodes().loc["TZ-P07", "beds"])
    (58, 7)
    """
    lists = Lists(on_day(before, from_day), on_day(after, to_day), tuple(decisions))
    review = review_of(lists)
    nodes, edges = (
        [unpacked(net.packed_tables[part]).to_pylist() for net in (before, after)]
        for part in (0, 1)
    )
    merged = MergedRows(same_nodes(before, nodes[0], nodes[1], review))
    made = (as_table(merged.nodes(*nodes)), as_table(merged.links(*edges), ("source",)))
    net = type(before).from_frames(*made, _stated(before.meta, after.meta))
    return Joined(_with_lineage(net, lists, merged), review, _told(lists, review, merged))


def _stated(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What is stated of the whole: complete is what both declare, and no stamp is lost."""
    found = {**{name: text for name, text in after.items() if MARK not in name}, **before}
    for key, state in before.items():
        part = key.removesuffix(MARK)
        if key.endswith(MARK) and state != PARTIAL and not declaration(after, part):
            found = with_declaration(found, part, Completeness(PARTIAL))
    stamps = dict.fromkeys(filter(None, (before.get("stamp"), after.get("stamp"))))
    days = [day for day in (before.get("data_day"), after.get("data_day")) if day]
    if stamps:
        found["stamp"] = BETWEEN.join(stamps)
    if days:
        found["data_day"] = max(days)
    return found


def _with_lineage(net: MedicalNetwork, lists: Lists, merged: MergedRows) -> MedicalNetwork:
    """The network with what was decided of facilities that have no partner of their own.

    What is over is followed by its heirs. What another was split from goes on: the note of the new
    one says so.
    """
    one, other = lists.sides
    day = lists.after.date
    goes_on = {*merged.became.values()}
    heirs: dict[str, list[str]] = defaultdict(list)
    how = {}
    for row, decision in lists.decided.alone[0].items():
        if decision.decision == CLOSED:
            net = net.ended(one.ids[row], on=day)
    for (row, there), decision in lists.decided.came_of.items():
        mine, theirs = one.ids[row], merged.became[other.ids[there]]
        if mine in goes_on:
            told = say("reconcile.split_from", name=one.names[row], id=mine)
            net = net.filled(theirs, "note", told)
        else:
            heirs[mine].append(theirs)
            how[mine] = _HOW[decision.decision]
    for mine, following in heirs.items():
        net = net.succeeded(mine, by=following, on=day, how=how[mine])
    return net


def _told(lists: Lists, review: Answer, merged: MergedRows) -> Answer:
    """The conflicts as an answer."""
    definition = define(lists.after, "reconcile.conflicts", "reconcile.compared", "fields")
    notes = [say("reconcile.conflicts_told", count=len(merged.conflicts), total=merged.compared)]
    if len(review.unknown):
        notes.append(say("reconcile.not_joined", count=len(review.unknown)))
    return answer(
        lists.after,
        "reconcile.join",
        replace(definition, register=review.definition.register),
        frame_of(merged.conflicts, CONFLICTS),
        judged=merged.compared,
        notes=tuple(notes),
    )
