"""Set the page of the board in a language: its words go in as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medgraph.board.exports import KINDS
from medgraph.board.places import has_places
from medgraph.board.told import undeclared_in_words
from medgraph.graphmodel import schema
from medgraph.visuals.page import pages
from medgraph.visuals.style import FAINT, INK, MARKS, PAPER, STAR
from medgraph.words.pinyin import pinyin
from medgraph.words.say import language, say
from medgraph.words.sentences.gathering import CATALOGUE
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from medgraph.board.desk import Desk
    from medgraph.graphmodel.network import MedicalNetwork

_WORDS, _START_WORDS = "board.script.", "board.start_script."
_REVIEW_WORDS = "board.review_script."
# What the script fills into its sentences itself.
_FILLED_IN = (
    *("areas", "count", "day", "facilities", "name", "names", "number", "part", "status"),
    *("shown", "total"),
)
# What a search looks in beside names and ids.
_FINDS = ("short_name", "aliases", "uscc", "institution_code", "organisation_code")
# What no planner states: what a node is, where a row comes from, and how it was read.
_NOT_STATED = ("id", "origin", "span", "confidence")
# What says which link it is; its first day is asked of every change.
_OF_THE_LINK = ("source", "relation", "target", "valid_from")


def page(
    desk: Desk, lang: str, token: str, *, may_edit: bool = True, shared: bool = False
) -> tuple[str, str]:
    """Return the page, and its policy: nothing from elsewhere, only our script and style.

    Who may not edit looks on; on a board that is shared nobody changes what is open.
    """
    net = desk.base
    # a plan file names a file that it changes, which a store is not
    kinds = [kind for kind in KINDS if kind != "plan" or not desk.address]
    data = {
        "has_store": bool(desk.address),
        "may_edit": may_edit,
        "is_shared": shared,
        "lang": lang,
        "token": token,
        "words": _words(_WORDS),
        "marks": MARKS,
        "star": STAR,
        "has_places": has_places(net),
        "colours": {"ink": INK, "faint": FAINT, "paper": PAPER},
        "columns": {kind: _columns(table) for kind, table in schema.TABLE_OF_KIND.items()},
        "relations": [
            {"name": name, "label": label("relation", name, language()), "from": from_, "to": to}
            for name, (from_, to) in schema.ENDS.items()
            if name != "SUCCEEDED_BY"
        ],
        "link_columns": _columns(schema.LINKS, but=_OF_THE_LINK),
        "undeclared": undeclared_in_words(net),
        "exports": [{"kind": kind, "label": say(f"board.export.{kind}")} for kind in kinds],
        "found_by": _found_by(net),
    }
    return _set("board", data)


def start_page(recent: list[str], lang: str, token: str, begin_with: str) -> tuple[str, str]:
    """Return the first page, on which a file is dropped, and its policy."""
    data = {
        "lang": lang,
        "token": token,
        "words": _words(_START_WORDS),
        "recent": recent,
        "begin_with": begin_with,
    }
    return _set("start", data)


def review_page(lang: str, token: str, *, may_edit: bool = True) -> tuple[str, str]:
    """Return the page on which two lists are reviewed, and its policy."""
    words = {**_words(_WORDS), **_words(_REVIEW_WORDS)}
    return _set("review", {"lang": lang, "token": token, "words": words, "may_edit": may_edit})


def _set(name: str, data: dict[str, Any]) -> tuple[str, str]:
    """A page with its data; `<` and `&` in a script element would be markup, or look like it."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    made = pages.render(
        name, title=say("board.page.title"), lang=data["lang"], say=say, data=pages.trusted(text)
    )
    return made, pages.policy_of(name)


def _words(beginning: str) -> dict[str, str]:
    """The sentences of a script, with places for what it fills in."""
    places = {name: f"{{{name}}}" for name in _FILLED_IN}
    own = [key for key in CATALOGUE if key.startswith(beginning)]
    return {key.removeprefix(beginning): say(key, **places) for key in own}


def _columns(table: schema.Table, *, but: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """What a planner can state of a row of a table, in its order, with the words it may be."""
    return [
        {
            "column": field.name,
            "label": field.title(language()),
            "type": field.type,
            "words": [
                [word, label(str(field.vocabulary), word, language())]
                for word in VOCABULARIES.get(field.vocabulary or "", ())
            ],
        }
        for field in table.fields
        if field.name not in (*_NOT_STATED, *but)
    ]


def _found_by(net: MedicalNetwork) -> dict[str, str]:
    """What else than its name finds a node: pinyin and initials, other names, codes."""
    table = net.packed_tables[0]
    known = [name for name in _FINDS if name in table.column_names]
    nodes = table.select(["id", "name", *known]).to_pylist()
    spelled = pinyin([node["name"] or "" for node in nodes])
    return {
        node["id"]: " ".join([text, *(str(node[name]) for name in known if node[name])])
        for node, text in zip(nodes, spelled, strict=True)
    }
