"""Where records may lie: folders by day, patterns, compressed files, object stores."""

from __future__ import annotations

import gzip

import pandas as pd
import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.records import from_encounters, read_records, temporary_disk
from medgraph.loaders.records.engines import DuckDB
from medgraph.progress import watching
from medgraph.words.say import speaking
from tests.loaders.records.made_up import ordered
from tests.loaders.records.test_engines import ONE_SPARK, SPARK

pytest.importorskip("ibis", reason="the extra `records` is not installed")

HEADER = "from,to,count\n"
TEXT = f'{HEADER}甲,乙,2\n"甲",丙,3\n甲\n'
OF_TEXT = [["甲", "丙", "", 3], ["甲", "乙", "", 2]]
BY_DAY = [["甲", "丙", "2023-10", 4], ["甲", "乙", "2023-09", 2], ["甲", "乙", "2023-10", 8]]
PARQUET_BY_DAY = [["甲", "乙", "2023-09", 4], ["甲", "乙", "2023-10", 6]]


def counted(source, **how):
    frame = read_records(source, **how).frame.astype(object)
    columns = ["from", "to", "month", "count"]
    return sorted(frame[columns].fillna("").values.tolist())


def by_day(folder, *, encoding="utf-8"):
    """Three days of records, in folders as Spark and Hive write them."""
    for day, text in (("2023-09-30", "甲,乙,2\n"), ("2023-10-01", "甲,乙,3\n甲,丙,4\n乙,丙\n")):
        (folder / f"date={day}").mkdir(parents=True)
        (folder / f"date={day}" / "part-0.csv").write_text(HEADER + text, encoding)
    (folder / "date=2023-10-02").mkdir()
    (folder / "date=2023-10-02" / "part-0.csv").write_text(HEADER + "甲,乙,5\n", "utf-8")
    (folder / "_SUCCESS").touch()
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_folders_by_day_state_the_day(tmp_path, encoding):
    """A column that only the names of folders hold is one, also where some files are written anew."""
    folder = by_day(tmp_path / "r", encoding=encoding)
    assert counted(folder) == BY_DAY
    table = read_records(folder / "date=2023-1*")
    assert table.frame["count"].sum() == 12
    assert table.rejected.values.tolist() == [["malformed_line", 1]]


def parquet_by_day(folder):
    for day, count in (("2023-09-30", 2), ("2023-10-01", 3)):
        (folder / f"date={day}").mkdir(parents=True)
        frame = pd.DataFrame({"from": ["甲"], "to": ["乙"], "count": [count]})
        frame.to_parquet(folder / f"date={day}" / "a.parquet")
        frame.to_parquet(folder / f"date={day}" / "b.parquet")
    return folder


def test_parquet_by_day(tmp_path):
    assert counted(parquet_by_day(tmp_path)) == PARQUET_BY_DAY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("name", ["r.csv.gz", "R.CSV.GZ", "r.txt.gz"])
def test_compressed_text_is_read(tmp_path, name, encoding):
    (tmp_path / name).write_bytes(gzip.compress(TEXT.encode(encoding)))
    assert counted(tmp_path / name) == OF_TEXT
    assert counted(tmp_path) == OF_TEXT


@pytest.mark.parametrize(
    "content", [b"to\nB\n", gzip.compress(b"to\n" + b"B\n" * 9999, mtime=0)[:-20], b""]
)
def test_what_is_not_compressed_is_one_sentence(tmp_path, content):
    (tmp_path / "r.csv.gz").write_bytes(content)
    with pytest.raises(SourceError, match=r"r\.csv\.gz|to"):
        read_records(tmp_path / "r.csv.gz")


def named_like_patterns(folder):
    folder.mkdir(exist_ok=True)
    for name, count in (("r[1].csv", 2), ("r1.csv", 30), ("r{a}.csv", 4)):
        (folder / name).write_text(f"{HEADER}甲,乙,{count}\n", "utf-8")
    return folder


def test_a_name_that_looks_like_a_pattern_is_a_name(tmp_path):
    folder = named_like_patterns(tmp_path)
    assert counted(folder / "r[1].csv") == [["甲", "乙", "", 2]]
    assert counted(folder) == [["甲", "乙", "", 36]]
    assert counted(folder / "r*.csv") == [["甲", "乙", "", 36]]


