"""Take the signs that nobody sees out of a sheet, and tell once where they were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.arrays.strings import surely_clean
from medgraph.graphmodel.canonical import has_invisible, visible_column
from medgraph.graphmodel.unseen_signs import told
from medgraph.words.invisible import signs_in, visible

if TYPE_CHECKING:
    from medgraph.loaders.tabular.sheets import Sheet
    from medgraph.words.say import Problem


def seen(sheet: Sheet) -> tuple[Sheet, list[Problem]]:
    """Return a sheet without what nobody sees, and the problem that tells where that was."""
    doubtful = [at for at, column in enumerate(sheet.columns) if not surely_clean(column)]
    titles = [(None, at, title) for at, title in enumerate(sheet.header) if signs_in(title)]
    cells = [
        (row, at, sheet.columns[at][row].as_py())
        for at in doubtful
        for row in np.flatnonzero(np.asarray(has_invisible(sheet.columns[at]))).tolist()
    ]
    shown = replace(
        sheet,
        header=tuple(visible(title).strip() for title in sheet.header),
        columns=tuple(
            _shown(column) if at in doubtful else column for at, column in enumerate(sheet.columns)
        ),
    )
    found = [*titles, *sorted(cells)]
    if not found:
        return shown, []
    row, at, _ = found[0]
    return shown, [told(sheet.place(row, at), [text for _, _, text in found])]


def _shown(column: Any) -> Any:
    """The column with visible text alone; a text of nothing else is an empty cell."""
    texts = pa.chunked_array([column])
    found = visible_column(texts)
    if found.equals(texts):
        return column
    stripped = [(text or "").strip() or None for text in found.to_pylist()]
    return pa.array(stripped, pa.string())
