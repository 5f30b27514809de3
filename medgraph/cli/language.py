"""Speak the language that `--lang` asks for, wherever it is on the line: help, errors, answers.

Commands, groups and options take the key of a sentence as their `help` and say it when it is
printed. The language is read from the whole line before anything is parsed, because `--help` and a
faulty line end the run before an option behind them is seen.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import sys
from typing import TYPE_CHECKING, Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from medgraph.words.console_width import columns_of
from medgraph.words.languages import LANGUAGES, choose
from medgraph.words.say import language, say, speaking
from medgraph.words.sentences.click_messages import SENTENCES as CLICK_SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FLAG = "--lang"


def asked_language(words: Sequence[str] | None = None) -> str | None:
    """Return the language that the last known `--lang` of a line asks for.

    Without `words` the line is that of this process.

    >>> asked_language(["--lang", "en", "check", "roster.xlsx"])
    'en'
    >>> asked_language(["check", "roster.xlsx", "--lang=zh"])
    'zh'
    """
    line = list(sys.argv[1:] if words is None else words)
    asked = None
    for word, following in zip(line, [*line[1:], ""], strict=False):
        if word == "--":
            break
        name, _, value = word.partition("=")
        if name == _FLAG and (value or following) in LANGUAGES:
            asked = value or following
    return asked


class _Helped:
    """Something whose `help` is the key of a sentence, said when it is asked for."""

    _help_key: str | None = None

    @property
    def help(self) -> str | None:
        """The help text in the language of now."""
        return say(self._help_key) if self._help_key else None

    @help.setter
    def help(self, key: str | None) -> None:
        self._help_key = key


class Option(_Helped, click.Option):
    """An option with a help text in every language."""


class Command(_Helped, click.Command):
    """A command that takes `--lang`, with a help text in every language."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Take what click's command takes; `help` is the key of a sentence."""
        super().__init__(*args, **settings)
        self.params.append(_lang_option())

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return click's option `--help`, its own help text in the language of now."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = translated("Show this message and exit.")
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the help as one line of a list of commands, cut to `limit` columns.

        Click cuts between words, and a Chinese sentence has no blanks to cut at.
        """
        short = super().get_short_help_str(limit)
        is_cut_well = short != "..." and columns_of(short) <= limit
        return short if is_cut_well else _cut(self.help or "", limit)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **settings: Any) -> Any:
        """Run the line in the language that it asks for."""
        with speaking(asked_language(args) or language()):
            return super().main(args, *rest, **settings)


class Group(Command, click.Group):
    """A group of commands with a help text in every language."""


def _cut(text: str, limit: int) -> str:
    """Return as much of a text as fits into `limit` columns, with dots where it goes on.

    >>> _cut("转换格式", 8), _cut("转换格式（按后缀）", 8)
    ('转换格式', '转换...')
    """
    ends = list(itertools.accumulate(map(columns_of, text)))
    if not ends or ends[-1] <= limit:
        return text
    return text[: bisect.bisect_right(ends, limit - len("..."))] + "..."


def _lang_option() -> Option:
    """Make `--lang`, whose value needs nothing more: the line was searched for it before."""
    return Option([_FLAG], type=click.Choice(list(LANGUAGES)), help="help.lang", expose_value=False)


command = functools.partial(click.command, cls=Command)
group = functools.partial(click.group, cls=Group)
option = functools.partial(click.option, cls=Option)


def translated(message: str) -> str:
    """Return what click says, a text with or without fields, in the language of now."""
    known = CLICK_SENTENCES.get(message)
    return choose(language(), known.texts) if known else message


def translated_count(singular: str, plural: str, count: int) -> str:
    """Return what click says of `count` things in the language of now."""
    return translated(singular if count == 1 else plural)


def teach_click() -> None:
    """Let click say its sentences by `translated`.

    Click asks gettext, which knows only compiled files and the locale of the process. Its modules
    hold the two functions of gettext as `_` and `ngettext`; a click without them speaks English.
    """
    modules = (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    )
    replaced: dict[str, Callable[..., str]] = {"_": translated, "ngettext": translated_count}
    for module in modules:
        for name, function in replaced.items():
            if hasattr(module, name):
                setattr(module, name, function)
