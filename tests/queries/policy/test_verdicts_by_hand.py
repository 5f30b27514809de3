"""Small networks judged by hand from the clauses: the audit says what they say."""

from __future__ import annotations

import importlib.util
import json

import pytest


@pytest.fixture(scope="module")
def folder(shared):
    """The cases and the functions that judge them, beside the project."""
    found = shared / "verdicts"
    if not (found / "cases.json").is_file():
        pytest.skip(f"no verdicts judged by hand at {found}")
    return found


@pytest.fixture(scope="module")
def judge(folder):
    spec = importlib.util.spec_from_file_location("judge", folder / "judge.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_verdict_is_one_that_the_clause_allows(folder, judge):
    """Of every case, for every subject; REFUSED where a network may be refused at the door."""
    cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    differing = {
        case["id"]: wrong for case in cases if (wrong := _wrong(judge.verdicts(case), case))
    }
    assert differing == {}


def _wrong(got, case) -> dict[str, str]:
    """The subjects whose verdict the clause does not allow; what crashes is always wrong."""
    absent = got["*"] if got["*"].startswith(("REFUSED", "CRASH")) else "not asked"
    said = {subject: got.get(subject, absent) for subject in case["expected"]}
    return {s: verdict for s, verdict in said.items() if verdict not in case["expected"][s]}
