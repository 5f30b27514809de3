"""Compare observed referrals with the planned ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.graphmodel.matching import Match
from medgraph.queries.answers import answer, define, stacked
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.bounds import interval_in_words
from medgraph.queries.flows.month_by_month import NOW, editions, hide_counts, rejects, total
from medgraph.queries.referrals.legs import SKIPS_LEVEL, ReferralDay
from medgraph.queries.small_counts import THRESHOLD, check_threshold
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.flow_table import FlowTable
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_RELATION_OF_KIND = {"up": "REFERS_UP_TO", "down": "REFERS_DOWN_TO"}
_RELATIONS = tuple(_RELATION_OF_KIND.values())
_LINK = ["source", "relation", "target"]
_NOBODY = Match("", None, 0.0, "none")  # of a record that states no origin
_PAIR = ["source", "source_name", "relation", "target", "target_name", "status"]
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


@told_as_listed
def flows(
    net: MedicalNetwork,
    records: FlowTable,
    *,
    threshold: int = THRESHOLD,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Compare every planned or observed referral link: used, unused, or used but not planned.

    A record goes up, down or, where its kind is not stated, whichever way is planned between the
    two; its facilities are matched by name. Share: planned links used, of the links judged (planned
    or observed). Pairs of which a name stays unmatched, and records without an origin, are unknown,
    with their volume; rows that were no sound record, and those from a facility to itself, are
    excluded, one row per reason.

    A count from 1 to `threshold` - 1 is empty, and reads `<threshold` in `shown`. Shares of volume
    add up shown counts alone; the notes give the total of hidden ones where each could still be any
    small count, so that nothing gives one back.

    Parameters
    ----------
    net
        The network.
    records
        The observed referrals, counted.
    threshold
        The least count of patients that is shown.
    as_of
        The day of the plan; default: the data day.

    Returns
    -------
    Answer
        A row per link: source, source_name, relation, target, target_name, status (used, unused,
        unplanned), count (records of patients), shown, out_of_group, out_of_county, skips_level
        (empty: not known), delay_median and delay_p90 (days), without_return (sent up, and not back
        down within the days that the records were followed), double (sent further up within them),
        reason.

    Raises
    ------
    OptionError
        `threshold` is below 0.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> from medgraph.graphmodel.flow_table import KEYS, FlowTable
    >>> record = dict.fromkeys(KEYS) | {"from": "TZ-P07", "to": "TZ-H01", "kind": "up", "count": 40}
    >>> nothing = pd.DataFrame(columns=["reason", "rows"])
    >>> records = FlowTable(pd.DataFrame([record]), nothing, read=40)
    >>> answer = mg.flows.flows(mg.samples.taizhou(), records)
    >>> answer.share
    Share(met=1, total=98, unit='links')
    """
    check_threshold(threshold)
    day = ReferralDay(net, as_of)
    matches, counted = _matched(day, records)
    planned = _planned(day)
    is_matched = counted["status"] == "matched"
    seen = counted[is_matched].assign(relation=_directions(counted[is_matched], planned))
    aside = counted[~is_matched]
    table = _against_plan(day, seen[seen["edition"] == NOW], planned)
    table = table.merge(_followed(records, matches, planned), on=_LINK, how="left")
    table = _flagged(day, table)
    totals = _totals(table, seen, aside, records, threshold)
    hidden = _protect(table, seen, records, threshold)
    unknown = _unknown(aside, records, threshold)
    excluded = stacked(_to_itself(aside, records, threshold), _rejected(records, threshold))
    hidden += int(unknown["count"].isna().sum() + excluded["count"].isna().sum())
    definition = define(day, "flows.numerator", "flows.denominator", "links", "flows.source")
    protected = say("flows.protected", threshold=threshold, hidden=hidden)
    return answer(
        day,
        "referrals.flows",
        definition,
        table.reindex(columns=_COLUMNS),
        judged=len(table),
        met=int((table["status"] == "used").sum()),
        unknown=unknown,
        excluded=excluded,
        notes=(*_volumes(table), *_in_words(totals), protected, *records.notes),
    )


# -- names to facilities -------------------------------------------------------------------------


