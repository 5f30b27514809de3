"""Account for facilities: judged with a verdict, unknown, or excluded, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from medgraph.graphmodel.canonical import frame
from medgraph.queries.answers import define
from medgraph.queries.columns import whole_column
from medgraph.queries.referrals.journeys import REACHED, Journeys
from medgraph.queries.referrals.question import WAYS, Question
from medgraph.words.say import language, say, speaking

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
        _reasons(journeys),
    ]
    return pa.table(columns, names=list(VERDICT))


def _reasons(journeys: Journeys) -> Texts:
    reasons = np.full(len(journeys.start), None, dtype=object)
    with speaking(language()):
        for i in np.flatnonzero(journeys.kind != REACHED).tolist():
            reasons[i] = journeys.reason(i)
    return pa.array(reasons, pa.string())


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


def left_out(day: ReferralDay, question: Question) -> tuple[Positions, Texts]:
    """Return the facilities of the day, and per position why it is not asked about.

    The reason is empty where it is asked about.
    """
    reasons = np.full(len(day), "", dtype=object)
    if question.is_default:
        reasons[~day.is_member] = say("referral.ungrouped")
        reasons[day.is_lead & day.at_work.certain] = say("referral.is_target")
    else:
        reasons[question.fits(day)] = say("referral.is_target")
    reasons[~day.at_work.certain] = say("referral.not_at_work")
    reasons[day.placeholder] = say("referral.is_class")
    return np.flatnonzero(day.asked), reasons


def doubts(day: ReferralDay, question: Question) -> Texts:
    """Return per position why a facility at work may or may not be asked about.

    Empty where that is sure. Where the way to the lead is asked for, it may be in a group or lead
    one though nothing says so. Who does not say that it has a specialty is asked for its way to it.
    """
    reasons = np.full(len(day), "", dtype=object)
    if question.is_default:
        alone = np.flatnonzero(day.asked & ~day.is_member)
        reasons[alone[~day.declared("MEMBER_OF", for_=alone)]] = day.absence("MEMBER_OF")
        reasons[day.leading.unknown] = say("perhaps_lead")
    reasons[~day.working.certain] = ""
    return reasons


def doubtful_subjects(day: ReferralDay, positions: Positions, reasons: Texts) -> pd.DataFrame:
    """Return the rows for `perhaps`: these facilities with their reasons."""
    return reason_left_out(day, positions, reasons).assign(status="unknown")


def reason_left_out(day: ReferralDay, positions: Positions, reasons: Texts) -> pd.DataFrame:
    """Return the rows for `excluded`: these facilities with their reasons."""
    columns = {
        "facility": day.texts("id", positions),
        "name": day.texts("name", positions),
        "status": whole_column("excluded", len(positions)),
        "reason": pa.array(reasons[positions], pa.string()),
    }
    return frame(pa.table(columns), keep=tuple(columns))


def settle(journey: Journeys, why: str) -> dict[str, Any]:
    """Return how the one facility is accounted for, as arguments of `answer`.

    Judged and met or not; else unknown, or, where `why` says so, excluded.
    """
    if journey.certain()[0] and not why:
        return {"judged": 1, "met": int(journey.kind[0] == REACHED)}
    verdict = verdict_of(journey)
    status = "excluded" if why else "unknown"
    reason = why or f"{verdict['reason']} {undeclared(journey)}"
    row = verdict | {"status": status, "reason": reason}
    return {"judged": 0, status: pd.DataFrame([row], columns=list(VERDICT))}


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
