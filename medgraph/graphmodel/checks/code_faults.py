"""Check codes: of areas, of institutions, of facility types; and areas that are not listed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import abolished_codes, codes
from medgraph.graphmodel.arrays.chunks import mask_of, rows_of
from medgraph.graphmodel.arrays.lookups import entries_of, is_among
from medgraph.words.vocabularies import FACILITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.checks.fault import Part, Said, TableFault


def codes_of_nodes(nodes: Part) -> Iterator[TableFault]:
    """Find codes that are not built as their standard says."""
    areas = rows_of(pc.equal(nodes.table["kind"], "Area"))
    judge = cache(codes.area_code_fault)  # the same codes are ids, areas and parents
    doubtful = codes.doubtful_area_codes
    yield from _judged(nodes, "E020", "id", judge, among=areas, doubtful=doubtful)
    yield from _judged(nodes, "E020", "area", judge, doubtful=doubtful)
    yield from _judged(nodes, "E020", "parent", judge, doubtful=doubtful)
    yield from _short_codes(nodes, areas)
    yield from _abolished_codes(nodes, areas)
    yield from _judged(nodes, "E021", "uscc", codes.uscc_fault)
    yield from _judged(nodes, "E022", "institution_code", codes.institution_code_fault)
    yield from _judged(nodes, "E023", "organisation_code", codes.organisation_fault)
    yield from _unknown_facility_codes(nodes)


def _short_codes(nodes: Part, areas: Positions) -> Iterator[TableFault]:
    """Areas whose code lacks its zeros."""
    ids = nodes.table["id"].take(pa.array(areas))
    lengths = pa.array(codes.SHORT_LENGTHS, pa.int32())
    is_number = pc.match_substring_regex(ids, r"^\d+$")
    is_short = pc.and_(is_number, pc.is_in(pc.utf8_length(ids), value_set=lengths))
    yield from nodes.fault_at("W020", "id", areas[rows_of(is_short)])


def _abolished_codes(nodes: Part, areas: Positions) -> Iterator[TableFault]:
    """Codes of counties that are no more, of what lasts."""
    is_area = np.zeros(len(nodes), bool)
    is_area[areas] = True
    lasts = mask_of(nodes.column("valid_to", pa.date32()).is_null())
    for name, among in (("id", is_area & lasts), ("area", lasts), ("parent", lasts)):
        if not nodes.has(name):
            continue
        old = [text for text in entries_of(nodes.table[name]).to_pylist() if _is_abolished(text)]
        if old:
            is_old = is_among(nodes.table[name], pa.array(old, pa.string()))
            yield from nodes.fault("W024", name, is_old & among, _what_followed(nodes, name))


def _is_abolished(text: str | None) -> bool:
    if text is None or not text.isdecimal() or len(text) < abolished_codes.DIGITS:
        return False
    return abolished_codes.abolished(text) is not None


def _what_followed(nodes: Part, column: str) -> Said:
    def said(row: int) -> dict[str, str]:
        code = str(nodes.text(column, row))
        found = abolished_codes.abolished(code)
        assert found is not None, "only such codes are told"
        heirs = abolished_codes.heirs_in_words(code)
        return {"value": code, "name": found.name, "year": found.year, "heirs": heirs}

    return said


def _unknown_facility_codes(nodes: Part) -> Iterator[TableFault]:
    if not nodes.has("ws218"):
        return
    of_types = {type.ws218 for type in FACILITY_TYPES.values() if type.ws218}
    known = pa.array(sorted(codes.WS218 | of_types), pa.string())
    yield from nodes.fault("W023", "ws218", ~is_among(nodes.table["ws218"], known, or_null=True))


def _judged(
    nodes: Part,
    fault: str,
    name: str,
    judge: Callable[[str], str],
    *,
    among: Positions | None = None,
    doubtful: Callable[[pa.Array], pa.Array] | None = None,
) -> Iterator[TableFault]:
    """Codes that `judge` finds wrong; every distinct code that is `doubtful` is judged once."""
    if not nodes.has(name):
        return
    column = nodes.table[name] if among is None else nodes.table[name].take(pa.array(among))
    texts = entries_of(column)
    if doubtful is not None:
        texts = doubtful(texts)
    judged = {text: judge(text) for text in texts.to_pylist() if text}
    why = {text: reason for text, reason in judged.items() if reason}
    if not why:
        return
    rows = np.flatnonzero(is_among(column, pa.array(list(why), pa.string())))

    def said(row: int) -> dict[str, str]:
        text = str(nodes.text(name, row))
        return {"value": text, "why": codes.explain(why[text])}

    yield from nodes.fault_at(fault, name, rows if among is None else among[rows], said)


def unlisted_areas(nodes: Part) -> Iterator[TableFault]:
    """Find, where areas are listed, facilities in an area neither listed nor above a listed one."""
    is_area = mask_of(pc.equal(nodes.table["kind"], "Area"))
    if not nodes.has("area") or not is_area.any():
        return
    known = _with_areas_above(nodes.table["id"].filter(pa.array(is_area)))
    lost = np.flatnonzero(~is_among(nodes.table["area"], known, or_null=True))
    texts = nodes.table["area"].take(pa.array(lost))
    impossible = [
        code
        for code in pc.unique(texts.cast(pa.string())).to_pylist()
        if codes.area_code_fault(code)
    ]
    has_other_fault = is_among(texts, pa.array(impossible, pa.string()))
    yield from nodes.fault_at("W041", "area", lost[~has_other_fault])


def _with_areas_above(ids: pa.ChunkedArray) -> pa.ChunkedArray:
    """The codes with those of all areas above them."""
    chunks = list(ids.chunks)
    for length in codes.SHORT_LENGTHS:
        zeros = "0" * (codes.FULL_LENGTH - length)
        above = pc.binary_join_element_wise(pc.utf8_slice_codeunits(ids, 0, length), zeros, "")
        chunks.append(pc.unique(above))
    return pa.chunked_array(chunks, pa.string())
