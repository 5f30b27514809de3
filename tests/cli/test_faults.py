"""Whatever happens ends in a sentence and an exit code of the contract, never in a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medgraph import cli
from medgraph.cli import app, fault_report, files

SECRET = "甲县第一人民医院"
POSIX_ONLY = pytest.mark.skipif(
    not os.path.isdir("/proc/self"), reason="signals, /dev and /proc are of Linux"
)


def run(*line, **streams):
    """Run the command line in a process of its own."""
    words = [sys.executable, "-m", "medgraph", *line, "--lang", "en"]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(words, text=True, check=False, timeout=60, **given)


def exit_code(*line):
    with pytest.raises(SystemExit) as ended:
        cli.main([*line, "--lang", "en"])
    return ended.value.code


@pytest.fixture
def failing(monkeypatch, tmp_path):
    """Have `check` fail as no one foresaw, on a cell that names a hospital."""

    def fail(*_, **__):
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ZeroDivisionError(SECRET) from error

    monkeypatch.setattr(files, "load_source", fail)
    monkeypatch.setattr(fault_report.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_an_unforeseen_error_is_a_sentence_and_a_file_without_data(failing, capsys):
    """Exit code 2, one sentence; the file holds the places of both errors, and neither cell nor folder."""
    assert exit_code("check", "roster.xlsx") == 2
    said = capsys.readouterr().err
    (written,) = failing.glob("medgraph-fault-*.txt")
    details = written.read_text("utf-8")
    assert len(said.splitlines()) == 1
    assert str(written) in said
    assert "builtins.ZeroDivisionError" in details
    assert "builtins.KeyError" in details
    assert "medgraph/cli/files.py" in details
    for secret in (SECRET, "roster", str(failing), os.path.expanduser("~") + "/"):
        assert secret not in said.replace(str(written), "") + details


def test_a_fault_that_cannot_be_written_down_is_printed(failing, capsys, monkeypatch):
    """Where no file can be made the places come on stderr."""
    monkeypatch.setattr(fault_report.tempfile, "tempdir", str(failing / "none"))
    assert exit_code("check", "roster.xlsx") == 2
    said = capsys.readouterr().err
    assert "medgraph/cli/files.py" in said
    assert SECRET not in said


@pytest.fixture
def interruptible():
    """Have interrupts heard: a run in the background of a shell ignores them, and so do its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_before_click_sees_it(monkeypatch, capsys, interruptible):
    """An interrupt gives 130 wherever it comes."""
    monkeypatch.setattr(app.cli, "main", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    assert exit_code("check", "roster.xlsx") == 130
    assert capsys.readouterr().err.startswith("Error: Interrupted")


@POSIX_ONLY
def test_ctrl_c_gives_130(tmp_path, interruptible):
    """A long command that is interrupted says so."""
    words = [sys.executable, "-m", "medgraph", "sample", "synthetic", "net", "--scale", "nation"]
    started = subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _until_it_works(started.pid)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "Traceback" not in said.decode()


def _until_it_works(process: int, seconds: float = 2.0) -> None:
    """Wait until a process has used so much processor time, on a busy machine too."""
    ticks = seconds * os.sysconf("SC_CLK_TCK")
    for _ in range(600):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        if int(fields[11]) >= ticks:
            return
        time.sleep(0.1)


@POSIX_ONLY
def test_a_reader_that_goes_is_no_fault():
    """`| head` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    done = run("rules", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@POSIX_ONLY
def test_a_full_disk_is_a_sentence():
    """What cannot be printed is told once, and exit code 2."""
    with open("/dev/full", "w") as full:
        done = run("rules", stdout=full)
        assert run("rules", "no-such-pack", stderr=full).returncode == 2
    assert done.returncode == 2
    assert done.stderr == (
        "Error: the output: No space left on device. Check the path and your permissions.\n"
    )


@POSIX_ONLY
def test_closed_streams_are_no_fault():
    """A program started without stdout or stderr does its work."""
    for closed in (1, 2):
        code = f"import os; os.close({closed}); os.execv({sys.executable!r}, [{sys.executable!r}, '-m', 'medgraph', 'rules'])"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_name_with_brackets_is_itself(monkeypatch):
    """A pattern in a name is not replaced by the files that fit it, as click does on Windows."""
    asked = {}
    monkeypatch.setattr(app.cli, "main", lambda *_, **given: asked.update(given))
    assert exit_code("info", "[ab].json") == 0
    assert asked["windows_expand_args"] is False
