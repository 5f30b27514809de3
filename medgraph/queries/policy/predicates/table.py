"""The forms of tests that rules are made of: each row names one, what does it, and the parameters
it reads.

A pack that names another form, or misspells a parameter, is refused. One more form is a file
beside this one and a row here, whose kinds are those of `parameters.py`: checks, JSON Schema and
documents are made from the row. What every part may state is in `SHARED`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.value_sets import COUNTIES
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
from medgraph.queries.policy.predicates.parameters import (
    AMOUNT,
    AT_LEAST,
    COUNT,
    COUNTED,
    EITHER,
    ELEMENTS,
    FACILITIES,
    LIMITS,
    LINKS,
    NODES,
    OF,
    ONE_COUNT,
    RELATION,
    ROLES,
    STEPS,
    SUBJECTS,
    TITLES,
    VALUE,
    WITHOUT,
    About,
    AnyOf,
    Apart,
    Attribute,
    Bounding,
    Choice,
    Day,
    DecidedBy,
    Declaration,
    Either,
    Flag,
    InOrder,
    Keyed,
    Leaf,
    Listed,
    Number,
    Parameter,
    PerCent,
    Record,
    Text,
    Tree,
    Whole,
    Word,
    WordsOf,
    needed,
    optional,
    record,
)
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
from medgraph.words.score_sheets import ZONES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects
    from medgraph.queries.policy.predicates.parameters import Condition, Kind
    from medgraph.queries.policy.predicates.tested import Part, Tested


@dataclass(frozen=True)
class Predicate:
    """One form of test: what finds the elements of each subject, and which parameters it reads.

    `about` says whom it can ask: each subject for itself, the network as a whole, or either. A
    requirement states one of `decided_by`, where there are any: without it everything would pass.
    """

    test: Callable[[AuditedNetwork, Part, Subjects], Tested]
    record: Record
    about: About = EITHER
    decided_by: tuple[str, ...] = ()

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters that it reads, by name."""
        return self.record.keys


def _form(
    test: Callable[[AuditedNetwork, Part, Subjects], Tested],
    /,
    *stated: Condition | About | DecidedBy,
    **parameters: Kind | Parameter,
) -> Predicate:
    conditions = [one for one in stated if not isinstance(one, About | DecidedBy)]
    made = Predicate(test, record(*conditions, **parameters))
    for one in stated:
        if isinstance(one, About):
            made = replace(made, about=one)
        elif isinstance(one, DecidedBy):
            made = replace(made, decided_by=one.keys)
    return made


# What a part may say whatever its form is.
SHARED: Mapping[str, Parameter] = {
    "predicate": needed(Text()),
    "subjects": optional(SUBJECTS),
    "unit": optional(Text()),
    "register": optional(Declaration()),
}

