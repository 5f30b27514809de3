"""Try a sample of mutants of `queries/policy` and `queries/coverage`, and write which were noticed.

    python -m tools.mutation [--folder build/mutation] [--sample 200] [--seed 1] [--minutes 80]
        [--workers 2]

The sample is drawn by seed, over all modules of both packages. What is found is kept in the folder as
it goes: the same command goes on where it was stopped, also after a commit, with the code as it was
when the sample was drawn and the tests as they are now; what survived is then tried again.
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
    _refresh_tests(copy)
    _keep_noticed(folder)
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


def _refresh_tests(copy: Path) -> None:
    for part in ("tests", "tools"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, copy / part, ignore=ignored, dirs_exist_ok=True)


def _keep_noticed(folder: Path) -> None:
    """Forget what survived: there may be new tests."""
    noticed = [line for line in _found(folder) if line["by"]]
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in noticed)
    (folder / "found.jsonl").write_text("".join(lines), encoding="utf-8")


def _found(folder: Path) -> list[dict[str, object]]:
    """Return what is known of each mutant; what was tried once more stands there twice."""
    place = folder / "found.jsonl"
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    found = map(json.loads, lines)
    return list({(m["file"], m["operator"], m["occurrence"]): m for m in found}.values())


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
