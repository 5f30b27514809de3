"""Say of each facility of two lists what becomes of it: the same, to be asked, in one list only."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.decisions import CLOSED, DIFFERENT, MERGED, NEW, SAME, SPLIT
from medgraph.queries.reconcile.comparing import (
    FIELDS,
    LEVELS,
    UNKNOWN,
    Address,
    Code,
    County,
    Distance,
    Kind,
    Name,
    Town,
    sign_left_out,
)
from medgraph.queries.reconcile.placeholders import Classes
from medgraph.words import name_comparing as words
from medgraph.words.nearness import slips
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medgraph.graphmodel.decisions import Decision
    from medgraph.queries.reconcile.lists import Lists

    Row = dict[str, Any]

ASK, ONLY_BEFORE, ONLY_AFTER = "ask", "only_before", "only_after"
UNCHANGED, RENAMED, MOVED, UNLISTED = "unchanged", "renamed", "moved", "unlisted"
SURE = 0.9  # at least so sure is the same
_ASKED = 0.05  # a pair that is less likely is nothing to ask about
_RIVAL = 0.35  # so likely by itself, were the other not taken
_OTHERS_SHOWN = 3
_MOVED_KM = 1.5
_LONG = 3  # signs of which one may be amiss
_DECIDED = ("decision", "by", "date", "note")
COLUMNS = (
    *("source", "name", "target", "target_name", "status", "confidence", "change"),
    *("agrees", "differs", "reason", "others", *_DECIDED),
)
# The last level of each field that agrees; what follows differs. What a name leaves out agrees.
_AGREES = {
    "name": Name.SHORT,
    "distance": Distance.AROUND,
    "town": Town.SAME,
    "county": County.SAME,
    "type": Kind.SAME,
    "code": Code.SHARED,
    "address": Address.ALIKE,
}


class Review:
    """Every facility of two lists in one row: in a pair, or alone."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.pairing = lists.pairing
        self.sides = lists.sides
        self.classes = tuple(
            Classes(held, side)
            for held, side in zip(lists.placeholders, reversed(lists.sides), strict=True)
        )
        self._is_namesake = self.pairing.comparison.namesakes
        self._paired = self.pairing.chosen & (self.pairing.confidence >= _ASKED)

    def rows(self) -> list[Row]:
        """Return the rows: pairs in the order of the first list, then who is alone in either."""
        places = np.flatnonzero(self._paired).tolist()
        in_pairs = (
            set(self.pairing.rows[places].tolist()),
            set(self.pairing.others[places].tolist()),
        )
        found = [self._pair(place) for place in places]
        for side in (0, 1):
            rows = range(len(self.sides[side]))
            found += [self._alone(side, row) for row in rows if row not in in_pairs[side]]
        return found

    # -- a pair ----------------------------------------------------------------------------------

    def _pair(self, place: int) -> Row:
        row, other = int(self.pairing.rows[place]), int(self.pairing.others[place])
        levels = self._levels(place)
        by_people = self.lists.decided.pairs.get((row, other))
        confidence = 1.0 if by_people else float(self.pairing.confidence[place])
        is_same = by_people or (confidence >= SURE and self._may_be_same(place, levels))
        rivals = {*self._rivals[0].get(row, []), *self._rivals[1].get(other, [])}
        return {
            **self._named(row, other),
            "status": SAME if is_same else ASK,
            "confidence": round(confidence, 3),
            "change": self._change(place, levels),
            "agrees": _fields(name for name, level in levels.items() if level <= _AGREES[name]),
            "differs": _fields(name for name, level in levels.items() if level > _AGREES[name]),
            "reason": _joined(_told(by_people), self._why(place, levels)),
            "others": self._others(rivals, row, other),
            **_decision(by_people),
        }

    def _levels(self, place: int) -> dict[str, int]:
        """The level of each field that both lists say."""
        levels = {name: int(self.pairing.comparison.levels[name][place]) for name in FIELDS}
        return {name: level for name, level in levels.items() if level != UNKNOWN}

    def _may_be_same(self, place: int, levels: Mapping[str, int]) -> bool:
        """Whether nothing forbids it: names that tell two facilities apart are for people to judge.

        So is one that leaves out a part, or is merely alike, or says nothing of the other, but
        where a code that no other has is the same; or, with one sign amiss, the point or address.
        """
        name, has_code = levels.get("name"), levels.get("code") == Code.SAME
        if name is not None and name < Name.SIGN:
            return True
        if name == Name.SIGN and self._is_here(levels) and not self._tells_apart(place):
            return True
        is_elsewhere = (
            levels.get("distance", Distance.POINT) > Distance.AROUND
            or levels.get("town") == Town.ELSEWHERE
            or levels.get("county") == County.ELSEWHERE
        )
        if name != Name.AGAINST and has_code and not is_elsewhere:
            return True
        at_one_place = (
            levels.get("distance") == Distance.POINT or levels.get("address") == Address.SAME
        )
        is_near = name in (Name.SIGN, Name.SHORT, Name.ALIKE)
        return is_near and at_one_place and self._is_slip(place)

    def _is_here(self, levels: Mapping[str, int]) -> bool:
        """Whether both state one place, and the same."""
        return (
            levels.get("distance", Distance.FAR) <= Distance.NEAR
            or levels.get("town") == Town.SAME
            or levels.get("county") == County.SAME
        )

    def _tells_apart(self, place: int) -> bool:
        """Whether the sign that one name leaves out is one by which villages are told apart."""
        mine = self.sides[0].parts[self.pairing.rows[place]].stem
        theirs = self.sides[1].parts[self.pairing.others[place]].stem
        return sign_left_out(mine, theirs) in words.TELLING_APART

    def _is_slip(self, place: int) -> bool:
        """Whether the names differ by one sign of three or more: 东文山, 文山."""
        mine = self.sides[0].parts[self.pairing.rows[place]].stem
        theirs = self.sides[1].parts[self.pairing.others[place]].stem
        return max(len(mine), len(theirs)) >= _LONG and slips(mine, theirs, 1) <= 1

    def _change(self, place: int, levels: Mapping[str, int]) -> str:
        changes = [RENAMED] * self._is_renamed(place, levels)
        changes += [MOVED] * self._is_moved(place, levels)
        return "|".join(changes) or UNCHANGED

    def _is_renamed(self, place: int, levels: Mapping[str, int]) -> bool:
        """Whether it is called otherwise: what is left out or written otherwise is no new name."""
        level = levels.get("name", Name.SAME)
        if level == Name.KIND:
            mine = self.sides[0].parts[self.pairing.rows[place]].kind
            theirs = self.sides[1].parts[self.pairing.others[place]].kind
            return bool(mine and theirs)
        return level > Name.WRITTEN and level not in (Name.SOUND, Name.SIGN, Name.SHORT)

    def _is_moved(self, place: int, levels: Mapping[str, int]) -> bool:
        km = self.pairing.comparison.km[place]
        if not np.isnan(km):
            return bool(km > _MOVED_KM)
        if levels.get("address") == Address.SAME:
            return False
        is_other_town = levels.get("town", Town.SAME) > Town.SAME
        return is_other_town or levels.get("address") == Address.DIFFERENT

    def _why(self, place: int, levels: Mapping[str, int]) -> str:
        said = [
            say(f"reconcile.{name}.{LEVELS[name](level).name.lower()}")
            for name, level in levels.items()
        ]
        if levels.get("name") == Name.SIGN and self._tells_apart(place):
            said.append(say("reconcile.tells_apart"))
        km = self.pairing.comparison.km[place]
        if not np.isnan(km):
            said.append(say("reconcile.km", km=f"{km:.1f}"))
        return say("reconcile.and").join(said)

    # -- alone -----------------------------------------------------------------------------------

    def _alone(self, side: int, row: int) -> Row:
        """A facility of one list that is paired with none; where it might be, it is asked."""
        rivals = self._rivals[side].get(row, [])
        by_people, heir = self._decided_alone(side, row)
        likeliest = self._chance_of_any(side, row)
        why = "" if by_people else self._why_asked(side, row, rivals, likeliest)
        is_asked = bool(why)
        ends = (row, None) if side == 0 else (None, row)
        alone = ONLY_BEFORE if side == 0 else ONLY_AFTER
        others = self._others(set(rivals), *ends) if heir is None else heir
        return {
            **self._named(*ends),
            "status": ASK if is_asked else alone,
            "confidence": 1.0 if by_people else round(_surer(likeliest, is_asked), 3),
            "change": self._fate(side, row, by_people, is_asked=is_asked),
            "agrees": "",
            "differs": "",
            "reason": _told(by_people) or why or self._why_alone(side, row),
            "others": others,
            **_decision(by_people),
        }

    def _decided_alone(self, side: int, row: int) -> tuple[Decision | None, str | None]:
        """What was decided of a facility that is in no pair, and of which other it speaks."""
        decided = self.lists.decided
        if row in decided.alone[side]:
            return decided.alone[side][row], None
        word = (MERGED, SPLIT)[side]
        for pair, one in decided.came_of.items():
            if pair[side] == row and one.decision == word:
                there = self.sides[1 - side]
                far = pair[1 - side]
                return one, say("reconcile.named", name=there.names[far], id=there.ids[far])
        return None, None

    def _why_asked(self, side: int, row: int, rivals: list[int], likeliest: float) -> str:
        """Why a facility without a partner is asked about; empty where nothing is like it."""
        if likeliest >= _RIVAL:
            return say("reconcile.taken")
        if any(self._is_namesake[place] for place in rivals):
            return say("reconcile.namesakes")
        return say("reconcile.is_class") if self.classes[1 - side].is_called(row) else ""

    def _fate(self, side: int, row: int, by_people: Decision | None, *, is_asked: bool) -> str:
        """What became of it: a list that is not declared complete does not say that it is gone."""
        if by_people and by_people.decision != DIFFERENT:
            return by_people.decision
        if is_asked:
            return (MERGED, SPLIT)[side] if self._chance_of_any(side, row) >= _RIVAL else UNLISTED
        return (CLOSED, NEW)[side] if self._would_be_listed(side, row) else UNLISTED

    def _why_alone(self, side: int, row: int) -> str:
        if self._is_whole(1 - side) and self.classes[1 - side].may_hold(row):
            return say("reconcile.none_class")
        return say("reconcile.none_whole" if self._is_whole(1 - side) else "reconcile.none_open")

    def _would_be_listed(self, side: int, row: int) -> bool:
        """Whether the other list would name it: it is whole, and no class in it may hold it."""
        return self._is_whole(1 - side) and not self.classes[1 - side].may_hold(row)

    def _is_whole(self, side: int) -> bool:
        day = (self.lists.before, self.lists.after)[side]
        return day.declared_table("facilities")

    # -- who else might be meant -----------------------------------------------------------------

    @cached_property
    def _rivals(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """For each row of either list the pairs that were thought of and not chosen."""
        sides: tuple[dict[int, list[int]], dict[int, list[int]]] = (
            defaultdict(list),
            defaultdict(list),
        )
        least = np.log(_ASKED / (1 - _ASKED))
        is_rival = (self.pairing.odds > least) | (
            self._is_namesake & np.isfinite(self.pairing.odds)
        )
        for place in np.flatnonzero(is_rival & ~self._paired).tolist():
            sides[0][int(self.pairing.rows[place])].append(place)
            sides[1][int(self.pairing.others[place])].append(place)
        return sides

    def _chance(self, place: int) -> float:
        """How likely a pair is by itself."""
        return float(1 / (1 + np.exp(-self.pairing.odds[place])))

    def _chance_of_any(self, side: int, row: int) -> float:
        """How likely the likeliest pair is that a row is not in."""
        return max(map(self._chance, self._rivals[side].get(row, [])), default=0.0)

    def _others(self, places: set[int], row: int | None, other: int | None) -> str:
        """The likeliest of other pairs, each by the end that is not the row itself."""
        ranked = sorted(places, key=lambda place: (-self.pairing.odds[place], place))
        return say("list_comma").join(
            self._other(place, row, other) for place in ranked[:_OTHERS_SHOWN]
        )

    def _other(self, place: int, row: int | None, other: int | None) -> str:
        far = 1 if self.pairing.rows[place] == row else 0
        there = self.sides[far]
        end = int((self.pairing.rows, self.pairing.others)[far][place])
        chance = f"{100 * self._chance(place):.0f}%"
        return say("reconcile.other", name=there.names[end], id=there.ids[end], chance=chance)

    def _named(self, row: int | None, other: int | None) -> Row:
        one, two = self.sides
        return {
            "source": "" if row is None else one.ids[row],
            "name": "" if row is None else one.names[row],
            "target": "" if other is None else two.ids[other],
            "target_name": "" if other is None else two.names[other],
        }


def _surer(likeliest: float, is_asked: bool) -> float:
    """How sure it is that a facility is alone, or how likely that which is asked."""
    return likeliest if is_asked else 1 - likeliest


def _fields(names: Iterable[str]) -> str:
    return say("list_comma").join(say(f"reconcile.field.{name}") for name in names)


def _told(by_people: Decision | None) -> str:
    """Who decided it, where somebody did."""
    if by_people is None:
        return ""
    stated = [text for text in (by_people.by, by_people.date) if text]
    return say("reconcile.decided_by" if stated else "reconcile.decided", by=" ".join(stated))


def _joined(*texts: str) -> str:
    return say("reconcile.and").join(filter(None, texts))


def _decision(by_people: Decision | None) -> Row:
    return {name: getattr(by_people, name) if by_people else "" for name in _DECIDED}
