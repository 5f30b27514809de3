"""See a day and keep what of it was asked: which lists a verdict rests on, which ones it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.day import Day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.completeness import Completeness


class AskedDay(Day):
    """A day that keeps in `asked`, by table or part, whether it was found to be complete."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked: dict[str, bool] = {}

    def declaration_of(self, table: str) -> Completeness:
        """Return the declaration that decides, and keep that it was asked."""
        found = super().declaration_of(table)
        self.asked[table] = bool(found)
        return found

    def declared_column(self, table: str, column: str) -> bool:
        """Tell whether a column is declared complete, and keep that it was asked."""
        found = super().declared_column(table, column)
        self.asked[f"{table}.{column}"] = found
        return found

    def declared(self, relation: str, *, for_: Positions | Sequence[int]) -> Mask:
        """Return of whom all links are declared, and keep whether they are of all asked about."""
        found = super().declared(relation, for_=for_)
        if len(found):
            self._keep(f"links.{relation}", complete=bool(found.all()))
        return found

    def lacking(self, relation: str, groups: Mask | None = None) -> tuple[str, ...]:
        """Name what is not declared of a relation, and keep that it was asked."""
        found = super().lacking(relation, groups)
        self._keep(f"links.{relation}", complete=not found)
        return found

    def _keep(self, table: str, *, complete: bool) -> None:
        """Keep an answer; where parts differ, the list is open."""
        self.asked[table] = self.asked.get(table, True) and complete
