"""Hand out networks to try things on: a real city's plan, and made-up ones of any size."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv

from medgraph.graphmodel import schema
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.atomic import replacing
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.suffixes import CSV
from medgraph.words.vocabularies import fold

__all__ = ["synthetic", "taizhou", "write_taizhou_plan", "write_taizhou_ugly"]


def taizhou() -> MedicalNetwork:
    """Return the medical groups of the urban districts of Taizhou, as a draft plan of 2023-10-25 states them.

    58 named facilities, 10 classes of facilities without names, 4 groups, 3 alliances, 43 areas, 354 links
    (72 stated, 282 expanded from a general sentence). Every row names the plan and its clause. What the plan
    leaves open (levels, beds, the districts of lead hospitals) is absent, not guessed.
    """
    nodes = pa.concat_tables(
        [_nodes(table) for table in schema.NODE_TABLES], promote_options="default"
    )
    meta = _read("meta", {}).to_pylist()
    return MedicalNetwork.from_frames(
        nodes, _read("links", schema.link_types()), {row["key"]: row["value"] for row in meta}
    )


def write_taizhou_plan(target: str | Path) -> None:
    """Write a plan text to try `medgraph draft` on: Taizhou's facts in words of our own."""
    text = (resources.files("medgraph.loaders.samples") / "data" / "taizhou_plan.txt").read_bytes()
    with replacing(target) as new:
        new.write_bytes(text)


def write_taizhou_ugly(target: str | Path) -> None:
    """Write Taizhou's groups as a planner's workbook looks, to try `medgraph tidy` on.

    A title over the header, merged cells of two groups, blanks that mean the group above, a total.
    """
    import xlsxwriter

    with replacing(target) as new:
        book = xlsxwriter.Workbook(str(new))
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        tab = book.add_worksheet("附件1")
        tab.merge_range(0, 0, 0, 5, "台州市城市医疗集团成员单位一览表")
        tab.write_row(1, 0, ["填报单位：市卫健委", None, None, None, "截至2023年10月25日"])
        tab.write_row(2, 0, ["序号", "集团名称", "牵头医院", "成员单位", "服务辖区", "备注"])
        line = 3
        for number, (group, lead, rows) in enumerate(_groups(taizhou())):
            if number < 2:
                tab.merge_range(line, 1, line + len(rows) - 1, 1, group)
            else:
                tab.write_string(line, 1, group)
            tab.write_string(line, 2, lead)
            for name, served in rows:
                tab.write_row(line, 3, [name, served])
                tab.write_number(line, 0, line - 2)
                line += 1
        tab.write_row(line, 0, ["合计", None, None, f"{line - 3}家"])
        tab.set_column(1, 4, 36)
        book.close()


def _groups(net: MedicalNetwork) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each urban group, its lead, and its facilities with the areas they serve, the lead first."""
    nodes, links = net.nodes(), net.edges()
    named = nodes["name"].to_dict()
    served = (
        links[links["relation"].eq("SERVES")]
        .groupby("source")["target"]
        .agg(lambda codes: "、".join(named[c] for c in codes))
        .to_dict()
    )
    classes = set(nodes.index[nodes["is_class"].fillna(False).astype(bool)])
    for group in nodes.index[nodes["type"].eq("urban_medical_group")]:
        inside = links[links["target"].eq(group) & links["relation"].isin(["LEADS", "MEMBER_OF"])]
        lead = inside["source"][inside["relation"].eq("LEADS")].iloc[0]
        members = sorted(set(inside["source"]) - classes - {lead})
        yield (
            named[group],
            named[lead],
            [(named[id], served.get(id, "")) for id in (lead, *members)],
        )


def _nodes(table: schema.Table) -> pa.Table:
    rows = _read(table.name, schema.field_types())
    rows = rows.rename_columns(
        [schema.headers(table.name).get(fold(column), column) for column in rows.column_names]
    )
    return rows.append_column("kind", pa.repeat(pa.scalar(table.kind), len(rows)))


def _read(name: str, types: dict[str, str]) -> pa.Table:
    source = resources.files("medgraph.loaders.samples") / "data" / "taizhou" / f"{name}{CSV}"
    with source.open("rb") as file:
        header = file.readline().decode("utf-8").strip().split(",")
        file.seek(0)
        columns = {column: schema.ARROW_TYPES[types.get(column, "text")] for column in header}
        options = arrow_csv.ConvertOptions(column_types=columns, strings_can_be_null=True)
        return arrow_csv.read_csv(file, convert_options=options)
