"""Score sheets as frames: Henan's chain, the national judgement, Xinjiang's ranking with yellow cards.

What is missing is never counted as nought or as full: every total stands with its worst and best case, and a
ranking that missing scores or a tie could turn is undecided, with the zones named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError
from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES, number
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

HENAN_GRADES = ((Fraction(90), "优秀"), (Fraction(80), "良好"), (Fraction(60), "合格"))
FAILED = "不合格"
DECISION = "医共体决策权限"
WEIGHTS = (
    80,
    20,
    10,
    20,
    20,
    10,
    40,
    30,
    50,
    20,
    10,
    40,
    20,
    60,
    20,
    10,
    10,
    10,
    30,
    20,
    20,
    10,
    60,
    10,
    20,
    10,
    10,
    60,
    20,
    20,
    30,
    30,
    10,
    10,
    30,
    50,
    20,
    10,
    40,
)  # items 1..39, nine sections, 1000 points
BONUS = {"national": 20, "health": 10, "region": 8, "prefecture": 5, "extended": 30}
BONUS_CAP = 100


def henan_grade(score: Any) -> str | None:
    """Return the grade of a score: from 90 优秀, from 80 良好, from 60 合格, else 不合格; None without a score.

    >>> [henan_grade(s) for s in (90, "89.99", 80, 60, "59.99", None)]
    ['优秀', '良好', '良好', '合格', '不合格', None]
    """
    exact = number(score)
    if exact is None:
        return None
    return next((grade for least, grade in HENAN_GRADES if exact >= least), FAILED)


def henan(sheet: pd.DataFrame) -> pd.DataFrame:
    """Follow Henan's chain: county self-score, city re-score on site, province sample, grade.

    `sheet` has one row per `county` with `city`, `self_score`, `city_score`, `on_site`, `province_score` (empty:
    not sampled). Returns county | city | self_score | city_score | province_score | city_minus_self |
    province_minus_city | grade | worst | best | status | reason. The grade is that of the provincial score; where
    there is none, worst and best are the grades that the scores known so far would give. Source: 豫改办发〔2021〕9号.
    """
    import pandas as pd

    _need(sheet, "county", "city", "self_score", "city_score", "on_site", "province_score")
    sampled = sheet["province_score"].notna().groupby(sheet["city"]).sum()
    return pd.DataFrame([_henan_row(row, int(sampled[row["city"]])) for row in _rows(sheet)])


def _henan_row(row: Mapping[str, Any], sampled: int) -> dict[str, Any]:
    own, city, province = (
        number(row[name]) for name in ("self_score", "city_score", "province_score")
    )
    known = [henan_grade(s) for s in (own, city) if s is not None]
    grade = henan_grade(province)
    order = [g for _, g in HENAN_GRADES] + [FAILED]
    faults = [
        say(key)
        for key, wrong in (
            ("score_no_self", own is None),
            ("score_no_city", city is None),
            ("score_not_on_site", str(row["on_site"]) not in ("yes", "是", "True", "1")),
            ("score_sample", not 1 <= sampled <= 4),
        )
        if wrong
    ]
    return {
        "county": row["county"],
        "city": row["city"],
        "self_score": _float(own),
        "city_score": _float(city),
        "province_score": _float(province),
        "city_minus_self": _gap(city, own),
        "province_minus_city": _gap(province, city),
        "grade": grade or "",
        "worst": grade or (FAILED if not known else max(known, key=order.index)),
        "best": grade or (order[0] if not known else min(known, key=order.index)),
        "status": "complete" if not faults else "incomplete",
        "reason": "；".join(faults),
    }


@dataclass(frozen=True)
class Judgement:
    """The national judgement of one county: four independent conditions, each YES, NO or UNKNOWN."""

    conditions: Mapping[str, int]
    counts: Mapping[str, int]

    @property
    def verdict(self) -> int:
        """YES: 紧密型; NO: not; UNKNOWN: the grades known so far allow both."""
        return min(self.conditions.values())


def judge(
    grades: Mapping[tuple[str, str], str | None],
    *,
    indicators: int = 11,
    dimensions: int = 4,
    decision: str = DECISION,
) -> Judgement:
    """Judge one county by `{(dimension, indicator): "A"|"B"|"C"|None}` (standard of 2020, called 2022).

    Complete: `indicators` in `dimensions`, each graded. Then: all at least B; at least 8 A; at least one A in every
    dimension; the decision indicator is A. Eight of eleven and one per dimension do not follow from one another.
    """
    known = {key: grade for key, grade in grades.items() if grade in ("A", "B", "C")}
    open_ones = indicators - len(known)
    a_count = sum(grade == "A" for grade in known.values())
    shape = {dimension for dimension, _ in grades}
    wrong = len(grades) > indicators or any(
        g is not None and g not in ("A", "B", "C") for g in grades.values()
    )
    complete = NO if wrong else YES if not open_ones and len(shape) == dimensions else UNKNOWN
    dims = [
        _any_a([g for (d, _), g in grades.items() if d == dimension], open_ones)
        for dimension in sorted(shape)
    ]
    dims += [UNKNOWN] * (dimensions - len(shape))
    named = [g for (_, indicator), g in known.items() if indicator == decision]
    return Judgement(
        {
            "complete": complete,
            "all_b": NO if "C" in known.values() else YES if not open_ones else UNKNOWN,
            "eight_a": YES if a_count >= 8 else NO if a_count + open_ones < 8 else UNKNOWN,
            "each_dimension": min(dims),
            "decision": (YES if named[0] == "A" else NO) if named else UNKNOWN,
        },
        {grade: sum(g == grade for g in known.values()) for grade in "ABC"} | {"open": open_ones},
    )


def _any_a(grades: list[str | None], open_ones: int) -> int:
    return YES if "A" in grades else UNKNOWN if open_ones else NO


def judgement(sheet: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Judge every `county` of a sheet with `dimension`, `indicator`, `grade`; returns one row per county.

    county | complete | all_b | eight_a | each_dimension | decision | verdict | A | B | C | open; each condition is
    PASS, FAIL or NO_DATA. Source: 国卫办基层发〔2020〕12号, called the standard of 2022.
    """
    import pandas as pd

    _need(sheet, "county", "dimension", "indicator", "grade")
    rows = []
    for county, part in sheet.groupby("county", sort=True):
        found = judge(
            {(r["dimension"], r["indicator"]): r["grade"] for r in _rows(part)}, **options
        )
        rows.append(
            {
                "county": county,
                **{k: WORDS[v] for k, v in found.conditions.items()},
                "verdict": WORDS[found.verdict],
                **found.counts,
            }
        )
    return pd.DataFrame(rows)


