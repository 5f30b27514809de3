"""Propose the township of facilities of which a list states none, by their names and addresses.

A proposal is a question with how likely it is, and is never taken by itself: the township in a name
may be another's namesake, or one that was merged long ago.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel import codes, register
from medgraph.graphmodel.canonical import as_table, unpacked
from medgraph.graphmodel.decisions import DIFFERENT, SAME
from medgraph.graphmodel.name_forms import normal
from medgraph.graphmodel.name_parts import parts_of
from medgraph.graphmodel.schema import EXPANDED
from medgraph.queries.answers import answer, define, frame_of, on_day
from medgraph.queries.reconcile.weighing import competing
from medgraph.words import name_comparing as words
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from medgraph.graphmodel.day import Day
    from medgraph.graphmodel.decisions import Decision
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

    Row = dict[str, Any]

# How likely each sign is for the township of a facility, and for any other township: m and u.
_SIGNS = {
    "called": (0.70, 0.0010),  # it is called as the township is, kind of place included
    "named": (0.60, 0.0040),  # it is called so, the kind of place left out or another
    "address": (0.85, 0.0010),  # its address says the township, kind of place included
    "mentioned": (0.60, 0.0200),  # its address or name mentions what the township is called
    "county": (0.97, 0.1500),  # it states the county, or names it
    "elsewhere": (0.03, 0.8500),  # it states another county, or names one
}
_OF_TOWNSHIPS = frozenset(("called", "named", "address", "mentioned"))
_ASKED, _OTHERS_SHOWN = 0.05, 3
_LONGEST = 6  # signs of what a township is called
COLUMNS = (
    *("facility", "name", "area", "area_name", "status", "confidence", "reason", "others"),
    *("decision", "by", "date", "note"),
)


class _Township(NamedTuple):
    id: str
    name: str
    stem: str
    county: str
    county_name: str


def places(
    net: MedicalNetwork,
    *,
    decisions: Iterable[Decision] = (),
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Propose a township for each facility that states none.

    Asked about are facilities without an area, and township and community health centres and
    stations of which no more than the county is stated.

    Parameters
    ----------
    net
        The network, with its townships.
    decisions
        What was decided: `source` is a facility, `target` a township, same or different.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per facility: `facility`, `name`, `area` and `area_name` (what is proposed),
        `confidence`, `reason`, `others`. What is decided is judged; what is not is unknown, with
        its proposal, or without one; without townships none has one, and a note says so.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> area = {"id": "331003102000", "kind": "Area", "name": "宁溪镇"}
    >>> centre = {"id": "F1", "kind": "Facility", "name": "宁溪镇中心卫生院"}
    >>> net = mg.MedicalNetwork.from_frames(pd.DataFrame([area, centre]))
    >>> mg.reconcile.places(net).unknown[["facility", "area", "status"]].values.tolist()
    [['F1', '331003102000', 'ask']]
    """
    day = on_day(net, as_of)
    townships = _townships(day)
    decided = _Decided(decisions)
    rows = list(_proposed(_asked(day), townships, decided))
    judged = [row for row in rows if row["status"] == SAME]
    asked = [row for row in rows if row["status"] != SAME]
    return answer(
        day,
        "reconcile.places",
        define(day, "reconcile.placed", "reconcile.placeless", "facilities"),
        frame_of(judged, COLUMNS),
        judged=len(judged),
        met=len(judged),
        unknown=frame_of(asked, COLUMNS),
        notes=() if townships else (say("reconcile.no_townships"),),
    )


