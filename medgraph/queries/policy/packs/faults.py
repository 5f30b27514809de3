"""Read policy packs: TOML files that hold rules as data, checked before anything is tested.

A pack has `[pack]` (id, title, document, number, issuer, date, source) and `[[rules]]`. A file with only
`[parameters]` sets what rules ask of the user. Whatever is wrong is listed with file, line and what is allowed.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from medgraph.errors import OptionError, SourceError
from medgraph.suffixes import TOML
from medgraph.words.say import Problem, pick, problem, say
from medgraph.words.vocabularies import RELATIONS

KINDS = ("requirement", "indicator")
GRADES = ("seed", "secondary", "derived", "unverified", "user")
SEVERITIES = ("error", "warning", "info")
COUNTS = {"share": str, "at_least": int, "at_most": int, "exactly": int}
PART = {"predicate": str, "subjects": object, "register": str, **COUNTS}
RULE = {
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
PACK = {
    "id": str,
    "title": list,
    "document": str,
    "number": str,
    "issuer": str,
    "date": str,
    "source": str,
    "note": str,
}


@dataclass(frozen=True)
class Rule:
    """One clause as data; `parts` are its tests, all of which must hold."""

    pack: str
    id: str
    kind: str
    text: tuple[str, str]
    why: tuple[str, str]
    fix: tuple[str, str]
    clause: str
    grade: str
    severity: str
    subjects: Any
    parts: tuple[Mapping[str, Any], ...]
    ask: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    due: str = ""
    note: str = ""
    examples: Mapping[str, str] = field(default_factory=dict)

    @property
    def statement(self) -> str:
        """The rule in the language of now."""
        return pick(zh=self.text[0], en=self.text[1])

    def settled(
        self, given: Mapping[str, Any]
    ) -> tuple[tuple[Mapping[str, Any], ...], tuple[str, ...]]:
        """Return the parts with parameters filled in, and which parameters nobody has set."""
        values = {**self.parameters, **given}
        lost = tuple(name for name in self.ask if name not in values)
        return (
            self.parts if lost else tuple(self._fitted(part, values) for part in self.parts)
        ), lost

    def _fitted(self, part: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Fill parameters in, as the types that the predicate reads; refuse what does not fit."""
        from medgraph.queries.policy.facts.audited_network import number
        from medgraph.queries.policy.verdicts import ALLOWED

        allowed = {**PART, **ALLOWED[part["predicate"]]}
        made = {
            key: int(value) if allowed[key] is int and str(value).isdigit() else value
            for key, value in _filled(part, values).items()
        }
        wrong = [
            f"{key} = {value}" for key, value in made.items() if not isinstance(value, allowed[key])
        ]
        wrong += [
            f"{key} = {limit}"
            for key, limit in made.get("limits", {}).items()
            if number(limit) is None
        ]
        if wrong:
            raise OptionError(say("policy_bad_parameter", rule=self.id, value=", ".join(wrong)))
        return made


@dataclass(frozen=True)
class Pack:
    """One policy document as rules; `digest` is the SHA-256 of its text."""

    id: str
    title: tuple[str, str]
    document: str
    number: str
    issuer: str
    date: str
    source: str
    rules: tuple[Rule, ...]
    digest: str
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fixtures: Mapping[str, str] = field(default_factory=dict)

    def rule(self, id: str) -> Rule:
        return next(r for r in self.rules if r.id == id)


