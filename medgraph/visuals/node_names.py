"""Name the nodes of a picture: in full, in short, and areas that only the register knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import register
from medgraph.words.languages import choose
from medgraph.words.lexicon import short_name
from medgraph.words.stamps import in_words, stamps_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork

# The columns of names, the first that is stated; short names are stated in Chinese alone.
_NAMES = {"zh": ("name",), "en": ("name_en", "name")}
_STATED_SHORT_NAMES = {"zh": True, "en": False}
_SHARE = 10  # where more than one node in so many is asked for, all are named at once and kept


def stamps(net: MedicalNetwork) -> tuple[str, ...]:
    """Return what every output of a network must show: that it is sample data, and the like."""
    return stamps_of(net.meta)


def unit_of(net: MedicalNetwork) -> str:
    """Return whose network it is; of synthetic data, that it is synthetic; empty where unsaid."""
    return in_words(net.meta.get("unit", ""))


def names(net: MedicalNetwork, ids: Iterable[str], lang: str) -> dict[str, str]:
    """Return a full name for each id in a language, as far as one is stated; else the id."""
    ids = list(ids)
    named = names_at(net, net.index.positions(ids), lang)
    return {id: name or id for id, name in zip(ids, named, strict=True)}


def names_at(net: MedicalNetwork, positions: Positions, lang: str) -> list[str | None]:
    """Return the full name of each of these nodes in a language; None where none is stated."""
    chosen = pa.array(positions, mask=np.asarray(positions) < 0)
    found: list[str | None] = every_name(net, lang).take(chosen).to_pylist()
    return found


def every_name(net: MedicalNetwork, lang: str) -> pa.Array:
    """Return the full names of all nodes in a language by position, null where none is stated."""
    columns = choose(lang, _NAMES)

    def every() -> pa.Array:
        stated = [net.index.values(column) for column in columns]
        return pc.coalesce(*[pc.if_else(pc.not_equal(one, ""), one, None) for one in stated])

    return net.index.once(("names", columns), every)


def shared_names(net: MedicalNetwork, lang: str) -> frozenset[str]:
    """Return the full names, in a language, that more than one node has."""
    columns = choose(lang, _NAMES)

    def shared() -> frozenset[str]:
        return frozenset(_more_than_once(every_name(net, lang)))

    return net.index.once(("shared names", columns), shared)


def shared_short_names(net: MedicalNetwork, lang: str) -> frozenset[str]:
    """Return the short names, in a language, that more than one node has."""

    def shared() -> frozenset[str]:
        every = _every_short_name(net, lang)
        unnamed = net.index.ids.filter(every.is_null())
        called = pa.concat_arrays(
            [every, pa.array(map(short_name, unnamed.to_pylist()), pa.string())]
        )
        return frozenset(_more_than_once(called))

    return net.index.once(("shared short names", lang), shared)


def _more_than_once(texts: pa.Array) -> list[str]:
    counted = pc.value_counts(texts.drop_null())
    values, counts = counted.field("values"), counted.field("counts")
    several: list[str] = values.filter(pc.greater(counts, 1)).to_pylist()
    return several


def short_names(net: MedicalNetwork, ids: Iterable[str], lang: str) -> dict[str, str]:
    """Return the short name for each id: as stated, else the full name without its ending."""
    ids = list(dict.fromkeys(ids))
    found = short_names_at(net, net.index.positions(ids), lang)
    return {id: name or short_name(id) for id, name in zip(ids, found, strict=True)}


def short_names_at(net: MedicalNetwork, positions: Positions, lang: str) -> list[str | None]:
    """Return the short name of each of these nodes; None where no name is stated."""
    if len(positions) * _SHARE < len(net.index):
        return _short_names_at(net, positions, lang)
    chosen = pa.array(positions, mask=np.asarray(positions) < 0)
    found: list[str | None] = _every_short_name(net, lang).take(chosen).to_pylist()
    return found


def _every_short_name(net: MedicalNetwork, lang: str) -> pa.Array:
    """The short names of all nodes in a language, by position; null where no name is stated."""

    def every() -> pa.Array:
        return pa.array(_short_names_at(net, np.arange(len(net.index)), lang), pa.string())

    return net.index.once(("short names", lang), every)


def _short_names_at(net: MedicalNetwork, positions: Positions, lang: str) -> list[str | None]:
    full = names_at(net, positions, lang)
    if not choose(lang, _STATED_SHORT_NAMES):
        return [name and short_name(name) for name in full]
    stated = net.index.take("short_name", positions).to_pylist()
    return [own or (name and short_name(name)) for name, own in zip(full, stated, strict=True)]


def area_names(net: MedicalNetwork, codes: Iterable[str], lang: str) -> dict[str, str]:
    """Return the name of each area code, as the network has it, else as the register has it."""
    codes = sorted({code for code in codes if code})
    found = {code: name for code, name in names(net, codes, lang).items() if name != code}
    return register.names(code for code in codes if code not in found and code.isdigit()) | found
