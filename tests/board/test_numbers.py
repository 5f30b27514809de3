"""Each number that stands on the page is that of the command line, asked of the plan that was saved there."""

from __future__ import annotations

import json

from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from medgraph.queries.verbs import BY_NAME
from tests.board.served import Served
from tests.board.test_visit import TOWN, at_the_board, begin, confirmed, drag


def command(*line):
    done = CliRunner().invoke(cli, [*line, "--lang", "en"])
    assert done.exit_code in (0, 1), done.output
    return done.stdout


def number_of(key, source, day):
    """The number of a question as the command line gives it: a share with its bounds, or what is found."""
    name, *towards = key.split(" ")
    verb = BY_NAME[name]
    line = [verb.noun, verb.function.replace("_", "-"), str(source), "--as-of", day]
    chosen = iter(verb.options)
    for text in towards:
        option = next(one for one in chosen if text in one.choices or not one.choices)
        line += [f"--{option.name.replace('_', '-')}", text]
    answer = json.loads(command(*line, "--format", "json"))
    is_critical = name == "resilience.critical"  # facilities, each with a row for all it takes away
    if verb.findings or is_critical:
        found = answer["share"]["met"] if is_critical else len(answer["rows"])
        unknown = len(answer["unknown"])
        return f"{found} found" + (f", {unknown} unknown" if unknown else "")
    share = answer["share"]
    said = f"{share['met']}/{share['total']}"
    told = command(*line)
    after = told.partition(said)[2].partition("\n")[0]
    return said, after


def table(page, panel, nth=0):
    rows = page.locator(f"#{panel} table").nth(nth).locator("tbody tr")
    return [
        (
            row.get_attribute("data-key"),
            [cell.strip() for cell in row.locator("td").all_inner_texts()],
        )
        for row in rows.all()
    ]


def test_each_number_on_the_page_is_that_of_the_command(chromium, tmp_path):
    """After a move and the end of a centre: numbers, groups and verdicts, on both sides."""
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    served = Served(tmp_path / "roster.mgz")
    saved = tmp_path / "north.plan.json"
    try:
        with at_the_board(chromium, served) as page:
            begin(page, "north")
            drag(page, TOWN, "G2")
            confirmed(page)
            page.fill("#query", "TZ-P08")
            page.wait_for_selector("#chosen li")
            page.get_by_role("button", name="Close…").first.click()
            confirmed(page)
            page.wait_for_selector('#numbers tr.changed-row[data-key="coverage.served"]')
            page.click("summary:has-text('Export')")
            with page.expect_download() as waiting:
                page.click('#exports a[href*="/plan?"]')
            waiting.value.save_as(saved)
            numbers, groups = table(page, "numbers"), table(page, "numbers", 1)
            page.click('[aria-controls="verdicts"]')
            verdicts = table(page, "verdicts")
            [plan] = json.loads(served.ask("GET", "/state")[2])["plans"]
            day = json.loads(served.ask("GET", f"/effects?plan={plan['id']}")[2])["day"]
    finally:
        served.stop()
    sides = (tmp_path / "roster.mgz", saved)
    assert len(numbers) > 12
    for key, (_, *shown, _) in numbers:
        for text, source in zip(shown, sides, strict=True):
            found = number_of(key, source, day)
            if isinstance(found, str):
                assert text == found, key
            else:
                share, _, bounds = text.partition(", ")
                assert share == found[0], key
                assert bounds in found[1], key
    grids = [
        json.loads(command("coverage", "grid", str(one), "--as-of", day, "--format", "json"))
        for one in sides
    ]
    by_group = [{row["group"]: row for row in grid["rows"]} for grid in grids]
    for key, (_, areas, facilities, *_) in groups:
        for column, text in (("areas", areas), ("facilities", facilities)):
            both = [str(side[key][column]) for side in by_group]
            assert text == (both[0] if both[0] == both[1] else " → ".join(both))
    packs = ["--pack", "urban-2023"]
    counts = [
        json.loads(command("audit", str(one), *packs, "--as-of", day, "--format", "json"))["counts"]
        for one in sides
    ]
    for key, (_, *shown) in verdicts:
        assert shown == [str(side[key]) for side in counts], key
