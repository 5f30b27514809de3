"""The same words in the shell: `medgraph NOUN [VERB] SOURCE [OPTIONS]`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; an interrupt while it is still being imported is quiet too."""
    try:
        from medgraph.cli import app
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    app.main(arguments)


def __getattr__(name: str) -> Any:
    """Import the commands only when they are asked for: `cli`."""
    if name != "cli":
        raise AttributeError(name)
    from medgraph.cli.app import cli

    return cli
