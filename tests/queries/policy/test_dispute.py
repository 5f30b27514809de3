"""A county disputes a finding: from findings.xlsx to the cell, corrected, audited again, verified."""

from __future__ import annotations

import json

import openpyxl
import pandas as pd
import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.origin import Origin
from medgraph.loaders import registry, samples
from medgraph.queries import policy
from medgraph.queries.policy.evidence_in_words import others_in_words
from medgraph.words.say import say, speaking
from tests.queries.policy.asked import audit_of

PACKS = ["taizhou-2023", "urban-2023"]
ADDRESS = r"(?P<sheet>[^!]+)!(?P<cell>[A-Z]*\d+)"


def audited(path):
    return policy.audit(registry.load(path).require(), PACKS)


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.xlsx"
    registry.write(samples.taizhou(), path)
    return path


def correct(path, id, column, value):
    """Change one cell as a person would: the row of `id`, the column with one of these headers."""
    book = openpyxl.load_workbook(path)
    sheet = book["机构"]
    headers = {str(c.value): c.column for c in sheet[1]}
    at = next(headers[name] for name in column if name in headers)
    row = next(r for r in range(2, sheet.max_row + 1) if id in [c.value for c in sheet[r]])
    sheet.cell(row, at).value = value
    book.save(path)


def test_a_corrected_cell_turns_exactly_the_named_verdicts(roster, tmp_path):
    """台州市中医院 is no municipal hospital after all: TZ-09 turns for it alone, and verify says why."""
    before = audited(roster)
    with pd.ExcelWriter(tmp_path / "findings.xlsx") as book:
        before.findings.astype(str).to_excel(book, index=False)
    listed = pd.read_excel(tmp_path / "findings.xlsx", dtype=str, engine="openpyxl")
    finding = listed[(listed["rule"] == "TZ-09") & (listed["verdict"] == "FAIL")]["id"].iloc[0]
    explained = policy.explain(before, finding)
    assert explained.evidence["element"].tolist() == [finding.split("/")[-1]]
    assert explained.evidence["origin"].notna().all()
    assert finding in str(explained)
    record = json.loads(json.dumps(policy.run_record(before, sources=[roster])))
    assert policy.verify(record, before).same

    correct(roster, finding.split("/")[-1], ("隶属级别", "admin_level"), "县级")
    after = audited(roster)
    changed = policy.verify(record, after)
    rows = {(row.what, row.which) for row in changed.changes.itertuples()}
    assert ("sources", str(roster)) in rows
    assert ("facts", "facts") in rows
    verdicts = {which for what, which in rows if what == "verdict"}
    assert verdicts == {finding}  # no longer a municipal hospital: the finding is gone
    assert {which for what, which in rows if what == "evidence"} == {
        "taizhou-2023/TZ-10/all"
    }  # now a district one
    named = changed.changes.set_index("which")["decided_by"]
    assert roster_cell(after, finding.split("/")[-1]) in named["taizhou-2023/TZ-10/all"]
    assert named[finding] == ""  # no record of a finding that is gone


def test_verify_names_rule_day_and_version():
    """Another day, another text of a pack, another version: each is named."""
    net = samples.taizhou()
    record = policy.run_record(policy.audit(net, PACKS))
    later = policy.verify(record, policy.audit(net, PACKS, as_of="2024-10-25"))
    assert "as_of" in set(later.changes["what"])
    other = {**record, "packs": {**record["packs"], "urban-2023": "0"}, "medgraph": "0.0.1"}
    found = policy.verify(other, policy.audit(net, PACKS))
    assert set(found.changes["what"]) == {"medgraph", "packs"}
    with pytest.raises(SourceError):
        policy.verify({"format": "something else"}, policy.audit(net, PACKS))


def test_a_finding_says_which_single_record_would_change_it():
    """UG-04 for G2: any one of its four members being a rehabilitation hospital, or one more that is."""
    explained = policy.explain(policy.audit(samples.taizhou(), PACKS), "urban-2023/UG-04/G2")
    assert len(explained.evidence) == 4
    assert len(explained.changes) == 5
    assert all("结论变为 达标" in text for text in explained.changes)


def test_where_all_have_to_hold_the_one_that_does_not_would_change_it():
    """TZ-04: of 39 townships one is not served."""
    found = policy.audit(samples.taizhou(), "taizhou-2023", select=["TZ-04"])
    (change,) = policy.explain(found, "taizhou-2023/TZ-04/all").changes
    assert "331003003000" in change
    assert "结论变为 达标" in change


