"""Find the later days on which two files differ: no difference today need not be none."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.queries.comparison.asked import Asked
from medgraph.queries.comparison.link_differences import link_differences
from medgraph.queries.comparison.node_differences import node_differences
from medgraph.queries.comparison.sides import Difference, Sides
from medgraph.queries.comparison.text_columns import as_text
from medgraph.words.joining import listed
from medgraph.words.say import pick, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.network import MedicalNetwork

_MOST_DAYS = 12  # so many later days are looked at
_NOT_COMPARED = ("origin", "span", "confidence")
_ONE_DAY = datetime.timedelta(days=1)


class Later(NamedTuple):
    """On which days after the one compared more differs, and how much in all.

    `unseen` are further days on which one side alone changes, which were not looked at.
    """

    days: tuple[datetime.date, ...] = ()
    facts: int = 0
    unseen: tuple[datetime.date, ...] = ()

    @property
    def sentence(self) -> str:
        """What there is to say of them; nothing where nothing more differs."""
        said = []
        if self.days:
            said.append(say("compare_later", count=self.facts, days=listed(map(str, self.days))))
        if self.unseen:
            count, first = len(self.unseen), self.unseen[0]
            said.append(say("compare_later_unseen", count=count, first=first))
        return pick(zh="", en=" ").join(said)


def later_differences(
    before: MedicalNetwork,
    after: MedicalNetwork,
    day: datetime.date,
    known: Iterable[Difference] | None = None,
) -> Later:
    """Return the days after `day` on which nodes or links differ that do not differ by then.

    `known` are the differences on that day; they are looked up where they are not given.
    """
    changing = _days_of_change(before, after, day)
    days, unseen = changing[:_MOST_DAYS], tuple(changing[_MOST_DAYS:])
    if not days:
        return Later()
    seen = _facts(before, after, day) if known is None else set(map(_key, known))
    found: dict[datetime.date, int] = {}
    for one in days:
        more = _facts(before, after, one) - seen
        if more:
            found[one] = len(more)
            seen |= more
    return Later(tuple(found), sum(found.values()), unseen)


def _facts(
    before: MedicalNetwork, after: MedicalNetwork, day: datetime.date
) -> set[tuple[str, ...]]:
    """What differs on a day of nodes and links."""
    sides = Sides(Asked(before, day), Asked(after, day))
    parts = (node_differences(sides), link_differences(sides))
    return {_key(difference) for part in parts for difference in part.differences}


def _key(difference: Difference) -> tuple[str, ...]:
    return tuple(map(as_text, difference))


def _days_of_change(
    before: MedicalNetwork, after: MedicalNetwork, day: datetime.date
) -> list[datetime.date]:
    """The days after `day` on which a record of one side alone begins, or holds no longer."""
    days: set[datetime.date] = set()
    for mine, theirs in zip(before.packed_tables, after.packed_tables, strict=True):
        one, other = _lasting(mine, day), _lasting(theirs, day)
        for record in one.keys() ^ other.keys():
            days |= set(one.get(record) or other[record])
    return sorted(found for found in days if found > day)


def _lasting(table: pa.Table, day: datetime.date) -> dict[str, tuple[datetime.date, ...]]:
    """The records that begin or end after a day, as texts, each with the days of its changes."""
    ends = {"valid_from": pc.greater, "valid_to": pc.greater_equal}
    there = [name for name in ends if name in table.column_names]
    if not there:
        return {}
    masks = [pc.fill_null(ends[name](table[name], pa.scalar(day)), False) for name in there]
    is_later = masks[0] if len(masks) == 1 else pc.or_(*masks)
    rows = table.filter(is_later).drop_columns(
        [name for name in _NOT_COMPARED if name in table.column_names]
    )
    return {repr(_stated(row)): tuple(_days(row)) for row in rows.to_pylist()}


def _stated(row: dict[str, object]) -> list[tuple[str, object]]:
    """What a row states, whatever other columns its table has."""
    return sorted((name, value) for name, value in row.items() if value is not None)


def _days(row: dict[str, object]) -> Iterable[datetime.date]:
    begins, ends = row.get("valid_from"), row.get("valid_to")
    if isinstance(begins, datetime.date):
        yield begins
    if isinstance(ends, datetime.date) and ends < datetime.date.max:
        yield ends + _ONE_DAY
