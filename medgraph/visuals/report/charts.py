"""Draw the numbers of a report that are compared: coverage by district, beds, verdicts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from medgraph.visuals.bars import Bar, Part, bars
from medgraph.visuals.headings import verdict_label
from medgraph.visuals.node_names import area_names
from medgraph.visuals.report.audits import pack_title
from medgraph.visuals.report.overview import VERDICTS, worst_groups
from medgraph.visuals.style import BLUE, INK, PROBLEM, tint
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.visuals.report.contents import ReportContents
    from medgraph.visuals.report.groups import GroupPage

DRAWN = 16  # bars on one picture that can still be read on paper
_OPEN = tint(INK, 0.3)
_LOOKS = {"FAIL": PROBLEM, "NO_DATA": _OPEN, "PASS": BLUE}
_COVERED = (
    ("gap", "report.missing", PROBLEM),
    ("unknown", "unknown", _OPEN),
    ("served", "report.met", BLUE),
)

Chart = tuple[str, str]  # the drawing, its title


def charts(report: ReportContents) -> Iterator[Chart]:
    """Yield the pictures that the numbers of a report allow: one thing alone is not compared."""
    yield from _coverage(report)
    yield from _beds(report.groups)
    yield from _verdicts_by_pack(report.audited)
    yield from _verdicts_by_group(report.groups)


def _coverage(report: ReportContents) -> Iterator[Chart]:
    """How many areas of each district are served, are not, or cannot be judged."""
    served = report.answers.get("coverage.served")
    if served is None:
        return
    judged = zip(served.frame[served.key], served.frame["status"], strict=True)
    states = [*judged, *((area, "unknown") for area in served.unknown[served.key])]
    counts: dict[str, Counter[str]] = {}
    for area, status in states:
        counts.setdefault(f"{area[:6]}000000", Counter())[status] += 1
    if len(counts) < 2:
        return
    called = area_names(report.network, counts, language())
    worst = sorted(counts, key=lambda code: (-counts[code]["gap"], -counts[code]["unknown"], code))
    drawn = [
        Bar(
            called.get(code, code[:6]),
            tuple(Part(counts[code][status], colour) for status, _, colour in _COVERED),
        )
        for code in worst[:DRAWN]
    ]
    legend = [(say(word), colour) for _, word, colour in _COVERED]
    yield from _chart("report.coverage_drawn", drawn, legend, len(worst))


def _beds(pages: Sequence[GroupPage]) -> Iterator[Chart]:
    """The beds that the members of each group state."""
    stated = sorted((page for page in pages if page.beds), key=lambda page: -page.beds)
    if len(stated) < 2:
        return
    drawn = [Bar(page.short, (Part(page.beds, BLUE),), _unstated(page)) for page in stated[:DRAWN]]
    yield from _chart("report.beds_drawn", drawn, [], len(stated))


def _unstated(page: GroupPage) -> str:
    """How many members of a group state no beds."""
    return say("report.beds_missing", count=page.without_beds) if page.without_beds else ""


def _verdicts_by_pack(audit: Any) -> Iterator[Chart]:
    """The verdicts on the rules of each pack."""
    if audit is None:
        return
    counts: dict[str, Counter[str]] = {}
    for pack, verdict in audit.rules[["pack", "verdict"]].itertuples(index=False, name=None):
        counts.setdefault(pack, Counter())[verdict] += 1
    if len(counts) < 2:
        return
    titles = {pack.id: pack_title(pack) for pack in audit.packs}
    drawn = [Bar(titles[pack], _parts(counts[pack])) for pack in [*counts][:DRAWN]]
    yield from _chart("report.packs_drawn", drawn, _of_verdicts(), len(counts))


def _verdicts_by_group(pages: Sequence[GroupPage]) -> Iterator[Chart]:
    """The verdicts on each group, its members and its areas."""
    judged = [page for page in worst_groups(pages) if page.judged]
    if judged:
        drawn = [Bar(page.short, _parts(page.judged)) for page in judged[:DRAWN]]
        yield from _chart("report.verdicts_drawn", drawn, _of_verdicts(), len(judged))


def _parts(counts: Any) -> tuple[Part, ...]:
    return tuple(Part(counts.get(verdict, 0), _LOOKS[verdict]) for verdict in VERDICTS)


def _of_verdicts() -> list[tuple[str, str]]:
    return [(verdict_label(verdict), _LOOKS[verdict]) for verdict in VERDICTS]


def _chart(
    key: str, drawn: Sequence[Bar], legend: Sequence[tuple[str, str]], total: int
) -> Iterator[Chart]:
    """The picture with its title, which says how many are not drawn; none of bars all alike."""
    is_whole = total == len(drawn)
    if is_whole and len({bar.parts for bar in drawn}) < 2:
        return
    title = say(key)
    if not is_whole:
        title += say("report.drawn_of", count=len(drawn), total=total)
    yield bars(title, drawn, legend), title
