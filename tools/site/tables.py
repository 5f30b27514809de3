"""The reference of tables: every column, its titles, and what may stand in it."""

from __future__ import annotations

from medgraph.words import columns
from medgraph.words.columns import TABLE_TITLES, Field
from tools.site.markdown import code, table

INTRO = """# Tables and columns 表和列

A network is these tables: as sheets of a workbook, as files of a folder (`facilities.csv`), as lists in one file. A title is
read in any of its forms. A column with words takes those of the [glossary](glossary.md).

每张表的列，中英文标题都认；“用词”一栏见[词汇](glossary.md)。

"""
TITLES = ("column", "列", "type", "用词 words", "must", "also read as 也认")


def fields() -> dict[str, tuple[Field, ...]]:
    """Return the columns of each table by its name."""
    return {name: tuple(getattr(columns, name.upper())) for name in TABLE_TITLES}


def page() -> str:
    """Return all tables with their columns."""
    return INTRO + "".join(_part(name, listed) for name, listed in fields().items())


def _part(name: str, listed: tuple[Field, ...]) -> str:
    rows = [
        (
            code(field.heading),
            field.zh,
            f"{field.type} ({field.unit})" if field.unit else field.type,
            code(field.vocabulary or ""),
            "yes" if field.required else "",
            "、".join(field.also),
        )
        for field in listed
    ]
    return f"## {name} {TABLE_TITLES[name]}\n\n" + table(TITLES, rows)
