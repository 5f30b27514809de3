"""Let one `load-all` at a time into a network, by a lock that the server holds."""

from __future__ import annotations

import contextlib
import datetime
import getpass
import os
import socket
from typing import TYPE_CHECKING, Any

from medgraph.errors import TargetError
from medgraph.loaders.store.address import DEFAULT_NETWORK
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.store.neo4j_store import Store

_PATIENCE = 5.0  # seconds to wait for somebody who is just finishing
_WAITED_IN_VAIN = (
    "TimedOut",
    "LockClientStopped",
    "LockAcquisitionTimeout",
    "Transaction.Terminated",
)


@contextlib.contextmanager
def alone(store: Store) -> Iterator[None]:
    """Hold the lock of the store's network while the block runs.

    Raise TargetError, which names who holds it. The lock is that of an open transaction on a node
    `MGLoad`: where this process or its machine goes down, the server gives it free by itself.
    """
    label = f"`{store.where.prefix}Load`"
    node = f"MATCH (l:{label} {{network: $network}})"
    name = {"network": store.where.network or DEFAULT_NETWORK}
    with contextlib.ExitStack() as stack:
        with store.speaking():
            session = stack.enter_context(store.session())
            session.run(
                f"CREATE CONSTRAINT `{store.where.prefix or 'plain'}_load_network` IF NOT EXISTS "
                f"FOR (l:{label}) REQUIRE l.network IS UNIQUE"
            ).consume()
            session.run(f"MERGE (:{label} {{network: $network}})", name).consume()
            _entered(session, node, name)
            held = session.begin_transaction(timeout=0)
            stack.callback(_given_up, held)
            held.run(f"{node} SET l.network = l.network", name).consume()
        yield


def _given_up(held: Any) -> None:
    """End the transaction; a server that has gone away has given the lock free already."""
    with contextlib.suppress(Exception):
        held.close()


def _entered(session: Any, node: str, name: dict[str, str]) -> None:
    """Write down who comes in; while somebody is inside, that waits, and is given up soon."""
    text = f"{node} SET l.by = $by, l.since = $since"
    # planned beforehand, for no network: a cold server is not a held lock
    session.run(text, _me() | {"network": ""}).consume()
    try:
        with session.begin_transaction(timeout=_PATIENCE) as trial:
            trial.run(text, _me() | name).consume()
            trial.commit()
    except Exception as error:
        if not any(word in str(getattr(error, "code", "")) for word in _WAITED_IN_VAIN):
            raise
        by, since = session.run(f"{node} RETURN l.by, l.since", name).single()
        raise TargetError(say("store_locked", by=by, since=since, **name)) from None


def _me() -> dict[str, str]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container without names
        user = str(os.getuid()) if hasattr(os, "getuid") else ""
    now = datetime.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return {"by": f"{user}@{socket.gethostname()} ({os.getpid()})", "since": now}
