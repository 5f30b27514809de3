"""See a network on one day: who is at work, which links hold, who belongs to which group.

What the queries on sharing, dispatch, alliances, teams and resilience stand on. Everything is an array
over the positions of `net.index`, so that a nation costs no more than its links.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.canonical import edge_ids
from medgraph.graphmodel.index import Links
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import say
from medgraph.words.vocabularies import PRIMARY_TYPES, STATION_TYPES

if TYPE_CHECKING:
    import pandas as pd

HOLDS, EXPIRED, NOT_YET = 0, 1, 2
NONE, SEVERAL = -1, -2


class Roster:
    """One network as it stands on one day: masks over positions, links that hold, groups and leads."""

    def __init__(self, net: MedicalNetwork, as_of: datetime.date | str | None = None) -> None:
        self.net = net
        self.day = net.day(as_of)
        self.index = net.index
        self._by_target: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    # -- nodes ---------------------------------------------------------------------------------

    @cached_property
    def operating(self) -> np.ndarray:
        """Nodes at work on the day."""
        return self.index.operating(self.day)

    @cached_property
    def facility(self) -> np.ndarray:
        """Named facilities: classes of facilities are none."""
        return self.index.is_kind("Facility") & ~self.index.is_class

    @cached_property
    def working(self) -> np.ndarray:
        """Named facilities at work on the day."""
        return self.facility & self.operating

    @cached_property
    def primary(self) -> np.ndarray:
        """Facilities and classes of the types of township and community centres."""
        return self.index.is_kind("Facility") & self.index.has("type", *sorted(PRIMARY_TYPES))

    @cached_property
    def station(self) -> np.ndarray:
        """Facilities and classes of the types of village clinics and community stations."""
        return self.index.is_kind("Facility") & self.index.has("type", *sorted(STATION_TYPES))

    @cached_property
    def alliance(self) -> np.ndarray:
        """Specialty alliances that last on the day."""
        return self._collective & self.index.has("type", "specialty_alliance") & self.operating

    @cached_property
    def group(self) -> np.ndarray:
        """Groups that last on the day; an alliance is none, nor is a placeholder."""
        return self._collective & ~self.index.has("type", "specialty_alliance") & self.operating

    @cached_property
    def _collective(self) -> np.ndarray:
        return self.index.is_kind("Group") & ~self.index.is_class

    def ids(self, positions: np.ndarray) -> list[str]:
        """Return the ids at these positions."""
        return self.index.take("id", np.asarray(positions, np.int64)).to_pylist()

    def names(self, positions: np.ndarray) -> list[str]:
        """Return the names at these positions, the id where a node has none."""
        positions = np.asarray(positions, np.int64)
        return pc.coalesce(
            self.index.take("name", positions), self.index.take("id", positions)
        ).to_pylist()

    @cached_property
    def _labels(self) -> pa.Array:
        return pc.coalesce(self.index.values("name"), self.index.ids)

    def joined(self, positions: Iterable[int]) -> str:
        """Return the names at these few positions as one text with `|`."""
        return "|".join(self._labels[int(p)].as_py() for p in positions)

    @cached_property
    def county(self) -> np.ndarray:
        """The six-digit county code of every node's area as integer, 0 where it is not stated."""
        text = pc.utf8_slice_codeunits(pc.fill_null(self.index.values("area"), ""), 0, 6)
        good = pc.match_substring_regex(text, "^[0-9]{6}$")
        return pc.if_else(good, text, "0").cast(pa.int64()).to_numpy(zero_copy_only=False)

    # -- links ---------------------------------------------------------------------------------

    @cached_property
    def _states(self) -> np.ndarray:
        edges = self.net.tables[1]
        states = np.full(len(edges), HOLDS, np.int8)
        for column, compare, state in (
            ("valid_from", pc.greater, NOT_YET),
            ("valid_to", pc.less, EXPIRED),
        ):
            if column in edges.column_names:
                hit = pc.fill_null(compare(edges[column], pa.scalar(self.day)), False)
                states[hit.to_numpy()] = state
        return states

    def states(self, relation: str) -> np.ndarray:
        """Return for every link of `relation` whether it holds, is expired or not yet valid on the day."""
        return self._states[self.index.links(relation).row]

    def links(self, relation: str) -> Links:
        """Return the links of `relation` that hold on the day."""
        return chosen(self.index.links(relation), self.states(relation) == HOLDS)

    def sources_of(self, relation: str, target: int) -> np.ndarray:
        """Return the sources of the links of `relation` to `target` that hold on the day, each once."""
        if relation not in self._by_target:
            links = self.links(relation)
            order = np.argsort(links.target, kind="stable")
            self._by_target[relation] = links.source[order], links.target[order]
        source, at = self._by_target[relation]
        return np.unique(
            source[np.searchsorted(at, target, "left") : np.searchsorted(at, target, "right")]
        )

    def values(self, relation: str, column: str) -> pa.Array:
        """Return a link column aligned with `links(relation)` of this roster."""
        return self.index.link_values(relation, column).filter(
            pa.array(self.states(relation) == HOLDS)
        )

    @cached_property
    def _link_ids(self) -> pa.ChunkedArray:
        return edge_ids(self.net.tables[1])

    def link_ids(self, rows: np.ndarray) -> list[str | None]:
        """Return the ids of the links in these rows of the link table; None where a row is -1."""
        rows = np.asarray(rows, np.int64)
        return self._link_ids.take(pa.array(rows, mask=rows < 0)).to_pylist()

    def link_column(self, column: str, rows: np.ndarray) -> list[Any]:
        """Return a column of the link table in these rows; None where a row is -1 or has no value."""
        edges = self.net.tables[1]
        rows = np.asarray(rows, np.int64)
        if column not in edges.column_names:
            return [None] * len(rows)
        return edges[column].take(pa.array(rows, mask=rows < 0)).to_pylist()

    # -- groups --------------------------------------------------------------------------------

    @cached_property
    def memberships(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Who belongs to which collective on the day, classes too: facility, group or alliance, is it the lead."""
        leads, members = self.links("LEADS"), self.links("MEMBER_OF")
        facility = np.concatenate([leads.source, members.source])
        collective = np.concatenate([leads.target, members.target])
        lead = np.concatenate([np.ones(len(leads), bool), np.zeros(len(members), bool)])
        lasting = (self.group | self.alliance)[collective]
        return facility[lasting], collective[lasting], lead[lasting]

    @cached_property
    def group_of(self) -> np.ndarray:
        """The group of every node: its position, NONE where there is none, SEVERAL where there are more."""
        facility, collective, _ = self.memberships
        mine = self.group[collective]
        found = np.full(len(self.index), NONE, np.int32)
        found[facility[mine]] = collective[mine]
        found[facility[mine][found[facility[mine]] != collective[mine]]] = SEVERAL
        is_group = np.flatnonzero(self.group)
        found[is_group] = is_group
        return found

    def members_of(self, collective: int) -> np.ndarray:
        """Return the members and leads of one group or alliance, classes too, each once."""
        return np.unique(self.memberships[0][self._rows_of(collective)])

    def leads_of(self, collective: int) -> np.ndarray:
        """Return the leads of one group or alliance."""
        facility, _, lead = self.memberships
        rows = self._rows_of(collective)
        return np.unique(facility[rows[lead[rows]]])

    def _rows_of(self, collective: int) -> np.ndarray:
        order, of = self._by_collective
        return order[
            np.searchsorted(of, collective, "left") : np.searchsorted(of, collective, "right")
        ]

    @cached_property
    def _by_collective(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.memberships[1], kind="stable")
        return order, self.memberships[1][order]

    def complete(self, relation: str, groups: Iterable[int] = ()) -> bool:
        """Tell whether the links of `relation` are declared complete: altogether, or for each of `groups`."""
        if self.net.completeness(f"links.{relation}"):
            return True
        ids = self.ids(np.array(sorted(set(groups)), np.int64))
        return bool(ids) and all(self.net.completeness(f"links.{relation}.{id}") for id in ids)

    def complete_everywhere(self, relation: str) -> bool:
        """Tell whether `relation` is declared complete altogether, or for every group there is."""
        return self.complete(relation, np.flatnonzero(self.group).tolist())

    def complete_for(self, relation: str, positions: np.ndarray) -> np.ndarray:
        """Return for each node whether `relation` is declared complete, for its group or altogether."""
        groups, back = np.unique(self.group_of[positions], return_inverse=True)
        said = [
            self.complete(relation, (g,)) if g >= 0 else self.complete_everywhere(relation)
            for g in groups.tolist()
        ]
        return np.array(said, bool)[back] if len(groups) else np.zeros(0, bool)

    # -- answers -------------------------------------------------------------------------------

    def left_out(self, mask: np.ndarray, *, key: str = "facility") -> pd.DataFrame:
        """Return the rows for `excluded`: of `mask`, the classes and those not at work, each with its reason."""
        return self._named_out(mask & ~self.working, key)

    def groups_left_out(self, *, alliances: bool = False) -> pd.DataFrame:
        """Return the rows for `excluded`: groups (or alliances) that are placeholders or have ended."""
        kind = self.index.is_kind("Group") & (
            self.index.has("type", "specialty_alliance") == alliances
        )
        return self._named_out(kind & ~(self.alliance if alliances else self.group), "group")

    def _named_out(self, mask: np.ndarray, key: str) -> pd.DataFrame:
        where = np.flatnonzero(mask)
        is_class = self.index.is_class[where]
        reasons = [
            say("left_out_class" if c else "left_out_not_at_work", day=self.day)
            for c in is_class.tolist()
        ]
        return table(
            {
                key: self.ids(where),
                "name": self.names(where),
                "status": "excluded",
                "reason": reasons,
            }
        )

    def definition(
        self, numerator: str, denominator: str, unit: str, source: str = ""
    ) -> Definition:
        """Return a definition with the sentences of these keys and the register of the network."""
        register = " ".join(
            self.net.meta[k] for k in ("register", "edition") if self.net.meta.get(k)
        )
        return Definition(
            say(numerator),
            say(denominator) if denominator else "",
            unit,
            register,
            say(source) if source else "",
        )

    def answer(
        self,
        query: str,
        definition: Definition,
        frame: pd.DataFrame,
        *,
        judged: int,
        met: int | None = None,
        unknown: pd.DataFrame | None = None,
        excluded: pd.DataFrame | None = None,
        notes: Sequence[str] = (),
    ) -> Answer:
        """Return the answer of `query`: the total follows from its three parts, the share from `met`."""
        unknown = table({}) if unknown is None else unknown
        excluded = table({}) if excluded is None else excluded
        stamp = self.net.meta.get("stamp")
        return Answer(
            query,
            self.day,
            definition,
            frame,
            total=judged + len(unknown) + len(excluded),
            judged=judged,
            share=None if met is None else Share(int(met), judged, definition.unit),
            unknown=unknown,
            excluded=excluded,
            stamps=(stamp,) if stamp else (),
            notes=tuple(notes),
        )


def chosen(links: Links, mask: np.ndarray) -> Links:
    """Return the links of `mask`."""
    return replace(links, source=links.source[mask], target=links.target[mask], row=links.row[mask])


def table(
    columns: Mapping[str, Any] | Iterable[Mapping[str, Any]], names: Sequence[str] = ()
) -> pd.DataFrame:
    """Return a frame of columns or of rows; `names` are the columns of a frame without rows."""
    import pandas as pd

    if isinstance(columns, Mapping):
        lengths = [len(c) for c in columns.values() if not isinstance(c, str)]
        return pd.DataFrame(
            columns or {"status": [], "reason": []}, index=range(max(lengths, default=0))
        )
    rows = list(columns)
    return pd.DataFrame(rows, columns=None if rows else list(names or ("status", "reason")))


def split(frame: pd.DataFrame, status: str = "unknown") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that have another status, and those that have `status`."""
    hit = frame["status"] == status
    return frame[~hit].reset_index(drop=True), frame[hit].reset_index(drop=True)
