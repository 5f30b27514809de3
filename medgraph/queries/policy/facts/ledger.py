"""Lay a ledger over a network: facts in rows `subject`, `item`, `value`, `period`, `origin`.

A subject that is no node becomes a record of its own; a period makes the item `item@period`. An
item is an attribute by its name or in Chinese, and goes into the column that the table has for it.
Where two rows, or a row and a table, state different values, neither counts and both are named.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.per_cent import is_in_per_cent
from medgraph.queries.policy.facts.contradictions import Contradiction, cell_of, same_value
from medgraph.words.attributes import attribute_of, titled_columns
from medgraph.words.days import YEAR_SIGNS
from medgraph.words.quantities import SCORE, SHARE, quantity
from medgraph.words.say import say
from medgraph.words.stated import stated, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

RECORD = "Record"  # the kind of a subject that is no node of the network
ASKED = "ledger_items"  # what the rows of a subject are about, with or without a value
Items = dict[str, str | None]
Said = dict[str, list[tuple[str, str]]]  # by item: each value that is stated, and where


def with_ledger(
    net: MedicalNetwork, ledger: pd.DataFrame | None, twice: Sequence[Contradiction] = ()
) -> tuple[MedicalNetwork, list[Contradiction]]:
    """Return the network with a ledger laid over its nodes, and what is stated in two ways.

    `twice` is what its own columns contradict. Raise OptionError where a column is missing.
    """
    if ledger is None or not len(ledger):
        return net, list(twice)
    if lost := {"subject", "item", "value"} - set(ledger.columns):
        raise OptionError(say("policy_ledger_columns", lost=", ".join(sorted(lost))))
    said = statements(ledger, net)
    positions = dict(zip(said, net.index.positions(list(said)).tolist(), strict=True))
    titled = titled_columns(net.index.table.column_names)
    in_per_cent = cache(partial(is_in_per_cent, net))
    for id, items in said.items():
        _add_stated_in_table(net, positions[id], items, titled, in_per_cent)
    for found in twice:
        if found.item in said.get(found.subject, {}):
            told = zip(found.values, found.origins, strict=True)
            said[found.subject][found.item] += told
    facts = {id: facts_of(items) for id, items in said.items()}
    in_tables = {(found.subject, found.item): found for found in twice}
    in_lines = {(found.subject, found.item): found for found in contradictions_in(said)}
    return _overlaid(net, facts), list((in_tables | in_lines).values())


def statements(ledger: pd.DataFrame, net: MedicalNetwork | None = None) -> dict[str, Said]:
    """Return what the lines state, by subject and item.

    A line without a value names its item; one without a subject or an item says nothing. A share
    that a column of `net` calls per cent gets a sign of its own.
    """
    found: dict[str, Said] = {}
    is_share = _shares_of(net)
    for row in ledger.astype(object).where(ledger.notna(), None).to_dict("records"):
        key = key_of(row)
        if key is None:
            continue
        subject, item = key
        values = found.setdefault(subject, {}).setdefault(item, [])
        value = text_or_none(row["value"])
        if stated(value) is not None:
            text = signed(str(value)) if is_share(str(row["item"]).strip(), item) else str(value)
            values.append((text, str(row.get("origin") or "")))
    return found


def _shares_of(net: MedicalNetwork | None) -> Callable[[str, str], bool]:
    """Return a test: a network calls an item per cent, as a line writes it or by its name."""
    if net is None:
        return lambda _title, _item: False
    in_per_cent = cache(partial(is_in_per_cent, net))
    titled = titled_columns(net.index.table.column_names)
    return lambda title, item: in_per_cent(title) or in_per_cent(titled.get(item, item))


def signed(text: str) -> str:
    """Return a share that only its column calls per cent with a sign of its own."""
    reads_by_itself = quantity(text, SHARE) is not None
    reads_in_per_cent = quantity(text, SHARE, per_cent=True) is not None
    return f"{text}%" if reads_in_per_cent and not reads_by_itself else text


def key_of(row: Mapping[Any, Any]) -> tuple[str, str] | None:
    """Return whom and what a line is about, `item@period` where it has one; None: about nothing.

    >>> key_of({"subject": " 甲县", "item": "visits", "period": "2023年"})
    ('甲县', 'visits@2023')
    """
    subject, item = text_or_none(row["subject"]), text_or_none(row["item"])
    if stated(subject) is None or stated(item) is None:
        return None
    name = attribute_of(str(item).strip())
    dated = f"{name}@{period_of(row['period'])}" if row.get("period") else name
    return str(subject).strip(), dated


def period_of(period: Any) -> str:
    """Return a period as it is written in names; a year is four digits.

    >>> period_of(2023.0), period_of("2023年"), period_of("2023Q1")
    ('2023', '2023', '2023Q1')
    """
    text = str(period).strip().removesuffix(".0")
    year = text[:4]
    return year if year.isdigit() and text[4:] in YEAR_SIGNS else text


def _add_stated_in_table(
    net: MedicalNetwork,
    at: int,
    items: Said,
    titled: Mapping[str, str],
    in_per_cent: Callable[[str], bool],
) -> None:
    """Set what a table states of the node at a position beside what the ledger does."""
    if at < 0:
        return
    for item, values in items.items():
        column = titled.get(item, item)
        own = net.index.take(column, np.array([at])).to_pylist()[0]
        if own is not None and stated(str(own)) is not None:
            text = _as_text(own)
            origin = net.index.take("origin", np.array([at])).to_pylist()[0]
            cell = cell_of(origin, column)
            values.append((signed(text) if in_per_cent(column) else text, cell))


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def facts_of(items: Said) -> Items:
    """Return the one value of every item; None where there is none, or two that differ."""
    return {item: values[0][0] if _agree(values) else None for item, values in items.items()}


def _agree(values: list[tuple[str, str]]) -> bool:
    return bool(values) and all(same_value(values[0][0], other) for other, _ in values[1:])


def contradictions_in(said: Mapping[str, Said]) -> Iterator[Contradiction]:
    """Yield what is stated in two ways, of whichever subject."""
    for id, items in said.items():
        for item, values in items.items():
            if len(values) > 1 and not _agree(values):
                texts, origins = zip(*dict.fromkeys(values), strict=True)
                yield Contradiction(id, item, texts, origins)


def _overlaid(net: MedicalNetwork, facts: Mapping[str, Items]) -> MedicalNetwork:
    nodes, edges = net.tables
    nodes = _with_records(nodes, [id for id in facts if net.index.position(id) < 0])
    types = schema.field_types()
    ids = nodes["id"].to_pylist()
    columns = {name: nodes[name] for name in nodes.column_names}
    titled = titled_columns(nodes.column_names)
    for item in dict.fromkeys(item for items in facts.values() for item in items):
        column = titled.get(item, item)
        old = columns[column].to_pylist() if column in columns else [None] * len(ids)
        texts = [
            facts[id][item] if item in facts.get(id, {}) else text_or_none(was)
            for id, was in zip(ids, old, strict=True)
        ]
        columns[column] = typed(texts, types.get(column, "text"))
    columns[ASKED] = pa.array([_items_of(facts.get(id)) for id in ids], pa.string())
    return MedicalNetwork(canonical(pa.table(columns), types), edges, net.meta)


def text_or_none(value: Any) -> str | None:
    """Return a cell as the text of a ledger; None where it is empty."""
    return None if value is None else _as_text(value)


def _items_of(items: Items | None) -> str | None:
    return "|".join(["", *items, ""]) if items else None


def typed(texts: list[str | None], type_: str) -> Any:
    """Return texts as a column of a type; what the type does not allow is not stated."""
    if type_ in ("integer", "number"):
        read = _whole if type_ == "integer" else _number
        return pa.array([read(text) for text in texts], schema.ARROW_TYPES[type_])
    if type_ == "boolean":
        return pa.array([yes_or_no(text) for text in texts], pa.bool_())
    return pa.array(texts, pa.string()).cast(schema.ARROW_TYPES[type_])


def _number(text: str | None) -> float | None:
    number = quantity(text, SCORE)
    return None if number is None else float(number)


def _whole(text: str | None) -> int | None:
    number = quantity(text, SCORE)
    return int(number) if number is not None and number.denominator == 1 else None


def _with_records(nodes: Any, ids: list[str]) -> Any:
    if not ids:
        return nodes
    added = pa.Table.from_pylist([{"id": id, "kind": RECORD, "name": id} for id in ids])
    return pa.concat_tables([nodes, added], promote_options="default")
