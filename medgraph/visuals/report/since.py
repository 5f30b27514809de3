"""Set findings against those of last time: what is new, gone, unchanged, or no longer decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medgraph.visuals.report.findings import AUDIT, numbered, rule_in_words
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Container, Iterator, Mapping, Sequence

    from medgraph.visuals.report.findings import Finding

_MARKS = ("new", "same", "gone", "open")
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Earlier:
    """The findings of last time, the day they are of, and the name of their file."""

    findings: tuple[Finding, ...]
    day: datetime.date
    source: str


@dataclass(frozen=True)
class Since:
    """What became of the findings since last time.

    A finding of last time that nobody can judge now is not gone: `undecided` has what cannot be
    judged, by question and subject.
    """

    earlier: Earlier
    findings: tuple[Finding, ...]
    undecided: frozenset[tuple[str, str]]

    @cached_property
    def _before(self) -> Counter[Key]:
        return Counter(_keys_of_all(self.earlier.findings))

    @cached_property
    def _now(self) -> Counter[Key]:
        return Counter(_keys_of_all(self.findings))

    @cached_property
    def no_more(self) -> tuple[Finding, ...]:
        """The findings of last time that are none now, each with the subjects of which it is so."""
        return tuple(filter(None, (_without(one, self._now) for one in self._each_before())))

    def _each_before(self) -> Iterator[Finding]:
        return (one._replace(followers=()) for _, one in numbered(self.earlier.findings))

    def mark_of(self, finding: Finding) -> str:
        """Return `new`, `same` or, of a rule that fails for more than before, `partly`."""
        known = [key in self._before for key in _keys(finding)]
        if all(known):
            return "same"
        return "partly" if any(known) else "new"

    def marked(self) -> tuple[Finding, ...]:
        """Return the findings of now with their marks."""
        return tuple(self._marked(one) for one in self.findings)

    def _marked(self, one: Finding) -> Finding:
        under = tuple(self._marked(follower) for follower in one.followers)
        return one._replace(mark=self.mark_of(one), followers=under)

    def counts(self, kind: tuple[str, str] | None = None) -> dict[str, int]:
        """Return how many places are new, the same, gone, or open now: of all kinds, or of one."""
        counts = dict.fromkeys(_MARKS, 0)
        for key in self._now | self._before:
            if kind is None or key[:2] == kind:
                now, before = self._now[key], self._before[key]
                counts["same"] += min(now, before)
                counts["new"] += max(0, now - before)
                counts[self._no_more_is(key)] += max(0, before - now)
        return counts

    def _no_more_is(self, key: Key) -> str:
        """What has become of a place where nothing is found now."""
        query, kind, subject, _ = key
        asked = kind if query == AUDIT else query
        return "open" if (asked, subject) in self.undecided else "gone"

    def in_words(self, kind: tuple[str, str] | None = None) -> str:
        """Return the counts as words; what is none of is left out, where a kind is asked about."""
        counts = self.counts(kind)
        always = _MARKS[:3] if kind is None else ()
        return listed(
            say(f"report.since.{mark}", count=count)
            for mark, count in counts.items()
            if count or mark in always
        )

    def line(self) -> tuple[str, str]:
        """Return the line of page one."""
        told = say(
            "report.since.line",
            counts=self.in_words(),
            day=self.earlier.day.isoformat(),
            source=self.earlier.source,
        )
        return say("report.since"), told


def _keys_of_all(found: Sequence[Finding]) -> Iterator[Key]:
    for _, one in numbered(found):
        yield from _keys(one)


def _keys(one: Finding) -> Iterator[Key]:
    return ((one.query, one.kind, subject, one.points_to) for subject in one.subjects)


def _without(one: Finding, now: Container[Key]) -> Finding | None:
    """A finding with those of its subjects alone of which it is one no more."""
    kept = [at for at, key in enumerate(_keys(one)) if key not in now]
    if not kept:
        return None
    return one._replace(
        subjects=tuple(one.subjects[at] for at in kept),
        names=tuple(one.names[at] for at in kept),
    )


def undecided(answers: Mapping[str, Any], audit: Any) -> frozenset[tuple[str, str]]:
    """Return what cannot be judged: the question and the subject of each."""
    found = {
        (query, str(subject))
        for query, answer in answers.items()
        if answer.key in answer.unknown.columns
        for subject in answer.unknown[answer.key]
    }
    if audit is not None:
        rules = {(row["pack"], row["rule"]): row for row in audit.rules.to_dict("records")}
        open_ = audit.findings[audit.findings["verdict"] == "NO_DATA"]
        for pack, rule, subject in open_[["pack", "rule", "subject"]].itertuples(index=False):
            found.add((rule_in_words(rules[pack, rule]), str(subject)))
    return frozenset(found)
