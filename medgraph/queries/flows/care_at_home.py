"""Count the shares of care given at home, by county and month, from encounter records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from medgraph.graphmodel import areas, register
from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.flows.month_by_month import NOW, editions, hide_counts
from medgraph.queries.results import Definition
from medgraph.queries.small_counts import THRESHOLD, check_threshold, is_small
from medgraph.words.record_titles import ENCOUNTER_WORDS
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.flow_table import FlowTable
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

# 县域就诊率, 基层就诊率, 县域内住院率
INDICATORS = ("county_visits", "primary_visits", "county_inpatients")
_ENCOUNTERS = {fold(word): kind for kind, words in ENCOUNTER_WORDS.items() for word in words}
_CELL = ["area", "month", "indicator"]
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


@told_as_listed
def shares(
    net: MedicalNetwork,
    records: FlowTable,
    *,
    threshold: int = THRESHOLD,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Count three shares per county and month, each with its numerator and denominator.

    county_visits: encounters of the county's residents at facilities in the county, of all their
    encounters. primary_visits: outpatient and emergency encounters at primary facilities (township,
    subdistrict and community centres, stations, village clinics), of all those at facilities in the
    county. county_inpatients: inpatient encounters of residents at facilities in the county, of all
    their inpatient encounters.

    Where a facility stands is known from the network (matched by name), else from the `place` of
    the record. A residence is a code of six digits or more, or an area of the network in whatever
    register, which lies in the county that holds it. A cell in which some encounters are of neither
    kind for sure is unknown, between `low` and `high`; records without a residence, or with one
    that is neither, are excluded, with their volume. A cell whose
    numerator or rest is from 1 to `threshold` - 1 shows neither.

    Parameters
    ----------
    net
        The network.
    records
        The encounters, counted.
    threshold
        The least count of encounters that is shown.
    as_of
        The day of the answer; default: the data day.

    Returns
    -------
    Answer
        A row per county, month and indicator: area, name, month, indicator, status, met, total,
        share, shown, low, high, reason.

    Raises
    ------
    OptionError
        `threshold` is below 0.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> from medgraph.graphmodel.flow_table import KEYS, FlowTable
    >>> visit = dict.fromkeys(KEYS) | {"encounter": "outpatient", "residence": "331003001000"}
    >>> visits = [visit | {"to": "TZ-P16", "month": "2023-10", "count": 150}]
    >>> nothing = pd.DataFrame(columns=["reason", "rows"])
    >>> records = FlowTable(pd.DataFrame(visits), nothing, read=150)
    >>> mg.flows.shares(mg.samples.taizhou(), records).frame[["indicator", "met"]].values.tolist()
    [['county_visits', 150], ['primary_visits', 150]]
    """
    check_threshold(threshold)
    day = Day(net, as_of)
    frame = _described(day, records)
    now = frame[frame["edition"] == NOW]
    cells = _cells(now)
    cells["name"] = [_county_name(net, code) for code in cells["area"]]
    sure = (cells["unclear"] == 0).to_numpy()
    earlier = frame[frame["edition"] != NOW].groupby("edition")
    cells = _hidden(cells, [_cells(edition) for _, edition in earlier], threshold)
    cells["status"] = np.where(sure, "judged", "unknown")
    cells["reason"] = [None if known else say("shares.unclear") for known in sure]
    excluded = _without_residence(frame[frame["home"].isna()], records, threshold)
    hidden = int((cells["shown"] != "").sum())
    definition = Definition(
        say("shares.numerator"), say("shares.denominator"), "encounters", "", say("shares.source")
    )
    return answer(
        day,
        "referrals.shares",
        definition,
        cells.loc[sure, _COLUMNS].reset_index(drop=True),
        judged=int(sure.sum()),
        unknown=cells.loc[~sure, _COLUMNS].reset_index(drop=True),
        excluded=excluded,
        notes=(say("flows.protected", threshold=threshold, hidden=hidden), *records.notes),
    )


def _described(day: Day, records: FlowTable) -> pd.DataFrame:
    """Sum the flows by where they took place, whose residents', whether at a primary facility.

    Each text is looked up once; of millions of flows few rows are left.
    """
    counties = _Counties(day)
    flows = editions(records).reset_index(drop=True)
    codes, names = pd.factorize(flows["to"])
    at = _facilities(day, names)
    area = day.index.take("area", at).to_pylist()
    keys = {
        "month": _of_each(flows["month"], str),
        "edition": flows["edition"],
        "home": _of_each(flows["residence"], counties.of),
        "has_residence": flows["residence"].notna(),
        "place": _of_each(flows["place"], counties.of),
        "encounter": _of_each(flows["encounter"], lambda text: _ENCOUNTERS.get(fold(text))),
        "stands": np.array(area, object).astype(bool)[codes],
        "own": _taken([counties.of(code) for code in area], codes),
        "primary": _taken(_primary(day, at), codes),
    }
    by = (
        pd.DataFrame(keys)
        .assign(count=flows["count"])
        .groupby(list(keys), observed=True, dropna=False, as_index=False, sort=False)
    )
    summed = by[["count"]].sum()
    texts = summed.select_dtypes("category").columns
    summed[texts] = summed[texts].astype(object).where(summed[texts].notna(), None)
    return summed.assign(where=summed["own"].where(summed["stands"], summed["place"]))


