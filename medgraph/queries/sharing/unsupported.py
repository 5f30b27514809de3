"""Who gets nobody: facilities that no other sends staff, slots, beds or services to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer, define, frame_of, split_by_status
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.sharing.obligation_matrix import group_ids
from medgraph.queries.subjects import Subjects
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.graphmodel.states import Fact
    from medgraph.queries.results import Answer

SUPPORT = ("DISPATCHES", "SINKS_SLOTS", "SINKS_BEDS", "USES_CENTRE", "TELEMEDICINE")
_SENT = ("DISPATCHES", "SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO")
_SUNK = ("SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO")


@told_as_listed
def unsupported(
    net: MedicalNetwork, *, primary_only: bool = False, as_of: datetime.date | str | None = None
) -> Answer:
    """Name the facilities that nobody sends staff, slots, beds or services to.

    Support is a link that holds on the day, from another facility at work: DISPATCHES, SINKS_SLOTS,
    SINKS_BEDS, a shared centre hosted elsewhere, TELEMEDICINE. Asked are the named facilities at
    work that lead no group. Share: facilities with support, of those judged. Nothing found is a
    finding only where the five relations are declared complete, and nothing is sunk to the whole
    group; else the facility is unknown.

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
    supported = _supported(day)[subjects]
    doubts = _doubts(day, subjects)
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


def _supported(day: Day) -> Mask:
    """Return a mask: facilities that some other one at work supports by a link of the day."""
    working = day.working.certain
    found = np.zeros(len(day), bool)
    for relation in _SENT:
        links = day.links(relation)
        from_another = working[links.source] & (links.source != links.target)
        found[links.target[from_another]] = True
    lines = day.links("TELEMEDICINE")
    found[lines.source[working[lines.target]]] = True
    found[lines.target[working[lines.source]]] = True
    users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
    hosted = day.mask(hosts.target[working[hosts.source]])
    found[users.source[hosted[users.target]]] = True
    return found & day.facility.certain


def _doubts(day: Day, subjects: Positions) -> list[str]:
    """Return for each subject why nothing found is no finding; empty where it is one."""
    sunk_to = np.zeros(len(day), bool)
    for relation in _SUNK:
        sunk_to[day.links(relation).target] = True
    groups = day.group_of[subjects]
    to_group = ((groups >= 0) & sunk_to[groups]).tolist()
    open_lists = {relation: ~day.declared(relation, for_=subjects) for relation in SUPPORT}
    return [
        _doubt([relation for relation in SUPPORT if open_lists[relation][place]], group_wide)
        for place, group_wide in enumerate(to_group)
    ]


def _doubt(open_lists: list[str], group_wide: bool) -> str:
    if open_lists:
        return say("support_not_complete", relations=", ".join(open_lists))
    return say("support_to_group") if group_wide else ""
