"""The forms of tests that rules are made of: each row names one, what does it, and the parameters
it reads.

A pack that names another form, or misspells a parameter, is refused. One more form is a file
beside this one and a row here; what every part may state is in `COMMON`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.queries.policy.predicates.acyclic import acyclic
from medgraph.queries.policy.predicates.coded import coded
from medgraph.queries.policy.predicates.contains import contains
from medgraph.queries.policy.predicates.covers import covers
from medgraph.queries.policy.predicates.dated import dated
from medgraph.queries.policy.predicates.declared import declared
from medgraph.queries.policy.predicates.exists import exists
from medgraph.queries.policy.predicates.flags import flags
from medgraph.queries.policy.predicates.inside import inside
from medgraph.queries.policy.predicates.judged import judged
from medgraph.queries.policy.predicates.linked import linked
from medgraph.queries.policy.predicates.names import names
from medgraph.queries.policy.predicates.ordered import ordered
from medgraph.queries.policy.predicates.pairs import pairs
from medgraph.queries.policy.predicates.peers import peers
from medgraph.queries.policy.predicates.posted import posted
from medgraph.queries.policy.predicates.ranked import ranked
from medgraph.queries.policy.predicates.ratio import ratio
from medgraph.queries.policy.predicates.reaches import reaches
from medgraph.queries.policy.predicates.same import same
from medgraph.queries.policy.predicates.scored import scored
from medgraph.queries.policy.predicates.trend import trend
from medgraph.queries.policy.predicates.value import value
from medgraph.queries.policy.predicates.zone_scores import zone_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects
    from medgraph.queries.policy.predicates.tested import Part, Tested

COMMON: Mapping[str, type] = {"of": object, "where": dict, "classes": bool, "unit": str}
COUNTS: Mapping[str, type] = {"share": str, "at_least": int, "at_most": int, "exactly": int}


@dataclass(frozen=True)
class Predicate:
    """One form of test: what finds the elements of each subject, and which parameters it reads."""

    test: Callable[[AuditedNetwork, Part, Subjects], Tested]
    parameters: Mapping[str, type]


def _form(
    test: Callable[[AuditedNetwork, Part, Subjects], Tested], /, **parameters: type
) -> Predicate:
    return Predicate(test, {**COMMON, **parameters})


PREDICATES: dict[str, Predicate] = {
    "acyclic": _form(acyclic, relation=str, ends_in=dict),
    "coded": _form(coded, check=str, attribute=str, counties=list, prefixes=dict),
    "contains": _form(contains, attribute=str, required=list),
    "covers": _form(
        covers, path=list, attribute=str, values=object, like=bool, to=dict, without=str
    ),
    "dated": _form(dated, attributes=list, by=str, after=str, planned=list, not_before=str),
    "declared": _form(declared, prefix=str),
    "exists": _form(exists, without=str),
    "flags": _form(flags, all=dict),
    "inside": _form(inside, relations=list, except_to=dict, except_leads=dict),
    "judged": _form(
        judged, prefix=str, condition=str, indicators=int, dimensions=int, decision=str
    ),
    "linked": _form(
        linked,
        path=list,
        ends=object,
        to=dict,
        having=dict,
        ends_at_least=int,
        ends_at_most=int,
        distinct_by=str,
    ),
    "names": _form(names, attribute=str, includes=str, any_of=dict),
    "ordered": _form(ordered, milestones=str, phases=str, days=list, count=int),
    "pairs": _form(pairs, relation=str, having=dict, selves=bool),
    "peers": _form(peers, region=str, least=int),
    "posted": _form(
        posted,
        titles=list,
        role=list,
        months=int,
        all_year=bool,
        from_lead=bool,
        long_term=bool,
        staff_at_least=int,
        sender=bool,
        days_per_week=str,
        from_where=dict,
        to=dict,
    ),
    "ranked": _form(ranked, what=str),
    "ratio": _form(
        ratio,
        numerator=dict,
        denominator=dict,
        scale=str,
        limits=dict,
        percent=bool,
        whole=bool,
        periods=dict,
    ),
    "reaches": _form(reaches, relation=str, direction=str, hops=int),
    "same": _form(same, attribute=str),
    "scored": _form(scored, prefix=str, items=list, total=str),
    "trend": _form(trend, attribute=str, falling=bool, limits=dict, reading=str),
    "value": _form(value, test=dict),
    "zone_scores": _form(zone_scores, prefix=str, what=str),
}


def parameters_of(form: str) -> Mapping[str, Any]:
    """Return all that a part of a rule may say, with the type of each; `form` is its predicate."""
    asked = {"predicate": str, "subjects": object, "register": str, **COUNTS}
    return {**asked, **PREDICATES[form].parameters}
