"""Decide what a load changes: rows new, same, changed, ended; what several owners state; what is withheld.

Nothing here knows the server: rows are maps of properties, an owner is the name of a dataset.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from medgraph.loaders.store.layout import OWN, SEPARATOR, TYPES
from medgraph.words.say import say

_SHARE, _ROWS = 0.10, 10  # more endings than both are withheld
_APART = {"origin"}  # where each found it: not a statement about the facility


@dataclass(frozen=True)
class Report:
    """What a load did: rows added, changed, ended and same (nodes and links together), and what to look at.

    added + changed + same are the rows of the load; `released` counts rows that it no longer states, but others do;
    `findings` are attributes that two owners state differently.
    `version` is that of the network afterwards.
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
        return asdict(self)

    def __str__(self) -> str:
        return say("store_report", **(asdict(self) | {"findings": len(self.findings)}))


@dataclass
class Stored:
    """What the server holds of a row: its hash, how many owners, last day; for a link also where it begins."""

    hash: int | None
    owners: int
    valid_to: str | None = None
    source: str = ""
    relation: str = ""

    def holds(self, last: datetime.date) -> bool:
        return self.valid_to is None or self.valid_to > last.isoformat()


@dataclass
class Difference:
    """The rows of one part (nodes, links) by what becomes of them; `look` are keys of which all must be read."""

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
    """Compare the hashes of a load with what its dataset stated before; `others` are keys that are there anyway."""
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
    """Whether so many endings look like a truncated file: over a tenth and over ten rows, and not accepted."""
    if accepted is not None:
        return ending > accepted
    return ending > _ROWS and ending > _SHARE * holding


# -- one row and its owners --------------------------------------------------------------------------------


def restated(
    part: str, stored: Mapping[str, Any], dataset: str, row: Mapping[str, Any]
) -> tuple[dict, list]:
    """Return the properties of a stored row after `dataset` states `row`, and where owners differ."""
    said = statements(part, stored)
    said[dataset] = dict(row)
    return _merged(part, said)


def dropped(
    part: str, stored: Mapping[str, Any], dataset: str, last: datetime.date
) -> dict[str, Any]:
    """Return the properties of a stored row after `dataset` no longer states it.

    It goes on by what its other owners state; without any it ends on `last`, or on its first day if that is later.
    """
    said = statements(part, stored)
    said.pop(dataset, None)
    if said:
        return _merged(part, said)[0]
    row = content(stored)
    old, begins = row.get("valid_to"), row.get("valid_from")
    if old is None or old > last:
        row["valid_to"] = max(last, begins) if begins else last
    return row | {"owners": []}


def statements(part: str, stored: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what each owner states of a row: owner -> properties."""
    owners = stored.get("owners") or []
    if len(owners) < 2:
        return {owner: content(stored) for owner in owners}
    return {
        owner: {name: _read(part, name, value) for name, value in row.items()}
        for owner, row in json.loads(stored["statements"]).items()
    }


def content(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stored.items() if name not in OWN}


def _merged(part: str, said: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], list]:
    """The row of several owners: of each attribute what the first who states it says; and who says otherwise.

    A row lasts as long as the owner says who lets it last longest.
    """
    row: dict[str, Any] = {}
    by: dict[str, str] = {}
    differing = []
    for owner, stated in said.items():
        for name, value in stated.items():
            if by.setdefault(name, owner) == owner:
                row[name] = value
            elif row[name] != value and name not in _APART:
                differing.append((name, by[name], row[name], owner, value))
    ends = [stated.get("valid_to") for stated in said.values()]
    if None in ends:
        row.pop("valid_to", None)
    elif ends:
        row["valid_to"] = max(ends)
    row["owners"] = list(said)
    if len(said) > 1:
        row["statements"] = json.dumps(
            {
                owner: {n: _plain(v) for n, v in sorted(stated.items())}
                for owner, stated in said.items()
            },
            ensure_ascii=False,
        )
    return row, differing


def findings(part: str, key: str, stored: Mapping[str, Any]) -> list[str]:
    """Say where the owners of a stored row differ."""
    return [finding(key, differing) for differing in _merged(part, statements(part, stored))[1]]


def finding(key: str, differing: tuple) -> str:
    """Say that two owners state an attribute differently."""
    name, first, value, other, said = differing
    return say(
        "store_owners_differ",
        row=key.replace(SEPARATOR, " "),
        column=name,
        first=first,
        value=value,
        other=other,
        said=said,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _read(part: str, name: str, value: Any) -> Any:
    return datetime.date.fromisoformat(value) if TYPES[part].get(name) == "date" else value


# -- what is stated of the whole ------------------------------------------------------------------------


def merged_meta(stated: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What a network of several datasets states of itself: what its first dataset says, the latest data day.

    That a table is complete is true of the whole only if every dataset says so; that the links of one group are
    complete (`links.MEMBER_OF.G2`), if nobody says otherwise.
    """
    merged: dict[str, str] = {}
    for meta in stated:
        for name, value in meta.items():
            merged.setdefault(name, value)
    if days := [meta["data_day"] for meta in stated if "data_day" in meta]:
        merged["data_day"] = max(days)
    complete = {n for n in merged if n.endswith(".complete") and _doubted(n, merged[n], stated)}
    for name in complete:
        merged[name] = "partial"
    return {n: v for n, v in merged.items() if n.rpartition("_")[0] not in complete}


def _doubted(name: str, value: str, stated: Sequence[Mapping[str, str]]) -> bool:
    of_one = name.count(".") > 2
    return any(meta.get(name, value if of_one else None) != value for meta in stated)
