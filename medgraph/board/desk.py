"""The desk: one source, its plans, and who changes them; every change is kept before it counts."""

from __future__ import annotations

import datetime
import threading
import uuid
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from medgraph.board import plans as entries
from medgraph.board.editions import Watch
from medgraph.board.journal import Journal, journal_of, verify
from medgraph.board.plans import (
    KeptPage,
    PlanOnBoard,
    Plans,
    Proposed,
    Turn,
    plain_pages,
    plain_turn,
)
from medgraph.board.told import told
from medgraph.errors import ChangeError, OptionError, TargetError
from medgraph.graphmodel import changes
from medgraph.graphmodel.fingerprint import fingerprint
from medgraph.graphmodel.plan import Plan, Step
from medgraph.graphmodel.regrouping import regroupings
from medgraph.loaders import registry
from medgraph.loaders.plan_file import base_of, is_plan, plain_step, read_plan
from medgraph.loaders.store.address import address as read_address
from medgraph.words.invisible import visible
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_NETWORKS_KEPT = 24  # of plans as they are and were, so that undo costs nothing
_LONGEST_TEXT = 500  # characters of a name, an office or a reason
_MOST_PAGES = 60  # of one plan
_LONGEST_GIVEN = 20_000  # characters of the options of a page


class StaleError(ChangeError):
    """A change against an older state; `since` is what happened meanwhile, in sentences."""

    def __init__(self, since: Sequence[str]) -> None:
        super().__init__(say("board.stale"))
        self.since = tuple(since)


def desk_of(path: Path, load: Callable[[Path], Loaded]) -> Desk:
    """Open the desk of a file; of a plan it is that of the file that it changes, with the plan."""
    if not is_plan(path):
        return Desk(path, load(path))
    kept = read_plan(path)
    base = base_of(path, kept.source)
    desk = Desk(base, load(base))
    desk.reopen(kept.plan)
    return desk


