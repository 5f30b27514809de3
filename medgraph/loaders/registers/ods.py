"""NHS ODS as a format: records of its interface in JSON, or its CSV files; only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from medgraph.errors import TargetError
from medgraph.loaders.json_content import has_key
from medgraph.loaders.registers.ods_csv import is_ods_table, read_tables
from medgraph.loaders.registers.ods_json import read_records
from medgraph.loaders.registers.ods_network import network_of
from medgraph.suffixes import CSV, JSON
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_RECORD = rb'"Organisation"\s*:\s*\{|"Organisations"\s*:\s*\['


def is_ods(path: Path) -> bool:
    """Whether a file, or every JSON or CSV of a folder, holds organisations of ODS."""
    if is_ods_table(path):
        return True
    if path.is_dir():
        files = _records_in(path)
        return bool(files) and all(has_key(file, _RECORD) for file in files)
    return has_key(path, _RECORD)


def _records_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() == JSON)


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a file or a folder of ODS; see `medgraph.loaders.registry.load`."""
    if is_ods_table(source) or source.suffix.lower() == CSV:
        organisations, left = read_tables(source)
        return network_of(organisations, source.name, left=left, lenient=lenient)
    organisations, left = [], []
    for file in _records_in(source) if source.is_dir() else [source]:
        found, none = read_records(file)
        organisations += found
        left += none
    return network_of(organisations, source.name, left=left, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> NoReturn:
    """Refuse: the register of England is written by nobody else."""
    raise TargetError(say("ods_read_only", path=target))
