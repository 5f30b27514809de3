"""Pieces of Markdown that the written pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; no cell can leave its row."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(map(_in_cell, line))} |\n" for line in lines) + "\n"


def _in_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def block(language: str, text: str) -> str:
    """Return text as it is, in a block."""
    return f"```{language}\n{text.rstrip()}\n```\n\n"


def code(text: str) -> str:
    """Return a word as code, or nothing for nothing."""
    return f"`{text}`" if text else ""


def plain(text: str) -> str:
    """Return a text whose signs are themselves: no tag, no emphasis, no field of a template."""
    for sign in "\\<>*_[]":
        text = text.replace(sign, f"\\{sign}")
    return text
