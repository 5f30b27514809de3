"""Write a change as plain values, as JSON holds it, and read it back."""

from __future__ import annotations

import datetime
import json
import math
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, get_args

from medgraph.errors import ChangeError
from medgraph.graphmodel import changes, schema
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KINDS = {kind.__name__: kind for kind in get_args(changes.Change)}
_KIND = "change"  # the key that names the kind


def plain_change(wanted: changes.Change) -> dict[str, Any]:
    """Return a change as plain values, for JSON.

    >>> plain_change(changes.Move("H1", "G2", datetime.date(2024, 1, 1)))
    {'change': 'Move', 'id': 'H1', 'to_group': 'G2', 'on': '2024-01-01'}
    """
    values = {_KIND: type(wanted).__name__} | asdict(wanted)
    plain: dict[str, Any] = json.loads(json.dumps(values, default=datetime.date.isoformat))
    return plain


def change(values: Mapping[str, Any]) -> changes.Change:
    """Return the change that plain values say; raise ChangeError where they say none.

    >>> change({"change": "Move", "id": "H1", "to_group": "G2", "on": "2024-01-01"})
    Move(id='H1', to_group='G2', on=datetime.date(2024, 1, 1))
    """
    given = dict(values)
    name = given.pop(_KIND, None)
    kind = _KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ChangeError(say("unknown_change", value=name))
    reader_of = {field.name: _READERS[str(field.type)] for field in fields(kind)}
    try:
        read = {key: reader_of[key](value) for key, value in given.items()}
        made: changes.Change = kind(**read)
    except (KeyError, TypeError, ValueError) as error:
        raise ChangeError(say("change_unreadable", change=name, reason=error)) from error
    return made


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _day(value: Any) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(_text(value))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _one_or_several(value: Any) -> str | tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, list) else _text(value)


def _link_values(value: Any) -> dict[str, Any]:
    """The further columns of a link: plain values, and days where the column holds days."""
    if not isinstance(value, dict):
        raise TypeError(value)
    types = schema.link_types()
    return {
        name: _day(one) if types.get(name) == "date" else _plain(one) for name, one in value.items()
    }


def _plain(value: Any) -> Any:
    if value is not None and not isinstance(value, str | int | float | bool):
        raise TypeError(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(value)
    return value


# How a value is read, by what its field of a change is annotated with.
_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _text,
    "str | None": _text_or_none,
    "datetime.date | None": _day,
    "bool": _flag,
    "str | tuple[str, ...]": _one_or_several,
    "dict[str, Any]": _link_values,
}
