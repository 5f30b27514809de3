"""Gather what a report says: the headline, the findings, the tables, and what could not be judged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.graphmodel.terms import label
from medgraph.messages import Problem, language, say
from medgraph.visuals.figure import Figure
from medgraph.visuals.scene import memberships, names, places, short_names, stamps
from medgraph.visuals.tile_map import tile_map
from medgraph.visuals.words import heading, said, state_label, type_label

# query -> rank of its findings, worst first, and which statuses are one (None: every row of its frame).
FAULTS: dict[str, tuple[int, tuple[str, ...] | None]] = {
    "coverage.served": (1, ("gap",)),
    "coverage.multiple": (3, None),
    "coverage.overlaps": (4, None),
    "coverage.stations": (5, ("gap",)),
    "referrals.broken": (6, None),
    "sharing.unsupported": (7, None),
    "coverage.ungrouped": (8, None),
}
_VERDICT_RANK = 5
_ID_COLUMNS = ("group", "groups", "facilities", "source", "target", "lead", "members", "neighbours")


_PLACE_COLUMNS = ("area_code", "districts", "split_districts", "isolated")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, the evidence (cell or clause), what to do; `rank` 1 is worst."""

    rank: int
    place: str
    fault: str
    evidence: str
    action: str
    query: str = ""


@dataclass(frozen=True)
class Table:
    """One table as people read it: headings and rows in the language of the report, and what it rests on."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    lead: str = ""
    notes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()  # the status word of each row, for its colour; empty where rows have none


@dataclass(frozen=True)
class ReportContents:
    """All that a report says, ready to be set as a page or as a workbook."""

    network: MedicalNetwork
    answers: Mapping[str, Any]
    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    stamps: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]  # number, words, and whether it is a `problem`
    headline: str
    accounted: str
    map: Figure
    findings: tuple[Finding, ...]
    needs: tuple[tuple[str, int, str], ...]  # what is missing, how many rows it would decide, some of them
    tables: tuple[Table, ...]
    groups: tuple[Table, ...]
    definitions: Table
    left_out: Table
    made: str = field(default="")


def contents(net: MedicalNetwork, answers: Mapping[str, Any], *, rows_in: int | None = None, loaded: int | None = None,
             left_out: int = 0, left_rows: Sequence[Any] = (), problems: Iterable[Problem] = (),
             source: str = "") -> ReportContents:
    """Gather the report of `net` from answers by the name of their query (`coverage.served`, …).

    `rows_in`, `loaded` and `left_out` account for the rows of `source`; `left_rows` names those left out
    (each with `place` and `reason`), `problems` what reading had to say. The report speaks the language
    of now. Raise ValueError where the rows do not add up.
    """
    if rows_in is not None and loaded is not None and rows_in != loaded + left_out:
        raise ValueError(f"{rows_in} rows in, {loaded} loaded, {left_out} left out")
    answers = {getattr(answer, "query", "") or name: answer for name, answer in answers.items()}
    served = answers.get("coverage.served")
    day = served.as_of if served is not None else net.day()
    found = _findings(net, answers, left_rows, problems)
    lost = (say("report.left_out_stamp", count=left_out),) if left_out else ()
    return ReportContents(
        network=net, answers=answers, lang=language(), title=net.meta.get("title") or say("report.title"),
        facts=_facts(net, day, source), stamps=(*stamps(net), *lost), figures=_figures(served),
        headline=_headline(served), accounted=_accounted(rows_in, loaded, left_out),
        map=tile_map(net, color_by=served.status if served is not None else None, as_of=day, lang=language()),
        findings=found, needs=_needs(answers), tables=tuple(answer_table(net, a) for a in answers.values()),
        groups=tuple(_group_tables(net.as_of(day))), definitions=_definitions(answers),
        left_out=_left_table(left_rows, left_out), made=datetime.date.today().isoformat())


# -- page one ----------------------------------------------------------------------------------


def _facts(net: MedicalNetwork, day: datetime.date, source: str) -> tuple[tuple[str, str], ...]:
    register = " ".join(part for part in (net.meta.get("register"), net.meta.get("edition")) if part)
    source = str(source) or net.meta.get("source", "")
    return (
        (say("report.unit"), net.meta.get("unit") or say("report.unsaid")),
        (say("report.day"), day.isoformat()),
        (say("report.register"), register or say("report.no_register")),
        (say("report.source"), source or say("report.unsaid")),
    )


def _figures(served: Any) -> tuple[tuple[str, str, str], ...]:
    """The numbers of page one, all set in one size: met, missing, unknown, excluded."""
    if served is None:
        return ()
    gaps = _gaps(served)
    share = f"{served.share.met}/{served.share.total}" if served.share else "—"
    return (
        (share, say("report.met"), ""),
        (str(len(gaps)), say("report.missing"), "problem" if len(gaps) else ""),
        (str(len(served.unknown)), say("unknown"), ""),
        (str(len(served.excluded)), say("report.excluded"), ""),
    )


def _gaps(served: Any) -> pd.DataFrame:
    return served.frame[served.frame["status"] == "gap"] if len(served.frame) else served.frame


def _headline(served: Any) -> str:
    if served is None:
        return say("report.not_asked")
    if served.share is None:
        return "；".join(str(note) for note in served.notes[:1]) or say("report.no_share")
    gaps = _gaps(served)
    some = "、".join(gaps["name"].astype(str).head(5)) + ("…" if len(gaps) > 5 else "")
    missing = say("report.headline_missing", names=some) if len(gaps) else say("report.headline_none_missing")
    return say("report.headline", met=served.share.met, total=served.share.total, missing=missing,
               unknown=len(served.unknown), excluded=len(served.excluded))


def _accounted(rows_in: int | None, loaded: int | None, left_out: int) -> str:
    if rows_in is None or loaded is None:
        return ""
    return say("rows_accounted", rows_in=rows_in, loaded=loaded, left_out=left_out)


# -- findings ----------------------------------------------------------------------------------


def _findings(net: MedicalNetwork, answers: Mapping[str, Any], left_rows: Sequence[Any],
              problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Every finding of every answer, rows left out and problems of reading among them, the worst first."""
    found = [Finding(2, row.place, row.reason, row.place, say("report.act.left_out")) for row in left_rows]
    left = {row.place for row in left_rows}
    found += [Finding(2 if p.severity == "error" else 9, p.place, p.message, f"{p.place} {p.code}".strip(), p.advice)
              for p in problems if p.place not in left or p.severity != "error"]
    for query, answer in answers.items():
        found += _faults(net, query, answer)
    return tuple(sorted(found, key=lambda f: f.rank))


