"""Sharing: who supports whom, who owes what, and who gets nobody."""

from medgraph.queries.sharing.centres import FIVE, centres
from medgraph.queries.sharing.exchange import balance, exchange
from medgraph.queries.sharing.obligation_matrix import cells, matrix
from medgraph.queries.sharing.recognition import recognition
from medgraph.queries.sharing.unsupported import SUPPORT, unsupported

__all__ = [
    "FIVE",
    "SUPPORT",
    "balance",
    "cells",
    "centres",
    "exchange",
    "matrix",
    "recognition",
    "unsupported",
]
