"""Which facilities may become a site: surely, perhaps, or not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.chunks import mask_of
from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import frame_of, one_of
from medgraph.queries.columns import numbers_of
from medgraph.queries.coverage.access import types_meant
from medgraph.queries.meant import ids_meant
from medgraph.queries.policy import audit
from medgraph.words.say import say
from medgraph.words.vocabularies import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.day import Day

CAPACITIES = ("beds", "outpatient_slots", "staff", "physicians", "nurses", "gps")
TYPES = ("township_health_centre", "central_township_health_centre")
SUB_CENTRE = "sub_centre"  # the attribute that says it is one
_YES = ("yes", "true")


@dataclass(frozen=True)
class Conditions:
    """What a facility must be to be a candidate.

    Parameters
    ----------
    types
        Its type is one of these, or in one of these sets of types.
    level
        Its level; empty: any.
    least_beds
        It has so many beds; None: any number.
    rule
        It passes this rule, as `PACK/RULE`; empty: none.
    """

    types: Sequence[str] = TYPES
    level: str = ""
    least_beds: float | None = None
    rule: str = ""


@dataclass(frozen=True, eq=False)
class Candidates:
    """The facilities asked about, and which of them may become a site.

    Parameters
    ----------
    day
        The day.
    fixed
        The positions of those that are sites already.
    conditions
        Each condition in words, with whether it holds of each node.
    """

    day: Day
    fixed: Positions
    conditions: Sequence[tuple[str, Fact]]

    @cached_property
    def _is_fixed(self) -> Mask:
        mask = np.zeros(len(self.day), bool)
        mask[self.fixed] = True
        return mask

    @cached_property
    def _holds(self) -> Fact:
        found = self.day.working
        for _, fact in self.conditions:
            found = found & fact
        return found

    @cached_property
    def sure(self) -> Positions:
        """Those that may become a site and those that are, in the order of the network."""
        return np.flatnonzero(self._holds.certain | self._is_fixed)

    @cached_property
    def unsure(self) -> Positions:
        """Those of which too little is stated."""
        return np.flatnonzero(self._holds.unknown & ~self._is_fixed)

    def unknown_rows(self) -> pd.DataFrame:
        """Return a row for each of the unsure, with what is not stated of it."""
        told = [("sites_at_work_unknown", self.day.working), *self.conditions]
        return self._rows(self.unsure, "unknown", [(key, fact.unknown) for key, fact in told])

    def excluded_rows(self) -> pd.DataFrame:
        """Return a row for each facility of the type that fails another condition."""
        _, of_type = self.conditions[0]
        named = self.day.index.is_kind("Facility") & ~self.day.placeholder & of_type.certain
        out = named & ~self._holds.possible & ~self._is_fixed
        told = [("sites_not_at_work", self.day.working), *self.conditions[1:]]
        return self._rows(
            np.flatnonzero(out), "excluded", [(key, ~fact.possible) for key, fact in told]
        )

    def _rows(
        self, where: Positions, status: str, reasons: Sequence[tuple[str, Mask]]
    ) -> pd.DataFrame:
        rows = [
            {
                "facility": self.day.id(at),
                "name": self.day.name(at),
                "chosen": False,
                "status": status,
                "reason": next((say(key) for key, mask in reasons if mask[at]), ""),
            }
            for at in where.tolist()
        ]
        return frame_of(rows, ("facility", "name", "chosen", "status", "reason"))


def candidates(day: Day, asked: Conditions, fixed: Sequence[str]) -> Candidates:
    """Return who may become a site; who states to be a sub-centre is one, as are the `fixed`."""
    conditions = [("sites_type_unknown", day.of_type(*types_meant(asked.types)))]
    if asked.level:
        one_of("facility_level", asked.level, LEVELS)
        levels = [word for word in LEVELS if word.startswith(asked.level)]
        conditions.append(("sites_level", day.of_level(*levels)))
    if asked.least_beds is not None:
        beds = numbers_of(day.index, "beds")
        enough = Fact.of(beds >= asked.least_beds, unknown=np.isnan(beds))
        conditions.append(("sites_beds", enough))
    if asked.rule:
        conditions.append(("sites_rule", _passing(day, asked.rule)))
    return Candidates(day, _fixed(day, fixed), conditions)


def _fixed(day: Day, stated: Sequence[str]) -> Positions:
    """Return the positions of those named as fixed, and of those that are sub-centres already."""
    meant = ids_meant(day, stated, "Facility")
    strangers = [text for text in stated if text not in meant]
    if strangers:
        raise OptionError(say("sites_fixed_unknown", names=say("list_comma").join(strangers)))
    named = np.zeros(len(day), bool)
    named[day.index.positions(list(meant.values()))] = True
    if not day.working.possible[named].all():
        raise OptionError(say("sites_fixed_not_at_work", names=_names(day, named)))
    existing = pc.is_in(day.index.values(SUB_CENTRE).cast(pa.string()), pa.array(_YES))
    return np.flatnonzero(named | (mask_of(existing) & day.working.certain))


def _names(day: Day, named: Mask) -> str:
    idle = np.flatnonzero(named & ~day.working.possible)
    return say("list_comma").join(day.name(at) for at in idle.tolist())


def _passing(day: Day, rule: str) -> Fact:
    """Return which facilities pass a rule of a pack; unknown is whoever it does not judge."""
    pack, _, name = rule.rpartition("/")
    if not pack:
        raise OptionError(say("sites_bad_rule", rule=rule))
    found = audit(day.net, pack, as_of=day.date, select=[name]).findings
    states = dict(zip(found["subject"], found["verdict"], strict=True))
    verdicts = np.array([states.get(id) for id in day.index.ids.to_pylist()], object)
    judged = day.index.is_kind("Facility") & np.isin(verdicts, ["PASS", "FAIL", "NO_DATA"])
    if not judged.any():
        raise OptionError(say("sites_rule_not_of_facilities", rule=rule))
    return Fact.of(verdicts == "PASS", unknown=verdicts != "FAIL")


def capacities(day: Day, column: str, people_per: float, sites: Positions) -> Floats:
    """Return how many people each site can serve; NaN where that is not stated."""
    one_of("capacity", column, CAPACITIES)
    return numbers_of(day.index, column)[sites] * people_per
