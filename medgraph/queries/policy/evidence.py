"""Every element tested for a finding, with the record that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from medgraph.graphmodel.origin import Origin
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.what_is_written import reasons_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.verdicts import Shown

MET, NOT_MET, OPEN = "met", "not met", "open"
STATE_WORDS = {NO: NOT_MET, UNKNOWN: OPEN, YES: MET}
_OF_LINK = ("source", "relation", "target")
_OF_BOTH = ("basis", "document", "clause", "origin")
COLUMNS = [
    "part",
    "element",
    "name",
    "state",
    "reason",
    "need",
    *_OF_LINK,
    *_OF_BOTH,
    "cell",
]


def evidence_of(audited: AuditedNetwork, parts: Sequence[Shown], subject: str) -> pd.DataFrame:
    """Return the elements of a subject in all tests of a rule, with the columns of COLUMNS."""
    frames = [
        _of_part(audited, shown, number, shown.rows_of(place))
        for number, shown in enumerate(parts, 1)
        for place in shown.places(subject)
    ]
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(frames, ignore_index=True)


def evidence_by_subject(
    audited: AuditedNetwork, parts: Sequence[Shown], subjects: Iterable[str]
) -> dict[str, list[Mapping[str, Any]]]:
    """Return the elements of each of these subjects in all tests of a rule, as plain values."""
    asked = list(subjects)
    found: dict[str, list[Mapping[str, Any]]] = {}
    for number, shown in enumerate(parts, 1):
        ids = shown.subjects.ids
        rows = shown.rows_of_all([place for subject in asked for place in shown.places(subject)])
        columns = _columns_of_part(audited, shown, number, rows)
        elements = zip(*(columns[name] for name in COLUMNS), strict=True)
        for place, element in zip(shown.tested.subject[rows].tolist(), elements, strict=True):
            found.setdefault(ids[place], []).append(dict(zip(COLUMNS, element, strict=True)))
    return found


def _of_part(audited: AuditedNetwork, shown: Shown, number: int, mine: Positions) -> pd.DataFrame:
    columns = _columns_of_part(audited, shown, number, mine)
    found = pd.DataFrame(columns, columns=COLUMNS)
    for name in (*_OF_LINK, *_OF_BOTH):
        # as object: a column of nothing but None would else become one of numbers
        found[name] = pd.Series(columns[name], dtype=object)
    return found


def _columns_of_part(
    audited: AuditedNetwork, shown: Shown, number: int, mine: Positions
) -> dict[str, list[Any]]:
    """Return the columns of COLUMNS for these elements, as plain values."""
    tested = shown.tested
    node, rows = tested.node[mine], tested.row[mine]
    ids = audited.index.ids.take(pa.array(node, mask=node < 0)).to_pylist()
    labels = tested.label[mine].tolist()
    records = _records(audited, node, rows)
    return {
        "part": [number] * len(mine),
        "element": [label or id or "" for label, id in zip(labels, ids, strict=True)],
        "name": [name or "" for name in audited.index.take("name", node).to_pylist()],
        "state": [STATE_WORDS[state] for state in tested.state[mine].tolist()],
        "reason": reasons_of(audited, tested, mine).tolist(),
        "need": tested.need[mine].tolist(),
        **records,
        "cell": [Origin.parse(o).place if o else "" for o in records["origin"]],
    }


def _records(audited: AuditedNetwork, node: Positions, rows: Positions) -> dict[str, list[Any]]:
    """Return what the link says that shows an element; without one, what its node says."""
    found = {}
    has_link = (rows >= 0).tolist()
    for name in (*_OF_LINK, *_OF_BOTH):
        of_link = _of_links(audited, name, rows)
        of_node = [None] * len(rows)
        if name in _OF_BOTH:
            of_node = audited.index.take(name, node).to_pylist()
        found[name] = [
            link if linked else own
            for link, own, linked in zip(of_link, of_node, has_link, strict=True)
        ]
    return found


def _of_links(audited: AuditedNetwork, name: str, rows: Positions) -> list[Any]:
    if not len(audited.net.tables[1]):
        return [None] * len(rows)
    found: list[Any] = audited.link_column(name, np.maximum(rows, 0)).to_pylist()
    return found
