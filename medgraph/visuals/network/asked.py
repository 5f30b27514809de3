"""Hold what was asked of a network for its picture, in each language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.visuals.arguments import check_kind, findings_of
from medgraph.visuals.headings import state_label
from medgraph.words.languages import LANGUAGES
from medgraph.words.say import language, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True)
class Asked:
    """What was asked of the network and can be looked up in the picture.

    `ways` are those of every facility, `losses` who loses what if whom stops, `findings` what is
    wrong, numbered as in the report; None where nobody asked.
    """

    ways: Any = None
    losses: Any = None
    findings: Sequence[tuple[int | str, Any]] | None = None


def asked_in_each_language(ways: Any, losses: Any, findings: Any) -> dict[str, Asked]:
    """Return what was asked by language; what is a function is asked again in each."""
    found = {language(): _asked(ways, losses, findings)}
    if callable(ways) or callable(findings):
        for lang in LANGUAGES.keys() - found.keys():
            with speaking(lang):
                found[lang] = _asked(ways, losses, findings)
    return found


def _asked(ways: Any, losses: Any, findings: Any) -> Asked:
    listed, every_way = _answered(findings), _answered(ways)
    for what, given, attribute in (("ways", every_way, "ways"), ("losses", losses, "loser")):
        if given is not None and not hasattr(given, attribute):
            check_kind(what, given, (), what)
    return Asked(every_way, losses, None if listed is None else findings_of(listed))


def _answered(asked: Any) -> Any:
    return asked() if callable(asked) else asked


def told(here: Asked, there: Asked, states: Iterable[str], lang: str) -> dict[str, str]:
    """Return how the sentences of the language of now, and the states, read in another."""
    named = sorted(set(states))
    mine = [*_sentences(here), *map(state_label, named)]
    with speaking(lang):
        others = [*_sentences(there), *map(state_label, named)]
    pairs = zip(mine, others, strict=True)
    return {one: other for one, other in pairs if one and other and one != other}


def _sentences(asked: Asked) -> Iterator[str | None]:
    for _, finding in asked.findings or ():
        yield from (finding.place, finding.fault, finding.clause, finding.evidence, finding.action)
    ways: Mapping[Any, Any] = asked.ways.ways if asked.ways else {}
    for of_each in ways.values():
        for way in of_each:
            yield from (way.reason, way.why)
