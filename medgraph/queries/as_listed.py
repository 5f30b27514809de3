"""Ask a question once more as if every table were whole, when somebody wants to know."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from medgraph.queries.results import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.graphmodel.network import MedicalNetwork

P = ParamSpec("P")
A = TypeVar("A", bound=Answer)


def told_as_listed(
    query: Callable[Concatenate[MedicalNetwork, P], A],
) -> Callable[Concatenate[MedicalNetwork, P], A]:
    """Return the query whose answers know what holds if the tables are whole (`as_listed`).

    It is the same query that is asked again, of the same tables; only what is declared of them
    differs. It is not asked again where no declaration was missing, nor before `as_listed` is read.
    """

    @wraps(query)
    def asked(net: MedicalNetwork, *args: P.args, **kwargs: P.kwargs) -> A:
        found = query(net, *args, **kwargs)
        if not found.undeclared:
            return found
        return replace(found, if_listed=lambda: query(net.as_listed(), *args, **kwargs))

    return cast("Callable[Concatenate[MedicalNetwork, P], A]", asked)