class Desk:
    """One source on the board, its plans, and the journal that keeps them.

    All that changes anything runs one after the other; the network of a plan is made of its base
    and its changes alone, so that a desk that is opened again shows the same.
    """

    def __init__(
        self, source: Path, loaded: Loaded, journal: Journal | None = None, *, address: str = ""
    ) -> None:
        """Open the desk of a source that was read; raise TargetError where nothing can be kept.

        A `journal` that is open already is used on. `source` stands for a store at an `address`:
        the journal lies beside it as it does beside a file.
        """
        self.source = source
        self.loaded = loaded
        self.base = loaded.require()
        self.print = fingerprint(self.base)
        self.address = address
        self._watch = Watch(source, address)
        self._lock = threading.RLock()
        self._journal = journal or Journal(journal_of(source))
        self._plans = Plans()
        self._networks: OrderedDict[tuple[Turn, ...], MedicalNetwork] = OrderedDict()
        self._follow()

    @property
    def is_outdated(self) -> bool:
        """Whether the source was written anew since it was read."""
        return self._watch.is_outdated

    def renewed(self, loaded: Loaded) -> Desk:
        """Return the desk of the source as it was read anew; it goes on with the same journal."""
        return Desk(self.source, loaded, self._journal, address=self.address)

    def store(self, id: str, network: str) -> str:
        """Keep a plan in the store of the source as a scenario, and return the name of that.

        Raise TargetError where the source is no store, or the scenario cannot be kept.
        """
        plan = self.plan(id)
        if not self.address:
            raise TargetError(say("board.no_store"))
        target = read_address(self.address).scenario(_name(network))
        wanted = [step.change for step in plan.plan.steps]
        registry.write_changes(self.base, wanted, target)
        return _name(network)

    def close(self) -> None:
        """Close the journal."""
        self._journal.close()

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the journal on the disk, in sentences."""
        return verify(self._journal.path).faults

    # -- plans -------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """The number of the last entry of the journal, whoever wrote it: another board may have."""
        with self._lock:
            self._follow()
            return self._plans.last

    @property
    def plans(self) -> list[PlanOnBoard]:
        """All plans, the oldest first."""
        with self._lock:
            self._follow()
            return list(self._plans.by_id.values())

    def plan(self, id: str) -> PlanOnBoard:
        """Return a plan; raise OptionError where there is none."""
        with self._lock:
            self._follow()
            found = self._plans.by_id.get(id)
        if found is None:
            raise OptionError(say("board.no_plan", plan=id))
        return found

    def begin(self, name: str, *, who: str, like: str | None = None) -> PlanOnBoard:
        """Begin a plan, an empty one or one like another, and return it."""
        body: dict[str, Any] = {"name": _name(name), "base": self.print}
        if like is not None:
            model = self.plan(like)
            body["turns"] = [plain_turn(turn) for turn in model.done]
            body["pages"] = plain_pages(model.pages)
        return self._begin(body, who)

    def reopen(self, plan: Plan) -> PlanOnBoard:
        """Have a plan that was saved on the desk, unless it is there just so; return it."""
        with self._lock:
            there = [one for one in self.plans if one.plan == plan]
            if there:
                return there[-1]
            turns = [plain_turn(Turn.of((step,))) for step in plan.steps]
            body = {"name": _name(plan.name), "base": plan.base, "turns": turns}
            return self._begin(body, plan.steps[-1].by if plan.steps else "")

    def rename(self, id: str, name: str, *, who: str) -> PlanOnBoard:
        """Give a plan another name."""
        self.plan(id)
        self._append(id, entries.RENAME, {"name": _name(name)}, who)
        return self.plan(id)

    def carry(self, id: str, *, who: str) -> PlanOnBoard:
        """Carry a plan over to the base of now: a new plan of those steps that it allows.

        The others stay in the old plan, and stand in the new one as `refused`, each with why. What
        is proposed waits in the new plan as it did in the old one.
        """
        with self._lock:
            old = self.plan(id)
            net, turns, refused = self.base, [], []
            for turn in old.done:
                carried = Plan(old.name, old.base, turn.steps).on(net)
                net = carried.network
                failed = {conflict.number for conflict in carried.conflicts}
                kept = [step for n, step in enumerate(turn.steps, 1) if n not in failed]
                if kept:
                    turns.append(plain_turn(Turn.of(tuple(kept))))
                refused += [
                    {"step": plain_step(conflict.step), "reason": conflict.reason}
                    for conflict in carried.conflicts
                ]
            body = {"name": old.name, "base": self.print, "turns": turns, "refused": refused}
            new = self._begin({**body, "pages": plain_pages(old.pages)}, who)
            for one in old.proposed:
                self._append(new.id, entries.PROPOSE, plain_turn(one.turn), one.who)
            return self.plan(new.id)

    def _begin(self, body: dict[str, Any], who: str) -> PlanOnBoard:
        """Begin a plan under an id that nothing else has."""
        id = uuid.uuid4().hex[:12]
        self._append(id, entries.BEGIN, body, who)
        return self.plan(id)

    # -- changes -----------------------------------------------------------------------------------

    def change(
        self,
        id: str,
        wanted: Sequence[changes.Change],
        *,
        after: int,
        who: str,
        reason: str = "",
        proposed: bool = False,
    ) -> PlanOnBoard:
        """Add changes to a plan as one turn, kept before this returns; or only propose them.

        `after` is the entry that the one who wants them has seen last. Raise StaleError where the
        plan has others since, ChangeError or UnknownIdError where a change cannot be made; then
        nothing is kept.
        """
        with self._lock:
            plan = self._fresh(id, after)
            _refuse_locked(self.base, plan, _touched(wanted))
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            steps = tuple(Step(one, _text(who), _text(reason), now) for one in wanted)
            after_turn = self.network(plan).applying(wanted)
            kind = entries.PROPOSE if proposed else entries.TURN
            self._append(id, kind, plain_turn(Turn.of(steps)), who)
            found = self.plan(id)
            if proposed:
                return found
            self._put(found.done, after_turn)
            return found

    def regroup(
        self,
        id: str,
        chosen: Sequence[str],
        to_group: str,
        *,
        after: int,
        who: str,
        on: datetime.date | None = None,
        reason: str = "",
        proposed: bool = False,
    ) -> PlanOnBoard:
        """Bring areas and facilities to a group, as one turn; see `change`."""
        with self._lock:
            plan = self._fresh(id, after)
            _refuse_locked(self.base, plan, {*chosen, to_group})
            net = self.network(plan)
            wanted = regroupings(net, chosen, to_group=to_group, on=on)
            return self.change(id, wanted, after=after, who=who, reason=reason, proposed=proposed)

    def accept(
        self, id: str, number: int, *, after: int, who: str, reason: str = ""
    ) -> PlanOnBoard:
        """Make what was proposed under a number, as one turn; see `change`."""
        with self._lock:
            plan = self._fresh(id, after)
            turn = _proposal(plan, number).turn
            wanted = [step.change for step in turn.steps]
            _refuse_locked(self.base, plan, _touched(wanted))
            after_turn = self.network(plan).applying(wanted)
            self._append(id, entries.ACCEPT, _answered(number, turn, reason), who)
            found = self.plan(id)
            self._put(found.done, after_turn)
            return found

    def refuse(self, id: str, number: int, *, after: int, who: str, reason: str) -> PlanOnBoard:
        """Refuse what was proposed under a number, with a reason; the journal alone keeps it."""
        with self._lock:
            turn = _proposal(self._fresh(id, after), number).turn
            if not _text(reason):
                raise ChangeError(say("board.no_reason"))
            self._append(id, entries.REFUSE, _answered(number, turn, reason), who)
            return self.plan(id)

    def keep_page(self, id: str, page: KeptPage, *, who: str) -> PlanOnBoard:
        """Keep a question as a page of a plan, in the place of one with the same name."""
        with self._lock:
            plan, name = self.plan(id), _name(page.name)
            if len(plan.pages) >= _MOST_PAGES or len(page.given) > _LONGEST_GIVEN:
                raise OptionError(say("board.too_many_pages", most=_MOST_PAGES))
            [body] = plain_pages([KeptPage(name, page.verb, page.given)])
            self._append(id, entries.KEEP, body, who)
            return self.plan(id)

    def drop_page(self, id: str, name: str, *, who: str) -> PlanOnBoard:
        """Keep a page no longer."""
        self.plan(id)
        self._append(id, entries.DROP, {"name": _name(name)}, who)
        return self.plan(id)

    def undo(self, id: str, *, after: int, who: str) -> PlanOnBoard:
        """Take the last turn back."""
        with self._lock:
            if not self._fresh(id, after).done:
                raise ChangeError(say("board.nothing_to_undo"))
            self._append(id, entries.UNDO, {}, who)
            return self.plan(id)

    def redo(self, id: str, *, after: int, who: str) -> PlanOnBoard:
        """Make again what was taken back last."""
        with self._lock:
            if not self._fresh(id, after).undone:
                raise ChangeError(say("board.nothing_to_redo"))
            self._append(id, entries.REDO, {}, who)
            return self.plan(id)

    def lock(self, id: str, ids: Sequence[str], *, on: bool, after: int, who: str) -> PlanOnBoard:
        """Lock areas, facilities or groups, so that no turn changes them, or unlock them."""
        with self._lock:
            self._fresh(id, after)
            known = [self.base.find(one) for one in ids]
            self._append(id, entries.LOCK, {"ids": known, "on": bool(on)}, who)
            return self.plan(id)

    # -- networks ----------------------------------------------------------------------------------

    def network(self, plan: PlanOnBoard) -> MedicalNetwork:
        """Return the network after a plan."""
        if not plan.done:
            return self.base
        if plan.base != self.print:  # made for another edition: what of it holds on this one
            return plan.plan.on(self.base).network
        with self._lock:
            if plan.done not in self._networks:
                wanted = [step.change for step in plan.done[-1].steps]
                self._put(plan.done, self.network(plan.before()).applying(wanted))
            self._networks.move_to_end(plan.done)
            return self._networks[plan.done]

    def _put(self, done: tuple[Turn, ...], net: MedicalNetwork) -> None:
        self._networks[done] = net
        while len(self._networks) > _NETWORKS_KEPT:
            self._networks.popitem(last=False)

    # -- the journal -------------------------------------------------------------------------------

    def _fresh(self, id: str, after: int) -> PlanOnBoard:
        plan = self.plan(id)
        if plan.last != after:
            raise StaleError(self.told(id, after=after))
        if plan.base != self.print:
            raise ChangeError(say("board.other_base"))
        return plan

    def told(self, id: str, *, after: int = 0) -> list[str]:
        """Return in sentences what was done to a plan behind an entry."""
        found = self._journal.entries(after=after)
        return [told(self.base, entry) for entry in found if entry.plan == id]

    def _append(self, plan: str, kind: str, body: dict[str, Any], who: str) -> None:
        with self._lock:
            self._journal.append(plan, kind, body, who=_text(who))
            self._follow()

    def _follow(self) -> None:
        self._plans.follow(self._journal.entries(after=self._plans.last))


def _proposal(plan: PlanOnBoard, number: int) -> Proposed:
    """What was proposed under a number; raise ChangeError where nothing waits under it."""
    found = next((one for one in plan.proposed if one.number == number), None)
    if found is None:
        raise ChangeError(say("board.no_proposal"))
    return found


def _answered(number: int, turn: Turn, reason: str) -> dict[str, Any]:
    """What an entry says that answers a proposal: the proposal whole, so that it tells itself."""
    return {"proposal": number, "reason": _text(reason), **plain_turn(turn)}


def _touched(wanted: Sequence[changes.Change]) -> set[str]:
    """The nodes whose facts changes would change."""
    found: set[str] = set()
    for one in wanted:
        match one:
            case changes.Move(id, group) | changes.Join(id, group):
                found |= {id, group}
            case changes.Link(source, _, target):
                found |= {source, target}
            case changes.Succeed(old, new):
                found |= {old, *([new] if isinstance(new, str) else new)}
            case changes.End(id) | changes.Fill(id):
                found.add(id)
            case changes.Declare():
                pass
    return found


def _refuse_locked(net: MedicalNetwork, plan: PlanOnBoard, touched: set[str]) -> None:
    locked = sorted(plan.locked & touched)
    if locked:
        raise ChangeError(say("board.locked", names=listed(map(net.name, locked))))


def _name(text: str) -> str:
    """The name of a plan; raise OptionError where nothing of it can be seen."""
    found = _text(text)
    if not found:
        raise OptionError(say("board.no_name"))
    return found


def _text(text: str) -> str:
    """A text of somebody, on one line, without what nobody sees; raise OptionError if too long."""
    found = " ".join(visible(text).split())
    if len(found) > _LONGEST_TEXT:
        raise OptionError(say("board.too_long", most=_LONGEST_TEXT))
    return found
