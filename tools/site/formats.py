"""The reference of formats, from the registry: what is read and written, and by what it is known."""

from __future__ import annotations

import inspect

from medgraph.loaders.registry import FORMATS
from tools.site.markdown import code, plain, table

INTRO = """# Formats of a network

`medgraph convert A B` turns one into another; every command and `mg.read` take any of them. What a format cannot hold is
said when it is written. A source is known by its scheme, then by what is in it, then by its suffix.

"""
TITLES = ("format", "known by", "read", "written", "what it is")


def page() -> str:
    """Return every format of the registry."""
    rows = []
    for form in FORMATS:
        known = [*form.suffixes, *(f"{scheme}://" for scheme in form.schemes)]
        if form.folder:
            known.append(f"a folder of {form.folder}")
        about = (inspect.getdoc(form.code) or "").partition("\n")[0]
        rows.append(
            (
                form.name,
                ", ".join(map(code, known)) or "its content",
                _yes(hasattr(form.code, "load")),
                _yes(hasattr(form.code, "write")),
                plain(about),
            )
        )
    return INTRO + table(TITLES, rows)


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
