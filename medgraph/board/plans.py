"""Follow the plans of a source through its journal: what is done, what was taken back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from medgraph.errors import ChangeError, SourceError
from medgraph.graphmodel.plan import Plan, Step
from medgraph.loaders.plan_file import plain_step, step_of
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from medgraph.board.journal import Entry
    from medgraph.graphmodel.network import MedicalNetwork

# What an entry says was done to a plan.
BEGIN, TURN, UNDO, REDO, RENAME, LOCK = "begin", "turn", "undo", "redo", "rename", "lock"
PROPOSE, ACCEPT, REFUSE = "propose", "accept", "refuse"
KEEP, DROP = "keep", "drop"  # a page of the plan: a question that is asked often
# What reading the body of an entry raises where somebody else has written it.
UNREADABLE = (AttributeError, ChangeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True)
class Turn:
    """What was done at once, and is taken back at once: one change or several.

    Two turns are the same where their `text` is, which is how the journal holds them.
    """

    steps: tuple[Step, ...] = field(compare=False)
    text: str

    @classmethod
    def of(cls, steps: tuple[Step, ...]) -> Turn:
        """Return the turn of these steps."""
        plain = [plain_step(step) for step in steps]
        return cls(steps, json.dumps(plain, ensure_ascii=False, sort_keys=True))


@dataclass(frozen=True)
class Refused:
    """A step that the base of a plan does not allow, and why."""

    step: Step = field(compare=False)
    reason: str


@dataclass(frozen=True)
class Proposed:
    """A turn that somebody proposes: the number of its entry, and who proposed it when."""

    number: int
    turn: Turn
    who: str
    at: str


@dataclass(frozen=True)
class KeptPage:
    """A question that is asked often of a plan: its name, the verb, its options as JSON."""

    name: str
    verb: str
    given: str


@dataclass(frozen=True)
class PlanOnBoard:
    """One plan as its entries leave it.

    `last` is the number of its last entry, and `who` made the last one that names somebody;
    `undone` are the turns that can be made again, the next one last; `locked` are ids of areas,
    facilities and groups that stay as they are; `refused` is what could not be carried over from
    the plan that it continues; `proposed` waits to be accepted or refused; `pages` are questions.
    """

    id: str
    name: str
    base: str
    last: int = 0
    who: str = ""
    done: tuple[Turn, ...] = ()
    undone: tuple[Turn, ...] = ()
    locked: frozenset[str] = frozenset()
    refused: tuple[Refused, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    pages: tuple[KeptPage, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan as a list of changes."""
        return Plan(self.name, self.base, tuple(step for turn in self.done for step in turn.steps))

    def day(self, base: MedicalNetwork) -> datetime.date:
        """The day on which the plan is seen: that of the data, or of its latest change."""
        days = [getattr(step.change, "on", None) for turn in self.done for step in turn.steps]
        latest: datetime.date = max([base.day(None), *filter(None, days)])
        return latest

    def before(self) -> PlanOnBoard:
        """Return the plan without its last turn."""
        return replace(self, done=self.done[:-1])

    def after(self, entry: Entry) -> PlanOnBoard:
        """Return the plan after one more entry."""
        body = entry.body
        found = replace(self, last=entry.number, who=entry.who or self.who)
        if entry.kind == TURN:
            return replace(found, done=(*self.done, turn_of(body)), undone=())
        if entry.kind == UNDO:
            return replace(found, done=self.done[:-1], undone=(*self.undone, *self.done[-1:]))
        if entry.kind == REDO:
            return replace(found, done=(*self.done, *self.undone[-1:]), undone=self.undone[:-1])
        if entry.kind == RENAME:
            return replace(found, name=str(body["name"]))
        if entry.kind == LOCK:
            changed = self.locked | {*body["ids"]} if body["on"] else self.locked - {*body["ids"]}
            return replace(found, locked=frozenset(changed))
        if entry.kind in (PROPOSE, ACCEPT, REFUSE):
            return found._after_proposal(entry)
        if entry.kind in (KEEP, DROP):
            others = tuple(page for page in self.pages if page.name != body["name"])
            return replace(found, pages=(*others, *pages_of([body])[: entry.kind == KEEP]))
        return found

    def _after_proposal(self, entry: Entry) -> PlanOnBoard:
        """The plan after something was proposed, or after one answered what was."""
        turn = turn_of(entry.body)
        if entry.kind == PROPOSE:
            new = Proposed(entry.number, turn, entry.who, entry.at)
            return replace(self, proposed=(*self.proposed, new))
        number = entry.body["proposal"]
        left = tuple(one for one in self.proposed if one.number != number)
        if entry.kind == REFUSE:
            return replace(self, proposed=left)
        return replace(self, proposed=left, done=(*self.done, turn), undone=())


@dataclass
class Plans:
    """All plans of a source, by id, as far as its journal was followed."""

    by_id: dict[str, PlanOnBoard] = field(default_factory=dict)
    last: int = 0

    def follow(self, entries: Iterable[Entry]) -> None:
        """Take in what is new in the journal.

        Raise SourceError for an entry that nobody can read.
        """
        for entry in entries:
            try:
                self._take_in(entry)
            except UNREADABLE as error:
                raise SourceError(say("board.entry_unreadable", number=entry.number)) from error
            self.last = entry.number

    def _take_in(self, entry: Entry) -> None:
        if entry.kind == BEGIN:
            body = entry.body
            turns = tuple(turn_of(one) for one in body.get("turns", ()))
            refused = tuple(
                Refused(step_of(one["step"]), str(one["reason"])) for one in body.get("refused", ())
            )
            begun = PlanOnBoard(entry.plan, str(body["name"]), str(body["base"]))
            pages = pages_of(body.get("pages", ()))
            begun = replace(begun, done=turns, refused=refused, pages=pages)
            self.by_id[entry.plan] = replace(begun, last=entry.number, who=entry.who)
        elif entry.plan in self.by_id:
            self.by_id[entry.plan] = self.by_id[entry.plan].after(entry)


def plain_turn(turn: Turn) -> dict[str, Any]:
    """Return a turn as plain values, as an entry holds it."""
    return {"steps": [plain_step(step) for step in turn.steps]}


def turn_of(body: dict[str, Any]) -> Turn:
    """Return the turn that plain values say."""
    return Turn.of(tuple(step_of(step) for step in body["steps"]))


def plain_pages(pages: Iterable[KeptPage]) -> list[dict[str, str]]:
    """Return pages as plain values, as an entry holds them."""
    return [asdict(page) for page in pages]


def pages_of(values: Iterable[dict[str, Any]]) -> tuple[KeptPage, ...]:
    """Return the pages that plain values say."""
    texts = ([str(one.get(name, "")) for name in ("name", "verb", "given")] for one in values)
    return tuple(KeptPage(*each) for each in texts)
