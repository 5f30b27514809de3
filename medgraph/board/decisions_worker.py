"""Read the decisions of a file that somebody gave, in a process of its own; print them as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from medgraph.errors import MedGraphError
from medgraph.loaders import decisions
from medgraph.words.say import speaking


def main(source: Path, lang: str) -> None:
    """Print the decisions of a review, or why it holds none."""
    with speaking(lang):
        try:
            told: dict[str, Any] = {"decisions": [one._asdict() for one in decisions.read(source)]}
        except (MedGraphError, OSError) as error:
            told = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode("utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
