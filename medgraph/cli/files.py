"""Commands on files: check, info, convert, template, sample, move."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

from medgraph.cli.common import (
    emit,
    group_problems,
    lang_option,
    left_rows,
    never_onto_foreign,
    note,
    progress,
    read_source,
    source_options,
)
from medgraph.cli.option_values import Day
from medgraph.words.say import say


@click.command(help=say("help.check"))
@source_options
@click.option("--format", "format_", type=click.Choice(["table", "json"]), help=say("help.format"))
@click.option("--output", type=click.Path(dir_okay=False), help=say("help.check_output"))
@lang_option
def check(
    source: str, mapping: str | None, lenient: bool, format_: str | None, output: str | None
) -> int:
    from medgraph.loaders import registry

    if output:
        never_onto_foreign(source, output)
    with progress(say("reading", source=source)):
        loaded = registry.load(source, mapping=mapping, lenient=lenient)
    if output:
        from medgraph.loaders.workbooks import workbook

        workbook.marked_copy(source, loaded.problems, output)
        note(say("written", path=output))
    if format_ == "json":
        emit(json.dumps(loaded.to_dict(), ensure_ascii=False, indent=1) + "\n")
    else:
        for line in group_problems(loaded.problems):
            emit(line + "\n")
        for line in left_rows(loaded):
            emit(line + "\n")
        emit(
            say(
                "rows_accounted",
                rows_in=loaded.rows_in,
                loaded=loaded.loaded,
                left_out=loaded.left_out,
            )
            + "\n"
        )
        errors = sum(p.severity == "error" for p in loaded.problems)
        emit(say("check_summary", errors=errors, warnings=len(loaded.problems) - errors) + "\n")
    return int(any(p.severity == "error" for p in loaded.problems))


@click.command(help=say("help.info"))
@source_options
@click.option("--format", "format_", type=click.Choice(["table", "json"]), help=say("help.format"))
@lang_option
def info(source: str, mapping: str | None, lenient: bool, format_: str | None) -> None:
    net = read_source(source, mapping=mapping, lenient=lenient)
    if format_ == "json":
        emit(
            json.dumps(
                {"counts": net.counts(), "meta": dict(net.meta)}, ensure_ascii=False, indent=1
            )
            + "\n"
        )
        return
    emit(f"{net!r}\n")
    for key, value in {**net.counts(), **net.meta}.items():
        emit(f"  {key}: {value}\n")


@click.command(help=say("help.convert"))
@source_options
@click.argument("target")
@click.option("--accept-endings", type=click.IntRange(min=0), help=say("help.accept_endings"))
@lang_option
def convert(
    source: str, target: str, accept_endings: int | None, mapping: str | None, lenient: bool
) -> None:
    from medgraph.loaders import registry

    never_onto_foreign(source, target)
    net = read_source(source, mapping=mapping, lenient=lenient)
    with progress(say("writing", target=target)):
        report = registry.write(net, target, made_from=source, accept_endings=accept_endings)
    if report is not None:  # a shared store
        for line in (*report.findings, str(report)):
            note(line)
    nodes, links = net.packed_tables
    note(say("converted", target=target, nodes=len(nodes), links=len(links)))


@click.command(help=say("help.template"))
@click.argument("target", type=click.Path(dir_okay=False))
@click.option("--area", help=say("help.template_area"))
@lang_option
def template(target: str, area: str | None) -> None:
    from medgraph.loaders.workbooks import workbook

    workbook.template(target, area=area)
    note(say("written", path=target))


@click.command(help=say("help.sample"))
@click.argument("name", type=click.Choice(["taizhou", "taizhou-plan", "taizhou-ugly", "synthetic"]))
@click.argument("target")
@click.option(
    "--scale",
    type=click.Choice(["county", "city", "province", "nation"]),
    default="county",
    help=say("help.scale"),
)
@click.option("--seed", type=int, default=1, help=say("help.seed"))
@click.option("--defect", "defects", multiple=True, help=say("help.defect"))
@lang_option
def sample(name: str, target: str, scale: str, seed: int, defects: tuple[str, ...]) -> None:
    from medgraph.loaders import registry, samples

    if name in ("taizhou-plan", "taizhou-ugly"):
        (samples.write_taizhou_plan if name == "taizhou-plan" else samples.write_taizhou_ugly)(
            target
        )
        note(say("written", path=target))
        return
    with progress(say("writing", target=target)):
        net = (
            samples.taizhou()
            if name == "taizhou"
            else samples.synthetic(seed=seed, scale=scale, defects=defects)
        )
        registry.write(net, target)
    emit(f"{net!r}\n")
    note(say("written", path=target))


@click.command(help=say("help.move"))
@source_options
@click.argument("id")
@click.option("--to-group", required=True, help=say("help.to_group"))
@click.option("--on", type=Day(), help=say("help.on"))
@click.option("--output", type=click.Path(), required=True, help=say("help.output"))
@lang_option
def move(
    source: str, id: str, to_group: str, on: datetime.date | None, output: str, **reading: Any
) -> None:
    from medgraph.graphmodel.changes import Move
    from medgraph.loaders import registry

    net = read_source(source, **reading)
    facility, group = net.find(id, kind="Facility"), net.find(to_group, kind="Group")
    registry.write_changes(net, [Move(facility, group, on)], output)
    note(
        say(
            "moved",
            facility=net.name(facility),
            group=net.name(group),
            day=net.day(on),
            target=output,
        )
    )


@click.command(help=say("help.tidy"))
@click.argument("source")
@click.option("--output", type=click.Path(dir_okay=False), help=say("help.tidy_output"))
@click.option("--mapping", type=click.Path(dir_okay=False), help=say("help.mapping"))
@click.option("--save-mapping", type=click.Path(dir_okay=False), help=say("help.tidy_toml"))
@click.option("--if-needed", is_flag=True, help=say("help.tidy_if_needed"))
@lang_option
def tidy(
    source: str, output: str | None, mapping: str | None, save_mapping: str | None, if_needed: bool
) -> None:
    from medgraph.loaders import foreign as messy
    from medgraph.loaders import registry

    again = messy.default_target(Path(source)) == Path(source)
    if if_needed and not again and registry.format_of_source(source).name != "foreign":
        note(say("tidy_not_needed", source=source))
        return
    target = Path(output) if output else messy.default_target(Path(source))
    if save_mapping:
        messy.never_onto(source, save_mapping)
    if not mapping and messy.came_from(target, Path(source)):
        note(say("tidy_kept", target=target))
    try:
        with progress(say("reading", source=source)):
            reading = messy.tidy(source, target, mapping=mapping)
    except (messy.EditedError, messy.OriginalGoneError) as kept:
        if not if_needed:
            raise
        note(str(kept))  # what stands there is good as it stands
        return
    if save_mapping:
        messy.save_mapping(reading.mapping, save_mapping)
        note(say("written", path=save_mapping))
    emit(f"{reading.loaded.network!r}\n{messy.accounted(reading)}\n")
    for line in group_problems(reading.problems):
        emit(line + "\n")
    note(say("written", path=target))
    note(say("tidy_next" if reading.mapping.confirmed else "tidy_next_guess", target=target))


COMMANDS = (check, info, convert, template, sample, move, tidy)
