"""Commands on files: check, info, convert, template, sample, move, declare, tidy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.account_json import account_json
from medgraph.cli.console import emit, group_problems, note, progress
from medgraph.cli.formats import ANSWER_FORMATS, show
from medgraph.cli.language import command, option
from medgraph.cli.option_values import Day
from medgraph.cli.options import MAPPING, OUTPUT_REQUIRED, format_option, source_options
from medgraph.cli.sources import (
    account,
    is_foreign,
    left_rows,
    load_source,
    never_onto_foreign,
    note_report,
    open_questions,
    read_source,
)
from medgraph.json_text import json_text
from medgraph.shown_places import without_places
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.foreign.reading import Reading
    from medgraph.loaders.loaded import Loaded


@command(help="help.check")
@source_options
@format_option(["table", "json"])
@option("--output", type=click.Path(dir_okay=False), help="help.check_output")
def check(
    source: str, mapping: str | None, lenient: bool, format_: str | None, output: str | None
) -> int:
    """List every problem of a source, and mark the cells in a copy where `output` is given."""
    if output:
        from medgraph.loaders.workbooks.recognition import only_workbook

        only_workbook(Path(output))
        never_onto_foreign(source, output)
    loaded = load_source(source, mapping=mapping, lenient=lenient)
    # On the console the command can be copied; a file does not say where its source lies.
    shown = without_places(source) if output else source
    if not is_foreign(source):
        loaded = replace(
            loaded, problems=(*loaded.problems, *open_questions(loaded.network, shown))
        )
    if output:
        _write_marked_copy(source, loaded, output)
    for piece in account_json(loaded) if format_ == "json" else [_checked(loaded)]:
        emit(piece)
    return int(bool(loaded.errors))


def _write_marked_copy(source: str, loaded: Loaded, output: str) -> None:
    from medgraph.loaders.workbooks.marked_copy import marked_copy

    marked_copy(source, loaded.problems, output)
    note(say("written", path=output))


def _checked(loaded: Loaded) -> str:
    """Return what is wrong with a source, what was left out of it, and the counts of both."""
    from medgraph.graphmodel.checks.fault import LISTED

    errors = len(loaded.errors)
    warnings = sum(found.severity == "warning" for found in loaded.problems)
    lines = [
        *group_problems(loaded.problems),
        *left_rows(loaded, LISTED),
        *_rows_not_listed(loaded),
        account(loaded),
        say("check_summary", errors=errors, warnings=warnings),
    ]
    return "".join(f"{line}\n" for line in lines)


def _rows_not_listed(loaded: Loaded) -> list[str]:
    """Say how many more rows are left out than are listed, and where they all are."""
    from medgraph.graphmodel.checks.fault import LISTED

    more = len(loaded.left_rows) - LISTED
    return [say("left_rows_in_json", count=more)] if loaded.network and more > 0 else []


@command(help="help.info")
@source_options
@format_option(["table", "json"])
def info(source: str, mapping: str | None, lenient: bool, format_: str | None) -> None:
    """Say what a network holds."""
    net = read_source(source, mapping=mapping, lenient=lenient)
    if format_ == "json":
        emit(json_text({"counts": net.counts(), "meta": dict(net.meta)}))
        return
    from medgraph.cli.network_words import network_text

    emit(network_text(net))


@command(help="help.convert")
@source_options
@click.argument("target")
@option("--accept-endings", type=click.IntRange(min=0), help="help.accept_endings")
@option("--shape", type=click.Choice(["mcsd", "plan-net"]), help="help.shape")
@option("--facility-level", type=click.IntRange(min=1), help="help.dhis2_facility_level")
@option("--keep-source", is_flag=True, help="help.fhir_keep_source")
def convert(
    source: str,
    target: str,
    accept_endings: int | None,
    shape: str | None,
    facility_level: int | None,
    keep_source: bool,
    mapping: str | None,
    lenient: bool,
) -> int:
    """Write the same network in another format, or into a shared store.

    Return 1 where the target cannot say all of it.
    """
    from medgraph.loaders import registry
    from medgraph.loaders.capacity import Losses

    never_onto_foreign(source, target)
    net = read_source(
        source,
        mapping=mapping,
        lenient=lenient,
        facility_level=facility_level,
        keep_source=keep_source,
    )
    with progress(say("writing", target=target)):
        report = registry.write(
            net, target, made_from=source, accept_endings=accept_endings, shape=shape
        )
    note_report(report)
    if isinstance(report, Losses) and report:
        note(say("written", path=target))
        return 1
    nodes, links = net.packed_tables
    note(say("converted", target=target, nodes=len(nodes), links=len(links)))
    return 0


@command(help="help.template")
@click.argument("target", type=click.Path(dir_okay=False))
@option("--area", help="help.template_area")
def template(target: str, area: str | None) -> None:
    """Write an empty workbook with drop-down lists."""
    from medgraph.graphmodel.abolished_codes import abolished, heirs_in_words
    from medgraph.loaders.workbooks.template import template as write_template

    write_template(target, area=area)
    if area and (found := abolished(area)):
        heirs = heirs_in_words(area)
        note(say("area_abolished", value=area, name=found.name, year=found.year, heirs=heirs))
    note(say("written", path=target))


@command(help="help.sample")
@click.argument("name", type=click.Choice(["taizhou", "taizhou-plan", "taizhou-ugly", "synthetic"]))
@click.argument("target")
@option(
    "--scale",
    type=click.Choice(["county", "city", "province", "nation"]),
    default="county",
    help="help.scale",
)
@option("--seed", type=int, default=1, help="help.seed")
@option("--defect", "defects", multiple=True, help="help.defect")
def sample(name: str, target: str, scale: str, seed: int, defects: tuple[str, ...]) -> None:
    """Write a sample."""
    from medgraph.loaders import registry, samples

    texts: dict[str, Callable[[str], object]] = {
        "taizhou-plan": samples.write_taizhou_plan,
        "taizhou-ugly": samples.write_taizhou_ugly,
    }
    networks: dict[str, Callable[[], MedicalNetwork]] = {
        "taizhou": samples.taizhou,
        "synthetic": lambda: samples.synthetic(seed=seed, scale=scale, defects=defects),
    }
    if name in texts:
        texts[name](target)
    else:
        with progress(say("writing", target=target)):
            net = networks[name]()
            note_report(registry.write(net, target))
        emit(f"{net!r}\n")
    note(say("written", path=target))


@command(help="help.move")
@source_options
@click.argument("id")
@option("--to-group", required=True, help="help.to_group")
@option("--on", type=Day(), help="help.on")
@OUTPUT_REQUIRED
def move(
    source: str, id: str, to_group: str, on: datetime.date | None, output: str, **reading: Any
) -> None:
    """Write the network after a facility moved to another group."""
    from medgraph.graphmodel.changes import Move
    from medgraph.loaders import registry

    net = read_source(source, **reading)
    facility, group = net.find(id, kind="Facility"), net.find(to_group, kind="Group")
    report = registry.write_changes(net, [Move(facility, group, on)], output)
    names = {"facility": net.name(facility), "group": net.name(group)}
    note_report(report)
    note(say("moved", **names, day=net.day(on), target=output))


@command(help="help.succeed")
@source_options
@click.argument("old")
@option("--by", multiple=True, required=True, help="help.succeed_by")
@option("--on", type=Day(), help="help.on")
@option("--how", default="renamed", help="help.succeed_how")
@option("--carry", is_flag=True, help="help.succeed_carry")
@OUTPUT_REQUIRED
def succeed(
    source: str,
    old: str,
    by: tuple[str, ...],
    on: datetime.date | None,
    how: str,
    carry: bool,
    output: str,
    **reading: Any,
) -> None:
    """Write the network after one node was followed by another, or by several."""
    from medgraph.graphmodel.changes import Succeed
    from medgraph.loaders import registry

    net = read_source(source, **reading)
    gone, heirs = net.find(old), tuple(net.find(one) for one in by)
    report = registry.write_changes(net, [Succeed(gone, heirs, on, how, carry)], output)
    for problem in net.handed_on_otherwise(gone, by=heirs, on=on) if carry else ():
        note(str(problem))
    names = say("list_comma").join(net.name(heir) for heir in heirs)
    note_report(report)
    note(say("succeeded", old=net.name(gone), by=names, day=net.day(on), target=output))


@command(help="help.declare")
@click.argument("source")
@click.argument("table")
@option("--complete", "state", flag_value="complete", help="help.declare_complete")
@option("--partial", "state", flag_value="partial", help="help.declare_partial")
@option("--withdraw", "state", flag_value="withdraw", help="help.declare_withdraw")
@option("--by", default="", metavar="UNIT", help="help.declare_by")
@option("--on", type=Day(), help="help.declare_on")
@option("--clause", default="", help="help.declare_clause")
@option("--output", type=click.Path(), help="help.declare_output")
def declare(source: str, table: str, state: str | None, by: str, **details: Any) -> None:
    """Declare that a table or part lists all there is, or that it does not."""
    from medgraph.loaders.declare import declare as write_declaration

    if state is None:
        raise click.UsageError(say("declare_which"))
    if state != "withdraw" and not by.strip():
        raise click.UsageError(say("declare_by_whom"))
    stated = None if state == "withdraw" else state
    written = write_declaration(source, table, stated, by=by.strip(), **details)
    emit(f"{written.now.told(written.part)}\n")
    note(say("written", path=written.place))
    if written.before.state:
        note(say("declare_before", told=written.before.told(written.part)))


@command(help="help.tidy")
@click.argument("source")
@option("--output", type=click.Path(dir_okay=False), help="help.tidy_output")
@MAPPING
@option("--save-mapping", type=click.Path(dir_okay=False), help="help.tidy_toml")
@option("--if-needed", is_flag=True, help="help.tidy_if_needed")
def tidy(
    source: str, output: str | None, mapping: str | None, save_mapping: str | None, if_needed: bool
) -> None:
    """Turn a workbook of one's own into the filled template."""
    from medgraph.loaders import foreign

    if if_needed and _is_no_foreign_workbook(source):
        note(say("tidy_not_needed", source=source))
        return
    target = Path(output) if output else foreign.default_target(Path(source))
    if save_mapping:
        foreign.never_onto(source, save_mapping)
    try:
        with progress(say("reading", source=source)):
            reading = foreign.tidy(source, target, mapping=mapping)
    except (foreign.EditedError, foreign.OriginalGoneError) as kept:
        if not if_needed:
            raise
        note(str(kept))  # the target is good as it is
        return
    if reading.keeps_edits:
        note(say("tidy_kept", target=target))
    if save_mapping:
        foreign.save_mapping(reading.mapping, save_mapping)
        note(say("written", path=save_mapping))
    _report_tidied(reading, target)


