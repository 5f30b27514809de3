"""Turn an ugly workbook into our filled template with 对照, 读入说明 and 未读懂; or read it as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.loaders import atomic
from medgraph.loaders.foreign import mapped_files, mapping_sheet_reading
from medgraph.loaders.foreign.mapping import (
    MessyMapping,
    is_messy_mapping,
    read_mapping,
    write_mapping,
)
from medgraph.loaders.foreign.proposal import guess
from medgraph.loaders.foreign.reading import Reading, path_of, read_workbook
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.workbooks.grid import left_alone, read_grids, read_sheet, sheet_names
from medgraph.suffixes import CSV, WORKBOOKS, XLSX
from medgraph.words.languages import choose
from medgraph.words.say import language, say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

_BY_CHANCE = 2
_NOTES = {"zh": "读入说明", "en": "How read"}
_UNREAD = {"zh": "未读懂", "en": "Not understood"}


class EditedError(TargetError):
    """The tables of the workbook to be written were edited by hand."""


class OriginalGoneError(SourceError):
    """The workbook that 对照 names as its original is not there."""


def load(source: Path, *, lenient: bool = False, mapping: Path | None = None) -> Loaded:
    """Read an ugly workbook, CSV or folder of them; without a `mapping` by a guess that stamps the network."""
    if mapping is not None and not is_messy_mapping(mapping):
        return mapped_files.load(source, mapping=mapping, lenient=lenient)
    reading = _read(Path(source), mapping, lenient=lenient)
    if not reading.account.used and not reading.loaded.errors:
        raise SourceError(say("messy_none_read", path=source), reading.account.problems)
    return reading.loaded


def tidy(source: str | Path, target: str | Path, *, mapping: str | Path | None = None) -> Reading:
    """Write `target`: the filled template with 对照, 读入说明 and 未读懂; `source` is never altered.

    Where `source` is a workbook that this wrote, the file it came from is read again under the edits in its 对照;
    the same holds where `target` is one that came from `source`: edits are never lost.
    Raise SourceError where nothing in it can be read; 对照 is written even then, so that it can be edited.
    """
    source, target = Path(source), Path(target)
    for path in (source, Path(mapping or source)):
        if not path.exists():
            raise SourceError(say("no_source", path=path))
    if target.suffix.lower() != XLSX:
        raise TargetError(say("tidy_not_xlsx", path=target))
    if _is_template(source) and _mapping_in(source) is None:
        raise SourceError(say("tidy_not_needed", source=source))
    original = _origin(source)[0] if not mapping else source
    never_onto(original, target)
    _not_edited(target)
    kept = not mapping and original == source and came_from(target, source)
    reading = _read(target if kept else source, Path(mapping) if mapping else None, lenient=True)
    if kept:
        reading.account.note("", say("tidy_kept", target=target.name))
    reading.mapping.source = path_of(original, target)
    reading.mapping.made = fingerprint(reading.loaded.require())
    _write(reading, target)
    if not reading.account.used and reading.account.cells:
        problems = reading.account.problems
        raise SourceError(say("tidy_nothing_read", path=source, target=target), problems)
    return reading


def _is_template(source: Path) -> bool:
    """Whether a workbook or folder has several tables called as ours are, and not one by chance."""
    titles = (
        [path.stem for path in source.glob(f"*{CSV}")] if source.is_dir() else sheet_names(source)
    )
    return (
        len({table.name for title in titles if (table := schema.table_named(title)) is not None})
        > _BY_CHANCE
    )


def never_onto(original: str | Path, target: str | Path) -> None:
    """Raise TargetError where writing `target` would alter `original`, or a workbook in it where it is a folder."""
    original, target = Path(original).resolve(), Path(target).resolve()
    inside = (
        original.is_dir()
        and target.parent == original
        and target.exists()
        and not left_alone(target)
    )
    if target == original or inside:
        raise TargetError(say("tidy_not_itself", path=target.name))


def _not_edited(target: Path) -> None:
    """Refuse to write over tables that somebody edited by hand; what 对照 says is read anyway."""
    mapping = _mapping_in(target) if target.exists() else None
    if mapping is None or not mapping.made:
        return
    from medgraph.loaders.workbooks import workbook

    there = workbook.load(target, lenient=True).network
    if there is None or fingerprint(there) != mapping.made:
        raise EditedError(say("tidy_edited", path=target))


def came_from(target: Path, source: Path) -> bool:
    """Whether `target` is a workbook that this wrote from `source`."""
    mapping = _mapping_in(target) if target.exists() else None
    return mapping is not None and source.resolve() in (
        (target.parent / mapping.source).resolve(),
        Path(mapping.source).resolve(),
    )


def fingerprint(net: MedicalNetwork) -> str:
    """Return what tells the tables of a network from any others."""
    digest = hashlib.sha256()
    for table in net.tables:
        names = sorted(n for n in table.column_names if table[n].null_count < len(table))
        rows = zip(*(table[n].to_pylist() for n in names), strict=True)
        digest.update(repr((names, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()[:16]


def default_target(source: Path) -> Path:
    """Return where the tidy workbook goes without being told: beside the source; one of ours is written anew."""
    if _mapping_in(source) is not None:
        return source
    return source.with_name(say("tidy_default", stem=source.stem))


def save_mapping(mapping: MessyMapping, target: str | Path) -> None:
    """Write a mapping as the TOML file that `--mapping` reads."""
    with atomic.replacing(target) as new:
        new.write_text(write_mapping(mapping), encoding="utf-8")


def _read(source: Path, mapping: Path | None, *, lenient: bool) -> Reading:
    notes: list[tuple[str, str]] = []
    stated = read_mapping(mapping) if mapping else None
    if stated is None:
        source, stated = _origin(source)
    grids = read_grids(source, notes)
    if not any(grid.rows for grid in grids):
        raise SourceError(say("messy_empty" if grids else "messy_nothing", path=source))
    found = stated if stated is not None else guess(grids)
    return read_workbook(grids, found, lenient=lenient, notes=notes)


def _origin(source: Path) -> tuple[Path, MessyMapping | None]:
    """The file that a workbook of ours came from and the mapping in its 对照; of any other file itself and none."""
    mapping = _mapping_in(source)
    if mapping is None:
        return source, None
    found = next(
        (p for p in (source.parent / mapping.source, Path(mapping.source)) if p.exists()), None
    )
    if found is None:
        raise OriginalGoneError(say("tidy_original_gone", path=mapping.source, workbook=source))
    return found, mapping


def _mapping_in(path: Path) -> MessyMapping | None:
    """The mapping in the 对照 of a workbook that this wrote; None where it has none."""
    if path.is_dir() or path.suffix.lower() not in WORKBOOKS:
        return None
    title = next(
        (name for name in sheet_names(path) if name in mapping_sheet_reading.TITLES.values()), None
    )
    return (
        mapping_sheet_reading.read_sheet(read_sheet(path, title).rows, path.name) if title else None
    )


# -- writing ---------------------------------------------------------------------------------------


def _write(reading: Reading, target: Path) -> None:
    from medgraph.loaders.workbooks import workbook

    lang = language()
    net: MedicalNetwork = reading.loaded.require()

    def also(book: Any) -> None:
        mapping_sheet_reading.write_sheet(book, reading.mapping, reading.account)

    workbook.write(
        net,
        target,
        beside={choose(lang, _NOTES): notes_of(reading), choose(lang, _UNREAD): unread_of(reading)},
        also=also,
    )


def notes_of(reading: Reading) -> pd.DataFrame:
    """Return every decision with its place, the account of cells first. Columns: place, what was decided."""
    import pandas as pd

    account = reading.account
    rows = [
        ("", accounted(reading)),
        *(("", f"{reason}：{count}") for reason, count in account.reasons.items()),
    ]
    rows += [(d.place, d.text) for d in account.decisions]
    return pd.DataFrame(
        rows, columns=[say("tidy_head_place"), say("tidy_head_decision")], dtype=object
    )


def unread_of(reading: Reading) -> pd.DataFrame:
    """Return what was not used. Columns: place, value, reason, advice."""
    import pandas as pd

    rows = [(u.place, u.value, u.reason, u.advice) for u in reading.account.unread]
    heads = [say(f"tidy_head_{name}") for name in ("place", "value", "reason", "advice")]
    return pd.DataFrame(rows, columns=heads, dtype=object)


def accounted(reading: Reading) -> str:
    """Return the account of cells as a sentence: used + skipped + not understood = non-empty cells."""
    return say("tidy_accounted", **reading.account.counts)
