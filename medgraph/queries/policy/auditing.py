"""The audit of a network: findings per rule and subject, their evidence, what would decide the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph._version import __version__
from medgraph.errors import OptionError, UnknownIdError
from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.notebook import InNotebook, line, table, title, whole
from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES, View, with_ledger
from medgraph.queries.policy.packs.faults import Pack, load_all, settings
from medgraph.queries.policy.verdicts import Outcome, Shown, case, gap, judge_rule, threshold
from medgraph.queries.results import records
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("PASS", "FAIL", "NO_DATA", "INFO")


@dataclass(frozen=True, eq=False)
class Audit(InNotebook):
    """What packs say of a network on a day.

    `counts` counts rules per verdict; `findings` has a row per rule and subject, `rules` a row per rule; `missing` is
    the shortest list of data that would decide the most rules.
    """

    packs: tuple[Pack, ...]
    as_of: datetime.date
    outcomes: tuple[Outcome, ...]
    findings: pd.DataFrame
    expired: tuple[str, ...]
    left_out: int
    view: View

    @cached_property
    def rules(self) -> pd.DataFrame:
        """rule | pack | kind | verdict | findings | failed | no_data | statement | clause | grade | severity."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "rule": o.rule.id,
                    "pack": o.rule.pack,
                    "kind": o.rule.kind,
                    "verdict": o.verdict,
                    "findings": len(o.ids),
                    "failed": int((o.verdicts == "FAIL").sum()),
                    "no_data": int((o.verdicts == "NO_DATA").sum()),
                    "statement": o.rule.statement,
                    "clause": o.rule.clause,
                    "grade": o.grade,
                    "severity": o.rule.severity,
                }
                for o in self.outcomes
            ]
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rules came to PASS, FAIL, NO_DATA and INFO."""
        found = [o.verdict for o in self.outcomes]
        return {verdict: found.count(verdict) for verdict in COUNTS}

    @property
    def stamps(self) -> tuple[str, ...]:
        stamp = self.view.net.meta.get("stamp")
        out = (say("policy_left_out", count=self.left_out),) if self.left_out else ()
        return ((stamp,) if stamp else ()) + out

    @property
    def failed(self) -> bool:
        """Whether a rule fails that no valid waiver covers, or a waiver has expired."""
        open_ones = (self.findings["verdict"] == "FAIL") & self.findings["waived"].isna()
        return bool(open_ones.any()) or bool(self.expired)

    @cached_property
    def missing(self) -> pd.DataFrame:
        """data | decides | rules: taken in this order, each row decides the most further rules for the fewest data."""
        return missing(self.outcomes)

    def outcome(self, rule: str) -> Outcome:
        found = next((o for o in self.outcomes if o.rule.id == rule), None)
        if found is None:
            raise UnknownIdError(say("policy_unknown_rule", value=rule))
        return found

    def finding(self, id: str) -> Mapping[str, Any]:
        """Return one finding as a mapping, by its id `pack/rule/subject`."""
        hit = self.findings[self.findings["id"] == id]
        if not len(hit):
            raise UnknownIdError(say("policy_unknown_finding", value=id))
        return records(hit)[0]

    def evidence(self, finding: str) -> pd.DataFrame:
        """Return every element tested for a finding, with its record.

        part | element | name | state (met, not met, open) | reason | need | source | relation | target | basis |
        document | clause | origin | cell.
        """
        import pandas as pd

        row = self.finding(finding)
        frames = [
            _elements(self.view, shown, number, row["subject"])
            for number, shown in enumerate(self._outcome_of(row).parts, 1)
        ]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_EVIDENCE)

    def _outcome_of(self, row: Mapping[str, Any]) -> Outcome:
        return next(
            o for o in self.outcomes if o.rule.id == row["rule"] and o.rule.pack == row["pack"]
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the audit as plain values, with the keys that scripts rely on."""
        out = {
            "packs": [p.id for p in self.packs if p.rules],
            "as_of": self.as_of.isoformat(),
            "medgraph": __version__,
            "counts": self.counts,
            "findings": [self._finding(row) for row in records(self.findings)],
            "rules": records(self.rules),
            "missing": records(self.missing),
        }
        return (
            out
            | ({"stamps": list(self.stamps)} if self.stamps else {})
            | ({"expired_waivers": list(self.expired)} if self.expired else {})
        )

    def _finding(self, row: dict[str, Any]) -> dict[str, Any]:
        shown = self.evidence(row["id"]) if row["rule"] != "waivers" else None
        if shown is None:
            return {**row, "members": [], "evidence": []}
        keep = ("element", "state", "reason", "source", "relation", "target", "clause", "origin")
        return {
            **row,
            "members": [
                e for e, s in zip(shown["element"], shown["state"], strict=True) if s == "met"
            ],
            "evidence": records(shown[list(keep)]),
        }

    def __str__(self) -> str:
        head = "; ".join(f"{k} {n}" for k, n in self.counts.items())
        lines = [
            *self.stamps,
            say(
                "policy_head",
                packs=", ".join(p.id for p in self.packs if p.rules),
                day=self.as_of.isoformat(),
            ),
            head,
        ]
        lines += [f"{r.verdict:8} {r.rule:7} {r.statement}" for r in self.rules.itertuples()]
        bad = self.findings[self.findings["verdict"].isin(["FAIL"])]
        if len(bad):
            lines += ["", say("policy_failed", count=len(bad))]
            lines += [
                f"  {r.id}  {r.name}  {r.reason}" for r in bad.head(40).itertuples(index=False)
            ]
        none = self.findings[self.findings["verdict"] == "NO_DATA"]
        if len(none):
            lines += ["", say("policy_no_data", count=len(none))]
            lines += [f"  {r.id}  {r.reason}" for r in none.head(40).itertuples(index=False)]
        if len(self.missing):
            lines += [
                "",
                say(
                    "policy_missing",
                    count=len(self.missing),
                    rules=int(self.missing["decides"].sum()),
                ),
            ]
            lines += [
                f"  {in_words(r.data)}: {r.rules}" for r in self.missing.itertuples(index=False)
            ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return (
            f"<Audit {', '.join(p.id for p in self.packs if p.rules)} {self.as_of} {self.counts}>"
        )

    def _repr_html_(self) -> str:
        columns = ["rule", "verdict", "statement", "failed", "no_data", "clause"]
        head = say(
            "policy_head",
            packs=", ".join(p.id for p in self.packs if p.rules),
            day=self.as_of.isoformat(),
        )
        return whole(
            title(head, self.stamps),
            line("; ".join(f"{k} {n}" for k, n in self.counts.items())),
            table(columns, self.rules[columns].to_numpy().tolist()),
        )


_EVIDENCE = [
    "part",
    "element",
    "name",
    "state",
    "reason",
    "need",
    "source",
    "relation",
    "target",
    "basis",
    "document",
    "clause",
    "origin",
    "cell",
]
_STATE = np.array(["not met", "open", "met"], object)


def audit(
    net: MedicalNetwork,
    packs: Any,
    *,
    as_of: datetime.date | str | None = None,
    waivers: pd.DataFrame | None = None,
    statements: pd.DataFrame | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    left_out: int = 0,
    ledger: pd.DataFrame | None = None,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
) -> Audit:
    """Audit a network against one or several packs, by name, file or as `Pack`.

    Each rule gives a verdict per subject: numerator `met` of `total` elements, with the records behind. `left_out` is
    the number of rows that could not be loaded: they widen worst and best case and never make a PASS. `waivers` has
    rule, subject, reason, office, expires; `statements` has finding, statement, decision, office, date. `ledger` has
    subject, item, value, period, origin. `select` and `ignore` name rules or beginnings of their ids. Raise OptionError
    where no day is stated or a name is unknown. Source: the packs, each rule with clause and grade of evidence.
    """
    from medgraph.queries.policy.findings import frame_of, with_statements, with_waivers

    chosen = load_all(packs)
    if as_of is None and net.data_day is None:
        raise OptionError(say("policy_no_day"))
    day = net.day(as_of)
    given = settings(chosen, parameters)
    view = View(with_ledger(net, ledger), day, left_out=left_out)
    outcomes = tuple(
        judge_rule(view, rule, given.get(rule.id, {}))
        for pack in chosen
        for rule in _selected(pack, chosen, select, ignore)
    )
    findings = frame_of(view, outcomes)
    findings, expired = with_waivers(findings, waivers, day)
    return Audit(
        tuple(chosen), day, outcomes, with_statements(findings, statements), expired, left_out, view
    )


def _selected(pack: Pack, packs: list[Pack], select: Iterable[str], ignore: Iterable[str]):
    wanted, unwanted = tuple(select), tuple(ignore)
    known = [rule.id for p in packs for rule in p.rules]
    for text in (*wanted, *unwanted):
        if not any(id.startswith(text) for id in known):
            raise OptionError(say("not_one_of", what="rule", value=text, allowed=", ".join(known)))
    return [
        r
        for r in pack.rules
        if (not wanted or r.id.startswith(wanted)) and not (unwanted and r.id.startswith(unwanted))
    ]


def _elements(view: View, shown: Shown, part: int, subject: str) -> pd.DataFrame:
    import pandas as pd

    tested = shown.tested
    ids = list(shown.subjects.ids)
    if subject not in ids:
        return pd.DataFrame(columns=_EVIDENCE)
    mine = np.flatnonzero(tested.subject == ids.index(subject))
    node, rows = tested.node[mine], tested.row[mine]
    named = view.index.take("name", node).to_pylist()
    keys = view.index.ids.take(pa.array(node, mask=node < 0)).to_pylist()
    labels = tested.label[mine].tolist()
    link = {
        name: view.link_column(name, np.maximum(rows, 0)).to_pylist()
        if len(view.net.tables[1])
        else [None] * len(rows)
        for name in ("source", "relation", "target", "basis", "document", "clause", "origin")
    }
    here = {
        name: view.index.take(name, node).to_pylist()
        for name in ("basis", "document", "clause", "origin")
    }
    frame = pd.DataFrame(
        {
            "part": part,
            "element": [label or key or "" for key, label in zip(keys, labels, strict=True)],
            "name": [name or "" for name in named],
            "state": _STATE[tested.state[mine]],
            "reason": tested.why[mine],
            "need": tested.need[mine],
        },
        columns=_EVIDENCE,
    )
    for name, values in link.items():
        own = here.get(name, [None] * len(rows))
        # as object: a column of nothing but None would else become one of numbers
        frame[name] = pd.Series(
            [values[i] if rows[i] >= 0 else own[i] for i in range(len(rows))], dtype=object
        )
    frame["cell"] = [Origin.parse(o).place if o else "" for o in frame["origin"]]
    return frame


def missing(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """Return data | decides | rules: at each step the rule with the fewest data lacking, ties by how many rules."""
    import pandas as pd

    wanted = {
        o.rule.id: needs for o in outcomes if o.verdict == "NO_DATA" and (needs := needs_of(o))
    }
    rows = []
    while wanted:
        left = wanted.values()
        needs = min(left, key=lambda n: (len(n), -sum(other <= n for other in left), sorted(n)))
        done = sorted(rule for rule, other in wanted.items() if other <= needs)
        rows.append(
            {"data": " + ".join(sorted(needs)), "decides": len(done), "rules": ", ".join(done)}
        )
        wanted = {rule: other - needs for rule, other in wanted.items() if rule not in done}
    return pd.DataFrame(rows, columns=["data", "decides", "rules"])


def needs_of(outcome: Outcome) -> frozenset[str]:
    """Return the data that stand between an undecided rule and its verdict."""
    found = set(outcome.needs)
    for shown in outcome.parts:
        undecided = shown.state == UNKNOWN
        if not undecided.any():
            continue
        mine = undecided[shown.tested.subject] & (shown.tested.state == UNKNOWN)
        found |= {need for need in np.unique(shown.tested.need[mine].astype(str)) if need}
        if (shown.total[undecided] == 0).any() and shown.tested.lacking:
            found.add(shown.tested.lacking)
        if shown.part.get("register") or not found:
            found.add(gap(outcome.rule, shown))
    return frozenset(found)


def arithmetic(shown: Shown, i: int) -> str:
    """Return one line: what was found, what is asked, worst and best."""
    worst, best = case(shown, i)
    value = shown.tested.values.get(i)
    found = value.text if value is not None else f"{int(shown.met[i])}/{int(shown.total[i])}"
    return say(
        "policy_arithmetic", found=found, asked=threshold(shown.part), worst=worst, best=best
    )


__all__ = ["NO", "UNKNOWN", "YES", "Audit", "arithmetic", "audit", "missing", "needs_of"]
