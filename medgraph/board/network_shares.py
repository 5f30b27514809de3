"""Tell a folder on a network share from one on a disk of this machine."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

_REMOTE_DRIVE = 4  # as GetDriveTypeW of Windows says it
_REMOTE_SYSTEMS = ("nfs", "cifs", "smb", "9p", "afs", "fuse.sshfs", "fuse.rclone", "davfs")
_MOUNTS = Path("/proc/mounts")


def is_on_a_share(path: Path) -> bool:
    """Whether a path lies on another machine; where nothing tells, it does not."""
    place = path.absolute()
    return _is_remote_drive(place) if os.name == "nt" else _is_remote_mount(place)


def _is_remote_drive(place: Path) -> bool:
    windows: Any = getattr(ctypes, "windll", None)
    is_address = place.drive.startswith("\\\\")
    return is_address or windows.kernel32.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE


def _is_remote_mount(place: Path) -> bool:
    if not _MOUNTS.exists():
        return False
    mounts = [line.split() for line in _MOUNTS.read_text(encoding="utf-8").splitlines()]
    holding = [mount for mount in mounts if place.is_relative_to(_unescaped(mount[1]))]
    system = max(holding, key=lambda mount: len(mount[1]))[2] if holding else ""
    return system.startswith(_REMOTE_SYSTEMS)


def _unescaped(mount: str) -> str:
    """A mount point with the blanks that the table writes as octal numbers."""
    return mount.replace("\\040", " ")
