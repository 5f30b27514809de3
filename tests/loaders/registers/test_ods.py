"""Organisations of NHS ODS: roles, dated relations and successions, as worked out by hand."""

from __future__ import annotations

import csv
import json
import shutil

import pytest

from medgraph.errors import SourceError, TargetError
from medgraph.loaders import registry
from medgraph.words.say import say


def target(code, role="RO197"):
    return {"OrgId": {"root": "2.16.840.1.113883.2.1.3.2.4.18.48", "extension": code}} | {
        "PrimaryRoleId": {"id": role, "uniqueRoleId": 1}
    }


def days(start, end=None, kind="Operational"):
    return {"Type": kind, "Start": start} | ({"End": end} if end else {})


def organisation(code, name, role, date, *, roles=(), rels=(), succs=(), status="Active", **more):
    """A record as ORD gives it: `succs` are (other, type, day), `rels` (code, target, role, date)."""
    made = {
        "Name": name,
        "Date": date,
        "OrgId": {"root": "2.16.840.1.113883.2.1.3.2.4.18.48", "extension": code},
        "Status": status,
        "LastChangeDate": "2021-10-05",
        "orgRecordClass": "RC1",
        "Roles": {
            "Role": [
                {
                    "id": role,
                    "uniqueRoleId": 1,
                    "primaryRole": True,
                    "Date": date,
                    "Status": status,
                },
                *(
                    {"id": one, "uniqueRoleId": 2, "Date": [days(on)], "Status": "Active"}
                    for one, on in roles
                ),
            ]
        },
        **more,
    }
    if rels:
        made["Rels"] = {
            "Rel": [
                {"id": rel, "uniqueRelId": n, "Status": "Inactive" if "End" in date else "Active"}
                | {"Date": [date], "Target": target(other, of)}
                for n, (rel, other, of, date) in enumerate(rels)
            ]
        }
    if succs:
        listed = [
            {
                "uniqueSuccId": f"{code}{n}",
                "Type": kind,
                "Date": [days(day, kind="Legal")] if day else [],
            }
            | {"Target": target(other)}
            for n, (other, kind, day) in enumerate(succs)
        ]
        made["Succs"] = {"Succ": listed if len(listed) > 1 else listed[0]}  # one is no list
    return {"Organisation": made}


# A chain OLD -> POOLE -> UHD, into which RBCH merges too; PENNINE is split between MFT and NCA.
RECORDS = [
    organisation(
        "OLD", "OLD HOSPITAL", "RO197", [days("1980-01-01", "1992-03-31")], status="Inactive"
    ),
    organisation(
        "POOLE",
        "POOLE HOSPITAL NHS FOUNDATION TRUST",
        "RO197",
        [days("1992-04-01", "2020-09-30"), days("1991-12-31", "2020-10-01", "Legal")],
        status="Inactive",
        succs=[("OLD", "Predecessor", "1992-04-01"), ("UHD", "Successor", "2020-10-01")],
    ),
    organisation(
        "RBCH",
        "ROYAL BOURNEMOUTH",
        "RO197",
        [days("1992-04-01", "2020-09-30")],
        status="Inactive",
        succs=[("UHD", "Successor", None)],
    ),
    organisation(
        "UHD",
        "UNIVERSITY HOSPITALS DORSET",
        "RO197",
        days("2020-10-01"),  # one is no list
        succs=[("POOLE", "Predecessor", "2020-10-01"), ("RBCH", "Predecessor", "2020-10-01")],
        rels=[
            ("RE5", "QVV", "RO261", days("2020-10-01")),
            ("RE5", "Y58", "RO209", days("2019-01-01", "2020-09-30")),
            ("RE99", "QVV", "RO261", days("2020-10-01")),
            ("RE5", "NOWHERE", "RO261", days("2018-10-01", "2018-12-31")),
        ],
        GeoLoc={
            "Location": {
                "AddrLn1": "LONGFLEET ROAD",
                "Town": "POOLE",
                "PostCode": "BH15 2JB",
                "UPRN": 7,
            }
        },
        Contacts={"Contact": [{"type": "tel", "value": "01202 000000"}]},
    ),
    organisation(
        "PENNINE",
        "PENNINE ACUTE",
        "RO197",
        [days("2002-04-01", "2021-09-30")],
        status="Inactive",
        succs=[("MFT", "Successor", "2021-10-01"), ("NCA", "Successor", "2021-10-01")],
    ),
    organisation("MFT", "MANCHESTER UNIVERSITY", "RO197", [days("2017-10-01")]),
    organisation(
        "NCA",
        "NORTHERN CARE ALLIANCE",
        "RO197",
        [days("2021-10-01")],
        succs=[("PENNINE", "Predecessor", "2021-09-30"), ("GONE", "Predecessor", "2021-10-01")],
    ),
    organisation(
        "UHD1",
        "POOLE SITE",
        "RO198",
        [days("2020-10-01")],
        rels=[("RE6", "UHD", "RO197", days("2020-10-01"))],
    ),
    organisation(
        "QVV",
        "NHS DORSET",
        "RO261",
        [days("2020-04-01")],
        rels=[("RE5", "Y58", "RO209", days("2020-04-01"))],
    ),
    organisation("Y58", "SOUTH WEST", "RO209", [days("2019-01-01")]),
    organisation("U1", "POOLE PCN", "RO272", [days("2019-07-01")]),
    organisation(
        "J81",
        "HADLEIGH PRACTICE",
        "RO177",
        [days("1974-04-01")],
        roles=[("RO76", "2014-04-15")],
        rels=[
            ("RE8", "U1", "RO272", days("2019-07-01")),
            ("RE4", "QVV", "RO261", days("2020-04-01")),
            ("RE8", "QVV", "RO261", days("2020-04-01")),
        ],
    ),
]


