"""Change the code a little at many places and see whether a test notices: a mutation score.

    python tools/mutation.py [--sample 200] [--seed 1] [--minutes 30] [--only PATH]

A sample of the mutants of `queries/policy` and `queries/coverage`, drawn by seed and the same every
time, is made by cosmic-ray in a copy of the project, one at a time, and the tests that speak for
the changed file are run until one fails. Written: the score, and each mutant that no test noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POLICY, COVERAGE = "medgraph/queries/policy", "medgraph/queries/coverage"
# Cheap tests first: most mutants die at once, and only a survivor takes them all.
TESTS = {
    POLICY: (
        "tests/queries/policy/packs/test_what_examples_say.py",
        "tests/queries/policy/packs/test_examples.py",
        "tests/queries/policy/facts",
        "tests/queries/policy/predicates",
        "tests/queries/policy/scoring",
        "tests/queries/policy/test_slips_of_cells.py",
        "tests/queries/policy/test_asking.py",
        "tests/queries/policy/test_trials.py",
        "tests/queries/policy/test_bounds.py",
        "tests/queries/policy/test_needs.py",
        "tests/queries/policy/test_taizhou.py",
        "tests/queries/policy/test_dispute.py",
        "tests/queries/policy/test_verdicts_by_hand.py",
        "tests/queries/policy/test_every_completion.py",
        "tests/queries/policy/test_order.py",
        "tests/queries/policy/packs",
        "medgraph/queries/policy",
        "tests/cli/test_asking.py",
        "tests/cli/test_rules.py",
        "tests/cli/test_scores.py",
    ),
    COVERAGE: ("tests/queries/coverage", "tests/queries/test_accounting.py", COVERAGE),
}
# `str | None` in an annotation is no behaviour, and no mutant says where it stands.
GUARDS = ("TYPE_CHECKING", "strict=True", "frozen=True")
UNSEEN = ("core/ReplaceBinaryOperator_BitOr", "core/RemoveDecorator")
TIMEOUT = 600.0


def main() -> int:
    """Run a sample of mutants within the minutes, write the score; 1 where it is below the goal."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        copy = _copied(Path(folder))
        mutants = _mutants(copy, options.only)
        chosen = _sampled(mutants, options.sample, options.seed)
        found = _tried(copy, chosen, time.monotonic() + options.minutes * 60)
    return _written(found, len(mutants), options.goal)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--goal", type=float, default=0.85)
    parser.add_argument("--only", default="", help="only files whose path holds this")
    return parser.parse_args()


def _copied(folder: Path) -> Path:
    """Copy what the tests need, with the reference data beside it, so that nobody's tree changes."""
    copy = folder / "project"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "build", "dist", "demo", "__pycache__", ".*_cache"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    return copy


def _mutants(copy: Path, only: str) -> list[dict[str, object]]:
    """List every mutant: file, operator, occurrence, and the line it stands in."""
    config = copy / "cosmic-ray.toml"
    config.write_text(
        "[cosmic-ray]\n"
        f"module-path = {json.dumps([POLICY, COVERAGE])}\n"
        'timeout = 600.0\nexcluded-modules = []\ntest-command = "true"\n'
        '[cosmic-ray.distributor]\nname = "local"\n'
    )
    _run(copy, "init", config.name, "all.sqlite")
    lines = _run(copy, "dump", "all.sqlite").splitlines()
    items = [json.loads(line)[0]["mutations"][0] for line in lines]
    return [
        {
            "file": str(item["module_path"]),
            "operator": item["operator_name"],
            "occurrence": item["occurrence"],
            "line": item["start_pos"][0],
            "column": item["start_pos"][1],
        }
        for item in items
        if only in str(item["module_path"]) and _could_be_seen(copy, item)
    ]


def _could_be_seen(copy: Path, item: dict[str, object]) -> bool:
    """Whether a mutant could change what happens: what guards types and lengths could not."""
    lines = (copy / str(item["module_path"])).read_text(encoding="utf-8").splitlines()
    line = lines[item["start_pos"][0] - 1]
    return not str(item["operator_name"]).startswith(UNSEEN) and not any(
        guard in line for guard in GUARDS
    )


def _sampled(mutants: list[dict[str, object]], size: int, seed: int) -> list[dict[str, object]]:
    """Draw places, and of each place one mutant: `a & b` has eleven, and most of them crash."""
    places: dict[tuple[object, ...], list[dict[str, object]]] = {}
    for mutant in mutants:
        places.setdefault((mutant["file"], mutant["line"], mutant["column"]), []).append(mutant)
    draw = random.Random(seed)
    chosen = draw.sample(sorted(places, key=str), min(size, len(places)))
    return [draw.choice(places[place]) for place in chosen]


def _run(copy: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "cosmic_ray.cli", *arguments]
    return subprocess.run(command, cwd=copy, check=True, capture_output=True, text=True).stdout


def _tried(
    copy: Path, mutants: list[dict[str, object]], until: float
) -> list[tuple[dict[str, object], bool]]:
    """Make each mutant in turn and say whether a test noticed."""
    found = []
    for mutant in mutants:
        if time.monotonic() > until:
            break
        file = copy / str(mutant["file"])
        whole = file.read_text(encoding="utf-8")
        _run(copy, "apply", str(mutant["file"]), str(mutant["operator"]), str(mutant["occurrence"]))
        changed = file.read_text(encoding="utf-8") != whole
        noticed = changed and not _passes(copy, str(mutant["file"]))
        file.write_text(whole, encoding="utf-8")
        if changed:
            found.append((mutant, noticed))
            print("noticed " if noticed else "SURVIVED", *mutant.values(), flush=True)
    return found


def _passes(copy: Path, file: str) -> bool:
    """Whether all tests that speak for a file pass; one that never ends has noticed."""
    tests = next(paths for folder, paths in TESTS.items() if file.startswith(folder))
    there = [path for path in tests if (copy / path).exists()]
    options = ["-q", "-x", "-m", "not slow", "-p", "no:cacheprovider", "--no-header", "-n", "0"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MEDGRAPH_SHARED": os.environ.get("MEDGRAPH_SHARED", str(ROOT.parent / "shared")),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *there],
            cwd=copy,
            env=environment,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _written(found: list[tuple[dict[str, object], bool]], of: int, goal: float) -> int:
    survived = [mutant for mutant, noticed in found if not noticed]
    score = 1 - len(survived) / max(len(found), 1)
    files = Counter(str(mutant["file"]) for mutant in survived)
    print(
        f"{len(found) - len(survived)} of {len(found)} noticed: {score:.0%} ({of} mutants in all)"
    )
    for file, count in files.most_common():
        print(f"  {file}: {count} survived")
    return int(score < goal)


if __name__ == "__main__":
    sys.exit(main())
