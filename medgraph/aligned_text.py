"""Lay a table out as text for a terminal."""

from __future__ import annotations

import pandas as pd


def aligned(frame: pd.DataFrame) -> str:
    """Return a frame as an aligned table; Chinese characters count as two columns wide."""
    with pd.option_context("display.unicode.east_asian_width", True):
        return frame.to_string(index=False, na_rep="")
