"""The reference of codes: what each means, and what to do about it, in both languages."""

from __future__ import annotations

import re

from medgraph.words.say import CATALOGUE
from medgraph.words.sentences.sentence import Fault
from tools.site.markdown import plain

INTRO = """# Codes of problems 问题代码

`medgraph check`, every reader and the board name a problem by a code. E is an error: the source is not read (or, with
`--lenient`, that row is not). W is a warning: it was read, and something should be looked at. I is a remark: nothing is
wrong. A code never changes its meaning. Words in braces come from the file.

E 是错误，W 是警告，I 是提示。代码的含义不变。花括号里的词来自文件。

"""
NOTHING = ("无须处理。", "Nothing needs to be done.")
_FIELD = re.compile(r"\{(\w*)[^}]*\}")


def faults() -> list[Fault]:
    """Return every problem that has a code, in the order of codes."""
    found = [sentence for sentence in CATALOGUE.values() if isinstance(sentence, Fault)]
    return sorted(found, key=lambda fault: fault.code)


def cures(fault: Fault) -> tuple[str, str]:
    """Return what to do, in Chinese and in English."""
    if fault.advice is None:
        return NOTHING
    return fault.advice.texts["zh"], fault.advice.texts["en"]


def page() -> str:
    """Return all codes, each with its cause and its cure."""
    return INTRO + "".join(_part(fault) for fault in faults())


def _part(fault: Fault) -> str:
    lines = [
        f"## {fault.code}\n",
        *(_shown(fault.texts[lang]) for lang in ("en", "zh")),
        *(f"→ {_shown(cure)}" for cure in reversed(cures(fault))),
    ]
    return "\n\n".join(lines) + "\n\n"


def _shown(template: str) -> str:
    """Return a sentence with its fields in braces, as text."""
    return plain(_FIELD.sub(lambda found: f"{{{found[1]}}}", template).strip())
