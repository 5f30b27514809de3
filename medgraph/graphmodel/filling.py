"""Fill answers into a network, as they were given."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from medgraph.graphmodel.filled_tables import Given, with_answers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.network import MedicalNetwork


def filled(
    net: MedicalNetwork, answers: Iterable[Given], *, on: datetime.date | None = None
) -> MedicalNetwork:
    """Return the network with these answers in it; they are taken as they are.

    Parameters
    ----------
    net
        The network.
    answers
        What was answered.
    on
        The day that links are answered for; default: the data day, else today.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = Given("cell", "groups", "charter", "G1", "yes")
    >>> net = filled(mg.samples.taizhou(), [answer])
    >>> net.nodes("Group").loc["G1", "charter"]
    'yes'
    """
    day = on or answered_for(net)
    return type(net)(*with_answers(net.tables, net.meta, tuple(answers), day))


def answered_for(net: MedicalNetwork) -> datetime.date:
    """Return the day that answers are for where none is named: that of the data, else today."""
    return net.data_day or datetime.date.today()
