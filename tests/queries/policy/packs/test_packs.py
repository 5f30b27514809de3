"""Packs as data: all rules are there, and a bad pack is refused with file, line and what is allowed."""

from __future__ import annotations

import csv

import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.headings import attribute
from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.examples import example
from medgraph.queries.policy.packs import read_pack
from medgraph.words.say import speaking

HEAD = '[pack]\nid = "mine"\ntitle = ["我的", "mine"]\ndocument = "文件"\nsource = "本单位"\n\n'
RULE = """[[rules]]
id = "MY-01"
kind = "requirement"
text = ["成员至少两家。", "At least two members."]
clause = "第一条"
grade = "user"
subjects = { kind = "Group" }
predicate = "exists"
of = "members"
at_least = 2
"""


# Rules of the table whose grade says less than the table's: the document is known from an article or
# a news report, or what they ask is our reading.
REGRADED = {
    **dict.fromkeys(
        [
            *("NJ-00", "NJ-01", "NJ-02", "NJ-03", "NJ-04", "NJ-05", "GO-04", "GO-06", "TA-01"),
            *("GD-01", "GD-02", "GD-03", "GD-04", "SJ-01", "SJ-02", "SJ-03", "SJ-04", "SJ-05"),
        ],
        "secondary",
    ),
    **dict.fromkeys(
        ["TZ-04", "TZ-05", "TZ-06", "TZ-07", "TZ-08", "TZ-13", "TZ-14", "TZ-20"], "derived"
    ),
}


def test_all_rules_are_shipped(shared):
    """Each of the 135 rules of the table is in exactly one pack, with its kind and grade of evidence."""
    with (shared / "policy" / "rules.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["id"]: (row["kind"], row["grade"]) for row in csv.DictReader(file)}
    found = [(r.id, (r.kind, r.grade)) for name in shipped() for r in load(name).rules]
    assert len(found) == len(dict(found))
    regraded = {rule: (wanted[rule][0], grade) for rule, grade in REGRADED.items()}
    assert {**wanted, **regraded}.items() <= dict(found).items()


def test_an_unverified_threshold_is_asked_of_the_user():
    """No requirement with an unverified threshold decides before the user has set it."""
    for rule in (r for name in shipped() for r in load(name).rules):
        if rule.grade == "unverified" and rule.kind == "requirement":
            assert rule.ask
            assert rule.settled({})[1] == tuple(rule.ask)


def test_indicators_have_no_cut_off():
    """An indicator states no threshold at all."""
    for rule in (r for name in shipped() for r in load(name).rules if r.kind == "indicator"):
        assert not any(
            {"limits", "share", "at_least", "at_most", "exactly"} & set(part) for part in rule.parts
        )


def test_a_pack_of_ones_own_is_read_and_used(tmp_path, taizhou):
    """A user's file loads the same way as a shipped pack."""
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + RULE, encoding="utf-8")
    found = audit(taizhou, path)
    assert found.finding("mine/MY-01/G1")["verdict"] == "PASS"


CANTEEN = (
    HEAD
    + """[words]
canteen = ["食堂", "meals for patients"]

"""
    + RULE.replace("at_least = 2", 'all = { canteen = ["yes"] }').replace("exists", "flags")
)


@pytest.mark.parametrize(
    ("lang", "called"), [("zh", "食堂（canteen）"), ("en", "meals for patients (canteen)")]
)
def test_a_pack_names_its_own_attributes(lang, called, taizhou):
    """A file of another province carries its words: reason, advice and list of missing data speak them."""
    with speaking(lang):
        found = audit(taizhou, read_pack(CANTEEN, "mine.toml"))
        row = found.finding("mine/MY-01/G1")
        assert called in row["reason"]
        assert called in str(found) or lang == "en"
        assert attribute("canteen") == "canteen"


@pytest.mark.parametrize("words", ['canteen = "食堂"', 'canteen = ["食堂"]', "canteen = [1, 2]"])
def test_a_word_in_one_language_is_refused(words):
    """An attribute is named in Chinese and in English."""
    with pytest.raises(SourceError) as refused:
        read_pack(CANTEEN.replace('canteen = ["食堂", "meals for patients"]', words), "mine.toml")
    assert refused.value.problems[0].place == "mine.toml:8"


