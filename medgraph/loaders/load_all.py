"""Load a folder of files into a store: past bad ones, and each accounted for in one record."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import MedGraphError, SourceError, WithheldError
from medgraph.loaders import registry
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.store.merging import Report

STATUSES = LOADED, SAME, WITHHELD, REFUSED = "loaded", "same", "withheld", "refused"
FAULTY = (WITHHELD, REFUSED)
_TOLD = 3  # problems or findings of a file
# What other programs leave beside a file that they have open.
_LEFTOVERS = (".", "~$")


@dataclass(frozen=True)
class Record:
    """What became of one file: `status` loaded, same (nothing to change), withheld or refused, and the `reason`.

    Of a file that was loaded `reason` is what the first findings say.
    `added`, `changed`, `ended`, `same` count nodes and links of the store, `released` those that the file no longer
    states and others do, `findings` what two datasets state differently; rows of the file: `rows_in` = `loaded` +
    `left_out`; `problems` counts what `check` would list.
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
        return asdict(self)


def sources(folder: str | Path, *, but: Path | None = None) -> list[Path]:
    """Return what lies in a folder, by name: every file and sub-folder is a dataset; `but` is the log.

    Hidden files and what Excel leaves beside an open workbook are none. Raise SourceError where nothing is there.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise SourceError(say("no_source", path=folder))
    log = but.resolve() if but else None
    found = [
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith(_LEFTOVERS) and path.resolve() != log
    ]
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
    """Read each file and give it to `store` as a dataset named like the file without its suffix; yield its record.

    A file that cannot be read, or that the store refuses or withholds, is recorded and passed.
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
    record: Record, path: Path, store: Callable, mapping: str | Path | None, lenient: bool
) -> Record:
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
        status = (
            LOADED if report.added or report.changed or report.ended or report.released else SAME
        )
        return replace(
            record, status=status, reason=" ".join(report.findings[:_TOLD]), **_counts(report)
        )
    except WithheldError as error:
        return replace(record, status=WITHHELD, reason=str(error), **_counts(error.report))
    except (MedGraphError, OSError) as error:
        return replace(record, reason=_said(error))


def _counts(report: Report) -> dict[str, int | bool]:
    return {
        "added": report.added,
        "changed": report.changed,
        "ended": report.ended,
        "released": report.released,
        "same": report.same,
        "findings": len(report.findings),
        "dry_run": report.dry_run,
    }


def _said(error: Exception) -> str:
    """The sentence of an error, with the first problems behind it."""
    return " ".join([str(error), *(str(p) for p in getattr(error, "problems", ())[:_TOLD])])
