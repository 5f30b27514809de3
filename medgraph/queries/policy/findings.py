"""Findings as a frame, with what people say about them: waivers and statements, which never change a verdict."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.headings import attribute, in_words
from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES, View, date
from medgraph.queries.policy.facts.subjects import WHOLE
from medgraph.queries.policy.verdicts import Outcome, Shown, case, gap, threshold
from medgraph.words.say import pick, say

if TYPE_CHECKING:
    import pandas as pd

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
    "waived",
    "statement",
]
_MANY = 20_000  # above this, the range of every single finding is left to `explain`
DECISIONS = ("更正", "维持", "豁免")


def frame_of(view: View, outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """Return one row per rule and subject, with the columns of COLUMNS; ids stay the same from run to run."""
    import pandas as pd

    parts = [_findings(view, outcome) for outcome in outcomes]
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    frame["waived"] = frame["statement"] = None
    return frame[COLUMNS]


def _findings(view: View, outcome: Outcome) -> pd.DataFrame:
    import pandas as pd

    rule, ids = outcome.rule, pa.array(outcome.ids, pa.string())
    deciding = _deciding(outcome)
    names = view.index.take("name", outcome.positions)
    texts = [_texts(view, outcome, shown) for shown in outcome.parts] or [_empty(outcome)]
    pick = {key: _chosen([t[key] for t in texts], deciding) for key in texts[0]}
    state = outcome.state
    return pd.DataFrame(
        {
            "id": pc.binary_join_element_wise(rule.pack, rule.id, ids, "/").to_pylist(),
            "pack": rule.pack,
            "rule": rule.id,
            "kind": rule.kind,
            "subject": outcome.ids,
            "name": pc.fill_null(names, "").to_pylist(),
            "verdict": outcome.verdicts,
            **pick,
            "clause": rule.clause,
            "grade": outcome.grade,
            "severity": rule.severity,
            "advice": _advice(rule, state, pick["need"]),
        },
        dtype=object,
    )


def _deciding(outcome: Outcome) -> tuple[np.ndarray, np.ndarray]:
    """Per subject: which part decides its verdict, and its place among the subjects of that part."""
    size = len(outcome.ids)
    chosen, place = np.zeros(size, int), np.zeros(size, int)
    if not outcome.parts:
        return chosen, place
    worst = np.full(size, 9)
    lookup = {id: i for i, id in enumerate(outcome.ids)} if len(outcome.parts) > 1 else None
    for number, shown in enumerate(outcome.parts):
        at = (
            np.arange(size)
            if list(shown.subjects.ids) == outcome.ids
            else np.array([lookup[id] for id in shown.subjects.ids])
        )  # type: ignore[index]
        lower = shown.state < worst[at]
        worst[at[lower]], chosen[at[lower]], place[at[lower]] = (
            shown.state[lower],
            number,
            np.flatnonzero(lower),
        )
    return chosen, place


def _chosen(columns: list[np.ndarray], deciding: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    part, place = deciding
    if len(columns) == 1:
        return columns[0][place]
    found = np.empty(len(part), object)
    for number, column in enumerate(columns):
        mine = part == number
        found[mine] = column[place[mine]]
    return found


def _empty(outcome: Outcome) -> dict[str, np.ndarray]:
    need = ", ".join(outcome.needs)
    asked = need.startswith("parameters.")
    values = {
        "met": 0,
        "total": 0,
        "unit": "",
        "value": "",
        "asked": "",
        "worst": "",
        "best": "",
        "basis": "",
        "reason": say("policy_asks" if asked else "policy_nobody", need=in_words(need)),
        "need": need,
    }
    return {key: np.array([value], object) for key, value in values.items()}


def _texts(view: View, outcome: Outcome, shown: Shown) -> dict[str, np.ndarray]:
    size, tested = len(shown.subjects), shown.tested
    reason, need = np.full(size, "", object), np.full(size, "", object)
    for state in (YES, UNKNOWN, NO):  # what is worse comes last and stands
        rows = np.flatnonzero(tested.state == state)[::-1]
        if state == YES:
            reason[tested.subject[rows]] = tested.why[rows]
            continue
        mine = rows[shown.state[tested.subject[rows]] == state]
        reason[tested.subject[mine]] = _named(view, tested, mine)
        if state == UNKNOWN:
            need[tested.subject[mine]] = tested.need[mine]
    lacking = (shown.total == 0) & (shown.state == UNKNOWN)
    reason[lacking], need[lacking] = (
        say("policy_nothing_to_test", need=in_words(tested.lacking)),
        tested.lacking,
    )
    silent = (shown.state == UNKNOWN) & (need == "")
    need[silent] = gap(outcome.rule, shown)
    reason[silent & (shown.open == 0)] = say("policy_table_open")
    early = (
        bool(outcome.rule.due)
        and view.day < date(outcome.rule.due)
        and outcome.rule.kind != "indicator"
    )
    if early:
        reason[shown.state == NO] = say("policy_not_due", day=outcome.rule.due)
        need[shown.state == NO] = f"due {outcome.rule.due}"
    cases = [case(shown, i) for i in range(size)] if size <= _MANY else [("", "")] * size
    values = np.full(size, "", object)
    for i, value in tested.values.items():
        values[i] = value.text
    if outcome.rule.kind == "indicator" and not tested.values:
        values = np.array(
            [f"{m}/{t}" for m, t in zip(shown.met.tolist(), shown.total.tolist(), strict=True)],
            object,
        )
    return {
        "met": shown.met.astype(object),
        "total": shown.total.astype(object),
        "unit": np.full(size, _unit(shown), object),
        "value": values,
        "asked": np.full(
            size, threshold(shown.part) if outcome.rule.kind == "requirement" else "", object
        ),
        "worst": np.array([c[0] for c in cases], object),
        "best": np.array([c[1] for c in cases], object),
        "basis": _basis(view, shown),
        "reason": reason,
        "need": need,
    }


def _named(view: View, tested: Any, rows: np.ndarray) -> np.ndarray:
    """The reason of an element with its name before it."""
    if len(rows) > _MANY:
        return tested.why[rows]
    names = view.index.take("name", tested.node[rows]).to_pylist()
    return np.array(
        [
            ": ".join(dict.fromkeys(x for x in (name or "", label, why) if x))
            for name, label, why in zip(
                names,
                map(attribute, tested.label[rows].tolist()),
                tested.why[rows].tolist(),
                strict=True,
            )
        ],
        object,
    )


def _unit(shown: Shown) -> str:
    part = shown.part
    if "unit" in part:
        return part["unit"]
    if part.get("of") in ("members", "units", "lead"):
        return "facilities"
    kinds = part.get("where", {}).get("kind")
    return {"Area": "areas", "Group": "groups", "Facility": "facilities"}.get(
        kinds if isinstance(kinds, str) else "", "conditions"
    )


def _basis(view: View, shown: Shown) -> np.ndarray:
    """`expanded` where a link that counts stands in no text word for word, `explicit` where all do, else empty."""
    found = np.full(len(shown.subjects), "", object)
    shows = (shown.tested.row >= 0) & (shown.tested.state == YES)
    rows, subject = shown.tested.row[shows], shown.tested.subject[shows]
    if len(rows):
        expanded = pc.fill_null(pc.equal(view.link_column("basis", rows), "expanded"), False)
        found[subject] = "explicit"
        found[subject[expanded.to_numpy(zero_copy_only=False)]] = "expanded"
    return found


def _advice(rule: Any, state: np.ndarray, need: np.ndarray) -> np.ndarray:
    fix = pick(zh=rule.fix[0], en=rule.fix[1]) or say("policy_fix")
    supply = {
        text: say("policy_supply", need=in_words(text)) if text else say("policy_supply_any")
        for text in set(need)
    }
    return np.array(
        [
            fix if s == NO else supply[n] if s == UNKNOWN else ""
            for s, n in zip(state.tolist(), need.tolist(), strict=True)
        ],
        object,
    )


def with_waivers(
    findings: pd.DataFrame, waivers: pd.DataFrame | None, day: datetime.date
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Lay waivers (rule, subject, reason, office, expires) beside their findings; an expired one is itself a finding.

    Raise OptionError where a column, an office or a day is missing, or a waiver is of no finding.
    """
    if waivers is None or not len(waivers):
        return findings, ()
    _columns(waivers, "rule", "subject", "reason", "office", "expires")
    keys = {
        (r, s): i
        for i, r, s in zip(findings.index, findings["rule"], findings["subject"], strict=True)
    }
    expired = []
    for row in waivers.astype(object).where(waivers.notna(), None).to_dict("records"):
        last = date(row["expires"])
        at = keys.get((str(row["rule"]), str(row["subject"])))
        if last is None or not row["office"] or not row["reason"] or at is None:
            raise OptionError(say("policy_bad_waiver", rule=row["rule"], subject=row["subject"]))
        findings.at[at, "waived"] = (
            None
            if last < day
            else {"reason": row["reason"], "office": row["office"], "expires": last.isoformat()}
        )
        if last < day:
            expired.append((findings.at[at, "id"], last.isoformat()))
    return _with_expired(findings, expired), tuple(id for id, _ in expired)


