"""Compare the verdicts of policy packs on both sides, finding by finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.queries.comparison.sides import Compared, Difference, as_text, change_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.queries.comparison.sides import Sides
    from medgraph.queries.policy.auditing import Audit

# What of a finding is compared: what it is about, and what it comes to.
_SAID = ["pack", "rule", "subject", "verdict", "met", "total", "value"]
# A rule by its pack and id, and the subject of a finding.
Finding = tuple[str, str, str]


def verdict_differences(sides: Sides, packs: Sequence[Any]) -> Compared:
    """Return every finding of which both sides say something else, verdict and count.

    Without packs they are the national ones of the groups of either side.
    """
    asked = list(packs) or _default_packs(sides)
    if not asked:
        return Compared(0, [])
    one = _verdicts(sides.one.audit(asked), sides.renamings)
    other = _verdicts(sides.other.audit(asked), {})
    keys = sorted(one.keys() | other.keys())
    found = [_difference(key, one.get(key), other.get(key)) for key in keys]
    return Compared(len(keys), [one for one in found if one.before != one.after])


def _default_packs(sides: Sides) -> list[str]:
    return list(dict.fromkeys([*sides.one.default_packs, *sides.other.default_packs]))


def _verdicts(found: Audit, follows: Mapping[str, str]) -> dict[Finding, str]:
    """What each finding comes to, by rule and subject, a renamed one as what it became."""
    rows = found.findings[_SAID].to_dict("records")
    return {
        (row["pack"], row["rule"], follows.get(row["subject"], row["subject"])): _said(row)
        for row in rows
    }


def _said(row: Mapping[Any, Any]) -> str:
    """The verdict with its count, or the value of an indicator."""
    met, total = as_text(row["met"]), as_text(row["total"])
    count = f"{met}/{total}" if total else ""
    return " ".join(filter(None, [row["verdict"], count, as_text(row["value"])]))


def _difference(key: Finding, before: str | None, after: str | None) -> Difference:
    pack, rule, subject = key
    change, field = change_of(before, after), f"{pack}/{rule}"
    return Difference("verdict", change, subject, field=field, before=before, after=after)
