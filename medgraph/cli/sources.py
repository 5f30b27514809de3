"""Read what a command is asked about, and say on stderr what of it was not read."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from medgraph.cli.console import note, progress
from medgraph.words.say import problem, say

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.left_rows import LeftNodes
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.capacity import Losses
    from medgraph.loaders.loaded import Loaded
    from medgraph.loaders.store.merging import Report
    from medgraph.words.say import Problem

_ROWS_SHOWN = 20  # rows left out that a question names; `check` names them all
_ROWS_COMPARED = 10_000
_CELL = re.compile("![A-Z]+(?=[0-9]+$)")  # the column of a cell, whose row is named alone
_MERGED = "I098"  # rows that are of one thing
_ALL_MERGED = "I100"  # how many there are of them
_GUESSED = "W177"  # nobody confirmed how a workbook was read


def load_source(
    source: str,
    *,
    mapping: str | None = None,
    facility_level: int | None = None,
    keep_source: bool = False,
    lenient: bool = False,
) -> Loaded:
    """Load a source with the account of its rows."""
    from medgraph.loaders import registry
    from medgraph.loaders.side_files.column_mapping import is_of_side_files

    if mapping and is_of_side_files(mapping):
        mapping = None
    with progress(say("reading", source=source)):
        return registry.load(
            source,
            mapping=mapping,
            facility_level=facility_level,
            keep_source=keep_source,
            lenient=lenient,
        )


def read_source(
    source: str,
    *,
    mapping: str | None = None,
    lenient: bool = False,
    area: str | None = None,
    basis: str | None = None,
    facility_level: int | None = None,
    keep_source: bool = False,
) -> MedicalNetwork:
    """Read a network, the part in `area` where one is given; say what was left out."""
    net, _ = _read(
        source,
        mapping=mapping,
        lenient=lenient,
        area=area,
        basis=basis,
        facility_level=facility_level,
        keep_source=keep_source,
    )
    return net


def read_to_ask(source: str, **reading: Any) -> MedicalNetwork:
    """Read a network as `read_source` does; what its cells leave open is open in every answer."""
    net, _ = read_to_list(source, **reading)
    return net


def read_to_list(source: str, **reading: Any) -> tuple[MedicalNetwork, dict[str, Any]]:
    """Read a network as `read_to_ask` does, and what its audit has to know of rows left out."""
    from medgraph.graphmodel.left_rows import with_doubts

    net, loaded = _read(source, **reading)
    return with_doubts(net, loaded.left_nodes), loaded.left


def _read(
    source: str,
    *,
    mapping: str | None = None,
    lenient: bool = False,
    area: str | None = None,
    basis: str | None = None,
    facility_level: int | None = None,
    keep_source: bool = False,
) -> tuple[MedicalNetwork, Loaded]:
    """A network, the part in `area` where one is given, and what was loaded."""
    from medgraph.graphmodel.explicit import on_basis

    loaded = load_source(
        source,
        mapping=mapping,
        facility_level=facility_level,
        keep_source=keep_source,
        lenient=lenient,
    )
    net = on_basis(loaded.require(), basis)
    note_reading(loaded)
    return (net.within(area) if area else net), loaded


def read_both(before: str, after: str | None, **reading: Any) -> list[MedicalNetwork]:
    """Read the sides of a comparison: two networks, or the one whose days are compared."""
    return [net for net, _ in read_both_with_left_rows(before, after, **reading)]


def read_both_with_left_rows(
    before: str, after: str | None, **reading: Any
) -> list[tuple[MedicalNetwork, LeftNodes | None]]:
    """Read the sides of a comparison, each with the nodes of the rows that were left out of it."""
    sources = [before] if after is None else [before, after]
    both = [_read(source, **reading) for source in sources]
    return [(net, loaded.left_nodes) for net, loaded in both]


def note_reading(loaded: Loaded) -> None:
    """Say how a source was read: what was guessed or became one, is doubtful, or was left out."""
    note_guess(loaded)
    note_doubts(loaded)
    if loaded.left_out:
        _note_left_rows(loaded)
    _note_lost_cells(loaded)


def note_guess(loaded: Loaded) -> None:
    """Say that nobody confirmed how a workbook was read, and which rows became one."""
    merged = [found for found in loaded.problems if found.code == _MERGED]
    told = [found for found in loaded.problems if found.code in (_GUESSED, _ALL_MERGED)]
    for found in (*told, *merged[:_ROWS_SHOWN]):
        note(str(found))
    if len(merged) > _ROWS_SHOWN:
        note(say("merged_rows_more", count=len(merged) - _ROWS_SHOWN))


def note_doubts(loaded: Loaded) -> None:
    """Name the nodes of which nobody knows whether they are at work."""
    doubtful = loaded.left_nodes.doubtful if loaded.left_nodes else frozenset()
    if loaded.network is None or not doubtful:
        return
    shown = [loaded.network.name(id) for id in sorted(doubtful)[:_ROWS_SHOWN]]
    note(say("doubtful_nodes", count=len(doubtful), names=say("list_comma").join(shown)))


def note_report(report: Report | Losses | None) -> None:
    """Say what a shared store did, or what a file cannot say."""
    if report is not None:
        for line in (*report.findings, str(report)):
            note(line)


def _note_left_rows(loaded: Loaded) -> None:
    note(account(loaded))
    for line in left_rows(loaded, _ROWS_SHOWN):
        note(line)
    if len(loaded.left_rows) > _ROWS_SHOWN:
        note(say("left_rows_more", count=len(loaded.left_rows) - _ROWS_SHOWN))


def _note_lost_cells(loaded: Loaded) -> None:
    """Name the cells that nobody could read, in rows that were loaded without them."""
    left = {row.place for row in loaded.left_rows[:_ROWS_COMPARED]}
    lost = (found for found in loaded.errors if _CELL.sub("!", found.place) not in left)
    for found in islice(lost, _ROWS_SHOWN):
        note(str(found))


def account(loaded: Loaded) -> str:
    """Return the sentence that accounts for every row."""
    return say(
        "rows_accounted", rows_in=loaded.rows_in, loaded=loaded.loaded, left_out=loaded.left_out
    )


def left_rows(loaded: Loaded, most: int) -> list[str]:
    """Return a line with its reason for each of the first rows that a loaded network lacks."""
    if not loaded.network:
        return []
    shown = loaded.left_rows[:most]
    return [say("left_row", place=row.place, reason=row.reason) for row in shown]


def open_questions(net: MedicalNetwork | None, source: str | Path) -> list[Problem]:
    """Ask what a source leaves open: which tables list all there is, which columns are per cent."""
    return [*_absent(net), *undeclared(net, source), *_without_unit(net)]


def _absent(net: MedicalNetwork | None) -> list[Problem]:
    """Say once which data there is none of, instead of once for each facility."""
    from medgraph.graphmodel.headings import relations_in_words
    from medgraph.graphmodel.undeclared import absent_relations

    absent = absent_relations(net) if net is not None else []
    if not absent:
        return []
    return [problem("I099", value=relations_in_words(say("list_comma").join(absent)))]


def _without_unit(net: MedicalNetwork | None) -> list[Problem]:
    """Ask of each column of shares, once, whether it is in per cent."""
    from medgraph.graphmodel.per_cent import shares_without_unit

    found = shares_without_unit(net) if net is not None else {}
    return [problem("I097", value=column, cell=text) for column, text in found.items()]


def undeclared(net: MedicalNetwork | None, source: str | Path) -> list[Problem]:
    """Ask of the tables and relations of which nothing is stated whether they list all there is."""
    from medgraph.graphmodel.named_tables import called
    from medgraph.graphmodel.undeclared import undeclared_parts

    parts = [called(part) for part in undeclared_parts(net)] if net is not None else []
    if not parts:
        return []
    shown = f'"{source}"' if " " in str(source) else str(source)
    return [problem("I096", value=say("list_comma").join(parts), source=shown, first=parts[0])]


def is_foreign(source: str) -> bool:
    """Whether a source is a workbook of somebody else, which nothing is written into."""
    from medgraph.loaders import registry

    return "://" not in source and registry.format_of_source(source) is registry.FOREIGN


def never_onto_foreign(source: str, target: str) -> None:
    """Raise TargetError where `target` is a workbook of somebody else that is being read."""
    from medgraph.loaders import registry

    registry.never_onto_foreign(source, target)


def never_onto_source(source: str, target: str) -> None:
    """Raise TargetError where `target`, which is no network, would replace what is being read."""
    from medgraph.errors import TargetError
    from medgraph.loaders import registry

    if registry.elsewhere(source, target) is None:
        raise TargetError(say("tidy_not_itself", path=target))
    registry.never_onto_foreign(source, target)
