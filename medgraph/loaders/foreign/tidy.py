"""Turn a workbook that was not made for us into our template, filled in; or read it as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.graphmodel.fingerprint import fingerprint
from medgraph.loaders.foreign import mapped_files
from medgraph.loaders.foreign.account_sheets import notes_of, unread_of
from medgraph.loaders.foreign.mapping_sheet_reading import read_mapping_sheet
from medgraph.loaders.foreign.mapping_sheet_writing import write_mapping_sheet
from medgraph.loaders.foreign.mapping_toml import is_workbook_mapping, read_mapping, write_mapping
from medgraph.loaders.foreign.proposal import propose, propose_anew
from medgraph.loaders.foreign.question_answers import apply_answers, write_questions
from medgraph.loaders.foreign.reading import Reading, read_workbook, stated_of_itself
from medgraph.loaders.foreign.rebinding import carried_over, found_by_headers
from medgraph.loaders.foreign.referral_records import records_of
from medgraph.loaders.foreign.renamings import ask_for_renamings
from medgraph.loaders.foreign.task_records import ledger_of
from medgraph.loaders.tabular.statements import is_declaration
from medgraph.loaders.workbooks import workbook
from medgraph.loaders.workbooks.persons import hiding_persons
from medgraph.loaders.workbooks.readers import left_alone, read_grids, read_sheets, sheet_names
from medgraph.loaders.workbooks.recognition import BY_CHANCE, only_workbook
from medgraph.loaders.workbooks.template import never_onto_filled
from medgraph.suffixes import CSV, WORKBOOKS
from medgraph.whole_files import replacing
from medgraph.words.foreign_workbooks import MAPPING_SHEETS
from medgraph.words.languages import choose
from medgraph.words.say import language, say
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.foreign.mapping import WorkbookMapping
    from medgraph.loaders.loaded import Loaded
    from medgraph.loaders.workbooks.grid import Grid


class EditedError(TargetError):
    """The tables of the workbook to be written were edited by hand."""


class OriginalGoneError(SourceError):
    """The workbook that 对照 names as its original is not there."""


class Update(NamedTuple):
    """The reading of a new edition, and the network of the last one."""

    reading: Reading
    last: MedicalNetwork


class _Earlier(NamedTuple):
    """A workbook that this wrote, to be written over: its mapping, and the network it holds."""

    mapping: WorkbookMapping
    network: MedicalNetwork | None


# -- reading ---------------------------------------------------------------------------------------


def load(source: Path, *, lenient: bool = False, mapping: Path | None = None) -> Loaded:
    """Read somebody else's workbook, CSV, or folder of them, or data files under their mapping.

    Without a `mapping` it is read by a proposal that stamps the network as unconfirmed.
    """
    if mapping is not None and not is_workbook_mapping(mapping):
        return mapped_files.load(source, mapping=mapping, lenient=lenient)
    source, stated = _stated_mapping(Path(source), mapping)
    reading = _read(source, stated, lenient=lenient)
    if not reading.account.used and not reading.loaded.errors:
        sentence = "foreign_none_known" if mapping is None else "foreign_none_read"
        raise SourceError(say(sentence, path=source), reading.account.problems)
    return reading.loaded


def _stated_mapping(source: Path, mapping: Path | None) -> tuple[Path, WorkbookMapping | None]:
    """The file to be read and the mapping that somebody stated for it, in a file or in 对照."""
    if mapping is not None:
        return source, read_mapping(mapping)
    return _original(source)


def _read(source: Path, stated: WorkbookMapping | None, *, lenient: bool) -> Reading:
    left_out: list[tuple[str, str]] = []
    grids = _grids(source, left_out)
    meant = stated if stated is not None else propose(grids)
    found_by_headers(meant, grids)
    propose_anew(meant, grids)
    return read_workbook(grids, meant, lenient=lenient, notes=left_out)


def _original(source: Path) -> tuple[Path, WorkbookMapping | None]:
    """The file that a workbook of ours came from and its mapping; of any other itself and none."""
    mapping = _mapping_in(source)
    if mapping is None:
        return source, None
    for path in _named_originals(source, mapping):
        if path.exists():
            return path, mapping
    raise OriginalGoneError(say("tidy_original_gone", path=mapping.source, workbook=source))


def _named_originals(workbook: Path, mapping: WorkbookMapping) -> tuple[Path, Path]:
    """Where the file may be that 对照 names: beside the workbook, or where its path leads."""
    return workbook.parent / mapping.source, Path(mapping.source)


def _mapping_in(path: Path) -> WorkbookMapping | None:
    """The mapping in the 对照 of a workbook that this wrote; None where it has none.

    The answers that stand in its sheet of questions are taken.
    """
    if path.is_dir() or path.suffix.lower() not in WORKBOOKS:
        return None
    names = sheet_names(path)
    mappings = [name for name in names if name in MAPPING_SHEETS.values()][:1]
    questions = [name for name in names if name in SHEETS["to_answer"].values()]
    if not mappings:
        return None
    stated, *answered = read_sheets(path, [*mappings, *questions])
    mapping = read_mapping_sheet(stated.rows, path.name)
    if mapping is not None:
        for answers in answered:
            apply_answers(answers.rows, mapping, path.name)
    return mapping


# -- writing ---------------------------------------------------------------------------------------


def tidy(source: str | Path, target: str | Path, *, mapping: str | Path | None = None) -> Reading:
    """Write `target`: the filled template with 对照, 读入说明 and 未读懂; `source` is not altered.

    Where `source` is a workbook that this wrote, the file it came from is read again under the
    edits in its 对照; so it is where `target` is one that came from `source`: edits are never lost.
    Raise SourceError where nothing in it can be read; 对照 is written even then, to be edited.
    """
    source, target = Path(source), Path(target)
    _check_paths(source, target, Path(mapping or source))
    original, meant = _stated_mapping(source, Path(mapping) if mapping else None)
    never_onto(original, target)
    earlier = _to_be_replaced(target)
    keeps_edits = False
    if meant is None and earlier is not None and _came_from(target, source, earlier.mapping):
        keeps_edits = True
        meant = earlier.mapping
    reading = _read(original, meant, lenient=True)
    if keeps_edits:
        reading.account.note("", say("tidy_kept", target=target.name))
        reading = replace(reading, keeps_edits=True)
    reading.mapping.source = _path_from(target, original)
    reading.mapping.made = fingerprint(reading.loaded.require())
    reading = _with_statements(reading, earlier)
    _write(reading, target)
    if not reading.account.used and reading.account.cells:
        sentence = say("tidy_nothing_read", path=source, target=target)
        raise SourceError(sentence, reading.account.problems)
    return reading


def update(last: str | Path, new: str | Path, target: str | Path) -> Update:
    """Write `target` from the new edition of a workbook, under what was said of the last one.

    `last` is the workbook that `tidy` or this wrote of the last edition. Where `target` is one that
    came from `new`, its own answers count. What facilities are called now is asked.
    """
    last, new, target = Path(last), Path(new), Path(target)
    _check_paths(new, target, last)
    said = _mapping_in(last)
    if said is None:
        raise SourceError(say("update_not_tidied", path=last))
    never_onto(new, target)
    never_onto(last, target)
    earlier = _to_be_replaced(target)
    left_out: list[tuple[str, str]] = []
    grids = _grids(new, left_out)
    if earlier is not None and _came_from(target, new, earlier.mapping):
        meant = earlier.mapping
    else:
        meant = carried_over(said, propose(grids))
    propose_anew(meant, grids)
    reading = read_workbook(grids, meant, lenient=True, notes=left_out)
    before = workbook.load(last, lenient=True).require()
    ask_for_renamings(before, reading.loaded.require(), meant.answers, reading.account)
    meant.source = _path_from(target, new)
    meant.made = fingerprint(reading.loaded.require())
    reading = _with_statements(reading, earlier)
    _write(reading, target)
    return Update(reading, before)


def _grids(source: Path, left_out: list[tuple[str, str]]) -> list[Grid]:
    """The sheets of a source without persons; raise SourceError where they hold nothing."""
    grids = [hiding_persons(grid) for grid in read_grids(source, left_out)]
    if not any(grid.rows for grid in grids):
        raise SourceError(say("foreign_empty" if grids else "foreign_nothing", path=source))
    return grids


def _check_paths(source: Path, target: Path, mapping: Path) -> None:
    """Raise SourceError or TargetError for what is not there, needs no tidying, or is no .xlsx."""
    for path in (source, mapping):
        if not path.exists():
            raise SourceError(say("no_source", path=path))
    only_workbook(target)
    if _is_template(source) and _mapping_in(source) is None:
        raise SourceError(say("tidy_not_needed", source=source))


def _is_template(source: Path) -> bool:
    """Whether several tables of a workbook or folder are called as ours are, not one by chance."""
    if source.is_dir():
        titles = [path.stem for path in source.glob(f"*{CSV}")]
    else:
        titles = sheet_names(source)
    tables = {table.name for title in titles if (table := schema.table_named(title)) is not None}
    return len(tables) > BY_CHANCE


def never_onto(original: str | Path, target: str | Path) -> None:
    """Raise TargetError where writing `target` would alter `original`, or a workbook in it."""
    source, new = Path(original).resolve(), Path(target).resolve()
    if new == source or _is_read_with(source, new):
        raise TargetError(say("tidy_not_itself", path=new.name))


def _is_read_with(folder: Path, file: Path) -> bool:
    """Whether a file is one of those that reading a folder takes in."""
    is_inside = folder.is_dir() and file.parent == folder and file.exists()
    return is_inside and not left_alone(file)


def _to_be_replaced(target: Path) -> _Earlier | None:
    """What stands in the workbook to be written over; None where this has not written it.

    Tables that somebody edited by hand are not written over (edits of 对照 are read anyway), and
    of what this has not written an empty template at most gives way.
    """
    mapping = _mapping_in(target) if target.exists() else None
    if mapping is None:
        never_onto_filled(target)
        return None
    network = workbook.load(target, lenient=True).network
    is_as_made = network is not None and fingerprint(network) == mapping.made
    if mapping.made and not is_as_made:
        raise EditedError(say("tidy_edited", path=target))
    return _Earlier(mapping, network)


def _with_statements(reading: Reading, earlier: _Earlier | None) -> Reading:
    """The reading with what somebody stated in the sheet 说明 of the workbook that it replaces.

    A declaration there counts; of all else, what the reading does not state anew. What the
    workbook says of itself it says again, or not, as 对照 has it now.
    """
    if earlier is None or earlier.network is None:
        return reading
    net = reading.loaded.require()
    stated = earlier.network.meta
    own = stated_of_itself(stated)
    kept = {
        key: text
        for key, text in stated.items()
        if key not in own and (is_declaration(key) or key not in net.meta)
    }
    if not kept:
        return reading
    return replace(reading, loaded=replace(reading.loaded, network=net.with_meta(**kept)))


def _came_from(target: Path, source: Path, mapping: WorkbookMapping) -> bool:
    """Whether `target`, which has this mapping in 对照, was written from `source`."""
    named = _named_originals(target, mapping)
    return source.resolve() in [path.resolve() for path in named]


def _path_from(workbook: Path, source: Path) -> str:
    """How 对照 names the file it came from: beside the workbook by its name, else by its path."""
    is_beside = source.resolve().parent == workbook.resolve().parent
    return source.name if is_beside else str(source.resolve())


def default_target(source: Path) -> Path:
    """Return where the tidy workbook goes: beside the source; one of ours is written anew."""
    if _mapping_in(source) is not None:
        return source
    named = source.resolve() if source.name in ("", "..") else source  # as `.` is
    return named.parent / say("tidy_default", stem=named.stem)


def save_mapping(mapping: WorkbookMapping, target: str | Path) -> None:
    """Write a mapping as the TOML file that `--mapping` reads."""
    with replacing(target) as new:
        new.write_text(write_mapping(mapping), encoding="utf-8")


def _write(reading: Reading, target: Path) -> None:
    lang = language()
    if reading.counts:
        _note_counts(reading, target)
    if reading.tasks:
        tasks = len({one.subject for one in reading.tasks})
        sheet = choose(lang, SHEETS["tasks"])
        reading.account.note(sheet, say("tidy_tasks", tasks=tasks, sheet=sheet, target=target.name))

    def add_questions(book: Any) -> None:
        write_questions(book, reading.mapping, reading.account)

    def add_mapping(book: Any) -> None:
        write_mapping_sheet(book, reading.mapping, reading.account)

    beside = {
        choose(lang, SHEETS["how_read"]): notes_of(reading),
        choose(lang, SHEETS["not_understood"]): unread_of(reading),
        **records_of(reading.counts),
        **ledger_of(reading.tasks),
    }
    net = reading.loaded.require()
    workbook.write(net, target, first=add_questions, beside=beside, also=add_mapping)


def _note_counts(reading: Reading, target: Path) -> None:
    """Say where the counts of referrals are, and what reads them."""
    patients = sum(one.count for one in reading.counts)
    sheet = choose(language(), SHEETS["referral_counts"])
    values = {"rows": len(reading.counts), "patients": patients, "sheet": sheet}
    reading.account.note(sheet, say("tidy_referral_counts", **values, target=target.name))
    if not all(one.month for one in reading.counts):
        reading.account.note(sheet, say("tidy_referral_counts_undated"))
