"""The links that a repair may add: those a user states, or those proposed from what is near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import ChangeError, OptionError, UnknownIdError
from medgraph.graphmodel import schema
from medgraph.graphmodel.day import Day
from medgraph.queries.sharing.obligations import CENTRE_KINDS
from medgraph.words.say import say
from medgraph.words.vocabularies import RELATIONS

if TYPE_CHECKING:
    import pandas as pd

EARTH_RADIUS_KM = 6371.0088
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
    aside: float = 0.0  # km added where links are counted: who leads comes before members, members before strangers

    @property
    def key(self) -> tuple[int, str, int]:
        return self.source, self.relation, self.target

    @property
    def provider(self) -> int:
        return self.source if self.relation in _PROVIDES_AT_SOURCE else self.target


def stated(day: Day, rows: pd.DataFrame) -> list[Candidate]:
    """Return the candidates of a frame; raise OptionError, UnknownIdError or ChangeError for a row that cannot be."""
    lacking = {"source", "relation", "target"} - set(rows.columns)
    if lacking:
        raise OptionError(say("candidates_lacking", columns=", ".join(sorted(lacking))))
    found: dict[tuple, Candidate] = {}
    for row in rows.to_dict("records"):  # of the same link stated twice, the cheaper
        candidate = _stated(day, row)
        both = (found.get(candidate.key, candidate), candidate)
        found[candidate.key] = min(both, key=lambda c: (c.cost or 0, c.km or 0))
    return list(found.values())


def _stated(day: Day, row: dict[str, Any]) -> Candidate:
    relation = row["relation"]
    if relation not in RELATIONS:
        raise OptionError(
            say("not_one_of", what="relation", value=relation, allowed=", ".join(RELATIONS))
        )
    ends = [day.index.position(str(row[end])) for end in ("source", "target")]
    for end, position in zip(("source", "target"), ends, strict=True):
        if position < 0:
            raise UnknownIdError(say("unknown_id", value=row[end]))
    kinds = day.index.take("kind", ends).to_pylist()
    if any(kind not in allowed for kind, allowed in zip(kinds, schema.ENDS[relation], strict=True)):
        raise ChangeError(say("wrong_ends", relation=relation, source=kinds[0], target=kinds[1]))
    values = {k: v for k, v in row.items() if isinstance(v, str) or (v is not None and v == v)}
    capacity = values.get("capacity")
    title = values.get("title") or ("attending" if relation == "DISPATCHES" else None)
    return Candidate(
        ends[0],
        relation,
        ends[1],
        km=_number(values.get("km")),
        cost=_number(values.get("cost")),
        capacity=None if capacity is None else int(capacity),
        title=title,
        specialty=values.get("specialty"),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def proposed(day: Day, unmet: list[tuple[int, str]]) -> list[Candidate]:
    """Return candidates for these cells: links to what is at work in the same county (unknown: anywhere)."""
    near = _Near(day)
    found = dict.fromkeys(key for f, name in unmet for key in _for_cell(day, near, f, name))
    keys = list(found)
    km = near.km(np.array([k[0] for k in keys], np.int64), np.array([k[2] for k in keys], np.int64))
    return [
        Candidate(
            *key,
            km=None if distance != distance else round(float(distance), 3),
            cost=None,
            title="attending" if key[1] == "DISPATCHES" else None,
            capacity=1 if key[1] == "RUN_BY" else None,
            aside=near.aside(key[0], key[2]),
        )
        for key, distance in zip(keys, km.tolist(), strict=True)
    ]


class _Near:
    """What stands near: hospitals, groups, centres, teams and free stations of a county."""

    def __init__(self, day: Day) -> None:
        self.day = day
        work = day.working.certain
        self.county = day.county
        self.hospitals = np.flatnonzero(work & day.hospital.certain)
        self.groups = np.flatnonzero(day.group.certain)
        self.teams = np.flatnonzero((day.public_health_team & day.at_work).certain)
        self.centres = {
            kind: np.flatnonzero((day.centre(kind) & day.at_work).certain)
            for kind in (*CENTRE_KINDS, "telemedicine")
        }
        run = day.links("RUN_BY").source
        free = work & day.station.certain
        free[run] = False
        self.stations = np.flatnonzero(free)
        self.place = self._collective_counties()
        self.leads = set(day.links("LEADS").source.tolist())

    def _collective_counties(self) -> np.ndarray:
        """The county of every node; that of a group, centre or team by its lead, host or group."""
        place = self.county.copy()
        facility, collective, lead = self.day.memberships
        place[collective[lead]] = self.county[facility[lead]]
        hosts, stationed = self.day.links("HOSTS_CENTRE"), self.day.links("STATIONED_IN")
        place[hosts.target] = self.county[hosts.source]
        place[stationed.source] = place[stationed.target]
        return place

    def among(self, positions: np.ndarray, to: int) -> list[int]:
        """Those of `positions` in the county of `to`; where either is not known, all."""
        here, there = self.place[to], self.place[positions]
        return positions[(there == here) | (there == 0) | (here == 0)].tolist()

    def km(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Straight-line km between facilities, a group, centre or team standing at its lead; nan: not known."""
        lon, lat = (np.radians(_floats(self.day, column)) for column in ("lon", "lat"))
        at = self._standing()
        a, b = at[one], at[other]
        hav = (
            np.sin((lat[b] - lat[a]) / 2) ** 2
            + np.cos(lat[a]) * np.cos(lat[b]) * np.sin((lon[b] - lon[a]) / 2) ** 2
        )
        return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(hav))

    def aside(self, one: int, other: int) -> float:
        """0 between a lead and its group, a metre inside a group, 1,000 km to those of another group or none."""
        groups = self.day.group_of[[one, other]]
        if groups[0] != groups[1] and (self.day.facility.certain[[one, other]]).all():
            return 1000.0
        return 0.0 if one in self.leads or other in self.leads else 0.001

    def _standing(self) -> np.ndarray:
        at = np.arange(len(self.day.index))
        facility, collective, lead = self.day.memberships
        at[collective[lead]] = facility[lead]
        hosts = self.day.links("HOSTS_CENTRE")
        at[hosts.target] = hosts.source
        return at


