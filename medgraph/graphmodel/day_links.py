"""See the links of a network on one day: which hold, and what is stated of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import codes, encoded
from medgraph.graphmodel.arrays.joins import equal_run, semi_join, unique_pairs
from medgraph.graphmodel.canonical import edge_ids, mask, unpacked
from medgraph.graphmodel.day_nodes import NodesOnDay
from medgraph.graphmodel.index import Links
from medgraph.graphmodel.kept import TABLES, note
from medgraph.graphmodel.of_nodes import of_nodes
from medgraph.graphmodel.states import Fact

if TYPE_CHECKING:
    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions, SomePositions, States

HOLDS, EXPIRED, NOT_YET = 0, 1, 2


class LinksOnDay(NodesOnDay):
    """What `Day` says of links: those that hold on the day, by relation and by row."""

    @cached_property
    def _states(self) -> States:
        edges = self.index.link_table
        states = np.full(len(edges), HOLDS, np.int8)
        comparisons = (("valid_from", pc.greater, NOT_YET), ("valid_to", pc.less, EXPIRED))
        for column, compare, state in comparisons:
            if column in edges.column_names:
                hit = pc.fill_null(compare(edges[column], pa.scalar(self.date)), False)
                states[hit.to_numpy()] = state
        return states

    def states(self, relation: str) -> States:
        """Return for every link of `relation` whether it HOLDS, is EXPIRED or NOT_YET valid on the
        day.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.states("LEADS").tolist() == [HOLDS] * len(day.links("LEADS"))
        True
        """
        found: States = self._states[self.index.links(relation).row]
        return found

    def links(self, relation: str) -> Links:
        """Return the links of `relation` that hold on the day.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> led = day.links("LEADS")
        >>> day.ids(led.source[:2]), day.ids(led.target[:2])
        (['TZ-H01', 'TZ-H02'], ['G1', 'G2'])
        """
        every = self.index.links(relation)
        held = self.states(relation) == HOLDS
        return every if held.all() else chosen(every, held)

    def ends_at_work(self, relation: str) -> Fact:
        """Return of each of `links(relation)` whether both its ends are at work.

        So a centre is hosted, and a group led: by whom that is at work, where it is at work itself.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> bool(day.ends_at_work("HOSTS_CENTRE").certain.all())
        True
        """
        links = self.links(relation)
        return self.at_work.at(links.source) & self.at_work.at(links.target)

    def sources_of(self, relation: str, target: int) -> Positions:
        """Return the sources of the links of `relation` to `target` that hold on the day, each
        once.

        Parameters
        ----------
        relation
            The relation, as `LEADS`.
        target
            The position at which the links end.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.ids(day.sources_of("LEADS", day.index.position("G1")))
        ['TZ-H01']
        """
        if relation not in self._by_target:
            links = self.links(relation)
            order = np.argsort(links.target, kind="stable")
            self._by_target[relation] = links.source[order], links.target[order]
        source, targets = self._by_target[relation]
        return np.unique(source[equal_run(target, targets)])

    def values(self, relation: str, column: str) -> Texts:
        """Return a link column aligned with `links(relation)`.

        Parameters
        ----------
        relation
            The relation, as `LEADS`.
        column
            The column of the link table.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.values("LEADS", "clause").to_pylist()[:2]
        ['二(一)1(1)', '二(一)1(2)']
        """
        found = self.index.link_values(relation, column)
        return found.filter(pa.array(self.states(relation) == HOLDS))

    def link_values(self, column: str, rows: SomePositions) -> Texts:
        """Return a column of the link table in these rows; null where a row is -1 or has no value.

        Parameters
        ----------
        column
            The column of the link table.
        rows
            Rows of the link table; -1 for none.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.link_values("clause", day.links("LEADS").row[:2]).to_pylist()
        ['二(一)1(1)', '二(一)1(2)']
        """
        edges = self.index.link_table
        chosen_rows = np.asarray(rows, np.int64)
        if column not in edges.column_names:
            return pa.nulls(len(chosen_rows), pa.string())
        taken = edges[column].take(pa.array(chosen_rows, mask=chosen_rows < 0)).combine_chunks()
        return taken.dictionary_decode() if pa.types.is_dictionary(taken.type) else taken

    def link_column(self, column: str, rows: SomePositions) -> list[Any]:
        """Return the same as `link_values` as a list; None where there is no value.

        Parameters
        ----------
        column
            The column of the link table.
        rows
            Rows of the link table; -1 for none.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.link_column("clause", [0, -1])[1] is None
        True
        """
        found: list[Any] = self.link_values(column, rows).to_pylist()
        return found

    def minutes(self, rows: SomePositions) -> Floats:
        """Return the minutes of these rows of the link table; NaN where missing, negative or
        endless.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.minutes(day.links("REFERS_UP_TO").row)[:2]
        array([nan, nan])
        """
        stated = self.link_values("minutes", rows).cast(pa.float64())
        found: Floats = pc.fill_null(stated, np.nan).to_numpy(zero_copy_only=False).copy()
        found[~np.isfinite(found) | (found < 0)] = np.nan
        return found

    def link_ids(self, rows: SomePositions) -> list[str | None]:
        """Return the ids of the links in these rows of the link table; None where a row is -1.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.link_ids(day.links("LEADS").row[:1])
        ['TZ-H01|LEADS|G1']
        """
        if "id" in self.index.link_table.column_names:  # which links of any relation may share
            note(TABLES)
        chosen_rows = np.asarray(rows, np.int64)
        is_link = chosen_rows >= 0
        wanted = np.union1d(chosen_rows[is_link], self._perhaps_twins)
        ids = edge_ids(unpacked(self.index.link_table.take(pa.array(wanted))))
        places = pa.array(np.searchsorted(wanted, chosen_rows), mask=~is_link)
        found: list[str | None] = ids.take(places).to_pylist()
        return found

    @cached_property
    def _perhaps_twins(self) -> Positions:
        """Rows whose id another row may have, too: one of the same ends and relation, or of an id
        of its own.
        """
        edges = self.index.link_table
        source, target = self.index.ends_of_links
        pairs = source.astype(np.int64) * len(self.index) + target
        relation = encoded(edges["relation"])
        keys = pairs * len(relation.dictionary) + codes(relation)
        ordered = np.sort(keys)
        shared = semi_join(keys, ordered[1:][ordered[1:] == ordered[:-1]])
        if "id" in edges.column_names:
            shared = shared | mask(edges["id"].is_valid())
        return np.flatnonzero(shared)

    @cached_property
    def services(self) -> tuple[Positions, Positions]:
        """Which facility serves which area on the day, each pair once, by facility; classes and
        idle ones too.
        """
        links = self.links("SERVES")
        return unique_pairs(links.source, links.target, len(self))

    @cached_property
    def has_station(self) -> Fact:
        """Areas in which a village clinic or health station at work stands, or that one SERVES.

        Unknown is where only a facility is that may be a station, or a station that may be at work.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.synthetic(scale="county", seed=1))
        >>> villages, _ = day.areas("village")
        >>> has = day.has_station.at(villages)
        >>> len(has), int(has.certain.sum()), int(has.unknown.sum())
        (168, 168, 0)
        """
        station = self.station & self.working
        return Fact.of(
            self._stood_in_or_served(station.certain),
            unknown=self._stood_in_or_served(station.possible),
        )

    def _stood_in_or_served(self, facilities: Mask) -> Mask:
        """The areas in which one of these facilities stands, or that one of them serves."""
        served_by, served = self.services
        home = self.home[facilities]
        return self.mask(np.concatenate([home[home >= 0], served[facilities[served_by]]]))

    @of_nodes
    def home(self) -> Positions:
        """The area in which every node stands; -1 where none of the network's is stated."""
        return self.index.positions(self.index.values("area"))

    @cached_property
    def _by_target(self) -> dict[str, tuple[Positions, Positions]]:
        """Sources and targets of a relation in the order of targets, kept by relation when first
        asked for.
        """
        return {}


def chosen(links: Links, mask: Mask) -> Links:
    """Return the links of `mask`."""
    return Links(links.source[mask], links.target[mask], links.row[mask])
