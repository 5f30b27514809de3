"""Lay a draft from prose beside the text it was read from, so that a person can check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.visuals.figure import Figure
from medgraph.visuals.page import pages
from medgraph.words.say import language, say
from medgraph.words.vocabularies import RELATIONS, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

_COLUMNS = ("source", "relation", "target", "basis", "confidence", "note")
# The captured words of a sentence that are marked in its text; the rest is only wording.
_MARKED = (
    "LEAD",
    "LIST",
    "GROUP",
    "ALLIANCE",
    "TEAM",
    "COMMITTEE",
    "PLATFORM",
    "DEPARTMENTS",
    "FRACTION",
)
_FOLDED = 40  # more rows than this beside one sentence are folded, with their number


@dataclass(frozen=True)
class _PageRow:
    """One row of a table of the page; a `doubtful` one has a colour of its own."""

    cells: list[str]
    doubtful: bool


@dataclass(frozen=True)
class _PageTable:
    """One table of the page, in words."""

    headings: list[str]
    rows: list[_PageRow]


@dataclass(frozen=True)
class _Sentence:
    """One sentence of the page: its text in pieces (marked or not) and the table beside it."""

    status: str
    clause: str
    forms: str
    text: list[tuple[str, bool]]
    table: _PageTable


def draft_page(
    sentences: Iterable[Any],
    net: MedicalNetwork,
    *,
    title: str,
    summary: str,
    facts: Mapping[str, pd.DataFrame] | None = None,
) -> Figure:
    """Return a page that lays every sentence, its names marked, beside what was read from it.

    Parameters
    ----------
    sentences
        Each with `text`, `clause`, `start`, `end`, `status` (used, no_relation, not_understood),
        `forms`, and `readings` with `parts`, the captured words.
    net
        The draft; its links and nodes are shown beside the sentence whose `span` they have.
    title
        The title of the page.
    summary
        What was read, in one paragraph.
    facts
        Tables by title to be shown above the sentences: targets, counts, repairs. Empty ones are
        left out.

    Returns
    -------
    Figure
        A whole page; its `counts` are the sentences `shown` of `all`, and how many are `used`.

    Examples
    --------
    >>> import medgraph as mg
    >>> draft_page([], mg.samples.taizhou(), title="Draft", summary="nothing").counts
    {'shown': 0, 'all': 0, 'used': 0}
    """
    rows = _rows_by_span(net)
    sentences = list(sentences)
    shown = [_shown(one, rows.get(f"{one.start}-{one.end}", [])) for one in sentences]
    above = [
        (name, _table(table.columns, table.astype(object).to_numpy().tolist()))
        for name, table in (facts or {}).items()
        if len(table)
    ]
    page = pages.render(
        "draft",
        title=title,
        lang=language(),
        say=say,
        summary=summary,
        facts=above,
        sentences=shown,
        folded=_FOLDED,
    )
    used = sum(one.status == "used" for one in sentences)
    return Figure(
        title,
        {"shown": len(sentences), "all": len(sentences), "used": used},
        page=page,
        lang=language(),
    )


def _rows_by_span(net: MedicalNetwork) -> dict[str, list[tuple[str, ...]]]:
    """The rows beside each span: its links, and the nodes that it names and no link of it shows."""
    nodes, links = net.nodes(), net.edges()
    order = {relation: number for number, relation in enumerate(RELATIONS)}
    links = links.sort_values("relation", key=lambda column: column.map(order.get), kind="stable")
    names = nodes["name"].to_dict()
    rows: dict[str, list[tuple[str, ...]]] = {}
    shown: set[tuple[str, str]] = set()
    link: Any
    for link in links.itertuples() if "span" in links else ():
        shown |= {(link.span, link.source), (link.span, link.target)}
        rows.setdefault(link.span, []).append(_link_row(link, names))
    if "span" not in nodes:
        return rows
    node: Any
    for node in nodes[nodes["span"].notna()].itertuples():
        if (node.span, node.Index) not in shown:
            rows.setdefault(node.span, []).append(_node_row(node))
    return rows


def _link_row(link: Any, names: Mapping[Any, str]) -> tuple[str, ...]:
    relation = label("relation", link.relation, language())
    return (names[link.source], relation, names[link.target], *_grounds(link))


def _node_row(node: Any) -> tuple[str, ...]:
    return (node.name, label("kind", node.kind, language()), "", *_grounds(node))


def _grounds(fact: Any) -> tuple[str, str, str]:
    """What a link or a node rests on, how sure the reading of it is, and its note."""
    note = getattr(fact, "note", "")
    return (
        label("basis", fact.basis, language()),
        say(f"plan_sure_{fact.confidence}"),
        note if isinstance(note, str) else "",
    )


def _shown(sentence: Any, rows: list[tuple[str, ...]]) -> _Sentence:
    headings = [say(f"plan_head_{name}") for name in _COLUMNS]
    return _Sentence(
        sentence.status,
        sentence.clause,
        sentence.forms,
        _pieces(sentence),
        _table(headings, rows),
    )


def _pieces(sentence: Any) -> list[tuple[str, bool]]:
    """The text of a sentence in pieces, each with whether it is a word that was captured."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, length in _places(sentence):
        if start < end:
            continue
        pieces.append((sentence.text[end:start], False))
        end = start + length
        pieces.append((sentence.text[start:end], True))
    return [*pieces, (sentence.text[end:], False)]


def _places(sentence: Any) -> list[tuple[int, int]]:
    """The places of the captured words in a sentence, and their lengths, in order."""
    words = {
        word.strip()
        for reading in sentence.readings
        for part in _MARKED
        for word in reading.parts.get(part, [])
    }
    found = [word for word in words if word and word in sentence.text]
    return sorted((sentence.text.find(word), len(word)) for word in found)


def _table(headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> _PageTable:
    return _PageTable([str(heading) for heading in headings], [_row(cells) for cells in rows])


def _row(cells: Iterable[Any]) -> _PageRow:
    texts = ["" if cell is None else str(cell) for cell in cells]
    doubtful = say("plan_sure_low") in texts or say("plan_count_fails") in texts
    return _PageRow(texts, doubtful)
