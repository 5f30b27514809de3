"""The flow map: every link of a direction is drawn in its state, small counts stay hidden, text stays text."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.visuals import flow_map, style
from tests.browser import opened

COLUMNS = ["source", "relation", "target", "status", "count", "shown"]


def flows(*rows):
    """Return a frame of (source, target, status, count), up; None is a protected count."""
    written = [
        (s, "REFERS_UP_TO", t, status, n, "<11" if n is None else str(n))
        for s, t, status, n in rows
    ]
    frame = pd.DataFrame(written, columns=COLUMNS)
    return frame.astype({"count": "Int64"})


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


def test_every_link_is_drawn_in_its_state(taizhou):
    """Used, unused and unplanned links are counted, and only an unplanned one is red."""
    some = [
        ("TZ-P07", "TZ-H01", "used", 40),
        ("TZ-P08", "TZ-H01", "unused", 0),
        ("TZ-P09", "TZ-H01", "used", None),
    ]
    figure = flow_map(taizhou, flows(*some), lang="zh")
    assert figure.counts == {"shown": 3, "all": 3, "lines": 3, "used": 2, "unused": 1}
    links = figure.svg.split('stroke="#8C959F"/>')[
        0
    ]  # the legend, which knows red, comes after this line
    assert style.PROBLEM not in links
    red = flow_map(taizhou, flows(*some, ("TZ-P11", "TZ-H04", "unplanned", 60)), lang="zh")
    assert red.counts["unplanned"] == 1
    assert red.svg.count(style.PROBLEM) == figure.svg.count(style.PROBLEM) + 1
    assert "样本数据" in red.svg


def test_protected_counts_stay_protected(taizhou):
    """A hidden count reads <11 and its receiver's sum says at least what is shown."""
    figure = flow_map(
        taizhou,
        flows(("TZ-P07", "TZ-H01", "used", 40), ("TZ-P09", "TZ-H01", "used", None)),
        lang="zh",
    )
    assert "蓬街镇卫生院  &lt;11" in figure.svg
    assert "≥40" in figure.svg


def test_many_senders_are_joined_to_their_groups():
    """Beyond 90 senders the lines run from group to group and still account for every link."""
    net = samples.synthetic(scale="city")
    links = net.edges("REFERS_UP_TO").head(400)
    figure = flow_map(
        net,
        flows(*((s, t, "used", 20) for s, t in zip(links["source"], links["target"], strict=True))),
    )
    assert figure.counts["all"] == 400
    assert figure.counts["lines"] <= 16 * 16


def test_an_empty_frame_is_an_empty_picture(taizhou):
    """Without records and links there is still a picture that says 0."""
    assert flow_map(taizhou, flows()).counts == {"shown": 0, "all": 0, "lines": 0}
    with pytest.raises(OptionError, match="sideways"):
        flow_map(taizhou, flows(), direction="sideways")


def test_hostile_names_stay_text(chromium, hostile, tmp_path):
    """Nothing in a name runs, and nothing is fetched."""
    ids = list(hostile.nodes("Facility").index)
    figure = flow_map(
        hostile, flows(*((a, b, "unplanned", 30) for a, b in itertools.pairwise(ids)))
    )
    for suffix in ("html", "svg"):
        with opened(chromium, figure.save(tmp_path / f"x.{suffix}")) as page:
            page.verify()


def test_labels_do_not_overlap(chromium, taizhou, tmp_path):
    """On Taizhou's whole plan, with a link between groups, no two labels lie on each other."""
    links = taizhou.edges("REFERS_UP_TO")
    rows = [(s, t, "used", 30) for s, t in zip(links["source"], links["target"], strict=True)]
    figure = flow_map(taizhou, flows(*rows, ("TZ-P11", "TZ-H04", "unplanned", 60)))
    with opened(chromium, figure.save(tmp_path / "x.html")) as page:
        assert page.overlaps() == []


def test_no_links_are_an_empty_picture(taizhou):
    """Where nobody refers in a direction, the picture says so by being empty."""
    assert flow_map(taizhou, flows(), lang="zh").counts == {"shown": 0, "all": 0, "lines": 0}
