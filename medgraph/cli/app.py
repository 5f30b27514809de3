"""Assemble the command line, and turn every expected error into a sentence and exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from medgraph._version import __version__
from medgraph.cli import audits, comparisons, drafts, files, maps, records, reports, scores, stores
from medgraph.cli import demo as first_steps
from medgraph.cli import verbs as questions
from medgraph.cli.common import say_error
from medgraph.errors import MedGraphError, WithheldError
from medgraph.words.say import say, speaking


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say("help.medgraph"),
)
@click.version_option(__version__, prog_name="medgraph")
@click.pass_context
def cli(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(say("three_lines"))


for command in (
    *first_steps.COMMANDS,
    *reports.COMMANDS,
    *files.COMMANDS,
    *questions.commands(),
    *maps.COMMANDS,
    *comparisons.COMMANDS,
    *audits.COMMANDS,
    *scores.COMMANDS,
    *drafts.COMMANDS,
    *stores.COMMANDS,
):
    cli.add_command(command)

for command in records.REFERRALS:
    cli.commands["referrals"].add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 fine, 1 findings, 2 could not run."""
    _plain_streams()
    try:
        code = cli.main(arguments, prog_name="medgraph", standalone_mode=False)
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (
        click.exceptions.Abort,
        click.ClickException,
        MedGraphError,
        OSError,
        MemoryError,
    ) as error:
        with speaking(getattr(error, "lang", None)):
            code = _told(error)
    sys.exit(code if isinstance(code, int) else 0)


def _told(error: Exception) -> int:
    """Say what went wrong, and return the exit code."""
    match error:
        case click.exceptions.Abort():
            say_error(say("interrupted"))
        case click.ClickException():
            error.show()
        case MedGraphError():
            say_error(str(error), getattr(error, "problems", ()), getattr(error, "__notes__", ()))
        case OSError():
            say_error(
                say("system_error", path=error.filename or "", reason=error.strerror or str(error))
            )
        case MemoryError():
            say_error(say("no_memory"))
    return (
        1 if isinstance(error, WithheldError) else 2
    )  # withheld is a finding: the file may be truncated


def _plain_streams() -> None:
    """Write UTF-8 into pipes and files whatever the locale, and never fail on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="replace", newline="\n"
            )
