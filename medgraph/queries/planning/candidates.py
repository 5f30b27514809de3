"""The links that a repair may add: those a user states, or those proposed from what is near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from medgraph.errors import ChangeError, OptionError
from medgraph.graphmodel import schema
from medgraph.graphmodel.coordinates import EARTH_RADIUS_KM
from medgraph.queries.answers import one_of
from medgraph.queries.columns import numbers_of
from medgraph.queries.sharing.obligations import CENTRE_KINDS
from medgraph.words.say import say
from medgraph.words.vocabularies import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.states import Fact

# A link by its ends and relation.
Key: TypeAlias = tuple[int, str, int]
# Who counts as having something: who surely has it, or who may have it.
Among: TypeAlias = "Callable[[Fact], Mask]"

# Who provides by a link of the relation: the other end takes.
_PROVIDES_AT_SOURCE = frozenset(
    {
        "LEADS",
        "HOSTS_CENTRE",
        "DISPATCHES",
        "REFERS_DOWN_TO",
        "STATIONED_IN",
        "RUN_BY",
        "TELEMEDICINE",
        "RECOGNISES_RESULTS",
    }
)


@dataclass(frozen=True)
class Candidate:
    """A link that may be added, with its positions, and what is known of its cost."""

    source: int
    relation: str
    target: int
    km: float | None = None
    cost: float | None = None
    capacity: int | None = None
    title: str | None = None
    specialty: str | None = None
    # km added where links are counted: who leads comes before members, members before strangers
    aside: float = 0.0

    @property
    def key(self) -> Key:
        """The link by its ends and relation."""
        return self.source, self.relation, self.target

    @property
    def provider(self) -> int:
        """The end that gives by the link."""
        return self.source if self.relation in _PROVIDES_AT_SOURCE else self.target


def stated(day: Day, rows: pd.DataFrame) -> list[Candidate]:
    """Return the candidates of a frame; of a link stated twice, the cheaper.

    Raise OptionError, UnknownIdError or ChangeError for a row that cannot be.
    """
    lacking = {"source", "relation", "target"} - set(rows.columns)
    if lacking:
        raise OptionError(say("candidates_lacking", columns=", ".join(sorted(lacking))))
    found: dict[Key, Candidate] = {}
    for row in rows.to_dict("records"):
        candidate = _stated(day, {str(name): value for name, value in row.items()})
        both = (found.get(candidate.key, candidate), candidate)
        found[candidate.key] = min(both, key=_price)
    return list(found.values())


def _price(candidate: Candidate) -> tuple[float, float]:
    return candidate.cost or 0, candidate.km or 0


def _stated(day: Day, row: dict[str, Any]) -> Candidate:
    relation = one_of("relation", row["relation"], RELATIONS)
    sources, targets = schema.ENDS[relation]
    source, target = _position(day, row["source"], sources), _position(day, row["target"], targets)
    kinds = day.index.take("kind", np.array([source, target])).to_pylist()
    if any(kind not in allowed for kind, allowed in zip(kinds, schema.ENDS[relation], strict=True)):
        raise ChangeError(say("wrong_ends", relation=relation, source=kinds[0], target=kinds[1]))
    values = {name: value for name, value in row.items() if _is_filled(value)}
    capacity = values.get("capacity")
    return Candidate(
        source,
        relation,
        target,
        km=_number(values.get("km")),
        cost=_number(values.get("cost")),
        capacity=None if capacity is None else int(capacity),
        title=values.get("title") or _usual_title(relation),
        specialty=values.get("specialty"),
    )


def _position(day: Day, reference: Any, kinds: Sequence[str]) -> int:
    """The node that an id, a code or a name means; raise UnknownIdError for none, and several."""
    kind = kinds[0] if len(kinds) == 1 else None
    return day.index.position(day.net.find(str(reference), kind=kind))


def _is_filled(value: Any) -> bool:
    """Whether a cell holds something: None and NaN are empty."""
    return value is not None and value == value


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _usual_title(relation: str) -> str | None:
    return "attending" if relation == "DISPATCHES" else None


def surely(fact: Fact) -> Mask:
    """Pick who surely has it."""
    return fact.certain


def perhaps(fact: Fact) -> Mask:
    """Pick who has it, or may have it."""
    return fact.possible


def proposed(day: Day, unmet: Sequence[tuple[int, str]], among: Among = surely) -> list[Candidate]:
    """Return candidates for these cells: links to what is at work in the same county.

    Where a county is not known, everything counts as near. `among` picks who counts as a hospital,
    as at work and so on.
    """
    near = _Near(day, among)
    keys = list(
        dict.fromkeys(
            key for facility, duty in unmet for key in _PROPOSALS[duty](day, near, facility)
        )
    )
    sources = np.array([source for source, _, _ in keys], np.int64)
    targets = np.array([target for _, _, target in keys], np.int64)
    distances = near.km(sources, targets).tolist()
    return [
        Candidate(
            source,
            relation,
            target,
            km=None if np.isnan(distance) else round(float(distance), 3),
            title=_usual_title(relation),
            capacity=1 if relation == "RUN_BY" else None,
            aside=aside,
        )
        for (source, relation, target), distance, aside in zip(
            keys, distances, near.aside(sources, targets).tolist(), strict=True
        )
    ]


class _Near:
    """What stands near: hospitals, groups, centres, teams and free stations of a county."""

    def __init__(self, day: Day, among: Among) -> None:
        self.day = day
        self.hospitals = np.flatnonzero(among(day.hospital & day.working))
        self.groups = np.flatnonzero(among(day.group))
        self.teams = np.flatnonzero(among(day.public_health_team & day.at_work))
        self.centres = {
            kind: np.flatnonzero(among(day.centre(kind) & day.at_work)) for kind in CENTRE_KINDS
        }
        free = among(day.station & day.working).copy()
        free[day.links("RUN_BY").source] = False
        self.stations = np.flatnonzero(free)
        self.leads = day.mask(day.links("LEADS").source)
        self._place = self._counties()

    def _counties(self) -> Positions:
        """Return the county of every node.

        That of a group, centre or team by whom it stands with.
        """
        county = self.day.county
        place = county.copy()
        facility, collective, is_lead = self.day.memberships
        place[collective[is_lead]] = county[facility[is_lead]]
        hosts, stationed = self.day.links("HOSTS_CENTRE"), self.day.links("STATIONED_IN")
        place[hosts.target] = county[hosts.source]
        place[stationed.source] = place[stationed.target]
        return place

    def among(self, positions: Positions, to: int) -> list[int]:
        """Return those of `positions` in the county of `to`; where either is not known, all."""
        here, there = self._place[to], self._place[positions]
        near: list[int] = positions[(there == here) | (there == 0) | (here == 0)].tolist()
        return near

    def km(self, one: Positions, other: Positions) -> Floats:
        """Return straight-line km between nodes; NaN where a point is not known.

        A group or centre stands at its lead or host.
        """
        lon, lat = (np.radians(numbers_of(self.day.index, column)) for column in ("lon", "lat"))
        at = self._standing()
        here, there = at[one], at[other]
        across = np.sin((lat[there] - lat[here]) / 2) ** 2
        along = np.sin((lon[there] - lon[here]) / 2) ** 2
        haversine = across + np.cos(lat[here]) * np.cos(lat[there]) * along
        distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(haversine))
        return distance

    def aside(self, one: Positions, other: Positions) -> Floats:
        """Return 0 km between a lead and its group, a metre in a group, 1,000 km to strangers."""
        group, facility = self.day.group_of, self.day.facility.certain
        are_strangers = (group[one] != group[other]) & facility[one] & facility[other]
        km = np.where(self.leads[one] | self.leads[other], 0.0, 0.001)
        return np.where(are_strangers, 1000.0, km)

    def _standing(self) -> Positions:
        at = np.arange(len(self.day))
        facility, collective, is_lead = self.day.memberships
        at[collective[is_lead]] = facility[is_lead]
        hosts = self.day.links("HOSTS_CENTRE")
        at[hosts.target] = hosts.source
        return at


# -- one function for each obligation ------------------------------------------------------------


def _lead(day: Day, near: _Near, facility: int) -> Iterator[Key]:
    groups = near.among(near.groups, facility)
    for group in groups:
        yield facility, "MEMBER_OF", group
    for group in groups:
        if not len(day.leads_of(group)):
            for hospital in near.among(near.hospitals, group):
                yield hospital, "LEADS", group


def _centre(day: Day, near: _Near, facility: int, kind: str) -> Iterator[Key]:
    for centre in near.among(near.centres[kind], facility):
        yield facility, "USES_CENTRE", centre
        for hospital in near.among(near.hospitals, facility):
            yield hospital, "HOSTS_CENTRE", centre


def _team(day: Day, near: _Near, facility: int) -> Iterator[Key]:
    group = int(day.group_of[facility])
    for team in near.among(near.teams, facility):
        yield team, "STATIONED_IN", facility
        if group >= 0:
            yield team, "STATIONED_IN", group


def _recognition(day: Day, near: _Near, facility: int) -> Iterator[Key]:
    group = int(day.group_of[facility])
    if group >= 0:
        yield group, "RECOGNISES_RESULTS", group
    yield from _from_hospital(day, near, facility, "RECOGNISES_RESULTS")


def _stations(day: Day, near: _Near, facility: int) -> Iterator[Key]:
    """Free stations of the township, by the first nine digits of their codes."""
    area = day.index.take("area", np.array([facility]))[0].as_py()
    areas = day.index.take("area", near.stations).to_pylist()
    for station, other in zip(near.stations.tolist(), areas, strict=True):
        if area and other and other[:9] == area[:9]:
            yield station, "RUN_BY", facility


def _up_referral(day: Day, near: _Near, facility: int) -> Iterator[Key]:
    for hospital in near.among(near.hospitals, facility):
        yield facility, "REFERS_UP_TO", hospital


def _from_hospital(day: Day, near: _Near, facility: int, relation: str) -> Iterator[Key]:
    for hospital in near.among(near.hospitals, facility):
        yield hospital, relation, facility


_PROPOSALS: dict[str, Callable[[Day, _Near, int], Iterator[Key]]] = {
    "lead": _lead,
    **{kind: partial(_centre, kind=kind) for kind in CENTRE_KINDS},
    "up_referral": _up_referral,
    "down_referral": partial(_from_hospital, relation="REFERS_DOWN_TO"),
    "physician": partial(_from_hospital, relation="DISPATCHES"),
    "team": _team,
    "telemedicine": partial(_from_hospital, relation="TELEMEDICINE"),
    "recognition": _recognition,
    "stations": _stations,
}