def _matched(day: ReferralDay, records: FlowTable) -> tuple[dict[str, Match], pd.DataFrame]:
    """Return the match of every name, and the records summed by pair, relation and edition.

    Those that are kept month by month are summed by month, too.
    """
    referrals = editions(records)
    names = [*referrals["from"].dropna().unique(), *referrals["to"].unique()]
    matches = day.net.names(kind="Facility").match_all(names)
    keys = ["from", "to", "kind", "edition"]
    if records.earlier is not None:
        keys.append("month")
    by_pair = referrals.groupby(keys, dropna=False, as_index=False)
    frame = by_pair[["count"]].sum()
    sources = [matches.get(name, _NOBODY) for name in frame["from"]]
    targets = [matches[name] for name in frame["to"]]
    for end, found in (("source", sources), ("target", targets)):
        frame[end] = [match.id for match in found]
        frame[f"{end}_name"] = [_name_of(day, match) for match in found]
    frame["relation"] = frame["kind"].map(_RELATION_OF_KIND)
    lost = frame["source"].isna() | frame["target"].isna()
    to_itself = frame["source"] == frame["target"]
    frame["status"] = np.select([lost, to_itself], ["unknown", "excluded"], "matched")
    verdicts = list(zip(frame["status"], sources, targets, strict=True))
    frame["reason"] = [_why(status, pair) for status, *pair in verdicts]
    frame["part"] = [_part(*verdict) for verdict in verdicts]
    return matches, frame


def _part(status: str, source: Match, target: Match) -> str:
    """To which part of the volume a pair belongs that is not judged."""
    if status != "unknown":
        return status
    if source is _NOBODY:
        return "no_from"
    if target.id is None and not target.candidates:
        return "outside"
    return "unmatched"


def _name_of(day: ReferralDay, match: Match) -> str:
    """Return the name of the facility that is meant, or the text where none is."""
    return day.net.name(match.id) if match.id else match.text


def _why(status: str, pair: Sequence[Match]) -> str | None:
    if status == "excluded":
        return say("flows.same_facility")
    if status == "matched":
        return None
    return " ".join(_not_matched(match) for match in pair if match.id is None)


def _not_matched(match: Match) -> str:
    if match is _NOBODY:
        return say("flows.no_from")
    if not match.candidates:
        return say("flows.unmatched", name=match.text)
    candidates = say("list_comma").join(match.candidates)
    return say("flows.ambiguous", name=match.text, candidates=candidates)


def _unknown(aside: pd.DataFrame, records: FlowTable, threshold: int) -> pd.DataFrame:
    """Return pairs that were not judged, with their protected volume and the reason."""
    keys = [*_PAIR, "reason"]
    counted = aside[aside["status"] == "unknown"]
    summed = _summed(counted, keys)
    hide_counts(summed, keys, counted, records, threshold)
    return summed[[*_PAIR, "count", "shown", "reason"]]


def _to_itself(aside: pd.DataFrame, records: FlowTable, threshold: int) -> pd.DataFrame:
    """Return the records that stay at one facility: all have one reason, and so one row."""
    return _by_reason(aside[aside["part"] == "excluded"], records, threshold)


def _rejected(records: FlowTable, threshold: int) -> pd.DataFrame:
    """Return the rows that were no sound record, by reason, with their protected number."""
    found = rejects(records)
    found["reason"] = [say(f"flows.rejected_{reason}") for reason in found["reason"]]
    return _by_reason(found, records, threshold)


def _by_reason(counted: pd.DataFrame, records: FlowTable, threshold: int) -> pd.DataFrame:
    """Return reasons with their counts as rows of what is left out, protected."""
    found = _summed(counted, ["reason"])
    hide_counts(found, ["reason"], counted, records, threshold)
    found = found.assign(**(dict.fromkeys(_PAIR) | {"status": "excluded"}))
    return found[[*_PAIR, "count", "shown", "reason"]]


