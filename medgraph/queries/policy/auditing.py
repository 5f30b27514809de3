"""The audit of a network: findings per rule and subject, their evidence, what would decide the
rest.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph._version import __version__
from medgraph.errors import OptionError, UnknownIdError
from medgraph.graphmodel.explicit import on_basis
from medgraph.graphmodel.headings import in_words, naming
from medgraph.graphmodel.held_tables import require_network
from medgraph.graphmodel.left_rows import with_doubts, with_left_rows
from medgraph.graphmodel.states import UNKNOWN
from medgraph.notebook import InNotebook, line, table, title, whole
from medgraph.queries.policy import audit_text
from medgraph.queries.policy.arithmetic import best_and_worst
from medgraph.queries.policy.calendar import calendar
from medgraph.queries.policy.evidence import MET, evidence_by_subject, evidence_of
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.doubled_columns import with_single_columns
from medgraph.queries.policy.facts.ledger import with_ledger
from medgraph.queries.policy.facts.unused import unused_lines
from medgraph.queries.policy.findings import frame_of, verdicts_of
from medgraph.queries.policy.missing_data import missing
from medgraph.queries.policy.needs import needs_of_finding
from medgraph.queries.policy.packs import Pack, Rule, Texts, load_all, settings
from medgraph.queries.policy.scoring.schemes import faulty_lines
from medgraph.queries.policy.verdicts import Outcome, judge_as_listed, judge_rule
from medgraph.queries.policy.waivers import with_statements, with_waivers
from medgraph.queries.results import each_record, records
from medgraph.words.say import say
from medgraph.words.stamps import stamps_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from medgraph.graphmodel.left_rows import LeftNodes
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.policy.needs import Need

_EVIDENCE = ("element", "state", "reason", "source", "relation", "target", "clause", "origin")
_AT_ONCE = 2000  # findings whose evidence is in memory
COUNTS = ("PASS", "FAIL", "NO_DATA", "INFO")


@dataclass(frozen=True, eq=False)
class Audit(InNotebook):
    """What packs say of a network on a day.

    Parameters
    ----------
    packs
        The packs it was tested against.
    as_of
        The day.
    outcomes
        What each rule came to, with the tests behind.
    findings
        A row per rule and subject: id | pack | rule | kind | subject | name | verdict | met |
        total | unit | value | asked | worst | best | clause | grade | basis | severity | reason |
        need | advice | rests_on | as_listed | waived | statement; `rests_on` says who declared the
        lists complete that decide, `as_listed` is the verdict if every table is whole.
    expired
        The findings whose waiver is over.
    left_out
        How many rows of the source could not be loaded.
    network
        The network without these rows, as questions are asked of it.
    audited
        The network as the rules saw it.
    unused
        The lines of the ledger that no rule read: subject | item | value | period | origin.
    faulty
        The scores and grades of the ledger that are none: the same columns | fault.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.audit(mg.samples.taizhou(), "urban-2023")
    <Audit urban-2023 2023-10-25 {'PASS': 2, 'FAIL': 2, 'NO_DATA': 8, 'INFO': 0}>
    """

    packs: tuple[Pack, ...]
    as_of: datetime.date
    outcomes: tuple[Outcome, ...]
    findings: pd.DataFrame
    expired: tuple[str, ...]
    left_out: int
    network: MedicalNetwork
    audited: AuditedNetwork
    unused: pd.DataFrame
    faulty: pd.DataFrame

    @property
    def contradictions(self) -> pd.DataFrame:
        """What is stated in two ways, so that neither counts: subject | item | values | origins."""
        rows = [
            (found.subject, found.item, " / ".join(found.values), " / ".join(found.origins))
            for found in self.audited.contradictions
        ]
        return pd.DataFrame(rows, columns=["subject", "item", "values", "origins"])

    @cached_property
    def rules(self) -> pd.DataFrame:
        """One row per rule.

        rule | pack | kind | verdict | findings | failed | no_data | statement | clause | grade |
        severity | basis; `basis` is `expanded` where a rule passes by what a plan says will be.
        """
        rules = pd.DataFrame([_rule_row(outcome) for outcome in self.outcomes])
        rules["basis"] = [self._basis(outcome) for outcome in self.outcomes]
        return rules

    def _basis(self, outcome: Outcome) -> str:
        """`expanded` where a rule passes by links that a plan only implies."""
        if outcome.verdict != "PASS":
            return ""
        rule, every = outcome.rule, self.findings
        mine = every[(every["rule"] == rule.id) & (every["pack"] == rule.pack)]
        return "expanded" if (mine["basis"] == "expanded").any() else ""

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rules came to PASS, FAIL, NO_DATA and INFO."""
        found = [outcome.verdict for outcome in self.outcomes]
        return {verdict: found.count(verdict) for verdict in COUNTS}

    @property
    def stamps(self) -> tuple[str, ...]:
        """What must be said before all else: the stamp of the network, rows that are missing."""
        stamps = stamps_of(self.audited.net.meta)
        if not self.left_out:
            return stamps
        return (*stamps, say("policy_left_out", count=self.left_out))

    @property
    def failed(self) -> bool:
        """Whether a rule fails that no valid waiver covers, or a waiver has expired."""
        open_ones = (self.findings["verdict"] == "FAIL") & self.findings["waived"].isna()
        return bool(open_ones.any()) or bool(self.expired)

    @cached_property
    def calendar(self) -> pd.DataFrame:
        """The dated duties of the packs, and how each stands on the day.

        day | duty | pack | year | subject | name | text | who | verdict | reason | need | clause |
        grade; LATER: its day is still to come, DONE, NO_DATA: its day passed and nothing is
        stated, FAIL: stated as not done, or done late. What comes every year is listed for this
        year and the one before.
        """
        with naming(self.words):
            return calendar(self.audited, self.packs, self.outcomes)

    @cached_property
    def missing(self) -> pd.DataFrame:
        """What would decide most: data | decides | rules.

        Taken in this order, each row decides the most further rules for the fewest data.
        """
        return missing(self.outcomes)

    def outcome(self, rule: str) -> Outcome:
        """Return what one rule came to, by its id.

        Raises
        ------
        UnknownIdError
            Where the audit has no such rule.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> found.outcome("UG-04").verdict
        'FAIL'
        """
        for outcome in self.outcomes:
            if outcome.rule.id == rule:
                return outcome
        raise UnknownIdError(say("policy_unknown_rule", value=rule))

    def finding(self, id: str) -> Mapping[str, Any]:
        """Return one finding as a mapping, by its id `pack/rule/subject`.

        Raises
        ------
        UnknownIdError
            Where there is none.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> row = found.finding("urban-2023/UG-04/G2")
        >>> row["verdict"], row["met"], row["total"]
        ('FAIL', 0, 4)
        """
        hit = self.findings[self.findings["id"] == id]
        if not len(hit):
            raise UnknownIdError(say("policy_unknown_finding", value=id))
        return records(hit)[0]

    def evidence(self, finding: str) -> pd.DataFrame:
        """Return every element tested for a finding, with its record.

        Returns
        -------
        part | element | name | state (met, not met, open) | reason | need | source | relation |
        target | basis | document | clause | origin | cell.

        Raises
        ------
        UnknownIdError
            Where there is no such finding.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "taizhou-2023")
        >>> frame = found.evidence("taizhou-2023/TZ-04/all")
        >>> frame["state"].value_counts().to_dict()
        {'met': 38, 'not met': 1}
        """
        row = self.finding(finding)
        return evidence_of(self.audited, self.outcome_of(row).parts, row["subject"])

    def outcome_of(self, finding: Mapping[str, Any]) -> Outcome:
        """Return what the rule of a finding came to.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> found.outcome_of(found.finding("urban-2023/UG-04/G2")).rule.id
        'UG-04'
        """
        wanted = finding["pack"], finding["rule"]
        return next(o for o in self.outcomes if (o.rule.pack, o.rule.id) == wanted)

    def to_dict(self) -> dict[str, Any]:
        """Return the audit as plain values, with the keys that scripts rely on.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023").to_dict()
        >>> found["packs"], found["counts"]["FAIL"]
        (['urban-2023'], 2)
        """
        return self.about() | {"findings": list(self.each_finding())}

    def about(self) -> dict[str, Any]:
        """Return the same plain values without the findings.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.policy.audit(mg.samples.taizhou(), "urban-2023").about()["packs"]
        ['urban-2023']
        """
        found: dict[str, Any] = {
            "packs": self.pack_ids,
            "as_of": self.as_of.isoformat(),
            "medgraph": __version__,
            "counts": self.counts,
            "rules": records(self.rules),
            "missing": records(self.missing),
        }
        if self.stamps:
            found["stamps"] = list(self.stamps)
        if len(self.contradictions):
            found["contradictions"] = records(self.contradictions)
        if len(self.faulty):
            found["faulty"] = records(self.faulty)
        if len(self.unused):
            found["unused"] = records(self.unused)
        if self.expired:
            found["expired_waivers"] = list(self.expired)
        return found

    @property
    def pack_ids(self) -> list[str]:
        """The packs that hold rules, not parameters alone."""
        return [pack.id for pack in self.packs if pack.rules]

    def each_finding(self) -> Iterator[dict[str, Any]]:
        """Yield every finding with its evidence and what would decide it, as plain values.

        The evidence of some thousand findings is in memory at a time.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> next(found.each_finding())["rule"]
        'UG-01'
        """
        by_rule = itertools.groupby(
            each_record(self.findings), key=lambda row: (row["pack"], row["rule"])
        )
        for (_, rule), rows in by_rule:
            if rule == "waivers":
                yield from ({**row, "members": [], "evidence": [], "needs": []} for row in rows)
            else:
                while some := list(itertools.islice(rows, _AT_ONCE)):
                    yield from self._with_evidence(some)

    def _with_evidence(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield these findings of one rule with their evidence, which is looked up together."""
        outcome = self.outcome_of(rows[0])
        subjects = dict.fromkeys(row["subject"] for row in rows)
        evidence = evidence_by_subject(self.audited, outcome.parts, subjects)
        for row in rows:
            shown = evidence.pop(row["subject"], [])
            yield {
                **row,
                "members": [element["element"] for element in shown if element["state"] == MET],
                "evidence": [{name: element[name] for name in _EVIDENCE} for element in shown],
                **best_and_worst(outcome, row),
                "needs": [need.to_dict() for need in self._needs(outcome, row)],
            }

    def needs(self, finding: str) -> list[Need]:
        """Return the cells, rows and declarations that would decide a finding; none if decided.

        Raises
        ------
        UnknownIdError
            Where there is no such finding.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> need = found.needs("urban-2023/UG-11/G1")[0]
        >>> need.kind, need.what, need.id
        ('cell', 'groups.charter', 'G1')
        """
        row = self.finding(finding)
        if row["rule"] == "waivers":
            return []
        return self._needs(self.outcome_of(row), row)

    def _needs(self, outcome: Outcome, row: Mapping[str, Any]) -> list[Need]:
        if row["verdict"] != "NO_DATA":
            return []
        return needs_of_finding(self.audited, outcome, row["subject"])

    def in_words(self, datum: str) -> str:
        """Name missing data as people call it, with the words of the packs.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> found.in_words("groups.charter") == "groups.charter"
        False
        """
        with naming(self.words):
            return in_words(datum)

    @property
    def words(self) -> Mapping[str, Texts]:
        """What the packs call attributes of their own, in Chinese and in English."""
        return _words_of(self.packs)

    # -- for people ------------------------------------------------------------------------------

    def __str__(self) -> str:
        return audit_text.in_text(self)

    @cached_property
    def remarks(self) -> list[str]:
        """What else a reader has to know: open lists, contradictions, lines unread."""
        return audit_text.remarks(self)

    @property
    def open_lists(self) -> dict[str, list[str]]:
        """The lists of subjects that may be longer than what is judged, with the rules they are of.

        Whoever is not listed is not judged; the verdicts on those who are stand.
        """
        found: dict[str, list[str]] = {}
        for outcome in self.outcomes:
            for name in outcome.open_lists:
                found.setdefault(name, []).append(outcome.rule.id)
        return found

    def __repr__(self) -> str:
        return f"<Audit {', '.join(self.pack_ids)} {self.as_of} {self.counts}>"

    def _repr_html_(self) -> str:
        columns = ["rule", "verdict", "statement", "failed", "no_data", "clause"]
        return whole(
            title(audit_text.head(self), self.stamps),
            line(audit_text.counts_in_words(self)),
            table(columns, self.rules[columns].to_numpy().tolist()),
        )


def _rule_row(outcome: Outcome) -> dict[str, Any]:
    rule, verdicts = outcome.rule, outcome.verdicts
    return {
        "rule": rule.id,
        "pack": rule.pack,
        "kind": rule.kind,
        "verdict": outcome.verdict,
        "findings": len(outcome.ids),
        "failed": int((verdicts == "FAIL").sum()),
        "no_data": int((verdicts == "NO_DATA").sum()),
        "statement": rule.statement,
        "clause": rule.clause,
        "grade": outcome.grade,
        "severity": rule.severity,
    }


def audit(
    net: MedicalNetwork,
    packs: Pack | str | Path | Iterable[Pack | str | Path],
    *,
    as_of: datetime.date | str | None = None,
    basis: str | None = None,
    waivers: pd.DataFrame | None = None,
    statements: pd.DataFrame | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    left_out: int = 0,
    left_nodes: LeftNodes | None = None,
    ledger: pd.DataFrame | None = None,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
) -> Audit:
    """Audit a network against one or several packs, by name, file or as `Pack`.

    Each rule gives a verdict per subject: numerator `met` of `total` elements, with the records
    behind. Source: the packs, each rule with clause and grade of evidence.

    Parameters
    ----------
    net
        The network.
    packs
        One pack or several; a file with only `[parameters]` is one of them.
    as_of
        The day; default: the data day.
    basis
        `explicit` takes links that a plan only implies (`expanded`) as not stated.
    waivers
        rule, subject, reason, office, expires.
    statements
        finding, statement, decision, office, date.
    select
        The rules to test, by id or the beginning of it; default: all.
    ignore
        The rules to leave out, by id or the beginning of it.
    left_out
        How many rows could not be loaded: they widen worst and best case and never make a PASS.
    left_nodes
        What could be read of these rows (`Loaded.left_nodes`): only rules that it does not exclude
        reckon with them. Without it, all do.
    ledger
        Facts beside the tables: subject, item, value, and where useful period and origin.
    parameters
        What the rules ask of the user, by rule.

    Returns
    -------
    The audit: counts of rules per verdict, findings per rule and subject, what is missing.

    Raises
    ------
    OptionError
        Where no day is stated, a name is unknown, or one of the tables lacks a column.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023", select=["UG-04"])
    >>> found.counts
    {'PASS': 0, 'FAIL': 1, 'NO_DATA': 0, 'INFO': 0}
    >>> found.findings[["subject", "verdict"]].values.tolist()
    [['G1', 'PASS'], ['G2', 'FAIL'], ['G3', 'FAIL'], ['G4', 'FAIL']]
    """
    require_network(net)
    chosen = load_all(packs)
    if as_of is None and net.data_day is None:
        raise OptionError(say("policy_no_day"))
    day = net.day(as_of)
    rules = _selected(chosen, tuple(select), tuple(ignore))
    asked = on_basis(with_doubts(net, left_nodes), basis)
    stated = on_basis(with_left_rows(net, left_nodes), basis)
    audited = _audited(stated, day, chosen, left_out=0 if left_nodes else left_out, ledger=ledger)
    with naming(_words_of(chosen)):
        outcomes = _judged(audited, rules, settings(chosen, parameters))
        found = frame_of(audited, outcomes, _if_listed_whole(audited, outcomes))
    findings, expired = with_waivers(found, waivers, day)
    findings = with_statements(findings, statements)
    unused = unused_lines(ledger, audited.read)
    faulty = faulty_lines(ledger)
    return Audit(
        tuple(chosen), day, outcomes, findings, expired, left_out, asked, audited, unused, faulty
    )


def verdicts(net: MedicalNetwork, packs: Sequence[Any], *, as_of: datetime.date) -> pd.DataFrame:
    """Return what each finding of an audit comes to, without the words that explain it.

    Parameters
    ----------
    net
        The network.
    packs
        The packs, by name, file or as `Pack`.
    as_of
        The day.

    Returns
    -------
    A row per rule and subject: pack | rule | subject | verdict | met | total | value, in the order
    of the findings.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> found = verdicts(net, ["urban-2023"], as_of=net.day())
    >>> int((found["verdict"] == "FAIL").sum())
    7
    """
    chosen = load_all(packs)
    audited = _audited(net, as_of, chosen)
    rules = [rule for pack in chosen for rule in pack.rules]
    with naming(_words_of(chosen)):
        return verdicts_of(_judged(audited, rules, settings(chosen, None)))


def _audited(
    net: MedicalNetwork,
    day: datetime.date,
    packs: Iterable[Pack],
    *,
    left_out: int = 0,
    ledger: pd.DataFrame | None = None,
) -> AuditedNetwork:
    """The network as the rules see it."""
    single, twice = with_single_columns(net)
    whole, contradictions = with_ledger(single, ledger, twice)
    return AuditedNetwork(
        whole,
        day,
        left_out=left_out,
        contradictions=contradictions,
        units={name: unit for pack in packs for name, unit in pack.units.items()},
    )


def _judged(
    audited: AuditedNetwork, rules: Iterable[Rule], given: Mapping[str, Mapping[str, Any]]
) -> tuple[Outcome, ...]:
    return tuple(judge_rule(audited, rule, given.get(rule.id, {})) for rule in rules)


def _if_listed_whole(audited: AuditedNetwork, outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """Return for each outcome what it comes to by subject if every table is whole; nothing of what
    is decided.
    """
    registers = (part["register"] for o in outcomes for part in o.rule.parts if "register" in part)
    whole = audited.with_whole_tables(registers)
    return [
        judge_as_listed(whole, outcome) if (outcome.state == UNKNOWN).any() else {}
        for outcome in outcomes
    ]


def _words_of(packs: Iterable[Pack]) -> dict[str, Texts]:
    """Return what packs call attributes of their own."""
    return {name: texts for pack in packs for name, texts in pack.words.items()}


def _selected(packs: list[Pack], wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> list[Rule]:
    """Return the rules whose id begins so; refuse a beginning that no id has."""
    rules = [rule for pack in packs for rule in pack.rules]
    for text in (*wanted, *unwanted):
        if not any(rule.id.startswith(text) for rule in rules):
            allowed = ", ".join(rule.id for rule in rules)
            raise OptionError(say("not_one_of", what="rule", value=text, allowed=allowed))
    return [
        rule
        for rule in rules
        if (not wanted or rule.id.startswith(wanted)) and not rule.id.startswith(unwanted)
    ]
