"""Findings as a frame: one row per rule and subject, with verdict, counts, reason, what is
missing and advice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.headings import attribute, in_words
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.arithmetic import threshold, what_is_missing, worst_and_best
from medgraph.queries.policy.packs.pack import Rule, spoken
from medgraph.queries.policy.predicates.pairs import pair_in_words
from medgraph.queries.policy.predicates.tested import filled
from medgraph.queries.policy.verdicts import Outcome, Shown, is_early
from medgraph.queries.policy.what_is_written import reasons_of
from medgraph.words.joining import clauses
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.graphmodel.completeness import Completeness
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.predicates.tested import Tested

COLUMNS = [
    "id",
    "pack",
    "rule",
    "kind",
    "subject",
    "name",
    "verdict",
    "met",
    "total",
    "unit",
    "value",
    "asked",
    "worst",
    "best",
    "clause",
    "grade",
    "basis",
    "severity",
    "reason",
    "need",
    "advice",
    "rests_on",
    "as_listed",
    "waived",
    "statement",
]
VERDICTS = ["pack", "rule", "subject", "verdict", "met", "total", "value"]
_MANY = 20_000  # above this, the range of every single finding is left to `explain`
_UNITS = {"Area": "areas", "Group": "groups", "Facility": "facilities"}


def frame_of(
    audited: AuditedNetwork,
    outcomes: Sequence[Outcome],
    as_listed: Sequence[Mapping[str, str]],
) -> pd.DataFrame:
    """Return one row per rule and subject, with the columns of COLUMNS; ids stay the same from
    run to run.

    `as_listed` gives for each outcome the verdict by subject if the tables are whole.
    """
    pairs = zip(outcomes, as_listed, strict=True)
    parts = [_findings(audited, outcome, if_whole) for outcome, if_whole in pairs]
    return _stacked(parts, COLUMNS)


def _stacked(parts: Sequence[Mapping[str, Any]], names: Sequence[str]) -> pd.DataFrame:
    """The columns of all parts in one frame; one value stands for every row of its part."""
    if not parts:
        return pd.DataFrame(columns=list(names))
    sizes = [len(part["subject"]) for part in parts]
    columns = {
        name: np.concatenate(
            [_objects(part[name], size) for part, size in zip(parts, sizes, strict=True)]
        )
        for name in names
    }
    return pd.DataFrame(columns, dtype=object)


def _objects(values: Any, size: int) -> NDArray[np.object_]:
    found = np.empty(size, object)
    found[:] = values
    return found


def _findings(
    audited: AuditedNetwork, outcome: Outcome, if_whole: Mapping[str, str]
) -> dict[str, Any]:
    rule, ids = outcome.rule, pa.array(outcome.ids, pa.string())
    verdicts = outcome.verdicts
    names = audited.index.take("name", outcome.positions)
    columns = [_columns(audited, outcome, shown) for shown in outcome.parts]
    shown = _of_deciding_parts(outcome, columns)
    return {
        "id": pc.binary_join_element_wise(rule.pack, rule.id, ids, "/").to_pylist(),
        "pack": rule.pack,
        "rule": rule.id,
        "kind": rule.kind,
        "subject": outcome.ids,
        "name": pc.fill_null(names, "").to_pylist(),
        "verdict": verdicts,
        **shown,
        "clause": rule.clause,
        "grade": outcome.grade,
        "severity": rule.severity,
        "advice": _advice(rule, outcome.state, shown["need"]),
        "rests_on": _told(audited, outcome),
        "as_listed": [
            if_whole.get(id, verdict)
            for id, verdict in zip(outcome.ids, verdicts.tolist(), strict=True)
        ],
        "waived": None,
        "statement": None,
    }


def verdicts_of(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Return of the same rows what they come to, with the columns of VERDICTS: the words that
    explain them cost the most.
    """
    return _stacked([_verdicts(outcome) for outcome in outcomes], VERDICTS)


def _verdicts(outcome: Outcome) -> dict[str, Any]:
    rule = outcome.rule
    counted = _of_deciding_parts(outcome, [_counted(rule, shown) for shown in outcome.parts])
    return {
        "pack": rule.pack,
        "rule": rule.id,
        "subject": outcome.ids,
        "verdict": outcome.verdicts,
        **counted,
    }


def _told(audited: AuditedNetwork, outcome: Outcome) -> NDArray[np.object_]:
    """Say of decided findings by whom and when the lists were declared on which they rest."""
    lists: dict[Completeness, list[str]] = {}
    for name in outcome.rests_on:
        whole = name.rpartition(".")[0]
        found = replace(audited.day.declaration_of(name), clause="")
        if found and not (whole in outcome.rests_on and whole.count(".")):
            lists.setdefault(found, []).append(name)
    told = clauses(found.told(*names) for found, names in lists.items())
    return np.where(outcome.state == UNKNOWN, "", told).astype(object)


# -- which part of a rule decides ----------------------------------------------------------------


class _Deciding(NamedTuple):
    """Per subject: the number of the `part` that decides its verdict, and its `place` among the
    subjects of that.
    """

    part: Positions
    place: Positions


