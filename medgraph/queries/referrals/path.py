"""Find the legal way of a patient, for one facility link by link, or for all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.answers import answer
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.referrals.journeys import LEVEL_SKIP, REACHED, Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.question import Question
from medgraph.queries.referrals.verdicts import (
    Asked,
    definition,
    doubtful_rows,
    judged_rows,
    settle,
    undeclared,
    verdict_of,
    verdict_table,
)
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

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


@told_as_listed
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
    """Find the cheapest legal chain of referral links of one facility, or what breaks it.

    Upwards the chain leads from the facility to its target, the nearest from which there is a way
    back; downwards from the target to the facility. Cost: minutes over links that state them, else
    steps, and then the minutes are unknown. Where there is no chain, the nearest counter-example is
    shown; one that rests on a missing link is a verdict only where links of that relation are
    declared complete, else it stands under `unknown`.

    Parameters
    ----------
    net
        The network.
    facility
        The id or the name of the facility.
    to
        The facility to get to. By default the lead of the own group is the target.
    specialty
        A specialty to get to: in the own group, else at the lead of an alliance that cooperates
        with the group, else elsewhere.
    level
        A hospital level to get to, as `3A`; `3` is every tertiary hospital.
    direction
        `up` (default) or `down`.
    within_group
        Whether to use only links whose ends share a group.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per step: step, source, source_name, relation, target, target_name, minutes,
        specialty, basis, document, clause, status (legal, or the kind of counter-example), reason.
        The row of a counter-example comes last. Share: 1 of 1 where there is a path.

    Raises
    ------
    UnknownIdError
        The network has no such facility.
    OptionError
        `facility` is none on the day, or an option is not in its vocabulary.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.referrals.path(mg.samples.taizhou(), "TZ-P07")
    >>> answer.frame[["source", "relation", "target", "status"]].values.tolist()
    [['TZ-P07', 'REFERS_UP_TO', 'TZ-H01', 'legal']]
    """
    question = Question(to, specialty, level, direction, within_group)
    journey, asked = journey_of(net, facility, question, as_of)
    settled = settle(journey, asked)
    rows = _chain_rows(journey)
    if not settled["judged"]:
        status = "excluded" if "excluded" in settled else "unknown"
        rows = [row | {"status": status} for row in rows]
    return answer(
        journey.day,
        "referrals.path",
        definition(journey.day, "paths"),
        pd.DataFrame(rows, columns=list(_CHAIN)),
        notes=_notes(journey),
        **settled,
    )


@told_as_listed
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
    """Say for every facility where its cheapest legal path ends, or what breaks it.

    The rules are those of `path`. Share: facilities with a path (upwards, with a way back too), of
    the facilities judged. Excluded are classes, facilities not at work, the targets themselves,
    and, where the lead of the own group is asked for, those in no group.

    Parameters
    ----------
    net
        The network.
    to
        The facility to get to. By default the lead of the own group is the target.
    specialty
        A specialty to get to, as in `path`.
    level
        A hospital level to get to, as `3A`; `3` is every tertiary hospital.
    direction
        `up` (default) or `down`.
    within_group
        Whether to use only links whose ends share a group.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per facility: facility, name, status (reached or the kind of counter-example), target,
        target_name, way (inside, alliance, outside the group; unknown where the members are not all
        listed), minutes (null: not stated), steps,
        at and at_name (where it breaks), reason.

    Raises
    ------
    OptionError
        An option is not in its vocabulary, or `to` is no facility.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.referrals.paths(mg.samples.taizhou())
    >>> answer.share, len(answer.excluded)
    (Share(met=45, total=45, unit='facilities'), 23)
    """
    question = Question(to, specialty, level, direction, within_group)
    day = ReferralDay(net, as_of)
    asked = Asked.of(day, question)
    journeys = Journeys(day, question, asked.surely)
    table = verdict_table(journeys)
    sure = journeys.certain()
    return answer(
        day,
        "referrals.paths",
        definition(day, "facilities"),
        judged_rows(table, sure),
        judged=int(sure.sum()),
        met=int((journeys.kind == REACHED).sum()),
        unknown=doubtful_rows(table, ~sure, undeclared(journeys)),
        perhaps=asked.perhaps_rows(),
        excluded=asked.excluded_rows(),
        lists=("facilities",),
        notes=(say("referral.cost_note"),),
    )


def journey_of(
    net: MedicalNetwork, facility: str, question: Question, as_of: datetime.date | str | None
) -> tuple[Journeys, Asked]:
    """Return the journey of one facility, and who is asked about."""
    day = ReferralDay(net, as_of)
    position = day.index.position(net.find(facility))
    if not day.asked[position]:
        raise OptionError(say("referral.no_facility", id=facility, day=day.date.isoformat()))
    return Journeys(day, question, np.array([position])), Asked.of(day, question)


# -- one chain --------------------------------------------------------------------------------


def _chain_rows(journey: Journeys) -> list[dict[str, Any]]:
    day, kind = journey.day, int(journey.kind[0])
    rows = [_link_row(day, step, *link) for step, link in enumerate(journey.chain(0), 1)]
    if kind == REACHED:
        return rows
    if kind != LEVEL_SKIP:
        return [*rows, _broken_row(journey, len(rows) + 1)]
    skips = {"status": "level_skip", "reason": journey.reason(0)}
    at = day.id(int(journey.at[0]))
    return [row | skips if row["source"] == at else row for row in rows]


def _link_row(day: ReferralDay, step: int, source: int, target: int, row: int) -> dict[str, Any]:
    """Return one step as a row: both ends, and what is stated of the link between them."""
    minutes = float(day.minutes([row])[0])
    return {
        "step": step,
        "source": day.id(source),
        "source_name": day.name(source),
        "relation": day.link_column("relation", [row])[0],
        "target": day.id(target),
        "target_name": day.name(target),
        "minutes": None if np.isnan(minutes) else minutes,
        "specialty": day.link_column("specialty", [row])[0],
        "basis": day.link_column("basis", [row])[0],
        "document": day.link_column("document", [row])[0],
        "clause": day.link_column("clause", [row])[0],
        "status": "legal",
        "reason": None,
    }


def _broken_row(journey: Journeys, step: int) -> dict[str, Any]:
    """Return the row of a counter-example: the link at fault, or the place where one is missing."""
    day, at, link = journey.day, int(journey.at[0]), int(journey.link[0])
    row: dict[str, Any] = {"step": step, "source": day.id(at), "source_name": day.name(at)}
    if link >= 0:
        source = day.index.position(day.link_column("source", [link])[0])
        target = day.index.position(day.link_column("target", [link])[0])
        row = _link_row(day, step, source, target, link)
    return row | {"status": journey.kinds()[0].as_py(), "reason": journey.reason(0)}


def _notes(journey: Journeys) -> tuple[str, ...]:
    verdict, cost_note = verdict_of(journey), say("referral.cost_note")
    if verdict["target"] is None:
        return (cost_note,)
    minutes = verdict["minutes"]
    summary = say(
        "referral.summary",
        name=verdict["name"],
        target=verdict["target_name"],
        steps=verdict["steps"],
        minutes=say("referral.minutes_unknown") if minutes is None else minutes,
        way=say(f"referral.way_{verdict['way']}"),
        specialty=label("specialty", journey.question.specialty, language()),
    )
    return (summary, cost_note)
