"""Henan's chain: a county's self-score, the city's re-score on site, the province's sample and its
result, the grade.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import decided, state_of
from medgraph.queries.policy.scoring.frames import Sheet, as_float, in_unit, read_sheet
from medgraph.words.joining import clauses
from medgraph.words.quantities import POINTS
from medgraph.words.say import say
from medgraph.words.score_sheets import FAILED, GRADES_FROM, SCORE_SHEETS
from medgraph.words.stated import stated, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medgraph.queries.policy.facts.ledger import Items

HENAN_GRADES = tuple((Fraction(score), grade) for grade, score in GRADES_FROM.items())
HENAN_SHEET = SCORE_SHEETS["henan"]
_SCORES = ("self_score", "city_score", "province_score")
_OF_COUNTIES = ("self_score", "city_score", "on_site", "sampled")
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
    """Follow Henan's chain: county self-score, city re-score on site, provincial result, grade.

    `sheet` has one row per `county` with `city`, `self_score`, `city_score`, `on_site`, `sampled`
    (whether the province checked it; a result alone does not say so) and `province_score` (the
    provincial result). The grade is that of the result; where there is none, worst and best are
    the grades that the scores known so far would give. The counties of the sheet are taken for
    all of their city. Cities are evaluated too: a row whose `county` is a city, with no score but
    its `province_score`, is about that city. Source: 豫改办发〔2021〕9号.

    Returns
    -------
    county | city | self_score | city_score | province_score | city_minus_self |
    province_minus_city | grade | worst | best | status (complete, incomplete) | reason; scores
    and their differences are points of 100. After the counties a row for each city, its county
    empty.

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
    >>> mg.policy.scoring.henan(sheet)[["county", "city", "grade", "worst"]].values.tolist()
    [['甲县', 'A市', '良好', '良好'], ['乙县', 'A市', '', '不合格'], ['', 'A市', '', '不合格']]
    """
    found = read_sheet(sheet, HENAN_SHEET)
    cities = _cities(found.facts)
    counties = {name: items for name, items in found.facts.items() if name not in cities}
    samples = _samples(counties)
    rows = [_county(found, county, samples) for county in counties]
    rows += [_city(found, city) for city in cities if city not in counties]
    rows += [_nameless(fault) for _, fault in found.faults_nameless]
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = [
    "county",
    "city",
    "self_score",
    "city_score",
    "province_score",
    "city_minus_self",
    "province_minus_city",
    "grade",
    "worst",
    "best",
    "status",
    "reason",
]


def _cities(facts: Mapping[str, Items]) -> list[str]:
    """Return the cities that a sheet names; one with scores that only a county has is a county."""
    named = dict.fromkeys(city for items in facts.values() if (city := items.get("city")))
    return [city for city in named if not any(map(facts.get(city, {}).get, _OF_COUNTIES))]


def _city(sheet: Sheet, city: str) -> dict[str, Any]:
    """The row of a city: its result by the province, which its counties do not tell."""
    said = sheet.facts.get(city, {}).get("province_score")
    score = _points(said)
    worst, best = _grades(score, [])
    faults = sheet.faults_twice(city)
    if fault := county_fault("province_score", said):
        faults.append(sheet.at(city, "province_score", fault))
    if score is None and not faults:
        faults.append(say("score_no_city_result"))
    return {
        "county": "",
        "city": city,
        "province_score": as_float(score),
        "grade": henan_grade(said) or "",
        "worst": worst,
        "best": best,
        "status": "incomplete" if faults else "complete",
        "reason": clauses(faults),
    }


def _county(sheet: Sheet, county: str, samples: Mapping[str, int]) -> dict[str, Any]:
    items = sheet.facts[county]
    own, city, province = (_points(items.get(name)) for name in _SCORES)
    worst, best = _grades(province, [score for score in (own, city) if score is not None])
    faults = list(_faults(sheet, county, samples))
    return {
        "county": county,
        "city": items.get("city") or "",
        "self_score": as_float(own),
        "city_score": as_float(city),
        "province_score": as_float(province),
        "city_minus_self": _difference(city, own),
        "province_minus_city": _difference(province, city),
        "grade": henan_grade(province) or "",
        "worst": worst,
        "best": best,
        "status": "incomplete" if faults else "complete",
        "reason": clauses(faults),
    }


def _nameless(fault: str) -> dict[str, Any]:
    """A row of the sheet that names no county: it is told, and graded for nobody."""
    return {
        "county": "",
        "city": "",
        "grade": "",
        "worst": FAILED,
        "best": _FROM_BEST[0],
        "status": "incomplete",
        "reason": fault,
    }


def _points(score: Any) -> Fraction | None:
    """Read a score of 0 to 100; None where there is none, or another number."""
    return in_unit(score, POINTS)


def _grades(province: Fraction | None, known: list[Fraction]) -> tuple[str, str]:
    """Return the worst and the best grade that the scores known so far would give."""
    scores = known if province is None else [province]
    grades = [grade for grade in _FROM_BEST if grade in map(henan_grade, scores)]
    if not grades:
        return _FROM_BEST[-1], _FROM_BEST[0]
    return grades[-1], grades[0]


def _samples(facts: Mapping[str, Items]) -> dict[str, int]:
    """Say of each city whether the province sampled 1 to 4 of its counties.

    A county of which that is not stated may have been; one without a city may be of any.
    """
    cities = dict.fromkeys(city for items in facts.values() if (city := items.get("city")))
    return {city: _sample_state(list(facts.values()), city) for city in cities}


def _sample_state(counties: list[Items], city: str) -> int:
    sampled = [
        min(
            state_of(yes_or_no(items.get("sampled"))),
            YES if items.get("city") else UNKNOWN,
        )
        for items in counties
        if items.get("city") in (city, None)
    ]
    surely, perhaps = sampled.count(YES), len(sampled) - sampled.count(NO)
    return decided(
        surely in _SAMPLE and perhaps in _SAMPLE,
        surely > _SAMPLE[-1] or perhaps < _SAMPLE[0],
    )


def _faults(sheet: Sheet, county: str, samples: Mapping[str, int]) -> Iterator[str]:
    """Yield each gap in the chain of one county, with the cell where it is."""
    items = sheet.facts[county]
    yield from sheet.faults_twice(county)
    for name in _SCORES:
        if fault := county_fault(name, items.get(name)):
            yield sheet.at(county, name, fault)
    for key, name, is_there in _gaps(items):
        if is_there:
            yield sheet.at(county, name, say(key))
    if city := items.get("city"):
        sample = samples[city]
        if sample != YES:
            yield say("score_sample" if sample == NO else "score_sample_open")


def county_fault(item: str, value: Any) -> str | None:
    """Say what is wrong with a score of a county as it stands; None where nothing is.

    >>> county_fault("city_score", "90") is None, county_fault("on_site", "90分") is None
    (True, True)
    """
    said = None if value is None else stated(str(value))
    if said is None or item.partition("@")[0] not in _SCORES or _points(value) is not None:
        return None
    return say("score_unread", value=value)


def _gaps(items: Items) -> list[tuple[str, str, bool]]:
    """Return what may be lacking, the item that would say it, and whether it is."""
    return [
        ("score_no_city_named", "city", items.get("city") is None),
        ("score_no_self", "self_score", _points(items.get("self_score")) is None),
        ("score_no_city", "city_score", _points(items.get("city_score")) is None),
        ("score_not_on_site", "on_site", yes_or_no(items.get("on_site")) is not True),
    ]


def _difference(one: Fraction | None, other: Fraction | None) -> float | None:
    return None if one is None or other is None else float(one - other)
