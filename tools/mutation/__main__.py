"""Try a sample of mutants of `queries/policy` and `queries/coverage`, and write which were noticed.

    python -m tools.mutation [--folder build/mutation] [--sample 200] [--seed 1] [--minutes 80]
        [--workers 2]

The sample is drawn by seed, over all modules of both packages. What is found is kept in the folder as
it goes: the same command goes on where it was stopped, also after a commit, with the code as it was
when the sample was drawn and the tests as they are now; what survived is then tried by those that
are new or changed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tools.mutation import mutants

ROOT = Path(__file__).resolve().parent.parent.parent
IGNORED = (".git", ".venv", "build", "dist", "demo", "__pycache__", ".*_cache")


def main() -> int:
    """Go on with the sample for some minutes and write the score; 1 where it is below the goal."""
    options = _options()
    folder = options.folder.resolve()
    copy = folder / "project"
    if _sample_of(folder) != _asked(options):
        _begin(folder, options)
    _forget(folder, _refreshed(copy))
    _run(copy, folder, options)
    return _written(folder, options.goal)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "mutation")
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--goal", type=float, default=0.85)
    return parser.parse_args()


def _asked(options: argparse.Namespace) -> dict[str, int]:
    return {"sample": options.sample, "seed": options.seed}


def _sample_of(folder: Path) -> dict[str, int]:
    place = folder / "sample.json"
    return json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}


def _begin(folder: Path, options: argparse.Namespace) -> None:
    """Copy the project, so that nobody's tree changes, and draw the sample from the copy."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT, folder / "project", ignore=shutil.ignore_patterns(*IGNORED))
    chosen = mutants.drawn(folder / "project", options.sample, options.seed)
    (folder / "mutants.json").write_text(json.dumps(chosen, indent=0), encoding="utf-8")
    (folder / "sample.json").write_text(json.dumps(_asked(options)), encoding="utf-8")


def _refreshed(copy: Path) -> set[str]:
    """Copy the tests as they are now, and return the files that are new or changed."""
    files = [
        path.relative_to(ROOT)
        for part in ("tests", "tools")
        for path in (ROOT / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    changed = {file.as_posix() for file in files if not _is_same(ROOT / file, copy / file)}
    for file in changed:
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, copy / file)
    return changed


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _forget(folder: Path, changed: set[str]) -> None:
    """Forget what is known of tests that have changed: their lines, and which mutants survived them."""
    runs = [run for run in _lines(folder / "runs.jsonl") if not _is_of(changed, str(run["test"]))]
    _put(folder / "runs.jsonl", runs)
    found = _found(folder)
    for mutant in found:
        mutant["tried"] = [test for test in mutant["tried"] if not _is_of(changed, test)]
    _put(folder / "found.jsonl", found)


def _is_of(changed: set[str], test: str) -> bool:
    """Whether a test stands in one of these files, or beside one that is no code (its data)."""
    file = test.partition("::")[0]
    beside = file.rpartition("/")[0]
    data = (other for other in changed if not other.endswith(".py"))
    return file in changed or any(other.rpartition("/")[0] == beside for other in data)


def _lines(place: Path) -> list[dict[str, Any]]:
    text = place.read_text(encoding="utf-8") if place.exists() else ""
    return [json.loads(line) for line in text.splitlines()]


def _put(place: Path, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    place.write_text(text, encoding="utf-8")


def _found(folder: Path) -> list[dict[str, Any]]:
    """Return what is known of each mutant: what was tried in several rounds stands there several times."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for line in _lines(folder / "found.jsonl"):
        key = line["file"], line["operator"], line["occurrence"]
        tried = found[key]["tried"] if key in found else []
        found[key] = line | {"tried": [*tried, *line["tried"]]}
    return list(found.values())


def _run(copy: Path, folder: Path, options: argparse.Namespace) -> None:
    """Collect the tests once, in the copy, and let them judge the mutants."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(copy), os.environ.get("PYTHONPATH", "")]),
        "MEDGRAPH_SHARED": os.environ.get("MEDGRAPH_SHARED", str(ROOT.parent / "shared")),
        "MUTATION_FOLDER": str(folder),
        "MUTATION_MINUTES": str(options.minutes),
        "MUTATION_WORKERS": str(options.workers),
    }
    command = [sys.executable, "-m", "tools.mutation.session"]
    subprocess.run(command, cwd=copy, env=environment, check=False)


def _written(folder: Path, goal: float) -> int:
    found = _found(folder)
    survived = [mutant for mutant in found if not mutant["by"]]
    score = 1 - len(survived) / max(len(found), 1)
    wanted = len(json.loads((folder / "mutants.json").read_text(encoding="utf-8")))
    print(f"{len(found) - len(survived)} of {len(found)} noticed: {score:.1%} (sample of {wanted})")
    for file, count in Counter(str(mutant["file"]) for mutant in survived).most_common():
        print(f"  {file}: {count} survived")
    return int(score < goal or len(found) < wanted)


if __name__ == "__main__":
    sys.exit(main())
