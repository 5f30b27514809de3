"""The options that several commands share, each written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.formats import ANSWER_FORMATS
from medgraph.cli.language import option
from medgraph.cli.option_values import Day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# It is read before all others: files beside the network may be in other words, too.
MAPPING = option("--mapping", type=click.Path(dir_okay=False), is_eager=True, help="help.mapping")
LENIENT = option("--lenient", is_flag=True, help="help.lenient")
AREA = option("--area", help="help.area")
AS_OF = option("--as-of", type=Day(), help="help.as_of")
OUTPUT = option("--output", type=click.Path(), help="help.output")
OUTPUT_REQUIRED = option("--output", type=click.Path(), required=True, help="help.output")
PICTURE = option("--output", type=click.Path(dir_okay=False), required=True, help="help.map_output")
WAIVERS = option("--waivers", help="help.audit_waivers")
STATEMENTS = option("--statements", help="help.audit_statements")
LEDGER = option("--ledger", help="help.audit_ledger")
PARAMETERS = option("--parameters", help="help.audit_parameters")


def format_option(names: Iterable[str], **settings: Any) -> Callable[[Any], Any]:
    """Return the option `--format` with the formats it may be."""
    choice = click.Choice(list(names))
    return option("--format", "format_", type=choice, help="help.format", **settings)


def together(*parts: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return one decorator that adds arguments and options in the order listed."""

    def add(command: Any) -> Any:
        for part in reversed(parts):
            command = part(command)
        return command

    return add


source_options = together(click.argument("source"), MAPPING, LENIENT)
BASIS = option("--basis", type=click.Choice(["explicit"]), help="help.basis")
narrowing_options = together(
    option("--where", multiple=True, metavar="CONDITION", help="help.where"),
    option("--columns", metavar="NAMES", help="help.columns"),
    option("--top", "most", type=click.IntRange(min=0), help="help.top"),
)
answer_options = together(
    OUTPUT, format_option(ANSWER_FORMATS), narrowing_options, AREA, BASIS, AS_OF
)
comparison_options = together(
    click.argument("before"),
    click.argument("after", required=False),
    option("--from-day", type=Day(), help="help.option.from_day"),
    option("--to-day", type=Day(), help="help.option.to_day"),
    MAPPING,
    LENIENT,
    AREA,
)
