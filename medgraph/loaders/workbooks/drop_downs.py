"""Give the columns of a workbook their drop-down lists, and say which columns people fill in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel import schema
from medgraph.loaders.tabular.sheets import letter
from medgraph.words.columns import SHORTCUTS, Field
from medgraph.words.languages import choose
from medgraph.words.vocabularies import VOCABULARIES, label
from medgraph.words.workbook_words import GROUP_ROLES, SHEETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FILLED_ROWS = 2_000  # as far as drop-down lists reach
_NOT_FILLED_IN = frozenset({"origin", "span", "confidence", "tile_x", "tile_y"})
_ROLES = "group_role"  # a vocabulary of the shortcut `role` alone
_WORDS_OF = {"role": _ROLES, "carry": "boolean"}


@dataclass(frozen=True)
class FilledColumn:
    """A column that people fill in: a field, or a shortcut (`described` None)."""

    name: str
    zh: str
    vocabulary: str | None
    described: Field | None = None

    def title(self, lang: str) -> str:
        """Return what the column is called in `lang`."""
        return choose(lang, {"zh": self.zh, "en": self.name})

    @property
    def is_required(self) -> bool:
        """Whether every row must fill it."""
        return self.described is not None and self.described.required

    @property
    def is_date(self) -> bool:
        """Whether it holds days."""
        return self.described is not None and self.described.type == "date"


@cache
def columns_of(table: schema.Table) -> tuple[FilledColumn, ...]:
    """Return the columns of a table that people fill in, shortcuts behind the first two.

    Those of links come last.
    """
    fields = [
        FilledColumn(field.heading, field.zh, field.vocabulary, field)
        for field in table.fields
        if field.name not in _NOT_FILLED_IN
    ]
    shortcuts = [
        FilledColumn(name, titles[0], _WORDS_OF.get(name))
        for name, titles in SHORTCUTS.get(table.name, {}).items()
    ]
    if table.kind is None:
        return (*fields, *shortcuts)
    return (*fields[:2], *shortcuts, *fields[2:])


def add_drop_downs(book: Any, heads: Mapping[schema.Table, Sequence[str]], lang: str) -> None:
    """Give every column with a vocabulary its list; `heads` are the headers of each table's sheet.

    The words are on a hidden sheet. A list warns and does not refuse: other words are for `check`
    to judge.
    """
    where = _lists(book, lang)
    for table, head in heads.items():
        tab = book.get_worksheet_by_name(table.title(lang))
        for column in columns_of(table):
            titles = (column.zh, column.name)
            place = next((place for place, text in enumerate(head) if text in titles), None)
            if place is None or tab is None or column.vocabulary not in where:
                continue
            rule = {
                "validate": "list",
                "source": where[column.vocabulary],
                "error_type": "warning",
            }
            tab.data_validation(1, place, _FILLED_ROWS, place, rule)


def _lists(book: Any, lang: str) -> dict[str, str]:
    """Write the words of every vocabulary on a hidden sheet; return where each is."""
    title = choose(lang, SHEETS["lists"])
    tab = book.add_worksheet(title)
    where: dict[str, str] = {}
    for column, (vocabulary, texts) in enumerate(_vocabularies(lang).items()):
        for row, text in enumerate((vocabulary, *texts)):
            tab.write_string(row, column, text)
        at = letter(column)
        where[vocabulary] = f"='{title}'!${at}$2:${at}${len(texts) + 1}"
    tab.hide()
    return where


def _vocabularies(lang: str) -> dict[str, tuple[str, ...]]:
    """The words of every vocabulary that a field has, and the roles in a group."""
    fields = [field for table in schema.TABLES.values() for field in table.fields]
    used = dict.fromkeys(field.vocabulary for field in fields if field.vocabulary)
    found = {name: tuple(label(name, key, lang) for key in VOCABULARIES[name]) for name in used}
    return found | {_ROLES: choose(lang, GROUP_ROLES)}
