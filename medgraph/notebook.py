"""Show a value in a notebook: as plain text, and as HTML.

The HTML escapes every word, runs no script and fetches nothing.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_STAMP = "background:#1b1f24;color:#fff;border-radius:3px;padding:1px 8px;margin-right:6px"


class InNotebook:
    """A value that a notebook shows by its `_repr_html_`, or as plain text."""

    def _repr_html_(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        """Return the faces of this value by MIME type: of `include`, not of `exclude`."""
        faces = self._faces()
        asked = set(include or faces) - set(exclude or ())
        return {kind: text for kind, text in faces.items() if kind in asked}

    def _faces(self) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def whole(*parts: str) -> str:
    """Return the parts as one, in which the notebook takes no dollar sign for a formula."""
    return f'<div class="tex2jax_ignore mathjax_ignore">{"".join(parts)}</div>'


def title(text: str, stamps: Iterable[str] = ()) -> str:
    """Return a heading with its stamps."""
    marks = "".join(f'<span style="{_STAMP}">{html.escape(stamp)}</span>' for stamp in stamps)
    return f"<p>{marks}<b>{html.escape(text)}</b></p>"


def line(text: str) -> str:
    """Return a line of small print; an empty text is no line."""
    return f'<p style="opacity:.75;margin:2px 0">{html.escape(text)}</p>' if text else ""


def table(headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    """Return a small table, set to the left.

    >>> "<td" in table(["a"], [["<b>"]]) and "<b>" not in table(["a"], [["<b>"]])
    True
    """
    head = _row("th", headings)
    body = "".join(_row("td", row) for row in rows)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _row(kind: str, values: Iterable[Any]) -> str:
    cells = "".join(
        f'<{kind} style="text-align:left">{html.escape(str(v))}</{kind}>' for v in values
    )
    return f"<tr>{cells}</tr>"


def folded(words: str, content: str) -> str:
    """Return content that opens at a click."""
    return f"<details><summary>{html.escape(words)}</summary>{content}</details>"
