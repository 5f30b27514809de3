"""What `info` says of a network: how many of each, what is stated, who declared which list whole."""

from __future__ import annotations

from medgraph.cli.network_words import network_text
from medgraph.words.say import speaking


def test_a_declaration_is_told_with_those_who_made_it(taizhou):
    """One whose day nobody can read is still its own, not that of the whole it belongs to."""
    net = taizhou.with_meta(
        **{
            "links.complete": "complete",
            "links.complete_by": "省卫健委",
            "links.DISPATCHES.complete": "complete",
            "links.DISPATCHES.complete_by": "区卫健局",
            "links.DISPATCHES.complete_date": "待定",
        }
    )
    with speaking("en"):
        lines = network_text(net).splitlines()
    assert "list links: complete (省卫健委)" in lines
    assert "list links.DISPATCHES: complete (区卫健局, 待定)" in lines
    assert not any("complete_by" in line for line in lines)
