"""Build the rows of the defects of referrals, column by column."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from medgraph.graphmodel.canonical import frame
from medgraph.queries import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.queries.referrals.legs import ReferralDay

COLUMNS = {
    "source": pa.string(),
    "source_name": pa.string(),
    "relation": pa.string(),
    "target": pa.string(),
    "target_name": pa.string(),
    "status": pa.string(),
    "reason": pa.string(),
    "fix": pa.string(),
    "minutes": pa.float64(),
    "basis": pa.string(),
    "document": pa.string(),
    "clause": pa.string(),
}


def defect_rows(
    day: ReferralDay,
    source: Positions,
    target: Positions | None = None,
    *,
    row: Positions | None = None,
    **given: Texts | Floats | str,
) -> pa.Table:
    """Return a row for each source: who it is, and, where they are given, its target and its link.

    `row` are rows of the link table; further columns are texts, or one text for all.
    """
    count = len(source)
    named = {"source": day.texts("id", source), "source_name": columns.named(day.index, source)}
    if target is not None:
        named |= {
            "target": day.texts("id", target),
            "target_name": columns.named(day.index, target),
        }
    if row is not None:
        named |= {name: day.link_values(name, row) for name in ("basis", "document", "clause")}
    whole = {
        name: pa.repeat(value, count) if isinstance(value, str) else value
        for name, value in given.items()
    }
    return _complete(named | whole, count)


def _complete(known: dict[str, Texts], count: int) -> pa.Table:
    """The columns in their order; those that are not given are empty."""
    return pa.table(
        {
            name: known[name].cast(kind) if name in known else pa.nulls(count, kind)
            for name, kind in COLUMNS.items()
        }
    )


@cache
def no_rows() -> pa.Table:
    """Return a table of defects without any."""
    return _complete({}, 0)


def frame_of_defects(tables: Iterable[pa.Table]) -> pd.DataFrame:
    """Return the rows of some tables as one frame."""
    return frame(pa.concat_tables([no_rows(), *tables]), keep=tuple(COLUMNS))
