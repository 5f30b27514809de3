"""Test that all elements of a subject have one value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import datum, equals, needs_to_belong
from medgraph.words.stated import same_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def same(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that an attribute has one value over all elements of a subject: the most frequent one
    is the measure.
    """
    chosen = elements(audited, part, subjects)
    node = chosen.node
    name = part["attribute"]
    texts = audited.texts(name, node)
    compared = [None if text is None else same_text(text) for text in texts]
    pairs = list(zip(chosen.subject.tolist(), compared, strict=True))
    sure = [pair for pair, asked in zip(pairs, chosen.certain.tolist(), strict=True) if asked]
    measure = _most_frequent(sure or pairs)
    need = datum(audited, node, name, part)
    return of_elements(
        chosen,
        [_is_measure(text, measure.get(subject)) for subject, text in pairs],
        len(subjects),
        why=[equals(name, text) for text in texts],
        need=need,
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=need,
    )


def _is_measure(text: str | None, measure: str | None) -> int:
    return state_of(None if None in (text, measure) else text == measure)


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
