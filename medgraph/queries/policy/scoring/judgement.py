"""The national judgement of one county by its grades: four conditions, none of which follows from
the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import VERDICTS, decided, state_of
from medgraph.queries.policy.scoring.frames import read_sheet
from medgraph.words.joining import clauses
from medgraph.words.say import say
from medgraph.words.score_sheets import DECISION, SCORE_SHEETS
from medgraph.words.stated import same_text, stated

JUDGEMENT_SHEET = SCORE_SHEETS["judgement"]
PREFIX = "judgement."
WORDS = VERDICTS
_GRADES = ("A", "B", "C")
_LEAST_A = 8
Grades = Mapping[tuple[str, str], str | None]


@dataclass(frozen=True)
class Judgement:
    """The national judgement of one county: independent conditions, each YES (2), NO (0) or
    UNKNOWN (1).

    Parameters
    ----------
    conditions
        The state of `complete`, `all_b`, `eight_a`, `each_dimension` and `decision`.
    counts
        How many indicators are graded A, B and C, and how many are `open`.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.scoring.Judgement({"all_b": 2, "eight_a": 1}, {"A": 7}).verdict
    1
    """

    conditions: Mapping[str, int]
    counts: Mapping[str, int]

    @property
    def verdict(self) -> int:
        """YES: 紧密型; NO: not; UNKNOWN: the grades known so far allow both."""
        return min(self.conditions.values())


def judge(
    grades: Grades,
    *,
    indicators: int = 11,
    dimensions: int = 4,
    decision: str = DECISION,
) -> Judgement:
    """Judge one county by `{(dimension, indicator): "A"|"B"|"C"|None}`, by what is called
    the standard of 2022.

    Complete: `indicators` in `dimensions`, each graded. Then: all at least B; at least 8 A; at
    least one A in every dimension; the decision indicator is A. Eight of eleven and one per
    dimension do not follow from one another.

    Parameters
    ----------
    grades
        The grade of each indicator; None where it is not known.
    indicators
        How many indicators there are.
    dimensions
        In how many dimensions they lie.
    decision
        The indicator that must be A.

    Returns
    -------
    The state of each condition and the counts of grades.

    Examples
    --------
    >>> import medgraph as mg
    >>> grades = {("责任", "医共体决策权限"): "A", ("管理", "人员"): "B", ("服务", "转诊"): "C"}
    >>> found = mg.policy.scoring.judge(grades)
    >>> found.conditions["all_b"], found.conditions["decision"], found.counts["open"]
    (0, 2, 8)
    """
    grades = {key: _letter(grade) for key, grade in grades.items()}
    known = {key: grade for key, grade in grades.items() if grade in _GRADES}
    open_ones = indicators - len(known)
    counts = {letter: list(known.values()).count(letter) for letter in _GRADES}
    a_count = counts["A"]
    conditions = {
        "complete": _complete(grades, open_ones, indicators, dimensions),
        "all_b": decided(not open_ones and not counts["C"], counts["C"] > 0),
        "eight_a": decided(a_count >= _LEAST_A, a_count + open_ones < _LEAST_A),
        "each_dimension": _each_dimension(grades, open_ones, dimensions),
        "decision": _decision(known, decision),
    }
    return Judgement(conditions, {**counts, "open": open_ones})


def _letter(grade: str | None) -> str | None:
    """Return a grade as a letter, whatever its width and case; None where it is not graded yet."""
    said = None if grade is None else stated(str(grade))
    return None if said is None else same_text(said).upper()


def _complete(grades: Grades, open_ones: int, indicators: int, dimensions: int) -> int:
    if len(grades) > indicators:
        return NO
    in_dimensions = len({dimension for dimension, _ in grades})
    return YES if not open_ones and in_dimensions == dimensions else UNKNOWN


def _each_dimension(grades: Grades, open_ones: int, dimensions: int) -> int:
    """Has every dimension an A? One of which no indicator is known may have."""
    in_dimension: dict[str, list[str | None]] = {}
    for (dimension, _), grade in grades.items():
        in_dimension.setdefault(dimension, []).append(grade)
    states = [decided("A" in found, not open_ones) for found in in_dimension.values()]
    states += [UNKNOWN] * (dimensions - len(in_dimension))
    return min(states)


def _decision(known: Mapping[tuple[str, str], str | None], decision: str) -> int:
    named = [grade for (_, indicator), grade in known.items() if indicator == decision]
    return state_of(named[0] == "A") if named else UNKNOWN


def judgement(sheet: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Judge every `county` of a sheet with `dimension`, `indicator`, `grade`.

    Source: an article on what it calls the standard of 2022; the document was not seen.

    Parameters
    ----------
    sheet
        One row per county and indicator; a grade is A, B, C or empty.
    **options
        `indicators`, `dimensions` and `decision`, as `judge` takes them.

    Returns
    -------
    One row per county: county | complete | all_b | eight_a | each_dimension | decision | verdict
    | A | B | C | open | reason; each condition is PASS, FAIL or NO_DATA.

    Raises
    ------
    OptionError
        Where a column is missing.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> sheet = pd.DataFrame(
    ...     [("甲县", "责任", "医共体决策权限", "B"), ("甲县", "管理", "人员", "A")],
    ...     columns=["county", "dimension", "indicator", "grade"],
    ... )
    >>> found = mg.policy.scoring.judgement(sheet)
    >>> found[["county", "decision", "verdict", "open"]].values.tolist()
    [['甲县', 'FAIL', 'FAIL', 9]]
    """
    stated_of = read_sheet(sheet, JUDGEMENT_SHEET)
    rows = []
    for county, items in sorted(stated_of.facts.items()):
        found = judge(grades_of(items), **options)
        faults = ((item, grade_fault(item, grade)) for item, grade in items.items())
        told = [stated_of.at(county, item, fault) for item, fault in faults if fault]
        reason = clauses([*stated_of.faults_twice(county), *told])
        rows.append(_row(county, found, reason))
    # a row that names no county is told, and judged for nobody
    rows += [_row("", judge({}, **options), fault) for _, fault in stated_of.faults_nameless]
    return pd.DataFrame(rows)


def _row(county: str, found: Judgement, reason: str) -> dict[str, Any]:
    conditions = {name: WORDS[state] for name, state in found.conditions.items()}
    verdict = WORDS[found.verdict]
    return {
        "county": county,
        **conditions,
        "verdict": verdict,
        **found.counts,
        "reason": reason,
    }


def grades_of(items: Mapping[str, str | None], prefix: str = PREFIX) -> Grades:
    """Return the grades by dimension and indicator, from items `judgement.<dimension>.<indicator>`.

    None for one that is named without a grade.

    >>> grades_of({"judgement.责任.决策": "A", "judgement.管理.人员": None})
    {('责任', '决策'): 'A', ('管理', '人员'): None}
    """
    found = {}
    for item, grade in items.items():
        dimension, dot, indicator = item.removeprefix(prefix).partition(".")
        if item.startswith(prefix) and dot:
            found[dimension, indicator] = grade
    return found


def grade_fault(item: str, value: Any) -> str | None:
    """Say what is wrong with a grade as it stands; None where nothing is.

    >>> grade_fault("judgement.责任.决策", "a") is None, grade_fault("charter", "有") is None
    (True, True)
    """
    if not item.startswith(PREFIX) or _letter(value) in (None, *_GRADES):
        return None
    return say("score_no_grade", value=value)
