"""Find what a reference means: an id, a code, a full name, then a short name or alias.

A short name or alias means one of the same county.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import codes, schema
from medgraph.graphmodel.checks.nearest_names import NearestNames
from medgraph.graphmodel.matching import STATED, Names
from medgraph.graphmodel.validate import TableFault
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping


class References:
    """Resolve references to the rows of `nodes`, by id, code, name and other names."""

    def __init__(self, nodes: pa.Table) -> None:
        self._nodes = nodes
        self.ids: Any = nodes["id"]
        self._cached = cache(self._find)
        self._nearest = NearestNames(lambda: self._names, len(nodes))

    @cached_property
    def _names(self) -> Names:
        return Names.of_table(self._nodes)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(id for id in self.ids.to_pylist() if id)

    def __contains__(self, id: str) -> bool:
        return id in self._known

    def find(self, text: str, kinds: tuple[str, ...] = (), county: str = "") -> str:
        """Return the id that `text` means among `kinds`, near `county` (6 digits).

        Raise WrongError: E040 where it means nothing, E044 where it means several. One of a kind
        that does not fit is returned: the check of what links may join says so.
        """
        return self._cached(text, kinds, county)

    def _find(self, text: str, kinds: tuple[str, ...], county: str) -> str:
        match = self._names.match(text, kinds=kinds, county=county, at_least=STATED)
        found = match.id or match.elsewhere
        if match.candidates:
            candidates = self._names.described(match.candidates)
            said = {"value": text, "count": str(len(match.candidates)), "candidates": candidates}
            raise WrongError("E044", {**said, "item": ""})
        if found is None:
            raise WrongError("E040", {"value": text, "nearest": self._nearest.said(text, kinds)})
        return found

    # -- counties ------------------------------------------------------------------------------

    @cached_property
    def _county(self) -> dict[str, str]:
        """The county of every node by its id (6 digits), empty where none is stated."""
        area = (
            self._nodes["area"]
            if "area" in self._nodes.column_names
            else pa.nulls(len(self._nodes), pa.string())
        )
        is_area = pc.equal(self._nodes["kind"], "Area")
        places = pc.if_else(is_area, self.ids, area).to_pylist()
        return dict(zip(self.ids.to_pylist(), map(codes.county, places), strict=True))

    def county_of(self, id: str | None) -> str:
        """Return the county of a node, empty where it is unknown."""
        return self._county.get(id, "") if id else ""


def faults_of(part: str, name: str, missed: Mapping[int, WrongError]) -> list[TableFault]:
    """Return the faults of references in the field `name`: row -> what is wrong with it."""
    found = []
    for code in sorted({wrong.code for wrong in missed.values()}):
        rows = [row for row, wrong in missed.items() if wrong.code == code]
        found.append(TableFault(code, part, name, np.array(rows, np.int64), _said(name, missed)))
    return found


def _said(name: str, missed: Mapping[int, WrongError]) -> Any:
    return lambda row: {"column": schema.title(name), **missed[row].said}


def item(number: int, count: int) -> str:
    """Return which part of a list is meant, where there are several."""
    return say("list_item", number=number) if count > 1 else ""
