"""Turn what a finding needs into questions that people can answer.

A cell is asked for in the form that its column or the rule takes, a declaration with yes or no, the
links of a node by the names of whom they lead to, with the declaration that closes the relation. A
parameter, and a table without any row, are nothing that a sheet can ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import edge_ids
from medgraph.graphmodel.completeness import declared_parts
from medgraph.graphmodel.filled_tables import CELL, DECLARATION, LINKS
from medgraph.graphmodel.left_rows import MAYBE
from medgraph.queries.policy import needs
from medgraph.queries.policy.facts.audited_network import words_of
from medgraph.queries.policy.facts.paths import relations_of
from medgraph.words.answer_forms import (
    BOOLEAN,
    DATE,
    ENDS,
    INTEGER,
    ITEMS,
    NODES,
    TEXT,
    VOCABULARY,
    WHOLE,
    WORDS,
    AnswerForm,
)
from medgraph.words.attributes import WORDS_OF
from medgraph.words.quantities import NUMBER
from medgraph.words.stated import yes_or_no

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.needs import Open
    from medgraph.queries.policy.predicates.tested import Part
    from medgraph.queries.policy.verdicts import Outcome

    # of each part of a rule, table and column the form of its answer
    Forms = dict[tuple[int, str, str], AnswerForm]

_KNOWN_BY_OTHERS = (
    "id",
    "name",
    "kind",
    "origin",
    "is_class",
)  # no question gives a row another identity
_FROM_AREA = ("county", "city", "province")
_OF_TYPE = {"integer": INTEGER, "number": NUMBER, "date": DATE, "boolean": BOOLEAN}
_TWIN = "~"  # before the number of a link that is there more than once
_SUMMED = ("sum", "mean")
_LINKS, _EVERY = schema.LINKS.name, "*"


class Question(NamedTuple):
    """One thing to ask: `kind`, and which table, column and id it is about, in which form.

    The id of a cell of `links` is that of the link; the column of `links` is the step whose ends
    are asked for.
    """

    kind: str
    table: str
    column: str
    id: str
    form: AnswerForm

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is about, whatever its form."""
        return self[:4]


class Wanted(NamedTuple):
    """What would decide a finding: the questions, or where `lacking` says so, nothing to ask."""

    questions: frozenset[Question]
    lacking: str = ""


class Ids:
    """The positions of nodes by id, and the ids of links by row: looked up many times."""

    def __init__(self, audited: AuditedNetwork) -> None:
        """Take a network on its day."""
        self._audited = audited
        self.position = audited.index.position_of

    @classmethod
    def of(cls, audited: AuditedNetwork) -> Ids:
        """Return those of a network, made once."""
        found: Ids = audited.once("ids of questions", lambda: cls(audited))
        return found

    @cached_property
    def links(self) -> list[str]:
        """The id of each link of the day; none for one that is there more than once."""
        links: list[str] = edge_ids(self._audited.net.tables[1]).to_pylist()
        whole: list[str] = edge_ids(self._audited.whole.tables[1]).to_pylist()
        # a link that is there twice has a number on its id, which changes with the day
        twins = {base for id in whole if (base := id.rpartition(_TWIN)[0])}
        return ["" if id.partition(_TWIN)[0] in twins else id for id in links]


def wanted_by_finding(audited: AuditedNetwork, outcome: Outcome) -> dict[str, Wanted]:
    """Return by subject of a rule's undecided findings what would have to be asked."""
    asked: dict[str, set[Question]] = {
        id: set()
        for id, verdict in zip(outcome.ids, outcome.verdicts, strict=True)
        if verdict == "NO_DATA"
    }
    if not asked:
        return {}
    lacking: dict[str, str] = {}
    ids = Ids.of(audited)
    forms: Forms = {}
    seen = set()  # of the elements of a subject many need the same
    for one in needs.open_needs(audited, outcome):
        said = one.subject, id(one.shown), one.need, one.row
        if one.subject in asked and said not in seen:
            seen.add(said)
            found = list(_questions(audited, outcome, one, ids, forms))
            asked[one.subject].update(found)
            if not found:
                lacking.setdefault(one.subject, one.need.what)
    return {id: Wanted(frozenset(found), lacking.get(id, "")) for id, found in asked.items()}


def _questions(
    audited: AuditedNetwork, outcome: Outcome, one: Open, ids: Ids, forms: Forms
) -> Iterator[Question]:
    need = one.need
    if need.id.startswith(MAYBE):  # a row that was left out is mended where it stands
        return
    own = one.shown.part if one.shown else {}
    part = {"subjects": outcome.rule.subjects, **own}
    if need.kind == needs.DECLARATION:
        yield from _declarations(audited, need.what, one)
    elif need.kind == needs.CELL:
        yield from _cell(audited, one, part, ids, forms)
    elif need.kind == needs.LINKS:
        yield from _links(audited, one, part, ids)


# -- cells ---------------------------------------------------------------------------------------


def _cell(
    audited: AuditedNetwork, one: Open, part: Part, ids: Ids, forms: Forms
) -> Iterator[Question]:
    need = one.need
    attribute = need.what.partition(".")[2]
    if attribute in _FROM_AREA:
        attribute = "area"
    if attribute in _KNOWN_BY_OTHERS or _EVERY in attribute:
        return
    if attribute.endswith("@year"):
        attribute = f"{attribute.removesuffix('@year')}@{audited.date.year}"
    table = schema.TABLE_OF_KIND.get(audited.kinds[ids.position[need.id]])
    if table is None:  # a line of the ledger is corrected there
        return
    asked = id(one.shown), table.name, attribute
    if asked not in forms:
        forms[asked] = _form(audited, table, attribute, part)
    yield Question(CELL, table.name, audited.stored_as(attribute), need.id, forms[asked])


