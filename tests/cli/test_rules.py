"""The rules of a pack in the shell: listed, tried on their examples, and their schema."""

from __future__ import annotations

import json

from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.cli.app import main
from tests.queries.policy.packs.test_packs import HEAD, RULE
from tests.queries.policy.test_trials import FAIL, NO_DATA, PASS, written


def run(*words):
    result = CliRunner().invoke(
        cli, [*map(str, words)], catch_exceptions=False, standalone_mode=False
    )
    return result.return_value, result.stdout


def test_a_pack_that_does_what_it_says(tmp_path):
    """Exit 0, a line for each example, and how many came out."""
    code, out = run("rules", written(tmp_path, PASS, FAIL, NO_DATA), "--check", "--lang", "en")
    assert code == 0
    assert out.splitlines() == [
        "MY-01   pass     PASS     as it should",
        "MY-01   fail     FAIL     as it should",
        "MY-01   no_data  NO_DATA  as it should",
        "1 rule; 3 of 3 examples come out as they should.",
    ]


def test_a_pack_that_does_not(tmp_path):
    """Exit 1 where one differs, and where one is missing; JSON says the same."""
    differing = written(tmp_path, PASS.replace("pass", "fail"), PASS, NO_DATA)
    code, out = run("rules", differing, "--check", "--lang", "en")
    assert code == 1
    assert "MY-01   fail     PASS     should be FAIL" in out
    code, out = run("rules", differing, "--check", "--format", "json")
    assert code == 1
    assert [row["outcome"] for row in json.loads(out)] == ["right", "differs", "right"]
    code, out = run("rules", written(tmp_path, PASS, FAIL), "--check", "--lang", "en")
    assert code == 1
    assert "MY-01   no_data  -        there is no such example" in out


def test_a_shipped_pack_is_tried_too():
    """Twelve rules with three examples each."""
    code, out = run("rules", "urban-2023", "--check", "--format", "json")
    assert (code, len(json.loads(out))) == (0, 36)


def test_a_bad_pack_is_exit_2(tmp_path, monkeypatch, capsys):
    """A slip in the pack, and an example that cannot be read, are sentences on stderr."""
    slip = tmp_path / "slip.toml"
    slip.write_text(HEAD + RULE.replace("at_least", "atleast"), encoding="utf-8")
    unread = written(tmp_path, 'pass = "@nothing"\n')
    for path, sentence in ((slip, "slip.toml:16"), (unread, "MY-01 examples.pass")):
        try:
            main(["rules", str(path), "--check", "--lang", "en"])
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        assert code == 2
        assert sentence in said.err
        assert "Traceback" not in said.err


def test_the_schema_is_printed():
    """It is JSON, and names its dialect."""
    code, out = run("rules", "--schema")
    assert code == 0
    assert json.loads(out)["$schema"].endswith("2020-12/schema")
