"""`medgraph reconcile A [B]`: which facilities of two lists are one; where those of one lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import note, progress
from medgraph.cli.formats import ANSWER_FORMATS, CODED_FORMATS, Format, deliver, show
from medgraph.cli.language import command, option
from medgraph.cli.option_values import Day
from medgraph.cli.options import AREA, LENIENT, MAPPING, OUTPUT, format_option, together
from medgraph.cli.sources import never_onto_source, note_report, read_both
from medgraph.errors import TargetError
from medgraph.suffixes import WORKBOOKS
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    import pandas as pd

    from medgraph.cli.narrowing import Shown
    from medgraph.graphmodel.decisions import Decision
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_SHOWN = 40  # entries to be asked that the shell lists; the review and JSON hold all


@command(help="help.reconcile")
@together(
    click.argument("before"),
    click.argument("after", required=False),
    option(
        "--decisions", "files", type=click.Path(), multiple=True, help="help.reconcile_decisions"
    ),
    OUTPUT,
    format_option(ANSWER_FORMATS),
    option("--apply", "target", type=click.Path(), help="help.reconcile_apply"),
    option("--from-day", type=Day(), help="help.option.from_day"),
    option("--to-day", type=Day(), help="help.option.to_day"),
    MAPPING,
    LENIENT,
    AREA,
)
def reconcile(
    before: str,
    after: str | None,
    files: tuple[str, ...],
    output: str | None,
    format_: str | None,
    target: str | None,
    from_day: datetime.date | None,
    to_day: datetime.date | None,
    **reading: Any,
) -> int:
    """Pair the facilities of two lists, or place those of one; as a workbook, a review."""
    from medgraph.loaders import decisions

    _never_onto_lists((target, output), filter(None, (before, after)))
    if output and not target:
        _never_onto_decided(output, files)
    made = decisions.read(*files)
    nets = read_both(before, after, **reading)
    if len(nets) == 1:
        return _place(nets[0], made, target, format_, output, from_day)
    return _pair(nets, made, target, format_, output, from_day=from_day, to_day=to_day)


def _pair(
    nets: list[MedicalNetwork],
    made: list[Decision],
    target: str | None,
    format_: str | None,
    output: str | None,
    **days: Any,
) -> int:
    """Review two lists; with a target write the network of both and tell what differs.

    Return 1 where anything differs, or is to be asked, in a network that was written.
    """
    from medgraph.queries.reconcile import facilities, join, side_by_side, standing

    one, other = nets
    if target is None:
        with progress(say("asking", query="reconcile")):
            answer = facilities(one, other, decisions=made, **days)
        kept = standing(one, other, decisions=made, **days) if made else []
        _deliver(answer, kept, lambda: side_by_side(one, other, review=answer), format_, output)
        return 0
    with progress(say("asking", query="reconcile")):
        done = join(one, other, decisions=made, **days)
    _write(done.net, target)
    show(done.net, done.conflicts, format_, output)
    return int(bool(len(done.conflicts.frame) or len(done.review.unknown)))


def _place(
    net: MedicalNetwork,
    made: list[Decision],
    target: str | None,
    format_: str | None,
    output: str | None,
    day: datetime.date | None,
) -> int:
    """Review where facilities lie; with a target write the network as decided, 1 if any is open."""
    from medgraph.queries.reconcile import placed, places
    from medgraph.queries.reconcile.side_by_side import places_sheet

    with progress(say("asking", query="reconcile")):
        answer = places(net, decisions=made, as_of=day)
    if target is None:
        _deliver(answer, made, lambda: places_sheet(answer), format_, output, of_places=True)
        return 0
    _write(placed(net, decisions=made, as_of=day), target)
    note(say("reconcile.placed_told", count=answer.judged, open=len(answer.unknown)))
    return int(bool(len(answer.unknown)))


def _write(net: MedicalNetwork, target: str) -> None:
    from medgraph.loaders import registry

    report = registry.write(net, target)
    note(say("written", path=target))
    note_report(report)


def _never_onto_lists(paths: Iterable[str | None], sources: Iterable[str]) -> None:
    """Raise TargetError where a list would be written over."""
    written = [path for path in paths if path]
    for source in sources:
        for path in written:
            never_onto_source(source, path)


def _never_onto_decided(output: str, files: tuple[str, ...]) -> None:
    """Raise TargetError where a review would be written over whose decisions are not read in."""
    given = any(Path(file).resolve() == Path(output).resolve() for file in files)
    if Path(output).suffix.lower() in WORKBOOKS and not given and _is_decided(output):
        raise TargetError(say("reconcile.answered", path=output))


def _is_decided(output: str) -> bool:
    """Whether a file is a review that somebody has begun to decide."""
    from medgraph.errors import SourceError
    from medgraph.loaders.workbooks import review_sheet

    try:
        return bool(review_sheet.read(output))
    except SourceError:
        return False


def _deliver(
    answer: Answer,
    made: list[Decision],
    rows: Callable[[], pd.DataFrame],
    format_: str | None,
    output: str | None,
    *,
    of_places: bool = False,
) -> None:
    """Print what is asked, or write the review."""
    from medgraph.cli.narrowing import Narrowing
    from medgraph.queries.reconcile.side_by_side import about

    def write_review(shown: Shown, path: str) -> None:
        from medgraph.loaders.workbooks import review_sheet

        lines = about(answer, of_places=of_places)
        review_sheet.write(rows(), made, lines, path, of_places=of_places)

    formats = {"table": Format(_lines), **CODED_FORMATS, "xlsx": Format(write=write_review)}
    deliver(Narrowing().of_answer(answer), formats, format_, output, stamps=answer.stamps)


def _lines(shown: Shown) -> str:
    answer = shown.answer
    asked = answer.unknown.head(_SHOWN).to_dict("records") if len(answer.unknown) else []
    lines = [*answer.stamps, *(answer.notes or [answer.headline]), *map(_line, asked)]
    rest = len(answer.unknown) - len(asked)
    if rest:
        lines.append(say("fill_more", count=rest))
    return "".join(f"{line}\n" for line in lines)


def _line(row: dict[Any, Any]) -> str:
    pair = " = ".join(filter(None, (row["name"], row.get("target_name", row.get("area_name")))))
    more = say("reconcile.line_others", others=row["others"]) if row["others"] else ""
    percent = f"{100 * row['confidence']:.0f}%"
    return say("reconcile.line", pair=pair, percent=percent, reason=row["reason"], more=more)


COMMANDS = (reconcile,)
