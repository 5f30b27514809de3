"""What groups and facilities give to each other, and how much each taker depends on one giver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.day import NONE, SEVERAL, Day
from medgraph.queries.answers import answer, define, frame_of, one_of
from medgraph.queries.as_listed import told_as_listed
from medgraph.words.say import language, say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_ENDS = ("source", "source_name", "target", "target_name")
_OF_KIND = ("kind", "unit")
_BALANCE = (
    *("source", "name", "kind", "unit"),
    *("given", "taken", "givers", "herfindahl", "net", "role"),
)


@told_as_listed
def exchange(
    net: MedicalNetwork,
    *,
    by: str = "group",
    kind: str | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return what is given and taken, from whom to whom: the matrix in long form.

    Given are staff (DISPATCHES, persons), slots and beds (SINKS_SLOTS, SINKS_BEDS), services (a
    shared centre hosted by the giver and used by the taker) and telemedicine lines. Amounts of
    different kinds are never added.

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
        A row per giver, taker and kind: `source`, `source_name`, `target`, `target_name`, `kind`,
        `amount`, `unit`, `links`. What is accounted for are the links: unknown are those without an
        amount and those whose end is in several groups, excluded those with a class or, by group,
        an end in no group.

    Raises
    ------
    OptionError
        `by` or `kind` is none of these.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.sharing.exchange(mg.samples.taizhou())
    >>> answer.frame["kind"].unique().tolist()
    []
    """
    found = _sorted_out(net, by, kind, as_of)
    return answer(
        found.day,
        "sharing.exchange",
        define(found.day, "exchange_numerator", "", "links"),
        frame_of(found.amounts),
        judged=found.given,
        unknown=found.unknown.copy(),
        excluded=found.excluded.copy(),
    )


