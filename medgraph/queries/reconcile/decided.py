"""Find what decisions say of two lists as they are now: the next edition has other rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.graphmodel.decisions import CLOSED, MERGED, NEW, SAME, SPLIT, Decision
from medgraph.graphmodel.name_forms import normal
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.queries.reconcile.listed import Listed

Pair = tuple[int, int]


@dataclass
class Decided:
    """The decisions that hold for two lists, by rows; `stale` are those that hold no more."""

    pairs: dict[Pair, Decision] = field(default_factory=dict)
    alone: tuple[dict[int, Decision], dict[int, Decision]] = field(default_factory=lambda: ({}, {}))
    came_of: dict[Pair, Decision] = field(default_factory=dict)
    stale: list[tuple[Decision, str]] = field(default_factory=list)

    def of(self, word: str) -> list[Pair]:
        """Return the pairs of which this is decided."""
        return [pair for pair, one in self.pairs.items() if one.decision == word]

    @property
    def settled(self) -> tuple[set[int], set[int]]:
        """The rows of either list that are decided to be alone."""
        mine, theirs = ({*rows} for rows in self.alone)
        mine |= {a for (a, _), one in self.came_of.items() if one.decision == MERGED}
        theirs |= {b for (_, b), one in self.came_of.items() if one.decision == SPLIT}
        return mine, theirs

    def kept(self, one: Listed, other: Listed) -> list[Decision]:
        """Return the decisions as they stand: with the ids and names of now, then the stale ones.

        A partner that somebody wrote by hand is one of the two.
        """
        found = []
        for (row, there), each in (*self.pairs.items(), *self.came_of.items()):
            found.append(_standing(_standing(each, one, row), other, there, "target"))
        found += [_standing(each, one, row) for row, each in self.alone[0].items()]
        found += [_standing(each, other, row, "target") for row, each in self.alone[1].items()]
        return [*found, *(each for each, _ in self.stale)]


def _standing(each: Decision, side: Listed, row: int, end: str = "source") -> Decision:
    """A decision with one of its ends as it is in a list now."""
    if end == "source":
        return each._replace(source=side.ids[row], name=side.names[row], partner="")
    return each._replace(target=side.ids[row], target_name=side.names[row], partner="")


def decided(decisions: Iterable[Decision], one: Listed, other: Listed) -> Decided:
    """Return what decisions say of these lists; raise OptionError where two contradict.

    A decision holds while both facilities are in the lists and are called as they were. One whose
    id is gone is found by its name, where one facility alone has it.
    """
    found = Decided()
    books = _Book(one), _Book(other)
    for each in decisions:
        rows = _rows(each, books)
        if isinstance(rows, str):
            found.stale.append((each, rows))
        else:
            _keep(found, each, *rows)
    _refuse_contradictions(found)
    return found


class _Book:
    """The rows of a list by id and by name."""

    def __init__(self, side: Listed) -> None:
        self.side = side
        self.by_id = {id: row for row, id in enumerate(side.ids)}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for row, writing in enumerate(side.writings):
            self.by_name[writing].append(row)

    def row(self, id: str, name: str) -> int | str | None:
        """The row that is meant; a sentence why there is none; None where none is named."""
        if not id and not name:
            return None
        row = self.by_id.get(id)
        if row is not None and (not name or normal(name) == self.side.writings[row]):
            return row
        named = self.by_name.get(normal(name), []) if name else []
        if len(named) == 1:
            return named[0]
        if row is not None:
            return say("reconcile.stale_name", id=id, name=name, now=self.side.names[row])
        return say("reconcile.stale_gone", id=id or name)

    def meant(self, text: str) -> int | str:
        """The row that somebody wrote by hand: an id, or a name that is one facility's alone."""
        row = self.by_id.get(text)
        named = self.by_name.get(normal(text), [])
        if row is None and len(named) == 1:
            row = named[0]
        key = "reconcile.partner_several" if len(named) > 1 else "reconcile.partner_unknown"
        return row if row is not None else say(key, value=text)


def _rows(each: Decision, books: tuple[_Book, _Book]) -> tuple[int | None, int | None] | str:
    """The rows of a decision in either list, or why it does not hold."""
    mine = books[0].row(each.source, each.name)
    theirs = books[1].row(each.target, each.target_name)
    if each.partner and not isinstance(mine, str):
        if mine is not None:
            theirs = books[1].meant(each.partner)
        elif not isinstance(theirs, str):
            mine = books[0].meant(each.partner)
    if isinstance(mine, str):
        return mine
    if isinstance(theirs, str):
        return theirs
    needs_both = each.decision in (SAME, MERGED, SPLIT)
    if (needs_both and (mine is None or theirs is None)) or mine is theirs is None:
        return say("reconcile.needs_partner")
    lacks_its_own = (each.decision == CLOSED and mine is None) or (
        each.decision == NEW and theirs is None
    )
    return say("reconcile.wrong_side") if lacks_its_own else (mine, theirs)


def _keep(found: Decided, each: Decision, mine: int | None, theirs: int | None) -> None:
    """Enter a decision; one that is different without a partner is the same as none."""
    is_alone = mine is None or theirs is None
    if mine is not None and (each.decision == CLOSED or is_alone):
        found.alone[0][mine] = each
    elif theirs is not None and (each.decision == NEW or is_alone):
        found.alone[1][theirs] = each
    elif mine is not None and theirs is not None:
        kept = found.came_of if each.decision in (MERGED, SPLIT) else found.pairs
        kept[mine, theirs] = each


def _refuse_contradictions(found: Decided) -> None:
    """No facility is the same as two, nor the same as one and closed."""
    same = found.of(SAME)
    alone = found.settled
    for side in (0, 1):
        counts = Counter(pair[side] for pair in same)
        twice = [row for row, count in counts.items() if count > 1 or row in alone[side]]
        if twice:
            pair = next(pair for pair in same if pair[side] == twice[0])
            one = found.pairs[pair]
            raise OptionError(say("reconcile.contradiction", name=one.name or one.source))
