"""Xinjiang's ranking of zones: 39 items, a bonus, yellow cards for the last two of six, removal
after two years.

What is missing is never counted as nought or as full: every total has its worst and its best
case, and a ranking that missing scores, a zone that is not there or a tie could turn is undecided,
with the zones named.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import decided, state_of
from medgraph.queries.policy.facts.ledger import period_of
from medgraph.queries.policy.scoring.frames import Sheet, in_unit, ledger_of, read_sheet
from medgraph.words.joining import clauses, listed
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.quantities import COUNT, SCORE
from medgraph.words.say import pick, say
from medgraph.words.score_sheets import CODES_OF_ZONES, SCORE_SHEETS, ZONES
from medgraph.words.stated import stated, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from medgraph.queries.policy.facts.ledger import Items

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
CARDS = 2
_ITEMS = range(1, len(WEIGHTS) + 1)
XINJIANG_SHEET = SCORE_SHEETS["xinjiang"]
_CARD = {YES: "yes", NO: "no", UNKNOWN: "undecided"}


class Zone(NamedTuple):
    """What a zone reports of one year: its scores by item, its bonus events by name."""

    scores: dict[int, str]
    events: dict[str, str]


def zone_of(items: Mapping[str, str | None], year: int) -> Zone:
    """Return what items `score.<number>@year` and `bonus.<event>@year` say of one year.

    >>> zone_of({"score.1@2023": "80", "score.1@2022": "70", "bonus.posts@2023": "9"}, 2023)
    Zone(scores={1: '80'}, events={'posts': '9'})
    """
    scores, events = (_of_year(items, prefix, year) for prefix in ("score.", "bonus."))
    return Zone({int(item): text for item, text in scores.items() if item.isdigit()}, events)


def _of_year(items: Mapping[str, str | None], prefix: str, year: int) -> dict[str, str]:
    mark = f"@{year}"
    return {
        item.removeprefix(prefix).removesuffix(mark): text
        for item, text in items.items()
        if item.startswith(prefix) and item.endswith(mark) and text is not None
    }


class Total(NamedTuple):
    """The total of a zone: at worst, at best, and what is wrong with its scores, by item."""

    worst: Fraction
    best: Fraction
    faults: Mapping[str, str]  # by item


def posts_bonus(posts: Any) -> int | None:
    """Return the bonus for new posts in township centres: 10–19 give 30, 20 and more give 100.

    Examples
    --------
    >>> import medgraph as mg
    >>> [mg.policy.scoring.posts_bonus(n) for n in (9, 10, 19, 20, None)]
    [0, 30, 30, 100, None]
    """
    exact = in_unit(posts, COUNT)
    if exact is None:
        return None
    if exact < 10:
        return 0
    return 30 if exact < 20 else 100


def _points(item: int, value: Any) -> Fraction | None:
    """Read the points of an item; None where they are no number, or none that its weight allows."""
    points = in_unit(value, SCORE)
    return points if points is not None and 0 <= points <= WEIGHTS[item - 1] else None


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
    counts = {name: in_unit(events.get(name), COUNT) for name in BONUS}
    posts = posts_bonus(events.get("posts"))
    points = [BONUS[name] * int(count) for name, count in counts.items() if count is not None]
    least = min(BONUS_CAP, sum(points) + (posts or 0))
    is_known = None not in counts.values() and posts is not None
    return least, least if is_known else BONUS_CAP


def totals(scores: Mapping[int, Any], events: Mapping[str, Any]) -> Total:
    """Return worst and best total of one zone, and what is wrong with its scores (over the
    weight, missing, no number).

    Parameters
    ----------
    scores
        The points of items 1 to 39; one that is missing may be anything up to its weight.
    events
        The bonus events, as `bonus` takes them.

    Returns
    -------
    Worst and best of 1000 points and the bonus, and a sentence for each fault, by item.

    Examples
    --------
    >>> import medgraph as mg
    >>> full = dict(enumerate(mg.policy.scoring.WEIGHTS, 1))
    >>> none = dict.fromkeys([*mg.policy.scoring.BONUS, "posts"], 0)
    >>> worst, best, faults = mg.policy.scoring.totals({**full, 1: None}, none)
    >>> int(worst), int(best), list(faults)
    (920, 1000, ['score.1'])
    """
    worst, best, faults = Fraction(0), Fraction(0), {}
    for item, weight in enumerate(WEIGHTS, 1):
        points = _points(item, scores.get(item))
        worst += 0 if points is None else points
        best += weight if points is None else points
        if points is None:
            missing = say("score_missing", item=item)
            faults[f"score.{item}"] = zone_fault(f"score.{item}", scores.get(item)) or missing
    least, most = bonus(events)
    if least != most:
        faults |= _open_bonus(events)
    return Total(worst + least, best + most, faults)


def _open_bonus(events: Mapping[str, Any]) -> dict[str, str]:
    """Say of each bonus event that is no count what stands there."""
    return {
        f"bonus.{name}": zone_fault(f"bonus.{name}", events.get(name))
        or say("score_bonus_open", item=_event(name))
        for name in (*BONUS, "posts")
        if in_unit(events.get(name), COUNT) is None
    }


def zone_fault(item: str, value: Any) -> str | None:
    """Say what is wrong with a score or an event as it stands; None where nothing is.

    >>> zone_fault("score.1", "80"), zone_fault("bonus.posts", "20")
    (None, None)
    """
    said = None if value is None else stated(str(value))
    kind, _, name = item.partition("@")[0].partition(".")
    if said is None:
        return None
    if kind == "bonus" and name in (*BONUS, "posts"):
        fault = say("score_no_count", item=_event(name), value=value)
        return None if in_unit(value, COUNT) is not None else fault
    if kind != "score" or not name.isdigit() or int(name) not in _ITEMS:
        return None
    if _points(int(name), value) is not None:
        return None
    if in_unit(value, SCORE) is None:
        return say("score_no_number", item=name, value=value)
    return say("score_range", item=name, points=value, weight=WEIGHTS[int(name) - 1])


def _event(name: str) -> str:
    return pick(zh=XINJIANG_SHEET.columns[name], en=name)


def xinjiang(
    sheet: pd.DataFrame, *, candidates: tuple[str, ...] = (), zones: int = ZONES
) -> pd.DataFrame:
    """Rank the zones of every year, flag the last two, and follow the cards over the years.

    There are six zones each year: where fewer are in the sheet, whoever is not may be among the
    last; where six are stated, anybody else is none; where more are, nobody knows which are none.
    A tie across the cut is undecided. A zone with cards in two years running is removed and ranked
    no more; a candidate moves up. With a card and no scores of the year before, that is undecided.

    Parameters
    ----------
    sheet
        `zone`, `year`, `item`, `value`; items are 1..39, and `national`, `health`, `region`,
        `prefecture`, `extended` (counts) and `posts`. Or a row per zone and year with a column for
        each item, and perhaps `role`: `zone` or `candidate`; a candidate is not ranked. Where a
        role is empty, the six of the document are zones, and anybody else may be one.
    candidates
        Who moves up, in this order; without them, whoever is a candidate in the sheet of a year.
    zones
        How many zones there are each year.

    Returns
    -------
    year | zone | worst | best | rank | yellow_card | removed | successor | reason; yellow_card
    and removed are yes, no or undecided, empty for who is not ranked; totals are points. Where
    several may move up in its place, all are named.

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
    found = read_sheet(_called_alike(ledger_of(sheet, XINJIANG_SHEET)), XINJIANG_SHEET)
    years = _years(found)
    rows: list[dict[str, Any]] = []
    left: dict[str, int] = {}  # who was removed, and when
    before: _Year | None = None
    free = list(candidates)
    for year in sorted(years):
        now = _Year.read(found, year, zones, left)
        removed = {zone: now.removal(zone, before) for zone in now.totals}
        gone = [zone for zone, state in removed.items() if state == YES]
        perhaps = [zone for zone, state in removed.items() if state == UNKNOWN]
        waiting = [zone for zone in free or now.candidates if zone not in now.totals]
        after = _successors(waiting, gone, perhaps, ordered=bool(free))
        rows += [now.row(zone, removed[zone], after) for zone in now.totals]
        rows += [now.unranked(zone) for zone in (*now.left, *now.candidates, *now.others)]
        left |= dict.fromkeys(gone, year)
        free = [zone for zone in free if zone not in waiting[: len(gone)]]
        before = now
    rows += [
        {**_UNRANKED, "year": _year(line["period"]), "zone": "", "reason": fault}
        for line, fault in found.faults_nameless
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    order = ["year", "best", "zone"]
    return frame.sort_values(order, ascending=[True, False, True], ignore_index=True)


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
_UNRANKED = {"rank": "", "yellow_card": "", "removed": "", "successor": ""}


def _years(sheet: Sheet) -> dict[int, None]:
    """Return the years that a sheet is about; raise OptionError for a line that states none."""
    years = dict.fromkeys(_year(line["period"]) for line in sheet.nameless)
    for items in sheet.facts.values():
        for item in items:
            _, sign, period = item.partition("@")
            years[_year(period if sign else None)] = None
    return years


def _year(value: Any) -> int:
    """Read a year as people write it: 2023, 2023.0, 2023年."""
    year = period_of(value)
    if not year.isdigit():
        raise OptionError(say("score_year", value=value))
    return int(year)


class _Year(NamedTuple):
    """One year of the ranking: who is ranked with which total, and who gets a card."""

    year: int
    sheet: Sheet
    number: int
    totals: dict[str, Total]
    cards: dict[str, int]
    perhaps: list[str]  # who may be no zone
    candidates: list[str]
    others: list[str]  # who is no zone, as all that there are have been stated
    left: dict[str, int]

    @classmethod
    def read(cls, sheet: Sheet, year: int, number: int, left: Mapping[str, int]) -> _Year:
        """Read one year; who was removed before is ranked no more."""
        mark = f"@{year}"
        mine = {
            zone: items
            for zone, items in sorted(sheet.facts.items())
            if any(item.endswith(mark) for item in items)
        }
        ranked = {
            zone: _is_zone(zone, items, year) for zone, items in mine.items() if zone not in left
        }
        perhaps = [zone for zone, state in ranked.items() if state == UNKNOWN]
        is_full = list(ranked.values()).count(YES) == number
        others = perhaps if is_full else []
        perhaps = [] if is_full else perhaps
        sums = {
            zone: totals(*zone_of(mine[zone], year))
            for zone, state in ranked.items()
            if state != NO and zone not in others
        }
        ranges = {zone: total[:2] for zone, total in sums.items()}
        return cls(
            year,
            sheet,
            number,
            sums,
            yellow_cards(ranges, perhaps=perhaps, zones=number),
            perhaps,
            [zone for zone, state in ranked.items() if state == NO],
            others,
            {zone: left[zone] for zone in mine if zone in left},
        )

    @property
    def surely(self) -> int:
        """How many are zones for certain."""
        return len(self.totals) - len(self.perhaps)

    def removal(self, zone: str, before: _Year | None) -> int:
        """Is a zone removed: a card now and in the year before?"""
        if before is None or before.year != self.year - 1:
            earlier = UNKNOWN
        elif zone in before.totals:
            earlier = before.cards[zone]
        else:  # where all zones of that year are there, it was none of them
            earlier = NO if before.surely == self.number else UNKNOWN
        return min(self.cards[zone], earlier)

    def row(self, zone: str, removed: int, after: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Return the row of a zone that is ranked."""
        total = self.totals[zone]
        return {
            "year": self.year,
            "zone": zone,
            "worst": float(total.worst),
            "best": float(total.best),
            "rank": _rank(self.totals, zone, self.perhaps, self.number),
            "yellow_card": _CARD[self.cards[zone]],
            "removed": _CARD[removed],
            "successor": LIST_COMMA.join(after.get(zone, ())),
            "reason": clauses(self._reasons(zone, total, after)),
        }

    def unranked(self, zone: str) -> dict[str, Any]:
        """Return the row of a candidate, of a zone that was removed, or of who is no zone."""
        reason = say("score_candidate")
        if zone in self.others:
            reason = say("score_no_zone", number=self.number)
        if zone in self.left:
            reason = say("score_left", year=self.left[zone])
        return {**_UNRANKED, "year": self.year, "zone": zone, "reason": reason}

    def _reasons(
        self, zone: str, total: Total, after: Mapping[str, Sequence[str]]
    ) -> Iterator[str]:
        if self.surely != self.number:
            yield say("score_zones", known=self.surely, number=self.number)
        if zone in self.perhaps:
            yield say("score_perhaps_zone")
        if self.cards[zone] == UNKNOWN:
            yield say("score_tie", zones=listed(undecided(self.cards)))
        if len(after.get(zone, ())) > 1:
            yield say("score_successors")
        if zone in after and not after[zone]:
            yield say("score_no_successor")
        mark = f"@{self.year}"
        yield from self.sheet.faults_twice(zone, mark)
        for item, fault in total.faults.items():
            if (zone, f"{item}{mark}") not in self.sheet.twice:
                yield self.sheet.at(zone, f"{item}{mark}", fault)


def _is_zone(zone: str, items: Items, year: int) -> int:
    """Is who reports of a year a zone of it? Where nothing is said of that, those whom the document
    names are, and anybody else may be.
    """
    said = yes_or_no(items.get(f"zone@{year}"))
    return YES if said is None and zone in CODES_OF_ZONES else state_of(said)


def _called_alike(ledger: pd.DataFrame) -> pd.DataFrame:
    """Call each zone that the document names as the sheet first does: by its code or a name."""
    called: dict[str, str] = {}

    def first(subject: Any) -> Any:
        text = str(subject).strip()
        return called.setdefault(CODES_OF_ZONES[text], text) if text in CODES_OF_ZONES else subject

    return ledger.assign(subject=[first(subject) for subject in ledger["subject"]])


def _successors(
    waiting: Sequence[str], gone: Sequence[str], perhaps: Sequence[str], *, ordered: bool
) -> dict[str, Sequence[str]]:
    """Return for each zone that is removed who may move up in its place.

    The clause says nothing of who follows whom: one name is certain only where nobody else is.
    """
    places = len(gone) + len(perhaps)
    possible = waiting[:places] if ordered else waiting
    return dict.fromkeys(gone, possible)


def yellow_cards(
    ranges: Mapping[str, tuple[Fraction, Fraction]],
    *,
    cards: int = CARDS,
    perhaps: Collection[str] = (),
    zones: int = ZONES,
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
        Which of them may be no zones: they need not be ranked, and none has a card for certain;
        where all zones are stated, they are none.
    zones
        How many zones there are: whoever is not stated may be lower than any, and where more are,
        some are none.

    Returns
    -------
    By zone: 2 for a card, 0 for none, 1 where it is undecided.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.scoring.yellow_cards({"a": (3, 3), "b": (2, 2), "c": (1, 1)}, zones=3)
    {'a': 0, 'b': 2, 'c': 2}
    >>> mg.policy.scoring.yellow_cards({"a": (3, 3), "b": (2, 2), "c": (1, 1)}, zones=4)
    {'a': 0, 'b': 1, 'c': 2}
    """
    surely = ranges.keys() - perhaps
    excess = max(0, len(surely) - zones)
    is_full = len(surely) == zones
    found = {}
    for zone, (worst, best) in ranges.items():
        if is_full and zone in perhaps:
            found[zone] = NO
            continue
        stated_zones = surely - {zone}
        absent = max(0, zones - 1 - len(stated_zones))  # of the others, who may be anyone
        perhaps_lower = sum(ranges[other][0] <= best for other in stated_zones) + absent
        surely_lower = sum(ranges[other][1] < worst for other in stated_zones) - excess
        surely_last = not excess and zone not in perhaps and perhaps_lower < cards
        found[zone] = decided(surely_last, surely_lower >= cards)
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


def _rank(zones: Mapping[str, Total], zone: str, perhaps: Collection[str], number: int) -> str:
    """The place from the top; a tie has one place, a range where scores or zones are missing."""
    own = zones[zone]
    others = {name: total for name, total in zones.items() if name != zone and name not in perhaps}
    absent, excess = max(0, number - 1 - len(others)), max(0, len(others) + 1 - number)
    first = 1 + max(0, sum(total.worst > own.best for total in others.values()) - excess)
    last = 1 + sum(total.best > own.worst for total in others.values()) + absent
    place = str(first) if first == last else f"{first}–{last}"
    is_exact = own.worst == own.best
    tied = is_exact and any(total[:2] == own[:2] for total in others.values())
    return f"{place}=" if tied else place
