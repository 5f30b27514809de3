"""Compare the links of two networks, record by record, through renamings and mergers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from medgraph.graphmodel.arrays.lookups import is_among
from medgraph.graphmodel.canonical import unpacked
from medgraph.graphmodel.schema import ENDS
from medgraph.queries.comparison.other_records import other_links
from medgraph.queries.comparison.sides import BOOKKEEPING, Compared, Difference
from medgraph.queries.comparison.text_columns import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.comparison.sides import Sides

# What tells the records of one relation between the same two nodes apart.
_DETAILS = ("specialty", "service", "person", "period", "recipient")
# What makes two records of one relation the same record.
KEY = ("source", "relation", "target", *_DETAILS)
# The fields of a link by name.
Fields = dict[str, Any]
Key = tuple[str, ...]
# Several records may have one key.
Numbered = tuple[Key, int]


class Link(NamedTuple):
    """A link as one side has it, with the ends that it has become, and those that it had."""

    fields: Fields
    source: str
    target: str

    @property
    def is_carried(self) -> bool:
        """Whether an end of it has become another node."""
        return (self.source, self.target) != (self.fields["source"], self.fields["target"])


class Record(NamedTuple):
    """One record by its key, as it is on either side."""

    key: Key
    before: Link | None
    after: Link | None

    @property
    def difference(self) -> Difference:
        """A change of its link."""
        ends = dict(zip(KEY[:3], self.key, strict=False))
        return Difference("link", "changed", **ends)

    @property
    def label(self) -> str:
        """What tells it from others between its ends, or where it ends."""
        named = dict(zip(KEY, self.key, strict=True))
        details = [f"{detail}={named[detail]}" for detail in _DETAILS if named[detail]]
        return "; ".join(details) or named["target"]


def link_differences(sides: Sides) -> Compared:
    """Return records that one side alone has, and each field that differs of those on both.

    A record that a node hands on to its one successor is structural.
    """
    renamed = {*sides.follows, *sides.follows.values()}
    masks = other_links(sides.held_before, sides.held_after, BOOKKEEPING, renamed, sides.relations)
    before = _numbered(_links(sides.held_before, masks[0]), sides.follows)
    after = _numbered(_links(sides.held_after, masks[1]), {})
    there = {key for key, _ in after}
    found: list[Difference] = []
    for key, number in sorted(before.keys() | after.keys()):
        one, other = before.get((key, number)), after.get((key, number))
        found += _differences_of(Record(key, one, other), still_there=key in there)
    records = len(before.keys() | after.keys())
    return Compared(records + _count(sides.held_before, ~masks[0]), found)


def _links(net: MedicalNetwork, mask: Mask) -> list[Fields]:
    """The links of a mask, without what is kept beside their facts."""
    edges = net.packed_tables[1].filter(pa.array(mask))
    edges = unpacked(edges.filter(pa.array(_compared(edges["relation"]))))
    kept = [name for name in edges.column_names if name not in BOOKKEEPING]
    found: list[Fields] = edges.select(kept).to_pylist()
    return found


def _count(net: MedicalNetwork, mask: Mask) -> int:
    """How many links of a mask are compared."""
    relations = net.packed_tables[1]["relation"].filter(pa.array(mask))
    return int(_compared(relations).sum())


def _compared(relations: pa.ChunkedArray) -> Mask:
    """Links of the model's relations; the succession itself is no difference of its own."""
    return is_among(relations, pa.array([*{*ENDS} - {"SUCCEEDED_BY"}], pa.string()))


def _numbered(links: Iterable[Fields], follows: Mapping[str, str]) -> dict[Numbered, Link]:
    """Links with the ends that they have become, equal keys numbered, carried ones last."""
    became = [_became(fields, follows) for fields in links]
    numbers: Counter[Key] = Counter()
    found: dict[Numbered, Link] = {}
    for link in sorted(became, key=lambda link: link.is_carried):
        key = _key(link.fields)
        found[key, numbers[key]] = link
        numbers[key] += 1
    return found


def _became(fields: Fields, follows: Mapping[str, str]) -> Link:
    source, target = fields["source"], fields["target"]
    now = {"source": follows.get(source, source), "target": follows.get(target, target)}
    return Link({**fields, **now}, source, target)


def _key(fields: Fields) -> Key:
    return tuple(fields.get(column) or "" for column in KEY)


def _differences_of(record: Record, *, still_there: bool) -> Iterator[Difference]:
    """What differs of one record; `still_there`: whether the later side has its key at all."""
    if record.before is None:
        yield record.difference._replace(change="added", after=record.label)
    elif record.after is None:
        yield _gone(record, record.before, still_there)
    else:
        if record.before.is_carried:
            yield _handed_on(record, record.before)
        yield from _changed(record, record.before.fields, record.after.fields)


def _gone(record: Record, link: Link, still_there: bool) -> Difference:
    """A record without a counterpart: merged into one of the successor, or removed."""
    became_inward = link.fields["source"] == link.fields["target"]
    is_merged = link.is_carried and (still_there or became_inward)
    return Difference(
        "link",
        "merged" if is_merged else "removed",
        link.source,
        kind="structural" if is_merged else "real",
        relation=link.fields["relation"],
        target=link.target,
        before=record.label,
    )


def _handed_on(record: Record, link: Link) -> Difference:
    """A record that goes on with the successor."""
    return record.difference._replace(
        change="renamed",
        kind="structural",
        before=f"{link.source} → {link.target}",
        after=f"{link.fields['source']} → {link.fields['target']}",
    )


def _changed(record: Record, before: Fields, after: Fields) -> Iterator[Difference]:
    """Every field that differs; those of the key do not."""
    for field in sorted({*before, *after}.difference(KEY)):
        one, other = as_text(before.get(field)), as_text(after.get(field))
        if one != other:
            yield record.difference._replace(field=field, before=one, after=other)
