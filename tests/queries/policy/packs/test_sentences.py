"""Each sentence of a document has a rule that answers it, or says why none does; no rule is without one."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.errors import SourceError
from medgraph.loaders import registry, samples
from medgraph.queries import policy
from medgraph.queries.policy import load, shipped
from medgraph.queries.policy.packs import read_pack
from medgraph.visuals.audit_page import audit_page
from medgraph.words.say import speaking
from tests.queries.policy.packs.test_packs import HEAD, RULE

SENTENCE = """[[sentences]]
clause = "第一条"
says = "每个集团有两家成员"
says_en = "every group has two members"
kind = "rule"
rules = ["MY-01"]

"""
READ = RULE + 'reading = "牵头不算"\nreading_en = "the lead does not count"\n'


# -- laws of what ships ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped())
def test_every_rule_answers_a_sentence(name):
    """A rule of a shipped pack is named by a sentence of it."""
    pack = load(name)
    assert [rule.id for rule in pack.rules if not rule.sentences] == []


def test_every_answer_is_there():
    """A sentence answered in another pack names a rule of that."""
    for pack in map(load, shipped()):
        for name in (name for each in pack.sentences for name in each.rules if "/" in name):
            other, _, rule = name.partition("/")
            assert load(other).rule(rule).id == rule


def test_sentences_are_short():
    """Words of one's own, not the document: a line each."""
    for pack in map(load, shipped()):
        for each in pack.sentences:
            assert len(each.says[0]) <= 80, each
            assert re.search(r"[A-Za-z]", each.says[1]), each


def test_a_note_stands_in_both_languages():
    """An explanation in English is in English."""
    chinese = re.compile(r"[\u3400-\u9fff]")
    for pack in map(load, shipped()):
        for each in (*pack.rules, *pack.duties):
            assert bool(each.note) == bool(each.note_en), each.id
            clauses = re.sub(r"[一二三四]\([一二三四五]\)[0-9(),-]*", "", each.note_en)
            assert not chinese.search(clauses), each.note_en


@pytest.mark.parametrize("name", shipped())
def test_a_rule_is_explained_in_english(name):
    """But for the clause, which is called as the document calls it, and words of its own."""
    with speaking("en"):
        for rule in load(name).rules:
            assert rule.remark == rule.note_en
            assert rule.remark in policy.describe(rule.id, [name])


def test_a_note_of_ones_own_needs_no_english():
    pack = read_pack(HEAD + RULE + 'note = "食堂在院内"\n', "mine.toml")
    with speaking("en"):
        assert pack.rule("MY-01").remark == "食堂在院内"


def test_no_sentence_stands_twice():
    """A clause may have several sentences, each once."""
    for pack in map(load, shipped()):
        said = [(each.place, each.says[0]) for each in pack.sentences]
        assert sorted(set(said)) == sorted(said), pack.id


# -- a pack of one's own ---------------------------------------------------------------------------


def test_a_sentence_belongs_to_its_rules():
    """A pack has all, a rule those that it answers, also where they stand between the rules."""
    other = RULE.replace("MY-01", "MY-02")
    context = (
        SENTENCE.replace('"rule"', '"context"')
        .replace('rules = ["MY-01"]', 'because = "背景"\nbecause_en = "context"')
        .replace("[[sentences]]", '[[sentences]]\ndocument = "上级文件"')
    )
    pack = read_pack(HEAD + SENTENCE + READ + context + other, "mine.toml")
    assert [each.kind for each in pack.sentences] == ["rule", "context"]
    assert pack.rule("MY-01").sentences == pack.sentences[:1]
    assert pack.rule("MY-01").reading == ("牵头不算", "the lead does not count")
    assert pack.rule("MY-02").sentences == ()
    assert pack.sentences[1].place == "上级文件 第一条"


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "allowed"),
    [
        ('["MY-01"]', '["MY-07"]', 12, "E083", "MY-01"),
        ('kind = "rule"', 'kind = "ruled"', 11, "E083", "not_judged"),
        ('kind = "rule"', 'kind = "indicator"', 11, "E083", "rule"),
        ('rules = ["MY-01"]\n', "", 7, "E082", "rules"),
        ('kind = "rule"', 'kind = "context"', 7, "E082", "because"),
        ('kind = "rule"', 'kind = "context"\nbecause = "背景"', 7, "E082", "because_en"),
        (
            'kind = "rule"',
            'kind = "context"\nbecause = "背景"\nbecause_en = "c"',
            14,
            "E093",
            "indicator",
        ),
        ("kind =", 'because_ = "x"\nkind =', 11, "E081", "because"),
        ('says_en = "every group has two members"\n', "", 7, "E082", "says_en"),
        ('clause = "第一条"', "clause = 1", 8, "E083", "text"),
        ('kind = "rule"', "kind = []", 11, "E083", "not_judged"),
        ("[[sentences]]", "[sentences]", 7, "E083", "[[sentences]]"),
    ],
)
def test_a_bad_sentence_is_refused_with_its_line(old, new, line, code, allowed):
    """Every key is checked as those of rules are, and so is what it names."""
    with speaking("en"), pytest.raises(SourceError) as refused:
        read_pack(HEAD + SENTENCE.replace(old, new, 1) + RULE, "mine.toml")
    found = refused.value.problems[0]
    assert (found.code, found.place) == (code, f"mine.toml:{line}")
    assert allowed in found.advice + found.message


