"""Ask of every area whether a group serves it: served, gaps, overlaps.

An area is served on a day when a facility that is then at work and a member (or the lead) of a
group, not of a specialty alliance, has a SERVES link to it. A planned, suspended or closed facility
serves nobody; one whose status nobody could read may serve, and leaves the area unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import first_of, sentences, whole_column
from medgraph.queries.coverage.judging import judged_of

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.coverage.judging import Judged
    from medgraph.queries.results import Answer


@told_as_listed
def served(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Say for every area of a level whether a group serves it.

    Share: areas served by a member of some group, of the areas judged. Quasi units (third code
    segment 400 to 599) are excluded; what cannot be judged is unknown: an area that only facilities
    of no group or an unnamed class serve, or for which nothing is found while the member lists
    (MEMBER_OF) or the areas served (SERVES) are not declared complete.

    Parameters
    ----------
    net
        The network; it needs a register of areas, else there is no share.
    level
        `township` (default), `province`, `city`, `county` or `village`.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: area, name, group, facilities (ids, `|` between them), status (served, gap), reason.

    Raises
    ------
    OptionError
        `level` is none of the levels.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.coverage.served(mg.samples.taizhou())
    >>> answer.share
    Share(met=38, total=39, unit='areas')
    >>> answer.frame["status"].value_counts().to_dict()
    {'served': 38, 'gap': 1}
    """
    judged = judged_of(net, level, as_of)
    return _answer(judged, "coverage.served", ~judged.unknown & ~judged.excluded)


@told_as_listed
def gaps(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Name the areas of a level that no group serves; the share is that of `served`.

    An area is a gap only where the member lists and the areas served are declared complete.

    Parameters
    ----------
    net
        The network; it needs a register of areas, else there is no share.
    level
        `township` (default), `province`, `city`, `county` or `village`.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        The columns of `served`, with the gaps alone in the frame.

    Raises
    ------
    OptionError
        `level` is none of the levels.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.coverage.gaps(mg.samples.taizhou()).frame[["area", "name"]].values.tolist()
    [['331003003000', '西城街道']]
    """
    judged = judged_of(net, level, as_of)
    return _answer(judged, "coverage.gaps", judged.gap)


@told_as_listed
def overlaps(
    net: MedicalNetwork, *, level: str = "township", as_of: datetime.date | str | None = None
) -> Answer:
    """Name the areas of a level that members of two or more groups serve.

    Share: areas without an overlap, of the areas judged. Two facilities of one group are no
    overlap; a note lists them. An area of one group or none is judged only where the lists are
    declared complete.

    Parameters
    ----------
    net
        The network; it needs a register of areas, else there is no share.
    level
        `township` (default), `province`, `city`, `county` or `village`.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        Rows: area, name, group, facilities (ids, `|` between them), status (overlap), reason.

    Raises
    ------
    OptionError
        `level` is none of the levels.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.coverage.overlaps(mg.samples.taizhou())
    >>> answer.share, len(answer.frame)
    (Share(met=39, total=39, unit='areas'), 0)
    """
    judged = judged_of(net, level, as_of)
    asked = ~judged.excluded
    overlap = (judged.group_count > 1) & asked
    perhaps_overlap = judged.most_groups > 1
    open_lists = judged.level_unknown | bool(judged.lacking)
    unknown = ~overlap & asked & (open_lists | perhaps_overlap)
    count = len(judged)
    both = sentences("coverage.overlap", count, groups=judged.group_names)
    lacking = whole_column(judged.lacking, count)
    undeclared = sentences("coverage.one_group", count, tables=lacking)
    perhaps = sentences("coverage.perhaps_at_work", count, names=judged.perhaps_names)
    reason = first_of(
        [
            (judged.excluded, judged.reason),
            (judged.level_unknown, judged.reason),
            (overlap, both),
            (unknown & perhaps_overlap, perhaps),
            (unknown, undeclared),
        ],
        count,
    )
    status = first_of(
        [(judged.excluded, "excluded"), (overlap, "overlap"), (unknown, "unknown")], count
    )
    return judged.answer(
        "coverage.overlaps",
        overlap,
        definition=judged.definition("coverage.overlaps.numerator"),
        met=int((asked & ~unknown & ~overlap).sum()),
        notes=judged.note_twins(),
        status=status,
        reason=reason,
        unknown=unknown,
    )


def _answer(judged: Judged, query: str, shown: Mask) -> Answer:
    return judged.answer(
        query,
        shown,
        definition=judged.definition("coverage.served.numerator"),
        met=int(judged.served.sum()),
        notes=[*judged.note_declared(), *judged.note_unplaced()],
    )


__all__ = ["gaps", "overlaps", "served"]
