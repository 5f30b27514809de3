"""What the commands share: options, reading a source, showing an answer, saying an error, progress."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.option_values import Day
from medgraph.errors import OptionError
from medgraph.loaders.store.address import without_credentials
from medgraph.progress import watching
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded
    from medgraph.queries.results import Answer
    from medgraph.words.say import Problem

_SHOWN_LEFT = 20  # rows left out that a question names; `check` names them all
FORMATS = ("table", "csv", "json", "xlsx")


def lang_option(command: Callable) -> Callable:
    """Add --lang and speak that language while the command runs."""

    @click.option("--lang", type=click.Choice(["zh", "en"]), help=say("help.lang"))
    @functools.wraps(command)
    def speaking_command(*args: Any, lang: str | None, **kwargs: Any) -> Any:
        with speaking(lang):
            try:
                return command(*args, **kwargs)
            except Exception as error:
                error.lang = lang  # the words around the sentence, which come later, are in it too
                raise

    return speaking_command


def source_options(command: Callable) -> Callable:
    """Add SOURCE and the options of reading it: --mapping, --lenient."""
    command = click.option("--lenient", is_flag=True, help=say("help.lenient"))(command)
    command = click.option("--mapping", type=click.Path(dir_okay=False), help=say("help.mapping"))(
        command
    )
    return click.argument("source")(command)


def comparison_options(command: Callable) -> Callable:
    """Add the two sides of a comparison: BEFORE, AFTER, a day of each, and how both are read."""
    for add in (
        click.option("--area", help=say("help.area")),
        click.option("--lenient", is_flag=True, help=say("help.lenient")),
        click.option("--mapping", type=click.Path(dir_okay=False), help=say("help.mapping")),
        click.option("--to-day", type=Day(), help=say("help.to_day")),
        click.option("--from-day", type=Day(), help=say("help.from_day")),
        click.argument("after", required=False),
        click.argument("before"),
    ):
        command = add(command)
    return command


def answer_options(command: Callable) -> Callable:
    """Add what every question takes: --as-of, --area, --format, --output, --lang."""
    command = click.option("--as-of", type=Day(), help=say("help.as_of"))(command)
    command = click.option("--area", help=say("help.area"))(command)
    command = click.option(
        "--format", "format_", type=click.Choice(FORMATS), help=say("help.format")
    )(command)
    command = click.option("--output", type=click.Path(), help=say("help.output"))(command)
    return lang_option(command)


def read_source(
    source: str, *, mapping: str | None = None, lenient: bool = False, area: str | None = None
) -> MedicalNetwork:
    """Read a network; a source that is left out in part says so on stderr."""
    from medgraph.loaders import registry

    with progress(say("reading", source=source)):
        loaded = registry.load(source, mapping=mapping, lenient=lenient)
    net = loaded.require()
    note_guess(loaded)
    if loaded.left_out:
        note(
            say(
                "rows_accounted",
                rows_in=loaded.rows_in,
                loaded=loaded.loaded,
                left_out=loaded.left_out,
            )
        )
        for line in left_rows(loaded)[:_SHOWN_LEFT]:
            note(line)
        if len(loaded.left_rows) > _SHOWN_LEFT:
            note(say("left_rows_more", count=len(loaded.left_rows) - _SHOWN_LEFT))
    return net.within(area) if area else net


def never_onto_foreign(source: str, target: str) -> None:
    """Raise TargetError where `target` is a workbook of somebody else that is being read."""
    from medgraph.loaders import foreign as messy
    from medgraph.loaders import registry

    if "://" not in source + target and registry.format_of_source(source).name == "foreign":
        messy.never_onto(source, target)


def note_guess(loaded: Loaded) -> None:
    """Say on stderr that nobody confirmed how a workbook was read, with the account of its cells."""
    for found in loaded.problems:
        if found.code == "W177":
            note(str(found))


def left_rows(loaded: Loaded) -> list[str]:
    """Return one line for each row that is missing in a network that was loaded, with its reason."""
    return (
        [say("left_row", place=row.place, reason=row.reason) for row in loaded.left_rows]
        if loaded.network
        else []
    )


def show(answer: Answer, format_: str | None, output: str | None) -> None:
    """Print an answer, or write it to a file whose suffix says how."""
    from medgraph.cli.saving import as_csv, write_answer

    if output is not None:
        write_answer(answer, output, format_ or _format_of(output), as_text(answer))
        for stamp in answer.stamps:
            note(stamp)
        note(say("written", path=output))
    elif format_ == "xlsx":
        raise OptionError(say("xlsx_needs_output"))
    elif format_ == "json":
        emit(answer.to_json() + "\n")
    elif format_ == "csv":
        emit(as_csv(answer))
        for line in (*answer.stamps, answer.headline):
            note(line)
    else:
        emit(as_text(answer))


def _format_of(output: str) -> str:
    suffix = Path(output).suffix.lower().lstrip(".")
    return suffix if suffix in FORMATS else "table"


def as_text(answer: Answer) -> str:
    """Return an answer as aligned text in which Chinese characters count as two columns wide."""
    import pandas as pd

    with pd.option_context(
        "display.unicode.east_asian_width",
        True,
        "display.width",
        10_000,
        "display.max_colwidth",
        60,
        "display.max_columns",
        None,
    ):
        return str(answer) + "\n"


def emit(text: str) -> None:
    """Write to stdout; a pipe and a file get UTF-8 whatever the locale."""
    sys.stdout.write(text)
    sys.stdout.flush()


def note(text: str) -> None:
    """Say something that is no answer: on stderr, and never a password that stood in an address."""
    click.echo(without_credentials(text), err=True)


def say_error(sentence: str, problems: Sequence[Problem] = (), notes: Sequence[str] = ()) -> None:
    """Print one error, with its places and its notes, on stderr."""
    note(say("error", sentence=sentence))
    for line in (*group_problems(problems)[:40], *notes):
        note(f"  {line}")


def group_problems(problems: Sequence[Problem]) -> list[str]:
    """Return one line for each kind of problem that says the same, with the other places behind it."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for found in problems:
        groups.setdefault((found.code, found.message), []).append(found)
    lines = []
    for same in groups.values():
        line = str(same[0])
        if len(same) > 1:
            places = "、".join(p.place for p in same[1:6] if p.place)
            line += " " + say("elsewhere", count=len(same) - 1, places=places)
        lines.append(line)
    return lines


@contextlib.contextmanager
def progress(text: str) -> Iterator[None]:
    """Show a moving bar on a terminal while something goes on; it fills where that tells how far it is."""
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
        with watching(lambda done, total: bar.update(task, completed=done, total=total), still):
            yield
