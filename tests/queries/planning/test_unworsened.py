"""No verdict gets worse: small counties under rules of many forms, and all their plans one by one.

A plan is applied here as moves of facilities, and audited; nothing of the search is asked.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from medgraph.graphmodel.changes import Move
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import planning
from medgraph.queries.planning import unworsened
from medgraph.queries.policy import audit
from medgraph.words.say import speaking

RANK = {"FAIL": 0, "NO_DATA": 1, "PASS": 2}
TOWNS, COLUMNS, SEATS = 8, 4, (0, 3, 6)
WHOLE = ("MEMBER_OF", "LEADS", "SERVES", "USES_CENTRE", "RECOGNISES_RESULTS", "REFERS_UP_TO")
RULES = {
    "each": 'predicate = "value"\nof = "members"\ntest = { night = ["yes"] }',
    "some": ('predicate = "exists"\nof = "members"\nwhere = { night = ["yes"] }\nat_least = 2'),
    "share": 'predicate = "value"\nof = "members"\ntest = { night = ["yes"] }\nshare = "1/2"',
    "few": 'predicate = "exists"\nof = "members"\nwhere = { night = ["yes"] }\nat_most = 2',
    "centre": (
        'predicate = "linked"\nof = "members"\npath = [">USES_CENTRE"]\n'
        'ends = ["<LEADS|MEMBER_OF", ">HOSTS_CENTRE"]'
    ),
    "pairs": 'predicate = "pairs"\nof = "units"\nrelation = "RECOGNISES_RESULTS"',
    "covers": (
        'predicate = "covers"\npath = ["<MEMBER_OF", ">HOSTS_CENTRE"]\n'
        'attribute = "type"\nvalues = ["laboratory"]'
    ),
    "inside": 'predicate = "inside"\nrelations = ["REFERS_UP_TO"]\nwhere = { type = ["GROUP"] }',
    "up": 'predicate = "linked"\npath = [">REFERS_UP_TO"]\nends = "group_lead"',
    "one": 'predicate = "linked"\npath = [">MEMBER_OF", "<LEADS"]\nto = { night = ["yes"] }',
}
OF_FACILITIES = ("up", "one")
GROUP = "county_medical_community"


def area(number: int) -> str:
    return f"33109910{number}000"


@dataclass(frozen=True)
class Case:
    """A county, who is where, and the pack that asks."""

    net: MedicalNetwork
    today: np.ndarray
    people: np.ndarray
    pack: str


def neighbours() -> list[tuple[int, int]]:
    pairs = itertools.combinations(range(TOWNS), 2)
    return [(a, b) for a, b in pairs if b == a + COLUMNS or (b == a + 1 and b % COLUMNS)]


def grown(draw: random.Random) -> np.ndarray:
    """Groups that grew from their seats."""
    today = np.full(TOWNS, -1)
    today[[*SEATS]] = range(3)
    while (today < 0).any():
        one, other = draw.choice([*neighbours(), *(pair[::-1] for pair in neighbours())])
        if today[one] >= 0 > today[other]:
            today[other] = today[one]
    return today


def case(seed: int, folder, forms=()) -> Case:
    """A county of eight towns with a centre each; what holds of whom is drawn."""
    draw = random.Random(seed)
    today = grown(draw)
    people = np.array([draw.randint(5, 30) for _ in range(TOWNS)])
    asked = forms or draw.sample([*RULES], draw.choice([1, 1, 2]))
    nodes = [
        *(
            {"id": area(n), "kind": "Area", "level": "township", "population": int(people[n])}
            for n in range(TOWNS)
        ),
        *({"id": f"G{n}", "kind": "Group", "type": GROUP} for n in range(3)),
        *({"id": f"C{n}", "kind": "SharedCentre", "type": "laboratory"} for n in range(4)),
        *({"id": f"H{n}", "kind": "Facility", "type": "general_hospital"} for n in range(3)),
        *(
            {"id": f"T{n}", "kind": "Facility", "type": "township_health_centre"}
            for n in range(TOWNS)
        ),
    ]
    most = draw.choice([0.7, 0.9, 0.9])  # so many are open at night
    for node in nodes:
        node["name"] = node["id"]
        if node["kind"] == "Facility" and draw.random() < 0.95:
            node["night"] = "yes" if draw.random() < most else "no"
    loose = draw.random() < 0.7  # whether many facilities deal with more than their own group
    links = [
        *((f"H{n}", "LEADS", f"G{n}") for n in range(3)),
        *((f"H{n}", "SERVES", area(seat)) for n, seat in enumerate(SEATS)),
        *((f"H{n}", "HOSTS_CENTRE", f"C{n}") for n in range(3)),
        (f"T{draw.randrange(TOWNS)}", "HOSTS_CENTRE", "C3"),
        *((f"T{n}", "SERVES", area(n)) for n in range(TOWNS)),
        *((f"T{n}", "MEMBER_OF", f"G{today[n]}") for n in range(TOWNS)),
        *((area(a), "ADJACENT_TO", area(b)) for a, b in neighbours()),
    ]
    for town, group in itertools.product(range(TOWNS), range(3)):
        is_own = today[town] == group
        if draw.random() < (0.97 if is_own else 0.85 * loose):
            links.append((f"T{town}", "USES_CENTRE", f"C{group}"))
        if draw.random() < (0.97 if is_own else 0.85 * loose):
            links.append((f"T{town}", "REFERS_UP_TO", f"H{group}"))
    units = [*(f"H{n}" for n in range(3)), *(f"T{n}" for n in range(TOWNS))]
    for one, other in itertools.combinations(units, 2):
        if draw.random() < (0.99 if loose else 0.93):
            links.append((one, "RECOGNISES_RESULTS", other))
    declared = {f"links.{name}.complete": "complete" for name in WHOLE}
    net = MedicalNetwork.from_frames(
        pd.DataFrame(nodes),
        pd.DataFrame(links, columns=["source", "relation", "target"]),
        {"data_day": "2025-01-01", **declared},
    )
    return Case(net, today, people, pack_of(asked, folder / f"pack-{seed}.toml"))


def pack_of(forms, path) -> str:
    """A pack of rules of some forms."""
    text = '[pack]\nid = "made-up"\ntitle = ["试", "t"]\ndocument = "试"\nsource = "试"\n'
    text += '[words]\nnight = ["夜间门诊", "clinic at night"]\n'
    for form in forms:
        subjects = '{ kind = "Group" }'
        if form in OF_FACILITIES:
            subjects = '{ kind = "Facility", type = ["township_health_centre"] }'
        elif form == "inside":
            subjects = '"all"'
        text += (
            f'[[rules]]\nid = "{form}"\nkind = "requirement"\ntext = ["试", "t"]\nclause = "1"\n'
        )
        text += f'grade = "user"\nsubjects = {subjects}\n{RULES[form]}\n'.replace("GROUP", GROUP)
    path.write_text(text, "utf-8")
    return str(path)


# -- all plans one by one ----------------------------------------------------------------------


def plans_of(one: Case, tolerance: float) -> list[np.ndarray]:
    """All plans that keep every limit, the best first."""
    found = []
    for plan in map(np.array, itertools.product(range(3), repeat=TOWNS)):
        seats = all(plan[seat] == group for group, seat in enumerate(SEATS))
        if seats and spread(one, plan) <= tolerance + 1e-9 and in_one_part(plan):
            found.append(plan)
    return sorted(found, key=lambda plan: order(one, plan))


def order(one: Case, plan: np.ndarray) -> tuple[int, float]:
    return int((plan != one.today).sum()), round(spread(one, plan), 6)


def spread(one: Case, plan: np.ndarray) -> float:
    sums = np.bincount(plan, weights=one.people, minlength=3)
    return float(np.abs(sums / sums.mean() - 1).max())


def in_one_part(plan: np.ndarray) -> bool:
    for group, seat in enumerate(SEATS):
        reached = {seat}
        for _ in range(TOWNS):
            pairs = [*neighbours(), *(pair[::-1] for pair in neighbours())]
            reached |= {b for a, b in pairs if a in reached and plan[b] == group}
        if reached != set(np.flatnonzero(plan == group).tolist()):
            return False
    return True


class Verdicts:
    """What the pack says of plans."""

    def __init__(self, one: Case) -> None:
        self.case = one
        self.before = self.of(one.today)

    def of(self, plan: np.ndarray) -> dict[tuple[str, str], str]:
        moves = [
            Move(f"T{town}", f"G{plan[town]}")
            for town in np.flatnonzero(plan != self.case.today).tolist()
        ]
        found = audit(self.case.net.applying(moves), [self.case.pack]).findings
        keys = zip(found["rule"], found["subject"], strict=True)
        return dict(zip(keys, found["verdict"], strict=True))

    def is_worse(self, plan: np.ndarray) -> bool:
        after = self.of(plan)
        return any(RANK[after[key]] < RANK[verdict] for key, verdict in self.before.items())


def first_kept(one: Case, plans, verdicts: Verdicts, others) -> np.ndarray | None:
    """The first plan that makes no verdict worse and differs by two towns from all others."""
    for plan in plans:
        if all((plan != other).sum() >= 2 for other in others) and not verdicts.is_worse(plan):
            return plan
    return None


def plan_of(one: Case, frame: pd.DataFrame) -> np.ndarray:
    plan = one.today.copy()
    for row in frame.itertuples():
        plan[int(row.area[8])] = int(row.to[1:])
    return plan


def check(seed: int, folder, forms=()) -> str:
    """What is said of a county is what all its plans say; return what was said."""
    one = case(seed, folder, forms)
    tolerance = random.Random(-seed).choice([0.15, 0.25, 0.4])
    plans = plans_of(one, tolerance)
    wanted = {"value": "population", "tolerance": tolerance, "pack": [one.pack]}
    found = planning.regroup(one.net, **wanted)
    if not plans:
        assert found.proven
        assert not found.is_found
        return "impossible"
    verdicts = Verdicts(one)
    best = first_kept(one, plans, verdicts, [])
    shown = plan_of(one, found.frame)
    if not found.verdicts["kept"]:
        assert not found.proven
        assert order(one, shown) == order(one, plans[0])
        assert found.verdicts["worse"]
        assert (best is None) or not found.verdicts["proven"]
        return "all worse" if found.verdicts["proven"] else "open"
    assert found.proven
    assert not found.verdicts["worse"]
    assert order(one, shown) == order(one, best)
    assert not verdicts.is_worse(shown)
    assert found.bound["moves"] == found.plan["moves"]
    others = [shown]
    for further in found.next:
        plan = plan_of(one, further.frame)
        kept = first_kept(one, plans, verdicts, others)
        assert (plan == np.array(plans)).all(1).any()
        assert bool(further.worse) == verdicts.is_worse(plan)
        if not further.worse:
            assert further.proven
            assert order(one, plan) == order(one, kept)
        else:
            assert not further.proven
        others.append(plan)
    if found.plan["moves"] and len(found.next) < 3:
        assert first_kept(one, plans, verdicts, others) is None
    return f"refused {found.verdicts['refused']}"


# Every plan makes a verdict worse; plans are refused; no further plan is left.
FEW = (100, 104, 163)


@pytest.mark.parametrize("seed", FEW)
def test_no_plan_makes_a_verdict_worse(seed, tmp_path):
    check(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_no_plan_of_many_makes_a_verdict_worse(seed, tmp_path):
    check(seed, tmp_path)


def asked(seed, folder, **wanted):
    one = case(seed, folder)
    tolerance = random.Random(-seed).choice([0.15, 0.25, 0.4])
    given = {"value": "population", "tolerance": tolerance, "pack": [one.pack]}
    with speaking("en"):
        return planning.regroup(one.net, **{**given, **wanted})


def test_what_was_refused_is_said(tmp_path):
    """One move would do but for two rules; the certificate says of which plans it is one."""
    found = asked(163, tmp_path, further=0, front=[0.3])
    assert found.plan["moves"] == 2
    assert "for all limits to hold and no verdict to get worse" in found.notes[0]
    assert "2 plans, as good or better otherwise, were refused" in found.notes[1]
    assert "made-up/few, made-up/some" in found.notes[1]
    assert not (found.effects["status"] == "worse").any()
    assert found.to_dict()["verdicts"] == {
        "kept": True,
        "proven": True,
        "refused": 2,
        "rules": ["made-up/few", "made-up/some"],
        "worse": [],
    }
    [step] = found.front.to_dict("records")
    assert (step["moves"], step["worse"], step["proven"]) == (1, 2, False)
    with speaking("en"):
        assert "2 verdicts get worse" in found.in_words[-1]


def test_where_every_plan_makes_a_verdict_worse_the_best_is_shown(tmp_path):
    """It is proven that there is no other; what gets worse has its name."""
    found = asked(100, tmp_path, further=1)
    assert not found.proven
    assert found.plan["moves"] == found.bound["moves"] == 4
    assert any(
        "every plan that keeps all limits makes some verdict worse" in n for n in found.notes
    )
    worse = found.effects.loc[found.effects["status"] == "worse", "subject"].tolist()
    assert worse == [one["subject"] for one in found.verdicts["worse"]] == ["made-up/pairs/G0"]
    [further] = found.next
    assert not further.proven
    with speaking("en"):
        assert any("worse: made-up/pairs/G0 PASS → FAIL" in line for line in found.in_words)


def test_a_search_that_refuses_enough_says_that_it_is_open(tmp_path, monkeypatch):
    """Whether there is a plan that makes no verdict worse was not found out: nobody says so."""
    monkeypatch.setattr(unworsened, "_REFUSED", 0)
    found = asked(163, tmp_path, further=0)
    assert found.plan["moves"] == 1
    assert not found.proven
    assert (found.verdicts["kept"], found.verdicts["proven"]) == (False, False)
    assert any(note.startswith("Not proven: whether any plan") for note in found.notes)


def test_who_stops_the_judging_gets_the_plan_judged(tmp_path, monkeypatch):
    """The plan that is there by then is shown, with what it makes worse."""
    calls = []

    def stopped(*given, **further):
        calls.append(given)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return audit(*given, **further)

    monkeypatch.setattr(unworsened, "audit", stopped)
    found = asked(163, tmp_path, further=3)
    assert found.is_stopped
    assert found.plan["moves"] == 1
    assert found.verdicts["worse"]
    assert found.next == ()


def test_an_assignment_of_ones_own_is_judged_by_verdicts_too(tmp_path):
    """It keeps all limits, moves fewer than the best, and makes two verdicts worse."""
    own = pd.DataFrame({"area": [area(1)], "group": ["G1"]})
    found = asked(163, tmp_path, assignment=own)
    assert found.broken == ()
    assert not found.proven
    assert found.optimum["moves"] == 2
    told = "This assignment makes 2 verdicts worse: made-up/few/G1 PASS → FAIL"
    assert any(note.startswith(told) for note in found.notes)
    assert len(found.verdicts["worse"]) == 2
