"""One pytest session that judges all mutants: collected once, each mutant tried in a forked process.

Tests come in rounds: some examples of each first, then all others. Which lines a test runs is
gathered in portions, and kept; then the mutants that no test has noticed yet are tried in place,
against the tests of the round that run their line, the cheap ones first. At the end, as far as the
time goes, what changes more than the body of a function and what survived is tried by a new process
against the tests that run its file. A test that runs for many times as long as it did has noticed, too.
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
    *(f"tests/queries/policy/{folder}" for folder in ("facts", "predicates", "scoring")),
    "tests/queries/coverage",
    *(
        f"tests/queries/policy/test_{name}.py"
        for name in (
            *("calendar", "needs", "dispute", "small_networks", "slips_of_cells"),
            *("bounds", "rule_in_words", "taizhou", "trials"),
        )
    ),
    *(f"tests/queries/policy/{folder}" for folder in ("worked", "packs")),
    *(f"tests/cli/test_{name}.py" for name in ("asking", "files_beside", "rules", "scores")),
    "tests/queries/policy/test_asking.py",  # the dearest of them
)
OPTIONS = ("-m", "not slow", "-p", "no:cacheprovider", "-p", "no:xdist")
# Those of the project say -q, which nobody knows where nothing is written.
PLAIN = ("-o", "addopts=--doctest-modules --strict-markers", "-p", "no:terminal", "-s")
PORTION, ROUND = 20, 200
EXAMPLES, STEP = 4, 6  # so many of each test are tried before all others, or every so manieth
NARROW, BROAD = 2.0, 30.0  # seconds of processor time for one mutant, in a round and at the end
PASSED, NOTICED, UNDECIDED = 0, 1, 3


class Judge:
    """The plugin: takes the place of running the tests that were collected."""

    def __init__(self, folder: Path, minutes: float, workers: int) -> None:
        self.folder = folder
        self.workers = workers
        self.project = folder / "project"
        self.until = time.monotonic() + minutes * 60

    @pytest.hookimpl
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Gather what each test runs, and try the mutants of which nothing is known yet."""
        # Made before the first fork: each process would remove it with what the others have in it.
        session.config._tmp_path_factory.getbasetemp()
        self.items = {item.nodeid: item for item in session.items}
        self.functions = live_functions(self.project)
        known = {run["test"] for run in _lines(self.folder / "runs.jsonl")}
        for items in _in_rounds(session.items, known):
            self._gather(items)
            self.runs = self._runs_of({item.nodeid for item in items})
            self.survived = self._tests_survived()
            self._each_in_time(self._not_noticed(), self._try_in_place)
        self.runs = self._runs_of(set(self.items))
        self._each_in_time(self._not_noticed(), self._try_anew)
        return True

    def _runs_of(self, tests: set[str]) -> list[dict]:
        """Return what is known of these tests, of those that pass, the cheap ones first."""
        runs = [run for run in _lines(self.folder / "runs.jsonl") if run["test"] in tests]
        return sorted((run for run in runs if run["passed"]), key=lambda run: run["seconds"])

    def _each_in_time(self, mutants: list[dict], attempt: Callable[[dict, int], None]) -> None:
        def in_time(mutant: dict, worker: int) -> None:
            if time.monotonic() < self.until:
                attempt(mutant, worker)

        _shared_out(mutants, in_time, self.workers)

    def _not_noticed(self) -> list[dict]:
        """Return the mutants that no test has noticed, those first that none was tried on."""
        found = _lines(self.folder / "found.jsonl")
        noticed = {_key(mutant) for mutant in found if mutant["by"]}
        tried = {_key(mutant) for mutant in found}
        mutants = json.loads((self.folder / "mutants.json").read_text(encoding="utf-8"))
        left = [mutant for mutant in mutants if _key(mutant) not in noticed]
        return sorted(left, key=lambda mutant: _key(mutant) in tried)

    def _gather(self, items: list[pytest.Item]) -> None:
        known = {run["test"] for run in _lines(self.folder / "runs.jsonl")}
        unknown = [item for item in items if item.nodeid not in known]
        portions = [unknown[start : start + PORTION] for start in range(0, len(unknown), PORTION)]
        _say(f"{len(unknown)} tests to gather")
        _shared_out(portions, self._gather_portion, self.workers)

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
        survived = self.survived.get(_key(mutant), set())
        near = self._that_run(mutant["file"], mutant["line"])
        tests = [test for test in near if test not in survived]
        if not tests:
            return
        tried = self.folder / f"tried-{worker}"
        tried.write_text("", encoding="utf-8")
        code = _forked(lambda: self._patched(mutant, tests, tried), NARROW + 30)
        if code != UNDECIDED:
            done = tried.read_text(encoding="utf-8").splitlines()
            self._write(mutant, done[-1] if code == NOTICED else "", done)

    def _tests_survived(self) -> dict[tuple[object, ...], set[str]]:
        """Return by mutant the tests that did not notice it."""
        survived: dict[tuple[object, ...], set[str]] = {}
        for mutant in _lines(self.folder / "found.jsonl"):
            survived.setdefault(_key(mutant), set()).update(mutant["tried"])
        return survived

    def _write(self, mutant: dict, by: str, tried: list[str]) -> None:
        answer = {key: value for key, value in mutant.items() if key != "source"}
        _append(self.folder / "found.jsonl", answer | {"by": by, "tried": tried})
        _say("noticed " if by else "SURVIVED", mutant["file"], mutant["line"])

    def _patched(self, mutant: dict, tests: list[str], tried: Path) -> int:
        file = self.project / mutant["file"]
        try:
            patch(file, mutant["source"], self.functions.get(str(file), []))
        except NotInPlaceError:
            return UNDECIDED
        for item, following in _with_following([self.items[test] for test in tests]):
            with tried.open("a", encoding="utf-8") as names:
                names.write(f"{item.nodeid}\n")
            if not _passes(item, following):
                return NOTICED
            if time.process_time() > NARROW:
                break
        return PASSED

    def _that_run(self, file: str, line: int | None = None) -> list[str]:
        """List the tests that run a line, or any line of a file.

        Without the long ones, that would be ended for the time that they always take.
        """
        short = [run for run in self.runs if run["seconds"] <= NARROW]
        of_file = [run for run in short if file in run["lines"]]
        near = [run for run in of_file if line is None or line in run["lines"][file]]
        return [run["test"] for run in _varied(near)]

    def _try_anew(self, mutant: dict, worker: int) -> None:
        """Write the mutant into a copy of the project and run a wider list of tests there."""
        copy = self.folder / f"project-{worker}"
        shutil.copytree(self.project, copy, dirs_exist_ok=True)
        (copy / mutant["file"]).write_text(mutant["source"], encoding="utf-8")
        done = self._run(copy, self._wide(mutant["file"]))
        if done.returncode < 0:
            return self._write(mutant, "time", [])
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        by = failed[0].split(" - ")[0] if failed else "collection"
        return self._write(mutant, "" if done.returncode == 0 else by, [])

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


