"""Read workbooks and files that were not made for us, and account for every cell.

What they mean is proposed, or stated by a mapping.
"""

from medgraph.loaders.foreign.account_sheets import accounted
from medgraph.loaders.foreign.open_questions import questions
from medgraph.loaders.foreign.reading import Reading
from medgraph.loaders.foreign.tidy import (
    EditedError,
    OriginalGoneError,
    default_target,
    load,
    never_onto,
    save_mapping,
    tidy,
    update,
)

__all__ = [
    "EditedError",
    "OriginalGoneError",
    "Reading",
    "accounted",
    "default_target",
    "load",
    "never_onto",
    "questions",
    "save_mapping",
    "tidy",
    "update",
]
