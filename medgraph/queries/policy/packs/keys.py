"""The keys of a pack and of its rules, of the same kinds as the parameters of the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.policy.packs.sentences import KINDS
from medgraph.queries.policy.predicates.parameters import (
    NODES,
    SUBJECTS,
    AnyOf,
    Anything,
    Apart,
    AreaCode,
    Attribute,
    Choice,
    Day,
    Flag,
    Keyed,
    Listed,
    Pair,
    Record,
    Text,
    Whole,
    needed,
    optional,
    record,
)
from medgraph.words.quantities import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "requirement": ("pass", "fail", "no_data"),
    "indicator": ("value", "no_data"),
}
THRESHOLDS = ("share", "at_least", "at_most", "exactly", "limits", "falling")

_REMARK = Text(may_be_empty=True)
HEAD = record(
    id=needed(Text(name=True)),
    title=needed(Pair()),
    document=needed(Text()),
    number=_REMARK,
    issuer=_REMARK,
    date=_REMARK,
    source=needed(Text()),
    source_en=Text(),
    areas=Listed(AreaCode()),
    note=_REMARK,
)
RULE = record(
    id=needed(Text(name=True)),
    kind=needed(Choice(("requirement", "indicator"))),
    text=needed(Pair()),
    why=Pair(),
    fix=Pair(),
    clause=needed(Text()),
    grade=needed(Choice(("seed", "secondary", "derived", "unverified", "user"))),
    severity=optional(Choice(("error", "warning", "info")), "error"),
    note=_REMARK,
    note_en=_REMARK,
    subjects=optional(SUBJECTS, "all"),
    parts=Listed(Anything()),
    ask=Keyed(Text(name=True), Pair()),
    parameters=Keyed(Text(name=True), Anything()),
    due=Day(),
    examples=Keyed(Choice(("pass", "fail", "no_data", "value")), Text()),
    reading=Text(),
    reading_en=needed(Text(), only=("reading", "")),
    not_asked=Text(),
    not_asked_en=needed(Text(), only=("not_asked", "")),
)
SENTENCE = record(
    clause=needed(Text()),
    document=Text(),
    says=needed(Text()),
    says_en=needed(Text()),
    kind=needed(Choice(KINDS)),
    rules=Listed(Text()),
    duties=Listed(Text()),
    because=Text(),
    because_en=needed(Text(), only=("because", "")),
)
DUTY = record(
    AnyOf(("on", "on_attribute")),
    Apart(("on", "on_attribute")),
    Apart(("when", "follows")),
    id=needed(Text(name=True)),
    text=needed(Pair()),
    who=needed(Pair()),
    clause=needed(Text()),
    grade=needed(Choice(("seed", "secondary", "derived", "unverified", "user"))),
    subjects=optional(SUBJECTS, "all"),
    when=NODES,
    follows=Text(name=True),
    result=optional(Choice(("PASS", "FAIL")), "FAIL", only=("follows", "")),
    on=Day(),
    each_year=optional(Flag(), default=False, only=("on", "")),
    on_attribute=Attribute(),
    done=needed(Attribute()),
    at_least=Whole(1),
    note=_REMARK,
    note_en=_REMARK,
)
PARAMETERS = Keyed(Text(name=True), Keyed(Text(name=True), Anything()))
UNITS_OF = Keyed(Text(name=True), Choice(UNITS))
TABLES: Mapping[str, Record | Keyed | Listed] = {
    "units": UNITS_OF,
    "pack": HEAD,
    "rules": Listed(RULE),
    "sentences": Listed(SENTENCE),
    "duties": Listed(DUTY),
    "parameters": PARAMETERS,
    "fixtures": Keyed(Text(name=True), Text()),
    "words": Keyed(Text(name=True), Pair()),
}
