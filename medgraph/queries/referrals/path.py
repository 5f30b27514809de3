"""The legal way of a patient, for one facility link by link, or for all facilities at once."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel.canonical import frame
from medgraph.queries.referrals.journeys import CODE, WAYS, Journeys, Question
from medgraph.queries.referrals.steps import Ground
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
        as_of=journey.ground.day,
        definition=definition(journey.ground, "paths"),
        frame=_frame(rows, _CHAIN),
        stamps=journey.ground.stamps,
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
    ground = Ground(net, as_of)
    everybody, reasons = left_out(ground, question)
    out = reasons[everybody] != ""
    journeys = Journeys(ground, question, everybody[~out])
    table = _verdict_table(journeys)
    sure = journeys.certain()
    met = int((journeys.kind == CODE["reached"]).sum())
    return Answer(
        query="referrals.paths",
        as_of=ground.day,
        definition=definition(ground, "facilities"),
        frame=_framed(_part(table, sure)),
        total=len(everybody),
        judged=int(sure.sum()),
        share=Share(met, int(sure.sum()), "facilities"),
        stamps=ground.stamps,
        unknown=_doubtful(_part(table, ~sure), _undeclared(journeys)),
        excluded=reason_left_out(ground, everybody[out], reasons),
        notes=(say("referral.cost_note"),),
    )


# -- one facility ------------------------------------------------------------------------------------


def asked(
    net: MedicalNetwork, facility: str, question: Question, as_of: datetime.date | str | None
) -> tuple[Journeys, str]:
    """Return the journey of one facility, and why it is not asked about (empty where it is)."""
    ground = Ground(net, as_of)
    one = _position(ground, facility)
    return Journeys(ground, question, np.array([one])), left_out(ground, question)[1][one]


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


def _position(ground: Ground, facility: str) -> int:
    position = ground.index.position(ground.net.find(facility))
    if not ground.is_facility[position]:
        raise OptionError(say("referral.no_facility", id=facility, day=ground.day.isoformat()))
    return position


def left_out(ground: Ground, question: Question) -> tuple[np.ndarray, np.ndarray]:
    """Return the facilities of the day, and per position why it is not asked about (empty where it is)."""
    reasons = np.full(len(ground), "", dtype=object)
    if question.is_default:
        reasons[~ground.is_member] = say("referral.ungrouped")
        reasons[ground.is_lead & ground.at_work] = say("referral.is_target")
    else:
        reasons[question.fits(ground)] = say("referral.is_target")
    reasons[~ground.at_work] = say("referral.not_at_work")
    reasons[ground.index.is_class] = say("referral.is_class")
    return np.flatnonzero(ground.is_facility), reasons


def _verdict_table(journeys: Journeys) -> pa.Table:
    ground = journeys.ground
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
            ground.texts("id", journeys.start),
            ground.texts("name", journeys.start),
            kinds,
            kinds,
            ground.texts("id", goal),
            ground.texts("name", goal),
            way,
            pa.array(journeys.minutes, mask=np.isnan(journeys.minutes)),
            pa.array(journeys.steps, mask=~reached),
            ground.texts("id", journeys.at),
            ground.texts("name", journeys.at),
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


def reason_left_out(ground: Ground, positions: np.ndarray, reasons: np.ndarray) -> pd.DataFrame:
    table = pa.table(
        {
            "facility": ground.texts("id", positions),
            "name": ground.texts("name", positions),
            "status": pa.array(["excluded"] * len(positions), pa.string()),
            "reason": pa.array(reasons[positions], pa.string()),
        }
    )
    return frame(table, keep=("facility", "name", "status", "reason"))


def _undeclared(journeys: Journeys) -> str:
    ground, question = journeys.ground, journeys.question
    relations = (
        ["REFERS_UP_TO", "REFERS_DOWN_TO"] if question.direction == "up" else ["REFERS_DOWN_TO"]
    )
    lacking = [relation for relation in relations if not ground.declared(relation)]
    return (
        say("referral.undeclared", relation=", ".join(lacking))
        if lacking
        else say("referral.unstated")
    )


def definition(ground: Ground, unit: str) -> Definition:
    return Definition(
        numerator=say("referral.numerator"),
        denominator=say("referral.denominator"),
        unit=unit,
        register=ground.register(),
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
    ground = journey.ground
    rows = [link_row(ground, step + 1, *link) for step, link in enumerate(journey.chain(0))]
    if journey.kind[0] != CODE["reached"] and journey.kind[0] != CODE["level_skip"]:
        rows.append(_broken_row(journey, len(rows) + 1))
    elif journey.kind[0] == CODE["level_skip"]:
        rows = [
            row
            | (
                {"status": "level_skip", "reason": journey.reason(0)}
                if row["source"] == ground.index.ids[int(journey.at[0])].as_py()
                else {}
            )
            for row in rows
        ]
    return rows


def link_row(ground: Ground, step: int, source: int, target: int, row: int) -> dict[str, Any]:
    """Return one step as a row: both ends, the link behind it, its minutes, basis, document and clause."""
    ids = ground.index.ids
    found = {
        "step": step,
        "source": ids[source].as_py(),
        "source_name": ground.name(source),
        "relation": ground.of_rows("relation", np.array([row]))[0].as_py(),
        "target": ids[target].as_py(),
        "target_name": ground.name(target),
    }
    stated = ground.minutes(np.array([row]))[0]
    found["minutes"] = None if np.isnan(stated) else float(stated)
    for column in ("specialty", "basis", "document", "clause"):
        found[column] = ground.of_rows(column, np.array([row]))[0].as_py()
    return found | {"status": "legal", "reason": None}


def _broken_row(journey: Journeys, step: int) -> dict[str, Any]:
    """Return the row of a counter-example: the link at fault, or the place where one is missing."""
    ground, link = journey.ground, int(journey.link[0])
    status = journey.kinds()[0].as_py()
    at = ground.index.ids[int(journey.at[0])].as_py()
    row = {"step": step, "source": at, "source_name": ground.name(int(journey.at[0]))}
    if link >= 0:
        ends = [
            ground.index.position(ground.of_rows(end, np.array([link]))[0].as_py())
            for end in ("source", "target")
        ]
        row = link_row(ground, step, *ends, link)
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
