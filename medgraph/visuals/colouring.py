"""Say what a map is coloured by: a Series by id or name, a column of the nodes, or an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from medgraph.errors import OptionError, UnknownIdError
from medgraph.graphmodel.canonical import frame
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.network import MedicalNetwork

ColorBy: TypeAlias = "pd.Series | str | Any | None"
"""A Series by id or name, the name of a column of the nodes, or an answer."""

CLASSES = 5
_NAMED = 3  # of the labels that match nothing


def colour_series(net: MedicalNetwork, color_by: ColorBy) -> pd.Series | None:
    """Return what a map is coloured by as a Series by node id; None where nobody asked.

    Raise OptionError for a column that the nodes do not have, a label of a Series that is no node,
    and anything else. An answer may be about more than the network holds.
    """
    if color_by is None:
        return None
    if isinstance(color_by, str):
        return _column(net, color_by)
    if isinstance(color_by, pd.Series):
        return _by_id(net, color_by)
    status = getattr(color_by, "status", None)
    if not isinstance(status, pd.Series):
        raise OptionError(say("color_by_wrong", found=type(color_by).__name__))
    own = status[net.index.positions([str(id) for id in status.index]) >= 0]
    if len(status) and not len(own):
        raise OptionError(say("color_by_no_answer", query=getattr(color_by, "query", "")))
    return own


def _column(net: MedicalNetwork, name: str) -> pd.Series:
    table = net.tables[0]
    if name not in table.column_names:
        allowed = ", ".join(table.column_names)
        raise OptionError(say("not_one_of", what="color_by", value=name, allowed=allowed))
    values: pd.Series = frame(table.select(["id", name])).set_index("id")[name].dropna()
    if not len(values):
        raise OptionError(say("color_by_empty", column=name))
    return values


def _by_id(net: MedicalNetwork, values: pd.Series) -> pd.Series:
    """The Series by id, of labels that are ids or names; the first of labels that repeat."""
    labels = values.index.astype(str)
    there = net.index.positions(labels.tolist()) >= 0
    ids = labels.to_numpy(object).copy()
    strange = []
    for place in np.flatnonzero(~there).tolist():
        try:
            ids[place] = net.find(labels[place])
        except UnknownIdError:
            strange.append(labels[place])
    if strange:
        named = listed(dict.fromkeys(strange[:_NAMED]))
        raise OptionError(
            say("color_by_matches_nothing", count=len(strange), total=len(values), labels=named)
        )
    found = values.set_axis(pd.Index(ids, name="id"))
    return found[~found.index.duplicated()].dropna()


def in_classes(values: pd.Series) -> tuple[pd.Series, tuple[str, ...]]:
    """Return numbers as classes of about as many each, and the classes in their order.

    >>> in_classes(pd.Series([1, 2, 3, 40]))[1]
    ('1', '2', '3', '40')
    >>> in_classes(pd.Series(range(100)))[1]
    ('0–19', '20–39', '40–59', '60–79', '80–99')
    """
    numbers = values.astype(float)
    whole = np.sort(numbers.unique())
    if len(whole) <= CLASSES:
        words = {number: f"{number:g}" for number in whole}
        return numbers.map(words), tuple(words.values())
    parts = [part for part in np.array_split(np.sort(numbers.to_numpy()), CLASSES) if len(part)]
    upper = np.unique([part[-1] for part in parts])
    place = np.searchsorted(upper, numbers.to_numpy())
    named = []
    for number in range(len(upper)):
        mine = numbers.to_numpy()[place == number]
        least, most = mine.min(), mine.max()
        named.append(f"{least:g}" if least == most else f"{least:g}–{most:g}")
    return pd.Series([named[one] for one in place], index=values.index), tuple(named)


def is_scale(values: pd.Series | None) -> bool:
    """Tell whether a map is coloured by numbers."""
    if values is None or not len(values) or pd.api.types.is_bool_dtype(values):
        return False
    return pd.api.types.is_numeric_dtype(values)


def words_of(values: pd.Series | None) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the word of each node, and the classes in their order where they are numbers."""
    if values is None:
        return {}, ()
    classes: tuple[str, ...] = ()
    if is_scale(values):
        values, classes = in_classes(values)
    return {str(id): word for id, word in _texts(values)}, classes


def _texts(values: pd.Series) -> Iterable[tuple[Any, str]]:
    return values[~values.index.duplicated()].dropna().astype(str).items()
