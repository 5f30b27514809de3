"""Build the zip for a Windows without Python: `python -m tools.windows_with_python PYTHON`, or `make windows-zip`.

`dist/medgraph-VERSION-windows-x86_64.zip`: the interpreter in the folder PYTHON (a CPython for
Windows as Maven Central carries it, with the licence of the PSF), medgraph and all it needs laid out
beside it, and the batch files. It is unpacked and double-clicked; nothing is installed.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from string import Template

from tools import windows_bundle as bundle

TEMPLATES = bundle.TEMPLATES / "with_python"
LICENCE = bundle.ROOT / "tools" / "windows_python_license.txt"
BATCHES = ("board.bat", "check.bat", "find_python.bat", "medgraph.bat", "run.py")
TEXTS = ("no_python.txt", "usage.txt")
LIMIT = 160_000_000  # bytes
# What no command of ours uses: tests, tools for building, windows of Tk; and a module that asks Windows what machine it
# is on, which ends Python under Wine 8 (without it Python asks otherwise).
LEFT_OUT = re.compile(
    r"(include|libs|jnipython\.\w+|lib/(test|idlelib|ensurepip|lib2to3|tkinter|turtledemo|site-packages|pip\b[^/]*|pip|"
    r"setuptools[^/]*|pkg_resources|_distutils_hack|pydoc_data|__pycache__|_wmi\.pyd|_test\w*\.pyd|_ctypes_test\.pyd|"
    r"_tkinter\.pyd|t[ck]l?86t\.dll|turtle\.py)|.*__pycache__)(/|$)"
)


def build(python: Path, output: Path) -> Path:
    """Return the zip of an interpreter and everything that was resolved for it."""
    number = numbered(python)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        wheels, app = folder / "wheels", folder / "app"
        own = bundle.own_wheel(wheels)
        bundle.download(bundle.resolve(number, folder), number, wheels)
        held = sorted(wheels.glob("*.whl"))
        version = own.name.split("-")[1]
        bundle.install(number, wheels, bundle.requirements(held), app)
        texts = pages(number, version, held, app, python)
        return pack(output / f"medgraph-{version}-windows-x86_64.zip", texts, python, app)


def numbered(python: Path) -> str:
    """Return the number of an interpreter, such as 3.12, from the name of its library."""
    [found] = [
        re.fullmatch(r"python3(\d{2})\.dll", path.name) for path in python.glob("python3??.dll")
    ]
    assert found is not None
    return f"3.{found[1]}"


def pages(number: str, version: str, wheels: list[Path], app: Path, python: Path) -> dict[str, str]:
    """Return the text of every other file of the zip by name."""
    longest = max(len(name) for name, _ in (*kept_of_python(python), *kept_of_app(app)))
    values = {
        "python": number,
        "tag": number.replace(".", ""),
        "version": version,
        "room": str(bundle.MAX_PATH - len("\\") - longest),
    }
    shipped = [*(bundle.TEMPLATES / name for name in (*BATCHES, *TEXTS)), *TEMPLATES.iterdir()]
    texts = {
        path.name: Template(path.read_text(encoding="utf-8")).substitute(values)
        for path in sorted(shipped)
    }
    texts["manifest.json"] = bundle.manifest(number, version, wheels)
    texts["LICENSE-medgraph.txt"] = (bundle.ROOT / "LICENSE").read_text(encoding="utf-8")
    texts["LICENSE-python.txt"] = LICENCE.read_text(encoding="utf-8")
    return texts


def kept_of_python(python: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the interpreter that go into the zip, by their names there."""
    for path in sorted(python.rglob("*")):
        name = path.relative_to(python).as_posix()
        if path.is_file() and not LEFT_OUT.match(name):
            yield f"python/{name}", path
    # Windows looks for what python.exe itself needs beside it.
    for path in sorted((python / "lib").glob("vcruntime140*.dll")):
        yield f"python/{path.name}", path


def kept_of_app(app: Path) -> Iterator[tuple[str, Path]]:
    """Yield what was installed, without the starters of other systems."""
    for path in sorted(app.rglob("*")):
        name = path.relative_to(app).as_posix()
        if (
            path.is_file()
            and not name.startswith(("bin/", "Scripts/"))
            and "__pycache__" not in name
        ):
            yield f"app/{name}", path


def pack(target: Path, texts: dict[str, str], python: Path, app: Path) -> Path:
    """Write the zip, or stop where it is over the limit."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            head = bundle.entry(f"medgraph/{name}", zipfile.ZIP_DEFLATED)
            archive.writestr(head, bundle.encoded(name, text))
        for name, path in (*kept_of_python(python), *kept_of_app(app)):
            head = bundle.entry(f"medgraph/{name}", zipfile.ZIP_DEFLATED)
            archive.writestr(head, path.read_bytes())
    if (size := target.stat().st_size) > LIMIT:
        target.unlink()
        sys.exit(f"{target.name} would have {size / 1e6:.1f} MB, more than {LIMIT / 1e6:.0f} MB")
    return target


def main(arguments: list[str] | None = None) -> None:
    """Build the zip and print its size and checksum."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("python", type=Path)
    parser.add_argument("--output", type=Path, default=bundle.ROOT / "dist")
    options = parser.parse_args(arguments)
    target = build(options.python, options.output)
    size, checksum = target.stat().st_size, bundle.sha256(target.read_bytes())
    print(f"{target}: {size / 1e6:.1f} MB, sha256 {checksum}")


if __name__ == "__main__":
    main()
