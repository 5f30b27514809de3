"""Tidy a workbook of 20,000 rows with titles, blanks and totals, twice; print seconds and memory.

The second time the blanks have been said to mean the cell above, so that every row has its links.

    python benchmarks/tidy.py [--rows 20000] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from medgraph.loaders import foreign
from medgraph.words.say import speaking


def write(path: Path, rows: int) -> None:
    """Write a roster of a province: a group over every 50 facilities, named once, with a subtotal behind each."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    tab = book.add_worksheet("全省名册")
    tab.write_row(0, 0, ["全省紧密型县域医共体机构名册"])
    tab.write_row(
        1,
        0,
        ["序号", "医共体名称", "角色", "机构名称", "床位数（张）", "服务辖区", "加入时间", "备注"],
    )
    line = 2
    for number in range(rows):
        group, place = divmod(number, 50)
        kind = "县人民医院" if place == 0 else f"第{place}镇卫生院"
        first = place == 0
        tab.write_row(
            line,
            0,
            [
                number + 1,
                f"第{group}县医共体" if first else None,
                "牵头" if first else "成员",
                f"第{group}县{kind}",
                10 + number % 90,
                None,
                "2023.10.25",
                "无" if number % 7 else None,
            ],
        )
        line += 1
        if place == 49:
            tab.write_row(line, 0, ["小计", None, None, "50家"])
            line += 1
    book.close()


def main() -> None:
    """Run once and print the account, seconds and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = {"rows": given.rows}
    print(f"{given.rows:,} rows; Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "ugly.xlsx", Path(folder) / "roster.xlsx"
        write(source, given.rows)
        found["first"] = measured(lambda: foreign.tidy(source, target))
        answer(target)
        found["again"] = measured(lambda: foreign.tidy(target, target))
    if given.json:
        given.json.write_text(json.dumps(found))


def measured(tidy: Callable[[], foreign.Reading]) -> dict[str, float]:
    """Print the account, seconds and peak memory so far of one run."""
    begin, used = time.perf_counter(), time.process_time()
    reading = tidy()
    wall, processor = time.perf_counter() - begin, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{reading.loaded.network!r}\n{foreign.accounted(reading)}")
    print(f"wall {wall:.1f} s, processor {processor:.1f} s, peak memory {peak:,} MB", flush=True)
    return {"wall": wall, "processor": processor, "peak_mb": peak}


def answer(target: Path) -> None:
    """Say in 对照 that blanks mean the cell above, as a planner would."""
    import openpyxl

    book = openpyxl.load_workbook(target)
    for row in book["对照"].iter_rows(min_row=2):
        if row[4].value == "空白同上":
            row[1].value = "是"
    book.save(target)


if __name__ == "__main__":
    with speaking("zh"):
        main()
