"""A stamp of ours is said in the language of now, wherever a network is shown."""

from __future__ import annotations

import json
import re

import pytest

import medgraph as mg
from medgraph.cli.network_words import in_short, network_text
from medgraph.cli.reports import pages_of
from medgraph.loaders import registry
from medgraph.visuals import network_map, swimlane, tile_map
from medgraph.visuals.audit_page import audit_page
from medgraph.visuals.report import html
from medgraph.words.say import speaking
from medgraph.words.stamps import SAMPLE, SYNTHETIC, stamps_of

CHINESE = re.compile("[\u4e00-\u9fff]+")
CHINESE_MARKS = re.compile("[、，；：。（）]")
NOT_OURS = "内部资料"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """All that shows a synthetic county in English; its names are in letters, one stamp is not ours."""
    made = mg.samples.synthetic()
    nodes = made.nodes()
    nodes["name"] = [f"Node {number}" for number in range(len(nodes))]
    meta = {**made.meta, "title": "County", "stamp": f"{SYNTHETIC}|{NOT_OURS}"}
    path = tmp_path_factory.mktemp("county") / "county.mgz"
    registry.write(mg.MedicalNetwork.from_frames(nodes, made.edges(), meta), path)
    with speaking("en"):
        loaded = registry.load(path)
        net = loaded.require()
        pages = pages_of(loaded, str(path), packs=["none"], annex=True)
        served = mg.coverage.served(net)
        return {
            "report": html.render(pages).decode(),
            "tile map": tile_map(net).svg,
            "swimlane": swimlane(net).svg,
            "answer": f"{served}{served._repr_html_()}{json.dumps(served.to_dict())}",
            "network": in_short(net) + network_text(net) + net._repr_html_(),
            "audit page": audit_page(mg.policy.audit(net, ["county-2023"])).to_html(),
            "network map": network_map(net).to_html(),
        }


@pytest.mark.parametrize("where", ["report", "tile map", "swimlane", "network"])
def test_an_english_page_holds_no_chinese_but_a_stamp_of_others(shown, where):
    assert set(CHINESE.findall(shown[where])) == {NOT_OURS}
    assert "synthetic data" in shown[where]


def test_an_answer_says_its_stamps_in_english(shown):
    assert "synthetic data" in shown["answer"]
    assert SYNTHETIC not in shown["answer"]


def test_the_page_of_an_audit_holds_chinese_only_where_it_quotes_documents(shown):
    assert "synthetic data" in shown["audit page"]
    assert SYNTHETIC not in shown["audit page"]


def test_the_network_map_says_stamps_in_both_of_its_languages(shown):
    assert f'"stamps":["synthetic data","{NOT_OURS}"]' in shown["network map"]
    assert f'"synthetic data":"{SYNTHETIC}"' in shown["network map"]


def test_stamps_are_read_in_either_language_and_shown_in_that_of_now():
    with speaking("zh"):
        assert stamps_of({"stamp": "sample data"}) == (SAMPLE,)
        assert stamps_of({"stamp": "guessed, not confirmed"}) == ("自动识别，未经确认",)
        assert stamps_of({"stamp": " | "}) == stamps_of({}) == ()


def test_a_stamp_that_is_written_twice_is_shown_once():
    """As two lists that were joined have it, or one that was written in each language."""
    with speaking("en"):
        assert stamps_of({"stamp": f"{SAMPLE}|{NOT_OURS}|sample data | {NOT_OURS}"}) == (
            "sample data",
            NOT_OURS,
        )


def test_there_are_as_many_stamps_in_every_language():
    """Two that read alike in Chinese stay two: a page holds each beside its words in the other language."""
    written = {"stamp": "read automatically, not confirmed|guessed, not confirmed"}
    counts = []
    for lang in ("zh", "en"):
        with speaking(lang):
            counts.append(len(stamps_of(written)))
    assert counts == [2, 2]


def test_reasons_and_problems_in_english_hold_no_marks_of_chinese(tmp_path):
    """A list in an English sentence is joined by commas, its clauses by semicolons of English."""
    made = mg.samples.synthetic()
    nodes = made.nodes()
    nodes["name"] = [f"Node {number}" for number in range(len(nodes))]
    net = mg.MedicalNetwork.from_frames(nodes, made.edges(), made.meta)
    (tmp_path / "nonsense.csv").write_text("a,b\n1,2\n", "utf-8")
    with speaking("en"):
        audits = [mg.policy.audit(net, [pack]) for pack in ("county-2023", "urban-2023")]
        said = [reason for audit in audits for reason in audit.findings["reason"].dropna()]
        said += [problem.message for problem in registry.load(tmp_path / "nonsense.csv").problems]
    assert any(", " in reason for reason in said)
    assert not [text for text in said if CHINESE_MARKS.search(text)]
