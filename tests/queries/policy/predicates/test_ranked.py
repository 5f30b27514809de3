"""What is recorded of a zone against what its cards make due."""

from __future__ import annotations

import pytest

from tests.queries.policy.asked import verdicts

ZONE = "654025000000"
TWO_CARDS = f"{ZONE} Area level=county; @cards"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("no", "yes", "PASS"),
        ("no", "no", "FAIL"),
        (None, "no", "FAIL"),
        ("yes", "no", "PASS"),
        ("yes", "yes", "FAIL"),
    ],
)
def test_a_zone_is_not_removed_twice(before, now, expected):
    """XJ-04: what was removed the year before has no place that it could lose."""
    earlier = f"; {ZONE}.removed@2022 = {before}" if before else ""
    text = f"{TWO_CARDS}{earlier}; {ZONE}.removed@2023 = {now}"
    assert verdicts("xinjiang-2022", "XJ-04", text)[ZONE] == expected
