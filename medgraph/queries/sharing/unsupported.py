"""Who gets nobody: facilities that no other sends staff, slots, beds or services to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.day import Day, chosen
from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import answer, define, frame_of, split_by_status
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.sharing.obligation_matrix import group_ids
from medgraph.queries.subjects import Subjects
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_SUNK = ("SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO")
_SENT = ("DISPATCHES", *_SUNK)
SUPPORT = (*_SENT, "USES_CENTRE", "HOSTS_CENTRE", "TELEMEDICINE")


@told_as_listed
def unsupported(
    net: MedicalNetwork, *, primary_only: bool = False, as_of: datetime.date | str | None = None
) -> Answer:
    """Name the facilities that nobody sends staff, slots, beds or services to.

    Support is a link that holds on the day, from another facility at work: DISPATCHES, SINKS_SLOTS,
    SINKS_BEDS, SINKS_RESOURCES_TO, a shared centre hosted elsewhere, TELEMEDICINE. Asked are the
    named facilities at work that lead no group. Share: facilities with support, of those judged.
    Nothing found is a finding only where all these relations are declared complete, no other end
    is left open, and nothing is sunk to a whole group that the facility is or may be in.

    Parameters
    ----------
    net
        The network.
    primary_only
        Ask of township and community centres alone.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        Rows of those without support: `facility`, `name`, `type`, `group`, `status`, `reason`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.sharing.unsupported(mg.samples.taizhou())
    >>> len(answer.frame), answer.unknown["reason"].nunique() > 0
    (0, True)
    """
    day = Day(net, as_of)
    asked = Subjects(day, day.primary if primary_only else _above_village(day))
    subjects = asked.positions
    support = _supported(day).at(subjects)
    supported = support.certain
    doubts = _doubts(day, subjects, support.unknown)
    certain = np.array([not doubt for doubt in doubts], bool)
    status = np.select([supported, certain], ["supported", "unsupported"], "unknown")
    reason = [
        "" if is_supported else doubt or say("support_none")
        for is_supported, doubt in zip(supported.tolist(), doubts, strict=True)
    ]
    rows = frame_of(
        {
            "facility": day.ids(subjects),
            "name": day.names(subjects),
            "type": day.index.take("type", subjects).to_pylist(),
            "group": group_ids(day, subjects),
            "status": status,
            "reason": reason,
        }
    )
    judged, unknown = split_by_status(rows)
    frame, _ = split_by_status(judged, "supported")
    definition = define(day, "unsupported_numerator", "unsupported_denominator", "facilities")
    return answer(
        day,
        "sharing.unsupported",
        definition,
        frame,
        judged=len(judged),
        met=supported.sum(),
        unknown=unknown,
        perhaps=asked.perhaps,
        excluded=asked.left_out,
        lists=("facilities",),
    )


def _above_village(day: Day) -> Fact:
    """Return the facilities, classes too, that lead no group and are no village station."""
    return ~day.leading & ~day.station


def _supported(day: Day) -> Fact:
    """Return the facilities that some other one at work supports by a link of the day."""
    working, hosting = day.working, day.ends_at_work("HOSTS_CENTRE")
    return day.facility & Fact.of(
        _reached(day, working.certain, hosting.certain),
        unknown=_reached(day, working.possible, hosting.possible),
    )


def _reached(day: Day, working: Mask, hosting: Mask) -> Mask:
    """Return a mask: who is supported, if these facilities work and these centres are hosted."""
    found = np.zeros(len(day), bool)
    for relation in _SENT:
        links = day.links(relation)
        from_another = working[links.source] & (links.source != links.target)
        found[links.target[from_another]] = True
    lines = day.links("TELEMEDICINE")
    found[lines.source[working[lines.target]]] = True
    found[lines.target[working[lines.source]]] = True
    users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
    hosts = chosen(hosts, hosting & working[hosts.source])
    using, hosted = equi_join(users.target, hosts.target)
    elsewhere = users.source[using] != hosts.source[hosted]
    found[users.source[using[elsewhere]]] = True
    return found


def _doubts(day: Day, subjects: Positions, may_work: Mask) -> list[str]:
    """Return for each subject why nothing found is no finding; empty where it is one.

    `may_work` are those supported by one that may be at work, or not.
    """
    open_lists = _open_lists(day, subjects)
    to_group = _may_share(day, subjects).tolist()
    return [
        _doubt([relation for relation in SUPPORT if open_lists[relation][place]], *others)
        for place, others in enumerate(zip(may_work.tolist(), to_group, strict=True))
    ]


def _open_lists(day: Day, subjects: Positions) -> dict[str, Mask]:
    """Return by relation whose support by it may not all be stated.

    Who hosts a centre is the list of another: it is open for those who use one.
    """
    own = [relation for relation in SUPPORT if relation != "HOSTS_CENTRE"]
    found = {relation: ~day.declared(relation, for_=subjects) for relation in own}
    uses = day.mask(day.links("USES_CENTRE").source)[subjects]
    is_open = bool(uses.any()) and not day.declared_whole("HOSTS_CENTRE")
    return found | {"HOSTS_CENTRE": uses & is_open}


def _may_share(day: Day, subjects: Positions) -> Mask:
    """Return a mask: who is in a group that something is sunk to as a whole, or may be in one."""
    sunk_to = np.zeros(len(day), bool)
    for relation in _SUNK:
        sunk_to[day.links(relation).target] = True
    sunk_to &= day.group.certain
    if not sunk_to.any():
        return sunk_to[subjects]
    members = day.group_memberships
    inside = day.mask(members.facility[sunk_to[members.collective]])
    return inside[subjects] | ~day.declared("MEMBER_OF", for_=subjects)


def _doubt(open_lists: list[str], may_work: bool, group_wide: bool) -> str:
    if open_lists:
        return say("support_not_complete", relations=", ".join(open_lists))
    if may_work:
        return say("support_may_work")
    return say("support_to_group") if group_wide else ""
