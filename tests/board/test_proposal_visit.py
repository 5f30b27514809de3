"""A search that takes long, at the board: what it comes to so far, and its end by a click."""

from __future__ import annotations

import random

import pandas as pd

import medgraph as mg
from tests.board.served import Served
from tests.board.test_visit import at_the_board

WIDE, HIGH, GROUPS = 12, 10, 8


def large_county() -> mg.MedicalNetwork:
    """A hundred and twenty towns on a grid, in eight groups far out of balance: nobody proves this in a minute."""
    draw = random.Random(3)
    spots = [(x, y) for y in range(HIGH) for x in range(WIDE)]
    seats = [(1, 1), (4, 1), (7, 1), (10, 1), (1, 8), (4, 8), (7, 8), (10, 8)]
    reach = [draw.uniform(0.5, 2) for _ in seats]

    def group(x: int, y: int) -> int:
        away = [
            (abs(x - at) + abs(y - up)) / far for (at, up), far in zip(seats, reach, strict=True)
        ]
        return away.index(min(away))

    code = {(x, y): f"3310{10 + y:02d}{100 + x}000" for x, y in spots}
    towns = [
        {"id": code[spot], "kind": "Area", "level": "township", "population": people}
        for spot in spots
        for people in [round(draw.lognormvariate(10, 0.5))]
    ]
    groups = [
        {"id": f"G{n}", "kind": "Group", "type": "county_medical_community"} for n in range(GROUPS)
    ]
    centres = [
        {"id": f"T{code[spot]}", "kind": "Facility", "type": "township_health_centre"}
        for spot in spots
    ]
    leads = [{"id": f"H{n}", "kind": "Facility", "type": "general_hospital"} for n in range(GROUPS)]
    nodes = pd.DataFrame([*towns, *groups, *centres, *leads]).assign(name=lambda rows: rows["id"])
    links = [
        *((f"H{n}", "LEADS", f"G{n}") for n in range(GROUPS)),
        *((f"H{n}", "SERVES", code[seat]) for n, seat in enumerate(seats)),
        *((f"T{code[spot]}", "SERVES", code[spot]) for spot in spots),
        *((f"T{code[x, y]}", "MEMBER_OF", f"G{group(x, y)}") for x, y in spots),
        *((code[x, y], "ADJACENT_TO", code[x + 1, y]) for x, y in spots if x + 1 < WIDE),
        *((code[x, y], "ADJACENT_TO", code[x, y + 1]) for x, y in spots if y + 1 < HIGH),
    ]
    edges = pd.DataFrame(links, columns=["source", "relation", "target"])
    return mg.MedicalNetwork.from_frames(nodes, edges, {"data_day": "2025-01-01"})


def test_a_search_is_ended_with_the_best_so_far(chromium, tmp_path):
    """The page tells the best plan by then and its bound; a click ends the search, and the answer says so."""
    mg.write(large_county(), tmp_path / "roster.mgz")
    served = Served(tmp_path / "roster.mgz")
    try:
        with at_the_board(chromium, served, waits_for="#view-answers") as page:
            page.click("#view-answers")
            page.fill("#find-question", "propose.regroup")
            page.click('[data-verb="propose.regroup"]')
            page.fill('[name="value"]', "population")
            page.fill('[name="tolerance"]', "0.1")
            page.click("#ask")
            page.wait_for_function(
                "() => /so far \\d+ moves/.test(document.querySelector('#so_far').textContent)"
            )
            page.click("#end_search")
            page.wait_for_selector('.answered[data-query="propose.regroup"]')
            told = page.inner_text("#answer")
            assert "stopped" in told
            assert page.locator(".rows tr.row").count() > 3
    finally:
        served.stop()