PREDICATES: dict[str, Predicate] = {
    "acyclic": _form(
        acyclic, About("whole"), relation=needed(RELATION), ends_in=needed(NODES), **COUNTED
    ),
    "coded": _form(
        coded,
        check=needed(
            Choice(
                (
                    "area",
                    "county",
                    "uscc",
                    "organisation",
                    "prefix",
                    "ws218",
                    "class_area",
                    "institution",
                )
            )
        ),
        attribute=needed(Attribute()),
        counties=optional(Listed(VALUE), only=("check", "county")),
        prefixes=needed(Keyed(Word("ownership"), Listed(VALUE)), only=("check", "prefix")),
        **ELEMENTS,
        **COUNTED,
    ),
    "contains": _form(
        contains,
        WordsOf("attribute", "required"),
        attribute=needed(Attribute()),
        required=needed(Listed(VALUE)),
        **ELEMENTS,
        **COUNTED,
    ),
    "covers": _form(
        covers,
        About("nodes", stating="path"),
        WordsOf("attribute", "values"),
        AnyOf(("path", "of")),
        Apart(("path", "of")),
        Apart(("path", "where")),
        path=STEPS,
        attribute=needed(Attribute()),
        values=needed(Either(Choice((COUNTIES,)), Listed(VALUE))),
        like=optional(Flag(), default=False),
        to=optional(NODES, only=("path", "")),
        without=WITHOUT,
        **ELEMENTS,
        **COUNTED,
    ),
    "dated": _form(
        dated,
        AnyOf(("by", "after", "not_before")),
        InOrder("after", "by"),
        attributes=needed(Listed(Attribute())),
        by=Day(),
        after=Day(),
        planned=Listed(Attribute()),
        not_before=Attribute(),
        **ELEMENTS,
        **COUNTED,
    ),
    "declared": _form(
        declared,
        About("nodes"),
        prefix=optional(VALUE, "declared."),
        classes=ELEMENTS["classes"],
        **COUNTED,
    ),
    "exists": _form(
        exists,
        DecidedBy(("at_least", "at_most", "exactly")),
        without=WITHOUT,
        **ELEMENTS,
        at_least=COUNTED["at_least"],
        at_most=COUNTED["at_most"],
        exactly=COUNTED["exactly"],
    ),
    "flags": _form(flags, all=needed(Keyed(Attribute(), Leaf())), **ELEMENTS, **COUNTED),
    "inside": _form(
        inside,
        About("whole"),
        relations=needed(Listed(RELATION)),
        where=needed(Tree(only=("type",), kind="Group")),
        except_to=NODES,
        except_leads=Tree(kind="Group"),
        **COUNTED,
    ),
    "judged": _form(
        judged,
        About("nodes"),
        condition=needed(
            Choice(("complete", "all_b", "eight_a", "each_dimension", "decision", "verdict"))
        ),
        prefix=optional(VALUE, "judgement."),
        indicators=optional(COUNT, 11),
        dimensions=optional(COUNT, 4),
        decision=VALUE,
        **COUNTED,
    ),
    "linked": _form(
        linked,
        InOrder("ends_at_least", "ends_at_most"),
        Bounding("ends_at_least", "ends_at_most"),
        About("nodes", stating="ends"),
        path=needed(STEPS),
        ends=Either(
            Choice(("subject", "lead", "group_lead", "own_county", "members", "units")), STEPS
        ),
        to=NODES,
        having=LINKS,
        ends_at_least=optional(Whole(), 1),
        ends_at_most=Whole(),
        **ELEMENTS,
        **COUNTED,
    ),
    "names": _form(
        names,
        AnyOf(("includes", "any_of")),
        Apart(("includes", "any_of")),
        Apart(("where", "any_of")),
        Apart(("classes", "any_of")),
        About("nodes"),
        attribute=needed(Attribute()),
        includes=Choice(("lead", "members", "units")),
        any_of=NODES,
        where=NODES,
        classes=ELEMENTS["classes"],
        **COUNTED,
    ),
    "ordered": _form(
        ordered,
        AnyOf(("milestones", "phases")),
        milestones=Attribute(),
        phases=Attribute(),
        days=optional(Listed(Day()), only=("milestones", "")),
        count=optional(COUNT, only=("phases", "")),
        phase_months=optional(Listed(Text()), only=("phases", "")),
        **ELEMENTS,
        **COUNTED,
    ),
    "pairs": _form(
        pairs,
        relation=needed(RELATION),
        having=LINKS,
        selves=optional(Flag(), default=False),
        **ELEMENTS,
        **COUNTED,
    ),
    "peers": _form(
        peers,
        region=needed(Choice(("county", "city", "province"))),
        least=needed(Whole(2)),
        **ELEMENTS,
        **COUNTED,
    ),
    "posted": _form(
        posted,
        About("nodes", stating="from_lead"),
        Apart(("all_year", "months", "long_term")),
        Apart(("all_year", "months", "days_per_week")),
        Apart(("all_year", "months", "staff_at_least")),
        titles=TITLES,
        role=ROLES,
        months=Whole(1, 120),
        all_year=optional(Flag(), default=False),
        from_lead=optional(Flag(), default=False),
        long_term=optional(Flag(), default=False),
        staff_at_least=optional(COUNT, 1),
        sender=optional(Flag(), default=False),
        days_per_week=Number(positive=True, most=7),
        from_where=FACILITIES,
        to=FACILITIES,
        **ELEMENTS,
        **COUNTED,
    ),
    "ranked": _form(
        ranked,
        About("nodes"),
        what=needed(Choice(("card", "removed"))),
        zones=optional(COUNT, ZONES, only=("what", "card")),
        **COUNTED,
    ),
    "ratio": _form(
        ratio,
        DecidedBy(("limits",)),
        PerCent("percent", "limits"),
        numerator=needed(AMOUNT),
        denominator=AMOUNT,
        scale=optional(Number(positive=True), "1"),
        limits=LIMITS,
        percent=optional(Flag(), default=False),
        whole=optional(Flag(), default=False),
        periods=record(numerator=needed(Attribute("links")), denominator=needed(Attribute())),
    ),
    "reaches": _form(
        reaches,
        About("nodes"),
        relation=needed(RELATION),
        direction=optional(Choice(("up", "down", "either")), "either"),
        hops=optional(Whole(1, 10), 2),
        of=optional(OF, "members"),
        where=NODES,
        classes=ELEMENTS["classes"],
        **COUNTED,
    ),
    "same": _form(same, attribute=needed(Attribute()), **ELEMENTS, **COUNTED),
    "scored": _form(
        scored,
        About("nodes"),
        prefix=needed(VALUE),
        items=needed(Listed(VALUE)),
        total=needed(Number(positive=True)),
        **COUNTED,
    ),
    "trend": _form(
        trend,
        Apart(("falling", "limits")),
        Apart(("falling", "growth")),
        DecidedBy(("falling", "limits")),
        attribute=needed(Attribute(number=True)),
        falling=Choice((True,)),
        limits=AT_LEAST,
        growth=Choice(("relative", "points")),
        **ELEMENTS,
        **COUNTED,
    ),
    "value": _form(value, test=needed(NODES), **ELEMENTS, **COUNTED),
    "zone_scores": _form(
        zone_scores, About("nodes"), what=needed(Choice(("base", "bonus"))), **COUNTED
    ),
}


def parameters_of(form: str) -> Mapping[str, Parameter]:
    """Return all that a part of a rule may say, key by key; `form` is its predicate."""
    return record_of(form).keys


def record_of(form: str) -> Record:
    """Return all that a part of a rule may say, with the conditions between its keys."""
    own = PREDICATES[form].record
    counts = ONE_COUNT if "exactly" in own.keys else ()
    return Record({**SHARED, **own.keys}, (*own.conditions, *counts))
