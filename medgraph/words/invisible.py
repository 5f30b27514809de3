"""Name the signs that nobody sees in a text, and take them out; they come along with pasted text.

Zero-width signs, soft hyphens, marks of direction and of byte order, controls (but tab and line
end) and variation selectors make two texts of one; a line or paragraph separator is a line end.
"""

from __future__ import annotations

import re
import unicodedata

# The ranges as `re` and Arrow both read them.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff"
    "\x80-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
_LINE_ENDS = "\u2028\u2029"
UNSEEN = f"[{_UNSEEN}]"
LINE_ENDS = f"[{_LINE_ENDS}]"
INVISIBLE = f"[{_UNSEEN}{_LINE_ENDS}]"
_UNSEEN_SIGN, _LINE_END_SIGN = re.compile(UNSEEN), re.compile(LINE_ENDS)
_INVISIBLE_SIGN = re.compile(INVISIBLE)
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD_SIGN = re.compile(f"[{_UNSEEN}{_LINE_ENDS}\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def visible(text: str) -> str:
    r"""Return a text without what nobody sees, composed: one text for what looks the same.

    >>> visible("\ufeff西坪乡\u200b卫生院"), visible("cafe\u0301")
    ('西坪乡卫生院', 'café')
    """
    if text.isascii() and text.isprintable():
        return text
    if _ODD_SIGN.search(text) is None:
        return unicodedata.normalize("NFC", text)
    plain = _LINE_END_SIGN.sub("\n", _UNSEEN_SIGN.sub("", encodable(text)))
    return unicodedata.normalize("NFC", plain)


def encodable(text: str) -> str:
    """Return a text with a sign of replacement for each half of a pair, which no file can hold."""
    return _LONE_SURROGATE.sub(_REPLACEMENT, text)


def harmless(text: str) -> str:
    r"""Return a text with `?` for all that a terminal obeys: controls, and marks of direction.

    >>> harmless("\x1b[31m甲\u202e\n")
    '?[31m甲?\n'
    """
    return _OBEYED.sub("?", text)


def signs_in(text: str) -> list[str]:
    r"""Return the names of the invisible signs of a text, each once.

    >>> signs_in("西坪乡\u200b卫生院\u200b"), signs_in("\x1b[31mA\n")
    (['U+200B'], ['U+001B'])
    """
    if text.isascii() and text.isprintable():
        return []
    return [f"U+{ord(sign):04X}" for sign in dict.fromkeys(_INVISIBLE_SIGN.findall(text))]
