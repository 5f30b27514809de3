"""Keep networks in Neo4j, for many people at once; the only module that imports the driver.

`docs/neo4j.md` describes the address and the layout. Queries stay where they are: a network is read
whole, under a lock, and asked here.
"""

from __future__ import annotations

import contextlib
import functools
import json
import time
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from medgraph.errors import MedGraphError, SourceError, TargetError, WithheldError
from medgraph.graphmodel import schema
from medgraph.graphmodel.change_values import plain_change
from medgraph.loaders.store import layout, reading
from medgraph.loaders.store import server_faults as faults
from medgraph.loaders.store.address import DEFAULT_NETWORK, Address, address, credentials
from medgraph.loaders.store.cypher import cypher
from medgraph.loaders.store.first_load import Overtaken, first_load
from medgraph.loaders.store.increment import increment
from medgraph.loaders.store.loads import Load, new_mark, with_prefix
from medgraph.loaders.store.merging import Report
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from medgraph.graphmodel.changes import Change
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

    P = ParamSpec("P")
    T = TypeVar("T")

__all__ = [
    "Report",
    "Store",
    "WithheldError",
    "connect",
    "load",
    "store",
    "store_scenario",
    "write",
]

_PATIENCE = 60  # seconds to ask a server that went away at a commit what became of it
_BETWEEN_ATTEMPTS = 0.5  # seconds
_ATTEMPTS = 3
_VERSIONS = ("Neo4j/5", "Neo4j/20")  # how servers begin to name themselves that are new enough


def load(source: str, *, lenient: bool = False) -> Loaded:
    """Read the network that an address names; raise SourceError."""
    with connect(source) as there:
        return there.load(lenient=lenient)


def edition(source: str) -> str:
    """Return what tells one state of the network at an address from the next; reads no rows."""
    with connect(source) as there:
        found: str = there.edition()
        return found


def write(net: MedicalNetwork, target: str, *, accept_endings: int | None = None) -> Report:
    """Write a network: all of it the first time, then what changed; raise TargetError."""
    return store(net, target, accept_endings=accept_endings)


def store(
    net: MedicalNetwork,
    target: str,
    *,
    dataset: str | None = None,
    accept_endings: int | None = None,
    dry_run: bool = False,
) -> Report:
    """Write a network as `dataset` states it, and report rows added, changed, ended and same.

    Rows that the dataset stated before and no longer states end on the day before the network's
    data day, unless another dataset states them. Over ten endings that are over a tenth of its
    rows are withheld, with all of the load, unless `accept_endings` is at least their number.
    `dry_run` writes nothing. Raise WithheldError, TargetError.
    """
    with connect(target) as there:
        return there.store(net, dataset=dataset, accept_endings=accept_endings, dry_run=dry_run)


def is_scenario(target: str) -> bool:
    """Whether an address names the base of a scenario."""
    return address(target).base is not None


def store_scenario(changes: Iterable[Change], target: str, **meta: str) -> Report:
    """Keep a scenario as its difference; `?network=NAME&base=NAME` names it and its base.

    Reading it gives the base of that day after the changes. Raise TargetError, ChangeError,
    UnknownIdError.
    """
    with connect(target) as there:
        return there.store_scenario(list(changes), **meta)


@contextlib.contextmanager
def connect(target: str) -> Iterator[Store]:
    """Log in to a store, for several loads in a row; raise SourceError or TargetError in words."""
    where = address(target)
    auth = credentials()
    import neo4j

    with faults.sentences(where, neo4j.exceptions):
        driver = neo4j.GraphDatabase.driver(
            where.uri,
            auth=auth,
            user_agent="medgraph",
            connection_timeout=10.0,
            max_transaction_retry_time=15.0,
        )
    with driver:
        there = Store(driver, where)
        with there.speaking():
            agent = driver.get_server_info().agent
        if not agent.startswith(_VERSIONS):
            raise SourceError(say("store_old_server", agent=agent))
        yield there


