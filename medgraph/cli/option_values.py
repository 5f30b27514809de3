"""What the text of an option becomes: a day, a table read from a file, bands of a decay.

`TYPES` says it for every kind of value that a question takes; a kind is a class and a row there.
"""

from __future__ import annotations

import datetime
import functools
import importlib
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.beside import told
from medgraph.queries.verbs import Kind
from medgraph.words.say import say

if TYPE_CHECKING:
    ValueType = click.ParamType[Any]
else:  # before click 8.5 the type takes no parameter
    ValueType = click.ParamType

_TRAVEL = "medgraph.loaders.side_files.travel_times"
_TABLES = "medgraph.loaders.side_files.question_tables"


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


class SideFile(ValueType):
    """A file beside the network, read by `read`; what of it was not read is told."""

    def __init__(self, name: str, module: str, function: str) -> None:
        """Take what the option is called in help, and the reader, which is loaded when needed."""
        self.name = name
        self._module = module
        self._function = function

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what the file holds."""
        reader = getattr(importlib.import_module(self._module), self._function)
        given = ctx.params.get("mapping") if ctx else None  # read before all others
        mapping = given if isinstance(given, str) else None  # click has a value of its own for none
        return told(functools.partial(reader, mapping=mapping), value)


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


TYPES: dict[Kind, click.ParamType[Any]] = {
    Kind.TEXT: click.STRING,
    Kind.NUMBER: click.FLOAT,
    Kind.WHOLE: click.INT,
    Kind.FLAG: click.BOOL,
    Kind.BANDS: Bands(),
    Kind.TRAVEL_TIMES: SideFile("file", _TRAVEL, "read_travel_times"),
    Kind.ROADS: SideFile("folder", _TRAVEL, "read_roads"),
    Kind.COUNTS: SideFile("file", _TABLES, "read_counts"),
    Kind.LINKS: SideFile("file", _TABLES, "read_links"),
    Kind.FLOWS: SideFile("file", _TABLES, "read_flows"),
    Kind.SITE_COSTS: SideFile("file", _TABLES, "read_site_costs"),
    Kind.NEIGHBOURS: SideFile("file", _TABLES, "read_neighbours"),
    Kind.ASSIGNMENT: SideFile("file", _TABLES, "read_assignment"),
}
