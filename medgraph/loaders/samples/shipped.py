"""Hand out the network of a real city, its plan, and a workbook of it as a planner's looks."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv as arrow_csv

from medgraph.file_properties import TIMELESS
from medgraph.graphmodel import schema
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.workbooks.recognition import never_onto_work
from medgraph.plain_workbooks import plain_workbook
from medgraph.suffixes import CSV
from medgraph.whole_files import replacing
from medgraph.words import planners_workbook as words
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

_DATA = resources.files("medgraph.loaders.samples") / "data"
_MERGED_GROUPS = 2


def taizhou() -> MedicalNetwork:
    """Return the medical groups of the urban districts of Taizhou, as a draft plan states them.

    The plan is of 2023-10-25. There are 58 named facilities, 10 classes of facilities without
    names, 4 groups, 3 alliances, 43 areas, and 354 links (72 stated, 282 expanded from a general
    sentence). Every row names the plan and its clause. What the plan leaves open (levels, beds, the
    districts of lead hospitals) is absent, not guessed.

    Returns
    -------
    MedicalNetwork
        The network, with its plan as source.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> net.meta["data_day"], len(net.nodes("Area")), len(net.edges())
    ('2023-10-25', 43, 354)
    """
    tables = [_nodes(table) for table in schema.NODE_TABLES]
    nodes = pa.concat_tables(tables, promote_options="default")
    links = _read("links", schema.link_types())
    meta = {row["key"]: row["value"] for row in _read("meta", {}).to_pylist()}
    return MedicalNetwork.from_frames(nodes, links, meta)


def write_taizhou_plan(target: str | Path) -> None:
    """Write a plan text to try `medgraph draft` on: Taizhou's facts in words of our own.

    Raises
    ------
    TargetError
        Where the target cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> target = Path(tempfile.mkdtemp()) / "plan.txt"
    >>> mg.samples.write_taizhou_plan(target)
    >>> target.stat().st_size > 0
    True
    """
    text = (_DATA / "taizhou_plan.txt").read_bytes()
    with replacing(target) as new:
        new.write_bytes(text)


def write_taizhou_ugly(target: str | Path) -> None:
    """Write Taizhou's groups as a planner's workbook looks, to try `medgraph tidy` on.

    A title over the header, merged cells of two groups, blanks that mean the group above, a total.

    Raises
    ------
    TargetError
        Where the target cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> target = Path(tempfile.mkdtemp()) / "ugly.xlsx"
    >>> mg.samples.write_taizhou_ugly(target)
    >>> target.stat().st_size > 0
    True
    """
    never_onto_work(Path(target))
    with replacing(target) as new:
        book = plain_workbook(new, TIMELESS)
        tab = book.add_worksheet(words.TAB)
        tab.merge_range(0, 0, 0, 5, words.TITLE)
        tab.write_row(1, 0, [words.FILLED_IN_BY, None, None, None, words.AS_AT])
        tab.write_row(2, 0, words.HEADER)
        line = 3
        for number, group in enumerate(_groups(taizhou())):
            line = _write_group(tab, line, group, merged=number < _MERGED_GROUPS)
        tab.write_row(line, 0, [words.TOTAL, None, None, words.TOTAL_OF.format(count=line - 3)])
        tab.set_column(1, 4, 36)
        book.close()


@dataclass(frozen=True)
class _Group:
    """A group, its lead, and its facilities with the areas they serve, the lead first."""

    name: str
    lead: str
    facilities: list[tuple[str, str]]


def _write_group(tab: Worksheet, line: int, group: _Group, *, merged: bool) -> int:
    """Write a group from `line` on; return the line behind it."""
    behind = line + len(group.facilities)
    if merged:
        tab.merge_range(line, 1, behind - 1, 1, group.name)
    else:
        tab.write_string(line, 1, group.name)
    tab.write_string(line, 2, group.lead)
    for row, (facility, areas) in enumerate(group.facilities, start=line):
        tab.write_row(row, 3, [facility, areas])
        tab.write_number(row, 0, row - 2)
    return behind


def _groups(net: MedicalNetwork) -> Iterator[_Group]:
    """The urban groups."""
    nodes, links = net.nodes(), net.edges()
    names = nodes["name"].to_dict()
    services = links[links["relation"] == "SERVES"].groupby("source")["target"]
    served = {
        facility: LIST_COMMA.join(names[area] for area in areas) for facility, areas in services
    }
    classes = set(nodes.index[nodes["is_class"].fillna(False).astype(bool)])
    for group in nodes.index[nodes["type"].eq("urban_medical_group")]:
        inside = links[links["target"] == group].groupby("relation")["source"]
        lead = inside.get_group("LEADS").iloc[0]
        members = sorted(set(inside.get_group("MEMBER_OF")) - classes - {lead})
        facilities = [(names[id], served.get(id, "")) for id in (lead, *members)]
        yield _Group(names[group], names[lead], facilities)


def _nodes(table: schema.Table) -> pa.Table:
    """The nodes of one table, with columns by our names."""
    rows = _read(table.name, schema.field_types())
    headers = schema.headers(table.name)
    rows = rows.rename_columns([headers.get(fold(column), column) for column in rows.column_names])
    return rows.append_column("kind", pa.repeat(pa.scalar(table.kind), len(rows)))


def _read(name: str, types: dict[str, str]) -> pa.Table:
    """The rows of one file, each column as what `types` says, text where it says nothing."""
    source = _DATA / "taizhou" / f"{name}{CSV}"
    with source.open("rb") as file:
        header = file.readline().decode("utf-8").strip().split(",")
        file.seek(0)
        columns = {column: schema.ARROW_TYPES[types.get(column, "text")] for column in header}
        options = arrow_csv.ConvertOptions(column_types=columns, strings_can_be_null=True)
        return arrow_csv.read_csv(file, convert_options=options)
