"""What `ask` promises holds: answered in whatever way, what it promised to decide is decided."""

from __future__ import annotations

import csv
import functools
import random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import medgraph as mg
from medgraph.graphmodel.filled_tables import Given
from medgraph.graphmodel.filling import filled
from medgraph.loaders import registry
from medgraph.queries.policy.asking.ranking import steps
from medgraph.queries.policy.asking.trials import ends_of
from medgraph.queries.policy.packs import read_pack
from medgraph.words.answer_forms import AnswerForm
from tests.queries.policy.asked import audit_of

CASES = [("county", "county-2023"), ("taizhou", "urban-2023"), ("taizhou", "taizhou-2023")]
FURTHER = [("taizhou", "sinking"), *(("county", pack) for pack in mg.policy.shipped())]
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@functools.cache
def network(name: str) -> mg.MedicalNetwork:
    return (
        mg.samples.taizhou() if name == "taizhou" else mg.samples.synthetic(scale="county", seed=1)
    )


@functools.cache
def asked(name: str, pack: str):
    audit = mg.policy.audit(network(name), pack)
    return audit, mg.policy.ask(audit)


def texts_of(form: AnswerForm) -> list[str]:
    """Return answers as people write them: the first is the most that a form allows, the last the least."""
    written = {
        "boolean": ["是", "有", "√", "未制定", "否"],
        "whole": ["是"],  # a declaration that is not made closes nothing
        "date": ["2023年5月1日", "2020-01-01", "2023-01-31"],
        "share": ["100%", "0.333", "33.3%", "0.5%"],
        "points": ["100", "59.5", "0"],
        "items": ["、".join(form.detail), form.detail[0] if form.detail else "", "无"],
        "text": ["A1", "B2"],  # of a code, too: a remark in its cell (办理中) states none
    }
    if form.name == "vocabulary":
        return [text for text in form.options if "不详" not in text]
    if form.name == "words":
        return list(form.detail)
    return written.get(form.name, ["1.2万", "12", "1"])


def chosen(net, row, pick) -> Given:
    form = AnswerForm.parse(row["form"])
    about = row["kind"], row["table"], row["column"], row["id"]
    if form.name in ("nodes", "ends"):
        kinds = (
            form.detail if form.name == "nodes" else ends_of(row["column"], kind_of(net, row["id"]))
        )
        real = net.index.has("kind", *kinds) & ~net.index.is_class
        end = pick([*net.index.ids.filter(real).to_pylist()[:40], ""])
        if form.name == "ends":
            return Given(*about, ends=(end,) if end else ())
        return Given(*about, value=end or "no")
    value = form.read(pick(texts_of(form)))
    assert value is not None, row["form"]
    return Given(*about, value=value)


def kind_of(net, id: str) -> str:
    return net.nodes().loc[id, "kind"]


def still_open(name: str, pack: str, pick) -> list[str]:
    """Return what was promised and is NO_DATA although every question is answered."""
    audit, answer = asked(name, pack)
    net = network(name)
    answers = [chosen(net, row, pick) for row in answer.frame.to_dict("records")]
    after = mg.policy.audit(filled(net, answers), pack)
    before = audit.findings
    promised = set(before.loc[before["verdict"] == "NO_DATA", "id"]) - set(
        answer.unknown["finding"]
    )
    assert len(promised) == answer.judged
    found = after.findings
    return sorted(promised & set(found.loc[found["verdict"] == "NO_DATA", "id"]))


@pytest.mark.parametrize(("name", "pack"), dict.fromkeys(CASES + FURTHER))
@pytest.mark.parametrize("place", [0, -1], ids=["all-yes", "all-no"])
def test_what_is_promised_is_decided(name, pack, place):
    """Answered all with yes, or all with no, every promised NO_DATA is PASS or FAIL."""
    assert still_open(name, pack, lambda options: options[place]) == []


@pytest.mark.parametrize(("name", "pack"), CASES)
@SLOW
@given(seed=st.integers(0, 2**32))
def test_what_is_promised_is_decided_at_random(name, pack, seed):
    """So it is with answers drawn by lot."""
    assert still_open(name, pack, random.Random(seed).choice) == []


