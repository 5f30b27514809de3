"""A directory that somebody else wrote: what becomes of every resource, and what is told of it."""

from __future__ import annotations

import base64
import json
from collections import Counter

import pandas as pd
import pytest
from click.testing import CliRunner

from medgraph import Day, MedicalNetwork, errors
from medgraph.cli import cli
from medgraph.graphmodel.left_rows import with_doubts
from medgraph.graphmodel.states import UNKNOWN, YES
from medgraph.loaders import read, write
from medgraph.loaders.fhir.terms import PERIOD
from medgraph.loaders.registry import load
from medgraph.words.say import say


def saved(path, *resources, **bundle):
    """Save resources as a Bundle, each an entry; what is an entry already stays one."""
    entries = [one if "resourceType" not in one else {"resource": one} for one in resources]
    path.write_text(
        json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries} | bundle),
        encoding="utf-8",
    )
    return path


def organization(id, *codes, **more):
    """An organization with these type codes."""
    types = [{"coding": [{"system": "urn:x", "code": code}]} for code in codes]
    return {"resourceType": "Organization", "id": id, "name": id, "type": types} | more


def reference(text):
    return {"reference": text}


def said(frame, *columns):
    """The values of columns, row by row in order; a day as text, what is not there as an empty one."""
    shown = frame.reindex(columns=list(columns))
    rows = shown.itertuples(index=False, name=None)
    return sorted(
        tuple("" if pd.isna(one) else str(one).removesuffix(" 00:00:00") for one in row)
        for row in rows
    )


@pytest.fixture(scope="module")
def plan_net(shared):
    folder = shared / "data/fhir_plannet_us"
    if not folder.is_dir():
        pytest.skip("no Plan-Net data")
    return folder


def test_plan_net(plan_net, tmp_path):
    """The 1,223 resources of the reference server: pairs, numbers and shared points as counted by hand."""
    for source in (plan_net / "bundle_transaction.json", plan_net):
        loaded = load(source)
        links = Counter(loaded.network.edges()["relation"])
        assert links["MEMBER_OF"] == 438
        assert sum(found.code == "W250" for found in loaded.problems) == 118
        points = {found.value for found in loaded.problems if found.code == "W251"}
        assert "-100.445882, 39.78373" in points
        told = next(found for found in loaded.problems if found.value == "-100.445882, 39.78373")
        assert "71" in told.message
        resources = 1223 * (2 if source.is_dir() else 1)  # the folder holds them twice
        assert (loaded.rows_in, loaded.loaded + loaded.left_out) == (resources, resources)
        counts = loaded.network.counts()
        assert (counts["groups"], counts["areas"]) == (23, 1)
        assert loaded.network.completeness("links.MEMBER_OF").state == "partial"
    types = loaded.network.nodes("Group")["type"].value_counts().to_dict()
    assert types == {"provider_network": 15, "health_system": 7, "other": 1}
    for name, shape in (("a.fhir.json", "mcsd"), ("b.fhir.ndjson", "plan-net")):
        write(loaded.network, tmp_path / name, shape=shape)
        assert read(tmp_path / name) == loaded.network


def test_both_shapes_of_the_sample(taizhou, tmp_path):
    """Taizhou goes through both shapes and both files, and comes back the same."""
    for shape in ("mcsd", "plan-net"):
        for name in ("a.fhir.json", "a.fhir.ndjson"):
            lost = write(taizhou, tmp_path / name, shape=shape)
            assert read(tmp_path / name) == taizhou
            assert bool(lost) == (shape == "plan-net")  # which cannot say that one is planned


def test_order_in_the_file_says_nothing(plan_net, tmp_path):
    """Whatever the order of its entries, a directory is the same network."""
    bundle = json.loads((plan_net / "bundle_transaction.json").read_text("utf-8"))
    bundle["entry"].reverse()
    turned = tmp_path / "turned.json"
    turned.write_text(json.dumps(bundle), encoding="utf-8")
    one, other = (
        read(path).edges().groupby(["source", "relation", "target"]).size()
        for path in (plan_net / "bundle_transaction.json", turned)
    )
    assert one.to_dict() == other.to_dict()


