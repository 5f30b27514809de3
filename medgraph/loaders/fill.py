"""Read filled sheets back into their source: cells, declarations and links.

Every row is filled, refused with its cell and the reason, or still open; nothing is guessed and
nothing that is stated is overwritten in silence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.graphmodel.filled_tables import Given
from medgraph.graphmodel.filling import filled
from medgraph.loaders import atomic, registry
from medgraph.loaders.capacity import Losses
from medgraph.loaders.foreign import never_onto
from medgraph.loaders.reading_answers import Reader, Refusal
from medgraph.loaders.tabular.sheets import file_name
from medgraph.loaders.workbooks import question_sheet
from medgraph.loaders.workbooks.readers import sheet_names
from medgraph.suffixes import CSV, OLD_WORKBOOKS, WORKBOOKS
from medgraph.whole_files import LOCK_FILE
from medgraph.words.say import say
from medgraph.words.stated import stated
from medgraph.words.workbook_words import HELP_SHEETS, OTHER_WORDS_SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.store.merging import Report
    from medgraph.loaders.workbooks.question_sheet import Answered

_SHEETS = (*WORKBOOKS, *OLD_WORKBOOKS)


class Change(NamedTuple):
    """An answer that was taken: where it stands, what it answers, and what it says."""

    place: str
    question: str
    value: str


@dataclass(frozen=True)
class Filled:
    """What became of every row of filled sheets: in = filled + refused + open.

    `filled` and `open` are places with their questions, `refused` has the reason as well; `changes`
    are what was filled in with the answers, `silent` the files without any answer, `missing` the
    parts sent out with them that have not come back; `network` is the network with the answers,
    `target` where it was written, None for nowhere, `report` what writing it returned.
    """

    total: int
    filled: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str, str], ...]
    open: tuple[tuple[str, str], ...]
    network: MedicalNetwork
    target: str | None = None
    changes: tuple[Change, ...] = ()
    silent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    report: Report | Losses | None = None

    def __post_init__(self) -> None:
        accounted = len(self.filled) + len(self.refused) + len(self.open)
        if self.total != accounted:
            raise ValueError(f"{self.total} answers in, {accounted} accounted for")

    def to_dict(self) -> dict[str, Any]:
        """Return the account as plain values, with the keys that scripts rely on."""
        rows = [(*row, "") for row in self.filled], self.refused, [(*row, "") for row in self.open]
        named = zip(("filled", "refused", "open"), rows, strict=True)
        keys = ("place", "question", "reason")
        return {
            "accounted": {
                "in": self.total,
                "filled": len(self.filled),
                "refused": len(self.refused),
                "open": len(self.open),
            },
            **{name: [dict(zip(keys, row, strict=True)) for row in part] for name, part in named},
            "changes": [change._asdict() for change in self.changes],
            "silent": list(self.silent),
            "missing": list(self.missing),
            "target": self.target,
            **(self.report.to_dict() if isinstance(self.report, Losses) else {}),
        }


def fill(
    source: str | Path, files: Iterable[str | Path], *, output: str | Path | None = None
) -> Filled:
    """Fill the answers of sheets into a source, or into a copy.

    Parameters
    ----------
    source
        The file or folder that was asked about.
    files
        The sheets that came back, or folders of them.
    output
        Where to write instead; default: into the source, which stays whole on failure.

    Raises
    ------
    SourceError
        Where the source cannot be read whole, or a file is no sheet of questions.
    TargetError
        Where the source is not to be written; it is whole.

    Examples
    --------
    >>> import tempfile
    >>> import medgraph as mg
    >>> folder = tempfile.TemporaryDirectory()
    >>> net = mg.samples.taizhou()
    >>> mg.write(net, f"{folder.name}/taizhou.json")
    >>> asked = mg.policy.ask(mg.policy.audit(net, "urban-2023"))
    >>> question_sheet.write(asked.frame, f"{folder.name}/questions.xlsx")
    >>> done = fill(f"{folder.name}/taizhou.json", [f"{folder.name}/questions.xlsx"])
    >>> done.total == len(asked.frame) == len(done.open)
    True
    """
    files = tuple(_sheets(files))
    if output is not None:
        _refuse_output(source, files, output)
    output = registry.elsewhere(source, output)
    if output is None:
        _refuse_source(source)
    net = registry.read(source)
    by_file = {Path(file): question_sheet.read(file) for file in files}
    rows = [row for of_file in by_file.values() for row in of_file]
    found = _judged(net, rows)
    given = [one for one in found.values() if isinstance(one, Given)]
    new = _checked(filled(net, given))
    target = str(output or source) if given or output else None
    report = registry.write(new, target) if target else None
    silent = tuple(file_name(file) for file, own in by_file.items() if not any(map(_says, own)))
    missing = _not_back(map(question_sheet.parts_of, files))
    done = _accounted(rows, found, new, target, silent, missing)
    return replace(done, report=report)


def _not_back(parts: Iterable[question_sheet.Parts]) -> tuple[str, ...]:
    """The parts sent out with those that came back, of which no file came back."""
    sent: dict[str, None] = {}
    back: set[str] = set()
    for one in parts:
        sent |= dict.fromkeys(one.sent)
        back |= one.own
    return tuple(name for name in sent if name not in back)


def _sheets(files: Iterable[str | Path]) -> Iterator[Path]:
    """Give the workbooks that came back, those of folders too; raise SourceError where none is."""
    for file in map(Path, files):
        if not file.is_dir():
            yield file
            continue
        inside = [path for path in sorted(file.iterdir()) if path.suffix.lower() in _SHEETS]
        inside = [path for path in inside if not path.name.startswith((LOCK_FILE, "."))]
        if not inside:
            raise SourceError(say("fill_empty_folder", path=file))
        yield from inside


def _says(row: Answered) -> bool:
    return stated(row.text("answer")) is not None


def _accounted(
    rows: Sequence[Answered],
    found: dict[int, Given | Refusal],
    net: MedicalNetwork,
    target: str | None,
    silent: tuple[str, ...],
    missing: tuple[str, ...],
) -> Filled:
    filled_in: list[tuple[str, str]] = []
    still_open: list[tuple[str, str]] = []
    refused: list[tuple[str, str, str]] = []
    for number, row in enumerate(rows):
        one = found.get(number)
        if isinstance(one, Refusal):
            refused.append((row.place(one.column), row.text("question"), one.reason))
        else:
            part = still_open if one is None else filled_in
            part.append((row.place(), row.text("question")))
    changes = tuple(
        Change(row.place(), row.text("question"), row.text("answer"))
        for number, row in enumerate(rows)
        if isinstance(found.get(number), Given)
    )
    taken, left = tuple(filled_in), tuple(still_open)
    account = len(rows), taken, tuple(refused), left
    return Filled(*account, net, target, changes, silent, missing)


def _judged(net: MedicalNetwork, rows: Sequence[Answered]) -> dict[int, Given | Refusal]:
    """What each answered row gives, or why not, by its place among the rows."""
    reader = Reader(net)
    found: dict[int, Given | Refusal] = {
        number: reader.read(row) for number, row in enumerate(rows) if _says(row)
    }
    return found | _contradictions(rows, found)


def _contradictions(
    rows: Sequence[Answered], found: dict[int, Given | Refusal]
) -> dict[int, Refusal]:
    """The answers that say another thing than another answer to the same question."""
    by_question = defaultdict(list)
    for number, one in found.items():
        if isinstance(one, Given):
            by_question[rows[number].key].append((number, (one.value, set(one.ends))))
    refused = {}
    for same in by_question.values():
        for number, value in same:
            others = [rows[n].place() for n, other in same if other != value]
            if others:
                named = say("list_comma").join(others)
                refused[number] = Refusal(say("fill_contradiction", others=named))
    return refused


def _checked(net: MedicalNetwork) -> MedicalNetwork:
    """The network as a door lets it in: with all problems where it is none."""
    return type(net).from_frames(*net.tables, net.meta)


def _refuse_output(source: str | Path, files: Iterable[str | Path], output: str | Path) -> None:
    """Refuse to write over the workbook that is read, or over a sheet that came back."""
    registry.never_onto_foreign(source, output)
    for file in files:
        never_onto(file, output)


def _refuse_source(source: str | Path) -> None:
    """Refuse to write over a source that holds more than we would write again."""
    kind = registry.format_of_source(source)
    if kind is registry.FOREIGN:
        raise TargetError(say("fill_foreign", path=source))
    if kind is registry.CSV and not Path(source).is_dir():
        raise TargetError(say("declare_needs_folder", path=source))
    if others := _lost(kind, Path(source)):
        raise TargetError(say("fill_other_sheets", path=source, sheets=", ".join(others)))


def _lost(kind: registry.Format, source: Path) -> list[str]:
    """The sheets or files of a source that writing it again would take away."""
    if kind is registry.CSV:
        names = [file.stem for file in atomic.tables_of(source, CSV)]
        return [name for name in names if name in OTHER_WORDS_SHEETS]
    if kind.name == "workbook":
        return [name for name in sheet_names(source) if not _is_ours(name)]
    return []


def _is_ours(sheet: str) -> bool:
    known = schema.table_named(sheet) is not None
    return known or (sheet in HELP_SHEETS and sheet not in OTHER_WORDS_SHEETS)
