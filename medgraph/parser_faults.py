"""Say in the language of now what somebody else's parser could not read, and where."""

from __future__ import annotations

import re

from medgraph.words.say import language, say

_ENGLISH = re.compile(r"(?:[A-Za-z']+ ){3}")
_ADVICE = "; It might help"  # how else to call GDAL, which nobody here does
_LINE_AND_COLUMN = re.compile(r"line:?\s+(\d+)(?:,?\s+column:?\s+(\d+))?", re.IGNORECASE)


def told(error: Exception) -> str:
    """Return the reason of a parser: its own words in English, else the place that they name.

    A sentence of ours stays as it is.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     told(ValueError("Expecting value: line 1 column 14 (char 13)"))
    '第 1 行第 14 列读不下去'
    >>> with speaking("en"):
    ...     told(ValueError("Expecting value: line 1 column 14 (char 13)"))
    'Expecting value: line 1 column 14 (char 13)'
    """
    reason = str(error).partition("\n")[0].partition(_ADVICE)[0].rstrip(".")
    is_foreign = reason.isascii() or _ENGLISH.search(reason) is not None  # it may name our file
    if language() == "en" or not is_foreign:
        return reason
    found = _LINE_AND_COLUMN.search(reason)
    if found is None:
        return say("parser_stopped")
    line, column = found.groups()
    key = "parser_stopped_at" if column else "parser_stopped_in"
    return say(key, line=line, column=column)