def test_persons_and_others_are_left_out(tmp_path):
    """Persons are counted and never read; so is what is no part of a directory."""
    source = saved(
        tmp_path / "a.json",
        organization("A", "prov"),
        {"resourceType": "Practitioner", "id": "P", "name": [{"family": "Wang"}]},
        {"resourceType": "PractitionerRole", "id": "R"},
        {"resourceType": "InsurancePlan", "id": "I"},
        {"resourceType": "OperationOutcome"},
        {"fullUrl": "urn:uuid:1"},
    )
    loaded = load(source)
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (6, 1, 5)
    assert "Wang" not in str(loaded.to_dict()) + str(loaded.network.nodes().to_dict())


def test_pairs_and_several_locations(tmp_path):
    """One location is the other half of a facility; of several, each is a facility inside of it."""
    places = [
        {
            "resourceType": "Location",
            "id": id,
            "name": id,
            "status": "active",
            "managingOrganization": reference(f"Organization/{owner}"),
            "position": {"longitude": 121.5, "latitude": 28.5},
        }
        for id, owner in (("L1", "A"), ("L2", "B"), ("L3", "B"), ("A", "B"))
    ]
    net = read(
        saved(tmp_path / "a.json", *places, organization("A", "fac"), organization("B", "fac"))
    )
    nodes = net.nodes()
    assert sorted(nodes.index) == ["A", "B", "L2", "L3", "Location/A"]  # two things called A
    assert nodes.loc["A", "lon"] == 121.5
    assert set(nodes["crs"].dropna()) == {"WGS-84"}
    parts = net.edges("PART_OF")
    assert sorted(parts["source"]) == ["L2", "L3", "Location/A"]
    assert set(parts["target"]) == {"B"}


def test_what_covers_an_area_serves_it(tmp_path):
    """A location that a service covers is an area; jurisdictions are, and hold one another."""
    mcsd = "https://profiles.ihe.net/ITI/mCSD/CodeSystem/IHE.mCSD.Organization.Location.Types"
    jurisdiction = [{"coding": [{"system": mcsd, "code": "jurisdiction"}]}]
    source = saved(
        tmp_path / "a.json",
        {
            "resourceType": "HealthcareService",
            "id": "S",
            "providedBy": reference("Organization/A"),
            "coverageArea": [reference("Location/T")],
            "specialty": [{"text": "surgery"}],
        },
        organization("A", "prov"),
        organization("C", type=jurisdiction),
        {
            "resourceType": "Location",
            "id": "C",
            "name": "C",
            "type": jurisdiction,
            "managingOrganization": reference("Organization/C"),
        },
        {"resourceType": "Location", "id": "T", "name": "T", "partOf": reference("Location/C")},
    )
    net = read(source)
    assert said(net.nodes("Area"), "name", "parent") == [("C", ""), ("T", "C")]
    link = net.edges("SERVES").iloc[0]
    assert (link["source"], link["target"]) == ("A", "T")
    assert net.nodes().loc["A", "specialties"] == "surgery"


def test_periods_and_inactive_affiliations(tmp_path):
    """A period says when it holds, lastUpdated never; what is only called inactive has ended."""
    ends = {
        "organization": reference("Organization/G"),
        "participatingOrganization": reference("Organization/A"),
    }
    source = saved(
        tmp_path / "a.json",
        organization("A", "prov"),
        organization("G", "ntwk"),
        {
            "resourceType": "OrganizationAffiliation",
            "id": "1",
            "meta": {"lastUpdated": "2021-01-01T00:00:00Z"},
            "period": {"start": "2020-02", "end": "2020-02"},
            **ends,
        },
        {
            "resourceType": "OrganizationAffiliation",
            "id": "2",
            "meta": {"lastUpdated": "2022-03-04T00:00:00Z"},
            "active": False,
            "period": {"start": "2021-02-30"},
            **ends,
        },
        timestamp="2023-01-01T00:00:00Z",
    )
    loaded = load(source)
    days = said(loaded.network.edges("MEMBER_OF"), "valid_from", "valid_to", "confidence")
    assert days == [("", "2022-03-04", "low"), ("2020-02-01", "2020-02-29", "")]
    assert [found.value for found in loaded.problems if found.code == "W253"] == ["2021-02-30"]


