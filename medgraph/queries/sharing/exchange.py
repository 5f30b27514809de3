"""What groups and facilities give to each other, and how much each taker depends on one giver."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel.day import NONE, SEVERAL, Day
from medgraph.queries.answers import answer, define, frame_of
from medgraph.queries.results import Answer
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

KINDS = {
    "staff": "persons",
    "slots": "slots",
    "beds": "beds",
    "services": "services",
    "telemedicine": "lines",
}


def exchange(
    net: MedicalNetwork,
    *,
    by: str = "group",
    kind: str | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return what is given and taken, from whom to whom: the matrix in long form.

    Given are staff (DISPATCHES, persons), slots and beds (SINKS_SLOTS, SINKS_BEDS), services (a shared centre
    hosted by the giver and used by the taker) and telemedicine lines. Amounts of different kinds are never added.

    Parameters
    ----------
    net
        The network.
    by
        `group` or `facility`: what the givers and takers are.
    kind
        One of staff, slots, beds, services, telemedicine; without it, all.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per giver, taker and kind: `source`, `source_name`, `target`, `target_name`, `kind`, `amount`, `unit`,
        `links`. What is accounted for are the links: unknown are those without an amount and those whose end is in
        several groups, excluded those with a class or, by group, an end in no group.
    """
    day = Day(net, as_of)
    judged, unknown, excluded = _sorted_out(day, by, kind)
    columns = ["source", "source_name", "target", "target_name", "kind", "unit"]
    frame = judged.groupby(columns, sort=True, as_index=False).agg(
        amount=("amount", "sum"), links=("amount", "size")
    )
    return answer(
        day,
        "sharing.exchange",
        define(day, "exchange_numerator", "", "links"),
        frame,
        judged=len(judged),
        unknown=unknown,
        excluded=excluded,
    )


def balance(
    net: MedicalNetwork,
    *,
    by: str = "group",
    kind: str | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say of every group or facility what it gives and takes, and how concentrated its givers are.

    The Herfindahl index of a taker is the sum of the squared shares of its givers: 1 where all comes from
    one, 1/n where n give the same. What a group gives to itself is left out of `given` and `taken`.

    Returns
    -------
    Answer
        A row per party and kind: `source` (the party), `name`, `kind`, `unit`, `given`, `taken`, `net` (given minus
        taken), `role` (giver, taker, even), `givers`, `herfindahl` (empty where nothing is taken). Options and
        accounting are those of `exchange`.
    """
    day = Day(net, as_of)
    judged, unknown, excluded = _sorted_out(day, by, kind)
    frame = _balances(judged)
    return answer(
        day,
        "sharing.balance",
        define(day, "exchange_numerator", "", "links"),
        frame,
        judged=len(judged),
        unknown=unknown,
        excluded=excluded,
    )


def _balances(links: pd.DataFrame) -> pd.DataFrame:
    abroad = links[links["source"] != links["target"]]
    given = abroad.groupby(["source", "source_name", "kind", "unit"])["amount"].sum()
    flows = abroad.groupby(["target", "target_name", "kind", "unit", "source"])["amount"].sum()
    taken = flows.groupby(level=[0, 1, 2, 3]).sum()
    squares = (flows**2).groupby(level=[0, 1, 2, 3]).sum() / taken.where(taken > 0) ** 2
    names = ["source", "name", "kind", "unit"]
    for series in (given, taken, squares):
        series.index.names = names
    givers = flows.groupby(level=[0, 1, 2, 3]).size()
    givers.index.names = names
    frame = given.rename("given").to_frame().join(taken.rename("taken"), how="outer")
    frame = frame.fillna(0).assign(givers=givers, herfindahl=squares)
    frame["net"] = frame["given"] - frame["taken"]
    frame["role"] = np.select([frame["net"] > 0, frame["net"] < 0], ["giver", "taker"], "even")
    return frame.reset_index().sort_values(
        ["kind", "net"], ascending=[True, False], ignore_index=True
    )


def _sorted_out(
    day: Day, by: str, kind: str | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """All links of exchange as rows: those with parties and an amount, those unknown, those left out."""
    if by not in ("group", "facility"):
        raise OptionError(say("not_one_of", what="by", value=by, allowed="group, facility"))
    if kind is not None and kind not in KINDS:
        raise OptionError(say("not_one_of", what="kind", value=kind, allowed=", ".join(KINDS)))
    giver, taker, amount, kinds = _flows(day, (kind,) if kind else tuple(KINDS))
    reason = np.full(len(giver), "", object)
    left = np.full(len(giver), "", object)
    source, target = giver, taker
    if by == "group":
        source, target = day.group_of[giver], day.group_of[taker]
        left[(source == NONE) | (target == NONE)] = say("exchange_no_group")
        reason[(source == SEVERAL) | (target == SEVERAL)] = say("exchange_several_groups")
    left[day.placeholder[giver] | day.placeholder[taker]] = say("left_out_class")
    reason[np.isnan(amount)] = say("exchange_no_amount")
    frame = _rows(day, source, target, giver, taker)
    frame = frame.assign(
        kind=kinds,
        unit=[KINDS[k] for k in kinds.tolist()],
        amount=amount,
        reason=np.where(left != "", left, reason),
        status=np.where(left != "", "excluded", np.where(reason != "", "unknown", "given")),
    )
    parts = [
        frame[frame["status"] == s].reset_index(drop=True) for s in ("given", "unknown", "excluded")
    ]
    return parts[0].drop(columns=["status", "reason"]), parts[1], parts[2]


def _rows(
    day: Day, source: np.ndarray, target: np.ndarray, giver: np.ndarray, taker: np.ndarray
) -> pd.DataFrame:
    """Giver and taker of each link; a party that has no group stays the facility."""
    source, target = np.where(source >= 0, source, giver), np.where(target >= 0, target, taker)
    return frame_of(
        {
            "source": day.ids(source),
            "source_name": day.names(source),
            "target": day.ids(target),
            "target_name": day.names(target),
        }
    )


def _flows(
    day: Day, kinds: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Giver, taker, amount (nan: not stated) and kind of every link that holds on the day."""
    parts = [(kind, *_flow(day, kind)) for kind in kinds]
    names = np.concatenate([np.full(len(giver), kind, object) for kind, giver, _, _ in parts])
    giver, taker, amount = (np.concatenate([part[i] for part in parts]) for i in (1, 2, 3))
    return giver, taker, amount, names


def _flow(day: Day, kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if kind == "services":
        users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
        order = np.argsort(hosts.target, kind="stable")
        at = hosts.target[order]
        count = np.searchsorted(at, users.target, "right") - np.searchsorted(
            at, users.target, "left"
        )
        first = np.searchsorted(at, users.target, "left")
        which = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        return hosts.source[order][which], np.repeat(users.source, count), np.ones(int(count.sum()))
    if kind == "telemedicine":
        lines = day.links("TELEMEDICINE")
        return lines.source, lines.target, np.ones(len(lines))
    relation = {"staff": "DISPATCHES", "slots": "SINKS_SLOTS", "beds": "SINKS_BEDS"}[kind]
    links = day.links(relation)
    amount = day.values(relation, kind).cast(pa.float64()).to_numpy(zero_copy_only=False).copy()
    if kind == "staff":  # a posting of one named person is one person
        person = day.values(relation, "person").is_valid().to_numpy(zero_copy_only=False)
        amount[np.isnan(amount) & person] = 1
    return links.source, links.target, amount
