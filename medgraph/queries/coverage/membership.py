"""Ask of every facility which groups it is in: ungrouped, multiple.

A facility is in a group when a MEMBER_OF or LEADS link of the day says so. Facilities planned or suspended
are asked about too, with their own status beside the verdict; closed ones and classes are excluded.
"""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.day import Day
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.answers import register_of, stamps_of, undeclared
from medgraph.queries.columns import chosen, listed, named, rows, sentences
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import say


def ungrouped(
    net: MedicalNetwork, *, collective: str = "group", as_of: datetime.date | str | None = None
) -> Answer:
    """Name the facilities that are in no group.

    Share: facilities that are a member or the lead of some group, of the facilities judged. An alliance
    is no group. A facility for which no group is found is judged only where the member lists are declared
    complete, else it is unknown. Classes of facilities and closed facilities are excluded.

    Parameters
    ----------
    net
        The network.
    collective
        `group` (default: every group that is not a specialty alliance), `alliance`, or a group type.
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
    """
    day = Day(net.as_of(net.day(as_of)))
    asked = _Asked(day)
    groups = day.groups(collective).certain
    member, _ = day.named_members(groups)
    inside = np.isin(asked.facilities, member)
    lacking = undeclared(day, groups=groups)
    count = len(asked.facilities)
    unknown = ~inside & ~asked.excluded & bool(lacking)
    found = ~inside & ~asked.excluded & ~unknown
    reason = chosen(
        [
            (asked.excluded, asked.reason),
            (unknown, say("coverage.membership_undeclared", tables=lacking)),
            (found & asked.planned, say("coverage.ungrouped_planned")),
            (found, say("coverage.ungrouped")),
        ],
        count,
    )
    status = chosen(
        [(asked.excluded, "excluded"), (unknown, "unknown"), (found, "ungrouped")], count
    )
    definition = Definition(
        say("coverage.ungrouped.numerator"),
        say("coverage.facilities.denominator"),
        "facilities",
        register_of(net),
        net.meta.get("source", ""),
    )
    columns = asked.columns() | {"status": status, "reason": reason}
    judged = count - int(unknown.sum()) - int(asked.excluded.sum())
    return Answer(
        query="coverage.ungrouped",
        as_of=day.date,
        definition=definition,
        frame=rows(columns, found),
        total=count,
        judged=judged,
        share=Share(judged - int(found.sum()), judged, "facilities") if judged else None,
        unknown=rows(columns, unknown),
        excluded=rows(columns, asked.excluded),
        stamps=stamps_of(net),
    )


def multiple(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Name the facilities that are in two or more groups of the same kind.

    The kind of a group is its type, that of an alliance its specialty too: a hospital may be in a group
    and in an alliance, and in alliances of several specialties. Share: facilities in at most one group of
    each kind, of the facilities judged; one with no second group is judged only where the member lists
    are declared complete. Alliances that state no specialty are compared with nothing: who is in several
    of them is unknown. Rows: facility, name, type, facility_status, area_code, group (ids of the groups of one
    kind, `|` between them), status (multiple), reason.
    """
    day = Day(net.as_of(net.day(as_of)))
    index, asked = day.index, _Asked(day)
    groups = (day.group | day.alliance).certain
    member, group = day.named_members(groups)
    kind, unsaid = _kinds(day, group)
    every = np.flatnonzero(groups)
    rival = np.zeros(
        len(index), bool
    )  # a group that is the only one of its kind needs no complete list
    rival[every[_repeated(np.zeros_like(every), _kinds(day, every)[0])]] = True
    repeated = _repeated(member, kind)
    double = np.isin(asked.facilities, member[repeated & ~unsaid])
    unclear = np.isin(asked.facilities, member[repeated & unsaid])
    lacking = undeclared(day, groups=rival) if rival.any() else ""
    count = len(asked.facilities)
    found = double & ~asked.excluded
    unknown = ~found & ~asked.excluded & (unclear | bool(lacking))
    kept = repeated & (~unsaid | ~np.isin(member, member[repeated & ~unsaid]))
    ids = listed(member[kept], index.ids.take(pa.array(group[kept])), asked.facilities)
    names = listed(member[kept], named(index, group[kept]), asked.facilities, "、")
    reason = chosen(
        [
            (asked.excluded, asked.reason),
            (found, sentences("coverage.multiple", count, names=names)),
            (unknown & unclear, sentences("coverage.no_specialty", count, names=names)),
            (unknown, say("coverage.no_second_group", tables=lacking)),
        ],
        count,
    )
    status = chosen(
        [(asked.excluded, "excluded"), (unknown, "unknown"), (found, "multiple")], count
    )
    definition = Definition(
        say("coverage.multiple.numerator"),
        say("coverage.facilities.denominator"),
        "facilities",
        register_of(net),
        net.meta.get("source", ""),
    )
    columns = asked.columns() | {"group": ids, "status": status, "reason": reason}
    judged = count - int(unknown.sum()) - int(asked.excluded.sum())
    return Answer(
        query="coverage.multiple",
        as_of=day.date,
        definition=definition,
        frame=rows(columns, found),
        total=count,
        judged=judged,
        share=Share(judged - int(found.sum()), judged, "facilities") if judged else None,
        unknown=rows(columns, unknown),
        excluded=rows(columns, asked.excluded),
        stamps=stamps_of(net),
    )


def _kinds(day: Day, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the kind of each group as a number, and a mask of those whose kind is not stated."""
    index, alliance = day.index, day.alliance.certain[groups]
    specialty = pc.fill_null(index.take("specialty", groups), "")
    types = pc.fill_null(index.take("type", groups), "")
    text = pc.binary_join_element_wise(
        types, pc.if_else(pa.array(alliance), specialty, pa.scalar("")), "/"
    )
    unsaid = pc.or_(pc.equal(types, ""), pc.and_(pa.array(alliance), pc.equal(specialty, "")))
    codes = pc.dictionary_encode(text).indices
    return codes.to_numpy(zero_copy_only=False), unsaid.to_numpy(zero_copy_only=False)


def _repeated(member: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Return a mask over memberships: those whose facility has another of the same kind."""
    keys = member.astype(np.int64) * (int(kind.max(initial=0)) + 1) + kind
    _, where, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return counts[where] > 1


class _Asked:
    """All facilities of a network, with those that a question of membership leaves aside."""

    def __init__(self, day: Day) -> None:
        self.index = index = day.index
        self.facilities = np.flatnonzero(index.is_kind("Facility")).astype(np.int32)
        is_class, closed = (
            day.placeholder[self.facilities],
            index.has("status", "closed")[self.facilities],
        )
        self.planned = index.has("status", "planned")[self.facilities]
        self.excluded = is_class | closed
        self.reason = chosen(
            [(is_class, say("coverage.is_class")), (closed, say("coverage.is_closed"))],
            len(self.facilities),
        )

    def columns(self) -> dict[str, pa.Array]:
        take = {"type": "type", "facility_status": "status", "area_code": "area"}
        return {
            "facility": self.index.ids.take(pa.array(self.facilities)),
            "name": named(self.index, self.facilities),
        } | {name: self.index.take(column, self.facilities) for name, column in take.items()}


__all__ = ["multiple", "ungrouped"]
