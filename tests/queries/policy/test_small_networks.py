"""What people write into cells and tables, and the verdicts that the clause allows: judged before running.

A line of `small_networks.txt`: the rule, the verdicts allowed (of the rule, or `SUBJECT=` of a subject, `*=` of the rule), and after the
stroke a network in the words of the pack's examples; `{a ¦ b}` at its end are several cells, each tried by itself.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from medgraph.queries.policy import shipped
from tests.queries.policy.asked import audit_of

LINES = Path(__file__).with_name("small_networks.txt").read_text(encoding="utf-8").splitlines()


def by_rule() -> dict[tuple[str, str], list[str]]:
    """Return the lines of each rule of each pack."""
    found: dict[tuple[str, str], list[str]] = {}
    pack = ""
    for line in LINES:
        if line.startswith("# "):
            pack = line[2:]
        else:
            found.setdefault((pack, line.partition(" ")[0]), []).append(line)
    return found


def networks(text: str) -> list[str]:
    """Return a network for each of the cells at the end of a text."""
    head, brace, cells = text.partition("{")
    return [head + cell for cell in cells.rstrip("}").split(" ¦ ")] if brace else [text]


@pytest.mark.parametrize(("pack", "rule"), by_rule(), ids=map("-".join, by_rule()))
def test_the_clause_allows_the_verdict(pack, rule):
    wrong = []
    for line in by_rule()[pack, rule]:
        told, _, text = line.partition(" | ")
        allowed = told.split()[1:]
        for network in networks(text):
            found = audit_of(pack, rule, network)
            wrong += [
                (rule, network, verdict)
                for one in allowed
                if (verdict := _verdict(found, rule, one)) not in one.rpartition("=")[2].split("/")
            ]
            assert all(_says_why(finding) for finding in found.to_dict()["findings"]), network
    assert wrong == []


def test_every_pack_has_small_networks():
    packs = {pack for pack, _ in by_rule()}
    assert packs <= set(shipped())
    assert len(packs) >= 10


def _verdict(found, rule: str, one: str) -> str:
    subject = one.rpartition("=")[0]
    outcome = found.outcome(rule)
    of_each = dict(zip(outcome.ids, outcome.verdicts.tolist(), strict=True))
    return outcome.verdict if subject in ("", "*") else of_each.get(subject, "not asked")


def _says_why(finding) -> bool:
    return finding["verdict"] in ("PASS", "INFO") or len(finding["reason"]) > 1