@pytest.mark.parametrize("key", ["reading", "not_asked"])
def test_a_reading_stands_in_both_languages(key):
    """A rule that says how it reads says so in English too."""
    with pytest.raises(SourceError) as refused:
        read_pack(HEAD + RULE + f'{key} = "x"\n', "mine.toml")
    assert refused.value.problems[0].code == "E082"


def test_a_fault_between_sentences_has_its_own_line():
    """Sentences and rules may take turns: a fault names the line of its own block."""
    second = RULE.replace("MY-01", "MY-02")
    text = HEAD + SENTENCE + RULE + SENTENCE.replace("MY-01", "MY-02") + second
    lines = text.splitlines()
    last = max(number for number, row in enumerate(lines, 1) if row.startswith("clause"))
    lines[last - 1] = "clause = 1"
    with pytest.raises(SourceError) as refused:
        read_pack("\n".join(lines), "mine.toml")
    assert refused.value.problems[0].place == f"mine.toml:{last}"


# -- where it is shown -----------------------------------------------------------------------------


def run(*words):
    result = CliRunner().invoke(
        cli, [*map(str, words)], catch_exceptions=False, standalone_mode=False
    )
    return result.return_value, result.stdout


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    not_asked = 'not_asked = "成员是哪几家"\nnot_asked_en = "which members they are"\n'
    path.write_text(HEAD + SENTENCE + READ + not_asked, encoding="utf-8")
    return path


SHOWN = (
    "answers the sentence (第一条): every group has two members",
    "reading: the lead does not count",
    "not asked: which members they are",
)


def test_explain_shows_what_a_rule_answers(mine, tmp_path):
    """A rule and a finding of it, in words and as JSON."""
    roster = tmp_path / "roster.xlsx"
    registry.write(samples.taizhou(), roster)
    finding = ("mine/MY-01/G1", "--source", roster)
    for words in (("MY-01",), finding):
        asked = ("explain", *words, "--pack", mine, "--lang", "en")
        assert all(line in run(*asked)[1].splitlines() for line in SHOWN)
        told = json.loads(run(*asked, "--format", "json")[1])
        assert told["rule"] == "MY-01"
        assert [one["says"] for one in told["sentences"]] == ["every group has two members"]
        assert (told["reading"], told["not_asked"]) == (
            "the lead does not count",
            "which members they are",
        )


def test_the_page_of_an_audit_shows_it(mine):
    """A rule that is opened shows the sentence that it answers."""
    with speaking("en"):
        page = audit_page(policy.audit(samples.taizhou(), [mine])).page
    assert all(line in page for line in SHOWN)


def test_the_check_names_rules_without_a_sentence(tmp_path):
    """Exit 1 where a pack has sentences and a rule answers none; a pack without any is no fault."""
    two = 'fail = "G1 Group"\nno_data = "G1 Group"\n'
    path = tmp_path / "mine.toml"
    rule = RULE + "[rules.examples]\n" + two
    path.write_text(HEAD + rule, encoding="utf-8")
    assert "sentences" not in run("rules", path, "--check", "--lang", "en")[1]
    path.write_text(HEAD + SENTENCE + rule + rule.replace("MY-01", "MY-02"), encoding="utf-8")
    code, out = run("rules", path, "--check", "--lang", "en")
    assert code == 1
    assert "MY-02" in next(line for line in out.splitlines() if "answers none" in line)
    assert "1 sentences: rule 1, indicator 0, duty 0, not judged 0, context 0." in out
