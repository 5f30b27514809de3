"""Questions over referral records: `referrals flows`, `referrals shares`, and their map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.common import answer_options, progress, read_source, show, source_options
from medgraph.cli.maps import draw, map_, map_options
from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.flow_table import FlowTable


def record_options(command: Any) -> Any:
    """Add where the records are and how they are counted."""
    for name, settings in (
        ("threshold", {"type": int, "default": 11, "show_default": True}),
        ("follow", {"type": int}),
        (
            "engine",
            {"type": click.Choice(["duckdb", "spark"]), "default": "duckdb", "show_default": True},
        ),
        ("overlap", {"type": click.Choice(["truncate", "drop"])}),
        ("window", {"type": click.IntRange(min=0)}),
        ("master", {"default": "local[*]", "show_default": True}),
        ("memory", {"default": "2GB", "show_default": True}),
        ("records", {"type": click.Path(), "required": True}),
    ):
        command = click.option(f"--{name}", help=say(f"help.records_{name}"), **settings)(command)
    return command


def counted(
    records: str,
    engine: str,
    master: str,
    memory: str,
    follow: int | None,
    window: int | None,
    overlap: str | None,
) -> FlowTable:
    """Read the records and count them into flows; with `window` they are stays, and transfers are derived from them."""
    from medgraph.loaders.records.counting import from_encounters, read_records

    where = {"engine": engine, "master": master, "memory": memory}
    if window is None and overlap is not None:
        raise OptionError(say("records.window_first"))
    if window is not None and follow is not None:
        raise OptionError(say("records.window_or_follow"))
    with progress(say("reading", source=records)):
        if window is None:
            return read_records(records, follow=follow, **where)
        return from_encounters(records, window=window, overlap=overlap or "truncate", **where)


def _question(name: str) -> click.Command:
    @click.command(name, help=say(f"help.referrals.{name}"))
    @source_options
    @record_options
    @answer_options
    def ask(
        source: str,
        as_of: Any,
        format_: str | None,
        output: str | None,
        threshold: int,
        mapping: str | None,
        lenient: bool,
        area: str | None,
        **reading: Any,
    ) -> None:
        from medgraph.queries import flows

        net = read_source(source, mapping=mapping, lenient=lenient, area=area)
        table = counted(**reading)
        with progress(say("asking", query=f"referrals.{name}")):
            answer = getattr(flows, name)(net, table, threshold=threshold, as_of=as_of)
        show(answer, format_, output)

    return ask


@map_.command("flows", help=say("help.map.flows"))
@map_options
@record_options
@click.option(
    "--direction",
    type=click.Choice(["up", "down"]),
    default="up",
    help=say("help.option.direction"),
)
def flow_picture(
    source: str,
    output: str,
    as_of: Any,
    direction: str,
    threshold: int,
    mapping: str | None,
    lenient: bool,
    area: str | None,
    **reading: Any,
) -> None:
    from medgraph.queries.flows.planned_and_observed import flows
    from medgraph.visuals.flow_map import flow_map

    net = read_source(source, mapping=mapping, lenient=lenient, area=area)
    answer = flows(net, counted(**reading), threshold=threshold, as_of=as_of)
    draw(output, lambda: flow_map(net, answer.frame, direction=direction, as_of=as_of))


# Verbs of the noun `referrals`.
REFERRALS = tuple(_question(name) for name in ("flows", "shares"))
