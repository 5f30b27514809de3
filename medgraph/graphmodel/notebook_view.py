"""Show a network in a notebook: what it is about, how much of each kind it holds, what is said to be complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from medgraph.graphmodel.headings import in_words
from medgraph.notebook import folded, line, table, title, whole
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork


def network_html(net: MedicalNetwork) -> str:
    """Return the face of a network: its title and stamp, counts of nodes and links, completeness."""
    meta = net.meta
    nodes, links = net.packed_tables
    facts = (meta.get("unit", ""), str(net.data_day or ""), meta.get("source", ""))
    complete = sorted(
        (in_words(key.removesuffix(".complete")), label("completeness", word, language()))
        for key, word in meta.items()
        if key.endswith(".complete")
    )
    return whole(
        title(meta.get("title") or "MedicalNetwork", filter(None, [meta.get("stamp")])),
        line(" · ".join(fact for fact in facts if fact)),
        line(repr(net)),
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


def _counted(column, vocabulary: str) -> list[tuple[str, int]]:
    """How many of each word, the most first."""
    found = [(one["values"], one["counts"]) for one in pc.value_counts(column).to_pylist()]
    return [
        (label(vocabulary, word, language()), count)
        for word, count in sorted(found, key=lambda f: (-f[1], f[0]))
    ]
