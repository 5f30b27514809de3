"""Test that all elements of a subject have one value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.queries.policy.predicates.wording import datum, equals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def same(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that an attribute has one value over all elements of a subject: the most frequent one
    is the measure.
    """
    which, node, whole = elements(audited, part, subjects)
    name = part["attribute"]
    texts = audited.texts(name, node)
    pairs = list(zip(which.tolist(), texts, strict=True))
    measure = _most_frequent(pairs)
    need = datum(audited, node, name, part)
    return as_tested(
        which,
        [state_of(None if text is None else text == measure[subject]) for subject, text in pairs],
        len(subjects),
        node=node,
        why=[equals(name, text) for text in texts],
        whole=whole,
        need=need,
        lacking=need,
    )


def _most_frequent(pairs: Iterable[tuple[int, str | None]]) -> dict[int, str]:
    """Return the most frequent text of each subject; of equally frequent ones the first by its
    letters.
    """
    counts: dict[int, Counter[str]] = {}
    for subject, text in pairs:
        if text is not None:
            counts.setdefault(subject, Counter())[text] += 1
    return {
        subject: min(counted, key=lambda text: (-counted[text], text))
        for subject, counted in counts.items()
    }
