"""Records in an object store: read where they lie, with credentials that stay in the environment."""

from __future__ import annotations

import gzip
import io

import pandas as pd
import pytest

from medgraph.errors import MedGraphError, SourceError
from medgraph.loaders.records import read_records
from medgraph.words.say import speaking
from tests import object_store

pytest.importorskip("ibis", reason="the extra `records` is not installed")

CSV = "from,to,count\n甲,乙,2\n甲\n"


def parquet():
    written = io.BytesIO()
    frame = pd.DataFrame({"from": ["甲"] * 60_000, "to": ["乙", "丙"] * 30_000, "count": 1})
    frame.to_parquet(written, row_group_size=10_000)
    return written.getvalue()


OBJECTS = {
    **{f"records/p/date={day}/a.parquet": parquet() for day in ("2023-09-30", "2023-10-01")},
    "records/p/_log.parquet": b"no",
    "records/p/old/b.parquet": b"no",
    **{
        f"records/t/{day}/a.csv.gz": gzip.compress(CSV.encode("gb18030"))
        for day in ("2023-09", "2023-10")
    },
}


@pytest.fixture(scope="module", params=object_store.SERVERS)
def store(request):
    if not object_store.is_there(request.param):
        pytest.skip("moto is not installed: only our own server is read from")
    with object_store.serving(request.param, OBJECTS) as serving:
        yield serving


@pytest.fixture
def asked(store, monkeypatch):
    address, asked = store
    for name, value in object_store.OF_THE_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    return asked


def counted(address):
    frame = read_records(address).frame.astype(object).fillna("")
    return sorted(frame[["from", "to", "month", "count"]].values.tolist())


def test_parquet_is_read_where_it_lies(asked):
    """Folders by day state the day; what belongs to the writer and other folders are not read."""
    october = [["甲", "丙", "2023-10", 30_000], ["甲", "乙", "2023-10", 30_000]]
    both = sorted([*october, *([*row[:2], "2023-09", 30_000] for row in october)])
    assert counted("s3://records/p") == both
    assert counted("s3a://records/p/date=2023-1*/*.parquet") == october
    assert counted("s3://records/**/a.parquet") == both
    with speaking("en"):
        assert any("old" in note for note in read_records("s3://records/p").notes)
    if asked:
        assert all("AWS4-HMAC-SHA256" in line for line in asked), "signed as the environment says"


def test_texts_are_brought_here(asked):
    """They may be compressed and in any encoding, as here."""
    table = read_records("s3://records/t")
    assert table.frame["count"].tolist() == [4]
    assert table.rejected.values.tolist() == [["malformed_line", 2]]


@pytest.mark.parametrize(
    "address",
    ["s3://records/nothing", "s3://nowhere/p", "nope://x", "s3://records/p/old/b.parquet"],
)
def test_what_is_not_there_is_one_sentence(asked, address):
    with pytest.raises(SourceError, match=address):
        read_records(address)


SECRET = object_store.OF_THE_ENVIRONMENT["AWS_SECRET_ACCESS_KEY"]


@pytest.mark.parametrize(
    "address",
    [
        f"s3://AKIANOBODY:{SECRET}@records/p",
        f"s3://records/p?secret_key={SECRET}",
        "s3://records/nothing",
        "s3://records/p/old/b.parquet",
        "s3://records/p",
    ],
)
def test_no_secret_is_ever_repeated(asked, address):
    """Neither of an address, which is refused, nor of the environment, whatever the store answers."""
    try:
        told = " ".join(read_records(address).notes)
    except MedGraphError as refused:
        told = f"{refused!r} {refused.__cause__!r}"
    assert SECRET not in told


def test_a_store_that_is_not_reached_is_one_sentence(monkeypatch):
    for name, value in object_store.OF_THE_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(SourceError) as refused:
        read_records("s3://records/p")
    assert SECRET not in f"{refused.value!r} {refused.value.__cause__!r}"
