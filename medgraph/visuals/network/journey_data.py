"""Write down for the page the way of every facility, and who loses what if whom stops.

Both are found by the questions of those names (`referrals path`, `resilience dependents`) and come
in as they are; the page draws the one that is asked for.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from medgraph.visuals.headings import said, state_label
from medgraph.visuals.network.columns import columns_of
from medgraph.words.say import language, say
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def ways_data(ways: Any, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return the ways as columns; `numbers` are those of the drawn nodes.

    A chain of links is the number of its first link and that of the rest, so that what all share
    stands once; downwards it is read from its end.
    """
    chains = _Chains()
    questions = [
        {
            "specialty": question.specialty,
            "level": question.level,
            "direction": question.direction,
            "ways": columns_of(list(_rows(question, of_each, numbers, chains))),
        }
        for question, of_each in ways.ways.items()
    ]
    links = [
        {
            "from": numbers.get(source, -1),
            "to": numbers.get(target, -1),
            "relation": relation,
            "minutes": minutes,
        }
        for source, relation, target, minutes in ways.links
    ]
    return {
        "links": columns_of(links),
        "chains": columns_of([{"link": link, "rest": rest} for link, rest in chains.numbers]),
        "questions": questions,
        "leftOut": len(ways.left_out),
    }


class _Chains:
    """Number chains of links: each is its first link before another chain, -1 being none."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, int], int] = {}

    def number(self, links: Sequence[int]) -> int:
        number = -1
        for link in reversed(links):
            number = self.numbers.setdefault((link, number), len(self.numbers))
        return number


def _rows(
    question: Any, ways: Iterable[Any], numbers: Mapping[str, int], chains: _Chains
) -> Iterable[dict[str, Any]]:
    for way in ways:
        if way.facility not in numbers:
            continue
        links = way.links if question.direction == "up" else way.links[::-1]
        at = numbers.get(way.at, -1)
        yield {
            "facility": numbers[way.facility],
            "kind": way.kind,
            "account": way.account,
            "chain": chains.number(links),
            "target": numbers.get(way.target, -1),
            "way": way.way,
            "at": at if at >= 0 else None,
            "broken": way.broken if way.broken >= 0 else None,
            "reason": way.reason,
            "why": way.why,
        }


def losses_data(losses: Any, numbers: Mapping[str, int]) -> list[list[Any]]:
    """Return who loses what: kind, who stops, whether it is sure, and the losers as columns."""
    rows = zip(losses.kind, losses.stopped, losses.is_closed, losses.loser, strict=True)
    known = sorted(
        (kind, numbers[stopped], sure, numbers[loser])
        for kind, stopped, sure, loser in rows
        if stopped in numbers and loser in numbers
    )
    return [
        [*key, _steps(loser for *_, loser in of_key)]
        for key, of_key in groupby(known, key=lambda row: row[:3])
    ]


def _steps(numbers: Iterable[int]) -> list[int]:
    """Return rising numbers as the first, and how much each is more than the one before."""
    found, before = [], 0
    for number in numbers:
        found.append(number - before)
        before = number
    return found


def journey_words(ways: Any, losses: Any) -> dict[str, Any]:
    """Return the words of both in the language of now."""
    lang = language()
    kinds = {way.kind for of_each in ways.ways.values() for way in of_each} if ways else set()
    lost = sorted(set(losses.kind)) if losses else []
    return {
        "kinds": {kind: state_label(kind) for kind in sorted(kinds)},
        "ways": {
            way: said("referral.way_", way, way)
            for way in ("inside", "alliance", "outside", "unknown")
        },
        "specialties": {word: label("specialty", word, lang) for word in VOCABULARIES["specialty"]},
        "levels": {word: label("level", word, lang) for word in VOCABULARIES["level"]},
        "lost": {kind: _lost(kind, lang) for kind in lost},
        "accounts": {account: state_label(account) for account in ("unknown", "excluded")},
        "sure": {"true": say("status.loses"), "false": say("status.may_lose")},
    }


def _lost(kind: str, lang: str) -> str:
    if kind in VOCABULARIES["centre_type"]:
        return label("centre_type", kind, lang)
    return said("loses_", kind, kind)
