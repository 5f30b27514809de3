"""What is tested: the rules of packs as a list, and one rule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import UnknownIdError
from medgraph.queries.policy.arithmetic import thresholds
from medgraph.queries.policy.packs import Rule, load, shipped, spoken
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping


def describe(rule: str) -> str:
    """Return a shipped rule in words: statement, clause, grade, test, why, what to do, what it
    asks of the user.

    Raises
    ------
    UnknownIdError
        Where no shipped pack has such a rule.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.describe("UG-04").splitlines()[0]
    'UG-04  urban-2023  requirement'
    """
    found = _shipped_rule(rule)
    lines = [
        f"{found.id}  {found.pack}  {found.kind}",
        found.statement,
        say("policy_clause", clause=found.clause, grade=found.grade),
        spoken(found.why),
        found.note,
        *(_part_in_words(part) for part in found.parts),
    ]
    if found.ask:
        asked = "; ".join(f"{name}: {spoken(texts)}" for name, texts in found.ask.items())
        lines.append(say("policy_asks_user", names=asked))
    if fix := spoken(found.fix):
        lines.append(say("policy_advice", advice=fix))
    return "\n".join(text for text in lines if text)


def _shipped_rule(id: str) -> Rule:
    for pack in map(load, shipped()):
        for rule in pack.rules:
            if rule.id == id:
                return rule
    raise UnknownIdError(say("policy_unknown_rule", value=id))


def _part_in_words(part: Mapping[str, Any]) -> str:
    parameters = [f"{name}={value}" for name, value in part.items() if name != "predicate"]
    return f"  {part['predicate']}: {', '.join(parameters)}"


def rules(pack: str | None = None) -> pd.DataFrame:
    """Return the rules of a pack, or of all shipped ones.

    Returns
    -------
    rule | pack | kind | statement | asked | clause | grade | severity | asks (what the user has
    to set).

    Raises
    ------
    OptionError
        Where there is no such pack.

    Examples
    --------
    >>> import medgraph as mg
    >>> frame = mg.policy.rules("urban-2023")
    >>> len(frame), frame.loc[3, "rule"]
    (12, 'UG-04')
    """
    names = [pack] if pack else shipped()
    return pd.DataFrame([_row(rule) for name in names for rule in load(name).rules])


def _row(rule: Rule) -> dict[str, str]:
    return {
        "rule": rule.id,
        "pack": rule.pack,
        "kind": rule.kind,
        "statement": rule.statement,
        "asked": thresholds(rule) if rule.kind == "requirement" else "",
        "clause": rule.clause,
        "grade": rule.grade,
        "severity": rule.severity,
        "asks": ", ".join(rule.ask),
    }
