"""A rule in words says whom it asks and how, and nothing as a program writes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from medgraph.queries.policy import describe, described, load, shipped
from medgraph.words.say import speaking

RULES = [rule.id for pack in shipped() for rule in load(pack).rules]
OWN = Path(__file__).resolve().parents[3] / "docs/own-pack.toml"
ANY_FORM = OWN.with_name("policy-predicates.toml")  # a rule for each form of test
PROGRAM = re.compile(r"[{}']|\bTrue\b|\bNone\b|\$|=\[|(?<![（(])@(?!年|year|\d)")


def lines_of(rule: str, lang: str, packs: str | None = None) -> list[str]:
    """What is said of whom a rule asks, and of its tests."""
    with speaking(lang):
        return described(rule, packs)["in_words"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_rule_is_told_as_a_program_writes_it(lang):
    """Whom it asks stands first; no brackets, signs or flags of Python, no names of sets."""
    for rule in RULES:
        lines = lines_of(rule, lang)
        assert lines[0].startswith({"zh": "问谁：", "en": "whom it asks: "}[lang])
        assert not [line for line in lines if PROGRAM.search(line)], rule


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_of_test_has_words(lang):
    """Each parameter of each form is said by what it means."""
    for rule in load(str(ANY_FORM)).rules:
        lines = lines_of(rule.id, lang, str(ANY_FORM))
        assert not [line for line in lines if PROGRAM.search(line)], rule.id


def test_a_rule_of_a_pack_of_ones_own():
    """YX-01 and YX-05 of the tutorial, as a planner reads them; its own word is known."""
    assert lines_of("YX-01", "zh", str(OWN)) == [
        "问谁：集团，类型为县域医共体",
        "判法：元素的属性符合条件",
        "  每个对象看哪些元素：牵头单位",
        "  应符合的条件：类型为各类医院，等级为二级及以上，所有制为公立",
        "  每一个都要符合",
    ]
    assert lines_of("YX-05", "zh", str(OWN))[-1] == "  应符合的条件：夜间门诊（night_clinic）为是"
    with speaking("en"):
        assert "whom it asks: group, type county medical community" in describe("YX-01", str(OWN))


def test_what_the_user_sets_and_may_change():
    """A tolerance is asked of the user; six zones are what the user may change."""
    assert "≈65% ±（由使用者设定：" in "".join(lines_of("HN-02", "zh"))
    assert "  应有几个试验区：6（使用者可改）" in lines_of("XJ-03", "zh")


def test_one_of_two_forms_is_told_with_or():
    """TZ-47: a joint ward or a joint clinic; TZ-38: both offices."""
    either = next(line for line in lines_of("TZ-47", "en") if "joint_ward" in line)
    assert re.search(r"joint_ward.* or .*joint_outpatient", either)
    assert not [line for line in lines_of("TZ-38", "en") if " or " in line]
