"""Xinjiang's ranking of zones: 39 items, a bonus, yellow cards for the last two, removal after
two years.

What is missing is never counted as nought or as full: every total has its worst and its best
case, and a ranking that missing scores or a tie could turn is undecided, with the zones named.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import decided
from medgraph.queries.policy.facts.ledger import period_of
from medgraph.queries.policy.scoring.frames import need_columns, once_each, rows_of
from medgraph.words.punctuation import LIST_COMMA, SEMICOLON
from medgraph.words.quantities import COUNT, SCORE, quantity
from medgraph.words.say import say
from medgraph.words.score_sheets import SCORE_SHEETS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# The most that each of the items 1 to 39 can score, by section; 1000 points together.
_SECTIONS = (
    (80, 20, 10, 20, 20),
    (10, 40, 30, 50, 20, 10, 40),
    (20, 60, 20),
    (10, 10, 10, 30, 20, 20),
    (10, 60, 10, 20),
    (10, 10, 60, 20),
    (20, 30, 30),
    (10, 10, 30),
    (50, 20, 10, 40),
)
WEIGHTS = tuple(weight for section in _SECTIONS for weight in section)
BONUS = {"national": 20, "health": 10, "region": 8, "prefecture": 5, "extended": 30}
BONUS_CAP = 100
XINJIANG_SHEET = SCORE_SHEETS["xinjiang"]
_CARD = {YES: "yes", NO: "no", UNKNOWN: "undecided"}


class Total(NamedTuple):
    """The total of a zone: at worst, at best, and what is wrong with its scores."""

    worst: Fraction
    best: Fraction
    faults: list[str]


def posts_bonus(posts: Any) -> int | None:
    """Return the bonus for new posts in township centres: 10–19 give 30, 20 and more give 100.

    Examples
    --------
    >>> import medgraph as mg
    >>> [mg.policy.scoring.posts_bonus(n) for n in (9, 10, 19, 20, None)]
    [0, 30, 30, 100, None]
    """
    exact = _number(posts, COUNT)
    if exact is None:
        return None
    if exact < 10:
        return 0
    return 30 if exact < 20 else 100


def _number(value: Any, unit: str) -> Fraction | None:
    """Read a number of a sheet in its unit; None where it is none that the unit allows."""
    return None if value is None else quantity(str(value), unit)


def bonus(events: Mapping[str, Any]) -> tuple[int, int]:
    """Return the least and the greatest bonus, capped at 100; what is not stated may be nothing
    or anything.

    Examples
    --------
    >>> import medgraph as mg
    >>> events = {"national": 1, "health": 0, "region": 0, "prefecture": 0, "extended": 0}
    >>> mg.policy.scoring.bonus({**events, "posts": 12}), mg.policy.scoring.bonus(events)
    ((50, 50), (20, 100))
    """
    counts = {name: _number(events.get(name), COUNT) for name in BONUS}
    posts = posts_bonus(events.get("posts"))
    points = [BONUS[name] * int(count) for name, count in counts.items() if count is not None]
    least = min(BONUS_CAP, sum(points) + (posts or 0))
    is_known = None not in counts.values() and posts is not None
    return least, least if is_known else BONUS_CAP


def totals(scores: Mapping[int, Any], events: Mapping[str, Any]) -> Total:
    """Return worst and best total of one zone, and what is wrong with its scores (over the
    weight, missing).

    Parameters
    ----------
    scores
        The points of items 1 to 39; one that is missing may be anything up to its weight.
    events
        The bonus events, as `bonus` takes them.

    Returns
    -------
    Worst and best of 1000 points and the bonus, and a sentence for each fault.

    Examples
    --------
    >>> import medgraph as mg
    >>> full = dict(enumerate(mg.policy.scoring.WEIGHTS, 1))
    >>> none = dict.fromkeys([*mg.policy.scoring.BONUS, "posts"], 0)
    >>> worst, best, faults = mg.policy.scoring.totals({**full, 1: None}, none)
    >>> int(worst), int(best), len(faults)
    (920, 1000, 1)
    """
    worst, best, faults = Fraction(0), Fraction(0), []
    for item, weight in enumerate(WEIGHTS, 1):
        points = _number(scores.get(item), SCORE)
        if points is None:
            faults.append(say("score_missing", item=item))
        elif not 0 <= points <= weight:
            faults.append(say("score_range", item=item, points=scores[item], weight=weight))
            points = None
        worst += points or 0
        best += weight if points is None else points
    least, most = bonus(events)
    if least != most:
        faults.append(say("score_bonus_open"))
    return Total(worst + least, best + most, faults)


def xinjiang(sheet: pd.DataFrame, *, candidates: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rank the zones of every year, flag the last two, and follow the cards over the years.

    Two cards a year: a tie across the cut is undecided. A zone with cards in two years running is
    removed, and the next of `candidates` moves up; with a card and no scores of the year before,
    that is undecided.

    Parameters
    ----------
    sheet
        `zone`, `year`, `item`, `value`; items are 1..39, and `national`, `health`, `region`,
        `prefecture`, `extended` (counts) and `posts`.
    candidates
        Who moves up, in this order.

    Returns
    -------
    year | zone | worst | best | rank | yellow_card | removed | successor | reason; yellow_card
    and removed are yes, no or undecided; totals are points.

    Raises
    ------
    OptionError
        Where a column is missing, or a year is none.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> rows = [(z, 2023, "1", p) for z, p in (("甲", 80), ("乙", 60), ("丙", 10))]
    >>> sheet = pd.DataFrame(rows, columns=["zone", "year", "item", "value"])
    >>> found = mg.policy.scoring.xinjiang(sheet)
    >>> found[["zone", "worst", "best"]].values.tolist()
    [['甲', 80.0, 1100.0], ['乙', 60.0, 1080.0], ['丙', 10.0, 1030.0]]
    >>> found["yellow_card"].tolist()
    ['undecided', 'undecided', 'undecided']
    """
    need_columns(sheet, "zone", "year", "item", "value")
    rows: list[dict[str, Any]] = []
    cards: dict[int, dict[Any, int]] = {}
    free = list(candidates)
    years = np.array([_year(value) for value in sheet["year"]], int)
    for now in np.unique(years).tolist():
        part = sheet[years == now]
        zones: dict[Any, Total] = {
            zone: _total(own) for zone, own in part.groupby("zone", sort=True)
        }
        cards[now] = yellow_cards({zone: total[:2] for zone, total in zones.items()})
        before = cards.get(now - 1, {})
        for zone in zones:
            removed = min(cards[now][zone], before.get(zone, UNKNOWN))
            successor = free.pop(0) if removed == YES and free else ""
            end = {"removed": _CARD[removed], "successor": successor}
            rows.append({"year": now, **_ranked(zones, cards[now], zone), **end})
    order = ["year", "best", "zone"]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _year(value: Any) -> int:
    """Read a year as people write it: 2023, 2023.0, 2023年."""
    year = period_of(value)
    if not year.isdigit():
        raise OptionError(say("score_year", value=value))
    return int(year)


