"""Fill the parameters of a rule into its parts: `$name` becomes what is set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medgraph.queries.policy.predicates.parameters import Whole
from medgraph.queries.policy.predicates.table import parameters_of

if TYPE_CHECKING:
    from medgraph.queries.policy.predicates.parameters import Kind
    from medgraph.queries.policy.predicates.tested import Part


def filled(part: Part, values: Mapping[str, Any]) -> Part:
    """Return a part with these values in the places of their names; other names stay."""
    kinds = parameters_of(part["predicate"])
    made = {key: _filled(value, values) for key, value in part.items()}
    return {key: _as(kinds[key].kind, value) for key, value in made.items()}


def _filled(value: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return values.get(value[1:], value)
    if isinstance(value, Mapping):
        return {key: _filled(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, values) for inner in value]
    return value


def _as(wanted: Kind, value: Any) -> Any:
    """Read a text of digits as a whole number where one is asked for."""
    is_count = isinstance(wanted, Whole) and isinstance(value, str) and value.isdecimal()
    return int(value) if is_count else value
