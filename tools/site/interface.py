"""The reference of the Python interface, from signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable

from numpydoc.docscrape import NumpyDocString

from tests.public_names import PublicCallable, public_callables
from tools.site.markdown import block

INTRO = """# Python, name by name

Every name that a user reaches, with an example that the tests run. An overview: [python.md](../python.md); a network on a
day: [day.md](../day.md).

"""
_UNQUOTED = re.compile(r"(: |-> )'([^']*)'")
_WIDTH = 96


def pages() -> dict[str, str]:
    """Return a page for each door of the package by its name, and the page that lists them."""
    doors: dict[str, list[PublicCallable]] = {}
    for found in public_callables():
        doors.setdefault(_door(found.name), []).append(found)
    written = {door: _page(door, held) for door, held in sorted(doors.items())}
    listed = "".join(f"- [{door}]({door}.md)\n" for door in written)
    toctree = "\n```{toctree}\n:hidden:\n\n" + "\n".join(written) + "\n```\n"
    return written | {"index": INTRO.replace("../", "../../") + listed + toctree}


def _door(name: str) -> str:
    """Return the page on which a name stands: its module or class."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] == "mg" else parts[0]


def _page(door: str, held: Iterable[PublicCallable]) -> str:
    return f"# {door}\n\n" + "".join(f"## {one.name}\n\n{described(one)}" for one in held)


def described(one: PublicCallable) -> str:
    """Return the signature and the docstring of a name as Markdown."""
    text = NumpyDocString(inspect.getdoc(one.value) or "")
    return "".join(
        [
            block("python", _signature(one)),
            _paragraphs([*text["Summary"], "", *text["Extended Summary"]]),
            *(_items(title, text[title]) for title in ("Parameters", "Attributes")),
            *(_items(title, text[title]) for title in ("Returns", "Yields", "Raises")),
            *(_section(title, text[title]) for title in ("Notes", "References")),
            _example(text["Examples"]),
        ]
    )


def _signature(one: PublicCallable) -> str:
    called = one.name.rpartition("mg.")[2] if one.name.count(".") > 1 else one.name
    try:
        stated = inspect.signature(one.value)
    except ValueError:
        return called
    shown = _UNQUOTED.sub(r"\1\2", f"{called}{stated}")
    return shown if len(shown) <= _WIDTH else _on_lines(shown)


def _on_lines(shown: str) -> str:
    """Return a signature with each parameter on a line of its own."""
    depth, lines = 0, [""]
    for sign in shown:
        depth += (sign in "([{") - (sign in ")]}")
        if (sign, depth) == (")", 0):
            lines.append("")
        lines[-1] += sign
        if (sign, depth) in (("(", 1), (",", 1)):
            lines.append("    ")
    return "\n".join(line if line.strip() else "" for line in lines).replace("     ", "    ")


def _paragraphs(lines: Iterable[str]) -> str:
    return _markdown("\n".join(lines)).strip() + "\n\n"


def _items(title: str, items: Iterable[tuple[str, str, list[str]]]) -> str:
    """Return a list of parameters, of what is returned or of what is raised."""
    lines = [
        f"- `{name or kind}`: {_markdown(' '.join(told))}\n" if told else f"- `{name or kind}`\n"
        for name, kind, told in items
    ]
    return f"**{title}**\n\n{''.join(lines)}\n" if lines else ""


def _section(title: str, lines: list[str]) -> str:
    return f"**{title}**\n\n{_paragraphs(lines)}" if lines else ""


def _example(lines: list[str]) -> str:
    return block("python", "\n".join(lines)) if lines else ""


def _markdown(text: str) -> str:
    """Return the text of a docstring: double backticks are single ones, a tag is text."""
    return text.replace("``", "`").replace("<", "&lt;")
