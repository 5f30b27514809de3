"""The bundles installed and used by CPython for Windows under Wine, code page 936; `make test-windows` runs it.

It needs wine, the locale zh_CN.UTF-8, the bundles that `make windows-bundle` left in `dist`, and CPython for Windows in
`build/windows-python-3.11` and `-3.12`. Without one of them it is skipped and says which; with
`MEDGRAPH_REQUIRE_WINE=1` that is a failure. No embeddable Python can be had from a package registry: one is laid
out of the same files as the official zip is, isolated by its `._pth`, without pip.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import medgraph as mg
from medgraph.board.journal import journal_of, verify
from tests.board.served import Visitor
from tests.loaders.foreign import ugly
from tests.terminal import on_a_terminal

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHONS = {python: ROOT / "build" / f"windows-python-{python}" for python in ("3.11", "3.12")}
FOLDER = "一个 文件夹"  # a blank and Chinese in every path
PATIENCE = 600  # seconds: on a busy machine Wine needs minutes for what takes a quarter of one

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wine")]


def zipped(python: str) -> Path:
    """Return the bundle of a Python."""
    found = sorted((ROOT / "dist").glob(f"medgraph-*-windows-py{python.replace('.', '')}.zip"))
    return found[-1] if found else ROOT / "dist" / f"the bundle for Python {python}"


def missing() -> str:
    """Say what these tests lack here."""
    files = [*map(zipped, PYTHONS), *(folder / "python.exe" for folder in PYTHONS.values())]
    lacking = [str(file) for file in files if not file.is_file()]
    if not shutil.which("wine"):
        lacking.append("wine")
    if not has_chinese_locale():
        lacking.append("the locale zh_CN.UTF-8 (`localedef -i zh_CN -f UTF-8 zh_CN.UTF-8`)")
    return ", ".join(lacking)


def has_chinese_locale() -> bool:
    """Whether Wine can be told to speak Chinese: it takes its code pages from the locale."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    return "zh_CN.utf8" in known.split()


class Wine:
    """A Windows 10 in Chinese of its own."""

    def __init__(self, prefix: Path) -> None:
        self.environment = {
            **os.environ,
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEARCH": "win64",
            "LC_ALL": "zh_CN.UTF-8",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=",
            "TERM": "xterm",
            "MEDGRAPH_NO_PAUSE": "1",
        }
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")
        # Stands in for the browser and for Excel: whatever is opened writes down its path.
        self.opening = prefix / "drive_c" / "opening.bat"
        self.opening.write_bytes(
            b"@> C:\\opened.part echo %~1\r\n@move /y C:\\opened.part C:\\opened.txt > nul\r\n"
        )
        self.run(
            "reg",
            "add",
            r"HKCR\shown\shell\open\command",
            "/ve",
            "/d",
            r'"C:\opening.bat" "%1"',
            "/f",
        )
        for ending in (".html", ".xlsx"):
            self.run("reg", "add", rf"HKCR\{ending}", "/ve", "/d", "shown", "/f")
        opens_addresses = ("reg", "add", r"HKCR\http\shell\open\command", "/ve")
        self.run(*opens_addresses, "/d", r'"C:\opening.bat" "%1"', "/f")

    def run(self, *command: object, cwd: Path | None = None) -> tuple[int, bytes]:
        """Run a program with pipes; return its exit code and all that it wrote."""
        done = subprocess.run(
            ["wine", *map(str, command)],
            cwd=cwd,
            env=self.environment,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return done.returncode, done.stdout

    def start(self, *command: object, cwd: Path) -> subprocess.Popen[bytes]:
        """Start a program that goes on until it is told to stop."""
        return subprocess.Popen(
            ["wine", *map(str, command)],
            cwd=cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def opened(self) -> str:
        """Return the path of what was opened since this was last asked, once it is."""
        file = self.opening.with_name("opened.txt")
        for _ in range(10 * PATIENCE):
            if file.exists():
                said = file.read_bytes().decode("gbk").strip()
                file.unlink()
                return said
            time.sleep(0.1)
        return "nothing was opened"

    def console(self, *command: object, cwd: Path | None = None) -> str:
        """Run a program on a console; return what stood on it, without its control sequences."""
        shown = on_a_terminal(["wine", *map(str, command)], cwd=cwd, env=self.environment)
        return re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z]|\][^\x07]*\x07)", "", shown.decode("utf-8"))

    def stop(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)


@pytest.fixture(scope="module")
def wine(tmp_path_factory):
    if lacking := missing():
        said = f"missing: {lacking}; see docs/windows.md"
        pytest.fail(said) if os.environ.get("MEDGRAPH_REQUIRE_WINE") else pytest.skip(said)
    wine = Wine(tmp_path_factory.mktemp("wine") / "prefix")
    yield wine
    wine.stop()


