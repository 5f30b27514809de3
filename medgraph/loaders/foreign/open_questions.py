"""Hold what a workbook leaves open, and gather it as one list of questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.loaders.foreign.case_questions import CASE_OF
from medgraph.loaders.foreign.meanings import labels_offered
from medgraph.words.joining import clauses, listed
from medgraph.words.say import language, say
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.loaders.foreign.cell_account import CellAccount
    from medgraph.loaders.foreign.mapping import WorkbookMapping
    from medgraph.loaders.foreign.reading import Reading
    from medgraph.words.say import Problem

# Problems that an answer settles, and the kind of question that each raises.
ASKED_BY = {"E044": "name", "E176": "name", "E177": "type", "E031": "word"}
# The words that may be chosen, by kind of question; others are written freely.
VOCABULARY_OF = {
    "line": "line_answer",
    "title": "boolean",
    "layout": "layout",
    "type": "group_type",
    "facility": "boolean",
    **dict.fromkeys(CASE_OF, "case_answer"),
    **dict.fromkeys(CASE_OF.values(), "boolean"),
    "fill": "boolean",
    "complete": "boolean",
    "confirmed": "boolean",
}
_NO_SUCH_PLACE = "E040"
_PLACES_SHOWN = 4
_CASES_SHOWN = 12
_DIGITS = "0123456789"
_WHOLE = ("complete", "confirmed")  # what is asked of the whole, after all else


@dataclass(frozen=True)
class Question:
    """One question: its `kind`, the `sheet` and the `subject` it is about, and where that stands.

    `decides` counts the facilities or links that depend on it; `assumed` is what holds meanwhile.
    """

    kind: str
    sheet: str
    subject: str
    text: str
    places: tuple[str, ...]
    decides: int
    offered: tuple[str, ...]
    assumed: str

    @property
    def is_of_all(self) -> bool:
        """Whether it is asked of the whole workbook."""
        return self.kind in _WHOLE

    @property
    def shown_places(self) -> str:
        """The first of its cells."""
        more = say("question_more", count=len(self.places)) if self.places[_PLACES_SHOWN:] else ""
        return listed(self.places[:_PLACES_SHOWN]) + more


def questions_of(mapping: WorkbookMapping, account: CellAccount) -> list[Question]:
    """Return all that is open, what decides most first; the whole last."""
    found = [*_of_layout(account), *_of_problems(mapping, account)]
    found.sort(key=lambda question: -question.decides)
    return [*found, *_of_area(mapping, account), *_of_whole(mapping)]


def questions(reading: Reading) -> list[Question]:
    """Return the questions that a reading leaves open, but for those of the whole."""
    found = questions_of(reading.mapping, reading.account)
    return [question for question in found if not question.is_of_all]


def _of_layout(account: CellAccount) -> Iterator[Question]:
    """What layouts and columns leave open, as they were asked."""
    for one in account.asked.values():
        subject = one.shown or _shown_cases(one.cases)
        text = say(f"question_{one.kind}", subject=subject, sheet=one.sheet, why=one.why)
        assumed = _said(one.kind, one.assumed) or say(f"question_assumed_{one.kind}")
        yield Question(
            one.kind,
            one.sheet,
            one.subject,
            text,
            tuple(one.places),
            one.decides,
            one.offered or _words(one.kind),
            assumed,
        )


def _shown_cases(cases: Sequence[str]) -> str:
    """The first of the cases that are asked as one, and how many there are."""
    distinct = list(dict.fromkeys(cases))
    more = say("question_more", count=len(distinct)) if distinct[_CASES_SHOWN:] else ""
    return clauses(distinct[:_CASES_SHOWN]) + more


def _of_problems(mapping: WorkbookMapping, account: CellAccount) -> Iterator[Question]:
    """Names, words and types that nobody knows: one question for each, however often it stands."""
    problems = [problem for problem in account.problems if problem.code in ASKED_BY]
    by_subject: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        by_subject.setdefault((ASKED_BY[problem.code], problem.value), []).append(problem)
    for (kind, subject), same in by_subject.items():
        text = say(f"question_{kind}", subject=subject, sheet="", why=same[0].message)
        places = tuple(dict.fromkeys(problem.place for problem in same))
        assumed = say("question_assumed_left_out")
        offered = _offered(kind, subject, places[0], mapping, account)
        yield Question(kind, "", subject, text, places, len(same), offered, assumed)


def _offered(
    kind: str, subject: str, place: str, mapping: WorkbookMapping, account: CellAccount
) -> tuple[str, ...]:
    """What may be chosen: facilities that a name may mean, the words of a column, or of a kind."""
    if kind == "name":
        return tuple(account.candidates.get(subject, ()))
    return _words_in(mapping, place) if kind == "word" else _words(kind)


def _of_area(mapping: WorkbookMapping, account: CellAccount) -> Iterator[Question]:
    """Which county it is of, where none is known and a place was not found for that."""
    lost = [problem.place for problem in account.problems if problem.code == _NO_SUCH_PLACE]
    if lost and not mapping.area:
        text = say("question_area", subject="", sheet="", why="")
        assumed = say("question_assumed_left_out")
        places = tuple(dict.fromkeys(lost))
        yield Question("area", "", "", text, places, len(lost), (), assumed)


def _of_whole(mapping: WorkbookMapping) -> Iterator[Question]:
    """Whether the list is complete, and whether all was read right."""
    for kind in _WHOLE:
        if not getattr(mapping, kind):
            text = say(f"question_{kind}", subject="", sheet="", why="")
            yield Question(kind, "", "", text, (), 0, _words(kind), _said(kind, "no"))


def _words(kind: str) -> tuple[str, ...]:
    """The words that a question of a kind offers."""
    if kind == "column":
        return tuple(labels_offered(language()))
    name = VOCABULARY_OF.get(kind, "")
    return tuple(label(name, word, language()) for word in VOCABULARIES.get(name, ()))


def _words_in(mapping: WorkbookMapping, place: str) -> tuple[str, ...]:
    """The words of the column that a cell stands in; none where its column holds any text."""
    sheet, _, cell = place.rpartition("!")
    rule = mapping.rule(sheet)
    at = cell.rstrip(_DIGITS)
    meant = next((column.to for column in rule.columns if column.at == at), "") if rule else ""
    described = schema.FACILITIES.field(meant)
    vocabulary = described.vocabulary if described is not None else None
    words = VOCABULARIES.get(vocabulary or "", ())
    return tuple(label(vocabulary or "", word, language()) for word in words)


def _said(kind: str, word: str) -> str:
    """How people call an answer."""
    return label(VOCABULARY_OF[kind], word, language()) if word and kind in VOCABULARY_OF else word
