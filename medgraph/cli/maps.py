"""The pictures: `medgraph map KIND SOURCE --output FILE`."""

from __future__ import annotations

from typing import Any

import click

from medgraph.cli.common import lang_option, note, progress, read_source, source_options
from medgraph.cli.parameters import Day
from medgraph.messages import say


@click.group("map", help=say("help.map"))
def map_() -> None:
    pass


def map_options(command: Any) -> Any:
    """Add what every map takes: SOURCE, --output, --as-of, --area, --lang."""
    command = click.option("--output", type=click.Path(dir_okay=False), required=True, help=say("help.map_output"))(
        command)
    command = click.option("--as-of", type=Day(), help=say("help.as_of"))(command)
    command = click.option("--area", help=say("help.area"))(command)
    return source_options(lang_option(command))


@map_.command("tiles", help=say("help.map.tiles"))
@map_options
def tiles(source: str, output: str, as_of: Any, **reading: Any) -> None:
    from medgraph.queries import coverage
    from medgraph.visuals.tile_map import tile_map

    net = read_source(source, **reading)
    with progress(say("writing", target=output)):
        figure = tile_map(net, color_by=coverage.served(net, as_of=as_of).status, as_of=as_of)
        figure.save(output)
    note(say("drawn", path=output, **figure.counts))


@map_.command("network", help=say("help.map.network"))
@map_options
def network(source: str, output: str, as_of: Any, **reading: Any) -> None:
    from medgraph.queries import coverage
    from medgraph.visuals.network_map import network_map

    net = read_source(source, **reading)
    with progress(say("writing", target=output)):
        answers = [getattr(coverage, name)(net, as_of=as_of) for name in coverage.FINDINGS]
        problems = {id: status for answer in answers
                    for id, status in zip(answer.frame[answer.key], answer.frame["status"], strict=True)}
        figure = network_map(net, problems=problems, as_of=as_of)
        figure.save(output)
    note(say("drawn", path=output, **figure.counts))


COMMANDS = (map_,)
