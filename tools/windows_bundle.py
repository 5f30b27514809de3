"""Build the offline bundle for Windows: `python tools/windows_bundle.py [3.11 3.12]`, or `make windows-bundle`.

One zip per Python, `dist/medgraph-VERSION-windows-pyXY.zip`: the wheels resolved for 64-bit Windows with their
hashes, our own wheel, batch files and a readme. Every zip is installed once from its own folder alone into an
empty directory for Windows before it is kept, and refused above 120 MB.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "tools" / "windows"
CONSTRAINTS = ROOT / "tools" / "windows_constraints.txt"
PYTHONS = ("3.11", "3.12")
EXTRAS = ("board", "prose")
PLATFORM = "x86_64-pc-windows-msvc"
LIMIT = 120_000_000  # bytes
MAX_PATH = 259  # characters of a path that every Windows opens
GBK = {"no_python.txt", "usage.txt"}  # `type` shows them on a Chinese console, which knows GBK only
DAY = (2020, 1, 1, 0, 0, 0)  # of every entry, so that the same wheels give the same zip


def main(arguments: list[str] | None = None) -> None:
    """Build the bundle of every Python asked for and print its size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="*", default=PYTHONS)
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    for python in options.pythons or PYTHONS:
        target = build(python, options.output)
        print(
            f"{target}: {target.stat().st_size / 1e6:.1f} MB, sha256 {sha256(target.read_bytes())}"
        )


def build(python: str, output: Path) -> Path:
    """Return the zip of one Python, whose wheels were installed for Windows without a network."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        wheels = folder / "wheels"
        own = own_wheel(wheels)
        download(resolve(python, folder), python, wheels)
        version = own.name.split("-")[1]
        texts = pages(python, version, sorted(wheels.glob("*.whl")))
        install(python, wheels, texts["requirements.txt"], folder / "empty")
        return pack(
            output / f"medgraph-{version}-windows-py{python.replace('.', '')}.zip", wheels, texts
        )


def own_wheel(target: Path) -> Path:
    """Build our own wheel into `target`."""
    run("build", "--wheel", "--outdir", target, ROOT)
    return next(target.glob("medgraph-*.whl"))


def resolve(python: str, folder: Path) -> Path:
    """Pin everything for Windows with hashes; pip itself too, because an embeddable Python has none."""
    (folder / "pip.in").write_text("pip\n", encoding="utf-8")
    extras = [word for extra in EXTRAS for word in ("--extra", extra)]
    run(
        "uv",
        "pip",
        "compile",
        ROOT / "pyproject.toml",
        folder / "pip.in",
        *extras,
        "--constraint",
        CONSTRAINTS,
        "--python-platform",
        PLATFORM,
        "--python-version",
        python,
        "--only-binary",
        ":all:",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--output-file",
        folder / "lock.txt",
    )
    return folder / "lock.txt"


def download(lock: Path, python: str, wheels: Path) -> None:
    """Fetch exactly the wheels of the lock for 64-bit Windows; a wheel with another hash is an error."""
    run(
        "pip",
        "download",
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--platform",
        "win_amd64",
        "--python-version",
        python,
        "--dest",
        wheels,
        "--requirement",
        lock,
    )


def pages(python: str, version: str, wheels: list[Path]) -> dict[str, str]:
    """Return the text of every other file of the bundle by name."""
    pip = next(wheel.name for wheel in wheels if wheel.name.startswith("pip-"))
    values = {
        "python": python,
        "tag": python.replace(".", ""),
        "version": version,
        "pip": pip,
        "room": str(MAX_PATH - len("\\app.new\\") - longest_path(wheels)),
    }
    texts = {
        path.name: Template(path.read_text(encoding="utf-8")).substitute(values)
        for path in sorted(TEMPLATES.iterdir())
        if path.is_file()
    }
    texts["requirements.txt"] = requirements(wheels)
    texts["manifest.json"] = manifest(python, version, wheels)
    return texts


def requirements(wheels: list[Path]) -> str:
    """Return one line per wheel but pip's: name, version and the hash of the one file there is."""
    return "".join(
        f"{name}=={version} --hash=sha256:{sha256(wheel.read_bytes())}\n"
        for wheel in wheels
        for name, version in [wheel.name.split("-")[:2]]
        if name != "pip"
    )


def manifest(python: str, version: str, wheels: list[Path]) -> str:
    """Return what the bundle holds as JSON."""
    held = [
        {
            "file": f"wheels/{wheel.name}",
            "bytes": wheel.stat().st_size,
            "sha256": sha256(wheel.read_bytes()),
        }
        for wheel in wheels
    ]
    return (
        json.dumps(
            {"medgraph": version, "python": python, "platform": "win_amd64", "files": held},
            indent=1,
        )
        + "\n"
    )


def longest_path(wheels: list[Path]) -> int:
    """Return the characters of the longest path that a wheel unpacks."""
    return max(
        len(re.sub(r"^[^/]+\.data/[^/]+/", "", name))
        for wheel in wheels
        for name in zipfile.ZipFile(wheel).namelist()
    )


def install(python: str, wheels: Path, requirements: str, target: Path) -> None:
    """Install for Windows into an empty directory from the local folder alone, every dependency resolved there."""
    listed = wheels.parent / "requirements.txt"
    listed.write_text(requirements, encoding="utf-8")
    run(
        "uv",
        "pip",
        "install",
        "--offline",
        "--no-index",
        "--find-links",
        wheels,
        "--require-hashes",
        "--no-cache",
        "--python-platform",
        PLATFORM,
        "--python-version",
        python,
        "--target",
        target,
        "--requirement",
        listed,
    )


def pack(target: Path, wheels: Path, texts: dict[str, str]) -> Path:
    """Write the zip, or stop where it is over the limit."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(
                entry(f"medgraph-windows/{name}", zipfile.ZIP_DEFLATED), encoded(name, text)
            )
        for wheel in sorted(wheels.glob("*.whl")):
            archive.writestr(
                entry(f"medgraph-windows/wheels/{wheel.name}", zipfile.ZIP_STORED),
                wheel.read_bytes(),
            )
    if (size := target.stat().st_size) > LIMIT:
        target.unlink()
        sys.exit(f"{target.name} would have {size / 1e6:.1f} MB, more than {LIMIT / 1e6:.0f} MB")
    return target


def encoded(name: str, text: str) -> bytes:
    """Return a file as Windows wants it: batch files in ASCII with CRLF, what Notepad opens with a mark."""
    if name.endswith((".bat", ".txt")) and name != "requirements.txt":
        text = text.replace("\n", "\r\n")
    codec = "ascii" if name.endswith(".bat") else "gbk" if name in GBK else "utf-8"
    return text.encode("utf-8-sig" if name == "readme.txt" else codec)


def entry(name: str, compression: int) -> zipfile.ZipInfo:
    """Return the head of an entry; its name is ASCII, because unzippers differ on others."""
    name.encode("ascii")
    head = zipfile.ZipInfo(name, DAY)
    head.compress_type = compression
    return head


def sha256(content: bytes) -> str:
    """Return the checksum in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def run(tool: str, *arguments: str | Path) -> None:
    """Run build, pip or uv of this Python quietly; stop with its words where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", tool, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    if done.returncode:
        sys.exit(f"{tool} {' '.join(map(str, arguments[:3]))} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
