"""Check a pack before anything is tested: every fault with its line and what is allowed instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from medgraph.queries.policy.facts.value_sets import COUNTIES, SETS
from medgraph.queries.policy.packs.lines import PackLines
from medgraph.queries.policy.predicates.table import COUNTS, PREDICATES, parameters_of
from medgraph.words.numerals import read_exact
from medgraph.words.say import Problem, problem
from medgraph.words.vocabularies import RELATIONS

Raw = Mapping[str, Any]
Place = Callable[..., str]  # file and line of the first of some words

TABLES = ("pack", "rules", "parameters", "fixtures", "words")
LIMITS = ("at_least", "at_most", "more_than", "less_than", "exactly", "about", "tolerance")
CHOICES = {
    "kind": ("requirement", "indicator"),
    "grade": ("seed", "secondary", "derived", "unverified", "user"),
    "severity": ("error", "warning", "info"),
}
RULE: Mapping[str, type] = {
    "id": str,
    "kind": str,
    "text": list,
    "why": list,
    "fix": list,
    "clause": str,
    "grade": str,
    "severity": str,
    "note": str,
    "subjects": object,
    "parts": list,
    "ask": dict,
    "parameters": dict,
    "due": str,
    "examples": dict,
}
PACK: Mapping[str, type] = {
    "id": str,
    "title": list,
    "document": str,
    "number": str,
    "issuer": str,
    "date": str,
    "source": str,
    "note": str,
}


def pack_faults(data: Raw, text: str, file: str) -> Iterator[Problem]:
    """Yield what is wrong with a pack, from the head on, rule by rule."""
    lines = PackLines(text, file)
    in_head = partial(lines.place, None)
    yield from _unknown([key for key in data if key not in TABLES], TABLES, in_head)
    if "rules" not in data and "parameters" in data:
        return
    head = data.get("pack", {})
    yield from _mistyped(head, PACK, in_head)
    for key in ("id", "title", "document", "source"):
        if not head.get(key):
            yield problem("E082", place=in_head("pack"), value=key)
    yield from _naming_faults(data.get("words", {}), in_head)
    seen: set[str] = set()
    for turn, raw in enumerate(data.get("rules", [])):
        in_rule = partial(lines.place, turn)
        if raw.get("id") in seen:
            yield problem("E085", place=in_rule("id"), value=str(raw["id"]))
        seen.add(str(raw.get("id")))
        yield from _rule_faults(raw, in_rule)


def _naming_faults(words: Any, at: Place) -> Iterator[Problem]:
    """Yield which attributes a pack does not call by a Chinese and an English name."""
    if not isinstance(words, Mapping):
        yield _not_one_of(at("words"), words, "words", ["[words]"])
        return
    for name, texts in words.items():
        if not _in_two_languages(texts):
            yield _not_one_of(at(name), texts, "words", ["[中文, English]"])


def _rule_faults(raw: Raw, at: Place) -> Iterator[Problem]:
    for key in ("id", "kind", "text", "clause", "grade"):
        if not raw.get(key):
            yield problem("E082", place=at(key), value=key)
    yield from _mistyped({key: value for key, value in raw.items() if key in RULE}, RULE, at)
    for key, allowed in CHOICES.items():
        if raw.get(key) and raw[key] not in allowed:
            yield _not_one_of(at(key), raw[key], key, allowed)
    for key in ("text", "why", "fix"):
        if key in raw and not _in_two_languages(raw[key]):
            yield _not_one_of(at(key), raw[key], key, ["[中文, English]"])
    if _decides_unverified(raw):
        yield problem("E086", place=at("grade"), value=str(raw.get("id")))
    own = {key: value for key, value in raw.items() if key not in RULE}
    if raw.get("parts") and own:
        yield problem("E081", place=at(*own), value=", ".join(own), allowed="parts")
    parameters = {*raw.get("ask", {}), *raw.get("parameters", {})}
    for part in raw.get("parts") or [own]:
        yield from _part_faults(part, parameters, at)


def _in_two_languages(texts: Any) -> bool:
    if not isinstance(texts, list) or len(texts) != 2:
        return False
    return all(isinstance(text, str) for text in texts)


def _decides_unverified(raw: Raw) -> bool:
    """Would a threshold that nobody has seen in the original decide, though nobody is asked for
    it?
    """
    return (
        raw.get("grade") == "unverified" and raw.get("kind") == "requirement" and not raw.get("ask")
    )


def _part_faults(part: Raw, parameters: set[str], at: Place) -> Iterator[Problem]:
    form = part.get("predicate", "")
    if form not in PREDICATES:
        allowed = ", ".join(sorted(PREDICATES))
        yield problem("E084", place=at(form or "predicate"), value=form, allowed=allowed)
        return
    types = parameters_of(form)
    yield from _unknown([key for key in part if key not in types], sorted(types), at)
    yield from _mistyped({key: value for key, value in part.items() if key in types}, types, at)
    yield from _share_faults(part, at)
    yield from _count_faults(part, at)
    yield from _limit_faults(part, at)
    for text in _texts(part):
        if text.startswith("$") and text[1:] not in parameters:
            yield _not_one_of(at(text), text, "parameter", sorted(parameters))
    yield from _path_faults(part, at)
    yield from _word_faults(part, at)


# -- thresholds ----------------------------------------------------------------------------------


def _share_faults(part: Raw, at: Place) -> Iterator[Problem]:
    share = part.get("share")
    if not isinstance(share, str) or share.startswith("$"):
        return
    value = read_exact(share)
    if value is None or not 0 <= value <= 1:
        yield _out_of_range(at("share"), share, "share", "0–1 (1/3, 90%)")


def _count_faults(part: Raw, at: Place) -> Iterator[Problem]:
    for key in ("at_least", "at_most", "exactly"):
        if isinstance(part.get(key), int) and part[key] < 0:
            yield _out_of_range(at(key), part[key], key, "0, 1, 2, …")
    bounds = "at_least" in part or "at_most" in part
    if sum(["share" in part, "exactly" in part, bounds]) > 1:
        stated = sorted(set(part) & set(COUNTS))
        what = "share / exactly / at_least"
        yield _out_of_range(at("exactly", "share"), stated, what, "1")


def _limit_faults(part: Raw, at: Place) -> Iterator[Problem]:
    limits = part.get("limits")
    if not isinstance(limits, Mapping):
        return
    for key, limit in limits.items():
        if key not in LIMITS:
            yield from _unknown([key], LIMITS, at)
        elif not str(limit).startswith("$") and read_exact(limit) is None:
            yield _out_of_range(at(key), limit, key, "1/3, 0.9, 90%, 200")


# -- words ---------------------------------------------------------------------------------------


def _path_faults(part: Raw, at: Place) -> Iterator[Problem]:
    paths = [part.get("path"), part.get("of")]
    for step in (str(step) for path in paths if isinstance(path, list) for step in path):
        wrong = [relation for relation in step[1:].split("|") if relation not in RELATIONS]
        if wrong or step[:1] not in ("<", ">", "-"):
            allowed = "<, > or - before " + ", ".join(RELATIONS)
            yield _not_one_of(at(*wrong, "path"), step, "path", [allowed])


def _word_faults(part: Raw, at: Place) -> Iterator[Problem]:
    if "relation" in part and part["relation"] not in RELATIONS:
        yield _not_one_of(at(str(part["relation"])), part["relation"], "relation", RELATIONS)
    sets = [*SETS, COUNTIES]
    for text in _texts(part):
        if text.startswith("@") and text not in sets:
            yield _not_one_of(at(text), text, "set", sets)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


# -- sentences -----------------------------------------------------------------------------------


def _mistyped(values: Raw, types: Mapping[str, type], at: Place) -> Iterator[Problem]:
    for key, value in values.items():
        wanted = types.get(key)
        if wanted is None:
            yield from _unknown([key], sorted(types), at)
        elif isinstance(value, str) and value.startswith("$"):
            continue
        elif not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            yield _not_one_of(at(key), value, key, [wanted.__name__])


def _unknown(keys: Iterable[str], allowed: Iterable[str], at: Place) -> Iterator[Problem]:
    for key in keys:
        yield problem("E081", place=at(key), value=key, allowed=", ".join(allowed))


def _not_one_of(place: str, value: Any, what: str, allowed: Iterable[str]) -> Problem:
    return problem("E083", place=place, value=str(value), what=what, allowed=", ".join(allowed))


def _out_of_range(place: str, value: Any, what: str, allowed: str) -> Problem:
    return problem("E087", place=place, value=str(value), what=what, allowed=allowed)
