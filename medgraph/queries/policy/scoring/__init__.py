"""Score sheets as frames: Henan's chain, the national judgement, Xinjiang's ranking."""

from medgraph.queries.policy.scoring.henan import HENAN_GRADES, henan, henan_grade
from medgraph.queries.policy.scoring.judgement import WORDS, Judgement, judge, judgement
from medgraph.queries.policy.scoring.schemes import as_ledger
from medgraph.queries.policy.scoring.xinjiang import (
    BONUS,
    BONUS_CAP,
    WEIGHTS,
    bonus,
    posts_bonus,
    totals,
    undecided,
    xinjiang,
    yellow_cards,
)
from medgraph.words.score_sheets import DECISION, FAILED

__all__ = [
    "BONUS",
    "BONUS_CAP",
    "DECISION",
    "FAILED",
    "HENAN_GRADES",
    "WEIGHTS",
    "WORDS",
    "Judgement",
    "as_ledger",
    "bonus",
    "henan",
    "henan_grade",
    "judge",
    "judgement",
    "posts_bonus",
    "totals",
    "undecided",
    "xinjiang",
    "yellow_cards",
]
