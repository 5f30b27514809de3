"""The legs of a patient's journey: the referral links of a day, up and down, and their flaws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.made_ids import SIGN
from medgraph.graphmodel.states import Fact
from medgraph.queries.columns import sentences
from medgraph.words.say import say
from medgraph.words.vocabularies import SPECIALTIES

if TYPE_CHECKING:
    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions, States

LEGAL, SKIPS_LEVEL, TO_CLOSED, OUT_OF_GROUP = range(4)


@dataclass(frozen=True)
class Legs:
    """Referral links as aligned arrays that all point up: `lower` and `upper` are positions.

    `minutes` is NaN where none are stated (or they are negative); `row` is the row in the link
    table; `flaw` says why a link is no legal leg (LEGAL, SKIPS_LEVEL, TO_CLOSED, OUT_OF_GROUP), and
    `perhaps` where it may be one all the same.
    """

    lower: Positions
    upper: Positions
    minutes: Floats
    row: Positions
    flaw: States
    perhaps: Mask

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
            self.perhaps[mask],
        )

    @property
    def legal(self) -> Legs:
        """The links that surely have no flaw."""
        return self.where(self.flaw == LEGAL)

    @property
    def possible(self) -> Legs:
        """The links that have no flaw, or may have none."""
        return self.where((self.flaw == LEGAL) | self.perhaps)

    def of_parallel_the_quickest(self) -> Legs:
        """Return one link of those that join the same two places alike: that of least minutes.

        One that states none comes after all that do; of equals the first stated is kept.
        """
        width = np.int64(self.upper.max(initial=0) + 1)
        pairs = self.lower.astype(np.int64) * width + self.upper
        pairs = pairs * 8 + self.flaw * 2 + self.perhaps
        order = np.lexsort((self.minutes, pairs))  # NaN sorts last; the sort is stable
        repeats = pairs[order[1:]] == pairs[order[:-1]]
        kept = np.ones(len(self), bool)
        kept[order[1:][repeats]] = False
        return self.where(kept)

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
            np.concatenate([self.perhaps, other.perhaps]),
        )


class ReferralDay(Day):
    """See a network on a day as the referral questions do: its facts and its legal legs.

    A facility that is planned without an opening day counts as not at work, as in every question
    (docs/coverage.md).
    """

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

    @cached_property
    def membership_known(self) -> Mask:
        """Facilities of which all groups are listed that they belong to."""
        return self.declared("MEMBER_OF", for_=np.arange(len(self)))

    @cached_property
    def leads_known(self) -> bool:
        """Whether everybody is listed who leads a group."""
        return self.declared_whole("LEADS")

    @cached_property
    def alliances_known(self) -> bool:
        """Whether everybody is listed who leads an alliance, and with whom it cooperates."""
        return self._alliance_leads_known and self.declared_whole("COOPERATES_WITH")

    @cached_property
    def may_lead_alliance(self) -> Mask:
        """Facilities that may lead an alliance of which nobody lists the lead."""
        return self._who_may_lead(known=self._alliance_leads_known)

    @cached_property
    def _alliance_leads_known(self) -> bool:
        """Whether everybody is listed who leads an alliance: lists by group say nothing of them."""
        return self.leads_known and self.declared_table("links.LEADS")

    def _who_may_lead(self, *, known: bool) -> Mask:
        """Who may lead though nobody says so; nobody where all leads are known."""
        return np.zeros(len(self), bool) if known else self.no_small_facility

    def in_one_group(self, one: Positions, other: Positions) -> Fact:
        """Return of each pair whether both facilities belong to one group, or lead it.

        Unknown is where nothing says so, and the members of some group are not all listed, or
        either may lead one whose lead is not.
        """
        open_lists = np.full(len(one), not self.declared_whole("MEMBER_OF"))
        may_lead = self._who_may_lead(known=self.leads_known)
        perhaps = open_lists | may_lead[one] | may_lead[other]
        return Fact.of(self.same_group(one, other), unknown=perhaps)

    # -- specialties -----------------------------------------------------------------------------

    def offers(self, specialty: str) -> Fact:
        """Return the facilities that have a specialty, and the leads of alliances for it.

        Unknown is who may have it, or may lead such an alliance, though nothing says so.
        """
        leads, own = self.alliance_leads, self.has_specialty(specialty)
        meant = self.for_specialty(leads.collective, specialty)
        leading = self.mask(leads.facility[meant.certain])
        perhaps = self.mask(leads.facility[meant.unknown])
        perhaps |= self.may_lead_alliance
        found = own | Fact.of(leading, unknown=perhaps)
        return Fact.of(found.certain & ~self.placeholder, unknown=found.unknown)

    def for_specialty(self, alliances: Positions, specialty: str) -> Fact:
        """Return which of these alliances are of a specialty; one may be that states none."""
        stated = self.index.take("specialty", alliances)
        known = pc.is_in(stated, value_set=pa.array(SPECIALTIES))
        return Fact.of(
            self.index.has("specialty", specialty)[alliances],
            unknown=pc.invert(known).to_numpy(zero_copy_only=False),
        )

    # -- legs ------------------------------------------------------------------------------------

    def legs(
        self, direction: str, *, specialty: str | None = None, within_group: bool = False
    ) -> Legs:
        """Return the referral links of a direction, pointing up, that carry the patient asked
        about.

        A link with a specialty carries only that specialty; to them come the cooperations (see
        `cooperations`). `within_group` keeps links whose ends share a group.
        """
        key = direction, specialty, within_group
        if key not in self._legs:
            relation = "REFERS_UP_TO" if direction == "up" else "REFERS_DOWN_TO"
            every_leg = self._referrals(relation, specialty).plus(self.cooperations(specialty))
            legs = every_leg.of_parallel_the_quickest()
            self._legs[key] = self._within_group(legs) if within_group else legs
        return self._legs[key]

    @cached_property
    def _legs(self) -> dict[tuple[str, str | None, bool], Legs]:
        """The legs that were asked for so far."""
        return {}

    def _within_group(self, legs: Legs) -> Legs:
        """Return the legs whose ends share a group, and may, with those that may not as flawed."""
        shared = self.in_one_group(legs.lower, legs.upper)
        flaw = np.where((legs.flaw == LEGAL) & ~shared.certain, OUT_OF_GROUP, legs.flaw)
        perhaps = (legs.flaw == LEGAL) | legs.perhaps
        own = replace(legs, flaw=flaw.astype(np.int8), perhaps=perhaps & (flaw != LEGAL))
        return own.where(shared.possible)

    def _referrals(self, relation: str, specialty: str | None) -> Legs:
        links, up = self.links(relation), relation == "REFERS_UP_TO"
        lower, upper = (links.source, links.target) if up else (links.target, links.source)
        flaw, perhaps = self.flaws(links.source, links.target, up=up)
        legs = Legs(lower, upper, self.minutes(links.row), links.row, flaw, perhaps)
        stated = self.link_values("specialty", links.row)
        if stated.null_count == len(stated):
            return legs
        if specialty is None:
            return legs.where(stated.is_null().to_numpy(zero_copy_only=False))
        fits = pc.fill_null(pc.equal(stated, specialty), True)
        return legs.where(fits.to_numpy(zero_copy_only=False))

    def flaws(self, source: Positions, target: Positions, *, up: bool) -> tuple[States, Mask]:
        """Return why each link is no legal leg, and a mask over them: it may be one all the same.

        It skips the township, from a station to a lead or a tertiary hospital, or an end is not at
        work. Whose status or days nobody could read leaves it open.
        """
        able = self.in_service.at(source) & self.in_service.at(target)
        skipped = (self.leading | self.tertiary).at(target)
        legal = able & ~(self.station.at(source) & skipped) if up else able
        flaw = np.where(able.certain, SKIPS_LEVEL, TO_CLOSED).astype(np.int8)
        flaw[legal.certain] = LEGAL
        return flaw, legal.unknown

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
        flaw, perhaps = self.flaws(lower, upper, up=True)
        return Legs(lower, upper, self.minutes(row), row, flaw, perhaps)

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
        mine = self.for_specialty(leads.collective, specialty).certain
        link, at = equi_join(links.source, leads.collective[mine])
        return (
            np.concatenate([partner, leads.facility[mine][at]]),
            np.concatenate([group, links.target[link]]),
            np.concatenate([row, links.row[link]]),
        )

    def may_have_more_legs(self, direction: str, specialty: str | None) -> Mask:
        """Return a mask: nodes from which legs of a direction may lead on that nobody lists."""
        relation = "REFERS_UP_TO" if direction == "up" else "REFERS_DOWN_TO"
        found: Mask = ~self.declared(relation, for_=np.arange(len(self)))
        if not self._cooperations_known(specialty):
            found = found | self.leading.possible
        return found

    def _cooperations_known(self, specialty: str | None) -> bool:
        if not self.alliances_known:
            return False
        if specialty is None:
            return True
        partners = self.links("COOPERATES_WITH").source
        alliances = partners[self.alliance.possible[partners]]
        return not self.for_specialty(alliances, specialty).unknown.any()

    # -- words -----------------------------------------------------------------------------------

    def texts(self, column: str, positions: Positions) -> Texts:
        """Return ids or names for these positions; null where a position is -1."""
        positions = np.asarray(positions)
        if column == "id":
            return self.index.ids.take(pa.array(positions, mask=positions < 0))
        return self.index.take(column, positions)

    def titles(self, positions: Positions) -> Texts:
        """Return nodes as people read them, like `title`; null where a position is -1."""
        if not len(positions):
            return pa.array([], pa.string())
        ids = self.texts("id", positions)
        name = pc.coalesce(self.texts("name", positions), ids)
        said = sentences("node_title", len(positions), name=name, id=ids)
        told = pc.if_else(pc.is_valid(ids), said, pa.scalar(None, pa.string()))
        made = np.flatnonzero(pc.fill_null(pc.match_substring(ids, SIGN), False))
        if not len(made):
            return told
        texts = np.array(told, dtype=object)
        texts[made] = [self.title(int(positions[at])) for at in made]
        return pa.array(texts, pa.string())

    def absence(self, relation: str) -> str:
        """Say that the links of `relation` are not declared complete."""
        return say("referral.undeclared", relation=relation)
