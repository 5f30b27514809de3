"""Bound the memory and the processor time of a process on Windows, by a job object."""

from __future__ import annotations

import ctypes
from typing import Any

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x2, 0x100, 0x2000
_TICKS = 10_000_000  # Windows counts time in tenths of a microsecond


class _Basic(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def limits_of(size: int, seconds: int) -> _Extended:
    """Return what Windows is told: so many bytes, and seconds of the processor, for a process.

    And that the process ends with the last handle of the job.
    """
    limits = _Extended(process_memory=size)
    limits.basic.per_process_user_time = seconds * _TICKS
    limits.basic.flags = _PROCESS_TIME | _PROCESS_MEMORY | _KILL_ON_CLOSE
    return limits


class Job:
    """A job that holds a process and all that it starts; when it is let go, they are ended."""

    def __init__(self, process: int, size: int, seconds: int) -> None:
        """Take the handle of a process that waits, and the bytes and seconds that it may have.

        It goes on once it is held: nothing that it starts is outside. Raise OSError where Windows
        refuses.
        """
        kernel: Any = _library("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        self._close = kernel.CloseHandle
        self._handle = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits, held = limits_of(size, seconds), ctypes.c_void_p(process)
        stated = ctypes.byref(limits), ctypes.sizeof(limits)
        is_held = (
            self._handle
            and kernel.SetInformationJobObject(self._handle, _EXTENDED_LIMITS, *stated)
            and kernel.AssignProcessToJobObject(self._handle, held)
        )
        if not is_held:
            raise OSError(getattr(ctypes, "get_last_error")(), "job")  # noqa: B009
        _library("ntdll").NtResumeProcess(held)

    def __del__(self) -> None:
        self._close(self._handle)


def _library(name: str, **how: bool) -> Any:
    """A library of Windows; elsewhere ctypes has no door to one."""
    return getattr(ctypes, "WinDLL")(name, **how)  # noqa: B009
