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
    rows = [
        row
        for group in np.flatnonzero(day.group.certain).tolist()
        for row in _centres_of(day, group, kinds, hosted)
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
        links = day.links("HOSTS_CENTRE")
        links = chosen(links, day.at_work.certain[links.source])
        types = day.index.take("type", links.target).to_pylist()
        named = {type_ for type_ in types if type_}
        self.kinds = tuple(dict.fromkeys((*FIVE, *sorted(named))))
        self._of_no_kind = set(links.source[day.untyped_centre[links.target]].tolist())
        self._centres: dict[tuple[int, str], list[int]] = {}
        ends = zip(links.source.tolist(), links.target.tolist(), types, strict=True)
        for host, centre, type_ in ends:
            self._centres.setdefault((host, type_), []).append(centre)

    def may_be_of_any(self, members: list[int]) -> bool:
        """Tell whether one of these members hosts a centre of which the kind is not stated."""
        return not self._of_no_kind.isdisjoint(members)

    def by(self, members: list[int], kind: str) -> tuple[list[int], list[int]]:
        """Return the hosts of a kind among these members, and their centres."""
        hosts = [member for member in members if (member, kind) in self._centres]
        centres_ = {centre for host in hosts for centre in self._centres[host, kind]}
        return sorted(hosts), sorted(centres_)


@dataclass(frozen=True)
class _Declared:
    """Whether what a group uses, and what it hosts, is declared complete."""

    uses: bool
    hosts: bool


def _centres_of(
    day: Day, group: int, kinds: tuple[str, ...], hosted: _Hosted
) -> list[dict[str, Any]]:
    """Return the rows of one group: one for each kind."""
    inside = day.members_of(group)
    inside = inside[day.working.certain[inside]]
    station = day.station.certain[inside]
    members, stations = inside[~station].tolist(), set(inside[station].tolist())
    townships = set(inside[day.primary.certain[inside]].tolist())
    complete = _Declared(
        uses=all(day.declared("USES_CENTRE", for_=(group,))),
        hosts=all(all(day.declared(one, for_=(group,))) for one in _HOST),
    )
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
        if not hosts and hosted.may_be_of_any(inside.tolist()):
            found = {"use": "no_data", "status": "unknown", "reason": say("centre_untyped")}
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
