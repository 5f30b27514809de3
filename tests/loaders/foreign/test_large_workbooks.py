"""Large workbooks: 20,000 rows, and 50 MB of formatted emptiness, within 30 s of work and 1 GB."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest

pytest.importorskip("resource", reason="only POSIX says how much memory a process took")

ROWS, EMPTY_BYTES = 20_000, 50_000_000
MOST_SECONDS, MOST_MEGABYTES = 30, 1_000
TIDY = """
import json, resource, sys, time
from pathlib import Path
from medgraph.loaders import foreign
reading = foreign.tidy(Path(sys.argv[1]), Path(sys.argv[2]))
print(json.dumps({
    "facilities": len(reading.loaded.network.nodes("Facility")),
    "seconds": time.process_time(),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def measured(source):
    """What tidying a workbook gives, and costs, in a process of its own."""
    target = source.with_name("out.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", TIDY, source, target], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def within_limits(found):
    return found["seconds"] <= MOST_SECONDS and found["megabytes"] <= MOST_MEGABYTES


@pytest.mark.slow
def test_twenty_thousand_rows(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    tab = book.create_sheet("名册")
    tab.append(["序号", "机构名称", "所属医共体", "床位数"])
    for number in range(ROWS):
        name = f"甲县{chr(0x4E00 + number % 5000)}{chr(0x6000 + number // 5000)}镇卫生院"
        tab.append([number + 1, name, f"第{number // 20}医共体", number % 90])
    book.save(tmp_path / "in.xlsx")
    found = measured(tmp_path / "in.xlsx")
    assert found["facilities"] > ROWS * 0.9
    assert within_limits(found), found


@pytest.mark.slow
def test_formatted_emptiness(tmp_path):
    """Somebody formatted whole columns: blank cells with a style, row upon row, and three facilities."""
    plain, source = tmp_path / "plain.xlsx", tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    for row in [["机构名称", "床位数"], *([f"甲县{sign}镇卫生院", 9] for sign in "石清东")]:
        book.active.append(row)
    book.save(plain)
    blank = "".join(f'<c r="{letter}{{0}}" s="0"/>' for letter in "ABCDEFGH")
    row = f'<row r="{{0}}">{blank}</row>'
    count = EMPTY_BYTES // len(row.format(100_000))
    rows = "".join(row.format(number) for number in range(10, 10 + count))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", f"{rows}</sheetData>".encode())
            new.writestr(name, content)
    found = measured(source)
    assert found["facilities"] == 3
    assert within_limits(found), found
