"""A day at a shared board in minutes: two who edit, ten who look; memory stays, nothing goes wrong."""

from __future__ import annotations

import http.client
import itertools
import json
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import medgraph as mg
from medgraph.board.journal import journal_of, verify
from tests.board.served import Visitor

CENTRES = ("TZ-P34", "TZ-P35", "TZ-P11", "TZ-P12")
QUESTIONS = (
    *("coverage.served", "coverage.grid", "referrals.paths", "referrals.broken", "sharing.cells"),
    *("resilience.critical", "dispatch.quota", "teams.missing", "structure.centrality"),
)
PATHS = ("/state", "/picture", "/effects", "/log", "/map/tiles", "/export/list_docx")


def edits(visitor, number, until):
    """Change, propose, answer, take back, keep pages; a plan is left after sixty deeds for another."""
    chance = random.Random(number)
    while time.monotonic() < until:
        plan = visitor.begin(f"plan of {number}")
        for _ in range(60):
            if time.monotonic() > until:
                return
            plan = json.loads(visitor.ask("GET", f"/state?plan={plan['id']}")[2])["plan"]
            said = {"plan": plan["id"], "who": f"office {number}"}
            seen = {**said, "after": plan["last"], "reason": "near"}
            chosen = {"chosen": [chance.choice(CENTRES)], "to_group": chance.choice(("G2", "G4"))}
            deed = chance.randrange(8)
            if deed <= 2:
                status, _ = visitor.do(deed="regroup", **chosen, **seen)
            elif deed == 3:
                status, _ = visitor.do(deed="regroup", proposed=True, **chosen, **seen)
            elif deed == 4 and plan["proposed"]:
                answer = chance.choice(("accept", "refuse"))
                status, _ = visitor.do(deed=answer, number=plan["proposed"][0]["number"], **seen)
            elif deed == 5 and plan["can_undo"]:
                status, _ = visitor.do(deed="undo", plan=plan["id"], after=plan["last"])
            elif deed == 6:
                page = {"name": f"page {chance.randrange(5)}", "verb": "coverage.gaps"}
                status, _ = visitor.do(deed="keep", given="{}", **page, **said)
            else:
                beds = {"change": "Fill", "id": CENTRES[0], "column": "beds"}
                wanted = [{**beds, "value": str(chance.randrange(90))}]
                status, _ = visitor.do(deed="change", changes=wanted, **seen)
            assert status in (200, 409, 422)  # late, or what the plan does not allow


def looks(visitor, number, until):
    """Open a page, ask this and that of the last plan, close it, come again."""
    chance = random.Random(number)
    for visit in itertools.count():
        page = f"{number:012d}{visit:012d}"
        stream = http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=300)
        stream.request("GET", f"/news?page={page}", headers={"Cookie": visitor.cookie})
        stream.getresponse().readline()
        for _ in range(8):
            if time.monotonic() > until:
                return
            plans = json.loads(visitor.ask("GET", "/state")[2])["plans"]
            if not plans:
                continue
            plan = chance.choice(plans[-2:])["id"]
            told = {"page": page, "who": f"office {number}", "plan": plan, "at": "map"}
            assert visitor.ask("POST", "/here", told)[0] == 200
            verb = chance.choice(QUESTIONS)
            path = chance.choice((f"/ask?verb={verb}", *PATHS))
            path += f"{'&' if '?' in path else '?'}plan={plan}"
            assert visitor.ask("GET", path)[0] == 200, path
        stream.close()


def memory(process):
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


class Patient(Visitor):
    """One of many who wait for one server."""

    patience = 300


class Task(threading.Thread):
    """Somebody at work, who says what went wrong."""

    def __init__(self, work, *arguments):
        super().__init__()
        self.work, self.arguments, self.wrong = work, arguments, None
        self.start()

    def run(self):
        try:
            self.work(*self.arguments)
        except BaseException as error:
            self.wrong = error


@pytest.mark.parametrize("seconds", [8, pytest.param(600, marks=pytest.mark.slow)])
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_day_of_an_office(tmp_path, seconds):
    source = tmp_path / "roster.mgz"
    mg.write(mg.samples.taizhou(), source)
    line = [sys.executable, "-m", "medgraph", "board", str(source), "--no-open", "--lang", "en"]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(
            [*line, "--allow-host", "office.example"], stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        editing = process.stdout.readline().strip()
        visitor = Patient(editing)
        looking = re.search(r"http://\S+", (tmp_path / "log").read_text())[0]
        until = time.monotonic() + seconds
        tasks = [Task(edits, Patient(editing), number, until) for number in range(2)]
        tasks += [Task(looks, Patient(looking), number, until) for number in range(10)]
        used = []
        while any(one.is_alive() for one in tasks):
            time.sleep(seconds / 40)
            used.append(memory(process))
        assert [one.wrong for one in tasks if one.wrong] == []
        assert visitor.ask("GET", "/state")[0] == 200
        process.kill()
    told = (tmp_path / "log").read_text().splitlines()
    assert all(re.match("The board|To look only|By the name", each) for each in told), told
    assert not verify(journal_of(source)).faults
    third = len(used) // 3
    if seconds > 100:
        assert max(used[2 * third :]) < 1.1 * max(used[third : 2 * third]), used
