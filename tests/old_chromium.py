"""Fetch the Chromium 86 that npm's chrome-aws-lambda 5.3.1 carries: intranets still run browsers of that age."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

PACKAGE = "chrome-aws-lambda@5.3.1"
REQUIRED = os.environ.get("MEDGRAPH_REQUIRE_BROWSER") == "1"
_UNPACK = ("const z = require('zlib'), f = require('fs');"
           "f.writeFileSync(process.argv[2], z.brotliDecompressSync(f.readFileSync(process.argv[1])))")


def chromium_86(folder: Path) -> str:
    """Return the path of Chromium 86, unpacked into `folder`; skip, or fail where a browser is required."""
    if not (shutil.which("npm") and shutil.which("node")):
        _missing("npm and node are not installed")
    # `npm pack` fetches this one file and runs no script: no second browser is downloaded by puppeteer
    fetched = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, check=False)
    archives = sorted(folder.glob("chrome-aws-lambda-*.tgz"))
    if fetched.returncode or not archives:
        _missing(f"npm could not fetch {PACKAGE}")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(folder, filter="data")
    packed, target = folder / "package/bin/chromium.br", folder / "chromium"
    subprocess.run(["node", "-e", _UNPACK, str(packed), str(target)], check=True)
    target.chmod(0o755)
    return str(target)


def _missing(why: str) -> None:
    said = f"{why}: the pages were not opened in Chromium 86"
    pytest.fail(said) if REQUIRED else pytest.skip(said)
