"""Write what a pack may hold as JSON Schema, for editors: from the same table as the checks.

What depends on the whole pack (names of parameters, a near miss of an attribute, paths that lead
nowhere) only the checks know.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from medgraph.queries.policy.facts.ledger import RECORD
from medgraph.queries.policy.facts.value_sets import SETS
from medgraph.queries.policy.packs.keys import DUTY, RULE, SENTENCE, TABLES
from medgraph.queries.policy.packs.kind_words import meaning
from medgraph.queries.policy.predicates import parameters as kinds
from medgraph.queries.policy.predicates.parameters import LEAF, LINKED, Record
from medgraph.queries.policy.predicates.table import PREDICATES, SHARED, record_of
from medgraph.words.say import say, speaking
from medgraph.words.vocabularies import KINDS, RELATIONS, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medgraph.queries.policy.predicates.parameters import Condition, Kind, Parameter

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PARAMETER: Schema = {"$ref": "#/$defs/parameter"}
_COMMON: Mapping[str, Parameter] = {**SHARED, **kinds.ELEMENTS, **kinds.COUNTED}
_AREA_CODE = r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$"
_TYPES = ("facility_type", "group_type", "area_kind", "centre_type", "team_type")
_LEVELS = ("level", "area_level")
_VALUES = {"type": _TYPES, "level": _LEVELS}


def pack_schema() -> Schema:
    """Return the JSON Schema of a pack.

    >>> pack_schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    items = {
        "rules": {"$ref": "#/$defs/rule"},
        "sentences": _of_record(SENTENCE, "sentence"),
        "duties": _of_record(DUTY, "duty"),
    }
    tables = {name: _of_kind(kind) for name, kind in TABLES.items() if name not in items}
    return {
        "$schema": DIALECT,
        "title": "medgraph policy pack",
        "type": "object",
        "properties": {**tables, **{name: _list(item) for name, item in items.items()}},
        "additionalProperties": False,
        "anyOf": [{"required": ["pack", "rules"]}, {"required": ["parameters"]}],
        "$defs": {
            "rule": _rule(),
            "part": _part(),
            **{f"form_{form}": _form(form) for form in PREDICATES},
            **{f"key_{name}": _described(name, key) for name, key in _COMMON.items()},
            "nodes": _tree_of("nodes"),
            "links": _tree_of("links"),
            "subjects": _subjects(),
            "leaf": _leaf_of(None),
            "path": _path_of(),
            "parameter": {"type": "string", "pattern": r"^\$\S"},
        },
    }


# -- rules and their parts -------------------------------------------------------------------------


def _rule() -> Schema:
    """A rule is one part itself, or has several."""
    own = {name: key for name, key in RULE.keys.items() if name != "parts"}
    properties = {**_properties(own), "parts": _list({"$ref": "#/$defs/part"})}
    whole = {"required": ["parts"], "propertyNames": {"enum": [*RULE.keys]}}
    return {
        "type": "object",
        "properties": {**_every_parameter(), **properties},
        "required": _needed(RULE.keys),
        "if": {"required": ["parts"]},
        "then": whole,
        "else": {"required": ["predicate"], "allOf": _by_form(RULE.keys)},
    }


def _part() -> Schema:
    return {
        "type": "object",
        "properties": _every_parameter(),
        "required": ["predicate"],
        "allOf": _by_form({}),
    }


def _every_parameter() -> Schema:
    """Name all parameters of all forms, so that an editor offers them."""
    names = {name for predicate in PREDICATES.values() for name in predicate.parameters}
    found = {name: {"description": _said(meaning, name)} for name in sorted({*names, *SHARED})}
    return {
        **found,
        "predicate": {"enum": [*PREDICATES], "description": _said(meaning, "predicate")},
    }


def _by_form(further: Mapping[str, Parameter]) -> list[Schema]:
    """Hold a part to the form that its predicate names; `further` keys stand beside it."""
    return [
        {
            "if": {"properties": {"predicate": {"const": form}}, "required": ["predicate"]},
            "then": {
                "$ref": f"#/$defs/form_{form}",
                "propertyNames": {"enum": [*record_of(form).keys, *further]},
            },
        }
        for form in PREDICATES
    ]


def _form(form: str) -> Schema:
    record = record_of(form)
    found = _of_record(record, form)
    del found["additionalProperties"]
    return {"description": _said(lambda name: say(f"form_{name}"), form), **found}


