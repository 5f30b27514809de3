"""Order and duplication never matter; two statements that differ decide nothing."""

from __future__ import annotations

import functools
import random
from dataclasses import replace

import pandas as pd
import pytest

from medgraph.graphmodel import schema
from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.examples import Example, example, read_statements
from tests.queries.policy.sizes import one_in

PACKS = [load(name) for name in shipped()]
CASES = [
    pytest.param(pack, rule, name, id=f"{rule.id}-{name}")
    for pack in PACKS
    for rule in pack.rules
    for name in rule.examples
]
FIELDS = schema.field_types()
WRITTEN = ["subject", "verdict", "met", "total", "value", "worst", "best"]


def findings(given: Example, pack, rule) -> list:
    found = audit(
        given.network, pack, select=[rule.id], ledger=given.ledger, parameters=given.parameters
    )
    rows = found.findings[WRITTEN].sort_values("subject").astype(str).to_numpy().tolist()
    return [found.outcome(rule.id).verdict, rows]


@functools.cache
def as_written(rule: str, name: str) -> list:
    pack = next(pack for pack in PACKS if any(own.id == rule for own in pack.rules))
    return findings(example(pack, pack.rule(rule), name), pack, pack.rule(rule))


@pytest.mark.parametrize(("pack", "rule", "name"), one_in(4, CASES))
def test_the_order_of_rows_never_matters(pack, rule, name):
    """Nodes, links, declarations and ledger lines in any order."""
    given = example(pack, rule, name)
    shuffle = random.Random(7).sample
    shuffled = replace(
        given,
        nodes=dict(shuffle(list(given.nodes.items()), len(given.nodes))),
        links=shuffle(given.links, len(given.links)),
        meta=dict(shuffle(list(given.meta.items()), len(given.meta))),
        facts=shuffle(given.facts, len(given.facts)),
    )
    assert findings(shuffled, pack, rule) == as_written(rule.id, name)


@pytest.mark.parametrize(("pack", "rule", "name"), one_in(4, CASES, 1))
def test_a_row_twice_is_one_row(pack, rule, name):
    """Every link and every ledger line written twice."""
    given = example(pack, rule, name)
    twice = replace(given, links=given.links * 2, facts=given.facts + given.facts[::-1])
    assert findings(twice, pack, rule) == as_written(rule.id, name)


@pytest.mark.parametrize(("pack", "rule", "name"), one_in(4, CASES, 2))
def test_a_fact_says_the_same_in_the_ledger_and_in_its_table(pack, rule, name):
    """Cells moved to the ledger; ledger lines moved to the table of their subject."""
    given = example(pack, rule, name)
    before = as_written(rule.id, name)
    assert findings(_in_ledger(given), pack, rule) == before
    assert findings(_in_tables(given), pack, rule) == before


def _in_ledger(given: Example) -> Example:
    """The free attributes of nodes, and typed ones that no table needs to tell its rows apart."""
    moved, nodes = [], {}
    for id, row in given.nodes.items():
        stays = {c: v for c, v in row.items() if _stays(c)}
        moved += [_line(id, c, v) for c, v in row.items() if c not in stays]
        nodes[id] = stays
    return replace(given, nodes=nodes, facts=given.facts + moved)


def _stays(column: str) -> bool:
    return column in ("id", "kind", "name", "status", "valid_from", "valid_to", "is_class")


def _line(id: str, item: str, value) -> dict:
    words = {True: "是", False: "否"}
    text = words[value] if isinstance(value, bool) else str(value)
    return {"subject": id, "item": item, "period": None, "value": text, "origin": "moved"}


def _in_tables(given: Example) -> Example:
    nodes, facts = {id: dict(row) for id, row in given.nodes.items()}, []
    for fact in given.facts:
        item = f"{fact['item']}@{fact['period']}" if fact["period"] else fact["item"]
        row = nodes.get(fact["subject"])
        if row is None or item in FIELDS or item in row:
            facts.append(fact)
        else:
            row[item] = fact["value"]
    return replace(given, nodes=nodes, facts=facts)


