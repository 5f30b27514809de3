"""Set an audit as one page of HTML: headline counts, a verdict per clause, opened to its subjects and records."""

from __future__ import annotations

import html
from typing import Any

from medgraph.graphmodel.terms import label
from medgraph.messages import language, say
from medgraph.visuals.figure import CONTENT_POLICY, Figure

_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body{{font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0 auto;max-width:1080px;padding:16px}}
h1{{font-size:21px;margin:0 0 8px}}
.stamp{{background:#1a1a1a;color:#fff;padding:2px 8px;border-radius:3px;font-size:13px}}
.counts{{display:flex;gap:12px;margin:12px 0}}
.counts div{{flex:1;border:1px solid #ccc;border-left:5px solid #555;padding:6px 12px}}
.counts b{{font-size:26px}} .counts .FAIL{{border-left-color:#d00030;color:#d00030}}
details{{border-top:1px solid #ddd;padding:5px 0}}
summary{{cursor:pointer;display:grid;grid-template-columns:72px 68px 1fr;gap:8px}}
summary:focus{{outline:2px solid #0072b2}} .v{{font-weight:bold}} .v.FAIL{{color:#d00030}} .v.PASS{{color:#00664b}}
.meta{{color:#555;font-size:13px;margin:2px 0 4px 148px}}
table{{border-collapse:collapse;font-size:13px;margin:4px 0 8px 148px;max-width:calc(100% - 148px)}}
td,th{{border:1px solid #ddd;padding:2px 6px;text-align:left}}
td{{overflow-wrap:anywhere;min-width:2.5em}} th{{background:#f3f4f6;white-space:nowrap}}
@page{{size:A4;margin:14mm}}
@media print{{details{{break-inside:avoid}} .meta,table{{margin-left:0;max-width:100%}} body{{padding:0}}}}
</style></head><body>
<h1>{title} {stamps}</h1>
<p>{head}</p>
<div class="counts">{counts}</div>
{rules}
{missing}
</body></html>
"""
_SHOWN = ("subject", "name", "verdict", "met", "total", "unit", "basis", "reason", "advice", "waived")


def audit_page(audit: Any) -> Figure:
    """Return the page of an audit: every rule with its verdict, clause and grade, and every finding under it.

    A rule that fails or lacks data stands open, the others open by click or Enter; on paper all that stands
    open is printed.
    """
    rules = audit.rules.to_dict("records")
    counts = "".join(f'<div class="{verdict}"><b>{number}</b> {_text(label("verdict", verdict, language()))}</div>'
                     for verdict, number in audit.counts.items())
    head = say("audit_page_head", packs="、".join(p.id for p in audit.packs), day=audit.as_of.isoformat(),
               total=len(rules))
    page = _PAGE.format(
        lang="zh-CN" if language() == "zh" else "en", policy=CONTENT_POLICY, title=_text(say("audit_page_title")),
        stamps="".join(f'<span class="stamp">{_text(stamp)}</span>' for stamp in audit.stamps), head=_text(head),
        counts=counts, missing=_missing(audit), rules="\n".join(_rule(rule, audit.findings) for rule in rules))
    return Figure(say("audit_page_title"), {"shown": len(rules), "all": len(rules), **audit.counts}, page=page,
                  lang=language())


def _missing(audit: Any) -> str:
    if not len(audit.missing):
        return ""
    title = say("audit_page_missing", count=len(audit.missing))
    items = "".join(f"<li>{_text(row.data)}（{_text(row.rules)}）</li>" for row in audit.missing.itertuples())
    return f"<details open><summary><span></span><span></span><b>{_text(title)}</b></summary><ol>{items}</ol></details>"


def _rule(rule: dict[str, Any], findings: Any) -> str:
    mine = findings[findings["rule"] == rule["rule"]]
    shown = [column for column in _SHOWN if column in mine.columns and mine[column].notna().any()]
    header = "".join(f"<th>{_text(column)}</th>" for column in shown)
    body = "".join("<tr>" + "".join(f"<td>{_text(row[c])}</td>" for c in shown) + "</tr>"
                   for row in mine.to_dict("records"))
    verdict = label("verdict", rule["verdict"], language())
    return (f'<details{" open" if rule["verdict"] == "FAIL" else ""}><summary>'
            f'<span class="v {rule["verdict"]}">{_text(verdict)}</span><span>{_text(rule["rule"])}</span>'
            f'<span>{_text(rule["statement"])}</span></summary>'
            f'<p class="meta">{_text(rule["clause"])} · {_text(rule["grade"])}</p>'
            f"<table><tr>{header}</tr>{body}</table></details>")


def _text(value: Any) -> str:
    """A value as escaped text; what is missing is empty."""
    return "" if value is None or value != value else html.escape(str(value))
