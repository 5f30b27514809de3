"""No slip in a pack is ever ignored, and none breaks the audit: refused with a sentence, or it means something."""

from __future__ import annotations

import contextlib
import copy
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.errors import OptionError, SourceError
from medgraph.queries.policy import audit, load
from medgraph.queries.policy.examples import example
from medgraph.queries.policy.packs import read_pack
from medgraph.queries.policy.packs.faults import pack_faults
from tests.queries.policy.packs.mutations import at, mutants, packs, slips, with_rule

RULES = [(name, data, rule) for name, data in packs() for rule in data["rules"]]
# Names that a pack may choose: another name is another parameter, or attribute.
CHOSEN = ("ask", "parameters")


def survivors(share, seed=1):
    """Yield each mutant that is taken as a pack, with the networks of the rule that it was."""
    chance = random.Random(seed)
    for name, data, rule in RULES:
        shipped = load(name)
        networks = [example(shipped, shipped.rule(rule["id"]), each) for each in rule["examples"]]
        for done, path, mutant in mutants(rule, chance, share):
            if pack := taken(with_rule(data, mutant)):
                yield pack, done, path, mutant, networks


def taken(text):
    """Return a pack, None where it is refused with sentences that name a line."""
    try:
        return read_pack(text, "mine.toml")
    except SourceError as error:
        problems = error.problems
    assert problems
    assert all(one.place.startswith("mine.toml:") and one.message for one in problems)
    return None


def hold(share):
    for pack, done, path, mutant, networks in survivors(share):
        assert done != "rename" or path[0] in CHOSEN, (path, mutant)
        for network in networks:
            given_ = {id_: set_ for id_, set_ in network.parameters.items() if id_ == mutant["id"]}
            with contextlib.suppress(
                OptionError
            ):  # a parameter of the example, for what is no more
                audit(network.network, pack, ledger=network.ledger, parameters=given_)


def test_a_slip_is_refused_or_means_something():
    """One in a hundred of all slips in all shipped rules; a renamed key is always refused."""
    hold(0.01)


@pytest.mark.slow
def test_every_slip_is_refused_or_means_something():
    """All of them."""
    hold(1)


KEYS = st.sampled_from(
    [
        "kind",
        "type",
        "all",
        "any",
        "not",
        "at_least",
        "known",
        "share",
        "of",
        "where",
        "path",
        "limits",
        "sum",
        "count",
        "ask",
        "parts",
        "id",
    ]
)
SCALARS = (
    st.text(max_size=5)
    | st.sampled_from(["all", "$x", "@primary", ">SERVES", "2025-06-30", "90%", "members"])
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
)
TOML = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.data())
def test_no_value_breaks_the_checks(data):
    """Whatever TOML can hold may stand anywhere in a pack: it is checked, never a traceback."""
    _, pack, rule = data.draw(st.sampled_from(RULES))
    mutant = copy.deepcopy(rule)
    path = data.draw(st.sampled_from([path for done, path, _ in slips(rule) if done == "drop"]))
    at(mutant, path[:-1])[path[-1]] = data.draw(TOML)
    head = data.draw(st.sampled_from(["pack", "fixtures", "words", "rules", "parameters", "else"]))
    for made in ({**pack, "rules": [mutant]}, {**pack, head: data.draw(TOML)}):
        for problem in pack_faults(made, "", "mine.toml"):
            assert problem.message


@given(
    st.dictionaries(
        KEYS | st.sampled_from(["pack", "rules", "words", "parameters"]), TOML, max_size=4
    )
)
def test_no_table_breaks_the_checks(made):
    """What has nothing to do with a pack is refused as well."""
    assert list(pack_faults(made, "", "mine.toml")) or set(made) <= {"parameters", "words"}


@pytest.mark.parametrize("text", ["a = " + "[" * 2000 + "]" * 2000, "a = " + "1" * 5000, "a = 1e"])
def test_what_toml_cannot_read_is_a_sentence(text):
    """Lists a thousand deep and numbers without end have a line too."""
    with pytest.raises(SourceError) as refused:
        read_pack(text, "mine.toml")
    assert refused.value.problems[0].code in ("E080", "E081")
