"""Read a file of text in whatever encoding it was saved, and the TOML or JSON in it."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.parser_faults import told
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(content: bytes, file: Path) -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-8, UTF-16 by its mark, else GB18030."""
    try:
        if content.startswith(_UTF_16_MARKS):
            return content.decode("utf-16"), "UTF-16"
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030"), "GB18030"
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(say("not_text", path=file, line=line)) from error


def read_text(path: Path) -> str:
    """Return the text of a file; raise SourceError where it is none."""
    return decode(_content(path), path)[0]


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says; raise SourceError where it is none."""
    try:
        return tomllib.loads(read_text(path))
    except SourceError:
        raise
    except (ValueError, RecursionError) as error:  # no TOML, a number without end, or too deep
        raise SourceError(say("not_toml", path=path, reason=told(error))) from error


def read_json(path: Path) -> Any:
    """Return what a JSON file says; raise SourceError where it is none, or says NaN."""
    try:
        text = read_text(path)
        data = json.loads(text, parse_constant=_no_number)
        check_characters(text, data)
        return data
    except SourceError:
        raise
    except (ValueError, RecursionError) as error:
        raise SourceError(say("bad_table", path=path, reason=told(error))) from error


def check_characters(written: str, data: Any) -> None:
    """Raise UnicodeEncodeError where what JSON holds is no text.

    A half of a surrogate pair, which JSON can write and no other format can, is no character.
    """
    if _SURROGATE.search(written):
        json.dumps(data, ensure_ascii=False).encode("utf-8")


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise SourceError(say("no_file", path=path))
    return path.read_bytes()


def _no_number(text: str) -> None:
    raise ValueError(text)
