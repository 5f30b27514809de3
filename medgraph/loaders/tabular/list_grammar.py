"""Read enumerations of facilities as plans and workbooks write them, with shared heads and tails.

`院桥、宁溪、北洋3个中心卫生院` names three centres: the tail `中心卫生院` belongs to each, and the
count 3 is checked. `椒江区白云街道、葭沚街道等4个社区卫生服务中心` shares the head `椒江区` too.
Brackets behind a name are notes; brackets inside a name are part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Child: TypeAlias = "Item | Enumeration | Token | None"


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
        """Whether as many items were read as the text states."""
        return self.stated == self.read


@dataclass(frozen=True)
class Enumeration:
    """The items of an enumeration in order, the counts it states, and whether it says `等`."""

    items: tuple[Item, ...]
    counts: tuple[Count, ...] = ()
    open_ended: bool = False


def read_list(text: str) -> Enumeration:
    """Read an enumeration; raise ValueError with the place where it is none."""
    marked = AND.sub(JOINT, text.strip())
    try:
        return _Reader().transform(_parser().parse(marked))
    except UnexpectedInput as error:
        raise ValueError(f"{text!r}: {getattr(error, 'pos_in_stream', 0)}") from error


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, start="enumeration", parser="earley", lexer="dynamic")


class _Reader(Transformer[Token, Enumeration]):
    """What each rule of the grammar makes of its children."""

    def item(self, children: Sequence[Token]) -> Item:
        name, *notes = (str(child) for child in children)
        return Item(name.strip(), name.strip(), notes=tuple(note[1:-1] for note in notes))

    def counted(self, children: Sequence[Child]) -> Enumeration:
        tokens = _tokens(children)
        tail = tokens["TAIL"]
        items = _with_heads([replace(item, tail=tail) for item in _items(children)])
        stated = read_chinese(AROUND_COUNT.sub("", tokens["COUNT"]))
        count = Count(stated, len(items), tail)
        return Enumeration(tuple(items), (count,))

    def totalled(self, children: Sequence[Child]) -> Enumeration:
        items = tuple(_items(children))
        total = _tokens(children)["TOTAL"].removeprefix(TOTAL_BEGINS)
        stated = read_chinese(BEHIND_TOTAL.sub("", total))
        return Enumeration(items, (Count(stated, len(items), UNITS),))

    def plain(self, children: Sequence[Child]) -> Enumeration:
        return Enumeration(tuple(_items(children)), open_ended="ETC" in _tokens(children))

    def parts(self, children: Sequence[Child]) -> Enumeration:
        found = [child for child in children if isinstance(child, Enumeration)]
        items = tuple(item for part in found for item in part.items)
        counts = tuple(_of_all(count, items) for part in found for count in part.counts)
        return Enumeration(items, counts, any(part.open_ended for part in found))

    def enumeration(self, children: Sequence[Enumeration]) -> Enumeration:
        return children[0]


def _items(children: Iterable[Child]) -> list[Item]:
    return [child for child in children if isinstance(child, Item)]


def _tokens(children: Iterable[Child]) -> dict[str, str]:
    return {child.type: str(child) for child in children if isinstance(child, Token)}


def _of_all(count: Count, items: Sequence[Item]) -> Count:
    """A count of units may be of all the items before it: 甲、乙，丙、丁等4家单位."""
    is_of_all = count.tail == UNITS and count.stated == len(items)
    return replace(count, read=len(items)) if is_of_all else count


def _with_heads(items: list[Item]) -> list[Item]:
    """Give every item of a counted part the head of the item before it, and the tail they share."""
    head = ""
    done = []
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
