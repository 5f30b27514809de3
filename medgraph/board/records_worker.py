"""Count records that somebody gave, in a process of its own, and set their flows down."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.errors import MedGraphError
from medgraph.loaders.records.counting import counted
from medgraph.loaders.records.flow_files import set_down
from medgraph.words.say import speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEMORY = "1GB"  # of the counting; what is more goes to the disk


def main(records: Path, target: Path, options: str, lang: str) -> None:
    """Set the flows of a file or folder of records down in `target`; print what went wrong."""
    told: dict[str, str] = {}
    with speaking(lang):
        try:
            set_down(counted(records, memory=_MEMORY, **json.loads(options)), target)
        except (MedGraphError, OSError) as error:
            folders = (records.parent, target.parent)
            told = {"error": _without(folders, str(error))}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode("utf-8"))


def _without(folders: Sequence[Path], text: str) -> str:
    """A sentence without the folders in which files lie here, the inner one first."""
    for folder in folders:
        text = text.replace(f"{folder}{os.sep}", "")
    return text


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
