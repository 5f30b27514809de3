"""Commands on a shared store: load-all."""

from __future__ import annotations

import collections
import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from medgraph.cli.console import emit, note
from medgraph.cli.language import command, option
from medgraph.cli.options import LENIENT, MAPPING
from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.load_all import Record
    from medgraph.loaders.store.neo4j_store import Report


@command("load-all", help="help.load_all")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.argument("uri", metavar="URI")
@option("--log", type=click.Path(dir_okay=False), help="help.load_all_log")
@option("--dry-run", is_flag=True, help="help.load_all_dry_run")
@option("--accept-endings", type=click.IntRange(min=0), metavar="N", help="help.accept_endings")
@MAPPING
@LENIENT
def load_all(
    folder: str,
    uri: str,
    log: str | None,
    dry_run: bool,
    accept_endings: int | None,
    **reading: Any,
) -> int:
    """Load every file of a folder as a dataset of a shared store."""
    from medgraph.loaders import load_all as loading
    from medgraph.loaders.store import neo4j_store
    from medgraph.loaders.store.address import address
    from medgraph.loaders.store.lock import alone

    files = loading.sources(folder, but=Path(log) if log else None)
    counts: collections.Counter[str] = collections.Counter()
    if address(uri).dataset:
        raise OptionError(say("load_all_dataset"))
    with (
        neo4j_store.connect(uri) as store,
        contextlib.nullcontext() if dry_run else alone(store),
        _logged(log) as report_of_file,
    ):

        def keep(net: MedicalNetwork, dataset: str) -> Report:
            report: Report = store.store(
                net, dataset=dataset, accept_endings=accept_endings, dry_run=dry_run
            )
            return report

        for record in loading.load_all(files, keep, **reading):
            counts[record.status] += 1
            report_of_file(record)
    of_each = {status: counts[status] for status in loading.STATUSES}
    note(say("load_all_summary", files=len(files), **of_each))
    return _exit_code(of_each, len(files))


def _exit_code(counts: Mapping[str, int], files: int) -> int:
    """Return 2 where no file could be loaded, 1 where one was refused or withheld, else 0."""
    from medgraph.loaders.load_all import FAULTY, REFUSED

    if counts[REFUSED] == files:
        return 2
    return int(any(counts[status] for status in FAULTY))


@contextlib.contextmanager
def _logged(log: str | None) -> Iterator[Callable[[Record], None]]:
    """Give what reports each file when it is done: a line for people, a line of JSON in the log."""
    with open(log, "w", encoding="utf-8") if log else contextlib.nullcontext() as stream:

        def report(record: Record) -> None:
            emit(say(f"load_all_{record.status}", **record.to_dict()) + "\n")
            if record.findings:
                note(f"  {record.reason}")
            if stream:
                _append(stream, record)

        yield report


def _append(stream: TextIO, record: Record) -> None:
    stream.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
    stream.flush()


COMMANDS = (load_all,)
