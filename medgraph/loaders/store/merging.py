"""Decide what a load changes: rows new, same, changed, ended; what several state; what is withheld.

Nothing here knows the server: rows are maps of properties, an owner is the name of a dataset.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.graphmodel.completeness import first_day
from medgraph.loaders.store.layout import OWN, SEPARATOR, TYPES
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Properties = Mapping[str, Any]

_SHARE, _ROWS = 0.10, 10  # more endings than both are withheld
_BEFORE_ALL = datetime.date.min
_APART = {"origin"}  # where each found it: not a statement about the facility


@dataclass(frozen=True)
class Report:
    """What a load did, nodes and links together, and what to look at.

    added + changed + same are the rows of the load; `released` counts rows that it no longer
    states, but others do; `findings` are attributes that two owners state differently. `version`
    is that of the network afterwards.
    """

    network: str
    dataset: str
    added: int = 0
    changed: int = 0
    ended: int = 0
    same: int = 0
    released: int = 0
    version: int = 0
    findings: tuple[str, ...] = ()
    dry_run: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return asdict(self)

    def __str__(self) -> str:
        return say("store_report", **(asdict(self) | {"findings": len(self.findings)}))


@dataclass
class Stored:
    """What the server holds of a row: hash, owners, last day; of a link where it begins."""

    hash: int | None
    owners: int
    valid_to: str | None = None
    source: str = ""
    relation: str = ""

    def holds(self, last: datetime.date) -> bool:
        """Whether the row goes on after the day `last`."""
        return self.valid_to is None or self.valid_to > last.isoformat()


@dataclass
class Difference:
    """The rows of one part (nodes, links) by what becomes of them; `look` must be read in full."""

    new: list[str] = field(default_factory=list)
    same: int = 0
    look: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    ending: int = 0  # rows that hold and that the dataset drops,
    released: int = 0  # those of them that go on because others state them
    holding: int = 0


def difference(
    incoming: Mapping[str, int], owned: Mapping[str, Stored], others: set[str], last: datetime.date
) -> Difference:
    """Compare the hashes of a load with what its dataset stated before.

    `others` are keys that are there anyway.
    """
    found = Difference()
    for key, hash in incoming.items():
        known = owned.get(key)
        if known is None:
            (found.look if key in others else found.new).append(key)
        elif known.owners == 1 and known.hash == hash:
            found.same += 1
        else:
            found.look.append(key)
    found.gone = [key for key in owned if key not in incoming]
    found.holding = sum(known.holds(last) for known in owned.values())
    ending = [owned[key] for key in found.gone if owned[key].holds(last)]
    found.ending, found.released = len(ending), sum(known.owners > 1 for known in ending)
    return found


def withheld(ending: int, holding: int, accepted: int | None) -> bool:
    """Whether so many endings look like a truncated file: over a tenth and over ten rows.

    Those that are accepted do not.
    """
    if accepted is not None:
        return ending > accepted
    return ending > _ROWS and ending > _SHARE * holding


# -- one row and its owners -----------------------------------------------------------------------


class Differing(NamedTuple):
    """An attribute that two owners state differently."""

    name: str
    first: str
    value: Any
    other: str
    said: Any


def restated(
    part: str, stored: Properties, dataset: str, row: Properties
) -> tuple[dict[str, Any], list[Differing]]:
    """Return a stored row after `dataset` states `row`, and where owners differ."""
    return _merged({**statements(part, stored), dataset: dict(row)})


def dropped(part: str, stored: Properties, dataset: str, last: datetime.date) -> dict[str, Any]:
    """Return the properties of a stored row after `dataset` no longer states it.

    It goes on by what its other owners state; without any it ends on `last`, or on its first day if
    that is later.
    """
    by_owner = statements(part, stored)
    by_owner.pop(dataset, None)
    if by_owner:
        return _merged(by_owner)[0]
    row = content(stored)
    old, begins = row.get("valid_to"), row.get("valid_from")
    if old is None or old > last:
        row["valid_to"] = max(last, begins) if begins else last
    return row | {"owners": []}


def statements(part: str, stored: Properties) -> dict[str, dict[str, Any]]:
    """Return what each owner states of a row: owner -> properties."""
    owners = stored.get("owners") or []
    if len(owners) < 2:
        return {owner: content(stored) for owner in owners}
    return {
        owner: {name: _read(part, name, value) for name, value in row.items()}
        for owner, row in json.loads(stored["statements"]).items()
    }


def content(stored: Properties) -> dict[str, Any]:
    """Return what is stated of a row, without what the layout adds."""
    return {name: value for name, value in stored.items() if name not in OWN}


def _merged(by_owner: Mapping[str, Properties]) -> tuple[dict[str, Any], list[Differing]]:
    """The row of several owners, and where they differ: what the first says who states it is so.

    A row lasts as long as the owner says who lets it last longest.
    """
    row: dict[str, Any] = {}
    first: dict[str, str] = {}
    differing = []
    for owner, stated in by_owner.items():
        for name, value in stated.items():
            if first.setdefault(name, owner) == owner:
                row[name] = value
            elif row[name] != value and name not in _APART:
                differing.append(Differing(name, first[name], row[name], owner, value))
    _last_longest(row, [stated.get("valid_to") for stated in by_owner.values()])
    row["owners"] = list(by_owner)
    if len(by_owner) > 1:
        plain = {owner: _plain_row(stated) for owner, stated in by_owner.items()}
        row["statements"] = json.dumps(plain, ensure_ascii=False)
    return row, differing


def _last_longest(row: dict[str, Any], ends: Sequence[datetime.date | None]) -> None:
    days = [day for day in ends if day is not None]
    if len(days) < len(ends):
        row.pop("valid_to", None)
    elif days:
        row["valid_to"] = max(days)


def findings(part: str, key: str, stored: Properties) -> list[str]:
    """Say where the owners of a stored row differ."""
    _, differing = _merged(statements(part, stored))
    return [finding(key, found) for found in differing]


def finding(key: str, differing: Differing) -> str:
    """Say that two owners state an attribute differently."""
    return say(
        "store_owners_differ",
        row=key.replace(SEPARATOR, " "),
        column=differing.name,
        first=differing.first,
        value=differing.value,
        other=differing.other,
        said=differing.said,
    )


def _plain_row(stated: Properties) -> dict[str, Any]:
    return {name: _plain(value) for name, value in sorted(stated.items())}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _read(part: str, name: str, value: Any) -> Any:
    return datetime.date.fromisoformat(value) if TYPES[part].get(name) == "date" else value


# -- what is stated of the whole ------------------------------------------------------------------


def merged_meta(stated: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what a network of several datasets states of itself.

    That is what its first dataset says, and the latest data day. That a table is complete is true
    of the whole only if every dataset says so, and from the day on when the last one did; that the
    links of one group are complete (`links.MEMBER_OF.G2`), if nobody says otherwise.

    >>> days = ({"links.complete": "complete", "links.complete_date": d} for d in ("2024", "2023"))
    >>> merged_meta(list(days))["links.complete_date"]
    '2024'
    """
    merged: dict[str, str] = {}
    for meta in stated:
        for name, value in meta.items():
            merged.setdefault(name, value)
    days = [meta["data_day"] for meta in stated if "data_day" in meta]
    if days:
        merged["data_day"] = max(days)
    complete = [name for name in merged if name.endswith(".complete")]
    doubted = {name for name in complete if _is_doubted(name, merged[name], stated)}
    merged |= dict.fromkeys(doubted, "partial")
    for name in complete:
        if any(f"{name}_date" in meta for meta in stated):
            merged[f"{name}_date"] = _last_declared(name, stated)
    # who said that a table is complete, and when, goes with it
    return {name: text for name, text in merged.items() if name.rpartition("_")[0] not in doubted}


def _last_declared(name: str, stated: Sequence[Mapping[str, str]]) -> str:
    """The day from which every dataset has declared `name`; one that nobody can read, as it is."""
    days = [meta.get(f"{name}_date", meta.get("data_day", "")) for meta in stated if name in meta]
    unclear = [text for text in days if text and first_day(text) is None]
    return unclear[0] if unclear else max(days, key=lambda text: first_day(text) or _BEFORE_ALL)


def _is_doubted(name: str, value: str, stated: Sequence[Mapping[str, str]]) -> bool:
    """Whether some dataset does not say the same of the completeness `name`."""
    of_one_group = name.count(".") > 2
    unsaid = value if of_one_group else None
    return any(meta.get(name, unsaid) != value for meta in stated)
