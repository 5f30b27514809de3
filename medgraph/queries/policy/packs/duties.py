"""The dated duties of a document: what follows from what, by whom, by when, shown by what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.queries.policy.packs.sentences import Texts


@dataclass(frozen=True)
class Duty:
    """One dated duty as data.

    Parameters
    ----------
    id
        Its name within the pack.
    text, who
        What is to be done and by whom; each in Chinese and in English.
    clause
        Where in the document it is.
    grade
        The grade of evidence.
    done
        The attribute that shows it done: a day, an answer, or with `at_least` a count.
    subjects
        Of whom it is asked, or for whom: conditions on nodes, or `all`.
    when
        What it follows from: conditions on the subject.
    follows
        The rule from whose result on the subject it follows.
    result
        Which result that is.
    on
        The day; with `each_year` the first of them.
    each_year
        Whether it comes again every year.
    on_attribute
        The attribute that sets the day.
    at_least
        How many the count must be.
    note, note_en
        What else there is to say, and the same in English.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.load("xinjiang-2022").duties[0].on
    '2022-09-30'
    """

    id: str
    text: Texts
    who: Texts
    clause: str
    grade: str
    done: str
    subjects: Any = "all"
    when: Mapping[str, Any] = field(default_factory=dict)
    follows: str = ""
    result: str = "FAIL"
    on: str = ""
    each_year: bool = False
    on_attribute: str = ""
    at_least: int | None = None
    note: str = ""
    note_en: str = ""


def duty(raw: Mapping[str, Any]) -> Duty:
    """Return a duty as the TOML of a pack states it."""
    return Duty(**{**raw, "text": tuple(raw["text"]), "who": tuple(raw["who"])})
