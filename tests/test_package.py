"""What ships: the wheel has one top-level name and everything it needs, and its command runs without the tests."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", target, ROOT],
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


def test_the_wheel_has_one_top_level_name(wheel):
    """Nothing but medgraph lands in site-packages, so that no other package is overwritten."""
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"medgraph"}


def test_the_wheel_holds_its_data(wheel):
    """The typed marker, the licence and every data file of the package are in the wheel."""
    held = set(zipfile.ZipFile(wheel).namelist())
    data = {
        p for p in (ROOT / "medgraph").rglob("*") if p.is_file() and "__pycache__" not in p.parts
    }
    assert {p.relative_to(ROOT).as_posix() for p in data} <= held
    assert any(name.endswith("LICENSE") for name in held)


def test_the_wheel_runs_by_itself(wheel, tmp_path):
    """The command answers from the wheel alone, in a folder with blanks and Chinese."""
    folder = tmp_path / "一个 文件夹"
    folder.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    run = [
        sys.executable,
        "-c",
        "import sys; sys.path.insert(0, 'site'); from medgraph.cli import main; main(sys.argv[1:])",
    ]
    done = subprocess.run(
        [*run, "sample", "taizhou", "样本 数据", "--lang", "en"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "58 facilities" in done.stdout
