"""Get Chromium 86, the browser of many an office PC, from npm's `chrome-aws-lambda`, for `make test-slow`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

PACKAGE = "chrome-aws-lambda@5.3.1"
_UNPACK = """
const zlib = require("zlib"), fs = require("fs");
for (const [from, to] of [["chromium.br", "chromium"], ["aws.tar.br", "aws.tar"], ["swiftshader.tar.br", "gl.tar"]])
  fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync("package/bin/" + from)));
"""


def folder() -> Path:
    """Return the folder with the unpacked browser; where npm or node is missing, skip with words."""
    target = (
        Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "medgraph" / "chromium-86"
    )
    if (target / "chromium").exists():
        return target
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("no npm and node on this machine: the pages were not opened in Chromium 86")
    part = target.with_name(f"chromium-86.{os.getpid()}")
    part.mkdir(parents=True)
    npm = ["npm", "pack", PACKAGE, "--silent"]
    packed = subprocess.run(
        npm, cwd=part, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    with tarfile.open(part / packed) as archive:
        archive.extractall(part, filter="data")
    subprocess.run(["node", "-e", _UNPACK], cwd=part, check=True)
    for name in ("aws.tar", "gl.tar"):
        with tarfile.open(part / name) as archive:
            archive.extractall(part, filter="data")
    (part / "chromium").chmod(0o755)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)
    return target
