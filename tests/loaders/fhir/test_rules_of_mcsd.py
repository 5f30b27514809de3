"""The rules of mCSD that matter, as a table: what we write in its shape keeps each of them."""

from __future__ import annotations

import json

import pytest

from medgraph.loaders import write
from medgraph.loaders.fhir import terms
from medgraph.loaders.samples import synthetic


def codes(resource, name="type"):
    return {
        (coding["system"], coding["code"])
        for concept in resource.get(name, [])
        for coding in concept["coding"]
    }


def is_pair(resource, which):
    return (terms.MCSD, which) in codes(resource)


# type of resource -> what the rule says -> whether a resource keeps it
RULES = {
    "Organization": {
        "type 1..*": lambda one: codes(one),
        "name 1..1": lambda one: one["name"],
        "facility and jurisdiction: type 2..*": lambda one: (
            not (is_pair(one, "facility") or is_pair(one, "jurisdiction")) or len(one["type"]) >= 2
        ),
    },
    "Location": {
        "type 2..*": lambda one: len(one["type"]) >= 2,
        "name 1..1": lambda one: one["name"],
        "status 1..1": lambda one: one["status"] in ("active", "suspended", "inactive"),
        "managingOrganization 1..1": lambda one: one["managingOrganization"]["reference"],
        "facility or jurisdiction": lambda one: (
            is_pair(one, "facility") != is_pair(one, "jurisdiction")
        ),
        "a facility has a role code": lambda one: (
            not is_pair(one, "facility")
            or any(system == terms.ROLE_CODE for system, _ in codes(one))
        ),
    },
    "HealthcareService": {
        "type 1..*": lambda one: codes(one),
        "name 1..1": lambda one: one["name"],
        "location is a Location": lambda one: all(
            place["reference"].startswith("Location/") for place in one.get("location", [])
        ),
    },
    "OrganizationAffiliation": {
        "active 1..1": lambda one: isinstance(one["active"], bool),
        "code 1..*": lambda one: codes(one, "code"),
        "organization 1..1": lambda one: one["organization"]["reference"],
        "participatingOrganization 1..1": lambda one: one["participatingOrganization"]["reference"],
        "network 0..0": lambda one: "network" not in one,
    },
    "Endpoint": {
        "connectionType 1..1": lambda one: one["connectionType"]["code"],
        "payloadType 1..*": lambda one: codes(one, "payloadType"),
        "address 1..1": lambda one: one["address"],
    },
    "List": {"mode snapshot": lambda one: one["mode"] == "snapshot"},
}
OF_ALL = {
    "no modifierExtension": lambda one: "modifierExtension" not in one,
    "no implicitRules": lambda one: "implicitRules" not in one,
    "no profile that is not supplied": lambda one: "profile" not in one.get("meta", {}),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory, taizhou):
    """The resources of Taizhou, and of a county that is made up."""
    found = []
    for number, net in enumerate((taizhou, synthetic(seed=3, scale="county"))):
        target = tmp_path_factory.mktemp("mcsd") / f"{number}.fhir.ndjson"
        write(net, target)
        found += map(json.loads, target.read_text("utf-8").splitlines())
    return found


def test_every_resource_keeps_the_rules(written):
    """Each rule holds for each resource of its type."""
    broken = {
        (one["resourceType"], rule, one["id"])
        for one in written
        for rule, keeps in (RULES[one["resourceType"]] | OF_ALL).items()
        if not keeps(one)
    }
    assert not broken


def test_every_reference_leads_to_a_resource(written):
    """Nothing that is written refers to what is not written."""
    there = {f"{one['resourceType']}/{one['id']}" for one in written}

    def referred(value):
        if isinstance(value, dict):
            yield from ([value["reference"]] if "reference" in value else [])
            value = list(value.values())
        for one in value if isinstance(value, list) else ():
            yield from referred(one)

    assert {told for one in written for told in referred(one)} <= there
