"""Name the nodes of a picture: in full, in short, and areas that only the register knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import register
from medgraph.words.languages import choose
from medgraph.words.lexicon import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.network import MedicalNetwork

# The columns of names, the first that is stated; short names are stated in Chinese alone.
_NAMES = {"zh": ("name",), "en": ("name_en", "name")}
_STATED_SHORT_NAMES = {"zh": True, "en": False}


def stamps(net: MedicalNetwork) -> tuple[str, ...]:
    """Return what every output of a network must show: that it is sample data, and the like."""
    parts = [part.strip() for part in net.meta.get("stamp", "").split("|")]
    return tuple(part for part in parts if part)


def names(net: MedicalNetwork, ids: Iterable[str], lang: str) -> dict[str, str]:
    """Return a full name for each id in a language, as far as one is stated; else the id."""
    ids = list(ids)
    positions = net.index.positions(ids)
    columns = choose(lang, _NAMES)
    found = [net.index.take(column, positions).to_pylist() for column in columns]
    return {
        id: next((text for text in texts if text), id)
        for id, *texts in zip(ids, *found, strict=True)
    }


def short_names(net: MedicalNetwork, ids: Iterable[str], lang: str) -> dict[str, str]:
    """Return the short name for each id: as stated, else the full name without its ending."""
    full = names(net, ids, lang)
    stated = net.index.take("short_name", net.index.positions(list(full))).to_pylist()
    use_stated = choose(lang, _STATED_SHORT_NAMES)
    return {
        id: own if own and use_stated else short_name(name)
        for (id, name), own in zip(full.items(), stated, strict=True)
    }


def area_names(net: MedicalNetwork, codes: Iterable[str], lang: str) -> dict[str, str]:
    """Return the name of each area code, as the network has it, else as the register has it."""
    codes = sorted({code for code in codes if code})
    found = {code: name for code, name in names(net, codes, lang).items() if name != code}
    return register.names(code for code in codes if code not in found and code.isdigit()) | found
