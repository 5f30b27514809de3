"""Propose the smallest change of groups that makes limits hold, and prove that it is smallest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.regrouping import regroupings
from medgraph.queries.answers import answer, define, frame_of, on_day
from medgraph.queries.coverage.travel import SNAP_KM, the_one_given
from medgraph.queries.planning.adjacency import adjacency as adjacency_of
from medgraph.queries.planning.explanation import explained
from medgraph.queries.planning.grouping import NO_GROUP, Grouping
from medgraph.queries.planning.limits import Balance, MostMinutes
from medgraph.queries.planning.planned_areas import planned_areas
from medgraph.queries.planning.regrouped import (
    FRONT_COLUMNS,
    FurtherPlan,
    Regrouping,
    changes_in_words,
)
from medgraph.queries.planning.rule_limits import rule_limits
from medgraph.queries.planning.stages import Measures, measured
from medgraph.queries.planning.stated_limits import Wanted, limits_something
from medgraph.queries.planning.stated_numbers import above_zero, at_least
from medgraph.queries.planning.unworsened import Judged, Unworsened
from medgraph.queries.policy.fitting_packs import default_packs
from medgraph.queries.policy.packs import load_all
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.changes import Change
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.coverage.travel import Travel
    from medgraph.queries.planning.explanation import Explanation
    from medgraph.queries.planning.planned_areas import PlannedAreas
    from medgraph.queries.planning.stages import Staged
    from medgraph.queries.planning.verdict_changes import Changed
    from medgraph.queries.policy.packs import Pack

_FURTHER = 3
_MOST = 100_000  # areas by groups: beyond, nothing would come of it
_COLUMNS = ("area", "name", "from", "to", "minutes_before", "minutes_after", "status")


def regroup(
    net: MedicalNetwork,
    *,
    value: str | None = None,
    tolerance: float | None = None,
    lock: Sequence[str] = (),
    apart: Sequence[str | Sequence[str]] = (),
    together: Sequence[str | Sequence[str]] = (),
    whole_counties: bool = False,
    max_moves: int | None = None,
    least_groups: int | None = None,
    most_groups: int | None = None,
    facility: Sequence[str] = (),
    rule: Sequence[str] = (),
    travel: Travel | None = None,
    times: pd.DataFrame | None = None,
    roads: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    speed_kmh: float | None = None,
    snap_km: float = SNAP_KM,
    minutes: float | None = None,
    adjacency: pd.DataFrame | Sequence[pd.DataFrame] | None = None,
    assignment: pd.DataFrame | None = None,
    front: Sequence[float] = (),
    front_minutes: Sequence[float] = (),
    further: int = _FURTHER,
    pack: Sequence[Any] = (),
    level: str = "township",
    collective: str = "group",
    as_of: datetime.date | str | None = None,
) -> Regrouping:
    """Propose which areas go to another group, as few as can be, so that all limits hold.

    Of the plans that move as few areas, the one with the least person-minutes is proposed, and of
    those the best balanced one; each is proved before the next is asked. An area goes with the
    facilities that serve it; leads stay, and each group falls into no more parts than today.

    Parameters
    ----------
    net
        The network.
    value
        What is summed up by group: a column of areas, such as `population`, or of the facilities
        that serve them, such as `beds`.
    tolerance
        By what part of the mean the sum of each group may differ from it, as 0.15.
    lock
        Areas that stay in their group.
    apart, together
        Pairs of areas, as `A,B` or two texts, that must not, or must, be in one group.
    whole_counties
        Whether each county that is in one group today stays in one.
    max_moves
        The most areas that may change their group.
    least_groups, most_groups
        How many groups have areas at least (default: as many as today), and at most.
    facility
        A type or level of facilities, of which each group has one at least.
    rule
        Rules that all groups keep, as `PACK/RULE`: of the forms "each group has a facility of a
        kind" and "there are so many groups".
    travel
        How people travel; see `coverage.access`. With it, person-minutes count.
    times, roads, speed_kmh, snap_km
        The same by the older keywords.
    minutes
        The most minutes from each area to the lead of its group.
    adjacency
        Columns `area` and `neighbour`, or several such tables: which areas touch, in place of the
        links ADJACENT_TO. Where nobody says, tiles do, and a note says so.
    assignment
        Columns `area` and `group`: a plan of one's own to be judged; who is not in it stays.
    front
        Tolerances that are tried one by one.
    front_minutes
        Limits of minutes that are tried one by one.
    further
        How many further plans are looked for.
    pack
        Policy packs no verdict of which may get worse; none: the national ones. Where every plan
        makes one worse, or none that does not was found, the answer says so and names them.
    level
        The level of areas: `township` (default) or another.
    collective
        Which groups: `group` (all), or one type of them.
    as_of
        The day; default: the data day.

    Returns
    -------
    Regrouping
        A row for each area that changes its group: area, name, from, to, minutes_before and
        minutes_after (to the lead), status. `plan` and `bound` say what the plan comes to, and what
        none is below; `changes` is for `net.applying`.

    Raises
    ------
    OptionError
        Where a limit names what is not there, or what is summed or limited is not stated.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> found = mg.propose.regroup(net, together=[("331002001000", "331002002000")], further=0)
    >>> found.plan["moves"], found.proven, len(found.changes)
    (1, True, 1)
    """
    at_least(0, tolerance=tolerance, front=front, max_moves=max_moves, further=further)
    at_least(0, least_groups=least_groups)
    at_least(1, most_groups=most_groups)
    above_zero(minutes=minutes, front_minutes=front_minutes)
    day = on_day(net, as_of)
    planned = planned_areas(day, level, collective)
    if not len(planned.areas):
        raise OptionError(say("regroup.no_areas"))
    if len(planned.areas) * len(planned.groups) > _MOST:
        counts = {"areas": len(planned.areas), "groups": len(planned.groups)}
        raise OptionError(say("regroup.too_many", **counts))
    wanted = Wanted(
        *(tolerance, lock, apart, together, whole_counties, max_moves, minutes),
        *(least_groups, most_groups, facility),
    )
    tolerances = [*front] if tolerance is None else [tolerance, *front]
    if tolerances and value is None:
        raise OptionError(say("regroup.needs_value"))
    for one in tolerances:
        limits_something(planned, one)
    ways = (travel, times, roads, speed_kmh)
    if any(way is not None for way in ways):
        travel = the_one_given(travel, times, roads, speed_kmh, snap_km)
    elif minutes is not None or front_minutes:
        raise OptionError(say("regroup.needs_travel"))
    tables = [adjacency] if isinstance(adjacency, pd.DataFrame) else adjacency or ()
    beside = adjacency_of(day, planned.areas, tables)
    how: tuple[str, ...] = ()
    to_leads = None
    if travel is not None:
        to_leads, how = planned.minutes_to_leads(travel)
    possible = planned.possible
    if to_leads is not None:
        possible = possible & np.isfinite(to_leads)
    grouping = Grouping(
        planned.today,
        len(planned.groups),
        beside.neighbours,
        planned.sums_of(value) if value is not None else np.zeros(len(planned.areas)),
        to_leads,
        planned.people() if to_leads is not None else None,
        possible,
        planned.tied,
        (*wanted.limits(planned), *rule_limits(planned, pack, rule)),
    )
    packs = load_all([*pack] or default_packs(net, as_of=day.date))
    asked = _Asked(net, planned, grouping, (*beside.notes, *how), tuple(packs))
    own = None if assignment is None else _assigned(planned, assignment)
    found = asked.judged(own, further) if own is not None else asked.proposed(further)
    if found.is_stopped:
        return replace(found, packs=tuple(pack))
    steps = [*_steps(grouping, "tolerance", front), *_steps(grouping, "minutes", front_minutes)]
    return replace(found, front=asked.front(steps), packs=tuple(pack))


def _assigned(planned: PlannedAreas, assignment: pd.DataFrame) -> Positions:
    """The plan of a table of area and group; who is not in it stays."""
    plan = planned.today.copy()
    said: dict[int, int] = {}
    for row in assignment[["area", "group"]].itertuples(index=False):
        area, group = planned.number_of(str(row.area)), planned.group_of(str(row.group))
        if said.setdefault(area, group) != group:
            raise OptionError(say("regroup.assigned_twice", area=row.area))
        plan[area] = group
    open_ = np.flatnonzero(plan == NO_GROUP)
    if len(open_):
        raise OptionError(say("regroup.not_assigned", names=planned.named(open_)))
    return plan


@dataclass(frozen=True)
class _Asked:
    """What is asked of a network, and the answers to it."""

    net: MedicalNetwork
    planned: PlannedAreas
    grouping: Grouping
    notes: tuple[str, ...]
    packs: tuple[Pack, ...]

    @cached_property
    def search(self) -> Unworsened:
        """The search for plans that make no verdict worse."""
        return Unworsened(self.planned, self.packs, lambda plan: tuple(self._changes(plan)))

    def proposed(self, further: int) -> Regrouping:
        """Return the best plan and further ones; why there is none where that is proven."""
        judged = self.search.best(self.grouping)
        found = judged.found
        why = explained(self.grouping) if found.impossible else None
        plans = [] if found.plan is None else self._further([found.plan], further, judged)
        return self._answer(
            found.plan,
            self._certificate(judged, why),
            bound=_bound(found),
            next=tuple(plans),
            infeasible=self._plain_why(why) if why else None,
            is_found=found.plan is not None,
            proven=found.proven if found.plan is None else judged.is_best,
            is_stopped=found.stopped,
            verdicts=_plain_verdicts(judged, judged.worse),
        )

    def judged(self, own: Positions, further: int) -> Regrouping:
        """Return a plan of one's own, judged by the limits and by the best plan."""
        grouping = self.grouping
        judged = self.search.best(grouping)
        best = judged.found
        broken = [limit.code for limit in grouping.broken(own)]
        worse: tuple[Changed, ...] = ()
        if grouping.is_possible(own):
            worse = self.search.worse(own)
        else:
            broken.append("facts")
        comes_to = measured(grouping, own)
        is_right = not broken and not worse
        is_best = is_right and judged.is_best and comes_to == best.measures
        plans = []
        if best.plan is not None and (best.plan != own).any():
            plans = [self._plan(judged)]
        said = self._own_certificate(comes_to, judged, broken, worse)
        optimum = {} if best.measures is None else _plain(best.measures)
        return self._answer(
            own,
            said,
            bound=_bound(best),
            next=tuple(plans[: max(1, further)]),
            is_found=not broken,
            proven=is_best,
            is_stopped=best.stopped,
            broken=tuple(broken),
            optimum=optimum,
            verdicts=_plain_verdicts(judged, worse),
        )

    def front(self, steps: Sequence[tuple[str, float, Grouping]]) -> pd.DataFrame:
        """Return a row for each step: the fewest moves that it needs."""
        rows = []
        for name, value, grouping in steps:
            judged = self.search.best(grouping, is_even=False)
            found, plan = judged.found, judged.found.measures
            bound = None if found.impossible else found.bound.moves
            proven = found.proven if plan is None else judged.is_best
            comes_to = (plan and plan.moves, bound, plan and plan.minutes, plan and plan.spread)
            rows.append((name, value, *comes_to, proven, len(judged.worse)))
            if found.stopped:
                break
        return pd.DataFrame(rows, columns=list(FRONT_COLUMNS))

    def _further(self, plans: list[Positions], count: int, judged: Judged) -> list[FurtherPlan]:
        further: list[FurtherPlan] = []
        found = judged.found
        if found.measures is None or not found.measures.moves:
            return further  # where nothing has to move, nothing else is wanted
        while len(further) < count and found.plan is not None and not found.stopped:
            before, judged = judged, self.search.best(self.grouping, plans)
            found = judged.found
            if judged.proven and not before.worse:
                break  # there is no other that makes no verdict worse
            if found.plan is not None:
                plans = [*plans, found.plan]
                further.append(self._plan(judged))
        return further

    def _plan(self, judged: Judged) -> FurtherPlan:
        found = judged.found
        assert found.plan is not None
        assert found.measures is not None
        comes_to, rows = _plain(found.measures), self._rows(found.plan)
        return FurtherPlan(comes_to, rows, judged.is_best, judged.worse)

    def _answer(self, plan: Positions | None, said: Sequence[str], **further: Any) -> Regrouping:
        planned = self.planned
        told = answer(
            planned.day,
            "propose.regroup",
            define(planned.day, "regroup.numerator", "regroup.denominator", "areas"),
            self._rows(plan),
            judged=len(planned.areas),
            unknown=planned.unknown,
            excluded=planned.left,
            notes=(*said, *self._note_unknown(), *self.notes),
        )
        comes_to = None if plan is None else _plain(measured(self.grouping, plan))
        further["network"] = self.net
        if plan is not None and not further.get("broken"):
            further["changes"] = tuple(self._changes(plan))
            further["changed"] = self.search.changed(plan)
        return Regrouping.of(told, plan=comes_to, **further)

    def _note_unknown(self) -> list[str]:
        count = len(self.planned.unknown)
        return [say("regroup.unknown", count=count)] if count else []

    # -- rows and changes ------------------------------------------------------------------------

    def _rows(self, plan: Positions | None) -> pd.DataFrame:
        """A row for each area that a plan moves."""
        if plan is None:
            return frame_of([], _COLUMNS)
        rows = [
            self._row(area, plan) for area in np.flatnonzero(plan != self.grouping.today).tolist()
        ]
        return frame_of(rows, _COLUMNS)

    def _row(self, area: int, plan: Positions) -> dict[str, Any]:
        planned, minutes = self.planned, self.grouping.minutes
        before, after = int(planned.today[area]), int(plan[area])
        needed = [
            None if minutes is None or group == NO_GROUP else _finite(minutes[area, group])
            for group in (before, after)
        ]
        position = int(planned.areas[area])
        told = (planned.day.id(position), planned.day.name(position), self._groups_of(area))
        return dict(zip(_COLUMNS, (*told, self._ids[after], *needed, "moved"), strict=True))

    @cached_property
    def _ids(self) -> list[str]:
        return self.planned.day.ids(self.planned.groups)

    def _groups_of(self, area: int) -> str:
        """The id of the group of an area today; of several, with | between them."""
        group = int(self.planned.today[area])
        if group != NO_GROUP:
            return self._ids[group]
        facilities = self.planned.serving[area]
        own = {int(one) for at in facilities for one in self.planned.day.groups_of(at)}
        return "|".join(self.planned.day.ids(sorted(own)))

    def _changes(self, plan: Positions) -> Iterator[Change]:
        """The changes of the facilities that serve the areas that a plan moves."""
        moved = np.flatnonzero(plan != self.grouping.today)
        on = self.planned.day.date
        on_ = None if on == self.net.day(None) else on
        for group in np.unique(plan[moved]).tolist():
            areas = self.planned.areas[moved[plan[moved] == group]]
            ids = self.planned.day.ids(areas)
            yield from regroupings(self.net, ids, to_group=self._ids[group], on=on_)

    # -- in words --------------------------------------------------------------------------------

    def _certificate(self, judged: Judged, why: Explanation | None) -> list[str]:
        if why is not None:
            return self._why(why)
        found = judged.found
        stopped = [say("regroup.stopped")] if found.stopped else []
        if found.measures is None:
            return [*stopped, _not_decided(found)]
        return [*stopped, self._proof(judged), *_of_verdicts(judged)]

    def _proof(self, judged: Judged) -> str:
        """What is proven of the number of moves, and beyond."""
        found, measures = judged.found, judged.found.measures
        assert measures is not None
        is_among_kept = judged.refused and not judged.worse
        given = {
            "moves": measures.moves,
            "bound": found.bound.moves,
            "all": say("regroup.kept" if is_among_kept else "regroup.limits"),
            "none": say("regroup.no_kept_plan" if is_among_kept else "regroup.no_plan"),
        }
        if found.proven:
            return say("regroup.proven", then=self._then(), **given)
        if measures.moves <= found.bound.moves:
            return say("regroup.proven_moves", **given)
        return say("regroup.open" if found.bound.moves else "regroup.open_alone", **given)

    def _then(self) -> str:
        """What is proven beyond the number of moves."""
        minutes = say("regroup.least_minutes") if self.grouping.minutes is not None else ""
        return minutes + (say("regroup.best_balance") if self.grouping.mean else "")

    def _own_certificate(
        self, own: Measures, judged: Judged, broken: list[str], worse: Sequence[Changed]
    ) -> list[str]:
        said = [say("regroup.own_keeps", moves=own.moves)]
        if broken:
            limits = say("list_comma").join(self._limit(code) for code in broken)
            said = [say("regroup.own_breaks", moves=own.moves, limits=limits)]
        if worse:
            said.append(
                say("regroup.own_worse", count=len(worse), verdicts=changes_in_words(worse))
            )
        best = judged.found
        if best.impossible:
            return [*said, say("regroup.impossible")]
        if best.measures is None:
            return [*said, _not_decided(best)]
        word = "regroup.best_proven" if best.proven else "regroup.best_open"
        told = say(word, moves=best.measures.moves, bound=best.bound.moves)
        return [*said, told, *_of_verdicts(judged)]

    def _why(self, why: Explanation) -> list[str]:
        """Why there is no plan, in the planner's words."""
        said = [say("regroup.impossible")]
        balance = next((one for one in self.grouping.limits if isinstance(one, Balance)), None)
        for group, (least, greatest) in why.sums.items():
            assert balance is not None
            name = self.planned.day.name(int(self.planned.groups[group]))
            is_above = least > balance.most(self.grouping)
            amount, limit = (
                (least, balance.most(self.grouping))
                if is_above
                else (greatest, balance.least(self.grouping))
            )
            parts = {"share": self._share(amount), "limit": self._share(limit)}
            key = "regroup.not_under" if is_above else "regroup.not_over"
            said.append(say(key, group=name, **parts))
        if why.tolerance is not None:
            said.append(say("regroup.tolerance", tolerance=f"{why.tolerance:.1%}"))
        if why.relax:
            each = say("regroup.or").join(self._limit(one.code) for one in why.relax)
            said.append(say("regroup.relax", limits=each))
        if why.conflict:
            both = say("list_comma").join(self._limit(one.code) for one in why.conflict)
            key = "regroup.conflict" if why.is_minimal else "regroup.conflict_open"
            said.append(say(key, limits=both))
        return said

    def _share(self, amount: float) -> str:
        return f"{amount / self.grouping.mean:.0%}"

    def _limit(self, code: str) -> str:
        """A limit in the planner's words: what it is, and the names of what it is about."""
        kind, _, about = code.partition(" ")
        names = [self._name(part) for part in about.split(",")] if about else []
        return say(f"regroup.limit.{kind}", about=say("list_comma").join(names))

    def _name(self, part: str) -> str:
        position = int(self.net.index.positions([part])[0])
        is_area = position >= 0 and bool(self.net.index.is_kind("Area")[position])
        return self.net.name(part) if is_area else part

    def _plain_why(self, why: Explanation) -> Mapping[str, Any]:
        return {
            "groups": {
                self._ids[group]: {"least": round(least, 6), "greatest": round(greatest, 6)}
                for group, (least, greatest) in why.sums.items()
            },
            "tolerance": None if why.tolerance is None else round(why.tolerance, 6),
            "relax": [one.code for one in why.relax],
            "conflict": [one.code for one in why.conflict],
            "minimal": why.is_minimal,
        }


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def _plain(measures: Measures) -> dict[str, float | int | None]:
    return {
        "moves": measures.moves,
        "person_minutes": None if measures.minutes is None else round(measures.minutes, 6),
        "deviation": None if measures.spread is None else round(measures.spread, 6),
    }


