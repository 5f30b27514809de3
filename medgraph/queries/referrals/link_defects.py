"""Check referral links one by one: each by itself, and whether a link leads back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import semi_join
from medgraph.graphmodel.arrays.matrices import compiled
from medgraph.graphmodel.arrays.paths import strong_parts
from medgraph.graphmodel.states import Fact
from medgraph.queries.referrals.legs import SKIPS_LEVEL, ReferralDay
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions

Row: TypeAlias = dict[str, Any]
"""A row of an answer before it becomes a frame."""

OPPOSITE = {"REFERS_UP_TO": "REFERS_DOWN_TO", "REFERS_DOWN_TO": "REFERS_UP_TO"}
_WITHOUT_RETURN = {"REFERS_UP_TO": "up_without_down", "REFERS_DOWN_TO": "down_without_up"}


@dataclass(frozen=True)
class Checked:
    """Hold what a kind of check came to: how many were made, how many found a defect, the rows.

    A subject with several defects has a row for each, and is counted as faulty once.
    """

    total: int
    faulty: int
    found: list[Row]
    unknown: list[Row]
    excluded: list[Row]


def ends(day: ReferralDay, source: int, target: int | None = None) -> Row:
    """Return the columns that name one or both ends."""
    row = {"source": day.id(source), "source_name": day.name(source)}
    if target is None:
        return row
    return row | {"target": day.id(target), "target_name": day.name(target)}


def _record(day: ReferralDay, row: int) -> Row:
    """Return what is stated of where a link comes from."""
    columns = ("basis", "document", "clause")
    return {column: day.link_column(column, [row])[0] for column in columns}


# -- each link by itself -----------------------------------------------------------------------


def check_links(day: ReferralDay, relation: str, asymmetry: float) -> Checked:
    """Check each link of a relation by itself."""
    return _Links(day, relation).checked(asymmetry)


class _Links:
    """The links of a relation on the day, with what is wrong with each."""

    def __init__(self, day: ReferralDay, relation: str) -> None:
        links = day.links(relation)
        self.day, self.relation = day, relation
        self.source, self.target, self.row = links.source, links.target, links.row
        self.minutes = day.minutes(self.row)
        self.working: Mask = day.at_work.certain[self.source] & day.at_work.certain[self.target]

    def checked(self, asymmetry: float) -> Checked:
        """Return every defect of every link, and what may be one."""
        flaw, perhaps = self.day.flaws(self.source, self.target, up=self.relation == "REFERS_UP_TO")
        skips = flaw == SKIPS_LEVEL
        defects = {
            "level_skip": Fact.of(skips & ~perhaps, unknown=skips),
            "closed": Fact.of(~self.working),
            "loop": Fact.of(self._loops()),
            "out_of_group": self._strangers(),
            "lacks_specialty": self._unable(),
        }
        if self.relation == "REFERS_UP_TO":
            defects["asymmetric_minutes"] = Fact.of(self._asymmetric(asymmetry))
        faulty: Mask = np.logical_or.reduce([defect.certain for defect in defects.values()])
        return Checked(
            total=len(self.row),
            faulty=int(faulty.sum()),
            found=self._found(defects),
            unknown=self._unknown(defects, faulty),
            excluded=[],
        )

    def _found(self, defects: dict[str, Fact]) -> list[Row]:
        return [
            self._defect(i, kind)
            for kind, defect in defects.items()
            for i in np.flatnonzero(defect.certain).tolist()
        ]

    def _unknown(self, defects: dict[str, Fact], faulty: Mask) -> list[Row]:
        """One row for each link without a sure defect that may have one, and why."""
        first: dict[int, str] = {}
        for kind, defect in defects.items():
            for i in np.flatnonzero(defect.unknown & ~faulty).tolist():
                first.setdefault(i, kind)
        return [
            self._defect(i, kind) | {"status": "unknown", "reason": self._doubt(i, kind)}
            for i, kind in sorted(first.items())
        ]

    def _doubt(self, i: int, kind: str) -> str:
        """Say what is not known, so that a link may or may not have a defect of this kind."""
        if kind == "out_of_group":
            return self.day.absence(self._open_list(i))
        at = self.day.title(int(self.target[i]))
        if kind == "lacks_specialty":
            return say("referral.specialties_unstated", at=at)
        source = self.day.title(int(self.source[i]))
        return say("referral.perhaps_level_skip", source=source, target=at)

    def _open_list(self, i: int) -> str:
        """Name the list that leaves open whether the ends of a link share a group."""
        ends_of = [self.source[i], self.target[i]]
        return "LEADS" if self.day.membership_known[ends_of].all() else "MEMBER_OF"

    def _defect(self, i: int, kind: str) -> Row:
        day, row, minutes = self.day, int(self.row[i]), float(self.minutes[i])
        source, target = int(self.source[i]), int(self.target[i])
        specialty = day.link_column("specialty", [row])[0]
        words = {
            "source": day.title(source),
            "target": day.title(target),
            "specialty": label("specialty", specialty, language()),
        }
        verdict = {
            "relation": self.relation,
            "status": kind,
            "reason": say(f"referral.link_{kind}", **words),
            "fix": say(f"referral.fix_{kind}", **words),
            "minutes": None if np.isnan(minutes) else minutes,
        }
        return ends(day, source, target) | verdict | _record(day, row)

    def _loops(self) -> Mask:
        """Links inside a strongly connected part of the links of one direction."""
        source, target = self.source[self.working], self.target[self.working]
        each = np.ones(len(source), np.int8)
        part = strong_parts(compiled(source, target, each, len(self.day), least=True))
        found: Mask = self.working & (part[self.source] == part[self.target])
        return found

    def _strangers(self) -> Fact:
        """Links between facilities that share no group; unknown where they may share one.

        The leads of alliances and the regional centres may be referred to from every group.
        """
        day = self.day
        leads = Fact.of(day.mask(day.alliance_leads.facility), unknown=day.may_lead_alliance)
        open_to_all = day.of_type("national_regional_medical_centre") | leads
        apart = ~day.in_one_group(self.source, self.target)
        alone = ~(open_to_all.at(self.source) | open_to_all.at(self.target))
        return apart & alone & Fact.of(self.working)

    def _unable(self) -> Fact:
        """Links for a specialty that the receiver lacks; unknown where it does not state its own.

        On the way down, back home, nobody needs to offer the specialty.
        """
        found = Fact.of(np.zeros(len(self.row), bool))
        if self.relation == "REFERS_DOWN_TO":
            return found
        specialty = self.day.link_values("specialty", self.row)
        for word in pc.unique(specialty).drop_null().to_pylist():
            carries = pc.fill_null(pc.equal(specialty, word), False)
            own = Fact.of(carries.to_numpy(zero_copy_only=False))
            found |= own & ~self.day.offers(word).at(self.target)
        return found

    def _asymmetric(self, factor: float) -> Mask:
        """Links that take `factor` times as long as the way back, or the other way round."""
        back = self._minutes_back()
        longer, shorter = np.fmax(self.minutes, back), np.fmin(self.minutes, back)
        both = np.isfinite(self.minutes) & np.isfinite(back)
        found: Mask = both & (longer >= factor * shorter) & (longer > shorter)
        return found

    def _minutes_back(self) -> Floats:
        """The minutes of the quickest link back between the ends of each; NaN where none is."""
        size = len(self.day)
        links = self.day.links(OPPOSITE[self.relation])
        minutes = self.day.minutes(links.row)
        pairs = links.target.astype(np.int64) * size + links.source
        quickest_first = np.lexsort((minutes, pairs))
        pairs, minutes = pairs[quickest_first], minutes[quickest_first]
        asked = self.source.astype(np.int64) * size + self.target
        known = semi_join(asked, pairs)
        back = np.full(len(self.row), np.nan)
        back[known] = minutes[np.searchsorted(pairs, asked[known])]
        return back


# -- whether a link leads back -----------------------------------------------------------------


def check_returns(day: ReferralDay, relation: str) -> Checked:
    """Check for each link of a relation that one leads back, general or of its specialty."""
    links, opposite = day.links(relation), OPPOSITE[relation]
    missing = np.flatnonzero(~_has_return(day, relation))
    source, target = links.source[missing], links.target[missing]
    sure = day.declared(opposite, for_=source) & day.declared(opposite, for_=target)
    why = day.absence(opposite)
    found: list[Row] = []
    unknown: list[Row] = []
    every = zip(source.tolist(), target.tolist(), links.row[missing].tolist(), strict=True)
    for (one, other, row), certain in zip(every, sure.tolist(), strict=True):
        defect = _without_return(day, relation, one, other, row)
        if certain:
            found.append(defect)
        else:
            reason = f"{defect['reason']} {why}"
            unknown.append(defect | {"status": "unknown", "reason": reason})
    return Checked(len(links), len(found), found, unknown, [])


def _without_return(day: ReferralDay, relation: str, source: int, target: int, row: int) -> Row:
    kind = _WITHOUT_RETURN[relation]
    titles = {"source": day.title(source), "target": day.title(target)}
    verdict = {
        "relation": relation,
        "status": kind,
        "reason": say(f"referral.link_{kind}", **titles),
        "fix": say(f"referral.fix_{kind}", **titles),
    }
    return ends(day, source, target) | _record(day, row) | verdict


def _has_return(day: ReferralDay, relation: str) -> Mask:
    """Return a mask over the links of a relation: one leads back, general or of its specialty."""
    links, back = day.links(relation), day.links(OPPOSITE[relation])
    size = len(day)
    stated = pc.unique(day.link_values("specialty", back.row)).drop_null().to_pylist()
    codes = {word: code for code, word in enumerate(stated, 1)}
    known = np.sort(_keys(back.target, back.source, _codes(day, back.row, codes), size))
    general = np.zeros(len(links), np.int64)
    own = _codes(day, links.row, codes)
    by_any = semi_join(_keys(links.source, links.target, general, size), known)
    return by_any | semi_join(_keys(links.source, links.target, own, size), known)


def _codes(day: ReferralDay, row: Positions, codes: dict[str, int]) -> Positions:
    """Return the code of the specialty of each link: 0 for none, -1 for one without a link back."""
    stated = day.link_column("specialty", row)
    return np.array([0 if word is None else codes.get(word, -1) for word in stated], np.int64)


def _keys(one: Positions, other: Positions, code: Positions, size: int) -> Positions:
    """Return one number for each pair of positions and code; there are fewer than 64 codes."""
    return (one.astype(np.int64) * size + other) * 64 + code
