"""Every change is kept in a chain that shows what was done to it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from medgraph.board import network_shares
from medgraph.board.journal import Journal, head_of, verify
from medgraph.errors import OptionError, SourceError, TargetError
from medgraph.words.say import speaking


@pytest.fixture
def journal(tmp_path):
    found = Journal(tmp_path / "roster.xlsx.board")
    yield found
    found.close()


def filled(journal, count=5):
    for number in range(count):
        journal.append("p1", "change", {"step": number}, who="commission")
    return journal.path


def faults(path):
    with speaking("en"):
        return " ".join(verify(path).faults)


def altered(path, *statements):
    """What somebody who does not mind the triggers makes of a journal."""
    with sqlite3.connect(path) as file:
        file.execute("DROP TRIGGER no_update")
        file.execute("DROP TRIGGER no_delete")
        for statement in statements:
            file.execute(statement)
    file.close()
    return path


def test_what_was_appended_comes_back_and_is_verified(journal):
    path = filled(journal)
    found = verify(path)
    assert [entry.body for entry in found.entries] == [{"step": number} for number in range(5)]
    assert found.entries == tuple(journal.entries())
    assert not found.faults


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE entries SET body = '{\"step\": 9}' WHERE number = 3"], "Entry 3 was changed"),
        (["UPDATE entries SET body = 'no json' WHERE number = 3"], "Entry 3 was changed"),
        (["UPDATE entries SET who = 'nobody' WHERE number = 1"], "Entry 1 was changed"),
        (["DELETE FROM entries WHERE number = 3"], "Entry 3 should follow, and 4 does"),
        (["DELETE FROM entries WHERE number = 1"], "Entry 1 should follow, and 2 does"),
        (["DELETE FROM entries WHERE number > 3"], "end is missing: 5 entries are noted, 3"),
        (["DELETE FROM entries"], "end is missing: 5 entries are noted, 0"),
        (
            [
                "UPDATE entries SET number = 99 WHERE number = 2",
                "UPDATE entries SET number = 2 WHERE number = 3",
                "UPDATE entries SET number = 3 WHERE number = 99",
            ],
            "Entry 2 was changed",
        ),
    ],
)
def test_what_was_done_to_a_chain_is_found(journal, statements, said):
    """Changed, removed, reordered, cut off."""
    assert said in faults(altered(filled(journal), *statements))


def test_a_chain_that_was_made_anew_does_not_fit_its_note(journal, tmp_path):
    """Who computes all hashes again still lacks the note of the length."""
    head = head_of(filled(journal)).read_bytes()
    other = Journal(tmp_path / "other.board")
    path = filled(other)
    other.close()
    head_of(path).write_bytes(head)
    assert "Entry 5 was changed" in faults(path)


def test_a_note_that_is_behind_is_no_fault(journal):
    """A process may end between an entry and the note of it."""
    path = filled(journal)
    before = head_of(path).read_bytes()
    filled(journal, 1)
    head_of(path).write_bytes(before)
    assert not verify(path).faults


def test_a_note_that_is_gone_is_told(journal):
    path = filled(journal)
    head_of(path).unlink()
    assert "cannot be checked" in faults(path)


def test_the_file_itself_refuses_changes(journal):
    filled(journal)
    for statement in ("UPDATE entries SET who = ''", "DELETE FROM entries"):
        with pytest.raises(sqlite3.IntegrityError):
            journal._file.execute(statement)


def test_two_processes_write_one_chain(journal):
    other = Journal(journal.path)
    for _ in range(10):
        journal.append("p1", "change", {}, who="one")
        other.append("p1", "change", {}, who="other")
    other.close()
    assert not verify(journal.path).faults
    assert len(verify(journal.path).entries) == 20


def test_a_full_disk_is_a_sentence_and_loses_nothing(journal):
    path = filled(journal)
    journal._file.execute("PRAGMA max_page_count = 5")
    far_too_long = {"text": "x" * 100_000}
    with speaking("en"), pytest.raises(TargetError, match="This step was not kept"):
        journal.append("p1", "change", far_too_long, who="commission")
    assert not verify(path).faults


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(TargetError):
        Journal(tmp_path / "roster.board")


def test_what_is_no_journal_is_a_sentence(tmp_path):
    (tmp_path / "a.board").write_bytes(b"no database at all" * 100)
    with pytest.raises(SourceError):
        Journal(tmp_path / "a.board")
    with pytest.raises(SourceError):
        verify(tmp_path / "gone.board")


def test_a_share_is_known_by_the_table_of_mounts(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"//server/x {tmp_path}/our\\040share cifs rw 0 0\n/dev/sda / ext4 rw 0 0\n")
    monkeypatch.setattr(network_shares, "_MOUNTS", mounts)
    assert network_shares.is_on_a_share(tmp_path / "our share" / "roster.board")
    assert not network_shares.is_on_a_share(tmp_path / "roster.board")


WRITER = """
import sys
from pathlib import Path
from medgraph.board.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(100_000):
    entry = journal.append("p1", "change", {"step": number}, who="commission")
    print(entry.number, flush=True)
"""


def killed(path, wait):
    """Let a process write, end it at a moment, and return the last entry it told us of."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        first = writer.stdout.readline()
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        told = (first + writer.stdout.read()).split("\n")
    return int([line for line in told[:-1] if line][-1])


@pytest.mark.parametrize("times", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_what_was_told_is_there_after_a_kill(tmp_path, times):
    """Ended at any moment: every entry that was told of is there, none is half, the chain holds."""
    path = tmp_path / "roster.board"
    for number in range(times):
        told = killed(path, 0.003 * (number * 7 % 20))
        found = verify(path)
        assert not found.faults
        assert len(found.entries) >= told
    shutil.rmtree(tmp_path)


def test_an_entry_more_does_not_hide_that_the_end_was_cut_off(journal):
    """The note of what was there stays until somebody has seen it."""
    path = altered(filled(journal), "DELETE FROM entries WHERE number > 2")
    filled(journal, 1)
    assert "end is missing: 5 entries are noted, 3" in faults(path)
    filled(journal, 4)
    assert "Entry 5 was changed" in faults(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no open file away")
def test_a_journal_that_was_taken_away_keeps_nothing_and_says_so(journal):
    filled(journal).unlink()
    with speaking("en"), pytest.raises(TargetError, match="was taken away"):
        journal.append("p1", "change", {}, who="commission")
    Journal(journal.path).close()
    with pytest.raises(TargetError):
        journal.append("p1", "change", {}, who="commission")


def test_closed_while_others_read(tmp_path):
    """Who reads gets the entries or the word that it is closed, never half of both."""
    for number in range(20):
        found = Journal(tmp_path / f"{number}.board")
        found.append("p", "begin", {"name": "north"}, who="commission")
        said = []

        def read_on(journal=found, said=said):
            try:
                while len(journal.entries()) == 1:
                    pass
            except OptionError as error:
                said.append(str(error))

        reading = [threading.Thread(target=read_on) for _ in range(4)]
        for one in reading:
            one.start()
        found.close()
        for one in reading:
            one.join(timeout=60)
        assert said == ["还没有打开任何数据。"] * 4
