"""Put questions in the order in which few answers decide many findings."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping

    Key = Hashable

T = TypeVar("T")


class Step(NamedTuple):
    """Questions that belong together: what is asked in one step, and the findings it decides."""

    questions: tuple[Any, ...]
    decides: tuple[str, ...]


def steps(wanted: Mapping[str, Collection[Any]]) -> list[Step]:
    """Return the questions of all findings in steps; `wanted` has those that each finding needs.

    At each step it asks what one of the findings still lacks: of all those the questions that
    decide most findings for each answer, of equally many the fewest, then by their names.

    Examples
    --------
    >>> found = steps({"f1": ["a", "b"], "f2": ["b"], "f3": ["b"], "f4": ["a", "b", "c"]})
    >>> [(step.questions, step.decides) for step in found]
    [(('b',), ('f2', 'f3')), (('a',), ('f1',)), (('c',), ('f4',))]
    """
    questions = sorted({question for asked in wanted.values() for question in asked})
    number = {question: at for at, question in enumerate(questions)}
    numbered = {finding: [number[one] for one in asked] for finding, asked in wanted.items()}
    return [
        Step(tuple(questions[at] for at in step.questions), step.decides)
        for step in _Ranking(numbered).run()
    ]


class _Ranking:
    """The findings that are still open by what they still lack, and a queue of what to ask.

    Questions are numbers in their order, which compare faster than what they stand for. In a large
    network most findings lack one question that nobody else asks: they need no queue, only a turn.
    """

    def __init__(self, wanted: Mapping[str, Collection[int]]) -> None:
        self.findings: dict[frozenset[int], list[str]] = defaultdict(list)
        self.lacking_with: dict[int, set[frozenset[int]]] = defaultdict(set)
        self.queue: list[tuple[Any, ...]] = []
        asked = Counter(question for questions in wanted.values() for question in questions)
        alone: list[tuple[int, str]] = []
        for finding, questions in wanted.items():
            if len(questions) == 1 and asked[next(iter(questions))] == 1:
                alone.append((next(iter(questions)), finding))
            else:
                self._add(frozenset(questions), [finding])
        self.alone = deque(sorted(alone))
        for lacking in list(self.findings):
            self._enqueue(lacking)

    def run(self) -> Iterator[Step]:
        """Yield step after step until every finding is decided."""
        while self.queue or self.alone:
            if self._is_turn_of_alone():
                question, finding = self.alone.popleft()
                yield Step((question,), (finding,))
                continue
            *rank, lacking = heapq.heappop(self.queue)
            if lacking in self.findings and rank == self._rank(lacking):
                decides = self._decided_by(lacking)
                yield Step(tuple(sorted(lacking)), tuple(sorted(decides)))
                self._answer(lacking)

    def _is_turn_of_alone(self) -> bool:
        """Whether the next question that one finding alone asks comes before what is queued."""
        if not self.alone:
            return False
        rank = (-1.0, 1, [self.alone[0][0]])
        return not self.queue or rank < self.queue[0][:-1]

    def _add(self, lacking: frozenset[int], findings: list[str]) -> None:
        self.findings[lacking] += findings
        for question in lacking:
            self.lacking_with[question].add(lacking)

    def _enqueue(self, lacking: frozenset[int]) -> None:
        heapq.heappush(self.queue, (*self._rank(lacking), lacking))

    def _rank(self, lacking: frozenset[int]) -> list[Any]:
        count = len(self._decided_by(lacking))
        return [-count / len(lacking), len(lacking), sorted(lacking)]

    def _decided_by(self, lacking: frozenset[int]) -> list[str]:
        if len(lacking) == 1:  # most lack one thing, and nothing less
            return self.findings[lacking]
        near = {other for question in lacking for other in self.lacking_with[question]}
        return [id for other in near if other <= lacking for id in self.findings[other]]

    def _answer(self, answered: frozenset[int]) -> None:
        """Take what is answered out of what every finding lacks."""
        touched = {other for question in answered for other in self.lacking_with[question]}
        changed = set()
        for old in touched:
            findings = self.findings.pop(old)
            for question in old:
                self.lacking_with[question].discard(old)
            if rest := old - answered:
                self._add(rest, findings)
                changed.add(rest)
        near = {o for rest in changed for q in rest for o in self.lacking_with[q]}
        for lacking in near:
            self._enqueue(lacking)
