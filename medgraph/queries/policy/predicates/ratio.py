"""Tests of numbers: a share or rate with its whole, a value over the years, and days of service."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES, View, number
from medgraph.queries.policy.facts.subjects import (
    PATHS,
    Subjects,
    Tested,
    Value,
    as_tested,
    elements,
    finished,
)
from medgraph.queries.policy.predicates.value import _datum, equals, joined, not_stated, predicate
from medgraph.words.say import say

AMOUNT = {"sum", "mean", "count", "links", "having", "postings", "of", "where", "classes"}
_MONTHS = 6


@predicate(numerator=dict, denominator=dict, scale=str, limits=dict, percent=bool)
def ratio(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Compare a number, or a numerator over its denominator times `scale`, with `limits`; exactly.

    An amount is `{sum = "beds", of = …, where = …}`, a `mean`, a `count` of elements that pass a test, or the sum of a
    column over `links` of the lead. What is missing makes a range, and a range decides only where all of it agrees.
    """
    top, shown = amount(view, part["numerator"], subjects)
    parts = [shown]
    below: list[tuple] = [(Fraction(1), Fraction(1))] * len(subjects)
    if "denominator" in part:
        below, shown = amount(view, part["denominator"], subjects)
        parts.append(shown)
    scale = number(part.get("scale", "1"))
    values = {}
    for i, ((low, high), (least, most)) in enumerate(zip(top, below, strict=True)):
        floor = low / most * scale if most else Fraction(0)
        ceiling = high / least * scale if high is not None and least else None
        if most == 0:
            floor, ceiling = Fraction(0), None
        values[i] = Value(floor, ceiling, _text(floor, ceiling, low, least, part))
    found = joined(parts)
    return Tested(
        found.subject,
        found.state,
        found.node,
        found.row,
        found.label,
        found.why,
        found.need,
        found.whole,
        values,
        found.lacking,
    )


def _text(low, high, top, below, part: Mapping[str, Any]) -> str:
    if high is None or low != high:
        return f"≥{plain(low)}" if low else "?"
    whole = f" ({plain(top)}/{plain(below)})" if "denominator" in part else ""
    return (f"{float(low) * 100:.2f}%" if part.get("percent") else plain(low)) + whole


def plain(value: Fraction) -> str:
    """Write a fraction as people do: whole, or up to four decimals."""
    return (
        str(value.numerator)
        if value.denominator == 1
        else f"{float(value):.4f}".rstrip("0").rstrip(".")
    )


def amount(view: View, spec: Mapping[str, Any], subjects: Subjects) -> tuple[list[tuple], Tested]:
    """Return per subject the least and the greatest the amount can be (None: no bound), and what it is made of."""
    if "links" in spec:
        return _of_links(view, spec, subjects)
    if "postings" in spec:
        return _of_postings(view, spec["postings"], subjects)
    which, node, whole = elements(view, spec, subjects)
    if "count" in spec:
        return _of_tests(view, spec, subjects, which, node, whole)
    name = spec.get("sum") or spec["mean"]
    texts = view.column(name).cast(pa.string()).take(pa.array(node)).to_pylist()
    known = [number(t) for t in texts]
    need = _datum(view, node, name, spec)
    shown = as_tested(
        which,
        [UNKNOWN if n is None else YES for n in known],
        len(subjects),
        node=node,
        label=name,
        why=np.array([equals(name, t) for t in texts], object),
        need=need,
        whole=whole,
        lacking=need,
    )
    ranges = []
    for i in range(len(subjects)):
        mine = [known[j] for j in np.flatnonzero(which == i)]
        total = sum((n for n in mine if n is not None), Fraction(0))
        exact = bool(mine) and None not in mine
        if "mean" in spec:
            ranges.append((total / len(mine), total / len(mine)) if exact else (Fraction(0), None))
        else:
            ranges.append((total, total if exact and not view.left_out else None))
    return ranges, shown


def _of_tests(
    view: View, spec, subjects: Subjects, which, node, whole
) -> tuple[list[tuple], Tested]:
    state = view.states(spec["count"], node)
    need = _datum(view, node, next(iter(spec["count"]), "id"), spec)
    shown = as_tested(
        which,
        state,
        len(subjects),
        node=node,
        need=need,
        whole=whole,
        lacking=need,
        why=(say("policy_not_counted"), not_stated(need.partition(".")[2]), say("policy_counted")),
    )
    yes = np.bincount(which[state == YES], minlength=len(subjects))
    maybe = np.bincount(which[state > NO], minlength=len(subjects))
    asked = np.bincount(which, minlength=len(subjects))
    return [
        (Fraction(int(a)), Fraction(int(b)) if n and not view.left_out else None)
        for a, b, n in zip(yes, maybe, asked, strict=True)
    ], shown


