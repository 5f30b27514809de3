"""Run the notebooks of `examples`, and keep of what their cells show the pictures alone.

    python -m tools.keep_notebook_pictures

Tables and numbers would go stale, and of one's own data they would be somebody's; a test runs each
notebook and holds its pictures to what the cells draw now.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parent.parent / "examples"
PICTURE = "image/svg+xml"
_SECONDS = 300  # that one cell may take


def notebooks() -> list[Path]:
    """Return the notebooks in the order of their numbers."""
    return sorted(EXAMPLES.glob("*.ipynb"))


def run(book: Any) -> None:
    """Run a notebook from the first cell to the last; raise where a cell does."""
    client = NotebookClient(book, timeout=_SECONDS, kernel_name="python3")
    client.execute(cwd=str(EXAMPLES))


def code_cells(book: Any) -> list[Any]:
    """Return the cells that hold code."""
    return [cell for cell in book.cells if cell.cell_type == "code"]


def pictures(cell: Any) -> list[str]:
    """Return the pictures among the outputs of a cell, as SVG."""
    shown = [output.get("data", {}) for output in cell.outputs]
    return [data[PICTURE] for data in shown if PICTURE in data]


def _keep(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    run(book)
    for cell in code_cells(book):
        kept = pictures(cell)
        cell.outputs = [nbformat.v4.new_output("display_data", {PICTURE: svg}) for svg in kept]
        cell.execution_count = None
        cell.metadata = {}
    book.metadata.pop("language_info", None)
    nbformat.write(book, path)


def main() -> None:
    """Write the pictures of each notebook into it."""
    for path in notebooks():
        _keep(path)


if __name__ == "__main__":
    main()
