"""Read the small networks that a rule's own examples are written as.

One statement per line or `;`: `H1 Facility type=general_hospital level=3A` is a node (`A,B
Facility` are two), `H1 LEADS G1 basis=explicit` a link, `meta links.MEMBER_OF.complete=complete` a
statement about the whole, `day 2024-12-31` the day, `C1.visit_rate@2023 = 0.91` a fact of the
ledger, `set HN-02.tolerance=0.02` a parameter (`|` makes a list) and `@base` the pack's fixture of
that name. A value may be in double quotes.
"""

from __future__ import annotations

import datetime
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.words.say import say
from medgraph.words.score_sheets import EXAMPLE
from medgraph.words.vocabularies import KINDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from medgraph.queries.policy.packs.pack import Pack, Rule

_FACT = re.compile(
    r"(?P<subject>[^\s=]+?)\.(?P<item>[^\s=@]+)(?:@(?P<period>\d+))?\s*=\s*(?P<value>.*)"
)
_META = {"register": EXAMPLE, "edition": "2024", "data_day": "2024-12-31"}
_READ: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": lambda text: text == "yes",
    "date": datetime.date.fromisoformat,
}


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
        nodes = _table(list(self.nodes.values()), ("id", "kind", "name"), schema.field_types())
        links = _table(self.links, ("source", "relation", "target"), schema.link_types())
        return MedicalNetwork(nodes, links, self.meta)

    @property
    def ledger(self) -> pd.DataFrame:
        """The facts that no table of the network holds."""
        return pd.DataFrame(self.facts, columns=["subject", "item", "period", "value", "origin"])


def example(pack: Pack, rule: Rule, name: str) -> Example:
    """Return the example `name` (pass, fail, no_data, value) of a rule."""
    found = read_statements(rule.examples[name], pack.fixtures)
    _refuse_unknown((end for link in found.links for end in _ends(link)), found.nodes)
    _refuse_unknown(found.parameters, [each.id for each in pack.rules])
    return found


def read_statements(text: str, fixtures: Mapping[str, str]) -> Example:
    """Return what statements say, one by one, whether or not they fit together."""
    found = Example()
    for line in _statements(text, fixtures):
        _add(found, line)
    return found


def _ends(link: Mapping[str, Any]) -> tuple[str, str]:
    return link["source"], link["target"]


def _refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    """Raise ValueError for the first name that stands for nothing."""
    held = set(known)
    for name in names:
        if name not in held:
            raise ValueError(say("example_unknown", name=name))


def _statements(text: str, fixtures: Mapping[str, str]) -> Iterator[str]:
    for line in map(str.strip, re.split(r"[;\n]", text)):
        if line.startswith("@"):
            yield from _of_fixture(line[1:], fixtures)
        elif line:
            yield line


def _of_fixture(name: str, fixtures: Mapping[str, str]) -> Iterator[str]:
    """Yield the statements of a fixture; it may name others, but not itself again."""
    if name not in fixtures:
        raise ValueError(say("example_no_fixture", name=name))
    others = {key: text for key, text in fixtures.items() if key != name}
    yield from _statements(fixtures[name], others)


def _add(found: Example, line: str) -> None:
    """Add one statement; its first words say what it is."""
    first, *rest = _words(line)
    word = rest[0] if rest else ""
    if first in _STATEMENTS:
        _STATEMENTS[first](found, rest)
    elif word in KINDS:
        values = _typed(rest[1:], schema.field_types())
        for id_ in first.split(","):
            found.nodes[id_] = {"id": id_, "kind": word, "name": id_, **values}
    elif word in RELATIONS and len(rest) > 1:
        _add_links(found, first.split(","), word, rest[1].split(","), rest[2:])
    elif fact := _FACT.fullmatch(line):
        value = fact["value"].strip()
        found.facts.append({**fact.groupdict(), "value": value, "origin": EXAMPLE})
    else:
        raise ValueError(say("example_unread", line=line))


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:  # a quote that is not closed
        raise ValueError(say("example_unread", line=line)) from error


def _add_links(
    found: Example, sources: list[str], relation: str, targets: list[str], values: list[str]
) -> None:
    """Add a link from each source to each target: `P1,P2 MEMBER_OF G1`."""
    typed = _typed(values, schema.link_types())
    found.links += [
        {"source": source, "relation": relation, "target": target, **typed}
        for source in sources
        for target in targets
    ]


def _set_day(found: Example, words: list[str]) -> None:
    found.meta["data_day"] = _read("date", "day", " ".join(words)).isoformat()


def _set_meta(found: Example, words: list[str]) -> None:
    found.meta.update(_values(words))


def _set_parameters(found: Example, words: list[str]) -> None:
    for name, value in _values(words).items():
        rule, _, parameter = name.rpartition(".")
        parts = [part for part in value.split("|") if part]
        found.parameters.setdefault(rule, {})[parameter] = parts if "|" in value else value


_STATEMENTS: Mapping[str, Callable[[Example, list[str]], None]] = {
    "day": _set_day,
    "meta": _set_meta,
    "set": _set_parameters,
}


def _table(
    rows: list[dict[str, Any]], required: tuple[str, ...], types: Mapping[str, str]
) -> pa.Table:
    stated = (name for row in rows for name in row)
    columns = {}
    for name in dict.fromkeys([*required, *stated]):
        wanted = schema.ARROW_TYPES[types.get(name, "text")]
        columns[name] = pa.array([row.get(name) for row in rows], wanted)
    return canonical(pa.table(columns), types)


def _values(words: Iterable[str]) -> dict[str, str]:
    """Read `name=value` of each word."""
    pairs = (word.partition("=") for word in words)
    return {name: value for name, _, value in pairs}


def _typed(words: Iterable[str], types: Mapping[str, str]) -> dict[str, Any]:
    """Read `name=value` of each word, each value as the type of its field."""
    found = {}
    for name, value in _values(words).items():
        found[name] = _read(types.get(name, "text"), name, value)
    return found


def _read(type_: str, name: str, value: str) -> Any:
    """A value as its type; raise ValueError, in words, for one that is none."""
    try:
        return _READ.get(type_, str)(value)
    except ValueError as error:
        raise ValueError(say("example_value", name=name, value=value)) from error
