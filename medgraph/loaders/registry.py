"""Find the format of a source or a target, by scheme, content or suffix; read, load, write.

A format is a file and a row of `FORMATS`; its suffix is in `medgraph.suffixes`.
"""

from __future__ import annotations

import importlib
import mmap
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph import suffixes as known
from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel.left_rows import without_doubts
from medgraph.graphmodel.validate import faults, listed, origin_place
from medgraph.loaders.fhir.terms import SCHEMES as FHIR_SCHEMES
from medgraph.loaders.store.address import SCHEMES
from medgraph.shown_places import without_credentials
from medgraph.words.say import problem, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.changes import Change
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.capacity import Losses
    from medgraph.loaders.loaded import Loaded
    from medgraph.loaders.store.merging import Report


@dataclass(frozen=True)
class Format:
    """A way to store a network: its `module` has `load(source, lenient=)` and `write(net, target)`.

    `folder` is the suffix of the files by which a folder is known to hold this format.
    `recognised_by` names a module and a function that knows the format by what is in the file.
    `options` are what `write` takes besides, `reading` what `load` takes. One that `restates` has
    `restate(net, source, stated, target)` too, which changes what is stated of the whole and leaves
    the rest of a file as it is. One that is `lossy` has `part_held(net)`: what of a network its
    files say, and what they do not. Files of other systems are never replaced: those that we wrote
    hold the `mark`.
    """

    name: str
    module: str
    suffixes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    folder: str = ""
    recognised_by: tuple[str, str] | None = None
    options: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    restates: bool = False
    lossy: bool = False
    mark: bytes = b""
    keeps_scenarios: bool = False

    @property
    def code(self) -> Any:
        """The module, imported only now: most formats need a heavy library."""
        return importlib.import_module(self.module)

    def has_mark(self, path: Path) -> bool:
        """Whether a file of this format, in which others write too, was written by us."""
        from medgraph.loaders.workbooks.recognition import is_marked

        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
            return held.find(self.mark) >= 0 or is_marked(path)

    def recognises(self, path: Path) -> bool:
        """Whether what is in a file or folder shows that it is of this format."""
        if self.recognised_by is None:
            return False
        module, function = self.recognised_by
        return bool(getattr(importlib.import_module(module), function)(path))


