"""The page of ten questions is what its command writes; its lines run with the other documents."""

from __future__ import annotations

import pytest

from tools import make_questions


def test_the_page_is_what_the_command_writes():
    written = make_questions.PAGE.read_text(encoding="utf-8")
    assert written.rstrip("\n") == make_questions.page().rstrip("\n")
    assert written.count("\n## ") == 10


@pytest.mark.parametrize("row", make_questions.QUESTIONS, ids=lambda row: row[0])
def test_each_question_has_three_lines_and_a_picture(row):
    name, _, _, lines = row
    assert len(lines.splitlines()) == 3
    picture = (make_questions.PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "http" not in picture.replace('xmlns="http://www.w3.org/2000/svg"', "")
