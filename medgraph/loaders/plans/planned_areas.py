"""Name the areas that a plan is about, by the codes of their counties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel.abolished_codes import townships_now
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable


def areas_of_codes(codes: Iterable[str]) -> pa.Table:
    """Return the township-level areas in some counties; raise OptionError for a code of none."""
    parts = {code.strip(): townships_now(code.strip()) for code in codes}
    for code, rows in parts.items():
        if not len(rows):
            raise OptionError(say("area_not_in_register", value=code))
    return pa.concat_tables(parts.values())