WORDS = {YES: "PASS", NO: "FAIL", UNKNOWN: "NO_DATA"}


def posts_bonus(posts: Any) -> int | None:
    """Return the bonus for new posts in township centres: 10–19 give 30, 20 and more give 100.

    >>> [posts_bonus(n) for n in (9, 10, 19, 20)]
    [0, 30, 30, 100]
    """
    exact = number(posts)
    if exact is None:
        return None
    return 100 if exact >= 20 else 30 if exact >= 10 else 0


def bonus(events: Mapping[str, Any]) -> tuple[int, int]:
    """Return the least and the greatest bonus, capped at 100; what is not stated may be nothing or anything."""
    known = [
        points * int(count)
        for name, points in BONUS.items()
        if (count := number(events.get(name))) is not None
    ]
    posts = posts_bonus(events.get("posts"))
    least = min(BONUS_CAP, sum(known) + (posts or 0))
    return least, least if len(known) == len(BONUS) and posts is not None else BONUS_CAP


def totals(
    scores: Mapping[int, Any], events: Mapping[str, Any]
) -> tuple[Fraction, Fraction, list[str]]:
    """Return worst and best total of one zone, and what is wrong with its scores (over the weight, missing)."""
    worst, best, faults = Fraction(0), Fraction(0), []
    for item, weight in enumerate(WEIGHTS, 1):
        points = number(scores.get(item))
        if points is not None and not 0 <= points <= weight:
            faults.append(say("score_range", item=item, points=scores[item], weight=weight))
            points = None
        elif points is None:
            faults.append(say("score_missing", item=item))
        worst += points or 0
        best += weight if points is None else points
    least, most = bonus(events)
    if least != most:
        faults.append(say("score_bonus_open"))
    return worst + least, best + most, faults


