"""Ask for the few answers that would decide most verdicts, in the order of what they decide."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from medgraph.graphmodel import schema
from medgraph.graphmodel.filled_tables import CELL, DECLARATION
from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.headings import in_words, naming
from medgraph.graphmodel.origin import Origin
from medgraph.queries.answers import answer, define
from medgraph.queries.policy.asking.questions import Ids
from medgraph.queries.policy.asking.ranking import steps
from medgraph.queries.policy.asking.trials import promised
from medgraph.queries.policy.verdicts import is_early
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medgraph.queries.policy.asking.questions import Question
    from medgraph.queries.policy.asking.ranking import Step
    from medgraph.queries.policy.asking.trials import Finding, Promise
    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.results import Answer
    from medgraph.words.answer_forms import AnswerForm

COLUMNS = (
    *("rank", "step", "kind", "table", "column", "id", "name", "place", "question", "allowed"),
    *("decides", "rules", "form", "township", "member_of", "status"),
)
_OPEN = ("finding", "rule", "name", "status", "reason")


def ask(audit: Audit) -> Answer:
    """Return the questions whose answers would decide what an audit leaves open.

    Of the undecided findings those are judged that the questions decide, with every answer that
    their form allows: a trial fills answers in and judges again. A declaration decides where it
    is a yes; where it is a no, its list stays open. Numbers decide where they agree with one
    another: a part above its whole is a contradiction. What no question decides is in `unknown`,
    each finding with its reason: a parameter, a table without a row, a day that has not come.

    Parameters
    ----------
    audit
        What packs say of a network.

    Returns
    -------
    A row per question: rank | step | kind | table | column | id | name | place | question | allowed
    | decides | rules | form | township | member_of | status. Questions of one `step` belong
    together; `decides` counts the findings decided by the question and all before it.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
    >>> asked = mg.policy.ask(found)
    >>> asked.judged, len(asked.unknown)
    (32, 0)
    >>> asked.frame.loc[0, ["kind", "table"]].tolist()
    ['declaration', 'links.RECOGNISES_RESULTS']
    """
    promise = promised(audit.audited, audit.outcomes)
    with naming(audit.words):
        frame = _frame(audit, promise)
        still_open = _still_open(audit, promise)
    day = audit.audited.day
    return answer(
        day,
        "policy.ask",
        define(day, "ask_numerator", "ask_denominator", "findings"),
        frame,
        judged=len(promise.wanted),
        unknown=still_open,
    )


def _frame(audit: Audit, promise: Promise) -> pd.DataFrame:
    questions = {q.key: q for asked in promise.wanted.values() for q in sorted(asked)}
    rules = _rules_by_question(audit, promise)
    ordered = steps(
        {
            _id(audit, finding): frozenset(q.key for q in asked)
            for finding, asked in promise.wanted.items()
        }
    )
    words = _Words(audit.audited)
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for number, row in enumerate(_rows(ordered), 1):
        told = {
            "rank": number,
            "step": row.step,
            **words.of(questions[row.key]),
            "decides": row.decides,
            "rules": rules[row.key],
            "status": "ask",
        }
        for name, values in columns.items():
            values.append(told.get(name, ""))
    return pd.DataFrame(columns)


class _Row(NamedTuple):
    key: tuple[str, str, str, str]
    step: int
    decides: int


def _rows(ordered: list[Step]) -> Iterator[_Row]:
    """Every question in its order; what a step decides is decided by the last of its questions."""
    decided = 0
    for number, step in enumerate(ordered, 1):
        *before, last = step.questions
        for key in before:
            yield _Row(key, number, decided)
        decided += len(step.decides)
        yield _Row(last, number, decided)


def _rules_by_question(audit: Audit, promise: Promise) -> dict[Any, str]:
    """The rules that each question helps to decide, as one text."""
    found: dict[Any, set[str]] = {}
    for (place, _), asked in promise.wanted.items():
        for question in asked:
            found.setdefault(question.key, set()).add(audit.outcomes[place].rule.id)
    comma = say("list_comma")
    told = {
        rules: comma.join(sorted(rules)) for rules in {frozenset(one) for one in found.values()}
    }
    return {key: told[frozenset(rules)] for key, rules in found.items()}


def _id(audit: Audit, finding: Finding) -> str:
    rule = audit.outcomes[finding[0]].rule
    return f"{rule.pack}/{rule.id}/{finding[1]}"


def _still_open(audit: Audit, promise: Promise) -> pd.DataFrame:
    """The findings that no question decides, each with its reason."""
    reasons = {_id(audit, finding): (finding, why) for finding, why in promise.open.items()}
    every = audit.findings[["id", "rule", "name", "reason"]]
    rows = every[every["id"].isin(reasons)].set_index("id", drop=False)
    found = []
    for id, rule, name, reason in rows.loc[[*reasons]].itertuples(index=False, name=None):
        found.append((id, rule, name, "open", _why_open(audit, *reasons[id], reason)))
    return pd.DataFrame(found, columns=list(_OPEN))


def _why_open(audit: Audit, finding: Finding, lacking: str, reason: str) -> str:
    rule = audit.outcomes[finding[0]].rule
    if lacking:
        return say("ask_nothing_to_ask", need=in_words(lacking))
    if is_early(audit.audited, rule):
        return say("policy_not_due", day=rule.due)
    return say("ask_open_anyway", need=reason)


class _Words:
    """Say what questions are about: names and places from the network."""

    def __init__(self, audited: AuditedNetwork) -> None:
        self.audited = audited
        self.of_ids = Ids.of(audited)
        self.position = self.of_ids.position
        self.ids = audited.ids
        self.names = audited.index.values("name").to_pylist()
        self.named = Counter(self.names)
        self.origins = audited.origins
        self.codes = audited.place.to_pylist()
        self.is_group, self.group_of = audited.day.group.possible, audited.day.group_of
        self.forms: dict[AnswerForm, dict[str, str]] = {}
        self.titles: dict[str, str] = {}
        self.parts: dict[str, str] = {}

    @cached_property
    def link_row(self) -> dict[str, int]:
        """The row of each link by its id."""
        return {id: row for row, id in enumerate(self.of_ids.links)}

    def of(self, question: Question) -> Mapping[str, str]:
        """Return the columns that say what a question asks, about whom."""
        kind, table, column, id, form = question
        texts = {"kind": kind, "table": table, "column": column, "id": id, **self._form(form)}
        if kind == DECLARATION:
            named = in_words(table)
            return {**texts, "name": named, "question": say("ask_declaration", table=named)}
        if kind == CELL and table == schema.LINKS.name:
            return {**texts, **self._of_link_cell(column, id)}
        return {**texts, **self._of_node(question)}

    def _form(self, form: AnswerForm) -> dict[str, str]:
        """What a form allows, worked out once: questions are many, forms few."""
        if form not in self.forms:
            self.forms[form] = {"allowed": form.allowed(), "form": str(form)}
        return self.forms[form]

    def _of_link_cell(self, column: str, id: str) -> Mapping[str, str]:
        row = self.audited.net.tables[1].slice(self.link_row[id], 1).to_pylist()[0]
        source, relation, target = row["source"], row["relation"], row["target"]
        words = {
            "relation": label("relation", relation, language()),
            "source": self._name(source),
            "target": self._name(target),
        }
        asked = say("ask_link_cell", column=attribute_title(column), **words)
        return {
            "name": say("ask_link", **words),
            "place": Origin.parse(row.get("origin")).place,
            "question": asked,
            **self._where(source),
        }

    def _name(self, id: str) -> str:
        at = self.position.get(id, -1)
        return (self.names[at] if at >= 0 else None) or id

    def _of_node(self, question: Question) -> Mapping[str, str]:
        name = self._name(question.id)
        return {
            "name": name,
            "place": Origin.parse(self.origins[self.position[question.id]]).place,
            "question": self._asked_of(question, name),
            **self._where(question.id),
        }

    def _where(self, id: str) -> Mapping[str, str]:
        """Where a node lies and what it belongs to: each answers its own part."""
        at = self.position[id]
        code = self.codes[at] or ""
        group = at if self.is_group[at] else int(self.group_of[at])
        return {
            "township": self._told_apart(f"{code[:9]}000") if code else "",
            "member_of": self._told_apart(self.ids[group]) if group >= 0 else "",
        }

    def _told_apart(self, id: str) -> str:
        """The name of a part, with its id where another part of the network is called so, too.

        It is worked out once: questions are many, parts few.
        """
        if id not in self.parts:
            name = self._name(id)
            is_shared = self.named[name] > 1 and id in self.position
            told = self.audited.day.title(self.position[id]) if is_shared else name
            self.parts[id] = told
        return self.parts[id]

    def _asked_of(self, question: Question, name: str) -> str:
        if question.kind == CELL:
            return say("ask_cell", name=name, column=self._title(question.column))
        return _asked_of_links(question, name)

    def _title(self, column: str) -> str:
        """The title of a column, worked out once: questions are many, columns few."""
        if column not in self.titles:
            self.titles[column] = attribute_title(column)
        return self.titles[column]


def _asked_of_links(question: Question, name: str) -> str:
    relation = label("relation", question.column[1:], language())
    key = "ask_links_to" if question.column[0] in ">-" else "ask_links_from"
    return say(key, name=name, relation=relation)
