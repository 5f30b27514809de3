"""An answer accounts for everything, or it cannot be made."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction

import pandas as pd
import pytest

import medgraph as mg
from medgraph.queries.results import Answer, Definition, Share, together

DAY = datetime.date(2023, 10, 25)
FRAME = pd.DataFrame(
    {
        "area": ["a1", "a2"],
        "name": ["甲", "<script>"],
        "status": ["served", "gap"],
        "reason": ["", "r"],
    }
)
LEFT = pd.DataFrame(
    {"area": ["a3"], "name": ["乙"], "status": ["excluded"], "reason": ["quasi unit"]}
)


def answer(**changes):
    given = {
        "query": "coverage.served",
        "as_of": DAY,
        "definition": Definition("n", "d", "areas"),
        "frame": FRAME,
        "total": 3,
        "judged": 2,
        "share": Share(1, 2, "areas"),
        "excluded": LEFT,
    }
    return Answer(**(given | changes))


def test_an_answer_that_loses_a_row_cannot_be_made():
    """in = judged + unknown + excluded, always."""
    with pytest.raises(ValueError, match="4 in, 3 accounted for"):
        answer(total=4)


def test_a_share_has_the_judged_as_its_whole():
    with pytest.raises(ValueError, match="share of 3 where 2"):
        answer(share=Share(1, 3, "areas"))


def test_json_has_the_keys_of_the_contract():
    """Scripts rely on these keys, in this shape."""
    said = json.loads(answer().to_json())
    assert list(said)[:10] == [
        "query",
        "as_of",
        "medgraph",
        "definition",
        "share",
        "bounds",
        "accounted",
        "rows",
        "unknown",
        "excluded",
    ]
    assert said["accounted"] == {"in": 3, "judged": 2, "unknown": 0, "excluded": 1}
    assert said["share"] == {"met": 1, "total": 2, "unit": "areas"}
    assert said["rows"][1] == {"area": "a2", "name": "<script>", "status": "gap", "reason": "r"}


def test_json_has_null_for_what_is_missing():
    """Neither NaN nor NaT reaches a script."""
    frame = pd.DataFrame(
        {
            "area": ["a1", "a2"],
            "minutes": [1.5, float("nan")],
            "day": pd.to_datetime(["2024-01-02", None]),
        }
    )
    rows = json.loads(answer(frame=frame).to_json())["rows"]
    assert rows == [
        {"area": "a1", "minutes": 1.5, "day": "2024-01-02"},
        {"area": "a2", "minutes": None, "day": None},
    ]


def test_status_covers_what_was_left_out():
    """A map can colour every area, judged or not."""
    assert answer().status.to_dict() == {"a1": "served", "a2": "gap", "a3": "excluded"}
    assert len(answer().everything) == 3


def test_html_shows_hostile_names_as_text():
    assert "<script>" not in answer()._repr_html_()


def test_shares_are_exact():
    """33 of 100 is under a third; a share of nothing is no number."""
    assert Share(33, 100, "slots").fraction < Fraction(1, 3)
    assert Share(0, 0, "areas").fraction is None


def test_answers_are_frozen():
    with pytest.raises(AttributeError):
        answer().total = 5


def test_counts_beside_a_column_without_values_stay_whole_numbers():
    """Whichever pandas joins them: the second made 3.0 of a 3, and warned of it."""
    known = pd.DataFrame({"id": ["a"], "pairs": [3]})
    unknown = pd.DataFrame({"id": ["b"], "pairs": pd.Series([None], dtype=object)})
    assert together(known, unknown)["pairs"].tolist() == [3, None]
    assert isinstance(together(known, unknown)["pairs"].iloc[0], int)


def test_empty_frames_of_two_answers_are_not_one():
    """Who writes into the frame of one answer writes into no other: frames without rows are copies."""
    net = mg.samples.taizhou()
    one, other = (mg.coverage.gaps(net.as_of(day)) for day in ("2023-10-25", "2023-10-26"))
    assert not len(one.unknown)
    one.unknown.columns.name = "mine"
    one.unknown["note"] = []
    one.unknown.loc[0, "status"] = "mine"
    assert "note" not in other.unknown
    assert mg.coverage.gaps(net).unknown.columns.name is None
    assert not len(other.unknown)
    assert not len(mg.coverage.gaps(net).unknown)


def test_rows_left_out_of_two_answers_are_not_one():
    """What is worked out once for both questions is handed out to each apart."""
    ends = {"source": ["F1"], "relation": ["SINKS_BEDS"], "target": ["F2"]}
    nodes = {"id": ["F1", "F2"], "kind": "Facility", "name": ["甲", "乙"]}
    net = mg.MedicalNetwork.from_frames(pd.DataFrame(nodes), pd.DataFrame(ends))
    one = mg.sharing.exchange(net, by="facility")
    one.unknown.loc[0, "source_name"] = "mine"
    for other in (mg.sharing.exchange(net, by="facility"), mg.sharing.balance(net, by="facility")):
        assert other.unknown["source_name"].tolist() == ["甲"]
