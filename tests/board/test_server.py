"""Who may ask the board for something, and what a wrong request costs."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest

import medgraph as mg
from medgraph.board.journal import journal_of, verify
from medgraph.board.requests import called
from medgraph.errors import OptionError
from tests.board.served import Served


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    source = tmp_path_factory.mktemp("board") / "roster.mgz"
    mg.write(mg.samples.taizhou(), source)
    found = Served(source)
    yield found
    found.stop()


def is_well(served):
    return served.ask("GET", "/state")[0] == 200


# -- doors ----------------------------------------------------------------------------------------


def test_the_address_is_the_first_line_and_its_token_becomes_a_cookie(served):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{40,}", served.address)
    _, headers, _ = served.ask("GET", "/?" + urlsplit(served.address).query, cookie=False)
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=strict" in headers["set-cookie"]
    assert headers["location"] == "/"


@pytest.mark.parametrize(
    "path", ["/", "/state", "/picture", "/news", "/export/plan", "/?token=", "/?token=x"]
)
def test_without_the_token_nothing_is_told(served, path):
    status, _, text = served.ask("GET", path, cookie=False)
    assert status == 403
    assert "address" in text
    assert served.ask("GET", path, cookie=False, Cookie="medgraph_board=x")[0] == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil:80"]
)
def test_another_host_leads_nowhere(served, host):
    assert served.ask("GET", "/state", Host=host)[0] == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"X_Medgraph_Page": ""},
        {"X_Medgraph_Page": "x"},
    ],
)
def test_a_change_comes_from_the_page_alone(served, headers):
    before = served.ask("GET", "/state")[2]
    body = {"deed": "begin", "name": "forged"}
    assert served.ask("POST", "/do", body, **headers)[0] == 403
    assert served.ask("GET", "/state")[2] == before


def test_a_form_of_another_page_changes_nothing(served):
    """What a form can send lacks the token of the page."""
    form = {"Content_Type": "text/plain", "X_Medgraph_Page": ""}
    assert served.ask("POST", "/do", '{"deed":"begin","name":"x"}', **form)[0] == 403


def test_no_websocket_is_served(served):
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Key": "eA==",
        "Sec_WebSocket_Version": "13",
    }
    assert served.ask("GET", "/news/ws", **upgrade)[0] in (400, 403, 404, 426)


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/export/../../etc/passwd",
        "/export/%2e%2e%2fetc%2fpasswd",
        "/%2fetc%2fpasswd",
        "/export/plan%00",
    ],
)
def test_no_path_leads_to_a_file(served, path):
    status, _, text = served.ask("GET", path)
    assert status in (400, 404, 422)
    assert "root:" not in text


def test_every_answer_has_the_headers_that_hold_it_in(served):
    _, headers, _ = served.ask("GET", "/")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    for name in ("x-content-type-options", "referrer-policy", "x-frame-options", "cache-control"):
        assert name in headers


# -- wrong requests ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        "[" * 100_000,
        '{"deed": "begin"}',
        '{"deed": "fly"}',
        '{"deed": "undo", "plan": "x", "after": 0}',
        '{"deed": ["a"]}',
    ],
)
def test_what_cannot_be_read_is_a_sentence(served, body):
    status, _, text = served.ask("POST", "/do", body)
    assert status in (400, 422)
    assert json.loads(text)["error"]


@pytest.mark.parametrize(
    "values",
    [
        {"deed": "change", "changes": []},
        {"deed": "change", "changes": [{"change": "Fly"}]},
        {"deed": "change", "changes": [{"change": "Move", "id": 3, "to_group": None}]},
        {"deed": "change", "changes": "x"},
        {"deed": "change", "changes": 5},
        {"deed": "regroup", "chosen": ["nobody"], "to_group": "G2"},
        {"deed": "regroup", "chosen": [], "to_group": "G2"},
        {"deed": "regroup", "chosen": ["331002001000"], "to_group": "G2", "on": "tomorrow"},
        {"deed": "regroup", "chosen": 5, "to_group": "G2"},
        {"deed": "regroup", "chosen": [5], "to_group": ["G2"]},
        {"deed": "lock", "ids": ["nobody"]},
        {"deed": "lock", "ids": 5},
        {"deed": "rename", "name": 5},
        {"deed": "undo", "who": 5},
    ],
)
def test_a_wrong_change_is_a_sentence_and_keeps_nothing(served, values):
    plan = served.begin()
    given = dict(values) if values["deed"] == "rename" else {"after": plan["last"], **values}
    status, found = served.do(plan=plan["id"], **given)
    assert status == 422
    assert found["error"]
    now = json.loads(served.ask("GET", f"/state?plan={plan['id']}")[2])["plan"]
    assert now["last"] == plan["last"]


@pytest.mark.parametrize("path", ["/effects", "/state?more=1", "/picture?plan=x&x=y", "/log"])
def test_a_question_without_its_values_or_with_others_is_a_sentence(served, path):
    status, _, text = served.ask("GET", path)
    assert status == 422
    assert "cannot be read" in json.loads(text)["error"]


def test_a_fault_of_our_own_is_told_as_one():
    """What a request lacks is a sentence; a wrong type inside what it calls is no wrong request."""

    def faulty(plan):
        return len(5)

    with pytest.raises(OptionError):
        called(faulty, nothing="x")
    with pytest.raises(TypeError):
        called(faulty, plan="x")


def test_far_too_much_is_refused_and_the_board_goes_on(served):
    status, _, _ = served.ask("POST", "/do", "x" * (5 << 20))
    assert status == 400
    assert is_well(served)


def test_who_says_nothing_is_hung_up_on(served):
    """Two hundred who send half a head do not stop the board, and are gone after ten seconds."""
    silent = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(200)]
    for one in silent:
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    assert is_well(served)
    silent[0].settimeout(20)
    assert silent[0].recv(10) == b""
    for one in silent:
        one.close()


def test_many_changes_at_once_are_bounded_and_none_is_lost(served):
    """Two hundred by eight at once: each is kept or refused in words, and those kept are there."""
    plan = served.begin("many")
    kept = []

    def work(number):
        for _ in range(25):
            now = json.loads(served.ask("GET", f"/state?plan={plan['id']}")[2])["plan"]
            beds = {"change": "Fill", "id": "TZ-P34", "column": "beds", "value": str(number)}
            wanted = {"plan": plan["id"], "after": now["last"], "who": f"office {number}"}
            status, _ = served.do(deed="change", changes=[beds], **wanted)
            assert status in (200, 409, 429)
            kept.append(status == 200)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    now = json.loads(served.ask("GET", f"/state?plan={plan['id']}")[2])["plan"]
    assert len(now["turns"]) == sum(kept) > 0
    assert is_well(served)


def test_news_come_to_who_looks(served):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.request("GET", "/news", headers={"Cookie": served.cookie})
    stream = connection.getresponse()
    first = int(stream.readline().decode().removeprefix("data: "))
    stream.readline()
    served.begin("news")
    line = stream.readline().decode()
    while not line.startswith("data:"):
        line = stream.readline().decode()
    assert int(line.removeprefix("data: ")) > first
    connection.close()


# -- what is kept -----------------------------------------------------------------------------------


def streamed(source, seconds):
    """Let changes stream in, end the server at a moment, and return how many were acknowledged."""
    served = Served(source)
    plan = served.begin(f"stream {seconds}")
    told = []

    def work():
        last = plan["last"]
        while True:
            beds = {"change": "Fill", "id": "TZ-P34", "column": "beds", "value": str(len(told))}
            try:
                _, found = served.do(deed="change", plan=plan["id"], after=last, changes=[beds])
            except (OSError, http.client.HTTPException, ValueError):
                return
            last = found["plan"]["last"]
            told.append(last)

    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(seconds)
    served.stop()
    worker.join()
    return told


@pytest.mark.parametrize("times", [3, pytest.param(50, marks=pytest.mark.slow)])
def test_every_change_that_was_acknowledged_is_there_after_a_kill(tmp_path, times):
    source = tmp_path / "roster.mgz"
    mg.write(mg.samples.taizhou(), source)
    for number in range(times):
        told = streamed(source, 0.2 + 0.05 * (number % 9))
        found = verify(journal_of(source))
        assert not found.faults
        assert {*told} <= {entry.number for entry in found.entries}


def test_the_log_lists_and_verifies(served):
    plan = served.begin("logged")
    beds = {"change": "Fill", "id": "TZ-P34", "column": "beds", "value": "40"}
    served.do(deed="change", plan=plan["id"], after=plan["last"], who="commission", changes=[beds])
    done = subprocess.run(
        [sys.executable, "-m", "medgraph", "log", str(served.source), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert not found["faults"]
    assert found["entries"][-1]["who"] == "commission"


def test_what_is_taken_away_is_what_the_plan_says(served, tmp_path):
    plan = served.begin("away")
    served.do(
        deed="regroup",
        plan=plan["id"],
        after=plan["last"],
        chosen=["331002001000"],
        to_group="G2",
        who="=cmd()",
        reason="<script>",
    )
    kinds = {
        "plan": b"{",
        "workbook": b"PK",
        "list_docx": b"PK",
        "list_xlsx": b"PK",
        "map_png": b"\x89PNG",
        "map_svg": b"<svg",
        "map_pdf": b"%PDF",
        "map_html": b"<!DOCTYPE",
        "report_html": b"<!DOCTYPE",
        "report_docx": b"PK",
        "report_pdf": b"%PDF",
        "report_xlsx": b"PK",
    }
    for kind, beginning in kinds.items():
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        connection.request(
            "GET", f"/export/{kind}?plan={plan['id']}", headers={"Cookie": served.cookie}
        )
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content
        assert content.startswith(beginning)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        (tmp_path / f"{kind}.file").write_bytes(content)
    (tmp_path / "w.xlsx").write_bytes((tmp_path / "workbook.file").read_bytes())
    moved = mg.read(tmp_path / "w.xlsx").edges("MEMBER_OF").query("source == 'TZ-P34'")
    assert set(moved["target"]) == {"G2", "G4"}
