"""The legal way of a patient, for one facility link by link, or for all facilities at once."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel.canonical import frame
from medgraph.queries.answers import register_of, stamps_of
from medgraph.queries.referrals.journeys import CODE, WAYS, Journeys, Question
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

_COLUMNS = (
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


def path(
    net: MedicalNetwork,
    facility: str,
    *,
    to: str | None = None,
    specialty: str | None = None,
    level: str | None = None,
    direction: str = "up",
    within_group: bool = False,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the cheapest legal chain of referral links of one facility, or the nearest counter-example.

    `up`: from the facility to `to`, to a facility with `specialty` (own group, else the lead of an alliance that
    cooperates with the group, else elsewhere), to one of `level`, or, by default, to the lead of its group, and
    there must be a way back; `down`: from there to the facility. Cost: minutes over links that state them, else
    steps, and then the minutes are unknown. A counter-example that rests on a missing link is a verdict only
    where links of that relation are declared complete, else it stands under `unknown`.

    Frame: step, source, source_name, relation, target, target_name, minutes, basis, document, clause, status,
    reason; the row of a counter-example comes last. Raise UnknownIdError or OptionError.
    """
    journey, why = asked(
        net, facility, Question(to, specialty, level, direction, within_group), as_of
    )
    settled = settle(journey, why)
    rows = _chain_rows(journey)
    if not settled["judged"]:
        rows = [row | {"status": "excluded" if why else "unknown"} for row in rows]
    return Answer(
        query="referrals.path",
        as_of=journey.day.date,
        definition=definition(journey.day, "paths"),
        frame=_frame(rows, _CHAIN),
        stamps=stamps_of(journey.day.net),
        notes=_notes(journey),
        **settled,
    )


