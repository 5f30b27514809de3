"""Say what is asked of a journey: where it may end, and where to look for that first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import one_of
from medgraph.queries.referrals.routes import Goals
from medgraph.words.say import say
from medgraph.words.vocabularies import LEVELS, SPECIALTIES

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.referrals.legs import Legs, ReferralDay

# Where a journey ends, seen from the group of its start; the place of a word is its code. Unknown:
# nothing says that both ends share a group, and the members of groups are not all listed.
WAYS = ("inside", "alliance", "outside", "unknown")
INSIDE, BY_ALLIANCE, OUTSIDE, IN_DOUBT = range(4)


@dataclass(frozen=True)
class Question:
    """Ask for a journey to `to`, a `specialty` or a `level`; by default to the own group's lead.

    `direction` is up or down; `within_group` keeps to links whose ends share a group.
    """

    to: str | None = None
    specialty: str | None = None
    level: str | None = None
    direction: str = "up"
    within_group: bool = False

    def __post_init__(self) -> None:
        one_of("direction", self.direction, ("up", "down"))
        if self.specialty is not None:
            one_of("specialty", self.specialty, SPECIALTIES)
        if self.level is not None:
            one_of("level", self.level, LEVELS)

    @property
    def is_default(self) -> bool:
        """Whether the lead of the own group is asked for."""
        return self.to is None and self.specialty is None and self.level is None

    def fits(self, day: ReferralDay) -> Fact:
        """Return the facilities at work in which the journey may end."""
        found = day.facility & day.in_service
        if self.specialty is not None:
            found &= day.offers(self.specialty)
        if self.level is not None:
            found &= _of_level(day, self.level)
        if self.to is not None:
            found &= Fact.of(day.mask([self.target(day, self.to)]))
        return found

    def legs(self, day: ReferralDay, direction: str) -> Legs:
        """Return the referral links of a direction that carry the patient asked about."""
        return day.legs(direction, specialty=self.specialty, within_group=self.within_group)

    @staticmethod
    def target(day: ReferralDay, id: str) -> int:
        """Return the position of the facility asked for; raise OptionError where it is none."""
        position = day.index.position(day.net.find(id))
        if not day.any_facility[position]:
            kind = day.index.values("kind")[position].as_py()
            raise OptionError(say("wrong_kind", id=id, found=kind, wanted="Facility"))
        return position

    def stages(self, day: ReferralDay, start: Positions) -> list[tuple[int, Goals]]:
        """Return where to look, best first: the own group, an alliance of it, elsewhere."""
        if self.is_default:
            return [(INSIDE, own_leads(day, start, day.at_work.certain))]
        fits = self.fits(day).certain
        anywhere = (OUTSIDE, Goals(np.flatnonzero(fits)))
        if self.specialty is None or self.to is not None:
            return [anywhere]
        return [
            (INSIDE, in_group(day, start, fits)),
            (BY_ALLIANCE, by_alliance(day, start, fits, self.specialty)),
            anywhere,
        ]


def _of_level(day: ReferralDay, level: str) -> Fact:
    """Return the facilities of a level, `3` meaning every tertiary one."""
    found = day.of_level(*(word for word in LEVELS if word.startswith(level)))
    if level == "3":
        return found | day.tertiary
    return found


def own_leads(day: ReferralDay, start: Positions, able: Mask) -> Goals:
    """Return the leads of the groups of each start, those of a mask."""
    memberships, leads = day.group_memberships, day.leads
    who, at = equi_join(start, memberships.facility)
    pair, led = equi_join(memberships.collective[at], leads.collective)
    goal = leads.facility[led]
    kept = able[goal]
    return Goals.own(who[pair][kept], goal[kept])


def in_group(day: ReferralDay, start: Positions, fits: Mask) -> Goals:
    """Return the facilities of `fits` that share a group with each start."""
    facility, group, _ = day.group_memberships
    mine = fits[facility]
    who, at = equi_join(start, facility)
    pair, other = equi_join(group[at], group[mine])
    return Goals.own(who[pair], facility[mine][other])


def by_alliance(day: ReferralDay, start: Positions, fits: Mask, specialty: str) -> Goals:
    """Return the leads of alliances of that specialty that cooperate with a group of the start."""
    lead, alliance, _ = day.alliance_leads
    mine = fits[lead] & day.for_specialty(alliance, specialty).certain
    cooperations = day.links("COOPERATES_WITH")
    link, at = equi_join(cooperations.source, alliance[mine])
    group, lead = cooperations.target[link], lead[mine][at]
    facility, own_group, _ = day.group_memberships
    who, member = equi_join(start, facility)
    pair, partner = equi_join(own_group[member], group)
    return Goals.own(who[pair], lead[partner])
