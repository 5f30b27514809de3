"""Time what the board computes for one move: `python -m benchmarks.board [SCALE]`.

Prints, in milliseconds of processor time: the move itself, all that it changes, the picture; and how
often the whole is a `compare` of the two networks, whose answers of the base are asked anew.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import medgraph as mg
from medgraph.board.effects import effects
from medgraph.board.picture import picture
from medgraph.queries.comparison.asked import Asked

MOVES = 10


def timed(make: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    made = make()
    return made, (time.process_time() - began) * 1000


def main(scale: str) -> None:
    net = mg.samples.synthetic(scale=scale, seed=1)
    print(repr(net))
    base = Asked(net, net.day())
    groups = list(net.nodes("Group").index)
    facilities = net.nodes("Facility")
    members = net.edges("MEMBER_OF").set_index("source")["target"]
    moved = [id for id in members.index if facilities.loc[id, "type"] == "township_health_centre"]
    rows = []
    effects(base, base, base.default_packs)  # the base is asked once, when it is opened
    for number, id in enumerate(moved[:MOVES]):
        other = next(group for group in groups[number:] + groups if group != members[id])
        net, move = timed(lambda net=net, id=id, other=other: net.moved(id, to_group=other))
        after = Asked(net, base.day)
        _, changes = timed(lambda after=after: effects(base, after, base.default_packs))
        _, drawn = timed(lambda after=after: picture(after))
        rows.append((move, changes, drawn))
    _, compared = timed(lambda: mg.compare(base.net, net))
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    for name, value in zip(("move", "effects", "picture"), medians, strict=True):
        print(f"{name:10}{value:8.0f} ms")
    print(f"{'sum':10}{sum(medians):8.0f} ms, {sum(medians) / compared:.2f} times `compare`")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "city")
