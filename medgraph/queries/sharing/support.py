"""Who supports whom: shared centres, the obligation matrix, exchange, recognition, and who gets nobody."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.day import Day, chosen
from medgraph.graphmodel.index import Links
from medgraph.queries.answers import (
    answer,
    define,
    frame_of,
    groups_left_out,
    left_out,
    split_by_status,
)
from medgraph.queries.results import Answer
from medgraph.queries.sharing import obligations as duty
from medgraph.queries.sharing.exchange import balance, exchange
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

__all__ = ["balance", "cells", "centres", "exchange", "matrix", "recognition", "unsupported"]

FIVE = ("laboratory", "imaging", "ecg", "pathology", "sterile_supply")
SUPPORT = ("DISPATCHES", "SINKS_SLOTS", "SINKS_BEDS", "USES_CENTRE", "TELEMEDICINE")


# -- centres -----------------------------------------------------------------------------------


def centres(
    net: MedicalNetwork, *, kind: str | None = None, as_of: datetime.date | str | None = None
) -> Answer:
    """Say for every group and kind of shared centre who hosts it and which members use it.

    The five kinds of the plans (laboratory, imaging, ECG, pathology, sterile supply) are asked of every
    group, and any other kind that the data names. A centre belongs to the group of its host.

    Parameters
    ----------
    net
        The network.
    kind
        One kind of centre (`imaging`, ...); without it, all.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per group and kind: `group`, `name`, `kind`, `centre`, `host`, `using` of `members` (named
        members at work above village level, the host included), `townships_using` of `townships`,
        `stations_using` of `stations` (village level), `use` by members (all, some, none, no_data), `without` (members
        known not to use it), `not_stated` (how many members nothing is said of), `status` (hosted, missing),
        `reason`. The share is that of kinds hosted. A kind without a centre is missing
        where HOSTS_CENTRE is declared complete, else unknown.
    """
    day = Day(net, as_of)
    hosts = day.links("HOSTS_CENTRE")
    hosts = chosen(hosts, day.at_work.certain[hosts.source])
    types = np.array(
        [t or "other" for t in day.index.take("type", hosts.target).to_pylist()], object
    )
    kinds = (kind,) if kind else tuple(dict.fromkeys((*FIVE, *sorted(set(types.tolist())))))
    hosted: dict[tuple[int, str], list[int]] = {}
    for i, (host, type_) in enumerate(zip(hosts.source.tolist(), types.tolist(), strict=True)):
        hosted.setdefault((host, type_), []).append(i)
    rows = [
        row
        for g in np.flatnonzero(day.group.certain).tolist()
        for row in _centres_of(day, g, kinds, hosts, hosted)
    ]
    frame = frame_of(rows, _CENTRE_COLUMNS)[list(_CENTRE_COLUMNS)]
    frame["group"] = day.ids(frame["group"].to_numpy(np.int64))
    judged, unknown = split_by_status(frame)
    definition = define(day, "centres_numerator", "centres_denominator", "centres")
    return answer(
        day,
        "sharing.centres",
        definition,
        judged,
        judged=len(judged),
        met=(judged["status"] == "hosted").sum(),
        unknown=unknown,
        excluded=groups_left_out(day),
    )


_CENTRE_COLUMNS = (
    "group",
    "name",
    "kind",
    "centre",
    "host",
    "using",
    "members",
    "townships_using",
    "townships",
    "stations_using",
    "stations",
    "use",
    "without",
    "not_stated",
    "status",
    "reason",
)


def _centres_of(
    day: Day,
    group: int,
    kinds: tuple[str, ...],
    hosts: Links,
    hosted: dict[tuple[int, str], list[int]],
) -> list[dict]:
    """The rows of one group: one for each kind."""
    inside = day.members_of(group)
    inside = inside[day.working.certain[inside]]
    station = day.station.certain[inside]
    members, stations = inside[~station].tolist(), set(inside[station].tolist())
    townships = set(inside[day.primary.certain[inside]].tolist())
    complete = (
        all(day.declared("USES_CENTRE", for_=(group,))),
        all(day.declared("HOSTS_CENTRE", for_=(group,))),
    )
    found = []
    for kind in kinds:
        rows = [row for member in inside.tolist() for row in hosted.get((member, kind), ())]
        host, centre = (
            sorted(set(hosts.source[rows].tolist())),
            sorted(set(hosts.target[rows].tolist())),
        )
        users = set(host).union(*(day.sources_of("USES_CENTRE", c).tolist() for c in centre))
        using = [m for m in members if m in users]
        rest = [m for m in members if m not in users]
        row = {
            "group": group,
            "name": day.joined([group]),
            "kind": kind,
            "centre": day.joined(centre),
            "host": day.joined(host),
            "using": len(using),
            "members": len(members),
            "townships_using": len(townships & users),
            "townships": len(townships),
            "stations_using": len(stations & users),
            "stations": len(stations),
        }
        found.append(
            row
            | _use(using, rest, host, *complete)
            | {
                "without": day.joined(rest if complete[0] and centre else ()),
                "not_stated": 0 if complete[0] else len(rest),
            }
        )
    return found


def _use(
    using: list[int], rest: list[int], host: list[int], uses_complete: bool, hosts_complete: bool
) -> dict:
    """How the members use the centres of one kind: no_data where nothing is said of anybody but the host."""
    if not host:
        return {
            "use": "none" if hosts_complete else "no_data",
            "status": "missing" if hosts_complete else "unknown",
            "reason": say("centre_missing" if hosts_complete else "centre_not_stated"),
        }
    stated = uses_complete or any(member not in host for member in using)
    use = "all" if not rest else "no_data" if not stated else "some" if using else "none"
    return {
        "use": use,
        "status": "hosted",
        "reason": say("centre_use_not_stated") if use == "no_data" else "",
    }


# -- the obligation matrix ---------------------------------------------------------------------


def matrix(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the obligation matrix: a row per township or community centre, a column per required link.

    A cell is `met`; `expired`, `not_yet_valid`, `closed_unit` (the other end is not at work) or `broken` (the
    chain stops, `cells` says where); `missing` (none, and the relation is declared complete); or `no_data`.
    A link stands behind one cell only; a membership also carries what the whole group has (team, recognition).

    Parameters
    ----------
    net
        The network.
    obligations
        Columns wanted: lead, laboratory, imaging, ecg, pathology, sterile_supply, pharmacy, up_referral,
        down_referral, physician, team, telemedicine, recognition, stations; none: all.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        The rows of the matrix: `facility`, `name`, `group`, the columns asked for, `met` (how many), `status`
        (met, failed, no_data), `records` (obligation=id of the link behind it). What is accounted for are the
        cells: total = centres × columns; `unknown` names every cell without data. The share is that of cells
        met among cells judged.
    """
    day = Day(net, as_of)
    wanted = duty.named(obligations)
    subjects, columns = _columns(day, wanted)
    states = np.array([c.state for c in columns.values()]).reshape(len(wanted), len(subjects))
    words = np.array(duty.CELLS, object)
    met = (states == duty.MET).sum(axis=0)
    failed = ((states != duty.MET) & (states != duty.UNSURE)).any(axis=0)
    frame = frame_of(
        {
            "facility": day.ids(subjects),
            "name": day.names(subjects),
            "group": _group_ids(day, subjects),
            **{name: words[column.state] for name, column in columns.items()},
            "met": met,
            "status": np.where(failed, "failed", np.where(met == len(wanted), "met", "no_data")),
            "records": _records(day, columns),
        }
    )
    judged, unknown, excluded = _accounted(day, subjects, columns)
    return answer(
        day,
        "sharing.matrix",
        define(day, "matrix_numerator", "matrix_denominator", "cells"),
        frame,
        judged=len(judged),
        met=(judged["status"] == "met").sum(),
        unknown=unknown,
        excluded=excluded,
    )


