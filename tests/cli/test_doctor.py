"""`medgraph doctor` says what is installed, and what an extra would add."""

from __future__ import annotations

import json
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from medgraph import installation
from medgraph.cli import cli, doctor
from medgraph.words.say import CATALOGUE

ROOT = Path(__file__).parent.parent.parent


def asked(*words: str) -> str:
    result = CliRunner().invoke(cli, ["doctor", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_it_names_every_library_with_its_version():
    found = json.loads(asked("--format", "json"))
    stated = {row["name"]: row["version"] for row in found["libraries"]}
    assert stated["pandas"] == metadata.version("pandas")
    assert stated["networkx"] == metadata.version("networkx")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_missing_extra_is_named_with_its_cure(lang, monkeypatch):
    """Where a library of an extra is missing, the line that installs it stands there."""
    real = metadata.version

    def version(name):
        if name == "duckdb":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)
    said = asked("--lang", lang)
    assert "pip install 'medgraph[records]'" in said
    assert "duckdb" in said
    assert "pip install 'medgraph[dev]'" not in said


def test_every_extra_for_users_says_what_it_is_for():
    """An extra of pyproject is for those who build, or has a sentence."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asking = set(stated["project"]["optional-dependencies"]) - installation.PASSED_OVER
    assert {name for name in asking if f"doctor.extra.{name}" not in CATALOGUE} == set()
    assert asking >= set(installation.extras()) > {"board"}


def test_requirements_are_read_as_installers_write_them(monkeypatch):
    lines = [
        "pandas>=2.3",
        "ibis-framework[duckdb]>=10; extra == 'records'",
        'nothing-like-it<2,>=1 ; python_version < "4" and extra == "geo"',
        "medgraph[geo]; extra == 'all'",  # hatchling writes out what that stands for
    ]
    monkeypatch.setattr(metadata, "requires", lambda name: lines)
    found = installation.libraries()
    assert [(row.name, row.asked, row.extra) for row in found] == [
        ("pandas", ">=2.3", ""),
        ("ibis-framework", ">=10", "records"),
        ("nothing-like-it", "<2,>=1", "geo"),
    ]
    assert found[-1].version is None


def test_memory_is_read_from_what_the_kernel_says():
    text = "MemTotal:       16000000 kB\nMemFree:  1 kB\nMemAvailable:    8000000 kB\n"
    assert installation._memory_of_linux(text) == installation.Memory(16_384_000_000, 8_192_000_000)
    assert installation._memory_of_linux("") == installation.Memory(None, None)


@pytest.mark.parametrize(
    ("font", "has_typst", "said"),
    [
        ("Noto Sans CJK SC", True, "Noto Sans CJK SC"),
        (None, True, "install"),
        (None, False, "extra report"),
    ],
)
def test_the_font_for_paper_is_named_or_asked_for(font, has_typst, said, monkeypatch):
    monkeypatch.setattr(doctor, "chinese_font", lambda: font)
    monkeypatch.setattr(doctor, "find_spec", lambda name: object() if has_typst else None)
    assert said in asked("--lang", "en").splitlines()[3]
