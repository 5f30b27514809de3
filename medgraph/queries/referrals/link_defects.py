"""Check referral links one by one: each by itself, and whether a link leads back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import semi_join
from medgraph.graphmodel.arrays.matrices import compiled
from medgraph.graphmodel.arrays.paths import strong_parts
from medgraph.graphmodel.states import Fact
from medgraph.queries.columns import after, first_of, sentences
from medgraph.queries.referrals.defect_rows import defect_rows, no_rows
from medgraph.queries.referrals.legs import SKIPS_LEVEL, ReferralDay
from medgraph.words.say import language
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions

OPPOSITE = {"REFERS_UP_TO": "REFERS_DOWN_TO", "REFERS_DOWN_TO": "REFERS_UP_TO"}
_WITHOUT_RETURN = {"REFERS_UP_TO": "up_without_down", "REFERS_DOWN_TO": "down_without_up"}


@dataclass(frozen=True)
class Checked:
    """Hold what a kind of check came to: how many were made, how many found a defect, the rows.

    A subject with several defects has a row for each, and is counted as faulty once.
    """

    total: int
    faulty: int
    found: pa.Table
    unknown: pa.Table
    excluded: pa.Table


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
        self.at_work = day.in_service.at(self.source) & day.in_service.at(self.target)
        self.working: Mask = self.at_work.certain

    def checked(self, asymmetry: float) -> Checked:
        """Return every defect of every link, and what may be one."""
        flaw, perhaps = self.day.flaws(self.source, self.target, up=self.relation == "REFERS_UP_TO")
        skips = flaw == SKIPS_LEVEL
        defects = {
            "level_skip": Fact.of(skips & ~perhaps, unknown=skips),
            "closed": ~self.at_work,
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
            excluded=no_rows(),
        )

    def _found(self, defects: dict[str, Fact]) -> pa.Table:
        tables = [
            self._told(np.flatnonzero(defect.certain), kind) for kind, defect in defects.items()
        ]
        return pa.concat_tables(tables)

    def _unknown(self, defects: dict[str, Fact], faulty: Mask) -> pa.Table:
        """One row for each link without a sure defect that may have one, and why."""
        rest = ~faulty
        tables, places = [no_rows()], [np.zeros(0, np.int64)]
        for kind, defect in defects.items():
            where = np.flatnonzero(defect.unknown & rest)
            rest[where] = False
            tables.append(self._told(where, kind, doubt=True))
            places.append(where)
        in_order = np.argsort(np.concatenate(places), kind="stable")
        return pa.concat_tables(tables).take(pa.array(in_order))

    def _told(self, which: Positions, kind: str, *, doubt: bool = False) -> pa.Table:
        """Return the rows of these links, which have a defect of this kind, or may have it."""
        if not len(which):
            return no_rows()
        day, row = self.day, self.row[which]
        source, target = self.source[which], self.target[which]
        words = {
            "source": day.titles(source),
            "target": day.titles(target),
            "specialty": _in_words(day.link_values("specialty", row)),
        }
        reason = sentences(f"referral.link_{kind}", len(which), **words)
        minutes = self.minutes[which]
        return defect_rows(
            day,
            source,
            target,
            row=row,
            relation=self.relation,
            status="unknown" if doubt else kind,
            reason=self._doubts(which, kind) if doubt else reason,
            fix=sentences(f"referral.fix_{kind}", len(which), **words),
            minutes=pa.array(minutes, mask=np.isnan(minutes)),
        )

    def _doubts(self, which: Positions, kind: str) -> Texts:
        """Say what is not known, so that links may or may not have a defect of this kind."""
        source, target = self.source[which], self.target[which]
        if kind == "out_of_group":
            return self._open_lists(source, target)
        words = {"at": self.day.titles(target)}
        if kind == "lacks_specialty":
            return sentences("referral.specialties_unstated", len(which), **words)
        words = {"source": self.day.titles(source), "target": words["at"]}
        key = "referral.perhaps_closed" if kind == "closed" else "referral.perhaps_level_skip"
        return sentences(key, len(which), **words)

    def _open_lists(self, source: Positions, target: Positions) -> Texts:
        """Name the list that leaves open whether the ends of each link share a group."""
        known = self.day.membership_known
        both_known = known[source] & known[target]
        cases = [
            (both_known, self.day.absence("LEADS")),
            (~both_known, self.day.absence("MEMBER_OF")),
        ]
        return first_of(cases, len(source))

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


def _in_words(specialties: Texts) -> Texts:
    """Return specialties as people read them; an empty text where none is stated."""
    encoded = pc.dictionary_encode(pc.fill_null(specialties, ""))
    words = [label("specialty", one, language()) for one in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)


# -- whether a link leads back -----------------------------------------------------------------


def check_returns(day: ReferralDay, relation: str) -> Checked:
    """Check for each link of a relation that one leads back, general or of its specialty."""
    links, opposite = day.links(relation), OPPOSITE[relation]
    missing = np.flatnonzero(~_has_return(day, relation))
    source, target, row = links.source[missing], links.target[missing], links.row[missing]
    sure = day.declared(opposite, for_=source) & day.declared(opposite, for_=target)
    kind = _WITHOUT_RETURN[relation]
    titles = {"source": day.titles(source), "target": day.titles(target)}
    reason = sentences(f"referral.link_{kind}", len(missing), **titles)
    why = pa.repeat(f" {day.absence(opposite)}", len(missing))
    defects = defect_rows(
        day,
        source,
        target,
        row=row,
        relation=relation,
        status=first_of([(sure, kind), (~sure, "unknown")], len(missing)),
        reason=first_of([(sure, reason), (~sure, after(reason, why))], len(missing)),
        fix=sentences(f"referral.fix_{kind}", len(missing), **titles),
    )
    found, unknown = defects.filter(pa.array(sure)), defects.filter(pa.array(~sure))
    return Checked(len(links), len(found), found, unknown, no_rows())


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
