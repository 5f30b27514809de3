"""Make one list of two: what is the same, what is in one alone, what nobody can tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from medgraph.queries.answers import (
    answer,
    define,
    frame_of,
    named_out,
    on_day,
    register_of,
    stacked,
)
from medgraph.queries.reconcile.lists import Lists
from medgraph.queries.reconcile.reviewing import ASK, COLUMNS, Review
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from medgraph.graphmodel.decisions import Decision
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


def facilities(
    before: MedicalNetwork,
    after: MedicalNetwork,
    *,
    decisions: Iterable[Decision] = (),
    from_day: datetime.date | str | None = None,
    to_day: datetime.date | str | None = None,
) -> Answer:
    """Pair the facilities of two lists of one place, or of two editions of one list.

    Pairs are weighed after Fellegi and Sunter by names, places, types, codes and addresses; each
    facility has one partner at most. What is not sure is asked, never taken; what people decided
    is weighed no more.

    Parameters
    ----------
    before
        The first list, or the earlier edition.
    after
        The second list, or the later edition.
    decisions
        What was decided before: `medgraph.decisions.read` reads it from a review.
    from_day
        The day of the first list; default: its data day.
    to_day
        The day of the second list; default: its data day.

    Returns
    -------
    Answer
        An entry for each pair and for each facility without a partner: `source`, `name` (of the
        first list), `target`, `target_name` (of the second), `status` (same, only_before,
        only_after; in `unknown`: ask), `confidence` (from 0 to 1), `change` (unchanged, renamed,
        moved, merged, split; closed and new only where the other list is declared complete, else
        unlisted), `agrees`, `differs`, `reason`, `others` (who else might be meant), and the
        decision, if any, with by whom and when.

    Raises
    ------
    OptionError
        Where two decisions contradict one another.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> answer = mg.reconcile.facilities(net, net.without("TZ-P34"))
    >>> answer.frame.groupby("status").size().to_dict()
    {'only_before': 1, 'same': 57}
    """
    lists = Lists(on_day(before, from_day), on_day(after, to_day), tuple(decisions))
    return review_of(lists)


def standing(
    before: MedicalNetwork,
    after: MedicalNetwork,
    *,
    decisions: Iterable[Decision],
    from_day: datetime.date | str | None = None,
    to_day: datetime.date | str | None = None,
) -> list[Decision]:
    """Return decisions as they stand for two lists, to be kept for the next edition.

    Parameters
    ----------
    before
        The first list.
    after
        The second list.
    decisions
        What was decided; what no longer holds is kept as it is.
    from_day
        The day of the first list; default: its data day.
    to_day
        The day of the second list; default: its data day.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> one = mg.decisions.Decision("TZ-P07", "TZ-P07", "same")
    >>> [kept.target_name for kept in mg.reconcile.standing(net, net, decisions=[one])]
    ['路桥区新桥镇卫生院']
    """
    lists = Lists(on_day(before, from_day), on_day(after, to_day), tuple(decisions))
    return lists.decided.kept(*lists.sides)


def review_of(lists: Lists) -> Answer:
    """Return the review of two lists."""
    rows = Review(lists).rows()
    judged = [row for row in rows if row["status"] != ASK]
    asked = [row for row in rows if row["status"] == ASK]
    days = (lists.before, lists.after)
    registers = dict.fromkeys(register_of(day.net) for day in days)
    definition = define(lists.after, "reconcile_numerator", "reconcile_denominator", "entries")
    outside = [
        named_out(day, day.placeholder & day.index.is_kind("Facility"), key="source")
        for day in days
    ]
    return answer(
        lists.after,
        "reconcile.facilities",
        replace(definition, register=" → ".join(registers)),
        frame_of(judged, COLUMNS),
        judged=len(judged),
        unknown=frame_of(asked, COLUMNS),
        excluded=stacked(*outside),
        notes=tuple(_notes(lists, rows)),
    )


def _notes(lists: Lists, rows: list[dict[str, str]]) -> Iterable[str]:
    """How many entries of each sort there are, and which decisions hold no more."""
    counts = dict.fromkeys(("same", "ask", "only_before", "only_after"), 0)
    for row in rows:
        counts[row["status"]] += 1
    yield say("reconcile.counts", **counts)
    for one, why in lists.decided.stale:
        told = one.name or one.source or one.target_name or one.target
        yield say("reconcile.stale", place=one.place, name=told, reason=why)
