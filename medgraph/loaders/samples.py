"""Hand out networks to try things on: a real city's plan, and made-up ones of any size."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv

from medgraph.graphmodel import schema
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.terms import fold
from medgraph.loaders.atomic import replacing
from medgraph.loaders.synthetic import synthetic

__all__ = ["synthetic", "taizhou", "write_taizhou_plan"]


def taizhou() -> MedicalNetwork:
    """Return the medical groups of the urban districts of Taizhou, as a draft plan of 2023-10-25 states them.

    58 named facilities, 10 classes of facilities without names, 4 groups, 3 alliances, 43 areas, 354 links
    (72 stated, 282 expanded from a general sentence). Every row names the plan and its clause. What the plan
    leaves open (levels, beds, the districts of lead hospitals) is absent, not guessed.
    """
    nodes = pa.concat_tables([_nodes(table) for table in schema.NODE_TABLES], promote_options="default")
    meta = _read("meta", {}).to_pylist()
    return MedicalNetwork.from_frames(nodes, _read("links", schema.link_types()),
                                      {row["key"]: row["value"] for row in meta})


def write_taizhou_plan(target: str | Path) -> None:
    """Write a plan text to try `medgraph draft` on: Taizhou's facts in words of our own."""
    text = (resources.files("medgraph.loaders") / "data" / "taizhou_plan.txt").read_bytes()
    with replacing(target) as new:
        new.write_bytes(text)


def _nodes(table: schema.Table) -> pa.Table:
    rows = _read(table.name, schema.field_types())
    rows = rows.rename_columns([
        schema.headers(table.name).get(fold(column), column) for column in rows.column_names])
    return rows.append_column("kind", pa.repeat(pa.scalar(table.kind), len(rows)))


def _read(name: str, types: dict[str, str]) -> pa.Table:
    source = resources.files("medgraph.loaders") / "data" / "taizhou" / f"{name}.csv"
    with source.open("rb") as file:
        header = file.readline().decode("utf-8").strip().split(",")
        file.seek(0)
        columns = {column: schema.ARROW_TYPES[types.get(column, "text")] for column in header}
        options = arrow_csv.ConvertOptions(column_types=columns, strings_can_be_null=True)
        return arrow_csv.read_csv(file, convert_options=options)
