"""Talk with a FHIR server over HTTP: pages to their end, transactions, faults as sentences.

Only the server of the address is asked, whatever its answers name: no redirection is followed, and
no page elsewhere. `MEDGRAPH_FHIR_TOKEN` in the environment is sent as a bearer token.
"""

from __future__ import annotations

import email.utils
import http.client
import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from medgraph.errors import SourceError
from medgraph.loaders.fhir.elements import part, parts, text
from medgraph.loaders.fhir.terms import SCHEMES
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.fhir.resources import Resource

_SECONDS = 120  # of silence
_BUSY = (429, 502, 503, 504)
_ATTEMPTS = 4
_MOST_BYTES = 1 << 29  # of one page
_LONGEST_WAIT = 20.0  # seconds, whatever a server asks for
_REASON = 300  # characters of what a server says of a refusal


def server_of(address: str) -> str:
    """Return the base of the server that `fhir+https://host/path` names; raise SourceError."""
    no_address = SourceError(say("fhir_address"))
    try:
        found = urlsplit(address)
        _ = found.port
    except ValueError:
        raise no_address from None
    if found.scheme not in SCHEMES or not found.hostname or "@" in found.netloc:
        raise no_address
    if found.query or found.fragment or any(sign.isspace() for sign in address):
        raise no_address
    return f"{found.scheme.removeprefix('fhir+')}://{found.netloc}{found.path.rstrip('/')}"


@dataclass(frozen=True)
class Answer:
    """What a server answered: the status, the body where it is JSON, and its clock."""

    status: int
    body: Resource
    date: str | None

    @property
    def reason(self) -> str:
        """What the server says of a refusal, shortened."""
        said = (text(issue.get("diagnostics")) for issue in parts(self.body, "issue"))
        return next((one for one in said if one), str(self.status))[:_REASON]


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Server:
    """A FHIR server at its base address."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._opener = urllib.request.build_opener(_NoRedirection)
        self._wait = 0.5  # seconds before the second attempt

    def get(self, path: str) -> Answer:
        """Return the answer to a question; raise SourceError where there is none."""
        return self._ask("GET", self._url(path))

    def post(self, bundle: Resource) -> Answer:
        """Send a transaction."""
        return self._ask("POST", self.base, bundle)

    def pages(self, path: str) -> Iterator[tuple[Resource, str | None]]:
        """Yield every page of a search or a history, each with the day of the server.

        Raise SourceError where the server refuses, or pages without end or elsewhere.
        """
        url: str | None = self._url(path)
        seen: set[str] = set()
        while url is not None:
            if url in seen:
                raise SourceError(say("fhir_endless", server=self.base))
            seen.add(url)
            answer = self._ask("GET", url)
            if answer.status != http.HTTPStatus.OK:
                raise RefusedError(self.base, answer)
            if answer.body.get("resourceType") != "Bundle":
                raise SourceError(say("fhir_no_fhir", server=self.base, reason="Bundle?"))
            told = text(part(answer.body, "meta").get("lastUpdated")) or answer.date
            yield answer.body, told
            url = self._next(answer.body)

    def _next(self, page: Resource) -> str | None:
        for link in parts(page, "link"):
            if link.get("relation") == "next" and (url := text(link.get("url"))):
                return self._url(url)
        return None

    def _url(self, path: str) -> str:
        """A whole address at this server; raise SourceError for one elsewhere."""
        if "://" not in path:
            return f"{self.base}/{path.lstrip('/')}"
        if path.startswith((f"{self.base}/", f"{self.base}?")):
            return path
        raise SourceError(say("fhir_elsewhere", server=self.base, url=path))

    def _ask(self, method: str, url: str, body: Resource | None = None) -> Answer:
        for attempt in range(_ATTEMPTS):
            answer, wait = self._once(method, url, body)
            if answer.status not in _BUSY or attempt == _ATTEMPTS - 1:
                return answer
            time.sleep(min(wait or self._wait * 2**attempt, _LONGEST_WAIT))
        raise AssertionError  # pragma: no cover - the last attempt returns

    def _once(self, method: str, url: str, body: Resource | None) -> tuple[Answer, float | None]:
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        asked = urllib.request.Request(url, data, _headers(), method=method)
        try:
            with self._opener.open(asked, timeout=_SECONDS) as told:
                return self._read(told.status, told.headers, told.read(_MOST_BYTES + 1)), None
        except urllib.error.HTTPError as error:
            with error:
                answer = self._read(error.code, error.headers, error.read(_MOST_BYTES))
            return answer, _seconds(error.headers.get("Retry-After"))
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise SourceError(say("fhir_no_answer", server=self.base, reason=reason)) from error

    def _read(self, status: int, headers: Any, content: bytes) -> Answer:
        is_fine = status < http.HTTPStatus.BAD_REQUEST
        try:
            if len(content) > _MOST_BYTES:
                raise ValueError(f"> {_MOST_BYTES >> 20} MB")
            body = json.loads(content) if content else {}
        except (ValueError, RecursionError) as error:
            if is_fine:
                reason = str(error)[:_REASON]
                raise SourceError(say("fhir_no_fhir", server=self.base, reason=reason)) from error
            body = {}
        return Answer(status, body if isinstance(body, dict) else {}, _date(headers.get("Date")))


class RefusedError(SourceError):
    """A server refused to answer a question."""

    def __init__(self, server: str, answer: Answer) -> None:
        said = {"server": server, "status": answer.status, "reason": answer.reason}
        super().__init__(say("fhir_refused", **said))
        self.status = answer.status


def _headers() -> dict[str, str]:
    stated = {
        "Accept": "application/fhir+json",
        "Content-Type": "application/fhir+json",
        "User-Agent": "medgraph",
    }
    token = os.environ.get("MEDGRAPH_FHIR_TOKEN")
    return stated | ({"Authorization": f"Bearer {token}"} if token else {})


def _date(told: str | None) -> str | None:
    """The clock of a server as an instant of FHIR."""
    try:
        return email.utils.parsedate_to_datetime(told).isoformat() if told else None
    except ValueError:
        return None


def _seconds(told: str | None) -> float | None:
    return float(told) if told and told.isascii() and told.isdecimal() and len(told) < 6 else None