@pytest.mark.parametrize(
    "resource",
    [
        {"id": "A", "name": 5, "type": "x", "alias": {"a": 1}, "identifier": [3, {"value": [1]}]},
        {"id": "A", "name": None, "telecom": 1, "address": [1, {"line": 2}], "partOf": "x"},
        {"id": 7, "name": "七", "extension": [{"url": "u"}, None, {"extension": 3}]},
        {"id": "A", "name": "甲", "partOf": {"reference": "Organization/A"}, "active": "yes"},
        {"id": "A", "name": "\x00<script>", "extension": {"url": 5, "valueString": {}}},
        {"id": "a|b/../c", "name": "x" * 70_000, "alias": ["a|b", "", None]},
    ],
)
def test_wrong_elements_cost_themselves_alone(tmp_path, resource):
    """What is not as FHIR has it is none; the rest of the resource is read."""
    source = saved(
        tmp_path / "a.json",
        {"resourceType": "Organization", **resource},
        {
            "resourceType": "Location",
            "id": "L",
            "name": "L",
            "position": {"longitude": "NaN", "latitude": 10**400},
            "managingOrganization": [1],
            "partOf": reference("Location/L"),
        },
    )
    loaded = load(source)
    assert loaded.rows_in == 2
    assert len(loaded.network.nodes()) == 2
    write(loaded.network, tmp_path / "b.fhir.json")
    assert read(tmp_path / "b.fhir.json") == loaded.network


@pytest.mark.parametrize(
    "content",
    [
        b'{"resourceType": "Bundle", "entry": [',
        b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Organization", "id": "\\ud800"}}]}',
        b'{"resourceType": "Bundle", "entry": [1 2]}',
        b'{"resourceType": "Organization", "id": "A"}\n[1]\n',
        b'{"resourceType": "Organization", "x": ' + b"[" * 100_000,
        b'{"resourceType": "Bundle"}\xff',
    ],
)
def test_broken_files_are_refused(tmp_path, content):
    """A file that is no JSON is a sentence that names it."""
    (tmp_path / "a.ndjson").write_bytes(content)
    with pytest.raises(errors.SourceError, match=r"a\.ndjson"):
        read(tmp_path / "a.ndjson")


def test_an_empty_bundle_is_an_empty_network(tmp_path):
    """A bundle of nothing holds nothing, and says nothing of what there is."""
    loaded = load(saved(tmp_path / "a.json"))
    assert (loaded.rows_in, len(loaded.network.nodes())) == (0, 0)
    assert [one.code for one in loaded.problems] == ["W038"]
    assert loaded.network.completeness("facilities").state == "partial"


def test_names_that_are_no_ids(tmp_path):
    """Ids that FHIR does not allow become others, and come back; one may look like such a one."""
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.fhir.writing import fhir_id

    ids = ["甲院", fhir_id("甲院"), "a b", "x" * 65, "medgraph", "A"]
    nodes = pd.DataFrame({"id": ids, "kind": "Facility", "name": ids})
    net = MedicalNetwork.from_frames(nodes)
    write(net, tmp_path / "a.fhir.json")
    assert read(tmp_path / "a.fhir.json") == net


@pytest.mark.parametrize(
    "hollow", [None, "x", 3, [], {}, {"resource": None}, {"resource": "x"}, {"resource": {}}]
)
def test_an_entry_without_a_resource_is_left_out_by_its_place(tmp_path, hollow):
    """Whatever stands there in its stead; the resource beside it is read."""
    path = tmp_path / "d.json"
    entries = [{"resource": organization("a", "prov")}, hollow]
    path.write_text(
        json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), "utf-8"
    )
    loaded = load(path)
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (2, 1, 1)
    assert [(row.place, row.reason) for row in loaded.left_rows] == [
        ("d.json[1].2", say("fhir_left_empty"))
    ]


def test_entries_that_are_no_list_are_refused(tmp_path):
    """An empty network would say that nothing stands in the file."""
    path = tmp_path / "d.json"
    path.write_text('{"resourceType": "Bundle", "entry": {"resource": {}}}', "utf-8")
    with pytest.raises(errors.SourceError, match="entry"):
        load(path)


POLYGON = '{"type": "Polygon", "coordinates": [[[121.0, 28.0], [121.1, 28.0], [121.0, 28.1], [121.0, 28.0]]]}'