CSV = Format(
    "csv",
    "medgraph.loaders.formats.csv_folder",
    suffixes=(known.CSV,),
    folder=known.CSV,
    restates=True,
)
# Workbooks that were not made for us are read by a guess or a mapping, and never written.
FOREIGN = Format(
    "foreign",
    "medgraph.loaders.foreign",
    recognised_by=("medgraph.loaders.workbooks.recognition", "is_foreign"),
    reading=("mapping",),
)
# A plan is read as the network after its changes, and never written as a network.
PLAN = Format(
    "plan",
    "medgraph.loaders.plan_file",
    recognised_by=("medgraph.loaders.plan_file", "is_plan"),
)
FORMATS: tuple[Format, ...] = (
    CSV,
    Format(
        "edges",
        "medgraph.loaders.graphs.edge_list",
        suffixes=known.EDGE_LISTS,
        recognised_by=("medgraph.loaders.graphs.edge_list", "is_edge_list"),
        reading=("mapping",),
        lossy=True,
        mark=b"source_kind",
    ),
    Format(
        "workbook",
        "medgraph.loaders.workbooks.workbook",
        suffixes=known.WORKBOOKS,
        recognised_by=("medgraph.loaders.workbooks.recognition", "is_template"),
        restates=True,
    ),
    Format(
        "fhir",
        "medgraph.loaders.fhir.directory_file",
        suffixes=known.FHIR,
        recognised_by=("medgraph.loaders.fhir.resources", "recognises"),
        options=("shape",),
        reading=("keep_source",),
        lossy=True,
    ),
    Format(
        "dhis2",
        "medgraph.loaders.registers.dhis2",
        suffixes=(known.DHIS2,),
        recognised_by=("medgraph.loaders.registers.dhis2", "is_dhis2"),
        reading=("mapping", "facility_level"),
        lossy=True,
        mark=b"medgraph:",
    ),
    Format(
        "ods",
        "medgraph.loaders.registers.ods",
        suffixes=(known.NHS_ODS,),
        recognised_by=("medgraph.loaders.registers.ods", "is_ods"),
    ),
    Format(
        "fhir server",
        "medgraph.loaders.fhir.live",
        schemes=FHIR_SCHEMES,
        options=("shape",),
        reading=("keep_source",),
    ),
    Format("nodelink", "medgraph.loaders.formats.node_link", suffixes=(known.JSON,)),
    Format(
        "graphml",
        "medgraph.loaders.graphs.graphml",
        suffixes=(known.GRAPHML,),
        recognised_by=("medgraph.loaders.graphs.graphml", "is_graphml"),
        reading=("mapping",),
        mark=b"medgraph",
    ),
    Format(
        "gexf",
        "medgraph.loaders.graphs.gexf",
        suffixes=(known.GEXF,),
        recognised_by=("medgraph.loaders.graphs.gexf", "is_gexf"),
        reading=("mapping",),
        mark=b"medgraph",
    ),
    Format(
        "gml",
        "medgraph.loaders.graphs.gml",
        suffixes=(known.GML,),
        recognised_by=("medgraph.loaders.graphs.gml", "is_gml"),
        reading=("mapping",),
        mark=b"medgraph",
    ),
    Format(
        "pajek",
        "medgraph.loaders.graphs.pajek",
        suffixes=(known.PAJEK,),
        recognised_by=("medgraph.loaders.graphs.pajek", "is_pajek"),
        reading=("mapping",),
        lossy=True,
        mark=b"% medgraph",
    ),
    Format(
        "parquet",
        "medgraph.loaders.formats.parquet",
        suffixes=(known.PARQUET,),
        folder=known.PARQUET,
    ),
    Format(
        "snapshot",
        "medgraph.loaders.formats.snapshot",
        suffixes=(known.SNAPSHOT,),
        options=("made_from",),
        restates=True,
    ),
    Format(
        "geopackage",
        "medgraph.loaders.geo.geopackage",
        suffixes=(known.GEOPACKAGE,),
        recognised_by=("medgraph.loaders.geo.geopackage", "is_geopackage"),
        mark=b"medgraph",
    ),
    Format("shapefile", "medgraph.loaders.geo.vector_file", suffixes=(known.SHAPEFILE,)),
    Format(
        "geojson",
        "medgraph.loaders.formats.geojson",
        suffixes=(known.GEOJSON,),
        recognised_by=("medgraph.loaders.formats.geojson", "is_geojson"),
        lossy=True,
        mark=b'"medgraph"',
    ),
    Format(
        "neo4j",
        "medgraph.loaders.store.neo4j_store",
        schemes=SCHEMES,
        options=("accept_endings",),
        keeps_scenarios=True,
    ),
    PLAN,
    FOREIGN,
)


def read(
    source: str | Path,
    *,
    mapping: str | Path | None = None,
    facility_level: int | None = None,
    keep_source: bool = False,
    lenient: bool = False,
) -> MedicalNetwork:
    """Read a network from a folder of CSV, a workbook or another known format.

    Parameters
    ----------
    source
        A file, a folder, or the address of a shared store; its suffix, scheme or content says the
        format.
    mapping
        A TOML file that says what other people's columns mean.
    facility_level
        The level from which on the units of DHIS2 are facilities; None: the deepest.
    keep_source
        Keep what is not read of a resource of FHIR as JSON in the attribute `fhir`; contacts never.
    lenient
        Load the sound rows of a source with errors.

    Returns
    -------
    MedicalNetwork
        The network; rows left out and warnings are in what `load` returns. A facility whose days or
        status could not be read may be at work or not: its status is `?`.

    Raises
    ------
    SourceError
        With every problem and its place, where there is no network.

    Examples
    --------
    >>> import tempfile
    >>> import medgraph as mg
    >>> folder = tempfile.TemporaryDirectory()
    >>> mg.write(mg.samples.taizhou(), folder.name + "/plan.mgz")
    >>> mg.read(folder.name + "/plan.mgz")
    <MedicalNetwork 4 groups, 3 alliances, 58 facilities, 43 areas; data day 2023-10-25>
    """
    return load(
        source,
        mapping=mapping,
        facility_level=facility_level,
        keep_source=keep_source,
        lenient=lenient,
    ).asked()


