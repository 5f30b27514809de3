"""What every query returns: one frozen value that accounts for everything it was asked about."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph._version import __version__
from medgraph.json_text import json_text
from medgraph.notebook import InNotebook, folded, line, table, title, whole
from medgraph.queries.bounds import Bounds, Share
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Answer", "Bounds", "Definition", "Share", "each_record", "records"]

_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Definition:
    """What a number means: numerator, denominator, unit, register with its edition, source or
    clause.
    """

    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    register: str = ""
    source: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the definition as plain values."""
        return dataclasses.asdict(self)

    @property
    def in_words(self) -> str:
        """The definition as one line; empty where there is none, and without what it has not."""
        if not self.numerator:
            return ""
        stated = (name for name in ("numerator", "denominator", "register") if getattr(self, name))
        parts = (say(f"definition.{name}", text=getattr(self, name)) for name in stated)
        return say("bounds.next").join(parts)


def _empty() -> pd.DataFrame:
    return pd.DataFrame({"status": pd.Series(dtype="str"), "reason": pd.Series(dtype="str")})


@dataclass(frozen=True, eq=False)
class Answer(InNotebook):
    """One answer: the rows that were judged, beside those that could not be.

    Every row asked about is accounted for: an answer whose `total` is not judged + unknown +
    excluded, or whose share has another whole than `judged`, cannot be made (ValueError).

    Parameters
    ----------
    query
        The name of the question, as `coverage.gaps`.
    as_of
        The day asked about.
    definition
        What the number means: numerator, denominator, unit, register, source.
    frame
        The rows judged, or those of them that the question asks for.
    total
        How many were asked about.
    judged
        How many got a verdict.
    share
        The share over what was judged; None where a share makes no sense.
    bounds
        Between what the share lies over judged and unknown, however what is not known turns out.
    undeclared
        The tables that were asked whether they are declared complete, and are not.
    doubts
        Why some of those judged by what is named may have it all the same: each reason, with how
        many rows.
    if_listed
        Asks the same again as if every table were whole.
    unknown
        What could not be judged, each row with its reason.
    excluded
        What was not to be judged, each row with its reason.
    stamps
        What must stand on every output: sample, synthetic, ...
    notes
        What else a reader of the number has to know.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.coverage.served(mg.samples.taizhou())
    >>> answer.total, answer.judged, len(answer.unknown), len(answer.excluded)
    (43, 39, 0, 4)
    """

    query: str
    as_of: datetime.date
    definition: Definition
    frame: pd.DataFrame
    total: int
    judged: int
    share: Share | None = None
    bounds: Bounds | None = None
    undeclared: tuple[str, ...] = ()
    doubts: tuple[tuple[str, int], ...] = ()
    if_listed: Callable[[], Answer] | None = None
    unknown: pd.DataFrame = field(default_factory=_empty)
    excluded: pd.DataFrame = field(default_factory=_empty)
    stamps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        accounted = self.judged + len(self.unknown) + len(self.excluded)
        if self.total != accounted:
            raise ValueError(f"{self.query}: {self.total} in, {accounted} accounted for")
        if self.share is not None and self.share.total != self.judged:
            raise ValueError(
                f"{self.query}: a share of {self.share.total} where {self.judged} were judged"
            )

    @property
    def key(self) -> str:
        """The column that names the subject of a row: area, facility, group or source."""
        return next(
            (c for c in ("area", "facility", "group", "source") if c in self.frame.columns), ""
        )

    @property
    def status(self) -> pd.Series:
        """The status of every subject by node id, judged, unknown and excluded alike."""
        parts = [
            part.set_index(self.key)["status"]
            for part in (self.frame, self.unknown, self.excluded)
            if len(part) and "status" in part.columns and self.key in part.columns
        ]
        return pd.concat(parts) if parts else pd.Series(dtype="str", name="status")

    @property
    def everything(self) -> pd.DataFrame:
        """Frame, unknown and excluded together, as CSV and XLSX hold them."""
        return together(self.frame, self.unknown, self.excluded)

    @cached_property
    def as_listed(self) -> Share | None:
        """The share if the tables are whole as they are; None where that changes nothing.

        Where no declaration is missing it changes nothing. Where rows are unknown or in doubt the
        question is asked once more, when this is first read.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> mg.coverage.served(net).as_listed
        >>> answer = mg.sharing.matrix(net)
        >>> answer.share, answer.as_listed
        (Share(met=200, total=200, unit='cells'), Share(met=200, total=560, unit='cells'))
        """
        listed = self._listed
        if listed is None or self.bounds is None:
            return None
        closes = len(listed.unknown) < len(self.unknown) or len(listed.doubts) < len(self.doubts)
        return listed.share if closes or self.bounds.is_open else None

    @cached_property
    def _listed(self) -> Answer | None:
        """The answer if the tables are whole; itself where nothing is unknown or in doubt."""
        if not self.undeclared:
            return None
        if not len(self.unknown) and not self.doubts:
            return self
        return self.if_listed() if self.if_listed else None

    @property
    def needs(self) -> list[tuple[str, int]]:
        """What would have to be known for the bounds to close: each reason, and for how many rows.

        A table of subjects that is not declared complete stands for no number of rows.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.coverage.served(mg.samples.taizhou()).needs
        []
        """
        lists = [(say("bounds.open_list", tables=name), 0) for name in self._open_lists]
        if not len(self.unknown):
            return [*lists, *self.doubts]
        counts = self.unknown["reason"].value_counts()
        reasons = [(str(reason), int(count)) for reason, count in counts.items()]
        return [*lists, *reasons, *self.doubts]

    @property
    def _open_lists(self) -> tuple[str, ...]:
        return self.bounds.open_lists if self.bounds else ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values, with the keys that scripts rely on.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.coverage.served(mg.samples.taizhou()).to_dict()["accounted"]
        {'in': 43, 'judged': 39, 'unknown': 0, 'excluded': 4}
        """
        parts = {"rows": self.frame, "unknown": self.unknown, "excluded": self.excluded}
        return self.about() | {name: records(part) for name, part in parts.items()}

    def about(self) -> dict[str, Any]:
        """Return the same plain values without the rows.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.coverage.served(mg.samples.taizhou()).about()["share"]
        {'met': 38, 'total': 39, 'unit': 'areas'}
        """
        plain: dict[str, Any] = {
            "query": self.query,
            "as_of": self.as_of.isoformat(),
            "medgraph": __version__,
            "definition": self.definition.to_dict(),
            "share": dataclasses.asdict(self.share) if self.share else None,
            "bounds": self.bounds.to_dict() if self.bounds else None,
            "accounted": {
                "in": self.total,
                "judged": self.judged,
                "unknown": len(self.unknown),
                "excluded": len(self.excluded),
            },
        }
        if self.as_listed:
            plain["as_listed"] = {"met": self.as_listed.met, "total": self.as_listed.total}
        if self._is_doubtful:
            plain["needs"] = [{"what": what, "rows": rows} for what, rows in self.needs]
        if self.stamps:
            plain["stamps"] = list(self.stamps)
        if self.notes:
            plain["notes"] = list(self.notes)
        return plain

    def to_json(self) -> str:
        """Return the answer as JSON text, with the keys of `to_dict`.

        Examples
        --------
        >>> import medgraph as mg
        >>> '"query": "coverage.gaps"' in mg.coverage.gaps(mg.samples.taizhou()).to_json()
        True
        """
        return json_text(self.to_dict())

    @property
    def headline(self) -> str:
        """One line: the share with its bounds, and how all that was asked about is accounted for.

        Where the lists are not declared complete, it says what holds if they are.
        """
        return self._headline(self.listed_in_words)

    def _headline(self, *more: str) -> str:
        accounted = say(
            "accounted",
            total=self.total,
            judged=self.judged,
            unknown=len(self.unknown),
            excluded=len(self.excluded),
        )
        parts = [str(self.share or ""), self.bounds_in_words, *more, accounted]
        said = "; ".join(part for part in parts if part)
        return f"{self.query} {self.as_of.isoformat()}: {said}"

    @property
    def _is_doubtful(self) -> bool:
        """Whether the bounds of the share differ."""
        return self.bounds is not None and not self.bounds.coincide

    @property
    def bounds_in_words(self) -> str:
        """The bounds of the share where they differ; empty where it is certain."""
        return str(self.bounds) if self._is_doubtful else ""

    @property
    def listed_in_words(self) -> str:
        """What holds if the lists are whole, with its own bounds where these still differ."""
        if self.as_listed is None or self._listed is None:
            return ""
        found = f"{self.as_listed.met}/{self.as_listed.total}"
        still = self._listed.bounds
        if self._listed is not self and still and not still.coincide:
            found = say("in_brackets", text=found, more=str(still))
        return say("bounds.as_listed", share=found)

    @property
    def needs_in_words(self) -> list[str]:
        """What makes the difference, the most frequent first, where the bounds differ."""
        needs = self.needs
        if not needs or not self._is_doubtful:
            return []
        shown = [
            say("bounds.need_rows", what=what, rows=rows) if rows else what
            for what, rows in needs[:_NEEDS]
        ]
        if len(needs) > _NEEDS:
            shown.append(say("bounds.more_needs", count=len(needs) - _NEEDS))
        return [say("bounds.needs", needs=say("bounds.next").join(shown))]

    def __str__(self) -> str:
        lines = [*self.stamps, self.headline, *self.needs_in_words]
        if self.definition.numerator:
            lines.append(self.definition.in_words)
        if len(self.frame):
            lines.append(self.frame.to_string(index=False, max_rows=40))
        for name, part in (("unknown", self.unknown), ("excluded", self.excluded)):
            if len(part):
                lines += [f"{say(name)} ({len(part)}):", part.to_string(index=False, max_rows=20)]
        return "\n".join([*lines, *self.notes])

    def __repr__(self) -> str:
        return f"<Answer {self._headline()}>"

    def _repr_html_(self) -> str:
        parts = [
            title(self.headline, self.stamps),
            *map(line, self.needs_in_words),
            line(self.definition.in_words),
            *map(line, self.notes),
            _shown(self.frame),
        ]
        parts += [
            folded(f"{say(name)} ({len(part)})", _shown(part))
            for name, part in (("unknown", self.unknown), ("excluded", self.excluded))
            if len(part)
        ]
        return whole(*parts)


_ROWS = 60  # of one frame in a notebook
_NEEDS = 5  # shown of what makes the difference; `needs` names all


def _shown(frame: pd.DataFrame) -> str:
    """The first rows of a frame as HTML, and how many there are."""
    first = frame.head(_ROWS).astype(object)
    drawn = table(first.columns, first.where(first.notna(), "").to_numpy().tolist())
    more = say("notebook.rows", shown=_ROWS, total=len(frame)) if len(frame) > _ROWS else ""
    return drawn + line(more)


def together(rows: pd.DataFrame, *others: pd.DataFrame) -> pd.DataFrame:
    """Return frames as one; those without rows would only change the types of columns."""
    parts = [part for part in (rows, *others) if len(part)]
    return pd.concat(_of_one_type(parts), ignore_index=True) if parts else rows


def _of_one_type(parts: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Let a column of objects in one frame be so in all: then every pandas joins them alike.

    pandas 2 warns of a column without any value, and makes floats of the counts beside it.
    """
    objects = {name for part in parts for name in part if part[name].dtype == object}
    return [
        part.astype(
            {name: object for name in part if name in objects and part[name].dtype != object}
        )
        for part in parts
    ]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain values: missing is None, days are ISO text."""
    return list(each_record(frame))


def each_record(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the same rows, so that those of a long frame are never in memory at once."""
    for begin in range(0, len(frame), _ROWS_AT_ONCE):
        some = frame.iloc[begin : begin + _ROWS_AT_ONCE]
        names = [str(name) for name in some.columns]
        for row in zip(*(_plain_column(some[name]) for name in some.columns), strict=True):
            yield dict(zip(names, row, strict=True))


def _plain_column(column: pd.Series[Any]) -> list[Any]:
    values = column.astype(object).where(column.notna(), None).tolist()
    is_text = isinstance(column.dtype, pd.StringDtype)
    return values if is_text else [_plain(value) for value in values]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value != value:
        return None
    if hasattr(value, "item"):
        return value.item()
    return value
