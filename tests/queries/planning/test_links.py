"""Links are proposed with what they cost, and the next best sets beside them."""

from __future__ import annotations

from itertools import combinations

import pytest

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.queries import planning
from tests.queries.test_resilience import ASKED, broken_network, met_cells, with_rows


def key(row) -> tuple[str, str, str]:
    return row["source"], row["relation"], row["target"]


@pytest.mark.parametrize("seed", range(6))
def test_further_sets_are_the_next_best_of_all(seed):
    """Each further set meets as much as the best, holds none of those before, and no such set is cheaper."""
    net, candidates = broken_network(seed)
    asked = ASKED[seed % 3 : seed % 3 + 2]
    wanted = {"obligations": asked, "candidates": candidates, "minimise": "cost"}
    found = planning.links(net, **wanted, further=2)
    rows = candidates.to_dict("records")
    sets = [some for n in range(len(rows) + 1) for some in combinations(rows, n)]
    met = {frozenset(map(key, some)): met_cells(with_rows(net, some), asked) for some in sets}
    price = {frozenset(map(key, some)): sum(row["cost"] for row in some) for some in sets}
    before = [frozenset((one.source, one.relation, one.target) for one in found.changes)]
    most = met[before[0]]
    assert found.plan["cost"] == price[before[0]]
    for further in found.next:
        own = frozenset(map(key, further["rows"]))
        others = [one for one in met if met[one] == most and not any(b <= one for b in before)]
        assert own in others
        assert price[own] == further["plan"]["cost"] == min(price[one] for one in others)
        assert further["proven"]
        before.append(own)
    left = [one for one in met if met[one] == most and not any(b <= one for b in before)]
    assert len(found.next) == 2 or not left or not before[-1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"within_km": -1},
        {"capacity": 0},
        {"nodes": 0},
        {"further": -1},
    ],
)
def test_numbers_that_mean_nothing_are_refused(wrong):
    with pytest.raises(OptionError):
        planning.links(samples.taizhou(), obligations=("lead",), **wrong)