def load(
    source: str | Path,
    *,
    mapping: str | Path | None = None,
    facility_level: int | None = None,
    keep_source: bool = False,
    lenient: bool = False,
) -> Loaded:
    """Read a source and account for it: the network or None, every problem, every row.

    Raise SourceError where there is nothing to read: no such file, no known format.
    """
    stated = None if mapping is None else _existing(mapping)
    found = format_of_source(source) if stated is None else _mapped(source, stated)
    given = {
        "mapping": stated,
        "facility_level": facility_level,
        "keep_source": keep_source or None,
    }
    options = {name: given[name] for name in found.reading if given[name] is not None}
    return _told_if_empty(found.code.load(_place(source), **options, lenient=lenient))


def _told_if_empty(loaded: Loaded) -> Loaded:
    """Warn of a network without any node: an export that broke off looks like that."""
    if loaded.network is None or len(loaded.network.tables[0]):
        return loaded
    return replace(loaded, problems=(*loaded.problems, problem("W038")))


def _mapped(source: str | Path, mapping: Path) -> Format:
    """The format of a source that is read by a mapping: a register or graph, else other files."""
    from medgraph.loaders.registers.meaning import is_meaning

    found = _by_content(_existing(source))
    if found is None or "mapping" not in found.reading or not is_meaning(mapping):
        return FOREIGN
    return found


def write(
    net: MedicalNetwork,
    target: str | Path,
    *,
    made_from: str | Path | None = None,
    accept_endings: int | None = None,
    shape: str | None = None,
) -> Report | Losses | None:
    """Write a network; what was there before is whole until the new is complete.

    Parameters
    ----------
    net
        The network; a status `?` is not stated in the file.
    target
        Says the format by its scheme or suffix; a name without one is a folder of CSV.
    made_from
        The file or folder the network was read from. A snapshot remembers it, and is refused once
        it has changed.
    accept_endings
        How many endings a shared store may carry out; without it a load that would end very much
        is withheld.
    shape
        How a directory in FHIR is written: `mcsd` (default) or `plan-net`.

    Returns
    -------
    Report, Losses or None
        What a shared store added, changed and ended; what a file cannot say (docs/interchange.md);
        None for a file that says everything.

    Raises
    ------
    TargetError
        Where the target cannot be written, its format is unknown, it is a workbook that was not
        made for us, or the network has an error for which the file would not be read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import medgraph as mg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mg.write(mg.samples.taizhou(), folder)
    ...     sorted(file.name for file in pathlib.Path(folder).iterdir())[:3]
    ['areas.csv', 'authorities.csv', 'centres.csv']
    """
    found = format_of_target(target)
    never_onto_other(target)
    given = {
        "made_from": made_from or None,
        "accept_endings": accept_endings,
        "shape": shape,
    }
    options = {name: given[name] for name in found.options if given[name] is not None}
    net = without_doubts(net)
    _refuse_what_is_not_read_back(net, target)
    report: Report | Losses | None = found.code.write(net, _place(target), **options)
    return report


def _refuse_what_is_not_read_back(net: MedicalNetwork, target: str | Path) -> None:
    """Raise TargetError where reading what would be written refuses it, for an error in it."""
    wrong = [fault for fault in faults(*net.tables) if fault.code.startswith("E")]
    if wrong:
        errors = listed(wrong, origin_place(*net.tables))
        count = sum(len(fault.rows) for fault in wrong)
        place = without_credentials(str(target))
        raise TargetError(say("not_read_back", path=place, count=count, first=str(errors[0])))


def write_changes(
    net: MedicalNetwork, changes: Sequence[Change], target: str | Path
) -> Report | Losses | None:
    """Write a network after changes; a scenario in a shared store keeps the changes alone.

    Return what `write` returns.
    """
    found = format_of_target(target)
    if found.keeps_scenarios and found.code.is_scenario(str(target)):
        found.code.store_scenario(changes, str(target))
        return None
    return write(net.applying(changes), target)


def restate(
    net: MedicalNetwork,
    source: str | Path,
    stated: Mapping[str, str | None],
    target: str | Path | None = None,
) -> str:
    """Write `net` with these statements where it was read from, or to `target`; return the place.

    A table keeps all its other cells; a file of another format is written anew. None takes a
    statement away.
    """
    target = target or source
    found = format_of_source(source)
    if found.restates and found is format_of_target(target):
        never_onto_other(target)
        place: str = found.code.restate(net, Path(source), stated, Path(target))
        return place
    new = net.with_meta(**stated)
    format_ = format_of_target(target)
    never_onto_other(target)
    held = format_.code.part_held(new).network if format_.lossy else new
    if any(held.meta.get(key) != text for key, text in stated.items()):
        raise TargetError(say("no_statements", path=target))
    write(new, target)
    return without_credentials(str(target))


