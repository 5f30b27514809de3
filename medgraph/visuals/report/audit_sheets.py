"""Lay an audit out as the sheets of a workbook that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.headings import in_words
from medgraph.visuals.headings import heading, said
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import pandas as pd


_SAID = {
    "kind": "rule_kind.",
    "grade": "grade.",
    "severity": "severity.",
    "unit": "unit.",
    "subject": "subject.",
}
_LABELLED = {"verdict": "verdict", "as_listed": "verdict", "basis": "basis"}


def audit_sheets(found: Any) -> dict[str, pd.DataFrame]:
    """Return the rules, the findings and the missing data of an audit, a sheet each."""
    missing = found.missing.assign(data=found.missing["data"].map(found.in_words))
    findings = found.findings.assign(need=found.findings["need"].map(in_words))
    rules = found.rules.rename(columns={"statement": "rule_text"})
    tables = {"rules": rules, "findings": findings, "missing": missing}
    return {say(f"sheet.{name}"): _told(frame) for name, frame in tables.items()}


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its words and its headings in the language of now."""
    told = {name: [_word(name, value) for value in frame[name]] for name in frame.columns}
    return frame.assign(**told).rename(columns=heading)


def _word(column: str, value: Any) -> Any:
    """Return a value as people read it; None and what is no word stay."""
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part)
    if not isinstance(value, str) or not value:
        return value
    if column in _SAID:
        return said(_SAID[column], value, value)
    return label(_LABELLED[column], value, language()) if column in _LABELLED else value
