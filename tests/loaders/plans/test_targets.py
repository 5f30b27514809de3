"""The numbers a plan sets itself are found where they stand."""

from __future__ import annotations

import pytest

from medgraph.loaders.plans.targets import targets
from medgraph.loaders.plans.text_repair import repair


def seed(shared, begin):
    return repair(next((shared / "seeds").glob(f"{begin}_*.txt")).read_text(encoding="utf-8")).text


@pytest.mark.parametrize(
    ("begin", "shares"), [("000", {"90", "65"}), ("003", {"85", "65", "90"}), ("004", {"70", "20"})]
)
def test_shares_of_published_texts(shared, begin, shares):
    found = targets(seed(shared, begin))
    assert set(found[found["kind"] == "share"]["value"]) == shares


def test_the_indicators_of_xinjiang(shared):
    """42 indicators, whose weights sum to 1,000; the three for extra points have none."""
    found = targets(seed(shared, "004"))
    indicators = found[found["kind"] == "indicator"]
    assert len(indicators) == 42
    assert indicators["value"].dropna().astype(int).sum() == 1000
    assert indicators["value"].isna().sum() == 3


def test_the_phases_of_taizhou(shared):
    found = targets(seed(shared, "002"))
    assert list(found[found["kind"] == "phase"]["what"]) == ["启动阶段", "实施阶段", "巩固提高阶段"]


def test_spans_are_places_in_the_text():
    text = "到2025年底，县域内住院率达85%以上。"
    found = targets(text)
    assert [(row.kind, row.value) for row in found.itertuples()] == [
        ("day", "2025年底"),
        ("share", "85"),
    ]
    assert all(row.value in text[row.start : row.end] for row in found.itertuples())
