"""Turn what the driver and the server say into one sentence that says what to do; never with a credential."""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

from medgraph.errors import MedGraphError, TargetError, TooLargeError
from medgraph.loaders.store.address import Address
from medgraph.words.say import say

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # a sentence is said once, by us

_BROKEN = (
    "Neo.DatabaseError.",
    "Neo.TransientError.General.DatabaseUnavailable",
    "Neo.TransientError.Database.DatabaseUnavailable",
)
_BY_CODE = {
    "Neo.ClientError.Security.AuthenticationRateLimit": "store_rate_limit",
    "Neo.ClientError.Security.CredentialsExpired": "store_password_expired",
    "Neo.ClientError.Security.": "store_auth",
    "Neo.ClientError.Database.DatabaseNotFound": "store_no_database",
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": "store_memory",
    "Neo.TransientError.General.OutOfMemoryError": "store_memory",
    "Neo.ClientError.Schema.": "store_constraint",
}


@contextlib.contextmanager
def sentences(where: Address, known: Any) -> Iterator[None]:
    """Raise TargetError in words for what the driver raises inside; `known` are the exceptions of the driver."""
    try:
        yield
    except known.Neo4jError as error:
        raise said(where, str(error.code), str(error.message)) from None
    except known.ConfigurationError:
        raise TargetError(say("store_address_fails", where=where)) from None
    except (known.DriverError, OSError) as error:
        if isinstance(error, MedGraphError):
            raise
        raise unreachable(where) from None


@contextlib.contextmanager
def cause(status: Callable[[], str], where: Address) -> Iterator[None]:
    """Where the server broke down inside, say the cause, which only the list of databases names."""
    try:
        yield
    except Exception as error:
        code = str(getattr(error, "code", ""))
        if not code.startswith(_BROKEN):
            raise
        reason = ""
        with contextlib.suppress(Exception):
            reason = status()
        if not reason and code.startswith(
            "Neo.DatabaseError.Statement."
        ):  # a value too long for the index, for one
            raise
        raise TargetError(say("store_broken", where=where, reason=reason or code)) from None


def said(where: Address, code: str, message: str) -> MedGraphError:
    """The sentence for an error of the server."""
    key = next((key for start, key in _BY_CODE.items() if code.startswith(start)), "store_refused")
    kind = TooLargeError if key == "store_memory" else TargetError
    return kind(
        say(
            key,
            where=where,
            database=where.database or "",
            code=code,
            message=message.split("\n")[0][:300],
        )
    )


def unreachable(where: Address) -> TargetError:
    """Say why no conversation comes about: nobody there, TLS on one side only, or something else than Neo4j."""
    secure = "+s" in where.uri
    try:
        with socket.create_connection((where.host, where.port), timeout=5):
            pass
    except OSError:
        return TargetError(say("store_no_server", where=where))
    speaks = _speaks_tls(where)
    if speaks and not secure:
        return TargetError(say("store_tls_only", where=where))
    if speaks and "+ssc" not in where.uri:
        return TargetError(say("store_certificate", where=where))
    if secure and not speaks:
        return TargetError(say("store_no_tls", where=where))
    return TargetError(say("store_silent", where=where))


def _speaks_tls(where: Address) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((where.host, where.port), timeout=5) as plain,
            context.wrap_socket(plain),
        ):
            return True
    except OSError:
        return False
