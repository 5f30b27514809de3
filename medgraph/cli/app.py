"""Assemble the command line, and turn every expected error into a sentence and exit code 2."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from medgraph._version import __version__
from medgraph.cli import (
    asking,
    audits,
    boards,
    comparisons,
    demo,
    doctor,
    drafts,
    files,
    maps,
    proposals,
    questions,
    recipes,
    reconciling,
    records,
    reports,
    scores,
    stores,
    syncing,
)
from medgraph.cli.console import emit, note, say_error
from medgraph.cli.language import Option, asked_language, group, teach_click
from medgraph.errors import MedGraphError, WithheldError
from medgraph.words.say import language, say, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

_FINE, _FINDINGS, _COULD_NOT_RUN, _INTERRUPTED = 0, 1, 2, 130
# What is raised where the reader of our output, `head` for one, has seen enough.
_READER_GONE = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}

teach_click()


@group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="help.medgraph",
)
@click.version_option(__version__, prog_name="medgraph", cls=Option, help="help.version")
@click.pass_context
def cli(context: click.Context) -> None:
    """Print the three lines to begin with where no command is given."""
    if context.invoked_subcommand is None:
        emit(say("three_lines") + "\n")


for command in (
    *demo.COMMANDS,
    *reports.COMMANDS,
    *files.COMMANDS,
    *questions.nouns({"referrals": records.REFERRALS}),
    *recipes.COMMANDS,
    *proposals.COMMANDS,
    *maps.COMMANDS,
    *comparisons.COMMANDS,
    *reconciling.COMMANDS,
    *audits.COMMANDS,
    *boards.COMMANDS,
    *asking.COMMANDS,
    *scores.COMMANDS,
    *drafts.COMMANDS,
    *stores.COMMANDS,
    *doctor.COMMANDS,
    *syncing.COMMANDS,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 fine, 1 findings, 2 could not run, 130 interrupted."""
    _plain_streams()
    with speaking(asked_language(arguments) or language()):
        code = _run(arguments)
    sys.exit(code if isinstance(code, int) else _FINE)


def _run(arguments: Sequence[str] | None) -> object:
    """Run the command line; whatever is raised becomes a sentence and its exit code."""
    try:
        # A name with brackets in it is itself, on Windows too.
        code = cli.main(
            arguments, prog_name="medgraph", standalone_mode=False, windows_expand_args=False
        )
        sys.stdout.flush()
        return code
    except SystemExit:  # click's own answer where a pipe is closed, and to nothing else
        _silence(sys.stdout)
        return _FINE
    except (Exception, KeyboardInterrupt) as error:
        if _is_reader_gone(error):
            _silence(sys.stdout)
            return _FINE
        return _explained(error)


def _explained(error: BaseException) -> int:
    """Say what went wrong, where stderr can still be written to, and return the exit code."""
    try:
        return _explain(error)
    except OSError:
        _silence(sys.stderr)
        return _COULD_NOT_RUN
    finally:
        _silence_if_full(sys.stdout)


def _explain(error: BaseException) -> int:
    """Print what went wrong and return the exit code."""
    match error:
        case click.exceptions.Abort() | KeyboardInterrupt():
            say_error(say("interrupted"))
            return _INTERRUPTED
        case click.ClickException():
            said = io.StringIO()
            error.show(said)
            note(said.getvalue().rstrip("\n"))
        case MedGraphError():
            say_error(str(error), getattr(error, "problems", ()), getattr(error, "__notes__", ()))
        case OSError() if error.strerror or error.filename:
            reason = error.strerror or str(error)
            say_error(say("system_error", path=error.filename or say("the_output"), reason=reason))
        case MemoryError():
            say_error(say("no_memory"))
        case _:
            _say_fault(error)
    # What is withheld is a finding: the file may be truncated.
    return _FINDINGS if isinstance(error, WithheldError) else _COULD_NOT_RUN


def _say_fault(error: BaseException) -> None:
    """Say that the program itself is at fault, and where the details are for those who mend it."""
    from medgraph.cli.fault_report import fault_lines, write_fault

    written = write_fault(error)
    if written is not None:
        say_error(say("own_fault", kind=type(error).__name__, path=written))
        return
    say_error(say("own_fault_unwritten", kind=type(error).__name__), notes=fault_lines(error))


def _is_reader_gone(error: BaseException) -> bool:
    return isinstance(error, OSError) and not error.filename and error.errno in _READER_GONE


def _silence(stream: TextIO) -> None:
    """Send what is left in a stream nowhere: at the end Python would try, and fail, once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _silence_if_full(stream: TextIO) -> None:
    try:
        stream.flush()
    except OSError:
        _silence(stream)


def _plain_streams() -> None:
    """Write UTF-8 into pipes and files whatever the locale; a console may lack characters.

    A stream that was closed before we began swallows what it gets.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
