"""Read the TOML that says what another system's register means here; see docs/interchange.md."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.loaders.foreign.toml_keys import Keys, refuse_unknown, wrong_value
from medgraph.text_files import read_toml
from medgraph.words.vocabularies import AREA_LEVELS, GROUP_TYPES, KINDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_TEXT, _TABLE, _WHOLE = (str, '"a"'), (dict, '{ "a" = "b" }'), (int, "4")
_KEYS: Keys = {"meta": _TABLE, "dhis2": _TABLE, "graph": _TABLE}
_DHIS2: Keys = {
    "facility_level": _WHOLE,
    "area_levels": (dict, '{ "3" = "township" }'),
    "group_sets": _TABLE,
    "attributes": _TABLE,
}
_GROUP_SET: Keys = {"field": _TEXT, "groups": _TEXT, "words": _TABLE}
_GRAPH: Keys = {"kind": _TEXT, "relation": _TEXT, "weight": _TEXT}


@dataclass(frozen=True)
class SetMeaning:
    """What a set of groups means: the `field` that it fills in with our `words`, or `groups`.

    With `groups` each of its groups is a group of facilities of that type.
    """

    field: str = ""
    groups: str = ""
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Meaning:
    """What is stated of a register: of the whole, of DHIS2's levels and sets, of a bare graph.

    `area_levels` are the levels of areas by the number of DHIS2's level. In a graph that does not
    say so itself, nodes are of `kind`, links of `relation`, and `weight` is a field of links.
    """

    meta: Mapping[str, str] = dataclasses.field(default_factory=dict)
    facility_level: int | None = None
    area_levels: Mapping[int, str] = dataclasses.field(default_factory=dict)
    group_sets: Mapping[str, SetMeaning] = dataclasses.field(default_factory=dict)
    attributes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    kind: str = ""
    relation: str = ""
    weight: str = ""


def is_meaning(path: Path) -> bool:
    """Whether a mapping speaks of a register or a graph, and not of tables or sheets."""
    return not {"table", "sheet"} & set(read_toml(path))


def read_meaning(path: Path | None) -> Meaning:
    """Return what a mapping says; raise SourceError that names what is wrong in it."""
    if path is None:
        return Meaning()
    given = read_toml(path)
    refuse_unknown(path, given, _KEYS)
    dhis2, graph = given.get("dhis2", {}), given.get("graph", {})
    refuse_unknown(path, dhis2, _DHIS2)
    refuse_unknown(path, graph, _GRAPH)
    _one_of(path, "graph.kind", graph.get("kind", ""), KINDS)
    _one_of(path, "graph.relation", graph.get("relation", ""), RELATIONS)
    return Meaning(
        meta={str(key): str(value) for key, value in given.get("meta", {}).items()},
        facility_level=dhis2.get("facility_level"),
        area_levels=dict(_levels(path, dhis2.get("area_levels", {}))),
        group_sets={
            name: _group_set(path, name, one) for name, one in dhis2.get("group_sets", {}).items()
        },
        attributes={str(key): str(name) for key, name in dhis2.get("attributes", {}).items()},
        kind=graph.get("kind", ""),
        relation=graph.get("relation", ""),
        weight=graph.get("weight", ""),
    )


def _levels(path: Path, given: Mapping[str, Any]) -> Iterable[tuple[int, str]]:
    for number, level in given.items():
        if not number.isdecimal():
            raise wrong_value(path, "area_levels", number, '{ "3" = "township" }')
        _one_of(path, f"area_levels.{number}", level, AREA_LEVELS)
        yield int(number), level


def _group_set(path: Path, name: str, given: Any) -> SetMeaning:
    if not isinstance(given, dict):
        raise wrong_value(path, f"group_sets.{name}", given, '{ field = "ownership" }')
    refuse_unknown(path, given, _GROUP_SET)
    groups = given.get("groups", "")
    _one_of(path, f"group_sets.{name}.groups", groups, GROUP_TYPES)
    words = {str(key): str(word) for key, word in given.get("words", {}).items()}
    return SetMeaning(given.get("field", ""), groups, words)


def _one_of(path: Path, key: str, value: Any, allowed: Iterable[str]) -> None:
    """Raise SourceError for a value, other than an empty one, that is none of these."""
    if value and value not in allowed:
        raise wrong_value(path, key, value, " / ".join(allowed))
