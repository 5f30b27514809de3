"""The obligation matrix: what every township or community centre should have, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    from collections.abc import Mapping, Sequence

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
    judged = _cells(net, obligations, as_of)
    day, subjects, columns = judged.day, judged.subjects, judged.columns
    wanted = list(columns)
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
            "records": _records(wanted, judged.records),
        }
    )
    return _answer("sharing.matrix", frame, judged)


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
    return _answer("sharing.cells", None, _cells(net, obligations, as_of))


class _Judged(NamedTuple):
    """Who is asked about, each column of the matrix, and all cells one by one, as they stand."""

    day: Day
    subjects: Positions
    columns: dict[str, Cells]
    records: list[str | None]  # the ids of the links behind the cells, column after column
    judged: pd.DataFrame
    unknown: pd.DataFrame
    perhaps: pd.DataFrame
    excluded: pd.DataFrame


def _cells(
    net: MedicalNetwork, obligations: tuple[str, ...], as_of: datetime.date | str | None
) -> _Judged:
    """Return the cells; those of matrix and cells are the same, and worked out once."""
    wanted = one_of_obligations(obligations)

    def judged() -> _Judged:
        day = Day(net, as_of)
        asked = Subjects(day, day.primary)
        columns = {name: cells_of(day, name, asked.positions) for name in wanted}
        row = np.concatenate([column.row for column in columns.values()])
        records = day.link_ids(row)
        every = _one_by_one(day, asked.positions, columns, row, records)
        return _Judged(
            day,
            asked.positions,
            columns,
            records,
            *split_by_status(every, "no_data"),
            _each(asked.perhaps, wanted),
            _each(asked.left_out, wanted),
        )

    return net.once(("cells", wanted, net.day(as_of), language()), judged)


def _answer(query: str, frame: pd.DataFrame | None, cells: _Judged) -> Answer:
    """Return the answer whose rows are `frame`, or the cells judged.

    The cells are accounted for.
    """
    return answer(
        cells.day,
        query,
        define(cells.day, "matrix_numerator", "matrix_denominator", "cells"),
        cells.judged if frame is None else frame,
        judged=len(cells.judged),
        met=(cells.judged["status"] == "met").sum(),
        unknown=cells.unknown,
        perhaps=cells.perhaps,
        excluded=cells.excluded,
        lists=("facilities",),
    )


def _each(rows: pd.DataFrame, obligations: Sequence[str]) -> pd.DataFrame:
    """Return these facilities once for each obligation."""
    repeated = rows.take(np.tile(np.arange(len(rows)), len(obligations))).reset_index(drop=True)
    names = np.repeat(np.array(obligations, object), len(rows))
    return repeated.assign(obligation=pd.Series(names, dtype="str"))


def _one_by_one(
    day: Day,
    subjects: Positions,
    columns: Mapping[str, Cells],
    row: Positions,
    records: Sequence[str | None],
) -> pd.DataFrame:
    """Return all cells as rows, column after column: `row` and `records` are of their links."""
    every = columns.values()
    return frame_of(
        {
            "facility": day.ids(subjects) * len(columns),
            "name": day.names(subjects) * len(columns),
            "obligation": np.repeat(np.array(list(columns), object), len(subjects)),
            "status": _WORDS[np.concatenate([column.state for column in every])],
            "reason": [text for name in columns for text in reasons(day, name, columns[name])],
            "at": day.ids(np.concatenate([column.at for column in every])),
            "record": records,
            "clause": day.link_column("clause", row),
            "origin": day.link_column("origin", row),
        }
    )


def _records(obligations: Sequence[str], records: Sequence[str | None]) -> list[str]:
    """Return for each subject its obligations with the ids of the links behind them."""
    count = len(records) // len(obligations)
    parts = [
        [f"{name}={id}" if id else "" for id in records[number * count : (number + 1) * count]]
        for number, name in enumerate(obligations)
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
