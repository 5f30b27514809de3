"""The glossary: every word that tables and answers use, in both languages, with what is read for it."""

from __future__ import annotations

from medgraph.words.relations import RELATIONS
from medgraph.words.vocabularies import VOCABULARIES, Term
from tools.site.markdown import code, plain, table

INTRO = """# Glossary 词汇

The word that files, Python and answers use, what it is called, and what else is read for it. WS 218 is the code of the
standard WS 218—2002.

文件和程序里的词、中文和英文叫法，以及也认的别名。

"""


def page() -> str:
    """Return every vocabulary, and which kinds each relation joins."""
    vocabularies = "".join(_part(name, terms) for name, terms in VOCABULARIES.items())
    return INTRO + vocabularies + _joined()


def _part(name: str, terms: dict[str, Term]) -> str:
    rows = [
        (code(term.word), plain(term.zh), plain(term.en), "、".join(term.also), term.ws218 or "")
        for term in terms.values()
    ]
    return f"## {name}\n\n" + table(("word", "中文", "English", "also 也认", "WS 218"), rows)


def _joined() -> str:
    rows = [
        (code(row.word), row.zh, ", ".join(row.sources), ", ".join(row.targets))
        for row in RELATIONS
    ]
    return "## Relations and what they join\n\n" + table(("word", "中文", "from", "to"), rows)
