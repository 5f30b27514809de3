"""Read enumerations of facilities as plans and workbooks write them, with shared heads and tails.

`院桥、宁溪、北洋3个中心卫生院` names three centres: the tail `中心卫生院` belongs to each, and the count 3 is
checked. `椒江区白云街道、葭沚街道等4个社区卫生服务中心` shares the head `椒江区` too. Brackets behind a name are
notes; brackets inside a name are part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from lark import Lark, Token, Transformer, UnexpectedInput

from medgraph.words.lexicon import (
    AREA_ENDINGS,
    FACILITY_ENDINGS,
    JOINED_ENDS,
    Use,
    any_of,
    ends,
)
from medgraph.words.numerals import CHINESE_DIGITS, read_chinese

TAILS = ends(FACILITY_ENDINGS, Use.SHARED)  # longest first: a tail is read as far as it goes

_BREAK = r"，,；;、\n\u0001"
_NUMBER = "(?:[0-9]+|[" + CHINESE_DIGITS + "]+)"
_TAIL = any_of(TAILS)
_COUNT = f"(?:共)?{_NUMBER}[个家所间](?={_TAIL})"
# A count of units of no one kind has no tail to share.
_UNITS = "(?:成员单位|单位|基层医疗卫生机构|医疗卫生机构|医疗机构|机构|医院)"
_TOTAL = f"(?:共)?{_NUMBER}[个家所间]{_UNITS}?(?=$|[{_BREAK}])"
_ETC = f"等(?=$|{_NUMBER}|[{_BREAK}])"
_BRACKET = "[（(][^（）()]*[）)]"
_PLAIN = f"[^（()）{_BREAK}]"

_GRAMMAR = f"""
    enumeration: parts
    ?parts: part | part joint parts
    joint: COMMA | SEP | AND
    part: item (SEP item | AND item)* [ETC] COUNT TAIL NOTE* -> counted
        | item (SEP item | AND item)* [ETC] TOTAL -> totalled
        | item [ETC] -> plain
    item: NAME NOTE*
    COMMA: /[，,；;\\n]/
    SEP: "、"
    AND.2: "\u0001"
    ETC.2: /{_ETC}/
    TOTAL.3: /{_TOTAL}/
    COUNT.3: /{_COUNT}/
    TAIL.3: /{_TAIL}(?=$|[（({_BREAK}])/
    NOTE.2: /{_BRACKET}/
    NAME: /{_PLAIN}(?:(?!{_ETC}|{_COUNT}|{_TOTAL})(?:{_PLAIN}|{_BRACKET}(?=[\u3400-\u9fff])))*/
"""


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
    """The items of an enumeration in their order, the counts stated in it, and whether it says `等`."""

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
        stated = read_chinese(re.sub(r"[共个家所间]", "", tokens["COUNT"]))
        return Enumeration(tuple(named), (Count(stated, len(named), tail),))

    def totalled(self, children):
        items = tuple(c for c in children if isinstance(c, Item))
        total = next(str(c) for c in children if getattr(c, "type", "") == "TOTAL")
        stated = re.sub("[共个家所间].*$", "", total.removeprefix("共"))
        return Enumeration(items, (Count(read_chinese(stated), len(items), "单位"),))

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
            replace(n, read=len(items)) if n.tail == "单位" and n.stated == len(items) else n
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
    return name.removesuffix("社区") + tail if tail.startswith("社区") else name + tail


def split_head(name: str) -> tuple[str, str]:
    """Split the name of a county, district or zone off the beginning of a name.

    >>> split_head("台州湾新区的三甲街道")
    ('台州湾新区', '三甲街道')
    """
    heads = any_of(ends(AREA_ENDINGS, Use.HEAD))
    found = re.match(
        rf"((?:[\u3400-\u9fff]{{2,}}?市)?[\u3400-\u9fff]{{1,8}}?{heads})的?(?=..)", name
    )
    if found is None or re.match(r"(?:街道|社区|镇|乡)", name[found.end() :]):
        return "", name
    return found.group(1), name[found.end() :]


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, start="enumeration", parser="earley", lexer="dynamic")


def read_list(text: str) -> Enumeration:
    """Read an enumeration; raise ValueError with the place where it is none."""
    marked = _AND.sub("\u0001", text.strip())
    try:
        return _Reader().transform(_parser().parse(marked))
    except UnexpectedInput as error:
        raise ValueError(f"{text!r}: {getattr(error, 'pos_in_stream', 0)}") from error


# 和 stands inside names (共和镇) too; it joins two names only behind the end of one.
_AND = re.compile(
    "(?:" + "|".join(f"(?<={re.escape(end)})" for end in JOINED_ENDS) + ")(?:以及|和|及|与)"
)
