"""Gather what is wrong: findings of answers and of the audit, and apart those of the file.

This is the one list: the report, its workbook, the maps and the board show these findings in this
order under these numbers.
"""

from __future__ import annotations

from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.graphmodel.origin import Origin
from medgraph.visuals.headings import said, state_label, subject_name
from medgraph.visuals.network.finding_data import problems_of
from medgraph.visuals.report.called import Called
from medgraph.visuals.report.tables import ReportTable, each_once, first_names, text_of, texts_of
from medgraph.words.joining import said_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.words.say import Problem


# query -> rank of its findings, worst first, and which statuses are one (None: every row).
FAULTS: dict[str, tuple[int, tuple[str, ...] | None]] = {
    "coverage.served": (1, ("gap",)),
    "coverage.multiple": (3, None),
    "coverage.overlaps": (4, None),
    "coverage.stations": (5, ("gap",)),
    "referrals.broken": (6, None),
    "referrals.specialties": (6, ("none",)),
    "sharing.centres": (6, ("missing",)),
    "sharing.matrix": (6, ("failed",)),
    "sharing.unsupported": (7, None),
    "coverage.ungrouped": (8, None),
}
# What a subject with the finding of another question cannot but have too: told under that one.
CAUSES = {
    "referrals.broken": "coverage.ungrouped",
    "referrals.specialties": "coverage.ungrouped",
    "sharing.matrix": "coverage.ungrouped",
    "sharing.unsupported": "coverage.ungrouped",
}
AUDIT = "audit"  # stands for the question of findings that are of rules
COLUMNS = ("number", "severity", "place", "fault", "clause", "evidence", "action", "query", "id")
# severity -> the last rank that has it
SEVERITIES = {"severe": 2, "major": 5, "minor": 99}
_LEFT_OUT_RANK = 2
_PROBLEM_RANKS = {"error": 2, "warning": 9}
_MERGED, _MERGED_RANK = "I098", 10  # rows that became one
_VERDICT_RANKS = {"error": 3, "warning": 5}
_INFORMATION_RANK = 8
_OTHER_FAULTS = (5, ("FAIL",))
_OF_MANY_KINDS = "referrals.broken"  # its rows are wrong in more than one way
FACILITIES_BESIDE = 50_000  # of a network whose audit page lists what its report does
_NAMED = 3  # subjects of a failed rule that its finding names
# What a finding says of a row of an answer, beside whom it is about.
_TOLD = (
    *("name", "source_name", "target", "target_name", "status", "reason"),
    *("clause", "document", "advice", "fix"),
)
_AT_ONCE = 20_000  # rows of an answer whose texts are held beside their findings
# What a node states about where it comes from.
_WHERE_FROM = ("register", "edition", "clause", "document", "origin")


class Finding(NamedTuple):
    """One thing that is wrong: where, what, by which clause, the evidence (cell), what to do.

    Of the ranks 1 is the worst. `kind` is what is wrong in the words that all like it share;
    `subjects` and `names` are whom it is about, with more than one where a rule fails; `undecided`
    is how many more may turn out to be like it; `status` is the word of the answer;
    `points_to` is the other end of a link; `followers` are findings that follow from it;
    against last time, `mark` is new, same or partly.
    """

    rank: int
    place: str
    fault: str
    evidence: str
    action: str
    query: str = ""
    clause: str = ""
    subject: str = ""
    kind: str = ""
    subjects: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    undecided: int = 0
    status: str = ""
    points_to: str = ""
    mark: str = ""
    followers: tuple[Finding, ...] = ()

    @property
    def severity(self) -> str:
        """How bad it is: severe (ranks 1 and 2), major (3 to 5), minor."""
        return next(word for word, last in SEVERITIES.items() if self.rank <= last)

    @property
    def basis(self) -> str:
        """The clause and the evidence in one line; of a rule its clause."""
        if self.query == AUDIT:
            return self.stated_clause
        return " · ".join(part for part in (self.clause, self.evidence) if part)

    @property
    def stated_clause(self) -> str:
        """The clause as its document has it: that of a rule names its pack before it."""
        return self.clause.partition(" ")[2] if self.query == AUDIT else self.clause


