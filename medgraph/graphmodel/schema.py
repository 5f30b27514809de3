"""State the fields of every table and which relation may join which kinds.

Types: `text`, `id` (text that names a node), `list` (texts with `|` between them), `integer`,
`number`, `date` (a day), `boolean`. A column that no field names is kept as a free attribute, as
text. The fields are rows of `words/columns/`, a file for each table; the relations are rows of
`words/relations.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import pyarrow as pa

from medgraph.words import columns, relations
from medgraph.words.languages import choose
from medgraph.words.say import language
from medgraph.words.vocabularies import fold

Field = columns.Field

# The basis of a link: stated word for word, or drawn from what is stated.
EXPLICIT, EXPANDED = "explicit", "expanded"
FORMAT_NAME = "medgraph"
FORMAT_VERSION = 1

ARROW_TYPES = {
    "text": pa.string(),
    "id": pa.string(),
    "list": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True)
class Table:
    """One table: its `name` on disk, Chinese `sheet`, the node `kind` of its rows, its fields."""

    name: str
    sheet: str
    kind: str | None
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field called `name`, None where the table has none."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    def title(self, lang: str) -> str:
        """Return what the table is called in `lang`."""
        return choose(lang, {"zh": self.sheet, "en": self.name})

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the fields that every row must fill."""
        return tuple(f.name for f in self.fields if f.required)


def _table(name: str, kind: str | None, fields: tuple[Field, ...]) -> Table:
    return Table(name, columns.TABLE_TITLES[name], kind, fields)


FACILITIES = _table("facilities", "Facility", columns.FACILITIES)
GROUPS = _table("groups", "Group", columns.GROUPS)
AREAS = _table("areas", "Area", columns.AREAS)
CENTRES = _table("centres", "SharedCentre", columns.CENTRES)
TEAMS = _table("teams", "Team", columns.TEAMS)
COMMITTEES = _table("committees", "Committee", columns.COMMITTEES)
DEPARTMENTS = _table("departments", "Department", columns.DEPARTMENTS)
PLATFORMS = _table("platforms", "Platform", columns.PLATFORMS)
AUTHORITIES = _table("authorities", "Authority", columns.AUTHORITIES)
LINKS = _table("links", None, columns.LINKS)
META = _table("meta", None, columns.META)

NODE_TABLES = (
    FACILITIES,
    GROUPS,
    AREAS,
    CENTRES,
    TEAMS,
    COMMITTEES,
    DEPARTMENTS,
    PLATFORMS,
    AUTHORITIES,
)
TABLES: dict[str, Table] = {t.name: t for t in (*NODE_TABLES, LINKS, META)}
TABLE_OF_KIND: dict[str, Table] = {t.kind: t for t in NODE_TABLES if t.kind}

ENDS = {r.word: (r.sources, r.targets) for r in relations.RELATIONS}


def ends_at_groups(relation: str) -> bool:
    """Tell whether a relation is made up of the lists of groups, as MEMBER_OF is."""
    return "Group" in ENDS[relation][1]


@cache
def table_named(text: str) -> Table | None:
    """Return the table that a file or sheet called `text` (English or Chinese) holds, else None."""
    wanted = fold(text)
    return next((t for t in TABLES.values() if wanted in (fold(t.name), fold(t.sheet))), None)


@cache
def headers(table: str) -> dict[str, str]:
    """Return folded header text -> field name for `table`: English, Chinese and known synonyms."""
    found: dict[str, str] = {}
    fields = TABLES[table].fields
    for field in fields:  # a field's own names win over another's synonyms
        for text in (field.heading, field.zh, field.name):
            found.setdefault(fold(text), field.name)
    for field in fields:
        for text in field.also:
            found.setdefault(fold(text), field.name)
    return found


def title(name: str, table: Table | None = None) -> str:
    """Return what people call a column in the language of now; a free attribute by its name.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     title("uscc"), title("charter")
    ('统一社会信用代码', 'charter')
    """
    tables = (table,) if table else (*NODE_TABLES, LINKS)
    for each in tables:
        described = each.field(name)
        if described is not None:
            return described.title(language())
    return name


@cache
def field_types() -> dict[str, str]:
    """Return node field name -> type, over all node tables (one name has one type)."""
    return {f.name: f.type for t in NODE_TABLES for f in t.fields}


@cache
def link_types() -> dict[str, str]:
    """Return link field name -> type."""
    return {f.name: f.type for f in LINKS.fields}
