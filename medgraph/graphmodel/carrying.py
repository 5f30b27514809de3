"""Hand the links of a node on to those that follow it, from the day on which they do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.completeness import MARK
from medgraph.words.say import language, problem, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from medgraph.words.say import Problem

_ONE_DAY = datetime.timedelta(days=1)
# What tells two records of one relation between the same two nodes apart.
_TWIN = (
    "source",
    "relation",
    "target",
    "specialty",
    "service",
    "person",
    "period",
    "recipient",
    "valid_to",
)

# What adds up: a merger has the amounts of both, and of a split nobody knows how they are divided.
_AMOUNTS = ("staff", "slots", "beds")
_UNDIVIDED = (*_AMOUNTS, "person")


# What says where a row comes from, or since when it holds, and not what it states.
_ABOUT_THE_ROW = {
    *("id", "source", "relation", "target", "valid_from", "valid_to", "origin", "note"),
    *("basis", "document", "clause"),
}


@dataclass(frozen=True)
class Merged:
    """A fact of a link that an heir has already, and of which the link of the old states another.

    Parameters
    ----------
    link
        The link of the old, as that of its heir.
    column
        What both state of it.
    gone
        What the old stated.
    stays
        What the heir states; None for nothing.
    """

    link: Mapping[str, Any]
    column: str
    gone: Any
    stays: Any


@dataclass(frozen=True)
class LedAlready:
    """A link by which an heir would have led what `lead` leads: it has become a membership."""

    link: Mapping[str, Any]
    lead: str


@dataclass(frozen=True)
class Carried:
    """The links that are handed on, and what became otherwise than it was stated."""

    links: list[dict[str, Any]] = field(default_factory=list)
    otherwise: list[Merged | LedAlready] = field(default_factory=list)


def broken_off(
    nodes: pa.Table, edges: pa.Table, heirs: Sequence[str], day: datetime.date
) -> tuple[str, datetime.date] | None:
    """Return an heir with which the links are lost that it is handed on that day, and its last day.

    It has ended by then, or something follows it later on, which is not handed on what it gets now.
    """
    for heir in heirs:
        followed = [
            row["valid_from"]
            for row in edges.filter(pc.equal(edges["source"], heir)).to_pylist()
            if row["relation"] == "SUCCEEDED_BY" and row.get("valid_from")
        ]
        later = [first - _ONE_DAY for first in followed if first > day]
        if later:
            return heir, min(later)
        node = nodes.filter(pc.equal(nodes["id"], heir)).to_pylist()[0]
        last = node.get("valid_to")
        if last and last < day:
            return heir, last
    return None


def carried_links(
    nodes: pa.Table, edges: pa.Table, old: str, heirs: Sequence[str], day: datetime.date
) -> Carried:
    """Return the links of `old` that hold on `day` or later, as those of each of its heirs.

    The trail of succession stays where it is; what an heir has already is not said twice, but for
    amounts, which add up. Where there are several heirs, nobody knows who has how much of them. A
    group has one lead: whoever would be a second goes on as a member.
    """
    touches = pc.or_(pc.equal(edges["source"], old), pc.equal(edges["target"], old))
    there = _links_of(edges, heirs, day)
    leads = _Leads(nodes, edges, old)
    carried = Carried()
    for row in edges.filter(touches).to_pylist():
        if row["relation"] == "SUCCEEDED_BY" or _is_over(row, day):
            continue
        begins = row.get("valid_from")
        for heir in heirs:
            ends = {end: heir if row[end] == old else row[end] for end in ("source", "target")}
            link = {**row, **ends, "valid_from": max(begins or day, day)}
            link |= {name: None for name in _UNDIVIDED if name in link and len(heirs) > 1}
            link.pop("id", None)
            if ends["source"] == ends["target"]:
                continue
            if lead := leads.beside(link):
                carried.otherwise.append(LedAlready(dict(link), lead))
                link["relation"] = "MEMBER_OF"
            twins = [] if _adds_up(link) else there.get(_twin(link), [])
            if twins:
                carried.otherwise.extend(_merged(link, twins))
            elif link not in carried.links:
                carried.links.append(link)
                leads.add(link)
    return carried


def _links_of(
    edges: pa.Table, heirs: Sequence[str], day: datetime.date
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The links that the heirs have on a day, by what tells them apart."""
    ids = pa.array([*heirs], pa.string())
    own = pc.or_(pc.is_in(edges["source"], value_set=ids), pc.is_in(edges["target"], value_set=ids))
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in edges.filter(own).to_pylist():
        if _has_begun(row, day):
            found.setdefault(_twin(row), []).append(row)
    return found