def elsewhere(source: str | Path, output: str | Path | None) -> str | Path | None:
    """Return where to write instead of into the source; None where that is the source itself."""
    if output is None or Path(output).resolve() == Path(source).resolve():
        return None
    return output


def never_onto_foreign(source: str | Path, target: str | Path) -> None:
    """Raise TargetError where `target` is a workbook of somebody else that is being read."""
    if _by_scheme(source) is None and Path(source).is_dir():
        return  # which may hold files that only a mapping can read
    if _by_scheme(target) is None and format_of_source(source) is FOREIGN:
        FOREIGN.code.never_onto(source, target)


def never_onto_other(target: str | Path) -> None:
    """Raise TargetError where a network would replace a plan, or a workbook not made for us."""
    path = Path(target)
    has_content = _by_scheme(target) is None and path.is_file() and path.stat().st_size
    if not has_content:
        return
    found = _by_content(path)
    if found is FOREIGN:
        raise TargetError(say("target_of_others", path=path.name))
    if found is PLAN:
        raise TargetError(say("plan_is_no_target", path=path.name))
    if found is not None and found.mark and not found.has_mark(path):
        raise TargetError(say("register_of_others", path=path.name))


def format_of_source(source: str | Path) -> Format:
    """Return the format of a source that exists; raise SourceError that lists the known ones."""
    if addressed := _by_scheme(source):
        return addressed
    path = _existing(source)
    found = _by_content(path) or _by_suffix(path) or _by_files_in(path)
    is_empty = path.is_file() and not path.stat().st_size
    if is_empty and found is not CSV:  # a table of that name is one without rows
        raise SourceError(say("file_is_empty", path=path.name))
    if found is None:
        key = "nothing_in_folder" if path.is_dir() else "unknown_format"
        raise SourceError(say(key, path=path, known=_known()))
    return found


def format_of_target(target: str | Path) -> Format:
    """Return the format that a target asks for; raise TargetError that lists the known ones."""
    path = Path(target)
    if found := _by_scheme(target) or _by_suffix(path):
        if str(target).endswith(("/", os.sep)) and not (found.schemes or found.folder):
            raise TargetError(say("target_is_folder", path=target, suffix=path.suffix))
        return found
    if path.suffix and not path.is_dir():
        raise TargetError(say("unknown_format", path=path, known=_known()))
    return CSV


def _by_scheme(source: str | Path) -> Format | None:
    """The format of an address; a mistyped one is refused, or a folder would bear its password."""
    text = str(source)
    for found in FORMATS:
        if text.lower().startswith(tuple(f"{scheme}:" for scheme in found.schemes)):
            return found
    scheme, sign, _ = text.partition("://")
    if sign:
        raise SourceError(say("unknown_format", path=scheme + sign, known=_known()))
    return None


def _by_content(path: Path) -> Format | None:
    return next((f for f in FORMATS if f.recognises(path)), None)


def _by_suffix(path: Path) -> Format | None:
    """The format with the longest suffix that a name ends in: `.dhis2.json` before `.json`."""
    name = path.name.lower()
    ends = [(len(end), f) for f in FORMATS for end in f.suffixes if _ends(name, end)]
    return max(ends, key=lambda one: one[0])[1] if ends else None


def _ends(name: str, suffix: str) -> bool:
    return name.endswith(suffix) and name != suffix


def _by_files_in(path: Path) -> Format | None:
    if not path.is_dir():
        return None
    return next((f for f in FORMATS if f.folder and any(path.glob(f"*{f.folder}"))), None)


def _place(source: str | Path) -> str | Path:
    return str(source) if _by_scheme(source) else Path(source)


def _existing(source: str | Path) -> Path:
    path = Path(source)
    if not path.exists():
        raise SourceError(say("no_source", path=without_credentials(str(source))))
    return path


def _known() -> str:
    suffixes = [suffix for found in FORMATS for suffix in found.suffixes]
    schemes = [f"{scheme}://" for found in FORMATS for scheme in found.schemes]
    return ", ".join([*suffixes, *schemes])
