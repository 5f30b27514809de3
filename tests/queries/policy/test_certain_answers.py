"""Less never decides: whatever a network no longer says, a verdict stays or becomes NO_DATA."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.arithmetic import best_and_worst
from medgraph.queries.policy.examples import Example, example
from tests.queries.county import county
from tests.queries.networks import networks
from tests.queries.policy.less import Less, all_ways, as_example

PACKS = [load(name) for name in shipped()]
EXAMPLES = [
    pytest.param(pack, rule, name, id=f"{rule.id}-{name}")
    for pack in PACKS
    for rule in pack.rules
    for name in rule.examples
]
EVERY = 24  # `make test` takes one way in so many, `make test-slow` all

# Where less does decide, by name, and why.
FREE_TEXTS = {
    "drug_catalogue": "any text names a catalogue; one that nobody shares is another catalogue",
    "function_role": "any text states a role",
    "task.post": "any text names a post",
}
ONLY_STATED = {
    "TZ-02": "an empty count says that the plan states none of the type, so that nothing is compared; "
    "whoever states none at all is open"
}
FAULTS = {"NJ-00": "a twelfth indicator is itself the fault; without its line there are eleven"}


class Judged(NamedTuple):
    """What a rule came to: its verdict, that of each subject, and the bounds of each test."""

    verdict: str
    findings: dict[str, str]
    bounds: dict[tuple[str, int], tuple[float, float]]


def judged(given: Example, packs, rules: list[str], left_out: int = 0) -> dict[str, Judged]:
    found = audit(
        given.network,
        packs,
        select=rules,
        ledger=given.ledger,
        parameters=given.parameters,
        left_out=left_out,
    )
    return {o.rule.id: _judged(o) for o in found.outcomes}


def _judged(outcome) -> Judged:
    bounds = {
        (subject, number): _bounds(shown, place)
        for number, shown in enumerate(outcome.parts)
        for place, subject in enumerate(shown.subjects.ids)
    }
    verdicts = zip(outcome.ids, outcome.verdicts.tolist(), strict=True)
    findings = dict(verdicts) if outcome.parts else {}  # without parts nobody is asked
    return Judged(outcome.verdict, findings, bounds)


def _bounds(shown, place: int) -> tuple[float, float]:
    """How many hold at least and at most, or the number: without end where a list is open."""
    value, counts = shown.tested.values.get(place), shown.counts.of(place)
    if value is not None:
        low = -math.inf if value.low is None else value.low
        return low, math.inf if value.high is None else value.high
    most = counts.met[0] + counts.open[0] if counts.whole[0] else math.inf
    return counts.met[0], most


def decided_by_less(before: Judged, after: Judged, rule: str, less: Less) -> list[str]:
    """Say what less has decided; nothing where the law holds."""
    if less.way == "misspell" and less.item in FREE_TEXTS:
        return []
    if less.way == "delete line" and rule in FAULTS:
        return []
    if _unstated(less) and rule in ONLY_STATED:
        return _of_what_is_compared(before, after, less)
    return [
        *_rule(before, after, less),
        *_findings(before, after, less),
        *_wider(before, after, less),
    ]


def _unstated(less: Less) -> bool:
    """Whether less takes a stated count away as a whole."""
    return less.way in ("blank", "delete line") and less.item.startswith("declared.")


def _of_what_is_compared(before: Judged, after: Judged, less: Less) -> list[str]:
    """A statement that is gone takes its own fault with it, and makes none; all else stays."""
    new = after.findings.get(less.id) == "FAIL" != before.findings.get(less.id)
    others = [_but(judged, less.id) for judged in (before, after)]
    return [f"{less}: FAIL"] * new + _findings(*others, less) + _wider(*others, less)


def _but(judged: Judged, subject: str) -> Judged:
    """What a rule came to of everybody else."""
    findings = {id: verdict for id, verdict in judged.findings.items() if id != subject}
    bounds = {key: bound for key, bound in judged.bounds.items() if key[0] != subject}
    return Judged(judged.verdict, findings, bounds)


def _rule(before: Judged, after: Judged, less: Less) -> list[str]:
    """A subject whose own row is gone from an open list is asked no more; the others stay."""
    fewer = before.findings.keys() - after.findings.keys()
    if less.way.startswith("delete") and fewer:
        return []
    if after.verdict in (before.verdict, "NO_DATA"):
        return []
    return [f"{less}: {before.verdict} -> {after.verdict}"]


def _findings(before: Judged, after: Judged, less: Less) -> list[str]:
    wrong = []
    for subject, was in before.findings.items():
        now = after.findings.get(subject, "NO_DATA" if _may_go(after, less) else "not asked")
        if now not in (was, "NO_DATA"):
            wrong.append(f"{less}: {subject} {was} -> {now}")
    new = after.findings.keys() - before.findings.keys()
    return wrong + [f"{less}: {s} new, FAIL" for s in new if after.findings[s] == "FAIL"]


def _may_go(after: Judged, less: Less) -> bool:
    """Whether a subject may be asked no more: its row is gone, or nobody is left at all."""
    return less.way.startswith("delete") or not after.findings


def _wider(before: Judged, after: Judged, less: Less) -> list[str]:
    """The least never rises, the most never falls."""
    wrong = []
    for key, (low, high) in before.bounds.items():
        now_low, now_high = after.bounds.get(key, (-math.inf, math.inf))
        if now_low > low or now_high < high:
            wrong.append(f"{less}: {key} {low}..{high} -> {now_low}..{now_high}")
    return wrong


def _broken(whole: Example, packs, rules: list[str], ways, *, both: bool = False) -> list[str]:
    """What less decides, with no row left out or with one, in turn; with `both` each way twice."""
    before = cache(partial(judged, whole, packs, rules))
    found = []
    for number, less in ways:
        left = less.left()
        for left_out in (0, 1) if both else (number // EVERY % 2,):
            after = judged(left, packs, rules, left_out)
            for rule, was in before(left_out).items():
                found += decided_by_less(was, after[rule], rule, less)
    return found


@pytest.mark.parametrize(("pack", "rule", "name"), EXAMPLES)
def test_less_of_an_example_never_decides(pack, rule, name):
    """Of every rule's own examples."""
    whole = example(pack, rule, name)
    numbered = enumerate(all_ways(whole), sum(map(ord, rule.id + name)))
    ways = [(number, less) for number, less in numbered if number % EVERY == 0]
    assert _broken(whole, pack, [rule.id], ways) == []