@pytest.fixture(scope="module", params=["3.11 installed", "3.11 embeddable", "3.12 installed"])
def bundle(request, wine, tmp_path_factory):
    """The unpacked bundle, installed by install.bat with this Python; its folder."""
    python, kind = request.param.split()
    folder = tmp_path_factory.mktemp(kind) / FOLDER
    with zipfile.ZipFile(zipped(python)) as archive:
        archive.extractall(folder)
    folder /= "medgraph-windows"
    if kind == "installed":
        # Wine 8 ends a Python 3.12 that asks WMI what machine it is on; without that module Python asks otherwise.
        shutil.copytree(
            PYTHONS[python], folder / "python", ignore=shutil.ignore_patterns("_wmi.pyd")
        )
    else:
        embeddable(PYTHONS[python], folder / f"python-{python}.3-embed-amd64")
    code, said = wine.run("cmd", "/c", "install.bat", cwd=folder)
    assert code == 0, said.decode("gbk", "replace")
    assert b"OK. Now drop a workbook on check.bat" in said
    return folder


def embeddable(python: Path, target: Path) -> None:
    """Lay a Python as the embeddable zip has it: all in one folder, the library zipped, no pip, isolated."""
    target.mkdir()
    library = python / "lib"
    for path in (
        *python.glob("*.exe"),
        *python.glob("*.dll"),
        *library.glob("*.dll"),
        *library.glob("*.pyd"),
    ):
        shutil.copy(path, target)
    left_out = {"site-packages", "pip", "setuptools", "ensurepip", "idlelib", "test", "__pycache__"}
    with zipfile.ZipFile(target / "python311.zip", "w") as archive:
        for path in library.rglob("*.py"):
            inside = path.relative_to(library)
            if not left_out & set(inside.parts):
                archive.write(path, inside)
    (target / "python311._pth").write_text("python311.zip\n.\n", encoding="ascii")


@pytest.fixture
def roster(tmp_path):
    """A workbook with a blank and Chinese in its path."""
    path = tmp_path / FOLDER / "名册 2023.xlsx"
    path.parent.mkdir()
    mg.write(mg.samples.taizhou(), path)
    return path


