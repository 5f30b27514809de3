"""What is installed here: the libraries medgraph stands on, its extras, and the memory there is.

Everything is read from what the installer wrote; no library is imported for it.
"""

from __future__ import annotations

import ctypes
import os
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^]]*\])?\s*(?P<asked>[^;]*)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
# Not told of one by one: the sum of the others, and the extras for who builds medgraph.
PASSED_OVER = frozenset({"all", "audit", "dev", "docs"})


@dataclass(frozen=True)
class Library:
    """A library that an extra, or without one the core, asks for: its version here and those asked.

    `version` is None where the library is missing.
    """

    name: str
    asked: str
    version: str | None
    extra: str = ""


@dataclass(frozen=True)
class Memory:
    """Bytes of memory: all there is, and what is free; None where the system does not say."""

    total: int | None = None
    free: int | None = None


def libraries() -> list[Library]:
    """Return every library that the core and its extras ask for, as this installation states it."""
    lines = metadata.requires("medgraph") or []
    found = [_library(line) for line in lines]
    return [library for library in found if library.name != "medgraph"]


def _library(line: str) -> Library:
    requirement, marked = _REQUIREMENT.match(line), _EXTRA.search(line)
    assert requirement is not None, "an installer writes no other lines"
    name = requirement["name"]
    extra = marked[1] if marked else ""
    return Library(name, requirement["asked"].strip(), installed_version(name), extra)


def installed_version(name: str) -> str | None:
    """Return the version of an installed library, or None where it is missing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def extras() -> dict[str, list[Library]]:
    """Return the libraries of each extra for users, by its name."""
    found: dict[str, list[Library]] = {}
    for library in libraries():
        if library.extra and library.extra not in PASSED_OVER:
            found.setdefault(library.extra, []).append(library)
    return dict(sorted(found.items()))


def memory() -> Memory:
    """Return how much memory this machine has, and how much of it is free."""
    if os.name == "nt":
        return _memory_of_windows()
    stated = Path("/proc/meminfo")
    if stated.exists():
        return _memory_of_linux(stated.read_text(encoding="ascii"))
    return Memory(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))


def _memory_of_linux(text: str) -> Memory:
    """Read what the kernel says, in units of 1,024 bytes."""
    kilobytes = dict(re.findall(r"^(\w+):\s+(\d+) kB", text, re.MULTILINE))
    stated = [kilobytes.get(name) for name in ("MemTotal", "MemAvailable")]
    return Memory(*(int(number) * 1024 if number else None for number in stated))


def _memory_of_windows() -> Memory:
    class Status(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            ("total", ctypes.c_uint64),
            ("free", ctypes.c_uint64),
            ("others", ctypes.c_uint64 * 5),
        ]

    status = Status(length=ctypes.sizeof(Status))
    kernel = ctypes.CDLL("kernel32.dll")
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return Memory()
    return Memory(status.total, status.free)
