"""The shortest list of data that would decide the most rules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.arithmetic import what_is_missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from medgraph.queries.policy.verdicts import Outcome, Shown

Needs = frozenset[str]


def missing(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Return data | decides | rules: at each step the rule with the fewest data lacking, ties by
    how many rules.

    A rule is named with its pack where another pack has one of the same id.
    """
    names = _names(outcomes)
    pairs = zip(names, outcomes, strict=True)
    open_ones = {name: needs_of(outcome) for name, outcome in pairs if _is_open(outcome)}
    wanted = {rule: needs for rule, needs in open_ones.items() if needs}
    rows = []
    while wanted:
        needs = _next(wanted.values())
        done = sorted(rule for rule, other in wanted.items() if other <= needs)
        rows.append((" + ".join(sorted(needs)), len(done), ", ".join(done)))
        wanted = {rule: other - needs for rule, other in wanted.items() if rule not in done}
    return pd.DataFrame(rows, columns=["data", "decides", "rules"])


def _names(outcomes: Sequence[Outcome]) -> list[str]:
    count = Counter(outcome.rule.id for outcome in outcomes)
    rules = [outcome.rule for outcome in outcomes]
    return [rule.id if count[rule.id] == 1 else f"{rule.pack}/{rule.id}" for rule in rules]


def _is_open(outcome: Outcome) -> bool:
    return outcome.verdict == "NO_DATA"


def _next(wanted: Collection[Needs]) -> Needs:
    """Return the fewest data; of as few, those that decide most rules."""

    def cost(needs: Needs) -> tuple[int, int, list[str]]:
        decided = sum(other <= needs for other in wanted)
        return len(needs), -decided, sorted(needs)

    return min(wanted, key=cost)


def needs_of(outcome: Outcome) -> Needs:
    """Return the data that stand between an undecided rule and its verdict."""
    found = set(outcome.needs)
    for shown in outcome.parts:
        if (shown.state == UNKNOWN).any():
            found.update(_of_part(shown))
            if shown.register or not found:
                found.add(what_is_missing(outcome.rule, shown))
    return frozenset(found)


def _of_part(shown: Shown) -> Iterator[str]:
    """Yield what the open elements of undecided subjects lack, and what subjects without any do."""
    tested = shown.tested
    undecided = shown.state == UNKNOWN
    lacking = undecided[tested.subject] & shown.open_rows
    for need in np.unique(tested.need[lacking].astype(str)).tolist():
        if need:
            yield need
    has_open = np.isin(np.arange(len(undecided)), tested.subject[lacking]) & shown.is_listed_whole
    if tested.lacking and (shown.counts.total[undecided & ~has_open] == 0).any():
        yield tested.lacking
