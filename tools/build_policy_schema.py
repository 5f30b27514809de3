"""Write the JSON Schema of policy packs, which editors read, from the table of the predicates."""

from __future__ import annotations

import json
from pathlib import Path

from medgraph.queries.policy.packs.json_schema import pack_schema
from medgraph.queries.policy.packs.reading import SCHEMA

FILE = Path(__file__).resolve().parent.parent / "medgraph/queries/policy/packs" / SCHEMA


def schema_text() -> str:
    """Return the schema as the file holds it: a line for each key, and for each definition."""
    schema = pack_schema()
    definitions = schema.pop("$defs")
    return f'{{\n{_lines(schema)},\n"$defs": {{\n{_lines(definitions)}\n}}\n}}\n'


def _lines(table: dict) -> str:
    return ",\n".join(f"{_text(key)}: {_text(value)}" for key, value in table.items())


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