def test_where_two_do_not_hold_no_one_record_would_change_it():
    """TZ-48: neither M1 nor M2 has teaching rounds, and every member should."""
    found = audit_of(
        "taizhou-2023",
        "TZ-48",
        "@group; M1.regular_teaching_rounds = no; M2.regular_teaching_rounds = no",
    )
    changes = policy.explain(found, "taizhou-2023/TZ-48/G1").changes
    assert not any("达标" in text for text in changes)


def roster_cell(audit, id):
    """Return the cell of a facility in the audited network."""
    found = audit.audited.whole.nodes().loc[id, "origin"]
    return Origin.parse(found).place


@pytest.mark.parametrize(
    ("finding", "deciding"),
    [
        ("taizhou-2023/TZ-04/all", ["331003003000"]),  # one of 39 is not served
        ("taizhou-2023/TZ-09/TZ-H10", ["TZ-H10"]),
        ("taizhou-2023/TZ-15/all", ["G1", "G2", "G3", "G4"]),  # each has to fit, and does
        ("taizhou-2023/TZ-03/all", []),  # what decides is a list that nobody declared
    ],
)
def test_the_records_that_decide_are_named_with_their_cells(finding, deciding):
    """Of 39 townships the one without service decides; where all have to fit, all do."""
    found = policy.explain(policy.audit(samples.taizhou(), "taizhou-2023"), finding)
    cells = found.deciding["cell"].tolist()
    assert found.deciding["element"].tolist() == deciding
    assert all(cell and cell in found.decided_by for cell in cells)
    assert found.decided_by in str(found)
    assert [row["cell"] for row in found.to_dict()["deciding"]] == cells


def test_a_record_that_decides_for_several_reasons_is_named_once():
    """GO-03: none of six domains is stated of the one clinic."""
    audit = policy.audit(samples.synthetic(), "county-2023", select=["GO-03"])
    found = policy.explain(audit, "county-2023/GO-03/336001001200V00001")
    assert len(found.deciding) == 6
    assert found.decided_by == found.finding["name"]


def test_where_there_is_nobody_to_test_nothing_decides():
    """GO-01 asks townships, of which the network has none."""
    net = samples.taizhou()
    facilities = net.nodes("Facility").rename_axis("id")
    audit = policy.audit(net.from_frames(facilities, meta=net.meta), "county-2023")
    found = policy.explain(audit, "county-2023/GO-01/all")
    assert found.to_dict()["deciding"] == []
    assert found.decided_by == ""


def test_every_open_or_failed_finding_names_what_decides_or_what_is_missing():
    """Where no record decides, the finding says what to supply."""
    found = policy.audit(samples.taizhou(), "taizhou-2023")
    for row in found.findings.itertuples():
        explained = policy.explain(found, row.id)
        if row.verdict == "FAIL":
            assert len(explained.deciding), row.id
        if row.verdict == "NO_DATA":
            assert len(explained.deciding) or row.advice, row.id


def waiver(**values):
    row = {
        "rule": "UG-04",
        "subject": "G2",
        "reason": "正在组建",
        "office": "市卫生健康委",
        "expires": "2023-12-31",
    }
    return pd.DataFrame([{**row, **values}])


def test_a_waived_finding_stays_visible():
    """The verdict stays FAIL; the finding is marked, and does not count as an open failure."""
    net = samples.taizhou()
    found = policy.audit(net, "urban-2023", waivers=waiver(), select=["UG-04"])
    row = found.finding("urban-2023/UG-04/G2")
    assert row["verdict"] == "FAIL"
    assert row["waived"]["office"] == "市卫生健康委"
    assert found.failed  # G3 and G4 are not waived


@pytest.mark.parametrize(
    "named", [{"rule": "urban-2023/UG-04"}, {"pack": "urban-2023"}, {"rule": "UG-04"}]
)
def test_a_waiver_may_name_its_pack(named):
    found = policy.audit(samples.taizhou(), "urban-2023", waivers=waiver(**named), select=["UG-04"])
    assert found.finding("urban-2023/UG-04/G2")["waived"]


def test_an_expired_waiver_is_a_finding():
    """After its day a waiver no longer covers, and is itself a finding that fails."""
    found = policy.audit(
        samples.taizhou(), "urban-2023", waivers=waiver(expires="2023-10-24"), select=["UG-04"]
    )
    assert found.finding("urban-2023/UG-04/G2")["waived"] is None
    assert found.finding("waivers/expired/urban-2023/UG-04/G2")["verdict"] == "FAIL"
    assert found.to_dict()["expired_waivers"] == ["urban-2023/UG-04/G2"]
    assert found.counts == {"PASS": 0, "FAIL": 1, "NO_DATA": 0, "INFO": 0}


