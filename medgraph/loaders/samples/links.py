"""Hold the links of a made-up country while they are laid out and defects are planted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from medgraph.graphmodel.arrays.types import Mask

Columns = dict[str, "NDArray[Any]"]
"""Aligned columns; `source` and `target` are node numbers."""


class Links:
    """The links of each relation, as aligned columns."""

    def __init__(self) -> None:
        self.columns: dict[str, Columns] = {}

    def add(
        self, relation: str, source: ArrayLike, target: ArrayLike, **columns: ArrayLike
    ) -> None:
        """Add links; a column given as one value holds for all of them."""
        new: Columns = {"source": np.atleast_1d(source), "target": np.atleast_1d(target)}
        for name, value in columns.items():
            new[name] = np.broadcast_to(value, len(new["source"]))
        old = self.columns.get(relation)
        if old is not None:
            new = {name: np.concatenate([old[name], new[name]]) for name in old}
        self.columns[relation] = new

    def drop(
        self, relation: str, source: ArrayLike | None = None, target: ArrayLike | None = None
    ) -> None:
        """Take out the links of `relation` from `source` and to `target`, where given."""
        keep = ~self.found(relation, source, target)
        columns = self.columns[relation]
        self.columns[relation] = {name: values[keep] for name, values in columns.items()}

    def found(
        self, relation: str, source: ArrayLike | None = None, target: ArrayLike | None = None
    ) -> Mask:
        """Return which links of `relation` are from `source` and to `target`, where given."""
        columns = self.columns[relation]
        hit: Mask = np.ones(len(columns["source"]), bool)
        if source is not None:
            hit &= columns["source"] == source
        if target is not None:
            hit &= columns["target"] == target
        return hit

    def change(self, relation: str, column: str, hit: Mask, value: ArrayLike) -> None:
        """Put `value` into a column of the links of `relation` that are hit."""
        columns = self.columns[relation]
        columns[column] = np.where(hit, value, columns[column])

    def make_room(self, number: int) -> None:
        """Move the nodes from `number` on up by one, so that another node can have that number."""
        for columns in self.columns.values():
            for end in ("source", "target"):
                columns[end] = columns[end] + (columns[end] >= number)