def cells(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the obligation matrix cell by cell, with the record behind each.

    As `matrix`, one row per cell: `facility`, `name`, `obligation`, `status`, `reason`, `at` (where it breaks),
    `record` (id of the link), `clause`, `origin`. Cells without data are in `unknown`.
    """
    day = Day(net, as_of)
    subjects, columns = _columns(day, duty.named(obligations))
    judged, unknown, excluded = _accounted(day, subjects, columns)
    return answer(
        day,
        "sharing.cells",
        define(day, "matrix_numerator", "matrix_denominator", "cells"),
        judged,
        judged=len(judged),
        met=(judged["status"] == "met").sum(),
        unknown=unknown,
        excluded=excluded,
    )


def _columns(day: Day, wanted: tuple[str, ...]) -> tuple[np.ndarray, dict[str, duty.Cells]]:
    subjects = np.flatnonzero(day.primary.certain & day.working.certain)
    return subjects, {name: duty.cells(day, name, subjects) for name in wanted}


def _accounted(
    day: Day, subjects: np.ndarray, columns: dict[str, duty.Cells]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Cells judged, cells without data, and the cells of centres that are none or not at work."""
    import pandas as pd

    words = np.array(duty.CELLS, object)
    ids, names = day.ids(subjects), day.names(subjects)
    parts = [
        frame_of(
            {
                "facility": ids,
                "name": names,
                "obligation": name,
                "status": words[column.state],
                "reason": duty.reasons(day, name, column),
                "at": day.ids(column.at),
                "record": day.link_ids(column.row),
                "clause": day.link_column("clause", column.row),
                "origin": day.link_column("origin", column.row),
            }
        )
        for name, column in columns.items()
    ]
    judged, unknown = split_by_status(pd.concat(parts, ignore_index=True), "no_data")
    left = left_out(day, day.primary.certain)
    excluded = pd.concat([left.assign(obligation=name) for name in columns], ignore_index=True)
    return judged, unknown, excluded


def _records(day: Day, columns: dict[str, duty.Cells]) -> list[str]:
    """For each subject, the obligations with the ids of the links behind them, as one text."""
    parts = [
        [f"{name}={id}" if id else "" for id in day.link_ids(column.row)]
        for name, column in columns.items()
    ]
    return ["; ".join(filter(None, row)) for row in zip(*parts, strict=True)]


def _group_ids(day: Day, positions: np.ndarray) -> list[str]:
    """The ids of the groups; several are given as text with `|`."""
    groups = day.group_of[positions]
    found = day.ids(np.where(groups >= 0, groups, -1))
    for i in np.flatnonzero(groups < -1).tolist():
        facility, collective, _ = day.memberships
        mine = collective[(facility == positions[i]) & day.group.certain[collective]]
        found[i] = "|".join(day.ids(np.unique(mine)))
    return [id or "" for id in found]


# -- who gets nobody ---------------------------------------------------------------------------


def unsupported(
    net: MedicalNetwork, *, primary_only: bool = False, as_of: datetime.date | str | None = None
) -> Answer:
    """Name the facilities that nobody sends staff, slots, beds or services to.

    Support is a link that holds on the day, from another facility at work: DISPATCHES, SINKS_SLOTS, SINKS_BEDS,
    a shared centre hosted elsewhere, TELEMEDICINE. Asked are the named facilities at work that lead no group.

    Parameters
    ----------
    net
        The network.
    primary_only
        Ask of township and community centres alone.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        Rows of those without support: `facility`, `name`, `type`, `group`, `status`, `reason`. The share is that of
        facilities with support. Nothing found is a finding only where the five relations are declared
        complete, and nothing is sunk to the whole group; else the facility is unknown.
    """
    day = Day(net, as_of)
    asked = day.primary.certain if primary_only else day.index.is_kind("Facility") & ~_leading(day)
    asked = asked & (day.primary.certain | ~day.station.certain)
    subjects = np.flatnonzero(asked & day.working.certain)
    kinds = _supported(day)
    supported = kinds[subjects]
    reason = _why_silent(day, subjects)
    status = np.where(
        supported, "supported", np.where(np.array(reason, object) == "", "unsupported", "unknown")
    )
    reason = [
        "" if s else r or say("support_none")
        for s, r in zip(supported.tolist(), reason, strict=True)
    ]
    rows = frame_of(
        {
            "facility": day.ids(subjects),
            "name": day.names(subjects),
            "type": day.index.take("type", subjects).to_pylist(),
            "group": _group_ids(day, subjects),
            "status": status,
            "reason": reason,
        }
    )
    judged, unknown = split_by_status(rows)
    frame, _ = split_by_status(judged, "supported")
    definition = define(day, "unsupported_numerator", "unsupported_denominator", "facilities")
    return answer(
        day,
        "sharing.unsupported",
        definition,
        frame,
        judged=len(judged),
        met=supported.sum(),
        unknown=unknown,
        excluded=left_out(day, asked),
    )


def _leading(day: Day) -> np.ndarray:
    facility, collective, lead = day.memberships
    found = np.zeros(len(day.index), bool)
    found[facility[lead & day.group.certain[collective]]] = True
    return found


def _supported(day: Day) -> np.ndarray:
    """A mask over positions: nodes that some other facility at work supports by a link of the day."""
    found = np.zeros(len(day.index), bool)
    for relation in ("DISPATCHES", "SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO"):
        links = day.links(relation)
        found[links.target[day.working.certain[links.source] & (links.source != links.target)]] = (
            True
        )
    lines = day.links("TELEMEDICINE")
    for here, there in ((lines.source, lines.target), (lines.target, lines.source)):
        found[here[day.working.certain[there]]] = True
    users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
    hosted = np.zeros(len(day.index), bool)
    hosted[hosts.target[day.working.certain[hosts.source]]] = True
    found[users.source[hosted[users.target]]] = True
    return found & day.facility.certain


def _why_silent(day: Day, subjects: np.ndarray) -> list[str]:
    """Why nothing found is no finding, for each subject; an empty text where it is one."""
    general = np.zeros(len(day.index), bool)
    for relation in ("SINKS_SLOTS", "SINKS_BEDS", "SINKS_RESOURCES_TO"):
        general[day.links(relation).target] = True
    groups = day.group_of[subjects]
    to_group = (groups >= 0) & general[groups]
    partial = {r: ~day.declared(r, for_=subjects) for r in SUPPORT}
    said = []
    for i, group_wide in enumerate(to_group.tolist()):
        silent = [relation for relation, mask in partial.items() if mask[i]]
        text = say("support_not_complete", relations=", ".join(silent)) if silent else ""
        said.append(say("support_to_group") if group_wide and not text else text)
    return said


# -- recognition -------------------------------------------------------------------------------


def recognition(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say where results are recognised: inside every group, and between the groups of one prefecture.

    A link between two groups stands for both directions. Inside a group, a link from the group to itself
    stands for all pairs of its members; without one, the pairs of members are counted.

    Parameters
    ----------
    net
        The network.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per pair: `group`, `name`, `other`, `other_name`, `scope` (inside, between), `items` (the least stated
        number; empty: not stated), `pairs` of `pairs_possible` (members, inside), `status` (recognised, missing),
        `reason`, `clause`. A missing pair is unknown unless RECOGNISES_RESULTS is declared complete.
    """
    day = Day(net, as_of)
    links = day.links("RECOGNISES_RESULTS")
    items = day.values("RECOGNISES_RESULTS", "items").to_pylist()
    pairs: dict[tuple[int, int], list[int]] = {}
    for i, (a, b) in enumerate(zip(links.source.tolist(), links.target.tolist(), strict=True)):
        pairs.setdefault((min(a, b), max(a, b)), []).append(i)
    rows = [_recognised(day, a, b, pairs, items, links.row) for a, b in _group_pairs(day)]
    judged, unknown = split_by_status(frame_of(rows, ("group", "name", "status", "reason")))
    return answer(
        day,
        "sharing.recognition",
        define(day, "recognition_numerator", "recognition_denominator", "pairs"),
        judged,
        judged=len(judged),
        met=(judged["status"] == "recognised").sum(),
        unknown=unknown,
        excluded=groups_left_out(day),
    )


def _group_pairs(day: Day) -> list[tuple[int, int]]:
    """Every group with itself, and with the other groups of its prefecture (of no known place: together)."""
    facility, collective, _ = day.memberships
    place: dict[int, int] = {}
    for f, g in zip(facility.tolist(), collective.tolist(), strict=True):
        code = int(day.county[f]) // 100
        place[g] = min(filter(None, (place.get(g, 0), code)), default=0)
    groups = np.flatnonzero(day.group.certain).tolist()
    by_place: dict[int, list[int]] = {}
    for g in groups:
        by_place.setdefault(place.get(g, 0), []).append(g)
    between = [
        (a, b) for same in by_place.values() for i, a in enumerate(same) for b in same[i + 1 :]
    ]
    return [(g, g) for g in groups] + sorted(between)


def _recognised(day: Day, a: int, b: int, pairs: dict, items: list, rows: np.ndarray) -> dict:
    """The row of one pair of groups, or of one group with itself."""
    found = pairs.get((a, b), [])
    numbers = [items[i] for i in found if items[i] is not None]
    counted = (None, None)
    met = bool(found)
    if a == b:
        members = day.members_of(a)
        members = members[day.working.certain[members]].tolist()
        possible = len(members) * (len(members) - 1) // 2
        have = sum((x, y) in pairs for i, x in enumerate(members) for y in members[i + 1 :])
        met = met or (possible > 0 and have == possible)
        counted = (possible, possible) if found else (have, possible)
    complete = all(day.declared("RECOGNISES_RESULTS", for_=(a, b)))
    status = "recognised" if met else "missing" if complete else "unknown"
    clause = day.link_column("clause", rows[found[:1]]) if found else [None]
    names = day.names([a, b])
    return {
        "group": day.ids([a])[0],
        "name": names[0],
        "other": day.ids([b])[0],
        "other_name": names[1],
        "scope": "inside" if a == b else "between",
        "items": min(numbers) if numbers else None,
        "pairs": counted[0],
        "pairs_possible": counted[1],
        "status": status,
        "reason": {
            "recognised": "" if numbers else say("items_not_stated"),
            "missing": say("recognition_missing"),
            "unknown": say("recognition_not_stated"),
        }[status],
        "clause": clause[0],
    }
