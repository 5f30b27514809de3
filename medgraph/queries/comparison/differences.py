"""What differs between two networks, or one network on two days; merges and renamings told apart."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.lookups import is_among
from medgraph.graphmodel.canonical import frame, unpacked
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.schema import ENDS
from medgraph.queries import alliances, coverage, dispatch, sharing, teams
from medgraph.queries.answers import answer, define, frame_of
from medgraph.queries.comparison.other_records import other_links, other_nodes
from medgraph.queries.results import Answer
from medgraph.queries.sharing.obligations import OBLIGATIONS
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

COLUMNS = (
    "what",
    "kind",
    "change",
    "source",
    "name",
    "relation",
    "target",
    "target_name",
    "field",
    "before",
    "after",
    "status",
)
# What makes two records of one relation the same record.
KEY = ("source", "relation", "target", "specialty", "service", "person", "period", "recipient")
_BOOKKEEPING = ("id", "valid_from", "valid_to", "origin")
_NAMES = ("name", "short_name", "aliases", "name_en")
_WORDS = {
    "Facility": "facility",
    "Area": "area",
    "Group": "group",
    "SharedCentre": "centre",
    "Team": "team",
    "Committee": "committee",
    "Department": "department",
    "Platform": "platform",
    "Authority": "authority",
}
SHARES: dict[str, Callable[..., Answer]] = {
    "coverage.served": coverage.served,
    "sharing.centres": sharing.centres,
    "sharing.matrix": sharing.matrix,
    "sharing.unsupported": sharing.unsupported,
    "sharing.recognition": sharing.recognition,
    "alliances.links": alliances.links,
    "alliances.only": alliances.only,
    "teams.missing": teams.missing,
    "dispatch.coverage all_year": lambda net, as_of: dispatch.coverage(
        net, test="all_year", as_of=as_of
    ),
    "dispatch.coverage six_months": lambda net, as_of: dispatch.coverage(
        net, test="six_months", as_of=as_of
    ),
    "dispatch.quota": dispatch.quota,
}


def compare(
    before: MedicalNetwork,
    after: MedicalNetwork | None = None,
    *,
    from_day: datetime.date | str | None = None,
    to_day: datetime.date | str | None = None,
) -> Answer:
    """Name everything that differs: facilities, areas, groups, links, obligations, areas served, shares.

    A difference is `structural` where it only follows from a merge, a split or a renaming (SUCCEEDED_BY in the later
    network), else `real`. A renamed facility is compared as the one it has become; a record carried over
    from an old facility to its successor is structural.

    Parameters
    ----------
    before
        The earlier network.
    after
        The later one; without it, `before` itself on two days.
    from_day, to_day
        The days; default: the data day of each network.

    Returns
    -------
    Answer
        A row per difference: `what` (facility, area, group, centre, team, link, obligation, served, share), `kind`
        (real, structural), `change` (added, removed, changed, renamed, merged, split), `source` and `name` (the
        subject, or the start of a link), `relation`, `target`, `target_name`, `field` (what of it), `before`, `after`,
        `status` (the change). Accounted for are all nodes, links, cells, areas and shares of either side.
        Obligations are compared for centres at work on both sides.
    """
    if after is None and from_day is None and to_day is None:
        raise OptionError(say("compare_one_day"))
    later = before if after is None else after
    pair = _Pair(before, later, before.day(from_day), later.day(to_day))
    rows, compared = [], 0
    for part in (pair.nodes, pair.links, pair.cells, pair.served, pair.shares):
        count, found = part()
        compared += count
        rows += [_row(pair, **one) for one in found]
    frame = frame_of(rows, COLUMNS)
    real = int((frame["kind"] == "real").sum()) if rows else 0
    note = say(
        "compare_counts",
        before=pair.days[0],
        after=pair.days[1],
        real=real,
        structural=len(rows) - real,
    )
    day = Day(later, pair.days[1])
    return answer(
        day,
        "compare",
        define(day, "compare_numerator", "compare_denominator", "facts"),
        frame,
        judged=compared,
        notes=(note,),
    )


def _row(
    pair: _Pair,
    *,
    what: str,
    change: str,
    source: str,
    kind: str = "real",
    relation: str = "",
    target: str = "",
    field: str = "",
    before: object = None,
    after: object = None,
) -> dict:
    return {
        "what": what,
        "kind": kind,
        "change": change,
        "source": source,
        "name": pair.name(source),
        "relation": relation,
        "target": target,
        "target_name": pair.name(target) if target else "",
        "field": field,
        "before": _text(before),
        "after": _text(after),
        "status": change,
    }


def _text(value: object) -> str:
    import pandas as pd

    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    return value.isoformat()[:10] if isinstance(value, datetime.date) else str(value)


@dataclass
class _Pair:
    """Two networks, each on its day."""

    before: MedicalNetwork
    after: MedicalNetwork
    day_before: datetime.date
    day_after: datetime.date

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        return self.day_before, self.day_after

    @cached_property
    def held(self) -> tuple[MedicalNetwork, MedicalNetwork]:
        """The facts that hold on the days."""
        return self.before.as_of(self.day_before), self.after.as_of(self.day_after)

    def name(self, id: str) -> str:
        return next(
            (net.name(id) for net in (self.after, self.before) if net.index.position(id) >= 0), id
        )

    @cached_property
    def trail(self) -> dict[str, list[str]]:
        """What each node that is gone has become: its successors, in the later network."""
        old, new = (set(net.index.ids.to_pylist()) for net in self.held)
        known = set(self.after.index.ids.to_pylist())
        has_trail = (
            set(self.after.edges("SUCCEEDED_BY")["source"])
            if len(self.after.index.links("SUCCEEDED_BY"))
            else set()
        )
        return {
            id: [s for s in self.after.successors(id, on=self.day_after) if s in new]
            for id in sorted((old - new) & known & has_trail)
        }

    @cached_property
    def follows(self) -> dict[str, str]:
        """Old id -> the one id it has become; nothing for a split."""
        return {old: new[0] for old, new in self.trail.items() if len(new) == 1}

    # -- nodes ---------------------------------------------------------------------------------

    def nodes(self) -> tuple[int, list[dict]]:
        gone, come, doubtful = other_nodes(*self.held, _BOOKKEEPING)
        heirs = {new for news in self.trail.values() for new in news}
        one, two = (
            _by_id(net, ids)
            for net, ids in zip(
                self.held, ([*gone, *doubtful], [*come, *doubtful, *heirs]), strict=True
            )
        )
        rows: list[dict] = []
        for id in sorted(gone):
            rows.append(
                {"what": _WORDS[one[id]["kind"]], "source": id, "before": id, **self._fate(id)}
            )
        for id in sorted({*come} - heirs):
            rows.append(
                {"what": _WORDS[two[id]["kind"]], "change": "added", "source": id, "after": id}
            )
        for id in sorted(doubtful):
            rows += self._fields(id, one[id], two[id])
        for old, new in self.follows.items():
            if new in set(come):
                rows += self._fields(new, one[old], two[new], skip=("id", *_NAMES))
        return len(self.held[0].index) + len(come), rows

    def _fate(self, id: str) -> dict:
        """How a node ended: for good, or into others."""
        successors = self.trail.get(id, [])
        if not successors:
            return {"change": "removed"}
        known = self.held[0].index.position(successors[0]) >= 0
        parents = sum(successors[0] in others for others in self.trail.values())
        change = "split" if len(successors) > 1 else "merged" if known or parents > 1 else "renamed"
        return {"change": change, "kind": "structural", "after": "|".join(successors)}

    def _fields(self, id: str, one: dict, two: dict, skip: tuple[str, ...] = ()) -> Iterator[dict]:
        for field in sorted(one.keys() | two.keys()):
            if field not in (*_BOOKKEEPING, *skip) and _text(one.get(field)) != _text(
                two.get(field)
            ):
                yield {
                    "what": _WORDS[two["kind"]],
                    "change": "changed",
                    "source": id,
                    "field": field,
                    "before": one.get(field),
                    "after": two.get(field),
                }

    # -- links ---------------------------------------------------------------------------------

    def links(self) -> tuple[int, list[dict]]:
        """Records that are on one side alone, or differ; those carried over to a successor are structural."""
        masks = other_links(*self.held, _BOOKKEEPING, {*self.follows, *self.follows.values()})
        one, two = (
            _numbered(_differing(net, mask), self.follows if first else {})
            for net, mask, first in zip(self.held, masks, (True, False), strict=True)
        )
        fields = dict.fromkeys([*one.columns, *two.columns])
        one, two = (
            side.reindex(columns=list(fields)) for side in (one, two)
        )  # a field may be stated on one side only
        same = self.held[0].packed_tables[1].filter(pa.array(~masks[0]))
        both = one.merge(
            two, how="outer", on=[*KEY, "number"], suffixes=("_before", "_after"), indicator=True
        )
        there = set(map(tuple, two[list(KEY)].itertuples(index=False)))
        rows: list[dict] = []
        for record in both.to_dict("records"):
            rows += self._link(record, tuple(record[k] for k in KEY) in there)
        return len(both) + int(_compared(same["relation"]).sum()), rows

    def _link(self, record: dict, still_there: bool) -> Iterator[dict]:
        base = {
            "what": "link",
            "source": record["source"],
            "relation": record["relation"],
            "target": record["target"],
        }
        carried = record.get("carried_before") is True
        label = "; ".join(f"{k}={record[k]}" for k in KEY[3:] if record[k])
        if record["_merge"] == "right_only":
            yield base | {"change": "added", "after": label or record["target"]}
        elif record["_merge"] == "left_only":
            inward = carried and (still_there or record["source"] == record["target"])
            ends = {"source": record["was_source_before"], "target": record["was_target_before"]}
            yield (
                base
                | ends
                | {
                    "change": "merged" if inward else "removed",
                    "before": label or record["target"],
                    "kind": "structural" if inward else "real",
                }
            )
        else:
            if carried:
                yield base | {
                    "change": "renamed",
                    "kind": "structural",
                    "before": (f"{record['was_source_before']} → {record['was_target_before']}"),
                    "after": (f"{record['source']} → {record['target']}"),
                }
            fields = {k.removesuffix("_before") for k in record if k.endswith("_before")}
            for field in sorted(fields - {"carried", "was_source", "was_target"}):
                one, two = _text(record[f"{field}_before"]), _text(record.get(f"{field}_after"))
                if one != two:
                    yield base | {"change": "changed", "field": field, "before": one, "after": two}

    # -- what follows --------------------------------------------------------------------------

    @cached_property
    def matrices(self) -> tuple[Answer, ...]:
        """The obligation matrix of either side."""
        return tuple(
            sharing.matrix(net, as_of=day)
            for net, day in zip((self.before, self.after), self.days, strict=True)
        )

    def cells(self) -> tuple[int, list[dict]]:
        one, two = map(_states, self.matrices)
        one = {
            (self.follows.get(f, f) if self.follows.get(f, f) not in one else f, o): s
            for f, states in one.items()
            for o, s in states.items()
        }
        later = {(f, o): s for f, states in two.items() for o, s in states.items()}
        shared = sorted(one.keys() & later.keys(), key=lambda k: (k[0], OBLIGATIONS.index(k[1])))
        return len(shared), [
            {
                "what": "obligation",
                "change": "changed",
                "source": f,
                "field": o,
                "before": one[f, o],
                "after": later[f, o],
            }
            for f, o in shared
            if one[f, o] != later[f, o]
        ]

    def served(self) -> tuple[int, list[dict]]:
        one, two = (
            _served(net, day) for net, day in zip((self.before, self.after), self.days, strict=True)
        )
        return len(one.keys() & two.keys()), [
            {
                "what": "served",
                "change": "changed",
                "source": area,
                "field": "group",
                "before": one[area],
                "after": two[area],
            }
            for area in sorted(one.keys() & two.keys())
            if one[area] != two[area]
        ]

    def shares(self) -> tuple[int, list[dict]]:
        rows = []
        for name, ask in SHARES.items():
            sides = zip((self.before, self.after), self.days, strict=True)
            answers = (
                self.matrices
                if name == "sharing.matrix"
                else [ask(net, as_of=day) for net, day in sides]
            )
            one, two = (
                say("compare_share", share=str(a.share or "-"), unknown=len(a.unknown))
                for a in answers
            )
            if one != two:
                rows.append(
                    {
                        "what": "share",
                        "change": "changed",
                        "source": name,
                        "before": one,
                        "after": two,
                    }
                )
        return len(SHARES), rows


def _by_id(net: MedicalNetwork, ids: Iterable[str]) -> dict[str, dict]:
    """The fields with a value of these nodes."""
    rows = net.packed_tables[0].take(pa.array(net.index.order[net.index.positions(sorted({*ids}))]))
    return {
        row["id"]: {k: v for k, v in row.items() if k != "id" and _text(v)}
        for row in rows.to_pylist()
    }


def _differing(net: MedicalNetwork, mask: np.ndarray) -> pd.DataFrame:
    edges = net.packed_tables[1].filter(pa.array(mask))
    edges = unpacked(edges.filter(pa.array(_compared(edges["relation"]))))
    return frame(edges, keep=("source", "relation", "target"))


def _compared(relations: pa.ChunkedArray) -> np.ndarray:
    """A mask: links of the model's relations; the trail of successors is not a difference of its own."""
    return is_among(relations, pa.array([*{*ENDS} - {"SUCCEEDED_BY"}], pa.string()))