def placed(
    net: MedicalNetwork,
    *,
    decisions: Iterable[Decision],
    as_of: datetime.date | str | None = None,
) -> MedicalNetwork:
    """Return the network with the townships that were decided.

    A township or community health centre that is not said to serve any area serves its township:
    such a link is drawn from the decision, not stated (`basis`: expanded).

    Parameters
    ----------
    net
        The network.
    decisions
        What was decided.
    as_of
        The day asked about; default: the data day.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> area = {"id": "331003102000", "kind": "Area", "name": "宁溪镇"}
    >>> centre = {"id": "F1", "kind": "Facility", "name": "宁溪镇中心卫生院"}
    >>> net = mg.MedicalNetwork.from_frames(pd.DataFrame([area, centre]))
    >>> decided = [mg.decisions.Decision("F1", "331003102000", "same")]
    >>> mg.reconcile.placed(net, decisions=decided).nodes("Facility").loc["F1", "area"]
    '331003102000'
    """
    day = on_day(net, as_of)
    found = places(net, decisions=decisions, as_of=as_of).frame
    area_of = dict(zip(found["facility"], found["area"], strict=True)) if len(found) else {}
    where = {one.source: one.place for one in decisions}
    rows = unpacked(net.packed_tables[0]).to_pylist()
    for row in rows:
        row["area"] = area_of.get(row["id"], row.get("area"))
    links = unpacked(net.packed_tables[1]).to_pylist()
    for id in _serving_nothing(day, area_of):
        drawn = {"basis": EXPANDED, "note": say("reconcile.drawn"), "origin": where.get(id) or None}
        links.append({"source": id, "relation": "SERVES", "target": area_of[id], **drawn})
    tables = as_table(rows), as_table(links, ("source", "relation", "target"))
    return type(net).from_frames(*tables, dict(net.meta))


def _serving_nothing(day: Day, area_of: dict[str, str]) -> list[str]:
    """Of these the centres that no link says to serve an area."""
    serving = set(day.ids(np.unique(day.services[0])))
    centres = set(day.ids(np.flatnonzero(day.primary.certain)))
    return [id for id in area_of if id in centres and id not in serving]


# -- who is asked about, and what there is -------------------------------------------------------


def _townships(day: Day) -> list[_Township]:
    areas, unsure = day.areas("township")
    surely = areas[~unsure]
    ids, names = day.ids(surely), day.names(surely)
    counties = {codes.county(codes.padded(id)) for id in ids} - {""}
    known = register.names(counties)
    every = dict(zip(day.ids(np.arange(len(day))), day.names(np.arange(len(day))), strict=True))
    found = []
    for id, name in zip(ids, names, strict=True):
        county = codes.county(codes.padded(id))
        called = every.get(codes.padded(county)) or known.get(county, "")
        found.append(_Township(id, normal(name), parts_of(name).stem, county, normal(called)))
    return found


def _asked(day: Day) -> list[Row]:
    """The facilities without an area, and centres and stations of which the county is all."""
    kept = np.empty(len(day.index), bool)
    kept[day.index.order] = day.facility.certain
    near = np.empty(len(day.index), bool)
    near[day.index.order] = day.primary.possible | day.station.possible
    table = day.net.tables[0]
    wanted = ("id", "name", "area", *words.ADDRESS_COLUMNS)
    rows = table.select([name for name in wanted if name in table.column_names])
    found = []
    for row, is_near in zip(
        rows.filter(pa.array(kept)).to_pylist(), near[kept].tolist(), strict=True
    ):
        area = codes.padded(row.get("area") or "")
        is_county = is_near and bool(codes.county(area)) and not area[6:].strip("0")
        if not area or is_county:
            found.append(row)
    return found


