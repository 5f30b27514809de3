"""Read and write a list of links as one table: source, target, weight, and what says more.

It is what spreadsheets, Gephi and pandas exchange. Nodes are those that a link names.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph import suffixes
from medgraph.errors import SourceError
from medgraph.file_properties import TIMELESS
from medgraph.loaders.capacity import Capacity, Kept, Losses, keep
from medgraph.loaders.graphs.graph_rows import UNDIRECTED, ends_of, load_rows
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.registers.meaning import read_meaning
from medgraph.loaders.side_files.table_file import read_table_file
from medgraph.loaders.tabular.csv_text import no_formula
from medgraph.loaders.workbooks.sheet_writing import require_room
from medgraph.plain_workbooks import plain_workbook
from medgraph.whole_files import replacing
from medgraph.words.numerals import read_number
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

    Row = dict[str, Any]

CAN_HOLD = Capacity(node_fields=frozenset({"type"}), link_fields=frozenset({"minutes"}), meta=False)
_ENDS = ("source", "target")
_OF_NODES = ("name", "kind", "type")
TITLES = (
    *(*_ENDS, "weight", "relation"),
    *(f"{end}_{field}" for end in _ENDS for field in _OF_NODES),
)
_UNDIRECTED = "undirected"  # of Gephi, in its column Type
_WEIGHT_OF_OURS = "minutes"
_LONGEST_LINE = 100_000
_MOST_TITLES = 15  # a table of many columns is about more than links
_SHEET = "links"


def is_edge_list(path: Path) -> bool:
    """Whether a file is called an edge list, or a CSV whose titles name a source and a target."""
    if not path.is_file():
        return False
    if path.name.lower().endswith(suffixes.EDGE_LISTS):
        return True
    if path.suffix.lower() != suffixes.CSV or fold(path.stem) == fold(_SHEET):
        return False
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        line = file.readline(_LONGEST_LINE)
    try:
        titles = {_title(title) for title in next(csv.reader([line]), [])}
    except csv.Error:
        return False
    return titles >= set(_ENDS) and len(titles) <= _MOST_TITLES


def part_held(net: MedicalNetwork) -> Kept:
    """Return the part of a network that a list of links says, and what it does not."""
    nodes, (_, links) = net.tables[0], keep(net, CAN_HOLD).network.tables
    named = pa.concat_arrays([links[end].combine_chunks() for end in _ENDS])
    is_named = np.asarray(pc.is_in(nodes["id"], value_set=named))
    return keep(net, CAN_HOLD, nodes=is_named)


def load(source: Path, *, mapping: Path | None = None, lenient: bool = False) -> Loaded:
    """Read a list of links; see `medgraph.loaders.registry.load`."""
    meaning = read_meaning(mapping)
    table = read_table_file(source)
    titles = [_title(title) for title in table.titles]
    if not set(_ENDS) <= set(titles):
        raise SourceError(say("edges_without_ends", path=source, ends=", ".join(_ENDS)))
    is_text = source.suffix.lower() == suffixes.CSV
    edges: list[Row] = []
    nodes: dict[str, Row] = {}
    for number, cells in zip(table.numbers, table.rows, strict=True):
        texts = [_plain(cell, is_text=is_text) for cell in cells]
        given = {t: text for t, text in zip(titles, texts, strict=True) if t and text is not None}
        edge: Row = {title: text for title, text in given.items() if title not in _TITLES_OF_NODES}
        if given.get("type", "").casefold() == _UNDIRECTED:
            edge[UNDIRECTED] = True
        edge["origin"] = f"{table.file}|{table.sheet}|{number}|typed"
        edges.append(_with_weight(edge, is_ours="source_kind" in titles))
        for end in _ENDS:
            said = {field: given.get(f"{end}_{field}") for field in _OF_NODES}
            stated = {field: text for field, text in said.items() if text is not None}
            if end in given:
                nodes.setdefault(given[end], {}).update(stated)
    lacking = [row for row, edge in enumerate(edges) if not set(_ENDS) <= set(edge)]
    places = [table.address(table.numbers[row], 0) for row in lacking]
    if places and not lenient:
        raise SourceError(say("edges_without_end", path=source, place=places[0]))
    left = [LeftRow(place, say("edge_without_end")) for place in places]
    edges = [edge for edge in edges if set(_ENDS) <= set(edge)]
    rows = [{**row, **nodes.get(row["id"], {})} for row in ends_of(edges)]
    if "source_kind" in titles:
        edges = [{name: v for name, v in edge.items() if name != "origin"} for edge in edges]
    return load_rows(rows, edges, {}, source, meaning, lenient=lenient, left=left)


def _title(text: str) -> str:
    """A title as we write it, whatever its case: Gephi writes `Source`."""
    return text.strip().casefold()


_TITLES_OF_NODES = frozenset(TITLES[4:])


def _plain(text: str | None, *, is_text: bool) -> str | None:
    """A cell without the apostrophe that keeps it from being a formula."""
    if text is None or not is_text or not text.startswith("'"):
        return text
    return text[1:] if no_formula(text[1:]) == text else text


def _with_weight(edge: Row, *, is_ours: bool) -> Row:
    """A link whose weight is a number: minutes, in a list that we wrote."""
    if "weight" not in edge:
        return edge
    try:
        weight: Any = read_number(edge["weight"])
    except ValueError:
        weight = edge["weight"]
    rest = {name: value for name, value in edge.items() if name != "weight"}
    return {**rest, _WEIGHT_OF_OURS if is_ours else "weight": weight}


def write(net: MedicalNetwork, target: Path) -> Losses | None:
    """Write the links of a network as one table, and return what it cannot say."""
    kept = part_held(net)
    with replacing(target) as path:
        if target.suffix.lower() == suffixes.CSV:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                rows = ([no_formula(cell) for cell in row] for row in _rows(kept.network))
                csv.writer(file, lineterminator="\n").writerows([TITLES, *rows])
        else:
            require_room(kept.network.tables[1], target)
            _write_workbook(kept.network, path)
    return kept.told(target)


def _rows(net: MedicalNetwork) -> Iterator[list[Any]]:
    nodes, links = net.tables
    by_id = {row["id"]: row for row in nodes.to_pylist()}
    for link in links.to_pylist():
        ends = [by_id[link[end]] for end in _ENDS]
        about = [node.get(field) for node in ends for field in _OF_NODES]
        yield [link["source"], link["target"], link.get(_WEIGHT_OF_OURS), link["relation"], *about]


def _write_workbook(net: MedicalNetwork, path: Path) -> None:
    with plain_workbook(path, TIMELESS) as book:
        sheet = book.add_worksheet(_SHEET)
        for number, row in enumerate([list(TITLES), *_rows(net)]):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)
        sheet.freeze_panes(1, 0)