def _of_links(
    view: View, spec: Mapping[str, Any], subjects: Subjects
) -> tuple[list[tuple], Tested]:
    """Sum a column over the links of each subject's lead; a link without a number, or to nobody knows whom, is open."""
    relation, name = spec["links"], spec["sum"]
    which, lead, _, _ = view.walk(subjects.positions, PATHS["lead"])
    at, end, row, state = view.walk(lead, [f">{relation}"], classes=True)
    state = np.minimum(state, view.link_states(spec.get("having", {}), row))
    at, end, row, state = at[state > NO], end[state > NO], row[state > NO], state[state > NO]
    known = [
        number(t) if s == YES else None
        for t, s in zip(view.link_column(name, row).to_pylist(), state.tolist(), strict=True)
    ]
    held = finished(view, [f">{relation}"], lead)
    silent = np.flatnonzero(~held)  # leads of whom more links may be missing
    state = [UNKNOWN if n is None else YES for n in known] + [UNKNOWN] * len(silent)
    need = np.array(
        [f"links.{relation}.{name}"] * len(known) + [f"links.{relation}"] * len(silent), object
    )
    shown = as_tested(
        np.r_[which[at], which[silent]],
        state,
        len(subjects),
        node=np.r_[end, lead[silent]],
        row=np.r_[row, np.full(len(silent), -1)],
        label=name,
        need=need,
        why=np.array(
            [say("policy_link_value", what=attribute_title(name))] * len(known)
            + [say("policy_table_open")] * len(silent),
            object,
        ),
        lacking=f"links.{relation}",
    )
    ranges = []
    for i in range(len(subjects)):
        mine = [n for n, s in zip(known, which[at].tolist(), strict=True) if s == i]
        total = sum((n for n in mine if n is not None), Fraction(0))
        mine_held = bool(held[which == i].all()) and bool((which == i).any())
        ranges.append((total, total if mine_held and None not in mine else None))
    return ranges, shown


@predicate(attribute=str, falling=bool, limits=dict, reading=str)
def trend(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Compare a value with the year before (`attribute@2023`): `falling` in every year, or growth within `limits`.

    Growth is relative, or in points (`reading`); where nobody has said which, both must agree.
    """
    which, node, whole = elements(view, part, subjects)
    name = part["attribute"]
    years = sorted(c for c in view.index.table.column_names if c.startswith(f"{name}@"))
    years = [
        c for c in years if c.split("@")[1].isdigit() and int(c.split("@")[1]) <= view.day.year
    ]
    columns = [view.column(c).cast(pa.string()).take(pa.array(node)).to_pylist() for c in years]
    state, why, values = [], [], {}
    for i in range(len(node)):
        series = [
            (c.split("@")[1], n)
            for c, texts in zip(years, columns, strict=True)
            if (n := number(texts[i])) is not None
        ]
        answer, text, grown = _trend(series, part)
        state.append(answer)
        why.append(text)
        if not part.get("falling"):
            values[int(which[i])] = (
                Value(grown, grown, text) if grown is not None else Value(None, None, "?")
            )
    limited = part.get("falling") or "limits" in part
    need = _datum(view, node, f"{name}@{view.day.year}", part)
    needs = np.array(
        [
            need if s == UNKNOWN and len(w.split(" → ")) < 2 else "parameters.reading"
            for s, w in zip(state, why, strict=True)
        ],
        object,
    )
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        label=name,
        why=np.array(why, object),
        need=needs,
        lacking=need,
        whole=whole,
        values=None if limited else values,
    )


def _trend(
    series: list[tuple[str, Fraction]], part: Mapping[str, Any]
) -> tuple[int, str, Fraction | None]:
    text = " → ".join(f"{year}: {plain(n)}" for year, n in series) or say("policy_nothing")
    if len(series) < 2:
        return UNKNOWN, text, None
    (_, before), (_, now) = series[-2:]
    if part.get("falling"):
        falls = all(b < a for (_, a), (_, b) in itertools.pairwise(series))
        return (YES if falls else NO), text, None
    ways = {"relative": now / before - 1 if before else None, "points": now - before}
    reading = part.get("reading")
    grown = ways["relative" if reading in (None, "") else reading]
    limits = part.get("limits", {})
    wanted = [ways[reading]] if reading in ways else list(ways.values())
    answers = {None if w is None else w >= number(limits.get("at_least", "0")) for w in wanted}
    state = UNKNOWN if len(answers) > 1 or None in answers else YES if answers.pop() else NO
    return (state if limits else YES), text, grown


@predicate(
    titles=list,
    role=list,
    months=int,
    all_year=bool,
    from_lead=bool,
    staff_at_least=int,
    sender=bool,
    days_per_week=str,
    from_where=dict,
    to=dict,
)
def posted(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test the staff sent: to each element `all_year` without a gap, or one for `months`, or now; or by it (`sender`).

    The year is the twelve months that end on the day of the audit; a post may be filled by several people in turn.
    A link without a first day, or whose title or role is not stated, is open.
    """
    which, node, whole = elements(view, part, subjects)
    posts = _posts(view, part)
    near = posts["source" if part.get("sender") else "target"]
    order = np.argsort(near, kind="stable")
    low, high = (
        np.searchsorted(near[order], node, "left"),
        np.searchsorted(near[order], node, "right"),
    )
    leads = _lead_pairs(view, subjects) if part.get("from_lead") else None
    held = view.complete("DISPATCHES")
    state, row = np.empty(len(node), np.int8), np.full(len(node), -1)
    nothing = NO if held else UNKNOWN
    for i, (a, b) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        mine = order[a:b]
        if leads is not None and len(mine):
            mine = mine[[(int(which[i]), int(s)) in leads for s in posts["source"][mine]]]
        state[i] = _served(posts, mine, part, view) if len(mine) else nothing
        if state[i] == NO and not held:
            state[i] = UNKNOWN
        row[i] = posts["row"][mine[0]] if len(mine) else -1
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        row=np.where(row < 0, -1, row),
        whole=whole,
        need="links.DISPATCHES",
        lacking=_datum(view, node, "id", part),
        why=(say("policy_not_posted"), say("policy_table_open"), say("policy_posted")),
    )


