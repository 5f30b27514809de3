"""Say what a file says of itself: its title, and that medgraph made it, nobody else.

Libraries write a name of their own there, or that of whoever is logged in.
"""

from __future__ import annotations

import datetime
import re
from typing import Any, TypedDict

from medgraph._version import __version__
from medgraph.words.workbook_words import MARK

# Of a workbook of data: equal networks are equal files, whenever they are written.
TIMELESS: dict[str, Any] = {
    "created": datetime.datetime(2000, 1, 1),
    "author": MARK,
    "comments": MARK,
}
# The part of a workbook that names the application, and where it does.
APPLICATION_PART = "docProps/app.xml"
_APPLICATION = re.compile(r"(?<=<Application>)[^<]*")


class Properties(TypedDict):
    """The properties of a file, as workbooks and Word files have them alike."""

    title: str
    author: str
    comments: str


def properties(title: str = "") -> Properties:
    """Return the properties of a file that is made now.

    >>> properties("Report")["author"]
    'medgraph'
    """
    return {"title": title, "author": MARK, "comments": f"{MARK} {__version__}"}


def with_our_name(part: str) -> str:
    """Return the part that names the application with our name in place of another's.

    >>> with_our_name("<Application>Microsoft Excel</Application>")
    '<Application>medgraph</Application>'
    """
    return _APPLICATION.sub(MARK, part, count=1)