def _numbered(edges: pd.DataFrame, follows: dict[str, str]) -> pd.DataFrame:
    """Links with the ends that they have become, equal keys numbered, those not carried over first."""
    edges = edges.drop(columns=[c for c in _BOOKKEEPING if c in edges.columns]).astype(object)
    for column in KEY:
        edges[column] = (
            edges[column].where(edges[column].notna(), "") if column in edges.columns else ""
        )
    edges["was_source"], edges["was_target"] = edges["source"], edges["target"]
    for end in ("source", "target"):
        edges[end] = [follows.get(id, id) for id in edges[end]]
    edges["carried"] = (edges["source"] != edges["was_source"]) | (
        edges["target"] != edges["was_target"]
    )
    edges = edges.sort_values([*KEY, "carried"], kind="stable")
    edges["number"] = edges.groupby(list(KEY), sort=False).cumcount()
    return edges


def _states(matrix: Answer) -> dict[str, dict[str, str]]:
    return {
        row["facility"]: {o: row[o] for o in OBLIGATIONS} for row in matrix.frame.to_dict("records")
    }


def _served(net: MedicalNetwork, day: datetime.date) -> dict[str, str]:
    """Area -> its status, with the groups where it is served."""
    answer = coverage.served(net, as_of=day)
    parts = [part.to_dict("records") for part in (answer.frame, answer.unknown)]
    return {
        row["area"]: " ".join(filter(None, (row["status"], _text(row.get("group")))))
        for part in parts
        for row in part
        if "area" in row
    }
