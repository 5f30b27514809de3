"""Turn what is certain into a state, and a state into a verdict."""

from __future__ import annotations

from medgraph.graphmodel.states import NO, UNKNOWN, YES

VERDICTS = {YES: "PASS", NO: "FAIL", UNKNOWN: "NO_DATA"}


def state_of(answer: bool | None) -> int:
    """Return the state of an answer; None is not known."""
    if answer is None:
        return UNKNOWN
    return YES if answer else NO


def decided(yes: bool, no: bool) -> int:
    """Return YES or NO where one of both is certain, else UNKNOWN.

    >>> decided(True, False), decided(False, True), decided(False, False)
    (2, 0, 1)
    """
    if yes:
        return YES
    return NO if no else UNKNOWN
