"""Say which nodes the texts of a side file mean: by id, by code, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.matching import CERTAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.day import Day


def ids_meant(day: Day, texts: Iterable[str], kind: str) -> dict[str, str]:
    """Return the id of the one node of a kind that each text means; of no other text."""
    distinct = [text for text in dict.fromkeys(texts) if text]
    known = day.index.positions(distinct).tolist()
    others = [text for text, at in zip(distinct, known, strict=True) if at < 0]
    matches = day.net.names(kind=kind).match_all(others, at_least=CERTAIN) if others else {}
    found = {text: match.id for text, match in matches.items() if match.id is not None}
    return {text: text for text, at in zip(distinct, known, strict=True) if at >= 0} | found
