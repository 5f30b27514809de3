"""The recipes of docs/cypher.md: what they answer in the server is what medgraph answers by itself."""

from __future__ import annotations

import datetime
import random
import re
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import as_table
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import registry, samples
from medgraph.loaders.store import neo4j_store
from medgraph.queries import coverage, dispatch, referrals, resilience, sharing
from medgraph.queries.comparison.differences import compare

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cypher.md"
EARLIER, DAY, LATER = (
    datetime.date(2023, 12, 31),
    datetime.date(2024, 1, 1),
    datetime.date(2024, 3, 1),
)


def recipes() -> dict[str, str]:
    """The recipes of the page by their headings."""
    parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {
        part.splitlines()[0].partition(". ")[2]: re.findall(r"```cypher\n(.*?)```", part, re.DOTALL)
        for part in parts
    }
    return {name: texts[0] for name, texts in found.items() if name and len(texts) == 1}


RECIPES = recipes()


class Stored:
    """A network in the server, and the recipes on it."""

    def __init__(self, session, name: str, net: MedicalNetwork) -> None:
        self.session, self.name, self.net, self.day = session, name, net, net.day()

    def ask(self, recipe: str, **more) -> list[dict]:
        found = self.session.run(RECIPES[recipe], network=self.name, day=self.day, **more)
        return [
            {k: v.to_native() if hasattr(v, "to_native") else v for k, v in row.items()}
            for row in found.data()
        ]


def texts(value) -> frozenset[str]:
    return (
        frozenset()
        if value is None or value is pd.NA or value != value
        else frozenset(str(value).split("|")) - {""}
    )


