"""Have a process that can be ended read what somebody sent, and say where it went past a limit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.loaders.bounded import OutOfBounds, run_module
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence


def answer_of(
    worker: str, arguments: Sequence[str], name: str, *, seconds: int, megabytes: int
) -> dict[str, Any]:
    """Return what a worker prints of the file `name`.

    Raise SourceError where it takes too long or wants too much.
    """
    try:
        printed = run_module(worker, arguments, seconds, megabytes)
    except OutOfBounds as error:
        raise SourceError(say("past_limit", path=name, limit=error.said())) from error
    told: dict[str, Any] = json.loads(printed)
    return told
