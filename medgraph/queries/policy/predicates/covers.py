"""Test that the ends of a path, or the elements, show every one of some values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.audited_network import words_of
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.elements import AREAS, elements, townships_listed
from medgraph.queries.policy.facts.pairs import at_lead
from medgraph.queries.policy.facts.paths import Reached, walk
from medgraph.queries.policy.facts.value_sets import COUNTIES
from medgraph.queries.policy.predicates.keys import last_relation
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.queries.policy.predicates.wording import there
from medgraph.words.accepted_names import is_called, is_known_name
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Collection

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

_ANY = ""  # the value of an end that may show any


class _Shown(NamedTuple):
    """What shows a value: the `state` of the way there, the `row` of its last link, its `end`."""

    state: int
    row: int
    end: int


class _Ends(NamedTuple):
    """What may show values: the ways to it, of whom all are known, and what would say so."""

    ways: Reached
    held: Mask
    need: str


def covers(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that the ends of `path` show every one of `values` in `attribute` (five kinds of
    centre, 11 departments).

    Without a `path` the elements of `of` and `where` are the ends. An end whose attribute is not
    stated, or has a name that nothing knows (`like`), may show any value. `without` = "lead" leaves
    the lead of the subject out. Where townships may be missing, counties may be.
    """
    sure, perhaps = values_of(audited, part["values"])
    values = [*sure, *perhaps]
    ends = _ends(audited, part, subjects)
    best = _best_of(audited, part, values, ends.ways)
    wanted = [(subject, value) for subject in range(len(subjects)) for value in values]
    found = [_shown(best, key, held=bool(ends.held[key[0]])) for key in wanted]
    return as_tested(
        [subject for subject, _ in wanted],
        [shown.state for shown in found],
        len(subjects),
        asked=[UNKNOWN if value in perhaps else YES for _, value in wanted],
        node=[shown.end for shown in found],
        row=[shown.row for shown in found],
        label=[value for _, value in wanted],
        need=ends.need,
        why=_why(audited, part, found),
        **_list_of(audited, part["values"], ends),
    )


def _list_of(audited: AuditedNetwork, values: Any, ends: _Ends) -> dict[str, Any]:
    """Whether these are all values that are asked for, and what is missing where they are not."""
    if values != COUNTIES:
        return {"lacking": ends.need}
    return {"whole": townships_listed(audited), "closing": AREAS, "lacking": AREAS}


def _shown(best: dict[tuple[int, str], _Shown], key: tuple[int, str], *, held: bool) -> _Shown:
    """The surest thing that shows a value; else one that may; else nothing, or nothing known."""
    if key in best:
        return best[key]
    perhaps = best.get((key[0], _ANY))
    if perhaps is not None:
        return perhaps._replace(state=UNKNOWN)
    return _Shown(NO if held else UNKNOWN, -1, -1)


def _why(audited: AuditedNetwork, part: Part, found: list[_Shown]) -> list[str]:
    """Say for each value whether it is there; of names, which one was taken for it."""
    reasons = there()
    if not part.get("like"):
        return [reasons[shown.state] for shown in found]
    names = audited.texts("name", np.array([shown.end for shown in found], int))
    return [
        reasons[shown.state] if name is None else _taken(name, shown.state)
        for shown, name in zip(found, names, strict=True)
    ]


def _taken(name: str, state: int) -> str:
    sentence = "policy_name_unknown" if state == UNKNOWN else "policy_name_taken"
    return say(sentence, name=name)


def _ends(audited: AuditedNetwork, part: Part, subjects: Subjects) -> _Ends:
    if "path" not in part:
        chosen = elements(audited, part, subjects, placeholders=True)
        nothing = np.full(len(chosen.node), -1)
        stated = np.zeros(len(nothing), bool)
        ways = Reached(chosen.subject, chosen.node, nothing, chosen.state, stated, chosen.several)
        return _Ends(ways, chosen.whole, chosen.closing)
    path = part["path"]
    ways = walk(audited, subjects.positions, path, classes=bool(part.get("classes")))
    if to := part.get("to"):
        ways = ways._replace(state=np.minimum(ways.state, audited.states(to, ways.end)))
    if part.get("without") == "lead":
        ways = ways.kept(~at_lead(audited, subjects, ways))
    held = finished(audited, path, subjects.positions)
    return _Ends(ways.kept(ways.state > NO), held, f"links.{last_relation(path)}")


def _best_of(
    audited: AuditedNetwork, part: Part, values: list[str], ways: Reached
) -> dict[tuple[int, str], _Shown]:
    """Return for each (subject, value) the surest way to an end that shows it."""
    best: dict[tuple[int, str], _Shown] = {}
    attribute, like = part["attribute"], bool(part.get("like"))
    texts = audited.texts(attribute, ways.end)
    read = {text: _shown_by(text, values, words_of(attribute), like=like) for text in set(texts)}
    columns = [column.tolist() for column in (ways.start, ways.end, ways.row, ways.state)]
    for subject, end, row, state, text in zip(*columns, texts, strict=True):
        way = _Shown(state, row, end)
        for value in read[text]:
            best[subject, value] = max(best.get((subject, value), way), way)
    return best


def _shown_by(
    text: str | None, values: list[str], known: Collection[str], *, like: bool
) -> list[str]:
    """Return the values that a text shows; `_ANY` where it may show any of them."""
    if not text:
        return [_ANY]
    if like:
        shown = [value for value in values if is_called(text, value)]
        return shown or ([] if is_known_name(text) else [_ANY])
    pieces = text.split("|")
    shown = [value for value in values if value in pieces]
    readable = not known or all(piece in known for piece in pieces)
    return shown if readable else [*shown, _ANY]


def values_of(audited: AuditedNetwork, values: Any) -> tuple[list[str], list[str]]:
    """Return a list as it is; for `@counties` the counties whose townships the network holds.

    And those that may be asked: counties of which only areas of unknown level are there.
    """
    if values != COUNTIES:
        return list(values), []
    areas, level_unknown = audited.day.areas("township")
    sure = _counties_of(audited, areas[~level_unknown])
    return sorted(sure), sorted(_counties_of(audited, areas[level_unknown]) - sure)


def _counties_of(audited: AuditedNetwork, areas: Positions) -> set[str]:
    return set(audited.column("county").take(pa.array(areas)).drop_null().to_pylist())
