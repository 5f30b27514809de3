"""`medgraph reconcile A B`: which facilities of two lists are one, and what nobody can tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import note, progress
from medgraph.cli.formats import ANSWER_FORMATS, CODED_FORMATS, Format, deliver, show
from medgraph.cli.language import command, option
from medgraph.cli.option_values import Day
from medgraph.cli.options import AREA, LENIENT, MAPPING, OUTPUT, format_option, together
from medgraph.cli.sources import never_onto_source, read_both
from medgraph.errors import TargetError
from medgraph.suffixes import WORKBOOKS
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.cli.narrowing import Shown
    from medgraph.graphmodel.decisions import Decision
    from medgraph.graphmodel.network import MedicalNetwork


@command(help="help.reconcile")
@together(
    click.argument("before"),
    click.argument("after"),
    option(
        "--decisions", "files", type=click.Path(), multiple=True, help="help.reconcile_decisions"
    ),
    OUTPUT,
    format_option(ANSWER_FORMATS),
    option("--apply", "joined", type=click.Path(), help="help.reconcile_apply"),
    option("--from-day", type=Day(), help="help.from_day"),
    option("--to-day", type=Day(), help="help.to_day"),
    MAPPING,
    LENIENT,
    AREA,
)
def reconcile(
    before: str,
    after: str,
    files: tuple[str, ...],
    output: str | None,
    format_: str | None,
    joined: str | None,
    from_day: datetime.date | None,
    to_day: datetime.date | None,
    **reading: Any,
) -> int:
    """Pair the facilities of two lists; as a workbook, a review to be decided on."""
    from medgraph.cli.narrowing import Narrowing
    from medgraph.loaders import decisions
    from medgraph.queries.reconcile import facilities

    if output and not joined:
        _never_onto(output, before, after, files)
    made = decisions.read(*files)
    nets = read_both(before, after, **reading)
    days = {"from_day": from_day, "to_day": to_day}
    if joined:
        return _join(nets, made, joined, (before, after), format_, output, **days)
    with progress(say("asking", query="reconcile")):
        answer = facilities(nets[0], nets[1], decisions=made, **days)
    formats = _formats(nets, made)
    deliver(Narrowing().of_answer(answer), formats, format_, output, stamps=answer.stamps)
    return 0


def _join(
    nets: list[MedicalNetwork],
    made: list[Decision],
    target: str,
    sources: tuple[str, ...],
    format_: str | None,
    output: str | None,
    **days: Any,
) -> int:
    """Write the network of both and tell what differs; 1 where anything does, or is to be asked."""
    from medgraph.loaders import registry
    from medgraph.queries.reconcile import join

    for source in sources:
        for path in filter(None, (target, output)):
            never_onto_source(source, path)
    with progress(say("asking", query="reconcile")):
        done = join(nets[0], nets[1], decisions=made, **days)
    registry.write(done.net, target)
    show(done.net, done.conflicts, format_, output)
    note(say("written", path=target))
    return int(bool(len(done.conflicts.frame) or len(done.review.unknown)))


def _never_onto(output: str, before: str, after: str, files: tuple[str, ...]) -> None:
    """Raise TargetError where a list, or decisions that are not read in, would be written over."""
    for source in (before, after):
        never_onto_source(source, output)
    if Path(output).suffix.lower() in WORKBOOKS and _is_decided(output):
        given = any(Path(file).resolve() == Path(output).resolve() for file in files)
        if not given:
            raise TargetError(say("reconcile.answered", path=output))


def _is_decided(output: str) -> bool:
    """Whether a file is a review that somebody has begun to decide."""
    from medgraph.errors import SourceError
    from medgraph.loaders.workbooks import review_sheet

    try:
        return bool(review_sheet.read(output))
    except SourceError:
        return False


def _formats(nets: list[MedicalNetwork], made: list[Decision]) -> dict[str, Format[Shown]]:
    def write_review(shown: Shown, path: str) -> None:
        from medgraph.loaders.workbooks import review_sheet
        from medgraph.queries.reconcile import side_by_side

        answer = shown.answer
        about = (*answer.stamps, *answer.notes, answer.definition.in_words, say("reconcile.how"))
        review_sheet.write(
            side_by_side(nets[0], nets[1], review=answer), made, filter(None, about), path
        )

    return {"table": Format(_lines), **CODED_FORMATS, "xlsx": Format(write=write_review)}


_SHOWN = 40  # entries to be asked that the shell lists; the review and JSON hold all


def _lines(shown: Shown) -> str:
    answer = shown.answer
    asked = answer.unknown.head(_SHOWN).to_dict("records") if len(answer.unknown) else []
    lines = [*answer.stamps, *answer.notes]
    for row in asked:
        pair = " = ".join(filter(None, (row["name"], row["target_name"])))
        more = say("reconcile.line_others", others=row["others"]) if row["others"] else ""
        percent = f"{100 * row['confidence']:.0f}%"
        told = {"pair": pair, "percent": percent, "reason": row["reason"], "more": more}
        lines.append(say("reconcile.line", **told))
    rest = len(answer.unknown) - len(asked)
    if rest:
        lines.append(say("fill_more", count=rest))
    return "".join(f"{line}\n" for line in lines)


COMMANDS = (reconcile,)
