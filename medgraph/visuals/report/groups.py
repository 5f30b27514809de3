"""Gather a page for each group and alliance: its leads, its members, its areas, its faults."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import compress, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.visuals.headings import state_label, type_label
from medgraph.visuals.node_names import area_names, names_at, short_names_at
from medgraph.visuals.report.audits import NO_VERDICTS, verdicts_by_subject
from medgraph.visuals.report.called import Called, Names
from medgraph.visuals.report.findings import AUDIT, by_subject
from medgraph.visuals.report.tables import ReportTable
from medgraph.words.joining import listed
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.report.findings import Finding

    NamesAt = Callable[[MedicalNetwork, Positions, str], list[str | None]]

_MEMBER_COLUMNS = ("role", "name", "id", "type", "area_name", "clause")
_CELLS = {"met", "missing", "no_data"}


@dataclass(frozen=True)
class GroupPage:
    """What a report says of one group: facts, its members, findings and verdicts about it.

    `stated` is its name as the data has it; `areas` are those that it serves; `subjects` are the
    group, its members and its areas; `verdicts` are on the group itself, `judged` counts those on
    all its subjects. `beds` are those that its named members state, `without_beds` counts members
    that state none; an alliance has none of its own.
    """

    id: str
    title: str
    stated: str
    short: str
    type: str
    leads: tuple[str, ...]
    facilities: int
    areas: int
    judged: Mapping[str, int]
    facts: tuple[tuple[str, str], ...]
    list_members: Callable[[], ReportTable] = field(repr=False, compare=False)
    findings: tuple[Finding, ...]
    verdicts: ReportTable
    subjects: frozenset[str]
    beds: int = 0
    without_beds: int = 0

    @cached_property
    def members(self) -> ReportTable:
        """Its members, a row each, listed when first asked for: not every report shows them."""
        return self.list_members()


@dataclass(frozen=True)
class _Members:
    """Who is in one group: leads first, each by id; placeholders are among them."""

    ids: list[str]
    positions: Positions
    is_lead: Mask
    is_placeholder: Mask

    @classmethod
    def of(cls, day: Day, collective: int) -> _Members:
        positions = day.members_of(collective)
        is_lead = np.isin(positions, day.leads_of(collective))
        ids = np.array(day.ids(positions), dtype=object)
        order = np.lexsort((ids, ~is_lead))
        positions = positions[order]
        return cls(ids[order].tolist(), positions, is_lead[order], day.placeholder[positions])

    def beds(self, stated: Floats) -> tuple[int, int]:
        """The beds that named members state, and how many state none."""
        of_members = stated[self.positions[~self.is_placeholder]]
        return int(np.nansum(of_members)), int(np.isnan(of_members).sum())

    def leads(self, called: NamesAt, net: MedicalNetwork) -> tuple[str, ...]:
        """The leads as they are called, without a name by id."""
        named = called(net, self.positions[self.is_lead], language())
        ids = compress(self.ids, self.is_lead)
        return tuple(name or id for name, id in zip(named, ids, strict=True))

    @property
    def named(self) -> int:
        """How many members are named, and no class of facilities."""
        return len(self.ids) - int(self.is_placeholder.sum())

    def counted(self) -> str:
        """How many named members and how many classes of facilities there are."""
        classes = len(self.ids) - self.named
        return say("report.group_lead", members=self.named, classes=classes)


def group_pages(
    net: MedicalNetwork, answers: Mapping[str, Any], audit: Any, found: Sequence[Finding]
) -> Iterator[GroupPage]:
    """Yield a page for each group that has members, then for each alliance, by their ids."""
    day = Day(net)
    about = by_subject([finding for finding in found if finding.query != AUDIT])
    areas = _areas_by_group(answers.get("coverage.served"))
    with_members = day.mask(day.memberships.collective)
    judged = _verdicts_of(audit)
    shared = _shared(answers)
    called = Called(net)
    beds = np.array(day.index.values("beds").to_pylist(), float)
    verdicts = verdicts_by_subject(audit, set(day.ids(np.flatnonzero(with_members))))
    for kind in (day.group, day.alliance):
        positions = np.flatnonzero(kind.certain & with_members)
        for id, position in sorted(zip(day.ids(positions), positions.tolist(), strict=True)):
            members, served = _Members.of(day, position), areas.get(id, [])
            at = np.array([position])
            name = names_at(net, at, language())[0] or id
            subjects = (id, *members.ids, *served)
            mine = [finding for one in subjects for finding in about.get(one, ())]
            counts = Counter(verdict for one in subjects for verdict in judged.get(one, ()))
            yield GroupPage(
                id,
                name,
                day.index.value("name", position) or "",
                short_names_at(net, at, language())[0] or id,
                type_label(day.index.value("type", position) or ""),
                members.leads(short_names_at, net),
                members.named,
                len(served),
                counts,
                tuple(_facts(day, position, members, served, shared.get(id, ()))),
                partial(_member_table, called, name, members),
                tuple(sorted(mine, key=lambda finding: finding.rank)),
                verdicts.get(id, NO_VERDICTS),
                frozenset(subjects),
                *(members.beds(beds) if kind is day.group else (0, 0)),
            )


def _verdicts_of(audit: Any) -> dict[str, list[str]]:
    """All verdicts on each subject."""
    found: dict[str, list[str]] = {}
    if audit is not None:
        pairs = audit.findings[["subject", "verdict"]].itertuples(index=False, name=None)
        for subject, verdict in pairs:
            found.setdefault(subject, []).append(verdict)
    return found


def _areas_by_group(served: Any) -> dict[str, list[str]]:
    """Which areas each group serves, by the answer of coverage."""
    found: dict[str, list[str]] = {}
    if served is None or "group" not in served.frame.columns:
        return found
    groups = served.frame["group"].fillna("").astype(str)
    for area, ids in zip(served.frame["area"], groups, strict=True):
        for group in filter(None, ids.split("|")):
            found.setdefault(group, []).append(area)
    return found


def _facts(
    day: Day,
    position: int,
    members: _Members,
    areas: Sequence[str],
    shared: Iterable[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    def stated(column: str) -> str:
        return day.index.value(column, position) or ""

    leads = members.leads(names_at, day.net)
    yield say("column.type"), type_label(stated("type"))
    yield say("report.lead"), listed(leads) or say("report.unsaid")
    yield say("report.members"), members.counted()
    if areas:
        yield say("report.areas_served"), str(len(areas))
    yield from shared
    document = " · ".join(filter(None, (stated("document"), stated("clause"))))
    if document:
        yield say("report.relied_on"), document


def _shared(answers: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """How many shared centres and obligations of each group are in which state."""
    found: dict[str, list[tuple[str, str]]] = {}
    centres, matrix = answers.get("sharing.centres"), answers.get("sharing.matrix")
    if centres is not None and len(centres.frame):
        rows = centres.everything
        for group, counts in _counts(rows["group"], rows["status"]).items():
            found.setdefault(group, []).append((say("answer.sharing.centres"), _tally(counts)))
    if matrix is not None and "group" in matrix.frame.columns:
        owed: dict[str, Counter[str]] = {}
        for column in matrix.frame.columns.drop(["group", "status"], errors="ignore"):
            for group, counts in _counts(matrix.frame["group"], matrix.frame[column]).items():
                if counts.keys() & _CELLS:
                    owed.setdefault(group, Counter()).update(counts)
        for group, counts in owed.items():
            found.setdefault(group, []).append((say("answer.sharing.matrix"), _tally(counts)))
    return found


def _counts(groups: pd.Series, words: pd.Series) -> dict[str, Counter[str]]:
    """How often each word stands in the rows of each group."""
    found: dict[str, Counter[str]] = {}
    is_stated = groups.notna() & words.notna()
    for group, word in zip(groups[is_stated].tolist(), words[is_stated].tolist(), strict=True):
        found.setdefault(str(group), Counter())[str(word)] += 1
    return found


def _tally(counts: Counter[str]) -> str:
    return listed(f"{state_label(word)} {count}" for word, count in counts.most_common())


def _member_table(called: Called, title: str, members: _Members) -> ReportTable:
    net, lang = called.net, language()
    index = net.index
    columns = {
        name: index.take(name, members.positions).to_pylist() for name in ("area", "type", "clause")
    }
    areas = area_names(net, filter(None, columns["area"]), lang)
    rows = zip(
        _roles(members),
        [Names((name,)) for name in called.places_at(members.positions)],
        members.ids,
        [label("facility_type", word, lang) for word in columns["type"]],
        [areas.get(area, area or "") for area in columns["area"]],
        [clause or "" for clause in columns["clause"]],
        strict=True,
    )
    headings = tuple(say(f"column.{column}") for column in _MEMBER_COLUMNS)
    return ReportTable(
        "group", title, headings, tuple(rows), members.counted(), columns=_MEMBER_COLUMNS, ids="id"
    )


def _roles(members: _Members) -> list[str]:
    """The role of each member in words: a placeholder is a class, whatever it is in the group."""
    keys = np.where(members.is_lead, "lead", "member")
    keys = np.where(members.is_placeholder, "class", keys)
    words = {key: say(f"report.{key}") for key in set(keys.tolist())}
    return [words[key] for key in keys.tolist()]


def members_table(pages: Sequence[GroupPage], most: int | None = None) -> ReportTable:
    """Return the members of all groups as one table, so that one filter finds them.

    With `most` it has so many rows at the most.
    """
    columns = ("group", *_MEMBER_COLUMNS)
    each = ((page.title, *row) for page in pages for row in page.members.rows)
    rows = tuple(islice(each, most))
    total = sum(len(page.members.rows) for page in pages)
    headings = tuple(say(f"column.{column}") for column in columns)
    return ReportTable(
        "members",
        say("report.groups"),
        headings,
        rows,
        columns=columns,
        left_out=total - len(rows),
    )
