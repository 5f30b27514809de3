"""Compare the verdicts of policy packs on both sides, finding by finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.queries.comparison.same_rows import other_rows
from medgraph.queries.comparison.sides import Compared, Difference, change_of
from medgraph.queries.comparison.text_columns import as_text
from medgraph.queries.policy.findings import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from medgraph.queries.comparison.sides import Sides

# A rule by its pack and id, and the subject of a finding.
Finding = tuple[str, str, str]


def verdict_differences(sides: Sides, packs: Sequence[Any]) -> Compared:
    """Return every finding of which both sides say something else, verdict and count.

    Without packs they are the national ones of the groups of either side, and those of its place.
    """
    asked = list(packs) or _default_packs(sides)
    if not asked:
        return Compared(0, [])
    before, after = (one.verdicts(asked) for one in (sides.one, sides.other))
    same = 0
    if not sides.renamings:
        here, there = other_rows(before, after, VERDICTS)
        same = int((~here).sum())
        before, after = before[here], after[there]
    judged = {*_keys(before, sides.renamings), *_keys(after, {})}
    one, other = _verdicts(before, sides.renamings), _verdicts(after, {})
    keys = sorted(one.keys() | other.keys())
    found = [_difference(key, one.get(key), other.get(key)) for key in keys]
    return Compared(same + len(judged), [one for one in found if one.before != one.after])


def _default_packs(sides: Sides) -> list[str]:
    both = (sides.one, sides.other)
    national = [pack for side in both for pack in side.default_packs]
    local = [pack for side in both for pack in side.local_packs]
    return list(dict.fromkeys([*national, *local]))


def _keys(findings: pd.DataFrame, follows: Mapping[str, str]) -> list[Finding]:
    """Each finding by rule and subject, a renamed one as what it became."""
    packs, rules, subjects = (findings[name].tolist() for name in ("pack", "rule", "subject"))
    ids = [follows.get(id, id) for id in subjects]
    return list(zip(packs, rules, ids, strict=True))


def _verdicts(findings: pd.DataFrame, follows: Mapping[str, str]) -> dict[Finding, str]:
    """What each finding comes to."""
    rows = findings[VERDICTS].to_dict("records")
    return dict(zip(_keys(findings, follows), map(_said, rows), strict=True))


def _said(row: Mapping[Any, Any]) -> str:
    """The verdict with its count, or the value of an indicator."""
    met, total = as_text(row["met"]), as_text(row["total"])
    count = f"{met}/{total}" if total else ""
    return " ".join(filter(None, [row["verdict"], count, as_text(row["value"])]))


def _difference(key: Finding, before: str | None, after: str | None) -> Difference:
    pack, rule, subject = key
    change, field = change_of(before, after), f"{pack}/{rule}"
    return Difference("verdict", change, subject, field=field, before=before, after=after)