@pytest.fixture(params=["list", "lines", "folder"])
def source(request, tmp_path):
    """The records in one file, a line each, or a file each."""
    if request.param == "folder":
        for number, record in enumerate(RECORDS):
            (tmp_path / f"{number:02}.json").write_text(json.dumps(record), encoding="utf-8")
        return tmp_path
    path = tmp_path / "organisations.json"
    text = json.dumps(RECORDS) if request.param == "list" else "\n".join(map(json.dumps, RECORDS))
    path.write_text(text, encoding="utf-8")
    return path


def test_lineage_as_worked_out_by_hand(source):
    """A chain, a merger recorded from both ends, a split of which one day is stated twice."""
    links = registry.read(source).edges("SUCCEEDED_BY")
    found = {(row.source, row.target, str(row.valid_from)[:10]) for row in links.itertuples()}
    assert found == {
        ("OLD", "POOLE", "1992-04-01"),
        ("POOLE", "UHD", "2020-10-01"),
        ("RBCH", "UHD", "2020-10-01"),
        ("PENNINE", "MFT", "2021-10-01"),
        ("PENNINE", "NCA", "2021-10-01"),
        ("PENNINE", "NCA", "2021-09-30"),
    }
    loaded = registry.load(source)
    assert [p.code for p in loaded.problems if p.code == "W260"] == ["W260"]


def test_every_record_is_accounted_for(source):
    """12 organisations and a body, 6 successions, 4 relations; five left out, each for its own reason."""
    loaded = registry.load(source)
    reasons = sorted(row.reason for row in loaded.left_rows)
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (28, 23, 5)
    assert sum("RE99" in reason for reason in reasons) == 1
    assert len([row for row in loaded.left_rows if ".Succs[" in row.place]) == 3
    assert sum("GONE" in reason for reason in reasons) == 1
    assert sum("RE8" in reason for reason in reasons) == 1
    assert any("Contacts (1)" in problem.message for problem in loaded.problems)


def test_roles_and_relations(source):
    """Territories are areas, and bodies where they administer; a network of practices is a group."""
    net = registry.read(source)
    assert set(net.nodes("Area").index) == {"QVV", "Y58"}
    assert net.nodes("Area").parent.to_dict()["QVV"] == "Y58"
    assert set(net.nodes("Authority").index) == {"QVV@authority"}
    assert set(net.nodes("Group").index) == {"U1"}
    nodes = net.nodes("Facility")
    assert nodes.loc["J81", ["type", "ods_roles"]].tolist() == [
        "outpatient_clinic",
        "RO177 1974-04-01/|RO76 2014-04-15/",
    ]
    assert nodes.loc["UHD", ["area", "address", "postcode", "uprn", "status"]].tolist() == [
        "QVV",
        "LONGFLEET ROAD, POOLE",
        "BH15 2JB",
        "7",
        "open",
    ]
    assert str(nodes.loc["POOLE", "valid_to"])[:10] == "2020-09-30"
    assert nodes.loc["POOLE", "legal_to"] == "2020-10-01"
    ends = {(row.source, row.relation, row.target) for row in net.edges().itertuples()}
    assert {
        ("UHD1", "PART_OF", "UHD"),
        ("QVV", "PART_OF", "Y58"),
        ("J81", "MEMBER_OF", "U1"),
        ("J81", "ADMINISTERED_BY", "QVV@authority"),
    } <= ends
    assert nodes.loc["UHD", "ods_geography"].split("|")[:2] == [
        "QVV 2020-10-01/",
        "Y58 2019-01-01/2020-09-30",
    ]


def rows_of_tables():
    """Four tables of 27 columns: a trust that closed, a site that moved, a practice, a branch."""

    def row(
        code,
        name,
        *,
        icb="QVV",
        opened="19920401",
        closed="",
        status="",
        parent="",
        joined="",
        left="",
        phone="",
        setting="",
    ):
        return [
            *(
                code,
                name,
                "Y58",
                icb,
                "ROAD",
                "",
                "",
                "POOLE",
                "",
                "BH15 2JB",
                opened,
                closed,
                status,
                "B",
            ),
            *(parent, joined, left, phone, "", "", "", "0", "", "K", "", setting, ""),
        ]

    return {
        "etr.csv": [
            row("RD3", "POOLE TRUST", closed="20200930"),
            row("R0D", "DORSET TRUST", opened="20201001"),
        ],
        "ets.csv": [
            row("R0D01", "POOLE SITE", parent="R0D", joined="20201001"),
            ["R0D02", "too short"],
        ],
        "epraccur.csv": [
            row(
                "J81001",
                "HADLEIGH",
                status="A",
                parent="11J",
                joined="20130401",
                phone="01202",
                setting="4",
            ),
            row("J81002", "PRISON", status="D", parent="11J", setting="11"),
            row(
                "J81003",
                "OVER",
                status="C",
                closed="20190331",
                parent="11J",
                left="20190331",
                setting="4",
            ),
        ],
        "ebranchs.csv": [row("J81001001", "HADLEIGH BRANCH", parent="J81001", joined="20150101")],
        "eccg.csv": [row("11J", "NHS DORSET CCG", icb="QVV")],
    }