@pytest.mark.parametrize(
    ("old", "new", "line", "allowed"),
    [
        ('"exists"', '"exsits"', 14, "acyclic"),
        ("at_least = 2", "at_lest = 2", 16, "at_least"),
        ("at_least = 2", "at_least = -2", 16, "1, 2, 3"),
        ("at_least = 2", "predicate_ = 1", 16, "predicate"),
        ("at_least = 2", 'at_least = "two"', 16, "1, 2, 3"),
        ('clause = "第一条"\n', "", 7, "clause"),
        ('grade = "user"', 'grade = "hearsay"', 12, "seed"),
        ('kind = "requirement"', 'kind = "wish"', 9, "indicator"),
        ('of = "members"', 'of = ["<MEMBER"]', 15, "MEMBER_OF"),
        ("at_least = 2", 'where = { type = ["@primry"] }\nat_least = 2', 16, "@primary"),
        ("at_least = 2", "at_least = 2\nexactly = 3", 17, "exactly"),
        ('grade = "user"', 'grade = "unverified"', 12, "ask"),
        (
            'text = ["成员至少两家。", "At least two members."]',
            'text = ["成员至少两家。"]',
            10,
            "English",
        ),
    ],
)
def test_a_bad_pack_is_refused_with_its_line(old, new, line, allowed):
    """Unknown predicate, wrong parameter, threshold out of range, missing clause: file, line, what is allowed."""
    with pytest.raises(SourceError) as refused:
        read_pack(HEAD + RULE.replace(old, new), "mine.toml")
    found = refused.value.problems[0]
    assert found.place == f"mine.toml:{line}"
    assert allowed in found.advice + found.message


def test_all_faults_are_reported_together():
    """Three faults in two rules give three problems, each with its own line."""
    bad = HEAD + RULE.replace('"exists"', '"exsits"')
    bad += RULE.replace('clause = "第一条"\n', "").replace("MY-01", "MY-02")
    with pytest.raises(SourceError) as refused:
        read_pack(bad + RULE, "mine.toml")
    assert [p.code for p in refused.value.problems] == ["E084", "E082", "E085"]


def test_what_is_no_toml_has_a_line():
    """A broken file names the line on which reading stopped."""
    with pytest.raises(SourceError) as refused:
        read_pack(HEAD + "[[rules]\n", "mine.toml")
    assert refused.value.problems[0].place == "mine.toml:7"


def test_a_parameter_file_sets_what_rules_ask(tmp_path):
    """A file with only [parameters] goes beside the pack; the finding then says that the user set the threshold."""
    path = tmp_path / "parameters.toml"
    path.write_text('[parameters]\nHN-02 = { tolerance = "0.02" }\n', encoding="utf-8")
    pack = load("henan-2021")
    given = example(pack, pack.rule("HN-02"), "no_data")
    without = audit(given.network, pack, select=["HN-02"], ledger=given.ledger)
    found = audit(given.network, [pack, path], select=["HN-02"], ledger=given.ledger)
    assert (without.outcome("HN-02").verdict, found.outcome("HN-02").verdict) == ("NO_DATA", "PASS")
    assert found.findings["grade"].tolist() == ["user"]


def test_an_unknown_or_impossible_parameter_is_refused(taizhou):
    """A parameter that the rule does not ask for, or that is no number, is an error that says so."""
    with pytest.raises(OptionError, match="accept"):
        audit(taizhou, "urban-2023", parameters={"UG-04": {"acept": []}})
    pack = load("henan-2021")
    given = example(pack, pack.rule("HN-02"), "pass")
    with pytest.raises(OptionError, match="some"):
        audit(
            given.network,
            pack,
            select=["HN-02"],
            ledger=given.ledger,
            parameters={"HN-02": {"tolerance": "some"}},
        )


def test_select_and_ignore(taizhou):
    """Rules are chosen by id or by its beginning; an unknown one is an error."""
    found = audit(taizhou, ["urban-2023", "taizhou-2023"], select=["UG"], ignore=["UG-12"])
    assert {o.rule.id for o in found.outcomes} == {f"UG-{n:02}" for n in range(1, 12)}
    with pytest.raises(OptionError):
        audit(taizhou, "urban-2023", select=["ZZ"])


def test_a_day_is_needed(taizhou):
    """Without a day of its own or a given one there is no audit."""
    with pytest.raises(OptionError):
        audit(taizhou.with_meta(data_day=None), "urban-2023")