@pytest.mark.slow
@pytest.mark.parametrize(("pack", "rule", "name"), EXAMPLES)
def test_no_way_to_say_less_decides(pack, rule, name):
    """Every way, with and without rows that could not be loaded."""
    whole = example(pack, rule, name)
    assert _broken(whole, pack, [rule.id], enumerate(all_ways(whole)), both=True) == []


# -- whole networks, all packs at once -----------------------------------------------------------


def _check(whole: Example, ways: list[Less], choice: int, left_out: int) -> None:
    less = ways[choice % len(ways)]
    before = judged(whole, PACKS, [], left_out)
    after = judged(less.left(), PACKS, [], left_out)
    wrong = [(r, *decided_by_less(was, after[r], r, less)) for r, was in before.items()]
    assert [found for found in wrong if len(found) > 1] == []


# What fails is named by its rule and way; to look for a smaller network takes minutes.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
CHOICE, LEFT_OUT = st.integers(0, 10**6), st.sampled_from([0, 0, 1])


@pytest.fixture(scope="module")
def sample(taizhou):
    whole = as_example(taizhou)
    return whole, list(all_ways(whole))


@settings(max_examples=4, derandomize=True, phases=UNSHRUNK)
@given(choice=CHOICE, left_out=LEFT_OUT)
def test_less_of_the_sample_never_decides(sample, choice, left_out):
    """Of Taizhou's draft plan, under all packs."""
    _check(*sample, choice, left_out)


@pytest.mark.slow
@settings(max_examples=400, phases=UNSHRUNK)
@given(choice=CHOICE, left_out=LEFT_OUT)
def test_much_less_of_the_sample_never_decides(sample, choice, left_out):
    _check(*sample, choice, left_out)


@settings(max_examples=4, derandomize=True, phases=UNSHRUNK)
@given(choice=CHOICE, left_out=LEFT_OUT)
def test_less_of_a_county_never_decides(choice, left_out):
    """Of a county in which every obligation is met and every relation declared."""
    _county(choice, left_out)


@pytest.mark.slow
@settings(max_examples=100, phases=UNSHRUNK)
@given(choice=CHOICE, left_out=LEFT_OUT)
def test_much_less_of_a_county_never_decides(choice, left_out):
    _county(choice, left_out)


def _county(choice: int, left_out: int) -> None:
    whole = as_example(county(register="r", edition="2024"))
    _check(whole, list(all_ways(whole)), choice, left_out)


@settings(max_examples=8, derandomize=True, phases=UNSHRUNK)
@given(net=networks(), choice=CHOICE, left_out=LEFT_OUT)
def test_less_of_any_network_never_decides(net, choice, left_out):
    """Of networks that pass no door: types are absent, two lead one group, days end too early."""
    _any(net, choice, left_out)


@pytest.mark.slow
@settings(max_examples=500, phases=UNSHRUNK)
@given(net=networks(), choice=CHOICE, left_out=LEFT_OUT)
def test_less_of_many_networks_never_decides(net, choice, left_out):
    _any(net, choice, left_out)


def _any(net, choice: int, left_out: int) -> None:
    whole = as_example(net)
    if ways := list(all_ways(whole)):
        _check(whole, ways, choice, left_out)


# -- what scripts read ---------------------------------------------------------------------------


def test_best_and_worst_are_the_bounds_of_a_test(taizhou):
    """What `to_dict` says of a finding is what one of its tests found; `None`: without end."""
    found = audit(taizhou, PACKS)
    for row in found.findings.to_dict("records"):
        outcome = found.outcome_of(row)
        if not outcome.parts:
            continue
        said = best_and_worst(outcome, row)
        bounds = _judged(outcome).bounds
        mine = [bounds[key] for key in bounds if key[0] == row["subject"]]
        low, high = said["worst"]["met"], said["best"]["met"]
        assert (low, high) in [_as_said(b) for b in mine] or said["best"]["total"] is None


def _as_said(bounds: tuple[float, float]) -> tuple[float | None, float | None]:
    low, high = (None if math.isinf(end) else float(end) for end in bounds)
    return low, high
