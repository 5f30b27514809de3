"""What is tested: the rules of packs as a list, and one rule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import UnknownIdError
from medgraph.graphmodel.headings import naming
from medgraph.queries.policy.arithmetic import thresholds
from medgraph.queries.policy.packs import Rule, load_all, shipped, spoken
from medgraph.queries.policy.rule_in_words import rule_in_words
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from medgraph.queries.policy.packs import Pack

    Packs = Pack | str | Path | Iterable[Pack | str | Path]


def describe(rule: str, packs: Packs | None = None) -> str:
    """Return a rule in words: statement, clause, grade, the sentence that it answers, why, whom it
    asks, test, what to do, what it asks of the user.

    Parameters
    ----------
    rule
        Its id.
    packs
        Where it is looked for, by name or by file; None: in all shipped packs.

    Raises
    ------
    UnknownIdError
        Where no such pack has such a rule.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.describe("UG-04").splitlines()[0]
    'UG-04  urban-2023  要求'
    """
    pack, found = _pack_and_rule(rule, packs)
    with naming(pack.words):
        return "\n".join(text for text in _lines(found) if text)


def _lines(found: Rule) -> list[str]:
    lines = [
        f"{found.id}  {found.pack}  {say('rule_kind.' + found.kind)}",
        found.statement,
        say("policy_clause", clause=found.clause, grade=say("grade." + found.grade)),
        *found.answers,
        spoken(found.why),
        found.remark,
        *rule_in_words(found),
    ]
    if found.ask:
        asked = "; ".join(f"{name}: {spoken(texts)}" for name, texts in found.ask.items())
        lines.append(say("policy_asks_user", names=asked))
    if fix := spoken(found.fix):
        lines.append(say("policy_advice", advice=fix))
    return lines


def described(rule: str, packs: Packs | None = None) -> dict[str, Any]:
    """Return a rule as plain values, in the language of now.

    Parameters
    ----------
    rule
        Its id.
    packs
        Where it is looked for, by name or by file; None: in all shipped packs.

    Raises
    ------
    UnknownIdError
        Where no such pack has such a rule.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.described("RF-01")["sentences"][0]["clause"]
    '总体目标'
    """
    pack, found = _pack_and_rule(rule, packs)
    with naming(pack.words):
        in_words = rule_in_words(found)
    return {
        **_row(found),
        **found.answered(),
        "why": spoken(found.why),
        "fix": spoken(found.fix),
        "note": found.remark,
        "asks": {name: spoken(texts) for name, texts in found.ask.items()},
        "parts": [dict(part) for part in found.parts],
        "in_words": in_words,
    }


def _pack_and_rule(id: str, packs: Packs | None) -> tuple[Pack, Rule]:
    for pack in load_all(packs or shipped()):
        for rule in pack.rules:
            if rule.id == id:
                return pack, rule
    raise UnknownIdError(say("policy_unknown_rule", value=id))


def rules(pack: str | Path | None = None) -> pd.DataFrame:
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
    packs = load_all(pack or shipped())
    return pd.DataFrame([_row(rule) for one in packs for rule in one.rules])


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
