"""Check a value of a pack against its kind, at every depth: a row for each kind."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel import schema
from medgraph.graphmodel.codes import area_code_fault
from medgraph.queries.policy.packs.conditions import (
    attribute_faults,
    leaf_faults,
    tree_faults,
    unit_faults,
)
from medgraph.queries.policy.packs.kind_words import in_words
from medgraph.queries.policy.predicates import parameters as kinds
from medgraph.words.days import read_day
from medgraph.words.numerals import read_exact
from medgraph.words.relations import RELATIONS
from medgraph.words.say import Problem, say
from medgraph.words.vocabularies import VOCABULARIES, word

if TYPE_CHECKING:
    from fractions import Fraction

    from medgraph.queries.policy.packs.places import Place
    from medgraph.queries.policy.predicates.parameters import Kind, Parameter, Record

Faults = Iterator[Problem]

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NO_NAME = re.compile(r"[\s/$]")
_STEP = re.compile(r"[<>-][A-Z_]+(\|[A-Z_]+)*")
_ENDS = {relation.word: relation for relation in RELATIONS}


def check(kind: Kind, value: Any, place: Place) -> Faults:
    """Yield what is wrong with a value; `$name` stands for a parameter of the rule."""
    if isinstance(value, str) and value.startswith("$"):
        if value[1:] not in place.parameters:
            yield place.not_one_of(value, [f"${name}" for name in sorted(place.parameters)])
        return
    yield from _CHECKS[type(kind)](kind, value, place)


def _wrong(kind: Kind, value: Any, place: Place) -> Problem:
    return place.not_one_of(value, [in_words(kind)])


# -- single values ---------------------------------------------------------------------------------


def _text(kind: kinds.Text, value: Any, place: Place) -> Faults:
    good = isinstance(value, str) and (kind.may_be_empty or bool(value.strip()))
    is_set = kind.value and good and value.startswith("@")
    if not good or is_set or (kind.name and _NO_NAME.search(value)):
        yield _wrong(kind, value, place)


def _pair(kind: kinds.Pair, value: Any, place: Place) -> Faults:
    good = isinstance(value, list) and len(value) == 2
    if not good or not all(isinstance(text, str) and text.strip() for text in value):
        yield _wrong(kind, value, place)


def _anything(_kind: kinds.Anything, _value: Any, _place: Place) -> Faults:
    yield from ()


def _flag(kind: kinds.Flag, value: Any, place: Place) -> Faults:
    if not isinstance(value, bool):
        yield _wrong(kind, value, place)


def _whole(kind: kinds.Whole, value: Any, place: Place) -> Faults:
    if not isinstance(value, int) or isinstance(value, bool):
        yield _wrong(kind, value, place)
    elif not kind.least <= value <= kind.most:
        yield place.problem("E087", value, what=place.name, allowed=in_words(kind))


def _number(kind: kinds.Number, value: Any, place: Place) -> Faults:
    types = (str,) if kind.text else (str, int, float)
    if not isinstance(value, types) or isinstance(value, bool):
        yield _wrong(kind, value, place)
        return
    number = read_exact(value)
    if number is None or not _is_within(number, kind):
        yield place.problem("E087", value, what=place.name, allowed=in_words(kind))


def _is_within(number: Fraction, kind: kinds.Number) -> bool:
    if (kind.positive and number <= 0) or (kind.not_negative and number < 0):
        return False
    return kind.most is None or number <= kind.most


def _declaration(kind: kinds.Declaration, value: Any, place: Place) -> Faults:
    table, _, part = str(value).partition(".")
    known = isinstance(value, str) and table in schema.TABLES
    if not known or (table == "links" and part.partition(".")[0] not in _ENDS):
        yield place.not_one_of(value, [*schema.TABLES, "links.MEMBER_OF", in_words(kind)])


def _day(_kind: kinds.Day, value: Any, place: Place) -> Faults:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value) and _day_of(value):
        return
    found = value if isinstance(value, datetime.date) else _day_of(str(value))
    meant = "2025-06-30" if found is None else f"{found:%Y-%m-%d}"
    yield place.problem("E088", value, what=place.name, meant=meant)


def _area_code(kind: kinds.AreaCode, value: Any, place: Place) -> Faults:
    is_code = isinstance(value, str) and value.isascii() and value.isdigit()
    if not is_code or area_code_fault(value):
        yield place.problem("E087", value, what=place.name, allowed=in_words(kind))


def _day_of(text: str) -> datetime.date | None:
    try:
        return read_day(text)
    except ValueError:
        return None


def _choice(kind: kinds.Choice, value: Any, place: Place) -> Faults:
    if place.filled and value == "":  # a parameter that nobody has set
        return
    if not any(value is word or (value == word and isinstance(value, str)) for word in kind.words):
        yield place.not_one_of(value, [_as_toml(word) for word in kind.words])


def _as_toml(value: str | bool) -> str:
    return value if isinstance(value, str) else str(value).lower()


def _word(kind: kinds.Word, value: Any, place: Place) -> Faults:
    words = VOCABULARIES[kind.vocabulary]
    if not isinstance(value, str) or value not in words:
        yield place.not_one_of(value, words, word(kind.vocabulary, str(value)))


def _path(kind: kinds.Path, value: Any, place: Place) -> Faults:
    if not isinstance(value, list) or not value:
        yield _wrong(kind, value, place)
        return
    wrong = [step for step in value if not _is_step(step)]
    for step in wrong:
        yield place.not_one_of(step, [f"{sign}{name}" for name in _ENDS for sign in "<>-"])
    if not wrong:
        for before, after in itertools.pairwise(value):
            if not _kinds(before, end=True) & _kinds(after, end=False):
                yield place.problem("E094", after, before=before)


def _is_step(step: Any) -> bool:
    return (
        isinstance(step, str)
        and bool(_STEP.fullmatch(step))
        and all(relation in _ENDS for relation in step[1:].split("|"))
    )


def _kinds(step: str, *, end: bool) -> set[str]:
    """Return the kinds of nodes from which a step can begin, or at which it can end."""
    found: set[str] = set()
    for relation in (_ENDS[name] for name in step[1:].split("|")):
        if step[0] == "-" or (step[0] == ">") != end:
            found.update(relation.sources)
        if step[0] == "-" or (step[0] == ">") == end:
            found.update(relation.targets)
    return found


# -- what holds values -----------------------------------------------------------------------------


def _listed(kind: kinds.Listed, value: Any, place: Place) -> Faults:
    if not isinstance(value, list) or not value:
        yield _wrong(kind, value, place)
        return
    for each in value:
        yield from check(kind.each, each, place)


def _either(kind: kinds.Either, value: Any, place: Place) -> Faults:
    if isinstance(value, str):
        if value not in kind.one.words:
            yield place.not_one_of(value, [*map(str, kind.one.words), in_words(kind.other)])
    elif isinstance(value, list | Mapping):
        yield from check(kind.other, value, place)
    else:
        yield _wrong(kind, value, place)


def _keyed(kind: kinds.Keyed, value: Any, place: Place) -> Faults:
    if not isinstance(value, Mapping) or not value:
        yield _wrong(kind, value, place)
        return
    for key, inner in value.items():
        yield from check(kind.key, key, place.at(key))
        if isinstance(kind.value, kinds.Leaf):
            yield from leaf_faults(check, key, inner, place.at(key))
        else:
            yield from check(kind.value, inner, place.at(key))


def _record(kind: Record, value: Any, place: Place) -> Faults:
    if not isinstance(value, Mapping):
        yield _wrong(kind, value, place)
        return
    yield from keys_of(kind, value, place)
    if not value.keys() <= kind.keys.keys():  # what is misspelt may be what a condition asks for
        return
    for condition in kind.conditions:
        yield from _CONDITIONS[type(condition)](condition, value, place)


def keys_of(kind: Record, value: Mapping[str, Any], place: Place) -> Faults:
    """Yield what is wrong with the keys of a table, each for itself."""
    for key, inner in value.items():
        if key not in kind.keys:
            yield place.unknown_key(key, kind.keys)
        else:
            yield from check(kind.keys[key].kind, inner, place.at(key))
    for key, parameter in kind.keys.items():
        yield from _stated_where_read(key, parameter, value, place)


def _stated_where_read(
    key: str, parameter: Parameter, value: Mapping[str, Any], place: Place
) -> Faults:
    is_read = parameter.only is None or _is_stated(*parameter.only, value)
    if key in value and not is_read and parameter.only:
        only = " = ".join(filter(None, parameter.only))
        yield place.at(key).problem("E093", key, reason=say("policy_read_only_with", only=only))
    if key not in value and is_read and parameter.needed:
        yield place.problem("E082", key)


def _is_stated(key: str, wanted: str, value: Mapping[str, Any]) -> bool:
    return key in value and wanted in ("", value[key])


def _variants(kind: kinds.Variants, value: Any, place: Place) -> Faults:
    form = next((name for name in kind.forms if isinstance(value, Mapping) and name in value), None)
    if form is None:
        yield _wrong(kind, value, place)
    else:
        yield from check(kind.forms[form], value, place)


# -- what holds between keys -----------------------------------------------------------------------


def _apart(condition: kinds.Apart, value: Mapping[str, Any], place: Place) -> Faults:
    stated = [key for key in value if key in condition.keys]
    if len(stated) > 1:
        yield place.at(stated[-1]).problem("E092", ", ".join(stated))


def _any_of(condition: kinds.AnyOf, value: Mapping[str, Any], place: Place) -> Faults:
    if not any(key in value for key in condition.keys):
        yield place.problem("E089", what=place.name, allowed=", ".join(condition.keys))


def _in_order(condition: kinds.InOrder, value: Mapping[str, Any], place: Place) -> Faults:
    texts = [str(value.get(key, "")) for key in (condition.lower, condition.upper)]
    low, high = (_measure(text) for text in texts)
    if low is not None and high is not None and low > high:
        shown = f"{condition.lower} = {texts[0]}"
        allowed = f"≤ {condition.upper} = {texts[1]}"
        yield place.at(condition.lower).problem("E087", texts[0], what=shown, allowed=allowed)


def _measure(text: str) -> Any:
    """Return what a text is compared by: a number, or a day as the number of its day."""
    day = _day_of(text) if _ISO_DAY.fullmatch(text) else None
    return day.toordinal() if day else read_exact(text)


def _bounding(condition: kinds.Bounding, value: Mapping[str, Any], place: Place) -> Faults:
    if value.get(condition.lower) == 0 and condition.upper not in value:
        lower = place.at(condition.lower)
        yield lower.problem("E089", what=f"{condition.lower} = 0", allowed=condition.upper)


def _words_of(condition: kinds.WordsOf, value: Mapping[str, Any], place: Place) -> Faults:
    column, values = value.get(condition.column), value.get(condition.values)
    if isinstance(column, str) and isinstance(values, list):
        yield from leaf_faults(check, column, values, place.at(condition.values))


def _per_cent(condition: kinds.PerCent, value: Mapping[str, Any], place: Place) -> Faults:
    limits, at_limits = value.get(condition.limits), place.at(condition.limits)
    if not isinstance(limits, Mapping):
        return
    if value.get(condition.flag) is not True:
        yield from unit_faults(_compared(value), limits, at_limits)
    else:
        for key, limit in limits.items():
            number = read_exact(limit)
            if number is not None and number > 1:
                at = at_limits.at(key)
                allowed = say("kind_share_of", value=limit)
                yield at.problem("E087", limit, what=key, allowed=allowed)


def _compared(value: Mapping[str, Any]) -> str:
    """Name the attribute whose own numbers the limits hold; empty: they hold some other amount."""
    amount = value.get("numerator")
    if not isinstance(amount, Mapping) or {"denominator", "scale"} & value.keys():
        return ""
    return str(amount.get("sum", ""))


_CONDITIONS: Mapping[type, Callable[[Any, Mapping[str, Any], Place], Faults]] = {
    kinds.Apart: _apart,
    kinds.AnyOf: _any_of,
    kinds.InOrder: _in_order,
    kinds.Bounding: _bounding,
    kinds.WordsOf: _words_of,
    kinds.PerCent: _per_cent,
}


def _tree(kind: kinds.Tree, value: Any, place: Place) -> Faults:
    yield from tree_faults(check, kind, value, place)


_CHECKS: Mapping[type, Callable[[Any, Any, Place], Faults]] = {
    kinds.Text: _text,
    kinds.Pair: _pair,
    kinds.Anything: _anything,
    kinds.Flag: _flag,
    kinds.Whole: _whole,
    kinds.Number: _number,
    kinds.Day: _day,
    kinds.AreaCode: _area_code,
    kinds.Choice: _choice,
    kinds.Word: _word,
    kinds.Attribute: attribute_faults,
    kinds.Declaration: _declaration,
    kinds.Path: _path,
    kinds.Tree: _tree,
    kinds.Listed: _listed,
    kinds.Either: _either,
    kinds.Keyed: _keyed,
    kinds.Record: _record,
    kinds.Variants: _variants,
}
