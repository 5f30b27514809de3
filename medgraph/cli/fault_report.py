"""Write down a fault of the program for those who mend it, with nothing of the data in it."""

from __future__ import annotations

import datetime
import os
import platform
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph._version import __version__
from medgraph.suffixes import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = "site-packages"


def write_fault(error: BaseException) -> Path | None:
    """Write where an error arose into a new file and return its path; None where none can be made.

    What the error says is left out: it may quote a cell. So are arguments and folders of the
    machine, which may name a person.
    """
    moment = datetime.datetime.now().strftime("%Y%m%d-%H%M%S-")
    text = "".join(f"{line}\n" for line in (*_versions(), "", *fault_lines(error)))
    try:
        handle, name = tempfile.mkstemp(prefix=f"medgraph-fault-{moment}", suffix=TEXT)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return Path(name)


def _versions() -> Iterator[str]:
    yield f"medgraph {__version__}"
    yield f"python {platform.python_version()}"
    yield f"system {platform.system()} {platform.release()} {platform.machine()}"


def fault_lines(error: BaseException) -> list[str]:
    """Return the types of an error and of its causes, each with its places in the code."""
    lines: list[str] = []
    found: BaseException | None = error
    while found is not None:
        lines.append(f"{type(found).__module__}.{type(found).__qualname__}")
        for frame in traceback.extract_tb(found.__traceback__):
            lines.append(f"  {_in_package(frame.filename)}:{frame.lineno} {frame.name}")
        found = found.__cause__ or found.__context__
    return lines


def _in_package(file: str) -> str:
    """The path of a file of code without the folders of the machine."""
    parts = Path(file).parts
    for root in (_PACKAGES, "medgraph"):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last + (root == _PACKAGES) :])
    return parts[-1] if parts else file
