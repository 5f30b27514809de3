"""Refuse what a map cannot draw in one sentence: what it was given, and what it should be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.words.joining import listed
from medgraph.words.languages import LANGUAGES
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = 3  # labels that a sentence names


def check_map(lang: Any, *nets: Any, **days: Any) -> None:
    """Refuse a language, a network or a day that is none."""
    if lang is not None and lang not in (*LANGUAGES,):
        allowed = ", ".join(LANGUAGES)
        raise OptionError(say("not_one_of", what="lang", value=lang, allowed=allowed))
    for net in nets:
        check_kind("net", net, MedicalNetwork, "network")
    for what, day in days.items():
        check_kind(what, day, (str, datetime.date, type(None)), "day")


def check_kind(what: str, given: Any, kind: Any, wanted: str) -> None:
    """Refuse what is not of a kind; `wanted` names the sentence that says what it should be."""
    if not isinstance(given, kind):
        found = type(given).__name__
        raise OptionError(
            say("map_argument", what=what, found=found, wanted=say(f"map_wants.{wanted}"))
        )


def check_frame(what: str, frame: Any, columns: Iterable[str] = ()) -> None:
    """Refuse what is no frame, or lacks one of the columns."""
    check_kind(what, frame, pd.DataFrame, "frame")
    lacking = [column for column in columns if column not in frame]
    if lacking:
        raise OptionError(say("map_columns", what=what, columns=listed(lacking)))


def check_nodes(net: MedicalNetwork, what: str, labels: Sequence[Any]) -> None:
    """Refuse labels that are no nodes: what matches nothing is an error, never silence."""
    texts = [label if isinstance(label, str) else str(label) for label in labels]
    places = net.index.positions(texts)
    strange = [text for text, place in zip(texts, places, strict=True) if place < 0]
    if strange:
        named = listed(dict.fromkeys(strange[:_NAMED]))
        raise OptionError(
            say(
                "map_matches_nothing", what=what, count=len(strange), total=len(texts), labels=named
            )
        )


def texts_by_node(net: MedicalNetwork, what: str, given: Any) -> dict[str, str]:
    """Return a text for each node by id; refuse what is no mapping, no text, or no node."""
    if given is None:
        return {}
    check_kind(what, given, (Mapping, pd.Series), "mapping")
    found = dict(given)
    for text in found.values():
        check_kind(what, text, str, "mapping")
    check_nodes(net, what, [*found])
    return {str(id): text for id, text in found.items()}


def findings_of(given: Any) -> list[tuple[int | str, Any]]:
    """Return numbered findings; refuse what are none."""
    check_kind("findings", given, Iterable, "findings")
    found = []
    for pair in given:
        is_one = isinstance(pair, tuple) and len(pair) == 2 and hasattr(pair[1], "subjects")
        check_kind("findings", pair if is_one else None, tuple, "findings")
        found.append(pair)
    return found
