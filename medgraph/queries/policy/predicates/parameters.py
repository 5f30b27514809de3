"""What the parameters of a form may be: kinds as data, that checks, schema and documents all read.

A kind is a value: `Whole(1, 10)`, `Word("relation")`, `Listed(Text())`. A parameter has a kind, and
may be needed, have a default, or be read only where another one has a certain value. What holds
between several parameters is a condition beside them (`Apart`, `AnyOf`, `InOrder`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 1_000_000  # no count of a plan is larger


@dataclass(frozen=True)
class Kind:
    """What a value may be."""


@dataclass(frozen=True)
class Text(Kind):
    """A text; with `name`, one without blanks and strokes, as an id.

    A `value` is looked for in cells: `@primary` and the like name sets, and stand in conditions.
    """

    name: bool = False
    value: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True)
class Pair(Kind):
    """The same said in Chinese and in English."""


@dataclass(frozen=True)
class Anything(Kind):
    """Any value: what a parameter is set to, until it is filled in."""


@dataclass(frozen=True)
class Flag(Kind):
    """True or false."""


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number within bounds."""

    least: int = 0
    most: int = MOST


@dataclass(frozen=True)
class Number(Kind):
    """A number, read exactly: `1/3`, `0.9`, `90%`, 12; not below nought, above it, up to `most`."""

    not_negative: bool = False
    positive: bool = False
    most: int | None = None
    text: bool = False  # must be written as text


@dataclass(frozen=True)
class Day(Kind):
    """A day, `2025-06-30`."""


@dataclass(frozen=True)
class AreaCode(Kind):
    """The code of an area, of 2, 4, 6, 9 or 12 digits: `331002`."""


@dataclass(frozen=True)
class Choice(Kind):
    """One of some words, or the flag itself (`known = true`)."""

    words: tuple[str | bool, ...]


@dataclass(frozen=True)
class Word(Kind):
    """A word of a vocabulary."""

    vocabulary: str


@dataclass(frozen=True)
class Attribute(Kind):
    """The name of a column of nodes, or of links; with `number`, of one that holds numbers."""

    of: str = "nodes"
    number: bool = False


@dataclass(frozen=True)
class Declaration(Kind):
    """What can be declared complete: a table, a relation, a part of one: `facilities.licensed`."""


@dataclass(frozen=True)
class Path(Kind):
    """Steps along links: `>MEMBER_OF|LEADS` along them, `<SERVES` against them, `-` either way."""


@dataclass(frozen=True)
class Tree(Kind):
    """Conditions on nodes, or on links: values, limits, `any`, `all`, `not`.

    `linked`: may ask whom nodes are linked to. `only` are the attributes that are read where not
    all are; `kind` is the kind of node they are
    about where that is known; `needs_kind`: must say it itself.
    """

    of: str = "nodes"
    only: tuple[str, ...] = ()
    kind: str = ""
    needs_kind: bool = False
    linked: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True)
class Leaf(Kind):
    """What one attribute must be: values, or limits of a number."""


@dataclass(frozen=True)
class Listed(Kind):
    """A list of some kind, not empty."""

    each: Kind


@dataclass(frozen=True)
class Either(Kind):
    """One of two kinds, of which the first is a `Choice`."""

    one: Choice
    other: Kind


@dataclass(frozen=True)
class Keyed(Kind):
    """A table whose keys and values are of a kind each, not empty."""

    key: Kind
    value: Kind


@dataclass(frozen=True)
class Parameter:
    """One key: its kind, what holds where it is not stated, and when it is read.

    `only` names the key, and its value (empty: any), without which this one is not read; where it
    is needed, it is needed there.
    """

    kind: Kind
    default: Any = None
    needed: bool = False
    only: tuple[str, str] | None = None


@dataclass(frozen=True)
class Apart:
    """Of these keys one may stand."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class AnyOf:
    """Of these keys one must stand."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class InOrder:
    """The first may not be more than the second."""

    lower: str
    upper: str


@dataclass(frozen=True)
class Bounding:
    """A lower bound of nought lets everything pass, unless there is an upper one."""

    lower: str
    upper: str


@dataclass(frozen=True)
class WordsOf:
    """The values are words of the column, where that has a vocabulary."""

    column: str
    values: str


@dataclass(frozen=True)
class PerCent:
    """Where the number is shown per cent, its limits are shares: `90%`, 0.9; not 90."""

    flag: str
    limits: str


Condition = Apart | AnyOf | InOrder | Bounding | WordsOf | PerCent