@SPARK
@ONE_SPARK
def test_spark_reads_the_same_places(tmp_path):
    """Folders by day, of which one is written anew, one is compressed, and one looks like a pattern."""
    folder = by_day(tmp_path / "days{1}", encoding="gb18030")
    plain = folder / "date=2023-09-30" / "part-0.csv"
    plain.write_text(plain.read_text("gb18030"), "utf-8")
    for path in folder.glob("*/*.csv"):
        (path.parent / "part[0].csv.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    assert counted(folder, engine="spark") == BY_DAY
    assert counted(parquet_by_day(tmp_path / "p"), engine="spark") == PARQUET_BY_DAY


def test_folders_of_other_names_are_told(tmp_path):
    """Those by time are read, whatever else lies there is not, and that is said; a ring has no end."""
    (tmp_path / "2023" / "10").mkdir(parents=True)
    (tmp_path / "old").mkdir()
    for folder in ("2023/10", "old", "."):
        (tmp_path / folder / "r.csv").write_text(f"{HEADER}甲,乙,2\n", "utf-8")
    (tmp_path / "2024").symlink_to(tmp_path, target_is_directory=True)
    table = read_records(tmp_path)
    assert table.frame["count"].sum() == 4
    assert "2024" in table.notes[0]
    assert "old" in table.notes[0]


def test_partitions_that_differ_are_refused(tmp_path):
    by_day(tmp_path)
    (tmp_path / "r.csv").write_text(f"{HEADER}甲,乙,2\n", "utf-8")
    with pytest.raises(SourceError, match="date="):
        read_records(tmp_path)
    with pytest.raises(SourceError, match=r"nothing\*"):
        read_records(tmp_path / "nothing*")


# -- memory and temporary disk -------------------------------------------------------------------


@pytest.mark.parametrize("memory", ["", "many", "4QB", "1e999GB"])
def test_a_memory_that_is_none_is_refused(tmp_path, memory):
    (tmp_path / "r.csv").write_text(f"{HEADER}甲,乙,2\n", "utf-8")
    with pytest.raises(OptionError):
        read_records(tmp_path / "r.csv", memory=memory)


def stays(path, rows=500_000):
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(pd.Series(range(rows)) % 300, unit="D")
    frame = pd.DataFrame({"admitted": days, "discharged": days + pd.Timedelta(days=1)})
    frame["person"] = [f"P{n * 7919 % rows:020}" for n in range(rows)]
    frame["to"] = [f"H{n % 7}" for n in range(rows)]
    frame.to_parquet(path)
    return path


def test_an_engine_leaves_memory_for_what_lies_beside_it(tmp_path):
    """Flows and buffers lie outside the engine's own memory; all of it together is what is allowed."""
    engine = DuckDB(memory="1GB", master="", folder=str(tmp_path))
    limit = engine.backend.raw_sql("select current_setting('memory_limit')").fetchall()[0][0]
    engine.close()
    assert limit == "715.2 MiB", "750 MB"


def test_temporary_disk_is_stated_beforehand(tmp_path):
    """What is put in the order of persons and is more than the memory is told, with what is free."""
    told = []
    with speaking("en"), watching(lambda *_: None, told=told.append):
        from_encounters(stays(tmp_path / "s.parquet"), memory="32MB")
    assert len(told) == 1
    assert "Temporary disk" in told[0]
    assert "are free" in told[0]


def test_too_little_temporary_disk_is_refused_beforehand(tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(temporary_disk.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(OptionError, match="TMPDIR"):
        from_encounters(stays(tmp_path / "s.parquet"), memory="32MB")
    assert from_encounters(tmp_path / "s.parquet").read, "in memory it needs none"


@pytest.mark.parametrize("overlap", ["truncate", "drop"])
def test_persons_are_taken_in_portions_where_the_disk_is_small(tmp_path, monkeypatch, overlap):
    """500,000 stays of Parquet are taken to need 35 MB; of 20 MB free 16 may be used: three portions."""
    source = stays(tmp_path / "s.parquet")
    at_once = from_encounters(source, overlap=overlap)
    told = []
    usage = type("Usage", (), {"free": 20_000_000})
    monkeypatch.setattr(temporary_disk.shutil, "disk_usage", lambda _: usage)
    with speaking("en"), watching(lambda *_: None, told=told.append):
        in_portions = from_encounters(source, memory="32MB", overlap=overlap)
    assert "3 times" in told[1]
    pd.testing.assert_frame_equal(ordered(in_portions.frame), ordered(at_once.frame))
    assert in_portions.read == at_once.read == 500_000


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    """Where the disk fills up meanwhile the engine's own advice is not ours."""
    import ibis

    connect = ibis.duckdb.connect
    limits = {"max_temp_directory_size": "1MB", "threads": 1}
    monkeypatch.setattr(ibis.duckdb, "connect", lambda **how: connect(**{**how, **limits}))
    with speaking("en"), pytest.raises(OptionError, match="temporary disk is full"):
        from_encounters(stays(tmp_path / "s.parquet"), memory="32MB")
