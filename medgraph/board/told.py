"""Tell what was done to a plan, in sentences, with names in place of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.board import plans
from medgraph.board.plans import turn_of
from medgraph.graphmodel import changes, schema
from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.undeclared import undeclared_parts
from medgraph.visuals.headings import heading
from medgraph.words.joining import listed
from medgraph.words.say import language, pick, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from medgraph.board.journal import Entry
    from medgraph.graphmodel.changes import Change
    from medgraph.graphmodel.network import MedicalNetwork

_DID = {
    plans.BEGIN: "board.did_begin",
    plans.UNDO: "board.did_undo",
    plans.REDO: "board.did_redo",
    plans.RENAME: "board.did_rename",
    plans.KEEP: "board.did_keep",
    plans.DROP: "board.did_drop",
}
_OF_A_PROPOSAL = {
    plans.PROPOSE: "board.did_propose",
    plans.ACCEPT: "board.did_accept",
    plans.REFUSE: "board.did_refuse",
}


def undeclared_in_words(net: MedicalNetwork) -> list[tuple[str, str]]:
    """Return every table and relation of which nothing is declared, with what people call it."""
    return [(part, in_words(part)) for part in undeclared_parts(net)]


def told(net: MedicalNetwork, entry: Entry) -> str:
    """Return what an entry says was done, as far as it can be read."""
    try:
        return _told(net, entry)
    except plans.UNREADABLE:
        return say("board.did_what")


def _told(net: MedicalNetwork, entry: Entry) -> str:
    body = entry.body
    if entry.kind == plans.TURN:
        return turn_told(net, [step.change for step in turn_of(body).steps])
    if entry.kind in _OF_A_PROPOSAL:
        said = turn_told(net, [step.change for step in turn_of(body).steps])
        sentence = say(_OF_A_PROPOSAL[entry.kind], turn=said)
        reason = body.get("reason", "")
        return say("board.with_reason", sentence=sentence, reason=reason) if reason else sentence
    if entry.kind == plans.LOCK:
        names = listed(_name(net, id) for id in body["ids"])
        return say("board.did_lock" if body["on"] else "board.did_unlock", names=names)
    return say(_DID[entry.kind], name=body.get("name", ""))


def turn_told(net: MedicalNetwork, wanted: Iterable[Change]) -> str:
    """Return what the changes of one turn come to."""
    return say("board.and").join(change_told(net, one) for one in wanted)


def change_told(net: MedicalNetwork, wanted: Change) -> str:
    """Return one change as a sentence."""
    match wanted:
        case changes.Move(id, group, on):
            return _said("move", on, name=_name(net, id), group=_name(net, group))
        case changes.Join(id, group, on):
            return _said("join", on, name=_name(net, id), group=_name(net, group))
        case changes.End(id, None, None, on):
            return _said("end", on, name=_name(net, id))
        case changes.End(id, relation, target, on):
            to = _name(net, target) if target else ""
            return _said("end_link", on, name=_name(net, id), relation=_relation(relation), to=to)
        case changes.Succeed(old, new, on):
            heirs = [new] if isinstance(new, str) else new
            names = listed(_name(net, heir) for heir in heirs)
            return _said("succeed", on, name=_name(net, old), heirs=names)
        case changes.Link(source, relation, target, on, values):
            ends = {"name": _name(net, source), "to": _with_values(_name(net, target), values)}
            return _said("link", on, relation=_relation(relation), **ends)
        case changes.Fill(id, column, value):
            field = _table_of(net, id).field(column)
            stated = {"column": _title(field, column), "value": _value(field, value)}
            return _said("fill", None, name=_name(net, id), **stated)
        case changes.Declare(part, by, on, state):
            return _said(f"declare_{state}", on, part=in_words(part), by=by)


def _said(key: str, on: datetime.date | None, **values: str) -> str:
    """The sentence, with the day from which it holds where one is stated."""
    sentence = say(f"board.{key}", **values)
    return say("board.from_day", day=on.isoformat(), sentence=sentence) if on else sentence


def _name(net: MedicalNetwork, id: str) -> str:
    return net.name(id) if net.index.position(id) >= 0 else id


def _relation(relation: str | None) -> str:
    return label("relation", relation, language())


def _with_values(name: str, values: Mapping[str, Any]) -> str:
    """A name, with what is stated of the link to it in brackets."""
    if not values:
        return name
    fields = [(schema.LINKS.field(column), column, value) for column, value in values.items()]
    stated = [f"{_title(field, column)} {_value(field, value)}" for field, column, value in fields]
    return say("in_brackets", text=name, more=say("comma").join(stated))


def _value(field: schema.Field | None, value: Any) -> str:
    """A value as people read it: the word of a vocabulary, else as it is written."""
    vocabulary = field.vocabulary if field else None
    return label(vocabulary, str(value), language()) if vocabulary else str(value)


def _title(field: schema.Field | None, column: str) -> str:
    """What a column is called in its table: the status of a facility is no verdict."""
    return pick(zh=field.zh, en=field.name) if field else heading(column)


def _table_of(net: MedicalNetwork, id: str) -> schema.Table:
    position = net.index.position(id)
    kind = net.index.values("kind")[position].as_py() if position >= 0 else "Facility"
    return schema.TABLE_OF_KIND[kind]
