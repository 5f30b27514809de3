"""Take a finding apart: clause, arithmetic, every element with its record, which records decide
it, and which one record would change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.arithmetic import arithmetic, what_is_missing
from medgraph.queries.policy.bounds import Counts, by_count
from medgraph.queries.policy.evidence import MET, NOT_MET, OPEN
from medgraph.queries.policy.evidence_in_words import (
    evidence_in_words,
    others_in_words,
    state_in_words,
)
from medgraph.queries.policy.facts.deciding import VERDICTS
from medgraph.queries.policy.packs import Rule, spoken
from medgraph.queries.results import records
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.predicates.tested import Tested
    from medgraph.queries.policy.verdicts import Outcome, Shown

_FLIPPED = {MET: NOT_MET, NOT_MET: MET, OPEN: MET}
_SHOWN_DECIDING = 5  # a verdict on many names no more of them in a line
_OTHERS = ["id", "name", "verdict", "met", "total", "reason"]
_DECIDING = ["part", "element", "name", "state", "origin", "cell"]
_REMARKS = {"waived": "policy_waived", "statement": "policy_stated"}


@dataclass(frozen=True, eq=False)
class Explanation:
    """One finding, taken apart.

    Parameters
    ----------
    finding
        Its row.
    rule
        The rule it is of.
    arithmetic
        One line per test of the rule: found, asked, worst and best.
    evidence
        Every element with its record, as `Audit.evidence` gives it.
    others
        The rule's other subjects: id | name | verdict | met | total | reason.
    changes
        Which single record would change the verdict, and to what.
    deciding
        The rows of the evidence that decide: the verdict would be another if all that came out
        as they did came out the other way.
    stamps
        What must be said of the whole audit.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
    >>> mg.policy.explain(found, "urban-2023/UG-04/G2").rule.id
    'UG-04'
    """

    finding: Mapping[str, Any]
    rule: Rule
    arithmetic: tuple[str, ...]
    evidence: pd.DataFrame
    others: pd.DataFrame
    changes: tuple[str, ...]
    deciding: pd.DataFrame
    stamps: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as plain values.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> mg.policy.explain(found, "urban-2023/UG-04/G2").to_dict()["rule"]
        'UG-04'
        """
        return {
            "finding": dict(self.finding),
            "rule": self.rule.id,
            "statement": self.rule.statement,
            **self.rule.answered(),
            "arithmetic": list(self.arithmetic),
            "evidence": records(self.evidence),
            "others": records(self.others),
            "changes": list(self.changes),
            "deciding": records(self.deciding[_DECIDING]),
            "stamps": list(self.stamps),
        }

    def __str__(self) -> str:
        lines = [*self.stamps, *self._head(), *self.arithmetic, *self._remarks()]
        if len(self.deciding):
            lines.append(say("policy_decided_by", records=self.decided_by))
        if len(self.evidence):
            lines += [say("policy_tested"), evidence_in_words(self.evidence)]
        if len(self.others):
            lines += [say("policy_others"), others_in_words(self.others)]
        return "\n".join([*lines, *self.changes])

    @property
    def decided_by(self) -> str:
        """The first of the records that decide, each with its cell, and how many more there are.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "taizhou-2023")
        >>> mg.policy.explain(found, "taizhou-2023/TZ-04/all").decided_by.startswith("西城街道")
        True
        """
        shown = self.deciding[["name", "element", "cell"]].fillna("")
        rows = shown.itertuples(index=False, name=None)
        texts = list(dict.fromkeys(_with_cell(*row) for row in rows))
        first = say("list_comma").join(texts[:_SHOWN_DECIDING])
        more = len(texts) - _SHOWN_DECIDING
        return first + (say("policy_decided_by_more", count=more) if more > 0 else "")

    def _head(self) -> list[str]:
        row = self.finding
        why = [spoken(self.rule.why), self.rule.remark, row["reason"]]
        verdict = label("verdict", row["verdict"], language())
        return [
            f"{row['id']}  {verdict}  {row['name']}",
            self.rule.statement,
            say("policy_clause", clause=row["clause"], grade=say("grade." + row["grade"])),
            *self.rule.answers,
            *filter(None, why),
        ]

    def _remarks(self) -> list[str]:
        """What to do, and the remarks of offices about the finding."""
        row = self.finding
        lines = [say("policy_advice", advice=row["advice"])] if row["advice"] else []
        return lines + [
            say(sentence, **row[column])
            for column, sentence in _REMARKS.items()
            if isinstance(row[column], Mapping)
        ]


def _with_cell(name: str, element: str, cell: str) -> str:
    """Return what an element is called, with the cell of its record where that is known."""
    called = name or element
    return say("policy_with_cell", element=called, cell=cell) if cell else called


class _Place(NamedTuple):
    """Where a subject is among those of one test of a rule; `number` is that of the test, from 1
    on.
    """

    number: int
    shown: Shown
    at: int

    @property
    def state(self) -> int:
        return int(self.shown.state[self.at])

    @property
    def counts(self) -> Counts:
        """The counts of this subject alone."""
        return self.shown.counts.of(self.at)


