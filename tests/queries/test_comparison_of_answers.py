"""After any single change a comparison lists exactly what asking every question on both sides gives."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType

import pandas as pd
import pytest

from medgraph.graphmodel import held_tables
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import policy
from medgraph.queries.comparison.differences import compare
from medgraph.queries.policy.fitting_packs import default_packs, local_packs
from medgraph.queries.verbs import VERBS, Verb

# Asked with data beside the network, or no question of what is; told cell by cell elsewhere in the comparison.
APART = {
    "coverage.access",
    "coverage.catchments",
    "coverage.isochrones",
    "referrals.load",
    "resilience.repair",
    "structure.centrality",
    "structure.communities",
}
CELL_BY_CELL = {"sharing.matrix", "sharing.cells", "coverage.served"}
WORDS = ("name", "reason", "statement", "fix", "clause", "document", "basis", "origin")
MORE_WORDS = ("record", "records", "days_left", "gaps")


def text(value):
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.6f}"
    return "" if value is None or value is pd.NaT else str(value)


def said(answer, renamed, gone=()):
    """What an answer says of each subject (its first column), words about it apart, however often.

    Who was renamed is called as before; what is left out for a name that is `gone` is not counted.
    """
    found = Counter()
    for frame in (answer.frame, answer.unknown, answer.excluded):
        for row in frame.to_dict("records"):
            about = {row[frame.columns[0]], row.get("target")}
            if frame is answer.excluded and about & {*gone}:
                continue
            facts = {
                column: "|".join(sorted(renamed.get(one, one) for one in text(value).split("|")))
                for column, value in row.items()
                if column not in WORDS + MORE_WORDS and not column.endswith("_name")
            }
            facts = {column: value for column, value in facts.items() if value}
            found[facts[frame.columns[0]], tuple(sorted(facts.items()))] += 1
    return found


def differing(before, after, renamed):
    """Every question and subject of which the two networks say something else, and every finding."""
    found = set()
    for title, one in said_before(before).items():
        verb, options = ASKED[title]
        other = said(verb.ask(after, **options), renamed, gone=renamed.values())
        found |= {(title, subject) for subject, _ in (one - other) + (other - one)}
    return found


ASKED = {
    " ".join([verb.name, *options.values()]): (verb, options)
    for verb in VERBS
    if not verb.subject and verb.name not in APART | CELL_BY_CELL
    for options in [{"test": "all_year"} if verb.name == "dispatch.coverage" else {}]
}
LAST = []  # the network that was changed last, and what it says: it is changed in many ways


def said_before(net):
    """What each question says of a network before it is changed, where nobody is renamed yet."""
    return once(net, "answers", lambda: answers(net))


def answers(net):
    return {title: said(verb.ask(net, **options), {}) for title, (verb, options) in ASKED.items()}


def once(net, key, say):
    """What is said of a network before it is changed, worked out once."""
    if not LAST or LAST[0] is not net:
        LAST[:] = (net, {})
    if key not in LAST[1]:
        LAST[1][key] = say()
    return LAST[1][key]


def findings(net, packs, renamed):
    rows = policy.audit(net, packs).findings.to_dict("records")
    return {
        (f"{row['pack']}/{row['rule']}", renamed.get(row["subject"], row["subject"])): (
            row["verdict"], text(row["met"]), text(row["total"]), text(row["value"])
        )
        for row in rows
    }  # fmt: skip


def check(before, after, renamed=MappingProxyType({})):
    """The comparison and the questions, asked one by one, name the same subjects."""
    frame = compare(before, after).frame
    frame["source"] = [renamed.get(id, id) for id in frame["source"]]
    rows = frame[frame["what"] == "answer"]
    titles = {verb.name for verb in VERBS} | {"dispatch.coverage all_year"}
    told = set()
    for field, source in zip(rows["field"], rows["source"], strict=True):
        title = max((one for one in titles if field.startswith(one)), key=len)
        asked_otherwise = ("dispatch.coverage", "referrals.paths down")
        if title == "dispatch.coverage" or field.startswith(asked_otherwise[1]):
            continue  # further ways to ask the same
        told.add((title, source))
    assert told == differing(before, after, renamed)
    chosen = [
        *default_packs(before),
        *default_packs(after),
        *local_packs(before),
        *local_packs(after),
    ]
    packs = list(dict.fromkeys(chosen))
    one = once(before, tuple(packs), lambda: findings(before, packs, {}))
    other = findings(after, packs, renamed)
    wanted = {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
    verdicts = frame[frame["what"] == "verdict"]
    assert {*zip(verdicts["field"], verdicts["source"], strict=True)} == wanted


FACTS = [("beds", 7), ("level", "3"), ("type", "village_clinic"), ("status", "planned")]
LISTS = ["links.USES_CENTRE", "links.MEMBER_OF", "facilities", "links.REFERS_UP_TO", "links.SERVES"]


def changes(net, number=0):
    """One network for each kind of change: moved, closed, a link ended, merged (into a new one, too), a fact filled, a list declared, or not.

    By its number another facility changes, another link ends, another fact is filled.
    """
    members = net.edges("MEMBER_OF")
    groups = net.nodes("Group")
    at = number * 7 % len(members)
    facility = members["source"].iloc[at]
    kind = groups.loc[members["target"].iloc[at], "type"]
    others = [id for id in groups.index[groups["type"] == kind] if id not in set(
        members.loc[members["source"] == facility, "target"])]  # fmt: skip
    if others:
        yield "move", net.moved(facility, to_group=others[0])
    yield "close", net.ended(facility)
    relations = ["REFERS_UP_TO", *net.edges()["relation"].unique()]
    links = net.edges(relations[number % len(relations)])
    link = links.iloc[at % len(links)]
    yield "end", net.ended(link["source"], relation=link["relation"], target=link["target"])
    heir = members["source"].iloc[(at + 1) % len(members)]
    yield "merge", net.succeeded(facility, by=heir, carry=True)
    yield "found", founding(net, number)
    yield "fact", with_fact(net, facility, *FACTS[number % len(FACTS)])
    yield "whole", net.with_meta(**{"links.DISPATCHES.complete": "complete"})
    yield "declared", net.with_meta(**{f"{LISTS[number % len(LISTS)]}.complete": "partial"})


def founding(net, number=0):
    """The network in which two facilities have become a new one; one of them, of another group."""
    members = net.edges("MEMBER_OF")["source"].drop_duplicates()
    parts = [members.iloc[(number * 7 + at) % len(members)] for at in (0, len(members) // 2)]
    after = with_copy(net, parts[0])
    for part in parts:
        after = after.succeeded(part, by="NEW", carry=True)
    return after


def renaming(net, number=0):
    """The network in which a facility has another id from now on, and what it was called before."""
    members = net.edges("MEMBER_OF")["source"]
    facility = members.iloc[number * 7 % len(members)]
    after = with_copy(net, facility).succeeded(facility, by="NEW", carry=True)
    return after, {"NEW": facility}


def with_copy(net, facility):
    """The network with one more facility, NEW, of the same facts and without links."""
    nodes = net.nodes()
    both = pd.concat([nodes, nodes.loc[[facility]].rename(index={facility: "NEW"})])
    edges = net.edges().drop(columns="id")
    return type(net).from_frames(both.rename_axis("id"), edges, net.meta)


def with_fact(net, facility, field, value):
    nodes = net.nodes()
    if field not in nodes:
        nodes[field] = pd.array([None] * len(nodes), "Int64")
    nodes.loc[facility, field] = value
    return type(net).from_frames(nodes, net.edges().drop(columns="id"), net.meta)


def test_every_kind_of_change_on_taizhou(taizhou):
    for _, after in changes(taizhou):
        check(taizhou, after)
    check(taizhou, *renaming(taizhou))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 51))
def test_every_kind_of_change_on_made_up_networks(seed):
    net = synthetic(seed=seed)
    for _, after in changes(net, seed):
        check(net, after)
    check(net, *renaming(net, seed))


def test_a_nation_is_compared_as_a_city_is(taizhou, monkeypatch):
    """Of what is large nothing is kept, and verdicts come without words; of files, nothing is shared yet."""
    moved = taizhou.moved("TZ-P34", to_group="G2")
    pairs = [moved, type(taizhou).from_frames(*moved.tables, moved.meta)]
    told = [compare(taizhou, after) for after in pairs]
    monkeypatch.setattr(held_tables, "_LARGE", 0)
    for once, after in zip(told, pairs, strict=True):
        again = compare(taizhou, after)
        assert again.frame.equals(once.frame)
        assert (again.total, again.judged, again.notes) == (once.total, once.judged, once.notes)


def test_one_more_of_several_rows_about_one_thing_is_one_difference():
    net = synthetic()
    nodes, links = net.nodes(), net.edges().drop(columns="id")
    posting = links[links["relation"] == "DISPATCHES"].head(1)
    two = pd.concat([links, posting.assign(person="P2")])
    three = pd.concat([posting.assign(person="P9"), two])
    before, after = (net.from_frames(nodes, edges, net.meta) for edges in (two, three))
    told = compare(before, after).frame
    told = told[told["field"] == "dispatch.ledger"]
    assert told["change"].tolist() == ["added"]  # the other two are what they were


def test_each_question_is_asked_once_of_either_side(taizhou, monkeypatch):
    asked = Counter()
    ask = Verb.ask

    def counted(verb, net, *about, **options):
        way = [options[name] for name in ("test", "direction") if name in options]
        asked[verb.name, *way, id(net)] += 1
        return ask(verb, net, *about, **options)

    monkeypatch.setattr(Verb, "ask", counted)
    before = type(taizhou)(*taizhou.tables, taizhou.meta)  # nobody has asked it anything
    compare(before, before.moved("TZ-P34", to_group="G2"))
    assert set(asked.values()) == {1}
    names = {name for name, *_ in asked}
    assert names == {verb.name for verb in VERBS if verb.subject is None} - APART
