"""Write plain values as JSON for people and scripts: a line for each key, and for each record."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

_AT_ONCE = 1000  # lines of a list that are given at once
_ENCODER = json.JSONEncoder(ensure_ascii=False)  # made once: `json.dumps` makes one for each value


def json_text(value: Any) -> str:
    """Return plain values as JSON, Chinese as it is.

    >>> print(json_text({"share": None, "rows": [{"area": "甲"}, {"area": "乙"}]}), end="")
    {
     "share": null,
     "rows": [
      {"area": "甲"},
      {"area": "乙"}
     ]
    }
    """
    return "".join(json_pieces(value))


def json_pieces(value: Any) -> Iterator[str]:
    """Yield the same text bit by bit; a list may be an iterator, which is never whole in memory."""
    if isinstance(value, Mapping):
        yield "{"
        for number, (key, part) in enumerate(value.items()):
            yield f"{',' if number else ''}\n {_plain(str(key))}: "
            yield from _listed(part, "  ") if _is_list(part) else (_plain(part),)
        yield "\n}\n"
        return
    yield from _listed(value, " ") if _is_list(value) else (_plain(value),)
    yield "\n"


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple | Iterator)


def _listed(values: Any, margin: str) -> Iterator[str]:
    """A list, an item on each line."""
    yield "["
    lines = (f"\n{margin}{_plain(value)}" for value in values)
    is_first = True
    while some := ",".join(itertools.islice(lines, _AT_ONCE)):
        yield some if is_first else f",{some}"
        is_first = False
    yield "]" if is_first else f"\n{margin[1:]}]"


def _plain(value: Any) -> str:
    return _ENCODER.encode(value)
