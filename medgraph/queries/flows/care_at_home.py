"""The shares of care given at home, by county and month, from encounter records."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.results import Answer, Definition
from medgraph.queries.small_counts import THRESHOLD, check_threshold
from medgraph.words.record_titles import ENCOUNTER_WORDS
from medgraph.words.say import say
from medgraph.words.vocabularies import PRIMARY_TYPES, STATION_TYPES, fold

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.flow_table import FlowTable
    from medgraph.graphmodel.network import MedicalNetwork

# 县域就诊率, 基层就诊率, 县域内住院率
INDICATORS = ("county_visits", "primary_visits", "county_inpatients")
_ENCOUNTERS = {fold(word): kind for kind, words in ENCOUNTER_WORDS.items() for word in words}
_COLUMNS = [
    "area",
    "name",
    "month",
    "indicator",
    "status",
    "met",
    "total",
    "share",
    "shown",
    "low",
    "high",
    "reason",
]


def shares(
    net: MedicalNetwork,
    records: FlowTable,
    *,
    threshold: int = THRESHOLD,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return three shares per county and month, each with numerator, denominator and month.

    county_visits: encounters of the county's residents at facilities in the county / all their encounters.
    primary_visits: outpatient and emergency encounters at primary facilities (township, subdistrict and community
    centres, stations, village clinics) / all those at facilities in the county. county_inpatients: inpatient
    encounters of residents at facilities in the county / all their inpatient encounters. Where a facility is comes
    from the network (matched by name), else from the record's `place`. A cell in which some encounters cannot be
    told is unknown, between `low` and `high`; records without a residence are excluded, with their volume.

    A cell whose numerator or rest is from 1 to `threshold` - 1 shows neither. Frame: area (county), month,
    indicator, met, total, share, shown.
    """
    check_threshold(threshold)
    day = net.day(as_of)
    frame = _described(net, records.frame)
    cells = _cells(frame)
    cells = cells.assign(name=[_county_name(net, code) for code in cells["area"]])
    sure = (cells["unclear"] == 0).to_numpy()
    cells = _hidden(cells, threshold)
    cells["status"] = np.where(sure, "judged", "unknown")
    cells["reason"] = np.where(sure, None, say("shares.unclear"))
    homeless = frame["home"].isna()
    excluded = _without_residence(int(frame.loc[homeless, "count"].sum()), threshold)
    stamp = net.meta.get("stamp")
    return Answer(
        query="referrals.shares",
        as_of=day,
        frame=cells.loc[sure, _COLUMNS].reset_index(drop=True),
        total=len(cells) + len(excluded),
        judged=int(sure.sum()),
        unknown=cells.loc[~sure, _COLUMNS].reset_index(drop=True),
        excluded=excluded,
        stamps=(stamp,) if stamp else (),
        definition=Definition(
            say("shares.numerator"),
            say("shares.denominator"),
            "encounters",
            "",
            say("shares.source"),
        ),
        notes=(
            say("flows.protected", threshold=threshold, hidden=int((cells["shown"] != "").sum())),
            *records.notes,
        ),
    )


def _described(net: MedicalNetwork, frame: pd.DataFrame) -> pd.DataFrame:
    """Add to each flow where it took place, whose residents', whether at a primary facility, of what kind."""
    names = net.names(kind="Facility").match_all(frame["to"].unique())
    positions = {
        text: net.index.position(match.id) if match.id else -1 for text, match in names.items()
    }
    at = np.array([positions[text] for text in frame["to"]], int)
    area = net.index.take("area", at).to_pylist()
    primary = net.index.has("type", *PRIMARY_TYPES, *STATION_TYPES)
    place = [own or stated for own, stated in zip(area, frame["place"], strict=True)]
    return frame.assign(
        home=frame["residence"].map(_county),
        where=[_county(code) for code in place],
        primary=[bool(primary[k]) if k >= 0 else None for k in at],
        encounter=[_ENCOUNTERS.get(fold(text)) if text else None for text in frame["encounter"]],
    )


def _county(code: str | None) -> str | None:
    return (
        code[:6].ljust(12, "0")
        if isinstance(code, str) and len(code) >= 6 and code[:6].isdigit()
        else None
    )


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return met, total and unclear encounters per area, month and indicator."""
    import pandas as pd

    home = frame[frame["home"].notna()]
    stay = (home["encounter"] == "inpatient").where(home["encounter"].notna())
    visit = frame["encounter"].isin(["outpatient", "emergency"]).where(frame["encounter"].notna())
    inside = (home["home"] == home["where"]).where(home["where"].notna())
    parts = [
        _counted(home, "county_visits", home["home"], inside, True),
        _counted(frame, "primary_visits", frame["where"], frame["primary"], visit),
        _counted(home, "county_inpatients", home["home"], inside, stay),
    ]
    return pd.concat(parts, ignore_index=True)


def _counted(
    frame: pd.DataFrame, indicator: str, area: pd.Series, met: pd.Series, counts: pd.Series | bool
) -> pd.DataFrame:
    """Count one indicator; `met` and `counts` say True, False, or null where it cannot be told."""
    import pandas as pd

    part = pd.DataFrame(
        {
            "area": area,
            "month": frame["month"],
            "count": frame["count"],
            "met": met.astype("boolean"),
            "counts": counts,
        }
    )
    part = part[part["area"].notna()]
    counts, met = part["counts"].astype("boolean"), part["met"]
    part["unclear"] = part["count"].where(
        (counts.isna() | (counts & met.isna())).fillna(True).astype(bool), 0
    )
    known = (counts.fillna(False) & met.notna()).astype(bool)
    part["total"] = part["count"].where(known, 0)
    part["met"] = part["count"].where(known & met.fillna(False).astype(bool), 0)
    summed = part.groupby(["area", "month"], dropna=False, as_index=False)[
        ["met", "total", "unclear"]
    ].sum()
    summed = summed[(summed["total"] > 0) | (summed["unclear"] > 0)]
    return summed.assign(indicator=indicator)


def _hidden(cells: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Protect small cells: a numerator or rest below the threshold hides numerator, denominator and share."""
    whole = cells["total"] + cells["unclear"]
    small = np.zeros(len(cells), bool)
    for part in (cells["met"], cells["total"] - cells["met"], cells["unclear"]):
        small |= ((part > 0) & (part < threshold)).to_numpy()
    share = cells["met"] / cells["total"].where(cells["total"] > 0)
    judged = (cells["unclear"] == 0).to_numpy()
    return cells.assign(
        met=cells["met"].astype("Int64").mask(small),
        total=cells["total"].astype("Int64").mask(small),
        share=share.mask(small | ~judged),
        shown=np.where(small, f"<{threshold}", ""),
        low=(cells["met"] / whole).mask(small | judged),
        high=((cells["met"] + cells["unclear"]) / whole).mask(small | judged),
    )


def _county_name(net: MedicalNetwork, code: str) -> str | None:
    from medgraph.graphmodel import register

    return net.name(code) if net.index.position(code) >= 0 else register.names([code]).get(code)


def _without_residence(count: int, threshold: int) -> pd.DataFrame:
    import pandas as pd

    shown = f"<{threshold}" if 0 < count < threshold else str(count)
    rows = (
        [{"area": None, "status": "excluded", "shown": shown, "reason": say("shares.no_residence")}]
        if count
        else []
    )
    return pd.DataFrame(rows, columns=["area", "status", "shown", "reason"])
