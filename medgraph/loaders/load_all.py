"""Load a folder of files into a store: past bad ones, and each accounted for in one record."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import MedGraphError, SourceError, WithheldError
from medgraph.loaders import registry
from medgraph.whole_files import LOCK_FILE
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.store.merging import Report

STATUSES = LOADED, SAME, WITHHELD, REFUSED = "loaded", "same", "withheld", "refused"
FAULTY = (WITHHELD, REFUSED)
_NAMED = 3  # problems or findings of a file
_COUNTED = ("added", "changed", "ended", "released", "same", "dry_run")
# What other programs leave beside a file that they have open.
_LEFTOVERS = (".", LOCK_FILE)


@dataclass(frozen=True)
class Record:
    """What became of one file: its `status` and the `reason`.

    The status is loaded, same (nothing to change), withheld or refused; of a file that was loaded
    `reason` is what the first findings say. `added`, `changed`, `ended`, `same` count nodes and
    links of the store, `released` those that the file no longer states and others do, `findings`
    what two datasets state differently. Rows of the file: `rows_in` = `loaded` + `left_out`;
    `problems` counts what `check` would list.
    """

    file: str
    dataset: str
    status: str = REFUSED
    reason: str = ""
    rows_in: int = 0
    loaded: int = 0
    left_out: int = 0
    problems: int = 0
    added: int = 0
    changed: int = 0
    ended: int = 0
    released: int = 0
    same: int = 0
    findings: int = 0
    seconds: float = 0.0
    dry_run: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain values, as the log has it."""
        return asdict(self)

    def with_report(self, report: Report, **changes: Any) -> Record:
        """Return the record with the counts of what the store did."""
        counts = report.to_dict()
        taken = {name: counts[name] for name in _COUNTED}
        return replace(self, **taken, findings=len(report.findings), **changes)


def sources(folder: str | Path, *, but: Path | None = None) -> list[Path]:
    """Return what lies in a folder, by name: every file and sub-folder is a dataset.

    Hidden files and what Excel leaves beside an open workbook are none; `but` is the log. Raise
    SourceError where nothing is there.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise SourceError(say("no_source", path=folder))
    log = but.resolve() if but else None
    files = [path for path in sorted(folder.iterdir()) if not path.name.startswith(_LEFTOVERS)]
    found = [path for path in files if path.resolve() != log]
    if not found:
        raise SourceError(say("load_all_empty", path=folder))
    return found


def load_all(
    files: list[Path],
    store: Callable[[MedicalNetwork, str], Report],
    *,
    mapping: str | Path | None = None,
    lenient: bool = False,
) -> Iterator[Record]:
    """Read each file and give it to `store` as a dataset named like the file; yield its record.

    The name of a dataset is that of the file without its suffix. A file that cannot be read, or
    that the store refuses or withholds, is recorded and passed.
    """
    seen: dict[str, str] = {}
    for path in files:
        start = time.perf_counter()
        dataset = path.name if path.is_dir() else path.stem
        record = Record(path.name, dataset)
        if first := seen.get(dataset):
            record = replace(record, reason=say("load_all_twice", dataset=dataset, file=first))
        else:
            seen[dataset] = path.name
            record = _loaded(record, path, store, mapping, lenient)
        yield replace(record, seconds=round(time.perf_counter() - start, 3))


def _loaded(
    record: Record,
    path: Path,
    store: Callable[[MedicalNetwork, str], Report],
    mapping: str | Path | None,
    lenient: bool,
) -> Record:
    """The record of one file after it was read and stored, or refused."""
    try:
        loaded = registry.load(path, mapping=mapping, lenient=lenient)
        record = replace(
            record,
            rows_in=loaded.rows_in,
            loaded=loaded.loaded,
            left_out=loaded.left_out,
            problems=len(loaded.problems),
        )
        report = store(loaded.require(), record.dataset)
        reason = " ".join(report.findings[:_NAMED])
        return record.with_report(report, status=_status(report), reason=reason)
    except WithheldError as error:
        withheld: Any = error.report
        return record.with_report(withheld, status=WITHHELD, reason=str(error))
    except (MedGraphError, OSError) as error:
        return replace(record, reason=_sentence(error))


def _status(report: Report) -> str:
    has_changed = report.added or report.changed or report.ended or report.released
    return LOADED if has_changed else SAME


def _sentence(error: Exception) -> str:
    """The sentence of an error, with the first problems behind it."""
    problems = getattr(error, "problems", ())[:_NAMED]
    return " ".join([str(error), *map(str, problems)])
