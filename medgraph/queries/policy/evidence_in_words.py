"""The tables of an explanation as people read them in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.aligned_text import aligned
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_EVIDENCE = ("element", "name", "state", "reason", "link", "basis", "document", "clause", "cell")
_OTHERS = ("id", "name", "verdict", "met", "total", "reason")
_SHOWN = 20  # so many other subjects are listed


def state_in_words(state: str) -> str:
    """Return how the state of an element reads: met, not met, open."""
    return say(f"audit_page_{state.replace(' ', '_')}")


def evidence_in_words(evidence: pd.DataFrame) -> str:
    """Return the elements as an aligned table; a column that says nothing is left out."""
    rows = evidence.fillna("").astype(str)
    links = rows[["source", "relation", "target"]].itertuples(index=False, name=None)
    rows["link"] = [_link(*three) for three in links]
    is_said = rows["cell"] == rows["document"] + "!" + rows["clause"]
    rows.loc[is_said, "cell"] = ""  # no more than document and clause
    rows["state"] = rows["state"].map(state_in_words)
    rows["basis"] = [label("basis", word, language()) for word in rows["basis"]]
    return _table(rows, [column for column in _EVIDENCE if (rows[column] != "").any()])


def others_in_words(others: pd.DataFrame) -> str:
    """Return the other subjects as an aligned table, the first of them."""
    rows = others.head(_SHOWN).fillna("").astype(str)
    rows["verdict"] = [label("verdict", word, language()) for word in rows["verdict"]]
    lines = [_table(rows, _OTHERS)]
    if len(others) > _SHOWN:
        lines.append(say("more_rows", count=len(others) - _SHOWN))
    return "\n".join(lines)


def _link(source: str, relation: str, target: str) -> str:
    return f"{source} —{label('relation', relation, language())}→ {target}" if source else ""


def _table(rows: pd.DataFrame, columns: Sequence[str]) -> str:
    return aligned(rows[list(columns)].rename(columns=lambda name: say(f"column.{name}")))
