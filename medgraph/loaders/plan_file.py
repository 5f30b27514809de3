"""Read and write a plan: a small JSON file that names the file it changes, and the changes.

Read as a source, it is the network of that file after the changes. The file lies beside the plan.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from medgraph.errors import ChangeError, SourceError
from medgraph.graphmodel.change_values import change, plain_change
from medgraph.graphmodel.fingerprint import fingerprint
from medgraph.graphmodel.plan import Conflict, Plan, Step
from medgraph.loaders import registry
from medgraph.loaders.formats import single_file
from medgraph.loaders.loaded import LeftRow, Loaded
from medgraph.whole_files import write_whole
from medgraph.words.say import problem, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.words.say import Problem

FORMAT_NAME = "medgraph plan"
FORMAT_VERSION = 1
_WORDS_OF_A_STEP = ("by", "reason", "at")
_LONGEST = 1 << 26  # bytes: a plan has hundreds of changes, not millions
_BEGINNING = 4096  # bytes, in which a plan names its format


class Kept(NamedTuple):
    """A plan as its file holds it, and the bare name of the file that it changes."""

    plan: Plan
    source: str


def is_plan(path: Path) -> bool:
    """Whether a file begins as a plan does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    return f'"{FORMAT_NAME}"'.encode() in beginning and beginning.lstrip()[:1] == b"{"


def read_plan(path: Path) -> Kept:
    """Return the plan in a file; raise SourceError where it holds none."""
    if path.stat().st_size > _LONGEST:
        raise SourceError(say("plan_file_too_long", path=path))
    data = single_file.read_json(path, "not_json")
    return plan_of(data, path)


def plan_of(data: Any, path: Path) -> Kept:
    """Return the plan that plain values say; raise SourceError where they say none."""
    if not isinstance(data, dict) or data.get("format") != FORMAT_NAME:
        raise SourceError(say("not_our_format", path=path, name=FORMAT_NAME))
    if data.get("version") != FORMAT_VERSION:
        version = data.get("version")
        raise SourceError(say("wrong_version", path=path, version=version, known=FORMAT_VERSION))
    name, base, steps = (data.get(key) for key in ("name", "base", "steps"))
    if not isinstance(name, str) or not isinstance(base, dict) or not _are_objects(steps):
        raise SourceError(say("not_our_format", path=path, name=FORMAT_NAME))
    made_for = str(base.get("fingerprint") or "")
    plan = Plan(name, made_for, tuple(_step(n, step, path) for n, step in enumerate(steps, 1)))
    return Kept(plan, str(base.get("source") or ""))


def _are_objects(found: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(found, list) and all(isinstance(one, dict) for one in found)


def _step(number: int, values: Mapping[str, Any], path: Path) -> Step:
    try:
        return step_of(values)
    except ChangeError as error:
        raise SourceError(say("plan_step", path=path, number=number, reason=error)) from error


def step_of(values: Mapping[str, Any]) -> Step:
    """Return the step that plain values say; raise ChangeError where they say none."""
    words = {key: str(values.get(key) or "") for key in _WORDS_OF_A_STEP}
    rest = {key: value for key, value in values.items() if key not in _WORDS_OF_A_STEP}
    if rest.get("change") == "Declare":  # which says itself by whom
        rest["by"] = values.get("by", "")
    return Step(change(rest), **words)


def plain_plan(plan: Plan, source: str) -> dict[str, Any]:
    """Return a plan for the file called `source` as plain values, for JSON."""
    return {
        "format": FORMAT_NAME,
        "version": FORMAT_VERSION,
        "name": plan.name,
        "base": {"source": source, "fingerprint": plan.base},
        "steps": [plain_step(step) for step in plan.steps],
    }


def plain_step(step: Step) -> dict[str, Any]:
    """Return a step as plain values, for JSON."""
    words = {key: getattr(step, key) for key in _WORDS_OF_A_STEP}
    return {**words, **plain_change(step.change)}


def written_plan(plan: Plan, source: str) -> bytes:
    """Return what the file of a plan holds that changes the file called `source`."""
    text = json.dumps(plain_plan(plan, source), ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def write_plan(plan: Plan, source: str, target: Path) -> Path:
    """Write a plan for the file called `source`, whole or not at all."""
    return write_whole(target, written_plan(plan, source))


# -- as a source -----------------------------------------------------------------------------------


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read the base of a plan and make its changes; see `medgraph.loaders.registry.load`."""
    kept = read_plan(source)
    base = registry.load(base_of(source, kept.source), lenient=lenient)
    return _after(kept.plan, base, source, lenient=lenient)


def base_of(source: Path, name: str) -> Path:
    """Return the file beside a plan that it changes; a plan names no other place.

    Raise SourceError where it is not there.
    """
    path = source.parent / name
    is_beside = bool(name) and Path(name).name == name and path.exists()
    if not is_beside or is_plan(path):
        raise SourceError(say("plan_base_gone", path=source, base=name))
    return path


def _after(plan: Plan, base: Loaded, source: Path, *, lenient: bool) -> Loaded:
    """The base after the steps of its plan: each step is a row that is loaded or left out."""
    if base.network is None:
        return base
    found = [*base.problems]
    if plan.base and fingerprint(base.network) != plan.base:
        found.append(problem("W200", source.name, plan.name))
    carried = plan.on(base.network)
    faults = [_fault(conflict, source) for conflict in carried.conflicts]
    found += faults
    steps, refused = len(plan.steps), len(faults)
    if faults and not lenient:
        rows = base.rows_in + steps
        left = [*base.left_rows, *map(_left, faults)]
        return Loaded(None, tuple(found), rows, 0, rows, left, base.left_nodes)
    return replace(
        base,
        network=titled(carried.network, plan),
        problems=tuple(found),
        rows_in=base.rows_in + steps,
        loaded=base.loaded + steps - refused,
        left_out=base.left_out + refused,
        left_rows=[*base.left_rows, *map(_left, faults)],
    )


def titled(net: MedicalNetwork, plan: Plan) -> MedicalNetwork:
    """Return the network under the name of its plan, so that nobody takes it for what is."""
    title = " · ".join(filter(None, [net.meta.get("title", ""), plan.name]))
    return net.with_meta(title=title)


def _fault(conflict: Conflict, source: Path) -> Problem:
    place = say("plan_place", path=source.name, number=conflict.number)
    return problem("E200", place, type(conflict.step.change).__name__, reason=conflict.reason)


def _left(fault: Problem) -> LeftRow:
    return LeftRow(fault.place, fault.message)
