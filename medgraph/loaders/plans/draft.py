"""Turn the sentences of a plan into a draft network, each row with its clause, span and confidence.

What a sentence states is `basis=explicit`; what a general sentence implies for every group or member is
`basis=expanded`, by the rule named in the link's `note`. What could not be placed is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.loaders.plans.clauses import (
    NO_RELATION,
    NOT_UNDERSTOOD,
    RELATIONAL,
    USED,
    Sentence,
    sentences,
)
from medgraph.loaders.plans.draft_network import Builder, looks_like_a_facility, members_of
from medgraph.loaders.plans.places import Register
from medgraph.loaders.plans.text_repair import Repaired, repair
from medgraph.loaders.tabular.list_grammar import Count
from medgraph.words.say import say

if TYPE_CHECKING:
    import pyarrow as pa

    from medgraph.graphmodel.network import MedicalNetwork
_PUBLISHED = re.compile(
    r"(?:发布|成文|印发)(?:时间|日期)[:：]\s*(20\d{2})[/年.-](\d{1,2})[/月.-](\d{1,2})"
)
# A plan has some ten thousand characters. Reading takes some 0.15 ms for each of them where all state relations.
LARGEST = 300_000


@dataclass(frozen=True)
class Draft:
    """A draft from prose: the `network`, every sentence with its fate, counts checked, what was not placed."""

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
    """Read a plan into a draft network; `areas` (id, name, parent) is the register to place facilities in."""
    from medgraph.graphmodel.network import MedicalNetwork

    if not re.search("[\u3400-\u9fff]", text):
        raise SourceError(say("plan_not_chinese", path=file))
    if len(text) > LARGEST:
        raise SourceError(say("plan_too_long", path=file, signs=len(text), most=LARGEST))
    repaired = repair(text)
    read = [one if _readable(one) else _lost(one) for one in sentences(repaired.text)]
    builder = Builder(Register(areas), file)
    for sentence in read:
        if sentence.status == USED:
            builder.take(sentence)
    builder.carry_out()
    # `成立专家组，统筹…` fits a form and gives nothing here: it must not count as used
    read = [
        _lost(one)
        if one.status == USED and one.form != "lead_only" and one.start not in builder.used
        else one
        for one in read
    ]
    meta = {
        "source": file,
        "stamp": say("draft_stamp"),
        **_published(repaired.text),
        **builder.declared(),
    }
    network = MedicalNetwork.from_frames(*builder.tables(), meta)
    return Draft(
        network,
        tuple(read),
        tuple(builder.counts),
        tuple(builder.unplaced),
        repaired,
        builder.quotas,
    )


def _published(text: str) -> dict[str, str]:
    """The day of the data is the day on which the text says that it was published."""
    import datetime

    found = _PUBLISHED.search(text)
    try:
        return {"data_day": datetime.date(*map(int, found.groups())).isoformat()} if found else {}
    except ValueError:  # 2023年13月45日
        return {}


def _lost(sentence: Sentence) -> Sentence:
    """The sentence without the form that gave nothing; without a word of relations it states none."""
    status = NOT_UNDERSTOOD if RELATIONAL.search(sentence.text) else NO_RELATION
    return replace(sentence, status=status, form="", clauses=())


def _readable(sentence: Sentence) -> bool:
    """Tell whether the list of members in a sentence, where it has one, is an enumeration, mostly of facilities."""
    if (
        sentence.status != USED
        or sentence.form in ("team", "family_team", "centres")
        or "LIST" not in sentence.parts
    ):
        return True
    try:
        items = members_of(sentence)[0].items
    except ValueError:
        return False
    return 2 * sum(looks_like_a_facility(item.name) for item in items) > len(items)
