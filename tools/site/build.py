"""Build the documents as a site: `python -m tools.site.build [FOLDER]`, or `make docs`.

The written pages (README, docs, notebooks) and those made of the code (commands, codes, tables,
words, formats, Python) are laid out in a scratch folder as they lie here, and Sphinx makes the site
of them; a warning is a failure. The site needs no server and asks no network for anything.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.site import commands, faults, formats, glossary, interface, links, notebooks, tables

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = (
    "README.md",
    "README.zh.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "CODE_OF_CONDUCT.md",
    "SECURITY.md",
    "LICENSE",
    "benchmarks/RESULTS.md",
)
# The pages lie in the site as they lie here; who opens its folder is led to the first of them.
FRONT = """<!DOCTYPE html>
<meta charset="utf-8"><title>medgraph</title>
<meta http-equiv="refresh" content="0; url=docs/index.html">
<a href="docs/index.html">medgraph</a>
"""


def made_pages() -> dict[str, str]:
    """Return the pages that are made of the code, by their place in the reference."""
    return {
        "commands.md": commands.page("en"),
        "commands.zh.md": commands.page("zh"),
        "codes.md": faults.page(),
        "tables.md": tables.page(),
        "glossary.md": glossary.page(),
        "formats.md": formats.page(),
        **{f"python/{name}.md": text for name, text in interface.pages().items()},
    }


def lay_out(folder: Path) -> None:
    """Put all pages into a folder as they lie in the project, the made ones under docs/reference."""
    for name in WRITTEN:
        _copy(name, folder)
    shutil.copytree(ROOT / "docs", folder / "docs", dirs_exist_ok=True)
    for path in (folder / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(".ipynb)", ".md)"), encoding="utf-8"
        )  # notebooks are pages here
    for path in sorted((ROOT / "examples").glob("*.ipynb")):
        text, drawn = notebooks.page(path.read_text(encoding="utf-8"), path.stem)
        _write(folder / "examples" / f"{path.stem}.md", text)
        for name, svg in drawn.items():
            _write(folder / "examples" / name, svg)
    for name, text in made_pages().items():
        _write(folder / "docs" / "reference" / name, text)


def _copy(name: str, folder: Path) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / name, folder / name)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build(site: Path) -> list[str]:
    """Build the site into a folder, and return the links of it that lead nowhere."""
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages"
        lay_out(pages)
        words = ["-m", "sphinx", "-q", "-W", "--keep-going", "-c", ROOT / "tools" / "site"]
        done = subprocess.run(
            [sys.executable, *words, "-d", Path(scratch) / "trees", pages, site],
            cwd=ROOT,
            check=False,
        )
    if done.returncode:
        sys.exit("the site was not built: see the warnings above")
    _write(site / "index.html", FRONT)
    return list(links.faults(site.resolve()))


def main(arguments: list[str] | None = None) -> int:
    """Build the site; 1 where a link leads nowhere."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "build" / "site")
    site = parser.parse_args(arguments).site
    shutil.rmtree(site, ignore_errors=True)
    found = build(site)
    print("\n".join([*found, f"{site}/index.html"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
