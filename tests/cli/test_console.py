"""What stderr says: problems grouped, no password, a bar only on a terminal."""

from __future__ import annotations

import contextlib
import re

import pytest

from medgraph.cli.app import main
from medgraph.cli.console import group_problems, note, progress, say_error
from medgraph.words.say import problem, speaking


def test_equal_problems_are_one_line_with_the_other_places():
    """Six of one kind: the first in full, five places, and how many there are beside it."""
    with speaking("en"):
        found = [problem("E052", place=f"机构!C{row}") for row in range(10, 17)]
        [line] = group_problems(found)
    assert line.startswith("机构!C10 ")
    assert "(6 more: " in line
    assert "机构!C15" in line
    assert "机构!C16" not in line


def test_an_error_shows_its_problems_and_notes(capsys):
    with speaking("en"):
        say_error("No network.", [problem("E052", place="meta")], ["line 3"])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Error: No network."
    assert lines[1].startswith("  meta ")
    assert lines[2] == "  line 3"


def test_a_remark_holds_no_password(capsys):
    note("written: neo4j://me:secret@host:7687")
    assert "secret" not in capsys.readouterr().err


def test_progress_is_silent_where_nobody_watches(capsys):
    with progress("reading"):
        pass
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ORDERS = ("\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\r", "\x08\x08", "\u202e")


@pytest.mark.parametrize("order", ORDERS)
def test_no_text_of_a_file_gives_orders_to_the_terminal(tmp_path, capsys, order):
    """In names, titles, words and the name of the file, of a network as of a file beside it."""
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "facilities.csv").write_text(
        f'"id","name","type","x{order}y"\n"H1","甲{order}院","{order}clinic","1"\n', "utf-8"
    )
    (tmp_path / "r.csv").write_text(
        f'"from","to","kind","q{order}q"\n"A{order}B","H1","{order}up","2"\n', "utf-8"
    )
    for line in (
        ["check", str(folder)],
        ["check", str(folder), "--lenient"],
        ["coverage", "served", str(folder), "--lenient"],
        ["referrals", "flows", str(folder), "--lenient", "--records", str(tmp_path / "r.csv")],
        ["check", f"none{order}.csv"],
        ["check", f"--{order}"],
        [f"{order}"],
    ):
        with contextlib.suppress(SystemExit):
            main(line)
        said = "".join(capsys.readouterr())
        assert said
        assert not OBEYED.search(said), line
