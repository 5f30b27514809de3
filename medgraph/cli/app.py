"""Assemble the command line, and turn every expected error into a sentence and exit code 2."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from medgraph._version import __version__
from medgraph.cli import (
    asking,
    audits,
    comparisons,
    demo,
    drafts,
    files,
    maps,
    questions,
    records,
    reports,
    scores,
    stores,
)
from medgraph.cli.console import emit, say_error
from medgraph.cli.language import Option, asked_language, group, teach_click
from medgraph.errors import MedGraphError, WithheldError
from medgraph.words.say import language, say, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

EXPECTED = (
    click.exceptions.Abort,
    click.ClickException,
    MedGraphError,
    OSError,
    MemoryError,
)

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
    *maps.COMMANDS,
    *comparisons.COMMANDS,
    *audits.COMMANDS,
    *asking.COMMANDS,
    *scores.COMMANDS,
    *drafts.COMMANDS,
    *stores.COMMANDS,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 fine, 1 findings, 2 could not run."""
    _plain_streams()
    with speaking(asked_language(arguments) or language()):
        code = _run(arguments)
    sys.exit(code if isinstance(code, int) else 0)


def _run(arguments: Sequence[str] | None) -> object:
    """Run the command line; an expected error becomes a sentence and its exit code."""
    try:
        return cli.main(arguments, prog_name="medgraph", standalone_mode=False)
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except EXPECTED as error:
        _explain(error)
        # What is withheld is a finding: the file may be truncated.
        return 1 if isinstance(error, WithheldError) else 2


def _explain(error: Exception) -> None:
    """Print what went wrong."""
    match error:
        case click.exceptions.Abort():
            say_error(say("interrupted"))
        case click.ClickException():
            error.show()
        case MedGraphError():
            say_error(str(error), getattr(error, "problems", ()), getattr(error, "__notes__", ()))
        case OSError():
            reason = error.strerror or str(error)
            say_error(say("system_error", path=error.filename or "", reason=reason))
        case MemoryError():
            say_error(say("no_memory"))


def _plain_streams() -> None:
    """Write UTF-8 into pipes and files whatever the locale; a console may lack characters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")
