"""The notebooks of `examples` run from the first cell to the last, and hold no outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parent.parent / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def test_there_are_five():
    assert len(NOTEBOOKS) >= 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_keeps_no_output(path):
    """What a cell asserts holds; outputs would go stale, and hold what the reader's data says."""
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell for cell in cells if cell.outputs or cell.execution_count] == []
    client = NotebookClient(book, timeout=300, kernel_name="python3")
    client.execute(cwd=str(EXAMPLES))
    assert all(cell.execution_count for cell in cells)
