"""Observed referrals against the planned ones; `shares`, the shares of care given at home, stands beside it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.matching import Match
from medgraph.queries.answers import register_of, stamps_of
from medgraph.queries.flows.care_at_home import shares
from medgraph.queries.referrals.legs import SKIPS_LEVEL, ReferralDay
from medgraph.queries.results import Answer, Definition, Share
from medgraph.queries.small_counts import THRESHOLD, check_threshold, hide
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.flow_table import FlowTable
    from medgraph.graphmodel.network import MedicalNetwork

__all__ = ["flows", "shares"]

_COLUMNS = [
    "source",
    "source_name",
    "relation",
    "target",
    "target_name",
    "status",
    "count",
    "shown",
    "out_of_group",
    "out_of_county",
    "skips_level",
    "delay_median",
    "delay_p90",
    "without_return",
    "double",
    "reason",
]


def flows(
    net: MedicalNetwork,
    records: FlowTable,
    *,
    threshold: int = THRESHOLD,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return every planned or observed referral link: used, unused, or used but not planned.

    A record goes up, down or (kind not said) whichever way is planned between the two; its facilities are matched
    by name. `count` is records of patients, delays are days; `without_return` counts those sent up and not back
    down within the days the records were followed, `double` those sent further up within them. Numerator: planned
    links used; denominator: links judged (planned or observed). Pairs of which a name stays unmatched are unknown,
    with their volume; rows that were no sound record are excluded, by reason.

    A count from 1 to `threshold` - 1 is empty, and reads `<threshold` in `shown`; totals add up shown counts alone,
    so that they do not give it back. Frame: source, relation, target, status, count, shown, out_of_group, ...
    """
    check_threshold(threshold)
    day = ReferralDay(net, as_of)
    matches, observed = _matched(day, records)
    table = _against_plan(day, observed[observed["status"] == "matched"])
    table = table.merge(
        _followed(records, matches), on=["source", "relation", "target"], how="left"
    )
    table = _flagged(day, table)
    hidden = _protect(table, threshold)
    unknown = _aside(observed[observed["status"] == "unknown"], threshold)
    excluded = _aside(observed[observed["status"] == "excluded"], threshold)
    rejected = _rejected(records, threshold)
    import pandas as pd

    excluded = pd.concat(
        [part for part in (excluded, rejected) if len(part)] or [excluded], ignore_index=True
    )
    hidden += int(unknown["count"].isna().sum() + excluded["count"].isna().sum())
    used = int((table["status"] == "used").sum())
    return Answer(
        query="referrals.flows",
        as_of=day.date,
        frame=table.reindex(columns=_COLUMNS),
        total=len(table) + len(unknown) + len(excluded),
        judged=len(table),
        unknown=unknown,
        excluded=excluded,
        share=Share(used, len(table), "links"),
        stamps=stamps_of(day.net),
        definition=Definition(
            say("flows.numerator"),
            say("flows.denominator"),
            "links",
            register_of(day.net),
            say("flows.source"),
        ),
        notes=(
            *_volumes(table),
            say("flows.protected", threshold=threshold, hidden=hidden),
            *records.notes,
        ),
    )


# -- names to facilities -----------------------------------------------------------------------------


def _matched(day: ReferralDay, records: FlowTable) -> tuple[dict[str, Match], pd.DataFrame]:
    """Return the match of every name, and the records summed by pair and relation, each matched or not."""
    frame = records.frame[records.frame["from"].notna()]
    matches = day.net.names(kind="Facility").match_all(
        [*frame["from"].unique(), *frame["to"].unique()]
    )
    frame = frame.groupby(["from", "to", "kind"], dropna=False, as_index=False)["count"].sum()
    for name, end in (("from", "source"), ("to", "target")):
        frame[end] = [matches[text].id for text in frame[name]]
        frame[f"{end}_name"] = [
            day.net.name(matches[text].id) if matches[text].id else text for text in frame[name]
        ]
    frame["relation"] = frame["kind"].map({"up": "REFERS_UP_TO", "down": "REFERS_DOWN_TO"})
    lost = frame["source"].isna() | frame["target"].isna()
    frame["status"] = np.where(
        lost, "unknown", np.where(frame["source"] == frame["target"], "excluded", "matched")
    )
    frame["reason"] = [
        _why(row.status, [matches[row[1]], matches[row[2]]]) for row in frame.itertuples()
    ]
    return matches, frame