def findings(net: MedicalNetwork, answers: Mapping[str, Any], audit: Any) -> tuple[Finding, ...]:
    """Return every finding about the network, the worst first, each with those that follow."""
    found: list[Finding] = []
    for query, answer in answers.items():
        found += _of_answer(net, query, answer)
    if audit is not None:
        found += _of_audit(Called(net), audit)
    return tuple(sorted(_under_their_causes(found), key=lambda finding: finding.rank))


def findings_of_file(left_rows: Sequence[Any], problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Return every finding about the file: a row left out, a problem that is no reason of one."""
    advice = say("report.act.left_out")
    found = [
        Finding(_LEFT_OUT_RANK, r.place, r.reason, r.place, advice, kind=r.reason, names=(r.place,))
        for r in left_rows
    ]
    left = {row.place for row in left_rows}
    for one in problems:
        is_told = one.severity in _PROBLEM_RANKS or one.code == _MERGED
        if is_told and not (one.place in left and one.severity == "error"):
            found.append(_of_problem(one))
    return tuple(sorted(found, key=lambda finding: finding.rank))


def _of_problem(one: Problem) -> Finding:
    return Finding(
        _PROBLEM_RANKS.get(one.severity, _MERGED_RANK),
        one.place,
        one.message,
        f"{one.place} {one.code}".strip(),
        one.advice,
        kind=one.code,
        names=(one.place,) if one.place else (),
    )


def _under_their_causes(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings that follow from no other, each with those that follow from it."""
    causing = set(CAUSES.values())
    causes = {(one.query, one.subject) for one in found if one.query in causing}
    of_cause: dict[tuple[str, str], list[Finding]] = {}
    told = []
    for one in found:
        cause = _cause(one, causes)
        if cause is None:
            told.append(one)
        else:
            of_cause.setdefault(cause, []).append(one)
    for one in told:
        under = of_cause.get((one.query, one.subject), [])
        rank = min([one.rank, *(follower.rank for follower in under)])
        yield one._replace(rank=rank, followers=tuple(under)) if under else one


def _cause(finding: Finding, causes: Container[tuple[str, str]]) -> tuple[str, str] | None:
    """What a finding follows from: that of its subject, or of the other end of its link."""
    cause = CAUSES.get(finding.query)
    if cause is None:
        return None
    ends = ((cause, end) for end in (finding.subject, finding.points_to))
    return next((end for end in ends if end in causes), None)


def numbered(found: Sequence[Finding], first: int = 1) -> Iterator[tuple[int | str, Finding]]:
    """Yield each finding with its number; what follows from finding 9 is 9.1, 9.2, …"""
    for number, finding in enumerate(found, start=first):
        yield number, finding
        for place, follower in enumerate(finding.followers, start=1):
            yield f"{number}.{place}", follower


def by_subject(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Return the findings about each node, those that follow among them."""
    about: dict[str, list[Finding]] = {}
    for _, finding in numbered(found):
        for subject in finding.subjects:
            about.setdefault(subject, []).append(finding)
    return about


def problems_by_node(net: MedicalNetwork, found: Sequence[Finding]) -> dict[str, str]:
    """Return what is wrong with each node in the order of the findings, as the maps mark it."""
    return problems_of(net, numbered(found))


def _of_answer(net: MedicalNetwork, query: str, answer: Any) -> list[Finding]:
    rank, statuses = FAULTS.get(query, _OTHER_FAULTS)
    rows = answer.frame
    if statuses is not None:
        if "status" not in rows.columns:
            return []
        rows = rows[rows["status"].isin(statuses)]
    if query == "referrals.specialties":
        # an area that nobody serves is a finding of coverage already
        rows = rows[rows["facility"].notna()]
    # what cannot be judged may turn out to be like them only where the question has one answer
    undecided = 0 if query == _OF_MANY_KINDS else len(answer.unknown)
    found: list[Finding] = []
    for start in range(0, len(rows), _AT_ONCE):
        some = rows.iloc[start : start + _AT_ONCE]
        found += _of_rows(Called(net), query, rank, some, answer.key, undecided)
    return found


def _of_rows(
    called: Called, query: str, rank: int, rows: pd.DataFrame, key: str, undecided: int
) -> list[Finding]:
    told = _columns(rows, (key, *_TOLD))
    subjects = told[key]
    positions = called.net.index.positions(subjects)
    stated = [
        name or source for name, source in zip(told["name"], told["source_name"], strict=True)
    ]
    places = called.places(subjects, stated, positions)
    if query == _OF_MANY_KINDS:
        called.learn([*subjects, *told["target"]])  # whom the texts of a row name
    return [
        Finding(
            rank,
            place,
            fault,
            evidence or subject,
            action,
            query,
            clause,
            subject,
            kind,
            (subject,),
            (place,),
            undecided,
            status,
            target,
        )
        for subject, place, kind, fault, action, (clause, evidence), status, target in zip(
            subjects,
            places,
            _kinds(query, told),
            _faults(called, query, told),
            _actions(called, query, told),
            _evidence(called.net, positions, told),
            _shared(told["status"]),
            told["target"],
            strict=True,
        )
    ]


def _columns(rows: pd.DataFrame, names: Iterable[str]) -> dict[str, list[str]]:
    """Columns of an answer as texts; one that it does not have is empty."""
    nothing = [""] * len(rows)
    return {name: texts_of(rows[name]) if name in rows.columns else nothing for name in names}


def _shared(texts: Iterable[str]) -> list[str]:
    """The same texts, each held once: of many findings they are few."""
    return each_once(intern, texts)


def _kinds(query: str, told: Mapping[str, list[str]]) -> list[str]:
    """What is wrong, in the words that all findings like it share."""
    return each_once(lambda status: intern(_kind(query, status)), told["status"])


def _kind(query: str, status: str) -> str:
    if query == _OF_MANY_KINDS:
        return state_label(status)
    title = said("answer.", query, query)
    return said("report.fault.", query, said_of(title, state_label(status)))


def _faults(called: Called, query: str, told: Mapping[str, list[str]]) -> list[str]:
    if query != _OF_MANY_KINDS:
        faults = each_once(lambda reason: said("report.fault.", query, reason), told["reason"])
        return called.all_told(faults)
    return each_once(
        lambda end: _to_target(called, *end),
        zip(_kinds(query, told), told["target"], told["target_name"], strict=True),
    )


def _to_target(called: Called, kind: str, target: str, name: str) -> str:
    """What is wrong with a link, and with whom it leads to, where that has a name."""
    return f"{kind} → {called.place(target, name)}" if name else kind


def _actions(called: Called, query: str, told: Mapping[str, list[str]]) -> list[str]:
    otherwise = said("report.act.", query, "")
    pairs = zip(told["advice"], told["fix"], strict=True)
    return called.all_told([advice or fix or otherwise for advice, fix in pairs])


def _evidence(
    net: MedicalNetwork, positions: Positions, told: Mapping[str, list[str]]
) -> list[tuple[str, str]]:
    """The clause of each finding, and the cell or file that its subject comes from."""
    where_from = [net.index.take(column, positions).to_pylist() for column in _WHERE_FROM]
    return each_once(
        lambda stated: _clause_and_place(*[text or "" for text in stated]),
        zip(told["clause"], told["document"], *where_from, strict=True),
    )


def _clause_and_place(
    own_clause: str,
    own_document: str,
    register: str,
    edition: str,
    clause: str,
    document: str,
    origin: str,
) -> tuple[str, str]:
    """What an answer states itself comes before what the network states of the subject."""
    edition = " ".join([register, edition]).strip()
    clause, document = own_clause or clause, own_document or document
    came_from = Origin.parse(origin)
    known = came_from.file in (document, edition) and not came_from.sheet
    parts: list[str] = []
    for part in (came_from.cell if known else came_from.place, edition, document):
        if part and not any(part in earlier for earlier in (*parts, clause)):
            parts.append(part)
    return intern(clause), " · ".join(parts)


def _of_audit(called: Called, audit: Any) -> list[Finding]:
    """One finding for each rule that fails where no waiver holds; a table has its subjects."""
    rules = {(rule["pack"], rule["rule"]): rule for rule in audit.rules.to_dict("records")}
    failed = audit.findings[(audit.findings["verdict"] == "FAIL") & audit.findings["waived"].isna()]
    return [
        _of_rule(called, key[0], rules[key], rows)
        for key, rows in failed.groupby(["pack", "rule"], sort=False)
    ]


def _of_rule(called: Called, pack: str, rule: Mapping[str, Any], rows: Any) -> Finding:
    first = rows.iloc[0]
    names = subjects_called(called, rows)
    fault = rule_in_words(rule)
    return Finding(
        _VERDICT_RANKS.get(str(first["severity"]), _INFORMATION_RANK),
        str(first_names(names, _NAMED)),
        fault,
        said_of(f"{pack}/{rule['rule']}", first_names(names, _NAMED)),
        called.told(text_of(first["advice"])),
        AUDIT,
        f"{pack} {rule['clause']}",
        kind=fault,
        subjects=tuple(map(str, rows["subject"])),
        names=names,
        undecided=int(rule["no_data"]),
        status="FAIL",
    )


def rule_in_words(rule: Mapping[str, Any]) -> str:
    """Return what is wrong where a rule fails."""
    return say("report.rule_fails", rule=rule["rule"], statement=rule["statement"])


def subjects_called(called: Called, rows: Any) -> tuple[str, ...]:
    """Return the subjects of verdicts by name."""
    subjects = rows["subject"].astype(str).tolist()
    stated = list(map(subject_name, subjects, rows["name"].fillna("")))
    return tuple(called.places(subjects, stated))


# -- tables --------------------------------------------------------------------------------------


def findings_table(
    found: Sequence[Finding],
    *,
    first: int = 1,
    columns: Sequence[str] = COLUMNS,
    key: str = "findings",
    title: str = "",
    most: int | None = None,
) -> ReportTable:
    """Return findings in their order, numbered from `first`, as a table of the first `most`."""
    shown = list(islice(numbered(found, first), most))
    total = sum(1 + len(finding.followers) for finding in found)
    if any(one.mark for one in found):
        columns = (*columns, "since")
    return ReportTable(
        key,
        title or say("report.findings"),
        tuple(say(f"column.{column}") for column in columns),
        tuple(zip(*(_cells(shown, column) for column in columns), strict=True)),
        statuses=tuple("gap" if one.severity == "severe" else "" for _, one in shown),
        columns=tuple(columns),
        left_out=total - len(shown),
    )


def _cells(shown: Sequence[tuple[int | str, Finding]], column: str) -> list[Any]:
    """A column of a table of findings."""
    if column == "number":
        return [number for number, _ in shown]
    told = [one for _, one in shown]
    if column == "place":
        return [first_names(one.names, _NAMED) if one.query else one.place for one in told]
    if column == "severity":
        words = [one.severity for one in told]
        return each_once(lambda word: say(f"report.severity.{word}"), words)
    if column == "query":
        return each_once(lambda query: said("answer.", query, query), [one.query for one in told])
    if column == "id":
        return [one.subject for one in told]
    if column == "since":
        marks = [one.mark for one in told]
        return each_once(lambda mark: say(f"report.since.mark.{mark}") if mark else "", marks)
    return [getattr(one, column) for one in told]


def by_severity(found: Sequence[Finding]) -> list[ReportTable]:
    """Return a table for each severity that has findings, the worst first, numbered through."""
    columns = [column for column in COLUMNS if column not in ("severity", "query", "id")]
    made, before = [], 0
    for word in SEVERITIES:
        part = [finding for finding in found if finding.severity == word]
        if not part:
            continue
        title = f"{say(f'report.severity.{word}')} ({len(part)})"
        made.append(findings_table(part, first=before + 1, columns=columns, key=word, title=title))
        before += len(part)
    return made


def brief_table(found: Sequence[Finding]) -> ReportTable:
    """Return the findings about one group as a table."""
    columns = [column for column in COLUMNS if column not in ("number", "query", "id")]
    return findings_table(found, columns=columns)