def _faults(net: MedicalNetwork, query: str, answer: Any) -> list[Finding]:
    rank, statuses = FAULTS.get(query, (_VERDICT_RANK, ("FAIL",)))
    rows = answer.frame
    if "status" in rows.columns and statuses is not None:
        rows = rows[rows["status"].isin(statuses)]
    elif statuses is not None:
        return []
    made = []
    for row in rows.astype(object).where(rows.notna(), "").to_dict("records"):
        subject = str(row.get(answer.key, ""))
        place = f"{row['name']}（{subject}）" if row.get("name") else subject
        made.append(Finding(rank, place, said("report.fault.", query, _text(row.get("reason"))),
                            _evidence(net, subject, row), said("report.act.", query, _text(row.get("advice"))), query))
    return made


def _evidence(net: MedicalNetwork, subject: str, row: Mapping[str, Any]) -> str:
    """Where a finding stands: the cell or file of its subject and the clause, else the reason of the answer."""
    position = np.array([net.index.position(subject)])
    origin, document, clause = (net.index.take(c, position)[0].as_py() or "" for c in ("origin", "document", "clause"))
    edition = " ".join(net.index.take(c, position)[0].as_py() or "" for c in ("register", "edition")).strip()
    read = Origin.parse(origin)
    cell = read.place if read.sheet or read.file not in (document, edition) else read.cell
    parts: list[str] = []
    for part in (_text(row.get("clause")) or clause, cell, edition, document):
        if part and not any(part in said for said in parts):
            parts.append(part)
    return " · ".join(parts) or _text(row.get("reason"))


def _needs(answers: Mapping[str, Any]) -> tuple[tuple[str, int, str], ...]:
    """What data would decide how many of the rows that could not be judged, the most first."""
    wanted: dict[str, list[str]] = {}
    for answer in answers.values():
        rows = answer.unknown
        for row in rows.astype(object).where(rows.notna(), "").to_dict("records"):
            subject = _text(row.get("name")) or _text(row.get(answer.key))
            wanted.setdefault(_text(row.get("reason")), []).append(subject)
    listed = [(reason, len(who), "、".join(who[:4]) + ("…" if len(who) > 4 else "")) for reason, who in wanted.items()]
    return tuple(sorted(listed, key=lambda need: (-need[1], need[0])))


# -- tables ------------------------------------------------------------------------------------


