"""Tests of scores, grades and codes that a county or zone reports of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.queries.policy import scoring
from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES, View, number
from medgraph.queries.policy.facts.subjects import Subjects, Tested, as_tested, elements
from medgraph.queries.policy.predicates.value import equals, not_stated, predicate
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label


def _items(view: View, prefix: str, positions: np.ndarray) -> dict[str, list[str | None]]:
    """Columns that begin with `prefix`, without it, and their texts at these positions."""
    return {
        name[len(prefix) :]: view.column(name)
        .cast(pa.string())
        .take(pa.array(positions))
        .to_pylist()
        for name in view.index.table.column_names
        if name.startswith(prefix)
    }


@predicate(prefix=str, condition=str, indicators=int, dimensions=int, decision=str)
def judged(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test one condition of the national judgement on items `judgement.<dimension>.<indicator>` = A, B or C."""
    items = _items(view, part.get("prefix", "judgement."), subjects.positions)
    options = {k: part[k] for k in ("indicators", "dimensions", "decision") if k in part}
    state, why = [], []
    for i in range(len(subjects)):
        grades = {
            tuple(name.split(".", 1)): texts[i]
            for name, texts in items.items()
            if "." in name and texts[i]
        }
        found = scoring.judge(grades, **options)
        state.append(
            found.verdict if part["condition"] == "verdict" else found.conditions[part["condition"]]
        )
        why.append(" ".join(f"{k} {n}" for k, n in found.counts.items()))
    return as_tested(
        np.arange(len(subjects)),
        state,
        len(subjects),
        node=subjects.positions,
        label=part["condition"],
        why=np.array(why, object),
        need="areas.judgement.*",
        lacking="areas.judgement.*",
    )