def xinjiang(sheet: pd.DataFrame, *, candidates: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rank the zones of every year, flag the last two, and follow the cards over the years.

    `sheet` has `zone`, `year`, `item`, `value`; items are 1..39, and `national`, `health`, `region`, `prefecture`,
    `extended` (counts) and `posts`. Returns year | zone | worst | best | rank | yellow_card | removed | successor |
    reason; yellow_card and removed are yes, no or undecided. Two cards a year: a tie across the cut is undecided.
    A zone with cards in two years running is removed, and the next of `candidates` (in their order) moves up.
    """
    import pandas as pd

    _need(sheet, "zone", "year", "item", "value")
    rows, cards, free = [], {}, list(candidates)
    for year, part in sheet.groupby("year", sort=True):
        zones = {zone: _zone(p) for zone, p in part.groupby("zone", sort=True)}
        cards[int(year)] = yellow_cards({z: t[:2] for z, t in zones.items()})
        for zone, (worst, best, faults) in zones.items():
            card = cards[int(year)][zone]
            gone = min(card, cards.get(int(year) - 1, {}).get(zone, NO))
            successor = free.pop(0) if gone == YES and free else ""
            reason = (
                [say("score_tie", zones="、".join(undecided(cards[int(year)])))]
                if card == UNKNOWN
                else []
            )
            rows.append(
                {
                    "year": int(year),
                    "zone": zone,
                    "worst": float(worst),
                    "best": float(best),
                    "rank": _rank(zones, zone),
                    "yellow_card": _WORD[card],
                    "removed": _WORD[gone],
                    "successor": successor,
                    "reason": "；".join([*reason, *faults]),
                }
            )
    return pd.DataFrame(rows).sort_values(
        ["year", "best", "zone"], ascending=[True, False, True], ignore_index=True
    )


_WORD = {YES: "yes", NO: "no", UNKNOWN: "undecided"}


def _zone(part: pd.DataFrame) -> tuple[Fraction, Fraction, list[str]]:
    values = {str(r["item"]): r["value"] for r in _rows(part)}
    return totals({int(k): v for k, v in values.items() if k.isdigit()}, values)


def yellow_cards(
    ranges: Mapping[str, tuple[Fraction, Fraction]], *, cards: int = 2
) -> dict[str, int]:
    """Say which zones get a card: YES if they certainly stand among the last two, UNKNOWN if a tie or a gap decides.

    >>> yellow_cards({"a": (3, 3), "b": (2, 2), "c": (1, 1)})
    {'a': 0, 'b': 2, 'c': 2}
    """
    found = {}
    for zone, (worst, best) in ranges.items():
        others = [r for z, r in ranges.items() if z != zone]
        maybe_lower = sum(low <= best for low, _ in others)
        surely_lower = sum(high < worst for _, high in others)
        found[zone] = YES if maybe_lower < cards else NO if surely_lower >= cards else UNKNOWN
    return found


def undecided(cards: Mapping[str, int]) -> list[str]:
    """Return the zones between which a tie or missing scores decide."""
    return sorted(zone for zone, card in cards.items() if card == UNKNOWN)


def _rank(zones: Mapping[str, tuple[Fraction, Fraction, list[str]]], zone: str) -> str:
    """The place from the top; a tie has one place, a range where scores are missing."""
    worst, best, _ = zones[zone]
    first = 1 + sum(low > best for z, (low, _, _) in zones.items() if z != zone)
    last = 1 + sum(high > worst for z, (_, high, _) in zones.items() if z != zone)
    tied = sum(z != zone and r[:2] == (worst, best) and worst == best for z, r in zones.items())
    place = str(first) if first == last else f"{first}–{last}"
    return f"{place}=" if tied else place


def _rows(sheet: pd.DataFrame) -> list[dict[str, Any]]:
    return sheet.astype(object).where(sheet.notna(), None).to_dict("records")


def _need(sheet: pd.DataFrame, *columns: str) -> None:
    if lost := [c for c in columns if c not in sheet.columns]:
        raise OptionError(say("score_columns", lost=", ".join(lost), wanted=", ".join(columns)))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _gap(one: Fraction | None, other: Fraction | None) -> float | None:
    return None if one is None or other is None else float(one - other)
