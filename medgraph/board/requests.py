"""What a page asks of the desk, and what it has it do: plain values in, plain values out."""

from __future__ import annotations

import datetime
import inspect
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from medgraph.board.answers import Answers, forms, known_question
from medgraph.board.audits import audited, packs_in_words
from medgraph.board.effects import effects
from medgraph.board.findings import plain_findings
from medgraph.board.maps import drawn, map_forms
from medgraph.board.picture import picture
from medgraph.board.places import places
from medgraph.board.plans import KeptPage, plain_pages
from medgraph.board.told import turn_told, undeclared_in_words
from medgraph.errors import ChangeError, OptionError
from medgraph.graphmodel.change_values import change
from medgraph.queries.comparison.asked import Asked
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medgraph.board.desk import Desk
    from medgraph.board.plans import PlanOnBoard, Turn
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.policy import Audit
    from medgraph.visuals.figure import Figure

T = TypeVar("T")

_KEPT = 16  # answers of plans as they are and were
_MOST_COMPARED = 3


class Asks:
    """Everything that a page can ask for or have done, by its name."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that is open."""
        self.desk = desk
        self._lock = threading.RLock()
        self._kept: OrderedDict[tuple[Any, ...], Asked] = OrderedDict()
        self._effects: OrderedDict[tuple[Any, ...], dict[str, Any]] = OrderedDict()
        self._faults_in: dict[str, list[str]] = {}
        self._said: dict[tuple[Turn, str], str] = {}  # a plan of weeks is told with every answer
        self.answers = Answers()
        self.deeds: dict[str, Callable[..., PlanOnBoard]] = {
            "begin": self._begin,
            "rename": self._rename,
            "regroup": self._regroup,
            "change": self._change,
            "undo": self._undo,
            "redo": self._redo,
            "lock": self._set_lock,
            "carry": self._carry,
            "accept": self._accept,
            "refuse": self._refuse,
            "keep": self._keep_page,
            "drop": self._drop_page,
            "adopt": self._adopt,
        }

    # -- what is asked -----------------------------------------------------------------------------

    def state(self, plan: str = "") -> dict[str, Any]:
        """Return the plans, and of one of them all turns."""
        plans = self.desk.plans
        found = self.desk.plan(plan) if plan else None
        return {
            "source": self.desk.source.name,
            "version": self.desk.version,
            "faults": self._faults(),
            "is_outdated": self.desk.is_outdated,
            "base": self.desk.print,
            "packs": self._base(self.desk.base.day(None)).default_packs,
            "plans": [
                {"id": one.id, "name": one.name, "turns": len(one.done), "last": one.last}
                for one in plans
            ],
            "who": found.who if found else next((one.who for one in plans[::-1] if one.who), ""),
            "plan": self._plan(found) if found else None,
        }

    def _faults(self) -> list[str]:
        """What was wrong with the journal when it was first looked at, in this language."""
        with self._lock:
            if language() not in self._faults_in:
                found = [say("board.log_broken", fault=fault) for fault in self.desk.faults()]
                self._faults_in[language()] = found
            return self._faults_in[language()]

    def picture(self, plan: str = "") -> dict[str, Any]:
        """Return what is drawn: of a plan, or of the base."""
        return picture(self.asked(plan))

    def places(self) -> dict[str, Any]:
        """Return where areas and facilities lie, which no plan changes."""
        return places(self.desk.base)

    def effects(self, plan: str) -> dict[str, Any]:
        """Return what a plan changes."""
        found = self.desk.plan(plan)
        day = found.day(self.desk.base)
        key = (found.done, day, language())
        with self._lock:
            if key not in self._effects:
                base = self._base(day)
                told = effects(base, self._of(found, day), base.default_packs)
                _keep(self._effects, key, {**told, "day": day.isoformat()})
            return self._effects[key]

    def compare(self, plans: str) -> dict[str, Any]:
        """Return pictures and effects of some plans side by side."""
        ids = list(dict.fromkeys(filter(None, plans.split(","))))
        if not 1 <= len(ids) <= _MOST_COMPARED:
            raise OptionError(say("board.compare_some", most=_MOST_COMPARED))
        return {
            "plans": [
                {
                    **self._plan(self.desk.plan(id)),
                    "picture": self.picture(id),
                    "effects": self.effects(id),
                }
                for id in ids
            ]
        }

    def forms(self) -> dict[str, Any]:
        """Return every question and map with its options, and the packs that an audit may take."""
        return {"questions": forms(), "maps": map_forms(), "packs": packs_in_words()}

    def ask(self, verb: str, plan: str = "", given: str = "{}", search: str = "") -> dict[str, Any]:
        """Return the answer of a question of a plan, or of the base."""
        return self.answers.ask(self.asked(plan), verb, given, search)

    def said(self, search: str) -> dict[str, str]:
        """Return how far a question is that was asked under this key."""
        return {"said": self.answers.searches.said(search)}

    def end(self, values: dict[str, Any]) -> dict[str, str]:
        """End a question that was asked under a key: its answer is the best by then."""
        search = values.get("search")
        if not isinstance(search, str):
            raise OptionError(say("board.unreadable"))
        self.answers.searches.end(search)
        return {}

    def map(self, kind: str, plan: str = "", given: str = "{}") -> Figure:
        """Return a map of a plan, or of the base, as a form asks for it."""
        return drawn(kind, self.asked(plan), self.desk.base, self.answers, given)

    def audit(self, plan: str, packs: Sequence[str], basis: str | None) -> Audit:
        """Return the audit of a plan, or of the base, against packs."""
        return audited(self.asked(plan), self.desk.loaded, packs, basis)

    def findings(self, plan: str = "") -> dict[str, Any]:
        """Return what is wrong in a plan, or in the base, as the report lists it."""
        return plain_findings(self.asked(plan))

    def log(self, plan: str) -> dict[str, Any]:
        """Return what was done to a plan, in sentences."""
        return {"lines": self.desk.told(self.desk.plan(plan).id)}

    def _plan(self, plan: PlanOnBoard) -> dict[str, Any]:
        return {
            "id": plan.id,
            "name": plan.name,
            "last": plan.last,
            "day": plan.day(self.desk.base).isoformat(),
            "locked": sorted(plan.locked),
            "undeclared": self._undeclared(self.desk.network(plan)),
            "can_undo": bool(plan.done),
            "can_redo": bool(plan.undone),
            "is_of_this_base": plan.base == self.desk.print,
            "conflicts": self._conflicts(plan),
            "turns": [self._turn(turn) for turn in plan.done],
            "proposed": [{**self._turn(one.turn), "number": one.number} for one in plan.proposed],
            "pages": plain_pages(plan.pages),
        }

    def _turn(self, turn: Turn) -> dict[str, str]:
        first, key = turn.steps[0], (turn, language())
        if key not in self._said:
            self._said[key] = turn_told(self.desk.base, [step.change for step in turn.steps])
        return {"said": self._said[key], "by": first.by, "reason": first.reason, "at": first.at}

    def _undeclared(self, net: MedicalNetwork) -> list[tuple[str, str]]:
        """What may still be declared, each with its words; `page` says the same of the base."""
        return net.once(("undeclared", language()), lambda: undeclared_in_words(net))

    def _conflicts(self, plan: PlanOnBoard) -> list[dict[str, str]]:
        """What of a plan the base does not allow, now or when it was carried over."""
        base = self.desk.base
        here = plan.base == self.desk.print
        found = plan.refused if here else plan.plan.on(base).conflicts
        return [{"said": turn_told(base, [one.step.change]), "reason": one.reason} for one in found]

    def asked(self, plan: str) -> Asked:
        """Return the network of a plan, or the base, on its day, with the answers asked of it."""
        if not plan:
            return self._base(self.desk.base.day(None))
        found = self.desk.plan(plan)
        return self._of(found, found.day(self.desk.base))

    def asked_after(self, plan: PlanOnBoard, turns: int) -> Asked:
        """Return the network after so many turns of a plan, all of them on the day of the plan."""
        day = plan.day(self.desk.base)
        return self._of(replace(plan, done=plan.done[:turns]), day) if turns else self._base(day)

    def _base(self, day: datetime.date) -> Asked:
        return self._once(
            ("base", day, language()), lambda: Asked(self.desk.base, day, **self.desk.loaded.left)
        )

    def _of(self, plan: PlanOnBoard, day: datetime.date) -> Asked:
        key = (plan.done, day, language())
        return self._once(key, lambda: Asked(self.desk.network(plan), day, **self.desk.loaded.left))

    def _once(self, key: tuple[Any, ...], make: Callable[[], Asked]) -> Asked:
        with self._lock:
            if key not in self._kept:
                _keep(self._kept, key, make())
            self._kept.move_to_end(key)
            return self._kept[key]

    # -- what is done ------------------------------------------------------------------------------

    def do(self, values: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked for, and return the state of the plan; it is kept by then."""
        given = dict(values)
        deed = self.deeds.get(str(given.pop("deed", "")))
        if deed is None or not all(_is_of_its_type(*one) for one in given.items()):
            raise OptionError(say("board.unreadable"))
        return self.state(called(deed, **given).id)

    def _begin(self, *, name: str, who: str = "", like: str | None = None) -> PlanOnBoard:
        return self.desk.begin(name, who=who, like=like)

    def _rename(self, *, plan: str, name: str, who: str = "") -> PlanOnBoard:
        return self.desk.rename(plan, name, who=who)

    def _carry(self, *, plan: str, who: str = "") -> PlanOnBoard:
        return self.desk.carry(plan, who=who)

    def _regroup(
        self,
        *,
        plan: str,
        after: int,
        chosen: list[str],
        to_group: str,
        on: str | None = None,
        who: str = "",
        reason: str = "",
        proposed: bool = False,
    ) -> PlanOnBoard:
        day, said = _day(on), {"who": who, "reason": reason}
        return self.desk.regroup(
            plan, chosen, to_group, after=after, on=day, proposed=proposed, **said
        )

    def _change(
        self,
        *,
        plan: str,
        after: int,
        changes: list[dict[str, Any]],
        who: str = "",
        reason: str = "",
        proposed: bool = False,
    ) -> PlanOnBoard:
        wanted = [change(one) for one in changes]
        if not wanted:
            raise ChangeError(say("board.unreadable"))
        said = {"who": who, "reason": reason}
        return self.desk.change(plan, wanted, after=after, proposed=proposed, **said)

    def _accept(
        self, *, plan: str, after: int, number: int, who: str = "", reason: str = ""
    ) -> PlanOnBoard:
        return self.desk.accept(plan, number, after=after, who=who, reason=reason)

    def _refuse(
        self, *, plan: str, after: int, number: int, who: str = "", reason: str = ""
    ) -> PlanOnBoard:
        return self.desk.refuse(plan, number, after=after, who=who, reason=reason)

    def _keep_page(
        self, *, plan: str, name: str, verb: str, given: str, who: str = ""
    ) -> PlanOnBoard:
        known_question(verb)
        return self.desk.keep_page(plan, KeptPage(name, verb, given), who=who)

    def _adopt(self, *, plan: str, name: str, verb: str, given: str, who: str = "") -> PlanOnBoard:
        """Begin a plan with what an answer proposes, on what the plan that was asked has done."""
        asked = self.asked(plan)
        wanted = self.answers.changes(asked, verb, given)
        asked.net.applying(wanted)  # what cannot be made leaves no empty plan behind
        new = self.desk.begin(name, who=who, like=plan or None)
        return self.desk.change(new.id, wanted, after=new.last, who=who, reason=say("proposed"))

    def _drop_page(self, *, plan: str, name: str, who: str = "") -> PlanOnBoard:
        return self.desk.drop_page(plan, name, who=who)

    def _undo(self, *, plan: str, after: int, who: str = "") -> PlanOnBoard:
        return self.desk.undo(plan, after=after, who=who)

    def _redo(self, *, plan: str, after: int, who: str = "") -> PlanOnBoard:
        return self.desk.redo(plan, after=after, who=who)

    def _set_lock(
        self, *, plan: str, after: int, ids: list[str], locked: bool = True, who: str = ""
    ) -> PlanOnBoard:
        return self.desk.lock(plan, ids, on=locked, after=after, who=who)


def called(function: Callable[..., T], /, *first: Any, **values: Any) -> T:
    """Call a function with the values of a request; raise OptionError where it does not take them.

    A fault of the function itself stays what it is.
    """
    try:
        bound = inspect.signature(function).bind(*first, **values)
    except TypeError as error:
        raise OptionError(say("board.unreadable")) from error
    return function(*bound.args, **bound.kwargs)


# What each value of a request is, and of a list what its parts are.
_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("plan", "name", "who", "reason", "to_group", "verb", "given"), (str,)),
    **dict.fromkeys(("like", "on"), (str, type(None))),
    **dict.fromkeys(("after", "number"), (int,)),
    **dict.fromkeys(("locked", "proposed"), (bool,)),
}
_PARTS: dict[str, type] = {"chosen": str, "ids": str, "changes": dict}


def _is_of_its_type(name: str, value: Any) -> bool:
    """Whether a request may have a value under this name."""
    if name in _PARTS:
        return isinstance(value, list) and all(isinstance(one, _PARTS[name]) for one in value)
    return isinstance(value, _TYPES.get(name, ()))


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise OptionError(say("bad_day", value=text)) from error


def _keep(kept: OrderedDict[tuple[Any, ...], Any], key: tuple[Any, ...], value: Any) -> None:
    kept[key] = value
    while len(kept) > _KEPT:
        kept.popitem(last=False)
