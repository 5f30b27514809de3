"""Pictures from the shell."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from medgraph.cli import cli


@pytest.mark.parametrize("kind", ["tiles", "network", "swimlane", "matrix"])
@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_map_writes_a_file_and_says_what_it_shows(tmp_path, kind, suffix):
    """`medgraph map KIND` writes the file and says on stderr how much of all it shows."""
    demo, target = tmp_path / "示例 一", tmp_path / f"图 一.{suffix}"
    assert CliRunner().invoke(cli, ["sample", "taizhou", str(demo)], catch_exceptions=False).exit_code == 0
    done = CliRunner().invoke(cli, ["map", kind, str(demo), "--output", str(target)], catch_exceptions=False)
    assert done.exit_code == 0
    assert ("路桥区路北" if kind == "matrix" else "西城") in target.read_text(encoding="utf-8")
    assert "/" in done.stderr


def test_map_compare_draws_a_plan_beside_the_present(tmp_path):
    """`medgraph move` writes a plan, `medgraph map compare` shows what it changes."""
    demo, plan, target = tmp_path / "a", tmp_path / "b", tmp_path / "c.svg"
    for words in (["sample", "taizhou", demo], ["move", demo, "TZ-P34", "--to-group", "G2", "--output", plan],
                  ["map", "compare", demo, plan, "--output", target]):
        assert CliRunner().invoke(cli, [*map(str, words), *(() if words[0] == "sample" else ("--lang", "zh"))],
                                  catch_exceptions=False).exit_code == 0
    assert "海门街道：变化" in target.read_text(encoding="utf-8")
