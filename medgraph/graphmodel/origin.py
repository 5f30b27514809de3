"""Say where a fact came from: file, sheet, cell and how, as one text that every format keeps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Where a row came from.

    `how` is typed, filled down, split from a list, matched by name, assumed, or from prose.

    >>> str(Origin("roster.xlsx", "机构", "C17", "typed"))
    'roster.xlsx|机构|C17|typed'
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    how: str = ""

    def __str__(self) -> str:
        return "|".join(
            part.replace("|", "/") for part in (self.file, self.sheet, self.cell, self.how)
        )

    @property
    def place(self) -> str:
        """The address as people write it: `机构!C17`, or the file and the row."""
        return "!".join(part for part in (self.sheet or self.file, self.cell) if part)

    @classmethod
    def parse(cls, text: str | None) -> Origin:
        """Read what `str` wrote; any other text is taken as the name of the file."""
        parts = (text or "").split("|")
        return cls(*parts) if len(parts) == 4 else cls(file=text or "")
