"""Write into a source that a table, or a part of one, lists all there is, or does not."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.errors import OptionError, TargetError
from medgraph.graphmodel.completeness import (
    LINKS,
    Completeness,
    is_part,
    lines_of,
    own_declaration,
)
from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.named_tables import nearest_parts, part_named
from medgraph.loaders import registry
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork


@dataclass(frozen=True)
class Written:
    """What was declared of which part, what stood there before, and where it is written."""

    part: str
    before: Completeness
    now: Completeness
    place: str


def declare(
    source: str | Path,
    table: str,
    state: str | None,
    *,
    by: str = "",
    on: datetime.date | None = None,
    clause: str = "",
    output: str | Path | None = None,
) -> Written:
    """Declare a table or part complete or partial in the file it was read from, or in `output`.

    Parameters
    ----------
    source
        The file or folder.
    table
        A table or part in people's words: `members`, 成员, `links.MEMBER_OF.G1`, 机构.
    state
        `complete`, `partial`, or None, which takes a declaration back.
    by
        The office that declares it; no person.
    on
        The day of the declaration; default: the data day, else today.
    clause
        The clause or document it rests on.
    output
        Where to write instead; default: into the source.

    Raises
    ------
    OptionError
        Where there is no such table; it names the nearest. Where there is nothing to take back.
    TargetError
        Where the file cannot be changed; it is whole.

    Examples
    --------
    >>> import tempfile
    >>> import medgraph as mg
    >>> folder = tempfile.TemporaryDirectory()
    >>> mg.write(mg.samples.taizhou(), folder.name)
    >>> written = declare(folder.name, "派驻", "complete", by="市卫健委")
    >>> written.part, bool(mg.read(folder.name).completeness("links.DISPATCHES"))
    ('links.DISPATCHES', True)
    """
    if output is not None:
        registry.never_onto_foreign(source, output)
    elif registry.format_of_source(source) is registry.FOREIGN:
        raise TargetError(say("declare_foreign", path=source))
    output = registry.elsewhere(source, output)
    net = registry.read(source)
    part = _part(net, table)
    day = on or net.data_day or datetime.date.today()
    now = Completeness(state, by, day.isoformat(), clause) if state else Completeness()
    before = own_declaration(net.meta, part)
    if state is None and not before.state:
        raise OptionError(say("declare_nothing", table=in_words(part)))
    stated = lines_of(part, now)
    lines = {key: text for key, text in stated.items() if text or net.meta.get(key)}
    place = registry.restate(net, source, lines, output)
    return Written(part, before, now, place)


def _part(net: MedicalNetwork, text: str) -> str:
    """The table or part that a text means, a list by the id of whose it is."""
    part = part_named(text)
    if part is None or not is_part(part, net.packed_tables[0]):
        raise OptionError(say("declare_unknown", value=text, nearest=nearest_parts(text)))
    names = part.split(".", 2)
    if names[0] == LINKS and len(names) > 2:
        names[2] = net.find(names[2])
    return ".".join(names)
