"""Every defect of the referral network, with what to add or to end."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from medgraph.queries.referrals.journeys import CODE, KINDS, Journeys, Question
from medgraph.queries.referrals.steps import SKIPS_LEVEL, TO_CLOSED, Ground, is_among
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
    ground = Ground(net, as_of)
    checks = [
        _Facilities(ground),
        *(
            check(ground, relation, asymmetry)
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
        as_of=ground.day,
        total=total,
        judged=judged,
        frame=_frame(found),
        definition=Definition(
            say("referral.broken_numerator"),
            say("referral.broken_denominator"),
            "checks",
            ground.register(),
            say("referral.source"),
        ),
        share=Share(judged - faulty, judged, "checks"),
        unknown=_frame(unknown),
        excluded=_frame(excluded),
        stamps=ground.stamps,
    )


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=_COLUMNS)


class _Facilities:
    """Check that each member of a group gets up to its lead; who only skips a level is found by its link."""

    def __init__(self, ground: Ground) -> None:
        asked = ground.is_facility & ground.is_member
        out = asked & (ground.index.is_class | ~ground.at_work | ground.is_lead)
        start = np.flatnonzero(asked & ~out)
        journeys = Journeys(ground, Question(), start)
        bad = journeys.kind > CODE["no_return"]
        sure = journeys.certain() | ~bad
        self.total = int(asked.sum())
        self.found = [
            self._row(journeys, i, KINDS[journeys.kind[i]]) for i in np.flatnonzero(bad & sure)
        ]
        self.faulty = len(self.found)
        self.unknown = [
            self._row(journeys, i, "unknown", ground.absence("REFERS_UP_TO"))
            for i in np.flatnonzero(~sure)
        ]
        self.excluded = [
            _ends(ground, int(i)) | {"status": "excluded", "reason": _why_not(ground, int(i))}
            for i in np.flatnonzero(out)
        ]

    def _row(self, journeys: Journeys, i: int, status: str, more: str = "") -> dict[str, Any]:
        ground, kind = journeys.ground, KINDS[journeys.kind[i]]
        start = int(journeys.start[i])
        return _ends(ground, start) | {
            "relation": "REFERS_UP_TO",
            "status": status,
            "reason": f"{journeys.reason(i)} {more}".strip(),
            "fix": say(f"referral.fix_{kind}", source=ground.title(int(journeys.at[i])), target=""),
        }


def _ends(ground: Ground, source: int, target: int | None = None) -> dict[str, Any]:
    ids = ground.index.ids
    found = {"source": ids[source].as_py(), "source_name": ground.name(source)}
    if target is not None:
        found |= {"target": ids[target].as_py(), "target_name": ground.name(target)}
    return found


def _why_not(ground: Ground, at: int) -> str:
    if ground.index.is_class[at]:
        return say("referral.is_class")
    return say("referral.is_target" if ground.at_work[at] else "referral.not_at_work")


class _Links:
    """Check each link of a relation by itself."""

    def __init__(self, ground: Ground, relation: str, asymmetry: float) -> None:
        self.ground, self.relation = ground, relation
        self.source, self.target, self.row = ground.held(relation)
        self.total, self.excluded = len(self.row), []
        self.minutes = ground.minutes(self.row)
        self.working = ground.at_work[self.source] & ground.at_work[self.target]
        flaw = ground.flaws(self.source, self.target, up=relation == "REFERS_UP_TO")
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
                "reason": ground.absence("MEMBER_OF")
                if unsure_group[i]
                else say("referral.specialties_unstated", at=ground.title(int(self.target[i]))),
            }
            for i in np.flatnonzero(unsure)
        ]

    def _row(self, i: int, kind: str) -> dict[str, Any]:
        ground, row = self.ground, self.row[[i]]
        said = {
            column: ground.of_rows(column, row)[0].as_py()
            for column in ("basis", "document", "clause")
        }
        words = {
            "source": ground.title(int(self.source[i])),
            "target": ground.title(int(self.target[i])),
            "specialty": label(
                "specialty", ground.of_rows("specialty", row)[0].as_py(), language()
            ),
        }
        minutes = None if np.isnan(self.minutes[i]) else float(self.minutes[i])
        return (
            _ends(ground, int(self.source[i]), int(self.target[i]))
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

        size = len(self.ground)
        source, target = self.source[self.working], self.target[self.working]
        graph = sparse.coo_array((np.ones(len(source)), (source, target)), shape=(size, size))
        _, part = csgraph.connected_components(graph, directed=True, connection="strong")
        return self.working & (part[self.source] == part[self.target])

    def _strangers(self) -> tuple[np.ndarray, np.ndarray]:
        """Links between facilities that share no group, and those where a membership may only be missing."""
        ground = self.ground
        lead_of_alliance = ground.mask(ground.alliance_leads[0])
        allowed = lead_of_alliance | ground.index.has("type", "national_regional_medical_centre")
        apart = self.working & ~ground.same_group(self.source, self.target)
        apart &= ~(allowed[self.source] | allowed[self.target])
        known = ground.is_member[self.source] & ground.is_member[self.target] | ground.declared(
            "MEMBER_OF"
        )
        return apart & known, apart & ~known

    def _unable(self) -> tuple[np.ndarray, np.ndarray]:
        """Links for a specialty that the receiving facility lacks, and those where it does not state its own."""
        ground = self.ground
        specialty = ground.of_rows("specialty", self.row)
        lacking = np.zeros(self.total, bool)
        for word in pc.unique(specialty).drop_null().to_pylist():
            mine = pc.fill_null(pc.equal(specialty, word), False).to_numpy(zero_copy_only=False)
            lacking |= mine & ~ground.has_specialty(word)[self.target]
        if (
            self.relation == "REFERS_DOWN_TO"
        ):  # back home, where nobody needs to offer the specialty
            lacking[:] = False
        stated = (
            ground.index.values("specialties")
            .is_valid()
            .to_numpy(zero_copy_only=False)[self.target]
        )
        return lacking & stated, lacking & ~stated

    def _asymmetric(self, factor: float) -> np.ndarray:
        """Links up that take `factor` times as long as the quickest link down between the two, or the reverse."""
        size = len(self.ground)
        source, target, row = self.ground.held(_OPPOSITE[self.relation])
        minutes = self.ground.minutes(row)
        order = np.lexsort((minutes, target.astype(np.int64) * size + source))
        keys = (target.astype(np.int64) * size + source)[order]
        mine = self.source.astype(np.int64) * size + self.target
        found = is_among(mine, keys)
        back = np.full(self.total, np.nan)
        back[found] = minutes[order][np.searchsorted(keys, mine[found])]
        longer, shorter = np.fmax(self.minutes, back), np.fmin(self.minutes, back)
        both = np.isfinite(self.minutes) & np.isfinite(back)
        return both & (longer >= factor * shorter) & (longer > shorter)


class _Returns:
    """Check for each link of a relation that a link leads the other way, general or of its specialty."""

    def __init__(self, ground: Ground, relation: str, _: float) -> None:
        opposite = _OPPOSITE[relation]
        size = len(ground)
        source, target, row = ground.held(relation)
        back_source, back_target, back_row = ground.held(opposite)
        words = {
            word: k + 1
            for k, word in enumerate(pc.unique(ground.of_rows("specialty", back_row)).to_pylist())
            if word is not None
        }
        back = np.sort(_key(back_target, back_source, _codes(ground, back_row, words), size))
        same = is_among(_key(source, target, _codes(ground, row, words), size), back)
        met = same | is_among(_key(source, target, np.zeros(len(row), np.int64), size), back)
        self.total, self.excluded = len(row), []
        missing = np.flatnonzero(~met)
        kind = "up_without_down" if relation == "REFERS_UP_TO" else "down_without_up"
        rows = []
        for i in missing:
            words_of = {
                "source": ground.title(int(source[i])),
                "target": ground.title(int(target[i])),
            }
            said = {
                column: ground.of_rows(column, row[[i]])[0].as_py()
                for column in ("basis", "document", "clause")
            }
            rows.append(
                _ends(ground, int(source[i]), int(target[i]))
                | said
                | {
                    "relation": relation,
                    "status": kind,
                    "reason": say(f"referral.link_{kind}", **words_of),
                    "fix": say(f"referral.fix_{kind}", **words_of),
                }
            )
        sure = ground.declared(opposite)
        self.found = rows if sure else []
        self.faulty = len(self.found)
        why = ground.absence(opposite)
        self.unknown = (
            []
            if sure
            else [r | {"status": "unknown", "reason": f"{r['reason']} {why}"} for r in rows]
        )


def _codes(ground: Ground, row: np.ndarray, words: dict[str, int]) -> np.ndarray:
    """Return a number for the specialty of each link: 0 where it has none, -1 for one without a link back."""
    stated = ground.of_rows("specialty", row).to_pylist()
    return np.array([0 if word is None else words.get(word, -1) for word in stated], np.int64)


def _key(one: np.ndarray, other: np.ndarray, code: np.ndarray, size: int) -> np.ndarray:
    return (one.astype(np.int64) * size + other) * 64 + code