def paths(
    net: MedicalNetwork,
    *,
    to: str | None = None,
    specialty: str | None = None,
    level: str | None = None,
    direction: str = "up",
    within_group: bool = False,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return for every facility at once where its cheapest legal path ends, or its nearest counter-example.

    The options and the laws are those of `path`. Numerator: facilities with a path (and, for `up`, a way back);
    denominator: facilities judged; classes, facilities not at work, and by default those in no group and the
    leads themselves, are listed as excluded.

    Frame: facility, name, status (reached or the kind of counter-example), target, target_name, way (inside,
    alliance, outside the group), minutes (null: not stated), steps, at (where it breaks), reason.
    """
    question = Question(to, specialty, level, direction, within_group)
    day = ReferralDay(net, as_of)
    everybody, reasons = left_out(day, question)
    out = reasons[everybody] != ""
    journeys = Journeys(day, question, everybody[~out])
    table = _verdict_table(journeys)
    sure = journeys.certain()
    met = int((journeys.kind == CODE["reached"]).sum())
    return Answer(
        query="referrals.paths",
        as_of=day.date,
        definition=definition(day, "facilities"),
        frame=_framed(_part(table, sure)),
        total=len(everybody),
        judged=int(sure.sum()),
        share=Share(met, int(sure.sum()), "facilities"),
        stamps=stamps_of(day.net),
        unknown=_doubtful(_part(table, ~sure), _undeclared(journeys)),
        excluded=reason_left_out(day, everybody[out], reasons),
        notes=(say("referral.cost_note"),),
    )


# -- one facility ------------------------------------------------------------------------------------


def asked(
    net: MedicalNetwork, facility: str, question: Question, as_of: datetime.date | str | None
) -> tuple[Journeys, str]:
    """Return the journey of one facility, and why it is not asked about (empty where it is)."""
    day = ReferralDay(net, as_of)
    one = _position(day, facility)
    return Journeys(day, question, np.array([one])), left_out(day, question)[1][one]


def settle(journey: Journeys, why: str) -> dict[str, Any]:
    """Return how the one facility is accounted for: judged with its share, else unknown or excluded with a reason."""
    if journey.certain()[0] and not why:
        met = int(journey.kind[0] == CODE["reached"])
        return {"total": 1, "judged": 1, "share": Share(met, 1, "paths")}
    verdict = _verdict_table(journey).to_pylist()[0]
    status = "excluded" if why else "unknown"
    reason = why or f"{verdict['reason']} {_undeclared(journey)}"
    return {
        "total": 1,
        "judged": 0,
        status: _frame([verdict | {"status": status, "reason": reason}], _COLUMNS),
    }


def _position(day: ReferralDay, facility: str) -> int:
    position = day.index.position(day.net.find(facility))
    if not day.asked[position]:
        raise OptionError(say("referral.no_facility", id=facility, day=day.date.isoformat()))
    return position


def left_out(day: ReferralDay, question: Question) -> tuple[np.ndarray, np.ndarray]:
    """Return the facilities of the day, and per position why it is not asked about (empty where it is)."""
    reasons = np.full(len(day), "", dtype=object)
    if question.is_default:
        reasons[~day.is_member] = say("referral.ungrouped")
        reasons[day.is_lead & day.at_work.certain] = say("referral.is_target")
    else:
        reasons[question.fits(day)] = say("referral.is_target")
    reasons[~day.at_work.certain] = say("referral.not_at_work")
    reasons[day.placeholder] = say("referral.is_class")
    return np.flatnonzero(day.asked), reasons


def _verdict_table(journeys: Journeys) -> pa.Table:
    day = journeys.day
    kinds = journeys.kinds()
    goal = journeys.goal
    reasons = np.full(len(goal), None, dtype=object)
    with speaking(language()):
        for i in np.flatnonzero(journeys.kind != CODE["reached"]):
            reasons[i] = journeys.reason(i)
    way = pa.array(WAYS).take(pa.array(journeys.way, mask=journeys.way < 0))
    reached = goal >= 0
    return pa.table(
        [
            day.texts("id", journeys.start),
            day.texts("name", journeys.start),
            kinds,
            kinds,
            day.texts("id", goal),
            day.texts("name", goal),
            way,
            pa.array(journeys.minutes, mask=np.isnan(journeys.minutes)),
            pa.array(journeys.steps, mask=~reached),
            day.texts("id", journeys.at),
            day.texts("name", journeys.at),
            pa.array(reasons, pa.string()),
        ],
        names=list(_COLUMNS),
    )


def _part(table: pa.Table, mask: np.ndarray) -> pa.Table:
    """The rows of a mask; all of them are the same table."""
    return (
        table if mask.all() else table.filter(pa.array(mask)) if mask.any() else table.slice(0, 0)
    )


def _framed(table: pa.Table) -> pd.DataFrame:
    return frame(table.drop_columns("kind"), keep=_COLUMNS)


def _doubtful(table: pa.Table, why: str) -> pd.DataFrame:
    found = frame(table, keep=_COLUMNS)
    found["status"] = "unknown"
    found["reason"] = [f"{reason} {why}" for reason in found["reason"]]
    return found


def reason_left_out(day: ReferralDay, positions: np.ndarray, reasons: np.ndarray) -> pd.DataFrame:
    table = pa.table(
        {
            "facility": day.texts("id", positions),
            "name": day.texts("name", positions),
            "status": pa.array(["excluded"] * len(positions), pa.string()),
            "reason": pa.array(reasons[positions], pa.string()),
        }
    )
    return frame(table, keep=("facility", "name", "status", "reason"))


def _undeclared(journeys: Journeys) -> str:
    day, question = journeys.day, journeys.question
    relations = (
        ["REFERS_UP_TO", "REFERS_DOWN_TO"] if question.direction == "up" else ["REFERS_DOWN_TO"]
    )
    lacking = [relation for relation in relations if not day.declared_whole(relation)]
    return (
        say("referral.undeclared", relation=", ".join(lacking))
        if lacking
        else say("referral.unstated")
    )


def definition(day: ReferralDay, unit: str) -> Definition:
    return Definition(
        numerator=say("referral.numerator"),
        denominator=say("referral.denominator"),
        unit=unit,
        register=register_of(day.net),
        source=say("referral.source"),
    )


# -- one chain ---------------------------------------------------------------------------------------

_CHAIN = (
    "step",
    "source",
    "source_name",
    "relation",
    "target",
    "target_name",
    "minutes",
    "specialty",
    "basis",
    "document",
    "clause",
    "status",
    "reason",
)


def _chain_rows(journey: Journeys) -> list[dict[str, Any]]:
    day = journey.day
    rows = [link_row(day, step + 1, *link) for step, link in enumerate(journey.chain(0))]
    if journey.kind[0] != CODE["reached"] and journey.kind[0] != CODE["level_skip"]:
        rows.append(_broken_row(journey, len(rows) + 1))
    elif journey.kind[0] == CODE["level_skip"]:
        rows = [
            row
            | (
                {"status": "level_skip", "reason": journey.reason(0)}
                if row["source"] == day.index.ids[int(journey.at[0])].as_py()
                else {}
            )
            for row in rows
        ]
    return rows


def link_row(day: ReferralDay, step: int, source: int, target: int, row: int) -> dict[str, Any]:
    """Return one step as a row: both ends, the link behind it, its minutes, basis, document and clause."""
    ids = day.index.ids
    found = {
        "step": step,
        "source": ids[source].as_py(),
        "source_name": day.name(source),
        "relation": day.link_values("relation", np.array([row]))[0].as_py(),
        "target": ids[target].as_py(),
        "target_name": day.name(target),
    }
    stated = day.minutes(np.array([row]))[0]
    found["minutes"] = None if np.isnan(stated) else float(stated)
    for column in ("specialty", "basis", "document", "clause"):
        found[column] = day.link_values(column, np.array([row]))[0].as_py()
    return found | {"status": "legal", "reason": None}


def _broken_row(journey: Journeys, step: int) -> dict[str, Any]:
    """Return the row of a counter-example: the link at fault, or the place where one is missing."""
    day, link = journey.day, int(journey.link[0])
    status = journey.kinds()[0].as_py()
    at = day.index.ids[int(journey.at[0])].as_py()
    row = {"step": step, "source": at, "source_name": day.name(int(journey.at[0]))}
    if link >= 0:
        ends = [
            day.index.position(day.link_values(end, np.array([link]))[0].as_py())
            for end in ("source", "target")
        ]
        row = link_row(day, step, *ends, link)
    return row | {"status": status, "reason": journey.reason(0)}


def _notes(journey: Journeys) -> tuple[str, ...]:
    verdict = _verdict_table(journey).to_pylist()[0]
    if verdict["target"] is None:
        return (say("referral.cost_note"),)
    minutes = (
        verdict["minutes"] if verdict["minutes"] is not None else say("referral.minutes_unknown")
    )
    summary = say(
        "referral.summary",
        name=verdict["name"],
        target=verdict["target_name"],
        steps=verdict["steps"],
        minutes=minutes,
        way=say(f"referral.way_{verdict['way']}"),
        specialty=label("specialty", journey.question.specialty, language()),
    )
    return (summary, say("referral.cost_note"))


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
