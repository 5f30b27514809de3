"""Find every defect of the referral network, with what to add or to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.queries.answers import answer, define
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import after, first_of, sentences_by
from medgraph.queries.referrals.defect_rows import defect_rows, frame_of_defects
from medgraph.queries.referrals.journeys import NO_RETURN, Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.link_defects import (
    OPPOSITE,
    Checked,
    check_links,
    check_returns,
)
from medgraph.queries.referrals.question import Question
from medgraph.queries.referrals.verdicts import Asked
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


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
    unknown = frame_of_defects(check.unknown for check in checks)
    excluded = frame_of_defects(check.excluded for check in checks)
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
        frame_of_defects(check.found for check in checks),
        judged=judged,
        met=judged - sum(check.faulty for check in checks),
        unknown=unknown,
        perhaps=frame_of_defects([_perhaps(day, np.flatnonzero(perhaps), doubt)]),
        excluded=excluded,
        lists=("facilities", "links.REFERS_UP_TO", "links.REFERS_DOWN_TO"),
    )


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
    found = np.flatnonzero(bad & certain)
    unknown = np.flatnonzero(bad & ~certain)
    return Checked(
        total=int(members.sum()),
        faulty=len(found),
        found=_defects(journeys, found),
        unknown=_doubts(journeys, unknown),
        excluded=_left_out(day, np.flatnonzero(out)),
    )


def _defects(journeys: Journeys, which: Positions) -> pa.Table:
    """Return the rows of these journeys, which do not arrive."""
    day, kinds = journeys.day, journeys.kinds(which)
    words = {"source": day.titles(journeys.at[which]), "target": pa.repeat("", len(which))}
    return defect_rows(
        day,
        journeys.start[which],
        relation="REFERS_UP_TO",
        status=kinds,
        reason=journeys.reasons(which),
        fix=sentences_by("referral.fix_", kinds, **words),
    )


def _doubts(journeys: Journeys, which: Positions) -> pa.Table:
    """Return the same rows as unknown, with the list that is open."""
    rows = _defects(journeys, which)
    open_list = pa.repeat(f" {journeys.day.absence('REFERS_UP_TO')}", len(which))
    told = {
        "status": pa.repeat("unknown", len(which)),
        "reason": after(rows["reason"], open_list),
    }
    for name, column in told.items():
        rows = rows.set_column(rows.column_names.index(name), name, column)
    return rows


def _perhaps(day: ReferralDay, which: Positions, doubt: Texts) -> pa.Table:
    reasons = pa.array(doubt[which], pa.string())
    return defect_rows(day, which, status="unknown", reason=reasons)


def _left_out(day: ReferralDay, which: Positions) -> pa.Table:
    cases = [
        (day.placeholder[which], say("referral.is_class")),
        (day.at_work.certain[which], say("referral.is_target")),
        (np.full(len(which), True), say("referral.not_at_work")),
    ]
    return defect_rows(day, which, status="excluded", reason=first_of(cases, len(which)))
