"""Say who of those that refer or receive patients can be reached electronically."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer_by_status, define, frame_of, named_out, undeclared
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import filled
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_REFERRALS = ("REFERS_UP_TO", "REFERS_DOWN_TO")
_COLUMNS = ("facility", "name", "status", "endpoints", "platform", "reason")


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
    return answer_by_status(
        day,
        "referrals.endpoints",
        define(day, "referral.endpoints_numerator", "referral.endpoints_denominator", "facilities"),
        frame_of(_rows(day, asked), _COLUMNS),
        met="has",
        perhaps=frame_of(
            [
                {**row, "status": "unknown", "reason": say("referral.may_not_work")}
                for row in _rows(day, np.flatnonzero(refers & may_work))
            ],
            _COLUMNS,
        ),
        excluded=named_out(day, left),
        lists=tuple(f"links.{relation}" for relation in _REFERRALS),
    )


def _rows(day: Day, asked: Positions) -> list[dict[str, str]]:
    """One row for each of these facilities."""
    stated = filled(day.index.values("endpoints"))
    texts = day.index.values("endpoints")
    connected = day.links("CONNECTED_TO")
    platforms: dict[int, list[int]] = {}
    for source, target in zip(connected.source.tolist(), connected.target.tolist(), strict=True):
        platforms.setdefault(source, []).append(target)
    listed = day.declared("CONNECTED_TO", for_=asked)
    return [
        _row(day, place, texts[place].as_py() or "", platforms.get(place, []), stated, whole)
        for place, whole in zip(asked.tolist(), listed.tolist(), strict=True)
    ]


def _row(
    day: Day, place: int, own: str, connected: list[int], stated: Mask, is_listed: bool
) -> dict[str, str]:
    """What is known of one facility."""
    with_one = [platform for platform in connected if stated[platform]]
    lacking = [] if own else _lacking(day, bool(connected), is_listed)
    status, reason = "none", say("referral.endpoints_none")
    if own or with_one:
        status, reason = "has", ""
    elif lacking:
        tables = undeclared(day, *lacking)
        status, reason = "unknown", say("referral.endpoints_unknown", tables=tables)
    return {
        "facility": day.id(place),
        "name": day.name(place),
        "status": status,
        "endpoints": own,
        "platform": "|".join(day.ids(with_one)),
        "reason": reason,
    }


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