def _in_words(method: Callable[P, T]) -> Callable[P, T]:
    """Let a method of the store raise sentences in place of the errors of the driver.

    After a deadlock, of which nothing was written, it is repeated.
    """

    @functools.wraps(method)
    def speaking_method(*args: P.args, **options: P.kwargs) -> T:
        from neo4j.exceptions import TransientError

        there: Any = args[0]
        with there.speaking():
            for _ in range(_ATTEMPTS):
                try:
                    return method(*args, **options)
                except TransientError as error:
                    if "Deadlock" not in str(error.code):
                        raise
            return method(*args, **options)

    return speaking_method


class Store:
    """A database in a server, logged in to, and the network in it that the address names."""

    def __init__(self, driver: Any, where: Address) -> None:
        self.driver, self.where = driver, where
        self.cypher = cypher(where.prefix)
        self._prepared = False

    @contextlib.contextmanager
    def speaking(self) -> Iterator[None]:
        """Raise sentences in place of what the driver raises inside the block."""
        import neo4j

        with faults.sentences(self.where, neo4j.exceptions), faults.cause(self._status, self.where):
            yield

    def session(self, **options: Any) -> Any:
        """Return a session in the database of the address."""
        database = self.where.database
        return self.driver.session(database=database, notifications_min_severity="OFF", **options)

    @_in_words
    def names(self) -> list[str]:
        """Return the names of the networks in the database."""
        with self.session() as session:
            return [name for (name,) in session.run(self.cypher.networks)]

    def _status(self) -> str:
        """Return what the server says of its databases where one is out of order."""
        with self.driver.session(database="system") as session:
            found = session.run("SHOW DATABASES YIELD currentStatus, statusMessage RETURN *")
            return "; ".join(f"{status}: {message}" for status, message in found if message)

    # -- reading -----------------------------------------------------------------------------------

    @_in_words
    def load(self, *, lenient: bool = False) -> Loaded:
        """Read the network as it is between two writes."""
        name = self.where.network or self._only()
        with self.session(fetch_size=1) as session, session.begin_transaction() as transaction:
            loaded = reading.read(self.cypher, transaction, name, lenient=lenient)
            transaction.rollback()
            return loaded

    @_in_words
    def edition(self) -> str:
        """Return what tells one state of the network, and of its bases, from the next."""
        marks: dict[str, str] = {}
        name: str | None = self.where.network or self._only()
        with self.session() as session:
            while name is not None and name not in marks:
                found = session.run(self.cypher.look, network=name).single()
                there = found[0] if found else {}
                marks[name] = str(there.get("write"))
                name = there.get("base")
        return json.dumps(marks)

    def _only(self) -> str:
        names = self.names()
        if len(names) == 1:
            return names[0]
        if not names or DEFAULT_NETWORK in names:
            return DEFAULT_NETWORK
        raise SourceError(say("store_which_network", names=say("list_comma").join(names)))

    # -- writing -----------------------------------------------------------------------------------

    @_in_words
    def store(
        self,
        net: MedicalNetwork,
        *,
        dataset: str | None = None,
        accept_endings: int | None = None,
        dry_run: bool = False,
    ) -> Report:
        """Write a network as `dataset` states it; see `store` of this module."""
        if self.where.base is not None:
            raise TargetError(say("store_base_needs_changes"))
        network = self.where.network or DEFAULT_NETWORK
        name = dataset or self.where.dataset or network
        load = Load(net, network, name, self.cypher, accept_endings, dry_run)
        self._prepare()

        def attempt() -> Report:
            return self._increment(load) if self._there(network) else self._first(load)

        return self._settled(network, attempt)

    @_in_words
    def store_scenario(self, wanted: list[Change], **meta: str) -> Report:
        """Keep changes under the network's name, on top of `base`; see `store_scenario` here."""
        network, base = self.where.network, self.where.base
        if base is None or network is None or base == network:
            raise TargetError(say("store_scenario_names"))
        self._prepare()
        return self._settled(network, lambda: self._scenario(network, base, wanted, meta))

    def _scenario(
        self, network: str, base: str, wanted: list[Change], meta: Mapping[str, str]
    ) -> Report:
        with self.session() as session, session.begin_transaction() as transaction:
            # locked in the order of the reader: the scenario, then its base
            old = transaction.run(self.cypher.lock, network=network).single()
            if old is not None and old[0].get("base") is None:
                raise TargetError(say("store_is_network", network=network))
            there = reading.checked(transaction.run(self.cypher.lock, network=base).single(), base)
            loaded = reading.read(self.cypher, transaction, base, above=(network,))
            loaded.require().applying(wanted)  # changes that cannot be applied are not kept
            version, mark = old[0]["version"] + 1 if old else 1, new_mark()
            plain = [plain_change(change) for change in wanted]
            values = {
                "name": network,
                "format": schema.FORMAT_NAME,
                "format_version": layout.LAYOUT,
                "version": version,
                "write": mark,
                "base": base,
                "base_version": there["version"],
                "changes": json.dumps(plain, ensure_ascii=False),
                **with_prefix(meta),
            }
            text = self.cypher.state if old else self.cypher.create
            transaction.run(text, network=network, values=values).consume()
            self._commit(transaction, network, mark)
        return Report(network, network, added=len(wanted), version=version)

    def _there(self, network: str) -> bool:
        with self.session() as session:
            found = session.run(self.cypher.look, network=network).single()
            if found is not None:
                reading.checked(found, network)
            return found is not None

    def _first(self, load: Load) -> Report:
        from neo4j.exceptions import IncompleteCommit

        if load.dry_run:
            return load.report(added=load.total)
        with (
            self.session() as session,
            self.session() as holder,
            holder.begin_transaction() as lock,
        ):

            def commit() -> None:
                self._commit(lock, load.network, load.mark)

            try:
                return first_load(load, session, lock, commit)
            except IncompleteCommit as error:
                # of a batch: whatever became of it, the next attempt cleans it away
                raise _Lost from error

    def _increment(self, load: Load) -> Report:
        with self.session() as session, session.begin_transaction() as transaction:
            report = increment(load, transaction)
            if load.dry_run:
                transaction.rollback()
            else:
                self._commit(transaction, load.network, load.mark)
            return report

    def _settled(self, network: str, attempt: Callable[[], Report]) -> Report:
        """Attempt a write, and again where another was faster or the commit got lost."""
        for _ in range(_ATTEMPTS):
            try:
                return attempt()
            except (Overtaken, _Lost):
                continue
        raise TargetError(say("store_unknown_outcome", network=network))

    def _commit(self, transaction: Any, network: str, mark: str) -> None:
        """Commit; where the answer is lost, ask the server whether it took effect."""
        from neo4j.exceptions import IncompleteCommit, ServiceUnavailable, SessionExpired

        try:
            transaction.commit()
        except (IncompleteCommit, ServiceUnavailable, SessionExpired) as error:
            if self._write_of(network) != mark:
                raise _Lost from error

    def _write_of(self, network: str) -> str | None:
        """The mark of the last write that took effect; the server may be starting again."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._last_mark(network)
            except Exception as error:
                if time.monotonic() > until or not getattr(error, "is_retryable", bool)():
                    raise TargetError(say("store_unknown_outcome", network=network)) from error
                time.sleep(_BETWEEN_ATTEMPTS)

    def _last_mark(self, network: str) -> str | None:
        with self.session() as session, session.begin_transaction() as transaction:
            # under the lock, so that a commit under way comes first
            found = transaction.run(self.cypher.lock, network=network).single()
            transaction.rollback()
        return found[0].get("write") if found else None

    def _prepare(self) -> None:
        """Make the constraints and the index, once; they need transactions of their own."""
        if not self._prepared:
            with self.session() as session:
                for text in (*self.cypher.constraints, self.cypher.index):
                    session.run(text).consume()
            self._prepared = True


class _Lost(MedGraphError):  # noqa: N818 - what happened, never seen outside
    """A commit whose answer was lost did not take effect."""
