"""Henan's chain: a county's self-score, the city's re-score on site, the province's sample, the
grade.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.queries.policy.scoring.frames import as_float, need_columns, rows_of
from medgraph.words.punctuation import SEMICOLON
from medgraph.words.quantities import POINTS, quantity
from medgraph.words.say import say
from medgraph.words.score_sheets import FAILED, GRADES_FROM, SCORE_SHEETS
from medgraph.words.stated import stated, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Mapping

HENAN_GRADES = tuple((Fraction(score), grade) for grade, score in GRADES_FROM.items())
HENAN_SHEET = SCORE_SHEETS["henan"]
_SCORES = ("self_score", "city_score", "province_score")
_FROM_BEST = [*GRADES_FROM, FAILED]
_SAMPLE = range(1, 5)  # how many counties of a city the province samples


def henan_grade(score: Any) -> str | None:
    """Return the grade of a score: from 90 优秀, from 80 良好, from 60 合格, else 不合格; None
    without a score.

    Examples
    --------
    >>> import medgraph as mg
    >>> [mg.policy.scoring.henan_grade(s) for s in (90, "89.99", 80, 60, "59.99", None)]
    ['优秀', '良好', '良好', '合格', '不合格', None]
    """
    exact = _points(score)
    if exact is None:
        return None
    return next((grade for least, grade in HENAN_GRADES if exact >= least), FAILED)


def henan(sheet: pd.DataFrame) -> pd.DataFrame:
    """Follow Henan's chain: county self-score, city re-score on site, province sample, grade.

    `sheet` has one row per `county` with `city`, `self_score`, `city_score`, `on_site`,
    `province_score` (empty: not sampled). The grade is that of the provincial score; where there
    is none, worst and best are the grades that the scores known so far would give. Source:
    豫改办发〔2021〕9号.

    Returns
    -------
    county | city | self_score | city_score | province_score | city_minus_self |
    province_minus_city | grade | worst | best | status (complete, incomplete) | reason; scores
    and their differences are points of 100.

    Raises
    ------
    OptionError
        Where a column is missing.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> sheet = pd.DataFrame(
    ...     [("甲县", "A市", 92, 88, "是", 85), ("乙县", "A市", 70, 58, "是", None)],
    ...     columns=["county", "city", "self_score", "city_score", "on_site", "province_score"],
    ... )
    >>> mg.policy.scoring.henan(sheet)[["county", "grade", "worst", "best"]].values.tolist()
    [['甲县', '良好', '良好', '良好'], ['乙县', '', '不合格', '合格']]
    """
    need_columns(sheet, *HENAN_SHEET.columns)
    sampled = sheet["province_score"].notna().groupby(sheet["city"]).sum()
    return pd.DataFrame([_county(row, int(sampled[row["city"]])) for row in rows_of(sheet)])


def _county(row: Mapping[str, Any], sampled: int) -> dict[str, Any]:
    own, city, province = (_points(row[name]) for name in _SCORES)
    worst, best = _grades(province, [score for score in (own, city) if score is not None])
    faults = [say(key) for key in _faults(row, own, city, sampled)]
    faults += [say("score_unread", value=row[name]) for name in _SCORES if _is_unread(row[name])]
    return {
        "county": row["county"],
        "city": row["city"],
        "self_score": as_float(own),
        "city_score": as_float(city),
        "province_score": as_float(province),
        "city_minus_self": _difference(city, own),
        "province_minus_city": _difference(province, city),
        "grade": henan_grade(province) or "",
        "worst": worst,
        "best": best,
        "status": "incomplete" if faults else "complete",
        "reason": SEMICOLON.join(faults),
    }


def _points(score: Any) -> Fraction | None:
    """Read a score of 0 to 100; None where there is none, or another number."""
    return None if score is None else quantity(str(score), POINTS)


def _is_unread(score: Any) -> bool:
    """Is something written that is no score?"""
    said = score is not None and stated(str(score)) is not None
    return said and _points(score) is None


def _grades(province: Fraction | None, known: list[Fraction]) -> tuple[str, str]:
    """Return the worst and the best grade that the scores known so far would give."""
    scores = known if province is None else [province]
    grades = [grade for grade in _FROM_BEST if grade in map(henan_grade, scores)]
    if not grades:
        return _FROM_BEST[-1], _FROM_BEST[0]
    return grades[-1], grades[0]


def _faults(
    row: Mapping[str, Any], own: Fraction | None, city: Fraction | None, sampled: int
) -> list[str]:
    """Name each gap in the chain of one county."""
    gaps = {
        "score_no_self": own is None,
        "score_no_city": city is None,
        "score_not_on_site": yes_or_no(str(row["on_site"])) is not True,
        "score_sample": sampled not in _SAMPLE,
    }
    return [key for key, is_there in gaps.items() if is_there]


def _difference(one: Fraction | None, other: Fraction | None) -> float | None:
    return None if one is None or other is None else float(one - other)
