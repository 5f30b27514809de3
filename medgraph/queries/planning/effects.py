"""What a plan does to the network: areas served, referral paths, verdicts, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.queries.comparison.asked import Asked
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

QUESTIONS = ("coverage.served", "referrals.paths")
COLUMNS = ("what", "subject", "before", "after", "status")
_RANK = {"FAIL": 0, "NO_DATA": 1, "PASS": 2, "INFO": 2}
# A rule of a pack, and its subject.
_Finding = tuple[str, str, str]


def effects(
    before: MedicalNetwork,
    after: MedicalNetwork,
    *,
    packs: Sequence[Any],
    as_of: datetime.date,
) -> pd.DataFrame:
    """Return what differs: a row for each share and each verdict.

    Parameters
    ----------
    before, after
        The network without the plan, and with it.
    packs
        The policy packs; none: the national ones of its groups.
    as_of
        The day.

    Returns
    -------
    DataFrame
        Rows: what (coverage.served, referrals.paths, verdict), subject, before, after, status
        (same, changed, better, worse); a verdict that stays as it is has no row.
    """
    one, other = Asked(before, as_of), Asked(after, as_of)
    rows = [_share(name, one.ask(name), other.ask(name)) for name in QUESTIONS]
    asked = list(packs) or one.default_packs
    if asked:
        rows += _verdicts(_found(one, asked), _found(other, asked))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(name: str, before: Answer, after: Answer) -> dict[str, str]:
    said = [_in_words(answer) for answer in (before, after)]
    status = "same" if said[0] == said[1] else "changed"
    return dict(zip(COLUMNS, (name, "", *said, status), strict=True))


def _in_words(answer: Answer) -> str:
    share = f"{answer.share.met}/{answer.share.total}" if answer.share else "-"
    return say("compare_share", share=share, unknown=len(answer.unknown))


def _found(asked: Asked, packs: Sequence[Any]) -> dict[_Finding, str]:
    rows = asked.audit(packs).findings
    keys = zip(rows["pack"], rows["rule"], rows["subject"], strict=True)
    return dict(zip(keys, rows["verdict"], strict=True))


def _verdicts(before: dict[_Finding, str], after: dict[_Finding, str]) -> list[dict[str, str]]:
    found = []
    for key in sorted(before.keys() & after.keys()):
        one, other = before[key], after[key]
        if one != other:
            pack, rule, subject = key
            status = "worse" if _RANK[other] < _RANK[one] else "better"
            values = ("verdict", f"{pack}/{rule}/{subject}", one, other, status)
            found.append(dict(zip(COLUMNS, values, strict=True)))
    return found
