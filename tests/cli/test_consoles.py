"""Consoles in GBK, as Chinese Windows has them: every character of ours is there, and one of the data never fails."""

from __future__ import annotations

import os
import sys

import click
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from tests.terminal import on_a_terminal

QUESTIONS = (
    "check",
    "info",
    "coverage served",
    "coverage grid",
    "coverage ungrouped",
    "referrals broken",
    "referrals paths",
    "referrals specialties",
    "sharing centres",
    "sharing matrix",
    "sharing unsupported",
    "dispatch ledger",
    "alliances reach",
    "teams composition",
    "resilience critical",
    "audit --pack urban-2023",
    "rules urban-2023",
)


def every_command(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the words of a command and of all below it."""
    below = getattr(command, "commands", {})
    return [path] + [
        words for name, one in below.items() for words in every_command(one, (*path, name))
    ]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gbk") / "demo"
    mg.write(mg.samples.taizhou(), folder)
    return folder


@pytest.mark.parametrize("words", every_command(cli), ids=" ".join)
def test_every_help_prints_in_gbk(words):
    """The help of every command has only characters that GBK knows."""
    CliRunner().invoke(cli, [*words, "--help"], catch_exceptions=False).output.encode("gbk")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_main_answers_print_in_gbk(question, lang, demo):
    """What the main questions print of the sample has only characters that GBK knows, tables and stamps included."""
    words = question.split()
    source = [] if words[0] == "rules" else [str(demo)]
    place = 1 if words[0] == "audit" else len(words)
    said = CliRunner().invoke(
        cli, [*words[:place], *source, *words[place:], "--lang", lang], catch_exceptions=False
    )
    assert said.exit_code in (0, 1), said.output
    said.output.encode("gbk")


def test_a_gbk_console_shows_what_it_can(tmp_path):
    """On a console in GBK a character of the data that GBK lacks becomes a question mark; ours are all there."""
    command = [
        sys.executable,
        "-m",
        "medgraph",
        "check",
        str(tmp_path / "名册\U00020bb7.xlsx"),
        "--lang",
        "zh",
    ]
    shown = on_a_terminal(
        command, env={**os.environ, "PYTHONIOENCODING": "gbk", "COLUMNS": "500"}
    ).decode("gbk")
    assert "错误：找不到" in shown
    assert "名册?.xlsx" in shown
    assert "Traceback" not in shown
