"""Say where a shared network lies: server, database, network, dataset; and who may log in.

A password is never in an address.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from medgraph.errors import SourceError
from medgraph.progress import still
from medgraph.words.say import say

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_NETWORK = "default"
DEFAULT_PORT = 7687
DEFAULT_PREFIX = "MG"
_OPTIONS = ("network", "dataset", "prefix", "base")
_PREFIX = re.compile("([A-Z][A-Za-z]{0,15})?")
_NOT_IN_A_NAME = "\x1f"  # it separates the parts of keys


@dataclass(frozen=True)
class Address:
    """A network in a server: `uri` for the driver, `database` (None: the default), and names.

    `network` is None where the address names none; `base` names the network that a scenario
    changes.
    """

    uri: str
    host: str
    port: int
    database: str | None = None
    network: str | None = None
    dataset: str | None = None
    prefix: str = DEFAULT_PREFIX
    base: str | None = None

    def __str__(self) -> str:
        return self.uri + (f"/{self.database}" if self.database else "")

    def scenario(self, name: str) -> str:
        """Return the address of a scenario of that name on this network."""
        options = {"network": name, "base": self.network or "", "prefix": self.prefix}
        given = {option: value for option, value in options.items() if value}
        return f"{self}?{urlencode(given, quote_via=quote)}"


def address(text: str) -> Address:
    """Read `neo4j://host:7687/database?network=NAME&dataset=NAME&prefix=MG`.

    Raise SourceError where it is no address of a store or holds a name or a password; neither is
    repeated.
    """
    no_address = SourceError(say("store_address", allowed=", ".join(_OPTIONS)))
    try:
        parts = urlsplit(text)
        port, host = parts.port or DEFAULT_PORT, parts.hostname
    except ValueError:
        raise no_address from None
    if "@" in parts.netloc:
        raise SourceError(say("store_credentials_in_address"))
    options = _options(parts.query)
    database = parts.path.strip("/")
    if options is None or not host or parts.scheme not in SCHEMES:
        raise no_address
    if "/" in database or parts.fragment:
        raise no_address
    shown = f"[{host}]" if ":" in host else host
    return Address(
        f"{parts.scheme}://{shown}:{port}",
        host,
        port,
        unquote(database) or None,
        options.get("network"),
        options.get("dataset"),
        options.get("prefix", DEFAULT_PREFIX),
        options.get("base"),
    )


def _options(query: str) -> dict[str, str] | None:
    """The options behind the question mark; None where one is unknown, double or no name."""
    pairs = parse_qsl(query, keep_blank_values=True)
    options = dict(pairs)
    if len(options) < len(pairs) or not options.keys() <= set(_OPTIONS):
        return None
    names = [value for name, value in options.items() if name != "prefix"]
    if any(not name.strip() or _NOT_IN_A_NAME in name for name in names):
        return None
    return options if _PREFIX.fullmatch(options.get("prefix", DEFAULT_PREFIX)) else None


def credentials() -> tuple[str, str]:
    """Return name and password from the environment, a file or a prompt; raise SourceError."""
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