def _said(speak: Callable[..., str], *words: str) -> str:
    """Return a text in Chinese and in English."""
    texts = []
    for lang in ("zh", "en"):
        with speaking(lang):
            texts.append(speak(*words))
    return " / ".join(texts)


# -- kinds -----------------------------------------------------------------------------------------


def _of_kind(kind: Kind) -> Schema:
    return _SCHEMAS[type(kind)](kind)


def _or_parameter(schema: Schema) -> Schema:
    return {"anyOf": [schema, _PARAMETER]}


def _list(each: Schema) -> Schema:
    return {"type": "array", "items": each, "minItems": 1}


def _text(kind: kinds.Text) -> Schema:
    if kind.name:
        return {"type": "string", "pattern": r"^[^\s/$]+$"}
    if kind.value:
        return {"type": "string", "pattern": r"^[^@\s]|^\s+\S"}
    return {"type": "string", "pattern": r"" if kind.may_be_empty else r"\S"}


def _pair(_kind: kinds.Pair) -> Schema:
    return {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}


def _whole(kind: kinds.Whole) -> Schema:
    return {"type": "integer", "minimum": kind.least, "maximum": kind.most}


def _number(kind: kinds.Number) -> Schema:
    """A number in a text is looked into by the checks alone."""
    text = {"type": "string", "pattern": r"^\s*[+-]?\d*[\d,.]*\d*(/\d+|[eE][+-]?\d+)?\s*[%％]?$"}
    if kind.text:
        return text
    number: Schema = {"type": "number"}
    if kind.positive:
        number["exclusiveMinimum"] = 0
    elif kind.not_negative:
        number["minimum"] = 0
    if kind.most is not None:
        number["maximum"] = kind.most
    return {"anyOf": [text, number]}


def _choice(kind: kinds.Choice) -> Schema:
    return {"enum": [*kind.words]}


def _word(kind: kinds.Word) -> Schema:
    return {"enum": [*VOCABULARIES[kind.vocabulary]]}


def _attribute(_kind: kinds.Attribute) -> Schema:
    return {"type": "string", "pattern": r"^[^\s@$]+(@(\d{4}|year))?$"}


def _tree(kind: kinds.Tree) -> Schema:
    found: Schema = {"$ref": f"#/$defs/{kind.of}"}
    if kind.linked:
        found = {"$ref": "#/$defs/subjects"}
    if kind.needs_kind:
        found["required"] = ["kind"]
    if kind.only:
        found["propertyNames"] = {"enum": [*kind.only]}
    if not kind.may_be_empty:
        found["minProperties"] = 1
    return found


def _either(kind: kinds.Either) -> Schema:
    return {"anyOf": [_choice(kind.one), _of_kind(kind.other)]}


def _keyed(kind: kinds.Keyed) -> Schema:
    return {
        "type": "object",
        "propertyNames": _of_kind(kind.key),
        "additionalProperties": _or_parameter(_of_kind(kind.value)),
        "minProperties": 1,
    }


def _variants(kind: kinds.Variants) -> Schema:
    return {"type": "object", "anyOf": [_of_record(form) for form in kind.forms.values()]}


def _of_record(record: Record, form: str = "") -> Schema:
    found: Schema = {
        "type": "object",
        "properties": _properties(record.keys, form),
        "required": _needed(record.keys),
        "additionalProperties": False,
    }
    rules = [_of_condition(one) for one in record.conditions] + _read_only(record.keys)
    if rules := [rule for rule in rules if rule]:
        found["allOf"] = rules
    return found


def _properties(keys: Mapping[str, Parameter], form: str = "") -> Schema:
    return {name: _property(name, key, form) for name, key in keys.items()}


def _property(name: str, key: Parameter, form: str) -> Schema:
    if _COMMON.get(name) == key:
        return {"$ref": f"#/$defs/key_{name}"}
    return _described(name, key, form)


def _described(name: str, key: Parameter, form: str = "") -> Schema:
    found: Schema = _or_parameter(_of_kind(key.kind))
    if _has_meaning(name):
        found["description"] = _said(meaning, name, form)
    if key.default is not None:
        found["default"] = key.default
    return found


@functools.cache
def _has_meaning(name: str) -> bool:
    try:
        meaning(name)
    except KeyError:
        return False
    return True


def _needed(keys: Mapping[str, Parameter]) -> list[str]:
    return [name for name, key in keys.items() if key.needed and not key.only]


# -- between keys ----------------------------------------------------------------------------------