def test_the_tables_of_a_folder(tmp_path):
    for name, rows in rows_of_tables().items():
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    loaded = registry.load(tmp_path)
    net = loaded.require()
    assert (loaded.rows_in, loaded.left_out) == (8 + 1 + 5 + 1, 1)
    nodes = net.nodes("Facility")
    assert nodes.type.dropna().to_dict() == {
        "J81001": "outpatient_clinic",
        "J81003": "outpatient_clinic",
    }
    assert nodes.loc[["J81001", "J81002"], "status"].tolist() == ["open", "suspended"]
    assert nodes.status.isna()["J81003"]
    assert str(nodes.loc["RD3", "valid_to"])[:10] == "2020-09-30"
    ends = {(row.source, row.relation, row.target) for row in net.edges().itertuples()}
    assert ends == {
        ("R0D01", "PART_OF", "R0D"),
        ("J81001001", "PART_OF", "J81001"),
        *((code, "ADMINISTERED_BY", "11J@authority") for code in ("J81001", "J81002", "J81003")),
    }
    assert any("telephone (1)" in problem.message for problem in loaded.problems)


def test_the_trusts_of_2022(shared, tmp_path):
    """The real table: 218 trusts, of which six have closed."""
    path = tmp_path / "etr.csv"
    shutil.copy(shared / "data/nhs_england_ods_2022/etr_trusts_2022.csv", path)
    loaded = registry.load(path)
    assert (loaded.rows_in, loaded.loaded) == (218, 218)
    assert loaded.require().nodes("Facility").valid_to.notna().sum() == 6


@pytest.mark.parametrize(
    "content",
    ['{"Organisation": {', '{"Organisations": [7]}', '[{"Organisation": {}}, 3]'],
)
def test_what_is_no_record_is_refused(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.json"):
        registry.read(path)


def test_records_with_nothing_in_them(tmp_path):
    """Strange members are passed over; a record without a code is left out."""
    path = tmp_path / "a.json"
    strange = {
        "OrgId": {"extension": "X1"},
        "Name": "<b>",
        "Date": 7,
        "Roles": [],
        "Rels": {"Rel": 3},
        "Succs": "x",
    }
    path.write_text(
        json.dumps([{"Organisation": {"Name": "no code"}}, {"Organisation": strange}]),
        encoding="utf-8",
    )
    loaded = registry.load(path)
    assert loaded.require().nodes("Facility").name.tolist() == ["<b>"]
    assert (loaded.rows_in, loaded.left_out) == (2, 1)


def test_nobody_writes_ods(taizhou, tmp_path):
    with pytest.raises(TargetError):
        registry.write(taizhou, tmp_path / "a.ods.json")


def test_an_inactive_relation_without_an_end_holds_no_more(tmp_path):
    """It would else read as one of today; it is left out by its place."""
    group = organisation("P1", "Network", "RO272", [days("2012-01-01")])
    practice = organisation(
        "GP1",
        "Practice",
        "RO177",
        [days("2012-01-01")],
        rels=[("RE8", "P1", "RO272", days("2012-01-01"))],
    )
    practice["Organisation"]["Rels"]["Rel"][0]["Status"] = "Inactive"
    path = tmp_path / "a.ods.json"
    path.write_text(json.dumps([group, practice]), encoding="utf-8")
    loaded = registry.load(path)
    assert len(loaded.network.edges()) == 0
    assert [row.reason for row in loaded.left_rows] == [say("ods_over")]


def test_an_odd_status_and_an_odd_succession_are_told(tmp_path):
    """Neither closes a place, nor says which of two came first."""
    date = [days("2001-04-01")]
    records = [
        organisation("A", "ALPHA", "RO197", date, status="Actve"),
        organisation("B", "BETA", "RO197", date, succs=[("A", "Follower", "2020-01-01")]),
    ]
    (tmp_path / "a.ods.json").write_text(json.dumps(records), encoding="utf-8")
    loaded = registry.load(tmp_path / "a.ods.json")
    assert loaded.left_nodes.doubtful == {"A"}
    assert [one.value for one in loaded.problems if one.code == "W264"] == ["Actve"]
    assert say("ods_no_direction", value="Follower") in {row.reason for row in loaded.left_rows}
    assert len(loaded.network.edges("SUCCEEDED_BY")) == 0
