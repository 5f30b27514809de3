"""A wrong argument of a map gets a sentence that names it, and no id that matches nothing goes unsaid."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.visuals import (
    flow_map,
    front_plot,
    geo_map,
    matrix,
    network_map,
    swimlane,
    tile_map,
)
from medgraph.visuals.compare_map import compare_map

NET = samples.taizhou()
CELLS = pd.DataFrame({"laboratory": ["PASS"]}, index=["TZ-P07"])
FLOWS = pd.DataFrame(columns=["source", "target", "relation"])
FRONT = pd.DataFrame(columns=["limit", "value", "moves", "bound", "proven"])
DRAWN = {
    "tile_map": lambda net, **more: tile_map(net, **more),
    "network_map": lambda net, **more: network_map(net, **more),
    "swimlane": lambda net, **more: swimlane(net, **more),
    "geo_map": lambda net, **more: geo_map(net, **more),
    "matrix": lambda net, **more: matrix(net, CELLS, **more),
    "flow_map": lambda net, **more: flow_map(net, FLOWS, **more),
    "compare_map": lambda net, lang=None, as_of=None: compare_map(
        net, NET, lang=lang, from_day=as_of
    ),
}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"net": None}, "net .*MedicalNetwork"),
        ({"net": "demo/"}, "net .*MedicalNetwork"),
        ({"net": NET.nodes()}, "net .*MedicalNetwork"),
        ({"lang": "fr"}, "lang"),
        ({"lang": 5}, "lang"),
        ({"as_of": 5}, "int"),
    ],
)
def test_network_language_and_day(name, wrong, told):
    """What every map takes."""
    more = {"net": NET} | wrong
    with pytest.raises(OptionError, match=told):
        DRAWN[name](more.pop("net"), **more)


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        *(
            (lambda draw=draw, wrong=wrong: draw(NET, problems=wrong), "problems")
            for draw in (network_map, swimlane)
            for wrong in ("nope", 5, [1], {"TZ-P07": 5})
        ),
        (lambda: network_map(NET, problems={"TZ-P99": "gap", "TZ-P07": "gap"}), "1 .*TZ-P99"),
        (lambda: swimlane(NET, problems=pd.Series({"TZ-P99": "gap"})), "TZ-P99"),
        *(
            (lambda wrong=wrong: network_map(NET, findings=wrong), "findings")
            for wrong in (5, [1], "nope", [(1, None)], [(1, 2, 3)])
        ),
        (lambda: network_map(NET, ways=5), "ways"),
        (lambda: network_map(NET, losses=[1]), "losses"),
        *(
            (lambda wrong=wrong: network_map(NET, around="TZ-P07", depth=wrong), "depth")
            for wrong in (0, -1, "2", 1.5, None)
        ),
        (lambda: tile_map(NET, links=5), "links"),
        (lambda: matrix(NET, None), "table"),
        (lambda: matrix(NET, CELLS["laboratory"]), "table"),
        (lambda: matrix(NET, CELLS, by={"TZ-P07": 5}), "by"),
        (lambda: matrix(NET, CELLS, title=5), "title"),
        (lambda: flow_map(NET, None), "flows"),
        (lambda: flow_map(NET, FLOWS[["source"]]), "target"),
        (lambda: front_plot([]), "front"),
        (lambda: front_plot(FRONT[["limit"]]), "moves"),
        (lambda: front_plot(FRONT, lang="fr"), "lang"),
        (lambda: compare_map(NET, NET, changes=pd.DataFrame({"a": [1]})), "changes"),
        (lambda: compare_map(NET, NET, later=5), "later"),
        (lambda: compare_map(NET, None), "net"),
        (lambda: tile_map(NET).save(5), "path"),
        (lambda: tile_map(NET).save("x.png", scale="2"), "scale"),
        (lambda: tile_map(NET).content(".gif"), "gif"),
    ],
)
def test_what_one_map_takes(draw, told):
    with pytest.raises(OptionError, match=told):
        draw()