@told_as_listed
def balance(
    net: MedicalNetwork,
    *,
    by: str = "group",
    kind: str | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Say of every group or facility what it gives and takes, and how concentrated its givers are.

    The Herfindahl index of a taker is the sum of the squared shares of its givers: 1 where all
    comes from one, 1/n where n give the same. What a group gives to itself is left out of `given`
    and `taken`. Accounting and errors are those of `exchange`.

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
        A row per party and kind: `source` (the party), `name`, `kind`, `unit`, `given`, `taken`,
        `net` (given minus taken), `role` (giver, taker, even), `givers`, `herfindahl` (empty where
        nothing is taken).

    Raises
    ------
    OptionError
        `by` or `kind` is none of these.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.sharing.balance(mg.samples.taizhou(), kind="beds").frame.empty
    True
    """
    found = _sorted_out(net, by, kind, as_of)
    return answer(
        found.day,
        "sharing.balance",
        define(found.day, "exchange_numerator", "", "links"),
        _balances(found.amounts),
        judged=found.given,
        unknown=found.unknown.copy(),
        excluded=found.excluded.copy(),
    )


def _balances(amounts: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Return the balance of every party and kind."""
    given: dict[_Party, float] = {}
    taken: dict[_Party, list[float]] = {}  # from each giver
    columns = (amounts[name] for name in (*_ENDS, *_OF_KIND, "amount"))
    for source, source_name, target, target_name, kind, unit, amount in zip(*columns, strict=True):
        if source != target:
            giver = _Party(source, source_name, kind, unit)
            taker = _Party(target, target_name, kind, unit)
            given[giver] = given.get(giver, 0) + amount
            taken.setdefault(taker, []).append(amount)
    parties = sorted(given.keys() | taken.keys())
    found = [_balance(party, given.get(party, 0), taken.get(party, [])) for party in parties]
    return frame_of(sorted(found, key=lambda row: (row["kind"], -row["net"])), _BALANCE)


class _Party(NamedTuple):
    """Who gives or takes what."""

    source: str
    name: str
    kind: str
    unit: str


def _balance(party: _Party, given: float, taken: Sequence[float]) -> dict[str, Any]:
    whole = sum(taken)
    net = given - whole
    return {
        **party._asdict(),
        "given": given,
        "taken": whole,
        "givers": len(taken) or None,
        "herfindahl": sum(amount**2 for amount in taken) / whole**2 if whole > 0 else None,
        "net": net,
        "role": _role(net),
    }


def _role(net: float) -> str:
    if net == 0:
        return "even"
    return "giver" if net > 0 else "taker"


class _Links(NamedTuple):
    """Links of exchange, aligned: who gives to whom, what, how much, and why it does not count.

    A giver or a taker is a group, or a facility that has none or several. Of a link that counts
    both reasons are empty.
    """

    giver: Positions
    taker: Positions
    kind: Positions  # the place of its word in KINDS
    amount: Floats
    left: NDArray[Any]
    unknown: NDArray[Any]

    def where(self, mask: Mask) -> _Links:
        """Return the links of a mask."""
        ends = self.giver[mask], self.taker[mask], self.kind[mask]
        return _Links(*ends, self.amount[mask], self.left[mask], self.unknown[mask])


class _SortedOut(NamedTuple):
    """What is given from whom to whom in all, of how many links, and the rows of the others."""

    day: Day
    amounts: dict[str, list[Any]]
    given: int
    unknown: pd.DataFrame
    excluded: pd.DataFrame


def _sorted_out(
    net: MedicalNetwork, by: str, kind: str | None, as_of: datetime.date | str | None
) -> _SortedOut:
    """Sort the links of exchange on the day out: given, unknown, and left out."""
    one_of("by", by, ("group", "facility"))
    kinds = tuple(KINDS) if kind is None else (one_of("kind", kind, KINDS),)

    def every() -> _SortedOut:
        day = Day(net, as_of)
        parts = [_links(day, word, by) for word in kinds]
        links = _Links(*map(np.concatenate, zip(*parts, strict=True)))
        is_left = links.left != ""
        is_unknown = ~is_left & (links.unknown != "")
        given = links.where(~is_left & ~is_unknown)
        unknown, excluded = links.where(is_unknown), links.where(is_left)
        return _SortedOut(
            day,
            _amounts(day, given),
            len(given.giver),
            _rows(day, unknown, unknown.unknown, "unknown"),
            _rows(day, excluded, excluded.left, "excluded"),
        )

    return net.once(("exchange", by, kinds, net.day(as_of), language()), every)


def _links(day: Day, kind: str, by: str) -> _Links:
    """Return the links of one kind that hold on the day."""
    flow = KINDS[kind].flow(day)
    source, target = flow.giver, flow.taker
    left = np.full(len(source), "", object)
    reason = np.full(len(source), "", object)
    if by == "group":
        source, target = day.group_of[flow.giver], day.group_of[flow.taker]
        left[(source == NONE) | (target == NONE)] = say("exchange_no_group")
        reason[(source == SEVERAL) | (target == SEVERAL)] = say("exchange_several_groups")
    left[day.placeholder[flow.giver] | day.placeholder[flow.taker]] = say("left_out_class")
    reason[np.isnan(flow.amount)] = say("exchange_no_amount")
    return _Links(
        # A party that has no group, or several, stays the facility.
        np.where(source >= 0, source, flow.giver),
        np.where(target >= 0, target, flow.taker),
        np.full(len(source), list(KINDS).index(kind)),
        flow.amount,
        left,
        reason,
    )


def _amounts(day: Day, links: _Links) -> dict[str, list[Any]]:
    """Return a row per giver, taker and kind of these links, with the amount and how many."""
    size, kinds = max(len(day), 1), len(KINDS)
    keys = (links.giver.astype(np.int64) * size + links.taker) * kinds + links.kind
    found, of = np.unique(keys, return_inverse=True)
    pair, kind = np.divmod(found, kinds)
    giver, taker = np.divmod(pair, size)
    columns = {
        **_named(day, giver, taker, kind),
        "amount": np.bincount(of, links.amount, len(found)).tolist(),
        "links": np.bincount(of, minlength=len(found)).tolist(),
    }
    rows = sorted(zip(*columns.values(), strict=True))
    return {name: [row[at] for row in rows] for at, name in enumerate(columns)}


def _named(day: Day, giver: Positions, taker: Positions, kind: Positions) -> dict[str, list[Any]]:
    """Return who gives what to whom, in words."""
    words, units = list(KINDS), [one.unit for one in KINDS.values()]
    return {
        "source": day.ids(giver),
        "source_name": day.names(giver),
        "target": day.ids(taker),
        "target_name": day.names(taker),
        "kind": [words[one] for one in kind],
        "unit": [units[one] for one in kind],
    }


def _rows(day: Day, links: _Links, reasons: NDArray[Any], status: str) -> pd.DataFrame:
    """Return the rows of links that do not count."""
    ends = _named(day, links.giver, links.taker, links.kind)
    amounts = links.amount.tolist()
    return frame_of({**ends, "amount": amounts, "reason": reasons.tolist(), "status": status})


# -- what is given, one function for each kind ---------------------------------------------------


class Flow(NamedTuple):
    """What is given, link by link; `amount` is NaN where none is stated."""

    giver: Positions
    taker: Positions
    amount: Floats


class Kind(NamedTuple):
    """A kind of exchange: its unit, and the links that carry it on a day."""

    unit: str
    flow: Callable[[Day], Flow]


def _staff(day: Day) -> Flow:
    flow = _sunk(day, "DISPATCHES", "staff")
    person = day.values("DISPATCHES", "person").is_valid().to_numpy(zero_copy_only=False)
    flow.amount[np.isnan(flow.amount) & person] = 1  # a posting of one named person is one person
    return flow


def _slots(day: Day) -> Flow:
    return _sunk(day, "SINKS_SLOTS", "slots")


def _beds(day: Day) -> Flow:
    return _sunk(day, "SINKS_BEDS", "beds")


def _sunk(day: Day, relation: str, column: str) -> Flow:
    links = day.links(relation)
    stated = day.values(relation, column).cast(pa.float64())
    return Flow(links.source, links.target, stated.to_numpy(zero_copy_only=False).copy())


def _services(day: Day) -> Flow:
    users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
    using, hosting = equi_join(users.target, hosts.target)
    return Flow(hosts.source[hosting], users.source[using], np.ones(len(using)))


def _telemedicine(day: Day) -> Flow:
    lines = day.links("TELEMEDICINE")
    return Flow(lines.source, lines.target, np.ones(len(lines)))


KINDS = {
    "staff": Kind("persons", _staff),
    "slots": Kind("slots", _slots),
    "beds": Kind("beds", _beds),
    "services": Kind("services", _services),
    "telemedicine": Kind("lines", _telemedicine),
}
