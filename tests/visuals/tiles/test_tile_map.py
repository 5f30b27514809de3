"""The tile map: every township has a tile, a gap is seen, nothing of the data becomes code."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from medgraph.errors import OptionError, TargetError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style
from medgraph.visuals.tiles.tile_map import tile_map
from tests.browser import CANARIES, opened
from tests.visuals.conftest import area, status_of


def judged(net):
    return status_of(net, _004000="gap", _400000="excluded", _003000="unknown")


def test_counts_are_those_of_the_answer(county):
    """Shown of all, and how many in each state: the numbers of the Series that coloured it."""
    figure = tile_map(county, color_by=judged(county))
    assert figure.counts == {
        "shown": 6,
        "all": 6,
        "served": 3,
        "gap": 1,
        "unknown": 1,
        "excluded": 1,
    }


def test_a_gap_is_named_in_red(county):
    """The gap has its own tile, its name stands in the legend, and red is used for nothing else."""
    red = tile_map(county, color_by=judged(county)).svg
    assert "空白 1：河口镇" in red
    assert style.PROBLEM in red
    calm = tile_map(county, color_by=status_of(county)).svg
    texts = re.findall(r"<text[^>]*>", calm)
    assert not [text for text in texts if style.PROBLEM in text]


def test_without_an_answer_nothing_is_judged(county):
    """Without color_by an area that no group serves is hatched in grey and said so, never called a gap."""
    figure = tile_map(county, lang="zh")
    assert figure.counts["none"] == 2
    assert "gap" not in figure.counts
    assert "空白" not in figure.svg


def test_a_class_of_facilities_serves_nothing(county):
    """A placeholder for a class is no facility: the area it is said to serve stays without one."""
    assert "辖区卫生室" not in tile_map(county).svg


def test_any_series_colours_it(county):
    """Words and numbers of the user's own colour the tiles and stand in the legend with their counts."""
    areas = status_of(county).index
    words = tile_map(county, color_by=pd.Series(["山区", "平原"] * 3, index=areas)).svg
    assert "山区：3" in words
    numbers = tile_map(county, color_by=pd.Series(range(6), index=areas, dtype=float))
    assert numbers.counts["value"] == 6


def test_what_was_not_judged_is_unknown(county):
    """An area that the Series says nothing of is unknown, also where a group serves it."""
    status = status_of(county)
    assert tile_map(county, color_by=status.drop("330101002000")).counts["unknown"] == 1


def province() -> MedicalNetwork:
    """32 counties of 14 townships each, under two cities."""
    rows = [
        area(f"33{city}{county:02}000000", f"县{county}", parent=f"33{city}00000000")
        for city in ("01", "02")
        for county in range(1, 17)
    ]
    rows += [
        area(row["id"][:6] + f"{i:03}000", f"乡{i}", parent=row["id"])
        for row in rows[:]
        for i in range(1, 15)
    ]
    return MedicalNetwork.from_frames(pd.DataFrame(rows), None, {"data_day": "2023-10-25"})


def test_a_province_is_drawn_as_counties(chromium, tmp_path):
    """Beyond 400 townships a tile is a county with n of m; the sums stay, and the picture says what is merged."""
    net = province()
    figure = tile_map(net, color_by=status_of(net, _003000="gap", _004000="unknown"), lang="zh")
    assert figure.counts == {
        "shown": 32,
        "all": 32,
        "townships": 448,
        "served": 12 * 32,
        "gap": 32,
        "unknown": 32,
    }
    assert "12/13 缺1 ?1" in figure.svg
    assert "448 个乡级区划合并为县级格" in figure.svg
    with opened(chromium, figure.save(tmp_path / "p.html")) as page:
        page.verify()
        assert page.overlaps() == []


def test_villages_are_dots(county):
    """Village units stand as met of all; one that was judged a gap is a red ring."""
    figure = tile_map(
        county, color_by=pd.concat([judged(county), pd.Series({"330101001002": "gap"})])
    )
    assert ">1/5<" in figure.svg
    assert "空白村 1" in figure.svg


def test_days_change_the_picture(county):
    """A membership that has ended no longer colours its area."""
    ended = county.ended("P4", relation="MEMBER_OF", target="G2", on="2023-10-01")
    assert tile_map(ended).counts["none"] == 3
    assert tile_map(ended, as_of="2023-09-30").counts["none"] == 2


def test_languages(county):
    """Chinese and English say the same counts."""
    assert "shown 6 of 6" in tile_map(county, lang="en").svg
    assert "显示 6/6" in tile_map(county, lang="zh").svg


def test_stamps_and_sketch_are_shown(county):
    """Every picture says that it is a sketch, of which day, and that the data is a sample."""
    svg = tile_map(county, lang="zh").svg
    assert all(word in svg for word in ("示意图", "2023-10-25", "样本数据"))


def test_saving(county, tmp_path):
    """SVG and HTML are written whole as UTF-8; another suffix and a closed folder are said in a sentence."""
    figure = tile_map(county)
    assert figure.save(tmp_path / "图 一.svg").read_bytes().decode("utf-8").startswith("<svg")
    assert "Content-Security-Policy" in figure.save(tmp_path / "a.html").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "图 一.svg"]
    with pytest.raises(OptionError, match="svg"):
        figure.save(tmp_path / "a.bmp")
    (tmp_path / "taken.svg").mkdir()
    with pytest.raises(TargetError):
        figure.save(tmp_path / "taken.svg")


@pytest.mark.parametrize("suffix", ["svg", "html"])
@pytest.mark.parametrize("trusting", [False, True])
def test_hostile_names_stay_text(chromium, hostile, tmp_path, suffix, trusting):
    """No request, no error, no canary, in SVG and in HTML, with and without the page's own policy."""
    status = status_of(hostile, _014000="gap", _015000="unknown")
    with opened(
        chromium,
        tile_map(hostile, color_by=status).save(tmp_path / f"x.{suffix}"),
        trusting=trusting,
    ) as page:
        page.verify()
    values = pd.Series(dict(zip(status.index, CANARIES * 2, strict=False)))
    with opened(
        chromium,
        tile_map(hostile, color_by=values).save(tmp_path / f"y.{suffix}"),
        trusting=trusting,
    ) as page:
        page.verify()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_labels_do_not_overlap(chromium, county, hostile, tmp_path, lang):
    """No two texts of the drawing lie on one another, also where names are long."""
    for name, net in (("county", county), ("hostile", hostile)):
        path = tile_map(net, color_by=judged(net), lang=lang).save(tmp_path / f"{name}.html")
        with opened(chromium, path) as page:
            assert page.overlaps() == []
