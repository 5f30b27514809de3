"""Read what counties and zones report of themselves item by item: `score.12@2023`,
`judgement.<dimension>.<indicator>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.queries.policy.facts.ledger import ASKED
from medgraph.queries.policy.predicates.tested import Tested, as_tested, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

Row = tuple[int, int, str, str]  # place of the subject, state, label, why


class Zone(NamedTuple):
    """What a zone reports of one year: its scores by item, its bonus events by name."""

    scores: dict[int, str]
    events: dict[str, str]


def items_of(audited: AuditedNetwork, prefix: str, subjects: Subjects) -> list[dict[str, str]]:
    """Return for each subject the items that it states, by the name of their column without
    `prefix`.
    """
    columns = {
        name[len(prefix) :]: audited.texts(name, subjects.positions)
        for name in audited.attributes_beginning(prefix)
    }
    return [
        {name: text for name, texts in columns.items() if (text := texts[place]) is not None}
        for place in range(len(subjects))
    ]


def named_items(audited: AuditedNetwork, prefix: str, subjects: Subjects) -> list[list[str]]:
    """Return for each subject the items that a ledger names, with or without a value."""
    texts = audited.texts(ASKED, subjects.positions)
    return [
        [item[len(prefix) :] for item in (text or "").split("|") if item.startswith(prefix)]
        for text in texts
    ]


def zones_of(audited: AuditedNetwork, subjects: Subjects, year: int) -> list[Zone]:
    """Return what each zone reports of one year."""
    scores = items_of(audited, "score.", subjects)
    events = items_of(audited, "bonus.", subjects)
    return [
        Zone(_numbered(_of_year(own_scores, year)), _of_year(own_events, year))
        for own_scores, own_events in zip(scores, events, strict=True)
    ]


def _of_year(items: dict[str, str], year: int) -> dict[str, str]:
    mark = f"@{year}"
    return {name.split("@")[0]: text for name, text in items.items() if name.endswith(mark)}


def _numbered(items: dict[str, str]) -> dict[int, str]:
    return {int(name): text for name, text in items.items() if name.isdigit()}


def tested_rows(rows: Iterable[Row], subjects: Subjects, need: str) -> Tested:
    """Make a `Tested` of rows, each an item of its own."""
    subject, state, label, why = columns_of(rows, 4)
    return as_tested(
        subject,
        state,
        len(subjects),
        node=subjects.positions[np.array(subject, int)],
        label=label,
        why=why,
        need=need,
        lacking=need,
    )
