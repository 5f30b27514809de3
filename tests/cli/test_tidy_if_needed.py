"""`tidy --if-needed`, which check.bat calls on whatever is dropped: foreign workbooks are tidied, ours left alone."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from tests.loaders.messy import ugly


def tidy(source, target):
    """Run the command as check.bat does; fail where it does not end well."""
    words = ["tidy", str(source), "--output", str(target), "--if-needed", "--lang", "zh"]
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", ["名册.xlsx", "folder"])
def test_a_template_is_left_alone(name, taizhou, tmp_path):
    """Our own workbook or folder needs no guess: nothing is written."""
    source, target = tmp_path / name, tmp_path / "tidy.xlsx"
    mg.write(taizhou, source)
    assert "已经是模板" in tidy(source, target)
    assert not target.exists()


def test_a_foreign_workbook_is_tidied_and_tidied_again(tmp_path):
    """The first drop writes the template with its mapping, the second reads the original again under the mapping."""
    source, target = tmp_path / "ugly.xlsx", tmp_path / "ugly_tidy.xlsx"
    ugly.titled(source)
    tidy(source, target)
    first = mg.read(target)
    assert "已经是模板" not in tidy(target, target)
    assert mg.read(target) == first
