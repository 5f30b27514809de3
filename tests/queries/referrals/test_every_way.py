"""The ways of all facilities at once are those that `path` finds one by one."""

from __future__ import annotations

import pytest

from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import referrals
from medgraph.queries.referrals.every_way import UNKNOWN, every_way


def rows_of(way, links) -> list[tuple]:
    """The rows of `path`: a link each, that at fault or the place where one is missing last."""
    rows = [(*links[number], "legal", None) for number in way.links]
    if way.kind == "level_skip":
        rows = [(*row[:4], way.kind, way.reason) if row[0] == way.at else row for row in rows]
    elif way.kind != "reached":
        last = links[way.broken] if way.broken >= 0 else (way.at, None, None, None)
        rows.append((*last, way.kind, way.reason))
    if way.account != "judged":
        rows = [(*row[:4], way.account, row[5]) for row in rows]
    return rows


def told(answer) -> list[tuple]:
    columns = ["source", "relation", "target", "minutes", "status", "reason"]
    rows = answer.frame[columns].astype(object)
    return list(rows.where(rows.notna(), None).itertuples(index=False, name=None))


def account_of(answer) -> str:
    if answer.judged:
        return "judged"
    return "excluded" if len(answer.excluded) else UNKNOWN


PLANTED = ["dead_end", "level_skip", "loop", "closed_target", "up_without_down"]


@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("net", ["taizhou", "county", "defects"])
def test_every_way_is_that_of_path(net, every):
    """Links, minutes, status and reason of `every` facility, to the lead, each specialty and level."""
    made = {
        "taizhou": samples.taizhou,
        "county": lambda: synthetic(scale="county", seed=2),
        "defects": lambda: synthetic(scale="county", seed=3, defects=PLANTED),
    }
    network = made[net]()
    found = every_way(network)
    assert not found.left_out
    for question, ways in found.ways.items():
        odd = [way for way in ways if way.kind != "reached"][: 9 if every > 1 else None]
        for way in dict.fromkeys([*odd, *ways[::every]]):
            answer = referrals.path(
                network,
                way.facility,
                specialty=question.specialty,
                level=question.level,
                direction=question.direction,
            )
            assert rows_of(way, found.links) == told(answer), (question, way)
            assert way.account == account_of(answer)
            if way.account == "unknown":
                assert answer.unknown["reason"].tolist() == [way.why]


def test_too_many_ways_are_left_out_and_named():
    """Beyond the limit only the ways to the own lead are found, and what is left out is said."""
    found = every_way(samples.taizhou(), most=100)
    assert [question.direction for question in found.ways] == ["up", "down"]
    assert {question.specialty for question in found.left_out if question.specialty} >= {"tcm"}
