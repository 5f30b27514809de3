"""What Windows is told of the bounds of a process: computed anywhere, in force on Windows."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from medgraph.errors import SourceError
from medgraph.loaders import bounded, windows_job
from medgraph.loaders.workbooks import old_workbook
from medgraph.words.say import speaking
from tests.tools.test_on_windows import Wine, has_chinese_locale, windows

ROOT = Path(__file__).resolve().parent.parent.parent


def test_what_windows_is_told_has_its_form():
    """As winnt.h has it on a 64-bit Windows: 144 bytes, of which the first 64 are the basic limits."""
    limits = windows_job.limits_of(900 << 20, 20)
    assert ctypes.sizeof(limits) == 144
    content = bytes(limits)
    assert int.from_bytes(content[:8], "little") == 20 * 10**7  # each 100 nanoseconds
    assert int.from_bytes(content[16:20], "little") == 0x2 | 0x100 | 0x2000
    assert int.from_bytes(content[112:120], "little") == 900 << 20
    assert not any(content[8:16] + content[20:112] + content[120:])


class Library:
    """Functions of Windows that note how they are called, of which one may fail."""

    def __init__(self, called, failing=""):
        self.called, self.failing = called, failing

    def __getattr__(self, name):
        def function(*given):
            self.called.append(name)
            return int(name != self.failing)

        setattr(self, name, function)
        return function


def in_a_job(monkeypatch, failing):
    """Give a process that waits to a job; return what was called."""
    called = []
    monkeypatch.setattr(windows_job, "_library", lambda name, **_: Library(called, failing))
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 5, raising=False)
    job = None
    try:
        job = windows_job.Job(4, 900 << 20, 20)
    finally:
        del job
    return called


def test_a_process_goes_on_once_its_job_holds_it(monkeypatch):
    """Created, limited, assigned, then resumed; the handle is closed where the job is let go."""
    called = in_a_job(monkeypatch, "")
    named = [name for name in called if name != "restype"]
    assert named == [
        "CreateJobObjectW",
        "SetInformationJobObject",
        "AssignProcessToJobObject",
        "NtResumeProcess",
        "CloseHandle",
    ]


@pytest.mark.parametrize(
    "failing", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
)
def test_what_windows_refuses_is_not_read_without_bounds(monkeypatch, tmp_path, failing):
    """No bounds, no reading: a sentence, and the process that waited is gone."""
    with pytest.raises(OSError, match="job"):
        in_a_job(monkeypatch, failing)
    started = []
    begin = subprocess.Popen

    def noted(*given, **options):
        started.append(begin([sys.executable, "-c", "import time; time.sleep(60)"]))
        started[0].stdout = None
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(bounded, "_IS_WINDOWS", True)
    monkeypatch.setattr(begin, "_handle", 4, raising=False)
    monkeypatch.setattr(windows_job, "_library", lambda name, **_: Library([], failing))
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 5, raising=False)
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with speaking("en"), pytest.raises(SourceError, match="does not bound the process"):
        old_workbook.old_sheets(tmp_path / "a.xls")
    assert started[0].returncode is not None


# Without the libraries that the loaders import: Wine's Python has none.
UNDER_WINE = """
import subprocess, sys, time, types
from pathlib import Path
root = Path(sys.argv[1])
sys.path.insert(0, str(root))
loaders = types.ModuleType("medgraph.loaders")
loaders.__path__ = [str(root / "medgraph" / "loaders")]
sys.modules["medgraph.loaders"] = loaders
from medgraph.loaders import bounded, windows_job

print("loop" in bounded.run_module("timeit", ["-n1", "-r1", "pass"], 60, 500).decode())
try:
    bounded.run_module("timeit", ["-n1", "-r1", "while True: pass"], 3, 500)
except bounded.OutOfBounds as error:
    print(error)
waiting = [sys.executable, "-c", "import time; time.sleep(600)"]
process = subprocess.Popen(waiting, creationflags=bounded._FLAGS)
job = windows_job.Job(int(process._handle), 500 << 20, 20)
time.sleep(1)
print("at work" if process.poll() is None else "gone")
del job
process.wait(timeout=60)
print("ended")
try:
    windows_job.Job(0x7fff, 500 << 20, 20)
except OSError:
    print("refused")
"""


@pytest.mark.slow
@pytest.mark.xdist_group("wine")
def test_a_job_holds_a_worker_under_wine(tmp_path):
    """It goes on, is ended for its time, and with its job; Wine 8 takes a bound of memory and holds none to it."""
    python = ROOT / "build" / "windows-python-3.12"
    if not (shutil.which("wine") and has_chinese_locale() and (python / "python.exe").is_file()):
        pytest.skip("missing: wine, its locale, or build/windows-python-3.12; see docs/windows.md")
    # Wine 8 ends a Python 3.12 that asks WMI what machine it is on.
    shutil.copytree(python, tmp_path / "python", ignore=shutil.ignore_patterns("_wmi.pyd"))
    (tmp_path / "bounds.py").write_text(UNDER_WINE, "utf-8")
    wine = Wine(tmp_path / "prefix")
    try:
        words = tmp_path / "python" / "python.exe", windows(tmp_path / "bounds.py"), windows(ROOT)
        _, said = wine.run(*words)
    finally:
        wine.stop()
    assert said.split(b"\r\n") == [b"True", b"time", b"at work", b"ended", b"refused", b""]
