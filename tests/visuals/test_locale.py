"""The same network gives the same bytes under any locale, and any path will do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile

import pytest

CODE = """
import sys
from pathlib import Path
from medgraph.loaders import samples
from medgraph.words.say import speaking
from medgraph.queries import coverage
from medgraph.visuals import network_map, swimlane, tile_map
from medgraph.visuals.report import contents, write_report
folder = Path(sys.argv[1])
with speaking("zh"):
    net = samples.taizhou()
    served = coverage.served(net)
    for name, draw in (("tiles", tile_map), ("lanes", swimlane), ("network", network_map)):
        draw(net, color_by=served.status).save(folder / f"{name} 1.html")
        draw(net, color_by=served.status).save(folder / f"{name} 1.svg")
    write_report(contents(net, {"coverage.served": served}), folder / "report",
                 formats=("html", "xlsx", "pdf", "docx"))
"""


def written(folder, encoding: str, seed: str, **locale: str) -> dict[str, bytes]:
    """Draw everything in another process; return the bytes of every file."""
    script = folder / "draw.py"
    script.write_text(CODE, encoding="utf-8")
    target = folder / f"输出 {encoding}"
    environment = {
        **os.environ,
        **locale,
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": encoding,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.getcwd(),
    }
    done = subprocess.run(
        [sys.executable, str(script), str(target)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {path.name: path.read_bytes() for path in sorted(target.rglob("*.*"))}


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_any_locale_gives_the_same_pictures(tmp_path, encoding):
    """Under GBK, cp1252 and the plain C locale every picture and the report are the same to the byte, and UTF-8.

    Workbook and Word file are archives that hold the time of writing: their parts are the same but for that.
    """
    expected = written(tmp_path, "utf-8", "1", LC_ALL="C.UTF-8")
    found = written(tmp_path, encoding, "2", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert len(expected) == len(found) == 10
    for name, content in expected.items():
        if name.endswith((".html", ".svg")):
            assert "西城" in content.decode("utf-8")
            assert found[name] == content
        elif not name.endswith(".pdf"):
            assert parts(found[name]) == parts(content)


def parts(archive: bytes) -> dict[str, bytes]:
    """The files of an archive, without the one that says when it was made."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {
            name: opened.read(name) for name in opened.namelist() if name != "docProps/core.xml"
        }