def _why(status: str, pair: list[Match]) -> str | None:
    if status == "excluded":
        return say("flows.same_facility")
    if status == "matched":
        return None
    said = [
        say("flows.ambiguous", name=m.text, candidates=say("list_comma").join(m.candidates))
        if m.candidates
        else say("flows.unmatched", name=m.text)
        for m in pair
        if m.id is None
    ]
    return " ".join(said)


def _aside(frame: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Return pairs that were not judged, with their protected volume and the reason."""
    keys = ["source", "source_name", "relation", "target", "target_name", "status", "reason"]
    summed = frame.groupby(keys, dropna=False, as_index=False)["count"].sum()
    hide(summed, "count", threshold)
    return summed[[*keys[:6], "count", "shown", "reason"]]


def _rejected(records: FlowTable, threshold: int) -> pd.DataFrame:
    """Return the rows that were no sound record, by reason, with their protected number."""
    found = records.rejected.rename(columns={"rows": "count"})
    found = found.assign(
        source=None,
        source_name=None,
        relation=None,
        target=None,
        target_name=None,
        status="excluded",
        reason=[say(f"flows.rejected_{reason}") for reason in found["reason"]],
    )
    hide(found, "count", threshold)
    return found[
        [
            "source",
            "source_name",
            "relation",
            "target",
            "target_name",
            "status",
            "count",
            "shown",
            "reason",
        ]
    ]


# -- against the plan --------------------------------------------------------------------------------


def _against_plan(day: ReferralDay, observed: pd.DataFrame) -> pd.DataFrame:
    """Return planned and observed links together: used, unused, unplanned."""
    planned = _planned(day)
    keys = ["source", "relation", "target"]
    known = set(map(tuple, planned[keys].to_numpy()))
    open_ended = observed["relation"].isna()
    relation = observed["relation"].where(
        ~open_ended,
        [
            next((r for r in ("REFERS_UP_TO", "REFERS_DOWN_TO") if (s, r, t) in known), "")
            for s, t in zip(observed["source"], observed["target"], strict=True)
        ],
    )
    seen = observed.assign(relation=relation).groupby(keys, as_index=False)["count"].sum()
    words = dict.fromkeys(keys, object)  # an empty column has no type of its own
    both = planned.astype(words).merge(seen.astype(words), on=keys, how="outer", indicator=True)
    both["count"] = both["count"].fillna(0).astype("int64")
    used = (both["_merge"] == "both") & (both["count"] > 0)
    both["status"] = np.where(
        used, "used", np.where(both["_merge"] == "right_only", "unplanned", "unused")
    )
    both = both.drop(columns="_merge").sort_values(
        ["count", *keys], ascending=[False, True, True, True]
    )
    for end in ("source", "target"):
        both[f"{end}_name"] = day.texts("name", day.index.positions(both[end].tolist())).to_pylist()
    return both.reset_index(drop=True)


def _planned(day: ReferralDay) -> pd.DataFrame:
    import pandas as pd

    parts = []
    for relation in ("REFERS_UP_TO", "REFERS_DOWN_TO"):
        source, target = day.links(relation).source, day.links(relation).target
        working = day.at_work.certain[source] & day.at_work.certain[target]
        parts.append(
            pd.DataFrame(
                {
                    "source": day.texts("id", source[working]).to_pylist(),
                    "relation": relation,
                    "target": day.texts("id", target[working]).to_pylist(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True).drop_duplicates()


def _flagged(day: ReferralDay, table: pd.DataFrame) -> pd.DataFrame:
    """Add what is unusual of each link: between groups, between counties, past the township."""
    source, target = (day.index.positions(table[end].tolist()) for end in ("source", "target"))
    county = [day.texts("area", positions) for positions in (source, target)]
    first, second = (
        np.array([text[:6] if text else "" for text in part.to_pylist()]) for part in county
    )
    group = day.same_group(source, target)
    known = day.is_member[source] & day.is_member[target] | group | day.declared_whole("MEMBER_OF")
    table["out_of_group"] = _told(~group, known)
    table["out_of_county"] = _told(first != second, (first != "") & (second != ""))
    table["skips_level"] = (day.flaws(source, target, up=True) == SKIPS_LEVEL) & (
        table["relation"] != "REFERS_DOWN_TO"
    ).to_numpy()
    table["reason"] = [say(f"flows.{status}") for status in table["status"]]
    return table


def _told(mask: np.ndarray, known: np.ndarray) -> pd.arrays.BooleanArray:
    import pandas as pd

    return pd.arrays.BooleanArray(mask.astype(bool), ~known)


def _followed(records: FlowTable, matches: dict[str, Match]) -> pd.DataFrame:
    """Return delays and returns per link up; where two spellings mean one link its delays are not known."""
    import pandas as pd

    columns = [
        "source",
        "relation",
        "target",
        "ups",
        "returned",
        "double",
        "delay_rows",
        "delay_median",
        "delay_p90",
    ]
    if records.links is None or not len(records.links):
        return pd.DataFrame(
            {name: pd.Series(dtype=object if name in columns[:3] else float) for name in columns}
        )
    links = (
        records.links.assign(
            source=[
                matches[t].id if t in matches else None for t in records.links["from"].str.strip()
            ],
            target=[
                matches[t].id if t in matches else None for t in records.links["to"].str.strip()
            ],
            relation="REFERS_UP_TO",
        )
        .reindex(columns=columns)
        .dropna(subset=["source", "target"])
    )
    groups = links.groupby(columns[:3], as_index=False)
    sums = groups[["ups", "returned", "double", "delay_rows"]].sum(min_count=1)
    delays = groups[["delay_median", "delay_p90"]].agg(
        lambda part: part.iloc[0] if len(part) == 1 else np.nan
    )
    return sums.merge(delays, on=columns[:3])


# -- small counts ------------------------------------------------------------------------------------


def _protect(table: pd.DataFrame, threshold: int) -> int:
    """Protect every count of the links: a part is shown only where it and the rest of its whole may be."""
    for column, part in (
        ("without_return", table["ups"] - table["returned"]),
        ("double", table["double"]),
    ):
        rest = table["ups"] - part
        safe = (
            ((part == 0) | (part >= threshold))
            & ((rest == 0) | (rest >= threshold))
            & (table["ups"] >= threshold)
        )
        table[column] = part.where(safe).astype("Int64")
    few = ~(table["delay_rows"] >= threshold)
    table.loc[few, ["delay_median", "delay_p90"]] = np.nan
    hidden = hide(table, "count", threshold)
    table.loc[table["count"].isna(), ["without_return", "double"]] = None
    table.loc[table["count"].isna(), ["delay_median", "delay_p90"]] = np.nan
    return hidden


def _volumes(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the shares of volume in words; they add up shown counts alone."""
    count = table["count"].fillna(0).astype("int64")
    total = int(count.sum())
    parts = {
        "used": table["status"] == "used",
        "unplanned": table["status"] == "unplanned",
        "out_of_group": table["out_of_group"].fillna(False),
        "out_of_county": table["out_of_county"].fillna(False),
        "skips_level": table["skips_level"],
    }
    sums = {what: int(count[mask.astype(bool)].sum()) for what, mask in parts.items()}
    return tuple(
        say("flows.volume", what=say(f"flows.what_{what}"), part=part, total=total)
        for what, part in sums.items()
    )
