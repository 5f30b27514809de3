"""What an answer to a question may be: yes or no, a word, a day, a share, a count, names.

A form reads what people write into the one text that a table keeps, or None where it is not
understood; nothing is guessed. As text (`count`, `vocabulary:level`) it travels in the sheet that
is sent out, so that the sheet alone says how it is read back.
"""

from __future__ import annotations

import datetime
import decimal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.words.accepted_names import is_called, is_known_name, said_together
from medgraph.words.days import read_day
from medgraph.words.quantities import SHARE, UNITS, quantity
from medgraph.words.say import language, say
from medgraph.words.stated import listed, lists_all, stated, yes_or_no
from medgraph.words.vocabularies import VOCABULARIES, fold, label, word

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

BOOLEAN, VOCABULARY, WORDS, ITEMS, DATE = "boolean", "vocabulary", "words", "items", "date"
TEXT, NODES, WHOLE, ENDS, INTEGER = "text", "nodes", "whole", "ends", "integer"
COMPLETE, PARTIAL = "complete", "partial"
NONE = "no"  # what a table keeps of a list that is stated to be empty
_FIRST_YEAR = 1900
_MOST_LISTED = 30  # so many words are named beside a question
_SEPARATOR, _BETWEEN = ":", "|"


@dataclass(frozen=True)
class AnswerForm:
    """One form of answers: its `name`, and what belongs to it.

    `detail` is the name of a vocabulary, the words or items that are allowed, the last day that may
    be named, or the step along which links are asked for (`>SERVES`).

    Examples
    --------
    >>> AnswerForm("boolean").read("未制定"), AnswerForm("share").read("33.3")
    ('no', None)
    >>> AnswerForm("share").read("0.333"), AnswerForm.parse("items:人事|财务").read("财务、人事")
    ('33.3%', '财务|人事')
    >>> str(AnswerForm("vocabulary", ("level",)))
    'vocabulary:level'
    """

    name: str
    detail: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> AnswerForm | None:
        """Read what `str` wrote; None where that is no form.

        >>> AnswerForm.parse("vocabulary:nothing") is None
        True
        """
        name, _, rest = (text or "").partition(_SEPARATOR)
        form = cls(name, tuple(rest.split(_BETWEEN)) if rest else ())
        return form if form._is_known else None

    @property
    def _is_known(self) -> bool:
        if self.name == VOCABULARY:
            return len(self.detail) == 1 and self.detail[0] in VOCABULARIES
        if self.name in (WORDS, ITEMS, ENDS):
            return bool(self.detail)
        return self.name in _READERS or self.name in UNITS

    def __str__(self) -> str:
        return self.name + (_SEPARATOR + _BETWEEN.join(self.detail) if self.detail else "")

    def read(self, text: str) -> str | None:
        """Return an answer as a table keeps it; None where it is not understood."""
        said = stated(text)
        if said is None:
            return None
        if self.name in UNITS:
            return _number(said, self.name)
        return _READERS[self.name](said, self.detail)

    @property
    def options(self) -> tuple[str, ...]:
        """The words of a drop-down list, in the language of now; none where there is no list."""
        if self.name in (BOOLEAN, WHOLE):
            return tuple(label("boolean", key, language()) for key in ("yes", "no"))
        if self.name == VOCABULARY:
            vocabulary = self.detail[0]
            return tuple(label(vocabulary, key, language()) for key in VOCABULARIES[vocabulary])
        return self.detail if self.name == WORDS else ()

    def allowed(self) -> str:
        """Say in words what may be answered."""
        if options := self.options:
            shown = say("list_comma").join(options[:_MOST_LISTED])
            return shown if len(options) <= _MOST_LISTED else say("ask_more_words", words=shown)
        last = self.detail[0] if self.name == DATE and self.detail else ""
        items = say("list_comma").join(self.detail)
        return say(f"ask_allowed_{self.name}", last=last, items=items)


def _boolean(text: str, detail: tuple[str, ...]) -> str | None:
    found = yes_or_no(text)
    return None if found is None else _WRITTEN[found]


_WRITTEN = {True: "yes", False: "no"}


def _whole(text: str, detail: tuple[str, ...]) -> str | None:
    found = yes_or_no(text)
    return None if found is None else {True: COMPLETE, False: PARTIAL}[found]


def _vocabulary(text: str, detail: tuple[str, ...]) -> str | None:
    return word(detail[0], text)


def _word(text: str, detail: tuple[str, ...]) -> str | None:
    return next((one for one in detail if fold(one) == fold(text)), None)


def _items(text: str, detail: tuple[str, ...]) -> str | None:
    """Some of the items, in the ways in which people call them; none of them is an answer too.

    What leaves some of them open (人事、财务等) is no answer.
    """
    if yes_or_no(text) is False:
        return NONE
    if not lists_all(text):
        return None
    found = [_item(piece, detail) for piece in listed(text)]
    return None if None in found else _BETWEEN.join(dict.fromkeys(filter(None, found)))


def _item(piece: str, detail: tuple[str, ...]) -> str | None:
    called = next((item for item in detail if is_called(piece, item)), None)
    readable = said_together(piece, detail) or is_known_name(piece)
    return called or (piece if readable else None)


def _date(text: str, detail: tuple[str, ...]) -> str | None:
    try:
        day = read_day(text)
    except ValueError:
        return None
    last = datetime.date.fromisoformat(detail[0]) if detail else datetime.date.max
    return day.isoformat() if datetime.date(_FIRST_YEAR, 1, 1) <= day <= last else None


def _number(text: str, unit: str) -> str | None:
    """A number as digits, a share with its sign: so it reads the same under every title."""
    value = quantity(text, unit)
    if value is None:
        return None
    if unit == SHARE:
        digits = _digits(value * 100)
        return None if digits is None else f"{digits}%"
    return _digits(value) or text


def _digits(value: Fraction) -> str | None:
    """A fraction as digits; None where they have no end, so that nothing is rounded."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest != 1:
        return None
    return f"{decimal.Decimal(value.numerator) / decimal.Decimal(value.denominator):f}"


def _text(text: str, detail: tuple[str, ...]) -> str | None:
    return text


_READERS: dict[str, Callable[[str, tuple[str, ...]], str | None]] = {
    BOOLEAN: _boolean,
    WHOLE: _whole,
    VOCABULARY: _vocabulary,
    WORDS: _word,
    ITEMS: _items,
    DATE: _date,
    INTEGER: lambda text, _: _number(text, "count"),
    # names are looked up in the network by who reads them
    NODES: _text,
    ENDS: _text,
    TEXT: _text,
}
