"""Rows of a mapped file that became one are listed by every command that reads the file, once."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.loaders import registry
from medgraph.visuals.report.findings import findings_of_file

ROWS = """code,title
A1,River Post
A1,River Post
A2,Hill Post
"""
MAPPING = """
[meta]
data_day = "2025-01-01"
[[table]]
file = "a.csv"
table = "facilities"
fields.id = "code"
fields.name = "title"
"""
TOLD = "2 rows of River Post are one: a.csv!2, a.csv!3."


@pytest.fixture
def source(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "a.toml").write_text(MAPPING)
    return tmp_path / "a.csv"


@pytest.mark.parametrize(
    "words",
    [
        ["check", "{}"],
        ["info", "{}"],
        ["coverage", "ungrouped", "{}"],
        ["audit", "{}", "--pack", "county-2023"],
        ["ask", "{}", "--pack", "county-2023"],
        ["explain", "county-2023/GO-01/all", "--source", "{}"],
        ["convert", "{}", "{}.json"],
    ],
    ids=lambda words: words[0],
)
def test_what_became_one_is_told_once(source, words):
    line = [word.format(source) for word in words]
    line += ["--mapping", str(source.with_suffix(".toml")), "--lang", "en"]
    done = CliRunner().invoke(cli, line, standalone_mode=False, catch_exceptions=False)
    assert done.output.count(TOLD) == 1


def test_a_report_lists_it_among_the_lines_about_the_file(source):
    loaded = registry.load(str(source), mapping=source.with_suffix(".toml"))
    (told,) = findings_of_file((), loaded.problems)
    assert told.fault.startswith("River Post 的 2 行并为一行")
