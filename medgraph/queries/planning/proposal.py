"""What every proposal returns: an answer with the changes that it proposes, and what is proven."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from medgraph.queries.results import Answer

if TYPE_CHECKING:
    from typing import Self

    from medgraph.graphmodel.changes import Change


@dataclass(frozen=True, eq=False)
class Proposal(Answer):
    """An answer that proposes something.

    Parameters
    ----------
    changes
        What is proposed, for `net.applying`.
    is_found
        Whether there is a proposal.
    proven
        Whether it is proven that none is better, or that there is none.
    is_stopped
        Whether somebody ended the search before its end.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.propose.links(mg.samples.taizhou(), obligations=("lead",))
    >>> found.is_found, found.proven, found.changes
    (True, True, ())
    """

    changes: tuple[Change, ...] = ()
    is_found: bool = True
    proven: bool = False
    is_stopped: bool = False

    @classmethod
    def of(cls, answer: Answer, **further: Any) -> Self:
        """Return an answer as a proposal.

        Parameters
        ----------
        answer
            The answer.
        further
            What a proposal has beyond it.

        Examples
        --------
        >>> import medgraph as mg
        >>> Proposal.of(mg.teams.missing(mg.samples.taizhou()), proven=True).proven
        True
        """
        own = {field.name: getattr(answer, field.name) for field in fields(Answer)}
        return cls(**own, **further)

    @property
    def in_words(self) -> list[str]:
        """What there is to say beyond the answer, a line each."""
        return []

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *self.in_words])

    def to_dict(self) -> dict[str, Any]:
        """Return the proposal as plain values: the keys of an answer, and whether it is proven.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.propose.links(mg.samples.taizhou(), obligations=("lead",)).to_dict()["proven"]
        True
        """
        return {**super().to_dict(), "proven": self.proven}