def windows(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def test_the_code_page_is_chinese(wine, bundle):
    """What is tried here is tried in code page 936, of files and of the console."""
    python = next(bundle.glob("python*/python.exe"))
    asked = "import ctypes, locale; k = ctypes.windll.kernel32; print(k.GetACP(), k.GetOEMCP(), locale.getencoding())"
    assert wine.run(python, "-c", asked)[1].split() == [b"936", b"936", b"cp936"]
    assert "936" in wine.console("cmd", "/c", "chcp")


def test_a_workbook_dropped_on_check_gives_its_report(wine, bundle, roster):
    """check and report run one after the other, what they write stands beside the workbook, the report is opened."""
    code, said = wine.run("cmd", "/c", "check.bat", windows(roster), cwd=bundle)
    assert code == 0, said.decode("utf-8", "replace")
    assert "0 个错误".encode() in said
    out = roster.parent / "名册 2023_medgraph"
    assert (out / "checked.xlsx").is_file()
    assert "西城街道" in (out / "report" / "index.html").read_text(encoding="utf-8")
    assert (out / "report" / "findings.xlsx").is_file()
    assert wine.opened() == windows(out / "report" / "index.html")


def test_an_ugly_workbook_takes_two_drops(wine, bundle, tmp_path):
    """The first drop guesses and stamps what it shows, the second, after the edits in 对照, does not.

    Tables that were edited by hand are checked as they stand, and not written anew; a faulty word in 对照 ends it.
    """
    import openpyxl

    source = tmp_path / FOLDER / "丑 表.xlsx"
    source.parent.mkdir()
    ugly.titled(source)
    code, said = wine.run("cmd", "/c", "check.bat", windows(source), cwd=bundle)
    assert code == 0, said.decode("utf-8", "replace")
    page = source.parent / "丑 表_medgraph" / "report" / "index.html"
    assert "自动识别，未经确认" in page.read_text(encoding="utf-8")
    assert wine.opened() == windows(page)
    tidied = source.with_name("丑 表_tidy.xlsx")
    book = openpyxl.load_workbook(tidied)
    for row in book["对照"].iter_rows(min_row=2):
        if row[4].value in ("已经核对", "名册齐全", "空白同上"):
            row[1].value = "是"
    book.save(tidied)
    code, said = wine.run("cmd", "/c", "check.bat", windows(source), cwd=bundle)
    assert code == 0, said.decode("utf-8", "replace")
    assert "自动识别，未经确认" not in page.read_text(encoding="utf-8")
    assert wine.opened() == windows(page)
    assert ugly.links_of(mg.read(tidied)) == ugly.truth()
    book = openpyxl.load_workbook(tidied)
    renamed = next(
        row for row in book["机构"].iter_rows(min_row=2) if row[1].value == "黄岩区中医院"
    )
    renamed[1].value = "黄岩区中医医院"
    book.save(tidied)
    code, said = wine.run("cmd", "/c", "check.bat", windows(source), cwd=bundle)
    assert code == 0, said.decode("utf-8", "replace")
    assert "手工改过".encode() in said
    assert "黄岩区中医医院" in mg.read(tidied).nodes("Facility")["name"].to_list()
    assert wine.opened() == windows(page)
    book = openpyxl.load_workbook(tidied)
    hidden = next(row for row in book["对照"].iter_rows(min_row=2) if row[4].value == "隐藏行")
    hidden[1].value = "也许"
    book.save(tidied)
    code, said = wine.run("cmd", "/c", "check.bat", windows(source), cwd=bundle)
    assert code == 2
    assert "也许".encode() in said


def test_a_faulty_workbook_is_marked_and_not_reported(wine, bundle, roster):
    """An error stops before the report; the marked copy is opened; the exit code says so."""
    import openpyxl

    book = openpyxl.load_workbook(roster)
    book["关系"]["B2"] = "没有这家"
    book.save(roster)
    code, said = wine.run("cmd", "/c", "check.bat", windows(roster), cwd=bundle)
    out = roster.parent / "名册 2023_medgraph"
    assert code == 1
    assert "没有这家".encode() in said
    assert (out / "checked.xlsx").is_file()
    assert not (out / "report").exists()
    assert wine.opened() == windows(out / "checked.xlsx")


def test_a_workbook_dropped_on_board_opens_in_the_browser(wine, bundle, roster):
    """The browser gets the address; a township moved there is in the journal beside the workbook."""
    running = wine.start("cmd", "/c", "board.bat", windows(roster), cwd=bundle)
    try:
        visitor = Visitor(wine.opened())
        plan = visitor.begin("north")
        status, state = visitor.do(
            deed="regroup",
            plan=plan["id"],
            after=plan["last"],
            chosen=["331002001000"],
            to_group="G2",
            who="commission",
            reason="nearer",
        )
        told = running.stdout.readline().decode("utf-8").strip()
    finally:
        wine.run("taskkill", "/f", "/im", "python.exe")
        running.wait(timeout=60)
    assert told == visitor.address
    assert status == 200, state
    found = verify(journal_of(roster))
    assert not found.faults
    assert found.entries[-1].who == "commission"
    assert not (bundle / "plans").exists()


@pytest.mark.parametrize(
    "question",
    [
        "coverage served",
        "referrals broken",
        "sharing matrix",
        "resilience critical",
        "audit --pack urban-2023",
    ],
)
def test_answers_are_those_of_linux(wine, bundle, roster, question):
    """The same question writes the same bytes into a pipe there and here."""
    words = question.split()
    place = 1 if words[0] == "audit" else 2
    ours, theirs = (
        [*words[:place], source, *words[place:], "--lang", "zh"]
        for source in (roster, windows(roster))
    )
    here = subprocess.run(
        [sys.executable, "-m", "medgraph", *ours], cwd=ROOT, stdout=subprocess.PIPE, check=False
    )
    code, said = wine.run("cmd", "/c", "medgraph.bat", *theirs, cwd=bundle)
    assert code == here.returncode
    assert said.decode("utf-8") == here.stdout.decode("utf-8")


def test_a_console_shows_our_words(wine, bundle, roster):
    """On a console in 936, where progress moves too, no character of an answer is lost."""
    shown = wine.console("cmd", "/c", "medgraph.bat", "check", windows(roster), cwd=bundle)
    assert "读取" in shown
    assert "0 个错误，" in shown
    assert "Traceback" not in shown
    shown = wine.console("cmd", "/c", "medgraph.bat", "--help", cwd=bundle)
    assert "检查文件：一次列出全部问题" in shown
    assert "?" not in shown


def test_a_wheel_that_was_changed_is_not_installed(wine, bundle):
    """install.bat stops at a wheel with another hash and keeps what was installed before."""
    wheel = next((bundle / "wheels").glob("colorama-*.whl"))
    sound = wheel.read_bytes()
    wheel.write_bytes(sound + b" ")
    code, said = wine.run("cmd", "/c", "install.bat", cwd=bundle)
    wheel.write_bytes(sound)
    assert code == 1
    assert b"FAILED" in said
    assert (bundle / "app" / "medgraph").is_dir()


def test_without_python_it_says_what_to_lay_beside(wine, tmp_path):
    """Where no Python is found, install.bat names the official zip, in Chinese of the console."""
    with zipfile.ZipFile(zipped("3.11")) as archive:
        archive.extractall(
            tmp_path, [name for name in archive.namelist() if "/wheels/" not in name]
        )
    code, said = wine.run("cmd", "/c", "install.bat", cwd=tmp_path / "medgraph-windows")
    assert code == 2
    assert "请把官方的 python-3.11.X-embed-amd64.zip" in said.decode("gbk")
