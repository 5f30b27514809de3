"""Find the journal that somebody means by a plan, a source, or the journal itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.board.journal import SUFFIX, journal_of
from medgraph.board.plans import BEGIN, RENAME
from medgraph.board.told import told
from medgraph.errors import MedGraphError, SourceError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import registry
from medgraph.loaders.plan_file import base_of, is_plan, read_plan
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from medgraph.board.journal import Entry


def journal_beside(path: Path) -> tuple[Path, str | None]:
    """Return the journal, and the name of the plan that is meant; None where all are."""
    if not path.exists():
        raise SourceError(say("no_source", path=path))
    if path.name.endswith(SUFFIX):
        return path, None
    if is_plan(path):
        kept = read_plan(path)
        return journal_of(base_of(path, kept.source)), kept.plan.name
    return journal_of(path), None


def told_entries(
    journal: Path, entries: Sequence[Entry], *, only: str | None
) -> list[dict[str, Any]]:
    """Return the entries in sentences, of one plan alone where it is named."""
    net = _base(journal)
    meant = _plans_called(entries, only) if only is not None else None
    return [
        {
            "number": entry.number,
            "at": entry.at,
            "who": entry.who,
            "plan": entry.plan,
            "said": told(net, entry),
            "hash": entry.hash,
        }
        for entry in entries
        if meant is None or entry.plan in meant
    ]


def _plans_called(entries: Sequence[Entry], name: str) -> set[str]:
    """The plans that had this name last."""
    named = {
        entry.plan: entry.body.get("name") for entry in entries if entry.kind in (BEGIN, RENAME)
    }
    return {plan for plan, called in named.items() if called == name}


def _base(journal: Path) -> MedicalNetwork:
    """The network that the journal is about, for its names; an empty one where it is gone."""
    source = journal.with_name(journal.name.removesuffix(SUFFIX))
    try:
        return registry.load(source, lenient=True).require()
    except MedGraphError:
        return MedicalNetwork.from_frames([], [])
