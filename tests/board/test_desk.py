"""A desk keeps every change before it counts, and is after a restart as it was."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import medgraph as mg
from medgraph.board.desk import Desk, StaleError, desk_of
from medgraph.board.journal import journal_of, verify
from medgraph.board.journals import told_entries
from medgraph.board.requests import Asks
from medgraph.errors import ChangeError, MedGraphError, OptionError, SourceError
from medgraph.loaders import registry
from medgraph.loaders.plan_file import write_plan
from medgraph.words.say import speaking

MOVE = mg.changes.Move("TZ-P34", "G2")
OTHER = mg.changes.Move("TZ-P35", "G2")


@pytest.fixture
def source(tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    return tmp_path / "roster.mgz"


@pytest.fixture
def desk(source):
    found = Desk(source, registry.load(source))
    yield found
    found.close()


def begun(desk, *changes):
    plan = desk.begin("north", who="commission")
    for one in changes:
        plan = desk.change(plan.id, [one], after=plan.last, who="commission", reason="near")
    return plan


def changes_of(plan):
    return [step.change for step in plan.plan.steps]


def again(source):
    return Desk(source, registry.load(source))


def test_a_change_is_there_after_a_restart(desk, source):
    plan = begun(desk, MOVE, OTHER)
    other = again(source)
    assert changes_of(other.plan(plan.id)) == [MOVE, OTHER]
    assert (
        other.network(other.plan(plan.id))
        == desk.network(plan)
        == desk.base.applying([MOVE, OTHER])
    )
    other.close()


def test_the_source_is_never_written_to(desk, source):
    before = source.read_bytes()
    begun(desk, MOVE, OTHER)
    assert source.read_bytes() == before


def test_undo_and_redo_without_end(desk):
    plan = begun(desk, MOVE, OTHER)
    for wanted in ([MOVE], []):
        plan = desk.undo(plan.id, after=plan.last, who="commission")
        assert changes_of(plan) == wanted
    with pytest.raises(ChangeError):
        desk.undo(plan.id, after=plan.last, who="commission")
    for wanted in ([MOVE], [MOVE, OTHER]):
        plan = desk.redo(plan.id, after=plan.last, who="commission")
        assert changes_of(plan) == wanted
    with pytest.raises(ChangeError):
        desk.redo(plan.id, after=plan.last, who="commission")


def test_a_new_change_ends_what_could_be_made_again(desk):
    plan = begun(desk, MOVE)
    plan = desk.undo(plan.id, after=plan.last, who="commission")
    plan = desk.change(plan.id, [OTHER], after=plan.last, who="commission")
    assert changes_of(plan) == [OTHER]
    assert not plan.undone


def test_a_change_against_an_older_state_is_refused_with_what_happened(desk):
    plan = begun(desk)
    begun_at = plan.last
    desk.change(plan.id, [MOVE], after=begun_at, who="commission")
    with speaking("en"), pytest.raises(StaleError) as stale:
        desk.change(plan.id, [OTHER], after=begun_at, who="commission")
    assert len(stale.value.since) == 1
    assert "moves to" in stale.value.since[0]
    assert changes_of(desk.plan(plan.id)) == [MOVE]


def test_what_cannot_be_made_is_not_kept(desk):
    plan = begun(desk)
    for wrong in (MOVE, mg.changes.Fill("TZ-P34", "status", "sleepy")):
        with pytest.raises(ChangeError):
            desk.change(plan.id, [MOVE, wrong], after=plan.last, who="commission")
    assert desk.plan(plan.id).last == plan.last


def test_what_is_locked_stays(desk):
    plan = begun(desk)
    plan = desk.lock(plan.id, ["331002001000", "G3"], on=True, after=plan.last, who="commission")
    with speaking("en"), pytest.raises(ChangeError, match="Locked"):
        desk.regroup(plan.id, ["331002001000"], "G2", after=plan.last, who="commission")
    with pytest.raises(ChangeError):
        desk.change(plan.id, [mg.changes.Move("TZ-P34", "G3")], after=plan.last, who="commission")
    plan = desk.lock(plan.id, ["331002001000"], on=False, after=plan.last, who="commission")
    plan = desk.regroup(plan.id, ["331002001000"], "G2", after=plan.last, who="commission")
    assert changes_of(plan) == [MOVE]


def test_a_copy_goes_its_own_way(desk):
    plan = begun(desk, MOVE)
    copy = desk.begin("copy", who="commission", like=plan.id)
    copy = desk.change(copy.id, [OTHER], after=copy.last, who="commission")
    assert changes_of(desk.plan(plan.id)) == [MOVE]
    assert changes_of(copy) == [MOVE, OTHER]
    assert [one.name for one in desk.plans] == ["north", "copy"]
    assert desk.rename(copy.id, "south", who="commission").name == "south"


def test_a_plan_is_carried_over_to_a_newer_base(desk, source):
    """TZ-P35 is in G2 by now, so that its move is refused and named; the other one holds."""
    plan = begun(desk, MOVE, OTHER)
    mg.write(mg.samples.taizhou().moved("TZ-P35", to_group="G2", on="2020-01-01"), source)
    other = again(source)
    old = other.plan(plan.id)
    with speaking("en"), pytest.raises(ChangeError, match="another edition"):
        other.undo(old.id, after=old.last, who="commission")
    assert other.network(old) == other.base.applying([MOVE])
    new = other.carry(old.id, who="commission")
    assert changes_of(new) == [MOVE]
    assert [one.step.change for one in new.refused] == [OTHER]
    assert changes_of(other.plan(plan.id)) == [MOVE, OTHER]
    third = again(source)
    assert third.plan(new.id) == new
    assert third.undo(new.id, after=new.last, who="commission").done == ()
    third.close()
    other.close()


def test_texts_are_on_one_line_and_bounded(desk):
    plan = desk.begin("north\n\u200bside", who="com\tmission")
    assert plan.name == "north side"
    with pytest.raises(OptionError):
        desk.begin("x" * 501, who="")


def test_a_plan_saved_is_read_by_every_command(desk, source):
    plan = begun(desk, MOVE, mg.changes.Declare("links.DISPATCHES", "commission"))
    path = write_plan(plan.plan, source.name, source.with_name("north.plan.json"))
    read = mg.read(path)
    assert read.with_meta(title=desk.base.meta.get("title")) == desk.network(plan)


def test_a_plan_saved_is_opened_on_the_desk_of_its_base(desk, source):
    plan = begun(desk, MOVE, OTHER)
    path = write_plan(plan.plan, source.name, source.with_name("north.plan.json"))
    source.with_name(source.name + ".board").unlink()
    for _ in range(2):  # it stands there once, however often it is opened
        other = desk_of(path, registry.load)
        assert other.source == source
        assert [changes_of(one) for one in other.plans] == [[MOVE, OTHER]]
        found = other.plans[0]
        assert other.undo(found.id, after=found.last, who="x").done
        other.redo(found.id, after=other.plan(found.id).last, who="x")
        other.close()


def test_two_who_change_at_once_lose_nothing(desk, source):
    """Each tries again where it was late; both end on the same state, which the journal gives again."""
    plan = begun(desk)
    facilities = ["TZ-P34", "TZ-P35"]

    def work(facility):
        made = 0
        while made < 100:
            now = desk.plan(plan.id)
            to = "G2" if made % 2 == 0 else "G4"
            try:
                desk.change(plan.id, [mg.changes.Move(facility, to)], after=now.last, who=facility)
            except StaleError:
                continue
            made += 1

    workers = [threading.Thread(target=work, args=(one,)) for one in facilities]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    found = desk.plan(plan.id)
    by = [step.by for step in found.plan.steps]
    assert {one: by.count(one) for one in facilities} == dict.fromkeys(facilities, 100)
    other = again(source)
    assert other.plan(plan.id) == found
    other.close()


@pytest.mark.parametrize("name", ["", " ", "\u200b"])
def test_a_plan_without_a_name_is_refused(desk, name):
    with pytest.raises(OptionError):
        desk.begin(name, who="commission")
    with pytest.raises(OptionError):
        desk.rename(begun(desk).id, name, who="commission")


def altered(source, body, number=2):
    """What somebody who does not mind the triggers makes of an entry."""
    with sqlite3.connect(journal_of(source)) as file:
        file.execute("DROP TRIGGER no_update")
        file.execute("UPDATE entries SET body = ? WHERE number = ?", (body, number))
    file.close()


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("no json", 2),
        ("{}", 1),
        ("{}", 2),
        ('{"steps": ["x"]}', 2),
        ('{"steps": [{"change": "Fly"}]}', 2),
        ('{"ids": 5, "on": true}', 3),
    ],
)
def test_an_entry_that_nobody_can_read_is_told_and_listed(desk, source, body, number):
    plan = begun(desk, MOVE)
    desk.lock(plan.id, ["G3"], on=True, after=plan.last, who="commission")
    altered(source, body, number)
    with speaking("en"), pytest.raises(SourceError, match=f"Entry {number} of the journal"):
        again(source)
    found = verify(journal_of(source))
    assert found.faults
    assert len(told_entries(journal_of(source), found.entries, only=None)) == 3


def test_a_journal_that_was_changed_is_told_when_it_is_opened(desk, source):
    begun(desk, MOVE)
    assert not Asks(desk).state()["faults"]
    altered(source, '{"name": "south", "base": ""}', 1)
    other = again(source)
    with speaking("en"):
        assert "Entry 1 was changed" in " ".join(Asks(other).state()["faults"])
    other.close()


@settings(max_examples=20)
@given(st.lists(st.sampled_from(["change", "undo", "redo", "lock", "rename"]), max_size=12))
def test_whatever_is_done_a_desk_opened_again_shows_the_same(tmp_path_factory, deeds):
    folder = tmp_path_factory.mktemp("desk")
    source = folder / "roster.mgz"
    mg.write(mg.samples.taizhou(), source)
    desk = Desk(source, registry.load(source))
    plan = desk.begin("north", who="commission")
    for number, deed in enumerate(deeds):
        after = {"after": plan.last, "who": "commission"}
        try:
            if deed == "change":
                to = "G2" if number % 2 else "G3"
                plan = desk.change(plan.id, [mg.changes.Move("TZ-P34", to)], **after)
            elif deed == "lock":
                plan = desk.lock(plan.id, ["G3"], on=bool(number % 2), **after)
            elif deed == "rename":
                plan = desk.rename(plan.id, f"plan {number}", who="commission")
            else:
                plan = getattr(desk, deed)(plan.id, **after)
        except MedGraphError:
            plan = desk.plan(plan.id)
    other = Desk(source, registry.load(source))
    assert other.plan(plan.id) == plan
    assert other.network(plan) == desk.network(plan)
    desk.close()
    other.close()


# -- who, and what is left to declare -----------------------------------------------------------------


def test_what_another_board_wrote_is_seen_without_anything_done_here(source, desk):
    """Two boards keep one journal: the news of a page follow what either wrote."""
    other = Desk(source, registry.load(source))
    before = desk.version
    other.begin("elsewhere", who="another office")
    other.close()
    assert desk.version > before


def test_who_made_the_last_change_is_kept_beside_the_plan(desk):
    plan = begun(desk, MOVE)
    asks = Asks(desk)
    assert asks.state(plan.id)["who"] == "commission"
    assert asks.state()["who"] == "commission"


def test_what_is_declared_leaves_the_list_of_what_can_be(desk):
    plan = begun(desk)
    asks = Asks(desk)
    part = asks.state(plan.id)["plan"]["undeclared"][0][0]
    declared = mg.changes.Declare(part, "commission")
    desk.change(plan.id, [declared], after=plan.last, who="commission")
    assert part not in dict(asks.state(plan.id)["plan"]["undeclared"])
