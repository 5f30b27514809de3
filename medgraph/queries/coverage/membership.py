"""Ask of every facility which groups it is in: ungrouped, multiple.

A facility is in a group when a MEMBER_OF or LEADS link of the day says so. Facilities planned or
suspended are asked about too, with their own status beside the verdict; closed ones and classes are
excluded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.queries.answers import answer, on_day, register_of, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import first_of, listed, named, rows, sentences
from medgraph.queries.results import Definition
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


@told_as_listed
def ungrouped(
    net: MedicalNetwork, *, collective: str = "group", as_of: datetime.date | str | None = None
) -> Answer:
    """Name the facilities that are in no group.

    Share: facilities that are a member or the lead of some group, of the facilities judged. An
    alliance is no group. A facility for which no group is found is judged only where members and
    leads are declared complete, else it is unknown. Classes of facilities and closed facilities are
    excluded.

    Parameters
    ----------
    net
        The network.
    collective
        `group` (default: every group that is not a specialty alliance), `alliance`, or a group
        type.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: facility, name, type, facility_status, area_code, status (ungrouped), reason.

    Raises
    ------
    OptionError
        `collective` is none of these.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.coverage.ungrouped(mg.samples.taizhou())
    >>> answer.share, len(answer.frame)
    (Share(met=49, total=58, unit='facilities'), 9)
    """
    day = on_day(net, as_of)
    asked = _Asked(day)
    groups = day.groups(collective).certain
    member, _ = day.named_members(groups)
    outside = ~np.isin(asked.facilities, member) & ~asked.excluded
    lacking = undeclared(day, groups=groups)
    unknown = outside & bool(lacking)
    found = outside & ~unknown
    reason = first_of(
        [
            (asked.excluded, asked.why_excluded),
            (unknown, say("coverage.membership_undeclared", tables=lacking)),
            (found & asked.planned, say("coverage.ungrouped_planned")),
            (found, say("coverage.ungrouped")),
        ],
        len(asked),
    )
    return asked.answer("ungrouped", found, unknown, reason)


@told_as_listed
def multiple(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Name the facilities that are in two or more groups of the same kind.

    The kind of a group is its type, that of an alliance its specialty too: a hospital may be in a
    group and in an alliance, and in alliances of several specialties. Share: facilities in at most
    one group of each kind, of the facilities judged; one with no second group is judged only where
    members and leads are declared complete. Alliances that state no specialty are compared with
    nothing: who is in several of them is unknown.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: facility, name, type, facility_status, area_code, group (ids of the groups of one
        kind, `|` between them), status (multiple), reason.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.coverage.multiple(mg.samples.taizhou()).frame.empty
    True
    """
    day = on_day(net, as_of)
    asked, second = _Asked(day), _Second(day)
    alone = not second.rivals.any() and day.declared_table("groups")
    lacking = "" if alone else undeclared(day, groups=second.rivals)
    judged = ~asked.excluded
    found = np.isin(asked.facilities, second.surely) & judged
    unclear = np.isin(asked.facilities, second.perhaps)
    unknown = ~found & judged & (unclear | bool(lacking))
    names = second.names(asked.facilities)
    reason = first_of(
        [
            (asked.excluded, asked.why_excluded),
            (found, sentences("coverage.multiple", len(asked), names=names)),
            (unknown & unclear, sentences("coverage.no_specialty", len(asked), names=names)),
            (unknown, say("coverage.no_second_group", tables=lacking)),
        ],
        len(asked),
    )
    groups = {"group": second.ids(asked.facilities)}
    return asked.answer("multiple", found, unknown, reason, groups)


class _Second:
    """Memberships in a second group of the same kind, by facility."""

    def __init__(self, day: Day) -> None:
        self.index = day.index
        groups = (day.group | day.alliance).certain
        member, group = day.named_members(groups)
        kind, unstated = day.kinds_of_groups(group)
        repeated = _repeated(member, kind)
        self.surely = member[repeated & ~unstated]
        self.perhaps = member[repeated & unstated]
        shown = repeated & (~unstated | ~np.isin(member, self.surely))
        self._member, self._group = member[shown], group[shown]
        self.rivals = _with_a_rival(day, np.flatnonzero(groups))

    def ids(self, facilities: Positions) -> Texts:
        """Return the ids of the groups of one kind that each facility is in."""
        return listed(self._member, self.index.ids.take(pa.array(self._group)), facilities)

    def names(self, facilities: Positions) -> Texts:
        """Return the names of the groups of one kind that each facility is in."""
        names = named(self.index, self._group)
        return listed(self._member, names, facilities, say("list_comma"))


def _with_a_rival(day: Day, groups: Positions) -> Mask:
    """Return a mask: groups that are not alone in their kind, so that their lists matter."""
    kind, _ = day.kinds_of_groups(groups)
    return day.mask(groups[_repeated(np.zeros_like(groups), kind)])


def _repeated(member: Positions, kind: Positions) -> Mask:
    """Return a mask over memberships: those whose facility has another of the same kind."""
    kinds = int(kind.max(initial=0)) + 1
    keys = member.astype(np.int64) * kinds + kind
    _, where, counts = np.unique(keys, return_inverse=True, return_counts=True)
    found: Mask = counts[where] > 1
    return found


class _Asked:
    """All facilities of a day, with those that a question of membership leaves aside."""

    def __init__(self, day: Day) -> None:
        self.day = day
        index = day.index
        self.facilities: Positions = np.flatnonzero(index.is_kind("Facility")).astype(np.int32)
        is_class = day.placeholder[self.facilities]
        closed = day.closed[self.facilities]
        self.planned = day.planned[self.facilities]
        self.excluded = is_class | closed
        self.why_excluded = first_of(
            [(is_class, say("coverage.is_class")), (closed, say("coverage.is_closed"))], len(self)
        )

    def __len__(self) -> int:
        return len(self.facilities)

    def answer(
        self,
        status: str,
        found: Mask,
        unknown: Mask,
        reason: Texts,
        more: Mapping[str, Texts] | None = None,
    ) -> Answer:
        """Return the answer whose finding is `status`: its rows are those of `found`."""
        cases = [(self.excluded, "excluded"), (unknown, "unknown"), (found, status)]
        states = {"status": first_of(cases, len(self)), "reason": reason}
        every = {**self._columns(), **(more or {}), **states}
        judged = len(self) - int(unknown.sum()) - int(self.excluded.sum())
        net = self.day.net
        definition = Definition(
            say(f"coverage.{status}.numerator"),
            say("coverage.facilities.denominator"),
            "facilities",
            register_of(net),
            net.meta.get("source", ""),
        )
        return answer(
            self.day,
            f"coverage.{status}",
            definition,
            rows(every, found),
            judged=judged,
            met=judged - int(found.sum()),
            unknown=rows(every, unknown),
            excluded=rows(every, self.excluded),
            is_whole=judged > 0,
            lists=("facilities",),
        )

    def _columns(self) -> dict[str, Texts]:
        index = self.day.index
        return {
            "facility": index.ids.take(pa.array(self.facilities)),
            "name": named(index, self.facilities),
            "type": index.take("type", self.facilities),
            "facility_status": index.take("status", self.facilities),
            "area_code": index.take("area", self.facilities),
        }


__all__ = ["multiple", "ungrouped"]
