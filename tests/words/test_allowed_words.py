"""What a cell may hold is said in the language of now."""

from __future__ import annotations

import pytest

from medgraph.loaders import load
from medgraph.words.say import speaking
from tests.words.test_stamps import CHINESE


@pytest.mark.parametrize(
    ("header", "cell", "allowed"),
    [("is_class", "perhaps", "yes / no"), ("group,role", "G1,boss", "lead / member")],
)
def test_allowed_words_are_english_in_english(tmp_path, header, cell, allowed):
    (tmp_path / "facilities.csv").write_text(f"id,name,{header}\nA1,Hospital one,{cell}\n", "utf-8")
    with speaking("en"):
        said = [str(problem) for problem in load(tmp_path, lenient=True).problems]
    assert any(allowed in message for message in said), said
    assert {word for message in said for word in CHINESE.findall(message)} <= {"对照"}
