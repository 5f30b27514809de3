"""A pack is tried on its own examples: what comes out, what differs, what is missing, what cannot be read."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.errors import OptionError, SourceError
from medgraph.queries.policy import load, shipped, try_examples
from medgraph.queries.policy.examples import example, read_statements
from medgraph.queries.policy.packs import read_pack
from medgraph.queries.policy.packs.keys import EXAMPLES
from medgraph.words.say import speaking
from tests.queries.policy.packs.test_packs import HEAD, RULE

# RULE asks for two members of every group.
PASS = 'pass = "G1 Group; A,B MEMBER_OF G1; A Facility; B Facility"\n'
FAIL = 'fail = "G1 Group; A MEMBER_OF G1; A Facility; meta links.MEMBER_OF.complete=complete"\n'
NO_DATA = 'no_data = "G1 Group; A MEMBER_OF G1; A Facility"\n'


def written(tmp_path, *examples):
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + RULE + "[rules.examples]\n" + "".join(examples), encoding="utf-8")
    return path


def test_all_shipped_rules_do_what_they_say():
    """Every example that a rule must have is there and comes out as it is named."""
    found = try_examples()
    wanted = sum(len(EXAMPLES[r.kind]) for name in shipped() for r in load(name).rules)
    assert len(found) == wanted
    assert set(found["outcome"]) == {"right"}


def test_what_differs_and_what_is_missing_is_said(tmp_path):
    """One member where the rule passes: FAIL is impossible over an open list, so NO_DATA comes out."""
    path = written(tmp_path, NO_DATA.replace("no_data", "pass"), FAIL)
    found = try_examples(path).set_index("example")
    assert found["outcome"].to_dict() == {"pass": "differs", "fail": "right", "no_data": "missing"}
    assert found.loc["pass", ["wanted", "verdict"]].tolist() == ["PASS", "NO_DATA"]
    assert found.loc["pass", "reason"]


def test_behind_an_example_that_is_missing_the_others_are_tried(tmp_path):
    found = try_examples(written(tmp_path, FAIL, NO_DATA)).set_index("example")
    assert found["outcome"].to_dict() == {"pass": "missing", "fail": "right", "no_data": "right"}


@pytest.mark.parametrize(
    "text",
    [
        "G1 Group; A MEMBER_OF G1",  # A is no node
        "@nothing",
        "G1 Grop",
        "day soon",
        "day",
        "G1 Group type='x",
        "A Facility beds=many",
        "A Facility; A LEADS A valid_to=待定",
        "set at_least=2",
        "set NO-01.at_least=2",
    ],
)
def test_an_example_that_cannot_be_read_is_a_bad_pack(tmp_path, text):
    """It is named with its rule; nothing is a traceback."""
    with pytest.raises(SourceError) as refused:
        try_examples(written(tmp_path, f'pass = "{text}"\n', FAIL, NO_DATA))
    assert refused.value.problems[0].code == "E097"
    assert refused.value.problems[0].place == "mine MY-01 examples.pass"


@pytest.mark.parametrize("text", ["day soon", "G1 Group type='x", "A Facility beds=many"])
def test_the_reason_is_in_the_language_of_the_reader(tmp_path, text):
    """Python's own words for a day that is none stood in a Chinese sentence."""
    with speaking("zh"), pytest.raises(SourceError) as refused:
        try_examples(written(tmp_path, f'pass = "{text}"\n', FAIL, NO_DATA))
    words = str(refused.value.problems[0]).replace(text, "")
    assert not re.search(r"Invalid|invalid|literal|quotation", words)


def test_two_nodes_in_one_statement():
    """As links name several ends, a statement names several nodes of one kind."""
    apart = read_statements("A Facility beds=3; B Facility beds=3", {})
    assert read_statements("A,B Facility beds=3", {}).nodes == apart.nodes


def test_what_an_example_cannot_say_is_said_in_the_language_of_now(tmp_path):
    """A planner reads it in Chinese."""
    for text in ("G1 Group; A MEMBER_OF G1", "@nothing", "G1 Grop"):
        with speaking("zh"), pytest.raises(SourceError) as refused:
            try_examples(written(tmp_path, f'pass = "{text}"\n', FAIL, NO_DATA))
        assert "读不懂：“" in str(refused.value) or "读不懂：[fixtures] 中" in str(refused.value)


WORDS = st.sampled_from(
    [
        "G1",
        "Group",
        "A",
        "Facility",
        "MEMBER_OF",
        "LEADS",
        "day",
        "meta",
        "set",
        "type=x",
        "beds=1",
        "beds=",
        "=",
        "@",
        ".",
        ",",
        "C.x@2023",
        "=",
        "'",
        "|",
        "2024-12-31",
        "links.MEMBER_OF.complete=complete",
        "is_class=yes",
        "valid_to=2020-01-01",
        "MY-01.x=1",
    ]
)


@given(st.lists(WORDS | st.text(max_size=4) | st.just(";"), max_size=12).map(" ".join))
def test_no_example_breaks_the_reader(text):
    """Any statements give a network, or a ValueError with a sentence."""
    pack = read_pack(HEAD + RULE, "mine.toml")
    rule = pack.rules[0]
    rule.examples["pass"] = text
    with contextlib.suppress(ValueError):
        assert example(pack, rule, "pass").network is not None


def test_a_pack_that_is_not_there():
    """The sentence lists the packs that ship."""
    with pytest.raises(OptionError, match="urban-2023"):
        try_examples("nowhere")