@pytest.mark.parametrize("days", [("2023-11-30", "2024-06-30"), ("2024-06-30", "2023-11-30")])
def test_of_two_waivers_the_longer_one_holds(days):
    """In whatever order they stand."""
    both = pd.concat([waiver(expires=day) for day in days])
    found = policy.audit(samples.taizhou(), "urban-2023", waivers=both, select=["UG-04"])
    assert found.finding("urban-2023/UG-04/G2")["waived"]["expires"] == "2024-06-30"


@pytest.mark.parametrize(
    "wrong", [{"subject": "G9"}, {"expires": "soon"}, {"office": None}, {"reason": None}]
)
def test_a_waiver_needs_finding_reason_office_and_day(wrong):
    """A waiver of nothing, or without office, reason or day, is refused."""
    with pytest.raises(OptionError, match="UG-04"):
        policy.audit(samples.taizhou(), "urban-2023", waivers=waiver(**wrong))


def test_a_statement_never_changes_a_verdict():
    """The county's words stand beside the finding; the verdict is the same."""
    said = pd.DataFrame(
        [
            {
                "finding": "urban-2023/UG-04/G2",
                "statement": "已签约康复医院",
                "decision": "维持",
                "office": "市卫生健康委",
                "date": "2023-11-01",
            }
        ]
    )
    net = samples.taizhou()
    plain, found = policy.audit(net, "urban-2023"), policy.audit(net, "urban-2023", statements=said)
    assert found.findings["verdict"].tolist() == plain.findings["verdict"].tolist()
    assert "已签约康复医院" in str(policy.explain(found, "urban-2023/UG-04/G2"))


def test_findings_keep_the_keys_that_scripts_rely_on():
    """The JSON face has exactly the keys of the contract among its own."""
    found = policy.audit(samples.taizhou(), "urban-2023", select=["UG-04"]).to_dict()
    assert {"packs", "as_of", "counts", "findings", "rules"} <= set(found)
    finding = next(f for f in found["findings"] if f["subject"] == "G2")
    assert {
        "id",
        "rule",
        "subject",
        "verdict",
        "met",
        "total",
        "unit",
        "clause",
        "grade",
        "basis",
        "members",
        "evidence",
        "advice",
        "waived",
    } <= set(finding)
    assert (finding["id"], finding["verdict"], finding["met"], finding["waived"]) == (
        "urban-2023/UG-04/G2",
        "FAIL",
        0,
        None,
    )
    assert {"rule": "UG-04", "verdict": "FAIL"}.items() <= found["rules"][0].items()
    json.dumps(found)


def test_every_test_of_a_rule_is_tried_the_other_way():
    """An alliance that only the last tests of a rule ask about: its one lead and its one member decide.

    Without its lead it fails, as leads are declared complete; without its member it is open, as the
    list of its members is partial.
    """
    found = policy.audit(samples.taizhou(), "taizhou-2023")
    changes = policy.explain(found, "taizhou-2023/TZ-18/A3").changes
    assert [change.rpartition(" ")[2].rstrip("。.") for change in changes] == ["未达标", "缺数据"]


def test_of_two_tests_the_one_that_failed_decides():
    """TZ-53: no management of posts, but a list of them at each member: the lists decide nothing."""
    found = audit_of(
        "taizhou-2023",
        "TZ-53",
        "@group; G1.post_management = no; M1.post_list = yes; M2.post_list = yes",
    )
    explained = policy.explain(found, "taizhou-2023/TZ-53/G1")
    assert len(explained.evidence) == 3
    assert explained.deciding["element"].tolist() == ["post_management"]


def test_of_many_other_subjects_the_first_are_listed():
    """25 others: 20 of them, and that there are 5 more."""
    others = pd.DataFrame(
        [
            {"id": f"G{n}", "name": "", "verdict": "PASS", "met": 1, "total": 1, "reason": ""}
            for n in range(25)
        ]
    )
    with speaking("en"):
        lines = others_in_words(others).splitlines()
        assert lines[-1] == say("more_rows", count=5)
    assert sum(line.split()[0].startswith("G") for line in lines) == 20


@pytest.mark.parametrize("finding", [["PASS"], ["PASS", 1], "PASS", ["PASS", "0", "0"]])
def test_a_record_that_holds_no_findings_is_refused(finding):
    """Each finding is a verdict with the digest of its evidence."""
    found = audit_of("taizhou-2023", "TZ-55", "@group; G1.internal_appraisal = yes")
    record = policy.run_record(found)
    assert policy.verify(record, found).same
    broken = {**record, "findings": {**record["findings"], "taizhou-2023/TZ-55/G1": finding}}
    with pytest.raises(SourceError, match="findings"):
        policy.verify(broken, found)
