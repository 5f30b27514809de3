"""Settle what a source declares of its tables: whose list is meant, and what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.completeness import COMPLETE, LINKS, PARTIAL, first_day, is_part
from medgraph.graphmodel.named_tables import nearest_parts
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import References
from medgraph.words.declarations import COMPLETENESS, SOUNDS_DECLARED
from medgraph.words.say import Problem, problem
from medgraph.words.vocabularies import META_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medgraph.loaders.tabular.statements import Statements


def keys_with_ids(keys: Iterable[str], nodes: pa.Table) -> dict[str, str]:
    """Return by key what has the id of a group or facility where a declaration gives its name."""
    lists = {key: name for key in keys if (name := _list_of(key))}
    named = _unknown(set(lists.values()), nodes)
    if not named:
        return {}
    references = References(nodes)
    ids = {name: _meant(name, references) for name in named}
    return {key: _renamed(key, name, ids[name]) for key, name in lists.items() if name in ids}


def _list_of(key: str) -> str:
    """Whose list of links a key declares: the id in `links.MEMBER_OF.G1.complete`."""
    first, *names = key.split(".")
    is_list = first == LINKS and len(names) > 2 and names[-1] in COMPLETENESS
    return ".".join(names[1:-1]) if is_list else ""


def _unknown(ids: set[str], nodes: pa.Table) -> set[str]:
    """The ids that no node has."""
    if not ids:
        return set()
    asked = pa.array(sorted(ids), pa.string())
    there = pc.is_in(asked, value_set=nodes["id"].cast(pa.string()))
    return set(asked.filter(pc.invert(there)).to_pylist())


def _meant(name: str, references: References) -> str:
    try:
        return references.find(name)
    except WrongError:
        return name


def _renamed(key: str, name: str, id: str) -> str:
    return key.replace(f".{name}.", f".{id}.", 1)


def problems(stated: Statements, nodes: pa.Table) -> Iterator[Problem]:
    """Yield what of the declarations was not understood, each with the cell of its key or value."""
    unknown = _unknown({name for key in stated if (name := _list_of(key))}, nodes)
    for key, value in stated.items():
        at_key, at_value = stated.places[key]
        part, _, what = key.rpartition(".")
        if what not in COMPLETENESS:
            if key not in META_KEYS and SOUNDS_DECLARED.search(key):
                yield problem("W093", place=at_key, value=key, nearest=nearest_parts(key))
        elif not is_part(part, nodes):
            yield problem("W093", place=at_key, value=part, nearest=nearest_parts(part))
        elif _list_of(key) in unknown:
            yield problem("W094", place=at_key, value=_list_of(key))
        elif what == "complete" and value not in (COMPLETE, PARTIAL):
            yield problem("W091", place=at_value, value=value)
        elif what == "complete_date" and first_day(value) is None:
            yield problem("W095", place=at_value, value=value)
