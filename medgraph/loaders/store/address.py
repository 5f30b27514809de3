"""Say where a shared network lies: server, database, network, dataset; and who may log in, which is never in it."""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from medgraph.errors import SourceError
from medgraph.progress import still
from medgraph.words.say import say

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_NETWORK = "default"
_OPTIONS = ("network", "dataset", "prefix", "base")


@dataclass(frozen=True)
class Address:
    """A network in a server: `uri` for the driver, `database` (None: the server's own), and names within it.

    `network` is None where the address names none; `base` names the network that a scenario changes.
    """

    uri: str
    host: str
    port: int
    database: str | None = None
    network: str | None = None
    dataset: str | None = None
    prefix: str = "MG"
    base: str | None = None

    def __str__(self) -> str:
        return self.uri + (f"/{self.database}" if self.database else "")


def address(text: str) -> Address:
    """Read `neo4j://host:7687/database?network=NAME&dataset=NAME&prefix=MG`.

    Raise SourceError where it is no address of a store or holds a name or a password; neither is repeated.
    """
    try:
        parts = urlsplit(text)
        port, host = parts.port or 7687, parts.hostname
    except ValueError:
        raise SourceError(say("store_address", allowed=", ".join(_OPTIONS))) from None
    if "@" in parts.netloc:
        raise SourceError(say("store_credentials_in_address"))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(pairs)
    prefix = options.get("prefix", "MG")
    known = host and parts.scheme in SCHEMES and "/" not in parts.path.strip("/")
    known = known and set(options) <= set(_OPTIONS) and len(options) == len(pairs)
    named = all(
        value.strip() and "\x1f" not in value for name, value in options.items() if name != "prefix"
    )
    if (
        not known
        or not named
        or parts.fragment
        or not re.fullmatch(r"([A-Z][A-Za-z]{0,15})?", prefix)
    ):
        raise SourceError(say("store_address", allowed=", ".join(_OPTIONS)))
    shown = f"[{host}]" if ":" in host else host
    return Address(
        f"{parts.scheme}://{shown}:{port}",
        host,
        port,
        unquote(parts.path.strip("/")) or None,
        options.get("network"),
        options.get("dataset"),
        prefix,
        options.get("base"),
    )


def credentials() -> tuple[str, str]:
    """Return name and password from the environment, a file or a prompt; raise SourceError where there is none."""
    name = os.environ.get("NEO4J_USERNAME") or "neo4j"
    if password := os.environ.get("NEO4J_PASSWORD"):
        return name, password
    if file := os.environ.get("NEO4J_PASSWORD_FILE"):
        return name, _first_line(file)
    if sys.stdin and sys.stdin.isatty() and sys.stderr.isatty():
        with still():  # a bar that moves would wipe the question away
            return name, getpass.getpass(say("store_prompt", name=name) + " ", stream=sys.stderr)
    raise SourceError(say("store_no_password"))


def _first_line(file: str) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if password := Path(file).read_text("utf-8-sig").partition("\n")[0].strip():
            return password
    raise SourceError(say("store_password_file", path=file))


def without_credentials(text: str) -> str:
    """Return a text in which no address holds a name or a password.

    >>> without_credentials("neo4j://me:secret@host/db")
    'neo4j://host/db'
    """
    return re.sub("://.*@", "://", text)  # a password may hold any sign
