"""Gather a page for each group and alliance: who leads, who is in it, what it reaches, what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals.headings import state_label, type_label
from medgraph.visuals.report.audits import NO_VERDICTS, verdicts_by_subject
from medgraph.visuals.report.findings import Finding
from medgraph.visuals.report.tables import Table, joined
from medgraph.visuals.tiles.tile_scene import memberships, names, places
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label


@dataclass(frozen=True)
class GroupPage:
    """What a report says of one group: facts by name, its members, the findings and verdicts about it."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    members: Table
    findings: tuple[Finding, ...]
    verdicts: Table


def group_pages(
    net: MedicalNetwork, answers: Mapping[str, Any], audit: Any, found: Sequence[Finding]
) -> Iterable[GroupPage]:
    """Yield a page for each group, then for each alliance, in the order of their ids."""
    lang, index = language(), net.index
    by_subject: dict[str, list[Finding]] = {}
    for one in found:
        by_subject.setdefault(one.subject, []).append(one)
    areas = _areas_of(answers.get("coverage.served"))
    groups = set(index.ids.filter(pa.array(index.is_kind("Group"))).to_pylist())
    verdicts = verdicts_by_subject(audit, groups)
    for alliances in (False, True):
        members = memberships(net, alliances=alliances)
        members["id"] = index.ids.take(members["facility"].to_numpy()).to_pylist()
        ids = {p: index.ids[int(p)].as_py() for p in members["group"].unique()}
        called = names(net, ids.values(), lang)
        for position, part in sorted(members.groupby("group"), key=lambda item: ids[item[0]]):
            id, part = ids[position], part.sort_values(["role", "id"])
            table = _members(net, called[id], part, lang)
            mine = [
                f
                for subject in (id, *part["id"], *areas.get(id, ()))
                for f in by_subject.get(subject, ())
            ]
            yield GroupPage(
                id,
                called[id],
                tuple(_facts(net, id, part, areas.get(id, ()), answers, lang)),
                table,
                tuple(sorted(mine, key=lambda f: f.rank)),
                verdicts.get(id, NO_VERDICTS),
            )


def _areas_of(served: Any) -> dict[str, list[str]]:
    """Which areas each group serves, by the answer of coverage."""
    found: dict[str, list[str]] = {}
    if served is not None and "group" in served.frame.columns:
        for area, groups in zip(
            served.frame["area"], served.frame["group"].fillna(""), strict=True
        ):
            for group in filter(None, str(groups).split("|")):
                found.setdefault(group, []).append(area)
    return found


def _facts(
    net: MedicalNetwork,
    id: str,
    part: pd.DataFrame,
    areas: Sequence[str],
    answers: Mapping[str, Any],
    lang: str,
) -> Iterable[tuple[str, str]]:
    index = net.index
    position = index.position(id)
    classes = index.is_class[part["facility"].to_numpy()]
    leads = part[part["role"] == "lead"]["id"]
    yield say("column.type"), type_label(index.values("type")[position].as_py() or "")
    yield say("report.lead"), joined(names(net, leads, lang).values()) or say("report.unsaid")
    yield (
        say("report.members"),
        say("report.group_lead", members=int((~classes).sum()), classes=int(classes.sum())),
    )
    if areas:
        yield say("report.areas_served"), str(len(areas))
    yield from _shared(id, answers)
    document = " · ".join(
        index.values(c)[position].as_py() or "" for c in ("document", "clause")
    ).strip(" ·")
    if document:
        yield say("report.relied_on"), document


def _shared(id: str, answers: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """How the group stands with shared centres and with what its members are owed."""
    centres, matrix = answers.get("sharing.centres"), answers.get("sharing.matrix")
    if centres is not None and len(centres.frame):
        rows = centres.everything
        rows = rows[rows["group"] == id]
        if len(rows):
            yield say("answer.sharing.centres"), _tally(rows["status"])
    if matrix is not None and "group" in matrix.frame.columns:
        rows = matrix.frame[matrix.frame["group"] == id]
        cells = rows[
            [
                c
                for c in rows.columns
                if rows[c].isin(["met", "missing", "no_data"]).any() and c != "status"
            ]
        ]
        if cells.size:
            yield say("answer.sharing.matrix"), _tally(cells.stack())


def _tally(values: pd.Series) -> str:
    return joined(
        f"{state_label(str(word))} {count}" for word, count in values.value_counts().items()
    )


def _members(net: MedicalNetwork, title: str, part: pd.DataFrame, lang: str) -> Table:
    index, where = net.index, part["facility"].to_numpy()
    full = names(net, part["id"], lang)
    areas = index.take("area", where).to_pylist()
    types = [label("facility_type", word, lang) for word in index.take("type", where).to_pylist()]
    classes = index.is_class[where]
    role = [
        say("report.class") if is_class else say(f"report.{role}")
        for role, is_class in zip(part["role"], classes, strict=True)
    ]
    clauses = [clause or "" for clause in index.take("clause", where).to_pylist()]
    called = places(net, (area for area in areas if area), lang)
    where_ = [called.get(area, area or "") for area in areas]
    rows = tuple(zip(role, full.values(), part["id"], types, where_, clauses, strict=True))
    columns = ("role", "name", "id", "type", "area_name", "clause")
    counted = say("report.group_lead", members=int((~classes).sum()), classes=int(np.sum(classes)))
    return Table(
        "group", title, tuple(say(f"column.{c}") for c in columns), rows, counted, columns=columns
    )


def members_table(pages: Sequence[GroupPage]) -> Table:
    """Return the members of all groups as one table, so that one filter finds them."""
    columns = ("group", "role", "name", "id", "type", "area_name", "clause")
    rows = tuple((page.title, *row) for page in pages for row in page.members.rows)
    return Table(
        "members",
        say("report.groups"),
        tuple(say(f"column.{c}") for c in columns),
        rows,
        columns=columns,
    )
