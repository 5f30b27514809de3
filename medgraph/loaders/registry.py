"""Find the format of a source or a target, by scheme, suffix, or what a folder holds; read, load, write."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError, TargetError
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.store.address import SCHEMES, without_credentials
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.changes import Change
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.store.merging import Report


@dataclass(frozen=True)
class Format:
    """A way to store a network: its `module` has `load(source, lenient=)` and `write(net, target)`.

    `folder` is the suffix of the files by which a folder is known to hold this format.
    """

    name: str
    module: str
    suffixes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    folder: str = ""

    @property
    def code(self) -> Any:
        return importlib.import_module(self.module)


FORMATS: tuple[Format, ...] = (
    Format("csv", "medgraph.loaders.formats.csv_folder", suffixes=(".csv",), folder=".csv"),
    Format("workbook", "medgraph.loaders.workbooks.workbook", suffixes=(".xlsx", ".xlsm")),
    Format("nodelink", "medgraph.loaders.formats.node_link", suffixes=(".json",)),
    Format("graphml", "medgraph.loaders.formats.graphml", suffixes=(".graphml",)),
    Format(
        "parquet", "medgraph.loaders.formats.parquet", suffixes=(".parquet",), folder=".parquet"
    ),
    Format("snapshot", "medgraph.loaders.formats.snapshot", suffixes=(".mgz",)),
    Format("geojson", "medgraph.loaders.formats.geojson", suffixes=(".geojson",)),
    Format("neo4j", "medgraph.loaders.store.neo4j_store", schemes=SCHEMES),
)
# Workbooks that were not made for us are read by a guess or a mapping, and never written.
_FOREIGN = Format("foreign", "medgraph.loaders.foreign", suffixes=(".xls", ".et"))
_TABLES = (".csv", ".xlsx", ".xlsm", ".xls", ".et")


def read(
    source: str | Path, *, mapping: str | Path | None = None, lenient: bool = False
) -> MedicalNetwork:
    """Read a network from a folder of CSV, a workbook or another known format.

    `mapping` is a TOML file that says what other people's columns mean; `lenient` loads the sound rows of a
    source with errors. Raise SourceError with every problem and its place where there is no network.
    """
    return load(source, mapping=mapping, lenient=lenient).require()


def load(source: str | Path, *, mapping: str | Path | None = None, lenient: bool = False) -> Loaded:
    """Read a source and account for it: the network or None, every problem, rows in, loaded and left out.

    Raise SourceError where there is nothing to read: no such file, no known format.
    """
    if mapping is not None:
        messy = importlib.import_module("medgraph.loaders.foreign.mapping").is_messy_mapping(
            _there(mapping)
        )
        code = importlib.import_module(
            "medgraph.loaders.foreign" if messy else "medgraph.loaders.foreign.mapped_files"
        )
        return code.load(_there(source), mapping=_there(mapping), lenient=lenient)
    return format_of_source(source).code.load(_source(source), lenient=lenient)


def write(
    net: MedicalNetwork,
    target: str | Path,
    *,
    made_from: str | Path | None = None,
    accept_endings: int | None = None,
) -> Report | None:
    """Write a network; `target` says the format by its scheme or suffix, a name without one is a folder of CSV.

    What was there before is whole until the new is complete. A snapshot remembers the file or folder it was
    `made_from`, and is refused once that has changed. A shared store reports what it added, changed and ended; it
    withholds a load that would end very much, unless `accept_endings` allows for so many. Raise TargetError.
    """
    found = format_of_target(target)
    options = {"made_from": made_from} if made_from and found.name == "snapshot" else {}
    if accept_endings is not None and found.name == "neo4j":
        options = {"accept_endings": accept_endings}
    return found.code.write(net, _source(target), **options)


def write_changes(net: MedicalNetwork, changes: list[Change], target: str | Path) -> None:
    """Write a network after changes; a scenario in a shared store (`?base=`) keeps the changes alone."""
    code = format_of_target(target).code
    if hasattr(code, "is_scenario") and code.is_scenario(str(target)):
        code.store_scenario(changes, str(target))
    else:
        write(net.applying(changes), target)


def format_of_source(source: str | Path) -> Format:
    """Return the format of a source that exists; raise SourceError that lists the known ones."""
    if found := _by_scheme(source):
        return found
    path = _there(source)
    if _is_foreign(path):
        return _FOREIGN
    if path.is_dir() and not (found := _by_suffix(path)):
        found = next((f for f in FORMATS if f.folder and any(path.glob(f"*{f.folder}"))), None)
        if found is None:
            raise SourceError(say("nothing_in_folder", path=path, known=_known()))
    found = found or _by_suffix(path)
    if found is None:
        raise SourceError(say("unknown_format", path=path, known=_known()))
    return found


def format_of_target(target: str | Path) -> Format:
    """Return the format that a target asks for; raise TargetError that lists the known ones."""
    path = Path(target)
    if found := _by_scheme(target) or _by_suffix(path):
        return found
    if path.suffix and not path.is_dir():
        raise TargetError(say("unknown_format", path=path, known=_known()))
    return FORMATS[0]


def _is_foreign(path: Path) -> bool:
    """Whether a workbook, a CSV, or a folder of them has no table called as ours are."""
    from medgraph.graphmodel.schema import table_named

    if path.is_dir():
        files = [f for f in path.iterdir() if f.is_file() and not f.name.startswith(".")]
        if any(f.suffix.lower() not in _TABLES and _by_suffix(f) for f in files):
            return False
        tables = [f for f in files if f.suffix.lower() in _TABLES]
        return bool(tables) and not any(table_named(f.stem) for f in tables) and not _has_own(path)
    if path.suffix.lower() in _FOREIGN.suffixes or path.name.startswith("~$"):
        return True
    if path.suffix.lower() == ".csv":
        return table_named(path.stem) is None
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return not importlib.import_module("medgraph.loaders.foreign").is_ours(path)
    return False


def _has_own(folder: Path) -> bool:
    """Whether a write that took effect left its tables in the folder."""
    from medgraph.graphmodel.schema import table_named
    from medgraph.loaders.atomic import tables_of

    return any(table_named(f.stem) for f in tables_of(folder, ".csv"))


def _by_scheme(source: str | Path) -> Format | None:
    """The format of an address; of a mistyped one, too, whose password would else become the name of a folder."""
    text = str(source)
    found = next(
        (f for f in FORMATS for scheme in f.schemes if text.lower().startswith(f"{scheme}:")), None
    )
    scheme, sign, _ = text.partition("://")
    if sign and found is None:
        raise SourceError(say("unknown_format", path=scheme + sign, known=_known()))
    return found


def _by_suffix(path: Path) -> Format | None:
    return next((f for f in FORMATS if path.suffix.lower() in f.suffixes), None)


def _source(source: str | Path) -> Any:
    return str(source) if _by_scheme(source) else Path(source)


def _there(source: str | Path) -> Path:
    path = Path(source)
    if not path.exists():
        raise SourceError(say("no_source", path=without_credentials(str(source))))
    return path


def _known() -> str:
    words = [
        *(s for f in FORMATS for s in f.suffixes),
        *(f"{s}://" for f in FORMATS for s in f.schemes),
    ]
    return ", ".join(words)
