"""The notebooks of `examples` run from the first cell to the last, and hold pictures alone."""

from __future__ import annotations

import nbformat
import pytest

from tools.keep_notebook_pictures import PICTURE, code_cells, notebooks, pictures, run
from tools.site import notebooks as pages


def test_there_are_five():
    assert len(notebooks()) >= 5


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_runs_and_keeps_its_pictures_alone(path):
    """What a cell asserts holds, and what it draws is the picture that is kept in it.

    All other outputs would go stale, and hold what the reader's data says.
    """
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    cells = code_cells(book)
    kept = [pictures(cell) for cell in cells]
    assert [output.data.keys() for cell in cells for output in cell.outputs] == [
        {PICTURE} for cell in kept for _ in cell
    ]
    assert [cell.execution_count for cell in cells if cell.execution_count] == []
    run(book)
    assert all(cell.execution_count for cell in cells)
    assert [pictures(cell) for cell in cells] == kept


def test_the_page_of_a_notebook_has_its_pictures():
    path = notebooks()[0]
    page, drawn = pages.page(path.read_text(encoding="utf-8"), path.stem)
    (name,) = drawn
    assert drawn[name].startswith("<svg")
    assert f"]({name})" in page
