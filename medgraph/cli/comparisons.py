"""`medgraph compare A B`: what differs between two networks, or between two days of one."""

from __future__ import annotations

from typing import Any

from medgraph.cli.console import progress
from medgraph.cli.formats import ANSWER_FORMATS, show
from medgraph.cli.language import command, option
from medgraph.cli.options import OUTPUT, comparison_options, format_option, together
from medgraph.cli.sources import read_both_with_left_rows
from medgraph.words.say import say


@command(help="help.compare")
@together(
    comparison_options,
    option("--pack", multiple=True, help="help.compare_pack"),
    format_option(ANSWER_FORMATS),
    OUTPUT,
)
def compare(
    before: str,
    after: str | None,
    from_day: Any,
    to_day: Any,
    pack: tuple[str, ...],
    format_: str | None,
    output: str | None,
    **reading: Any,
) -> None:
    """Say what differs between two networks, or between two days of one."""
    from medgraph.queries.comparison import compare as differences

    (net, left_before), *later = read_both_with_left_rows(before, after, **reading)
    other, left_after = later[0] if later else (None, left_before)
    with progress(say("asking", query="compare")):
        answer = differences(
            net,
            other,
            from_day=from_day,
            to_day=to_day,
            packs=pack,
            left_before=left_before,
            left_after=left_after,
        )
    show(other or net, answer, format_, output)


COMMANDS = (compare,)
