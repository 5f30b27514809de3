"""Decide what is declared complete: a whole table, one relation, or the links of one group.

A declaration of a part overrules that of the whole it belongs to: `links.MEMBER_OF.G1` speaks for
the members of G1, whatever `links.MEMBER_OF` and `links` say. Where a part says nothing, the whole
speaks. A declaration has a day, and closes its table from that day on: for a day before it the
table may lack rows that nobody had listed yet. One without a day is as old as the data. That a
table is partial is a doubt, and a doubt holds on every day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.kept import keys_beginning
from medgraph.graphmodel.schema import META, TABLES, ends_at_groups
from medgraph.words.attributes import ATTRIBUTES
from medgraph.words.days import read_day_or_month
from medgraph.words.joining import listed
from medgraph.words.say import say
from medgraph.words.stamps import in_words as stamp_in_words
from medgraph.words.vocabularies import RELATIONS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa

MARK = ".complete"
LINKS = "links"
COMPLETE = "complete"
PARTIAL = "partial"
# What is stated of a declaration beside its state, each behind `MARK` and a line.
DETAILS = ("by", "date", "clause")


@dataclass(frozen=True)
class Completeness:
    """Whether a table holds all there is: `state` (complete, partial, None), who says so, when.

    `date` is the text that is stated. `holds` tells whether the declaration counts on the day asked
    about: one of a later day does not, nor one whose day nobody can read.
    """

    state: str | None = None
    by: str = ""
    date: str = ""
    clause: str = ""
    holds: bool = True

    def __bool__(self) -> bool:
        """Tell whether the table is declared complete, on the day asked about."""
        return self.state == COMPLETE and self.holds

    def told(self, *tables: str) -> str:
        """Return who declared these complete, on which day and by which clause, as a sentence.

        Examples
        --------
        >>> from medgraph.words.say import speaking
        >>> declared = Completeness("complete", "卫健委", "2024-06-30", "附件1")
        >>> with speaking("zh"):
        ...     declared.told("links.MEMBER_OF")
        '关系·成员：由卫健委于2024-06-30声明列全（附件1）'
        >>> with speaking("en"):
        ...     declared.told("facilities")
        'facilities: declared complete by 卫健委 on 2024-06-30 (附件1)'
        """
        return say(f"declared_{self._kind}", table=listed(map(in_words, tables)), **self._said())

    def beside(self, text: str) -> str:
        """Return a text with who declared it, on which day, by which clause, in brackets behind it.

        Examples
        --------
        >>> from medgraph.words.say import speaking
        >>> with speaking("en"):
        ...     Completeness("complete", "卫健委", "2024-06-30").beside("areas")
        'areas (卫健委, 2024-06-30)'
        """
        stated = [*filter(None, self._details().values())]
        return say("in_brackets", text=text, more=say("comma").join(stated)) if stated else text

    @property
    def _kind(self) -> str:
        """Which sentence tells it."""
        if self.state == COMPLETE:
            return COMPLETE if self.holds else "not_yet"
        return self.state if self.state == PARTIAL else "nothing"

    def _said(self) -> dict[str, str]:
        return {
            name: say(f"declared_{name}", value=text) if text else ""
            for name, text in self._details().items()
        }

    def _details(self) -> dict[str, str]:
        """Who, when and by which clause; samples are declared by their stamp."""
        return {name: stamp_in_words(getattr(self, name)) for name in DETAILS}


def declaration(
    meta: Mapping[str, str], table: str, day: datetime.date | None = None
) -> Completeness:
    """Return what `meta` declares of a table or part, on a day (None: on whichever it holds).

    A part that says nothing on that day has what its whole says. Where nothing counts on the day,
    what is declared for another is returned, with `holds` false.

    >>> meta = {"links.MEMBER_OF.complete": "complete", "links.MEMBER_OF.G1.complete": "partial"}
    >>> declaration(meta, "links.MEMBER_OF.G1").state, declaration(meta, "links.MEMBER_OF.G2").state
    ('partial', 'complete')
    >>> import datetime
    >>> meta = {"facilities.complete": "complete", "facilities.complete_date": "2024-01-01"}
    >>> [bool(declaration(meta, "facilities", datetime.date(y, 1, 1))) for y in (2023, 2024)]
    [False, True]
    """
    waiting = Completeness()
    for key in _up_from(table):
        stated = own_declaration(meta, key, day)
        if stated.state and stated.holds:
            return stated
        waiting = waiting if waiting.state else stated
    return waiting


def _up_from(table: str) -> Iterator[str]:
    """A part, the whole it belongs to, and so on: `links.SERVES.G1`, `links.SERVES`, `links`.

    Only links have parts: behind the table of a kind stands a column, or a register, and a table
    that lists every facility need not state everything of each.
    """
    parts = table.split(".")
    if parts[0] != LINKS:
        yield table
        return
    for length in range(len(parts), 0, -1):
        yield ".".join(parts[:length])


def own_declaration(
    meta: Mapping[str, str], key: str, day: datetime.date | None = None
) -> Completeness:
    """Return what is declared of a table, part or column itself, whatever its whole says."""
    state = meta.get(key + MARK)
    if not state:
        return Completeness()
    by, date, clause = (meta.get(f"{key}{MARK}_{detail}", "") for detail in DETAILS)
    holds = state != COMPLETE or _counts(date or meta.get("data_day", ""), day)
    return Completeness(state, by, date, clause, holds)


def with_open_lists(meta: Mapping[str, str], groups: Iterable[str]) -> list[str]:
    """Return the ids of the nodes of which some links may not all be listed, of these `groups` too.

    Those are the nodes whose own links are declared partial, and, where a relation is declared
    group by group, the groups of which nothing is stated.

    >>> meta = {"links.MEMBER_OF.G1.complete": "partial", "links.MEMBER_OF.G2.complete": "complete"}
    >>> with_open_lists(meta, ["G1", "G2", "G3"])
    ['G1', 'G3']
    """
    found: list[str] = []
    for relation in RELATIONS:
        lists = declared_parts(meta, relation)
        found += [id for id, is_whole in lists.items() if not is_whole]
        if lists and ends_at_groups(relation) and not declaration(meta, f"{LINKS}.{relation}"):
            found += [id for id in groups if id not in lists]
    return list(dict.fromkeys(found))


def lines_of(part: str, declared: Completeness) -> dict[str, str | None]:
    """Return what states a declaration, by key; None takes away what another stated before.

    Examples
    --------
    >>> lines = lines_of("groups", Completeness("complete", "卫健委"))
    >>> [f"{key}: {text}" for key, text in lines.items() if text]
    ['groups.complete: complete', 'groups.complete_by: 卫健委']
    """
    details = {f"{part}{MARK}_{name}": getattr(declared, name) or None for name in DETAILS}
    return {f"{part}{MARK}": declared.state or None, **details}


def with_declaration(meta: Mapping[str, str], part: str, declared: Completeness) -> dict[str, str]:
    """Return `meta` in which this alone is declared of a part: no word of another stays."""
    lines = {**meta, **lines_of(part, declared)}
    return {key: text for key, text in lines.items() if text is not None}


def is_part(part: str, nodes: pa.Table) -> bool:
    """Whether there is a table, a relation or a column that is called so.

    >>> import medgraph as mg
    >>> nodes, _ = mg.samples.taizhou().tables
    >>> is_part("links.SERVES", nodes), is_part("groups.chater", nodes)
    (True, False)
    """
    first, _, rest = part.partition(".")
    table = TABLES.get(first)
    if table is None or table is META:
        return False
    if first == LINKS:
        return not rest or rest.partition(".")[0] in RELATIONS
    return not rest or bool(table.field(rest)) or rest in ATTRIBUTES or rest in nodes.column_names


def _counts(stated: str, day: datetime.date | None) -> bool:
    """Whether a declaration of a stated day counts on `day`; one that states none always does."""
    if not stated:
        return True
    first = first_day(stated)
    return first is not None and (day is None or first <= day)


def first_day(text: str) -> datetime.date | None:
    """Return the day from which a declaration closes its table, None where `text` is no day.

    Of a month or a year alone it is the last day: on no day before it is the declaration certain.

    >>> first_day("2024年6月"), first_day("待定")
    (datetime.date(2024, 6, 30), None)
    """
    try:
        return read_day_or_month(text, last=True)[0]
    except ValueError:
        return None


def declared_parts(
    meta: Mapping[str, str], relation: str, day: datetime.date | None = None
) -> dict[str, bool]:
    """Return, for each id that has a declaration of its own for `relation`, whether it is complete.

    One that does not count on `day` is no declaration of that day.

    >>> declared_parts({"links.MEMBER_OF.G1.complete": "partial"}, "MEMBER_OF")
    {'G1': False}
    """
    start = f"{LINKS}.{relation}."
    keys = [key for key in keys_beginning(meta, start) if key.endswith(MARK)]
    parts = [key.removesuffix(MARK) for key in keys]
    stated = {part: own_declaration(meta, part, day) for part in parts if part.startswith(start)}
    return {part[len(start) :]: bool(found) for part, found in stated.items() if found.holds}


def moved_to(meta: Mapping[str, str], day: datetime.date) -> dict[str, str]:
    """Return what is stated of a network once `day` is its data day.

    A declaration without a day is as old as the data was, and keeps that day.

    >>> import datetime
    >>> meta = {"data_day": "2023-10-25", "links.complete": "complete"}
    >>> moved_to(meta, datetime.date(2020, 1, 1))["links.complete_date"]
    '2023-10-25'
    """
    moved = {**meta, "data_day": day.isoformat()}
    was = meta.get("data_day", moved["data_day"])
    if was != moved["data_day"]:
        undated = [key for key, state in meta.items() if key.endswith(MARK) and state == COMPLETE]
        moved = dict.fromkeys([f"{key}_date" for key in undated], was) | moved
    return moved


def but_in_doubt(stated: Completeness, *, doubted: bool) -> Completeness:
    """Return a declaration that does not count where it is `doubted`: rows were left out."""
    return replace(stated, holds=False) if doubted and stated.state == COMPLETE else stated


def without_declarations(meta: Mapping[str, str], short: Iterable[str]) -> dict[str, str]:
    """Return `meta` with no declaration of completeness for tables that lack rows.

    What is declared complete of a table is no longer so of what was loaded of it; of the others it
    is. Nobody declared that: no office, day or clause is named.

    >>> without_declarations({"groups.complete": "complete"}, ["groups"])
    {'groups.complete': 'partial'}
    """
    found = dict(meta)
    for table in short:
        parts = [key.removesuffix(MARK) for key in _declared_below(meta, table)]
        closed = [table] if declaration(found, table) else []
        for part in [*closed, *parts]:
            found = with_declaration(found, part, Completeness(PARTIAL))
    return found


def _declared_below(meta: Mapping[str, str], table: str) -> list[str]:
    """The keys that declare a part of a table to be anything but partial."""
    keys = [key for key in meta if key.startswith(f"{table}.") and key.endswith(MARK)]
    return [key for key in keys if meta[key] != PARTIAL]


def all_declared(meta: Mapping[str, str], *registers: str) -> dict[str, str]:
    """Return what is stated of a whole, with every table declared complete and no part apart.

    `registers` are declared too; what is declared of single columns stays as it is.

    >>> found = all_declared({"title": "T", "links.MEMBER_OF.G1.complete": "partial"})
    >>> found["title"], declaration(found, "links.MEMBER_OF.G1").state
    ('T', 'complete')
    """
    own = {key: value for key, value in meta.items() if not _is_of_links(key)}
    tables = (*TABLES, *registers)
    stated = {f"{table}{MARK}": COMPLETE for table in tables}
    return own | stated | {f"{table}{MARK}_date": _EVER for table in tables}


def _is_of_links(key: str) -> bool:
    return key.startswith("links.") and MARK in key


_EVER = "0001-01-01"  # what is assumed to be complete is so on every day
