"""Packs with one slip: every key dropped, renamed or given another type, at every depth, one at a time."""

from __future__ import annotations

import copy
import datetime
import json
import tomllib
from importlib import resources

from medgraph.queries.policy import shipped

FOLDER = resources.files("medgraph.queries.policy") / "packs"
VALUES = (
    *("", "x", "2025年6月30日", "$nope", "@nope", "@counties", 0, -1, 7, 10**12, 1.5, True, False),
    *([], ["x"], [1], [[]], [{}], [""], {}, {"x": 1}, {"at_least": "1"}, {"atleast": "1"}),
    *({"known": False}, float("nan"), datetime.date(2025, 6, 30)),
)


def packs():
    """Yield the name and the data of each shipped pack."""
    for name in shipped():
        yield name, tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def mutants(rule, chance=None, share=1.0):
    """Yield what was done, where, and the rule with that one slip; by `chance` a `share` of them."""
    for done, path, change in slips(rule):
        if chance is None or chance.random() < share:
            made = copy.deepcopy(rule)
            change(at(made, path[:-1]))
            yield done, path, made


def slips(rule):
    """Yield what can be done to a rule, where, and what does it."""
    for path in _paths(rule):
        if path[0] == "examples":
            continue
        last = path[-1]
        yield "drop", path, lambda held, last=last: held.pop(last)
        if isinstance(last, str):
            for name in (f"{last}x", last[:-1] or "q", last.replace("_", "") + "s"):
                yield "rename", path, _renaming(last, name)
        for value in VALUES:
            yield "retype", path, _setting(last, value)


def _paths(value, path=()):
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, inner in items:
        yield (*path, key)
        yield from _paths(inner, (*path, key))


def at(value, path):
    """Return what stands at a path."""
    for key in path:
        value = value[key]
    return value


def _renaming(old, new):
    def change(held):
        held[new] = held.pop(old)

    return change


def _setting(key, value):
    def change(held):
        held[key] = value

    return change


def as_toml(value):
    """Write a value as TOML, tables inline."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(key, ensure_ascii=False)} = {as_toml(v)}" for key, v in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return str(value)


def alone(data, rule):
    """Return a pack with this rule alone, without sentences, that others would answer."""
    tables = {key: value for key, value in data.items() if key not in ("rules", "sentences")}
    return {**tables, "rules": [rule]}


def with_rule(data, rule):
    """Return the text of a pack that has this rule alone."""
    tables = alone(data, rule)
    return "\n".join(f"{key} = {as_toml(value)}" for key, value in tables.items())