def _summed(counted: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the counts that hold, summed."""
    now = counted[counted["edition"] == NOW]
    return now.groupby(keys, dropna=False, as_index=False)[["count"]].sum()


# -- against the plan ----------------------------------------------------------------------------


def _against_plan(day: ReferralDay, observed: pd.DataFrame, planned: pd.DataFrame) -> pd.DataFrame:
    """Return planned and observed links together: used, unused, unplanned."""
    seen = observed.groupby(_LINK, as_index=False)[["count"]].sum()
    words = dict.fromkeys(_LINK, object)  # an empty column has no type of its own
    both = planned.astype(words).merge(seen.astype(words), on=_LINK, how="outer", indicator=True)
    both["count"] = both["count"].fillna(0).astype("int64")
    unplanned = both["_merge"] == "right_only"
    used = (both["_merge"] == "both") & (both["count"] > 0)
    both["status"] = np.select([used, unplanned], ["used", "unplanned"], "unused")
    order = ["count", *_LINK]
    both = both.drop(columns="_merge").sort_values(order, ascending=[False, True, True, True])
    for end in ("source", "target"):
        positions = day.index.positions(both[end].tolist())
        both[f"{end}_name"] = day.texts("name", positions).to_pylist()
    return both.reset_index(drop=True)


def _directions(observed: pd.DataFrame, planned: pd.DataFrame) -> pd.Series[str]:
    """Return the relation of each record: as stated, else the way that is planned, else empty."""
    links = set(planned[_LINK].itertuples(index=False, name=None))
    ends = zip(observed["source"], observed["target"], strict=True)
    by_plan = [
        next((relation for relation in _RELATIONS if (source, relation, target) in links), "")
        for source, target in ends
    ]
    stated = observed["relation"]
    return stated.where(stated.notna(), by_plan)


def _planned(day: ReferralDay) -> pd.DataFrame:
    """Return each link between facilities at work, once."""
    parts = [_links(day, relation) for relation in _RELATIONS]
    return pd.concat(parts, ignore_index=True).drop_duplicates()


def _links(day: ReferralDay, relation: str) -> pd.DataFrame:
    links = day.links(relation)
    at_work = day.at_work.certain
    working = at_work[links.source] & at_work[links.target]
    source, target = day.ids(links.source[working]), day.ids(links.target[working])
    return pd.DataFrame({"source": source, "relation": relation, "target": target})


def _flagged(day: ReferralDay, table: pd.DataFrame) -> pd.DataFrame:
    """Add what is unusual of each link: between groups, between counties, past the township.

    Empty is what is not known.
    """
    source = day.index.positions(table["source"].tolist())
    target = day.index.positions(table["target"].tolist())
    apart = ~day.in_one_group(source, target)
    one, other = day.county[source], day.county[target]
    flaw, perhaps = day.flaws(source, target, up=True)
    upwards = (table["relation"] != "REFERS_DOWN_TO").to_numpy()
    skips = (flaw == SKIPS_LEVEL) & upwards
    table["out_of_group"] = _where_known(apart.certain, ~apart.unknown)
    table["out_of_county"] = _where_known(one != other, (one != 0) & (other != 0))
    table["skips_level"] = _where_known(skips, ~(skips & perhaps))
    table["reason"] = [say(f"flows.{status}") for status in table["status"]]
    return table


def _where_known(mask: Mask, known: Mask) -> pd.arrays.BooleanArray:
    return pd.arrays.BooleanArray(mask.astype(bool), ~known)


def _followed(records: FlowTable, matches: dict[str, Match], planned: pd.DataFrame) -> pd.DataFrame:
    """Return delays and returns per link; what became of those sent up, only of links up.

    Where two spellings mean one link its delays are not known.
    """
    numbers, delays = ["ups", "returned", "double", "delay_rows"], ["delay_median", "delay_p90"]
    columns = [*_LINK, *numbers, *delays]
    if records.links is None or not len(records.links):
        types = dict.fromkeys(columns, float) | dict.fromkeys(_LINK, object)
        return pd.DataFrame({name: pd.Series(dtype=type_) for name, type_ in types.items()})
    nothing = pd.Series("", index=records.links.index)
    links_kind = records.links.get("kind", nothing)
    links = records.links.assign(
        source=_facilities(records.links["from"], matches),
        target=_facilities(records.links["to"], matches),
        relation=links_kind.map(_RELATION_OF_KIND),
    )
    links["relation"] = _directions(links, planned)
    known = links.reindex(columns=columns).dropna(subset=["source", "target"])
    by_link = known.groupby(_LINK, as_index=False)
    sums = by_link[numbers].sum(min_count=1)
    return sums.merge(by_link[delays].agg(_only), on=_LINK)


def _facilities(names: pd.Series[str], matches: dict[str, Match]) -> NDArray[np.object_]:
    """Return the facility that each name means, None where none does."""
    stripped = names.str.strip()
    found = [matches[name].id if name in matches else None for name in stripped]
    return np.array(found, object)


def _only(values: pd.Series[float]) -> float:
    """Return the only value; NaN where there are several."""
    return float(values.iloc[0]) if len(values) == 1 else np.nan


# -- small counts --------------------------------------------------------------------------------


def _protect(table: pd.DataFrame, seen: pd.DataFrame, records: FlowTable, threshold: int) -> int:
    """Protect every count of the links, and return how many were hidden.

    A part is shown only where it and the rest of its whole may be.
    """
    ups = table["ups"]
    for column, part in (("without_return", ups - table["returned"]), ("double", table["double"])):
        safe = _may_be_shown(part, threshold) & _may_be_shown(ups - part, threshold)
        table[column] = part.where(safe & (ups >= threshold)).astype("Int64")
    few = ~(table["delay_rows"] >= threshold)
    hidden = hide_counts(table, _LINK, seen, records, threshold)
    covered = table["count"].isna()
    table.loc[few | covered, ["delay_median", "delay_p90"]] = np.nan
    table.loc[covered, ["without_return", "double"]] = None
    return hidden


def _may_be_shown(count: pd.Series[float], threshold: int) -> pd.Series[bool]:
    return (count == 0) | (count >= threshold)


def _volumes(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the shares of volume in words; they add up shown counts alone."""
    count = table["count"].fillna(0).astype("int64")
    total = int(count.sum())
    parts = {
        "used": table["status"] == "used",
        "unplanned": table["status"] == "unplanned",
        "out_of_group": table["out_of_group"],
        "out_of_county": table["out_of_county"],
        "skips_level": table["skips_level"],
    }
    return tuple(
        say(
            "flows.volume",
            what=say(f"flows.what_{what}"),
            part=interval_in_words(_least_and_most(count, mask)),
            total=total,
        )
        for what, mask in parts.items()
    )


# Parts of the volume that have no record in common, by what becomes of them.
_PARTS = {
    "judged": ("used", "unplanned"),
    "unknown": ("no_from", "outside", "unmatched"),
    "excluded": ("excluded", "rejected"),
}


def _totals(
    table: pd.DataFrame,
    seen: pd.DataFrame,
    aside: pd.DataFrame,
    records: FlowTable,
    threshold: int,
) -> dict[str, int | None]:
    """Return the volume of every part of the records; None where it would tell a hidden count."""
    links = table.loc[table["status"] == "unplanned", _LINK]
    unplanned = set(links.itertuples(index=False, name=None))
    of_seen = seen[_LINK].itertuples(index=False, name=None)
    judged = seen.assign(part=["unplanned" if link in unplanned else "used" for link in of_seen])
    left_out = rejects(records).assign(part="rejected")
    # those from a facility to itself are one cell, whatever the facility
    at_home = aside["part"] == "excluded"
    others = aside.assign(**{key: aside[key].mask(at_home) for key in _PAIR})
    counted = pd.concat([judged, others, left_out], ignore_index=True)
    keys = [*_PAIR, "reason"]
    return {
        part: total(counted[counted["part"] == part], keys, records, threshold)
        for parts in _PARTS.values()
        for part in parts
    }


def _in_words(totals: dict[str, int | None]) -> tuple[str, ...]:
    """Say what became of all records, and how many of them each unknown part holds."""
    sums = {what: _sum([totals[part] for part in parts]) for what, parts in _PARTS.items()}
    whole = _sum(list(sums.values()))
    account = say("flows.account", whole=_shown(whole), **{k: _shown(v) for k, v in sums.items()})
    unplanned = say(
        "flows.hidden_in", what=say("flows.what_unplanned"), part=_shown(totals["unplanned"])
    )
    unknown = [
        say("flows.hidden_in", what=say(f"flows.what_{part}"), part=_shown(totals[part]))
        for part in _PARTS["unknown"]
        if totals[part] != 0
    ]
    return (account, unplanned, *unknown)


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _shown(number: int | None) -> str:
    return say("flows.not_shown") if number is None else str(number)


def _least_and_most(count: pd.Series[int], mask: pd.Series[bool]) -> tuple[int, int]:
    """Return the sum where a mask surely holds, and where it may."""
    low, high = (int(count[mask.fillna(open_).astype(bool)].sum()) for open_ in (False, True))
    return low, high