def county(content):
    """A county whose location states its boundary so."""
    pair = "https://profiles.ihe.net/ITI/mCSD/CodeSystem/IHE.mCSD.Organization.Location.Types"
    type_ = [{"coding": [{"system": pair, "code": "jurisdiction"}]}]
    url = "http://hl7.org/fhir/StructureDefinition/location-boundary-geojson"
    data = base64.b64encode(content.encode()).decode()
    outline = {"url": url, "valueAttachment": {"contentType": "application/geo+json", "data": data}}
    place = {"resourceType": "Location", "id": "c", "name": "County", "extension": [outline]}
    return place | {"type": type_, "status": "active"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (POLYGON, POLYGON),
        ('{"type": "Feature", "geometry": ' + POLYGON + "}", POLYGON),
        ('{"type": "Point", "coordinates": [1, 2]}', None),
        ("no outline", None),
    ],
)
def test_the_boundary_of_an_area(tmp_path, content, expected):
    """Read from the attachment and written there again; what is no outline is told."""
    loaded = load(saved(tmp_path / "d.json", county(content)))
    found = loaded.network.nodes("Area").get("boundary")
    assert (None if found is None else found.iloc[0]) == expected
    assert any(one.code == "W255" for one in loaded.problems) == (expected is None)
    write(loaded.network, tmp_path / "again.fhir.json")
    written = (tmp_path / "again.fhir.json").read_text(encoding="utf-8")
    assert ("location-boundary-geojson" in written) == (expected is not None)
    assert read(tmp_path / "again.fhir.json") == loaded.network


@pytest.mark.parametrize(
    "more", [{"status": "off"}, {"status": "test"}, {"period": {"end": "2019-01-01"}}]
)
def test_an_endpoint_that_is_not_in_use_reaches_nobody(tmp_path, more):
    """It is left out by its reason; one in use beside it is read."""
    kind = {"system": "urn:x", "code": "hl7-fhir-rest"}
    used = {"resourceType": "Endpoint", "id": "e", "connectionType": kind, "address": "https://a"}
    over = {**used, "id": "f", "address": "https://b", "status": "active", **more}
    owner = organization("o", "prov", endpoint=[reference("Endpoint/e"), reference("Endpoint/f")])
    loaded = load(saved(tmp_path / "d.json", owner, used, over))
    assert loaded.network.nodes("Facility")["endpoints"].tolist() == ["hl7-fhir-rest https://a"]
    assert [row.reason for row in loaded.left_rows] == [say("fhir_left_not_in_use")]


def test_what_is_inactive_since_no_day_is_not_read(tmp_path):
    """The day of reading is none of its days; a service that is inactive offers nothing."""
    group, member = organization("g", "ntwk"), organization("m", "prov")
    joined = {"resourceType": "OrganizationAffiliation", "id": "a", "active": False}
    joined |= {"organization": reference("Organization/g")}
    joined |= {"participatingOrganization": reference("Organization/m")}
    service = {"resourceType": "HealthcareService", "id": "h", "active": False}
    service |= {"providedBy": reference("Organization/m"), "specialty": [{"text": "Cardio"}]}
    loaded = load(saved(tmp_path / "d.json", group, member, joined, service))
    assert len(loaded.network.edges()) == 0
    assert "specialties" not in loaded.network.nodes("Facility")
    assert {row.reason for row in loaded.left_rows} == {say("fhir_left_not_in_use")}
    dated = load(
        saved(tmp_path / "e.json", group, member, joined, timestamp="2024-05-01T00:00:00Z")
    )
    assert said(dated.network.edges(), "relation", "valid_to") == [("MEMBER_OF", "2024-05-01")]


@pytest.mark.parametrize("name", ["net.fhir.json", "net.fhir.ndjson"])
def test_a_link_that_is_yet_to_begin_is_kept(tmp_path, name):
    """It is inactive today, and neither over nor unknown: its period says from when it holds."""
    nodes = pd.DataFrame({"id": ["A", "G"], "kind": ["Facility", "Group"], "name": ["甲", "乙"]})
    nodes["type"] = [None, "county_medical_community"]
    links = pd.DataFrame(
        {
            "source": ["A"],
            "relation": ["LEADS"],
            "target": ["G"],
            "valid_from": [pd.Timestamp("2099-01-01")],
        }
    )
    net = MedicalNetwork.from_frames(nodes, links)
    write(net, tmp_path / name)
    assert read(tmp_path / name) == net