def _filled(value: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return values[value[1:]]
    if isinstance(value, Mapping):
        return {k: _filled(v, values) for k, v in value.items()}
    if isinstance(value, list):
        return [_filled(v, values) for v in value]
    return value


def shipped() -> list[str]:
    """Return the names of the packs that ship with medgraph."""
    folder = resources.files("medgraph.queries.policy") / "packs"
    return sorted(
        entry.name.removesuffix(TOML) for entry in folder.iterdir() if entry.name.endswith(TOML)
    )


def load(name: str | Path) -> Pack:
    """Return a shipped pack by its name, or one from a TOML file; raise SourceError with every fault and its line."""
    text = str(name)
    if text in shipped():
        return _shipped(text)
    path = Path(name)
    if not path.is_file():
        raise OptionError(say("not_one_of", what="pack", value=text, allowed=", ".join(shipped())))
    return read_pack(path.read_text(encoding="utf-8-sig"), path.name)


@cache
def _shipped(name: str) -> Pack:
    entry = resources.files("medgraph.queries.policy") / "packs" / f"{name}{TOML}"
    return read_pack(entry.read_text(encoding="utf-8"), f"{name}{TOML}")


def load_all(packs: Pack | str | Path | Iterable[Pack | str | Path]) -> list[Pack]:
    """Return packs, given by name, by file or as they are."""
    given = [packs] if isinstance(packs, str | Path | Pack) else list(packs)
    return [p if isinstance(p, Pack) else load(p) for p in given]


def read_pack(text: str, file: str) -> Pack:
    """Read the text of a pack; `file` is its name in sentences. Raise SourceError with all that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        found = [problem("E080", place=f"{file}:{line[1] if line else 1}", value=str(error))]
        raise SourceError(str(found[0]), found) from error
    problems = list(_faults(data, _Lines(text, file)))
    if problems:
        raise SourceError("\n".join(str(p) for p in problems), problems)
    head, rules = data.get("pack", {}), data.get("rules", [])
    made = tuple(_rule(head["id"], r) for r in rules)
    return Pack(
        head.get("id", ""),
        tuple(head.get("title", ("", ""))),
        *(head.get(k, "") for k in ("document", "number", "issuer", "date", "source")),
        made,
        hashlib.sha256(text.encode()).hexdigest(),
        data.get("parameters", {}),
        data.get("fixtures", {}),
    )


def _rule(pack: str, raw: Mapping[str, Any]) -> Rule:
    known = {k: raw[k] for k in ("id", "kind", "clause", "grade") if k in raw}
    parts = raw.get("parts") or [{k: v for k, v in raw.items() if k not in RULE}]
    return Rule(
        pack=pack,
        **known,
        text=tuple(raw["text"]),
        why=tuple(raw.get("why", ("", ""))),
        fix=tuple(raw.get("fix", ("", ""))),
        severity=raw.get("severity", "error"),
        subjects=raw.get("subjects", "all"),
        parts=tuple(parts),
        due=raw.get("due", ""),
        ask={k: tuple(v) for k, v in raw.get("ask", {}).items()},
        parameters=raw.get("parameters", {}),
        note=raw.get("note", ""),
        examples=raw.get("examples", {}),
    )


class _Lines:
    """Find the line on which something stands: a rule by its turn, then the first line there that holds a word."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.starts = [
            i for i, line in enumerate(self.lines) if line.strip().startswith("[[rules]]")
        ]

    def place(self, turn: int | None, *words: str) -> str:
        if turn is None or turn >= len(self.starts):
            first, last = 0, self.starts[0] if self.starts else len(self.lines)
        else:
            first = self.starts[turn]
            last = self.starts[turn + 1] if turn + 1 < len(self.starts) else len(self.lines)
        for word in words:
            for i in range(first, last):
                if re.search(rf"(?<![\w$]){re.escape(word)}(?!\w)", self.lines[i]):
                    return f"{self.file}:{i + 1}"
        return f"{self.file}:{first + 1}"


def _faults(data: Mapping[str, Any], lines: _Lines) -> Iterator[Problem]:
    for key in data:
        if key not in ("pack", "rules", "parameters", "fixtures"):
            yield problem(
                "E081",
                place=lines.place(None, key),
                value=key,
                allowed="pack, rules, parameters, fixtures",
            )
    if "rules" not in data and "parameters" in data:
        return
    yield from _typed(data.get("pack", {}), PACK, lambda *w: lines.place(None, *w))
    for key in ("id", "title", "document", "source"):
        if not data.get("pack", {}).get(key):
            yield problem("E082", place=lines.place(None, "pack"), value=key)
    seen: set[str] = set()
    for turn, raw in enumerate(data.get("rules", [])):
        at = lambda *words, turn=turn: lines.place(turn, *words)  # noqa: E731
        if raw.get("id") in seen:
            yield problem("E085", place=at("id"), value=str(raw["id"]))
        seen.add(str(raw.get("id")))
        yield from _rule_faults(raw, at)


def _rule_faults(raw: Mapping[str, Any], at) -> Iterator[Problem]:
    for key in ("id", "kind", "text", "clause", "grade"):
        if not raw.get(key):
            yield problem("E082", place=at(key), value=key)
    yield from _typed({k: v for k, v in raw.items() if k in RULE}, RULE, at)
    for key, allowed in (("kind", KINDS), ("grade", GRADES), ("severity", SEVERITIES)):
        if raw.get(key) and raw[key] not in allowed:
            yield problem(
                "E083", place=at(key), value=str(raw[key]), what=key, allowed=", ".join(allowed)
            )
    for key in ("text", "why", "fix"):
        if key in raw and (not isinstance(raw[key], list) or len(raw[key]) != 2):
            yield problem(
                "E083", place=at(key), value=str(raw[key]), what=key, allowed="[中文, English]"
            )
    if raw.get("grade") == "unverified" and raw.get("kind") == "requirement" and not raw.get("ask"):
        yield problem("E086", place=at("grade"), value=str(raw.get("id")))
    own = {k: v for k, v in raw.items() if k not in RULE}
    parts = raw.get("parts") or [own]
    if raw.get("parts") and own:
        yield problem("E081", place=at(*own), value=", ".join(own), allowed="parts")
    for part in parts:
        yield from _part_faults(part, {*raw.get("ask", {}), *raw.get("parameters", {})}, at)


