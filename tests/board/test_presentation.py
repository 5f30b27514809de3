"""A plan as slides: one for each change, its numbers those of the board, hostile words as text."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import pandas as pd
import pytest

import medgraph as mg
from medgraph.board.desk import Desk
from medgraph.board.presentation import pictures, presentation, slides_of
from medgraph.board.requests import Asks
from medgraph.loaders import registry
from medgraph.visuals.slide import Number, Slide, slide
from medgraph.words.say import speaking
from tests.browser import CANARIES

MOVES = [mg.changes.Move("TZ-P34", "G2"), mg.changes.Move("TZ-P35", "G2")]


@pytest.fixture
def asks(tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    desk = Desk(tmp_path / "roster.mgz", registry.load(tmp_path / "roster.mgz"))
    yield Asks(desk)
    desk.close()


def planned(asks, *changes, name="north", reason="near"):
    plan = asks.desk.begin(name, who="commission")
    for one in changes:
        said = {"who": "commission", "reason": reason}
        plan = asks.desk.change(plan.id, [one], after=plan.last, **said)
    return plan


def test_a_slide_for_each_change_in_its_order(asks):
    plan = planned(asks, *MOVES)
    with speaking("en"):
        found = slides_of(asks, plan)
        effects = asks.effects(plan.id)
    assert [one.place for one in found] == ["1/4", "2/4", "3/4", "4/4"]
    assert [("moves to" in one.sentence) for one in found] == [False, True, True, False]
    assert found[1].facts == "commission · near"
    told = {(row["label"], row["before"], row["after"]) for row in effects["numbers"]}
    last = found[-1].number
    assert (last.label, last.before, last.after) in told
    assert last.is_other
    assert not found[0].number.is_other
    assert found[1].after == found[2].before


def test_an_empty_plan_has_the_slide_of_what_is(asks):
    with speaking("en"):
        [only] = slides_of(asks, planned(asks))
    assert only.number.after == "38/39"


def test_the_page_asks_for_nothing_and_the_pictures_are_of_a_screen(asks):
    plan = planned(asks, MOVES[0])
    with speaking("en"):
        page = presentation(asks, plan).to_html()
        found = zipfile.ZipFile(io.BytesIO(pictures(asks, plan)))
    assert not re.search(r"https?://(?!www\.w3\.org)", page)
    assert page.count("<section") == 3
    assert found.namelist() == ["001.png", "002.png", "003.png"]
    assert struct.unpack(">II", found.read("002.png")[16:24]) == (1920, 1080)


def test_no_number_is_cut_and_long_words_are(asks):
    scene = slides_of(asks, planned(asks))[0].before
    bounds = Number("label " * 90, "45/45", "44/44，" + "44 至 45 / 45，" * 12, "worse")
    drawn = slide(Slide("长句" * 200, "facts " * 200, bounds, scene, scene))
    assert "44 至 45 / 45，" * 12 in drawn
    assert max(map(len, re.findall(r"<text[^>]*>(长句[^<]*)</text>", drawn))) < 40


def test_hostile_names_stay_text_on_every_slide(tmp_path, chromium):
    towns = [{"id": f"99000010{n}000", "kind": "Area", "name": CANARIES[n]} for n in range(3)]
    sites = [{"id": f"F{n}", "kind": "Facility", "name": f"{CANARIES[n]} {n}"} for n in range(3)]
    groups = [
        {"id": f"G{n}", "kind": "Group", "name": CANARIES[n], "type": "county_medical_community"}
        for n in range(2)
    ]
    links = [(f"F{n}", "SERVES", f"99000010{n}000") for n in range(3)]
    links += [(f"F{n}", "MEMBER_OF", "G0") for n in range(3)]
    net = mg.MedicalNetwork.from_frames(
        pd.DataFrame([*towns, *sites, *groups]),
        pd.DataFrame(links, columns=["source", "relation", "target"]),
        meta={"title": CANARIES[0], "data_day": "2024-01-01"},
    )
    mg.write(net, tmp_path / "roster.mgz")
    desk = Desk(tmp_path / "roster.mgz", registry.load(tmp_path / "roster.mgz"))
    asks = Asks(desk)
    plan = planned(asks, mg.changes.Move("F1", "G1"), name=CANARIES[0], reason=CANARIES[1])
    path = presentation(asks, plan).save(tmp_path / "slides.html")
    desk.close()
    page = chromium.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    for key in ("ArrowRight", "End", "Home", " ", "ArrowLeft", "PageDown", "PageDown", "PageDown"):
        page.keyboard.press(key)
    assert page.evaluate("() => window.canary") is None
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    shown = "() => [...document.querySelectorAll('section')].map(one => one.hidden)"
    assert page.evaluate(shown) == [True, True, False]
    page.close()
