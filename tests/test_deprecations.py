"""What is deprecated says so, names what to use instead, and works as before (docs/versions.md).

In Python it is a name whose docstring has `.. deprecated:: VERSION` and whose example uses it as before; in the shell a
command or an option with click's `deprecated="use …"`. Each stands first in its line under Deprecated in the changelog.
"""

from __future__ import annotations

import doctest
import inspect
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from tests.public_names import PublicCallable, public_callables
from tools.site.commands import commands

CHANGELOG = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
DIRECTIVE = re.compile(r"^\s*\.\. deprecated::", re.MULTILINE)


def named_under(heading: str, changelog: str) -> set[str]:
    """Return the names that begin the lines under a heading of any release."""
    parts = re.findall(rf"^### {heading}\n((?:.*\n)*?)(?=^#|\Z)", changelog, re.MULTILINE)
    return {name for part in parts for name in re.findall(r"^- `([^`]+)`", part, re.MULTILINE)}


def deprecated_callables() -> list[PublicCallable]:
    return [one for one in public_callables() if DIRECTIVE.search(one.value.__doc__ or "")]


def deprecated_words() -> Iterator[tuple[str, bool | str]]:
    """Yield each deprecated command and option, with what it says."""
    for context in commands(cli, click.Context(cli, info_name="medgraph")):
        if context.command.deprecated:
            yield context.command_path, context.command.deprecated
        for parameter in context.command.params:
            if said := getattr(parameter, "deprecated", False):
                yield f"{context.command_path} {parameter.opts[0]}", said


def faults(value: Callable[..., object]) -> list[str]:
    """Say what is wrong with a deprecated callable: its example is run as it stands."""
    runner = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        names = {**vars(inspect.getmodule(value)), value.__name__: value}
        for example in doctest.DocTestFinder(recurse=False).find(value, globs=names):
            runner.run(example, out=lambda _: None)
    told = [one for one in caught if issubclass(one.category, DeprecationWarning)]
    found = [] if runner.tries and not runner.failures else ["it does not work as before"]
    return found if told else [*found, "it does not warn"]


def test_what_the_code_calls_deprecated_the_changelog_names():
    in_code = {one.name for one in deprecated_callables()} | {
        name for name, _ in deprecated_words()
    }
    assert in_code == named_under("Deprecated", CHANGELOG) - named_under("Removed", CHANGELOG)


def test_it_warns_and_works():
    assert {
        one.name: faults(one.value) for one in deprecated_callables() if faults(one.value)
    } == {}


def test_a_command_says_what_to_use_instead():
    assert [name for name, said in deprecated_words() if not isinstance(said, str)] == []


# -- the rule itself, as nothing need be deprecated today ------------------------------------------


def kept(number: int) -> int:
    """Double a number.

    .. deprecated:: 0.2
        Use `doubled`.

    >>> kept(2)
    4
    """
    warnings.warn("use doubled", DeprecationWarning, stacklevel=2)
    return 2 * number


def silent(number: int) -> int:
    """Double a number.

    .. deprecated:: 0.2
        Use `doubled`.

    >>> silent(2)
    4
    """
    return 2 * number


def test_who_keeps_the_rule_and_who_breaks_it():
    assert DIRECTIVE.search(inspect.getdoc(kept) or "")
    assert faults(kept) == []
    assert faults(silent) == ["it does not warn"]

    def broken(number: int) -> int:
        warnings.warn("use doubled", DeprecationWarning, stacklevel=2)
        return 3 * number

    broken.__doc__ = kept.__doc__.replace("kept", "broken")
    assert faults(broken) == ["it does not work as before"]


def test_the_lines_under_deprecated_are_found():
    text = "## 0.2\n\n### Deprecated\n\n- `mg.old`: use `mg.new`.\n- `medgraph old`\n\n### Fixed\n\n- `mg.read`\n"
    assert named_under("Deprecated", text) == {"mg.old", "medgraph old"}
    assert named_under("Removed", text) == set()


@pytest.mark.parametrize("said", ["use new", "--new"])
def test_a_deprecated_command_runs_and_warns_on_stderr(said, monkeypatch):
    old = click.Command("old", callback=lambda: click.echo("done"), deprecated=said)
    monkeypatch.setitem(cli.commands, "old", old)
    result = CliRunner().invoke(cli, ["old"])
    assert (result.exit_code, result.stdout) == (0, "done\n")
    assert said in result.stderr
