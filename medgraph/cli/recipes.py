"""List the questions: each with its command, or with the Cypher that gives the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.cli.console import emit
from medgraph.cli.language import command, option
from medgraph.cli.options import format_option
from medgraph.json_text import json_text
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.queries.recipes import Recipe
    from medgraph.queries.verbs import Verb


@command(name="questions", help="help.questions")
@option("--cypher", is_flag=True, help="help.questions_cypher")
@format_option(["table", "json"])
def questions(cypher: bool, format_: str | None) -> None:
    """Print every question, or the Cypher of those that have one."""
    from medgraph.queries.recipes import recipes
    from medgraph.queries.verbs import VERBS

    if cypher:
        found = recipes().values()
        rows = [
            {"query": r.query, "parameters": [*r.parameters], "cypher": r.cypher} for r in found
        ]
        emit(json_text(rows) if format_ == "json" else "\n".join(map(_recipe_text, found)))
        return
    known = recipes()
    listed = [
        {
            "query": verb.name,
            "command": " ".join(_words(verb)),
            "asks": say(f"help.{verb.name}"),
            "cypher": verb.name in known,
        }
        for verb in VERBS
    ]
    if format_ == "json":
        emit(json_text(listed))
        return
    emit("".join(f"{row['command']}\n    {row['asks']}\n" for row in listed))


def _words(verb: Verb) -> Iterator[str]:
    """The command of a question as it is typed."""
    yield from ("medgraph", verb.noun, verb.function.replace("_", "-"), "SOURCE")
    if verb.subject:
        yield verb.subject.upper()


def _recipe_text(recipe: Recipe) -> str:
    """A recipe with what it answers in front, ready for cypher-shell."""
    asked = ", ".join(f"${name}" for name in recipe.parameters)
    return f"// {recipe.query} ({asked})\n{recipe.cypher.rstrip()};\n"


COMMANDS = (questions,)
