"""Check tables against the schema: frames in, problems out; never raises on bad data, never drops a row."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.messages import Problem, problem


def check(nodes: pa.Table, edges: pa.Table) -> list[Problem]:
    """Return every problem of canonical tables: double ids, dangling links."""
    found: list[Problem] = []
    counted = pc.value_counts(nodes["id"])
    for entry in counted.filter(pc.greater(counted.field("counts"), 1)).to_pylist():
        found.append(problem("E010", value=str(entry["values"]), count=entry["counts"]))
    for end in ("source", "target"):
        lost = edges.filter(pc.invert(pc.is_in(edges[end], value_set=nodes["id"])))
        for value in lost[end].to_pylist():
            found.append(problem("E040", value=str(value), column=end))
    return found