def _of_deciding_parts(
    outcome: Outcome, columns: Sequence[dict[str, NDArray[np.object_]]]
) -> dict[str, NDArray[np.object_]]:
    """Return of the columns of each part what the part that decides says of each subject."""
    if not columns:
        return _unasked(outcome)
    deciding = _deciding(outcome)
    if len(columns) == 1:
        return {name: values[deciding.place] for name, values in columns[0].items()}
    found = {name: np.empty(len(outcome.ids), object) for name in columns[0]}
    for number, own in enumerate(columns):
        mine = deciding.part == number
        for name, values in own.items():
            found[name][mine] = values[deciding.place[mine]]
    return found


def _deciding(outcome: Outcome) -> _Deciding:
    size = len(outcome.ids)
    found = _Deciding(np.zeros(size, int), np.zeros(size, int))
    worst = np.full(size, YES + 1)
    for number, shown in enumerate(outcome.parts):
        at = _places(outcome, shown)
        lower = shown.state < worst[at]
        worst[at[lower]] = shown.state[lower]
        found.part[at[lower]] = number
        found.place[at[lower]] = np.flatnonzero(lower)
    return found


def _places(outcome: Outcome, shown: Shown) -> Positions:
    """Return where the subjects of a part are among those of the rule."""
    if list(shown.subjects.ids) == outcome.ids:
        return np.arange(len(outcome.ids))
    place = {id: at for at, id in enumerate(outcome.ids)}
    return np.array([place[id] for id in shown.subjects.ids])


def _unasked(outcome: Outcome) -> dict[str, NDArray[np.object_]]:
    """The columns of a rule that has nobody to ask, or lacks a parameter."""
    need = ", ".join(outcome.needs)
    why = "policy_asks" if need.startswith("parameters.") else "policy_nobody"
    values: dict[str, object] = {
        "met": 0,
        "total": 0,
        **dict.fromkeys(("unit", "value", "asked", "worst", "best", "basis"), ""),
        "reason": say(why, need=in_words(need)),
        "need": need,
    }
    return {name: np.array([value], object) for name, value in values.items()}


# -- what one part says --------------------------------------------------------------------------


def _columns(
    audited: AuditedNetwork, outcome: Outcome, shown: Shown
) -> dict[str, NDArray[np.object_]]:
    size = len(shown.subjects)
    rule = outcome.rule
    asked = threshold(shown.part) if rule.kind == "requirement" else ""
    reason, need = _reason_and_need(audited, rule, shown)
    worst, best = _ranges(shown)
    basis = _basis(audited, shown)
    by_plan = (basis == "expanded") & (shown.state == YES)
    reason[by_plan] = [f"{text}{say('policy_by_plan')}" for text in reason[by_plan]]
    return {
        **_counted(rule, shown),
        "unit": filled(size, _unit(shown)),
        "asked": filled(size, asked),
        "worst": worst,
        "best": best,
        "basis": basis,
        "reason": reason,
        "need": need,
    }


def _counted(rule: Rule, shown: Shown) -> dict[str, NDArray[np.object_]]:
    return {
        "met": shown.counts.met.astype(object),
        "total": shown.counts.total.astype(object),
        "value": _values(rule, shown),
    }


