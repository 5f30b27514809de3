"""Compare the links of two networks, record by record, through renamings and mergers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.graphmodel.arrays.lookups import is_among
from medgraph.graphmodel.canonical import frame, unpacked
from medgraph.graphmodel.schema import ENDS
from medgraph.queries.comparison.other_records import other_links
from medgraph.queries.comparison.sides import BOOKKEEPING, Compared, Difference, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.comparison.sides import Sides

# One record of a link as it is on both sides: its key, and each field `_before` and `_after`.
Record = dict[str, Any]

# What tells the records of one relation between the same two nodes apart.
_DETAILS = ("specialty", "service", "person", "period", "recipient")
# What makes two records of one relation the same record.
_KEY = ["source", "relation", "target", *_DETAILS]
# What is noted of a record that is carried over to a successor.
_CARRIED = ("carried", "was_source", "was_target")


def link_differences(sides: Sides) -> Compared:
    """Return records that one side alone has, and each field that differs of those on both.

    A record that a node hands on to its one successor is structural.
    """
    renamed = {*sides.follows, *sides.follows.values()}
    masks = other_links(sides.held_before, sides.held_after, BOOKKEEPING, renamed)
    before = _numbered(_links(sides.held_before, masks[0]), sides.follows)
    after = _numbered(_links(sides.held_after, masks[1]), {})
    records = _side_by_side(before, after)
    there = set(after[_KEY].itertuples(index=False, name=None))
    found: list[Difference] = []
    for record in records:
        still_there = tuple(record[column] for column in _KEY) in there
        found += _differences_of(record, still_there)
    return Compared(len(records) + _count(sides.held_before, ~masks[0]), found)


def _links(net: MedicalNetwork, mask: Mask) -> pd.DataFrame:
    """The links of a mask, as a frame."""
    edges = net.packed_tables[1].filter(pa.array(mask))
    edges = unpacked(edges.filter(pa.array(_compared(edges["relation"]))))
    return frame(edges, keep=("source", "relation", "target"))


def _count(net: MedicalNetwork, mask: Mask) -> int:
    """How many links of a mask are compared."""
    relations = net.packed_tables[1]["relation"].filter(pa.array(mask))
    return int(_compared(relations).sum())


def _compared(relations: pa.ChunkedArray) -> Mask:
    """Links of the model's relations; the succession itself is no difference of its own."""
    return is_among(relations, pa.array([*{*ENDS} - {"SUCCEEDED_BY"}], pa.string()))


def _numbered(edges: pd.DataFrame, follows: Mapping[str, str]) -> pd.DataFrame:
    """Links with the ends that they have become, equal keys numbered, carried ones last."""
    edges = edges.drop(columns=[column for column in BOOKKEEPING if column in edges.columns])
    edges = edges.reindex(columns=list(dict.fromkeys([*edges.columns, *_KEY]))).astype(object)
    edges[_KEY] = edges[_KEY].where(edges[_KEY].notna(), "")
    for end in ("source", "target"):
        edges[f"was_{end}"] = edges[end]
        edges[end] = [follows.get(id, id) for id in edges[end]]
    same_source = edges["source"] == edges["was_source"]
    same_target = edges["target"] == edges["was_target"]
    edges["carried"] = ~(same_source & same_target)
    edges = edges.sort_values([*_KEY, "carried"], kind="stable")
    edges["number"] = edges.groupby(_KEY, sort=False).cumcount()
    return edges


def _side_by_side(before: pd.DataFrame, after: pd.DataFrame) -> list[Record]:
    """The records of both sides by their keys; a field may be stated on one side alone."""
    fields = list(dict.fromkeys([*before.columns, *after.columns]))
    both: Any = before.reindex(columns=fields).merge(
        after.reindex(columns=fields),
        how="outer",
        on=[*_KEY, "number"],
        suffixes=("_before", "_after"),
        indicator=True,
    )
    records: list[Record] = both.to_dict("records")
    return records


def _differences_of(record: Record, still_there: bool) -> Iterator[Difference]:
    """What differs of one record; `still_there`: whether the later side has its key at all."""
    if record["_merge"] == "right_only":
        yield _link(record)._replace(change="added", after=_label(record))
    elif record["_merge"] == "left_only":
        yield _gone(record, still_there)
    else:
        if _is_carried(record):
            yield _handed_on(record)
        yield from _changed(record)


def _link(record: Record) -> Difference:
    """A change of the link of a record."""
    ends = {end: record[end] for end in ("source", "relation", "target")}
    return Difference("link", "changed", **ends)


def _label(record: Record) -> str:
    """What tells a record from others between its ends, or where it ends."""
    details = [f"{detail}={record[detail]}" for detail in _DETAILS if record[detail]]
    return "; ".join(details) or record["target"]


def _is_carried(record: Record) -> bool:
    """Whether an end of the record has become another node."""
    return record["carried_before"] is True


def _gone(record: Record, still_there: bool) -> Difference:
    """A record without a counterpart: merged into one of the successor, or removed."""
    became_inward = record["source"] == record["target"]
    is_merged = _is_carried(record) and (still_there or became_inward)
    return Difference(
        "link",
        "merged" if is_merged else "removed",
        record["was_source_before"],
        kind="structural" if is_merged else "real",
        relation=record["relation"],
        target=record["was_target_before"],
        before=_label(record),
    )


def _handed_on(record: Record) -> Difference:
    """A record that goes on with the successor."""
    return _link(record)._replace(
        change="renamed",
        kind="structural",
        before=f"{record['was_source_before']} → {record['was_target_before']}",
        after=f"{record['source']} → {record['target']}",
    )


def _changed(record: Record) -> Iterator[Difference]:
    """Every field that differs."""
    names = {name.removesuffix("_before") for name in record if name.endswith("_before")}
    for field in sorted(names.difference(_CARRIED)):
        one, other = as_text(record[f"{field}_before"]), as_text(record[f"{field}_after"])
        if one != other:
            yield _link(record)._replace(field=field, before=one, after=other)
