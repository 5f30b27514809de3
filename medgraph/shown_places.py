"""How outputs name a file or a server: no path of the machine, no name or password of a user."""

from __future__ import annotations

import re
from pathlib import Path


def without_credentials(text: str) -> str:
    """Return a text in which no address holds a name or a password.

    >>> without_credentials("neo4j://me:secret@host/db")
    'neo4j://host/db'
    """
    return re.sub("://.*@", "://", text)  # a password may hold any sign


def shown_place(source: str | Path) -> str:
    r"""Return what tells a source from others beside it: its last name, or its address.

    >>> shown_place("/home/wang/2024/roster.xlsx"), shown_place(r"C:\\Users\\wang\\roster.xlsx")
    ('roster.xlsx', 'roster.xlsx')
    >>> shown_place("neo4j://me:secret@host/db")
    'neo4j://host/db'
    """
    text = str(source)
    if "://" in text:
        return without_credentials(text)
    named = Path(text.replace("\\", "/"))
    return named.name or named.absolute().name


def without_places(argument: str) -> str:
    """Return an argument of a command line with the last name alone of a path from the root.

    >>> without_places("/home/wang/2024/roster.xlsx"), without_places("2024/roster.xlsx")
    ('roster.xlsx', '2024/roster.xlsx')
    >>> without_places("--output=/home/wang/run"), without_places("neo4j://me:secret@host/db")
    ('--output=run', 'neo4j://host/db')
    """
    option, sign = "", ""
    if argument.startswith("--"):
        option, sign, argument = argument.rpartition("=")
    from_root = argument.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", argument)
    shown = shown_place(argument) if from_root else without_credentials(argument)
    return option + sign + shown
