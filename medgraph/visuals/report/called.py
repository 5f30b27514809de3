"""Call nodes as the report does: by name alone where no other node has it, else with the id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.visuals.node_names import (
    every_name,
    names_at,
    shared_names,
    shared_short_names,
    short_names,
)
from medgraph.words.joining import BRACKET, BRACKETED, bracketed, listed
from medgraph.words.say import language, say
from medgraph.words.vocabularies import RELATIONS, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork


_BRACKETS = re.compile(f"({BRACKETED.pattern})")  # each, then what it holds, by the language
_GROUPS = 4  # pieces of a text: each bracket, its two groups, what is behind it
_KEPT = 50_000  # above so many, names of before are forgotten: those of a nation are not all held


class Names(tuple[str, ...]):
    """Several names in one cell: no line ends inside of one where there is room for it.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     str(Names(["A", "B"]))
    'A, B'
    """

    __slots__ = ()

    def __str__(self) -> str:
        return self[0] if len(self) == 1 else listed(self)


class Called:
    """What the nodes of a network are called, in the language of now."""

    def __init__(self, net: MedicalNetwork) -> None:
        self.net = net
        self._shared = shared_names(net, language())
        self._names: dict[str, tuple[str, str]] = {}
        self._shorts: dict[str, str] = {}

    def places(
        self, ids: Sequence[str], stated: Sequence[str], positions: Positions | None = None
    ) -> list[str]:
        """Return what each node is called; `stated` is the name of what is no node, empty without.

        `positions` are those of the ids, where they are known already.

        Examples
        --------
        >>> import medgraph as mg
        >>> from medgraph.words.say import speaking
        >>> with speaking("zh"):
        ...     Called(mg.samples.taizhou()).places(["TZ-H03", "331002"], ["", "椒江区"])
        ['台州市第一人民医院', '椒江区']
        """
        if positions is None:
            positions = self.net.index.positions(ids)
        each = zip(ids, self._at(positions), stated, strict=True)
        return [
            name if name and name != id else self._stated(id, otherwise)
            for id, name, otherwise in each
        ]

    def _stated(self, id: str, name: str) -> str:
        """What is called that which is no node, or has no name in the network."""
        if not name:
            return id
        return bracketed(name, id) if name in self._shared else name

    def places_at(self, positions: Positions) -> list[str]:
        """Return what the nodes at these positions are called, as `places` does."""
        found: list[str] = self._every_place.take(pa.array(positions)).to_pylist()
        return found

    def _at(self, positions: Positions) -> list[str | None]:
        """What the nodes at these positions are called; None where there is none."""
        chosen = pa.array(positions, mask=np.asarray(positions) < 0)
        found: list[str | None] = self._every_place.take(chosen).to_pylist()
        return found

    @property
    def _every_place(self) -> pa.Array:
        return self.net.index.once(("called", language()), self._every)

    def _every(self) -> pa.Array:
        """What all nodes are called, by position: the id of one without a name."""
        names, ids = every_name(self.net, language()), self.net.index.ids
        shared = pa.array(self._shared, pa.string())
        is_shared = pc.and_(pc.is_in(names, value_set=shared), pc.not_equal(names, ids))
        is_shared = pc.fill_null(is_shared, False)
        both = zip(
            names.filter(is_shared).to_pylist(), ids.filter(is_shared).to_pylist(), strict=True
        )
        told_apart = pa.array([bracketed(name, id) for name, id in both], pa.string())
        return pc.replace_with_mask(pc.coalesce(names, ids), is_shared, told_apart)

    def place(self, id: str, stated: str = "") -> str:
        """Return what one node is called, as `places` does."""
        return self._names_of(id)[1] or stated or id

    def several(self, values: Sequence[str]) -> list[Names]:
        """Return what nodes are called, by their short names; a value is ids with `|` between them.

        Examples
        --------
        >>> import medgraph as mg
        >>> from medgraph.words.say import speaking
        >>> with speaking("zh"):
        ...     Called(mg.samples.taizhou()).several(["TZ-H03|TZ-H02", ""])
        [('第一人民医院', '中心医院'), ()]
        """
        ids = {value: [id for id in str(value).split("|") if id] for value in set(values)}
        self._learn_shorts(id for several in ids.values() for id in several)
        told = {value: Names(map(self._shorts.__getitem__, each)) for value, each in ids.items()}
        return [told[value] for value in values]

    def _learn_shorts(self, ids: Iterable[str]) -> None:
        """Find short names, the full one of whom shares that, and its id behind it."""
        new = [id for id in dict.fromkeys(ids) if id not in self._shorts]
        shorts = short_names(self.net, new, language())
        shared = shared_short_names(self.net, language())
        self.learn(id for id in new if shorts[id] in shared)
        for id, short in shorts.items():
            self._shorts[id] = self.place(id) if short in shared else short

    def asked(self, id: str, stated: str) -> str:
        """Return what a node or a link is called; `stated` is its name in the data.

        Examples
        --------
        >>> import medgraph as mg
        >>> from medgraph.words.say import speaking
        >>> with speaking("zh"):
        ...     Called(mg.samples.taizhou()).asked("TZ-H03|LEADS|G3", "")
        '台州市第一人民医院—牵头→台州市第一人民医院城市医疗集团'
        """
        source, relation, target, *_ = *id.split("|"), "", ""
        if relation not in RELATIONS:
            return self.place(id, stated)
        ends = {"source": self.place(source), "target": self.place(target)}
        return say("ask_link", relation=label("relation", relation, language()), **ends)

    def told(self, text: str) -> str:
        """Return a text in which no id stands behind a name that only its node has.

        Examples
        --------
        >>> import medgraph as mg
        >>> from medgraph.words.say import speaking
        >>> with speaking("zh"):
        ...     Called(mg.samples.taizhou()).told("台州市第一人民医院（TZ-H03） 不具备产科。")
        '台州市第一人民医院不具备产科。'
        """
        return self._told(_BRACKETS.split(text)) if BRACKET.search(text) else text

    def all_told(self, texts: Sequence[str]) -> list[str]:
        """Return texts as `told` does, each that stands there more than once told once."""
        pieces = {text: _BRACKETS.split(text) for text in set(texts)}
        self.learn(id for several in pieces.values() for id in _ids_in(several))
        told = {text: self._told(several) for text, several in pieces.items()}
        return [told[text] for text in texts]

    def learn(self, ids: Iterable[str]) -> None:
        """Look up all at once what these nodes are called: one by one takes long."""
        asked = set(ids)
        new = asked.difference(self._names)
        if not new:
            return
        if len(self._names) + len(new) > _KEPT:
            self._names.clear()
            new = asked
        self._look_up([*new])

    def _told(self, pieces: Sequence[str]) -> str:
        before, *brackets = pieces
        told = []
        for bracket, en, zh, after in zip(*[iter(brackets)] * _GROUPS, strict=True):
            stated, place = self._names_of(en or zh)
            if stated and before.endswith(stated):
                told += [before.removesuffix(stated), place]
                before = after
            else:
                before += bracket + after
        return "".join([*told, before])

    def _names_of(self, id: str) -> tuple[str, str]:
        """The name that the data has of a node, and what it is called; empty of what is none."""
        if id not in self._names:
            self._look_up([id])
        return self._names[id]

    def _look_up(self, ids: Sequence[str]) -> None:
        positions = self.net.index.positions(ids)
        stated = names_at(self.net, positions, "zh")
        places = self.places(ids, [""] * len(ids), positions)
        for id, name, place in zip(ids, stated, places, strict=True):
            if name and name != id:
                self._names[id] = (name, name if place == name else place)  # of many, held once
            else:
                self._names[id] = ("", "")


def _ids_in(pieces: Sequence[str]) -> Iterable[str]:
    """What stands in the brackets of a text."""
    pairs = zip(pieces[2::_GROUPS], pieces[3::_GROUPS], strict=True)
    return (en or zh for en, zh in pairs)
