"""The marks of Chinese text that stand between words."""

from __future__ import annotations

# Between the names of a list: 甲、乙、丙.
LIST_COMMA = "、"
# Between the parts of a sentence.
COMMA = "，"
# Between the sentences of a note.
SEMICOLON = "；"
# Behind a word that what follows explains.
COLON = "："
EITHER_COMMA = "，,"
OPENING_BRACKETS = "（("
CLOSING_BRACKETS = "）)"
