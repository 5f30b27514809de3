"""The marks of Chinese text that stand between words."""

from __future__ import annotations

import re

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
# Whatever people put between the parts of a list in one cell.
BETWEEN_PARTS = re.compile(r"\s*[、，,；;\n]\s*")