_COLUMNS = [
    "year",
    "zone",
    "worst",
    "best",
    "rank",
    "yellow_card",
    "removed",
    "successor",
    "reason",
]


def _total(own: pd.DataFrame) -> Total:
    """The total of one zone in one year."""
    values, twice = once_each((str(row["item"]), row["value"]) for row in rows_of(own))
    scores = {int(item): value for item, value in values.items() if item.isdigit()}
    found = totals(scores, values)
    return found._replace(
        faults=[*(say("score_twice", item=item) for item in twice), *found.faults]
    )


def _ranked(zones: Mapping[Any, Total], cards: Mapping[Any, int], zone: Any) -> dict[str, Any]:
    total = zones[zone]
    reasons = list(total.faults)
    if cards[zone] == UNKNOWN:
        reasons.insert(0, say("score_tie", zones=LIST_COMMA.join(undecided(cards))))
    return {
        "zone": zone,
        "worst": float(total.worst),
        "best": float(total.best),
        "rank": _rank(zones, zone),
        "yellow_card": _CARD[cards[zone]],
        "reason": SEMICOLON.join(reasons),
    }


def yellow_cards(
    ranges: Mapping[str, tuple[Fraction, Fraction]],
    *,
    cards: int = 2,
    perhaps: Collection[str] = (),
    whole: bool = True,
) -> dict[str, int]:
    """Say which zones get a card: YES if they are certainly among the last, UNKNOWN if a tie or a
    gap decides.

    Parameters
    ----------
    ranges
        The worst and the best total of each zone.
    cards
        How many zones get one.
    perhaps
        Which of them may be no zones, so that they need not be ranked.
    whole
        Whether these are all zones; else others may be lower than any.

    Returns
    -------
    By zone: 2 for a card, 0 for none, 1 where it is undecided.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.scoring.yellow_cards({"a": (3, 3), "b": (2, 2), "c": (1, 1)})
    {'a': 0, 'b': 2, 'c': 2}
    """
    found = {}
    for zone, (worst, best) in ranges.items():
        others = {name: other for name, other in ranges.items() if name != zone}
        perhaps_lower = sum(low <= best for low, _ in others.values())
        ranked = (other for name, other in others.items() if name not in perhaps)
        surely_lower = sum(high < worst for _, high in ranked)
        found[zone] = decided(whole and perhaps_lower < cards, surely_lower >= cards)
    return found


def undecided(cards: Mapping[str, int]) -> list[str]:
    """Return the zones between which a tie or missing scores decide.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.scoring.undecided({"a": 0, "b": 1, "c": 1})
    ['b', 'c']
    """
    return sorted(zone for zone, card in cards.items() if card == UNKNOWN)


def _rank(zones: Mapping[Any, Total], zone: Any) -> str:
    """The place from the top; a tie has one place, a range where scores are missing."""
    own = zones[zone]
    others = [total for name, total in zones.items() if name != zone]
    first = 1 + sum(total.worst > own.best for total in others)
    last = 1 + sum(total.best > own.worst for total in others)
    place = str(first) if first == last else f"{first}–{last}"
    is_exact = own.worst == own.best
    tied = is_exact and any(total[:2] == own[:2] for total in others)
    return f"{place}=" if tied else place
