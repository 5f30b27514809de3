"""Questions as Cypher, for whoever asks where the shared store is; docs/cypher.md explains them.

A recipe is a file in `cypher/` that is called as the answer that it gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from medgraph.queries.verbs import VERBS
from medgraph.suffixes import CYPHER

COMPARE = "compare"
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Recipe:
    """The Cypher of one question, and the names of the parameters that it asks for."""

    query: str
    cypher: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters, in the order in which the text first names them."""
        return tuple(dict.fromkeys(_PARAMETER.findall(self.cypher)))


@cache
def recipes() -> dict[str, Recipe]:
    """Return the recipe of each question that has one, by the name of its answer.

    Examples
    --------
    >>> recipes()["referrals.path"].parameters
    ('network', 'facility', 'day')
    """
    folder = resources.files("medgraph.queries") / "cypher"
    names = [*(verb.name for verb in VERBS), COMPARE]
    found = {name: folder / f"{name}{CYPHER}" for name in names}
    return {
        name: Recipe(name, file.read_text(encoding="utf-8"))
        for name, file in found.items()
        if file.is_file()
    }