def _part_faults(part: Mapping[str, Any], parameters: set[str], at) -> Iterator[Problem]:
    from medgraph.queries.policy.verdicts import ALLOWED

    name = part.get("predicate", "")
    if name not in ALLOWED:
        yield problem(
            "E084", place=at(name or "predicate"), value=name, allowed=", ".join(sorted(ALLOWED))
        )
        return
    allowed = {**PART, **ALLOWED[name]}
    for key in part:
        if key not in allowed:
            yield problem("E081", place=at(key), value=key, allowed=", ".join(sorted(allowed)))
    yield from _typed({k: v for k, v in part.items() if k in allowed}, allowed, at)
    yield from _threshold_faults(part, at)
    for text in _texts(part):
        if text.startswith("$") and text[1:] not in parameters:
            yield problem(
                "E083",
                place=at(text),
                value=text,
                what="parameter",
                allowed=", ".join(sorted(parameters)),
            )
    yield from _word_faults(part, at)


def _threshold_faults(part: Mapping[str, Any], at) -> Iterator[Problem]:
    from medgraph.queries.policy.facts.audited_network import number

    share = part.get("share")
    if (
        isinstance(share, str)
        and not share.startswith("$")
        and (number(share) is None or not 0 <= number(share) <= 1)
    ):
        yield problem(
            "E087", place=at("share"), value=share, what="share", allowed="0–1 (1/3, 90%)"
        )
    for key in ("at_least", "at_most", "exactly"):
        if isinstance(part.get(key), int) and part[key] < 0:
            yield problem(
                "E087", place=at(key), value=str(part[key]), what=key, allowed="0, 1, 2, …"
            )
    if (
        sum(key in part for key in ("share", "exactly")) + ("at_least" in part or "at_most" in part)
        > 1
    ):
        yield problem(
            "E087",
            place=at("exactly", "share"),
            value=str(sorted(set(part) & set(COUNTS))),
            what="share / exactly / at_least",
            allowed="1",
        )
    for key, limit in (
        part.get("limits", {}).items() if isinstance(part.get("limits"), Mapping) else ()
    ):
        if key not in LIMITS:
            yield problem("E081", place=at(key), value=key, allowed=", ".join(LIMITS))
        elif not str(limit).startswith("$") and number(limit) is None:
            yield problem(
                "E087", place=at(key), value=str(limit), what=key, allowed="1/3, 0.9, 90%, 200"
            )


LIMITS = ("at_least", "at_most", "more_than", "less_than", "exactly", "about", "tolerance")


def _word_faults(part: Mapping[str, Any], at) -> Iterator[Problem]:
    from medgraph.queries.policy.facts.audited_network import SETS

    steps = [
        *_list(part.get("path")),
        *(_list(part["of"]) if isinstance(part.get("of"), list) else []),
    ]
    for step in steps:
        bad = [r for r in str(step)[1:].split("|") if r not in RELATIONS]
        if str(step)[:1] not in ("<", ">", "-") or bad:
            yield problem(
                "E083",
                place=at(*bad, "path"),
                value=str(step),
                what="path",
                allowed="<, > or - before " + ", ".join(RELATIONS),
            )
    for key in ("relation",):
        if key in part and part[key] not in RELATIONS:
            yield problem(
                "E083",
                place=at(str(part[key])),
                value=str(part[key]),
                what=key,
                allowed=", ".join(RELATIONS),
            )
    for text in _texts(part):
        if text.startswith("@") and text not in SETS and text != "@counties":
            yield problem(
                "E083",
                place=at(text),
                value=text,
                what="set",
                allowed=", ".join([*SETS, "@counties"]),
            )


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _typed(values: Mapping[str, Any], allowed: Mapping[str, type], at) -> Iterator[Problem]:
    for key, value in values.items():
        wanted = allowed.get(key)
        if wanted is None:
            yield problem("E081", place=at(key), value=key, allowed=", ".join(sorted(allowed)))
        elif not isinstance(value, wanted) and not (
            isinstance(value, str) and value.startswith("$")
        ):
            yield problem(
                "E083", place=at(key), value=str(value), what=key, allowed=wanted.__name__
            )
        elif wanted is int and isinstance(value, bool):
            yield problem("E083", place=at(key), value=str(value), what=key, allowed="int")


def settings(
    packs: Iterable[Pack], given: Mapping[str, Mapping[str, Any]] | None
) -> dict[str, dict[str, Any]]:
    """Return what the user sets per rule, from parameter files among `packs` and from `given`; refuse unknown names."""
    packs = list(packs)
    known = {rule.id: {*rule.ask, *rule.parameters} for pack in packs for rule in pack.rules}
    found: dict[str, dict[str, Any]] = {}
    stated = (given or {}).get("parameters", given or {})
    for source in [*(p.parameters for p in packs), stated]:
        for rule, values in source.items():
            for name, value in values.items():
                if rule in known and name not in known[rule]:
                    raise OptionError(
                        say(
                            "not_one_of",
                            what=f"parameters.{rule}",
                            value=name,
                            allowed=", ".join(sorted(known[rule])) or "-",
                        )
                    )
                found.setdefault(rule, {})[name] = value
    return found
