"""Both engines give the same tables."""

from __future__ import annotations

import importlib.util
import os
import shutil

import pandas as pd
import pytest

from medgraph.loaders.records import from_encounters, read_records
from tests.loaders.records.made_up import STAYS, ordered, records, spoiled

pytest.importorskip("ibis", reason="the extra `records` is not installed")


SPARK = pytest.mark.skipif(
    not os.environ.get("MEDGRAPH_REQUIRE_SPARK")
    and not (shutil.which("java") and importlib.util.find_spec("pyspark")),
    reason="no Java or no pyspark here: Spark's answers are not compared",
)


@SPARK
def test_spark_gives_the_same_tables_as_duckdb(tmp_path):
    """100,000 rows with faults give the same flows, rejects and followed links on Spark as on DuckDB."""
    frame, _ = spoiled(records(100_000))
    path = tmp_path / "records.csv"
    frame.to_csv(path, index=False)
    with path.open("a", encoding="utf-8") as file:
        file.write("机构01,机构02\n")
    one, other = (read_records(path, engine=engine, follow=30) for engine in ("duckdb", "spark"))
    pd.testing.assert_frame_equal(ordered(one.frame), ordered(other.frame))
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
    pd.testing.assert_frame_equal(one.links, other.links, check_dtype=False)
    assert one.read == other.read == 100_001
    (tmp_path / "s.csv").write_text(STAYS, "utf-8")
    one, other = (
        from_encounters(tmp_path / "s.csv", engine=engine) for engine in ("duckdb", "spark")
    )
    pd.testing.assert_frame_equal(ordered(one.frame), ordered(other.frame))
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
