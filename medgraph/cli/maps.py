"""The pictures: `medgraph map KIND SOURCE --output FILE`, one row of the table for each kind.

To offer a map, write a function from network, day and options to a figure, and add its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import note, progress
from medgraph.cli.language import Group, command, option
from medgraph.cli.options import AREA, AS_OF, PICTURE, comparison_options, source_options, together
from medgraph.cli.records import ASKED_BY, counted, record_options
from medgraph.cli.sources import read_both, read_to_ask, read_to_list
from medgraph.errors import OptionError
from medgraph.suffixes import HTML
from medgraph.words.say import language, say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.figure import Figure

map_options = together(source_options, PICTURE, AS_OF, AREA)


@dataclass(frozen=True)
class MapKind:
    """One kind of map of a network: its name, the function that draws it, its own options.

    A map that `writes_beside` its file further ones takes the path of it as `output`; one that
    `marks` findings takes what was left out of the source, too.
    """

    name: str
    picture: Callable[..., Figure]
    options: tuple[Callable[[Any], Any], ...] = ()
    writes_beside: bool = False
    marks: bool = False


def tiles(
    net: MedicalNetwork, *, as_of: datetime.date | None, output: str, drill_down: bool
) -> Figure:
    """Draw the tile grid by who serves each area; with `drill_down` each city's map beside it."""
    from medgraph.queries import coverage
    from medgraph.visuals.tiles.tile_map import tile_map

    status = coverage.served(net, as_of=as_of).status
    links = _city_files(net, status, Path(output), as_of) if drill_down else {}
    return tile_map(net, color_by=status, links=links, as_of=as_of)


def _city_files(
    net: MedicalNetwork, status: pd.Series, output: Path, as_of: datetime.date | None
) -> dict[str, str]:
    """Write a map of each city beside `output`; return county -> the file of its city."""
    from medgraph.visuals.tiles.tile_map import tile_map

    folder = output.with_name(f"{output.stem}_files")
    for city in sorted({id[:4] for id in status.index}):
        path = folder / f"{city}{HTML[0]}"
        with progress(say("writing", target=path)):
            part = net.within(city)
            own = status[part.index.positions(status.index.tolist()) >= 0]
            tile_map(part, color_by=own, as_of=as_of).save(path)
    return {f"{id[:6]}000000": f"{folder.name}/{id[:4]}{HTML[0]}" for id in status.index}


def _drawn(name: str) -> Callable[..., Figure]:
    """Return the function that draws a map; its libraries are loaded when it draws."""

    def draw_map(net: MedicalNetwork, **options: Any) -> Figure:
        from medgraph.board.maps import MAPS

        return MAPS[name](net, **options)

    return draw_map


SCALE = option(
    "--scale", type=click.FloatRange(0, 8, min_open=True), default=1.0, help="help.map.scale"
)
EACH = option("--each", type=click.Choice(["county"]), help="help.map.each")
DRILL_DOWN = option("--drill-down", is_flag=True, help="help.map.drill_down")
BOUNDARIES = option("--boundaries", type=click.Path(dir_okay=False), help="help.option.boundaries")
CRS = option("--crs", default="WGS-84", show_default=True, help="help.option.crs")
AROUND = option("--around", help="help.option.around")
DEPTH = option(
    "--depth", type=click.IntRange(1), default=1, show_default=True, help="help.option.depth"
)
DIRECTION = option(
    "--direction", type=click.Choice(["up", "down"]), default="up", help="help.option.direction"
)

KINDS: tuple[MapKind, ...] = (
    MapKind("tiles", tiles, (DRILL_DOWN,), writes_beside=True),
    MapKind("network", _drawn("network"), (AROUND, DEPTH), marks=True),
    MapKind("swimlane", _drawn("swimlane"), marks=True),
    MapKind("geo", _drawn("geo"), (BOUNDARIES, CRS)),
    MapKind("matrix", _drawn("matrix")),
)


def _command(kind: MapKind) -> click.Command:
    @together(map_options, SCALE, EACH, *kind.options)
    def draw_kind(
        source: str,
        output: str,
        as_of: Any,
        mapping: str | None,
        lenient: bool,
        area: str | None,
        scale: float,
        each: str | None,
        **options: Any,
    ) -> None:
        net, left = read_to_list(source, mapping=mapping, lenient=lenient, area=area)
        more = {**options, **left} if kind.marks else options
        for path, part in _parts(net, Path(output), each):
            place = {"output": str(path)} if kind.writes_beside else {}
            make = partial(kind.picture, part, as_of=as_of, **place, **more)
            draw(str(path), make, scale=scale)

    made: click.Command = command(kind.name, help=f"help.map.{kind.name}")(draw_kind)
    return made


def _parts(
    net: MedicalNetwork, output: Path, each: str | None
) -> Iterator[tuple[Path, MedicalNetwork]]:
    """The network and where its picture goes; with `each` county by county, into a folder."""
    if each is None:
        yield output, net
        return
    from medgraph.graphmodel.areas import counties_held
    from medgraph.graphmodel.codes import FULL_LENGTH
    from medgraph.visuals.node_names import area_names

    codes = {county: county.ljust(FULL_LENGTH, "0") for county in counties_held(net.index)}
    if not codes:
        raise OptionError(say("map_each_none"))
    called = area_names(net, codes.values(), language())
    folder = output.with_name(f"{output.stem}_files")
    for county, code in codes.items():
        part = net.within(county)
        title = " · ".join(filter(None, (part.meta.get("title"), called.get(code, county))))
        titled = type(part)(*part.tables, {**part.meta, "title": title})
        yield folder / f"{county}{output.suffix}", titled


@command("compare", help="help.map.compare")
@together(comparison_options, PICTURE)
def compare(
    before: str, after: str | None, from_day: Any, to_day: Any, output: str, **reading: Any
) -> None:
    """Draw two networks, or one on two days, on the same positions."""
    from medgraph.queries import comparison
    from medgraph.visuals.compare_map import compare_map

    nets = read_both(before, after, **reading)
    days = {"from_day": from_day, "to_day": to_day}

    def picture() -> Figure:
        found = comparison.compare(*nets, **days)
        for sentence in found.notes:
            note(sentence)
        later = " ".join(found.notes[1:])
        return compare_map(nets[0], nets[-1], changes=found.frame, later=later, **days)

    draw(output, picture)


@command("flows", help="help.map.flows")
@together(map_options, record_options, DIRECTION)
def flows(
    source: str,
    output: str,
    as_of: Any,
    direction: str,
    threshold: int,
    mapping: str | None,
    lenient: bool,
    area: str | None,
    **records: Any,
) -> None:
    """Draw planned against observed flows."""
    from medgraph.queries.flows import flows as observed
    from medgraph.visuals.flow_map import flow_map

    net = read_to_ask(source, mapping=mapping, lenient=lenient, area=area)
    answer = observed(
        net, counted(**records, by=ASKED_BY["flows"]), threshold=threshold, as_of=as_of
    )
    draw(output, lambda: flow_map(net, answer.frame, direction=direction, as_of=as_of))


def draw(output: str, make: Callable[[], Figure], *, scale: float = 1) -> None:
    """Make a picture, save it, and say how much of all it shows."""
    with progress(say("writing", target=output)):
        figure = make()
        figure.save(output, scale=scale)
    note(say("drawn", path=output, **figure.counts))


COMMANDS = (Group("map", help="help.map", commands=[*map(_command, KINDS), compare, flows]),)