class _Decided:
    """What was decided, by facility."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.same: dict[str, Decision] = {}
        self.different: set[tuple[str, str]] = set()
        for one in decisions:
            if one.decision == SAME:
                self.same[one.source] = one
            elif one.decision == DIFFERENT:
                self.different.add((one.source, one.target))

    def township(self, id: str, townships: list[_Township]) -> tuple[_Township, Decision] | None:
        """Where a facility was decided to be: what somebody wrote beside it, else as proposed."""
        one = self.same.get(id)
        if one is None:
            return None
        meant = one.partner or one.target
        found = [t for t in townships if meant in (t.id, t.name) or normal(meant) == t.name]
        if len(found) != 1:
            raise OptionError(say("reconcile.which_township", place=one.place, value=meant))
        return found[0], one


# -- what is proposed ----------------------------------------------------------------------------


def _proposed(
    rows: list[Row], townships: list[_Township], decided: _Decided
) -> Iterator[dict[str, Any]]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for at, township in enumerate(townships):
        for text in {township.name, township.stem} - {""}:
            by_name[text].append(at)
    for row in rows:
        settled = decided.township(row["id"], townships)
        yield _told(row, settled) if settled else _guessed(row, townships, by_name, decided)


def _told(row: Row, settled: tuple[_Township, Decision]) -> Row:
    township, one = settled
    stated = [text for text in (one.by, one.date) if text]
    reason = say("reconcile.decided_by" if stated else "reconcile.decided", by=" ".join(stated))
    beside = {name: getattr(one, name) for name in ("decision", "by", "date", "note")}
    return _row(row, township, SAME, 1.0, reason, "", **beside)


def _guessed(
    row: Row, townships: list[_Township], by_name: dict[str, list[int]], decided: _Decided
) -> Row:
    """The likeliest township, with who else it might be."""
    name, address = normal(row["name"]), normal(_address(row))
    near = sorted({at for text in _within(name + " " + address) for at in by_name.get(text, ())})
    near = [at for at in near if (row["id"], townships[at].id) not in decided.different]
    of_each = {at: _signs(row, name, address, townships[at]) for at in near}
    near = [at for at in near if not _OF_TOWNSHIPS.isdisjoint(of_each[at])]
    signs = [of_each[at] for at in near]
    prior = np.log(1 / max(len(townships), 1))
    odds = np.array([prior + sum(_weight(sign) for sign in found) for found in signs])
    pairs = np.zeros(len(near), int), np.arange(len(near))
    chance = competing(pairs, odds, (1, max(len(near), 1)))
    ranked = [at for at in np.argsort(-chance, kind="stable") if chance[at] >= _ASKED]
    if not ranked:
        return _row(row, None, "ask", 0.0, say("reconcile.no_place"), "")
    best = ranked[0]
    others = say("list_comma").join(
        say(
            "reconcile.other",
            name=townships[near[at]].name,
            id=townships[near[at]].id,
            chance=f"{100 * chance[at]:.0f}%",
        )
        for at in ranked[1 : _OTHERS_SHOWN + 1]
    )
    reason = say("reconcile.and").join(say(f"reconcile.sign.{sign}") for sign in signs[best])
    return _row(row, townships[near[best]], "ask", float(chance[best]), reason, others)


def _weight(sign: str) -> float:
    same, other = _SIGNS[sign]
    return float(np.log(same / other))


def _signs(row: Row, name: str, address: str, township: _Township) -> list[str]:
    """What speaks for a township, and against it."""
    found = []
    parts = parts_of(row["name"])
    # 路桥区中医院 is called as its district is, not as 路桥街道 there
    is_of_county = parts.stem == words.AREA_END.sub("", township.county_name)
    if parts.stem == township.stem and township.name in name:
        found.append("called")
    elif parts.stem == township.stem and not is_of_county:
        found.append("named")
    beyond = [text.replace(township.county_name, " ") for text in (name, address)]
    if township.name in address:
        found.append("address")
    elif township.stem in beyond[1] or (not found and township.stem in beyond[0]):
        found.append("mentioned")
    stated = codes.county(codes.padded(row.get("area") or ""))
    if stated:
        found.append("county" if stated == township.county else "elsewhere")
    elif township.county_name:
        if township.county_name in name + address:
            found.append("county")
        elif parts.county and not words.ZONE_END.search(parts.county):
            found.append("elsewhere")
    return found


def _within(text: str) -> Iterator[str]:
    """Every piece of a text that may be what a township is called."""
    for length in range(1, _LONGEST + 3):
        for at in range(len(text) - length + 1):
            yield text[at : at + length]


def _address(row: Row) -> str:
    return next((str(row[name]) for name in words.ADDRESS_COLUMNS if row.get(name)), "")


def _row(
    row: Row,
    township: _Township | None,
    status: str,
    confidence: float,
    reason: str,
    others: str,
    **beside: str,
) -> Row:
    stated = {
        "facility": row["id"],
        "name": row["name"],
        "area": township.id if township else "",
        "area_name": township.name if township else "",
        "status": status,
        "confidence": round(confidence, 3),
        "reason": reason,
        "others": others,
    }
    return {**dict.fromkeys(COLUMNS, ""), **stated, **beside}
