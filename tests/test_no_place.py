"""What is written names files, never where they lie or whose they are."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import pytest

import medgraph as mg
from medgraph.cli.app import main
from medgraph.loaders import samples
from medgraph.queries.policy.run_file import kept

OWNER = "zhang-wei-home"  # a folder that bears a person's name

WRITERS = {
    "report": ["report", "{source}", "--format", "html,xlsx,pdf,docx", "--output", "{out}/report"],
    "audit": [
        "audit",
        "{source}",
        "--pack",
        "urban-2023",
        "--run",
        "{out}",
        "--output",
        "{out}/a.json",
    ],
    "audit page": ["audit", "{source}", "--pack", "urban-2023", "--output", "{out}/a.html"],
    "audit book": ["audit", "{source}", "--pack", "urban-2023", "--output", "{out}/a.xlsx"],
    "ask": ["ask", "{source}", "--pack", "urban-2023", "--output", "{out}/ask.xlsx"],
    "compare": ["compare", "{source}", "{source}", "--format", "json", "--output", "{out}/c.json"],
    "map": ["map", "network", "{source}", "--output", "{out}/m.html"],
    "tiles": ["map", "tiles", "{source}", "--output", "{out}/t.svg"],
    "check": ["check", "{source}", "--output", "{out}/checked.xlsx"],
    "question": ["coverage", "served", "{source}", "--format", "json", "--output", "{out}/q.json"],
    "folder": ["convert", "{source}", "{out}/folder"],
    "json": ["convert", "{source}", "{out}/n.json"],
    "graphml": ["convert", "{source}", "{out}/n.graphml"],
    "parquet": ["convert", "{source}", "{out}/n.parquet"],
    "snapshot": ["convert", "{source}", "{out}/n.mgz"],
    "dhis2": ["convert", "{source}", "{out}/n.dhis2.json"],
    "gexf": ["convert", "{source}", "{out}/n.gexf"],
    "geopackage": ["convert", "{source}", "{out}/n.gpkg"],
    "edges": ["convert", "{source}", "{out}/n.edges.xlsx"],
}


def unpacked(content: bytes):
    """Yield a file's bytes, the members of what is a package, the streams of what is a PDF."""
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                yield name.encode()
                yield from unpacked(package.read(name))
    if content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                yield stream


@pytest.mark.parametrize("name", WRITERS)
def test_no_file_says_where_its_source_lies(tmp_path, monkeypatch, name):
    """An absolute source in a folder that bears a name: neither it nor the user is in any file.

    A snapshot finds its source again by the way from its own folder.
    """
    monkeypatch.setenv("USER", "li-na-login")
    home, out = tmp_path / OWNER, tmp_path / OWNER / "out"
    out.mkdir(parents=True)
    mg.write(samples.taizhou(), home / "roster.xlsx")
    said = [part.format(source=home / "roster.xlsx", out=out) for part in WRITERS[name]]
    with pytest.raises(SystemExit) as ended:
        main(said)
    assert ended.value.code in (0, 1)
    written = [path for path in out.rglob("*") if path.is_file()]
    assert written
    for path in written:
        for part in unpacked(path.read_bytes()):
            assert OWNER.encode() not in part, path.name
            assert b"li-na-login" not in part, path.name


def test_a_run_file_holds_no_password(tmp_path):
    """The address of a server in a command: kept without its user."""
    found = mg.policy.audit(samples.taizhou(), "urban-2023")
    command = ["audit", "neo4j://me:secret@host/db", "--run=/home/wang/run", "--pack", "urban-2023"]
    record = kept(mg.policy.run_record(found, sources=["/home/wang/none.xlsx"], command=command))
    assert list(record["sources"]) == ["none.xlsx"]
    assert record["command"] == ["audit", "neo4j://host/db", "--run=run", "--pack", "urban-2023"]
