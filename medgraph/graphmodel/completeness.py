"""Decide what is declared complete: a whole table, one relation, or the links of one group.

A declaration of a part overrules that of the whole it belongs to: `links.MEMBER_OF.G1` speaks for
the members of G1, whatever `links.MEMBER_OF` and `links` say. Where a part says nothing, the whole
speaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.graphmodel.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = ".complete"


@dataclass(frozen=True)
class Completeness:
    """Whether a table holds all there is: `state` (complete, partial, None), who says so, when."""

    state: str | None = None
    by: str = ""
    date: str = ""
    clause: str = ""

    def __bool__(self) -> bool:
        """Tell whether the table is declared complete."""
        return self.state == "complete"


def declaration(meta: Mapping[str, str], table: str) -> Completeness:
    """Return what `meta` declares of a table or part.

    A part that says nothing has what its whole says.

    >>> meta = {"links.MEMBER_OF.complete": "complete", "links.MEMBER_OF.G1.complete": "partial"}
    >>> declaration(meta, "links.MEMBER_OF.G1").state, declaration(meta, "links.MEMBER_OF.G2").state
    ('partial', 'complete')
    """
    parts = table.split(".")
    for length in range(len(parts), 0, -1):
        key = ".".join(parts[:length])
        state = meta.get(key + MARK)
        if state:
            by, date, clause = (
                meta.get(f"{key}{MARK}_{word}", "") for word in ("by", "date", "clause")
            )
            return Completeness(state, by, date, clause)
    return Completeness()


def declared_parts(meta: Mapping[str, str], relation: str) -> dict[str, bool]:
    """Return, for each id that has a declaration of its own for `relation`, whether it is complete.

    >>> declared_parts({"links.MEMBER_OF.G1.complete": "partial"}, "MEMBER_OF")
    {'G1': False}
    """
    start = f"links.{relation}."
    return {
        key[len(start) : -len(MARK)]: state == "complete"
        for key, state in meta.items()
        if key.startswith(start) and key.endswith(MARK)
    }


def all_declared(meta: Mapping[str, str]) -> dict[str, str]:
    """Return what is stated of a whole, with every table declared complete and no part apart.

    >>> found = all_declared({"title": "T", "links.MEMBER_OF.G1.complete": "partial"})
    >>> found["title"], declaration(found, "links.MEMBER_OF.G1").state
    ('T', 'complete')
    """
    own = {key: value for key, value in meta.items() if not _is_of_links(key)}
    return own | {f"{table}{MARK}": "complete" for table in TABLES}


def _is_of_links(key: str) -> bool:
    return key.startswith("links.") and MARK in key
