"""`medgraph draft` from the file of a plan to a workbook, a page and the gap, and nothing personal on the way."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest

from tests.cli.test_cli import run
from tests.loaders.plans.test_persons import secrets

AREAS = "331002,331003,331004"


@pytest.fixture(scope="module")
def drafted(shared, tmp_path_factory):
    """Taizhou's plan as it was found on the web, drafted into a workbook."""
    folder = tmp_path_factory.mktemp("drafted")
    source = next((shared / "seeds").glob("002_*.txt"))
    done = run(
        "draft", source, "--areas", AREAS, "--output", "roster.xlsx", "--lang", "zh", cwd=folder
    )
    assert done.returncode == 0, done.stderr.decode()
    return folder, done.stdout.decode()


def test_the_raw_plan_to_its_gap(drafted):
    """38 of 39 areas are served, and the one that is not is 西城街道."""
    gaps = run("coverage", "gaps", drafted[0] / "roster.xlsx", "--format", "json")
    answer = json.loads(gaps.stdout)
    assert gaps.returncode == 1
    assert answer["share"] == {"met": 38, "total": 39, "unit": "areas"}
    assert [row["name"] for row in answer["rows"]] == ["西城街道"]


def test_the_workbook_is_a_sound_network(drafted):
    """`check` finds no error and no sheet it does not know."""
    checked = json.loads(run("check", drafted[0] / "roster.xlsx", "--format", "json").stdout)
    assert checked["left_out"] == 0
    codes = [p["code"] for p in checked["problems"]]
    assert codes == ["I099", "I096"]  # which data there is none of, and what lists all there is


def test_phases_days_and_counts_are_printed(drafted):
    said = drafted[1]
    assert "阶段：启动阶段 2023年2月-2023年6月" in said
    assert "日期：完成市区城市医疗集团网格布局 2023年底" in said
    assert "注音 1148" in said
    assert "错位字节 9" in said


@pytest.mark.parametrize("begin", ["000", "001", "002", "003", "004"])
def test_no_output_holds_a_person(shared, tmp_path, begin):
    """Workbook, page, JSON, the folder of CSV and what is printed: scanned for all that the texts tell of persons."""
    source = next((shared / "seeds").glob(f"{begin}_*.txt"))
    hidden = secrets(source.read_text(encoding="utf-8"))
    printed = b""
    for output in ("roster.xlsx", "roster.json", "roster"):
        done = run("draft", source, "--areas", AREAS, "--output", output, cwd=tmp_path)
        assert done.returncode == 0
        printed += done.stdout + done.stderr
    written = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".xlsx"]
    texts = [printed.decode(), *(file.read_text(encoding="utf-8") for file in written)]
    book = openpyxl.load_workbook(tmp_path / "roster.xlsx")
    texts += [
        str(cell)
        for tab in book
        for row in tab.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    everything = re.sub(r"[?？\s]|\([a-zü\u00e0-\u01dc]{1,7}\)|<[^>]*>", "", "\n".join(texts))
    stayed = sum(
        secret in everything for secret in hidden
    )  # a number, so that a failure prints no name
    assert stayed == 0
    assert {"roster.html", "roster.json"} <= {file.name for file in written}


def test_a_long_text_is_refused_at_once(tmp_path):
    """10 MB of a text without an end: a sentence, exit code 2, no output."""
    (tmp_path / "plan.txt").write_bytes("牵头医院为甲医院，（".encode() * 360_000)
    done = run("draft", "plan.txt", "--areas", "331003", "--output", "roster.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.decode().splitlines()) == 1
    assert not (tmp_path / "roster.xlsx").exists()


def test_areas_that_no_register_knows_are_a_sentence(tmp_path):
    (tmp_path / "plan.txt").write_text(
        "由甲县医院牵头，联合乙镇卫生院，组建甲县医共体。", encoding="utf-8"
    )
    done = run("draft", "plan.txt", "--areas", "999999", "--output", "roster.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert b"999999" in done.stderr