def _bound(found: Staged) -> dict[str, float | int | None]:
    """What no plan is below; where there is none, no number says anything."""
    plain = _plain(found.bound)
    return dict.fromkeys(plain) if found.impossible else plain


def _steps(
    grouping: Grouping, name: str, values: Sequence[float]
) -> Iterator[tuple[str, float, Grouping]]:
    """The grouping with each of these tolerances, or limits of minutes, in place of its own."""
    kind = Balance if name == "tolerance" else MostMinutes
    own = [limit for limit in grouping.limits if isinstance(limit, kind)]
    for value in sorted(values, reverse=True):
        yield name, value, grouping.but(own, [kind(f"{name} {value:g}", value)])


def _not_decided(found: Staged) -> str:
    moves = found.bound.moves
    if not moves:
        return say("regroup.not_decided_at_all")
    return say("regroup.not_decided", bound=moves)


def _of_verdicts(judged: Judged) -> list[str]:
    """What is proven of plans that make no verdict worse, where some were refused."""
    told = {"count": judged.refused, "rules": say("list_comma").join(judged.rules)}
    if not judged.worse:
        return [say("regroup.refused", **told)] if judged.refused else []
    return [say("regroup.all_worse" if judged.proven else "regroup.kept_open", **told)]


def _plain_verdicts(judged: Judged, worse: Sequence[Changed]) -> dict[str, Any]:
    return {
        "kept": judged.found.plan is not None and not worse,
        "proven": judged.proven or judged.is_best,
        "refused": judged.refused,
        "rules": [*judged.rules],
        "worse": [one.to_dict() for one in worse],
    }
