"""Find what a reference means: an id, a code, a full name, then a short name or alias in the same county."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import codes
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.say import say
from medgraph.words.vocabularies import fold


class References:
    """Resolve references to the rows of `nodes` (id, kind, name and what else they are known by)."""

    def __init__(self, nodes: pa.Table) -> None:
        self._nodes = nodes
        self.ids = nodes["id"]
        self._known = cache(self._find)

    def column(self, name: str) -> list[str | None]:
        return (
            self._nodes[name].to_pylist()
            if name in self._nodes.column_names
            else [None] * len(self._nodes)
        )

    @cached_property
    def counties(self) -> np.ndarray:
        """The county of every node (6 digits), empty where none is stated."""
        area = (
            self._nodes["area"]
            if "area" in self._nodes.column_names
            else pa.nulls(len(self._nodes), pa.string())
        )
        place = pc.if_else(pc.equal(self._nodes["kind"], "Area"), self.ids, area)
        return np.array([codes.county(text) for text in place.to_pylist()], object)

    @cached_property
    def kinds(self) -> list[str]:
        return self._nodes["kind"].to_pylist()

    @cached_property
    def _by_code(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for column in ("uscc", "institution_code"):
            for row, text in enumerate(self.column(column)):
                if text:
                    found.setdefault(text.upper(), []).append(row)
        for row, (kind, id) in enumerate(zip(self.kinds, self.ids.to_pylist(), strict=True)):
            if kind == "Area" and id:
                found.setdefault(codes.padded(id), []).append(row)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, text in enumerate(self.column("name")):
            if text:
                found.setdefault(fold(text), []).append(row)
        return found

    @cached_property
    def _by_other_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for column in ("short_name", "aliases"):
            for row, text in enumerate(self.column(column)):
                for part in (text or "").split("|"):
                    if part and row not in found.setdefault(fold(part), []):
                        found[fold(part)].append(row)
        return found

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {id: row for row, id in enumerate(self.ids.to_pylist()) if id}

    def __contains__(self, id: str) -> bool:
        return id in self._row_of

    def county_of(self, ids: Iterable[str | None]) -> list[str]:
        """Return the county of each id, empty where it is unknown."""
        rows = [self._row_of.get(id or "", -1) for id in ids]
        return [self.counties[row] if row >= 0 else "" for row in rows]

    def find(self, text: str, kinds: tuple[str, ...] = (), county: str = "") -> str:
        """Return the id that `text` means among `kinds`, near `county`; raise WrongError: nothing, or several."""
        return self._known(text, kinds, county)

    def _find(self, text: str, kinds: tuple[str, ...], county: str) -> str:
        elsewhere: str | None = None
        for table, key, near in (
            (self._by_code, codes.padded(text.upper()), False),
            (self._by_name, fold(text), False),
            (self._by_other_name, fold(text), True),
        ):
            rows = table.get(key, [])
            fitting = [r for r in rows if not kinds or self.kinds[r] in kinds]
            if rows and not fitting:
                elsewhere = elsewhere or self.ids[rows[0]].as_py()
            if county:
                here = [r for r in fitting if self.counties[r] == county]
                away = [r for r in fitting if not near or not self.counties[r]]
                fitting = here or away
            ids = list(dict.fromkeys(self.ids[r].as_py() for r in fitting))
            if len(ids) > 1:
                raise WrongError("E044", self._several(text, fitting))
            if ids:
                return ids[0]
        if elsewhere is not None:
            return elsewhere  # of a kind that does not fit: the check of ends says so
        raise WrongError("E040", {"value": text})

    def _several(self, text: str, rows: list[int]) -> dict[str, str]:
        names, ids = self.column("name"), self.ids
        shown = [f"{names[r]}（{ids[r].as_py()}）" for r in rows[:10]]
        return {
            "value": text,
            "count": str(len(rows)),
            "candidates": "、".join(shown) + ("…" if rows[10:] else ""),
            "item": "",
        }


def item(number: int, count: int) -> str:
    """Return which part of a list is meant, where there are several."""
    return say("list_item", number=number) if count > 1 else ""
