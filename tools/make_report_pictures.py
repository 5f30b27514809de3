"""Make the pictures of docs/report.md: `python -m tools.make_report_pictures`.

Needs Chromium, LibreOffice, poppler's `pdftoppm` and a Chinese font.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from medgraph.cli.reports import pages_of
from medgraph.loaders import registry, samples
from medgraph.visuals.report import write_report
from medgraph.words.say import speaking
from tests.browser import browser

PICTURES = Path(__file__).parent.parent / "docs" / "report"
PHONE = {"width": 390, "height": 844}
DOTS = 55  # per inch: a page can be read, and stays small


def main() -> None:
    """Set Taizhou's report in each format, and draw the sheets as they are printed."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, speaking("zh"):
        folder = Path(name)
        registry.write(samples.taizhou(), folder / "台州.xlsx")
        pages = pages_of(registry.load(folder / "台州.xlsx"), str(folder / "台州.xlsx"))
        write_report(pages, folder, formats=["html", "xlsx", "pdf", "docx"])
        draw(folder / "report.pdf", "pdf")
        in_office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder / "office"]
        subprocess.run([*in_office, folder / "report.docx"], check=True, capture_output=True)
        draw(folder / "office" / "report.pdf", "word")
        with browser() as started:
            page = started.new_page(viewport=PHONE)
            page.goto((folder / "index.html").as_uri())
            page.screenshot(path=PICTURES / "phone.png")


def draw(paper: Path, name: str) -> None:
    """Draw each sheet of a PDF: name-1.png, name-2.png, …"""
    as_drawn = ["pdftoppm", "-r", str(DOTS), "-png", paper, PICTURES / name]
    subprocess.run(as_drawn, check=True)


if __name__ == "__main__":
    main()
