"""Assemble the command line, and turn every expected error into a sentence and exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from medgraph._version import __version__
from medgraph.cli import (
    audits,
    comparisons,
    drafts,
    files,
    first_steps,
    maps,
    questions,
    records,
    reports,
    scores,
    stores,
)
from medgraph.cli.common import say_error
from medgraph.errors import MedGraphError, WithheldError
from medgraph.messages import say


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]},
             help=say("help.medgraph"))
@click.version_option(__version__, prog_name="medgraph")
@click.pass_context
def cli(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(say("three_lines"))


for command in (*first_steps.COMMANDS, *reports.COMMANDS, *files.COMMANDS, *questions.commands(), *maps.COMMANDS,
                *comparisons.COMMANDS, *audits.COMMANDS, *scores.COMMANDS, *drafts.COMMANDS, *stores.COMMANDS):
    cli.add_command(command)

for command in records.REFERRALS:
    cli.commands["referrals"].add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 fine, 1 findings, 2 could not run."""
    _plain_streams()
    try:
        code = cli.main(arguments, prog_name="medgraph", standalone_mode=False)
    except click.exceptions.Abort:
        say_error(say("interrupted"))
        code = 2
    except click.ClickException as error:
        error.show()
        code = 2
    except WithheldError as error:  # a finding: the file may be truncated
        say_error(str(error))
        code = 1
    except MedGraphError as error:
        say_error(str(error), getattr(error, "problems", ()), getattr(error, "__notes__", ()))
        code = 2
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        say_error(say("system_error", path=error.filename or "", reason=error.strerror or str(error)))
        code = 2
    except MemoryError:
        say_error(say("no_memory"))
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _plain_streams() -> None:
    """Write UTF-8 into pipes and files whatever the locale, and never fail on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace", newline="\n")
