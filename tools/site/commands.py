"""The reference of commands, from what `--help` says."""

from __future__ import annotations

from collections.abc import Iterator

import click

from medgraph.cli import cli
from medgraph.words.say import speaking
from tools.site.markdown import block

TITLES = {
    "en": ("Commands and options", "What `--help` prints, command by command."),
    "zh": ("命令和选项", "各命令 `--help` 的全文。"),
}


def commands(group: click.Group, parent: click.Context) -> Iterator[click.Context]:
    """Yield the context of every command that does something, nouns taken apart."""
    for name, command in group.commands.items():
        context = click.Context(command, info_name=name, parent=parent, max_content_width=96)
        if isinstance(command, click.Group):
            yield from commands(command, context)
        else:
            yield context


def page(lang: str) -> str:
    """Return the reference of all commands in a language."""
    title, intro = TITLES[lang]
    with speaking(lang):
        root = click.Context(cli, info_name="medgraph", max_content_width=96, terminal_width=96)
        parts = [f"# {title}\n\n{intro}\n\n", block("text", cli.get_help(root))]
        for context in commands(cli, root):
            parts.append(f"## {context.command_path}\n\n")
            parts.append(block("text", context.command.get_help(context)))
    return "".join(parts)
