"""See resources as a directory: what a reference means, which node a resource is, what pairs up."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.elements import codings, extension, part, reference, references
from medgraph.loaders.fhir.history import lives
from medgraph.words.vocabularies import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.fhir.elements import Element
    from medgraph.loaders.fhir.history import Life
    from medgraph.loaders.fhir.resources import Content

    Key = tuple[str, str]


class Directory:
    """The lives of all resources of a source, by type and id."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.lives = lives(content.entries)
        # Types that say no kind, each with how many organizations are facilities for want of one.
        self.guessed: Counter[str] = Counter()
        self._urls = {
            entry.url: (entry.type, entry.id) for entry in content.entries if entry.url is not None
        }

    def of_type(self, type_: str) -> Iterator[Life]:
        """Yield the lives of a type that ever had a body and whose last state is known."""
        for (own_type, id_), life in self.lives.items():
            if own_type == type_ and id_ and life.body is not None and not life.undecided:
                yield life

    def key(self, told: str | None) -> Key | None:
        """Return type and id that a reference means; None where it means nothing here.

        A full address means only what a source states at that address; a relative one, or one at
        the server that is read, its type and id.
        """
        if not told:
            return None
        told = told.partition("/_history/")[0]
        if found := self._urls.get(told):
            return found
        is_relative = ":" not in told
        server = self.content.server
        at_server = bool(server) and told.startswith(f"{server}/")
        if not (is_relative or at_server or not self._urls):
            return None
        type_, _, id_ = told.rpartition("/")
        key = (type_.rpartition("/")[2], id_)
        return key if key in self.lives else None

    def life(self, told: str | None, *types: str) -> Life | None:
        """Return the resource of one of these types that a reference means, if it ever had a body.

        One that was deleted since is a resource as well: its facts have ended.
        """
        key = self.key(told)
        life = self.lives.get(key) if key and key[0] in types else None
        return life if life and life.body is not None and not life.undecided else None

    # -- what an Organization is -------------------------------------------------------------------

    @cached_property
    def named(self) -> dict[str, bool]:
        """The ids of organizations that have members, and whether a member calls one an exchange.

        Links of ours name any kind of node and say nothing of it.
        """
        found: dict[str, bool] = {}
        for life in self.of_type("OrganizationAffiliation"):
            for state in life.states:
                body = state.body
                if body is None or is_own_link(body):
                    continue
                codes = {code for _, code in codings(body, "code")}
                for told in (reference(body, "organization"), *references(body, "network")):
                    if group := self.life(told, "Organization"):
                        is_exchange = terms.EXCHANGE_ROLE in codes
                        found[group.id] = found.get(group.id, False) or is_exchange
        return found

    @cached_property
    def covered(self) -> set[str]:
        """The ids of locations that a service covers: they are areas."""
        return {
            place.id
            for life in self.of_type("HealthcareService")
            for told in references(life.body, "coverageArea")
            if (place := self.life(told, "Location"))
        }

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of node that each organization is, by its id."""
        return {life.id: self._kind(life) for life in self.of_type("Organization")}

    def _kind(self, life: Life) -> str:
        found = list(codings(life.body, "type"))
        for system, code in found:
            if system == terms.KIND and code in KINDS:
                return code
        pairs = {terms.pair_type(system, code) for system, code in found}
        if terms.JURISDICTION in pairs:
            return "Area"
        if life.id in self.named:
            return "Group"
        if terms.FACILITY in pairs:
            return "Facility"
        known = next((terms.KINDS[code] for _, code in found if code in terms.KINDS), None)
        if known is None and not {code for _, code in found} & terms.FACILITY_CODES:
            said = {code for system, code in found if system not in terms.TYPE_SYSTEMS.values()}
            self.guessed[", ".join(sorted(said)) or "?"] += 1
        return known or "Facility"

    # -- locations ---------------------------------------------------------------------------------

    @cached_property
    def owners(self) -> dict[str, str]:
        """The id of the organization that manages each location, by the location's id."""
        return {
            life.id: owner.id
            for life in self.of_type("Location")
            if (owner := self.life(reference(life.body, "managingOrganization"), "Organization"))
        }

    @cached_property
    def pairs(self) -> dict[str, Life]:
        """The location that is the other half of an organization, by the organization's id.

        That of the same id, in what we wrote; else the only one of a facility or an area.
        """
        managed: dict[str, list[str]] = {}
        for place, owner in self.owners.items():
            managed.setdefault(owner, []).append(place)
        found: dict[str, Life] = {}
        for owner, places in managed.items():
            if self.kinds[owner] not in ("Facility", "Area"):
                continue
            is_own = bool(extension(self.lives["Organization", owner].body, terms.NODE))
            half = owner if is_own and owner in places else places[0]
            if half == owner or len(places) == 1:
                found[owner] = self.lives["Location", half]
        return found

    def kind_of_place(self, life: Life) -> str:
        """Return the kind of node that a location without its organization is."""
        body = life.body or {}
        pairs = {terms.pair_type(system, code) for system, code in codings(body, "type")}
        physical = {code for _, code in codings({"type": part(body, "physicalType")}, "type")}
        is_area = (
            terms.JURISDICTION in pairs
            or life.id in self.covered
            or bool(physical & set(terms.AREA_PLACES))
            or bool(extension(body, terms.BOUNDARY))
        )
        return "Area" if is_area else "Facility"


def is_own_link(body: Element) -> bool:
    """Tell whether an affiliation states one of our relations."""
    return any(system == terms.RELATION for system, _ in codings(body, "code"))