def _lead_pairs(view: View, subjects: Subjects) -> set[tuple[int, int]]:
    """(subject, its lead): of a group, or of the groups that a facility belongs to."""
    positions = subjects.positions
    facility = np.array([p >= 0 and view.kinds[p] == "Facility" for p in positions], bool)
    pairs: set[tuple[int, int]] = set()
    for mask, path in ((facility, [">MEMBER_OF", "<LEADS"]), (~facility, ["<LEADS"])):
        at, end, _, _ = view.walk(positions[mask], path)
        pairs |= set(zip(np.flatnonzero(mask)[at].tolist(), end.tolist(), strict=True))
    return pairs


def _posts(view: View, part: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Every posting ever recorded that fits, with its days as numbers; ended ones count for the year they served."""
    index = view.whole.index
    links = index.links("DISPATCHES")
    kept_all = len(index) == len(
        view.index
    )  # then positions are the same: they depend on the nodes alone
    here = np.arange(len(index)) if kept_all else view.index.positions(index.ids)
    source, target = here[links.source].astype(np.int64), here[links.target].astype(np.int64)
    edges = view.whole.tables[1]
    rows = pa.array(links.row)

    def column(name: str) -> pa.Array:
        found = (
            edges[name].take(rows)
            if name in edges.column_names
            else pa.nulls(len(rows), pa.string())
        )
        return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found

    state = np.full(len(links), YES, np.int8)
    for name, wanted in (("title", part.get("titles")), ("role", part.get("role"))):
        if wanted:
            fits = pc.is_in(column(name).cast(pa.string()), value_set=pa.array(wanted))
            known = column(name).is_valid().to_numpy(zero_copy_only=False)
            state = np.minimum(
                state,
                np.where(fits.to_numpy(zero_copy_only=False), YES, np.where(known, NO, UNKNOWN)),
            )
    for ends, key in ((source, "from_where"), (target, "to")):
        if key in part:
            state = np.minimum(
                state, np.where(ends >= 0, view.states(part[key], np.maximum(ends, 0)), NO)
            )
    first, last = (
        _days(column(name), default) for name, default in (("valid_from", -1), ("valid_to", 10**7))
    )
    kept = (state > NO) & (source >= 0) & (target >= 0)
    number_of = {
        name: np.array([float(v) if v is not None else np.nan for v in column(name).to_pylist()])[
            kept
        ]
        for name in ("staff", "days_per_week")
    }
    return {
        "source": source[kept],
        "target": target[kept],
        "state": state[kept],
        "first": first[kept],
        "last": last[kept],
        "row": _rows_now(view, links.row)[kept],
        "person": np.array(column("person").to_pylist(), object)[kept],
        **number_of,
    }


def _rows_now(view: View, rows: np.ndarray) -> np.ndarray:
    """Rows of the whole link table; they are the view's own rows where nothing has ended."""
    return rows if len(view.whole.tables[1]) == len(view.net.tables[1]) else np.full(len(rows), -1)


def _days(column: pa.Array, default: int) -> np.ndarray:
    return (
        pc.fill_null(column.cast(pa.date32()).cast(pa.int32()), default).to_numpy().astype(np.int64)
    )


def _served(
    posts: dict[str, np.ndarray], mine: np.ndarray, part: Mapping[str, Any], view: View
) -> int:
    """YES where the certain postings suffice, UNKNOWN where only the open ones would make it so, else NO."""
    sure = mine[(posts["state"][mine] == YES) & (posts["first"][mine] >= 0)]
    if _enough(posts, sure, part, view, possible=False):
        return YES
    return UNKNOWN if _enough(posts, mine, part, view, possible=True) else NO


def _enough(
    posts: dict[str, np.ndarray],
    mine: np.ndarray,
    part: Mapping[str, Any],
    view: View,
    *,
    possible: bool,
) -> bool:
    today = (view.day - datetime.date(1970, 1, 1)).days
    begin = _number(_a_year_before(view.day)) + 1
    first, last = np.maximum(posts["first"][mine], begin), np.minimum(posts["last"][mine], today)
    if part.get("all_year"):
        reached = begin - 1
        for a, b in sorted(zip(first.tolist(), last.tolist(), strict=True)):
            if a > reached + 1:
                return False
            reached = max(reached, b)
        return reached >= today
    if months := part.get("months"):
        return any(
            _lasts(int(a), int(b), months) for a, b in zip(posts["first"][mine], last, strict=True)
        )
    now = mine[(posts["first"][mine] <= today) & (posts["last"][mine] >= today)]
    if wanted := number(part.get("days_per_week")):
        days = posts["days_per_week"][now]
        now = now[np.where(np.isnan(days), possible, days >= float(wanted))]
    return _staff(posts, now, possible=possible) >= part.get("staff_at_least", 1)


def _staff(posts: dict[str, np.ndarray], mine: np.ndarray, *, possible: bool = False) -> float:
    """How many people: distinct pseudonyms, else the stated number, else one a posting (any number, if possible)."""
    people = {p for p in posts["person"][mine] if p is not None}
    rest = (
        posts["staff"][mine][[p is None for p in posts["person"][mine]]]
        if len(mine)
        else np.array([])
    )
    if possible and np.isnan(rest).any():
        return float("inf")
    return len(people) + float(np.where(np.isnan(rest), 1, rest).sum())


def _lasts(first: int, last: int, months: int) -> bool:
    """Do the days `first`..`last` hold `months` whole months? From 2024-03-15 six months end on 2024-09-14."""
    if first < 0:
        return last >= 0
    begin = datetime.date(1970, 1, 1) + datetime.timedelta(days=first)
    months_on = begin.month - 1 + months
    year, month = begin.year + months_on // 12, months_on % 12 + 1
    day = min(
        begin.day,
        (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day,
    )
    return _number(datetime.date(year, month, day)) - 1 <= last


def _number(day: datetime.date) -> int:
    return (day - datetime.date(1970, 1, 1)).days


def _a_year_before(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _of_postings(
    view: View, spec: Mapping[str, Any], subjects: Subjects
) -> tuple[list[tuple], Tested]:
    """Count people posted for six months or more within the calendar year, to facilities inside each subject's area."""
    posts = _posts(view, spec)
    start = _number(datetime.date(view.day.year, 1, 1))
    clipped = np.maximum(posts["first"], start)
    today = _number(view.day)
    long = np.array(
        [
            _lasts(int(a), min(int(b), today), _MONTHS)
            for a, b in zip(clipped, posts["last"], strict=True)
        ],
        bool,
    )
    sure = long & (posts["state"] == YES) & (posts["first"] >= 0)
    which, node, _ = elements(view, {"of": "within", "where": spec["to"]}, subjects)
    complete, ranges, rows = view.complete("DISPATCHES"), [], []
    for i in range(len(subjects)):
        near = np.isin(posts["target"], node[which == i])
        certain = Fraction(int(_staff(posts, np.flatnonzero(near & sure))))
        open_ones = bool((near & long & ~sure).any())
        ranges.append((certain, certain if complete and not open_ones else None))
        rows += [
            (i, YES if sure[j] else UNKNOWN, posts["target"][j], posts["row"][j])
            for j in np.flatnonzero(near & long)
        ]
        if not complete:
            rows.append((i, UNKNOWN, -1, -1))
    columns = list(zip(*rows, strict=True)) or [[], [], [], []]
    return ranges, as_tested(
        columns[0],
        columns[1],
        len(subjects),
        node=columns[2],
        row=columns[3],
        need="links.DISPATCHES",
        lacking="links.DISPATCHES",
        why=("", say("policy_table_open"), say("policy_posted")),
    )
