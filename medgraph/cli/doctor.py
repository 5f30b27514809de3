"""What this installation can do, and what it lacks: `medgraph doctor`."""

from __future__ import annotations

import locale
import platform
import shutil
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from medgraph._version import __version__
from medgraph.cli.console import emit
from medgraph.cli.language import command
from medgraph.cli.options import format_option
from medgraph.installation import extras, libraries, memory
from medgraph.json_text import json_text
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_GIGABYTE = 10**9


@command(help="help.doctor")
@format_option(("table", "json"), default="table")
def doctor(format_: str) -> None:
    """Say what is installed, and what an extra would add."""
    found = found_here()
    emit(json_text(found) if format_ == "json" else "\n".join(lines(found)) + "\n")


def found_here() -> dict[str, Any]:
    """Return what is found on this machine, as JSON writes it."""
    here = memory()
    return {
        "medgraph": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "encoding": {
            "console": sys.stdout.encoding,
            "files": sys.getfilesystemencoding(),
            "locale": locale.getencoding(),
        },
        "memory": {"total": here.total, "free": here.free},
        "font": chinese_font(),
        "java": shutil.which("java") is not None,
        "libraries": [
            {"name": library.name, "asked": library.asked, "version": library.version}
            for library in libraries()
            if not library.extra
        ],
        "extras": [
            {
                "extra": name,
                "for": say(f"doctor.extra.{name}"),
                "missing": [library.name for library in asked if library.version is None],
            }
            for name, asked in extras().items()
        ],
    }


def chinese_font() -> str | None:
    """Return the font that Chinese is set in on paper; None where none is found, or no typst."""
    if find_spec("typst") is None:
        return None
    from medgraph.visuals.typesetting import CHINESE, families

    return next((family for family in families() if family in CHINESE), None)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield what is found as lines for people."""
    yield f"medgraph {found['medgraph']}, Python {found['python']}, {found['system']}"
    yield say("doctor.encoding", **found["encoding"])
    yield _memory_line(**found["memory"])
    yield _font_line(found["font"])
    yield ""
    yield say("doctor.core")
    for library in found["libraries"]:
        version = library["version"] or say("doctor.missing")
        yield f"  {library['name']} {version} ({library['asked']})"
    yield ""
    yield say("doctor.extras")
    for extra in found["extras"]:
        yield _extra_line(extra)


def _memory_line(total: int | None, free: int | None) -> str:
    shown = [
        say("doctor.unknown") if size is None else f"{size / _GIGABYTE:.1f} GB"
        for size in (free, total)
    ]
    return say("doctor.memory", free=shown[0], total=shown[1])


def _font_line(font: str | None) -> str:
    if font:
        return say("doctor.font", font=font)
    return say("doctor.no_typst" if find_spec("typst") is None else "doctor.no_font")


def _extra_line(extra: dict[str, Any]) -> str:
    name, purpose, missing = extra["extra"], extra["for"], extra["missing"]
    if missing:
        return say("doctor.extra_missing", extra=name, purpose=purpose, missing=", ".join(missing))
    return say("doctor.extra_there", extra=name, purpose=purpose)


COMMANDS = (doctor,)
