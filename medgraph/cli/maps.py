"""The pictures: `medgraph map KIND SOURCE --output FILE`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.common import (
    comparison_options,
    lang_option,
    note,
    progress,
    read_source,
    source_options,
)
from medgraph.cli.option_values import Day
from medgraph.suffixes import HTML
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.visuals.figure import Figure


@click.group("map", help=say("help.map"))
def map_() -> None:
    pass


def map_options(command: Any) -> Any:
    """Add what every map takes: SOURCE, --output, --as-of, --area, --lang."""
    command = click.option(
        "--output", type=click.Path(dir_okay=False), required=True, help=say("help.map_output")
    )(command)
    command = click.option("--as-of", type=Day(), help=say("help.as_of"))(command)
    command = click.option("--area", help=say("help.area"))(command)
    return source_options(lang_option(command))


def draw(output: str, make: Callable[[], Figure]) -> None:
    """Make a picture, save it, and say how much of all it shows."""
    with progress(say("writing", target=output)):
        figure = make()
        figure.save(output)
    note(say("drawn", path=output, **figure.counts))


@map_.command("tiles", help=say("help.map.tiles"))
@map_options
@click.option("--drill-down", is_flag=True, help=say("help.map.drill_down"))
def tiles(source: str, output: str, as_of: Any, drill_down: bool, **reading: Any) -> None:
    from medgraph.queries import coverage
    from medgraph.visuals.tiles.tile_map import tile_map

    net = read_source(source, **reading)
    status = coverage.served(net, as_of=as_of).status
    links = _city_files(net, status, Path(output), as_of) if drill_down else {}
    draw(output, lambda: tile_map(net, color_by=status, links=links, as_of=as_of))


def _city_files(net: Any, status: Any, output: Path, as_of: Any) -> dict[str, str]:
    """Write a map of each city beside `output`; return county -> the file of its city."""
    from medgraph.visuals.tiles.tile_map import tile_map

    folder = output.with_name(f"{output.stem}_files")
    for city in sorted({id[:4] for id in status.index}):
        with progress(say("writing", target=folder / f"{city}{HTML[0]}")):
            tile_map(net.within(city), color_by=status, as_of=as_of).save(
                folder / f"{city}{HTML[0]}"
            )
    return {f"{id[:6]}000000": f"{folder.name}/{id[:4]}{HTML[0]}" for id in status.index}


@map_.command("network", help=say("help.map.network"))
@map_options
def network(source: str, output: str, as_of: Any, **reading: Any) -> None:
    from medgraph.visuals.network.network_map import network_map

    net = read_source(source, **reading)
    draw(output, lambda: network_map(net, problems=_problems(net, as_of), as_of=as_of))


@map_.command("swimlane", help=say("help.map.swimlane"))
@map_options
def swimlane(source: str, output: str, as_of: Any, **reading: Any) -> None:
    from medgraph.visuals.swimlane import swimlane as lanes

    net = read_source(source, **reading)
    draw(output, lambda: lanes(net, problems=_problems(net, as_of), as_of=as_of))


@map_.command("geo", help=say("help.map.geo"))
@map_options
@click.option("--boundaries", type=click.Path(dir_okay=False), help=say("help.map.boundaries"))
@click.option("--crs", default="WGS-84", show_default=True, help=say("help.map.crs"))
def geo(
    source: str, output: str, as_of: Any, boundaries: str | None, crs: str, **reading: Any
) -> None:
    from medgraph.queries import coverage
    from medgraph.visuals.geo_map import geo_map

    net = read_source(source, **reading)
    status = coverage.served(net, as_of=as_of).status
    draw(
        output,
        lambda: geo_map(
            net, color_by=status[status == "gap"], boundaries=boundaries, crs=crs, as_of=as_of
        ),
    )


@map_.command("matrix", help=say("help.map.matrix"))
@map_options
def matrix(source: str, output: str, as_of: Any, **reading: Any) -> None:
    from medgraph.queries import sharing
    from medgraph.queries.sharing.obligations import OBLIGATIONS
    from medgraph.visuals.matrix import matrix as cells

    net = read_source(source, **reading)
    rows = sharing.matrix(net, as_of=as_of).frame.set_index("facility")
    title = say("obligation_matrix_title", title=net.meta.get("title", "")).strip(" :：")
    draw(
        output,
        lambda: cells(
            net, rows[[*OBLIGATIONS]], title=title, by=rows["group"].dropna(), as_of=as_of
        ),
    )


@map_.command("compare", help=say("help.map.compare"))
@comparison_options
@click.option(
    "--output", type=click.Path(dir_okay=False), required=True, help=say("help.map_output")
)
@lang_option
def compare(
    before: str, after: str | None, from_day: Any, to_day: Any, output: str, **reading: Any
) -> None:
    from medgraph.queries import comparison
    from medgraph.visuals.compare_map import compare_map

    nets = [read_source(source, **reading) for source in (before, after) if source is not None]
    days = {"from_day": from_day, "to_day": to_day}
    draw(
        output,
        lambda: compare_map(
            nets[0], nets[-1], changes=comparison.compare(*nets, **days).frame, **days
        ),
    )


def _problems(net: Any, as_of: Any) -> dict[str, str]:
    """What the coverage questions found, by node id."""
    from medgraph.queries import coverage

    answers = [getattr(coverage, name)(net, as_of=as_of) for name in coverage.FINDINGS]
    return {
        id: status
        for answer in answers
        for id, status in zip(answer.frame[answer.key], answer.frame["status"], strict=True)
    }


COMMANDS = (map_,)
