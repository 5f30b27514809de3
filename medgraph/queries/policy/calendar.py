"""The calendar of an audit: the dated duties of its packs and the days by which rules are due, and
how each stands on its day.

A duty that is due later waits; when its day has passed it is done, or nothing is stated (NO_DATA),
or what is stated says that it was not done, or late (FAIL). The day itself still counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from medgraph.graphmodel.made_ids import WHOLE
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.audit_text import in_column
from medgraph.queries.policy.facts.audited_network import OF_YEAR
from medgraph.queries.policy.facts.subjects import Subjects, subjects_of
from medgraph.queries.policy.packs.pack import spoken
from medgraph.queries.policy.predicates.wording import equals
from medgraph.words.days import day_or_none, read_iso_day
from medgraph.words.quantities import COUNT, quantity
from medgraph.words.say import language, say
from medgraph.words.stated import stated, yes_or_no
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.packs.duties import Duty
    from medgraph.queries.policy.packs.pack import Pack
    from medgraph.queries.policy.verdicts import Outcome

LATER, DONE, NO_DATA, FAIL = "LATER", "DONE", "NO_DATA", "FAIL"
COLUMNS = [
    *("day", "duty", "pack", "year", "subject", "name", "text", "who", "verdict"),
    *("reason", "need", "clause", "grade"),
]
Judged = tuple[str, str, str]  # verdict, reason, need


class _Stated(NamedTuple):
    """What is stated of a duty: whether it follows, its day, the text that shows it done, and what
    that is called.
    """

    state: int
    day: datetime.date | None
    done: str | None
    label: str


def calendar(
    audited: AuditedNetwork, packs: Iterable[Pack], outcomes: Iterable[Outcome]
) -> pd.DataFrame:
    """Return the dated duties of packs on the day of an audit, the earliest first.

    Those that come every year, or speak of a year, are listed for this year and the one before;
    their columns are COLUMNS. A rule that is due by a day has a row too, with what it came to.
    """
    outcomes = list(outcomes)
    verdicts = {
        (outcome.rule.pack, outcome.rule.id): dict(
            zip(outcome.ids, outcome.verdicts.tolist(), strict=True)
        )
        for outcome in outcomes
    }
    rows = [
        {"pack": pack.id, **row}
        for pack in packs
        for duty in pack.duties
        for year in _years(duty, pack.date, audited.date.year)
        for row in _rows(audited, duty, year, verdicts.get((pack.id, duty.follows), {}))
    ]
    rows += [_due(outcome, audited.date) for outcome in outcomes if outcome.rule.due]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.sort_values(
        ["day", "duty", "subject"], kind="stable", ignore_index=True, na_position="last"
    )


def _due(outcome: Outcome, today: datetime.date) -> dict[str, Any]:
    """The row of a rule that is due by a day: until that has passed it waits, or holds already."""
    rule = outcome.rule
    counts = Counter(outcome.verdicts.tolist())
    verdict = DONE if outcome.verdict in ("PASS", "INFO") else outcome.verdict
    is_open = verdict != DONE and today.isoformat() <= rule.due
    needs = outcome.needs if verdict == NO_DATA and not is_open else ()
    return {
        "day": rule.due,
        "duty": rule.id,
        "pack": rule.pack,
        "year": None,
        "subject": WHOLE,
        "name": "",
        "text": spoken(rule.text),
        "who": "",
        "verdict": LATER if is_open else verdict,
        "reason": say("list_comma").join(
            f"{label('verdict', verdict, language())} {count}"
            for verdict, count in sorted(counts.items())
        ),
        "need": ", ".join(needs),
        "clause": rule.clause,
        "grade": outcome.grade,
    }


def _years(duty: Duty, document: str, now: int) -> list[int | None]:
    """Return for which years a duty is listed, from its document on; None: it is of no year."""
    first = (duty.on or document)[:4]
    names = (*duty.when, duty.done, duty.on_attribute)
    if not duty.each_year and not any(name.endswith(OF_YEAR) for name in names):
        return [None]
    return [year for year in (now - 1, now) if str(year) >= first]


def _rows(
    audited: AuditedNetwork, duty: Duty, year: int | None, verdicts: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    told = _of_year(duty, year, audited.date.year)
    subjects = _subjects(audited, told)
    # of this year alone is the rule judged
    judged = verdicts if year in (None, audited.date.year) else {}
    states = _following(audited, told, subjects, judged)
    label = duty.done.replace(OF_YEAR, f"@{year}")
    names = audited.index.take("name", subjects.positions).to_pylist()
    for place, (id, name) in enumerate(zip(subjects.ids, names, strict=True)):
        at = subjects.positions[place : place + 1]
        day = _day(audited, told, at)
        found = _Stated(states[place], day, _text(audited, told.done, at), label)
        if found.state == NO:
            continue
        verdict, reason, need = _judged(told, found, audited.date)
        yield {
            "day": day.isoformat() if day else None,
            "duty": duty.id,
            "year": year,
            "subject": id,
            "name": name or "",
            "text": spoken(duty.text),
            "who": spoken(duty.who),
            "verdict": verdict,
            "reason": reason,
            "need": need,
            "clause": duty.clause,
            "grade": duty.grade,
        }


def _of_year(duty: Duty, year: int | None, now: int) -> Duty:
    """Return a duty as it is in one year; `@year` is that of the audit unless another is named."""
    if year is None:
        return duty

    def named(name: str) -> str:
        if year == now or not name.endswith(OF_YEAR):
            return name
        return f"{name.removesuffix(OF_YEAR)}@{year}"

    return replace(
        duty,
        when={named(name): wanted for name, wanted in duty.when.items()},
        done=named(duty.done),
        on_attribute=named(duty.on_attribute),
        on=f"{year}{duty.on[4:]}" if duty.each_year else duty.on,
    )


def _subjects(audited: AuditedNetwork, duty: Duty) -> Subjects:
    """Return of whom a duty is asked: of all together, whoever states that it is done speaks."""
    if duty.subjects != WHOLE:
        return subjects_of(audited, duty.subjects)
    says = audited.column(duty.done).is_valid().to_numpy(zero_copy_only=False)
    said = np.flatnonzero(says & audited.asked)
    if not len(said):
        return subjects_of(audited, WHOLE)
    ids = audited.index.ids.take(said).to_pylist()
    return Subjects(ids, said, np.full(len(said), YES, np.int8))


def _following(
    audited: AuditedNetwork, duty: Duty, subjects: Subjects, verdicts: Mapping[str, str]
) -> list[int]:
    """Say of each subject whether the duty follows for it."""
    found = np.minimum(subjects.state, YES)
    if duty.when:
        found = np.minimum(found, audited.states(duty.when, subjects.positions))
    states: list[int] = found.tolist()
    if not duty.follows:
        return states
    because = [_of_result(verdicts.get(id), duty.result) for id in subjects.ids]
    return [min(pair) for pair in zip(states, because, strict=True)]


def _of_result(verdict: str | None, wanted: str) -> int:
    if verdict in (None, NO_DATA):
        return UNKNOWN
    return YES if verdict == wanted else NO


def _day(audited: AuditedNetwork, duty: Duty, at: Any) -> datetime.date | None:
    if duty.on:
        return read_iso_day(duty.on)
    return day_or_none(_text(audited, duty.on_attribute, at))


def _text(audited: AuditedNetwork, name: str, at: Any) -> str | None:
    found: str | None = audited.texts(name, at)[0]
    return found


# -- the verdict -----------------------------------------------------------------------------------


def _judged(duty: Duty, found: _Stated, today: datetime.date) -> Judged:
    """Judge one duty of one subject; whether it follows at all may leave it open."""
    verdict, reason, need = _as_stated(duty, found, today)
    if verdict == DONE or found.state == YES:
        return verdict, reason, need
    perhaps = say("duty_perhaps", reason=reason)
    if verdict == LATER:
        return verdict, perhaps, need
    return NO_DATA, perhaps, _cause(duty) or need


def _cause(duty: Duty) -> str:
    return ", ".join(duty.when) or (f"rule {duty.follows}" if duty.follows else "")


def _as_stated(duty: Duty, found: _Stated, today: datetime.date) -> Judged:
    shown = equals(found.label, found.done)
    if found.day is None:
        return NO_DATA, say("duty_no_day", what=shown), duty.on_attribute
    passed = found.day < today
    if stated(found.done) is None:
        return (NO_DATA, shown, duty.done) if passed else (LATER, shown, "")
    if duty.at_least is not None:
        return _counted(duty, found.done, shown, passed=passed)
    done_on = day_or_none(found.done)
    if done_on is None:
        return _answered(duty, found.done, shown, passed=passed)
    if done_on > today and not passed:
        return LATER, shown, ""
    if done_on > found.day:
        return FAIL, say("duty_late", what=shown, day=found.day), ""
    return DONE, shown, ""


def _counted(duty: Duty, done: str | None, shown: str, *, passed: bool) -> Judged:
    number = quantity(done, COUNT)
    if number is not None and number >= (duty.at_least or 0):
        return DONE, shown, ""
    if not passed:
        return LATER, shown, ""
    return (NO_DATA, shown, duty.done) if number is None else (FAIL, shown, "")


def _answered(duty: Duty, done: str | None, shown: str, *, passed: bool) -> Judged:
    """Judge by a yes or a no: a yes after the day does not say when."""
    answer = yes_or_no(done)
    if answer is None:
        return (NO_DATA, shown, duty.done) if passed else (LATER, shown, "")
    if answer:
        return (NO_DATA, say("duty_when", what=shown), duty.done) if passed else (DONE, shown, "")
    return (FAIL, shown, "") if passed else (LATER, shown, "")


def in_lines(found: pd.DataFrame) -> str:
    """Return a calendar as people read it in a terminal: a line for each duty."""
    lines = [_line(row) for row in found.to_dict("records")]
    counts = found["verdict"].value_counts()
    said = "; ".join(
        f"{say(f'duty.{verdict}')} {counts.get(verdict, 0)}"
        for verdict in (LATER, DONE, NO_DATA, FAIL)
    )
    return "".join(lines) + say("duties", count=len(found), verdicts=said) + "\n"


def _line(row: Mapping[Any, Any]) -> str:
    day = row["day"] if isinstance(row["day"], str) else "-" * 10
    name = " ".join(filter(None, [row["subject"], row["name"]]))
    who = f"[{row['who']}]" if row["who"] else ""
    what = " ".join(filter(None, [row["text"], who, name]))
    verdict = in_column(say(f"duty.{row['verdict']}"))
    return f"{day}  {verdict} {row['duty']:7} {what}: {row['reason']}\n"
