"""What is handed to strangers: the same bytes twice, installed alone, for every system and Python we name.

These need a package index: `make test-slow` runs them.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = [
    text.rpartition(" ")[2]
    for text in STATED["classifiers"]
    if text.startswith("Programming Language :: Python :: 3.")
]
MACOS = "14.0"  # the oldest for which pyproj (of geopandas) makes wheels of Python 3.13
SYSTEMS = ("x86_64-pc-windows-msvc", "aarch64-apple-darwin", "x86_64-unknown-linux-gnu")
FOR_USERS = [
    name for name in STATED["optional-dependencies"] if name not in {"audit", "dev", "docs"}
]

pytestmark = pytest.mark.slow


def run(*words: object, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [*map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def packaged(tree: Path, target: Path) -> dict[str, str]:
    """Build sdist and wheel of a tree; return the checksum of each."""
    run(sys.executable, "-m", "build", "--outdir", target, tree)
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(target.iterdir())
    }


def copied(target: Path) -> Path:
    """Return a copy of what git keeps, every file as if written now."""
    names = run("git", "ls-files", "-z", cwd=ROOT).split("\0")[:-1]
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)
    shutil.copyfile(ROOT / ".gitignore", target / ".gitignore")
    return target


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of sdist and wheel, and their checksums."""
    target = tmp_path_factory.mktemp("built")
    return target, packaged(copied(tmp_path_factory.mktemp("first")), target)


def test_built_twice_it_is_the_same(built, tmp_path):
    """Another folder and another time give the same bytes; the wheel is that of the sdist."""
    _, checksums = built
    assert len(checksums) == 2
    assert packaged(copied(tmp_path / "second"), tmp_path / "again") == checksums


def test_it_works_where_nothing_else_is(built, tmp_path):
    """In an environment of its own, in a folder with blanks and Chinese, without any extra."""
    folder = tmp_path / "一个 文件夹"
    run(sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, folder / "env")
    wheel = next(built[0].glob("*.whl"))
    python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, wheel)
    run_medgraph = [python, "-m", "medgraph"]
    assert "38" in run(*run_medgraph, "demo", "演示", "--no-open", "--lang", "en", cwd=folder)
    assert (folder / "演示" / "report" / "index.html").is_file()
    said = run(*run_medgraph, "doctor", "--lang", "en", cwd=folder)
    assert "pip install 'medgraph[report]'" in said
    run(*run_medgraph, "convert", "演示", "同.xlsx", cwd=folder)
    run(*run_medgraph, "check", "同.xlsx", cwd=folder)
    run(*run_medgraph, "map", "tiles", "演示", "--output", "图.html", cwd=folder)


def test_without_an_extra_a_sentence_says_which(built, tmp_path):
    """What needs an extra ends with exit code 2 and the line that installs it."""
    env = tmp_path / "env"
    run(sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, env)
    python = env / ("Scripts" if os.name == "nt" else "bin") / "python"
    wheel = next(built[0].glob("*.whl"))
    run(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, wheel)
    run(python, "-m", "medgraph", "sample", "taizhou", "demo", cwd=tmp_path)
    (tmp_path / "r.csv").write_text("from,to,date\n", encoding="utf-8")
    asked = {
        "report": ["report", "demo", "--format", "pdf"],
        "board": ["board", "demo", "--no-open"],
        "records": ["referrals", "flows", "demo", "--records", "r.csv"],
    }
    for extra, words in asked.items():
        done = subprocess.run(
            [python, "-m", "medgraph", *words, "--lang", "en"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode == 2, extra
        assert f"medgraph[{extra}]" in done.stderr


@pytest.mark.parametrize(("system", "python"), list(itertools.product(SYSTEMS, PYTHONS)))
def test_it_installs_without_a_compiler(system, python):
    """The core and all extras for users resolve to wheels alone; Spark's Python is a plain archive."""
    extras = [word for name in FOR_USERS for word in ("--extra", name)]
    asked = ["--python-platform", system, "--python-version", python, "--only-binary", ":all:"]
    tool = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", ROOT / "pyproject.toml"]
    assert "pandas==" in run(*tool, *asked)
    assert "pandas==" in run(*tool, *extras, *asked, "--no-binary", "pyspark")
