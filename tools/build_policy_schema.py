"""Write the JSON Schema of policy packs, which editors read, from the table of the predicates."""

from __future__ import annotations

import json
from pathlib import Path

from medgraph.queries.policy.packs.json_schema import pack_schema
from medgraph.queries.policy.packs.reading import SCHEMA

FILE = Path(__file__).resolve().parent.parent / "medgraph/queries/policy/packs" / SCHEMA


def schema_text() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(pack_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
