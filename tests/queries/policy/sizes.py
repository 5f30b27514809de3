"""How much of a law `make test` tries; `make test-slow` tries all of it."""

from __future__ import annotations

from typing import Any

import pytest


def one_in(every: int, cases: list[Any], first: int = 0) -> list[Any]:
    """Return all cases, those marked slow that `make test` leaves out: it takes one in so many."""
    return [
        case
        if number % every == first
        else pytest.param(*case.values, id=case.id, marks=pytest.mark.slow)
        for number, case in enumerate(cases)
    ]
