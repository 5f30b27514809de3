"""The mutants of a sample: small changes of one place each, made by the operators of cosmic-ray."""

from __future__ import annotations

import random
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

PACKAGES = ("medgraph/queries/policy", "medgraph/queries/coverage")
# `str | None` in an annotation is no behaviour, and what guards types and lengths cannot be seen.
GUARDS = ("TYPE_CHECKING", "strict=True", "frozen=True")
UNSEEN = ("core/ReplaceBinaryOperator_BitOr", "core/RemoveDecorator")


def drawn(project: Path, size: int, seed: int) -> list[dict[str, object]]:
    """Draw places by seed, one of every module and the rest anywhere, and one mutant of each place.

    Of places, since `a & b` alone has eleven mutants, and most of them crash.
    """
    draw = random.Random(seed)
    modules = [
        _places(path.relative_to(project).as_posix(), path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((project / package).rglob("*.py"))
    ]
    for places in modules:
        draw.shuffle(places)
    first = [places[0] for places in modules if places]
    others = [place for places in modules for place in places[1:]]
    draw.shuffle(first)
    draw.shuffle(others)
    made = (_mutant(project, draw.choice(place)) for place in first + others)
    chosen = []
    for mutant in made:
        if len(chosen) == size:
            break
        if mutant:
            chosen.append(mutant)
    return chosen


def _places(file: str, source: str) -> list[list[dict[str, object]]]:
    """List what can be changed at each place of a module."""
    nodes = list(ast_nodes(get_ast(source)))
    lines = source.splitlines()
    places: dict[tuple[int, int], list[dict[str, object]]] = {}
    for name in operator_names():
        operator = get_operator(name)
        if name.startswith(UNSEEN) or operator.arguments():
            continue
        positions = [where for node in nodes for where in operator().mutation_positions(node)]
        for occurrence, ((line, column), _) in enumerate(positions):
            text = lines[line - 1].strip()
            if not any(guard in text for guard in GUARDS):
                mutant = {"file": file, "operator": name, "occurrence": occurrence, "line": line}
                places.setdefault((line, column), []).append(mutant | {"text": text})
    return [places[place] for place in sorted(places)]


def _mutant(project: Path, mutant: dict[str, object]) -> dict[str, object] | None:
    """Return a mutant with its whole source; None where nothing changes or it is no Python."""
    source = (project / str(mutant["file"])).read_text(encoding="utf-8")
    operator = get_operator(str(mutant["operator"]))()
    changed = mutate_code(source, operator, mutant["occurrence"])
    if changed is None or changed == source:
        return None
    try:
        compile(changed, str(mutant["file"]), "exec")
    except SyntaxError:
        return None
    became = changed.splitlines()[int(str(mutant["line"])) - 1].strip()
    return mutant | {"became": became, "source": changed}
