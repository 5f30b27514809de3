"""The zip with the interpreter inside: what goes into it, and that it works on a Windows without Python.

The second needs wine, the locale zh_CN.UTF-8 and the zip that `make windows-zip` left in `dist`; without one of them it
is skipped and says which; with `MEDGRAPH_REQUIRE_WINE=1` that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import medgraph as mg
from tests.board.served import Visitor
from tests.tools.test_on_windows import FOLDER, Wine, has_chinese_locale, windows
from tools import windows_with_python as alone

ROOT = Path(__file__).resolve().parent.parent.parent
ZIPS = sorted((ROOT / "dist").glob("medgraph-*-windows-x86_64.zip"))


@pytest.fixture
def python(tmp_path):
    """A folder laid out as the archive of Maven Central has it."""
    names = (
        *("python.exe", "python312.dll", "jnipython.dll", "include/Python.h", "libs/python312.lib"),
        *("lib/os.py", "lib/_wmi.pyd", "lib/_ssl.pyd", "lib/pip/main.py", "lib/test/x.py"),
        *("lib/vcruntime140.dll", "lib/__pycache__/os.pyc", "lib/tkinter/a.py", "lib/tomllib/a.py"),
        *("lib/pip-23.2.1.dist-info/RECORD", "lib/testing.py", "lib/unittest/__init__.py"),
    )
    folder = tmp_path / "python"
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def test_what_is_kept_of_the_interpreter(python):
    """The library goes in, tests and tools for building do not; what python.exe needs lies beside it."""
    assert alone.numbered(python) == "3.12"
    assert {name for name, _ in alone.kept_of_python(python)} == {
        "python/python.exe",
        "python/python312.dll",
        "python/vcruntime140.dll",
        "python/lib/vcruntime140.dll",
        "python/lib/os.py",
        "python/lib/_ssl.pyd",
        "python/lib/testing.py",
        "python/lib/tomllib/a.py",
        "python/lib/unittest/__init__.py",
    }


def test_the_zip_holds_licences_and_what_is_double_clicked(python, tmp_path):
    """The same files give the same bytes; names are ASCII; the readme is for Notepad."""
    app = tmp_path / "installed"
    (app / "medgraph").mkdir(parents=True)
    (app / "medgraph" / "__init__.py").write_text("", encoding="utf-8")
    wheel = tmp_path / "medgraph-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("medgraph/__init__.py", "")
    texts = alone.pages("3.12", "0.1.0", [wheel], app, python)
    first = alone.pack(tmp_path / "a.zip", texts, python, app).read_bytes()
    assert alone.pack(tmp_path / "b.zip", texts, python, app).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        held = set(archive.namelist())
        readme = archive.read("medgraph/readme.txt").decode("utf-8-sig")
        assert "PYTHON SOFTWARE FOUNDATION LICENSE" in archive.read(
            "medgraph/LICENSE-python.txt"
        ).decode("utf-8")
    assert {f"medgraph/{name}" for name in (*alone.BATCHES, *alone.TEXTS)} <= held
    assert {"medgraph/LICENSE-medgraph.txt", "medgraph/app/medgraph/__init__.py"} <= held
    assert "medgraph/install.bat" not in held
    assert "$" not in readme


@pytest.fixture(scope="module")
def wine(tmp_path_factory):
    lacking = [
        *([] if ZIPS else ["dist/medgraph-*-windows-x86_64.zip (`make windows-zip`)"]),
        *([] if shutil.which("wine") else ["wine"]),
        *([] if has_chinese_locale() else ["the locale zh_CN.UTF-8"]),
    ]
    if lacking:
        said = f"missing: {', '.join(lacking)}; see docs/windows.md"
        pytest.fail(said) if os.environ.get("MEDGRAPH_REQUIRE_WINE") else pytest.skip(said)
    started = Wine(tmp_path_factory.mktemp("alone") / "prefix")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def unpacked(wine, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked") / FOLDER
    with zipfile.ZipFile(ZIPS[-1]) as archive:
        archive.extractall(folder)
    return folder / "medgraph"


def stop(wine, running) -> None:
    wine.run("taskkill", "/f", "/im", "python.exe")
    running.wait(timeout=120)


@pytest.mark.slow
@pytest.mark.xdist_group("wine")
@pytest.mark.parametrize("clicked", ["board.bat", "medgraph.bat"])
def test_a_double_click_opens_the_board(wine, unpacked, clicked):
    """No Python is installed, nothing is installed first; the browser gets the address, and the board answers."""
    # A pipe nobody writes into: with no input at all Wine's cmd was seen to wait before it starts Python.
    running = subprocess.Popen(
        ["wine", "cmd", "/c", clicked],
        cwd=unpacked,
        env=wine.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        address = wine.opened()
        assert address.startswith("http://127.0.0.1:")
        assert Visitor(address).address == address
    finally:
        stop(wine, running)
    assert (unpacked / "plans").is_dir()


@pytest.mark.slow
@pytest.mark.xdist_group("wine")
def test_a_workbook_dropped_on_check_gives_its_report(wine, unpacked, tmp_path):
    workbook = tmp_path / FOLDER / "名册 2023.xlsx"
    workbook.parent.mkdir()
    mg.write(mg.samples.taizhou(), workbook)
    code, said = wine.run("cmd", "/c", "check.bat", windows(workbook), cwd=unpacked)
    assert code == 0, said.decode("utf-8", "replace")
    page = workbook.parent / "名册 2023_medgraph" / "report" / "index.html"
    assert "西城街道" in page.read_text(encoding="utf-8")
    assert wine.opened() == windows(page)


@pytest.mark.slow
@pytest.mark.xdist_group("wine")
def test_the_doctor_names_what_is_there(wine, unpacked):
    code, said = wine.run("cmd", "/c", "medgraph.bat", "doctor", "--lang", "en", cwd=unpacked)
    assert code == 0, said.decode("utf-8", "replace")
    assert b"Python 3.12" in said
    assert b"board: the planning board in the browser; there" in said
