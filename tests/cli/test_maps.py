"""Pictures from the shell."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from medgraph.errors import UnknownIdError
from tests.browser import click, opened


@pytest.mark.parametrize("kind", ["tiles", "network", "swimlane", "matrix"])
@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_map_writes_a_file_and_says_what_it_shows(tmp_path, kind, suffix):
    """`medgraph map KIND` writes the file and says on stderr how much of all it shows."""
    demo, target = tmp_path / "示例 一", tmp_path / f"图 一.{suffix}"
    assert (
        CliRunner().invoke(cli, ["sample", "taizhou", str(demo)], catch_exceptions=False).exit_code
        == 0
    )
    done = CliRunner().invoke(
        cli, ["map", kind, str(demo), "--output", str(target)], catch_exceptions=False
    )
    assert done.exit_code == 0
    assert ("路桥区路北" if kind == "matrix" else "西城") in target.read_text(encoding="utf-8")
    assert "/" in done.stderr


def test_map_compare_draws_a_plan_beside_the_present(tmp_path):
    """`medgraph move` writes a plan, `medgraph map compare` shows what it changes."""
    demo, plan, target = tmp_path / "a", tmp_path / "b", tmp_path / "c.svg"
    for words in (
        ["sample", "taizhou", demo],
        ["move", demo, "TZ-P34", "--to-group", "G2", "--output", plan],
        ["map", "compare", demo, plan, "--output", target],
    ):
        assert (
            CliRunner()
            .invoke(
                cli,
                [*map(str, words), *(() if words[0] == "sample" else ("--lang", "zh"))],
                catch_exceptions=False,
            )
            .exit_code
            == 0
        )
    assert "海门街道：变化" in target.read_text(encoding="utf-8")


def test_a_province_opens_its_cities(tmp_path, chromium):
    """The map of a province has one tile per county; a click opens the map of its city, with all of its townships."""
    mg.write(mg.samples.synthetic(scale="province"), tmp_path / "p.parquet")
    target = tmp_path / "一个 省.html"
    words = ["map", "tiles", str(tmp_path / "p.parquet"), "--output", str(target), "--drill-down"]
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
    cities = sorted(path.name for path in (tmp_path / "一个 省_files").iterdir())
    assert len(cities) == 10
    with opened(chromium, target) as it:
        it.verify()
        click(it.page, "svg a")
        it.page.wait_for_url(f"**/{cities[0]}")
        it.verify()
    county = "336001000000"
    assert county[:4] + ".html" == cities[0]
    assert "合成336001县" in (tmp_path / "一个 省_files" / cities[0]).read_text(encoding="utf-8")


def test_a_picture_for_each_county_in_one_call(tmp_path):
    """`--each county` fills a folder beside the file; `--scale` makes a PNG larger."""
    demo = tmp_path / "demo"
    run = CliRunner()
    assert run.invoke(cli, ["sample", "taizhou", str(demo)], catch_exceptions=False).exit_code == 0
    words = ["map", "tiles", str(demo), "--output", str(tmp_path / "t.png"), "--each", "county"]
    assert run.invoke(cli, [*words, "--scale", "2"], catch_exceptions=False).exit_code == 0
    found = sorted(path.name for path in (tmp_path / "t_files").iterdir())
    assert found == ["331002.png", "331003.png", "331004.png"]


def test_each_county_is_named_and_a_city_is_none(tmp_path):
    """A made-up city states itself and its province as areas: neither has an empty picture."""
    source = tmp_path / "city.mgz"
    mg.write(mg.samples.synthetic(scale="city"), source)
    words = ["map", "network", str(source), "--output", str(tmp_path / "n.svg"), "--each", "county"]
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
    found = sorted((tmp_path / "n_files").iterdir())
    assert [path.stem for path in found] == [f"33600{number}" for number in range(1, 9)]
    for path in found:
        assert f"合成{path.stem}县" in path.read_text(encoding="utf-8").partition("</title>")[0]


def test_around_one_and_wrong(tmp_path):
    """`--around` with `--depth` draws a part and says how much of all; a stranger is an error that names it."""
    demo, target = tmp_path / "demo", tmp_path / "t.html"
    run = CliRunner()
    assert run.invoke(cli, ["sample", "taizhou", str(demo)], catch_exceptions=False).exit_code == 0
    words = ["map", "network", str(demo), "--output", str(target), "--lang", "zh", "--around"]
    done = run.invoke(cli, [*words, "TZ-P07", "--depth", "2"], catch_exceptions=False)
    assert done.exit_code == 0
    assert "/130" in done.stderr
    with pytest.raises(UnknownIdError, match="nobody"):  # told in a sentence, with exit code 2
        run.invoke(cli, [*words, "nobody"], catch_exceptions=False)
