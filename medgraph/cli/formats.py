"""The formats of what commands print or write: a table for answers, one for frames, a row each.

Without `--output` a format is text on stdout; with it a file, whose suffix says the format.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from medgraph.cli.console import emit, note
from medgraph.cli.saving import never_onto_work, write_text
from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

T = TypeVar("T")
DEFAULT = "table"


@dataclass(frozen=True)
class Format(Generic[T]):
    """One way to give a value: as `text`, or by a `write` of its own, which needs a file.

    A file of text begins with a byte order mark where `bom` is set. `beside` are the lines that the
    text leaves out, and that stderr gets where the text goes to stdout.
    """

    text: Callable[[T], str] | None = None
    write: Callable[[T, str], None] | None = None
    bom: bool = False
    beside: Callable[[T], list[str]] | None = None


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
    if found.text is None:
        raise OptionError(say(f"{name}_needs_output"))
    emit(found.text(value))
    for line in found.beside(value) if found.beside else ():
        note(line)


def _write(value: T, found: Format[T], output: str) -> None:
    if found.write is not None:
        found.write(value, output)
    elif found.text is not None:
        write_text(found.text(value), output, bom=found.bom)


def as_csv(answer: Answer) -> str:
    """Return all rows of an answer, with its stamps, if any, in a last column `stamp`."""
    rows = answer.everything
    if answer.stamps:
        rows = rows.assign(stamp=" ".join(answer.stamps))
    return frame_csv(rows, date_format="%Y-%m-%d")


def pretty_json(value: Any) -> str:
    """Return plain values as JSON for people and scripts, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def frame_csv(frame: pd.DataFrame, **settings: Any) -> str:
    """Return a frame as CSV without its index; no text or title in it is a formula for Excel."""
    frame = frame.rename(columns=_no_formula)
    for name in frame.select_dtypes(include=["object", "string", "category"]).columns:
        frame[name] = frame[name].astype(object).map(_no_formula)
    return str(frame.to_csv(index=False, lineterminator="\n", **settings))


def _no_formula(value: Any) -> Any:
    """A text with an apostrophe before it where Excel would take it for a formula."""
    from medgraph.loaders.tabular.csv_text import is_formula

    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def frame_json(frame: pd.DataFrame) -> str:
    """Return the rows of a frame as JSON."""
    from medgraph.queries.results import records

    return pretty_json(records(frame))


def frame_table(frame: pd.DataFrame) -> str:
    """Return a frame as an aligned table."""
    from medgraph.aligned_text import aligned

    return f"{aligned(frame)}\n"


# An answer in codes, for scripts.
CODED_FORMATS: dict[str, Format[Answer]] = {
    "csv": Format(as_csv, bom=True, beside=lambda answer: [*answer.stamps, answer.headline]),
    "json": Format(lambda answer: answer.to_json() + "\n"),
}
ANSWER_FORMATS = ("table", *CODED_FORMATS, "xlsx")
FRAME_FORMATS: dict[str, Format[pd.DataFrame]] = {
    "table": Format(frame_table),
    "csv": Format(frame_csv, bom=True),
    "json": Format(frame_json),
}


def show(
    net: MedicalNetwork,
    answer: Answer,
    format_: str | None,
    output: str | None,
    further: Callable[[], Iterable[str]] = tuple,
) -> None:
    """Print an answer about `net`, or write it to a file and say its stamps.

    A table has the `further` lines below, which need not be worked out for scripts.
    """
    from medgraph.cli.answer_words import answer_text, write_answer_workbook

    formats = {
        "table": Format(lambda one: answer_text(net, one) + "".join(f"{s}\n" for s in further())),
        **CODED_FORMATS,
        "xlsx": Format(write=partial(write_answer_workbook, net)),
    }
    deliver(answer, formats, format_, output, stamps=answer.stamps)
