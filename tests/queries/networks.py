"""Write small networks as lines of text, for tests of queries."""

from __future__ import annotations

import datetime

from medgraph.graphmodel.frames import as_table
from medgraph.graphmodel.network import MedicalNetwork

COMPLETE = {"links__complete": "complete", "facilities__complete": "complete"}


def network(nodes: str, links: str = "", **meta: str) -> MedicalNetwork:
    """A network from lines `id kind key=value ...` and `source RELATION target key=value ...`."""
    node_rows = [{"id": id, "kind": kind, "name": f"N{id}", **_values(rest)} for id, kind, *rest in _lines(nodes)]
    link_rows = [{"source": s, "relation": r, "target": t, **_values(rest)} for s, r, t, *rest in _lines(links)]
    graph_meta = {"data_day": "2024-01-01"} | {k.replace("__", "."): v for k, v in meta.items()}
    return MedicalNetwork.from_frames(as_table(node_rows), as_table(link_rows) if link_rows else None, graph_meta)


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip()]


def _values(pairs: list[str]) -> dict:
    typed = {"is_class": lambda v: v == "yes", "population": int, "physicians": int, "lon": float, "lat": float,
             "valid_from": datetime.date.fromisoformat, "valid_to": datetime.date.fromisoformat}
    return {key: typed.get(key, str)(value) for key, value in (pair.split("=") for pair in pairs)}
