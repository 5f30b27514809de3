"""The JSON Schema of packs is made from the same table as the checks, and never stricter than they are."""

from __future__ import annotations

import importlib.util
import json
import random
import tomllib
from pathlib import Path

import pytest

from medgraph.queries.policy import schema
from medgraph.queries.policy.packs.faults import pack_faults
from tests.queries.policy.packs.mutations import alone, mutants, packs

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    found = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def test_the_file_is_what_the_script_writes():
    """The file is in step with the table: run tools/build_policy_schema.py after changing it."""
    path = ROOT / "tools" / "build_policy_schema.py"
    spec = importlib.util.spec_from_file_location("build_policy_schema", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert schema() == script.schema_text()


PATHS = [*(ROOT / "docs").glob("policy-*.toml")]


@pytest.mark.parametrize("data", [data for _, data in packs()], ids=[name for name, _ in packs()])
def test_shipped_packs_are_valid(validator, data):
    """Every pack that ships is valid."""
    assert not [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("path", PATHS, ids=[path.name for path in PATHS])
def test_documented_packs_are_valid(validator, path):
    """So are the packs beside the documents."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert not [error.message for error in validator.iter_errors(data)]


SLIPS = [
    {"atleast": 2},
    {"at_least": 0},
    {"of": "member"},
    {"subjects": {"kind": "Grup"}},
    {"where": {"type": ["@primry"]}},
    {"where": {"beds": {"atleast": "20"}}},
    {"predicate": "exsits"},
    {"due": "2025年6月30日"},
    {"kind": "wish"},
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_an_editor_sees_a_slip(validator, slip):
    """A slip of a key, a word, a limit or a day is seen while the pack is written."""
    rule = {
        "id": "A",
        "kind": "requirement",
        "text": ["甲", "a"],
        "clause": "一",
        "grade": "user",
        "subjects": {"kind": "Group"},
        "predicate": "exists",
        "of": "members",
        "at_least": 2,
    }
    head = {"id": "a", "title": ["甲", "a"], "document": "a", "source": "a"}
    assert validator.is_valid({"pack": head, "rules": [rule]})
    assert not validator.is_valid({"pack": head, "rules": [{**rule, **slip}]})


@pytest.mark.parametrize(
    "slip",
    [
        {"kind": "ruled"},
        {"rule": ["A"]},
        {"rules": "A"},
        {"clause": ""},
        {"because": "x"},
    ],
    ids=str,
)
def test_an_editor_sees_a_slip_of_a_sentence(validator, slip):
    """Sentences are known to the schema with every key; a text needs its English."""
    data = dict(packs())["referral-2024"]
    [sentence] = data["sentences"]
    assert validator.is_valid(data)
    assert not validator.is_valid({**data, "sentences": [{**sentence, **slip}]})


def test_the_schema_is_never_stricter_than_the_checks(validator):
    """What the schema refuses the checks refuse too; and of what they refuse it sees nine in ten."""
    chance = random.Random(3)
    refused = seen = 0
    for _, data in packs():
        for rule in data["rules"]:
            for _, path, mutant in mutants(rule, chance, 0.01):
                made = alone(data, mutant)
                faults = list(pack_faults(made, "", "mine.toml"))
                invalid = not validator.is_valid(made)
                assert faults or not invalid, (path, mutant)
                refused += bool(faults)
                seen += bool(faults) and invalid
    assert seen > 0.9 * refused
