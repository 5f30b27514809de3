"""One pytest session that judges all mutants: collected once, each mutant tried in a forked process.

Which lines each test runs is gathered first, in portions, and kept. All mutants are tried in place
first, against the tests that run their line, the cheap ones first; then, as far as the time goes,
what survived those and what changes more than the body of a function is tried by a new process
against those that run its file. A test that runs for many times as long as it did has noticed, too.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tools.mutation.mutants import PACKAGES
from tools.mutation.patching import NotInPlaceError, live_functions, patch

POLICY, COVERAGE = PACKAGES
# Those that ask much of every line in thousands of examples (the laws, the orders of rows) are not
# among them: they take longer than all others together.
TESTS = (
    POLICY,
    COVERAGE,
    *(f"tests/queries/policy/{folder}" for folder in ("facts", "predicates", "scoring", "worked")),
    *(
        f"tests/queries/policy/test_{name}.py"
        for name in (
            *("asking", "bounds", "calendar", "dispute", "needs", "rule_in_words"),
            *("slips_of_cells", "small_networks", "taizhou", "trials"),
        )
    ),
    "tests/queries/coverage",
    "tests/queries/policy/packs",
    "tests/cli/test_asking.py",
    "tests/cli/test_files_beside.py",
    "tests/cli/test_rules.py",
    "tests/cli/test_scores.py",
)
OPTIONS = ("-m", "not slow", "-p", "no:cacheprovider", "-p", "no:xdist")
# Those of the project say -q, which nobody knows where nothing is written.
PLAIN = ("-o", "addopts=--doctest-modules --strict-markers", "-p", "no:terminal", "-s")
PORTION = 20
NARROW, BROAD = 12.0, 30.0  # seconds of processor time for one mutant
WORKERS = 2
PASSED, NOTICED, UNDECIDED = 0, 1, 3


class Judge:
    """The plugin: takes the place of running the tests that were collected."""

    def __init__(self, folder: Path, minutes: float) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.until = time.monotonic() + minutes * 60

    @pytest.hookimpl
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Gather what each test runs, and try the mutants of which nothing is known yet."""
        # Made before the first fork: each process would remove it with what the others have in it.
        session.config._tmp_path_factory.getbasetemp()
        self.items = {item.nodeid: item for item in session.items}
        self._gather(session.items)
        runs = [run for run in _lines(self.folder / "runs.jsonl") if run["test"] in self.items]
        self.runs = sorted((run for run in runs if run["passed"]), key=lambda run: run["seconds"])
        self.functions = live_functions(self.project)
        self._each_in_time(self._not_noticed(), self._try_in_place)
        self._each_in_time(self._not_noticed(), self._try_anew)
        return True

    def _each_in_time(self, mutants: list[dict], attempt: Callable[[dict, int], None]) -> None:
        def in_time(mutant: dict, worker: int) -> None:
            if time.monotonic() < self.until:
                attempt(mutant, worker)

        _shared_out(mutants, in_time)

    def _not_noticed(self) -> list[dict]:
        found = _lines(self.folder / "found.jsonl")
        noticed = {_key(mutant) for mutant in found if mutant["by"]}
        mutants = json.loads((self.folder / "mutants.json").read_text(encoding="utf-8"))
        return [mutant for mutant in mutants if _key(mutant) not in noticed]

    def _gather(self, items: list[pytest.Item]) -> None:
        known = {run["test"] for run in _lines(self.folder / "runs.jsonl")}
        unknown = [item for item in items if item.nodeid not in known]
        portions = [unknown[start : start + PORTION] for start in range(0, len(unknown), PORTION)]
        _say(f"{len(unknown)} tests to gather")
        _shared_out(portions, self._gather_portion)

    def _gather_portion(self, portion: list[pytest.Item], worker: int) -> None:
        _forked(lambda: self._watch(portion), seconds=3600)
        _say(f"gathered {len(portion)}")

    def _watch(self, items: list[pytest.Item]) -> int:
        """Run some tests and write which lines of the packages each of them ran."""
        places = [str(self.project / package / "*") for package in PACKAGES]
        watcher = coverage.Coverage(data_file=None, include=places)
        watcher.start()
        passed, seconds = {}, {}
        for item, following in _with_following(items):
            watcher.switch_context(item.nodeid)
            begun = time.process_time()
            passed[item.nodeid] = _passes(item, following)
            seconds[item.nodeid] = round(time.process_time() - begun, 3)
        watcher.stop()
        ran = {item.nodeid: {} for item in items}
        data = watcher.get_data()
        for file in data.measured_files():
            short = Path(file).relative_to(self.project).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                for test in contexts:
                    if test in ran:
                        ran[test].setdefault(short, []).append(line)
        for test in ran:
            run = {"test": test, "passed": passed[test], "seconds": seconds[test]}
            _append(self.folder / "runs.jsonl", run | {"lines": ran[test]})
        return PASSED

    def _try_in_place(self, mutant: dict, worker: int) -> None:
        """Try a mutant in a forked process; what cannot be tried there waits for a new one."""
        tests = self._that_run(mutant["file"], mutant["line"])
        last = self.folder / f"last-{worker}"
        code = _forked(lambda: self._patched(mutant, tests, last), NARROW + 30)
        if code != UNDECIDED:
            self._write(mutant, last.read_text(encoding="utf-8") if code == NOTICED else "")

    def _write(self, mutant: dict, by: str) -> None:
        answer = {key: value for key, value in mutant.items() if key != "source"}
        _append(self.folder / "found.jsonl", answer | {"by": by})
        _say("noticed " if by else "SURVIVED", mutant["file"], mutant["line"])

    def _patched(self, mutant: dict, tests: list[str], last: Path) -> int:
        file = self.project / mutant["file"]
        try:
            patch(file, mutant["source"], self.functions.get(str(file), []))
        except NotInPlaceError:
            return UNDECIDED
        for item, following in _with_following([self.items[test] for test in tests]):
            last.write_text(item.nodeid, encoding="utf-8")
            if not _passes(item, following):
                return NOTICED
            if time.process_time() > NARROW:
                break
        return PASSED

    def _that_run(self, file: str, line: int | None = None) -> list[str]:
        """List the tests that run a line (or, where it is none of its own, a file).

        Without the long ones, that would be ended for the time that they always take.
        """
        short = [run for run in self.runs if run["seconds"] <= NARROW]
        of_file = [run for run in short if file in run["lines"]]
        of_line = [run for run in of_file if line in run["lines"][file]]
        return [run["test"] for run in _varied(of_line or of_file)]

    def _try_anew(self, mutant: dict, worker: int) -> None:
        """Write the mutant into a copy of the project and run a wider list of tests there."""
        copy = self.folder / f"project-{worker}"
        shutil.copytree(self.project, copy, dirs_exist_ok=True)
        (copy / mutant["file"]).write_text(mutant["source"], encoding="utf-8")
        done = self._run(copy, self._wide(mutant["file"]))
        if done.returncode < 0:
            return self._write(mutant, "time")
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        by = failed[0].split(" - ")[0] if failed else "collection"
        return self._write(mutant, "" if done.returncode == 0 else by)

    def _wide(self, file: str) -> list[str]:
        """List the tests that run a file as far as the time allows."""
        seconds = {run["test"]: run["seconds"] for run in self.runs}
        tests, left = [], BROAD
        for test in self._that_run(file) or list(seconds):
            left -= seconds[test]
            if left > 0:
                tests.append(test)
        return tests

    def _run(self, copy: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
        listed = copy / "tests.txt"
        listed.write_text("\n".join(tests), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", *OPTIONS, "-x", "-rfE", f"@{listed}"]
        path = os.pathsep.join([str(copy), os.environ.get("PYTHONPATH", "")])
        return subprocess.run(
            command,
            cwd=copy,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: _allow(BROAD * 3),
        )


def _varied(runs: list[dict]) -> list[dict]:
    """Order runs, cheap ones first, each further example of a test as if it were dearer.

    Hundreds of cheap examples of one test see much the same.
    """
    seen: Counter[str] = Counter()
    dear = []
    for run in runs:
        function = run["test"].partition("[")[0]
        seen[function] += 1
        dear.append((run["seconds"] * seen[function], len(dear)))
    return [runs[place] for _, place in sorted(dear)]


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Run one test; what the following one needs too stays."""
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _with_following(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Return each test with the one after it; the last has none."""
    return zip(items, [*items[1:], None], strict=False)


def _shared_out(things: list, work: Callable[[Any, int], None]) -> None:
    """Let each worker, a process of its own, do something with its share of things."""
    children = []
    for worker in range(WORKERS):
        child = os.fork()
        if not child:
            _work_through(things[worker::WORKERS], work, worker)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def _work_through(things: list, work: Callable[[Any, int], None], worker: int) -> NoReturn:
    try:
        for thing in things:
            work(thing, worker)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _forked(work: Callable[[], int], seconds: float) -> int:
    """Do something in a process of its own, that leaves nothing behind; who takes too long is ended."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return NOTICED if code < 0 else code
    code = UNDECIDED  # where the work itself breaks off, no test has noticed anything
    try:
        _allow(seconds)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = work()
    finally:
        os._exit(code)


def _allow(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))


def _key(mutant: dict) -> tuple[object, ...]:
    return mutant["file"], mutant["operator"], mutant["occurrence"]


def _lines(place: Path) -> list[dict]:
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    return [json.loads(line) for line in lines]


def _append(place: Path, thing: dict) -> None:
    """Write a line at once: the other worker writes, too."""
    line = json.dumps(thing, ensure_ascii=False) + "\n"
    with place.open("ab", buffering=0) as file:
        file.write(line.encode())


def _say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


def main() -> int:
    """Collect the tests of the project that one stands in, and judge the mutants of the folder."""
    folder = Path(os.environ["MUTATION_FOLDER"])
    judge = Judge(folder, float(os.environ["MUTATION_MINUTES"]))
    options = [*OPTIONS, *PLAIN, f"--basetemp={folder / 'scratch'}"]
    return pytest.main([*options, *TESTS], plugins=[judge])


if __name__ == "__main__":
    sys.exit(main())
