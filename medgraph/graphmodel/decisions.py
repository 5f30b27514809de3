"""Hold what people decided of two facilities: they are one, they are not, one came of the other."""

from __future__ import annotations

from typing import NamedTuple


class Decision(NamedTuple):
    """One decision on `source`, a facility of the first list, and `target`, one of the second.

    Either is empty where the decision is on one facility alone: closed, new. The names are those
    that the facilities had when it was decided; `partner` is another facility that somebody wrote
    beside, by id or name, in place of the one proposed.

    Parameters
    ----------
    source, target
        The facilities, by id.
    decision
        same, different, merged (`source` into `target`), split (`target` from `source`), closed,
        new.
    name, target_name
        What they were called.
    partner
        Another facility in place of the one proposed.
    by, date, note
        Who decided it, when, and why.
    place
        Where it was read.

    Examples
    --------
    >>> Decision("F1", "P7", "same", by="市卫健委").is_on_pair
    True
    """

    source: str = ""
    target: str = ""
    decision: str = ""
    name: str = ""
    target_name: str = ""
    partner: str = ""
    by: str = ""
    date: str = ""
    note: str = ""
    place: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        """What it is about: ids, or names where no ids are stated."""
        return self.source or self.name, self.target or self.target_name

    @property
    def is_on_pair(self) -> bool:
        """Whether it names a facility of either list."""
        return bool(self.source and self.target)


SAME, DIFFERENT, MERGED, SPLIT, CLOSED, NEW = (
    "same",
    "different",
    "merged",
    "split",
    "closed",
    "new",
)