def _of_each(column: pd.Series, find: Callable[[str], str | None]) -> pd.Series:
    """What is found of each text, once for each that there is; nothing of an empty one."""
    codes, texts = pd.factorize(column)
    return _taken([find(text) if text else None for text in texts], codes)


def _taken(values: Sequence[object], codes: NDArray[np.intp]) -> pd.Series:
    """The values at some places, none at -1, as categories."""
    places, categories = pd.factorize(np.array(values, object))
    taken = np.append(places, -1)[codes]
    dtype = pd.CategoricalDtype(list(categories))
    return pd.Series(pd.Categorical.from_codes(taken, dtype=dtype))


def _facilities(day: Day, names: pd.Index[str]) -> Positions:
    """Return the position of the facility that each name means, -1 where none does."""
    matches = day.net.names(kind="Facility").match_all(names)
    return np.array([day.index.position(matches[name].id) for name in names], int)


def _primary(day: Day, at: Positions) -> list[bool | None]:
    """Return whether each is a primary facility or a station; None where it is not known."""
    primary = day.primary | day.station
    found: list[bool | None] = [None] * len(at)
    for place, position in enumerate(at.tolist()):
        if position >= 0 and not primary.unknown[position]:
            found[place] = bool(primary.certain[position])
    return found


class _Counties:
    """The county of every area: by its code, or by what holds it in the network."""

    def __init__(self, day: Day) -> None:
        index = day.index
        positions: Positions = np.flatnonzero(index.is_kind("Area")).astype(np.int32)
        ids = index.ids.take(pa.array(positions)).to_pylist()
        levels = areas.levels(index, positions).to_pylist()
        above = areas.parents(index, positions).to_pylist()
        self._level = dict(zip(ids, levels, strict=True))
        self._above = dict(zip(ids, above, strict=True))

    def of(self, code: object) -> str | None:
        """Return the id of the county that an area lies in, None where nobody knows it."""
        if not isinstance(code, str):
            return None
        if code[:6].isascii() and code[:6].isdecimal() and len(code) >= 6:
            return code[:6].ljust(12, "0")
        seen: set[str] = set()
        area: str | None = code
        while area is not None and area in self._level and area not in seen:
            if self._level[area] == "county":
                return area
            seen.add(area)
            area = self._above[area]
        return None


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return met, total and unclear encounters per area, month and indicator."""
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
    """Count one indicator; `met` and `counts` are True, False, or null where it is not known."""
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
    counted, met = part["counts"].astype("boolean"), part["met"]
    unclear = counted.isna() | (counted & met.isna())
    known = (counted.fillna(False) & met.notna()).astype(bool)
    part["unclear"] = part["count"].where(unclear.fillna(True).astype(bool), 0)
    part["total"] = part["count"].where(known, 0)
    part["met"] = part["count"].where(known & met.fillna(False).astype(bool), 0)
    summed = part.groupby(["area", "month"], dropna=False, as_index=False)[
        ["met", "total", "unclear"]
    ].sum()
    summed = summed[(summed["total"] > 0) | (summed["unclear"] > 0)]
    return summed.assign(indicator=indicator)


def _hidden(cells: pd.DataFrame, earlier: Sequence[pd.DataFrame], threshold: int) -> pd.DataFrame:
    """Protect small cells: a numerator or rest below the threshold hides the whole cell.

    So does one that differs by less from what it was before its month was corrected.
    """
    whole = cells["total"] + cells["unclear"]
    small = _has_small(_parts(cells), threshold)
    for edition in earlier:
        then = cells[_CELL].merge(edition, on=_CELL, how="left")
        difference = _parts(cells) - _parts(then)
        small |= then["total"].notna().to_numpy() & _has_small(abs(difference), threshold)
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


def _parts(cells: pd.DataFrame) -> NDArray[np.int64]:
    """What a cell is made of: met, not met, unclear."""
    met, rest = cells["met"], cells["total"] - cells["met"]
    return pd.concat([met, rest, cells["unclear"]], axis=1).fillna(0).to_numpy(np.int64)


def _has_small(parts: NDArray[np.int64], threshold: int) -> NDArray[np.bool_]:
    small: NDArray[np.bool_] = np.any(is_small(parts, threshold), axis=1)
    return small


def _county_name(net: MedicalNetwork, code: str) -> str | None:
    if net.index.position(code) >= 0:
        return net.name(code)
    return register.names([code]).get(code)


def _without_residence(frame: pd.DataFrame, records: FlowTable, threshold: int) -> pd.DataFrame:
    """Return the records that are of no county's residents: a row for each reason."""
    reasons = np.where(
        frame["has_residence"], say("shares.other_residence"), say("shares.no_residence")
    )
    counted = frame.assign(reason=reasons)
    now = counted[counted["edition"] == NOW]
    found = now.groupby("reason", as_index=False)[["count"]].sum()
    found = found[found["count"] > 0].reset_index(drop=True)
    hide_counts(found, ["reason"], counted, records, threshold)
    found = found.assign(area=None, status="excluded")
    return found[["area", "status", "shown", "reason"]]
