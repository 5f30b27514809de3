"""Whom an electronic referral reaches: by its own endpoint, by its platform's, by none, or nobody knows."""

from __future__ import annotations

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import referrals

NODES = [
    {"id": "A", "kind": "Facility", "endpoints": "hl7-fhir-rest https://a.b/fhir"},
    {"id": "B", "kind": "Facility"},
    {"id": "C", "kind": "Facility"},
    {"id": "D", "kind": "Facility", "status": "closed"},
    {"id": "E", "kind": "Facility"},
    {"id": "P", "kind": "Platform", "endpoints": "secure-email mailto:p@a.b"},
]
LINKS = [
    ("B", "REFERS_UP_TO", "A"),
    ("A", "REFERS_DOWN_TO", "C"),
    ("C", "REFERS_UP_TO", "D"),
    ("B", "CONNECTED_TO", "P"),
]


def net(**declared):
    nodes = [{"name": row["id"], **row} for row in NODES]
    links = pd.DataFrame(LINKS, columns=["source", "relation", "target"])
    meta = {f"{name.replace('__', '.')}.complete": "complete" for name in declared}
    return MedicalNetwork.from_frames(pd.DataFrame(nodes), links, meta)


def test_silence_is_no_lack():
    """Who states none has none only where the columns and the connections are declared whole."""
    answer = referrals.endpoints(net())
    assert answer.frame.set_index("facility")["status"].to_dict() == {"A": "has", "B": "has"}
    assert answer.unknown["facility"].to_list() == ["C"]
    assert answer.excluded["facility"].to_list() == ["D"]
    assert (answer.share.met, answer.share.total) == (2, 2)
    whole = {"facilities__endpoints": 1, "platforms__endpoints": 1, "links__CONNECTED_TO": 1}
    told = referrals.endpoints(net(**whole))
    assert told.frame.set_index("facility")["status"].to_dict() == {
        "A": "has",
        "B": "has",
        "C": "none",
    }
    for name in ("facilities__endpoints", "links__CONNECTED_TO"):
        rest = {one: 1 for one in whole if one != name}
        assert referrals.endpoints(net(**rest)).unknown["facility"].to_list() == ["C"]
