"""`medgraph compare A B`: what differs between two networks, or between two days of one."""

from __future__ import annotations

from typing import Any

from medgraph.cli.console import progress
from medgraph.cli.formats import ANSWER_FORMATS, show
from medgraph.cli.language import command
from medgraph.cli.options import OUTPUT, comparison_options, format_option, together
from medgraph.cli.sources import read_both
from medgraph.words.say import say


@command(help="help.compare")
@together(comparison_options, format_option(ANSWER_FORMATS), OUTPUT)
def compare(
    before: str,
    after: str | None,
    from_day: Any,
    to_day: Any,
    format_: str | None,
    output: str | None,
    **reading: Any,
) -> None:
    """Say what differs between two networks, or between two days of one."""
    from medgraph.queries.comparison import compare as differences

    nets = read_both(before, after, **reading)
    with progress(say("asking", query="compare")):
        answer = differences(*nets, from_day=from_day, to_day=to_day)
    show(nets[1], answer, format_, output)


COMMANDS = (compare,)
