"""Read a directory into a network, and account for every resource of it."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel import schema, validate
from medgraph.graphmodel.canonical import canonical, canonical_meta
from medgraph.graphmodel.completeness import MARK, PARTIAL, without_declarations
from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.directory import Directory, is_own_link
from medgraph.loaders.fhir.elements import (
    codings,
    concept_text,
    day,
    extension,
    extension_value,
    flag,
    number,
    part,
    parts,
    reference,
    references,
    text,
)
from medgraph.loaders.fhir.link_rows import LinkReader, end_deleted
from medgraph.loaders.fhir.node_rows import (
    LIST,
    NodeNotes,
    node_row,
    own_id,
    own_values,
    period,
    point,
)
from medgraph.loaders.fhir.resources import KEPT
from medgraph.loaders.formats.single_file import typed
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.tabular.accounting import Accounts, account
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.loaders.fhir.history import Life
    from medgraph.loaders.fhir.node_rows import Row
    from medgraph.loaders.fhir.resources import Content
    from medgraph.loaders.loaded import Loaded

    Key = tuple[str, str]

_MANY_AT_ONE_POINT = 5  # locations at the very same point: a building has not so many
_MOST_PATHS = 12  # of elements that are not read, named in one problem


def load_content(content: Content, *, lenient: bool = False) -> Loaded:
    """Return the network of a directory with its problems and the account of its resources."""
    return _Reading(content).load(lenient=lenient)


class _Reading:
    """What becomes of each resource: a node, links, a part of another, or left out with a reason.

    A unit of the account is a resource that became something, with all that was merged into it.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        self.directory = Directory(content)
        self.problems: list[Problem] = []
        self.notes = NodeNotes(self.problems)
        self.lacks_facts = False  # whether something may hold that is not read
        self.meta, self.own_list = self._stated()
        stated = day(self.meta.get("data_day")) or day(content.timestamp)
        self.is_dated, self.today = stated is not None, stated or _today()
        self.units: dict[Key, int] = {}
        self.weights: list[int] = []
        self.read_from: list[list[Life]] = []  # of a unit: all its resources
        self.merged: Counter[str] = Counter()
        self.left: list[LeftRow] = []
        self.left_of: Counter[str] = Counter()
        self.done: set[Key] = set()
        self.doubtful: set[str] = set()  # nodes of which nobody knows whether they are at work
        self.unsure: set[Key] = set()  # resources of which nobody knows whether they hold
        self.in_use: dict[Key, bool] = {}
        self.nodes: dict[Key, tuple[str, str]] = {}  # of a resource: the node's id and kind
        self.rows: dict[str, Row] = {}
        self.row_units: list[int] = []
        self.links: list[Row] = []
        self.link_units: list[int] = []

    def load(self, *, lenient: bool) -> Loaded:
        self._leave_unreadable()
        self._make_nodes()
        self._make_links()
        self._merge_services()
        self._merge_endpoints()
        self._state_all_versions()
        self._leave_rest()
        self._tell()
        node_table, wrong_nodes = typed("nodes", list(self.rows.values()))
        link_table, wrong_links = typed("edges", self.links)
        node_table = canonical(node_table, schema.field_types())
        link_table = canonical(link_table, schema.link_types())
        place = validate.origin_place(node_table, link_table)
        keys = list(self.units)
        accounts = Accounts(
            units={
                "nodes": np.array(self.row_units, np.int64),
                "edges": np.array(self.link_units, np.int64),
            },
            weights=np.array(self.weights, np.int64),
            place=place,
            unit_place=lambda unit: self.directory.lives[keys[unit]].place,
            left_before=tuple(self.left),
        )
        faults = [*wrong_nodes, *wrong_links, *validate.faults(node_table, link_table)]
        meta = canonical_meta(self._meta())
        loaded = account(
            node_table, link_table, meta, faults, accounts, notes=self.problems, lenient=lenient
        )
        return loaded.doubting(self.doubtful)

    # -- what is stated of the whole ---------------------------------------------------------------

    def _stated(self) -> tuple[Row, Life | None]:
        """What our own List states; nothing where there is none."""
        for life in self.directory.of_type("List"):
            own = own_values(life.body or {}, terms.META)
            if own is not None:
                self.notes.at(life.place)
                status = self.notes.read_word(life.body or {}, "status", terms.LIST_STATUSES)
                self.lacks_facts = self.notes.in_doubt or status not in (None, "current")
                told = own.pop("day!", None)
                if told != "unstated" and (at := day((life.body or {}).get("date"))):
                    own["data_day"] = at.isoformat()
                return own, life
        return {}, None

    def _meta(self) -> Row:
        """What our List states; of a directory of others no table is known to be whole."""
        if self.own_list is not None:
            short = schema.TABLES if self.lacks_facts else ()
            return without_declarations(self.meta, short)
        stated = {f"{name}{MARK}": PARTIAL for name in schema.TABLES if name != schema.META.name}
        at = day(self.content.timestamp)
        return stated | ({"data_day": at.isoformat()} if at else {})

    # -- the account -------------------------------------------------------------------------------

    def _unit(self, life: Life) -> int:
        """The unit of a resource that became something."""
        key = (life.type, life.id)
        if key not in self.units:
            self.units[key] = len(self.weights)
            self.weights.append(life.seen)
            self.read_from.append([life])
            self.done.add(key)
        return self.units[key]

    def _merge(self, life: Life, unit: int) -> None:
        """Count a resource with the one that it is a part of."""
        key = (life.type, life.id)
        if key not in self.done:
            self.done.add(key)
            self.weights[unit] += life.seen
            self.read_from[unit].append(life)
            self.merged[life.type] += life.seen

    def _leave(self, life: Life, reason: str, *, is_lost: bool = True) -> None:
        """Leave a resource out; where it `is_lost`, something may hold that is not read."""
        self.lacks_facts |= is_lost
        self.done.add((life.type, life.id))
        self.left_of[life.type] += life.seen
        self.left += [LeftRow(life.place, reason)] * life.seen

    def _leave_unreadable(self) -> None:
        for life in self.directory.lives.values():
            entry = life.states[-1]
            if life.undecided:
                self.problems.append(problem("W254", life.place, f"{life.type}/{life.id}"))
                self._leave(life, say("fhir_left_undecided"))
            elif entry.why_not:
                self._leave(life, entry.why_not)
            elif life.type in terms.PERSONS:
                self._leave(life, say("fhir_left_person", type=life.type), is_lost=False)
            elif life.type not in terms.DIRECTORY:
                self._leave(life, say("fhir_left_type", type=life.type), is_lost=False)
            elif not life.id:
                self._leave(life, say("fhir_left_no_id"))
            elif life.body is None:
                self._leave(life, say("fhir_left_deleted"), is_lost=False)
            elif life.type == "List" and life is not self.own_list:
                self._leave(life, say("fhir_left_type", type=life.type), is_lost=False)

    def _leave_rest(self) -> None:
        """Leave out what became nothing."""
        reasons = {
            "OrganizationAffiliation": "fhir_left_no_ends",
            "HealthcareService": "fhir_left_no_owner",
            "Endpoint": "fhir_left_no_owner",
        }
        for key, life in self.directory.lives.items():
            if key in self.done:
                continue
            if life is self.own_list:
                self._unit(life)
                self.merged["List"] += life.seen
            elif not self._is_in_use(life):
                self._leave(life, say("fhir_left_not_in_use"), is_lost=False)
            else:
                is_unsure = key in self.unsure
                self._leave(life, say("fhir_left_doubtful" if is_unsure else reasons[life.type]))

    def _is_in_use(self, life: Life) -> bool:
        """Whether a resource holds: an endpoint that is off or over, and what is called inactive,
        do not.

        Nobody knows it of what is `unsure`; that holds and does not, and is not read.
        """
        key = (life.type, life.id)
        if key not in self.in_use:
            self.notes.at(life.place)
            self.in_use[key] = self._holds(life)
            if self.notes.in_doubt:
                self.unsure.add(key)
        return self.in_use[key]

    def _is_surely_in_use(self, life: Life) -> bool:
        return self._is_in_use(life) and (life.type, life.id) not in self.unsure

    def _holds(self, life: Life) -> bool:
        body = life.body or {}
        if life.type == "OrganizationAffiliation":  # whose own reader tells of it
            return flag(body, "active") is not False
        if life.type != "Endpoint":
            return self.notes.read_flag(body, "active") is not False
        status = self.notes.read_word(body, "status", terms.ENDPOINT_STATUSES)
        end = period(part(body, "period"), self.notes).get("valid_to")
        return status in (None, "active") and (end is None or end >= self.today)

    # -- nodes -------------------------------------------------------------------------------------

    def _make_nodes(self) -> None:
        directory = self.directory
        halves = {half.id: owner for owner, half in directory.pairs.items()}
        for life in list(directory.of_type("Organization")):
            kind = directory.kinds[life.id]
            half = directory.pairs.get(life.id)
            self._node(life, kind, life, half, own_id(life.body or {}) or life.id)
            if half is not None:
                self._merge(half, self.units["Organization", life.id])
                self.nodes["Location", half.id] = self.nodes["Organization", life.id]
        for life in list(directory.of_type("Location")):
            if life.id not in halves:
                self._node(life, directory.kind_of_place(life), None, life, life.id)
        self._place_nodes()

    def _node(
        self, life: Life, kind: str, organization: Life | None, place: Life | None, id_: str
    ) -> None:
        self.notes.at(life.place)
        row = node_row(
            kind,
            (organization.body if organization else None) or {},
            (place.body if place else None) or {},
            is_exchange=self.directory.named.get(life.id, False) and organization is not None,
            notes=self.notes,
        )
        is_own = bool(organization) and bool(extension(life.body, terms.NODE))
        if id_ in self.rows:  # of an organization and of a location that have nothing in common
            id_ = f"{life.type}/{life.id}"
        row["id"] = id_
        if self.notes.in_doubt:
            self.doubtful.add(id_)
        if row.get("name") is None:
            row["name"] = f"{life.type}/{life.id}"
            self.notes.say("W252", row["name"])
        self._keep_source(row, organization, place)
        end_deleted(row, life, self.today)
        self._state_origin(row, is_own, life)
        self.rows[id_] = row
        self.row_units.append(self._unit(life))
        self.nodes[life.type, life.id] = (id_, kind)

    def _keep_source(self, row: Row, *halves: Life | None) -> None:
        """Keep beside a row what is not read of its resources, where that was asked for."""
        kept = {
            half.type: rest for half in halves if half and (rest := (half.body or {}).get(KEPT))
        }
        if kept:
            row["fhir"] = json.dumps(kept, ensure_ascii=False, sort_keys=True)

    def _state_origin(self, row: Row, is_own: bool, life: Life) -> None:
        """Say where a row came from: what we wrote keeps what it said, behind the server's name."""
        if not is_own:
            row.pop("origin", None)
        if self.content.server:
            row["origin"] = _at_server(self.content.server, [life], row.get("origin"))
        elif not is_own:
            row["origin"] = life.place

    def _state_all_versions(self) -> None:
        """Name, in the origin of each node read from a server, all that was merged into it, too."""
        server = self.content.server
        if not server:
            return
        for row, unit in zip(self.rows.values(), self.row_units, strict=True):
            _, sign, stated = row["origin"].partition(BEFORE)
            row["origin"] = _at_server(server, self.read_from[unit], stated if sign else None)

    def _place_nodes(self) -> None:
        """Put facilities and areas into the areas that their locations are part of."""
        for life in self.directory.of_type("Location"):
            node = self.nodes.get(("Location", life.id))
            around = self.directory.life(reference(life.body, "partOf"), "Location")
            outer = self.nodes.get(("Location", around.id)) if around else None
            if node and outer and outer[1] == "Area" and node != outer:
                self.rows[node[0]]["parent" if node[1] == "Area" else "area"] = outer[0]
            owner = self.directory.owners.get(life.id)
            manager = self.nodes.get(("Organization", owner)) if owner else None
            if node and manager and manager != node and manager[1] != "Facility":
                self.rows[node[0]].setdefault("managed_by", manager[0])

    # -- links -------------------------------------------------------------------------------------

    def _make_links(self) -> None:
        reader = LinkReader(
            self.directory, self.nodes, self.today, self.notes, is_dated=self.is_dated
        )
        stated: set[tuple[Any, Any, Any]] = set()
        for life in list(self.directory.of_type("OrganizationAffiliation")):
            rows = reader.of_affiliation(life)
            if reader.is_unsure:
                self.unsure.add((life.type, life.id))
            for row in rows:
                self._state_origin(row, is_own_link(life.body or {}), life)
                self._keep_source(row, life)
                self._link(row, self._unit(life))
                stated.add((row["source"], row["relation"], row["target"]))
        mirrors = {
            "Organization": reader.of_organization,
            "Location": reader.of_place,
            "HealthcareService": reader.of_service,
        }
        for type_, read in mirrors.items():
            for life in list(self.directory.of_type(type_)):
                for row in read(life):
                    if (row["source"], row["relation"], row["target"]) not in stated:
                        self._mirrored(row, life)
        if reader.without_role:
            self.problems.append(problem("I252", value=str(reader.without_role)))

    def _mirrored(self, row: Row, life: Life) -> None:
        """Add a link that stands inside of another resource."""
        is_ours = self.own_list is not None
        self._state_origin(row, is_ours, life)
        key = (life.type, life.id)
        owner = self.directory.life(reference(life.body, "providedBy"), "Organization")
        if key not in self.units and owner is not None:
            key = (owner.type, owner.id)
        unit = self.units[key] if key in self.units else self._unit(life)
        self._link(row, unit)

    def _link(self, row: Row, unit: int) -> None:
        self.links.append(row)
        self.link_units.append(unit)

    # -- parts of nodes ----------------------------------------------------------------------------

    def _merge_services(self) -> None:
        """Put the specialties and services of each provider back into its lists."""
        found: dict[tuple[str, str], list[tuple[float, str]]] = {}
        for life in self.directory.of_type("HealthcareService"):
            body = life.body or {}
            owners = self._owners_of_service(life)
            if not owners or not self._is_surely_in_use(life):
                continue
            self._merge(life, self.units[owners[0]])
            if life.is_deleted:
                continue
            place = number(extension_value(extension(body, terms.PLACE))) or 0
            for name, said in _offered(body):
                for owner in owners:
                    id_ = self.nodes[owner][0]
                    found.setdefault((id_, name), []).append((place, said))
        for (id_, name), listed in found.items():
            listed.sort(key=lambda one: one[0])
            texts = (said for _, said in listed)
            self.rows[id_][name] = LIST.join(_once(texts, self.own_list is None))

    def _owners_of_service(self, life: Life) -> list[Key]:
        """The provider of a service, or the facilities where it is where that is no facility."""
        provider = self.directory.life(reference(life.body, "providedBy"), "Organization")
        is_own = any(system == terms.SERVICE for system, _ in codings(life.body, "type"))
        if provider and (is_own or self.nodes["Organization", provider.id][1] == "Facility"):
            return [("Organization", provider.id)]
        places = (
            place
            for told in references(life.body, "location")
            if (place := self.directory.life(told, "Location"))
        )
        keys = (("Location", place.id) for place in places)
        return [key for key in keys if key in self.units and self.nodes[key][1] == "Facility"]

    def _merge_endpoints(self) -> None:
        """Put the endpoints of each organization into its list."""
        listed: dict[Key, list[Life]] = {}
        for type_ in ("Organization", "Location", "HealthcareService"):
            for life in self.directory.of_type(type_):
                for told in references(life.body, "endpoint"):
                    endpoint = self.directory.life(told, "Endpoint")
                    is_used = endpoint is not None and self._is_surely_in_use(endpoint)
                    if endpoint and is_used and (owner := self._owner_of_endpoint(life)):
                        listed.setdefault(owner, []).append(endpoint)
        named = {endpoint.id for endpoints in listed.values() for endpoint in endpoints}
        for endpoint in self.directory.of_type("Endpoint"):
            managing = reference(endpoint.body, "managingOrganization")
            manager = self.directory.life(managing, "Organization")
            is_used = endpoint.id not in named and self._is_surely_in_use(endpoint)
            if manager and is_used:
                listed.setdefault(("Organization", manager.id), []).append(endpoint)
        for key, endpoints in listed.items():
            self._merge_into(key, endpoints)

    def _merge_into(self, key: Key, endpoints: list[Life]) -> None:
        """Merge endpoints into the node of a resource, each once."""
        for endpoint in endpoints:
            self._merge(endpoint, self.units[key])
        bodies = [endpoint.body or {} for endpoint in endpoints if not endpoint.is_deleted]
        if said := [item for body in bodies if (item := endpoint_text(body))]:
            row = self.rows[self.nodes[key][0]]
            row.setdefault("endpoints", LIST.join(dict.fromkeys(said)))

    def _owner_of_endpoint(self, life: Life) -> Key | None:
        node = self.nodes.get((life.type, life.id))
        if node is None:
            owners = self._owners_of_service(life)
            return owners[0] if owners else None
        own = (("Organization", life.id), (life.type, life.id))
        return next((key for key in own if key in self.units and self.nodes[key] == node), None)

    # -- what there is to tell ---------------------------------------------------------------------

    def _tell(self) -> None:
        self._tell_shared_points()
        in_all = Counter(entry.type for entry in self.content.entries)
        for type_, count in sorted(in_all.items()):
            left, merged = self.left_of[type_], self.merged[type_]
            loaded = count - left - merged
            self.problems.append(
                problem(
                    "I250",
                    value=type_ or "?",
                    count=count,
                    loaded=loaded,
                    merged=merged,
                    left=left,
                )
            )
        if guessed := self.directory.guessed:
            types = guessed.most_common(_MOST_PATHS)
            shown = say("list_comma").join(f"{name} ({count})" for name, count in types)
            self.problems.append(problem("I253", value=shown, count=sum(guessed.values())))
        if self.content.not_read:
            paths = self.content.not_read.most_common()
            shown = say("list_comma").join(f"{path} {count}" for path, count in paths[:_MOST_PATHS])
            total = sum(self.content.not_read.values())
            self.problems.append(problem("I251", value=shown, count=total, paths=len(paths)))

    def _tell_shared_points(self) -> None:
        """Tell of points at which many locations are: a geocoder's guess, not a place."""
        points = Counter(
            at
            for life in self.directory.of_type("Location")
            if (at := point(part(life.body, "position"))) is not None
        )
        for (lon, lat), count in points.items():
            if count >= _MANY_AT_ONE_POINT:
                self.problems.append(problem("W251", value=f"{lon}, {lat}", count=count))


