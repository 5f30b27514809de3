"""Check a pack before anything is tested: every fault with its line and what is allowed instead.

Each key is checked against its kind (`keys.py`, `predicates/parameters.py`) at every depth; what
holds between a rule and its parts is checked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from medgraph.graphmodel.made_ids import WHOLE
from medgraph.queries.policy.packs.checks import check, keys_of
from medgraph.queries.policy.packs.filling import filled
from medgraph.queries.policy.packs.keys import (
    DUTY,
    EXAMPLES,
    RULE,
    SENTENCE,
    TABLES,
    THRESHOLDS,
)
from medgraph.queries.policy.packs.kind_words import in_words
from medgraph.queries.policy.packs.lines import PackLines
from medgraph.queries.policy.packs.places import Place
from medgraph.queries.policy.packs.sentences import ANSWERED, DATED
from medgraph.queries.policy.predicates.parameters import SUBJECTS, Record, Tree
from medgraph.queries.policy.predicates.table import PREDICATES, record_of
from medgraph.words.say import Problem, say

Raw = Mapping[str, Any]
Faults = Iterator[Problem]

ITEMS = ("rules", "sentences", "duties")  # each item has its own line
AMOUNTS = ("numerator", "denominator")


def pack_faults(data: Raw, text: str, file: str) -> Faults:
    """Yield what is wrong with a pack, from the head on, rule by rule."""
    words = data.get("words")
    own = frozenset(words if isinstance(words, Mapping) else ())
    place = Place(PackLines(text, file, data).place, own=own)
    for key, value in data.items():
        if key not in TABLES:
            yield place.unknown_key(key, TABLES)
        elif key not in ITEMS:
            yield from check(TABLES[key], value, place.at(key))
    if "parameters" in data and not {"pack", "rules"} & data.keys():
        return
    for key in ("pack", "rules"):
        if not data.get(key):
            yield place.problem("E082", key)
    rules, sentences, duties = (data.get(key, []) for key in ITEMS)
    yield from _rules_faults(rules, place.at("rules"))
    yield from _sentences_faults(sentences, rules, duties, place.at("sentences"))
    yield from _duties_faults(duties, rules, place.at("duties"))


def _are_tables(items: Any) -> bool:
    return isinstance(items, list) and all(isinstance(raw, Mapping) for raw in items)


def _rules_faults(rules: Any, place: Place) -> Faults:
    if not _are_tables(rules):
        yield place.not_one_of(rules, ["[[rules]]"])
        return
    seen: set[str] = set()
    for turn, raw in enumerate(rules):
        id_ = str(raw.get("id"))
        if "id" in raw and id_ in seen:
            yield place.at(turn).at("id").problem("E085", id_)
        seen.add(id_)
        yield from _rule_faults(raw, place.at(turn))


# -- the sentences of the document -----------------------------------------------------------------


def _sentences_faults(sentences: Any, rules: Any, duties: Any, place: Place) -> Faults:
    if not _are_tables(sentences):
        yield place.not_one_of(sentences, ["[[sentences]]"])
        return
    kinds = (
        {str(raw.get("id")): str(raw.get("kind")) for raw in rules} if _are_tables(rules) else {}
    )
    dated = [str(raw.get("id")) for raw in duties] if _are_tables(duties) else []
    for turn, raw in enumerate(sentences):
        at = place.at(turn)
        found = list(check(SENTENCE, raw, at))
        found = found or list(_dated_faults(raw, dated, at))
        yield from found or _answer_faults(raw, kinds, at)


def _dated_faults(raw: Raw, known: list[str], place: Place) -> Faults:
    """Duties that are there carry out a sentence."""
    if raw["kind"] == DATED and "duties" not in raw:
        yield place.problem("E082", "duties")
    for name in raw.get("duties", []):
        if name not in known:
            yield place.at("duties").not_one_of(name, known)


def _answer_faults(raw: Raw, kinds: Mapping[str, str], place: Place) -> Faults:
    """Rules that are there answer a sentence, or it says why none does."""
    if raw["kind"] == DATED and "rules" not in raw:
        return
    if raw["kind"] not in ANSWERED:
        if "because" not in raw and raw["kind"] != DATED:
            yield place.problem("E082", "because")
        if "rules" in raw:
            reason = say("policy_read_only_with", only=f"kind = {', '.join(ANSWERED)}")
            yield place.at("rules").problem("E093", "rules", reason=reason)
        return
    if "rules" not in raw:
        yield place.problem("E082", "rules")
    own = [name for name in raw.get("rules", []) if "/" not in name]
    for name in own:
        if name not in kinds:
            yield place.at("rules").not_one_of(name, kinds)
    answered = {"requirement": "rule", "indicator": "indicator"}
    found = {answered[kind] for kind in map(kinds.get, own) if kind in answered}
    if found and raw["kind"] not in found:
        yield place.at("kind").not_one_of(raw["kind"], sorted(found))


# -- the dated duties ------------------------------------------------------------------------------


def _duties_faults(duties: Any, rules: Any, place: Place) -> Faults:
    if not _are_tables(duties):
        yield place.not_one_of(duties, ["[[duties]]"])
        return
    known = [str(raw.get("id")) for raw in rules] if _are_tables(rules) else []
    seen: set[str] = set()
    for turn, raw in enumerate(duties):
        at = place.at(turn)
        yield from check(DUTY, raw, at)
        if "id" in raw and str(raw["id"]) in seen:
            yield at.at("id").problem("E085", str(raw["id"]))
        seen.add(str(raw.get("id")))
        if "follows" in raw and raw["follows"] not in known:
            yield at.at("follows").not_one_of(raw["follows"], known)


# -- a rule ----------------------------------------------------------------------------------------


def _rule_faults(raw: Raw, place: Place) -> Faults:
    """Yield what is wrong with a rule: its own keys, then its parts, of which it may be the one."""
    own = {key: value for key, value in raw.items() if key not in RULE.keys}
    head = {key: value for key, value in raw.items() if key in RULE.keys}
    yield from keys_of(RULE, head, place)
    if _decides_unverified(raw):
        yield place.at("grade").problem("E086", raw.get("id"))
    yield from _unread_faults(raw, place)
    parts = raw.get("parts")
    knowing = place.knowing(_names(raw, "ask") | _names(raw, "parameters"))
    if not parts:
        yield from part_faults(own, raw, knowing)
        return
    for key in own:
        yield place.unknown_key(key, RULE.keys)
    for number, part in enumerate(parts if isinstance(parts, list) else []):
        at = knowing.at("parts").at(number)
        if isinstance(part, Mapping):
            yield from part_faults(part, raw, at)
        else:
            yield at.not_one_of(part, ["{ predicate = … }"])


def _names(raw: Raw, key: str) -> frozenset[str]:
    """Return the parameters that a rule names under `ask`, or under `parameters`."""
    found = raw.get(key)
    return frozenset(found if isinstance(found, Mapping) else ())


def _decides_unverified(raw: Raw) -> bool:
    """Would a threshold that nobody has seen in the original decide, though nobody is asked for
    it?
    """
    return (
        raw.get("grade") == "unverified" and raw.get("kind") == "requirement" and not raw.get("ask")
    )


def _unread_faults(raw: Raw, place: Place) -> Faults:
    """Yield what a rule states and nothing would read."""
    if raw.get("kind") == "indicator" and "due" in raw:
        yield place.at("due").problem("E093", "due", reason=say("policy_indicator_reports"))
    used = set(
        _texts(
            {key: value for key, value in raw.items() if key not in ("examples", "note", "note_en")}
        )
    )
    for key in ("ask", "parameters"):
        for name in sorted(_names(raw, key)):
            if f"${name}" not in used:
                reason = say("policy_parameter_unused", name=name)
                yield place.at(key).at(name).problem("E093", name, reason=reason)
    allowed = EXAMPLES.get(str(raw.get("kind")), ())
    for name in sorted(_names(raw, "examples")):
        if allowed and name not in allowed:
            yield place.at("examples").unknown_key(name, allowed)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


# -- a part ----------------------------------------------------------------------------------------


def part_faults(part: Raw, rule: Raw, place: Place) -> Faults:
    """Yield what is wrong with one test of a rule."""
    form = part.get("predicate")
    if form is None:
        yield place.problem("E082", "predicate")
    elif not isinstance(form, str) or form not in PREDICATES:
        known = place.at("predicate").not_one_of(form, PREDICATES)
        yield replace(known, code="E084", message=say("E084", value=form))
    else:
        record = _of_elements(record_of(form), part, rule)
        found = list(check(record, part, place))
        yield from found or _whole_faults(form, record, part, rule, place)


def _of_elements(record: Record, part: Raw, rule: Raw) -> Record:
    """Let the conditions on elements know of which kind these are: members are facilities."""
    of, where = part.get("of", "self"), _table(part.get("where"))
    kinds = {
        "self": _table(part.get("subjects", rule.get("subjects"))).get("kind"),
        **dict.fromkeys(("members", "lead", "units"), "Facility"),
        **dict.fromkeys(("within", "all"), where.get("kind")),
    }
    kind = kinds.get(of) if isinstance(of, str) else None
    if not isinstance(kind, str) or "of" not in record.keys:
        return record
    trees = {name: key for name, key in record.keys.items() if name in ("where", "test")}
    told = {name: replace(key, kind=Tree(kind=kind)) for name, key in trees.items()}
    return replace(record, keys={**record.keys, **told})


def _whole_faults(form: str, record: Record, part: Raw, rule: Raw, place: Place) -> Faults:
    """Yield what is wrong with a part whose keys are each right."""
    yield from _default_faults(record, part, rule, place)
    yield from _decision_faults(form, part, rule, place)
    yield from _subject_faults(form, part, rule, place)


def _default_faults(record: Record, part: Raw, rule: Raw, place: Place) -> Faults:
    """Yield what is wrong with a part once its parameters have the values that they have unset."""
    made = filled(part, _table(rule.get("parameters")))
    if made != part:
        at = replace(place, path=(*place.path[:2], "parameters"), filled=True)
        yield from check(record, made, at)


def _decision_faults(form: str, part: Raw, rule: Raw, place: Place) -> Faults:
    """A requirement states what decides it; an indicator reports a value and states nothing."""
    if rule.get("kind") == "indicator":
        for key in THRESHOLDS:
            if key in part and key in PREDICATES[form].parameters:
                reason = say("policy_indicator_reports")
                yield place.at(key).problem("E093", key, reason=reason)
        return
    deciding = PREDICATES[form].decided_by
    if deciding and not any(key in part for key in deciding):
        yield place.problem("E089", what=form, allowed=", ".join(deciding))


def _subject_faults(form: str, part: Raw, rule: Raw, place: Place) -> Faults:
    """A form that asks each subject needs some; of the network as a whole all nodes are asked."""
    about = _about(form, part)
    subjects = part.get("subjects", rule.get("subjects", WHOLE))
    of_whole = subjects == WHOLE
    stated = place if "subjects" in part else replace(place, path=place.path[:2])
    if about == "whole" and not of_whole:
        yield stated.at("subjects").not_one_of(subjects, [WHOLE])
    if of_whole and about == "nodes":
        yield stated.at("subjects").not_one_of(WHOLE, [in_words(SUBJECTS.other)])
    for at, choice in _choices(form, part, place):
        of = choice.get("of", "self")
        if of_whole and about == "either" and of != WHOLE:
            yield at.at("of").problem("E096", of)
        if of in ("within", WHOLE) and "kind" not in _table(choice.get("where")):
            yield at.at("where").problem("E082", "kind")


def _about(form: str, part: Raw) -> str:
    """Return whom a part can ask: each subject, where it asks for their lead or their area."""
    about = PREDICATES[form].about
    amounts = (_table(part.get(key)) for key in AMOUNTS)
    if any({"links", "postings"} & amount.keys() for amount in amounts):
        return "nodes"
    holds = not about.stating or part.get(about.stating, False) is not False
    return about.whom if holds else "either"


def _choices(form: str, part: Raw, place: Place) -> Iterator[tuple[Place, Raw]]:
    """Yield each table that chooses elements by `of` and `where`: the part, or its amounts."""
    if "of" in PREDICATES[form].parameters:
        yield place, part
    for key in AMOUNTS:
        amount = _table(part.get(key))
        if {"sum", "mean", "count"} & amount.keys() and "links" not in amount:
            yield place.at(key), amount


def _table(value: Any) -> Raw:
    return value if isinstance(value, Mapping) else {}
