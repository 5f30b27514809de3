"""Repair the text of a plan as it is found on the web; every change is reported, none is silent.

The order matters: damage of bytes first, because it hides notes; then inline phonetic notes; then
traditional to simplified; then what is no part of the plan.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from medgraph.loaders.plans.personal_data import CONTACT, MAIL, PHONE, persons

# `A3 BF`, the end of one character and the begin of the next, was replaced by `?`, and what follows was
# read one byte off. What follows is a run of characters and the ASCII byte that closed the last one; where
# that byte was 93 it swallowed the bracket behind it and left a `?`.
_SHIFTED = re.compile(r"\?\?([\u3400-\u9fff]+)([A-Za-z?])")
_SHIFT_HEAD = {"科": "專", "考": "。"}
# A phonetic note is the pinyin of the character before it, in brackets, always with a tone mark or alone
# of a neutral syllable.
_PHONETIC = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zü\u00e0-\u01dc\u0300-\u030c]{1,7}[)）]")
_LOST_DIGIT = re.compile(r"(?<!\d)0\d{2}年")
# Characters that the conversion leaves although place names need another one.
_PLACE_NAMES = {"畬": "畲"}
# Radicals that a PDF hands out instead of the characters that look the same; NFKC knows only the Kangxi ones.
_LIKE = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
} | str.maketrans(_LIKE)
_SPAM = re.compile(r"視頻|视频|成人|av|番号|毛片|性爱|性愛|無碼|无码|遮羞|三级片", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"^(您好[:：]|歡迎來到|欢迎来到|當前位置|当前位置|上一篇|下一篇|版權所有|版权所有|責任編輯|责任编辑)"
)


@dataclass(frozen=True)
class Change:
    """One repair: `kind`, the `line` it was made in, what stood there and what stands there now."""

    kind: str
    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Repaired:
    """A repaired text with every change made to it, and what was dropped as personal, by count only."""

    text: str
    changes: tuple[Change, ...]
    flags: tuple[Change, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(change.kind for change in (*self.changes, *self.flags)))


def repair(text: str) -> Repaired:
    """Repair a plan text.

    Kinds of change: `radical` and `simplified` (one for each line), `byte_shift`, `phonetic`, `place_name`,
    `personal` (what it was is not kept), `spam`, `boilerplate`, `duplicate`; `lost_digit` is only flagged.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    changes: list[Change] = []
    text = _by_line(text, "radical", lambda line: line.translate(RADICALS), changes)
    for kind, pattern, instead in (
        ("byte_shift", _SHIFTED, _unshift),
        ("phonetic", _PHONETIC, lambda found: ""),
    ):
        text = _replace(text, kind, pattern, instead, changes)
    text = _simplify(text, changes)
    text = _without_persons(text, changes)
    text = _drop_lines(text, changes)
    flags = [
        Change("lost_digit", _line(text, found.start()), found.group(), found.group())
        for found in _LOST_DIGIT.finditer(text)
    ]
    return Repaired(text, tuple(changes), tuple(flags))


def _replace(
    text: str,
    kind: str,
    pattern: re.Pattern,
    instead: Callable[[re.Match], str],
    changes: list[Change],
) -> str:
    line, seen = 1, 0

    def one(found: re.Match) -> str:
        nonlocal line, seen
        line += text.count("\n", seen, found.start())
        seen = found.start()
        after = instead(found)
        if after != found.group():
            changes.append(Change(kind, line, "" if kind == "personal" else found.group(), after))
        return after

    return pattern.sub(one, text)


def _unshift(found: re.Match) -> str:
    """Read the bytes again where they belong; leave alone what does not become a text."""
    run, closing = found.groups()
    last = b"\x93" if closing == "?" else closing.encode("ascii")
    try:
        read = (b"\xbf" + run.encode("gbk") + last).decode("gbk")
    except UnicodeError:
        return found.group()
    head = _SHIFT_HEAD.get(read[0])
    return found.group() if head is None else head + read + ("(" if closing == "?" else "")


def _by_line(text: str, kind: str, mended: Callable[[str], str], changes: list[Change]) -> str:
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append(mended(line))
        if lines[-1] != line:
            changes.append(Change(kind, number, line, lines[-1]))
    return "\n".join(lines)


def _simplify(text: str, changes: list[Change]) -> str:
    import opencc

    text = _by_line(text, "simplified", opencc.OpenCC("t2s").convert, changes)
    for old, new in _PLACE_NAMES.items():
        text = _replace(text, "place_name", re.compile(old), lambda found, new=new: new, changes)
    return text


def _without_persons(text: str, changes: list[Change]) -> str:
    """Take out names, numbers and addresses of persons, also of the record of earlier changes of their lines."""
    before = len(changes)
    for pattern, instead in ((CONTACT, "［联系人略］"), (MAIL, "［邮箱略］")):
        text = _replace(text, "personal", pattern, lambda found, instead=instead: instead, changes)
    parts, end, line = [], 0, 1
    for start, stop in persons(text):
        line += text.count("\n", end, start)
        changes.append(Change("personal", line, "", "［略］"))
        line += text.count("\n", start, stop)
        parts += [text[end:start], "［略］"]
        end = stop
    text = _replace(
        "".join(parts) + text[end:], "personal", PHONE, lambda found: "［电话略］", changes
    )
    touched = {change.line for change in changes[before:]}
    changes[:before] = [
        replace(change, before="", after="") if change.line in touched else change
        for change in changes[:before]
    ]
    return text


def _drop_lines(text: str, changes: list[Change]) -> str:
    """Take out spam, boilerplate and a body that stands there twice."""
    kept, seen = [], set()
    for number, line in enumerate(text.split("\n"), start=1):
        bare = "".join(line.split())
        kind = None
        if _SPAM.search(bare) and "_" in bare:
            kind = "spam"
        elif _BOILERPLATE.match(bare):
            kind = "boilerplate"
        elif len(bare) >= 30 and bare in seen:
            kind = "duplicate"
        seen.add(bare)
        if kind:
            changes.append(Change(kind, number, line, ""))
        kept.append("" if kind else line)
    return "\n".join(kept)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
