"""Say of a rule whom it asks and by which test, as a planner reads it.

Every parameter is said by what it means and by its kind, so that a new form is in words, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel import headings
from medgraph.graphmodel.schema import TABLES
from medgraph.queries.policy.arithmetic import SIGNS
from medgraph.queries.policy.facts.conditions import is_known_test
from medgraph.queries.policy.packs import Rule, spoken
from medgraph.queries.policy.packs.kind_words import meaning
from medgraph.queries.policy.predicates import parameters as kinds
from medgraph.queries.policy.predicates.parameters import COUNTED, SUBJECTS
from medgraph.queries.policy.predicates.table import parameters_of
from medgraph.words.say import language, say
from medgraph.words.sentences.gathering import CATALOGUE
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from medgraph.queries.policy.predicates.parameters import Kind, Parameter
    from medgraph.queries.policy.predicates.tested import Part

_BESIDE = ("predicate", "subjects", "unit")  # said elsewhere, or for the arithmetic alone
_STEPS = {">": "path_along", "<": "path_against", "-": "path_either"}


def rule_in_words(rule: Rule) -> list[str]:
    """Return whom a rule asks, and each of its tests with what its parameters are set to.

    >>> from medgraph.queries.policy import load
    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     rule_in_words(load("taizhou-2023").rule("TZ-19"))[0]
    'whom it asks: group, type specialty alliance'
    """
    lines = [_asks(rule, rule.subjects)]
    for part in rule.parts:
        lines += _part(rule, part)
    return lines


def _asks(rule: Rule, subjects: Any) -> str:
    return say("rule_asks", whom=_Said(rule).value("subjects", SUBJECTS, subjects))


def _part(rule: Rule, part: Part) -> Iterator[str]:
    form = part["predicate"]
    if "subjects" in part:
        yield _asks(rule, part["subjects"])
    yield say("rule_tests", form=say(f"form_{form}"))
    known = parameters_of(form)
    said = _Said(rule, part.get("attribute", ""))
    for name, value in part.items():
        if name not in _BESIDE and value is not False:
            text = said.value(name, known[name].kind, value)
            yield say("rule_parameter", meaning=meaning(name, form), value=text)
    is_share = "share" in known and not COUNTED.keys() & part.keys()
    if is_share and rule.kind == "requirement":
        yield say("rule_all_must")


class _Said:
    """Says what the parameters of a test of one rule are set to."""

    def __init__(self, rule: Rule, attribute: str = "") -> None:
        self.rule = rule
        self.attribute = attribute  # whose values the form looks for

    def value(self, name: str, kind: Kind, value: Any) -> str:
        """Return what a value of this kind reads as; `name` is the parameter that holds it."""
        if isinstance(value, str) and value.startswith("$"):
            return self._of_user(name, kind, value[1:])
        say_it = _BY_KIND.get(type(kind))
        return say_it(self, name, kind, value) if say_it else str(value)

    def _of_user(self, name: str, kind: Kind, asked: str) -> str:
        if asked in self.rule.ask:
            return say("rule_set_by_user", what=spoken(self.rule.ask[asked]))
        if asked not in self.rule.parameters:
            return asked
        value = self.rule.parameters[asked]
        said = self.value(name, kind, value) if value != [] else say("rule_none")
        return say("rule_may_change", value=said)

    def choice(self, name: str, _kind: kinds.Choice, value: Any) -> str:
        """One of some words."""
        if isinstance(value, bool):
            return _flag(value)
        own = f"chosen_{name}_{value}"
        key = own if own in CATALOGUE else f"chosen_{value}"
        return say(key) if key in CATALOGUE else str(value)

    def either(self, name: str, kind: kinds.Either, value: Any) -> str:
        """One of some words, or what the other kind is."""
        is_word = isinstance(value, str) and value in kind.one.words
        return self.value(name, kind.one if is_word else kind.other, value)

    def listed(self, name: str, kind: kinds.Listed, value: Any) -> str:
        """Each of a list."""
        return say("list_comma").join(self.value(name, kind.each, one) for one in value)

    def keyed(self, name: str, kind: kinds.Keyed, value: Mapping[str, Any]) -> str:
        """Each key with its value."""
        if isinstance(kind.value, kinds.Leaf):
            return self.conditions(value)
        pairs = (
            (self.value(name, kind.key, key), self.value(name, kind.value, one))
            for key, one in value.items()
        )
        said = (say("condition_is", what=what, values=values) for what, values in pairs)
        return say("condition_and").join(said)

    def record(self, _name: str, kind: kinds.Record, value: Mapping[str, Any]) -> str:
        """Limits by their signs, anything else by what its keys mean."""
        if value.keys() <= SIGNS.keys():
            return self.limits(value)
        return self._parameters(kind.keys, value)

    def variants(self, _name: str, kind: kinds.Variants, value: Mapping[str, Any]) -> str:
        """An amount: the form that it has, with its keys."""
        form = next(form for form in kind.forms if form in value)
        return self._parameters(kind.forms[form].keys, value)

    def _parameters(self, keys: Mapping[str, Parameter], value: Mapping[str, Any]) -> str:
        said = (
            (meaning(key), self.value(key, keys[key].kind, one))
            for key, one in value.items()
            if one
        )
        lines = (say("rule_parameter", meaning=what, value=text).strip() for what, text in said)
        return say("rule_then").join(lines)

    def limits(self, limits: Mapping[str, Any]) -> str:
        """Limits of a number: `≥30%`."""
        kind = kinds.Number()
        return " ".join(f"{SIGNS[key]}{self.value(key, kind, one)}" for key, one in limits.items())

    def tree(self, _name: str, _kind: kinds.Tree, value: Mapping[str, Any]) -> str:
        """Conditions on nodes or links."""
        return self.conditions(value)

    def conditions(self, tree: Mapping[str, Any]) -> str:
        """Conditions that all hold, with "or" and "not" among them."""
        said = (self._condition(key, wanted) for key, wanted in tree.items())
        return say("condition_and").join(said) or say("condition_anybody")

    def _condition(self, key: str, wanted: Any) -> str:
        if key in ("any", "all"):
            inner = [say("condition_one", inner=self.conditions(tree)) for tree in wanted]
            return say("condition_or" if key == "any" else "condition_and").join(inner)
        if key == "not":
            return say("condition_not", inner=self.conditions(wanted))
        if key == "linked":
            return self._linked(wanted)
        if key == "kind":
            return _or(_kind(word) for word in _as_list(wanted))
        what = headings.attribute(key)
        if is_known_test(wanted):
            return say("condition_known", what=what)
        if isinstance(wanted, Mapping):
            return say("condition_limits", what=what, limits=self.limits(wanted))
        return say("condition_is", what=what, values=_or(self._words(key, wanted)))

    def _words(self, attribute: str, wanted: Any) -> Iterator[str]:
        for value in _as_list(wanted):
            if str(value).startswith("$"):
                yield self._of_user(attribute, kinds.Listed(kinds.VALUE), value[1:])
            else:
                yield _word(attribute, value)

    def _linked(self, wanted: Mapping[str, Any]) -> str:
        said = []
        if "path" in wanted:
            to = self.conditions(wanted.get("to", {}))
            said.append(say("condition_linked", path=_path(wanted["path"]), to=to))
        if "county" in wanted:
            said.append(say("condition_in_county", county=self.conditions(wanted["county"])))
        return say("condition_and").join(said)


def _flag(value: bool) -> str:
    return say("flag_true" if value else "flag_false")


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _or(texts: Iterable[str]) -> str:
    return say("condition_or").join(texts)


def _kind(word: str) -> str:
    if word not in VOCABULARIES["kind"]:
        return say("condition_record")
    return label("kind", word, language())


def _word(attribute: str, value: Any) -> str:
    """How a value of an attribute reads: by the vocabularies of the columns of that name."""
    text = str(value)
    if f"set_{text}" in CATALOGUE:
        return say(f"set_{text}")
    fields = (table.field(attribute) for table in TABLES.values())
    named = (field.vocabulary for field in fields if field is not None)
    for vocabulary in (attribute, *filter(None, named)):
        if text in VOCABULARIES.get(vocabulary, ()):
            return label(vocabulary, text, language())
    return _flag(text == "yes") if text in ("yes", "no") else text


def _path(steps: Iterable[str]) -> str:
    return say("path_then").join(map(_step, steps))


def _step(step: str) -> str:
    relations = (label("relation", word, language()) for word in step[1:].split("|"))
    return say(_STEPS[step[0]], relation=_or(relations))


_BY_KIND: Mapping[type, Callable[[_Said, str, Any, Any], str]] = {
    kinds.Text: lambda said, _name, _kind, value: _word(said.attribute, value),
    kinds.Flag: lambda _said, _name, _kind, value: _flag(value),
    kinds.Word: lambda _said, _name, kind, value: label(kind.vocabulary, value, language()),
    kinds.Attribute: lambda _said, _name, _kind, value: headings.attribute(value),
    kinds.Declaration: lambda _said, _name, _kind, value: headings.in_words(value),
    kinds.Path: lambda _said, _name, _kind, value: _path(value),
    kinds.Choice: _Said.choice,
    kinds.Either: _Said.either,
    kinds.Listed: _Said.listed,
    kinds.Keyed: _Said.keyed,
    kinds.Record: _Said.record,
    kinds.Variants: _Said.variants,
    kinds.Tree: _Said.tree,
}
