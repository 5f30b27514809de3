"""Compare the answers of every registered question on both sides, subject by subject."""

from __future__ import annotations

from collections import Counter
from operator import is_
from typing import TYPE_CHECKING, Any, TypeAlias

from medgraph.queries.comparison.same_rows import other_rows
from medgraph.queries.comparison.sides import Compared, Difference, change_of
from medgraph.queries.comparison.text_columns import MANY, TextColumns
from medgraph.queries.verbs import VERBS
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from medgraph.queries.comparison.sides import Sides
    from medgraph.queries.results import Answer

# What a row is about, and what is said of it: each column with its value as text.
Key = tuple[str, ...]
States = dict[Key, dict[str, str]]
# A row as texts: what it is about, then its facts.
Row = tuple[str, ...]
Frames: TypeAlias = "list[pd.DataFrame]"

# Questions that ask for something beside the network, or propose what might be done.
# Numbers that every change of a link moves a little are no verdicts.
_BESIDE_THE_NETWORK = (
    "coverage.access",
    "coverage.catchments",
    "coverage.isochrones",
    "referrals.load",
    "resilience.repair",
    "structure.centrality",
    "structure.communities",
)
# Questions whose rows are told one by one as obligations and areas served.
_TOLD_APART = ("sharing.matrix", "sharing.cells", "coverage.served")
# Questions that are asked in several ways.
_WAYS: dict[str, tuple[dict[str, Any], ...]] = {
    "dispatch.coverage": ({"test": "all_year"}, {"test": "six_months"}, {"test": "per_10000"}),
    "referrals.paths": ({}, {"direction": "down"}),
}
# What a row is about; of every other question it is the first of its columns.
_ABOUT: dict[str, Key] = {
    "referrals.broken": ("source", "relation", "target"),
    "referrals.specialties": ("area", "specialty"),
    "sharing.centres": ("group", "kind"),
    "sharing.exchange": ("source", "target", "kind", "unit"),
    "sharing.balance": ("source", "kind", "unit"),
    "sharing.recognition": ("group", "other", "scope"),
    "dispatch.ledger": ("source", "relation", "target"),
    "dispatch.ending": ("source", "relation", "target"),
    "resilience.critical": ("facility", "loses"),
    "dispatch.quota": ("group", "kind", "period"),
    "alliances.members": ("facility", "alliance"),
    "alliances.districts": ("group", "district"),
    "alliances.links": ("group", "alliance"),
    "alliances.reach": ("group", "specialty"),
    "teams.composition": ("team", "part"),
    "teams.stationed": ("source", "relation", "target"),
}
# Words about a row, and where it stands; its facts are in the other columns.
_WORDS = {
    "name",
    "reason",
    "statement",
    "fix",
    "clause",
    "document",
    "basis",
    "origin",
    "record",
    "records",
    "days_left",
    "gaps",  # the days of a window that moves with the day asked about
}


def question_differences(
    sides: Sides, asked_before: Mapping[str, tuple[Answer, Answer]]
) -> list[Compared]:
    """Return what differs of the shares of all questions, and of the subjects of each.

    `asked_before` holds answers, by question, that need not be asked for again.
    """
    shares: list[Difference] = []
    rows: list[Difference] = []
    asked = judged = 0
    for name, options in questions():
        before, after = asked_before.get(name) or sides.ask(name, **options)
        title = " ".join([name, *options.values()])
        asked += 1
        if (one := _share(before)) != (other := _share(after)):
            shares.append(Difference("share", "changed", title, before=one, after=other))
        if name not in _TOLD_APART:
            about = _ABOUT.get(name) or (_first_column(before, after),)
            judged += max(before.total, after.total)
            rows += _rows(sides, title, about, before, after)
    return [Compared(asked, shares), Compared(judged, rows)]


def questions() -> list[tuple[str, dict[str, Any]]]:
    """Every question that the network alone can answer, with the options of each way to ask it."""
    names = [verb.name for verb in VERBS if verb.subject is None]
    return [
        (name, options)
        for name in names
        if name not in _BESIDE_THE_NETWORK
        for options in _WAYS.get(name, ({},))
    ]


def _share(answer: Answer) -> str:
    """The share of an answer in words."""
    parts = [f"{answer.share.met}/{answer.share.total}" if answer.share else "-"]
    parts.append(answer.bounds_in_words)
    share = say("comma").join(part for part in parts if part)
    return say("compare_share", share=share, unknown=len(answer.unknown))


