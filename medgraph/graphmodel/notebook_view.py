"""Show a network in a notebook: its subject, how much of each kind, what is declared complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from medgraph.graphmodel.headings import in_words
from medgraph.notebook import folded, line, table, title, whole
from medgraph.words.say import language, say
from medgraph.words.stamps import in_words as stamp_in_words
from medgraph.words.stamps import stamps_of
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


def network_html(meta: Mapping[str, str], tables: tuple[pa.Table, pa.Table], summary: str) -> str:
    """Return the face of a network: title and stamp, counts of nodes and links, completeness."""
    nodes, links = tables
    facts = (stamp_in_words(meta.get("unit", "")), meta.get("data_day", ""), meta.get("source", ""))
    complete = sorted(
        (in_words(key.removesuffix(".complete")), label("completeness", word, language()))
        for key, word in meta.items()
        if key.endswith(".complete")
    )
    return whole(
        title(meta.get("title") or "MedicalNetwork", stamps_of(meta)),
        line(" · ".join(fact for fact in facts if fact)),
        line(summary),
        table((say("notebook.nodes"), say("column.count")), _counted(nodes["kind"], "kind")),
        folded(
            f"{say('notebook.links')} {len(links)}",
            table(
                (say("notebook.links"), say("column.count")),
                _counted(links["relation"], "relation"),
            ),
        ),
        folded(
            f"{say('notebook.complete')} {len(complete)}", table((say("column.data"), ""), complete)
        ),
    )


def _counted(column: pa.ChunkedArray, vocabulary: str) -> list[tuple[str, int]]:
    """How many of each word, the most first."""
    found = [(one["values"], one["counts"]) for one in pc.value_counts(column).to_pylist()]
    return [
        (label(vocabulary, word, language()), count)
        for word, count in sorted(found, key=lambda f: (-f[1], f[0]))
    ]