def _with_expired(findings: pd.DataFrame, expired: list[tuple[str, str]]) -> pd.DataFrame:
    import pandas as pd

    if not expired:
        return findings
    rows = [
        {
            **dict.fromkeys(COLUMNS, ""),
            "id": f"waivers/expired/{id}",
            "pack": "waivers",
            "rule": "waivers",
            "kind": "requirement",
            "subject": id,
            "verdict": "FAIL",
            "met": 0,
            "total": 1,
            "unit": "waivers",
            "severity": "error",
            "grade": "user",
            "waived": None,
            "statement": None,
            "reason": say("policy_waiver_over", day=day),
            "advice": say("policy_waiver_renew"),
        }
        for id, day in expired
    ]
    return pd.concat([findings, pd.DataFrame(rows, columns=COLUMNS)], ignore_index=True)


def with_statements(findings: pd.DataFrame, statements: pd.DataFrame | None) -> pd.DataFrame:
    """Lay statements (finding, statement, decision, office, date) beside their findings; verdicts stay as they are."""
    if statements is None or not len(statements):
        return findings
    _columns(statements, "finding", "statement", "decision", "office", "date")
    at = {id: i for i, id in enumerate(findings["id"])}
    for row in statements.astype(object).where(statements.notna(), None).to_dict("records"):
        if row["finding"] not in at or row["decision"] not in (*DECISIONS, None):
            raise OptionError(
                say("policy_bad_statement", value=row["finding"], allowed="、".join(DECISIONS))
            )
        findings.at[at[row["finding"]], "statement"] = {
            k: None if row[k] is None else str(row[k])[:10] if k == "date" else str(row[k])
            for k in ("statement", "decision", "office", "date")
        }
    return findings


def _columns(frame: pd.DataFrame, *wanted: str) -> None:
    if lost := [c for c in wanted if c not in frame.columns]:
        raise OptionError(say("score_columns", lost=", ".join(lost), wanted=", ".join(wanted)))


__all__ = ["COLUMNS", "WHOLE", "frame_of", "with_statements", "with_waivers"]
