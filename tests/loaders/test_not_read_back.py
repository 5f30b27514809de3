"""What our reader refuses our writer does not write."""

from __future__ import annotations

import pytest

from medgraph.errors import TargetError
from medgraph.loaders import registry
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.words.say import speaking


def with_a_ring(net):
    return net.linked("331003003000", "PART_OF", "331003003000")


def with_two_leads(net):
    return net.linked("TZ-P07", "LEADS", "G1")


@pytest.mark.parametrize("change", [with_a_ring, with_two_leads])
@pytest.mark.parametrize("name", ["net", "net.xlsx", "net.mgz", "net.json"])
def test_a_network_with_an_error_is_not_written(taizhou, tmp_path, change, name):
    """Neither a folder nor a file is begun; the sentence says which error and how many."""
    with speaking("en"), pytest.raises(TargetError, match="was not written: 1 error"):
        registry.write(change(taizhou), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_of_a_status_that_nobody_could_read_a_file_says_nothing(tmp_path):
    """What was read leniently, with such a status, is written and read strictly."""
    net = synthetic(seed=1)
    registry.write(net, tmp_path / "net")
    table = tmp_path / "net" / "facilities.csv"
    text = table.read_text("utf-8-sig")
    assert '"open"' in text
    table.write_text(text.replace('"open"', '"zzz"', 1), "utf-8")
    lenient = registry.read(tmp_path / "net", lenient=True)
    assert (lenient.nodes("Facility")["status"] == "?").sum() == 1
    registry.write(lenient, tmp_path / "again")
    again = registry.read(tmp_path / "again").nodes("Facility")["status"]
    assert again.isna().sum() == net.nodes("Facility")["status"].isna().sum() + 1
