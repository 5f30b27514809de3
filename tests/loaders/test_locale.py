"""The same file gives the same bytes under any locale, and any path will do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.loaders.workbooks.test_workbook import TOGETHER, build

CODE = """
import json, sys
from medgraph.loaders import load, write, read
from medgraph.loaders.workbooks.marked_copy import marked_copy
from medgraph.words.say import speaking
with speaking("zh"):
    loaded = load(sys.argv[1])
    marked_copy(sys.argv[1], loaded.problems, sys.argv[2])
    lenient = load(sys.argv[1], lenient=True)
    write(lenient.network, sys.argv[3])
    assert read(sys.argv[3]) == lenient.network
text = json.dumps([loaded.to_dict(), lenient.to_dict()], ensure_ascii=False)
sys.stdout.buffer.write(text.encode("utf-8"))
"""


def run(folder, encoding, **locale):
    """Check a faulty workbook in another process; return its account and the bytes of the tables it wrote."""
    environment = {
        **os.environ,
        **locale,
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": encoding,
        "PYTHONPATH": os.getcwd(),
    }
    source = folder / "花名册 二.xlsx"
    target = folder / f"输出 {encoding}"
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(source), str(folder / "标记 副本.xlsx"), str(target)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout, {f.name: f.read_bytes() for f in sorted(target.iterdir())}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("区划 数据")
    build(folder / "花名册 二.xlsx", TOGETHER)
    return folder


@pytest.fixture(scope="module")
def expected(folder):
    return run(folder, "utf-8", LC_ALL="C.UTF-8")


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_any_locale_gives_the_same_bytes(folder, expected, encoding):
    """Under GBK, cp1252 and the plain C locale, account and tables are the same to the byte."""
    assert "机构!D2" in expected[0].decode("utf-8")
    assert run(folder, encoding, LC_ALL="C", PYTHONCOERCECLOCALE="0") == expected
