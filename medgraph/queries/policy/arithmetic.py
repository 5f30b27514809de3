"""Write what a verdict rests on as people do: what is asked, what was found, worst and best, what
is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.limits import plain
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from medgraph.queries.policy.packs.pack import Rule
    from medgraph.queries.policy.predicates.tested import Part
    from medgraph.queries.policy.verdicts import Outcome, Shown

SIGNS = {
    "at_least": "≥",
    "at_most": "≤",
    "more_than": ">",
    "less_than": "<",
    "exactly": "=",
    "about": "≈",
    "tolerance": "±",
}


def threshold(part: Part) -> str:
    """Return what a part asks for: `≥1/3`, `=4`, `100%`."""
    if limits := part.get("limits"):
        return " ".join(f"{SIGNS[name]}{limit}" for name, limit in limits.items())
    counts = [name for name in ("at_least", "at_most", "exactly") if name in part]
    if counts:
        return " ".join(f"{SIGNS[name]}{part[name]}" for name in counts)
    return f"≥{part['share']}" if "share" in part else "100%"


def thresholds(rule: Rule) -> str:
    """Return what all parts of a rule ask for, each once: `≥1 & 100%`."""
    return " & ".join(dict.fromkeys(threshold(part) for part in rule.parts))


def arithmetic(shown: Shown, place: int) -> str:
    """Return one line about the subject in this place: what was found, what is asked, worst and
    best.
    """
    worst, best = worst_and_best(shown, place)
    value = shown.tested.values.get(place)
    counts = shown.counts.of(place)
    found = f"{counts.met[0]}/{counts.total[0]}" if value is None else value.text
    asked = threshold(shown.part)
    return say("policy_arithmetic", found=found, asked=asked, worst=worst, best=best)


def worst_and_best(shown: Shown, place: int) -> tuple[str, str]:
    """Return both as counts, or as the bounds of a number."""
    value = shown.tested.values.get(place)
    if value is not None:
        return _bound(value.low), _bound(value.high)
    counts = shown.counts.of(place)
    met, best = int(counts.met[0]), int(counts.best[0])
    if counts.whole[0]:
        return f"{met}/{counts.worst_total[0]}", f"{best}/{counts.best_total[0]}"
    more = say("policy_or_more", count=int(counts.most[0]))
    return f"{met}/{more}", f"{best}/{more}"


def best_and_worst(outcome: Outcome, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the best and the worst case of a finding: verdict, met and total (None: open).

    A number has its bounds in place of counts.
    """
    verdict = row["verdict"]
    undecided = verdict == "NO_DATA"
    cases = {
        "best": {"verdict": "PASS" if undecided else verdict},
        "worst": {"verdict": "FAIL" if undecided else verdict},
    }
    for shown in outcome.parts:
        for place in shown.places(row["subject"]):
            if shown.state[place] == min(
                s.state[p] for s in outcome.parts for p in s.places(row["subject"])
            ):
                return {name: {**case, **_case(shown, place, name)} for name, case in cases.items()}
    return cases


def _case(shown: Shown, place: int, name: str) -> dict[str, Any]:
    counts = shown.counts.of(place)
    value = shown.tested.values.get(place)
    if value is not None:
        bound = value.high if name == "best" else value.low
        return {"met": None if bound is None else float(bound), "total": None}
    if not counts.most[0] and shown.state[place] == UNKNOWN:
        # there is nothing to test yet: how much there will be nobody knows
        return {"met": None if name == "best" else 0, "total": None}
    at_best = name == "best"
    met = counts.best if at_best else counts.met
    total = counts.best_total if at_best else counts.worst_total
    return {"met": int(met[0]), "total": int(total[0]) if counts.whole[0] else None}


def _bound(value: Fraction | None) -> str:
    return say("policy_open") if value is None else plain(value)


def what_is_missing(rule: Rule, shown: Shown) -> str:
    """Name what stands between a part and its verdict where every element is decided.

    That a table is complete, a day, or else the data of elements.
    """
    if shown.register:
        return f"{shown.register} ({say('policy_complete')})"
    if not shown.tested.whole.all():
        return f"{shown.tested.closing or shown.tested.lacking} ({say('policy_complete')})"
    return f"due {rule.due}" if rule.due else shown.tested.lacking
