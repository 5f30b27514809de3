"""Read enumerations of facilities as plans and workbooks write them, with shared heads and tails.

`院桥、宁溪、北洋3个中心卫生院` names three centres: the tail `中心卫生院` belongs to each, and the
count 3 is checked. `椒江区白云街道、葭沚街道等4个社区卫生服务中心` shares the head `椒江区` too.
Brackets behind a name are notes; brackets inside a name are part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from lark import Lark, Token, Transformer, UnexpectedInput

from medgraph.words.enumerations import (
    AND,
    AROUND_COUNT,
    BEHIND_TOTAL,
    GRAMMAR,
    HEAD,
    JOINT,
    NEIGHBOURHOOD,
    TOTAL_BEGINS,
    TOWNSHIP_BEGINS,
    UNITS,
)
from medgraph.words.numerals import read_chinese


@dataclass(frozen=True)
class Item:
    """One name of an enumeration: full `name`, what was written, its head, tail and notes."""

    name: str
    written: str
    head: str = ""
    tail: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """A count that the text states for some of its items, beside how many were read."""

    stated: int
    read: int
    tail: str

    @property
    def holds(self) -> bool:
        return self.stated == self.read


@dataclass(frozen=True)
class Enumeration:
    """The items of an enumeration in order, the counts it states, and whether it says `等`."""

    items: tuple[Item, ...]
    counts: tuple[Count, ...] = ()
    open_ended: bool = False


class _Reader(Transformer):
    def item(self, children):
        name, *notes = children
        return Item(str(name).strip(), str(name).strip(), notes=tuple(str(n)[1:-1] for n in notes))

    def counted(self, children):
        items = [c for c in children if isinstance(c, Item)]
        tokens = {c.type: str(c) for c in children if isinstance(c, Token)}
        tail = tokens["TAIL"]
        named = _with_heads([replace(i, tail=tail) for i in items])
        stated = read_chinese(AROUND_COUNT.sub("", tokens["COUNT"]))
        return Enumeration(tuple(named), (Count(stated, len(named), tail),))

    def totalled(self, children):
        items = tuple(c for c in children if isinstance(c, Item))
        total = next(str(c) for c in children if getattr(c, "type", "") == "TOTAL")
        stated = BEHIND_TOTAL.sub("", total.removeprefix(TOTAL_BEGINS))
        return Enumeration(items, (Count(read_chinese(stated), len(items), UNITS),))

    def plain(self, children):
        items = [c for c in children if isinstance(c, Item)]
        return Enumeration(
            tuple(items), open_ended=any(getattr(c, "type", "") == "ETC" for c in children)
        )

    def parts(self, children):
        found = [c for c in children if isinstance(c, Enumeration)]
        items = tuple(i for e in found for i in e.items)
        # `甲、乙，丙、丁等4家单位`: the count may be of all that stands before it.
        counts = tuple(
            replace(n, read=len(items)) if n.tail == UNITS and n.stated == len(items) else n
            for e in found
            for n in e.counts
        )
        return Enumeration(items, counts, any(e.open_ended for e in found))

    def enumeration(self, children):
        return children[0]


def _with_heads(items: list[Item]) -> list[Item]:
    """Give every item of a counted part the head of the item before it, and the tail they share."""
    head, done = "", []
    for item in items:
        own, rest = split_head(item.written)
        head = own or head
        done.append(replace(item, head=head, name=head + _joined(rest, item.tail)))
    return done


def _joined(name: str, tail: str) -> str:
    """Put a tail behind a name; `东山社区` and `社区卫生服务中心` share their 社区."""
    if tail.startswith(NEIGHBOURHOOD):
        return name.removesuffix(NEIGHBOURHOOD) + tail
    return name + tail


def split_head(name: str) -> tuple[str, str]:
    """Split the name of a county, district or zone off the beginning of a name.

    >>> split_head("台州湾新区的三甲街道")
    ('台州湾新区', '三甲街道')
    """
    found = HEAD.match(name)
    if found is None or TOWNSHIP_BEGINS.match(name, found.end()):
        return "", name
    return found.group(1), name[found.end() :]


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, start="enumeration", parser="earley", lexer="dynamic")


def read_list(text: str) -> Enumeration:
    """Read an enumeration; raise ValueError with the place where it is none."""
    marked = AND.sub(JOINT, text.strip())
    try:
        return _Reader().transform(_parser().parse(marked))
    except UnexpectedInput as error:
        raise ValueError(f"{text!r}: {getattr(error, 'pos_in_stream', 0)}") from error
