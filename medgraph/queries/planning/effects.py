"""What a plan does to the network: areas served, referral paths, verdicts, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.queries.comparison.asked import Asked
from medgraph.queries.planning.verdict_changes import verdicts_changed, verdicts_found
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.planning.verdict_changes import Changed
    from medgraph.queries.results import Answer

QUESTIONS = ("coverage.served", "referrals.paths")
COLUMNS = ("what", "subject", "before", "after", "status")


def effects(
    before: MedicalNetwork,
    after: MedicalNetwork,
    *,
    packs: Sequence[Any],
    as_of: datetime.date,
    changed: Sequence[Changed] | None = None,
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
    changed
        The verdicts that differ, where somebody judged the plan already.

    Returns
    -------
    DataFrame
        Rows: what (coverage.served, referrals.paths, verdict), subject, before, after, status
        (same, changed, better, worse); a verdict that stays as it is has no row.
    """
    one, other = Asked(before, as_of), Asked(after, as_of)
    rows = [_share(name, one.ask(name), other.ask(name)) for name in QUESTIONS]
    if changed is None:
        asked = list(packs) or one.default_packs
        changed = verdicts_changed(
            verdicts_found(before, asked, as_of), verdicts_found(after, asked, as_of)
        )
    rows += map(_verdict, changed)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(name: str, before: Answer, after: Answer) -> dict[str, str]:
    said = [_in_words(answer) for answer in (before, after)]
    status = "same" if said[0] == said[1] else "changed"
    return dict(zip(COLUMNS, (name, "", *said, status), strict=True))


def _in_words(answer: Answer) -> str:
    share = f"{answer.share.met}/{answer.share.total}" if answer.share else "-"
    return say("compare_share", share=share, unknown=len(answer.unknown))


def _verdict(changed: Changed) -> dict[str, str]:
    status = "worse" if changed.is_worse else "better"
    values = ("verdict", "/".join(changed.finding), changed.before, changed.after, status)
    return dict(zip(COLUMNS, values, strict=True))
