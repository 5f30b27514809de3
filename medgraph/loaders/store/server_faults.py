"""Turn what the driver and the server say into one sentence that says what to do.

It never holds a credential.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
from typing import TYPE_CHECKING, Any

from medgraph.errors import MedGraphError, TargetError, TooLargeError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medgraph.loaders.store.address import Address

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # a sentence is said once, by us

_BROKEN = (
    "Neo.DatabaseError.",
    "Neo.TransientError.General.DatabaseUnavailable",
    "Neo.TransientError.Database.DatabaseUnavailable",
)
_STATEMENT = "Neo.DatabaseError.Statement."
_LONGEST_MESSAGE = 300
_PATIENCE = 5  # seconds to connect
# The code of an error, or how it begins -> the sentence.
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
    """Raise TargetError in words for what the driver raises inside.

    `known` are the exceptions of the driver.
    """
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
        if not reason and code.startswith(_STATEMENT):
            raise  # a value too long for the index, for one
        raise TargetError(say("store_broken", where=where, reason=reason or code)) from None


def said(where: Address, code: str, message: str) -> MedGraphError:
    """Return the sentence for an error of the server."""
    key = next((key for start, key in _BY_CODE.items() if code.startswith(start)), "store_refused")
    kind = TooLargeError if key == "store_memory" else TargetError
    first_line = message.split("\n")[0][:_LONGEST_MESSAGE]
    database = where.database or ""
    return kind(say(key, where=where, database=database, code=code, message=first_line))


def unreachable(where: Address) -> TargetError:
    """Say why there is no conversation: nobody there, TLS on one side only, or no Neo4j at all."""
    try:
        with socket.create_connection((where.host, where.port), timeout=_PATIENCE):
            pass
    except OSError:
        return TargetError(say("store_no_server", where=where))
    return TargetError(say(_why_silent(where), where=where))


def _why_silent(where: Address) -> str:
    """The sentence for a server that is there and does not answer."""
    wants_tls, speaks_tls = "+s" in where.uri, _speaks_tls(where)
    if speaks_tls and not wants_tls:
        return "store_tls_only"
    if speaks_tls and "+ssc" not in where.uri:
        return "store_certificate"
    if wants_tls and not speaks_tls:
        return "store_no_tls"
    return "store_silent"


def _speaks_tls(where: Address) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((where.host, where.port), timeout=_PATIENCE) as plain,
            context.wrap_socket(plain),
        ):
            return True
    except OSError:
        return False
