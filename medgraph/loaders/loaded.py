"""What reading gives: the network, every problem, and an account of every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from medgraph.errors import SourceError
from medgraph.graphmodel.left_rows import LeftNodes, with_doubts
from medgraph.words.say import Problem, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork


@dataclass(frozen=True)
class LeftRow:
    """A row that was not loaded, by its place, and why."""

    place: str
    reason: str


class LeftRows(Sequence[LeftRow]):
    """Rows that were not loaded, each made when it is asked for: there may be millions.

    Some are `given`; `made` makes one of each of the `numbers`.
    """

    def __init__(
        self,
        given: Sequence[LeftRow] = (),
        numbers: Positions | Sequence[int] = (),
        made: Callable[[int], LeftRow] | None = None,
    ) -> None:
        self._given = tuple(given)
        self._numbers = numbers
        self._made = made

    def __len__(self) -> int:
        return len(self._given) + len(self._numbers)

    def __iter__(self) -> Iterator[LeftRow]:
        yield from self._given
        if self._made is not None:
            yield from map(self._made, map(int, self._numbers))

    @overload
    def __getitem__(self, place: int) -> LeftRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[LeftRow, ...]: ...

    def __getitem__(self, place: int | slice) -> LeftRow | tuple[LeftRow, ...]:
        chosen = range(len(self))[place]
        if isinstance(chosen, range):
            return tuple(map(self._at, chosen))
        return self._at(chosen)

    def _at(self, place: int) -> LeftRow:
        behind = place - len(self._given)
        if behind < 0 or self._made is None:
            return self._given[place]
        return self._made(int(self._numbers[behind]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True)
class Loaded:
    """A source as it was read: rows in = loaded + left out.

    `network` is None where nothing was loaded. `left_rows` names the faulty rows. Without `lenient`
    one error leaves all rows out, the sound ones too. `left_nodes` are the nodes of faulty rows in
    a network that was loaded without them; no table that lacks a row counts as complete in it.
    """

    network: MedicalNetwork | None
    problems: tuple[Problem, ...] = ()
    rows_in: int = 0
    loaded: int = 0
    left_out: int = 0
    left_rows: Sequence[LeftRow] = ()
    left_nodes: LeftNodes | None = None

    def __post_init__(self) -> None:
        if self.rows_in != self.loaded + self.left_out:
            raise ValueError(
                f"{self.rows_in} rows in, {self.loaded} loaded, {self.left_out} left out"
            )

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep rows from being loaded."""
        return tuple(p for p in self.problems if p.severity == "error")

    def doubting(self, ids: Iterable[str]) -> Loaded:
        """Return the load with these nodes, too, as ones that may be at work or not."""
        found = frozenset(ids)
        if self.network is None or not found:
            return self
        left = self.left_nodes or LeftNodes(self.network.tables[0].slice(0, 0))
        return replace(self, left_nodes=replace(left, doubtful=left.doubtful | found))

    def require(self) -> MedicalNetwork:
        """Return the network; raise SourceError with every problem where there is none."""
        if self.network is None:
            errors = self.errors
            sentence = say("cannot_build", count=len(errors), first=str(errors[0]))
            raise SourceError(sentence, self.problems)
        return self.network

    @property
    def left(self) -> dict[str, Any]:
        """What an audit has to know of the rows that were left out."""
        return {"left_out": self.left_out, "left_nodes": self.left_nodes}

    def asked(self) -> MedicalNetwork:
        """Return the network to ask: whose days or status nobody could read may be at work."""
        return with_doubts(self.require(), self.left_nodes)

    def to_dict(self) -> dict[str, Any]:
        """Return the account as plain values, with the keys that scripts rely on."""
        return {
            "rows_in": self.rows_in,
            "loaded": self.loaded,
            "left_out": self.left_out,
            "problems": [p.to_dict() for p in self.problems],
            "left_rows": [{"place": r.place, "reason": r.reason} for r in self.left_rows],
        }
