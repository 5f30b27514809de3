"""Find what names a person in the text of a plan: officials, experts, contacts.

None of it is kept.
"""

from __future__ import annotations

from medgraph.words.personal_data import (
    ACTING,
    BESIDE_A_NUMBER,
    LIST_OF_PERSONS,
    ON_A_LINE,
    ROLE,
    SAYING,
    TITLED,
)

Span = tuple[int, int]


def persons(text: str) -> list[Span]:
    """Return the spans of a simplified text that name a person, in order and without overlaps."""
    found = [
        name.span()
        for pattern in (ACTING, SAYING, TITLED, BESIDE_A_NUMBER)
        for name in pattern.finditer(text)
    ]
    found += [(names.end("sep"), names.end()) for names in ROLE.finditer(text)]
    found += _listed(text)
    return _apart(sorted(found))


def _listed(text: str) -> list[Span]:
    """The names that stand on lines of their own, behind the title of a list of persons."""
    title = LIST_OF_PERSONS.search(text)
    if title is None:
        return []
    return [name.span() for name in ON_A_LINE.finditer(text, title.end())]


def _apart(spans: list[Span]) -> list[Span]:
    """Join the spans that overlap."""
    apart: list[Span] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            before = apart.pop()
            start, end = before[0], max(end, before[1])
        apart.append((start, end))
    return apart
