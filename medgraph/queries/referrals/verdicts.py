"""Account for facilities: judged with a verdict, unknown, or excluded, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from medgraph.graphmodel.canonical import frame
from medgraph.queries.answers import define
from medgraph.queries.columns import whole_column
from medgraph.queries.referrals.journeys import REACHED, Journeys
from medgraph.queries.referrals.question import WAYS, Question
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.referrals.legs import ReferralDay
    from medgraph.queries.results import Definition

VERDICT = (
    "facility",
    "name",
    "status",
    "kind",
    "target",
    "target_name",
    "way",
    "minutes",
    "steps",
    "at",
    "at_name",
    "reason",
)


def verdict_table(journeys: Journeys) -> pa.Table:
    """Return one row for each start: where its path ends, or its counter-example."""
    day, goal, kinds = journeys.day, journeys.goal, journeys.kinds()
    columns = [
        day.texts("id", journeys.start),
        day.texts("name", journeys.start),
        kinds,
        kinds,
        day.texts("id", goal),
        day.texts("name", goal),
        pa.array(WAYS).take(pa.array(journeys.way, mask=journeys.way < 0)),
        pa.array(journeys.minutes, mask=np.isnan(journeys.minutes)),
        pa.array(journeys.steps, mask=goal < 0),
        day.texts("id", journeys.at),
        day.texts("name", journeys.at),
        journeys.reasons(np.arange(len(journeys.start))),
    ]
    return pa.table(columns, names=list(VERDICT))


def judged_rows(table: pa.Table, sure: Mask) -> pd.DataFrame:
    """Return the rows of the verdicts that are sure."""
    return frame(_part(table, sure).drop_columns("kind"), keep=VERDICT)


def doubtful_rows(table: pa.Table, doubtful: Mask, why: str) -> pd.DataFrame:
    """Return the rows of the verdicts that are not, as unknown, with what is not declared."""
    found = frame(_part(table, doubtful), keep=VERDICT)
    found["status"] = "unknown"
    found["reason"] = [f"{reason} {why}" for reason in found["reason"]]
    return found


def _part(table: pa.Table, mask: Mask) -> pa.Table:
    """The rows of a mask; all of them are the same table."""
    if mask.all():
        return table
    return table.filter(pa.array(mask))


@dataclass(frozen=True)
class Asked:
    """Hold who is asked about: of the facilities of the day, who surely is, may be, or is not.

    `excluded` says per position why a facility is surely not asked about, `doubtful` why it may or
    may not be; both are empty where that is not so.
    """

    day: ReferralDay
    excluded: Texts
    doubtful: Texts

    @classmethod
    def of(cls, day: ReferralDay, question: Question) -> Asked:
        """Return who is asked a question on a day.

        Not asked are classes, who is not at work, the goals themselves, and, where the lead of the
        own group is asked for, who is in no group. Who may have the specialty or the level asked
        for is asked, as long as nothing says that it has it.
        """
        out = np.full(len(day), "", dtype=object)
        doubt = np.full(len(day), "", dtype=object)
        if question.is_default:
            doubt[day.leading.unknown] = say("perhaps_lead")
            alone = ~day.is_member
            doubt[alone] = day.absence("MEMBER_OF")
            out[alone & day.membership_known] = say("referral.ungrouped")
            out[day.is_lead] = say("referral.is_target")
        else:
            out[question.fits(day).certain] = say("referral.is_target")
        doubt[day.in_service.unknown] = say("perhaps_at_work")
        out[~day.in_service.possible] = say("referral.not_at_work")
        out[day.placeholder] = say("referral.is_class")
        doubt[out != ""] = ""
        return cls(day, out, doubt)

    @property
    def surely(self) -> Positions:
        """Who surely is asked about."""
        found: Mask = (self.excluded == "") & (self.doubtful == "")
        return np.flatnonzero(self.day.asked & found)

    def perhaps_rows(self) -> pd.DataFrame:
        """Return the rows for `perhaps`: who may or may not be asked about, with the reason."""
        return self._rows(self.doubtful, "unknown")

    def excluded_rows(self) -> pd.DataFrame:
        """Return the rows for `excluded`: who is not asked about, with the reason."""
        return self._rows(self.excluded, "excluded")

    def _rows(self, reasons: Texts, status: str) -> pd.DataFrame:
        where = np.flatnonzero(self.day.asked & (reasons != ""))
        columns = {
            "facility": self.day.texts("id", where),
            "name": self.day.texts("name", where),
            "status": whole_column(status, len(where)),
            "reason": pa.array(reasons[where], pa.string()),
        }
        return frame(pa.table(columns), keep=tuple(columns))


def settle(journey: Journeys, asked: Asked) -> dict[str, Any]:
    """Return how the one facility is accounted for, as arguments of `answer`.

    Judged and met or not; else unknown, perhaps not asked about, or excluded.
    """
    at = int(journey.start[0])
    if asked.excluded[at]:
        return _not_judged(journey, "excluded", "excluded", asked.excluded[at])
    if asked.doubtful[at]:
        return _not_judged(journey, "perhaps", "unknown", asked.doubtful[at])
    if journey.certain()[0]:
        return {"judged": 1, "met": int(journey.kind[0] == REACHED)}
    reason = f"{verdict_of(journey)['reason']} {undeclared(journey)}"
    return _not_judged(journey, "unknown", "unknown", reason)


def _not_judged(journey: Journeys, part: str, status: str, reason: str) -> dict[str, Any]:
    row = verdict_of(journey) | {"status": status, "reason": reason}
    return {"judged": 0, "met": 0, part: pd.DataFrame([row], columns=list(VERDICT))}


def verdict_of(journey: Journeys) -> dict[str, Any]:
    """Return the verdict of the only start."""
    row: dict[str, Any] = verdict_table(journey).to_pylist()[0]
    return row


def undeclared(journeys: Journeys) -> str:
    """Say which referral links are not declared complete, or that the data does not say."""
    relations = ["REFERS_DOWN_TO"]
    if journeys.question.direction == "up":
        relations = ["REFERS_UP_TO", "REFERS_DOWN_TO"]
    lacking = [relation for relation in relations if not journeys.day.declared_whole(relation)]
    if not lacking:
        return say("referral.unstated")
    return say("referral.undeclared", relation=", ".join(lacking))


def definition(day: ReferralDay, unit: str) -> Definition:
    """Return the definition of paths: facilities with a path, of those judged."""
    return define(day, "referral.numerator", "referral.denominator", unit, "referral.source")
