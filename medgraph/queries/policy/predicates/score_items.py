"""Read what counties and zones report of themselves item by item: `score.12@2023`,
`judgement.<dimension>.<indicator>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.policy.facts.ledger import ASKED
from medgraph.queries.policy.predicates.tested import Tested, as_tested, columns_of
from medgraph.queries.policy.scoring.xinjiang import Zone, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

Row = tuple[int, int, str, str]  # place of the subject, state, label, why


def items_of(audited: AuditedNetwork, prefix: str, subjects: Subjects) -> list[dict[str, str]]:
    """Return for each subject the items that it states, by the name of their column without
    `prefix`.
    """
    columns = {
        name[len(prefix) :]: audited.texts(name, subjects.positions)
        for name in audited.columns_beginning(prefix)
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
    stated = [_under(audited, prefix, subjects) for prefix in ("score.", "bonus.")]
    return [zone_of(scores | events, year) for scores, events in zip(*stated, strict=True)]


def _under(audited: AuditedNetwork, prefix: str, subjects: Subjects) -> list[dict[str, str]]:
    found = items_of(audited, prefix, subjects)
    return [{f"{prefix}{name}": text for name, text in items.items()} for items in found]


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
