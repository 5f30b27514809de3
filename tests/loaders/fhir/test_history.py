"""A history worked out by hand: versions out of order, deletions with and without a body, ids born again."""

from __future__ import annotations

import random

from medgraph.loaders.registry import load
from tests.loaders.fhir.test_directories import organization, reference, said, saved


def state(resource, version, day):
    """An entry of a history: one version of a resource."""
    meta = {"versionId": str(version), "lastUpdated": f"{day}T08:00:00Z"}
    url = f"{resource['resourceType']}/{resource['id']}"
    return {
        "fullUrl": f"http://a.b/fhir/{url}",
        "resource": {**resource, "meta": meta},
        "request": {"method": "PUT", "url": url},
        "response": {"status": "200", "etag": f'W/"{version}"'},
    }


def deletion(url, version, day=None, **more):
    """An entry that says that a resource was deleted."""
    response = {"status": "204", "etag": f'W/"{version}"'}
    return {
        "fullUrl": f"http://a.b/fhir/{url}",
        "request": {"method": "DELETE", "url": url},
        "response": response | ({"lastModified": f"{day}T08:00:00Z"} if day else {}),
        **more,
    }


def membership(id, *groups, **more):
    return {
        "resourceType": "OrganizationAffiliation",
        "id": id,
        "participatingOrganization": reference("Organization/A"),
        "network": [reference(f"Organization/{group}") for group in groups],
        **more,
    }


HISTORY = [
    state(organization("A", "prov", name="old name"), 1, "2020-01-01"),
    state(organization("A", "prov", name="new name"), 10, "2020-03-01"),
    state(organization("A", "prov", name="middle name"), 9, "2020-02-01"),
    state(organization("G", "ntwk"), 1, "2020-01-01"),
    state(organization("H", "ntwk"), 1, "2020-01-01"),
    # a member of G, then of both, then of H alone
    state(membership("1", "G"), 1, "2020-01-05"),
    state(membership("1", "G", "H"), 2, "2020-02-05"),
    state(membership("1", "H"), 3, "2020-03-05"),
    state(membership("1", "H"), 3, "2020-03-05"),  # the same version again
    # deleted on a day that is stated, and born again with a body under the DELETE
    state(membership("2", "G"), 1, "2020-01-06"),
    deletion("OrganizationAffiliation/2", 2, "2020-04-01", resource=membership("2", "H")),
    state(membership("2", "G"), 3, "2020-06-01"),
    # deleted on a day that nobody states
    state(membership("3", "G", period={"start": "2019-01-01"}), 1, "2020-01-07"),
    deletion("OrganizationAffiliation/3", 2),
    # its own period wins over the day of the deletion
    state(
        membership("4", "H", period={"start": "2019-01-01", "end": "2019-12-31"}), 1, "2020-01-07"
    ),
    deletion("OrganizationAffiliation/4", 2, "2020-05-01"),
    # facilities: one deleted, one deleted and born again, one that was never seen
    state(organization("B", "prov"), 1, "2020-01-01"),
    deletion("Organization/B", 2, "2020-07-01"),
    state(organization("C", "prov"), 3, "2020-09-01"),
    deletion("Organization/C", 2, "2020-08-01"),
    state(organization("C", "prov"), 1, "2020-01-01"),
    deletion("Organization/D", 5, "2020-08-01"),
]


def test_a_history_ends_as_worked_out(tmp_path):
    """Whatever the order of its entries, the network is the one that was worked out by hand."""
    for seed in range(4):
        entries = list(HISTORY)
        random.Random(seed).shuffle(entries)
        source = saved(
            tmp_path / "a.json", *entries, type="history", timestamp="2021-01-01T00:00:00Z"
        )
        loaded = load(source)
        nodes = loaded.network.nodes()
        assert said(nodes, "name", "valid_to") == [
            ("B", "2020-07-01"),
            ("C", ""),
            ("G", ""),
            ("H", ""),
            ("new name", ""),
        ]
        assert nodes.loc["C", "note"]
        columns = ("target", "valid_from", "valid_to", "confidence")
        assert said(loaded.network.edges(), *columns) == sorted(
            [
                ("G", "", "2020-03-05", "low"),  # 1: no longer stated in version 3
                ("H", "", "", ""),  # 1
                ("G", "", "2020-04-01", "low"),  # 2: deleted
                ("G", "2020-06-01", "", "low"),  # 2: born again
                ("G", "2019-01-01", "2021-01-01", "low"),  # 3: on the day of the bundle
                ("H", "2019-01-01", "2019-12-31", ""),  # 4
            ]
        )
        assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (
            len(HISTORY),
            len(HISTORY) - 1,
            1,
        )


def test_two_states_without_versions_are_not_guessed(tmp_path):
    """Where nothing says which of two states is the later, neither is read, and that is told."""
    source = saved(
        tmp_path / "a.json",
        organization("A", "prov", name="one"),
        organization("A", "prov", name="two"),
        organization("B", "prov"),
        organization("B", "prov"),
    )
    loaded = load(source)
    assert sorted(loaded.network.nodes().index) == ["B"]
    assert [found.code for found in loaded.problems if found.code == "W254"] == ["W254"]
    assert (loaded.rows_in, loaded.left_out) == (4, 2)
