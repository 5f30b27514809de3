"""Workbooks of made-up places, audited by the command line: the verdicts, and the page."""

from __future__ import annotations

import contextlib
import io
import json
import re

import openpyxl

from medgraph.cli import app


def workbook(path, sheets):
    """Write sheets {title: rows, the first of which is the header} as somebody types them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return str(path)


def run(*words):
    """Run the command line in Chinese; return its exit code and what it printed."""
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            app.main([*words, "--lang", "zh"])
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def verdicts(source, *words):
    """Return {rule: {subject: verdict}} and {rule: verdict} of an audit of the command line."""
    found = json.loads(run("audit", source, *words, "--format", "json")[1])
    each: dict[str, dict[str, str]] = {}
    for row in found["findings"]:
        each.setdefault(row["rule"], {})[row["subject"]] = row["verdict"]
    return each, {row["rule"]: row["verdict"] for row in found["rules"]}


def page(source, target, *words):
    """Return the text of the page of an audit, without its marks, and the exit code."""
    code, _ = run("audit", source, *words, "--output", str(target))
    text = re.sub(r"<(script|style).*?</\1>", "", target.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)), code
