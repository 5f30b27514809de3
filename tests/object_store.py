"""An object store to read from: moto's server where it is installed, else the little of S3 that reading takes."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

SERVERS = ["our own", "moto"]
OF_THE_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "AKIANOBODY",
    "AWS_SECRET_ACCESS_KEY": "a-secret-of-nobody",
    "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def is_there(server):
    return server != "moto" or importlib.util.find_spec("moto") is not None


@contextlib.contextmanager
def serving(server, objects):
    """Serve objects (`bucket/key` to bytes); yield the address and the list of what was asked."""
    asked: list[str] = []
    opened = _moto() if server == "moto" else _ours(objects, asked)
    with opened as address:
        if server == "moto":
            for bucket in {key.partition("/")[0] for key in objects}:
                _put(f"{address}/{bucket}", b"")
            for key, content in objects.items():
                _put(f"{address}/{key}", content)
        yield address, asked


def _put(url, content):
    request = urllib.request.Request(url, data=content, method="PUT")
    request.add_header("Content-Type", "application/octet-stream")
    request.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=x/x/us-east-1/s3/aws4_request")
    urllib.request.urlopen(request).close()


@contextlib.contextmanager
def _moto():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


@contextlib.contextmanager
def _ours(objects, asked):
    class Handler(_Store):
        stored, log = objects, asked

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


class _Store(BaseHTTPRequestHandler):
    """HEAD and GET of an object, also of a range of its bytes, and the list of a bucket."""

    protocol_version = "HTTP/1.1"
    stored: dict[str, bytes] = {}
    log: list[str] = []

    def do_GET(self):
        url = urlsplit(self.path)
        key = unquote(url.path).strip("/")
        self.log.append(f"{self.path} {self.headers.get('Authorization', '')}")
        if "/" not in key:
            is_bucket = any(name.startswith(f"{key}/") for name in self.stored)
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            listing = self._listing(key, asked.get("prefix", ""), asked.get("delimiter", ""))
            self._answer(*((200, listing) if is_bucket else (404, b"")))
        elif key in self.stored:
            self._send(self.stored[key])
        else:
            self._answer(404, b"")

    do_HEAD = do_GET  # noqa: N815

    def _send(self, content):
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not wanted:
            self._answer(200, content)
            return
        first, last = int(wanted[1]), min(int(wanted[2]), len(content) - 1)
        place = {"Content-Range": f"bytes {first}-{last}/{len(content)}"}
        self._answer(206, content[first : last + 1], place)

    def _listing(self, bucket, prefix, delimiter):
        keys = sorted(name.removeprefix(f"{bucket}/") for name in self.stored)
        keys = [key for key in keys if key.startswith(prefix)]
        rest = {key: key[len(prefix) :] for key in keys}
        folders = {r.partition(delimiter)[0] for r in rest.values() if delimiter and delimiter in r}
        lines = [
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.stored[f'{bucket}/{key}'])}</Size>"
            "<LastModified>2023-10-25T00:00:00.000Z</LastModified></Contents>"
            for key in keys
            if not delimiter or delimiter not in rest[key]
        ]
        lines += [
            f"<CommonPrefixes><Prefix>{escape(prefix + folder + delimiter)}</Prefix></CommonPrefixes>"
            for folder in sorted(folders)
        ]
        count = f"<KeyCount>{len(lines)}</KeyCount><IsTruncated>false</IsTruncated>"
        return f"<ListBucketResult>{count}{''.join(lines)}</ListBucketResult>".encode()

    def _answer(self, status, content, headers=()):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_):
        pass
