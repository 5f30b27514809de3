"""Read from policy packs the limits of a regrouping that can be kept while it is looked for.

Three forms of rules can: so many of a group's members are of a kind (one at least); there are so
many groups (at least, or exactly); each area is in one group, which holds in every plan and needs
no limit. For all other rules each plan is judged when it is found (`unworsened`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.states import YES
from medgraph.queries.planning.limits import GroupCount, HasFacility, Limit
from medgraph.queries.policy import audit
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.fitting_packs import default_packs
from medgraph.queries.policy.packs import load_all
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.queries.planning.planned_areas import PlannedAreas
    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.policy.packs import Rule
    from medgraph.queries.policy.verdicts import Shown

_NAMED = 5  # areas that a sentence names
_OF_AREAS = ["<SERVES", ">MEMBER_OF|LEADS"]  # from an area to the groups of those that serve it


def rule_limits(
    planned: PlannedAreas, packs: Sequence[Any], wanted: Sequence[str]
) -> Iterator[Limit]:
    """Return the limits of rules: those that are `wanted` bind all groups that they ask.

    Those of the packs (none: the national ones of the groups) bind the groups that pass them today,
    so that no such verdict gets worse.
    """
    day = planned.day
    named = [_named(rule) for rule in wanted]
    for pack, id in named:
        rule = _rule(pack, id)
        if _form(rule) is None:
            raise OptionError(say("regroup.rule_of_no_form", rule=f"{pack}/{id}"))
        found = audit(day.net, pack, as_of=day.date, select=[id])
        if _form(rule) == "areas":
            _check_areas(planned, found, f"{pack}/{id}")
            continue
        limits = [*_limit(planned, found, id, every=True)]
        if not limits:
            raise OptionError(say("regroup.rule_of_nobody", rule=f"{pack}/{id}"))
        yield from limits
    for asked in load_all([*packs] or default_packs(day.net, as_of=day.date)):
        ids = [rule.id for rule in asked.rules if _form(rule) == "members"]
        ids = [id for id in ids if (asked.id, id) not in named]
        if ids:
            found = audit(day.net, asked, as_of=day.date, select=ids)
            for id in ids:
                yield from _limit(planned, found, id, every=False)


def _named(rule: str) -> tuple[str, str]:
    pack, _, id = rule.rpartition("/")
    if not pack:
        raise OptionError(say("sites_bad_rule", rule=rule))
    return pack, id


def _rule(pack: str, id: str) -> Rule:
    found = next((rule for rule in load_all(pack)[0].rules if rule.id == id), None)
    if found is None:
        raise OptionError(say("policy_unknown_rule", value=f"{pack}/{id}"))
    return found


def _form(rule: Rule) -> str | None:
    """What a rule limits: `members` of a group, `groups`, the groups of `areas`; None: else."""
    if rule.kind != "requirement" or len(rule.parts) != 1:
        return None
    part = rule.parts[0]
    if part.get("of") == "members":
        is_of_kind = part["predicate"] in ("exists", "value") and part.get("at_least") == 1
        return "members" if is_of_kind and "without" not in part else None
    kind = part.get("where", {}).get("kind")
    if part["predicate"] == "linked" and kind in ("Area", ["Area"]):
        return "areas" if part["path"] == _OF_AREAS else None
    is_of_groups = part.get("of") in ("all", "within") and kind in ("Group", ["Group"])
    is_there = part["predicate"] == "exists" or part.get("path") == ["<LEADS"]
    return "groups" if is_of_groups and is_there and _count(part) else None


def _check_areas(planned: PlannedAreas, found: Audit, rule: str) -> None:
    """Raise OptionError where a rule of areas does not hold of one that no plan moves: of a gap."""
    for shown in found.outcome(rule.rpartition("/")[2]).parts:
        open_ = shown.tested.node[shown.tested.state != YES]
        beyond = np.setdiff1d(open_[open_ >= 0], planned.areas)
        if len(beyond):
            names = listed(planned.day.names(beyond[:_NAMED]))
            raise OptionError(say("regroup.rule_beyond", rule=rule, names=names))


def _count(part: Mapping[str, Any]) -> int:
    found = part.get("exactly", part.get("at_least"))
    return found if isinstance(found, int) else 0


def _limit(planned: PlannedAreas, found: Audit, rule: str, *, every: bool) -> Iterator[Limit]:
    outcome = found.outcome(rule)
    if not outcome.parts:
        return  # nobody is asked, or what the user has to set is not set
    shown, code = outcome.parts[0], f"rule {outcome.rule.pack}/{rule}"
    if _form(outcome.rule) == "groups":
        least = _count(shown.part)
        most = least if "exactly" in shown.part else len(planned.groups)
        if (found.audited.states(shown.part["where"], planned.groups) == YES).all():
            yield GroupCount(code, least, most)
        return
    passing = outcome.verdicts == "PASS"
    bound = np.isin(planned.groups, outcome.positions[passing | every])
    if bound.any():
        yield _kept(planned, found, shown, code, bound)


def _kept(planned: PlannedAreas, found: Audit, shown: Shown, code: str, bound: Mask) -> HasFacility:
    """The limit that each of the groups `bound` has a member that is what a rule asks."""
    holds = planned.day.working.certain.copy()
    for name in ("where", "test"):
        if tree := shown.part.get(name):
            holds &= found.audited.states(tree, np.arange(len(holds))) == YES
    number = {int(position): at for at, position in enumerate(planned.groups)}
    members = elements(found.audited, shown.part, shown.subjects)
    kept = members.certain & holds[members.node]
    subjects = shown.subjects.positions[members.subject[kept]]
    stays = {
        number[group]
        for group, node in zip(subjects.tolist(), members.node[kept].tolist(), strict=True)
        if node not in planned.areas_of and group in number
    }
    facilities, _ = planned.day.named_members(planned.day.group.certain)
    with_area = {
        area
        for facility in facilities[holds[facilities]].tolist()
        for area in planned.areas_of.get(facility, ())
    }
    free = np.flatnonzero(~bound).tolist()
    return HasFacility(code, frozenset({*stays, *free}), frozenset(with_area))
