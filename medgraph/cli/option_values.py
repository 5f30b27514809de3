"""What the text of an option becomes: a day, a table read from a file, bands of a decay."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import click

from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd


class Day(click.ParamType):
    """A day written as 2023-10-25."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(say("bad_day", value=value), param, ctx)


class TravelTimes(click.ParamType):
    """A CSV or Parquet file of travel times: origin, destination, minutes."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> pd.DataFrame:
        from medgraph.loaders.records.travel_times import read_travel_times

        return read_travel_times(value)


class Roads(click.ParamType):
    """A folder with nodes.csv and edges.csv of a road graph."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from medgraph.loaders.records.travel_times import read_roads

        return read_roads(value)


class Counts(click.ParamType):
    """A CSV file of observed counts: facility, count."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, float]:
        import pandas as pd

        table = pd.read_csv(value, dtype={"facility": str})
        if missing := [name for name in ("facility", "count") if name not in table.columns]:
            self.fail(say("no_column", path=value, column=missing[0]), param, ctx)
        return dict(zip(table["facility"], table["count"].astype(float), strict=True))


class Bands(click.ParamType):
    """Bands of a decay: `10:1,20:0.68,30:0.22` (upper end in minutes : weight)."""

    name = "bands"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            pairs = [part.split(":") for part in str(value).split(",")]
            return tuple((float(minutes), float(weight)) for minutes, weight in pairs)
        except ValueError:
            self.fail(say("bad_bands", value=value), param, ctx)


class Table(click.ParamType):
    """A CSV file whose ids are text: source, relation, target and further columns."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> pd.DataFrame:
        import pandas as pd

        table = pd.read_csv(value, dtype={"source": str, "relation": str, "target": str})
        if missing := [
            name for name in ("source", "relation", "target") if name not in table.columns
        ]:
            self.fail(say("no_column", path=value, column=missing[0]), param, ctx)
        return table
