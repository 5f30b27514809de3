"""Write the value of a cell as the text that people see in it."""

from __future__ import annotations

import datetime
import math
import re
from typing import Any

from medgraph.words.workbook_words import BLANKS

_ALL_WHOLE = 2**53  # from here on every float is whole, and its last digits mean nothing
_UNSAFE_DIGITS = 10**15  # Excel keeps 15 digits of a number
_CUT_MONTH = re.compile(r"(?:19|20)\d\d\.1")  # a number: January, or October without its zero
_TICKS = {True: "√", False: "×"}


def text_of(value: Any) -> str | None:
    """Return the text of a cell as people mean it; None where it is blank.

    >>> import datetime
    >>> text_of(12.0), text_of(datetime.datetime(2023, 10, 25)), text_of(" a "), text_of(True)
    ('12', '2023-10-25', 'a', '√')
    """
    if isinstance(value, bool):
        return _TICKS[value]
    if isinstance(value, float):
        return number_text(value, whole_below=_ALL_WHOLE)
    if isinstance(value, datetime.datetime):
        return moment_text(value)
    return str(value).strip(BLANKS) or None


def number_text(value: float, *, whole_below: float = math.inf) -> str:
    """Return a number without `.0` where it is whole."""
    if math.isfinite(value) and value == int(value) and abs(value) < whole_below:
        return str(int(value))
    return repr(value)


def moment_text(value: datetime.datetime) -> str:
    """Return a day as 2023-10-25, with its hour only where that is not midnight."""
    is_midnight = value.time() == datetime.time()
    return value.date().isoformat() if is_midnight else value.isoformat(" ")


def is_cut(value: Any) -> bool:
    """Whether Excel cut digits of a number: beyond the 15th, or the zero of 2023.10."""
    if not isinstance(value, int | float):
        return False
    return abs(value) >= _UNSAFE_DIGITS or bool(_CUT_MONTH.fullmatch(str(value)))
