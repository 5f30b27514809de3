"""The schemes of scoring: one row each.

One more scheme is a file beside this one, a row here, and the columns of its sheet as a row in
`words/score_sheets.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError
from medgraph.queries.policy.scoring.henan import HENAN_SHEET, henan
from medgraph.queries.policy.scoring.judgement import JUDGEMENT_SHEET, judgement
from medgraph.queries.policy.scoring.xinjiang import XINJIANG_SHEET, xinjiang
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from medgraph.words.score_sheets import ScoreSheet


@dataclass(frozen=True)
class Scheme:
    """One scheme: the columns of its sheet, what scores it, and the options that it takes."""

    sheet: ScoreSheet
    score: Callable[..., pd.DataFrame]
    takes: tuple[str, ...] = ()

    def judged(self, sheet: pd.DataFrame, **options: Any) -> pd.DataFrame:
        """Return what a sheet comes to; options that the scheme does not take are left out."""
        return self.score(sheet, **{name: options[name] for name in self.takes if name in options})


SCHEMES: dict[str, Scheme] = {
    "henan": Scheme(HENAN_SHEET, henan),
    "judgement": Scheme(JUDGEMENT_SHEET, judgement),
    "xinjiang": Scheme(XINJIANG_SHEET, xinjiang, takes=("candidates",)),
}


def scheme(name: str) -> Scheme:
    """Return the scheme of a name; raise OptionError where there is none."""
    if name not in SCHEMES:
        allowed = ", ".join(SCHEMES)
        raise OptionError(say("not_one_of", what="scheme", value=name, allowed=allowed))
    return SCHEMES[name]
