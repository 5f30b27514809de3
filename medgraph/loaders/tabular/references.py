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
    from collections.abc import Callable, Mapping, Sequence


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

    def meaningful(self, texts: Sequence[str]) -> set[str]:
        """Return those of many texts that may mean something; `find` finds nothing for others."""
        return self._names.may_be_named(texts, at_least=STATED)

    def wrong_with(self, text: str, kinds: tuple[str, ...] = ()) -> WrongError:
        """Return what is wrong with a text that `find` found nothing for."""
        try:
            self.find(text, kinds)
        except WrongError as wrong:
            return wrong
        raise AssertionError(text)

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
    rows: dict[str, list[int]] = {}
    for row, wrong in missed.items():
        rows.setdefault(wrong.code, []).append(row)
    return faults_by_code(part, name, rows, lambda row: missed[row])


def faults_by_code(
    part: str,
    name: str,
    rows: Mapping[str, Sequence[int]],
    wrong_with: Callable[[int], WrongError],
) -> list[TableFault]:
    """Return the faults of the field `name`, its rows by code; `wrong_with` says more of a row."""

    def said(row: int) -> dict[str, str]:
        return {"column": schema.title(name), **wrong_with(row).said}

    return [
        TableFault(code, part, name, np.array(of_code, np.int64), said)
        for code, of_code in sorted(rows.items())
    ]


def item(number: int, count: int) -> str:
    """Return which part of a list is meant, where there are several."""
    return say("list_item", number=number) if count > 1 else ""
