"""Lay a draft from prose beside the text it was read from, so that a person can check it."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.terms import label
from medgraph.messages import language, say
from medgraph.visuals.figure import CONTENT_POLICY, Figure

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
body{{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:16px;color:#1a1a1a}}
h1{{font-size:20px}} .stamp{{background:#1a1a1a;color:#fff;padding:2px 8px;border-radius:3px}}
section{{display:grid;grid-template-columns:1fr 1fr;gap:16px;border-top:1px solid #ccc;padding:8px 0}}
.used{{border-left:4px solid #009e73;padding-left:8px}} .no_relation{{color:#666;padding-left:12px}}
.not_understood{{border-left:4px solid #d00030;padding-left:8px;background:#fff0f2}}
table{{border-collapse:collapse;font-size:13px}} td{{border:1px solid #ddd;padding:1px 6px}}
small{{color:#555}} @media print{{section{{break-inside:avoid}}}}
</style></head><body>
<h1>{title} <span class="stamp">{stamp}</span></h1>
<p>{summary}</p>
{body}
</body></html>
"""


def draft_page(sentences: Iterable[Any], net: MedicalNetwork, *, title: str, summary: str) -> Figure:
    """Return a page with every sentence on the left and the links read from it on the right.

    `sentences` have `text`, `clause`, `start`, `end`, `status` (used, no_relation, not_understood). Links are
    put beside the sentence whose span their origin names.
    """
    names = net.nodes()["name"].to_dict()
    rows: dict[str, list[str]] = {}
    for link in net.edges().itertuples():
        span = str(link.origin).split("|")[2]
        cells = (names[link.source], label("relation", link.relation, language()), names[link.target],
                 label("basis", link.basis, language()))
        rows.setdefault(span, []).append("".join(f"<td>{html.escape(str(c))}</td>" for c in cells))
    sentences = list(sentences)
    body = "\n".join(_section(one, rows.get(f"{one.start}-{one.end}", [])) for one in sentences)
    page = _PAGE.format(lang="zh-CN" if language() == "zh" else "en", policy=CONTENT_POLICY, body=body,
                        title=html.escape(title), stamp=html.escape(say("draft_stamp")), summary=html.escape(summary))
    used = sum(one.status == "used" for one in sentences)
    return Figure(title, {"shown": len(sentences), "all": len(sentences), "used": used}, page=page, lang=language())


def _section(sentence: Any, rows: list[str]) -> str:
    table = f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>" if rows else ""
    fate = html.escape(say(f"draft_{sentence.status}"))
    return (f'<section><div class="{sentence.status}">{html.escape(sentence.text)}<br>'
            f"<small>{html.escape(sentence.clause)} {fate}</small></div><div>{table}</div></section>")