def test_half_a_position_is_told_and_a_kind_of_place_is_no_place(tmp_path):
    """`mode` kind stands for a class of locations."""
    half = {"resourceType": "Location", "id": "l", "name": "L", "position": {"longitude": 20}}
    kind = {"resourceType": "Location", "id": "k", "name": "Any clinic", "mode": "kind"}
    loaded = load(saved(tmp_path / "d.json", half, kind))
    assert [one.value for one in loaded.problems if one.code == "W256"] == ["longitude 20"]
    assert loaded.network.nodes("Facility").query("is_class == True").index.tolist() == ["k"]


def test_words_that_fhir_does_not_have_leave_a_doubt(tmp_path):
    """They are told with their place, and whether the node is at work is unknown, not open."""
    place = {"resourceType": "Location", "name": "L", "status": "active"}
    source = saved(
        tmp_path / "d.json",
        {**place, "id": "status", "status": "out-of-order"},
        {**place, "id": "mode", "mode": "sort"},
        {**place, "id": "sound"},
        organization("active", "prov", active="false"),
        organization("days", "prov", extension=[{"url": PERIOD, "valuePeriod": {"end": "soon"}}]),
    )
    loaded = load(source)
    assert loaded.left_nodes.doubtful == {"status", "mode", "active", "days"}
    told = {
        one.place.split()[-1].split("/")[1]: one.value
        for one in loaded.problems
        if "W25" in one.code
    }
    assert told == {"status": "out-of-order", "mode": "sort", "active": "false", "days": "soon"}
    day = Day(with_doubts(loaded.network, loaded.left_nodes))
    assert {day.id(at): int(state) for at, state in enumerate(day.working.states)} == {
        **dict.fromkeys(loaded.left_nodes.doubtful, UNKNOWN),
        "sound": YES,
    }


@pytest.mark.parametrize(
    "more", [{"active": "no"}, {"active": 0}, {"period": {"end": "soon"}}, {"period": {"start": 1}}]
)
def test_links_in_doubt_are_left_out_and_told(tmp_path, more):
    """Neither their being nor their end is guessed; what was declared whole no longer is."""
    group, member = organization("g", "ntwk"), organization("m", "prov")
    joined = {"resourceType": "OrganizationAffiliation", "id": "a", **more}
    joined |= {"organization": reference("Organization/g")}
    joined |= {"participatingOrganization": reference("Organization/m")}
    loaded = load(saved(tmp_path / "d.json", group, member, joined))
    assert len(loaded.network.edges()) == 0
    assert [row.reason for row in loaded.left_rows] == [say("fhir_left_doubtful")]
    assert any(one.code in ("W253", "W257") for one in loaded.problems)


def test_services_and_endpoints_in_doubt_are_left_out(tmp_path):
    """What one offers, whom one reaches and which area it covers is then not stated."""
    kind = {"system": "urn:x", "code": "hl7-fhir-rest"}
    endpoint = {"resourceType": "Endpoint", "id": "e", "connectionType": kind, "status": "on"}
    endpoint |= {"address": "https://a"}
    service = {"resourceType": "HealthcareService", "id": "h", "specialty": [{"text": "Cardio"}]}
    service |= {
        "providedBy": reference("Organization/m"),
        "coverageArea": [reference("Location/c")],
    }
    member = organization("m", "prov", endpoint=[reference("Endpoint/e")])
    area = {"resourceType": "Location", "id": "c", "name": "C"}
    for active, reason in (("yes", "fhir_left_doubtful"), (False, "fhir_left_not_in_use")):
        loaded = load(
            saved(tmp_path / "d.json", member, area, endpoint, {**service, "active": active})
        )
        assert len(loaded.network.edges()) == 0
        assert not {"specialties", "endpoints"} & set(loaded.network.nodes("Facility"))
        assert {row.reason for row in loaded.left_rows} == {say(reason), say("fhir_left_doubtful")}


def test_a_list_that_lacks_a_link_is_no_longer_complete(taizhou, tmp_path):
    """A declaration of ours holds for what was written, not for what somebody spoiled since."""
    write(taizhou, tmp_path / "a.fhir.json")
    bundle = json.loads((tmp_path / "a.fhir.json").read_text("utf-8"))
    resources = [entry["resource"] for entry in bundle["entry"]]
    link = next(one for one in resources if one["resourceType"] == "OrganizationAffiliation")
    link["active"] = "true"
    loaded = load(saved(tmp_path / "b.json", *resources))
    assert loaded.left_out == 1
    assert taizhou.completeness("links.MEMBER_OF").state == "complete"
    assert loaded.network.completeness("links.MEMBER_OF").state == "partial"


