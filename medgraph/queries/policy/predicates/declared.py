"""Test that stated counts are those of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested, joined
from medgraph.words.numerals import read_exact
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def declared(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that stated counts (`declared.<type>` on a group) equal the members of that type that
    are listed.
    """
    prefix = part.get("prefix", "declared.")
    columns = audited.columns_beginning(prefix)
    tests = [_of_type(audited, part, subjects, name, name[len(prefix) :]) for name in columns]
    none = as_tested([], [], len(subjects), lacking=f"groups.{prefix}*")
    return joined([*tests, none])


def _of_type(
    audited: AuditedNetwork, part: Part, subjects: Subjects, column: str, type_: str
) -> Tested:
    of_type = {**part, "of": "members", "where": {"type": [type_]}}
    which, _, whole = elements(audited, of_type, subjects)
    listed = np.bincount(which, minlength=len(subjects)).tolist()
    texts = audited.texts(column, subjects.positions)
    stated = [place for place, text in enumerate(texts) if text is not None]
    return as_tested(
        stated,
        [_agrees(texts[place], listed[place]) for place in stated],
        len(subjects),
        node=subjects.positions[stated],
        label=column,
        why=[
            say("policy_stated_listed", stated=texts[place], listed=listed[place])
            for place in stated
        ],
        need=f"groups.{column}",
        whole=whole,
    )


def _agrees(stated: str | None, listed: int) -> int:
    count = read_exact(stated)
    return UNKNOWN if count is None else state_of(count == listed)