def _rows(
    sides: Sides, title: str, about: Key, before: Answer, after: Answer
) -> Iterator[Difference]:
    """Every subject of which the answers say something else, a renamed one as what it became.

    What both say as often is no difference, in whatever order they say it.
    """
    names = sides.renamings
    if not names and all(map(is_, _parts(before), _parts(after))):
        return
    columns = _compared(about, before, after)
    if not names and max(map(len, (*_parts(before), *_parts(after)))) > MANY:
        parts = _but_the_same(_parts(before), _parts(after), columns)
        earlier, later = ([*map(TextColumns, part)] for part in parts)
    else:
        earlier, later = sides.one.in_texts(before), [*map(TextColumns, _parts(after))]
    one = _said(earlier, about, columns, names, but={*names.values()})
    other = _said(later, about, columns, {}, but={*names})
    gone, new = (_states(about, columns, rows) for rows in (one - other, other - one))
    for key in sorted(gone.keys() | new.keys()):
        yield _difference(title, about, key, gone.get(key), new.get(key))


def _but_the_same(before: Frames, after: Frames, columns: Key) -> tuple[Frames, Frames]:
    """The rows of both sides but those that both say at the same place, told without reading."""
    masks = [other_rows(one, other, columns) for one, other in zip(before, after, strict=True)]
    return (
        [frame[here] for frame, (here, _) in zip(before, masks, strict=True) if here.any()],
        [frame[there] for frame, (_, there) in zip(after, masks, strict=True) if there.any()],
    )


def _parts(answer: Answer) -> Frames:
    return [answer.frame, answer.unknown, answer.excluded]


def _first_column(*answers: Answer) -> str:
    """The column that says what the rows of an answer are about."""
    frames = (frame for answer in answers for frame in _parts(answer))
    return next(str(frame.columns[0]) for frame in frames if len(frame.columns))


def _compared(about: Key, *answers: Answer) -> Key:
    """The columns that say what the rows are about, then those of their facts, words apart."""
    every = [str(column) for answer in answers for frame in _parts(answer) for column in frame]
    facts = [name for name in every if name not in _WORDS and not name.endswith("_name")]
    return tuple(dict.fromkeys([*about, *facts]))


def _said(
    parts: Iterable[TextColumns],
    about: Key,
    columns: Key,
    follows: Mapping[str, str],
    *,
    but: set[str],
) -> Counter[Row]:
    """The rows of an answer as texts of these columns, and how often each stands there.

    Rows about names of `but`, which nobody bears on the day, are left out.
    """
    found: Counter[Row] = Counter()
    for part in parts:
        rows = zip(*(part.column(column, follows) for column in columns), strict=True)
        if but:
            stated = zip(*(part.column(column, {}) for column in about), strict=True)
            mine = zip(rows, stated, strict=True)
            found.update(row for row, subject in mine if but.isdisjoint(subject))
        else:
            found.update(rows)
    return found


def _states(about: Key, columns: Key, rows: Counter[Row]) -> States:
    """What the rows say, by what they are about; several about one thing are numbered."""
    found: States = {}
    numbers: Counter[Key] = Counter()
    for row in rows.elements():
        key, facts = row[: len(about)], row[len(about) :]
        said = zip(columns[len(about) :], facts, strict=True)
        found[*key, str(numbers[key])] = {column: text for column, text in said if text}
        numbers[key] += 1
    return found


def _difference(
    title: str,
    about: Key,
    key: Key,
    before: Mapping[str, str] | None,
    after: Mapping[str, str] | None,
) -> Difference:
    """One subject: only here or only there, or what of it differs."""
    change = change_of(before, after)
    one, other = before or {}, after or {}
    named = dict(zip(about, key, strict=False))
    further = [text for column, text in named.items() if column not in ("relation", "target")]
    columns = [column for column in (*one, *other) if one.get(column) != other.get(column)]
    if change != "changed":
        columns = ["status"] if "status" in {*one, *other} else columns
    columns = list(dict.fromkeys(columns))
    return Difference(
        "answer",
        change,
        further[0],
        relation=named.get("relation", ""),
        target=named.get("target", ""),
        field=" ".join([title, *filter(None, further[1:])]),
        before=_in_words(one, columns),
        after=_in_words(other, columns),
    )


def _in_words(values: Mapping[str, str], columns: Iterable[str]) -> str:
    return "; ".join(f"{column}={values[column]}" for column in columns if column in values)