def _merged(link: Mapping[str, Any], twins: Sequence[Mapping[str, Any]]) -> Iterator[Merged]:
    """What a link states that none of its twins does."""
    for column, gone in link.items():
        stated = [twin.get(column) for twin in twins]
        if column not in _ABOUT_THE_ROW and gone is not None and gone not in stated:
            yield Merged(link, column, gone, stated[0])


class _Leads:
    """Who leads which group, and when; what `old` leads is at an end."""

    def __init__(self, nodes: pa.Table, edges: pa.Table, old: str) -> None:
        self.groups = {*nodes["id"].filter(pc.equal(nodes["kind"], "Group")).to_pylist()}
        is_other = pc.and_(pc.not_equal(edges["source"], old), pc.not_equal(edges["target"], old))
        chosen = pc.and_(pc.equal(edges["relation"], "LEADS"), is_other)
        self.rows: list[Mapping[str, Any]] = edges.filter(chosen).to_pylist()

    def add(self, link: Mapping[str, Any]) -> None:
        """Take a link that is handed on for one that holds."""
        if link["relation"] == "LEADS":
            self.rows.append(link)

    def beside(self, link: Mapping[str, Any]) -> str | None:
        """Return another lead of the same group on one of the days of a lead; None: no other."""
        if link["relation"] != "LEADS" or link["target"] not in self.groups:
            return None
        others = (row for row in self.rows if row["target"] == link["target"])
        return next((str(row["source"]) for row in others if _clash(row, link)), None)


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two facilities lead on the same day; a day that is not stated is without end."""
    first, last = other["valid_from"], other.get("valid_to")
    goes_on = not _is_over(one, first) and (last is None or _has_begun(one, last))
    return bool(goes_on and one["source"] != other["source"])


def _adds_up(row: Mapping[str, Any]) -> bool:
    return any(row.get(name) is not None for name in _AMOUNTS)


def _twin(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in _TWIN)


def _has_begun(row: Mapping[str, Any], day: datetime.date) -> bool:
    begins = row.get("valid_from")
    return begins is None or begins <= day


def _is_over(row: Mapping[str, Any], day: datetime.date) -> bool:
    ends = row.get("valid_to")
    return ends is not None and ends < day


def carried_declarations(meta: Mapping[str, str], old: str, heirs: Sequence[str]) -> dict[str, str]:
    """Return what is declared of the lists of `old`, as said of each of its heirs."""
    return {
        f"{part.removesuffix(old)}{heir}{MARK}{detail}": value
        for key, value in meta.items()
        for part, mark, detail in [key.partition(MARK)]
        if mark and part.endswith(f".{old}")
        for heir in heirs
    }


def without_links(edges: pa.Table, heirs: Sequence[str]) -> list[str]:
    """Return those of the heirs that no link joins to anything yet: new names, new parts.

    That they follow something joins them to nothing.
    """
    edges = edges.filter(pc.not_equal(edges["relation"], "SUCCEEDED_BY"))
    joined = {*edges["source"].to_pylist(), *edges["target"].to_pylist()}
    return [heir for heir in heirs if heir not in joined]


def beginning(nodes: pa.Table, ids: Sequence[str], day: datetime.date) -> pa.Table:
    """Return the nodes, of which these begin on `day` where they state no first day."""
    column = "valid_from"
    stated = nodes[column] if column in nodes.column_names else pa.nulls(len(nodes), pa.date32())
    chosen = pc.and_(
        pc.is_in(nodes["id"], value_set=pa.array([*ids], pa.string())), pc.is_null(stated)
    )
    begins = pc.if_else(chosen, pa.scalar(day), stated)
    if column in nodes.column_names:
        return nodes.set_column(nodes.column_names.index(column), column, begins)
    return nodes.append_column(column, begins)


def told(each: Merged | LedAlready, old: str, name: Callable[[str], str]) -> Problem:
    """Return in words what is handed on otherwise than it was stated of `old`."""
    link = each.link
    names = {"old": name(old), "source": name(link["source"]), "target": name(link["target"])}
    if isinstance(each, LedAlready):
        return problem("W047", value=names["source"], **names, lead=name(each.lead))
    return problem(
        "W049",
        value=_shown(each.column, each.gone),
        **names,
        relation=label("relation", link["relation"], language()),
        column=schema.title(each.column, schema.LINKS),
        stays=_shown(each.column, each.stays),
    )


def _shown(column: str, value: Any) -> str:
    """What a cell of a link states, as people read it."""
    described = schema.LINKS.field(column)
    if value is None:
        return say("carried_nothing")
    if isinstance(value, bool):
        return label("boolean", "yes" if value else "no", language())
    if isinstance(value, float):
        return f"{value:g}"
    if described is not None and described.vocabulary:
        return label(described.vocabulary, str(value), language())
    return str(value)
