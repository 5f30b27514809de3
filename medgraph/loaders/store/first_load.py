"""Load a network that is not in a store yet: in batches, and it appears with the last commit."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from medgraph.loaders.store.loads import refuse_loose_links, run
from medgraph.progress import advance

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.loaders.store.loads import Load
    from medgraph.loaders.store.merging import Report

_CLEANED = 10_000  # nodes that are deleted at once


class Overtaken(Exception):  # noqa: N818 - no error: the load goes on as an increment
    """Another writer has loaded the network in the meantime."""


def first_load(load: Load, session: Any, lock: Any, commit: Callable[[], None]) -> Report:
    """Load a network that is not there: a small one in `lock`, a transaction that stays open.

    A large one goes in batches, each in a transaction of `session`; what an earlier load left
    behind is deleted first. The network itself appears with the last commit, that of `lock`.
    """
    cypher, network = load.cypher, load.network
    traces = session.run(cypher.traces, network=network).single()[0]
    send = functools.partial(run, lock)
    if traces or load.is_large:
        session.execute_write(run, cypher.begin, network=network)
        send = functools.partial(session.execute_write, run)
    lock.run(cypher.begin, network=network).consume()  # another first load waits here
    if lock.run(cypher.look, network=network).peek() is not None:
        raise Overtaken
    if traces:
        _clean(load, session)
    _create_rows(load, send)
    datasets, meta = [load.dataset], load.net.meta
    lock.run(cypher.dataset, values=load.dataset_values(1)).consume()
    lock.run(cypher.create, values=load.network_values(1, datasets, meta)).consume()
    lock.run(cypher.done, network=network).consume()
    commit()
    return load.report(added=load.total, version=1)


def _create_rows(load: Load, send: Callable[..., Any]) -> None:
    done = 0
    for part in ("nodes", "links"):
        for text, rows in load.creations(part):
            made = send(text, rows=rows, owners=[load.dataset], **load.span)
            refuse_loose_links(made, rows)
            done += len(rows)
            advance(done, load.total)


def _clean(load: Load, session: Any) -> None:
    """Delete what a load that broke off left behind, in batches."""
    while session.execute_write(_single, load.cypher.clean, size=_CLEANED, **load.span):
        pass
    session.execute_write(run, load.cypher.clean_datasets, **load.span)


def _single(transaction: Any, text: str, **values: Any) -> Any:
    return transaction.run(text, values).single()[0]
