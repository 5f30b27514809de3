"""Read the CSV files of NHS ODS: 27 columns without a header, the same in every file."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.parsers import parsing
from medgraph.loaders.registers import ods_terms as terms
from medgraph.loaders.registers.ods_terms import Organisation, Relation
from medgraph.suffixes import CSV
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = 27
_CODE = re.compile(r"[A-Z0-9]{2,12}", re.ASCII)
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_STATUSES = {"A": "open", "ACTIVE": "open", "D": "suspended", "P": "planned", "C": "closed"}
_GP_PRACTICE = "4"  # the prescribing setting of a general practice
_ADDRESS = range(4, 9)
# What stands where, counted from 0.
_ICB, _POSTCODE, _OPENED, _CLOSED, _STATUS, _PARENT, _JOINED, _LEFT = 3, 9, 10, 11, 12, 14, 15, 16
_PHONE, _SETTING = 17, 25


class _File(NamedTuple):
    """What the rows of a file are: their primary role, and their relation to the parent column."""

    role: str
    parent: str = ""


_FILES = {
    "etr": _File("RO197"),
    "ets": _File("RO198", terms.OPERATED),
    "epraccur": _File("RO177", "RE4"),
    "ebranchs": _File("RO96", terms.OPERATED),
    "eccg": _File("RO98", terms.GEOGRAPHY),
    "ecare": _File("RO107"),
}


def is_ods_table(path: Path) -> bool:
    """Whether a CSV, or every CSV of a folder, is built as those of ODS are."""
    if path.is_dir():
        files = [file for file in path.iterdir() if file.suffix.lower() == CSV]
        return bool(files) and all(map(is_ods_table, files))
    if path.suffix.lower() != CSV or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            first = next(csv.reader(file), [])
    except (OSError, csv.Error):
        return False
    is_wide = len(first) == COLUMNS and _CODE.fullmatch(first[0]) is not None
    return is_wide and (not first[_OPENED] or _DAY.fullmatch(first[_OPENED]) is not None)


def read_tables(source: Path) -> tuple[list[Organisation], list[LeftRow]]:
    """Return the organisations of a file or of all files of a folder, and rows that are none."""
    files = sorted(source.glob(f"*{CSV}")) if source.is_dir() else [source]
    found, left = [], []
    for path in files:
        with parsing("not_ods_table", path), path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        known = next(
            (what for name, what in _FILES.items() if path.stem.startswith(name)), _File("")
        )
        for number, row in enumerate(rows, 1):
            row_place = f"[{number}]"
            if len(row) != COLUMNS or not row[0].strip():
                reason = say("ods_columns", found=len(row), expected=COLUMNS)
                left.append(LeftRow(f"{path.name}!{row_place}", reason))
            else:
                cells = [cell.strip() for cell in row]
                found.append(_organisation(cells, path.name, row_place, known))
    return found, left


def _organisation(row: list[str], file: str, place: str, known: _File) -> Organisation:
    kind = terms.kind_of_role(known.role)
    closed = _day(row[_CLOSED])
    is_practice = known.role == "RO177" and row[_SETTING] == _GP_PRACTICE
    fields = {
        "name": row[1],
        "type": terms.PRACTICE_TYPE if is_practice else "",
        "status": _status(row[_STATUS], closed) if kind == "Facility" else "",
        "valid_from": _day(row[_OPENED]),
        "valid_to": closed,
        "area": row[_ICB] if kind == "Facility" else "",
        "parent": row[_ICB] if kind == "Area" and row[_ICB] != row[0] else "",
        "address": ", ".join(row[column] for column in _ADDRESS if row[column]),
        "postcode": row[_POSTCODE],
        "ods_role": known.role,
        "prescribing_setting": row[_SETTING],
    }
    parent = Relation(
        known.parent, row[_PARENT], place, _day(row[_JOINED]) or None, _day(row[_LEFT]) or None
    )
    has_parent = known.parent and row[_PARENT]
    unread = {"telephone": 1} if row[_PHONE] else {}
    stated: dict[str, str | None] = {name: value for name, value in fields.items() if value}
    return Organisation(
        row[0],
        kind,
        stated,
        file,
        place,
        (parent,) if has_parent else (),
        unread=unread,
        odd_status="" if row[_STATUS].upper() in _STATUSES else row[_STATUS],
    )


def _status(text: str, closed: str) -> str:
    """The status that a letter stands for; a last day says more than that it is closed."""
    found = _STATUSES.get(text.upper(), "")
    return "" if closed and found == "closed" else found


def _day(text: str) -> str:
    """A day as we write it; any other text as it is, to be told."""
    found = _DAY.fullmatch(text)
    return "-".join(found.groups()) if found else text
