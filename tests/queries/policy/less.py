"""Make of a network every one that says less: the ways in which a workbook loses what it said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from medgraph.graphmodel import schema
from medgraph.graphmodel.completeness import declaration
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy.examples import Example

ENDS = ("source", "target", "relation")
# What names a row, says where it stands, or means something when it is empty.
NAMES = ("id", "kind", "name", "origin", "document", "clause", "note", *ENDS)
KEPT = frozenset((*NAMES, "status", "valid_from", "valid_to", "basis", "is_class"))
BY_CODE = frozenset(("level", "area_kind"))  # of an area that states none, its code says it
NOTHING_KNOWS = "zzqx"
NOT_STATED = "待定"
MARK = ".complete"
WITH_WORDS = frozenset(
    field.name
    for table in (*schema.NODE_TABLES, schema.LINKS)
    for field in table.fields
    if field.vocabulary
)


class Less(NamedTuple):
    """One way to say less: the `way`, the row `id`, the `item` (column or item), what is left."""

    way: str
    id: str
    item: str
    left: Callable[[], Example]

    def __str__(self) -> str:
        return f"{self.way} {self.id} {self.item}".strip()


def as_example(net: MedicalNetwork) -> Example:
    """Take a network apart into rows, without its empty cells."""
    nodes, links = (
        [{k: v for k, v in row.items() if v is not None} for row in table.to_pylist()]
        for table in net.tables
    )
    return Example({row["id"]: row for row in nodes}, links, dict(net.meta))


def all_ways(whole: Example) -> Iterator[Less]:
    """Yield every way to say less by one cell, row, link, declaration, sign or ledger line."""
    yield from _cells(whole)
    yield from _rows(whole)
    yield from _links(whole)
    yield from _declarations(whole)
    yield from _lines(whole)


# -- cells ---------------------------------------------------------------------------------------


def _cells(whole: Example) -> Iterator[Less]:
    for id, row in whole.nodes.items():
        table = table_of(row["kind"])
        for column, value in row.items():
            if column in KEPT or declaration(whole.meta, f"{table}.{column}"):
                continue
            for way, text in _emptier(column, value):
                if way == "misspell" or row["kind"] != "Area" or column not in BY_CODE:
                    yield Less(way, id, column, _node_cell(whole, id, column, text))
    for place, row in enumerate(whole.links):
        for column, value in row.items():
            if column not in KEPT:
                for way, text in _emptier(column, value):
                    yield Less(way, _shown(row), column, _link_cell(whole, place, column, text))


def _emptier(column: str, value: Any) -> Iterator[tuple[str, str | None]]:
    """Yield the ways in which one cell says less; a typed cell cannot hold a word."""
    yield "blank", None
    if not isinstance(value, str):
        return
    yield "not stated", NOT_STATED
    if column in WITH_WORDS:
        yield "misspell", NOTHING_KNOWS
    if _signed(value):
        yield "unit", value.removesuffix("%")


def _signed(value: str) -> bool:
    """Whether a text has a sign without which it is no share: 0.5 without one is a half."""
    return value.endswith("%") and float(value.removesuffix("%")) > 1


def _node_cell(whole: Example, id: str, column: str, text: str | None) -> Callable[[], Example]:
    return lambda: replace(whole, nodes={**whole.nodes, id: _with(whole.nodes[id], column, text)})


def _link_cell(whole: Example, place: int, column: str, text: str | None) -> Callable[[], Example]:
    return lambda: replace(
        whole, links=_at(whole.links, place, _with(whole.links[place], column, text))
    )


def _with(row: dict[str, Any], column: str, text: str | None) -> dict[str, Any]:
    return {**row, column: text}


def _at(rows: list[Any], place: int, *row: Any) -> list[Any]:
    """Return rows with another row, or none, in one place."""
    return [*rows[:place], *row, *rows[place + 1 :]]


# -- rows and links ------------------------------------------------------------------------------


def _rows(whole: Example) -> Iterator[Less]:
    for id, row in whole.nodes.items():
        mine = [link for link in whole.links if id in (link["source"], link["target"])]
        if not declaration(whole.meta, table_of(row["kind"])) and not any(
            _declared(whole, link) for link in mine
        ):
            yield Less("delete", id, "", _without(whole, id))


def _without(whole: Example, id: str) -> Callable[[], Example]:
    return lambda: replace(
        whole,
        nodes={other: row for other, row in whole.nodes.items() if other != id},
        links=[link for link in whole.links if id not in (link["source"], link["target"])],
        facts=[fact for fact in whole.facts if fact["subject"] != id],
    )


def _links(whole: Example) -> Iterator[Less]:
    for place, link in enumerate(whole.links):
        if not _declared(whole, link):
            left = lambda place=place: replace(whole, links=_at(whole.links, place))  # noqa: E731
            yield Less("drop", _shown(link), "", left)


def _declared(whole: Example, link: dict[str, Any]) -> bool:
    """Whether some list that holds a link is declared complete."""
    relation = f"links.{link['relation']}"
    keys = (relation, f"{relation}.{link['source']}", f"{relation}.{link['target']}")
    return any(declaration(whole.meta, key) for key in keys)


def _declarations(whole: Example) -> Iterator[Less]:
    for key, value in whole.meta.items():
        if key.endswith(MARK) and value == "complete":
            left = lambda key=key: replace(whole, meta={**whole.meta, key: "partial"})  # noqa: E731
            yield Less("partial", key, "", left)


# -- the ledger ----------------------------------------------------------------------------------


def _lines(whole: Example) -> Iterator[Less]:
    for place, fact in enumerate(whole.facts):
        if _declared_item(whole, fact):
            continue
        id, item = fact["subject"], fact["item"]
        values = {"blank": None, "not stated": NOT_STATED, "misspell": NOTHING_KNOWS}
        if _signed(fact["value"]):
            values["unit"] = fact["value"].removesuffix("%")
        for way, text in values.items():
            yield Less(way, id, item, _line(whole, place, {**fact, "value": text}))
        yield Less("delete line", id, item, _line(whole, place))


def _line(whole: Example, place: int, *fact: dict[str, Any]) -> Callable[[], Example]:
    return lambda: replace(whole, facts=_at(whole.facts, place, *fact))


def _declared_item(whole: Example, fact: dict[str, Any]) -> bool:
    node = whole.nodes.get(fact["subject"])
    return node is not None and bool(
        declaration(whole.meta, f"{table_of(node['kind'])}.{fact['item']}")
    )


def table_of(kind: str) -> str:
    """Name the table in which nodes of a kind are rows."""
    return schema.TABLE_OF_KIND[kind].name


def _shown(link: dict[str, Any]) -> str:
    return f"{link['source']} {link['relation']} {link['target']}"
