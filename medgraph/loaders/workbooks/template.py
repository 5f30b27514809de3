"""Write an empty workbook to fill in: drop-down lists, an example row, a help sheet, areas filled in on request."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from medgraph.errors import OptionError
from medgraph.graphmodel import schema
from medgraph.graphmodel.register import township_register
from medgraph.loaders import atomic
from medgraph.loaders.tabular import meta
from medgraph.loaders.tabular.sheets import letter
from medgraph.words.columns import SHORTCUTS
from medgraph.words.languages import choose
from medgraph.words.say import language, say
from medgraph.words.vocabularies import META_KEYS, VOCABULARIES, label

_FILLED_ROWS = 2_000  # as far as drop-down lists reach
_NOT_FILLED_IN = frozenset({"origin", "span", "confidence", "tile_x", "tile_y"})
_ROLES = {"zh": ("牵头", "成员"), "en": ("lead", "member")}
# What an example row shows; its first cell says that it is one, and reading leaves it out.
_EXAMPLES: dict[str, dict[str, str]] = {
    "facilities": {
        "name": "某街道社区卫生服务中心",
        "type": "community_health_centre",
        "level": "0",
        "ownership": "public",
        "status": "open",
        "area": "331003003000",
        "beds": "20",
        "valid_from": "2023-10-25",
        "group": "某医院城市医疗集团",
        "role": "成员",
        "serves": "西城街道",
    },
    "groups": {"name": "某医院城市医疗集团", "type": "urban_medical_group", "lead": "某医院"},
    "links": {
        "source": "某街道社区卫生服务中心",
        "relation": "REFERS_UP_TO",
        "target": "某医院",
        "minutes": "25",
    },
}
_META_ROWS = ("title", "unit", "data_day", "register", "edition", "source")


def template(path: str | Path, *, area: str | None = None) -> None:
    """Write the workbook to fill in, in the language of now; `area` (a code) fills in its townships.

    Raise OptionError where the register knows no such area.
    """
    import xlsxwriter

    areas = township_register(area) if area else None
    if areas is not None and not len(areas):
        raise OptionError(say("area_not_in_register", value=area))
    lang = language()
    with atomic.replacing(path) as new:
        book = xlsxwriter.Workbook(str(new))
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        style = {
            "header": book.add_format(
                {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True}
            ),
            "required": book.add_format(
                {"bold": True, "bg_color": "#F6D9B8", "bottom": 1, "text_wrap": True}
            ),
            "example": book.add_format(
                {"italic": True, "font_color": "#808080", "num_format": "@"}
            ),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for table in (*schema.NODE_TABLES, schema.LINKS):
            _empty_table(book, table, lang, style, areas if table is schema.AREAS else None)
        _meta(book, lang, style, areas)
        _help(book, lang, style)
        heads = {
            t: [choose(lang, {"zh": zh, "en": name}) for name, zh, *_ in columns_of(t)]
            for t in schema.TABLES.values()
        }
        drop_downs(book, heads, lang)
        book.get_worksheet_by_name(_title(schema.FACILITIES, lang)).activate()
        book.close()


def columns_of(table: schema.Table) -> list[tuple[str, str, str | None, schema.Field | None]]:
    """Return the columns that people fill in: name, Chinese header, vocabulary, field (None: a shortcut)."""
    fields = [
        (f.heading, f.zh, f.vocabulary, f) for f in table.fields if f.name not in _NOT_FILLED_IN
    ]
    extra = [
        (name, also[0], "group_role" if name == "role" else None, None)
        for name, also in SHORTCUTS.get(table.name, {}).items()
    ]
    return fields[:2] + extra + fields[2:]


def _title(table: schema.Table, lang: str) -> str:
    return table.title(lang)


def _list_sheet(lang: str) -> str:
    return choose(lang, {"zh": "选项", "en": "Lists"})


def _empty_table(
    book: Any, table: schema.Table, lang: str, style: dict[str, Any], areas: Any
) -> None:
    tab = book.add_worksheet(_title(table, lang))
    tab.freeze_panes(1, 2)
    example = _EXAMPLES.get(table.name, {})
    for column, (name, zh, vocabulary, described) in enumerate(columns_of(table)):
        wanted = described is not None and described.required
        tab.write_string(
            0,
            column,
            choose(lang, {"zh": zh, "en": name}),
            style["required" if wanted else "header"],
        )
        dated = described is not None and described.type == "date"
        tab.set_column(
            column, column, 30 if name == "name" else 15, style["date" if dated else "text"]
        )
        if example:
            text = example.get(name, "")
            text = label(vocabulary, text, lang) if vocabulary in VOCABULARIES else text
            text = choose(lang, {"zh": "示例", "en": "Example"}) if column == 0 else text
            tab.write_string(1, column, text, style["example"])
    if areas is not None:
        names = [name for name, *_ in columns_of(table)]
        for name in areas.column_names:
            vocabulary = {"kind": "area_kind", "level": "area_level"}.get(name)
            for row, value in enumerate(areas[name].to_pylist(), 1):
                text = label(vocabulary, value, lang) if vocabulary else value
                tab.write_string(row, names.index(name), text or "", style["text"])


def _meta(book: Any, lang: str, style: dict[str, Any], areas: Any) -> None:
    tab = book.add_worksheet(_title(schema.META, lang))
    tab.set_column(0, 0, 28, style["text"])
    tab.set_column(1, 1, 50, style["text"])
    for column, described in enumerate(schema.META.fields):
        tab.write_string(0, column, described.title(lang), style["required"])
    known = (
        {}
        if areas is None
        else {"register": areas["register"][0].as_py(), "edition": areas["edition"][0].as_py()}
    )
    keys = [label("meta", key, lang) if key in META_KEYS else key for key in _META_ROWS]
    keys += [meta.text_of(key, lang) for key in ("facilities.complete", "links.complete")]
    for row, key in enumerate(keys, 1):
        tab.write_string(row, 0, key, style["text"])
        if row <= len(_META_ROWS) and (value := known.get(_META_ROWS[row - 1])):
            tab.write_string(row, 1, value, style["text"])


def _help(book: Any, lang: str, style: dict[str, Any]) -> None:
    """One line for each column: what it holds, in which unit, and which words it takes."""
    tab = book.add_worksheet(choose(lang, {"zh": "填写说明", "en": "Help"}))
    for column, (key, width) in enumerate(
        (("help_sheet", 14), ("help_column", 22), ("help_needed", 8), ("help_holds", 80))
    ):
        tab.write_string(0, column, say(key), style["header"])
        tab.set_column(column, column, width)
    row = 1
    for line in say("help_text").split("\n"):
        tab.write_string(row, 0, line)
        row += 1
    for table in schema.TABLES.values():
        for name, zh, vocabulary, described in columns_of(table):
            cells = (
                _title(table, lang),
                f"{zh} {name}",
                say("yes") if described and described.required else "",
                _holds(name, vocabulary, described, lang),
            )
            for column, text in enumerate(cells):
                tab.write_string(row, column, text)
            row += 1


def _holds(name: str, vocabulary: str | None, described: schema.Field | None, lang: str) -> str:
    if described is None:
        return say(f"help_shortcut_{name}")
    parts = [say(f"help_type_{described.type}")]
    if described.unit:
        parts.append(described.unit)
    if vocabulary in VOCABULARIES:
        parts.append("、".join(label(vocabulary, w, lang) for w in VOCABULARIES[vocabulary]))
    return "；".join(parts)


def drop_downs(book: Any, heads: Mapping[schema.Table, Sequence[str]], lang: str) -> None:
    """Give every column with a vocabulary its drop-down list; `heads` are the headers of each table's sheet.

    The words stand on a hidden sheet. A list warns and does not refuse: other words are for `check` to judge.
    """
    lists = book.add_worksheet(_list_sheet(lang))
    where: dict[str, str] = {}
    for column, (vocabulary, texts) in enumerate(_vocabularies(lang).items()):
        for row, text in enumerate((vocabulary, *texts)):
            lists.write_string(row, column, text)
        at = letter(column)
        where[vocabulary] = f"='{_list_sheet(lang)}'!${at}$2:${at}${len(texts) + 1}"
    lists.hide()
    for table, head in heads.items():
        tab = book.get_worksheet_by_name(_title(table, lang))
        for name, zh, vocabulary, _ in columns_of(table):
            column = next((c for c, text in enumerate(head) if text in (zh, name)), None)
            if vocabulary in where and column is not None and tab is not None:
                tab.data_validation(
                    1,
                    column,
                    _FILLED_ROWS,
                    column,
                    {"validate": "list", "source": where[vocabulary], "error_type": "warning"},
                )


def _vocabularies(lang: str) -> dict[str, tuple[str, ...]]:
    used = dict.fromkeys(
        f.vocabulary for t in schema.TABLES.values() for f in t.fields if f.vocabulary
    )
    return {v: tuple(label(v, w, lang) for w in VOCABULARIES[v]) for v in used} | {
        "group_role": choose(lang, _ROLES)
    }
