"""Refuse numbers that no option of a proposal can mean, before anything is looked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from medgraph.errors import OptionError
from medgraph.words.say import say

Stated = float | Sequence[float] | None


def at_least(least: int, **stated: Stated) -> None:
    """Raise OptionError where one of the numbers of an option is below `least`, or none at all.

    >>> at_least(0, max_moves=3, front=(0.1, 0.2), least_beds=None)
    """
    _refuse("propose.at_least", least, stated)


def above_zero(**stated: Stated) -> None:
    """Raise OptionError where one of the numbers of an option is not above zero.

    >>> above_zero(minutes=30.0, speed_kmh=None)
    """
    _refuse("propose.above_zero", np.nextafter(0, 1), stated)


def _refuse(sentence: str, least: float, stated: dict[str, Stated]) -> None:
    for name, values in stated.items():
        for value in [] if values is None else np.atleast_1d(np.asarray(values, float)).tolist():
            if not least <= value < np.inf:
                option = name.replace("_", "-")
                raise OptionError(say(sentence, option=option, least=least, value=f"{value:g}"))
