"""Read the small networks that a rule's own examples are written as.

One statement per line or `;`: `H1 Facility type=general_hospital level=3A` is a node, `H1 LEADS G1 basis=explicit` a
link, `meta links.MEMBER_OF.complete=complete` a statement about the whole, `day 2024-12-31` the day,
`C1.visit_rate@2023 = 0.91` a fact of the ledger, `set HN-02.tolerance=0.02` a parameter (`|` makes a list) and `@base`
the pack's fixture of that name. A value may stand in double quotes.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.words.vocabularies import KINDS, RELATIONS

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.queries.policy.packs.faults import Pack, Rule

_FACT = re.compile(
    r"(?P<subject>[^\s=]+?)\.(?P<item>[^\s=@]+)(?:@(?P<period>\d+))?\s*=\s*(?P<value>.*)"
)
_META = {"register": "样例", "edition": "2024", "data_day": "2024-12-31"}


@dataclass
class Example:
    """A network, its ledger and the parameters that an example sets."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: list[dict[str, Any]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=lambda: dict(_META))
    facts: list[dict[str, Any]] = field(default_factory=list)
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def network(self) -> MedicalNetwork:
        """The network as stated, unchecked: a rule about codes needs a wrong one."""
        return MedicalNetwork(
            _table(list(self.nodes.values()), ("id", "kind", "name"), schema.field_types()),
            _table(self.links, ("source", "relation", "target"), schema.link_types()),
            self.meta,
        )

    @property
    def ledger(self) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(self.facts, columns=["subject", "item", "period", "value", "origin"])


def example(pack: Pack, rule: Rule, name: str) -> Example:
    """Return the example `name` (pass, fail, no_data, value) of a rule."""
    found = Example()
    _read(found, rule.examples[name], pack.fixtures)
    return found


def _read(found: Example, text: str, fixtures: Mapping[str, str]) -> None:
    for line in re.split(r"[;\n]", text):
        line = line.strip()
        if line.startswith("@"):
            _read(found, fixtures[line[1:]], fixtures)
        elif line:
            _statement(found, line)


def _statement(found: Example, line: str) -> None:
    words = shlex.split(line)
    if words[0] == "day":
        found.meta["data_day"] = words[1]
    elif words[0] == "meta":
        found.meta |= _values(words[1:])
    elif words[0] == "set":
        for name, value in _values(words[1:]).items():
            rule, parameter = name.rsplit(".", 1)
            listed = [part for part in value.split("|") if part] if "|" in value else value
            found.parameters.setdefault(rule, {})[parameter] = listed
    elif len(words) > 1 and words[1] in KINDS:
        values = _typed(_values(words[2:]), schema.field_types())
        found.nodes[words[0]] = {"id": words[0], "kind": words[1], "name": words[0], **values}
    elif len(words) > 2 and words[1] in RELATIONS:
        values = _typed(_values(words[3:]), schema.link_types())
        found.links += [
            {"source": a, "relation": words[1], "target": b, **values}
            for a in words[0].split(",")
            for b in words[2].split(",")
        ]
    elif fact := _FACT.fullmatch(line):
        found.facts.append({**fact.groupdict(), "value": fact["value"].strip(), "origin": "样例"})
    else:
        raise ValueError(f"no example statement: {line}")


def _table(
    rows: list[dict[str, Any]], required: tuple[str, ...], types: Mapping[str, str]
) -> pa.Table:
    names = dict.fromkeys([*required, *(name for row in rows for name in row)])
    columns = {
        name: pa.array([row.get(name) for row in rows], schema.ARROW_TYPES[types.get(name, "text")])
        for name in names
    }
    return canonical(pa.table(columns), types)


def _values(words: list[str]) -> dict[str, str]:
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def _typed(values: dict[str, str], types: Mapping[str, str]) -> dict[str, Any]:
    import datetime

    made = {
        "integer": int,
        "number": float,
        "boolean": lambda t: t == "yes",
        "date": datetime.date.fromisoformat,
    }
    return {name: made.get(types.get(name, "text"), str)(value) for name, value in values.items()}