def _of_condition(condition: Condition) -> Schema:
    """Write a condition; what compares values is looked into by the checks alone."""
    if isinstance(condition, kinds.Apart):
        keys = condition.keys
        pairs = [[one, other] for i, one in enumerate(keys) for other in keys[i + 1 :]]
        return {"not": {"anyOf": [{"required": pair} for pair in pairs]}}
    if isinstance(condition, kinds.AnyOf):
        return {"anyOf": [{"required": [key]} for key in condition.keys]}
    return {}


def _read_only(keys: Mapping[str, Parameter]) -> list[Schema]:
    """Write where keys are read only beside another one."""
    return [_beside(name, key, *key.only) for name, key in keys.items() if key.only]


def _beside(name: str, key: Parameter, other: str, value: str) -> Schema:
    stated: Schema = {"required": [other]}
    if value:
        stated["properties"] = {other: {"const": value}}
    found: Schema = {"if": stated, "else": {"not": {"required": [name]}}}
    return {**found, "then": {"required": [name]}} if key.needed else found


# -- conditions on nodes and links -----------------------------------------------------------------


def _tree_of(of: str) -> Schema:
    """Write condition trees: columns with a vocabulary hold its words, or a set of them."""
    branch = _list({"$ref": f"#/$defs/{of}", "minProperties": 1})
    words = {name: _leaf_of(values) for name, values in _columns(of).items()}
    return {
        "type": "object",
        "properties": {
            "any": branch,
            "all": branch,
            "not": {"$ref": f"#/$defs/{of}", "minProperties": 1},
            **words,
        },
        "propertyNames": {"not": {"enum": [*(name for name in LEAF.keys)]}},
        "additionalProperties": {"$ref": "#/$defs/leaf"},
    }


def _subjects() -> Schema:
    """Conditions on nodes that may also ask whom these are linked to."""
    found = _tree_of("nodes")
    return {**found, "properties": {**found["properties"], "linked": _of_record(LINKED)}}


def _columns(of: str) -> dict[str, list[str]]:
    """Return the columns of nodes or links whose values are words of a vocabulary."""
    if of == "links":
        names = {name: (name,) for name in ("relation", "title", "role", "recipient", "specialty")}
        return {name: _terms(listed) for name, listed in names.items()}
    single = {name: (name,) for name in ("admin_level", "ownership", "area_kind", "specialty")}
    found = {name: _terms(listed) for name, listed in {**single, **_VALUES}.items()}
    return {"kind": [*KINDS, RECORD], **found}


def _terms(vocabularies: tuple[str, ...]) -> list[str]:
    words = dict.fromkeys(word for name in vocabularies for word in VOCABULARIES[name])
    return [*words, *(name for name, held in SETS.items() if held <= words.keys())]


def _leaf_of(values: list[str] | None) -> Schema:
    """What an attribute must be: of these values, or of any; without values also limits."""
    value: Schema = {"enum": values} if values else {"type": "string", "minLength": 1}
    limits = _of_record(LEAF)
    known = {**limits, "properties": {"known": {"const": True}}, "required": ["known"]}
    return {
        "anyOf": [_or_parameter(value), _list(_or_parameter(value)), known if values else limits]
    }


def _path_of() -> Schema:
    relations = "|".join(RELATIONS)
    step = {"type": "string", "pattern": rf"^[<>-]({relations})(\|({relations}))*$"}
    return _list(step)


_SCHEMAS: Mapping[type, Callable[[Any], Schema]] = {
    kinds.Text: _text,
    kinds.Pair: _pair,
    kinds.Anything: lambda kind: {},
    kinds.Flag: lambda kind: {"type": "boolean"},
    kinds.Whole: _whole,
    kinds.Number: _number,
    kinds.Day: lambda kind: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    kinds.AreaCode: lambda kind: {"type": "string", "pattern": _AREA_CODE},
    kinds.Choice: _choice,
    kinds.Word: _word,
    kinds.Attribute: _attribute,
    kinds.Declaration: lambda kind: {"type": "string", "pattern": r"^\w+(\..+)?$"},
    kinds.Path: lambda kind: {"$ref": "#/$defs/path"},
    kinds.Tree: _tree,
    kinds.Leaf: lambda kind: {"$ref": "#/$defs/leaf"},
    kinds.Listed: lambda kind: _list(_or_parameter(_of_kind(kind.each))),
    kinds.Either: _either,
    kinds.Keyed: _keyed,
    kinds.Record: _of_record,
    kinds.Variants: _variants,
}
