"""The text behind a fact: the cell or the row of the source that its origin names."""

from __future__ import annotations

from medgraph.loaders.workbooks.originals import originals


def test_a_row_a_cell_and_another_file(tmp_path):
    """A typed row gives its cells, a list split in a cell that cell, another file and a place that is none nothing."""
    path = tmp_path / "facilities.csv"
    path.write_text("id,name,serves\nH1,=1+1,一区、二区\n", encoding="utf-8-sig")
    text = originals(path)
    assert text("facilities.csv|facilities|A2|typed") == "H1 | =1+1 | 一区、二区"
    assert text("facilities.csv|facilities|C2|split from a list") == "一区、二区"
    assert text("other.csv|facilities|A2|typed") == ""
    assert text("facilities.csv|facilities|二(一)1|from prose") == ""
    assert originals(tmp_path)("facilities.csv|facilities|A2|typed").startswith("H1")
    assert originals(tmp_path / "net.json")("net.json||A2|typed") == ""
