"""Several at one board: who may do what, who sees whom, what is proposed, a newer edition."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.board.desk import Desk, StaleError
from medgraph.board.doors import kept_keys
from medgraph.board.journal import journal_of, verify
from medgraph.board.journals import told_entries
from medgraph.board.presence import Presence
from medgraph.board.server import Board
from medgraph.board.serving import serve
from medgraph.board.work_folder import WorkFolder
from medgraph.cli import cli
from medgraph.errors import ChangeError, OptionError, SourceError
from medgraph.loaders import registry
from medgraph.words.say import speaking
from tests.board.served import Served, Visitor

MOVE, OTHER = mg.changes.Move("TZ-P34", "G2"), mg.changes.Move("TZ-P35", "G2")


@pytest.fixture
def source(tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    return tmp_path / "roster.mgz"


@pytest.fixture
def desk(source):
    found = Desk(source, registry.load(source))
    yield found
    found.close()


def changes_of(plan):
    return [step.change for step in plan.plan.steps]


# -- proposals -----------------------------------------------------------------------------------------


def proposed(desk, *wanted):
    plan = desk.begin("north", who="commission")
    for one in wanted:
        said = {"who": "east county", "reason": "near"}
        plan = desk.change(plan.id, [one], after=plan.last, proposed=True, **said)
    return plan


def test_what_is_proposed_changes_nothing_until_it_is_accepted(desk, source):
    plan = proposed(desk, MOVE, OTHER)
    assert changes_of(plan) == []
    first, second = plan.proposed
    plan = desk.accept(plan.id, second.number, after=plan.last, who="commission", reason="agreed")
    assert changes_of(plan) == [OTHER]
    assert plan.proposed == (first,)
    assert plan.plan.steps[0].by == "east county"
    assert desk.network(plan) == desk.base.applying([OTHER])
    other = Desk(source, registry.load(source))
    assert other.plan(plan.id) == plan
    other.close()


def test_what_is_refused_leaves_a_trace_in_the_journal_alone(desk, source):
    plan = proposed(desk, MOVE)
    number = plan.proposed[0].number
    with pytest.raises(ChangeError):
        desk.refuse(plan.id, number, after=plan.last, who="commission", reason=" ")
    plan = desk.refuse(plan.id, number, after=plan.last, who="commission", reason="too far")
    assert not plan.proposed
    assert changes_of(plan) == []
    with speaking("en"):
        lines = told_entries(journal_of(source), verify(journal_of(source)).entries, only=None)
    assert re.fullmatch(r"refused: .* moves to .* \(reason: too far\)", lines[-1]["said"])
    for answer in (desk.accept, desk.refuse):
        with pytest.raises(ChangeError):
            answer(plan.id, number, after=plan.last, who="commission", reason="x")


def test_what_does_not_hold_any_more_is_not_accepted(desk):
    """A facility has moved meanwhile, or is locked: the proposal waits on, and nothing is kept."""
    plan = proposed(desk, MOVE)
    waits = plan.proposed
    stale = plan.last
    plan = desk.change(plan.id, [MOVE], after=plan.last, who="commission")
    with pytest.raises(StaleError):
        desk.accept(plan.id, waits[0].number, after=stale, who="commission")
    with pytest.raises(ChangeError):
        desk.accept(plan.id, waits[0].number, after=plan.last, who="commission")
    plan = desk.undo(plan.id, after=plan.last, who="commission")
    plan = desk.lock(plan.id, ["TZ-P34"], on=True, after=plan.last, who="commission")
    with pytest.raises(ChangeError):
        desk.accept(plan.id, waits[0].number, after=plan.last, who="commission")
    assert desk.plan(plan.id).proposed == waits


def test_what_cannot_be_made_cannot_be_proposed(desk):
    plan = desk.begin("north", who="commission")
    wrong = mg.changes.Fill("TZ-P34", "status", "sleepy")
    with pytest.raises(ChangeError):
        desk.change(plan.id, [wrong], after=plan.last, who="x", proposed=True)
    assert not desk.plan(plan.id).proposed


# -- a newer edition -------------------------------------------------------------------------------------


def test_a_newer_edition_is_noticed_and_the_plans_are_carried_over(desk, source):
    plan = proposed(desk, mg.changes.Move("TZ-P11", "G4"))
    plan = desk.change(plan.id, [MOVE], after=plan.last, who="commission")
    plan = desk.change(plan.id, [OTHER], after=plan.last, who="commission")
    assert not desk.is_outdated
    mg.write(mg.samples.taizhou().moved("TZ-P35", to_group="G2", on="2020-01-01"), source)
    assert desk.is_outdated
    new = desk.renewed(registry.load(source))
    assert not new.is_outdated
    carried = new.carry(plan.id, who="commission")
    assert changes_of(carried) == [MOVE]
    assert [one.step.change for one in carried.refused] == [OTHER]
    assert [one.turn for one in carried.proposed] == [one.turn for one in plan.proposed]
    source.unlink()
    assert not new.is_outdated


# -- links, and who may do what --------------------------------------------------------------------------


class Shared(Served):
    """A board for an office: by another name, too, and with links that are kept."""

    def __init__(self, source, *options):
        self.source = source
        line = [sys.executable, "-m", "medgraph", "board", str(source), "--no-open", "--lang", "en"]
        self.process = subprocess.Popen(
            [*line, "--allow-host", "Board.Office.example", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        Visitor.__init__(self, self.process.stdout.readline().strip())
        for line in self.process.stderr:
            if found := re.search(r"http://\S+", line):
                self.look_at = found[0]
                return

    def stop(self):
        super().stop()
        self.process.stderr.close()


@pytest.fixture(scope="module")
def shared_board(tmp_path_factory):
    source = tmp_path_factory.mktemp("office") / "roster.mgz"
    mg.write(mg.samples.taizhou(), source)
    found = Shared(source)
    yield found
    found.stop()


def test_by_the_link_for_looking_nothing_is_changed(shared_board):
    reader = Visitor(shared_board.look_at)
    plan = shared_board.begin("north")
    before = json.loads(reader.ask("GET", f"/state?plan={plan['id']}")[2])
    for path in (
        "/do",
        "/renew",
        "/leave",
        "/open",
        "/upload",
        "/answer",
        "/sample",
        "/option-file",
    ):
        status, _, text = reader.ask("POST", path, {"deed": "begin", "name": "x"})
        assert status == 403
        assert "for looking" in json.loads(text)["error"]
    assert json.loads(reader.ask("GET", f"/state?plan={plan['id']}")[2]) == before
    assert '"may_edit": false' in reader.ask("GET", "/")[2]
    assert reader.ask("GET", f"/effects?plan={plan['id']}")[0] == 200
    assert reader.ask("GET", "/ask?verb=coverage.served")[0] == 200
    assert reader.ask("POST", "/workbook", {"verb": "coverage.served"})[0] == 200
    assert reader.ask("GET", f"/export/plan?plan={plan['id']}")[0] == 200


def test_the_token_of_one_link_is_not_that_of_the_other(shared_board):
    reader = Visitor(shared_board.look_at)
    assert reader.cookie != shared_board.cookie
    assert shared_board.cookie.partition("=")[2] not in reader.ask("GET", "/")[2]


def test_other_names_lead_there_and_strange_ones_do_not(shared_board):
    assert shared_board.ask("GET", "/state", Host="board.office.example")[0] == 200
    assert shared_board.ask("GET", "/state", Host="board.office.example:443")[0] == 200
    assert shared_board.ask("GET", "/state", Host="office.example")[0] == 400
    assert shared_board.ask("GET", "/state", Host="x.board.office.example")[0] == 400


def test_behind_a_proxy_with_tls_the_cookie_is_for_tls_alone(shared_board):
    query = shared_board.address.partition("?")[2]
    plain = shared_board.ask("GET", f"/?{query}", cookie=False)[1]["set-cookie"]
    given = {"Host": "board.office.example", "X_Forwarded_Proto": "https"}
    encrypted = shared_board.ask("GET", f"/?{query}", cookie=False, **given)[1]["set-cookie"]
    assert "Secure" not in plain
    assert "Secure" in encrypted
    same = {"Host": "board.office.example", "Origin": "https://board.office.example"}
    assert shared_board.ask("POST", "/do", {"deed": "begin", "name": "tls"}, **same)[0] == 200


def test_nobody_takes_the_data_away_from_the_others(shared_board):
    for path in ("/leave", "/open"):
        status, _, text = shared_board.ask("POST", path, {"name": "roster.mgz"})
        assert status == 422
        assert "Others look" in json.loads(text)["error"]
    assert shared_board.ask("GET", "/state")[0] == 200


def test_links_are_kept_for_their_owner_alone(tmp_path):
    path = tmp_path / "links.json"
    keys = kept_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = kept_keys(path)
    assert (again.token, again.reading) == (keys.token, keys.reading)
    assert again.page != keys.page
    for wrong in ("", "[]", "{}", '{"editing": "", "reading": ""}', '{"editing": 5}'):
        path.write_text(wrong)
        with pytest.raises(SourceError):
            kept_keys(path)


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "", "::2"])
def test_an_address_of_another_machine_is_a_sentence(host, monkeypatch):
    monkeypatch.setattr(asyncio, "run", pytest.fail)
    folder = WorkFolder(Path())
    with pytest.raises(OptionError):
        serve(Board(folder, lang="en"), port=0, told=print, opens=False, host=host or "x y")


def test_at_all_addresses_it_has_to_be_told_its_names(source):
    done = CliRunner().invoke(cli, ["board", str(source), "--host", "0.0.0.0", "--lang", "en"])
    assert isinstance(done.exception, OptionError)
    assert "--allow-host" in str(done.exception)


# -- who else looks, and what is new ---------------------------------------------------------------------


def events(visitor, page):
    """The stream of a page that is open."""
    connection = http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=20)
    connection.request("GET", f"/news?page={page}", headers={"Cookie": visitor.cookie})
    return connection, connection.getresponse()


def wait_for(stream, name, holds):
    """The data of the next event of a name that is as wanted."""
    called = "message"
    while True:
        line = stream.readline().decode().rstrip("\n")
        if line.startswith("event: "):
            called = line.removeprefix("event: ")
        elif line.startswith("data: "):
            found = json.loads(line.removeprefix("data: "))
            if called == name and holds(found):
                return found
            called = "message"


def test_who_looks_is_seen_by_office_and_gone_when_the_page_is(shared_board):
    one, stream = events(shared_board, "a" * 24)
    other, _ = events(Visitor(shared_board.look_at), "b" * 24)
    wait_for(stream, "others", lambda found: len(found) == 1)
    told = {"page": "b" * 24, "who": "health\ncommission\u200b", "plan": "north", "at": "gaps"}
    assert Visitor(shared_board.look_at).ask("POST", "/here", told)[0] == 200
    found = wait_for(stream, "others", lambda found: found and found[0]["who"])
    assert found == [{"who": "health commission", "plan": "north", "at": "gaps"}]
    other.close()
    wait_for(stream, "others", lambda found: not found)
    one.close()


def test_presence_is_bounded_and_takes_texts_alone():
    found = Presence()
    for number in range(300):
        found.come(f"{number:024d}")
    assert len(found.others("")) == 200
    for wrong in ("", "x", "../../../..", "<script>" * 3, "A" * 24, "a" * 41):
        with pytest.raises(OptionError):
            found.come(wrong)
    for wrong in ({}, {"page": "0" * 24, "who": 5, "plan": "", "at": ""}):
        with pytest.raises(OptionError):
            found.tell(wrong)
    found.tell({"page": f"{299:024d}", "who": "x" * 999, "plan": "", "at": ""})
    assert max(len(one["who"]) for one in found.others("")) == 60


def test_a_page_that_comes_again_is_there_until_its_last_connection_goes():
    found = Presence()
    found.come("a" * 24)
    found.come("a" * 24)
    found.leave("a" * 24)
    assert len(found.others("")) == 1
    found.leave("a" * 24)
    assert not found.others("")


def test_a_newer_edition_is_told_read_and_seen_by_all(tmp_path):
    source = tmp_path / "roster.mgz"
    mg.write(mg.samples.taizhou(), source)
    board = Shared(source)
    try:
        plan = board.begin("north")
        move = {"change": "Move", "id": "TZ-P34", "to_group": "G2", "on": None}
        board.do(deed="change", plan=plan["id"], after=plan["last"], changes=[move])
        connection, stream = events(Visitor(board.look_at), "c" * 24)
        before = wait_for(stream, "edition", lambda found: True)
        assert before[1] is False
        mg.write(mg.samples.taizhou().moved("TZ-P34", to_group="G2", on="2020-01-01"), source)
        wait_for(stream, "edition", lambda found: found[1])
        assert board.ask("POST", "/renew", {})[0] == 200
        after = wait_for(stream, "edition", lambda found: not found[1])
        assert after[0] != before[0]
        connection.close()
        _, found = board.do(deed="carry", plan=plan["id"])
        assert len(found["plan"]["conflicts"]) == 1
        source.write_bytes(b"broken")
        status, _, text = board.ask("POST", "/renew", {})
        assert status == 422
        assert json.loads(text)["error"]
        assert json.loads(board.ask("GET", f"/state?plan={found['plan']['id']}")[2])["is_outdated"]
    finally:
        board.stop()


def test_pages_that_come_and_go_hold_nobody_up(shared_board):
    """Streams are cut off while changes are told to all; each change is answered."""
    reader = Visitor(shared_board.look_at)
    for number in range(25):
        connection, stream = events(reader, f"{number:024d}")
        stream.readline()
        shared_board.begin(f"come and go {number}")
        connection.close()
    assert shared_board.ask("GET", "/state")[0] == 200


# -- many at once ----------------------------------------------------------------------------------------


def worker(visitor, plan, facility, times, kept):
    """One who changes, looks again where he was late, and comes again where he was cut off."""
    made = 0
    while made < times:
        try:
            now = json.loads(visitor.ask("GET", f"/state?plan={plan}")[2])["plan"]
            beds = {"change": "Fill", "id": facility, "column": "beds", "value": str(made)}
            said = {"after": now["last"], "who": facility, "reason": str(made)}
            status, found = visitor.do(deed="change", plan=plan, changes=[beds], **said)
        except (OSError, http.client.HTTPException):
            continue
        assert status in (200, 409, 429), found
        if status == 409:
            assert found["since"]
        if status == 200:
            kept.append((facility, made))
            made += 1


@pytest.mark.parametrize("times", [6, pytest.param(500, marks=pytest.mark.slow)])
def test_four_who_change_at_once_lose_nothing(shared_board, times):
    """All end on one state, which is what replaying the journal gives; each change is there once."""
    plan = shared_board.begin(f"four at {times}")["id"]
    kept = []
    four = ("TZ-P34", "TZ-P35", "TZ-P11", "TZ-P12")
    workers = [
        threading.Thread(
            target=worker, args=(Visitor(shared_board.address), plan, one, times, kept)
        )
        for one in four
    ]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    states = [
        json.loads(Visitor(shared_board.address).ask("GET", f"/state?plan={plan}")[2]) for _ in four
    ]
    assert all(state == states[0] for state in states)
    turns = states[0]["plan"]["turns"]
    said = [(turn["by"], int(turn["reason"])) for turn in turns]
    assert said == [(one, n) for one, n in said if (one, n) in kept]
    assert sorted(said) == sorted((one, n) for one in four for n in range(times))
    source = shared_board.source
    replayed = Desk(source, registry.load(source))
    steps = replayed.plan(plan).plan.steps
    replayed.close()
    assert [(step.by, int(step.reason)) for step in steps] == said
    assert not verify(journal_of(source)).faults
