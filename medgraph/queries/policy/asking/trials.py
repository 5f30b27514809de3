"""Try answers: a question is promised to decide a finding only if it does so with every one.

What a rule needs next may show only once the first is answered: a hospital's level matters when its
type is known. So answers are filled in, the rules judged again, and what is then still needed is
asked too. A finding that stays open with nothing more to ask is not promised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel import schema
from medgraph.graphmodel.filled_tables import LINKS, Given
from medgraph.graphmodel.filling import filled
from medgraph.queries.policy.asking.questions import Ids, Wanted, wanted_by_finding
from medgraph.queries.policy.verdicts import judge_rule
from medgraph.words.answer_forms import (
    COMPLETE,
    ENDS,
    NODES,
    NONE,
    AnswerForm,
)
from medgraph.words.quantities import UNITS
from medgraph.words.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medgraph.queries.policy.asking.questions import Question
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.verdicts import Outcome

_ROUNDS = 5  # one need may show behind another so many times
_YES_NO, _TEXTS = ("yes", "no"), ("A", "B")
_LONG_AGO = "2020-01-01"

Finding = tuple[int, str]  # the place of the rule's outcome, the subject
Trial = Callable[[int, int], int]  # which of so many answers a numbered question gets


class Promise(NamedTuple):
    """What is promised: by finding the questions that decide it; `open`: why the others are not."""

    wanted: dict[Finding, frozenset[Question]]
    open: dict[Finding, str]


def promised(audited: AuditedNetwork, outcomes: Sequence[Outcome]) -> Promise:
    """Return for every undecided finding what decides it, as trials with several answers show."""
    wanted, still_open = _first_wanted(audited, outcomes)
    for _ in range(_ROUNDS):
        lacking = _lacking_after_trials(audited, outcomes, wanted)
        if not lacking:
            return Promise(wanted, still_open)
        for finding, more in lacking.items():
            new = more.questions - wanted[finding]
            if new and not more.lacking:
                wanted[finding] |= new
            else:
                still_open[finding] = more.lacking
                del wanted[finding]
    return Promise(_but_for(wanted, lacking), still_open | dict.fromkeys(lacking, ""))


def _but_for(
    wanted: dict[Finding, frozenset[Question]], others: Iterable[Finding]
) -> dict[Finding, frozenset[Question]]:
    left_out = set(others)
    return {finding: asked for finding, asked in wanted.items() if finding not in left_out}


def _first_wanted(
    audited: AuditedNetwork, outcomes: Sequence[Outcome]
) -> tuple[dict[Finding, frozenset[Question]], dict[Finding, str]]:
    wanted, still_open = {}, {}
    for place, outcome in enumerate(outcomes):
        for subject, found in wanted_by_finding(audited, outcome).items():
            if found.lacking or not found.questions:
                still_open[place, subject] = found.lacking
            else:
                wanted[place, subject] = found.questions
    return wanted, still_open


def _lacking_after_trials(
    audited: AuditedNetwork,
    outcomes: Sequence[Outcome],
    wanted: dict[Finding, frozenset[Question]],
) -> dict[Finding, Wanted]:
    """What findings lack although all their questions are answered, in one trial or another."""
    asked = _one_form_each(q for questions in wanted.values() for q in questions)
    tries = _tries_of_all(audited, asked)
    places = sorted({place for place, _ in wanted})
    found: dict[Finding, Wanted] = {}
    for trial in (_all_first, _all_last, _by_turns):
        answers = _answers(asked, tries, trial)
        for finding, more in _lacking_in_trial(audited, outcomes, places, answers):
            if finding in wanted:
                found[finding] = _both(found.get(finding), more)
    return found


def _lacking_in_trial(
    audited: AuditedNetwork,
    outcomes: Sequence[Outcome],
    places: Sequence[int],
    answers: Sequence[Given],
) -> Iterator[tuple[Finding, Wanted]]:
    """Yield what findings lack in one trial, whose network is let go of with it."""
    tried = audited.over(filled(audited.whole, answers, on=audited.date))
    for place in places:
        for subject, more in _judged_again(tried, outcomes[place]).items():
            yield (place, subject), more


def _one_form_each(questions: Iterable[Question]) -> list[Question]:
    by_key: dict[tuple[str, ...], Question] = {}
    for question in questions:
        other = by_key.setdefault(question.key, question)
        if other.form is not question.form and str(other.form) < str(question.form):
            by_key[question.key] = question
    return [by_key[key] for key in sorted(by_key)]


def _both(one: Wanted | None, other: Wanted) -> Wanted:
    if one is None:
        return other
    return Wanted(one.questions | other.questions, one.lacking or other.lacking)


def _judged_again(tried: AuditedNetwork, outcome: Outcome) -> dict[str, Wanted]:
    """What a rule still lacks over another network, by subject; its parameters are settled."""
    parts = tuple(shown.part for shown in outcome.parts)
    rule = replace(outcome.rule, parts=parts, ask={}, parameters={})
    return wanted_by_finding(tried, judge_rule(tried, rule, {}))


# -- answers to try ------------------------------------------------------------------------------


def _all_first(number: int, count: int) -> int:
    return 0


def _all_last(number: int, count: int) -> int:
    return count - 1


def _by_turns(number: int, count: int) -> int:
    return number % count


def _answers(
    asked: Sequence[Question], tries: Sequence[tuple[str, ...]], trial: Trial
) -> list[Given]:
    return [
        _given(question, values[trial(number, len(values))])
        for number, (question, values) in enumerate(zip(asked, tries, strict=True))
    ]


def _tries_of_all(audited: AuditedNetwork, asked: Sequence[Question]) -> list[tuple[str, ...]]:
    """The answers to try for each question; questions are many, forms few."""
    known: dict[tuple[AnswerForm, tuple[str, ...]], tuple[str, ...]] = {}
    found = []
    for question in asked:
        form, kinds = question.form, _kinds(audited, question)
        if (form, kinds) not in known:
            known[form, kinds] = _tries(form, _some_nodes(audited, kinds))
        found.append(known[form, kinds])
    return found


def _given(question: Question, value: str) -> Given:
    kind, table, column, id, _ = question
    if kind == LINKS:
        return Given(kind, table, column, id, ends=(value,) if value != NONE else ())
    return Given(kind, table, column, id, value)


def _tries(form: AnswerForm, nodes: tuple[str, ...]) -> tuple[str, ...]:
    """Answers that differ as much as a form allows; numbers agree with one another."""
    match form.name:
        case "whole":
            return (COMPLETE,)
        case "boolean":
            return _YES_NO
        case "date":
            return (form.detail[0] if form.detail else _LONG_AGO, _LONG_AGO)
        case "vocabulary":
            return tuple(VOCABULARIES[form.detail[0]])
        case "words":
            return form.detail
        case "items":
            return "|".join(form.detail), NONE, form.detail[0]
        case "nodes" | "ends":
            return (*nodes, NONE)
        case "share":
            return ("50%",)
    return ("1",) if form.name in UNITS or form.name == "integer" else _TEXTS


def _kinds(audited: AuditedNetwork, question: Question) -> tuple[str, ...]:
    """The kinds of nodes that an answer may name."""
    form = question.form
    if form.name == NODES:
        return form.detail
    if form.name != ENDS:
        return ()
    return ends_of(question.column, audited.kinds[Ids.of(audited).position[question.id]])


def ends_of(step: str, kind: str) -> tuple[str, ...]:
    """Return the kinds to which a step leads from a node of a kind.

    >>> ends_of(">SERVES", "Facility"), ends_of("<SERVES", "Area")
    (('Area',), ('Facility',))
    """
    sources, targets = schema.ENDS[step[1:]]
    if step[0] == "-":
        return tuple(dict.fromkeys((*sources, *targets)))
    return tuple(targets if step[0] == ">" else sources)


def _some_nodes(audited: AuditedNetwork, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The first node at work of some kinds and the last."""
    if not kinds:
        return ()
    mask = audited.operating & ~audited.index.is_class & audited.index.has("kind", *kinds)
    at = np.flatnonzero(mask)
    found: list[str] = audited.index.ids.take(at[[0, -1]] if len(at) else at).to_pylist()
    return tuple(dict.fromkeys(found))