def _form(audited: AuditedNetwork, table: schema.Table, attribute: str, part: Part) -> AnswerForm:
    """The form of a column: as its table, the rule, its unit or its words say."""
    field, bare = table.field(attribute), attribute.partition("@")[0]
    if field is not None:
        return _of_field(field, audited)
    if bare in WORDS_OF:
        return AnswerForm(WORDS, WORDS_OF[bare])
    unit = audited.unit(attribute)
    grows = part.get("predicate") == "trend" and _is_own(part, bare)
    if unit != NUMBER or grows or _is_summed(part, bare):
        return AnswerForm(unit)
    return _of_part(audited, part, bare)


def _of_field(field: schema.Field, audited: AuditedNetwork) -> AnswerForm:
    if field.name == "area":
        return AnswerForm(NODES, ("Area",))
    if field.vocabulary and field.type == "text":
        return AnswerForm(VOCABULARY, (field.vocabulary,))
    name = _OF_TYPE.get(field.type, TEXT)
    return AnswerForm(name, (audited.date.isoformat(),) if name == DATE else ())


def _of_part(audited: AuditedNetwork, part: Part, attribute: str) -> AnswerForm:
    """The form of a free attribute, as the part of the rule reads it."""
    predicate = part.get("predicate") if _is_own(part, attribute) else None
    if predicate == "contains":
        return AnswerForm(ITEMS, tuple(part["required"]))
    if predicate == "names":
        return AnswerForm(NODES, ("Facility",))
    if predicate == "dated":
        return AnswerForm(DATE, (audited.date.isoformat(),))
    return _of_test(_leaf(part, attribute), attribute)


def _is_own(part: Part, attribute: str) -> bool:
    """Does the form of test itself read an attribute: not who is asked, or which elements?"""
    named = [part.get("attribute"), part.get("not_before")]
    named += [*part.get("attributes", ()), *part.get("planned", ())]
    return attribute in {str(name).partition("@")[0] for name in named if name}


def _of_test(wanted: Any, attribute: str) -> AnswerForm:
    if isinstance(wanted, Mapping) and not wanted.get("known"):
        return AnswerForm(NUMBER)
    if isinstance(wanted, list) and all(yes_or_no(str(text)) is not None for text in wanted):
        return AnswerForm(BOOLEAN)
    if known := words_of(attribute):
        return AnswerForm(WORDS, tuple(sorted(known)))
    return AnswerForm(TEXT)


def _is_summed(tree: Any, attribute: str) -> bool:
    """Whether a part sums or averages an attribute, wherever in it that stands."""
    if not isinstance(tree, Mapping):
        return False
    summed = (str(tree[key]).partition("@")[0] for key in _SUMMED if key in tree)
    return attribute in summed or any(_is_summed(one, attribute) for one in tree.values())


def _leaf(tree: Any, attribute: str) -> Any:
    """What is asked of an attribute, wherever in a part that stands."""
    if isinstance(tree, Mapping):
        if attribute in tree:
            return tree[attribute]
        inner = list(tree.values())
    else:
        inner = tree if isinstance(tree, list) else []
    found = (_leaf(one, attribute) for one in inner)
    return next((wanted for wanted in found if wanted is not None), None)


# -- links and declarations ----------------------------------------------------------------------


def _links(audited: AuditedNetwork, one: Open, part: Part, ids: Ids) -> Iterator[Question]:
    """Links of a node, or cells of a link that is there; what is not there closes its relation."""
    _, relation, column = (*one.need.what.split("."), "", "")[:3]
    if column and one.row >= 0:
        yield from _cells_of_link(audited, part, column, one.row, ids)
        return
    path = list(part.get("path", ()))
    simple = len(path) == 1 and relations_of(path[0]) == [relation]
    if simple and part["predicate"] == "linked" and "having" not in part and one.need.id:
        yield Question(LINKS, _LINKS, path[0], one.need.id, AnswerForm(ENDS, (path[0],)))
    relations = dict.fromkeys([relation, *(r for step in path for r in relations_of(step))])
    for name in filter(None, relations):
        yield from _declarations(audited, f"{_LINKS}.{name}", one)


def _cells_of_link(
    audited: AuditedNetwork, part: Part, column: str, row: int, ids: Ids
) -> Iterator[Question]:
    """The cells of one link that a rule asks about and that state nothing."""
    if not ids.links[row]:
        return
    for name in dict.fromkeys((column, *part.get("having", ()))):
        text = audited.link_column(name, np.array([row])).to_pylist()[0]
        if text is None:
            field = schema.LINKS.field(name)
            form = _of_field(field, audited) if field else _of_link(audited, part, name)
            yield Question(CELL, _LINKS, name, ids.links[row], form)


def _of_link(audited: AuditedNetwork, part: Part, name: str) -> AnswerForm:
    unit = audited.unit(name)
    return AnswerForm(unit) if unit != NUMBER else _of_test(_leaf(part, name), name)


def _declarations(audited: AuditedNetwork, what: str, one: Open) -> Iterator[Question]:
    """What has to be declared so that a list is closed: a table, a relation, or single lists."""
    table, _, relation = what.partition(".")
    if table not in schema.TABLES:
        return
    parts: tuple[str, ...] = (what,)
    if table == _LINKS and relation in schema.ENDS:
        own = declared_parts(audited.net.meta, relation).get(one.subject)
        lists = () if own is not False else (f"{what}.{one.subject}",)
        parts = (*audited.day.lacking(relation), *lists) or parts
    for part in dict.fromkeys(parts):
        yield Question(DECLARATION, part, "", "", AnswerForm(WHOLE))
