"""Tell once where signs that nobody sees, and errors of formulas, were taken out of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.arrays.strings import surely_clean
from medgraph.graphmodel.canonical import has_invisible, shows_error
from medgraph.graphmodel.validate import origin_place
from medgraph.words.invisible import signs_in, visible
from medgraph.words.say import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODE = "W071"


def told(place: str, texts: Sequence[str]) -> Problem:
    """Return the problem that tells of all these texts, the first of which is at a place."""
    signs = dict.fromkeys(sign for text in texts for sign in signs_in(text))
    said = {"signs": " ".join(signs), "count": str(len(texts))}
    return problem(CODE, place=place, value=visible(texts[0]), **said)


def told_of(nodes: pa.Table, edges: pa.Table) -> Iterator[Problem]:
    """Tell of the first such cell in each column of the tables that a format brought."""
    place = origin_place(nodes, edges)
    for part, table in (("nodes", nodes), ("edges", edges)):
        for name in table.column_names:
            column = table[name]
            if not pa.types.is_string(column.type) or all(map(surely_clean, column.chunks)):
                continue
            errors = np.flatnonzero(np.asarray(shows_error(column)))
            if len(errors):
                first = int(errors[0])
                said = {"value": column[first].as_py(), "count": str(len(errors))}
                yield problem("W076", place=visible(place(part, first, name)), **said)
            rows = np.flatnonzero(np.asarray(has_invisible(column)))
            if len(rows):
                texts = column.take(pa.array(rows)).to_pylist()
                yield told(visible(place(part, int(rows[0]), name)), texts)
