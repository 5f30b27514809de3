"""Find the tables and relations of a network of which nobody said whether they are complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.completeness import LINKS, own_declaration
from medgraph.words.relations import RELATIONS

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

_LISTS_NAMED = 3
# The relations of facilities that questions and maps ask for.
_ASKED_FOR = (
    *("LEADS", "MEMBER_OF", "SERVES", "RUN_BY"),
    *("REFERS_UP_TO", "REFERS_DOWN_TO", "RECOGNISES_RESULTS", "TELEMEDICINE"),
    *("HOSTS_CENTRE", "USES_CENTRE"),
    *("DISPATCHES", "STATIONED_IN", "SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO"),
)


def undeclared_parts(net: MedicalNetwork) -> list[str]:
    """Return the tables and relations with rows of which nothing is stated, neither way.

    Of a relation that is declared list by list, the lists without a declaration are meant; more
    than three of them are named as the whole.

    >>> import medgraph as mg
    >>> undeclared_parts(mg.samples.taizhou())[:3]
    ['centres', 'teams', 'committees']
    """
    nodes, links = net.packed_tables
    kinds = set(pc.unique(nodes["kind"]).to_pylist())
    relations = set(pc.unique(links["relation"]).to_pylist())
    tables = [
        table.name
        for table in schema.NODE_TABLES
        if table.kind in kinds and not _is_stated(net, table.name)
    ]
    lists = [_undeclared_lists(net, r.word) for r in RELATIONS if r.word in relations]
    return tables + [part for parts in lists for part in parts]


def absent_relations(net: MedicalNetwork) -> list[str]:
    """Return the relations of facilities that questions ask for and the data says nothing of.

    >>> import medgraph as mg
    >>> "DISPATCHES" in absent_relations(mg.samples.taizhou())
    True
    """
    nodes, links = net.packed_tables
    if "Facility" not in pc.unique(nodes["kind"]).to_pylist():
        return []
    there = set(pc.unique(links["relation"]).to_pylist())
    absent = [relation for relation in _ASKED_FOR if relation not in there]
    return [relation for relation in absent if _undeclared_lists(net, relation)]


def _is_stated(net: MedicalNetwork, part: str) -> bool:
    return bool(own_declaration(net.meta, part).state)


def _undeclared_lists(net: MedicalNetwork, relation: str) -> list[str]:
    """The relation, or whose lists of it nothing is stated; none where the whole is stated."""
    whole = f"{LINKS}.{relation}"
    if _is_stated(net, whole) or _is_stated(net, LINKS):
        return []
    stated = {key for key in net.meta if key.startswith(f"{whole}.")}
    if not stated:
        return [whole]
    open_lists = [id for id in _targets(net, relation) if not _is_stated(net, f"{whole}.{id}")]
    if len(open_lists) > _LISTS_NAMED:
        return [whole]
    return [f"{whole}.{id}" for id in open_lists]


def _targets(net: MedicalNetwork, relation: str) -> list[str]:
    """Whose lists there are: the ends of the links of a relation, in their order."""
    _, links = net.packed_tables
    of_relation = links.filter(pc.equal(links["relation"], relation))
    found: list[str] = pc.unique(of_relation["target"]).to_pylist()
    return found
