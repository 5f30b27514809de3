"""Sharing: who supports whom, who owes what, and who gets nobody."""

from medgraph.queries.sharing.exchange import balance, exchange
from medgraph.queries.sharing.support import (
    FIVE,
    SUPPORT,
    cells,
    centres,
    matrix,
    recognition,
    unsupported,
)

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
