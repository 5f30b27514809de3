"""Make a network of the organisations of NHS ODS, and account for all that they state."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.origin import Origin
from medgraph.loaders.formats import single_file
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.registers import ods_terms as terms
from medgraph.loaders.tabular.accounting import accept
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from medgraph.loaders.loaded import Loaded
    from medgraph.loaders.registers.ods_terms import Organisation, Relation, Succession

    Row = dict[str, Any]


def network_of(
    organisations: Sequence[Organisation],
    file: str,
    *,
    left: Iterable[LeftRow] = (),
    lenient: bool = False,
) -> Loaded:
    """Return the network of these organisations with the account of its rows."""
    made = _Made(organisations, file)
    links = [*made.relations(), *made.successions()]
    nodes, wrong_nodes = single_file.typed("nodes", [*made.nodes(), *made.authorities()])
    edges, wrong_edges = single_file.typed("edges", links)
    loaded = accept(
        nodes,
        edges,
        {"source": "NHS Organisation Data Service"},
        lenient=lenient,
        notes=made.notes(),
        found=[*wrong_nodes, *wrong_edges],
        left=[*left, *made.left],
    )
    return loaded.doubting(one.code for one in organisations if one.odd_status)


class _Made:
    """Organisations on their way into nodes and links, with what is left out."""

    def __init__(self, organisations: Sequence[Organisation], file: str) -> None:
        self.organisations = organisations
        self.file = file
        self.kinds = {one.code: one.kind for one in organisations}
        self.left: list[LeftRow] = []
        self.bodies: dict[str, tuple[Organisation, str]] = {}
        self.days: list[Problem] = []

    def nodes(self) -> Iterator[Row]:
        """Yield a row for each organisation."""
        for one in self.organisations:
            row = {
                "id": one.code,
                "kind": one.kind,
                **one.fields,
                "origin": self._origin(one, one.place),
            }
            above = self._above(one)
            if above is not None:
                row |= {"parent" if one.kind == "Area" else "area": above}
            if one.kind == "Facility" and (told := _geographies(one)):
                row["ods_geography"] = told
            yield row

    def _above(self, one: Organisation) -> str | None:
        """The area that an organisation lies in now; None where none or several are stated."""
        now = {
            relation.target
            for relation in one.relations
            if relation.code == terms.GEOGRAPHY and relation.is_active and relation.end is None
        }
        is_placed = one.kind in ("Area", "Facility")
        return now.pop() if len(now) == 1 and is_placed else None

    def _origin(self, stated_by: Organisation | Succession, place: str) -> str:
        return str(Origin(stated_by.file, "", place, "typed"))

    def authorities(self) -> Iterator[Row]:
        """Yield the bodies of the territories that administer somebody; asked after the links."""
        names = {one.code: one.fields.get("name") for one in self.organisations}
        for code, (one, place) in self.bodies.items():
            yield {
                "id": terms.AUTHORITY.format(code=code),
                "kind": "Authority",
                "name": names[code],
                "origin": self._origin(one, place),
            }

    def relations(self) -> list[Row]:
        """Return a link for each relation of which both ends are here and whose code is known."""
        links = []
        for one in self.organisations:
            for relation in one.relations:
                if one.kind == "Facility" and relation.code == terms.GEOGRAPHY:
                    continue  # which no link says: the node has it
                link = self._link(one, relation)
                if isinstance(link, str):
                    self.left.append(LeftRow(f"{one.file}!{relation.place}", link))
                else:
                    links.append(link)
        return links

    def _link(self, one: Organisation, relation: Relation) -> Row | str:
        """The link of a relation, or why there is none."""
        word = terms.RELATIONS.get(relation.code)
        if word is None:
            return say("ods_unknown_relation", code=relation.code)
        if relation.target not in self.kinds:
            return say("ods_no_target", value=relation.target)
        if not relation.is_active and relation.end is None:
            return say("ods_over")
        ends = (one.kind, self.kinds[relation.target])
        word = _between(word, relation.code, ends)
        target = relation.target
        if word == terms.ADMINISTERED and ends[1] != "Authority":
            self.bodies.setdefault(target, (one, relation.place))
            target = terms.AUTHORITY.format(code=target)
        if word is None:
            return say("ods_no_such_link", code=relation.code, source=ends[0], target=ends[1])
        row: Row = {"source": one.code, "relation": word, "target": target}
        row |= {"valid_from": relation.start, "valid_to": relation.end, "ods": relation.code}
        return {**row, "origin": self._origin(one, relation.place)}

    def successions(self) -> list[Row]:
        """Return one link for each succession, whichever end records it, or both."""
        found: dict[tuple[str, str], list[Succession]] = defaultdict(list)
        for one in self.organisations:
            for succession in one.successions:
                if succession.odd_type:
                    reason = say("ods_no_direction", value=succession.odd_type)
                    self.left.append(LeftRow(f"{succession.file}!{succession.place}", reason))
                    continue
                found[succession.old, succession.new].append(succession)
        links: list[Row] = []
        for (old, new), told in found.items():
            missing = next((code for code in (old, new) if code not in self.kinds), None)
            if missing is not None:
                reason = say("ods_no_target", value=missing)
                self.left += [LeftRow(f"{one.file}!{one.place}", reason) for one in told]
                continue
            links += self._of_one_pair(old, new, told)
        return links

    def _of_one_pair(self, old: str, new: str, told: list[Succession]) -> Iterator[Row]:
        """One link for each day that is stated of a pair, one without a day where none is."""
        stated = list(dict.fromkeys(one.day for one in told if one.day is not None))
        if len(stated) > 1:
            listed = say("list_comma").join(stated)
            self.days.append(
                problem("W260", f"{told[0].file}!{told[0].place}", old, new=new, days=listed)
            )
        once: set[str | None] = set()
        for one in told:
            day = one.day or next(iter(stated), None)
            if day in once:
                self.left.append(LeftRow(f"{one.file}!{one.place}", say("ods_other_end")))
                continue
            once.add(day)
            yield {
                "source": old,
                "relation": "SUCCEEDED_BY",
                "target": new,
                "valid_from": day,
                "origin": self._origin(one, one.place),
            }

    def notes(self) -> list[Problem]:
        """Return what is to be told: successions of two days, and what was not read."""
        unread: Counter[str] = Counter()
        for one in self.organisations:
            unread.update(one.unread)
        told = [
            *self.days,
            *(
                problem("W264", f"{one.file}!{one.place}", one.odd_status)
                for one in self.organisations
                if one.odd_status
            ),
        ]
        if not unread:
            return told
        counts = [f"{name} ({count})" for name, count in sorted(unread.items())]
        return [*told, problem("I262", self.file, say("list_comma").join(counts))]


def _geographies(one: Organisation) -> str:
    """Where a place lies and lay, with the days of each; no link says that of a facility."""
    return "|".join(
        f"{relation.target} {relation.start or ''}/{relation.end or ''}"
        for relation in one.relations
        if relation.code == terms.GEOGRAPHY
    )


def _between(word: str, code: str, ends: tuple[str, str]) -> str | None:
    """The relation between two kinds that ODS's relation means; None where there is none."""
    fits: Mapping[str, bool] = {
        terms.PART: ends in (("Facility", "Facility"), ("Area", "Area")),
        terms.ADMINISTERED: ends in (("Facility", "Area"), ("Area", "Area")),
        terms.MEMBER: ends == ("Facility", "Group"),
    }
    if code == terms.OPERATED and ends == ("Facility", "Area"):
        return terms.ADMINISTERED  # operated by the body, which is no territory here
    return word if fits[word] else None
