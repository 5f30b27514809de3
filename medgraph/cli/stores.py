"""Commands on a shared store: load-all."""

from __future__ import annotations

import collections
import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.common import emit, lang_option, note
from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.store.load_all import Record
    from medgraph.loaders.store.neo4j_store import Report


@click.command("load-all", help=say("help.load_all"))
@click.argument("folder", metavar="DIR", type=click.Path())
@click.argument("uri", metavar="URI")
@click.option("--log", type=click.Path(dir_okay=False), help=say("help.load_all_log"))
@click.option("--dry-run", is_flag=True, help=say("help.load_all_dry_run"))
@click.option(
    "--accept-endings", type=click.IntRange(min=0), metavar="N", help=say("help.accept_endings")
)
@click.option("--mapping", type=click.Path(dir_okay=False), help=say("help.mapping"))
@click.option("--lenient", is_flag=True, help=say("help.lenient"))
@lang_option
def load_all(
    folder: str,
    uri: str,
    log: str | None,
    dry_run: bool,
    accept_endings: int | None,
    **reading: Any,
) -> int:
    from medgraph.loaders.store import load_all as loading
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
        _logged(log) as tell,
    ):

        def keep(net: MedicalNetwork, dataset: str) -> Report:
            return store.store(net, dataset=dataset, accept_endings=accept_endings, dry_run=dry_run)

        for record in loading.load_all(files, keep, **reading):
            counts[record.status] += 1
            tell(record)
    note(
        say(
            "load_all_summary",
            files=len(files),
            **{status: counts[status] for status in loading.STATUSES},
        )
    )
    return (
        2
        if counts[loading.REFUSED] == len(files)
        else int(any(counts[status] for status in loading.FAULTY))
    )


@contextlib.contextmanager
def _logged(log: str | None) -> Iterator[Callable[[Record], None]]:
    """Give what tells of each file as soon as it is done: a line for people, and a line of JSON in the log."""
    with open(log, "w", encoding="utf-8") if log else contextlib.nullcontext() as stream:

        def tell(record: Record) -> None:
            emit(say(f"load_all_{record.status}", **record.to_dict()) + "\n")
            if record.findings:
                note(f"  {record.reason}")
            if stream:
                stream.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
                stream.flush()

        yield tell


COMMANDS = (load_all,)
