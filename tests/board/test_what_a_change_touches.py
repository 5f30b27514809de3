"""What a change cannot touch is not worked out again, and nobody can tell: a full recomputation says the same."""

from __future__ import annotations

import datetime
import random

import pytest

import medgraph as mg
from medgraph.board.effects import effects
from medgraph.board.picture import picture
from medgraph.errors import MedGraphError
from medgraph.graphmodel.schema import ENDS
from medgraph.queries.comparison.asked import Asked
from medgraph.queries.comparison.questions import questions
from medgraph.words.say import speaking

PACKS = ("urban-2023", "county-2023")
FACTS = (
    ("status", ("open", "suspended", "closed", "planned")),
    ("level", ("1", "2A", "3A")),
    ("type", ("township_health_centre", "village_clinic", "general_hospital")),
    ("beds", ("0", "40")),
    ("specialties", ("psychiatry", "tcm|psychiatry")),
    ("population", ("100", "20000")),
    ("name", ("新名卫生院",)),
    ("area", ("331003003000",)),
)
LINK_VALUES = (
    ("REFERS_UP_TO", {"minutes": 20.0}),
    ("DISPATCHES", {"staff": 2}),
    ("DISPATCHES", {"title": "attending", "role": "clinical"}),
    ("SINKS_BEDS", {"beds": 3}),
    ("REFERS_DOWN_TO", {"specialty": "psychiatry"}),
)


def afresh(net):
    """The same network, of which nothing is worked out yet."""
    nodes, edges = net.tables
    return type(net)(nodes, edges, dict(net.meta))


class Planner:
    """Who changes a network at random, in every way that there is, and thinks again."""

    def __init__(self, net, seed):
        self.random = random.Random(seed)
        self.done = [net]

    @property
    def net(self):
        return self.done[-1]

    def change(self):
        """Make the next change that the network allows, or take the last one back; return its name."""
        if len(self.done) > 1 and self.random.random() < 0.15:
            self.done.pop()
            return "undo"
        while True:
            wanted = self._wanted()
            try:
                self.done.append(self.net.applying([wanted]))
            except MedGraphError:
                continue
            return type(wanted).__name__

    def _wanted(self):
        nodes, one_of = self.net.nodes(), self.random.choice
        by_kind = {kind: list(ids.index) for kind, ids in nodes.groupby("kind")}
        on = one_of([None, None, None, self.net.day() - datetime.timedelta(days=30)])
        facility, group = one_of(by_kind["Facility"]), one_of(by_kind["Group"])
        links = self.net.edges()
        kind = one_of(
            ["move"] * 5
            + ["join", "end", "stop", "link", "link", "fill", "fill", "declare", "succeed"]
        )
        if kind == "move":
            members = links.loc[links["relation"] == "MEMBER_OF", "source"].tolist()
            return mg.changes.Move(one_of(members), group, on)
        if kind == "join":
            return mg.changes.Join(facility, group, on)
        if kind == "end":
            link = links.iloc[self.random.randrange(len(links))]
            return mg.changes.End(link["source"], link["relation"], link["target"], on)
        if kind == "stop":
            return mg.changes.End(one_of([facility, facility, group]), on=on)
        if kind == "link":
            relation, values = one_of([*LINK_VALUES, *((relation, {}) for relation in ENDS)])
            sources, targets = (
                [id for one in kinds for id in by_kind.get(one, ())] for kinds in ENDS[relation]
            )
            known = one_of(sources or [facility]), one_of(targets or [facility])
            return mg.changes.Link(known[0], relation, known[1], on, values)
        if kind == "fill":
            column, values = one_of(FACTS)
            return mg.changes.Fill(
                one_of([facility, facility, one_of(list(nodes.index))]), column, one_of(values)
            )
        if kind == "declare":
            relation = one_of(["MEMBER_OF", "SERVES", "LEADS", "DISPATCHES", "REFERS_UP_TO"])
            part = one_of(
                ["facilities", "areas", "links", f"links.{relation}", f"links.{relation}.{group}"]
            )
            return mg.changes.Declare(part, "卫健委", on, one_of(["complete", "partial"]))
        return mg.changes.Succeed(
            facility, one_of(by_kind["Facility"]), on, carry=self.random.random() < 0.5
        )


def plain(asked):
    """Every answer as plain values."""
    return {
        (name, *options.values()): asked.ask(name, **options).to_dict()
        for name, options in questions()
    }


def assert_nobody_can_tell(net, seed, changes, *, all_of_it):
    planner = Planner(net, seed)
    base = Asked(net, net.day())
    effects(base, base, PACKS)
    made = []
    for _ in range(changes):
        made.append(planner.change())
        now, anew = Asked(planner.net, base.day), Asked(afresh(planner.net), base.day)
        assert plain(now) == plain(anew), (seed, made)
        if all_of_it:
            assert picture(now) == picture(anew), (seed, made)
            fresh_base = Asked(afresh(net), base.day)
            assert effects(base, now, PACKS) == effects(fresh_base, anew, PACKS), (seed, made)
    return made


NETWORKS = {
    "taizhou": mg.samples.taizhou,
    "county": lambda: mg.samples.synthetic(
        seed=3, defects=["gap", "expired_posting", "multiple", "loop"]
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_kept_is_what_would_be_worked_out_again(name):
    with speaking("en"):
        made = assert_nobody_can_tell(NETWORKS[name](), 1, 12, all_of_it=False)
        assert len(set(made)) > 3
        assert_nobody_can_tell(NETWORKS[name](), 2, 4, all_of_it=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_changes_tell_the_same(name, seed):
    """Fifty changes in a row, of two networks, from ten beginnings."""
    with speaking("en"):
        assert_nobody_can_tell(NETWORKS[name](), 100 + seed, 50, all_of_it=seed == 0)


def test_what_a_change_does_not_touch_is_taken_over():
    """A bed count decides one answer; none of the others is worked out again."""
    net = mg.samples.taizhou()
    base = Asked(net, net.day())
    before = {name: base.ask(name, **options) for name, options in questions() if not options}
    after = Asked(net.filled("TZ-P34", "beds", "40"), net.day())
    again = [name for name, answer in before.items() if after.ask(name).frame is not answer.frame]
    assert again == ["dispatch.quota"]
