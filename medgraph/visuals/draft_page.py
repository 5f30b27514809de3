"""Lay a draft from prose beside the text it was read from, so that a person can check it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from medgraph.visuals.figure import CONTENT_POLICY, Figure
from medgraph.words.say import language, say
from medgraph.words.vocabularies import RELATIONS, label

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
body{{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:16px;color:#1a1a1a;overflow-wrap:anywhere}}
h1{{font-size:20px}} h2{{font-size:16px;margin:12px 0 4px}}
.stamp{{background:#1a1a1a;color:#fff;padding:2px 8px;border-radius:3px;white-space:nowrap}}
section{{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:16px;padding:8px 0;
border-top:1px solid #ccc}}
.used{{border-left:4px solid #009e73;padding-left:8px}} .no_relation{{color:#595959;padding-left:12px}}
.not_understood{{border-left:4px dashed #d00030;padding-left:8px;background:#fff0f2}}
mark{{background:#d9f0e8;color:inherit}} .low{{background:#fde2e2}}
table{{border-collapse:collapse;font-size:13px}} td,th{{border:1px solid #ddd;padding:1px 6px;text-align:left}}
th{{background:#e8eef4;white-space:nowrap}} small{{color:#555}} .facts{{display:flex;flex-wrap:wrap;gap:8px 32px}}
@media print{{section{{break-inside:avoid}}}}
</style></head><body>
<h1>{title} <span class="stamp">{stamp}</span></h1>
<p>{summary}<br>{legend}</p>
<div class="facts">{facts}</div>
{body}
</body></html>
"""
_COLUMNS = ("source", "relation", "target", "basis", "confidence", "note")
# The captured words of a sentence that are shown in the text with a mark; the rest of it is only wording.
_MARKED = (
    "LEAD",
    "LIST",
    "GROUP",
    "ALLIANCE",
    "TEAM",
    "COMMITTEE",
    "PLATFORM",
    "DEPARTMENTS",
    "FRACTION",
)
_FOLDED = 40  # more rows than this beside one sentence are folded, with their number


def draft_page(
    sentences: Iterable[Any],
    net: MedicalNetwork,
    *,
    title: str,
    summary: str,
    facts: Mapping[str, pd.DataFrame] | None = None,
) -> Figure:
    """Return a page with every sentence on the left, its names marked, and the links read from it on the right.

    `sentences` have `text`, `clause`, `start`, `end`, `status` (used, no_relation, not_understood) and `readings`
    with `parts`, the captured words. Links and nodes are put beside the sentence whose `span` they have. `facts` are
    tables by title to stand above the sentences: targets, counts, repairs; empty ones are left out.
    """
    rows = _rows(net)
    sentences = list(sentences)
    body = "\n".join(_section(one, rows.get(f"{one.start}-{one.end}", [])) for one in sentences)
    above = "\n".join(
        f"<div><h2>{html.escape(name)}</h2>{_table(table.columns, table.astype(object).to_numpy())}</div>"
        for name, table in (facts or {}).items()
        if len(table)
    )
    page = _PAGE.format(
        lang="zh-CN" if language() == "zh" else "en",
        policy=CONTENT_POLICY,
        body=body,
        facts=above,
        title=html.escape(title),
        stamp=html.escape(say("draft_stamp")),
        summary=html.escape(summary),
        legend=html.escape(say("plan_legend")),
    )
    used = sum(one.status == "used" for one in sentences)
    return Figure(
        title,
        {"shown": len(sentences), "all": len(sentences), "used": used},
        page=page,
        lang=language(),
    )


def _rows(net: MedicalNetwork) -> dict[str, list[tuple[str, ...]]]:
    """The rows beside each span: its links, and the nodes that it names and no link of it shows."""
    nodes, links = net.nodes(), net.edges()
    names, kinds = nodes["name"].to_dict(), nodes["kind"].to_dict()
    rows: dict[str, list[tuple[str, ...]]] = {}
    shown: set[tuple[str, str]] = set()
    for link in links.sort_values(
        "relation", key=lambda column: column.map(list(RELATIONS).index), kind="stable"
    ).itertuples():
        shown |= {(link.span, link.source), (link.span, link.target)}
        rows.setdefault(link.span, []).append(
            (
                names[link.source],
                label("relation", link.relation, language()),
                names[link.target],
                label("basis", link.basis, language()),
                _sure(link.confidence),
                _text(getattr(link, "note", "")),
            )
        )
    said = nodes[nodes["span"].notna()] if "span" in nodes else nodes.iloc[:0]
    for node in said.itertuples():
        if (node.span, node.Index) not in shown:
            rows.setdefault(node.span, []).append(
                (
                    node.name,
                    label("kind", kinds[node.Index], language()),
                    "",
                    label("basis", node.basis, language()),
                    _sure(node.confidence),
                    _text(getattr(node, "note", "")),
                )
            )
    return rows


def _sure(confidence: str) -> str:
    return say(f"plan_sure_{confidence}")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _section(sentence: Any, rows: list[tuple[str, ...]]) -> str:
    table = _table([say(f"plan_head_{name}") for name in _COLUMNS], rows) if rows else ""
    if len(rows) > _FOLDED:
        counted = html.escape(say("plan_head_rows", links=len(rows)))
        table = f"<details><summary>{counted}</summary>{table}</details>"
    fate = html.escape(say(f"draft_{sentence.status}"))
    return (
        f'<section><div class="{sentence.status}">{_marked(sentence)}<br>'
        f"<small>{html.escape(sentence.clause)} {fate} {html.escape(sentence.forms)}</small></div>"
        f"<div>{table}</div></section>"
    )


def _marked(sentence: Any) -> str:
    """The text of a sentence as HTML, with marks around the words that were captured."""
    words = {
        word.strip()
        for one in sentence.readings
        for part in _MARKED
        for word in one.parts.get(part, [])
    }
    found = sorted(
        (sentence.text.find(word), len(word)) for word in words if word and word in sentence.text
    )
    parts, end = [], 0
    for start, length in found:
        if start >= end:
            parts += [
                html.escape(sentence.text[end:start]),
                f"<mark>{html.escape(sentence.text[start : start + length])}</mark>",
            ]
            end = start + length
    return "".join(parts) + html.escape(sentence.text[end:])


def _table(heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    head = "".join(f"<th>{html.escape(str(text))}</th>" for text in heads)
    return f"<table><tr>{head}</tr>{''.join(map(_row, rows))}</table>"


def _row(cells: Iterable[Any]) -> str:
    cells = list(cells)
    low = (
        ' class="low"' if say("plan_sure_low") in cells or say("plan_count_fails") in cells else ""
    )
    return f"<tr{low}>{''.join(f'<td>{html.escape(_cell(cell))}</td>' for cell in cells)}</tr>"


def _cell(cell: Any) -> str:
    return "" if cell is None else str(cell)
