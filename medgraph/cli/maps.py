"""The pictures: `medgraph map KIND SOURCE --output FILE`, one row of the table for each kind.

To offer a map, write a function from network, day and options to a figure, and add its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import note, progress
from medgraph.cli.language import Group, command, option
from medgraph.cli.options import AREA, AS_OF, PICTURE, comparison_options, source_options, together
from medgraph.cli.records import ASKED_BY, counted, record_options
from medgraph.cli.sources import read_both, read_source
from medgraph.suffixes import HTML
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.figure import Figure

map_options = together(source_options, PICTURE, AS_OF, AREA)


@dataclass(frozen=True)
class MapKind:
    """One kind of map of a network: its name, the function that draws it, its own options.

    A map that `writes_beside` its file further ones takes the path of it as `output`.
    """

    name: str
    picture: Callable[..., Figure]
    options: tuple[Callable[[Any], Any], ...] = ()
    writes_beside: bool = False


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
            tile_map(net.within(city), color_by=status, as_of=as_of).save(path)
    return {f"{id[:6]}000000": f"{folder.name}/{id[:4]}{HTML[0]}" for id in status.index}


def network(net: MedicalNetwork, *, as_of: datetime.date | None) -> Figure:
    """Draw groups, members and every layer of relations."""
    from medgraph.visuals.network.network_map import network_map

    return network_map(net, problems=_problems(net, as_of), as_of=as_of)


def lanes(net: MedicalNetwork, *, as_of: datetime.date | None) -> Figure:
    """Draw a column for each group."""
    from medgraph.visuals.swimlane import swimlane

    return swimlane(net, problems=_problems(net, as_of), as_of=as_of)


def geo(
    net: MedicalNetwork,
    *,
    as_of: datetime.date | None,
    boundaries: str | None,
    crs: str,
) -> Figure:
    """Draw facilities and gaps by their coordinates."""
    from medgraph.queries import coverage
    from medgraph.visuals.geo_map import geo_map

    status = coverage.served(net, as_of=as_of).status
    gaps = status[status == "gap"]
    return geo_map(net, color_by=gaps, boundaries=boundaries, crs=crs, as_of=as_of)


def obligations(net: MedicalNetwork, *, as_of: datetime.date | None) -> Figure:
    """Draw the obligations of every primary centre."""
    from medgraph.queries import sharing
    from medgraph.queries.sharing.obligations import OBLIGATIONS
    from medgraph.visuals.matrix import matrix

    rows = sharing.matrix(net, as_of=as_of).frame.set_index("facility")
    groups = {str(id): str(group) for id, group in rows["group"].dropna().items()}
    of_whom = net.meta.get("title")
    title = say("obligation_matrix_title", title=of_whom) if of_whom else say("obligation_matrix")
    return matrix(net, rows[[*OBLIGATIONS]], title=title, by=groups, as_of=as_of)


def _problems(net: MedicalNetwork, as_of: datetime.date | None) -> dict[str, str]:
    """What is wrong with each node, in the order in which the report lists it."""
    from medgraph.cli.reports import audited, report_answers
    from medgraph.visuals.network.network_scene import LIMIT
    from medgraph.visuals.report.findings import findings, problems_by_node

    if net.index.is_kind("Facility").sum() > LIMIT:
        return {}  # it is not drawn
    audit, _ = audited(net, (), as_of=as_of)
    return problems_by_node(findings(net, report_answers(net, as_of=as_of), audit))


DRILL_DOWN = option("--drill-down", is_flag=True, help="help.map.drill_down")
BOUNDARIES = option("--boundaries", type=click.Path(dir_okay=False), help="help.map.boundaries")
CRS = option("--crs", default="WGS-84", show_default=True, help="help.map.crs")
DIRECTION = option(
    "--direction", type=click.Choice(["up", "down"]), default="up", help="help.option.direction"
)

KINDS: tuple[MapKind, ...] = (
    MapKind("tiles", tiles, (DRILL_DOWN,), writes_beside=True),
    MapKind("network", network),
    MapKind("swimlane", lanes),
    MapKind("geo", geo, (BOUNDARIES, CRS)),
    MapKind("matrix", obligations),
)


def _command(kind: MapKind) -> click.Command:
    @together(map_options, *kind.options)
    def draw_kind(
        source: str,
        output: str,
        as_of: Any,
        mapping: str | None,
        lenient: bool,
        area: str | None,
        **options: Any,
    ) -> None:
        net = read_source(source, mapping=mapping, lenient=lenient, area=area)
        place = {"output": output} if kind.writes_beside else {}
        draw(output, lambda: kind.picture(net, as_of=as_of, **place, **options))

    made: click.Command = command(kind.name, help=f"help.map.{kind.name}")(draw_kind)
    return made


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

    net = read_source(source, mapping=mapping, lenient=lenient, area=area)
    answer = observed(
        net, counted(**records, by=ASKED_BY["flows"]), threshold=threshold, as_of=as_of
    )
    draw(output, lambda: flow_map(net, answer.frame, direction=direction, as_of=as_of))


def draw(output: str, make: Callable[[], Figure]) -> None:
    """Make a picture, save it, and say how much of all it shows."""
    with progress(say("writing", target=output)):
        figure = make()
        figure.save(output)
    note(say("drawn", path=output, **figure.counts))


COMMANDS = (Group("map", help="help.map", commands=[*map(_command, KINDS), compare, flows]),)
