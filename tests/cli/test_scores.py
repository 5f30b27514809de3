"""The score sheet in the shell."""

from __future__ import annotations

import json

import openpyxl
from click.testing import CliRunner

from medgraph.cli import cli


def run(*words):
    result = CliRunner().invoke(cli, [*words], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_from_template_to_grade(tmp_path):
    """A template filled in by hand is judged: 89.99 is 良好."""
    sheet = str(tmp_path / "sheet.xlsx")
    assert run("score", sheet, "--scheme", "henan", "--template", "--lang", "zh")[0] == 0
    book = openpyxl.load_workbook(sheet)
    book.active.append(["甲县", "A市", "92", "90", "是", "89.99"])
    book.save(sheet)
    code, out = run("score", sheet, "--scheme", "henan", "--format", "json")
    assert code == 0
    assert json.loads(out)[0]["grade"] == "良好"
    assert run("score", sheet, "--scheme", "henan", "--output", str(tmp_path / "out.xlsx"))[0] == 0
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["henan"]["A2"].value == "甲县"