def _reason_and_need(
    audited: AuditedNetwork, rule: Rule, shown: Shown
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    reason, need = _of_elements(audited, shown)
    lacking = (shown.counts.total == 0) & (shown.state == UNKNOWN)
    if shown.is_listed_whole:
        lacking &= need == ""
    datum = shown.tested.lacking
    reason[lacking] = say("policy_nothing_to_test", need=in_words(datum))
    need[lacking] = datum
    silent = (shown.state == UNKNOWN) & (need == "")
    need[silent] = what_is_missing(rule, shown)
    listed = silent & ~shown.counts.whole
    reason[listed] = say("policy_list_open", table=in_words(shown.tested.closing))
    unsaid = silent & shown.counts.whole & (shown.counts.open == 0) & (shown.subjects.state == YES)
    reason[unsaid] = say("policy_table_open")
    for place, value in shown.tested.values.items():
        if value.why_not and shown.state[place] == UNKNOWN:
            reason[place] = value.why_not
    perhaps = (shown.subjects.state != YES) & (shown.state == UNKNOWN)
    reason[perhaps] = [say("policy_perhaps_asked", reason=text) for text in reason[perhaps]]
    nothing = (shown.state == NO) & (reason == "")
    asked = threshold(shown.part)
    reason[nothing] = [
        say("policy_too_few", met=met, asked=asked) for met in shown.counts.met[nothing].tolist()
    ]
    if rule.kind != "indicator" and is_early(audited, rule):
        reason[shown.state == NO] = say("policy_not_due", day=rule.due)
        need[shown.state == NO] = f"due {rule.due}"
    return reason, need


def _of_elements(
    audited: AuditedNetwork, shown: Shown
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the reason of each subject, and what it needs, from the first of its elements that
    decides.
    """
    tested, size = shown.tested, len(shown.subjects)
    reason, need = np.full(size, "", object), np.full(size, "", object)
    met = _first_of_each(tested, tested.state == YES)
    reason[tested.subject[met]] = tested.why[met]
    perhaps = (tested.asked == UNKNOWN) & (tested.state != UNKNOWN)  # it may not belong at all
    for state in (UNKNOWN, NO):  # what is worse comes last and stays
        mine = shown.open_rows if state == UNKNOWN else tested.state == NO
        rows = _first_of_each(tested, mine & (shown.state[tested.subject] == state))
        reason[tested.subject[rows]] = _named(audited, tested, rows, perhaps)
        if state == UNKNOWN:
            need[tested.subject[rows]] = tested.need[rows]
    # who may not be asked has no open element: what would fail if it were is the reason
    in_doubt = (shown.subjects.state != YES) & (shown.state == UNKNOWN) & (need == "")
    rows = _first_of_each(tested, (tested.state == NO) & in_doubt[tested.subject])
    reason[tested.subject[rows]] = tested.why[rows]
    return reason, need


def _first_of_each(tested: Tested, mask: Mask) -> Positions:
    """Return of the rows of a mask the first of each subject."""
    rows = np.flatnonzero(mask)
    _, first = np.unique(tested.subject[rows], return_index=True)
    found: Positions = rows[first]
    return found


def _named(
    audited: AuditedNetwork, tested: Tested, rows: Positions, perhaps: Mask
) -> NDArray[np.object_]:
    """The reasons of elements with their names before them; some may not be asked about."""
    reasons = reasons_of(audited, tested, rows)
    doubted = perhaps[rows]
    reasons[doubted] = [say("policy_perhaps_asked", reason=why) for why in reasons[doubted]]
    if len(rows) > _MANY:
        return reasons
    names = audited.index.take("name", tested.node[rows]).to_pylist()
    labels = tested.label[rows].tolist()
    titles = {label: pair_in_words(audited, label) or attribute(label) for label in set(labels)}
    columns = zip(names, map(titles.get, labels), reasons.tolist(), strict=True)
    texts = [": ".join(dict.fromkeys(filter(None, texts))) for texts in columns]
    return np.array(texts, object)


def _ranges(shown: Shown) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return worst and best of each subject."""
    size = len(shown.subjects)
    if size > _MANY:
        return np.full(size, "", object), np.full(size, "", object)
    worst, best = np.empty(size, object), np.empty(size, object)
    for places in _alike(shown):
        worst[places], best[places] = worst_and_best(shown, int(places[0]))
    return worst, best


def _alike(shown: Shown) -> list[Positions]:
    """The places of the subjects, those with the same counts together; with a number each alone."""
    if shown.tested.values:
        return [np.array([place]) for place in range(len(shown.subjects))]
    found: dict[tuple[int, ...], list[int]] = {}
    counts = zip(*(column.tolist() for column in shown.counts), strict=True)
    for place, count in enumerate(counts):
        found.setdefault(count, []).append(place)
    return [np.array(places) for places in found.values()]


def _values(rule: Rule, shown: Shown) -> NDArray[np.object_]:
    """Return the number of each subject; of an indicator without one, its count."""
    found = np.full(len(shown.subjects), "", object)
    if shown.tested.values:
        for place, value in shown.tested.values.items():
            found[place] = value.text
    elif rule.kind == "indicator":
        counts = zip(shown.counts.met.tolist(), shown.counts.total.tolist(), strict=True)
        found[:] = [f"{met}/{total}" for met, total in counts]
    return found


def _unit(shown: Shown) -> str:
    """Return what is counted."""
    part = shown.part
    if "unit" in part:
        return str(part["unit"])
    if part.get("of") in ("members", "units", "lead"):
        return "facilities"
    kind = part.get("where", {}).get("kind")
    return _UNITS.get(kind, "conditions") if isinstance(kind, str) else "conditions"


def _basis(audited: AuditedNetwork, shown: Shown) -> NDArray[np.object_]:
    """`expanded` where a link that counts is in no text word for word, `explicit` where all are,
    else empty.
    """
    found = np.full(len(shown.subjects), "", object)
    shows = (shown.tested.row >= 0) & (shown.tested.state == YES)
    rows, subject = shown.tested.row[shows], shown.tested.subject[shows]
    if len(rows):
        by_plan = audited.expanded[rows] | shown.tested.by_plan[shows]
        found[subject] = "explicit"
        found[subject[by_plan]] = "expanded"
    return found


def _advice(rule: Rule, states: States, needs: NDArray[np.object_]) -> NDArray[np.object_]:
    """Say what to do about what fails, and what to supply where data is missing."""
    fix = spoken(rule.fix) or say("policy_fix")
    supply = {need: _supply(need) for need in set(needs)}
    pairs = zip(states.tolist(), needs.tolist(), strict=True)
    found = np.full(len(states), "", object)
    for place, (state, need) in enumerate(pairs):
        if state != YES:
            found[place] = fix if state == NO else supply[need]
    return found


def _supply(need: str) -> str:
    return say("policy_supply", need=in_words(need)) if need else say("policy_supply_any")
