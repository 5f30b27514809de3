"""Test that stated counts are those of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.deciding import decided
from medgraph.queries.policy.facts.elements import elements_summed
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested, joined
from medgraph.queries.policy.predicates.wording import not_stated
from medgraph.words.quantities import COUNT, quantity
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def declared(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that stated counts (`declared.<type>` on a group) equal the members of that type that
    are listed.

    A count that nobody states is compared with nothing; one that is named without a number is open.
    """
    prefix = part.get("prefix", "declared.")
    columns = audited.attributes_beginning(prefix)
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
    chosen = elements_summed(audited, of_type, subjects)
    size = len(subjects)
    listed = np.bincount(chosen.subject[chosen.certain], minlength=size).tolist()
    possible = np.bincount(chosen.subject, minlength=size).tolist()
    texts = audited.texts(column, subjects.positions)
    stated = [quantity(text, COUNT) for text in texts]
    named = np.flatnonzero(audited.named(column, subjects.positions)).tolist()
    open_lists = [stated[place] is not None and not chosen.whole[place] for place in named]
    return as_tested(
        named,
        [
            _agrees(stated[place], listed[place], possible[place], whole=bool(chosen.whole[place]))
            for place in named
        ],
        len(subjects),
        node=subjects.positions[named],
        label=column,
        why=[_compared(column, texts[place], listed[place]) for place in named],
        need=[chosen.closing if is_open else f"groups.{column}" for is_open in open_lists],
    )


def _compared(column: str, stated: str | None, listed: int) -> str:
    if stated is None:
        return not_stated(column)
    return say("policy_stated_listed", stated=stated, listed=listed)


def _agrees(stated: Fraction | None, listed: int, possible: int, *, whole: bool) -> int:
    """Is a stated count what is listed? More may be listed than are, where the list is open."""
    if stated is None:
        return UNKNOWN
    closed = whole and listed == possible
    return decided(closed and stated == listed, stated < listed or (whole and stated > possible))