def answer_table(net: MedicalNetwork, answer: Any) -> Table:
    """Return all rows of an answer, judged, unknown and excluded, as people read them."""
    rows = answer.everything
    words = said("answer.", answer.query, answer.query)
    columns = [c for c in rows.columns if rows[c].notna().any() or c in ("status", "reason")]
    readable = {column: _readable(net, column, rows[column]) for column in columns}
    statuses = tuple(map(_text, rows["status"])) if "status" in rows.columns else ()
    lead = _share(answer.share)
    lead += say("accounted", total=answer.total, judged=answer.judged, unknown=len(answer.unknown),
                excluded=len(answer.excluded))
    return Table(answer.query, words, tuple(map(heading, columns)), tuple(zip(*readable.values(), strict=True)), lead,
                 tuple(map(str, answer.notes)), statuses)


def _share(share: Any) -> str:
    return f"{share.met}/{share.total} {said('share.', share.unit, share.unit)}; " if share else ""


def _readable(net: MedicalNetwork, column: str, values: pd.Series) -> list[Any]:
    """The values of a column as people read them: ids of other nodes with their names, words in their language."""
    lang = language()
    plain = [_plain(value) for value in values]
    if column == "facility_status":
        return [label("status", str(value), lang) for value in plain]
    if column == "status":
        return [state_label(str(value)) for value in plain]
    if column in _PLACE_COLUMNS:
        called = places(net, {code for value in plain for code in str(value).split("|")}, lang)
        return ["、".join(called.get(code, code) for code in str(value).split("|")) for value in plain]
    if column == "type":
        return [type_label(str(value)) for value in plain]
    if column not in _ID_COLUMNS:
        return plain
    ids = sorted({id for value in plain if isinstance(value, str) for id in value.split("|") if id})
    known = [id for id, p in zip(ids, net.index.positions(ids), strict=True) if p >= 0]
    named = {id: f"{name}（{id}）" for id, name in short_names(net, known, lang).items()}
    return ["、".join(named.get(id, id) for id in value.split("|")) if isinstance(value, str) else value
            for value in plain]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value


def _text(value: Any) -> str:
    return str(_plain(value))


def _group_tables(net: MedicalNetwork) -> Iterable[Table]:
    """One table for each group and alliance: its lead, its members, where they are, by which clause."""
    lang, index = language(), net.index
    for alliances in (False, True):
        members = memberships(net, alliances=alliances)
        members["id"] = index.ids.take(members["facility"].to_numpy()).to_pylist()
        ids = {p: index.ids[int(p)].as_py() for p in members["group"].unique()}
        called = names(net, ids.values(), lang)
        for position, part in sorted(members.groupby("group"), key=lambda item: ids[item[0]]):
            yield _group_table(net, called[ids[position]], part.sort_values(["role", "id"]), lang)


def _group_table(net: MedicalNetwork, title: str, part: pd.DataFrame, lang: str) -> Table:
    index, where = net.index, part["facility"].to_numpy()
    full = names(net, part["id"], lang)
    areas = index.take("area", where).to_pylist()
    types = [label("facility_type", word, lang) for word in index.take("type", where).to_pylist()]
    classes = index.is_class[where]
    role = [say("report.class") if is_class else say(f"report.{role}")
            for role, is_class in zip(part["role"], classes, strict=True)]
    clauses = [clause or "" for clause in index.take("clause", where).to_pylist()]
    called = places(net, (area for area in areas if area), lang)
    where_ = [called.get(area, area or "") for area in areas]
    rows = tuple(zip(role, full.values(), part["id"], types, where_, clauses, strict=True))
    headings = tuple(say(f"column.{c}") for c in ("role", "name", "id", "type", "area_name", "clause"))
    counted = say("report.group_lead", members=int((~classes).sum()), classes=int(classes.sum()))
    return Table("group", title, headings, rows, counted)


def _definitions(answers: Mapping[str, Any]) -> Table:
    columns = ("numerator", "denominator", "unit", "register", "source")
    rows = tuple((said("answer.", query, query), *(getattr(answer.definition, c) for c in columns))
                 for query, answer in answers.items())
    return Table("definitions", say("report.definitions"), (say("column.query"), *map(heading, columns)), rows)


def _left_table(left_rows: Sequence[Any], left_out: int) -> Table:
    rows = tuple((row.place, row.reason) for row in left_rows)
    return Table("left_out", say("report.left_out"), (say("column.place"), say("column.reason")), rows,
                 say("report.left_out_lead", count=left_out))
