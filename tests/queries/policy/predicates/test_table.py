"""The table of forms is whole: every form of the shipped packs, and every file that holds one."""

from __future__ import annotations

from medgraph.queries.policy import load, shipped
from medgraph.queries.policy.predicates.table import PREDICATES, parameters_of


def test_a_form_lies_in_the_file_of_its_name():
    """Whoever looks for a form finds it by its name."""
    for name, predicate in PREDICATES.items():
        assert predicate.test.__name__ == name
        assert predicate.test.__module__.rsplit(".", 1)[1] == name


def test_every_form_is_used_with_parameters_that_it_reads():
    """No form is there that no shipped rule asks for."""
    parts = [part for name in shipped() for rule in load(name).rules for part in rule.parts]
    assert {part["predicate"] for part in parts} == set(PREDICATES)
    assert all(part.keys() <= parameters_of(part["predicate"]).keys() for part in parts)
