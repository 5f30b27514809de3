"""Words are joined as their language does."""

from __future__ import annotations

import pytest

from medgraph.words.joining import bracketed, clauses, listed, said_of, title_without_ends
from medgraph.words.say import speaking


@pytest.mark.parametrize(
    ("lang", "joined"),
    [
        ("zh", ("甲、乙", "甲；乙", "甲（乙）", "甲：乙")),
        ("en", ("甲, 乙", "甲; 乙", "甲 (乙)", "甲: 乙")),
    ],
)
def test_lists_clauses_brackets_and_what_is_said(lang, joined):
    parts = ("甲", "乙")
    with speaking(lang):
        assert (listed(parts), clauses(parts), bracketed(*parts), said_of(*parts)) == joined


def test_an_empty_part_of_a_title_leaves_no_stop():
    assert [title_without_ends(t) for t in ("：甲", "甲 · ", " : 甲")] == ["甲"] * 3
