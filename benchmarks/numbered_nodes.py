"""What engines on integers share: ids are looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from workload import CENTRES, TERTIARY, TOWNSHIP, plain_tables


def numbered(folder: Path) -> tuple[dict, dict, list, list]:
    nodes, links = plain_tables(folder)
    number = {id: n for n, id in enumerate(nodes["id"])}
    return nodes, links, [number[s] for s in links["source"]], [number[t] for t in links["target"]]


def chosen(nodes: dict) -> tuple[list[int], list[int], list[int]]:
    """Tertiary hospitals, village clinics, township centres."""
    types = nodes["type"]
    goals = [
        n
        for n, (kind, level) in enumerate(zip(nodes["kind"], nodes["level"], strict=True))
        if kind == "Facility" and level in TERTIARY
    ]
    return (
        goals,
        [n for n, type in enumerate(types) if type == "village_clinic"],
        [n for n, type in enumerate(types) if type in TOWNSHIP],
    )


def centre_bits(
    size: int, types: list, relations, uses: Callable[[], Iterable], ups: Callable[[], Iterable]
) -> dict:
    bit = {type: 1 << number for number, type in enumerate(CENTRES)}
    own = [0] * size
    for v, c in uses():
        own[v] |= bit.get(types[c], 0)
    found = list(own)
    for v, w in ups():
        found[v] |= own[w]
    return {v: b for v, b in enumerate(found) if b}
