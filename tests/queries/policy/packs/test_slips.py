"""Slips that were seen in packs, each with the line, what is wrong, and what may be meant."""

from __future__ import annotations

import pytest

from medgraph.errors import SourceError
from medgraph.queries.policy.packs import read_pack
from medgraph.queries.policy.packs.kind_words import in_words
from medgraph.queries.policy.predicates.parameters import Choice
from medgraph.words.say import speaking

HEAD = """[pack]
id = "mine"
title = ["我的", "mine"]
document = "文件"
source = "本单位"

[[rules]]
id = "MY-01"
kind = "requirement"
text = ["条文", "clause"]
clause = "第一条"
grade = "user"
"""
GROUPS = 'subjects = { kind = "Group", type = ["urban_medical_group"] }'
COUNTIES = 'subjects = { kind = "Area", level = ["county"] }'

# the rule from line 13 on, the line of the fault, its code, a word of its sentence
SLIPS = {
    "a key": (
        f'{GROUPS}\npredicate = "exists"\nof = "members"\natleast = 2',
        16,
        "E081",
        "at_least",
    ),
    "a key in a leaf": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ beds = {{ atleast = "20" }} }}',
        *(16, "E081", "at_least"),
    ),
    "a key deep in a tree": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\n'
        'test = { any = [\n  { type = ["@primary"] },\n  { not = { beds = { mor_than = "3" } } },\n] }',
        *(18, "E081", "more_than"),
    ),
    "a limit without its attribute": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ at_least = "20" }}',
        *(16, "E081", "known"),
    ),
    "a limit that the form does not use": (
        f'{COUNTIES}\npredicate = "trend"\nattribute = "visits"\nlimits = {{ at_most = "5%" }}',
        *(16, "E081", "at_least"),
    ),
    "sixty of a share": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ visit_rate = {{ at_least = "60" }} }}',
        *(16, "E087", "60%"),
    ),
    "ninety of a share in an amount": (
        f'{COUNTIES}\npredicate = "ratio"\nnumerator = {{ of = "self", sum = "visit_rate" }}\n'
        'limits = { at_least = "90" }',
        *(16, "E087", "90%"),
    ),
    "per cent of a count": (
        f'{COUNTIES}\npredicate = "ratio"\nnumerator = {{ of = "self", sum = "recognised_items" }}\n'
        'limits = { more_than = "200%" }',
        *(16, "E087", "%"),
    ),
    "more points than there are": (
        f'{COUNTIES}\npredicate = "value"\ntest = {{ province_score = {{ at_least = "600" }} }}',
        *(15, "E087", "100"),
    ),
    "a day in Chinese": (
        f'{GROUPS}\npredicate = "dated"\nattributes = ["formed_on"]\nby = "2025年6月30日"',
        *(16, "E088", '"2025-06-30"'),
    ),
    "a day without quotes": (
        f'{GROUPS}\npredicate = "dated"\nattributes = ["formed_on"]\nby = 2025-06-30',
        *(16, "E088", '"2025-06-30"'),
    ),
    "no day at all": (
        f'{GROUPS}\npredicate = "dated"\nattributes = ["formed_on"]',
        *(7, "E089", "by, after"),
    ),
    "days the wrong way round": (
        f'{GROUPS}\npredicate = "dated"\nattributes = ["formed_on"]\nby = "2023-01-01"\nafter = "2024-01-01"',
        *(17, "E087", "by"),
    ),
    "a word of of": (
        f'{GROUPS}\npredicate = "exists"\nof = "member"\nat_least = 1',
        *(15, "E083", "members"),
    ),
    "a word of a vocabulary": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ type = ["general_hopital"] }}',
        *(16, "E083", "general_hospital"),
    ),
    "a word in Chinese": (
        f'{GROUPS}\npredicate = "value"\nof = "lead"\ntest = {{ level = ["三级甲等"] }}',
        *(16, "E083", "3A"),
    ),
    "a word of another kind": (
        'subjects = { kind = "Area", level = ["3A"] }\npredicate = "exists"\nof = "within"\n'
        'where = { kind = "Facility" }\nat_least = 1',
        *(13, "E083", "county"),
    ),
    "a set of another column": (
        f'{GROUPS}\npredicate = "value"\nof = "lead"\ntest = {{ level = ["@hospital"] }}',
        *(16, "E083", "@level2"),
    ),
    "a kind": (
        'subjects = { kind = "Grop" }\npredicate = "exists"\nof = "members"\nat_least = 1',
        *(13, "E083", "Group"),
    ),
    "an attribute": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ ownershp = ["public"] }}',
        *(16, "E091", "ownership"),
    ),
    "two letters the wrong way round": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ levle = ["2A"] }}',
        *(16, "E091", "level"),
    ),
    "a type of group among members": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ type = ["urban_medical_group"] }}',
        *(16, "E083", "general_hospital"),
    ),
    "an attribute that packs ask for": (
        f'{GROUPS}\npredicate = "flags"\nall = {{ chater = ["yes"] }}',
        *(15, "E091", "charter"),
    ),
    "limits of a word": (
        f'{GROUPS}\npredicate = "value"\nof = "lead"\ntest = {{ level = {{ at_least = "2" }} }}',
        *(16, "E083", "known"),
    ),
    "a relation": (
        f'{GROUPS}\npredicate = "pairs"\nof = "units"\nrelation = "RECOGNIZES_RESULTS"',
        *(16, "E083", "RECOGNISES_RESULTS"),
    ),
    "a path that leads nowhere": (
        f'{GROUPS}\npredicate = "linked"\npath = ["<LEADS", "<SERVES"]',
        *(15, "E094", "<LEADS"),
    ),
    "a title": (
        f'{GROUPS}\npredicate = "posted"\nof = "members"\ntitles = ["主治医师"]',
        *(16, "E083", "attending"),
    ),
    "an empty test": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{}}',
        16,
        "E089",
        "test",
    ),
    "an empty list": (
        f'{GROUPS}\npredicate = "contains"\nattribute = "unified"\nrequired = []',
        *(16, "E083", "list"),
    ),
    "no limit": (
        f'{COUNTIES}\npredicate = "ratio"\nnumerator = {{ sum = "visit_rate" }}',
        *(7, "E089", "limits"),
    ),
    "nothing that decides": (
        f'{GROUPS}\npredicate = "exists"\nof = "members"',
        7,
        "E089",
        "at_least",
    ),
    "a count of nought": (
        f'{GROUPS}\npredicate = "value"\nof = "members"\ntest = {{ beds = {{ known = true }} }}\nat_least = 0',
        *(17, "E087", "1, 2, 3"),
    ),
    "no end at all": (
        f'{GROUPS}\npredicate = "linked"\npath = ["<LEADS"]\nends_at_least = 0',
        *(16, "E089", "ends_at_most"),
    ),
    "a share above one": (
        f'{GROUPS}\npredicate = "same"\nof = "units"\nattribute = "drug_catalogue"\nshare = "3/2"',
        *(17, "E087", "0–1"),
    ),
    "a share of nought": (
        f'{GROUPS}\npredicate = "same"\nof = "units"\nattribute = "drug_catalogue"\nshare = "0%"',
        *(17, "E087", "0–1"),
    ),
    "bounds that cross": (
        f'{GROUPS}\npredicate = "exists"\nof = "members"\nat_least = 4\nat_most = 1',
        *(16, "E087", "at_most"),
    ),
    "two sorts of counts": (
        f'{GROUPS}\npredicate = "exists"\nof = "members"\nat_least = 4\nexactly = 4',
        *(17, "E092", "exactly"),
    ),
    "per cent without its sign": (
        f'{COUNTIES}\npredicate = "ratio"\nnumerator = {{ sum = "visit_rate" }}\n'
        'limits = { at_least = "90" }\npercent = true',
        *(16, "E087", "90%"),
    ),
    "about without tolerance": (
        f'{COUNTIES}\npredicate = "ratio"\nnumerator = {{ sum = "visit_rate" }}\nlimits = {{ about = "90%" }}',
        *(16, "E082", "tolerance"),
    ),
    "the whole network has no members": (
        'subjects = "all"\npredicate = "exists"\nof = "members"\nat_least = 1',
        *(15, "E096", "subjects"),
    ),
    "all of no kind": (
        'subjects = "all"\npredicate = "exists"\nof = "all"\nwhere = { level = ["county"] }\nat_least = 1',
        *(16, "E082", "kind"),
    ),
    "subjects of no kind": (
        'subjects = { level = ["county"] }\npredicate = "declared"',
        *(13, "E082", "kind"),
    ),
    "a form that asks each subject": ('predicate = "declared"', 7, "E083", "subjects"),
    "a parameter that nobody knows": (
        f'{GROUPS}\nask = {{ least = ["几家", "how many"] }}\npredicate = "exists"\nof = "members"\n'
        'at_least = "$least"\nat_most = "$most"',
        *(18, "E083", "$least"),
    ),
    "a parameter that is not used": (
        f'{GROUPS}\nask = {{ least = ["几家", "how many"] }}\npredicate = "exists"\nof = "members"\nat_least = 2',
        *(14, "E093", "$least"),
    ),
    "a default that does not fit": (
        f'{GROUPS}\nparameters = {{ least = "some" }}\npredicate = "exists"\nof = "members"\nat_least = "$least"',
        *(14, "E083", "1, 2, 3"),
    ),
    "a parameter of another check": (
        'subjects = "all"\npredicate = "coded"\nof = "all"\nwhere = { kind = "Area" }\n'
        'attribute = "id"\ncheck = "area"\ncounties = ["331002"]',
        *(19, "E093", "county"),
    ),
    "a register": (
        f'{GROUPS}\npredicate = "exists"\nof = "members"\nat_least = 1\nregister = "facilites"',
        *(17, "E083", "facilities"),
    ),
    "an amount of two": (
        f'{COUNTIES}\npredicate = "ratio"\nnumerator = {{ sum = "population", mean = "population" }}\n'
        'limits = { at_least = "1" }',
        *(15, "E081", "where"),
    ),
    "a sum of texts": (
        f'{COUNTIES}\npredicate = "ratio"\nnumerator = {{ sum = "name" }}\nlimits = {{ at_least = "1" }}',
        *(15, "E083", "number"),
    ),
    "an example": (
        f'{GROUPS}\npredicate = "exists"\nof = "members"\nat_least = 1\n[rules.examples]\nvalue = "day 2024-12-31"',
        *(18, "E081", "no_data"),
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_is_refused_with_line_and_remedy(slip):
    """File and line of the key, the code of the fault, and a sentence that says what is allowed or meant."""
    rule, line, code, word = slip
    with speaking("en"), pytest.raises(SourceError) as refused:
        read_pack(HEAD + rule, "mine.toml")
    found = refused.value.problems[0]
    assert (found.place, found.code) == (f"mine.toml:{line}", code), str(found)
    assert word in found.message + found.advice, str(found)


@pytest.mark.parametrize("key", ["due", "share", "at_least", "limits", "falling"])
def test_an_indicator_states_no_cut_off(key):
    """What would be ignored in an indicator is refused."""
    values = {
        "due": 'predicate = "same"\nattribute = "x"\ndue = "2025-01-01"',
        "share": 'predicate = "same"\nattribute = "x"\nshare = "90%"',
        "at_least": 'predicate = "same"\nattribute = "x"\nat_least = 2',
        "limits": 'predicate = "ratio"\nnumerator = { sum = "beds" }\nlimits = { at_least = "2" }',
        "falling": 'predicate = "trend"\nattribute = "x"\nfalling = true',
    }
    text = HEAD.replace("requirement", "indicator") + f"{COUNTIES}\n{values[key]}"
    with pytest.raises(SourceError) as refused:
        read_pack(text, "mine.toml")
    assert [(p.code, p.value) for p in refused.value.problems] == [("E093", key)]


def test_the_line_is_that_of_the_key_in_its_part():
    """Of two parts with the same key the wrong one is named, whatever texts and comments hold."""
    text = HEAD + "\n".join(
        [
            GROUPS,
            'why = ["at_leest = 3", "at_leest"]  # at_leest = 3',
            "[[rules.parts]]",
            'predicate = "exists"',
            'of = "members"',
            "at_least = 1",
            "[[rules.parts]]",
            'predicate = "exists"',
            'of = "lead"',
            "at_leest = 1",
        ]
    )
    with pytest.raises(SourceError) as refused:
        read_pack(text, "mine.toml")
    assert refused.value.problems[0].place == "mine.toml:22"


def test_an_attribute_of_ones_own_may_be_near_another():
    """A name that misses a column by a letter is taken where the pack says what it is."""
    rule = f'{GROUPS}\npredicate = "flags"\nall = {{ chater = ["yes"] }}\n'
    words = '[words]\nchater = ["包租", "charter of boats"]\n'
    assert read_pack(words + HEAD + rule, "mine.toml").rules


def test_a_pack_without_rules_is_refused():
    """Nothing to test would be a pass of everything."""
    with pytest.raises(SourceError) as refused:
        read_pack(HEAD.split("[[rules]]")[0], "mine.toml")
    assert [(p.code, p.value) for p in refused.value.problems] == [("E082", "rules")]


def test_what_is_allowed_is_told_as_a_pack_writes_it():
    """`known = true`, not the True of a program."""
    assert in_words(Choice((True,))) == "true"


def test_a_value_on_a_line_of_its_own_is_named_with_that_line():
    """A list over four lines: the third of its words is no type."""
    rule = f"""{GROUPS}
predicate = "value"
of = "lead"
test = {{ type = [
  "general_hospital",
  "tcm_hospital",
  "genral_hospital",
] }}
"""
    with pytest.raises(SourceError) as refused:
        read_pack(HEAD + rule, "mine.toml")
    assert [problem.place for problem in refused.value.problems] == ["mine.toml:19"]


def test_parameters_beside_rules_hide_no_fault_of_theirs():
    """A file of parameters alone needs no rule; one that has rules is read as a pack all the same."""
    text = f'{HEAD}{GROUPS}\npredicate = "exists"\nof = "membrs"\nat_least = 1\n'
    with pytest.raises(SourceError) as refused:
        read_pack(f"{text}\n[parameters.MY-01]\nleast = 1\n", "mine.toml")
    assert [problem.value for problem in refused.value.problems] == ["membrs"]


@pytest.mark.parametrize("name", ["", " ", "to lerance"])
def test_a_parameter_has_a_name(name):
    """What is set has to be found again under its rule: a name without blanks."""
    with pytest.raises(SourceError):
        read_pack(f'[parameters.MY-01]\n"{name}" = 1\n', "mine.toml")
    with pytest.raises(SourceError):
        read_pack(f'[parameters."{name}"]\nleast = 1\n', "mine.toml")
