"""The formats of what commands print or write: a table for answers, one for frames, a row each.

Without `--output` a format is text on stdout; with it a file, whose suffix says the format.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from medgraph.cli.console import emit, note
from medgraph.cli.saving import never_onto_work, write_pieces
from medgraph.errors import OptionError
from medgraph.json_text import json_pieces
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from medgraph.cli.narrowing import Narrowing, Shown
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

T = TypeVar("T")
DEFAULT = "table"
_ROWS_AT_ONCE = 20_000
_ROWS_OF_A_WORKBOOK = 100_000  # more than that nobody reads, and Excel opens slowly


@dataclass(frozen=True)
class Format(Generic[T]):
    """One way to give a value: as `text`, in `pieces`, or by a `write` of its own to a file.

    Pieces are a text bit by bit, so that a long one is never whole in memory. A file of text begins
    with a byte order mark where `bom` is set. `beside` are the lines that the text leaves out, and
    that stderr gets where the text goes to stdout.
    """

    text: Callable[[T], str] | None = None
    pieces: Callable[[T], Iterable[str]] | None = None
    write: Callable[[T, str], None] | None = None
    bom: bool = False
    beside: Callable[[T], list[str]] | None = None

    def of(self, value: T) -> Iterable[str] | None:
        """Return the text of a value in pieces; None where it needs a file."""
        if self.pieces is not None:
            return self.pieces(value)
        return None if self.text is None else (self.text(value),)


def deliver(
    value: T,
    formats: Mapping[str, Format[T]],
    name: str | None,
    output: str | None,
    *,
    stamps: Sequence[str] = (),
) -> None:
    """Print a value, or write it to a file; without a `name` the suffix says how.

    `stamps` are remarks on what a file holds.
    """
    if output is None:
        _print(value, formats, name or DEFAULT)
        return
    never_onto_work(output)
    _write(value, formats[name or _by_suffix(output, formats)], output)
    for line in (*stamps, say("written", path=output)):
        note(line)


def _by_suffix(output: str, formats: Mapping[str, Any]) -> str:
    suffix = Path(output).suffix.lower().lstrip(".")
    return suffix if suffix in formats else DEFAULT


def _print(value: T, formats: Mapping[str, Format[T]], name: str) -> None:
    found = formats[name]
    pieces = found.of(value)
    if pieces is None:
        raise OptionError(say("needs_output", format=name))
    for piece in pieces:
        emit(piece)
    for line in found.beside(value) if found.beside else ():
        note(line)


def _write(value: T, found: Format[T], output: str) -> None:
    if found.write is not None:
        found.write(value, output)
    elif (pieces := found.of(value)) is not None:
        write_pieces(pieces, output, bom=found.bom)


def as_csv(shown: Shown) -> Iterator[str]:
    """Yield all rows of an answer, with its stamps, if any, in a last column `stamp`."""
    rows = shown.everything
    if shown.answer.stamps:
        rows = rows.assign(stamp=" ".join(shown.answer.stamps))
    return frame_csv(rows, date_format="%Y-%m-%d")


def as_json(shown: Shown) -> Iterator[str]:
    """Yield an answer as JSON, with the keys of `Answer.to_dict`."""
    from medgraph.queries.results import each_record

    about = shown.answer.about()
    if shown.notes:
        about["notes"] = [*about.get("notes", ()), *shown.notes]
    parts = {"rows": shown.frame, "unknown": shown.unknown, "excluded": shown.excluded}
    return json_pieces(about | {name: each_record(part) for name, part in parts.items()})


def frame_csv(frame: pd.DataFrame, **settings: Any) -> Iterator[str]:
    """Yield a frame as CSV without its index; no text or title in it is a formula for Excel."""
    from medgraph.loaders.tabular.csv_text import no_formula

    frame = frame.rename(columns=no_formula)
    for begin in range(0, max(len(frame), 1), _ROWS_AT_ONCE):
        some = frame.iloc[begin : begin + _ROWS_AT_ONCE].copy()
        for name in some.select_dtypes(include=["object", "string", "category"]).columns:
            some[name] = _kept_from_formulas(some[name])
        yield some.to_csv(index=False, header=begin == 0, lineterminator="\n", **settings)


def _kept_from_formulas(column: pd.Series) -> pd.Series:
    """A column of whatever values with no text in it that Excel would calculate."""
    import pandas as pd
    import pyarrow as pa

    from medgraph.loaders.tabular.csv_text import may_be_formulas, no_formula

    if pd.api.types.infer_dtype(column, skipna=True) != "string":
        return column.astype(object).map(no_formula)
    risky = may_be_formulas(pa.array(column, pa.string(), from_pandas=True))
    where = risky.to_numpy(zero_copy_only=False)
    if not where.any():
        return column
    found = column.astype(object)
    found[where] = found[where].map(no_formula)
    return found


def frame_json(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the rows of a frame as JSON."""
    from medgraph.queries.results import each_record

    return json_pieces(each_record(frame))


def frame_table(frame: pd.DataFrame) -> str:
    """Return a frame as an aligned table."""
    from medgraph.aligned_text import aligned

    return f"{aligned(frame)}\n"


def _beside(shown: Shown) -> list[str]:
    """What the codes of an answer leave out."""
    answer = shown.answer
    return [*answer.stamps, answer.headline, *shown.notes]


def _write_parquet(shown: Shown, path: str) -> None:
    from medgraph.cli.saving import write_parquet

    answer = shown.answer
    about = {"query": answer.query, "as_of": answer.as_of.isoformat(), "headline": answer.headline}
    write_parquet(shown.everything, path, about=about | {"stamps": " ".join(answer.stamps)})


# An answer in codes, for scripts.
CODED_FORMATS: dict[str, Format[Shown]] = {
    "csv": Format(pieces=as_csv, bom=True, beside=_beside),
    "json": Format(pieces=as_json),
    "parquet": Format(write=_write_parquet),
}
ANSWER_FORMATS = ("table", *CODED_FORMATS, "xlsx")
FRAME_FORMATS: dict[str, Format[pd.DataFrame]] = {
    "table": Format(frame_table),
    "csv": Format(pieces=frame_csv, bom=True),
    "json": Format(pieces=frame_json),
}


def show(
    net: MedicalNetwork,
    answer: Answer,
    format_: str | None,
    output: str | None,
    narrowing: Narrowing | None = None,
    *,
    further: Callable[[], Iterable[str]] = tuple,
) -> None:
    """Print an answer about `net`, or write it to a file and say its stamps.

    A table has the `further` lines below, which need not be worked out for scripts. Raise
    OptionError where a workbook would hold more rows than anybody reads.
    """
    from medgraph.cli.answer_words import answer_text, write_answer_workbook
    from medgraph.cli.narrowing import Narrowing

    def write_workbook(shown: Shown, path: str) -> None:
        rows = len(shown.everything)
        if rows > _ROWS_OF_A_WORKBOOK:
            raise OptionError(say("narrowing.too_many", rows=rows, most=_ROWS_OF_A_WORKBOOK))
        write_answer_workbook(net, shown, path)

    formats = {
        "table": Format(lambda one: answer_text(net, one) + "".join(f"{s}\n" for s in further())),
        **CODED_FORMATS,
        "xlsx": Format(write=write_workbook),
    }
    shown = (narrowing or Narrowing()).of_answer(answer)
    deliver(shown, formats, format_, output, stamps=(*answer.stamps, *shown.notes))