def explain(audit: Audit, finding: str) -> Explanation:
    """Explain one finding of an audit.

    Parameters
    ----------
    audit
        The audit.
    finding
        The id of the finding: `pack/rule/subject`.

    Returns
    -------
    Clause, arithmetic, every element with its record, which records decide, and which one would
    change the verdict.

    Raises
    ------
    UnknownIdError
        Where there is no such finding.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.policy.audit(mg.samples.taizhou(), "taizhou-2023")
    >>> len(mg.policy.explain(found, "taizhou-2023/TZ-04/all").evidence)
    39
    """
    row = audit.finding(finding)
    if row["rule"] == "waivers":
        return explain(audit, finding.removeprefix("waivers/expired/"))
    outcome = audit.outcome_of(row)
    places = [
        _Place(number, shown, at)
        for number, shown in enumerate(outcome.parts, 1)
        for at in shown.places(row["subject"])
    ]
    evidence = audit.evidence(finding)
    return Explanation(
        row,
        outcome.rule,
        tuple(arithmetic(place.shown, place.at) for place in places),
        evidence,
        _others(audit.findings, row),
        tuple(_changes(audit.audited, outcome, places, evidence)),
        evidence[_deciding(places)].reset_index(drop=True),
        audit.stamps,
    )


def _others(findings: pd.DataFrame, row: Mapping[str, Any]) -> pd.DataFrame:
    """Return the findings of the same rule about other subjects."""
    same_rule = (findings["rule"] == row["rule"]) & (findings["pack"] == row["pack"])
    others = findings[same_rule & (findings["subject"] != row["subject"])]
    columns: pd.DataFrame = others[_OTHERS]
    return columns.reset_index(drop=True)


# -- what decides --------------------------------------------------------------------------------


def _deciding(places: Sequence[_Place]) -> Mask:
    """Whether each element decides, in the order of the evidence.

    The verdict is that of its worst tests: theirs alone decide.
    """
    worst = min((place.state for place in places), default=YES)
    found: list[bool] = []
    for place in places:
        decides = _deciding_of(place)
        found += (decides & (place.state == worst)).tolist()
    return np.array(found, bool)


def _deciding_of(place: _Place) -> Mask:
    """Which elements of a test decide it: those of a state without which it came out otherwise."""
    tested, rows = place.shown.tested, place.shown.rows_of(place.at)
    is_open = place.shown.open_rows[rows]
    if tested.values:
        return is_open if place.state == UNKNOWN else np.ones(len(rows), bool)
    counts, was = place.counts, _counted(place, place.counts)
    found = np.zeros(len(rows), bool)
    for mask, otherwise in _otherwise(counts, tested, rows, is_open):
        # what is open is so for the open elements, whatever the others are
        if _counted(place, otherwise) != was and (was != UNKNOWN or mask is is_open):
            found |= mask
    return found


def _otherwise(
    counts: Counts, tested: Tested, rows: Positions, is_open: Mask
) -> Iterator[tuple[Mask, Counts]]:
    """Yield the elements of each state, and the counts if all of them came out the other way."""
    none = counts.met * 0
    certain = (tested.asked[rows] == YES) & ~is_open
    holds, fails = certain & (tested.state[rows] == YES), certain & (tested.state[rows] == NO)
    yield holds, counts._replace(met=none, failed=counts.failed + counts.met)
    yield fails, counts._replace(met=counts.met + counts.failed, failed=none)
    yield is_open, _settled(counts, met=counts.best, total=counts.best_total)
    yield is_open, _settled(counts, met=counts.met, total=counts.worst_total)


def _settled(counts: Counts, *, met: Positions, total: Positions) -> Counts:
    """Return the counts with nothing open: so many hold of so many."""
    none = counts.met * 0
    return Counts(met, none, total - met, none, none, none, counts.whole)


# -- what would change the verdict ---------------------------------------------------------------


def _changes(
    audited: AuditedNetwork,
    outcome: Outcome,
    places: Sequence[_Place],
    evidence: pd.DataFrame,
) -> Iterator[str]:
    """Yield a sentence for every single record that would change the verdict, else what to
    supply.
    """
    if outcome.rule.kind == "indicator":
        return
    found = [
        sentence
        for place in places
        if not place.shown.tested.values
        for sentence in _changes_of_part(audited, place, places, evidence)
    ]
    yield from found or [_nothing_alone(outcome.rule, places)]


def _changes_of_part(
    audited: AuditedNetwork,
    place: _Place,
    places: Sequence[_Place],
    evidence: pd.DataFrame,
) -> Iterator[str]:
    rest = min((other.state for other in places if other is not place), default=YES)
    was = min(rest, place.state)
    for element in records(evidence[evidence["part"] == place.number]):
        now = min(rest, _flipped(place, element["state"]))
        if now != was:
            yield say(
                "policy_flip",
                element=_with_cell(element["name"], element["element"], element["cell"] or ""),
                was=state_in_words(element["state"]),
                now=state_in_words(_FLIPPED[element["state"]]),
                verdict=label("verdict", VERDICTS[now], language()),
            )
    more = min(rest, _with_one_more(place))
    if more > was:
        yield say("policy_one_more", verdict=label("verdict", VERDICTS[more], language()))


def _nothing_alone(rule: Rule, places: Sequence[_Place]) -> str:
    """Say what to supply where no single record would change the verdict."""
    for place in places:
        if place.state == UNKNOWN and not place.counts.open[0]:
            return say("policy_supply", need=what_is_missing(rule, place.shown))
    return say("policy_flip_none")


def _flipped(place: _Place, state: str) -> int:
    """The state of the test if one element of `state` were the other way."""
    counts = place.counts
    turned = {
        MET: counts._replace(met=counts.met - 1, failed=counts.failed + 1),
        NOT_MET: counts._replace(failed=counts.failed - 1, met=counts.met + 1),
        OPEN: counts._replace(unsure=counts.unsure - 1, met=counts.met + 1),
    }
    return _counted(place, turned[state])


def _with_one_more(place: _Place) -> int:
    """The state of the test with one more element that holds."""
    counts = place.counts
    return _counted(place, counts._replace(met=counts.met + 1))


def _counted(place: _Place, counts: Counts) -> int:
    return int(by_count(place.shown.part, counts)[0])
