"""What a release is made of: its list of parts and its checksums."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import medgraph
from tools import make_release
from tools.licences import UNKNOWN, core

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_part_has_its_version_and_its_licence():
    listed = make_release.parts()
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    names = {part["name"] for part in listed["components"]}
    assert names >= set(core()) - {"medgraph"}
    for part in listed["components"]:
        assert part["version"]
        assert part["purl"].startswith("pkg:")
        assert part["licenses"][0]["license"]["name"] != UNKNOWN
    assert len({part["bom-ref"] for part in listed["components"]}) == len(listed["components"])


def test_what_is_vendored_is_listed_with_its_licence():
    """Every file under `vendor` is a part of the list, and the text of its licence lies beside it."""
    vendor = ROOT / "medgraph" / "visuals" / "page" / "vendor"
    found = [re.match(r"([a-z-]+)-(\d[\d.]+\d)\.", path.name) for path in vendor.glob("*.js")]
    assert {one.groups() for one in found if one} == {
        (name, version) for name, version, *_ in make_release.VENDORED
    }
    for name, *_ in make_release.VENDORED:
        assert list(vendor.glob(f"{name}-LICENSE*"))


def test_checksums_are_those_of_the_files(tmp_path):
    for name in ("-py3-none-any.whl", ".tar.gz"):
        (tmp_path / f"medgraph-{medgraph.__version__}{name}").write_bytes(name.encode())
    (tmp_path / "medgraph-0.0.9.tar.gz").write_bytes(b"older")
    lines = make_release.sums(tmp_path).splitlines()
    assert [line.partition("  ")[2] for line in lines] == [
        f"medgraph-{medgraph.__version__}-py3-none-any.whl",
        f"medgraph-{medgraph.__version__}.tar.gz",
    ]
    assert lines[1].split()[0] == hashlib.sha256(b".tar.gz").hexdigest()
