"""Say who of those that refer or receive patients can be reached electronically."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import mask_of
from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer_by_status, define, frame_of, named_out, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import filled, listed
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_REFERRALS = ("REFERS_UP_TO", "REFERS_DOWN_TO")


@told_as_listed
def endpoints(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say of every facility that refers or receives whether an electronic referral reaches it.

    It has an endpoint of its own, or is connected to a platform that has one. Without either it has
    `none` only where the columns of endpoints and its connections are declared complete; else that
    is unknown. Share: those with an endpoint. Placeholders and who is not at work are excluded.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per facility: facility, name, status (has, none), its endpoints, the platforms with an
        endpoint that it is connected to, reason.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.referrals.endpoints(mg.samples.taizhou())
    >>> answer.share, len(answer.unknown) > 0
    (Share(met=0, total=0, unit='facilities'), True)
    """
    day = Day(net, as_of)
    refers = np.zeros(len(day), bool)
    for relation in _REFERRALS:
        links = day.links(relation)
        refers |= day.mask(links.source) | day.mask(links.target)
    surely = (day.facility & day.at_work).certain & ~day.placeholder
    asked = np.flatnonzero(refers & surely)
    may_work = (day.facility & day.at_work).possible & ~surely & ~day.placeholder
    left = refers & day.facility.possible & ~surely & ~may_work
    rows = frame_of(_rows(day, asked))
    doubtful = {"status": "unknown", "reason": say("referral.may_not_work")}
    return answer_by_status(
        day,
        "referrals.endpoints",
        define(day, "referral.endpoints_numerator", "referral.endpoints_denominator", "facilities"),
        rows,
        met="has",
        perhaps=frame_of(_rows(day, np.flatnonzero(refers & may_work)) | doubtful),
        excluded=named_out(day, left),
        lists=tuple(f"links.{relation}" for relation in _REFERRALS),
    )


def _rows(day: Day, asked: Positions) -> dict[str, Any]:
    """One row for each of these facilities, as columns."""
    connected = day.links("CONNECTED_TO")
    has_one = filled(day.index.values("endpoints"))[connected.target]
    platforms = listed(
        connected.source[has_one], day.index.take("id", connected.target[has_one]), asked
    )
    own = pc.fill_null(day.index.take("endpoints", asked), "")
    has = mask_of(pc.not_equal(own, "")) | filled(platforms)
    status, reason = _verdicts(day, asked, has, day.mask(connected.source)[asked])
    return {
        "facility": day.ids(asked),
        "name": day.names(asked),
        "status": status.tolist(),
        "endpoints": own.to_pylist(),
        "platform": pc.fill_null(platforms, "").to_pylist(),
        "reason": reason.tolist(),
    }


def _verdicts(
    day: Day, asked: Positions, has: Mask, is_connected: Mask
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The status and the reason of each of these facilities; those with an endpoint have none.

    Who has none differs only by whether it is connected, and whether all its connections are named.
    """
    status, reason = np.full(len(asked), "has", object), np.full(len(asked), "", object)
    is_listed = day.declared("CONNECTED_TO", for_=asked)
    sort = 2 * is_connected + is_listed
    sorts, firsts = np.unique(sort[~has], return_index=True)
    for one in sorts[np.argsort(firsts)].tolist():
        mine = ~has & (sort == one)
        status[mine], reason[mine] = _verdict(day, _lacking(day, *map(bool, divmod(one, 2))))
    return status, reason


def _verdict(day: Day, lacking: list[str]) -> tuple[str, str]:
    """What is known of a facility without an endpoint, and why."""
    if not lacking:
        return "none", say("referral.endpoints_none")
    return "unknown", say("referral.endpoints_unknown", tables=undeclared(day, *lacking))


def _lacking(day: Day, is_connected: bool, is_listed: bool) -> list[str]:
    """What would have to be declared for the lack of an endpoint to be one."""
    lacking = []
    if not day.declared_column("facilities", "endpoints"):
        lacking.append("facilities.endpoints")
    if not is_listed:
        lacking.append("links.CONNECTED_TO")
    may_be_connected = is_connected or not is_listed
    if may_be_connected and not day.declared_column("platforms", "endpoints"):
        lacking.append("platforms.endpoints")
    return lacking
