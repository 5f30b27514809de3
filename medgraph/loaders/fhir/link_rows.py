"""Read links: of affiliations, and of what stands inside of organizations, locations and services.

The links of one resource are followed through its versions: one that a later version lacks has
ended, one that comes back after it ended, or after its resource was deleted, is a second row.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel import schema
from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.elements import (
    codings,
    concept_text,
    day,
    flag,
    part,
    parts,
    reference,
    references,
)
from medgraph.loaders.fhir.node_rows import LIST, own_values, period
from medgraph.words.say import say
from medgraph.words.vocabularies import RELATIONS, SPECIALTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from medgraph.loaders.fhir.directory import Directory
    from medgraph.loaders.fhir.elements import Element
    from medgraph.loaders.fhir.history import Life
    from medgraph.loaders.fhir.node_rows import NodeNotes, Row
    from medgraph.loaders.fhir.resources import Entry

    Links = dict[Hashable, Row]

# The days of links of which only the day is known on which the source stopped, or began, to say so.
_LOW = "low"


class LinkReader:
    """Read the links of a directory whose resources became these nodes.

    `nodes` gives id and kind of the node of an organization or a location, by its type and id;
    `today` is the day of the source.
    """

    def __init__(
        self,
        directory: Directory,
        nodes: dict[tuple[str, str], tuple[str, str]],
        today: datetime.date,
        notes: NodeNotes,
        *,
        is_dated: bool,
    ) -> None:
        self.is_dated = is_dated  # whether the source states its day
        self.directory, self.nodes, self.today, self.notes = directory, nodes, today, notes
        self.without_role = 0
        self.is_unsure = False  # whether the last state of the resource read last left a doubt

    def of_affiliation(self, life: Life) -> list[Row]:
        """Return the links that an affiliation states, or stated."""
        return self._lived(life, self._affiliated)

    def of_organization(self, life: Life) -> list[Row]:
        """Return the link that `partOf` of an organization states."""
        return self._lived(life, self._part_of)

    def of_place(self, life: Life) -> list[Row]:
        """Return the link from a location to the facility that manages it and others."""
        return self._lived(life, self._managed)

    def of_service(self, life: Life) -> list[Row]:
        """Return the links from the provider of a service to the areas that it covers."""
        return self._lived(life, self._covering)

    # -- what one version states -------------------------------------------------------------------

    def _affiliated(self, body: Element, updated: datetime.date | None) -> Links:
        own = own_values(body, terms.LINK)
        relation = next(
            (code for system, code in codings(body, "code") if system == terms.RELATION), None
        )
        source = self._node(reference(body, "participatingOrganization"))
        targets = [("organization", reference(body, "organization"))]
        targets += [("network", told) for told in references(body, "network")]
        if relation is not None:
            stated = {**self._specialty(body), **(own or {})}
            targets = [one for one in targets if one[1]][:1]
        else:
            relation, stated = "MEMBER_OF", self._foreign(body)
        stated |= period(part(body, "period"), self.notes)
        links: Links = {}
        is_inactive = self.notes.read_flag(body, "active") is False
        first, last = stated.get("valid_from"), stated.get("valid_to")
        is_yet_to_come = isinstance(first, datetime.date) and first > self.today
        if is_inactive or (isinstance(last, datetime.date) and last < self.today):
            self.notes.in_doubt = False  # since when it held does not matter to what holds now
        is_over = is_inactive and last is None and not is_yet_to_come
        if is_over and updated is None and not self.is_dated:
            return links  # since when nobody says, and the day of reading is none of its days
        for how, told in targets:
            link = self._link(source, relation, self._node(told))
            if link is not None:
                row = {**stated, **link}
                self._end_inactive(body, row, updated)
                links[how, relation, row["source"], row["target"]] = row
        return links

    def _foreign(self, body: Element) -> Row:
        """What an affiliation of others says besides: roles, specialties, locations."""
        roles = [code for _, code in codings(body, "code")]
        said = [told for one in parts(body, "specialty") if (told := concept_text(one))]
        nodes = map(self._node, references(body, "location"))
        places = [node[0] for node in nodes if node is not None]
        listed = {"role_code": roles, "specialties": said, "locations": places}
        if not roles:
            self.without_role += 1
        return {
            name: LIST.join(dict.fromkeys(one.replace(LIST, "/") for one in values))
            for name, values in listed.items()
            if values
        }

    def _specialty(self, body: Element) -> Row:
        for system, code in codings(body, "specialty"):
            if system == terms.SPECIALTY and code in SPECIALTIES:
                return {"specialty": code}
        return {}

    def _end_inactive(self, body: Element, row: Row, updated: datetime.date | None) -> None:
        """End a link that is called inactive while its days say that it holds."""
        if flag(body, "active") is not False:
            return
        first, last = (day(row.get(name)) or row.get(name) for name in ("valid_from", "valid_to"))
        has_begun = first is None or first <= self.today
        if has_begun and (last is None or last >= self.today):
            _end(row, updated or self.today, say("fhir_inactive"))

    def _part_of(self, body: Element, updated: datetime.date | None) -> Links:
        """`partOf` as a link, where kinds of ours have one of that meaning."""
        del updated
        inner, outer = self._node_of_now(), self._node(reference(body, "partOf"))
        if inner is None or outer is None or inner == outer:
            return {}
        pairs = {
            ("Facility", "Facility"): (inner, "PART_OF", outer),
            ("Area", "Area"): (inner, "PART_OF", outer),
            ("Group", "Authority"): (outer, "GOVERNS", inner),
            ("Department", "Facility"): (outer, "HOSTS_DEPARTMENT", inner),
            ("SharedCentre", "Facility"): (outer, "HOSTS_CENTRE", inner),
        }
        found = pairs.get((inner[1], outer[1]))
        link = self._link(*found) if found else None
        return {(found[1], found[0], found[2]): link} if found and link else {}

    def _managed(self, body: Element, updated: datetime.date | None) -> Links:
        del updated
        inner = self._node_of_now()
        outer = self._node(reference(body, "managingOrganization"))
        if inner is None or outer is None or inner == outer:
            return {}
        is_inside = inner[1] == outer[1] == "Facility"
        link = self._link(inner, "PART_OF", outer) if is_inside else None
        return {("PART_OF", inner, outer): link} if link else {}

    def _covering(self, body: Element, updated: datetime.date | None) -> Links:
        del updated
        if self.notes.read_flag(body, "active") is False:
            return {}
        provider = self._node(reference(body, "providedBy"))
        links: Links = {}
        for number, told in enumerate(references(body, "coverageArea")):
            link = self._link(provider, "SERVES", self._node(told))
            if link is not None:
                links["SERVES", link["source"], link["target"], number] = link
        return links

    def _node(self, told: str | None) -> tuple[str, str] | None:
        key = self.directory.key(told)
        return self.nodes.get(key) if key else None

    def _node_of_now(self) -> tuple[str, str] | None:
        """The node of the resource whose links are being read."""
        return self.nodes.get(self._of)

    def _link(
        self, source: tuple[str, str] | None, relation: str, target: tuple[str, str] | None
    ) -> Row | None:
        """A link between nodes; None where an end is no node or it joins no such kinds."""
        if source is None or target is None or relation not in RELATIONS:
            return None
        sources, targets = schema.ENDS[relation]
        if source[1] not in sources or target[1] not in targets:
            return None
        return {"source": source[0], "relation": relation, "target": target[0]}

    # -- through its versions ----------------------------------------------------------------------

    def _lived(
        self, life: Life, made: Callable[[Element, datetime.date | None], Links]
    ) -> list[Row]:
        """The links of a resource through all its states, each with its own days.

        A state in doubt says nothing; where the last one is, nobody knows what holds now.
        """
        self._of = (life.type, life.id)
        self.is_unsure = False
        held: Links = {}
        over: list[Row] = []
        had: set[Hashable] = set()
        for state in life.states:
            recorded = day(state.updated) or day(state.seen)
            self.notes.at(life.place)
            now = {} if state.body is None else made(state.body, recorded)
            self.is_unsure = self.notes.in_doubt
            if self.is_unsure:
                continue
            over += [
                _ended(row, state, recorded or self.today)
                for key, row in held.items()
                if key not in now
            ]
            for key, row in now.items():
                if key in had and key not in held:
                    _begin_again(row, recorded or self.today)
                elif key in held and "valid_from" not in row:
                    row |= _kept_beginning(held[key])
            had |= now.keys()
            held = now
        return over if self.is_unsure else [*over, *held.values()]


def _ended(row: Row, state: Entry, recorded: datetime.date) -> Row:
    """A link that a state of its resource no longer has: its own last day wins."""
    if state.deleted:
        note = say("fhir_deleted" if state.updated else "fhir_deleted_unknown")
    else:
        note = say("fhir_no_longer")
    if row.get("valid_to") is None:
        _end(row, recorded, note)
    return row


def _end(row: Row, at: datetime.date, note: str) -> None:
    first = day(row.get("valid_from")) or row.get("valid_from")
    row["valid_to"] = max(at, first) if isinstance(first, datetime.date) else at
    row["confidence"] = _LOW
    row["note"] = _with(row.get("note"), note)


def _begin_again(row: Row, at: datetime.date) -> None:
    """A link that is stated again after it ended: without a first day, since it was recorded."""
    row["note"] = _with(row.get("note"), say("fhir_again"))
    if row.get("valid_from") is None:
        row["valid_from"] = at
        row["confidence"] = _LOW


def _kept_beginning(before: Row) -> Row:
    """The first day that a link got when it came back, for its later versions."""
    names = ("valid_from", "confidence", "note")
    is_again = before.get("confidence") == _LOW and before.get("valid_from") is not None
    return {name: before[name] for name in names if name in before} if is_again else {}


def _with(note: Any, further: str) -> str:
    return f"{note}; {further}" if note else further


def end_deleted(row: Row, life: Life, today: datetime.date) -> None:
    """End the node of a resource that was deleted; note one that was created again."""
    if life.is_deleted:
        state = life.states[-1]
        recorded = day(state.updated) or day(state.seen)
        note = say("fhir_deleted" if state.updated else "fhir_deleted_unknown")
        if row.get("valid_to") is None:
            _end(row, recorded or today, note)
    elif life.was_born_again:
        row["note"] = _with(row.get("note"), say("fhir_again"))
