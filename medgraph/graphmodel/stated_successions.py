"""Hand on the links of what a table says is followed by something else, together with its links."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from medgraph.graphmodel.arrays.chunks import rows_of
from medgraph.graphmodel.carrying import broken_off
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.words.say import Problem, problem

if TYPE_CHECKING:
    import pyarrow as pa

# The column of a link table that says so: none that a file can have.
HANDED_ON = "\0carry"
_ONE_DAY = datetime.timedelta(days=1)


def with_links_handed_on(net: MedicalNetwork) -> tuple[MedicalNetwork, list[Problem]]:
    """Return the network after every succession whose row says that links are handed on.

    In the order of their days, so that a chain hands on what was handed on. The mark is used up:
    what is written afterwards states the links themselves. A row of another relation hands nothing
    on, nor does one of which nobody knows the day; each is told, and so is what is handed on
    otherwise than it is stated, or to what does not last.
    """
    nodes, edges = net.tables
    if HANDED_ON not in edges.column_names:
        return net, []
    rows = rows_of(pc.equal(edges[HANDED_ON], "true"))
    marked = edges.take(rows).to_pylist()
    net = MedicalNetwork(nodes, edges.drop_columns([HANDED_ON]), net.meta)
    heirs: dict[tuple[datetime.date, str], list[str]] = defaultdict(list)
    places: dict[tuple[datetime.date, str], str] = {}
    told = []
    for row in marked:
        day = _first_day(row, nodes) if row["relation"] == "SUCCEEDED_BY" else None
        place = Origin.parse(row.get("origin")).place
        if day is None:
            told.append(problem("W048", place=place, value=row["source"]))
        else:
            heirs[day, row["source"]].append(row["target"])
            places.setdefault((day, row["source"]), place)
    in_order = sorted(heirs)
    last_turns = {old: turn for turn, (_, old) in enumerate(in_order)}
    for turn, (day, old) in enumerate(in_order):
        lasting = [heir for heir in heirs[day, old] if last_turns.get(heir, -1) <= turn]
        if broken := broken_off(*net.tables, lasting, day):
            heir, last = broken
            values = {"old": old, "heir": heir, "last": last.isoformat()}
            told.append(problem("W054", place=places[day, old], **values))
        otherwise = net.handed_on_otherwise(old, by=heirs[day, old], on=day)
        told += [replace(each, place=places[day, old]) for each in otherwise]
        net = net.handing_on(old, heirs[day, old], on=day)
    return net, told


def _first_day(row: dict[str, object], nodes: pa.Table) -> datetime.date | None:
    """The first day of what follows: as the row states, else the one after the last of the old."""
    stated = row.get("valid_from")
    if isinstance(stated, datetime.date):
        return stated
    if "valid_to" not in nodes.column_names:
        return None
    old = nodes.filter(pc.equal(nodes["id"], row["source"]))
    last = old["valid_to"][0].as_py() if len(old) else None
    return last + _ONE_DAY if last else None
