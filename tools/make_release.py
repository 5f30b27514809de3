"""Build what a release is made of into dist/: `python -m tools.make_release`, or `make release`.

Wheel, sdist, the list of parts (CycloneDX: what the core needs and what is vendored, with versions
and licences), and SHA256SUMS over every file of this version that lies there.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from medgraph._version import __version__
from tools.licences import core, licence

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
SUMS = "SHA256SUMS"
# What lies in the package itself and is not ours.
VENDORED = (("vis-network", "10.0.2", "Apache-2.0 OR MIT", "pkg:npm/vis-network@10.0.2"),)


def parts() -> dict[str, Any]:
    """Return the list of parts: what is installed here of what the core needs, and what is vendored."""
    needed = [
        _part(name, package.version, licence(package), f"pkg:pypi/{name}@{package.version}")
        for name, package in sorted(core().items())
        if name != "medgraph"
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": _part(
                "medgraph", __version__, "Apache-2.0", f"pkg:pypi/medgraph@{__version__}"
            )
        },
        "components": [*needed, *(_part(*row) for row in VENDORED)],
    }


def _part(name: str, version: str, stated: str, address: str) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "licenses": [{"license": {"name": stated}}],
    }


def sums(folder: Path) -> str:
    """Return a line for each file of this version: its SHA-256 and its name."""
    files = [path for path in sorted(folder.glob(f"medgraph-{__version__}*")) if path.name != SUMS]
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in files)


def main() -> None:
    """Build everything, and print the checksums."""
    DIST.mkdir(exist_ok=True)
    words = [sys.executable, "-m", "build", "--outdir", DIST, ROOT]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    listed = json.dumps(parts(), indent=1, ensure_ascii=False) + "\n"
    (DIST / f"medgraph-{__version__}.cdx.json").write_text(listed, encoding="utf-8")
    (DIST / SUMS).write_text(sums(DIST), encoding="utf-8")
    print((DIST / SUMS).read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main()
