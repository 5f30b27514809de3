"""What people say about findings: waivers and statements, which never change a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.policy.findings import COLUMNS
from medgraph.queries.policy.scoring.frames import need_columns, rows_of
from medgraph.words.days import read_iso_day
from medgraph.words.joining import listed
from medgraph.words.say import say
from medgraph.words.score_sheets import DECISIONS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

_EXPIRED = {
    **dict.fromkeys(COLUMNS, ""),
    "pack": "waivers",
    "rule": "waivers",
    "kind": "requirement",
    "verdict": "FAIL",
    "met": 0,
    "total": 1,
    "unit": "waivers",
    "severity": "error",
    "grade": "user",
    "waived": None,
    "statement": None,
}


def with_waivers(
    findings: pd.DataFrame, waivers: pd.DataFrame | None, day: datetime.date
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Lay waivers (rule, subject, reason, office, expires) beside their findings; an expired one is
    itself a finding. Where two packs have the rule, a column pack or `pack/rule` names which.

    Of several for one finding the one that lasts longest holds, in whatever order they stand; it
    stays with the finding whatever its verdict becomes. Raise OptionError where a column, an office
    or a day is missing, or a waiver is of no finding, or of findings of several packs.
    """
    if waivers is None or not len(waivers):
        return findings, ()
    need_columns(waivers, "rule", "subject", "reason", "office", "expires")
    longest: dict[Any, tuple[datetime.date, dict[str, Any]]] = {}
    for row in rows_of(waivers):
        at, last = _place_of(findings, row), read_iso_day(row["expires"])
        if at is None or last is None or not (row["office"] and row["reason"]):
            raise OptionError(say("policy_bad_waiver", rule=row["rule"], subject=row["subject"]))
        if at not in longest or last > longest[at][0]:
            longest[at] = last, row
    expired: list[tuple[str, datetime.date]] = []
    for at, (last, row) in sorted(longest.items()):
        _set(findings, at, "waived", None if last < day else _waived(row, last))
        if last < day:
            expired.append((str(findings.at[at, "id"]), last))
    return _with_expired(findings, expired), tuple(id for id, _ in expired)


def _place_of(findings: pd.DataFrame, row: Mapping[str, Any]) -> Any:
    """The row of the one finding that a waiver is of; None where there is none, or several."""
    before, _, rule = str(row["rule"]).rpartition("/")
    pack = str(row.get("pack") or before)
    fits = (findings["rule"] == rule) & (findings["subject"] == str(row["subject"]))
    if pack:
        fits &= findings["pack"] == pack
    places = findings.index[fits]
    return places[0] if len(places) == 1 else None


def _waived(row: Mapping[str, Any], last: datetime.date) -> dict[str, Any]:
    return {"reason": row["reason"], "office": row["office"], "expires": last.isoformat()}


def _with_expired(findings: pd.DataFrame, expired: list[tuple[str, datetime.date]]) -> pd.DataFrame:
    if not expired:
        return findings
    rows = [
        {
            **_EXPIRED,
            "id": f"waivers/expired/{id}",
            "subject": id,
            "reason": say("policy_waiver_over", day=last.isoformat()),
            "advice": say("policy_waiver_renew"),
        }
        for id, last in expired
    ]
    return pd.concat([findings, pd.DataFrame(rows, columns=COLUMNS)], ignore_index=True)


def with_statements(findings: pd.DataFrame, statements: pd.DataFrame | None) -> pd.DataFrame:
    """Lay statements (finding, statement, decision, office, date) beside their findings; verdicts
    stay as they are.

    Raise OptionError where a column is missing, or a statement is of no finding or states no
    decision that is known.
    """
    if statements is None or not len(statements):
        return findings
    need_columns(statements, "finding", "statement", "decision", "office", "date")
    place = {id: at for at, id in enumerate(findings["id"])}
    for row in rows_of(statements):
        if row["finding"] not in place or row["decision"] not in (*DECISIONS, None):
            allowed = listed(DECISIONS)
            raise OptionError(say("policy_bad_statement", value=row["finding"], allowed=allowed))
        _set(findings, place[row["finding"]], "statement", _stated(row))
    return findings


def _set(findings: pd.DataFrame, row: Any, column: str, value: Any) -> None:
    """Put a value, which may be a mapping, into one cell."""
    findings.at[row, column] = value


def _stated(row: Mapping[str, Any]) -> dict[str, str | None]:
    texts = {
        name: None if row[name] is None else str(row[name])
        for name in ("statement", "decision", "office", "date")
    }
    day = texts["date"]
    return {**texts, "date": day and day[:10]}
