"""The page to check a draft shows every sentence, and takes none of them for code."""

from __future__ import annotations

import pandas as pd

from medgraph.loaders.plans.draft import draft
from medgraph.loaders.plans.draft_workbook import facts
from medgraph.visuals.draft_page import draft_page
from tests.browser import CANARIES, opened


def test_a_hostile_plan_passes_the_gate(chromium, tmp_path):
    """Sentences, names and the title are attacks; the page asks nothing and runs nothing."""
    attacks = "\n".join(
        f"（一）{text}医共体。牵头医院为{text}医院，成员单位包括{text}卫生院。" for text in CANARIES
    )
    read = draft(attacks)
    page = draft_page(read.sentences, read.network, title=CANARIES[0], summary=CANARIES[1])
    path = page.save(tmp_path / "draft.html")
    with opened(chromium, path) as shown:
        shown.verify()
        assert shown.page.locator("section").count() == len(read.sentences)


def test_hostile_targets_and_notes_pass_the_gate(chromium, tmp_path):
    """Tables above the sentences and the words that were captured are texts too."""
    read = draft("\n".join(f"医共体牵头{text}达90%以上，到2025年底{text}。" for text in CANARIES))
    extra = pd.DataFrame([(text, text) for text in CANARIES], columns=CANARIES[:2], dtype=object)
    page = draft_page(
        read.sentences,
        read.network,
        title="x",
        summary="x",
        facts=facts(read) | {CANARIES[0]: extra},
    )
    with opened(chromium, page.save(tmp_path / "draft.html"), trusting=True) as shown:
        shown.verify()
        assert shown.page.locator("h2").count() >= 2


def test_the_page_shows_targets_marks_and_rows(chromium, tmp_path):
    """Numbers above, captured words marked in the text, links and notes with their confidence beside them."""
    read = draft(
        "一、目标\n到2025年底，县域内住院率达85%以上。\n二、组建\n"
        "甲县医共体\n牵头医院为甲县医院，成员单位包括乙镇、丙镇3个卫生院。\n成立甲县医共体管委会。"
    )
    page = draft_page(read.sentences, read.network, title="x", summary="x", facts=facts(read))
    with opened(chromium, page.save(tmp_path / "draft.html")) as shown:
        shown.verify()
        text = shown.page.inner_text("body")
        assert all(word in text for word in ("85", "2025年底", "甲县医共体管委会"))
        assert shown.page.locator("mark", has_text="乙镇、丙镇3个卫生院").count() == 1
        assert shown.page.locator("tr.low").count() == 3  # two members, and the count that fails
        assert shown.page.locator("section").count() == len(read.sentences)
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert shown.page.evaluate(wide) <= 1
