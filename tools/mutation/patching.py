"""Change the functions of a module that is loaded into those of its mutant, in place."""

from __future__ import annotations

import gc
import inspect
from pathlib import Path
from types import CodeType, FunctionType

Place = tuple[str, int]


class NotInPlaceError(Exception):
    """What changes is no body of a function: the module has to be loaded anew."""


def live_functions(folder: Path) -> dict[str, list[FunctionType]]:
    """List the functions that are loaded, by the file that they stand in."""
    functions: dict[str, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(str(folder)):
            functions.setdefault(thing.__code__.co_filename, []).append(thing)
    return functions


def patch(file: Path, source: str, functions: list[FunctionType]) -> None:
    """Give every function of a file its changed body."""
    before = compile(file.read_text(encoding="utf-8"), str(file), "exec")
    after = compile(source, str(file), "exec")
    changed = _changed(before, after)
    for function in functions:
        place = function.__code__.co_qualname, function.__code__.co_firstlineno
        if place in changed:
            _replace(function, changed[place])


def _replace(function: FunctionType, code: CodeType) -> None:
    try:
        function.__code__ = code
    except ValueError as error:  # another number of outer variables
        raise NotInPlaceError from error


def _changed(before: CodeType, after: CodeType) -> dict[Place, CodeType]:
    """Return the bodies that differ, by name and line."""
    old, new = _bodies(before), _bodies(after)
    if old.keys() != new.keys():
        raise NotInPlaceError
    changed = {place: new[place] for place in new if old[place] != new[place]}
    if any(not _is_body(old[place]) and _own(old[place]) != _own(new[place]) for place in changed):
        raise NotInPlaceError
    return {place: code for place, code in changed.items() if _is_body(code)}


def _bodies(code: CodeType) -> dict[Place, CodeType]:
    found = {(code.co_qualname, code.co_firstlineno): code}
    for inner in _inner(code):
        for place, body in _bodies(inner).items():
            if place in found and found[place] != body:
                raise NotInPlaceError  # two of one name on one line
            found[place] = body
    return found


def _inner(code: CodeType) -> list[CodeType]:
    return [thing for thing in code.co_consts if isinstance(thing, CodeType)]


def _is_body(code: CodeType) -> bool:
    """Whether code is that of a function: of a module and a class it has run already."""
    return bool(code.co_flags & inspect.CO_OPTIMIZED)


def _own(code: CodeType) -> tuple[object, ...]:
    """Return what a body itself does, without the bodies inside it."""
    constants = tuple("code" if isinstance(thing, CodeType) else thing for thing in code.co_consts)
    return code.co_code, repr(constants), code.co_names, code.co_varnames
