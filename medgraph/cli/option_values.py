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
from medgraph.queries.verbs import Kind, bands
from medgraph.words.say import say

if TYPE_CHECKING:
    ValueType = click.ParamType[Any]
else:  # before click 8.5 the type takes no parameter
    ValueType = click.ParamType

_READERS = "medgraph.loaders.side_files.option_files"


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
    """A file beside the network for a kind of value; what of it was not read is told."""

    def __init__(self, name: str, kind: Kind) -> None:
        """Take what the option is called in help, and the kind, whose reader is loaded late."""
        self.name = name
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what the file holds."""
        reader = importlib.import_module(_READERS).READERS[self._kind.name]
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
            return bands(str(value))
        except ValueError:
            self.fail(say("bad_bands", value=value), param, ctx)


_FILES = (
    *(Kind.TRAVEL_TIMES, Kind.COUNTS, Kind.LINKS, Kind.FLOWS),
    *(Kind.SITE_COSTS, Kind.NEIGHBOURS, Kind.ASSIGNMENT),
)
TYPES: dict[Kind, click.ParamType[Any]] = {
    Kind.TEXT: click.STRING,
    Kind.NUMBER: click.FLOAT,
    Kind.WHOLE: click.INT,
    Kind.FLAG: click.BOOL,
    Kind.BANDS: Bands(),
    Kind.ROADS: SideFile("folder", Kind.ROADS),
    **{kind: SideFile("file", kind) for kind in _FILES},
}
