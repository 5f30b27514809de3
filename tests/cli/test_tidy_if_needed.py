"""`tidy --if-needed`, which check.bat calls on whatever is dropped: foreign workbooks are tidied, ours left alone."""

from __future__ import annotations

import openpyxl
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from medgraph.errors import SourceError
from medgraph.loaders import foreign
from medgraph.words.say import speaking
from tests.loaders.foreign import ugly
from tests.loaders.foreign.test_tidy import edit


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
    with pytest.raises(SourceError, match="已经是模板"), speaking("zh"):
        foreign.tidy(source, target)
    assert not target.exists()


def test_a_foreign_workbook_is_tidied_and_tidied_again(tmp_path):
    """The first drop writes the template with its mapping, the second reads the original again under the mapping."""
    source, target = tmp_path / "ugly.xlsx", tmp_path / "ugly_tidy.xlsx"
    ugly.titled(source)
    tidy(source, target)
    first = mg.read(target)
    assert "已经是模板" not in tidy(target, target)
    assert mg.read(target) == first


def test_what_cannot_be_tidied_again_is_left_as_it_stands(tmp_path):
    """Tables edited by hand, or an original that is gone: said, and no failure; a faulty word in 对照 is one."""
    source, target = tmp_path / "ugly.xlsx", tmp_path / "ugly_tidy.xlsx"
    ugly.titled(source)
    tidy(source, target)
    edit(target, {("隐藏行", None): "也许"})
    with pytest.raises(SourceError, match="也许"):
        tidy(target, target)
    edit(target, {("隐藏行", None): "读"})
    book = openpyxl.load_workbook(target)
    book["机构"]["B2"] = "改过的医院"
    book.save(target)
    before = target.read_bytes()
    assert "手工改过" in tidy(target, target)
    source.unlink()
    assert "找不到原件" in tidy(target, tmp_path / "other.xlsx")
    assert target.read_bytes() == before


def test_what_was_read_is_told_in_the_language_of_the_planner(tmp_path):
    """The first line counts groups and facilities in Chinese, and is no name of a class."""
    source = tmp_path / "ugly.xlsx"
    ugly.titled(source)
    first = tidy(source, tmp_path / "tidy.xlsx").splitlines()[0]
    assert first.startswith("集团：")
    assert "自动识别，未经确认" in first
    assert "MedicalNetwork" not in first