def _is_no_foreign_workbook(source: str) -> bool:
    """Whether a source is in a format of ours and was not made by tidying."""
    from medgraph.loaders import foreign

    was_tidied = foreign.default_target(Path(source)) == Path(source)
    return not was_tidied and not is_foreign(source)


def _report_tidied(reading: Reading, target: Path) -> None:
    """Print what was read and what was not, and say what to do next."""
    from medgraph.cli.network_words import in_short
    from medgraph.loaders import foreign

    emit(f"{in_short(reading.loaded.require())}\n{foreign.accounted(reading)}\n")
    questions = open_questions(reading.loaded.network, target)
    for line in group_problems([*reading.problems, *questions]):
        emit(line + "\n")
    note(say("written", path=target))
    note(say("tidy_next" if reading.mapping.confirmed else "tidy_next_guess", target=target))


@command(help="help.update")
@click.argument("old")
@click.argument("new")
@option("--output", type=click.Path(dir_okay=False), help="help.tidy_output")
@format_option(ANSWER_FORMATS)
def update(old: str, new: str, output: str | None, format_: str | None) -> None:
    """Read the new edition of a workbook with the answers of the last; say what changed."""
    from medgraph.loaders import foreign
    from medgraph.queries.comparison import compare

    target = Path(output) if output else foreign.default_target(Path(new))
    with progress(say("reading", source=new)):
        done = foreign.update(old, new, target)
    _report_tidied(done.reading, target)
    asked = foreign.questions(done.reading)
    if asked:
        note(say("update_asks", count=len(asked), path=target))
    net = done.reading.loaded.require()
    with progress(say("asking", query="compare")):
        answer = compare(done.last, net)
    show(net, answer, format_, None)


COMMANDS = (check, info, convert, template, sample, move, succeed, declare, tidy, update)