def _today() -> datetime.date:
    return datetime.date.today()


BEFORE = " < "  # between the server and what was said before of where a row came from


def _at_server(server: str, lives: Sequence[Life], stated: Any) -> str:
    """The resources and versions at a server that a row was read from, then what it said before."""
    named = "+".join(
        f"{life.type}/{life.id}/_history/{version}"
        for life in lives
        if (version := life.states[-1].version)
    )
    told = f"fhir:{server}#{named}"
    return f"{told}{BEFORE}{stated}" if stated else told


def _offered(body: Any) -> Iterator[tuple[str, str]]:
    """What a service offers: the name of the list, and what stands in it."""
    kinds = [code for system, code in codings(body, "type") if system == terms.SERVICE]
    if kinds:
        for concept in parts(body, "type"):
            if kinds[0] in ("specialties", "services") and (said := text(concept.get("text"))):
                yield kinds[0], said
        return
    for name, column in (
        ("specialty", "specialties"),
        ("type", "services"),
        ("category", "services"),
    ):
        for concept in parts(body, name):
            if said := concept_text(concept):
                yield column, said.replace(LIST, "/")


def _once(texts: Iterator[str], is_foreign: bool) -> list[str]:
    """The texts of a list; of a directory of others each once."""
    return list(dict.fromkeys(texts)) if is_foreign else list(texts)


def endpoint_text(body: Any) -> str | None:
    """Return an endpoint as it stands in a cell: type, address and name, with blanks between."""
    address = text(body.get("address"))
    if address is None or " " in address:
        return None
    type_ = text(part(body, "connectionType").get("code")) or "other"
    listed = (type_.replace(" ", "-"), address, text(body.get("name")))
    return " ".join(one for one in listed if one).replace(LIST, "/")
