"""Every defect of the referral network, with what to add or to end."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import semi_join
from medgraph.queries.answers import register_of, stamps_of
from medgraph.queries.referrals.journeys import CODE, KINDS, Journeys
from medgraph.queries.referrals.legs import SKIPS_LEVEL, TO_CLOSED, ReferralDay
from medgraph.queries.referrals.question import Question
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

_COLUMNS = [
    "source",
    "source_name",
    "relation",
    "target",
    "target_name",
    "status",
    "reason",
    "fix",
    "minutes",
    "basis",
    "document",
    "clause",
]
_OPPOSITE = {"REFERS_UP_TO": "REFERS_DOWN_TO", "REFERS_DOWN_TO": "REFERS_UP_TO"}


def broken(
    net: MedicalNetwork, *, asymmetry: float = 1.5, as_of: datetime.date | str | None = None
) -> Answer:
    """Return every defect of the referral network with its kind, and what to add or to end.

    Three kinds of checks are counted: each facility (a way up to the lead of its group), each referral link
    (itself), each referral link again (the link back). Kinds: dead_end, loop, no_lead (facility); level_skip,
    closed, out_of_group, lacks_specialty, loop, asymmetric_minutes (one way takes `asymmetry` times as long
    as the other, or more); up_without_down, down_without_up. What rests on a missing link is a defect only where
    that relation is declared complete, else it stands under `unknown`. Numerator: checks without a defect;
    denominator: checks judged.

    Frame: source, relation, target, status (the kind), reason, fix, minutes, basis, document, clause.
    """
    day = ReferralDay(net, as_of)
    checks = [
        _Facilities(day),
        *(
            check(day, relation, asymmetry)
            for relation in _OPPOSITE
            for check in (_Links, _Returns)
        ),
    ]
    found = [row for check in checks for row in check.found]
    unknown = [row for check in checks for row in check.unknown]
    excluded = [row for check in checks for row in check.excluded]
    total = sum(check.total for check in checks)
    judged = total - len(unknown) - len(excluded)
    faulty = sum(check.faulty for check in checks)
    return Answer(
        query="referrals.broken",
        as_of=day.date,
        total=total,
        judged=judged,
        frame=_frame(found),
        definition=Definition(
            say("referral.broken_numerator"),
            say("referral.broken_denominator"),
            "checks",
            register_of(day.net),
            say("referral.source"),
        ),
        share=Share(judged - faulty, judged, "checks"),
        unknown=_frame(unknown),
        excluded=_frame(excluded),
        stamps=stamps_of(day.net),
    )


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=_COLUMNS)


class _Facilities:
    """Check that each member of a group gets up to its lead; who only skips a level is found by its link."""

    def __init__(self, day: ReferralDay) -> None:
        asked = day.asked & day.is_member
        out = asked & (day.placeholder | ~day.at_work.certain | day.is_lead)
        start = np.flatnonzero(asked & ~out)
        journeys = Journeys(day, Question(), start)
        bad = journeys.kind > CODE["no_return"]
        sure = journeys.certain() | ~bad
        self.total = int(asked.sum())
        self.found = [
            self._row(journeys, i, KINDS[journeys.kind[i]]) for i in np.flatnonzero(bad & sure)
        ]
        self.faulty = len(self.found)
        self.unknown = [
            self._row(journeys, i, "unknown", day.absence("REFERS_UP_TO"))
            for i in np.flatnonzero(~sure)
        ]
        self.excluded = [
            _ends(day, int(i)) | {"status": "excluded", "reason": _why_not(day, int(i))}
            for i in np.flatnonzero(out)
        ]

    def _row(self, journeys: Journeys, i: int, status: str, more: str = "") -> dict[str, Any]:
        day, kind = journeys.day, KINDS[journeys.kind[i]]
        start = int(journeys.start[i])
        return _ends(day, start) | {
            "relation": "REFERS_UP_TO",
            "status": status,
            "reason": f"{journeys.reason(i)} {more}".strip(),
            "fix": say(f"referral.fix_{kind}", source=day.title(int(journeys.at[i])), target=""),
        }


def _ends(day: ReferralDay, source: int, target: int | None = None) -> dict[str, Any]:
    ids = day.index.ids
    found = {"source": ids[source].as_py(), "source_name": day.name(source)}
    if target is not None:
        found |= {"target": ids[target].as_py(), "target_name": day.name(target)}
    return found


def _why_not(day: ReferralDay, at: int) -> str:
    if day.placeholder[at]:
        return say("referral.is_class")
    return say("referral.is_target" if day.at_work.certain[at] else "referral.not_at_work")


class _Links:
    """Check each link of a relation by itself."""

    def __init__(self, day: ReferralDay, relation: str, asymmetry: float) -> None:
        self.day, self.relation = day, relation
        links = day.links(relation)
        self.source, self.target, self.row = links.source, links.target, links.row
        self.total, self.excluded = len(self.row), []
        self.minutes = day.minutes(self.row)
        self.working = day.at_work.certain[self.source] & day.at_work.certain[self.target]
        flaw = day.flaws(self.source, self.target, up=relation == "REFERS_UP_TO")
        masks = {
            "level_skip": flaw == SKIPS_LEVEL,
            "closed": flaw == TO_CLOSED,
            "loop": self._loops(),
        }
        masks["out_of_group"], unsure_group = self._strangers()
        masks["lacks_specialty"], unsure_specialty = self._unable()
        masks["asymmetric_minutes"] = (
            self._asymmetric(asymmetry) if relation == "REFERS_UP_TO" else flaw < 0
        )
        faulty = np.logical_or.reduce(list(masks.values()))
        self.faulty = int(faulty.sum())
        self.found = [
            self._row(i, kind) for kind, mask in masks.items() for i in np.flatnonzero(mask)
        ]
        unsure = (unsure_group | unsure_specialty) & ~faulty
        self.unknown = [
            self._row(i, "out_of_group" if unsure_group[i] else "lacks_specialty")
            | {
                "status": "unknown",
                "reason": day.absence("MEMBER_OF")
                if unsure_group[i]
                else say("referral.specialties_unstated", at=day.title(int(self.target[i]))),
            }
            for i in np.flatnonzero(unsure)
        ]

    def _row(self, i: int, kind: str) -> dict[str, Any]:
        day, row = self.day, self.row[[i]]
        said = {
            column: day.link_values(column, row)[0].as_py()
            for column in ("basis", "document", "clause")
        }
        words = {
            "source": day.title(int(self.source[i])),
            "target": day.title(int(self.target[i])),
            "specialty": label(
                "specialty", day.link_values("specialty", row)[0].as_py(), language()
            ),
        }
        minutes = None if np.isnan(self.minutes[i]) else float(self.minutes[i])
        return (
            _ends(day, int(self.source[i]), int(self.target[i]))
            | {
                "relation": self.relation,
                "status": kind,
                "reason": say(f"referral.link_{kind}", **words),
                "fix": say(f"referral.fix_{kind}", **words),
                "minutes": minutes,
            }
            | said
        )

    def _loops(self) -> np.ndarray:
        """Links inside a strongly connected part of the links of one direction."""
        from scipy import sparse
        from scipy.sparse import csgraph

        size = len(self.day)
        source, target = self.source[self.working], self.target[self.working]
        graph = sparse.coo_array((np.ones(len(source)), (source, target)), shape=(size, size))
        _, part = csgraph.connected_components(graph, directed=True, connection="strong")
        return self.working & (part[self.source] == part[self.target])

    def _strangers(self) -> tuple[np.ndarray, np.ndarray]:
        """Links between facilities that share no group, and those where a membership may only be missing."""
        day = self.day
        lead_of_alliance = day.mask(day.alliance_leads.facility)
        allowed = lead_of_alliance | day.index.has("type", "national_regional_medical_centre")
        apart = self.working & ~day.same_group(self.source, self.target)
        apart &= ~(allowed[self.source] | allowed[self.target])
        known = day.is_member[self.source] & day.is_member[self.target] | day.declared_whole(
            "MEMBER_OF"
        )
        return apart & known, apart & ~known

    def _unable(self) -> tuple[np.ndarray, np.ndarray]:
        """Links for a specialty that the receiving facility lacks, and those where it does not state its own."""
        day = self.day
        specialty = day.link_values("specialty", self.row)
        lacking = np.zeros(self.total, bool)
        for word in pc.unique(specialty).drop_null().to_pylist():
            mine = pc.fill_null(pc.equal(specialty, word), False).to_numpy(zero_copy_only=False)
            lacking |= mine & ~day.offers(word)[self.target]
        if (
            self.relation == "REFERS_DOWN_TO"
        ):  # back home, where nobody needs to offer the specialty
            lacking[:] = False
        stated = (
            day.index.values("specialties").is_valid().to_numpy(zero_copy_only=False)[self.target]
        )
        return lacking & stated, lacking & ~stated

    def _asymmetric(self, factor: float) -> np.ndarray:
        """Links up that take `factor` times as long as the quickest link down between the two, or the reverse."""
        size = len(self.day)
        back = self.day.links(_OPPOSITE[self.relation])
        source, target, row = back.source, back.target, back.row
        minutes = self.day.minutes(row)
        order = np.lexsort((minutes, target.astype(np.int64) * size + source))
        keys = (target.astype(np.int64) * size + source)[order]
        mine = self.source.astype(np.int64) * size + self.target
        found = semi_join(mine, keys)
        back = np.full(self.total, np.nan)
        back[found] = minutes[order][np.searchsorted(keys, mine[found])]
        longer, shorter = np.fmax(self.minutes, back), np.fmin(self.minutes, back)
        both = np.isfinite(self.minutes) & np.isfinite(back)
        return both & (longer >= factor * shorter) & (longer > shorter)


class _Returns:
    """Check for each link of a relation that a link leads the other way, general or of its specialty."""

    def __init__(self, day: ReferralDay, relation: str, _: float) -> None:
        opposite = _OPPOSITE[relation]
        size = len(day)
        links, opposed = day.links(relation), day.links(opposite)
        source, target, row = links.source, links.target, links.row
        back_source, back_target, back_row = opposed.source, opposed.target, opposed.row
        words = {
            word: k + 1
            for k, word in enumerate(pc.unique(day.link_values("specialty", back_row)).to_pylist())
            if word is not None
        }
        back = np.sort(_key(back_target, back_source, _codes(day, back_row, words), size))
        same = semi_join(_key(source, target, _codes(day, row, words), size), back)
        met = same | semi_join(_key(source, target, np.zeros(len(row), np.int64), size), back)
        self.total, self.excluded = len(row), []
        missing = np.flatnonzero(~met)
        kind = "up_without_down" if relation == "REFERS_UP_TO" else "down_without_up"
        rows = []
        for i in missing:
            words_of = {
                "source": day.title(int(source[i])),
                "target": day.title(int(target[i])),
            }
            said = {
                column: day.link_values(column, row[[i]])[0].as_py()
                for column in ("basis", "document", "clause")
            }
            rows.append(
                _ends(day, int(source[i]), int(target[i]))
                | said
                | {
                    "relation": relation,
                    "status": kind,
                    "reason": say(f"referral.link_{kind}", **words_of),
                    "fix": say(f"referral.fix_{kind}", **words_of),
                }
            )
        sure = day.declared(opposite, for_=source[missing])
        sure &= day.declared(opposite, for_=target[missing])
        self.found = [row for row, certain in zip(rows, sure, strict=True) if certain]
        self.faulty = len(self.found)
        why = day.absence(opposite)
        self.unknown = [
            row | {"status": "unknown", "reason": f"{row['reason']} {why}"}
            for row, certain in zip(rows, sure, strict=True)
            if not certain
        ]


def _codes(day: ReferralDay, row: np.ndarray, words: dict[str, int]) -> np.ndarray:
    """Return a number for the specialty of each link: 0 where it has none, -1 for one without a link back."""
    stated = day.link_values("specialty", row).to_pylist()
    return np.array([0 if word is None else words.get(word, -1) for word in stated], np.int64)


def _key(one: np.ndarray, other: np.ndarray, code: np.ndarray, size: int) -> np.ndarray:
    return (one.astype(np.int64) * size + other) * 64 + code
