"""What the shell prints: answers on stdout; remarks, errors and the bar of progress on stderr."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from medgraph.progress import watching
from medgraph.shown_places import without_credentials
from medgraph.words.invisible import harmless
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.words.say import Problem

_PROBLEMS_SHOWN = 40
_PLACES_SHOWN = 5


def emit(text: str) -> None:
    """Write to stdout; a pipe and a file get UTF-8 whatever the locale.

    No text from a file can move the cursor of a terminal, colour it or name its window.
    """
    sys.stdout.write(harmless(text))
    sys.stdout.flush()


def note(text: str) -> None:
    """Print something that is no answer on stderr, without the password of an address in it."""
    click.echo(harmless(without_credentials(text)), err=True)


def say_error(sentence: str, problems: Sequence[Problem] = (), notes: Sequence[str] = ()) -> None:
    """Print one error, with its places and its notes, on stderr."""
    note(say("error", sentence=sentence))
    for line in (*group_problems(problems)[:_PROBLEMS_SHOWN], *notes):
        note(f"  {line}")


def group_problems(problems: Sequence[Problem]) -> list[str]:
    """Return one line for all problems that say the same, the other places behind it.

    Many values that are wrong in one way are said with the first of them.
    """
    from medgraph.loaders.tabular.cell_faults import VALUE_FAULTS

    alike = Counter(_without_value(found) for found in problems if found.code in VALUE_FAULTS)
    groups: dict[tuple[str, str], list[Problem]] = {}
    for found in problems:
        kind = _without_value(found)
        key = kind if alike[kind] > _PLACES_SHOWN else (found.code, found.message)
        groups.setdefault(key, []).append(found)
    return [_group_line(first, others) for first, *others in groups.values()]


def _without_value(found: Problem) -> tuple[str, str]:
    """What a problem says, whatever the value."""
    message = found.message.replace(found.value, "") if found.value else found.message
    return found.code, message


def _group_line(first: Problem, others: Sequence[Problem]) -> str:
    if not others:
        return str(first)
    places = [other.place for other in others[:_PLACES_SHOWN] if other.place]
    elsewhere = say("elsewhere", count=len(others), places=say("list_comma").join(places))
    return f"{first} {elsewhere}"


@contextlib.contextmanager
def progress(text: str) -> Iterator[None]:
    """Show a moving bar on a terminal while something goes on; it fills as work is reported."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )

    @contextlib.contextmanager
    def still() -> Iterator[None]:
        bar.stop()
        try:
            yield
        finally:
            bar.start()

    with bar:
        task = bar.add_task(without_credentials(text), total=None)

        def told(said: str) -> None:
            bar.update(task, description=without_credentials(said))

        with watching(
            lambda done, total: bar.update(task, completed=done, total=total), still, told=told
        ):
            yield
