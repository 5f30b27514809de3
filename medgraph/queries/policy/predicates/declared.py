"""Test that stated counts are those of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.deciding import decided
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested, joined
from medgraph.queries.policy.predicates.wording import not_stated
from medgraph.words.quantities import COUNT, quantity
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def declared(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that stated counts (`declared.<type>` on a group) equal the members of that type that
    are listed.
    """
    prefix = part.get("prefix", "declared.")
    columns = audited.columns_beginning(prefix)
    tests = [_of_type(audited, part, subjects, name, name[len(prefix) :]) for name in columns]
    return joined([*tests, _of_none(subjects, prefix, tests)])


def _of_none(subjects: Subjects, prefix: str, tests: Sequence[Tested]) -> Tested:
    """One open element for each subject that states no count at all: it may state any."""
    stating = [test.subject for test in tests]
    silent = np.setdiff1d(np.arange(len(subjects)), np.concatenate([[], *stating]).astype(int))
    need = f"groups.{prefix}*"
    return as_tested(
        silent,
        np.full(len(silent), UNKNOWN),
        len(subjects),
        node=subjects.positions[silent],
        label=f"{prefix}*",
        why=not_stated(f"{prefix}*"),
        need=need,
        lacking=need,
    )


def _of_type(
    audited: AuditedNetwork, part: Part, subjects: Subjects, column: str, type_: str
) -> Tested:
    of_type = {**part, "of": "members", "where": {"type": [type_]}}
    chosen = elements(audited, of_type, subjects, placeholders=True)
    whole = chosen.whole.copy()
    whole[chosen.subject[chosen.several]] = False
    size = len(subjects)
    listed = np.bincount(chosen.subject[chosen.certain], minlength=size).tolist()
    possible = np.bincount(chosen.subject, minlength=size).tolist()
    texts = audited.texts(column, subjects.positions)
    stated = [place for place, text in enumerate(texts) if text is not None]
    return as_tested(
        stated,
        [
            _agrees(texts[place], listed[place], possible[place], whole=bool(whole[place]))
            for place in stated
        ],
        len(subjects),
        node=subjects.positions[stated],
        label=column,
        why=[
            say("policy_stated_listed", stated=texts[place], listed=listed[place])
            for place in stated
        ],
        need=[f"groups.{column}" if whole[place] else chosen.closing for place in stated],
    )


def _agrees(stated: str | None, listed: int, possible: int, *, whole: bool) -> int:
    """Is a stated count what is listed? More may be listed than are, where the list is open."""
    count = quantity(stated, COUNT)
    if count is None:
        return UNKNOWN
    closed = whole and listed == possible
    return decided(closed and count == listed, count < listed or (whole and count > possible))