@pytest.mark.parametrize(("name", "pack"), CASES)
def test_every_open_finding_is_accounted_for(name, pack):
    """Undecided findings = promised + those that no question decides, each with its reason."""
    audit, answer = asked(name, pack)
    undecided = audit.findings["verdict"] == "NO_DATA"
    assert answer.total == undecided.sum() == answer.judged + len(answer.unknown)
    assert answer.unknown["reason"].str.len().gt(0).all()
    assert answer.frame["decides"].is_monotonic_increasing
    assert answer.frame["decides"].iloc[-1] == answer.judged
    assert answer.frame["rank"].tolist() == list(range(1, len(answer.frame) + 1))


def test_a_parameter_is_nothing_to_ask():
    """GO-01 asks the user for a threshold: no cell decides it; the 168 clinics, 2 groups and GO-04 are asked."""
    _, answer = asked("county", "county-2023")
    assert answer.unknown["finding"].tolist() == ["county-2023/GO-01/all"]
    assert answer.frame["column"].value_counts().to_dict() == {
        "unified": 168,
        "nonprofit": 2,
        "launched_on": 1,
        "tight_on": 1,
    }


def test_one_declaration_that_decides_four_comes_first():
    """In Taizhou the declaration of recognised results decides UG-08 of all four groups."""
    _, answer = asked("taizhou", "urban-2023")
    first = answer.frame.iloc[0]
    assert (first["kind"], first["table"], first["decides"]) == (
        "declaration",
        "links.RECOGNISES_RESULTS",
        4,
    )


def test_a_question_names_the_township_that_has_to_answer():
    """A question about a node has the township that its area lies in."""
    audit, answer = asked("county", "county-2023")
    codes = dict(
        zip(audit.audited.index.ids.to_pylist(), audit.audited.place.to_pylist(), strict=True)
    )
    names = network("county").nodes()["name"].to_dict()
    rows = answer.frame[answer.frame["id"] != ""].to_dict("records")
    wanted = [
        (names.get(f"{codes[row['id']][:9]}000", "") if codes[row["id"]] else "") for row in rows
    ]
    assert [row["township"] for row in rows] == wanted
    assert len(set(wanted)) > 2


def test_a_township_that_is_no_node_is_called_by_its_code():
    """Nobody listed 331002001000: the question about H1 has its code there, and no other node's name."""
    found = audit_of(
        "urban-2023",
        "UG-03",
        "@group; G1 Group type=urban_medical_group name=甲集团; H1 Facility type=general_hospital area=331002001000",
    )
    rows = mg.policy.ask(found).frame.set_index("column")
    assert list(rows["id"]) == ["H1"] * len(rows)
    assert set(rows["township"]) == {"331002001000"}
    assert set(rows["member_of"]) == {"甲集团"}


def test_a_growth_is_asked_as_a_number():
    """Of what is spent on Y nobody knows a unit; that it grows by a tenth says that it is a number."""
    pack = read_pack(GROWTH, "mine.toml")
    net = mg.MedicalNetwork.from_frames(
        pd.DataFrame([{"id": "Y", "kind": "Facility", "name": "Y", "type": "general_hospital"}]),
        None,
        {"data_day": "2024-12-31"},
    )
    rows = mg.policy.ask(mg.policy.audit(net, pack)).frame
    assert set(rows.loc[rows["column"].str.startswith("spent@"), "form"]) == {"number"}


GROWTH = """
[pack]
id = "mine"
title = ["甲", "A"]
document = "甲"
date = "2024"
source = "甲"
[[rules]]
id = "MY-01"
kind = "requirement"
text = ["甲", "A"]
why = ["甲", "A"]
fix = ["甲", "A"]
clause = "甲"
grade = "secondary"
subjects = { kind = "Facility", type = ["general_hospital"] }
predicate = "trend"
attribute = "spent"
growth = "relative"
limits = { at_least = "10%" }
"""


def test_what_shows_only_behind_an_answer_is_asked_too():
    """A trend of two years names the later one first: the year before it is asked for as well."""
    _, answer = asked("taizhou", "taizhou-2023")
    columns = set(answer.frame.loc[answer.frame["rules"].str.contains("TZ-28"), "column"])
    assert {"common_share@2022", "common_share@2021"} <= columns


def test_a_promise_with_a_name_that_nothing_knows_is_none():
    """A platform whose name no table knows may be any: naming it does not decide TZ-23."""
    _, answer = asked("taizhou", "taizhou-2023")
    assert {"taizhou-2023/TZ-23/G1"} <= set(answer.unknown["finding"])


