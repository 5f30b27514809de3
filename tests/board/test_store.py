"""A network in a store on the board: planned on, watched, and the plan kept there as a scenario."""

from __future__ import annotations

import pytest

import medgraph as mg
from medgraph.board.desk import Desk
from medgraph.board.editions import Watch
from medgraph.board.page import page
from medgraph.errors import ChangeError, MedGraphError, TargetError
from medgraph.loaders import registry
from medgraph.loaders.store.address import address
from medgraph.words.say import speaking

pytestmark = pytest.mark.xdist_group("neo4j")
MOVE = mg.changes.Move("TZ-P34", "G2")


def test_a_store_works_as_a_file_does(store_url, tmp_path, monkeypatch):
    """Plan, see that somebody loaded anew, read it, carry over; the plan is a scenario in the end."""
    monkeypatch.setattr("medgraph.board.editions._EVERY", 0)
    mg.write(mg.samples.taizhou(), store_url)
    desk = Desk(tmp_path / "city", registry.load(store_url), address=store_url)
    plan = desk.begin("north", who="commission")
    plan = desk.change(plan.id, [MOVE], after=plan.last, who="commission")
    name = f"{address(store_url).network} north & south"
    assert desk.store(plan.id, name) == name
    kept = mg.read(address(store_url).scenario(name))
    assert "G2" in set(kept.edges("MEMBER_OF").query("source == 'TZ-P34'")["target"])
    assert not desk.is_outdated
    mg.write(mg.samples.taizhou().moved("TZ-P34", to_group="G2", on="2020-01-01"), store_url)
    assert desk.is_outdated
    new = desk.renewed(registry.load(store_url))
    assert not new.is_outdated
    with speaking("en"), pytest.raises(ChangeError, match="another edition"):
        new.undo(plan.id, after=plan.last, who="x")
    assert len(new.carry(plan.id, who="commission").refused) == 1
    with pytest.raises(TargetError):
        desk.store(plan.id, str(address(store_url).network))  # which is no scenario
    assert (tmp_path / "city.board").exists()
    desk.close()


def test_what_is_offered_fits_the_source(store_url, tmp_path):
    mg.write(mg.samples.taizhou(), store_url)
    desk = Desk(tmp_path / "city", registry.load(store_url), address=store_url)
    with speaking("en"):
        text, _ = page(desk, "en", "token")
    desk.close()
    assert '"has_store": true' in text
    assert '"kind": "plan"' not in text


@pytest.mark.parametrize("name", ["north", "a & b?c=d", "甲 方案", "x/y#z"])
def test_the_address_of_a_scenario_says_its_name(name):
    found = address(address("neo4j://host:7687/db?network=city%20a&prefix=XX").scenario(name))
    assert (found.network, found.base, found.prefix) == (name, "city a", "XX")
    assert (found.uri, found.database) == ("neo4j://host:7687", "db")


def test_a_file_has_no_store(tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    desk = Desk(tmp_path / "roster.mgz", registry.load(tmp_path / "roster.mgz"))
    plan = desk.begin("north", who="x")
    with pytest.raises(MedGraphError):
        desk.store(plan.id, "north")
    desk.close()


def test_a_store_that_does_not_answer_is_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    watch = Watch(tmp_path / "city", "bolt://127.0.0.1:1/neo4j?network=city")
    assert not watch.is_outdated
