"""`medgraph compare A B`: what differs between two networks, or between two days of one."""

from __future__ import annotations

from typing import Any

import click

from medgraph.cli.common import (
    FORMATS,
    comparison_options,
    lang_option,
    progress,
    read_source,
    show,
)
from medgraph.words.say import say


@click.command(help=say("help.compare"))
@comparison_options
@click.option("--format", "format_", type=click.Choice(FORMATS), help=say("help.format"))
@click.option("--output", type=click.Path(), help=say("help.output"))
@lang_option
def compare(
    before: str,
    after: str | None,
    from_day: Any,
    to_day: Any,
    format_: str | None,
    output: str | None,
    **reading: Any,
) -> None:
    from medgraph.queries.comparison.differences import compare

    nets = [read_source(source, **reading) for source in (before, after) if source is not None]
    with progress(say("asking", query="compare")):
        answer = compare(*nets, from_day=from_day, to_day=to_day)
    show(answer, format_, output)


COMMANDS = (compare,)
