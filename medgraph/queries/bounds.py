"""Say how much of a whole has something: as a share where it is known, else between its bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from medgraph.words.say import say

# The least and the most it can be; None: no upper end.
Interval = tuple[int, "int | None"]


@dataclass(frozen=True)
class Share:
    """A share with its whole: `met` of `total`, counted in `unit`.

    Parameters
    ----------
    met
        How many have it.
    total
        How many there are of which that can be said.
    unit
        What is counted: areas, facilities, ...

    Examples
    --------
    >>> share = Share(met=38, total=39, unit="areas")
    >>> str(share), share.fraction
    ('38/39 areas', Fraction(38, 39))
    """

    met: int
    total: int
    unit: str

    @property
    def fraction(self) -> Fraction | None:
        """The exact fraction; None where the whole is empty."""
        return Fraction(self.met, self.total) if self.total else None

    def __str__(self) -> str:
        return f"{self.met}/{self.total} {self.unit}"


@dataclass(frozen=True)
class Bounds:
    """Between what a share lies, however what is not known turns out.

    An upper end of None is open: the table that lists the subjects is not declared complete, so
    that there may be any number more.

    Parameters
    ----------
    met
        The least and the most that have it.
    total
        The least and the most that there are.
    open_lists
        The tables of subjects that are not declared complete, in words.

    Examples
    --------
    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     str(Bounds((36, 39), (39, 39))), str(Bounds((36, None), (39, None), ("areas",)))
    ('36 to 39 of 39', '36 of at least 39 (not declared complete: areas)')
    """

    met: Interval
    total: Interval
    open_lists: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, met: int, judged: int, unknown: int, *, perhaps: int = 0, lists: str = ""
    ) -> Bounds:
        """Return the bounds of `met` of `judged`, where `unknown` more may have it or not.

        Parameters
        ----------
        met
            How many surely have it.
        judged
            Of how many that is known.
        unknown
            Of how many it is not.
        perhaps
            How many of the unknown may not be asked about at all.
        lists
            The tables of subjects that are not declared complete, in words.

        Examples
        --------
        >>> Bounds.of(36, 37, 2, perhaps=1)
        Bounds(met=(36, 38), total=(38, 39), open_lists=())
        """
        every = judged + unknown
        if lists:
            return cls((met, None), (every - perhaps, None), (lists,))
        return cls((met, met + unknown), (every - perhaps, every))

    def raised(self, count: int) -> Bounds:
        """Return the bounds if so many more of the whole may have it.

        Examples
        --------
        >>> Bounds((36, 36), (39, 39)).raised(2)
        Bounds(met=(36, 38), total=(39, 39), open_lists=())
        """
        low, high = self.met
        return self if high is None else replace(self, met=(low, high + count))

    def lowered(self, count: int) -> Bounds:
        """Return the bounds if so many of the whole may not have it after all.

        Examples
        --------
        >>> Bounds((36, 36), (39, 39)).lowered(2)
        Bounds(met=(34, 36), total=(39, 39), open_lists=())
        """
        low, high = self.met
        return replace(self, met=(low - count, high))

    @property
    def is_open(self) -> bool:
        """Whether there may be any number more."""
        return self.total[1] is None

    @property
    def coincide(self) -> bool:
        """Whether the share is certain."""
        return self.met[0] == self.met[1] and self.total[0] == self.total[1]

    def to_dict(self) -> dict[str, list[int | None]]:
        """Return the bounds as plain values."""
        return {"met": list(self.met), "total": list(self.total)}

    def __str__(self) -> str:
        if self.is_open:
            lists = say("list_comma").join(self.open_lists)
            return say("bounds.open", met=self.met[0], total=self.total[0], lists=lists)
        return say(
            "bounds.closed", met=interval_in_words(self.met), total=interval_in_words(self.total)
        )


def interval_in_words(interval: Interval) -> str:
    """Return one number, or between which two it lies."""
    low, high = interval
    return str(low) if low == high else say("bounds.between", low=low, high=high)
