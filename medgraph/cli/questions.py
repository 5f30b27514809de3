"""The questions in the shell: each row of the table of verbs becomes a command of its noun."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import note, progress
from medgraph.cli.formats import show
from medgraph.cli.language import Command, Group, Option, command
from medgraph.cli.option_values import TYPES
from medgraph.cli.options import answer_options, source_options
from medgraph.cli.saving import never_onto_work, write_text
from medgraph.cli.sources import never_onto_source, read_to_ask
from medgraph.queries.verbs import VERBS, Kind, Verb
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries import verbs
    from medgraph.queries.results import Answer


def nouns(further: Mapping[str, Sequence[click.Command]]) -> list[Group]:
    """Return one group of commands for each noun, with its verbs and those in `further`."""
    commands: dict[str, list[click.Command]] = {}
    for verb in VERBS:
        commands.setdefault(verb.noun, []).append(_command(verb))
    return [
        Group(noun, help=f"help.{noun}", commands=[*own, *further.get(noun, ())])
        for noun, own in commands.items()
    ]


def _command(verb: Verb) -> Command:
    @source_options
    @answer_options
    def ask(
        source: str,
        mapping: str | None,
        lenient: bool,
        as_of: Any,
        area: str | None,
        basis: str | None,
        format_: str | None,
        output: str | None,
        where: tuple[str, ...],
        columns: str | None,
        most: int | None = None,
        subject: str | None = None,
        outlines: str | None = None,
        **options: Any,
    ) -> int:
        from medgraph.cli.narrowing import Narrowing

        narrowing = Narrowing.of(where, columns, most)
        if outlines:
            never_onto_source(source, outlines)
            never_onto_work(outlines)
        net = read_to_ask(source, mapping=mapping, lenient=lenient, area=area, basis=basis)
        with progress(say("asking", query=verb.name)):
            answer = verb.ask(net, subject, as_of=as_of, **options)
        show(net, answer, format_, output, narrowing)
        if outlines:
            _write_outlines(net, answer, outlines, options)
        return int(verb.findings and len(answer.frame) > 0)

    made: Command = command(verb.function.replace("_", "-"), help=f"help.{verb.name}")(ask)
    if verb.subject:
        made.params.insert(1, click.Argument(["subject"], metavar=verb.subject.upper()))
    if any(row.name == "top" for row in verb.options):  # the question itself stops there
        made.params = [param for param in made.params if param.name != "most"]
    made.params.extend(option_of(row) for row in verb.options)
    if verb.of_ground:
        written = click.Path(dir_okay=False)
        made.params.append(Option(["--outlines"], type=written, help="help.outlines"))
    return made


def _write_outlines(
    net: MedicalNetwork, answer: Answer, path: str, options: Mapping[str, Any]
) -> None:
    """Write the polygons of an answer as GeoJSON."""
    from medgraph.queries.coverage import outlines
    from medgraph.queries.coverage.travel import SNAP_KM, the_one_given

    ways = (options["times"], options["roads"], options["speed_kmh"])
    snap_km = SNAP_KM if options["snap_km"] is None else options["snap_km"]
    drawn = outlines(net, answer, travel=the_one_given(None, *ways, snap_km))
    write_text(json.dumps(drawn, ensure_ascii=False), path)
    note(say("written", path=path))


def option_of(row: verbs.Option) -> Option:
    """Return an option of the shell; None or empty where it is not given."""
    is_flag = row.kind is Kind.FLAG
    return Option(
        [f"--{row.name.replace('_', '-')}", row.name],
        type=click.Choice(row.choices) if row.choices else TYPES[row.kind],
        multiple=row.multiple,
        is_flag=is_flag,
        default=None,
        help=row.help,
    )
