"""Shared centres: who hosts one of each kind in a group, and which members use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.day import Day, chosen
from medgraph.queries.answers import answer_by_status, define, frame_of, groups_left_out
from medgraph.queries.as_listed import told_as_listed
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.index import Links
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

FIVE = ("laboratory", "imaging", "ecg", "pathology", "sterile_supply")
_HOST = ("HOSTS_CENTRE", "MEMBER_OF", "LEADS")  # what says who of a group hosts a centre
_COLUMNS = (
    "group",
    "name",
    "kind",
    "centre",
    "host",
    "using",
    "members",
    "townships_using",
    "townships",
    "stations_using",
    "stations",
    "use",
    "without",
    "not_stated",
    "status",
    "reason",
)


@told_as_listed
def centres(
    net: MedicalNetwork, *, kind: str | None = None, as_of: datetime.date | str | None = None
) -> Answer:
    """Say for every group and kind of shared centre who hosts it and which members use it.

    The five kinds of the plans (laboratory, imaging, ECG, pathology, sterile supply) are asked of
    every group, and any other kind that the data names. A centre belongs to the group of its host.
    Share: pairs of a group and a kind that are hosted, of the pairs judged; a kind without a centre
    is missing where HOSTS_CENTRE is declared complete, else unknown.

    Parameters
    ----------
    net
        The network.
    kind
        One kind of centre (`imaging`, ...); without it, all.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per group and kind: `group`, `name`, `kind`, `centre`, `host`, `using` of `members`
        (named members at work above village level, the host included), `townships_using` of
        `townships`, `stations_using` of `stations` (village level), `use` by members (all, some,
        none, no_data), `without` (members known not to use it), `not_stated` (how many members
        nothing is stated of), `status` (hosted, missing), `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.sharing.centres(mg.samples.taizhou(), kind="ecg")
    >>> answer.share, answer.frame["use"].unique().tolist()
    (Share(met=4, total=4, unit='centres'), ['no_data'])
    """
    day = Day(net, as_of)
    hosted = _Hosted(day)
    kinds = (kind,) if kind else hosted.kinds
    groups = np.flatnonzero(day.group.certain)
    rows = [
        row
        for group, complete in zip(groups.tolist(), _declared(day, groups), strict=True)
        for row in _centres_of(day, group, complete, kinds, hosted)
    ]
    frame = frame_of(rows, _COLUMNS)[list(_COLUMNS)]
    definition = define(day, "centres_numerator", "centres_denominator", "centres")
    return answer_by_status(
        day,
        "sharing.centres",
        definition,
        frame,
        met="hosted",
        excluded=groups_left_out(day),
        lists=("groups",) if kind else ("groups", "centres"),
    )


class _Hosted:
    """The centres of a day by host and kind; those of a host that is not at work are none."""

    def __init__(self, day: Day) -> None:
        every, at_work = day.links("HOSTS_CENTRE"), day.ends_at_work("HOSTS_CENTRE")
        named = {type_ for type_ in day.index.take("type", every.target).to_pylist() if type_}
        self.kinds = tuple(dict.fromkeys((*FIVE, *sorted(named))))
        self._centres = _by_host(day, chosen(every, at_work.certain))
        self._may_be_hosted = _by_host(day, chosen(every, at_work.unknown))
        untyped = at_work.possible & day.untyped_centre[every.target]
        self._of_no_kind = set(every.source[untyped].tolist())

    def doubt(self, members: list[int], kind: str) -> str:
        """Return why one of these members may host a kind of which none surely does, or nothing.

        Who hosts it and is not among the named members is a placeholder for some.
        """
        if not self._of_no_kind.isdisjoint(members):
            return say("centre_untyped")
        if self.by(members, kind)[0]:
            return say("centre_of_class")
        may_be = any((member, kind) in self._may_be_hosted for member in members)
        return say("centre_may_work") if may_be else ""

    def by(self, members: list[int], kind: str) -> tuple[list[int], list[int]]:
        """Return the hosts of a kind among these members, and their centres."""
        hosts = [member for member in members if (member, kind) in self._centres]
        centres_ = {centre for host in hosts for centre in self._centres[host, kind]}
        return sorted(hosts), sorted(centres_)


def _by_host(day: Day, links: Links) -> dict[tuple[int, str], list[int]]:
    """Return the centres of these links by host and kind."""
    found: dict[tuple[int, str], list[int]] = {}
    types = day.index.take("type", links.target).to_pylist()
    ends = zip(links.source.tolist(), links.target.tolist(), types, strict=True)
    for host, centre, type_ in ends:
        found.setdefault((host, type_), []).append(centre)
    return found


@dataclass(frozen=True)
class _Declared:
    """Whether what a group uses, and what it hosts, is declared complete."""

    uses: bool
    hosts: bool


def _declared(day: Day, groups: Positions) -> list[_Declared]:
    """Return what is declared complete of each of these groups."""
    uses = day.declared("USES_CENTRE", for_=groups)
    hosts = np.all([day.declared(one, for_=groups) for one in _HOST], axis=0)
    return [_Declared(*both) for both in zip(uses.tolist(), hosts.tolist(), strict=True)]


def _centres_of(
    day: Day, group: int, complete: _Declared, kinds: tuple[str, ...], hosted: _Hosted
) -> list[dict[str, Any]]:
    """Return the rows of one group: one for each kind."""
    belonging = day.members_of(group)
    inside = belonging[day.working.certain[belonging]]
    station = day.station.certain[inside]
    members, stations = inside[~station].tolist(), set(inside[station].tolist())
    townships = set(inside[day.primary.certain[inside]].tolist())
    rows = []
    for kind in kinds:
        hosts, centres_ = hosted.by(inside.tolist(), kind)
        users = set(hosts).union(*(day.sources_of("USES_CENTRE", c).tolist() for c in centres_))
        using = [member for member in members if member in users]
        rest = [member for member in members if member not in users]
        known_without = rest if complete.uses and centres_ else []
        row = {
            "group": day.id(group),
            "name": day.name(group),
            "kind": kind,
            "centre": day.joined(centres_),
            "host": day.joined(hosts),
            "using": len(using),
            "members": len(members),
            "townships_using": len(townships & users),
            "townships": len(townships),
            "stations_using": len(stations & users),
            "stations": len(stations),
            "without": day.joined(known_without),
            "not_stated": 0 if complete.uses else len(rest),
        }
        found = _state(using, rest, hosts, complete)
        doubt = "" if hosts else hosted.doubt(belonging.tolist(), kind)
        if doubt:
            found = {"use": "no_data", "status": "unknown", "reason": doubt}
        rows.append(row | found)
    return rows


def _state(
    using: list[int], rest: list[int], hosts: list[int], complete: _Declared
) -> dict[str, str]:
    """Return use, status and reason of one kind in one group."""
    if hosts:
        use = _use(using, rest, hosts, complete)
        reason = say("centre_use_not_stated") if use == "no_data" else ""
        return {"use": use, "status": "hosted", "reason": reason}
    if complete.hosts:
        return {"use": "none", "status": "missing", "reason": say("centre_missing")}
    return {"use": "no_data", "status": "unknown", "reason": say("centre_not_stated")}


def _use(using: list[int], rest: list[int], hosts: list[int], complete: _Declared) -> str:
    """Say how many members use what is hosted: no_data where only the host is known to."""
    if not rest:
        return "all"
    stated = complete.uses or any(member not in hosts for member in using)
    if not stated:
        return "no_data"
    return "some" if using else "none"
