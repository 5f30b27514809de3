"""The obligation matrix: what every township or community centre should have, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer, define, frame_of, split_by_status
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.sharing.obligations import (
    CELLS,
    MET,
    UNSURE,
    Cells,
    cells_of,
    one_of_obligations,
    reasons,
)
from medgraph.queries.subjects import Subjects
from medgraph.words.say import language

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_WORDS = np.array(CELLS, object)


@told_as_listed
def matrix(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the obligation matrix: a row per township or community centre, a column per duty.

    A cell is `met`; `expired`, `not_yet_valid`, `closed_unit` (the other end is not at work) or
    `broken` (the chain stops, `cells` says where); `missing` (none, and the relation is declared
    complete); or `no_data`. A link stands behind one cell only; a membership also carries what the
    whole group has (team, recognition). Share: cells met, of the cells judged.

    Parameters
    ----------
    net
        The network.
    obligations
        Columns wanted: lead, laboratory, imaging, ecg, pathology, sterile_supply, pharmacy,
        up_referral, down_referral, physician, team, telemedicine, recognition, stations; none: all.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        The rows of the matrix: `facility`, `name`, `group`, the columns asked for, `met` (how
        many), `status` (met, failed, no_data), `records` (obligation=id of the link behind it).
        What is accounted for are the cells: total = centres × columns; `unknown` names every cell
        without data.

    Raises
    ------
    OptionError
        A word that is no obligation.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.sharing.matrix(mg.samples.taizhou(), obligations=("lead", "physician"))
    >>> answer.frame.columns.tolist()
    ['facility', 'name', 'group', 'lead', 'physician', 'met', 'status', 'records']
    """
    asked, columns, every = _cells(net, obligations, as_of)
    day, subjects, wanted = asked.day, asked.positions, list(columns)
    states = np.array([column.state for column in columns.values()])
    states = states.reshape(len(wanted), len(subjects))
    met = (states == MET).sum(axis=0)
    failed = ((states != MET) & (states != UNSURE)).any(axis=0)
    status = np.select([failed, met == len(wanted)], ["failed", "met"], "no_data")
    frame = frame_of(
        {
            "facility": day.ids(subjects),
            "name": day.names(subjects),
            "group": group_ids(day, subjects),
            **{name: _WORDS[column.state] for name, column in columns.items()},
            "met": met,
            "status": status,
            "records": _records(day, columns),
        }
    )
    return _answer("sharing.matrix", frame, asked, columns, every)


@told_as_listed
def cells(
    net: MedicalNetwork,
    *,
    obligations: tuple[str, ...] = (),
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the obligation matrix cell by cell, with the record behind each.

    Cells, share and errors are those of `matrix`.

    Parameters
    ----------
    net
        The network.
    obligations
        Columns wanted; none: all.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per cell: `facility`, `name`, `obligation`, `status`, `reason`, `at` (where it
        breaks), `record` (id of the link), `clause`, `origin`. Cells without data are in `unknown`.

    Raises
    ------
    OptionError
        A word that is no obligation.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.sharing.cells(mg.samples.taizhou(), obligations=("lead",))
    >>> answer.frame["status"].value_counts().to_dict()
    {'met': 40}
    """
    asked, columns, every = _cells(net, obligations, as_of)
    return _answer("sharing.cells", None, asked, columns, every)


def _cells(
    net: MedicalNetwork, obligations: tuple[str, ...], as_of: datetime.date | str | None
) -> tuple[Subjects, dict[str, Cells], pd.DataFrame]:
    """Return who is asked about, each column of the matrix, and all cells one by one.

    Matrix and cells are the same, and worked out once.
    """
    wanted = one_of_obligations(obligations)

    def judged() -> tuple[Subjects, dict[str, Cells], pd.DataFrame]:
        day = Day(net, as_of)
        asked = Subjects(day, day.primary)
        columns = {name: cells_of(day, name, asked.positions) for name in wanted}
        every = [_column(day, name, asked.positions, column) for name, column in columns.items()]
        return asked, columns, pd.concat(every, ignore_index=True)

    return net.once(("cells", wanted, net.day(as_of), language()), judged)


def _answer(
    query: str,
    frame: pd.DataFrame | None,
    asked: Subjects,
    columns: Mapping[str, Cells],
    every: pd.DataFrame,
) -> Answer:
    """Return the answer whose rows are `frame`, or the cells judged.

    The cells are accounted for.
    """
    day = asked.day
    judged, unknown = split_by_status(every, "no_data")
    return answer(
        day,
        query,
        define(day, "matrix_numerator", "matrix_denominator", "cells"),
        judged if frame is None else frame,
        judged=len(judged),
        met=(judged["status"] == "met").sum(),
        unknown=unknown,
        perhaps=_each(asked.perhaps, columns),
        excluded=_each(asked.left_out, columns),
        lists=("facilities",),
    )


def _each(rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return these facilities once for each obligation."""
    return pd.concat([rows.assign(obligation=name) for name in columns], ignore_index=True)


def _column(day: Day, obligation: str, subjects: Positions, column: Cells) -> pd.DataFrame:
    return frame_of(
        {
            "facility": day.ids(subjects),
            "name": day.names(subjects),
            "obligation": obligation,
            "status": _WORDS[column.state],
            "reason": reasons(day, obligation, column),
            "at": day.ids(column.at),
            "record": day.link_ids(column.row),
            "clause": day.link_column("clause", column.row),
            "origin": day.link_column("origin", column.row),
        }
    )


def _records(day: Day, columns: Mapping[str, Cells]) -> list[str]:
    """Return for each subject its obligations with the ids of the links behind them."""
    parts = [
        [f"{name}={id}" if id else "" for id in day.link_ids(column.row)]
        for name, column in columns.items()
    ]
    return ["; ".join(filter(None, row)) for row in zip(*parts, strict=True)]


def group_ids(day: Day, positions: Positions) -> list[str]:
    """Return the ids of the groups of each facility, `|` between several.

    Empty where it has none.
    """
    found = day.ids(np.maximum(day.group_of[positions], -1))
    several = np.flatnonzero(day.group_of[positions] < -1)
    for place in several.tolist():
        found[place] = "|".join(day.ids(day.groups_of(int(positions[place]))))
    return [id or "" for id in found]
