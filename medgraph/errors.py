"""The errors medgraph raises: one root, each also the builtin a caller expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.words.say import Problem


class MedGraphError(Exception):
    """Root of all errors that medgraph raises on purpose; its text is a sentence for a user."""


class SourceError(MedGraphError, ValueError):
    """A source cannot be read as a network; `problems` lists all that is wrong, with places."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class TargetError(MedGraphError, OSError):
    """A target cannot be written; the old file is whole."""


class UnknownIdError(MedGraphError, KeyError):
    """An id, name or code that the network does not hold, or that fits several nodes."""

    def __str__(self) -> str:  # KeyError would print the repr of the sentence
        return str(self.args[0]) if self.args else ""


class ChangeError(MedGraphError, ValueError):
    """A change that cannot be applied to this network."""


class OptionError(MedGraphError, ValueError):
    """An argument outside what is allowed; the sentence lists what is."""


class TooLargeError(MedGraphError, MemoryError):
    """What was asked for does not fit; the sentence says what it would take."""


class WithheldError(TargetError):
    """A load would end so many rows that its file may be truncated, and nothing was written.

    `report` counts them.
    """

    def __init__(self, message: str, report: object) -> None:
        super().__init__(message)
        self.report = report
