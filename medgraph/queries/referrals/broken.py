"""Find every defect of the referral network, with what to add or to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.queries.answers import answer, define
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.referrals.journeys import KINDS, NO_RETURN, Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.link_defects import (
    OPPOSITE,
    Checked,
    Row,
    check_links,
    check_returns,
    ends,
)
from medgraph.queries.referrals.question import Question
from medgraph.queries.referrals.verdicts import Asked
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_COLUMNS = [
    "source",
    "source_name",
    "relation",
    "target",
    "target_name",
    "status",
    "reason",
    "fix",
    "minutes",
    "basis",
    "document",
    "clause",
]


@told_as_listed
def broken(
    net: MedicalNetwork, *, asymmetry: float = 1.5, as_of: datetime.date | str | None = None
) -> Answer:
    """List every defect of the referral network, with what to add or to end.

    Three kinds of checks are counted: each facility (a way up to the lead of its group), each
    referral link by itself, and each referral link again (the link back). What rests on a missing
    link is a defect only where that relation is declared complete, else it stands under `unknown`.
    Share: checks without a defect, of those judged.

    A facility may be a dead_end, be caught in a loop, or have no_lead. A link may be a level_skip,
    closed, out_of_group, asymmetric_minutes or part of a loop, or its receiver lacks_specialty. A
    link back is missing where it is up_without_down or down_without_up.

    Parameters
    ----------
    net
        The network.
    asymmetry
        How many times as long one way takes as the other, or more, to count as asymmetric.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per defect: source, source_name, relation, target, target_name, status (the kind),
        reason, fix, minutes, basis, document, clause.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.referrals.broken(mg.samples.taizhou())
    >>> answer.share
    Share(met=237, total=241, unit='checks')
    >>> answer.frame["status"].value_counts().to_dict()
    {'level_skip': 4}
    """
    day = ReferralDay(net, as_of)
    doubt = Asked.of(day, Question()).doubtful
    perhaps = day.asked & (doubt != "")
    checks = [_check_facilities(day, perhaps)]
    for relation in OPPOSITE:
        checks += [check_links(day, relation, asymmetry), check_returns(day, relation)]
    unknown = _frame(row for check in checks for row in check.unknown)
    excluded = _frame(row for check in checks for row in check.excluded)
    judged = sum(check.total for check in checks) - len(unknown) - len(excluded)
    definition = define(
        day,
        "referral.broken_numerator",
        "referral.broken_denominator",
        "checks",
        "referral.source",
    )
    return answer(
        day,
        "referrals.broken",
        definition,
        _frame(row for check in checks for row in check.found),
        judged=judged,
        met=judged - sum(check.faulty for check in checks),
        unknown=unknown,
        perhaps=_frame(_perhaps(day, at, doubt[at]) for at in np.flatnonzero(perhaps).tolist()),
        excluded=excluded,
        lists=("facilities", "links.REFERS_UP_TO", "links.REFERS_DOWN_TO"),
    )


def _frame(rows: Iterable[Row]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=_COLUMNS)


def _check_facilities(day: ReferralDay, perhaps: Mask) -> Checked:
    """Check that each member of a group gets up to its lead.

    `perhaps` are those that may not be asked about. One that only gets there past a level, or not
    back, is found by its link.
    """
    members = day.asked & day.is_member & ~perhaps
    out = members & (day.placeholder | ~day.at_work.certain | day.is_lead)
    journeys = Journeys(day, Question(), np.flatnonzero(members & ~out))
    bad = journeys.kind > NO_RETURN
    certain = journeys.certain()
    found = [_defect(journeys, i) for i in np.flatnonzero(bad & certain).tolist()]
    return Checked(
        total=int(members.sum()),
        faulty=len(found),
        found=found,
        unknown=[_doubt(journeys, i) for i in np.flatnonzero(bad & ~certain).tolist()],
        excluded=[_left_out(day, at) for at in np.flatnonzero(out).tolist()],
    )


def _defect(journeys: Journeys, i: int) -> Row:
    day, kind = journeys.day, KINDS[journeys.kind[i]]
    at = day.title(int(journeys.at[i]))
    return ends(day, int(journeys.start[i])) | {
        "relation": "REFERS_UP_TO",
        "status": kind,
        "reason": journeys.reason(i),
        "fix": say(f"referral.fix_{kind}", source=at, target=""),
    }


def _doubt(journeys: Journeys, i: int) -> Row:
    row = _defect(journeys, i)
    reason = f"{row['reason']} {journeys.day.absence('REFERS_UP_TO')}"
    return row | {"status": "unknown", "reason": reason}


def _perhaps(day: ReferralDay, at: int, reason: str) -> Row:
    return ends(day, at) | {"status": "unknown", "reason": reason}


def _left_out(day: ReferralDay, at: int) -> Row:
    key = "referral.not_at_work"
    if day.placeholder[at]:
        key = "referral.is_class"
    elif day.at_work.certain[at]:
        key = "referral.is_target"
    return ends(day, at) | {"status": "excluded", "reason": say(key)}