@dataclass(frozen=True)
class About:
    """Whom a form can ask: `nodes` (each subject), the network as a `whole`, or `either`.

    It holds where the key `stating` is stated, if one is named.
    """

    whom: str
    stating: str = ""


@dataclass(frozen=True)
class DecidedBy:
    """Of these keys a requirement states one: without it everything would pass."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Record(Kind):
    """A table with keys of its own, and what holds between them."""

    keys: Mapping[str, Parameter]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Variants(Kind):
    """A table of one of several forms; the first of these keys that it has says which."""

    forms: Mapping[str, Record]


def needed(kind: Kind, *, only: tuple[str, str] | None = None) -> Parameter:
    """Return a parameter that must be stated."""
    return Parameter(kind, needed=True, only=only)


def optional(kind: Kind, default: Any = None, *, only: tuple[str, str] | None = None) -> Parameter:
    """Return a parameter that may be stated, with what holds otherwise."""
    return Parameter(kind, default, only=only)


def record(*conditions: Condition, **keys: Kind | Parameter) -> Record:
    """Return a table of these keys; a bare kind is an optional parameter."""
    made = {
        name: key if isinstance(key, Parameter) else Parameter(key) for name, key in keys.items()
    }
    return Record(made, conditions)


# -- kinds that several forms share ----------------------------------------------------------------

EITHER = About("either")
WITHOUT = Choice(("lead",))
RELATION, VALUE = Word("relation"), Text(value=True)
NODES, LINKS, FACILITIES = Tree(), Tree("links"), Tree(kind="Facility")
COUNT = Whole(1)
STEPS = Path()
OF = Either(Choice(("self", "members", "lead", "units", "within", "all")), STEPS)
SUBJECTS = Either(Choice(("all",)), Tree(needs_kind=True, linked=True))
ELEMENTS: Mapping[str, Parameter] = {
    "of": optional(OF, "self"),
    "where": optional(NODES),
    "classes": optional(Flag(), default=False),
}
COUNTED: Mapping[str, Parameter] = {
    "share": optional(Number(positive=True, most=1, text=True), "1"),
    "at_least": optional(COUNT),
    "at_most": optional(Whole()),
    "exactly": optional(Whole()),
}
ONE_COUNT = (
    Apart(("share", "exactly", "at_least")),
    Apart(("share", "exactly", "at_most")),
    InOrder("at_least", "at_most"),
)
BOUNDS = ("at_least", "at_most", "more_than", "less_than", "exactly")
_NUMBERS: Mapping[str, Parameter] = {name: optional(Number()) for name in BOUNDS}
_ONE_NUMBER = (
    Apart(("at_least", "more_than", "exactly")),
    Apart(("at_most", "less_than", "exactly")),
    InOrder("at_least", "at_most"),
    InOrder("more_than", "less_than"),
)
_POSITIVE, _NOT_NEGATIVE = Number(positive=True), Number(not_negative=True)
LIMITS = record(
    *_ONE_NUMBER,
    Apart(("about", "at_least", "more_than", "exactly")),
    AnyOf((*BOUNDS, "about")),
    at_least=_POSITIVE,
    at_most=_NOT_NEGATIVE,
    more_than=_NOT_NEGATIVE,
    less_than=_POSITIVE,
    exactly=_NOT_NEGATIVE,
    about=_POSITIVE,
    tolerance=needed(_NOT_NEGATIVE, only=("about", "")),
)
AT_LEAST = record(at_least=needed(Number()))
LEAF = Record(
    {**_NUMBERS, "known": optional(Choice((True,)))},
    (*_ONE_NUMBER, *(Apart(("known", name)) for name in BOUNDS), AnyOf((*BOUNDS, "known"))),
)
TITLES, ROLES = Listed(Word("title")), Listed(Word("role"))

# What `linked = { … }` among the conditions on subjects holds.
LINKED = record(AnyOf(("path", "county")), path=STEPS, to=NODES, county=NODES)

# Amounts: what is summed, averaged or counted. The first of these keys says which it is.
_SUMMED = Attribute(number=True)
AMOUNT = Variants(
    {
        "links": record(
            links=needed(RELATION),
            sum=needed(Attribute("links", number=True)),
            having=LINKS,
            to=NODES,
        ),
        "postings": record(
            postings=needed(
                record(titles=TITLES, role=ROLES, from_where=FACILITIES, to=needed(FACILITIES))
            )
        ),
        "count": record(count=needed(Tree(may_be_empty=True)), **ELEMENTS),
        "sum": record(sum=needed(_SUMMED), **ELEMENTS),
        "mean": record(mean=needed(_SUMMED), **ELEMENTS),
    }
)
