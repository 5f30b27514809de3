"""Test the attributes of each element against one condition tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.conditions import attributes, leaves
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, of_elements
from medgraph.queries.policy.predicates.wording import needs_to_belong, not_stated, table_asked
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def value(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test the attributes of each element against a condition tree (`any`, `all`, `not`, values,
    limits).
    """
    chosen = elements(audited, part, subjects)
    node = chosen.node
    state = audited.states(part["test"], node)
    names = list(dict.fromkeys(attributes(part["test"])))
    shown = listed(attribute_title(name) for name in names)
    need = _lacking(audited, node[state == UNKNOWN], part["test"])
    why = Reasons(
        say("policy_not_so", what=shown),
        not_stated(need.partition(".")[2]),
        say("policy_so", what=shown),
    )
    return of_elements(
        chosen,
        state,
        len(subjects),
        lacking=table_asked(part),
        need=need,
        need_to_belong=needs_to_belong(audited, part, chosen),
        why=why,
    )


def _lacking(audited: AuditedNetwork, unknown: Positions, test: Mapping[str, Any]) -> str:
    """Name the first attribute that the unknown elements lack, else one that nobody understands."""
    if not len(unknown):
        return ""
    names = list(attributes(test))
    lacked = [n for n in names if audited.column(n).take(pa.array(unknown)).null_count]
    unread = [
        name
        for name, wanted in leaves(test)
        if (audited.states({name: wanted}, unknown) == UNKNOWN).any()
    ]
    return audited.datum(unknown, [*lacked, *unread, names[-1]][0])