def _floats(day: Day, column: str) -> np.ndarray:
    return pc.fill_null(day.index.values(column).cast(pa.float64()), np.nan).to_numpy(
        zero_copy_only=False
    )


def _for_cell(day: Day, near: _Near, f: int, name: str) -> Iterator[tuple[int, str, int]]:
    if name in CENTRE_KINDS:
        yield from _for_centre(near, f, name)
    elif name == "lead":
        yield from ((f, "MEMBER_OF", g) for g in near.among(near.groups, f))
        yield from (
            (h, "LEADS", g)
            for g in near.among(near.groups, f)
            if not len(day.leads_of(g))
            for h in near.among(near.hospitals, g)
        )
    elif name == "team":
        group = int(day.group_of[f])
        for team in near.among(near.teams, f):
            yield team, "STATIONED_IN", f
            if group >= 0:
                yield team, "STATIONED_IN", group
    elif name == "recognition":
        group = int(day.group_of[f])
        if group >= 0:
            yield group, "RECOGNISES_RESULTS", group
        yield from ((h, "RECOGNISES_RESULTS", f) for h in near.among(near.hospitals, f))
    elif name == "stations":
        area = day.index.take("area", [f])[0].as_py()
        areas = day.index.take("area", near.stations).to_pylist()
        yield from (
            (s, "RUN_BY", f)
            for s, a in zip(near.stations.tolist(), areas, strict=True)
            if area and a and a[:9] == area[:9]
        )
    else:
        yield from _for_hospital(near, f, name)


def _for_centre(near: _Near, f: int, name: str) -> Iterator[tuple[int, str, int]]:
    for centre in near.among(near.centres[name], f):
        yield f, "USES_CENTRE", centre
        yield from ((h, "HOSTS_CENTRE", centre) for h in near.among(near.hospitals, f))


def _for_hospital(near: _Near, f: int, name: str) -> Iterator[tuple[int, str, int]]:
    for hospital in near.among(near.hospitals, f):
        if name == "up_referral":
            yield f, "REFERS_UP_TO", hospital
        elif name == "down_referral":
            yield hospital, "REFERS_DOWN_TO", f
        elif name == "physician":
            yield hospital, "DISPATCHES", f
        elif name == "telemedicine":
            yield hospital, "TELEMEDICINE", f
