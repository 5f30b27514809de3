"""Write counts of referrals as the sheet of records that `referrals flows --records` reads."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.words.record_titles import KIND_WORDS, RECORD_TITLES
from medgraph.words.say import language, say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = ("from", "to", "date", "kind", "count")


@dataclass(frozen=True)
class ReferralCount:
    """So many patients that go `up` or `down` in a month; an end or a month is empty if not stated.

    `origin` is the cell of the count.
    """

    sender: str
    receiver: str
    month: str
    kind: str
    count: int
    origin: str


def records_of(counts: Sequence[ReferralCount]) -> dict[str, pd.DataFrame]:
    """Return the sheet of records by its title, none without counts; dated where all rows are."""
    if not counts:
        return {}
    lang = language()
    rows = pd.DataFrame(list(map(astuple, counts)), columns=[*_COLUMNS, "origin"], dtype=object)
    rows["kind"] = [KIND_WORDS[kind][lang == "zh"] for kind in rows["kind"]]
    if not all(rows["date"]):
        rows = rows.drop(columns="date")
    heads = {name: RECORD_TITLES[name][0] if lang == "zh" else name for name in _COLUMNS}
    heads["origin"] = say("referral_counts_origin")
    return {SHEETS["referral_counts"][lang]: rows.rename(columns=heads)}