# -- contradictions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pack", "rule", "name", "subject", "item", "other"),
    [
        ("urban-2023", "UG-11", "pass", "G1", "charter", "no"),
        ("urban-2023", "UG-11", "fail", "G1", "charter", "yes"),
        ("henan-2021", "HN-01", "pass", "C1", "visit_rate", "12%"),
        ("urban-2023", "UG-12", "pass", "G1", "formed_on", "2023-07-01"),
        ("shijiazhuang-2022", "SJ-01", "pass", "G1", "unified", "人"),
    ],
)
def test_two_lines_that_differ_decide_nothing(pack, rule, name, subject, item, other):
    """Neither line counts, whichever comes first."""
    pack = load(pack)
    rule = pack.rule(rule)
    given = example(pack, rule, name)
    line = next(fact for fact in given.facts if fact["item"] == item)
    for facts in (
        [*given.facts, {**line, "value": other}],
        [{**line, "value": other}, *given.facts],
    ):
        assert findings(replace(given, facts=facts), pack, rule)[0] == "NO_DATA"


@pytest.mark.parametrize("name", ["pass", "fail"])
def test_a_ledger_against_its_table_decides_nothing(name):
    """UG-05: the table says 100 slots, the ledger 90; one third of either would be met or not."""
    pack = load("urban-2023")
    given = example(pack, pack.rule("UG-05"), name)
    found = audit(
        given.network,
        pack,
        select=["UG-05"],
        ledger=pd.DataFrame([_line("H1", "outpatient_slots", 90)]),
    )
    assert found.outcome("UG-05").verdict == "NO_DATA"
    (said,) = found.audited.contradictions
    assert (said.subject, said.item, set(said.values)) == ("H1", "outpatient_slots", {"90", "100"})


def test_the_same_number_in_two_ways_is_no_contradiction():
    """100 in the table and 100.0 in the ledger are one number."""
    pack = load("urban-2023")
    given = example(pack, pack.rule("UG-05"), "pass")
    found = audit(
        given.network,
        pack,
        select=["UG-05"],
        ledger=pd.DataFrame([_line("H1", "outpatient_slots", "100.0")]),
    )
    assert found.outcome("UG-05").verdict == "PASS"
    assert list(found.audited.contradictions) == []


@pytest.mark.parametrize(
    ("lines", "item", "values"),
    [
        # the year is stated in two ways; what is stated without a year does not settle it
        ([(5, None), (1, 2023), (3, 2023)], "expert_visits@2023", {"1", "3"}),
        # the year against what is stated without one
        ([(5, None), (1, 2023)], "expert_visits@2023", {"1", "5"}),
        # what is stated without a year is stated in two ways
        ([(5, None), (1, None), (5, 2023)], "expert_visits", {"1", "5"}),
        # two values of another year: what is stated without one may be of that year
        ([(5, None), (1, 2022), (5, 2022)], "expert_visits@2022", {"1", "5"}),
    ],
)
def test_a_year_stated_in_two_ways_decides_nothing_and_is_named(lines, item, values):
    """XJ-06: at least two visits in 2023."""
    pack = load("xinjiang-2022")
    given = read_statements("@zone; 654025000000.zone = yes", pack.fixtures)
    facts = [
        {**_line("654025000000", "expert_visits", value), "period": year} for value, year in lines
    ]
    found = audit(
        given.network, pack, select=["XJ-06"], ledger=pd.DataFrame([*given.facts, *facts])
    )
    assert found.outcome("XJ-06").verdict == "NO_DATA"
    (said,) = found.audited.contradictions
    assert (said.item, set(said.values)) == (item, values)


def test_what_is_stated_in_two_ways_is_not_silent():
    """UG-11: `yes` and `no` for a charter are no silence of a column declared complete."""
    pack = load("urban-2023")
    given = read_statements(
        "@group; G1.charter = yes; G1.charter = no; meta groups.charter.complete=complete",
        pack.fixtures,
    )
    assert findings(given, pack, pack.rule("UG-11"))[0] == "NO_DATA"
