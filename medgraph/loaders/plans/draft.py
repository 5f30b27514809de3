"""Turn the sentences of a plan into a draft network, each row with its clause, span and confidence.

What a sentence states is `basis=explicit`; what a general sentence implies for every group or
member is `basis=expanded`, by the rule named in the link's `note`. What could not be placed is
listed.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.plans.clauses import sentences
from medgraph.loaders.plans.draft_network import DraftNetwork
from medgraph.loaders.plans.forms import carry_out
from medgraph.loaders.plans.members import looks_like_a_facility, members_of
from medgraph.loaders.plans.places import Register
from medgraph.loaders.plans.sentence import NO_RELATION, NOT_UNDERSTOOD, USED
from medgraph.loaders.plans.text_repair import repair
from medgraph.words.plan_language import RELATIONAL
from medgraph.words.plan_text import CHINESE_CHARACTER, PUBLISHED
from medgraph.words.say import say

if TYPE_CHECKING:
    from fractions import Fraction

    import pyarrow as pa

    from medgraph.loaders.plans.sentence import Sentence
    from medgraph.loaders.plans.text_repair import Repaired
    from medgraph.loaders.tabular.list_grammar import Count

# A plan has some ten thousand characters. Reading takes some 0.15 ms for each of them where every
# sentence states a relation.
LARGEST = 300_000
# The LIST of these forms names no facilities.
_WITHOUT_MEMBERS = ("team", "family_team", "centres")


@dataclass(frozen=True)
class Draft:
    """A draft from prose.

    The `network`, every sentence with its fate, the counts with the clauses that state them, the
    facilities that no area was found for, the repaired text, and the shares to be sent down.
    """

    network: MedicalNetwork
    sentences: tuple[Sentence, ...]
    counts: tuple[tuple[str, Count], ...]
    unplaced: tuple[str, ...]
    repaired: Repaired
    quotas: dict[str, Fraction] = field(default_factory=dict)

    @property
    def fates(self) -> dict[str, int]:
        """How many sentences had which fate."""
        fates = [sentence.status for sentence in self.sentences]
        return {fate: fates.count(fate) for fate in (USED, NO_RELATION, NOT_UNDERSTOOD)}


def draft(text: str, areas: pa.Table | None = None, *, file: str = "plan.txt") -> Draft:
    """Read a plan into a draft network.

    `areas` (id, name, parent) is the register to place facilities in. Raise SourceError for a text
    that is not Chinese or too long.
    """
    if not CHINESE_CHARACTER.search(text):
        raise SourceError(say("plan_not_chinese", path=file))
    if len(text) > LARGEST:
        raise SourceError(say("plan_too_long", path=file, signs=len(text), most=LARGEST))
    repaired = repair(text)
    read = [one if _is_readable(one) else _lost(one) for one in sentences(repaired.text)]
    built = DraftNetwork(Register(areas), file)
    carry_out(built, [sentence for sentence in read if sentence.status == USED])
    meta = {"source": file, "stamp": say("draft_stamp")}
    meta |= _published(repaired.text) | built.declared()
    return Draft(
        MedicalNetwork.from_frames(*built.tables(), meta),
        tuple(_lost(one) if _gave_nothing(one, built) else one for one in read),
        tuple(built.counts),
        tuple(built.unplaced),
        repaired,
        built.quotas,
    )


def _published(text: str) -> dict[str, str]:
    """The day of the data: the one on which the text says that it was published."""
    found = PUBLISHED.search(text)
    if found is None:
        return {}
    try:
        day = datetime.date(*map(int, found.groups()))
    except ValueError:  # 2023年13月45日
        return {}
    return {"data_day": day.isoformat()}


def _is_readable(sentence: Sentence) -> bool:
    """Tell whether the list of members in a sentence, where it has one, is mostly of facilities."""
    has_members = "LIST" in sentence.parts and sentence.form not in _WITHOUT_MEMBERS
    if sentence.status != USED or not has_members:
        return True
    try:
        items = members_of(sentence)[0].items
    except ValueError:
        return False
    facilities = [item for item in items if looks_like_a_facility(item.name)]
    return 2 * len(facilities) > len(items)


def _gave_nothing(sentence: Sentence, built: DraftNetwork) -> bool:
    """Tell whether a sentence fits a form and gave neither node nor link nor count.

    `成立专家组，统筹…` does; a lead alone goes with the list of members behind it.
    """
    is_used = sentence.status == USED and sentence.form != "lead_only"
    return is_used and sentence.start not in built.used


def _lost(sentence: Sentence) -> Sentence:
    """The sentence without the form that gave nothing; without a relational word it states none."""
    is_relational = RELATIONAL.search(sentence.text)
    return sentence.without_form(NOT_UNDERSTOOD if is_relational else NO_RELATION)