def test_a_condition_is_asked_as_what_it_is():
    """XJ-06 counts visits in zones: whether a county is a zone is a yes or no, its visits are a count."""
    _, answer = asked("county", "xinjiang-2022")
    forms = dict(zip(answer.frame["column"], answer.frame["form"], strict=True))
    assert (forms["zone"], forms["expert_visits@2025"]) == ("boolean", "count")
    # XJ-18 asks candidates for a day, XJ-14 zones for a growth: who these are stays a yes or no
    assert forms["candidate"] == "boolean"
    frame = answer.frame
    assert set(frame.loc[frame["column"] == "zone", "form"]) == {"boolean"}


def test_whom_a_link_leads_to_is_asked_though_nobody_is_there():
    """TZ-11: of which group V1 is a member, in a network without any."""
    found = audit_of("taizhou-2023", "TZ-11", "V1 Facility type=village_clinic")
    assert ">MEMBER_OF" in set(mg.policy.ask(found).frame["column"])


def test_what_is_not_due_is_said_to_be_so():
    """No answer decides a clause before its day: GD-02 is due at the end of 2025, the data is of June."""
    _, answer = asked("county", "guangdong-2022")
    assert answer.unknown.set_index("rule").loc["GD-02", "reason"].count("2025-12-31") == 1


def test_a_link_that_is_there_twice_is_not_asked_about():
    """Which of two equal links a cell belongs to cannot be said: its group is not promised."""
    net = network("taizhou")
    nodes, edges = net.nodes(), net.edges()
    twice = edges[(edges["source"] == "TZ-P11") & (edges["relation"] == "REFERS_UP_TO")]
    doubled = pd.concat([edges, twice], ignore_index=True)
    net = mg.MedicalNetwork.from_frames(nodes, doubled, dict(net.meta))
    answer = mg.policy.ask(mg.policy.audit(net, "urban-2023", select=["UG-10"]))
    assert answer.unknown["finding"].tolist() == ["urban-2023/UG-10/G2"]
    assert not answer.frame["id"].str.contains("TZ-P11").any()


def test_a_row_that_was_left_out_is_not_asked_about(tmp_path):
    """A row that could not be loaded is mended in its own cell: no sheet asks for it."""
    mg.write(network("taizhou"), tmp_path)
    path = tmp_path / "facilities.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    header = next(csv.reader([lines[0]]))
    broken = ["TZ-X" if name == "id" else "" for name in header]
    broken[header.index("type")] = "???"
    path.write_text("\n".join([*lines, ",".join(broken)]) + "\n", encoding="utf-8-sig")
    loaded = registry.load(tmp_path, lenient=True)
    assert loaded.left_out == 1
    audit = mg.policy.audit(
        loaded.require(), "urban-2023", left_out=1, left_nodes=loaded.left_nodes
    )
    answer = mg.policy.ask(audit)
    assert not answer.frame["id"].str.startswith("?").any()
    assert answer.total == (audit.findings["verdict"] == "NO_DATA").sum()


def test_a_share_is_kept_with_its_sign():
    """So it reads the same under a title with (%) and under one without."""
    assert AnswerForm("share").read("0.9") == "90%"
    assert AnswerForm("share").read("90") is None
    assert AnswerForm("share").read("1/3") is None  # has no end of digits, and nothing is rounded


@given(
    st.dictionaries(
        st.sampled_from("fghij"), st.frozensets(st.sampled_from("abcde"), min_size=1), max_size=5
    )
)
def test_steps_ask_everything_once_and_decide_everything_once(wanted):
    """Every question stands in one step, every finding is decided in the step that completes it."""
    found = steps(wanted)
    questions = [q for step in found for q in step.questions]
    assert sorted(questions) == sorted(set().union(*wanted.values()) if wanted else ())
    assert sorted(f for step in found for f in step.decides) == sorted(wanted)
    answered: set[str] = set()
    for step in found:
        answered |= set(step.questions)
        assert all(wanted[finding] <= answered for finding in step.decides)


def test_steps_prefer_many_for_few():
    """Two findings for one answer before one finding for one, and a pair before a triple."""
    wanted = {"f1": "a", "f2": "b", "f3": "b", "f4": "cd", "f5": "efg"}
    assert [step.questions for step in steps(wanted)] == [
        ("b",),
        ("a",),
        ("c", "d"),
        ("e", "f", "g"),
    ]
