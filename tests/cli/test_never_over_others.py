"""No command writes over a workbook that medgraph did not write, and each over its own."""

from __future__ import annotations

import openpyxl
import pytest

import medgraph as mg
from medgraph.cli import app

COMMANDS = (
    ("template", "{target}"),
    ("tidy", "{ugly}", "--output", "{target}"),
    ("check", "{net}", "--output", "{target}"),
    ("ask", "{net}", "--pack", "urban-2023", "--output", "{target}"),
    ("audit", "{net}", "--pack", "urban-2023", "--output", "{target}"),
    ("coverage", "gaps", "{net}", "--output", "{target}"),
    ("score", "{sheet}", "--scheme", "judgement", "--output", "{target}"),
    ("score", "{target}", "--scheme", "judgement", "--template"),
    ("sample", "taizhou-ugly", "{target}"),
    ("sample", "taizhou", "{target}"),
)
ENDS = {"audit": 1, "coverage": 1}  # findings


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    named = {name: folder / file for name, file in (("net", "net.mgz"), ("ugly", "ugly.xlsx"))}
    mg.write(mg.samples.taizhou(), named["net"])
    mg.samples.write_taizhou_ugly(named["ugly"])
    sheet = folder / "sheet.csv"
    sheet.write_text("县,维度,指标,等级\n甲县,责任,人员,A\n", encoding="utf-8")
    return {**named, "sheet": sheet}


def run(words, sources, target):
    """Run a command; return its exit code."""
    with pytest.raises(SystemExit) as end:
        app.main([word.format(**sources, target=target) for word in words] + ["--lang", "zh"])
    return end.value.code or 0


def budget(target):
    """A workbook of somebody else."""
    book = openpyxl.Workbook()
    book.active.append(["预算", "金额"])
    book.active.append(["甲", 1])
    book.save(target)
    return target.read_bytes()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_workbook_of_somebody_else_stays(capsys, sources, tmp_path, words):
    target = tmp_path / "预算.xlsx"
    before = budget(target)
    assert run(words, sources, target) == 2
    assert "预算.xlsx" in capsys.readouterr().err
    assert target.read_bytes() == before


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_its_own_is_written_anew(sources, tmp_path, words):
    target = tmp_path / "out.xlsx"
    assert [run(words, sources, target) for _ in range(2)] == [ENDS.get(words[0], 0)] * 2


@pytest.mark.parametrize("words", COMMANDS[:2], ids=" ".join)
def test_a_template_that_was_filled_in_stays(capsys, sources, tmp_path, words):
    """An empty one, with its areas, gives way."""
    target = tmp_path / "roster.xlsx"
    mg.write(mg.samples.taizhou(), target)
    before = target.read_bytes()
    assert run(words, sources, target) == 2
    assert "已有人填写" in capsys.readouterr().err
    assert target.read_bytes() == before
    target.unlink()
    assert run(("template", "{target}", "--area", "331003"), sources, target) == 0
    assert run(words, sources, target) == 0


def test_a_workbook_under_another_name_is_refused(capsys, sources, tmp_path):
    for words in (COMMANDS[0], COMMANDS[2]):
        assert run(words, sources, tmp_path / "out.csv") == 2
        assert ".xlsx" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
