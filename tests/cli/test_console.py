"""What stderr says: problems grouped, no password, a bar only on a terminal."""

from __future__ import annotations

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
