"""A board that runs as its user starts it, for tests to talk to."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from urllib.parse import urlsplit


class Visitor:
    """One who talks to a board by its address, as the page does."""

    patience = 60  # seconds for one answer: other tests run beside

    def __init__(self, address):
        self.address = address
        self.port = urlsplit(self.address).port
        status, headers, _ = self.ask(
            "GET",
            f"/{urlsplit(self.address).query and '?'}{urlsplit(self.address).query}",
            cookie=False,
        )
        assert status == 303
        self.cookie = headers["set-cookie"].partition(";")[0]
        _, _, page = self.ask("GET", "/")
        self.page_token = json.loads(re.search(r'id="data">(.*?)</script>', page)[1])["token"]

    def ask(self, method, path, body=None, *, cookie=True, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        given = {"Cookie": self.cookie} if cookie else {}
        if method == "POST" and cookie:
            given["X-Medgraph-Page"] = self.page_token
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = json.dumps(body) if isinstance(body, dict | list) else body
        connection.request(method, path, content, given)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, text

    def do(self, **values):
        status, _, text = self.ask("POST", "/do", values)
        return status, json.loads(text)

    def begin(self, name="north"):
        return self.do(deed="begin", name=name, who="commission")[1]["plan"]


class Served(Visitor):
    """A board that runs as its user starts it, and one who talks to it."""

    def __init__(self, source, lang="en"):
        self.source = source
        self.process = subprocess.Popen(
            [sys.executable, "-m", "medgraph", "board", str(source), "--no-open", "--lang", lang],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        super().__init__(self.process.stdout.readline().strip())

    def stop(self):
        self.process.kill()
        self.process.wait()