def _in_rounds(items: list[pytest.Item], known: set[str]) -> list[list[pytest.Item]]:
    """Return some tests at a time: first those whose lines are known, then some examples of each."""
    examples: dict[str, list[pytest.Item]] = {}
    for item in items:
        examples.setdefault(item.nodeid.partition("[")[0], []).append(item)
    steps = [max(1, min(STEP, len(each) // EXAMPLES)) for each in examples.values()]
    spread = [each[::step] for each, step in zip(examples.values(), steps, strict=True)]
    first = [item for each in spread for item in each]
    chosen = {item.nodeid for item in first}
    ordered = [*first, *(item for item in items if item.nodeid not in chosen)]
    new = [item for item in ordered if item.nodeid not in known]
    rounds = [new[start : start + ROUND] for start in range(0, len(new), ROUND)]
    return [[item for item in ordered if item.nodeid in known], *rounds]


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


def _shared_out(things: list, work: Callable[[Any, int], None], workers: int) -> None:
    """Let each worker, a process of its own, do something with its share of things."""
    children = []
    for worker in range(workers):
        child = os.fork()
        if not child:
            _work_through(things[worker::workers], work, worker)
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
    minutes, workers = os.environ["MUTATION_MINUTES"], os.environ["MUTATION_WORKERS"]
    judge = Judge(folder, float(minutes), int(workers))
    options = [*OPTIONS, *PLAIN, f"--basetemp={folder / 'scratch'}"]
    return pytest.main([*options, *TESTS], plugins=[judge])


if __name__ == "__main__":
    sys.exit(main())
