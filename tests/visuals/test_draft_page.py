"""The page to check a draft shows every sentence, and takes none of them for code."""

from __future__ import annotations

from medgraph.loaders.plan_draft import draft
from medgraph.visuals.draft_page import draft_page
from tests.browser import CANARIES, opened


def test_a_hostile_plan_passes_the_gate(chromium, tmp_path):
    """Sentences, names and the title are attacks; the page asks nothing and runs nothing."""
    attacks = "\n".join(f"（一）{text}医共体。牵头医院为{text}医院，成员单位包括{text}卫生院。" for text in CANARIES)
    read = draft(attacks)
    page = draft_page(read.sentences, read.network, title=CANARIES[0], summary=CANARIES[1])
    path = page.save(tmp_path / "draft.html")
    with opened(chromium, path) as shown:
        shown.verify()
        assert shown.page.locator("section").count() == len(read.sentences)