@predicate(prefix=str, items=list, total=str)
def scored(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that each of `items` has a score of at least nought and that they sum to at most `total`."""
    items = _items(view, part["prefix"], subjects.positions)
    rows = []
    for i in range(len(subjects)):
        points = {
            name: number((items.get(name) or [None] * len(subjects))[i]) for name in part["items"]
        }
        over = sum(p for p in points.values() if p is not None) > number(part["total"])
        rows += [
            (i, UNKNOWN if p is None else NO if over or p < 0 else YES, name, equals(name, p))
            for name, p in points.items()
        ]
    return _table(rows, subjects, f"areas.{part['prefix']}*")


@predicate(prefix=str, what=str)
def zone_scores(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test the base scores (0..weight for each of 39 items) or the recorded bonus against its events, this year."""
    rows = []
    for i, (scores, events) in enumerate(_zones(view, subjects, view.day.year)):
        if part["what"] == "base":
            for item, weight in enumerate(scoring.WEIGHTS, 1):
                points = number(scores.get(item))
                state = UNKNOWN if points is None else YES if 0 <= points <= weight else NO
                rows.append(
                    (i, state, str(item), f"{scores.get(item) or say('policy_nothing')} / {weight}")
                )
        else:
            least, most = scoring.bonus(events)
            recorded = number(events.get("recorded"))
            if recorded is None:
                state = UNKNOWN
            elif least == most:
                state = YES if recorded == least else NO
            else:
                state = NO if recorded > most or recorded < least else UNKNOWN
            rows.append(
                (
                    i,
                    state,
                    "bonus",
                    f"{least}–{most}; {events.get('recorded') or say('policy_nothing')}",
                )
            )
    return _table(rows, subjects, f"areas.score.*@{view.day.year}")


@predicate(what=str)
def ranked(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that what is recorded of a zone is what the ranking gives.

    `card`: `yellow_card@year` is yes for the last two by their scores and no for the others; a tie across the cut, or a
    missing score that could turn it, stays open. `removed`: `removed@year` is yes for those with cards recorded in two
    years running.
    """
    year = view.day.year
    if part["what"] == "card":
        ranges = {
            str(i): scoring.totals(*zone)[:2] for i, zone in enumerate(_zones(view, subjects, year))
        }
        cards = np.array(list(scoring.yellow_cards(ranges).values()), np.int8)
    else:
        cards = np.minimum(
            *(
                view.states({f"yellow_card@{y}": ["yes"]}, subjects.positions)
                for y in (year, year - 1)
            )
        )
    name = f"{'yellow_card' if part['what'] == 'card' else 'removed'}@{year}"
    recorded = view.states({name: ["yes"]}, subjects.positions)
    rows = []
    for i, (due, said) in enumerate(zip(cards.tolist(), recorded.tolist(), strict=True)):
        state = UNKNOWN if UNKNOWN in (due, said) else YES if due == said else NO
        why = say({YES: "policy_card", NO: "policy_no_card"}.get(due, "policy_card_open"))
        rows.append((i, state, name, f"{why}; {name} = {_RECORDED[said]}"))
    return _table(rows, subjects, f"areas.score.*@{year} + areas.{name}")


_RECORDED = {YES: "yes", NO: "no", UNKNOWN: "?"}


def _zones(
    view: View, subjects: Subjects, year: int
) -> list[tuple[dict[int, str], dict[str, str]]]:
    scores = _items(view, "score.", subjects.positions)
    events = _items(view, "bonus.", subjects.positions)

    def of_year(items: dict[str, list[str | None]], i: int) -> dict[str, str]:
        return {
            name.split("@")[0]: texts[i]
            for name, texts in items.items()
            if name.endswith(f"@{year}") and texts[i] is not None
        }

    return [
        ({int(k): v for k, v in of_year(scores, i).items() if k.isdigit()}, of_year(events, i))
        for i in range(len(subjects))
    ]


def _table(rows: list[tuple], subjects: Subjects, need: str) -> Tested:
    columns = list(zip(*rows, strict=True)) or [[], [], [], []]
    return as_tested(
        columns[0],
        columns[1],
        len(subjects),
        node=subjects.positions[np.array(columns[0], int)],
        label=np.array(columns[2], object),
        why=np.array(columns[3], object),
        need=need,
        lacking=need,
    )


@predicate(check=str, attribute=str, counties=list, prefixes=dict)
def coded(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Check the build of a code: area, county, uscc, organisation, prefix, ws218, class_area, institution."""
    which, node, whole = elements(view, part, subjects)
    attribute = part["attribute"]
    texts = view.column(attribute).cast(pa.string()).take(pa.array(node)).to_pylist()
    check = _CHECKS[part["check"]]
    rows = [
        (UNKNOWN, not_stated(attribute)) if text is None else check(view, part, int(n), text)
        for n, text in zip(node.tolist(), texts, strict=True)
    ]
    state = [s for s, _ in rows]
    need = view.datum(node, attribute)
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        label=attribute,
        need=need,
        lacking=need,
        whole=whole,
        why=np.array([why for _, why in rows], object),
    )


def _fault(name: str, cut: slice = slice(None), ignore: str = "-"):
    def check(view: View, part: Mapping[str, Any], node: int, text: str) -> tuple[int, str]:
        from medgraph.graphmodel import codes

        found = getattr(codes, name)(text[cut])
        bad = bool(found) and not found.startswith(ignore)
        return (NO if bad else YES), f"{text}{' ' + codes.explain(found) if bad else ''}"

    return check


def _area(view: View, part: Mapping[str, Any], node: int, text: str) -> tuple[int, str]:
    from medgraph.graphmodel import codes

    fits = bool(re.fullmatch(r"\d{12}", text)) and not codes.area_code_fault(text)
    fits = fits and (text.endswith("000000") or int(text[6:9]) <= 599)
    return (YES if fits else NO), text


def _county(view: View, part: Mapping[str, Any], node: int, text: str) -> tuple[int, str]:
    from medgraph.graphmodel import register

    known = part.get("counties") or register.names([text[:6]])
    return (
        YES if text[:6] in known or text[:6].ljust(12, "0") in known or text[4:6] == "00" else NO
    ), text[:6]


def _prefix(view: View, part: Mapping[str, Any], node: int, text: str) -> tuple[int, str]:
    owner = view.column("ownership").cast(pa.string())[node].as_py()
    if owner not in part["prefixes"]:
        return UNKNOWN, not_stated("ownership")
    return (YES if text[:2] in part["prefixes"][owner] else NO), f"{text[:2]} ({owner})"


def _class(view: View, part: Mapping[str, Any], node: int, text: str) -> tuple[int, str]:
    from medgraph.graphmodel import codes

    return (YES if text in codes.WS218 else NO), text


def _class_area(view: View, part: Mapping[str, Any], node: int, text: str) -> tuple[int, str]:
    _, ends, _, _ = view.walk(np.array([node]), [">SERVES"])
    kinds = set(view.column("area_kind").take(pa.array(ends)).to_pylist()) - {None}
    wanted = {"B": {"subdistrict"}, "C": {"town", "township"}}.get(text[:1])
    if not kinds or wanted is None:
        return UNKNOWN, say("policy_not_stated", what=label("relation", "SERVES", language()))
    return (YES if kinds <= wanted else NO), f"{text}: {'、'.join(sorted(kinds))}"


def _institution(view: View, part: Mapping[str, Any], node: int, text: str) -> tuple[int, str]:
    state, why = _fault("institution_code_fault")(view, part, node, text.replace("-", ""))
    others = {
        "uscc": (slice(8, 17), slice(0, 9)),
        "area": (slice(0, 6), slice(9, 15)),
        "ws218": (slice(0, 4), slice(17, 21)),
    }
    for name, (theirs, ours) in others.items():
        other = view.column(name).cast(pa.string())[node].as_py()
        if other and other[theirs] != text.replace("-", "")[ours]:
            return NO, say("policy_not_so", what=f"{text} / {attribute_title(name)} {other}")
    return state, why


_CHECKS = {
    "area": _area,
    "county": _county,
    "uscc": _fault("uscc_fault", ignore="why_organisation"),
    "organisation": _fault("organisation_fault", slice(8, 17)),
    "prefix": _prefix,
    "ws218": _class,
    "class_area": _class_area,
    "institution": _institution,
}
