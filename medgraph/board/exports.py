"""Make files of a plan to take away: the plan, the changed workbook, lists, maps."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from medgraph.board import audits
from medgraph.board.change_list import change_list_docx, change_list_xlsx
from medgraph.board.findings import packs_of, why_nothing
from medgraph.board.presentation import pictures, presentation
from medgraph.errors import OptionError
from medgraph.loaders import registry
from medgraph.loaders.plan_file import titled, written_plan
from medgraph.queries import policy
from medgraph.suffixes import DOCX, HTML, JSON, PDF, PNG, SVG, XLSX, ZIP
from medgraph.visuals.report import docx, html, pdf, xlsx
from medgraph.visuals.report.contents import REPORTED, contents
from medgraph.visuals.tiles.tile_map import tile_map
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.board.plans import PlanOnBoard
    from medgraph.board.requests import Asks

_MEDIA = {
    JSON: "application/json",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    SVG: "image/svg+xml",
    PNG: "image/png",
    PDF: "application/pdf",
    HTML[0]: "text/html; charset=utf-8",
    ZIP: "application/zip",
}


_SETTERS: dict[str, Callable[[Any], bytes]] = {
    HTML[0]: html.render,
    DOCX: docx.render,
    PDF: pdf.render,
    XLSX: xlsx.render,
}


@dataclass(frozen=True)
class File:
    """A file to take away: its name and what it holds."""

    name: str
    content: bytes

    @property
    def media(self) -> str:
        """Its media type."""
        return _MEDIA[Path(self.name).suffix]

    @property
    def headers(self) -> dict[str, str]:
        """What has a browser save it under its name, and never open it as a page of ours."""
        name = quote(self.name, safe="")
        return {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}


def export(asks: Asks, plan: str, kind: str) -> File:
    """Return a file of a plan; raise OptionError for a kind that there is none of."""
    if kind not in KINDS:
        raise OptionError(say("not_one_of", what="kind", value=kind, allowed=", ".join(KINDS)))
    found = asks.desk.plan(plan)
    make, suffix = KINDS[kind]
    name = "".join(" " if sign in '\\/:*?"<>|' else sign for sign in found.name).strip()
    return File(f"{name or 'plan'}{suffix}", make(asks, found))


def answer(
    asks: Asks, *, verb: str, plan: str = "", given: str = "{}", rows: list[int] | None = None
) -> File:
    """Return the workbook of an answer, of these rows in this order where they are given."""
    if not isinstance(given, str) or not isinstance(rows, list | None):
        raise OptionError(say("board.unreadable"))
    content = asks.answers.workbook(asks.asked(plan), verb, given, rows)
    return File(f"{verb}{XLSX}", content)


def audit(asks: Asks, plan: str, packs: list[str], basis: str | None) -> File:
    """Return the workbook of an audit."""
    return File(f"{'+'.join(packs)}{XLSX}", audits.workbook_of(asks.audit(plan, packs, basis)))


def _plan(asks: Asks, plan: PlanOnBoard) -> bytes:
    return written_plan(plan.plan, asks.desk.source.name)


def _workbook(asks: Asks, plan: PlanOnBoard) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"plan{XLSX}"
        registry.write(asks.desk.network(plan), target)
        return target.read_bytes()


def _list_xlsx(asks: Asks, plan: PlanOnBoard) -> bytes:
    return change_list_xlsx(asks.desk.base, plan)


def _list_docx(asks: Asks, plan: PlanOnBoard) -> bytes:
    return change_list_docx(asks.desk.base, plan)


def _report(suffix: str) -> Callable[[Any, PlanOnBoard], bytes]:
    def written(asks: Asks, plan: PlanOnBoard) -> bytes:
        asked, loaded = asks.asked(plan.id), asks.desk.loaded
        answers = {name: asked.ask(name) for name in REPORTED}
        packs = packs_of(asked)
        audit = asked.audit(packs) if packs else None
        pages = contents(
            titled(asked.net, plan.plan),
            answers,
            audit=audit,
            no_audit=why_nothing(asked),
            asked=policy.ask(audit) if audit is not None else None,
            rows_in=loaded.rows_in,
            loaded=loaded.loaded,
            left_out=loaded.left_out,
            left_rows=loaded.left_rows,
            problems=loaded.problems,
            source=plan.name,
        )
        return _SETTERS[suffix](pages)

    return written


def _map(suffix: str) -> Callable[[Any, PlanOnBoard], bytes]:
    def drawn(asks: Asks, plan: PlanOnBoard) -> bytes:
        asked = asks.asked(plan.id)
        status = asked.ask("coverage.served").status
        net = titled(asked.net, plan.plan)
        return tile_map(net, color_by=status, as_of=asked.day).content(suffix)

    return drawn


def _slides_page(asks: Asks, plan: PlanOnBoard) -> bytes:
    return presentation(asks, plan).to_html().encode()


# What can be taken away: how it is made, and the end of its name.
KINDS: dict[str, tuple[Callable[[Any, PlanOnBoard], bytes], str]] = {
    "plan": (_plan, f".plan{JSON}"),
    "workbook": (_workbook, XLSX),
    "list_docx": (_list_docx, DOCX),
    "list_xlsx": (_list_xlsx, XLSX),
    "report_html": (_report(HTML[0]), HTML[0]),
    "report_docx": (_report(DOCX), DOCX),
    "report_pdf": (_report(PDF), PDF),
    "report_xlsx": (_report(XLSX), f".findings{XLSX}"),
    "map_png": (_map(PNG), PNG),
    "map_svg": (_map(SVG), SVG),
    "map_pdf": (_map(PDF), PDF),
    "map_html": (_map(HTML[0]), HTML[0]),
    "slides_html": (_slides_page, HTML[0]),
    "slides_png": (pictures, ZIP),
}
