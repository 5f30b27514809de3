"""What the text of an option becomes: a day, a table read from a file, bands of a decay.

`TYPES` says it for every kind of value that a question takes; a kind is a class and a row there.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.queries.verbs import Kind
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    ValueType = click.ParamType[Any]
else:  # before click 8.5 the type takes no parameter
    ValueType = click.ParamType


class Day(ValueType):
    """A day written as 2023-10-25."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """Return the day."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(say("bad_day", value=value), param, ctx)


class TravelTimes(ValueType):
    """A CSV or Parquet file of travel times: origin, destination, minutes."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> pd.DataFrame:
        """Return the table."""
        from medgraph.loaders.records.travel_times import read_travel_times

        return read_travel_times(value)


class Roads(ValueType):
    """A folder with nodes.csv and edges.csv of a road graph."""

    name = "folder"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the tables of nodes and edges."""
        from medgraph.loaders.records.travel_times import read_roads

        return read_roads(value)


class Counts(ValueType):
    """A CSV file of observed counts: facility, count."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, float]:
        """Return the count of each facility."""
        table = _read_columns(self, value, ("facility", "count"), param, ctx)
        try:
            counts = table["count"].astype(float)
        except ValueError as error:
            self.fail(say("bad_table", path=value, reason=error), param, ctx)
        return dict(zip(table["facility"], counts, strict=True))


class Bands(ValueType):
    """Bands of a decay: `10:1,20:0.68,30:0.22` (upper end in minutes : weight)."""

    name = "bands"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[float, float], ...]:
        """Return pairs of minutes and weight."""
        try:
            pairs = [part.split(":") for part in str(value).split(",")]
            return tuple((float(minutes), float(weight)) for minutes, weight in pairs)
        except ValueError:
            self.fail(say("bad_bands", value=value), param, ctx)


class Links(ValueType):
    """A CSV file of links: source, relation, target and further columns."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> pd.DataFrame:
        """Return the table, ids as text."""
        return _read_columns(self, value, ("source", "relation", "target"), param, ctx)


def _read_columns(
    asker: ValueType,
    path: str,
    columns: tuple[str, ...],
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> pd.DataFrame:
    """Read a CSV file that has these columns, each but `count` as text."""
    import pandas as pd

    texts = [name for name in columns if name != "count"]
    try:
        # `NA` is an id like any other; only what is empty is missing.
        table = pd.read_csv(
            Path(path), dtype=dict.fromkeys(texts, str), keep_default_na=False, na_values=[""]
        )
    except ValueError as error:  # no text, no rows, or a quotation mark that nothing closes
        asker.fail(say("bad_table", path=path, reason=error), param, ctx)
    absent = [name for name in columns if name not in table.columns]
    if absent:
        asker.fail(say("no_column", path=path, column=absent[0]), param, ctx)
    return table.fillna(dict.fromkeys(texts, ""))


TYPES: dict[Kind, click.ParamType[Any]] = {
    Kind.TEXT: click.STRING,
    Kind.NUMBER: click.FLOAT,
    Kind.WHOLE: click.INT,
    Kind.FLAG: click.BOOL,
    Kind.BANDS: Bands(),
    Kind.TRAVEL_TIMES: TravelTimes(),
    Kind.ROADS: Roads(),
    Kind.COUNTS: Counts(),
    Kind.LINKS: Links(),
}
