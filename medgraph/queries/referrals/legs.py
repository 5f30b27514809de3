"""The legs of a patient's journey: the referral links of a day, up and down, and their flaws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.day import Day
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions, States

LEGAL, SKIPS_LEVEL, TO_CLOSED = 0, 1, 2


@dataclass(frozen=True)
class Legs:
    """Referral links as aligned arrays that all point up: `lower` and `upper` are positions.

    `minutes` is NaN where none are stated (or they are negative); `row` is the row in the link
    table; `flaw` says why a link is no legal leg (LEGAL, SKIPS_LEVEL, TO_CLOSED).
    """

    lower: Positions
    upper: Positions
    minutes: Floats
    row: Positions
    flaw: States

    def __len__(self) -> int:
        """Return how many links there are."""
        return len(self.row)

    def where(self, mask: Mask) -> Legs:
        """Return the links of a mask; all of them are the same object."""
        if mask.all():
            return self
        return Legs(
            self.lower[mask],
            self.upper[mask],
            self.minutes[mask],
            self.row[mask],
            self.flaw[mask],
        )

    @property
    def legal(self) -> Legs:
        """The links without a flaw."""
        return self.where(self.flaw == LEGAL)

    def plus(self, other: Legs) -> Legs:
        """Return the links of both, those of `other` last."""
        if not len(other):
            return self
        return Legs(
            np.concatenate([self.lower, other.lower]),
            np.concatenate([self.upper, other.upper]),
            np.concatenate([self.minutes, other.minutes]),
            np.concatenate([self.row, other.row]),
            np.concatenate([self.flaw, other.flaw]),
        )


class ReferralDay(Day):
    """See a network on a day as the referral questions do: its facts and its legal legs."""

    @cached_property
    def any_facility(self) -> Mask:
        """Facilities on whatever day, classes included."""
        return self.index.is_kind("Facility")

    @cached_property
    def asked(self) -> Mask:
        """Facilities of that day, classes included, closed and planned ones too."""
        found: Mask = self.any_facility & self.exists
        return found

    @cached_property
    def townships(self) -> tuple[Positions, Mask]:
        """Areas that are or may be of township level, quasi units among them, and a mask over them:
        whose level is not known.
        """
        areas, level_unknown = self.areas("township")
        here = self.exists[areas]
        return areas[here], level_unknown[here]

    @cached_property
    def is_lead(self) -> Mask:
        """Leads of a group that lasts on the day."""
        return self.mask(self.leads.facility)

    @cached_property
    def is_member(self) -> Mask:
        """Members of a group that lasts on the day, its lead among them."""
        return self.mask(self.group_memberships.facility)

    @cached_property
    def below_hospital(self) -> Mask:
        """Primary facilities, stations and outpatient clinics, none of which leads a group."""
        small = self.primary | self.station | self.of_type("outpatient_clinic")
        found: Mask = small.certain & ~self.is_lead
        return found

    # -- specialties -----------------------------------------------------------------------------

    def offers(self, specialty: str) -> Mask:
        """Return a mask: facilities that have a specialty, and the leads of alliances for it."""
        found = self.has_specialty(specialty).certain.copy()
        leads = self.alliance_leads
        found[leads.facility[self.for_specialty(leads.collective, specialty)]] = True
        return found & ~self.placeholder

    def may_offer(self, specialty: str) -> Mask:
        """Return a mask: facilities that may have a specialty, though nothing says so."""
        return self.has_specialty(specialty).unknown

    def for_specialty(self, alliances: Positions, specialty: str) -> Mask:
        """Return a mask over these alliances: those of a specialty."""
        found: Mask = self.index.has("specialty", specialty)[alliances]
        return found

    # -- legs ------------------------------------------------------------------------------------

    def legs(
        self, direction: str, *, specialty: str | None = None, within_group: bool = False
    ) -> Legs:
        """Return the referral links of a direction, pointing up, that carry the patient asked
        about.

        A link with a specialty carries only that specialty; to them come the cooperations (see
        `cooperations`). `within_group` keeps links whose ends share a group.
        """
        relation = "REFERS_UP_TO" if direction == "up" else "REFERS_DOWN_TO"
        legs = self._referrals(relation, specialty).plus(self.cooperations(specialty))
        if within_group:
            return legs.where(self.same_group(legs.lower, legs.upper))
        return legs

    def _referrals(self, relation: str, specialty: str | None) -> Legs:
        links, up = self.links(relation), relation == "REFERS_UP_TO"
        lower, upper = (links.source, links.target) if up else (links.target, links.source)
        flaws = self.flaws(links.source, links.target, up=up)
        legs = Legs(lower, upper, self.minutes(links.row), links.row, flaws)
        stated = self.link_values("specialty", links.row)
        if stated.null_count == len(stated):
            return legs
        if specialty is None:
            return legs.where(stated.is_null().to_numpy(zero_copy_only=False))
        fits = pc.fill_null(pc.equal(stated, specialty), True)
        return legs.where(fits.to_numpy(zero_copy_only=False))

    def flaws(self, source: Positions, target: Positions, *, up: bool) -> States:
        """Return why each link is no legal leg: it skips the township, or an end is not at work."""
        flaw = np.zeros(len(source), np.int8)
        if up:
            skipped = self.is_lead | self.tertiary.certain
            flaw[self.station.certain[source] & skipped[target]] = SKIPS_LEVEL
        at_work = self.at_work.certain
        flaw[~(at_work[source] & at_work[target])] = TO_CLOSED
        return flaw

    def cooperations(self, specialty: str | None) -> Legs:
        """Return the legs that a close cooperation with a group opens, both ways, to the group's
        lead.

        From the lead of a group to a facility that cooperates with the group (a regional centre),
        and, for a specialty, to the lead of an alliance of that specialty that does.
        """
        partner, group, row = self._partners(specialty)
        link, at = equi_join(group, self.leads.collective)
        lower, upper, row = self.leads.facility[at], partner[link], row[link]
        real = lower != upper
        lower, upper, row = lower[real], upper[real], row[real]
        flaws = self.flaws(lower, upper, up=True)
        return Legs(lower, upper, self.minutes(row), row, flaws)

    def _partners(self, specialty: str | None) -> tuple[Positions, Positions, Positions]:
        """Who cooperates with which group, by which row: facilities, then leads of alliances of the
        specialty.
        """
        links = self.links("COOPERATES_WITH")
        direct = self.any_facility[links.source]
        direct &= self.group.certain[links.target]
        partner, group, row = links.source[direct], links.target[direct], links.row[direct]
        if specialty is None:
            return partner, group, row
        leads = self.alliance_leads
        mine = self.for_specialty(leads.collective, specialty)
        link, at = equi_join(links.source, leads.collective[mine])
        return (
            np.concatenate([partner, leads.facility[mine][at]]),
            np.concatenate([group, links.target[link]]),
            np.concatenate([row, links.row[link]]),
        )

    def reach_doubt(self, relation: str, legs: Legs) -> Mask:
        """Return a mask: nodes from which the legs lead to one whose links of `relation` may be
        more.

        A node that is not in it is known to have no other way than the legs that are there.
        """
        every = np.arange(len(self))
        doubt = ~self.declared(relation, for_=every)
        if doubt.all() or not doubt.any():
            return doubt
        while True:
            reached = legs.lower[doubt[legs.upper] & ~doubt[legs.lower]]
            if not len(reached):
                return doubt
            doubt[reached] = True

    # -- words -----------------------------------------------------------------------------------

    def texts(self, column: str, positions: Positions) -> Texts:
        """Return ids or names for these positions; null where a position is -1."""
        positions = np.asarray(positions)
        if column == "id":
            return self.index.ids.take(pa.array(positions, mask=positions < 0))
        return self.index.take(column, positions)

    def absence(self, relation: str) -> str:
        """Say that the links of `relation` are not declared complete."""
        return say("referral.undeclared", relation=relation)
