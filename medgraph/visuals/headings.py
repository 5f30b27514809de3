"""Say columns and values as people read them, in Chinese or English."""

from __future__ import annotations

from functools import lru_cache

from medgraph.graphmodel.made_ids import WHOLE
from medgraph.graphmodel.schema import TABLES
from medgraph.words.attributes import ATTRIBUTES
from medgraph.words.say import language, pick, say
from medgraph.words.sentences.gathering import CATALOGUE
from medgraph.words.vocabularies import FACILITY_TYPES, VOCABULARIES, label


def said(prefix: str, name: str, otherwise: str) -> str:
    """Return the sentence `prefix` + `name` where the catalogue has it, else `otherwise`."""
    return say(prefix + name) if prefix + name in CATALOGUE else otherwise


def heading(column: str) -> str:
    """Return how a column is called for people; a free attribute of no rule keeps its own name."""
    if f"column.{column}" in CATALOGUE:
        return say(f"column.{column}")
    if column in FACILITY_TYPES:
        return label("facility_type", column, language())
    plain = column.replace("_", " ")
    return pick(zh=_chinese_title(column) or ATTRIBUTES.get(column) or plain, en=plain)


@lru_cache(maxsize=1024)
def _chinese_title(column: str) -> str | None:
    """The Chinese title of a column that a table has, None of any other."""
    fields = (table.field(column) for table in TABLES.values())
    return next((field.zh for field in fields if field is not None), None)


def subject_name(subject: str, name: str = "") -> str:
    """Return how the subject of a finding is called where it has no name: the network, or its id.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     subject_name("all"), subject_name("G9"), subject_name("G1", "East")
    ('the whole network', 'G9', 'East')
    """
    if name:
        return name
    return say("whole_network") if subject == WHOLE else subject


def type_label(value: str) -> str:
    """Return how a type of facility, group, centre or team reads; any other text as it is."""
    for vocabulary in ("facility_type", "group_type", "centre_type", "team_type"):
        if value in VOCABULARIES[vocabulary]:
            return label(vocabulary, value, language())
    return value


def state_label(value: str) -> str:
    """Return how a status or verdict reads; any other text as it is."""
    return _state_label(value, language())


def verdict_label(verdict: str) -> str:
    """Return how a verdict reads on paper: in words, where other answers show its code.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     verdict_label("FAIL"), verdict_label("NO_DATA")
    ('not met', 'no data')
    """
    return said("report.verdict.", verdict, verdict)


@lru_cache(maxsize=1024)
def _state_label(value: str, lang: str) -> str:
    """How a status reads in the language of now, which is `lang`."""
    for vocabulary in ("area_status", "verdict"):
        if value in VOCABULARIES[vocabulary]:
            return label(vocabulary, value, lang)
    return said("status.", value, value)
