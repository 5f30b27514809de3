"""Take a finding apart: clause, arithmetic, every element with its record, and which one record would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.queries.policy.auditing import Audit, arithmetic
from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES
from medgraph.queries.policy.packs.faults import Rule, load, shipped
from medgraph.queries.policy.verdicts import _counted, gap
from medgraph.queries.results import records
from medgraph.words.say import pick, say

if TYPE_CHECKING:
    import pandas as pd

_WORD = {YES: "met", NO: "not met", UNKNOWN: "open"}
_TO = {"met": NO, "not met": YES, "open": YES}


@dataclass(frozen=True, eq=False)
class Explanation:
    """One finding, taken apart.

    `finding` is its row; `arithmetic` one line per part; `evidence` every element with its record; `others` the
    rule's other subjects; `changes` which single record would change the verdict, and to what.
    """

    finding: Mapping[str, Any]
    rule: Rule
    arithmetic: tuple[str, ...]
    evidence: pd.DataFrame
    others: pd.DataFrame
    changes: tuple[str, ...]
    stamps: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as plain values."""
        return {
            "finding": dict(self.finding),
            "rule": self.rule.id,
            "statement": self.rule.statement,
            "arithmetic": list(self.arithmetic),
            "evidence": records(self.evidence),
            "others": records(self.others),
            "changes": list(self.changes),
            "stamps": list(self.stamps),
        }

    def __str__(self) -> str:
        row, rule = self.finding, self.rule
        lines = [*self.stamps, f"{row['id']}  {row['verdict']}  {row['name']}", rule.statement]
        lines += [say("policy_clause", clause=row["clause"], grade=row["grade"])]
        lines += [
            text
            for text in (pick(zh=rule.why[0], en=rule.why[1]), rule.note, row["reason"])
            if text
        ]
        lines += list(self.arithmetic)
        if row["advice"]:
            lines.append(say("policy_advice", advice=row["advice"]))
        for key, name in (("waived", "policy_waived"), ("statement", "policy_stated")):
            if isinstance(row[key], Mapping):
                lines.append(say(name, **row[key]))
        if len(self.evidence):
            shown = self.evidence.drop(columns=["need"]).fillna("")
            shown = shown[[c for c in shown.columns if (shown[c] != "").any()]]
            lines += [say("policy_tested"), shown.to_string(index=False)]
        if len(self.others):
            lines += [say("policy_others"), self.others.to_string(index=False, max_rows=20)]
        return "\n".join([*lines, *self.changes])


def explain(audit: Audit, finding: str) -> Explanation:
    """Explain one finding of an audit by its id `pack/rule/subject`; raise UnknownIdError where there is none."""
    row = audit.finding(finding)
    if row["rule"] == "waivers":
        return explain(audit, finding.removeprefix("waivers/expired/"))
    outcome = audit._outcome_of(row)
    places = [
        (shown, list(shown.subjects.ids).index(row["subject"]))
        for shown in outcome.parts
        if row["subject"] in list(shown.subjects.ids)
    ]
    others = audit.findings
    others = others[(others["rule"] == row["rule"]) & (others["pack"] == row["pack"])]
    others = others[others["subject"] != row["subject"]][
        ["id", "name", "verdict", "met", "total", "reason"]
    ]
    evidence = audit.evidence(finding)
    return Explanation(
        row,
        outcome.rule,
        tuple(arithmetic(shown, i) for shown, i in places),
        evidence,
        others.reset_index(drop=True),
        tuple(_changes(audit, outcome, row, places, evidence)),
        audit.stamps,
    )


def _changes(
    audit: Audit, outcome: Any, row: Mapping[str, Any], places: list, evidence: pd.DataFrame
):
    """Yield a sentence for every single record that would change the verdict of the finding."""
    if outcome.rule.kind == "indicator":
        return
    found = False
    for number, (shown, i) in enumerate(places, 1):
        if shown.tested.values:
            continue
        rest = min([int(s.state[j]) for s, j in places if s is not shown], default=YES)
        was = min(rest, int(shown.state[i]))
        for element in records(evidence[evidence["part"] == number]):
            now = min(rest, _flipped(audit, shown, i, element["state"]))
            if now != was:
                found = True
                name = element["name"] or element["element"]
                yield say(
                    "policy_flip",
                    element=name,
                    was=element["state"],
                    now=_WORD[_TO[element["state"]]],
                    verdict=_VERDICT[now],
                )
        more = min(rest, _flipped(audit, shown, i, None))
        if more != was and more > was:
            found = True
            yield say("policy_one_more", verdict=_VERDICT[more])
    if not found:
        needs = [gap(outcome.rule, s) for s, i in places if s.state[i] == UNKNOWN and not s.open[i]]
        yield say("policy_supply", need=needs[0]) if needs else say("policy_flip_none")


_VERDICT = {YES: "PASS", NO: "FAIL", UNKNOWN: "NO_DATA"}


def _flipped(audit: Audit, shown: Any, i: int, state: str | None) -> int:
    """The state of the part if one element of `state` were the other way; None: with one more that holds."""
    import numpy as np

    met, open_ones, total = int(shown.met[i]), int(shown.open[i]), int(shown.total[i])
    if state is None:
        met, total = met + 1, total + 1
    else:
        open_ones -= state == "open"
        met += -1 if state == "met" else 1
    arrays = (
        np.array([met]),
        np.array([open_ones]),
        np.array([total]),
        shown.tested.whole[i : i + 1],
    )
    return int(_counted(audit.view, shown.part, *arrays)[0])


def describe(rule: str) -> str:
    """Return a shipped rule in words: statement, clause, grade, test, why, what to do, what it asks of the user."""
    found = next((r for name in shipped() for r in load(name).rules if r.id == rule), None)
    if found is None:
        from medgraph.errors import UnknownIdError

        raise UnknownIdError(say("policy_unknown_rule", value=rule))
    why, fix = (pick(zh=texts[0], en=texts[1]) for texts in (found.why, found.fix))
    lines = [
        f"{found.id}  {found.pack}  {found.kind}",
        found.statement,
        say("policy_clause", clause=found.clause, grade=found.grade),
    ]
    lines += [t for t in (why, found.note) if t]
    lines += [
        f"  {part['predicate']}: "
        + ", ".join(f"{k}={v}" for k, v in part.items() if k != "predicate")
        for part in found.parts
    ]
    if found.ask:
        names = (f"{k}: {pick(zh=v[0], en=v[1])}" for k, v in found.ask.items())
        lines.append(say("policy_asks_user", names="; ".join(names)))
    if fix:
        lines.append(say("policy_advice", advice=fix))
    return "\n".join(lines)


def rules(pack: str | None = None) -> pd.DataFrame:
    """Return the rules of a pack, or of all shipped ones.

    rule | pack | kind | statement | asked | clause | grade | severity | asks (what the user has to set).
    """
    import pandas as pd

    from medgraph.queries.policy.verdicts import threshold

    names = [pack] if pack else shipped()
    return pd.DataFrame(
        [
            {
                "rule": r.id,
                "pack": r.pack,
                "kind": r.kind,
                "statement": r.statement,
                "asked": " & ".join(dict.fromkeys(threshold(p) for p in r.parts))
                if r.kind == "requirement"
                else "",
                "clause": r.clause,
                "grade": r.grade,
                "severity": r.severity,
                "asks": ", ".join(r.ask),
            }
            for name in names
            for r in load(name).rules
        ]
    )
