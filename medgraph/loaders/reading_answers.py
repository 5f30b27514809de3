"""Read one answer against the network it is for: what it gives, or why it is refused."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.errors import UnknownIdError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import edge_ids, holds
from medgraph.graphmodel.completeness import MARK, is_part
from medgraph.graphmodel.filled_tables import CELL, DECLARATION, LINKS, Given, links_of
from medgraph.graphmodel.filling import answered_for
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.tabular import cells
from medgraph.loaders.workbooks.question_sheet import needs_office
from medgraph.words.answer_forms import (
    COMPLETE,
    ENDS,
    NODES,
    NONE,
    PARTIAL,
    VOCABULARY,
    WHOLE,
    AnswerForm,
)
from medgraph.words.days import read_day
from medgraph.words.say import say
from medgraph.words.stated import listed, lists_all, stated, yes_or_no
from medgraph.words.vocabularies import RELATIONS

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.workbooks.question_sheet import Answered

_NEVER_ASKED = frozenset(("id", "kind", "name", "origin", "source", "relation", "target", "person"))
_TYPE_FORMS = {
    "integer": ("integer",),
    "number": ("number",),
    "date": ("date",),
    "boolean": ("boolean",),
    "id": (NODES,),
}
_STEPS = (">", "<", "-")
_BETWEEN = "|"


class Refusal(NamedTuple):
    """Why an answer is not taken, and which of its cells is meant."""

    reason: str
    column: str = "answer"


class _RefusedError(Exception):
    """An answer that is not taken, on its way out of the reading."""

    def __init__(self, reason: str, column: str = "answer") -> None:
        super().__init__(reason)
        self.refusal = Refusal(reason, column)


class Reader:
    """Reads answers for one network."""

    def __init__(self, net: MedicalNetwork) -> None:
        self.net = net

    def read(self, row: Answered) -> Given | Refusal:
        """Return what the answer of a row gives, or why it is refused."""
        try:
            form = self._form(row)
            return self._given(row, form)
        except _RefusedError as refused:
            return refused.refusal

    # -- the question ----------------------------------------------------------------------------

    def _form(self, row: Answered) -> AnswerForm:
        """The form of a question that this network can be asked; what a sheet claims is checked."""
        kind, table, column, _ = row.key
        form = AnswerForm.parse(row.text("form"))
        checks = {
            CELL: self._is_cell,
            DECLARATION: self._is_declaration,
            LINKS: self._is_step,
        }
        if form is None or kind not in checks or not checks[kind](table, column, form):
            raise _RefusedError(say("fill_bad_row"))
        self._refuse_gone(row)
        return form

    @staticmethod
    def _is_cell(table: str, column: str, form: AnswerForm) -> bool:
        known = schema.TABLES.get(table)
        if known is None or known is schema.META or not column or column in _NEVER_ASKED:
            return False
        field = known.field(column)
        if field is None:
            return form.name not in (WHOLE, ENDS)
        if field.vocabulary and field.type == "text":
            return form == AnswerForm(VOCABULARY, (field.vocabulary,))
        return form.name in _TYPE_FORMS.get(field.type, (form.name,))

    def _is_declaration(self, table: str, column: str, form: AnswerForm) -> bool:
        return form.name == WHOLE and is_part(table, self.net.packed_tables[0])

    @staticmethod
    def _is_step(table: str, column: str, form: AnswerForm) -> bool:
        is_step = column[:1] in _STEPS and column[1:] in RELATIONS
        return is_step and form == AnswerForm(ENDS, (column,))

    def _refuse_gone(self, row: Answered) -> None:
        kind, table, _, id = row.key
        if kind == DECLARATION:
            parts = table.split(".", 2)
            gone = parts[0] == schema.LINKS.name and len(parts) > 2 and not self._has(parts[2])
        elif table == schema.LINKS.name and kind == CELL:
            gone = id not in self._link_row
        else:
            gone = not self._has(id) or (kind == CELL and self._table_of(id) != table)
        if gone:
            raise _RefusedError(say("fill_gone", id=id or table))

    def _has(self, id: str) -> bool:
        return self.net.index.position(id) >= 0

    def _kind(self, id: str) -> str:
        found: str = self.net.index.values("kind")[self.net.index.position(id)].as_py()
        return found

    def _table_of(self, id: str) -> str:
        return schema.TABLE_OF_KIND[self._kind(id)].name

    @cached_property
    def _link_row(self) -> dict[str, int]:
        ids = edge_ids(self.net.tables[1]).to_pylist()
        return {id: row for row, id in enumerate(ids)}

    # -- the answer ------------------------------------------------------------------------------

    def _given(self, row: Answered, form: AnswerForm) -> Given:
        kind, table, column, id = row.key
        value = self._value(row, form)
        ends = self._ends(row, form) if form.name == ENDS else ()
        by, date = self._declared(row) if needs_office(form) else ("", "")
        origin = str(Origin(row.file, row.sheet, row.cell(), "typed"))
        given = Given(kind, table, column, id, value, ends, by, date, origin)
        self._refuse_other_statement(given, form)
        return given

    def _ends(self, row: Answered, form: AnswerForm) -> tuple[str, ...]:
        """The nodes to which a step leads, all of them."""
        _, _, column, id = row.key
        return self._nodes(row, form, self._kinds_at_end(column, id))

    def _value(self, row: Answered, form: AnswerForm) -> str:
        text = row.text("answer")
        if form.name == NODES:
            return _BETWEEN.join(self._nodes(row, form, form.detail)) or self._none(row, form)
        value = form.read(text)
        if value is None or not self._fits(row, value):
            raise self._not_understood(row, form)
        return value

    @staticmethod
    def _fits(row: Answered, value: str) -> bool:
        """Whether the column can hold a value: 1/3 is a number and has no end as minutes."""
        kind, table, column, _ = row.key
        field = schema.TABLES[table].field(column) if kind == CELL else None
        read = cells.READERS.get(field.type) if field is not None else None
        try:
            return read is None or read(value) is not None
        except cells.WrongError:
            return False

    def _none(self, row: Answered, form: AnswerForm) -> str:
        """A list that is stated to be empty; a place is no list."""
        if row.text("column") == "area":
            raise self._not_understood(row, form)
        return NONE

    @staticmethod
    def _not_understood(row: Answered, form: AnswerForm) -> _RefusedError:
        value, allowed = row.text("answer"), form.allowed()
        return _RefusedError(say("fill_not_understood", value=value, allowed=allowed))

    def _nodes(self, row: Answered, form: AnswerForm, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The nodes that an answer names, which are all; none where it says that there are none."""
        text = row.text("answer")
        if yes_or_no(text) is False:
            return ()
        if not lists_all(text):
            raise self._not_understood(row, form)
        found = [self._node(piece, kinds) for piece in listed(text)]
        return tuple(dict.fromkeys(found))

    def _node(self, text: str, kinds: tuple[str, ...]) -> str:
        reasons = []
        for kind in kinds:
            try:
                id = self.net.find(text, kind=kind)
            except UnknownIdError as unknown:
                reasons.append(str(unknown))
                continue
            if self._kind(id) in kinds:
                return id
            reasons.append(say("fill_wrong_kind", value=text))
        raise _RefusedError(reasons[0] if reasons else say("fill_bad_row"))

    def _kinds_at_end(self, step: str, id: str) -> tuple[str, ...]:
        """The kinds to which a step leads from a node; none where it cannot start there."""
        sources, targets = schema.ENDS[step[1:]]
        kind = self._kind(id)
        found = [*targets] if step[0] in ">-" and kind in sources else []
        found += [*sources] if step[0] in "<-" and kind in targets else []
        return tuple(dict.fromkeys(found))

    def _declared(self, row: Answered) -> tuple[str, str]:
        """By whom and for which day a list is whole; without a day, for that of the data."""
        by, date = stated(row.text("by")), stated(row.text("date"))
        if by is None:
            raise _RefusedError(say("fill_by_whom"), "by")
        if date is None:
            return by, answered_for(self.net).isoformat()
        try:
            return by, read_day(date).isoformat()
        except ValueError as error:
            raise _RefusedError(say("fill_bad_day", value=date), "date") from error

    # -- what is stated already ------------------------------------------------------------------

    def _refuse_other_statement(self, given: Given, form: AnswerForm) -> None:
        """Nothing that the source states by now is overwritten in silence."""
        if given.kind == LINKS:
            self._refuse_left_out(given)
        elif given.kind == DECLARATION:
            before = self.net.meta.get(f"{given.table}{MARK}")
            if before == COMPLETE and given.value == PARTIAL:
                raise _RefusedError(say("fill_stated", value=before, place=given.table))
        else:
            text, place = self._cell(given)
            before = form.read(text)
            if stated(text) is not None and before != given.value:
                key = "fill_stated" if before is not None else "fill_stated_in_words"
                raise _RefusedError(say(key, value=text, place=place))

    def _cell(self, given: Given) -> tuple[str, str]:
        """The text of a cell as it is now, and where its row stands."""
        of_link = given.table == schema.LINKS.name
        table = self.net.tables[1 if of_link else 0]
        row = self._link_row[given.id] if of_link else self._node_row[given.id]
        value, origin = _at(table, given.column, row), _at(table, "origin", row)
        text = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value
        return ("" if text is None else str(text)), Origin.parse(origin).place or given.id

    @cached_property
    def _node_row(self) -> dict[str, int]:
        return {id: row for row, id in enumerate(self.net.tables[0]["id"].to_pylist())}

    def _refuse_left_out(self, given: Given) -> None:
        """A list that is said to be whole names every link that is there."""
        named = set(links_of(given))
        step, relation = given.column[0], given.column[1:]
        there = [link for link in self._links_of[relation] if _starts(link, given.id, step)]
        turned = {(target, word, source) for source, word, target in named}
        left_out = [link for link in there if link not in named and link not in turned]
        if left_out:
            others = {end for source, _, end in left_out} | {link[0] for link in left_out}
            names = [self.net.name(id) for id in sorted(others - {given.id})]
            raise _RefusedError(say("fill_left_out", names=say("list_comma").join(names)))

    @cached_property
    def _links_of(self) -> dict[str, list[tuple[str, str, str]]]:
        """The links that hold on the day of the answers, by relation."""
        found: dict[str, list[tuple[str, str, str]]] = {relation: [] for relation in RELATIONS}
        edges = self.net.tables[1]
        edges = edges.filter(holds(edges, answered_for(self.net)))
        columns = [edges[name].to_pylist() for name in ("source", "relation", "target")]
        for source, relation, target in zip(*columns, strict=True):
            found[relation].append((source, relation, target))
        return found


def _starts(link: tuple[str, str, str], id: str, step: str) -> bool:
    """Whether a link is one of the step from a node."""
    return (step in ">-" and link[0] == id) or (step in "<-" and link[2] == id)


def _at(table: Any, column: str, row: int) -> Any:
    return table[column][row].as_py() if column in table.column_names else None