def test_an_odd_status_leaves_an_area_unknown(taizhou, tmp_path):
    """A question asks with the doubts, and says whom they concern."""
    write(taizhou, tmp_path / "a.fhir.json")
    text = (tmp_path / "a.fhir.json").read_text("utf-8")
    bundle = json.loads(text)
    places = (entry["resource"] for entry in bundle["entry"])
    place = next(
        one for one in places if (one["resourceType"], one["id"]) == ("Location", "TZ-P01")
    )
    place["status"] = "out-of-order"
    (tmp_path / "a.fhir.json").write_text(json.dumps(bundle), encoding="utf-8")
    asked = ["coverage", "served", str(tmp_path / "a.fhir.json"), "--format", "json"]
    result = CliRunner().invoke(cli, asked)
    answer = json.loads(result.stdout)
    assert answer["share"]["met"] == 37
    assert [row["name"] for row in answer["unknown"]] == ["路桥街道"]
    assert "路桥区路桥街道社区卫生服务中心" in result.stderr


def test_what_is_not_read_is_counted_and_kept_where_asked(tmp_path):
    """Elements and extensions of others by their path; the names of contacts are never kept."""
    more = {"contact": [{"name": {"family": "Wang"}}], "text": {"status": "generated"}}
    more |= {"extension": [{"url": "http://x/qualification", "valueString": "q"}]}
    site = {"resourceType": "Location", "id": "a", "name": "A", "hoursOfOperation": [1, 2]}
    site |= {"managingOrganization": reference("Organization/a")}
    group = organization("g", "ntwk")
    joined = {"resourceType": "OrganizationAffiliation", "id": "l", "telecom": [{"value": "1"}]}
    joined |= {"organization": reference("Organization/g")}
    joined |= {"participatingOrganization": reference("Organization/a")}
    source = saved(tmp_path / "d.json", organization("a", "prov", **more), site, group, joined)
    told = next(one.value for one in load(source).problems if one.code == "I251")
    for path in ("Organization.contact 1", "Organization.extension(qualification) 1"):
        assert path in told
    assert "fhir" not in read(source).nodes()
    net = read(source, keep_source=True)
    assert json.loads(net.nodes().loc["a", "fhir"]) == {
        "Location": {"hoursOfOperation": [1, 2]},
        "Organization": {"extension": more["extension"]},
    }
    assert json.loads(net.edges()["fhir"][0]) == {
        "OrganizationAffiliation": {"telecom": [{"value": "1"}]}
    }
    assert "Wang" not in str(net.nodes().to_dict())
    write(net, tmp_path / "b.fhir.json")
    assert read(tmp_path / "b.fhir.json") == net


def test_a_request_that_fhir_does_not_have_is_no_state(tmp_path):
    """Whether `delete` in small letters deletes is not guessed; nor is an earlier state then today's."""
    body = organization("a", "prov")
    odd = {
        "resource": {**body, "meta": {"versionId": "2"}},
        "request": {"method": "delete", "url": "Organization/a"},
    }
    for entries in ([odd], [{**body, "meta": {"versionId": "1"}}, odd]):
        loaded = load(saved(tmp_path / "d.json", *entries))
        assert len(loaded.network.nodes()) == 0
        assert (loaded.rows_in, loaded.left_out) == (len(entries), len(entries))


@pytest.mark.parametrize("status", ["retired", "entered-in-error", "actual"])
def test_a_list_that_is_not_current_declares_nothing(taizhou, tmp_path, status):
    """Its day and title stay."""
    write(taizhou, tmp_path / "a.fhir.ndjson")
    lines = (
        (tmp_path / "a.fhir.ndjson")
        .read_text("utf-8")
        .replace('"status": "current"', f'"status": "{status}"')
    )
    (tmp_path / "b.ndjson").write_text(lines, encoding="utf-8")
    net = read(tmp_path / "b.ndjson")
    assert net.data_day == taizhou.data_day
    assert net.completeness("links.MEMBER_OF").state == "partial"


def test_types_that_say_no_kind_are_counted(tmp_path):
    """An organization of one becomes a facility, and that is told once."""
    told = load(saved(tmp_path / "d.json", organization("a", "church"), organization("b", "prov")))
    assert [one.value for one in told.problems if one.code == "I253"] == ["church (1)"]