def rows_of(*frames: pd.DataFrame) -> list[dict]:
    return [
        row
        for frame in frames
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def areas_served(stored: Stored):
    answer = coverage.served(stored.net)
    ours = {
        (r["area"], r["status"], texts(r.get("group")), texts(r.get("facilities")))
        for r in rows_of(answer.frame, answer.unknown, answer.excluded)
    }
    theirs = {
        (r["area"], r["status"], frozenset(r["group"]), frozenset(r["facilities"]))
        for r in stored.ask("Areas served")
    }
    return ours, theirs


def gaps(stored: Stored):
    return (
        coverage.gaps(stored.net).frame["area"].tolist(),
        [r["area"] for r in stored.ask("Gaps")],
    )


def ungrouped(stored: Stored):
    ours = coverage.ungrouped(stored.net).frame
    return sorted(ours["facility"]), [r["facility"] for r in stored.ask("Ungrouped")]


def path_up(stored: Stored):
    """Per facility: minutes where they are stated, else steps; None where no legal way leads to the lead."""
    answer = referrals.paths(stored.net)
    ours, theirs = {}, {}
    for row in rows_of(answer.frame):
        found = row["status"] in ("reached", "no_return")
        ours[row["facility"]] = (row["status"], row["minutes"] or row["steps"]) if found else None
    for facility in ours:
        rows = stored.ask("Path up", facility=facility)
        theirs[facility] = (
            (rows[0]["status"], rows[0]["minutes"] or rows[0]["steps"]) if rows else None
        )
    return ours, theirs


def broken_links(stored: Stored):
    ours = rows_of(referrals.broken(stored.net).frame.dropna(subset="target"))
    columns = ("source", "relation", "target", "status")
    return tuple(
        Counter(tuple(row[c] for c in columns) for row in rows)
        for rows in (ours, stored.ask("Broken links"))
    )


def centres(stored: Stored):
    answer = sharing.centres(stored.net)
    ours = {
        (
            r["group"],
            r["kind"],
            texts(r["centre"]),
            texts(r["host"]),
            r["using"],
            r["members"],
            r["status"],
        )
        for r in rows_of(answer.frame, answer.unknown)
    }
    theirs = {
        (
            r["group"],
            r["kind"],
            frozenset(r["centre"]),
            frozenset(r["host"]),
            r["using"],
            r["members"],
            r["status"],
        )
        for r in stored.ask("Centres")
    }
    return ours, theirs


def unsupported(stored: Stored):
    ours = {
        (r["facility"], texts(r["group"])) for r in rows_of(sharing.unsupported(stored.net).frame)
    }
    return ours, {(r["facility"], frozenset(r["group"])) for r in stored.ask("Unsupported")}


def ending_postings(stored: Stored):
    """Per posting: its ends, its last day, and who sends somebody the day after (medgraph names the record)."""
    sender = dict(stored.net.edges("DISPATCHES")[["id", "source"]].itertuples(index=False))
    ours = Counter(
        (
            r["source"],
            r["target"],
            r["person"],
            r["end"],
            r["days_left"],
            tuple(sorted(sender[record] for record in _records(r["followed_by"], sender))),
        )
        for r in rows_of(dispatch.ending(stored.net).frame)
    )
    theirs = Counter(
        (
            r["source"],
            r["target"],
            r["person"],
            r["end"],
            r["days_left"],
            tuple(sorted(r["followed_by"])),
        )
        for r in stored.ask("Ending postings", within_days=90)
    )
    return ours, theirs


def _records(text: str | None, known: dict[str, str]) -> list[str]:
    """The ids in a text with `|` between them; an id that is made of the ends of its link holds such signs too."""
    found, rest = [], text or ""
    while rest:
        record = max((id for id in known if rest == id or rest.startswith(f"{id}|")), key=len)
        found.append(record)
        rest = rest[len(record) + 1 :]
    return found


def dependents(stored: Stored):
    index = stored.net.index
    facilities = [
        id
        for id, kind, kept in zip(
            index.ids.to_pylist(),
            index.values("kind").to_pylist(),
            index.operating(stored.day),
            strict=True,
        )
        if kind == "Facility" and kept
    ]
    facilities = random.Random(7).sample(facilities, min(len(facilities), 12))
    ours = {
        f: {
            (r["facility"], r["loses"]) for r in rows_of(resilience.dependents(stored.net, f).frame)
        }
        for f in facilities
    }
    return ours, {
        f: {(r["facility"], r["loses"]) for r in stored.ask("Dependents", facility=f)}
        for f in facilities
    }


def what_changed(stored: Stored):
    days = {
        "from_day": EARLIER if stored.day == DAY else stored.day - datetime.timedelta(days=400),
        "to_day": LATER if stored.day == DAY else stored.day,
    }
    frame = compare(stored.net, **days).frame
    nodes = [
        "facility",
        "area",
        "group",
        "centre",
        "team",
        "committee",
        "department",
        "platform",
        "authority",
        "link",
    ]
    frame = frame[frame["what"].isin(nodes) & frame["change"].isin(["added", "removed"])]
    ours = Counter(
        (r["change"], r["source"], r["relation"] or None, r["target"] or None)
        for r in rows_of(frame)
    )
    theirs: Counter = Counter()
    for r in stored.ask("What changed", **days):
        theirs[r["change"], r["source"], r["relation"], r["target"]] += r["times"]
    return ours, theirs


QUESTIONS = {
    "Areas served": areas_served,
    "Gaps": gaps,
    "Ungrouped": ungrouped,
    "Path up": path_up,
    "Broken links": broken_links,
    "Centres": centres,
    "Unsupported": unsupported,
    "Ending postings": ending_postings,
    "Dependents": dependents,
    "What changed": what_changed,
}


# -- networks ------------------------------------------------------------------------------------------

CODES = (
    "331001000000",
    "331001001000",
    "331001002000",
    "331001400000",
    "331002001000",
    "331001001001",
    "331001001002",
    "331002400001",
)
TYPES = (
    None,
    "township_health_centre",
    "village_clinic",
    "community_health_station",
    "general_hospital",
    "tcm_hospital",
    "national_regional_medical_centre",
    "community_health_centre",
)
DECLARED = (
    "links",
    "links.MEMBER_OF",
    "links.SERVES",
    "links.REFERS_UP_TO",
    "links.REFERS_DOWN_TO",
    "links.HOSTS_CENTRE",
    "links.DISPATCHES",
    "links.LEADS",
    "links.USES_CENTRE.G0",
    "links.MEMBER_OF.G0",
    "links.TELEMEDICINE",
)
RELATIONS = (
    ("MEMBER_OF",) * 6
    + ("LEADS",) * 3
    + ("SERVES",) * 5
    + ("REFERS_UP_TO",) * 8
    + ("REFERS_DOWN_TO",) * 6
    + ("HOSTS_CENTRE", "USES_CENTRE", "DISPATCHES") * 3
    + ("TELEMEDICINE", "SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO", "RUN_BY")
)


def a_network(seed: int) -> MedicalNetwork:
    """A small network with everything that the ten questions look at, in any state."""
    rng = random.Random(seed)
    nodes = [_facility(rng, i) for i in range(rng.randint(3, 9))]
    nodes += [
        _dated(
            rng,
            {
                "id": f"G{i}",
                "kind": "Group",
                "specialty": rng.choice([None, "tcm"]),
                "is_class": rng.choice([None] * 5 + [True]),
                "type": rng.choice(
                    ["urban_medical_group", "county_medical_community", "specialty_alliance"]
                ),
            },
        )
        for i in range(rng.randint(1, 4))
    ]
    nodes += [
        _dated(
            rng,
            {"id": f"C{i}", "kind": "SharedCentre", "type": rng.choice([None, "imaging", "ecg"])},
        )
        for i in range(rng.randint(0, 3))
    ]
    nodes += [
        _dated(
            rng,
            {
                "id": code,
                "kind": "Area",
                "level": rng.choice([None, None, "township", "county"]),
                "type": rng.choice([None, None, "town", "quasi_unit", "village"]),
            },
        )
        for code in rng.sample(CODES, rng.randint(2, 7))
    ]
    nodes = [{"name": f"名{n['id']}", **n} for n in nodes]
    whole = rng.choice([["links"], rng.sample(DECLARED, rng.randint(0, len(DECLARED)))])
    meta = {f"{key}.complete": "complete" if rng.random() < 0.8 else "partial" for key in whole}
    return MedicalNetwork.from_frames(
        as_table(nodes),
        as_table(_links(rng, nodes), ("source", "relation", "target")),
        {"data_day": DAY.isoformat(), **meta},
    )


def _dated(rng: random.Random, row: dict) -> dict:
    first, last = sorted(rng.sample([EARLIER, DAY, LATER, datetime.date(2024, 2, 1)], 2))
    return row | {
        "valid_from": rng.choice([None] * 6 + [first]),
        "valid_to": rng.choice([None] * 6 + [last]),
    }


def _facility(rng: random.Random, number: int) -> dict:
    return _dated(
        rng,
        {
            "id": f"F{number}",
            "kind": "Facility",
            "type": rng.choice(TYPES),
            "level": rng.choice([None, "3A", "2A"]),
            "status": rng.choice([None] * 5 + ["open", "planned", "suspended", "closed"]),
            "is_class": rng.choice([None] * 6 + [True, False]),
            "ws218": rng.choice([None, "B200", "A100"]),
            "specialties": rng.choice([None, "tcm", "psychiatry|tcm"]),
            "area": rng.choice([None, *CODES]),
        },
    )


def _links(rng: random.Random, nodes: list[dict]) -> list[dict]:
    of_kind: dict[str, list[str]] = {}
    for node in nodes:
        of_kind.setdefault(node["kind"], []).append(node["id"])
    links, tied, led = [], set(), set()
    for relation in rng.choices(RELATIONS, k=rng.randint(5, 45)):
        starts, ends = (
            [
                id
                for kind in kinds
                for id in of_kind.get(kind, ())
                if kind not in ("Team", "Committee")
            ]
            for kinds in schema.ENDS[relation]
        )
        if not starts or not ends:
            continue
        source, target = rng.choice(starts), rng.choice(ends)
        membership = relation in ("LEADS", "MEMBER_OF")
        if (
            source == target
            or (membership and (source, target) in tied)
            or (relation == "LEADS" and target in led)
        ):
            continue
        tied |= {(source, target)} if membership else set()
        led |= {target} if relation == "LEADS" else set()
        links.append(
            _dated(
                rng,
                {"source": source, "relation": relation, "target": target} | _told(rng, relation),
            )
        )
    return links


def _told(rng: random.Random, relation: str) -> dict:
    if relation.startswith("REFERS"):
        return {
            "minutes": rng.choice([None, None, 10.0, 20.0, 30.0]),
            "specialty": rng.choice([None] * 4 + ["tcm", "psychiatry"]),
        }
    if relation == "DISPATCHES":
        return {"person": rng.choice([None, "P1", "P2"]), "staff": rng.choice([None, 2])}
    return {}


# -- both answers ----------------------------------------------------------------------------------------

SAMPLES = {
    "taizhou": samples.taizhou,
    "county": lambda: samples.synthetic(scale="county"),
    "county with defects": lambda: samples.synthetic(
        seed=3,
        scale="county",
        defects=(
            "gap",
            "ungrouped",
            "dead_end",
            "level_skip",
            "loop",
            "up_without_down",
            "down_without_up",
            "out_of_group",
            "asymmetric",
            "closed_target",
            "expired_posting",
            "no_posting",
            "no_centre",
            "no_telemedicine",
        ),
    ),
}


@pytest.fixture(scope="module")
def session(neo4j_server):
    """A session of the bare driver: a recipe is run as somebody in Neo4j Browser would."""
    import neo4j

    login = (neo4j_server.username, neo4j_server.password)
    with (
        neo4j.GraphDatabase.driver(
            neo4j_server.uri, auth=login, notifications_min_severity="OFF"
        ) as driver,
        driver.session(database="neo4j") as opened,
    ):
        yield opened


@pytest.fixture
def stored(session, store_url):
    """Puts a network into the store, by the door that everybody takes."""

    def put(net: MedicalNetwork) -> Stored:
        registry.write(net, store_url)
        return Stored(session, neo4j_store.address(store_url).network, net)

    return put


def test_every_question_has_its_recipe():
    """The page has the ten questions, in this order, and no other."""
    assert list(RECIPES) == list(QUESTIONS)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.xdist_group("neo4j")
def test_recipes_answer_as_medgraph_does(sample, stored):
    """On Taizhou and on synthetic counties every recipe returns what medgraph answers."""
    there = stored(SAMPLES[sample]())
    for question, both in QUESTIONS.items():
        ours, theirs = both(there)
        assert theirs == ours, question


def test_the_random_networks_leave_no_question_without_a_row():
    """Of the networks that the recipes are held to, some have a finding for every question that finds faults."""
    asked = {
        "gaps": coverage.gaps,
        "ungrouped": coverage.ungrouped,
        "broken": referrals.broken,
        "unsupported": sharing.unsupported,
        "ending": dispatch.ending,
    }
    nets = [a_network(seed) for seed in range(24)]
    assert {name for name, ask in asked.items() if any(len(ask(net).frame) for net in nets)} == set(
        asked
    )


@pytest.mark.parametrize("block", range(2))
@pytest.mark.xdist_group("neo4j")
def test_recipes_answer_as_medgraph_does_on_random_networks(
    block, session, neo4j_server, monkeypatch
):
    """The same on random networks in any state: planned, closed, dated, undeclared, in loops."""
    _hold_on_random(range(block * 12, block * 12 + 12), session, neo4j_server, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
@pytest.mark.xdist_group("neo4j")
def test_recipes_answer_as_medgraph_does_on_many_random_networks(
    block, session, neo4j_server, monkeypatch
):
    """The same on a thousand."""
    _hold_on_random(range(1000 + block * 50, 1050 + block * 50), session, neo4j_server, monkeypatch)


def _hold_on_random(seeds, session, server, monkeypatch) -> None:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    for seed in seeds:
        name, net = f"random-{seed}-{time.time_ns()}", a_network(seed)
        registry.write(net, f"{server.uri}/neo4j?network={name}")
        for question, both in QUESTIONS.items():
            ours, theirs = both(Stored(session, name, net))
            assert theirs == ours, f"{question} on seed {seed}"
