"""Every public query accounts for everything: in = judged + unknown + excluded, whatever the network holds."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import medgraph.queries
from medgraph.graphmodel.flow_table import KEYS, FlowTable
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.results import Answer
from tests import strategies
from tests.queries.networks import networks

Call = Callable[[MedicalNetwork], Iterator[Answer]]


def queries() -> dict[str, Callable]:
    """Return every public function of `medgraph.queries` that takes a network and returns an Answer."""
    found = {}
    for module in pkgutil.iter_modules(medgraph.queries.__path__):
        if module.name.startswith("_"):
            continue
        public = vars(importlib.import_module(f"medgraph.queries.{module.name}"))
        for name, function in public.items():
            if (
                not name.startswith("_")
                and inspect.isfunction(function)
                and _returns_an_answer(function)
            ):
                found.setdefault(f"{function.__module__}.{name}", function)
    return found


def _returns_an_answer(function: Callable) -> bool:
    signature = inspect.signature(function)
    return (
        signature.return_annotation in ("Answer", Answer, "SitePlan")
        and next(iter(signature.parameters), "") == "net"
    )


def ids(net: MedicalNetwork, kind: str) -> list[str]:
    return net.index.ids.filter(net.index.is_kind(kind)).to_pylist()


def there(net: MedicalNetwork) -> list[str]:
    """The named facilities that exist on the day asked about."""
    net = net.as_of(net.day())
    return [id for id in ids(net, "Facility") if not net.index.is_class[net.index.position(id)]]


def matrix(net: MedicalNetwork) -> pd.DataFrame:
    """Some times are given, some missing, some unreachable."""
    pairs = [(a, f) for a in ids(net, "Area") for f in ids(net, "Facility")]
    values = [5.0, 20.0, 40.0, float("inf"), float("nan")]
    return pd.DataFrame(
        [(a, f, values[i % 5]) for i, (a, f) in enumerate(pairs) if i % 7],
        columns=["origin", "destination", "minutes"],
    )


def records(net: MedicalNetwork) -> FlowTable:
    """A record between all neighbours in the list of ids, up and down, some from a name that nobody has."""
    names = [*ids(net, "Facility"), "谁也不是"]
    rows = [
        {
            **dict.fromkeys(KEYS),
            "from": a,
            "to": b,
            "kind": ("up", "down", None)[i % 3],
            "month": "2024-01",
            "residence": "330101001000" if i % 4 else None,
            "encounter": "门诊",
            "count": 5 * (i + 1),
        }
        for i, (a, b) in enumerate(zip(names, names[1:] + names[:1], strict=True))
    ]
    frame = pd.DataFrame(rows, columns=[*KEYS, "count"]).astype(dict.fromkeys(KEYS, object))
    return FlowTable(frame, pd.DataFrame({"reason": ["no_to"], "rows": [3]}), len(rows) + 3)


# How to call what needs more than the network. Every public query is called; one that cannot be called by
# the rule of `_called` needs a line here.
CALLS: dict[str, Callable[[Callable, MedicalNetwork], Iterator[Answer]]] = {
    "medgraph.queries.coverage.access.access": lambda query, net: iter(
        [
            query(net, times=matrix(net), decay=((10, 1.0), (20, 0.68), (30, 0.22))),
            query(net, speed_kmh=30, facility_type="primary", facility_level="2"),
        ]
    ),
    "medgraph.queries.planning.sites.sites": lambda query, net: (
        query(net, times=matrix(net), facility_type=["primary", "hospital_any"], **options)
        for options in (
            {"model": "lscp", "radius": 20},
            {"model": "mclp", "radius": 20, "p": 1, "capacity": "beds"},
            {"model": "p-median", "p": 2},
            {"model": "p-centre", "p": 1, "facility_level": "2"},
        )
    ),
    "medgraph.queries.coverage.catchments.catchments": lambda query, net: iter(
        [query(net, times=matrix(net)), query(net, speed_kmh=30, facility_type="primary")]
    ),
    "medgraph.queries.coverage.isochrones.isochrones": lambda query, net: iter(
        [query(net, times=matrix(net)), query(net, speed_kmh=30, facility_type="primary")]
    ),
    "medgraph.queries.coverage.empty.empty": lambda query, net: (
        query(net, level=level) for level in ("township", "county", "village")
    ),
    "medgraph.queries.coverage.served.served": lambda query, net: (
        query(net, level=level) for level in ("province", "city", "county", "township", "village")
    ),
    "medgraph.queries.coverage.membership.ungrouped": lambda query, net: (
        query(net, collective=collective)
        for collective in ("group", "alliance", "county_medical_community")
    ),
    "medgraph.queries.referrals.load.load": lambda query, net: iter([query(net, rate=20)]),
    "medgraph.queries.flows.planned_and_observed.flows": lambda query, net: iter(
        [query(net, records(net))]
    ),
    "medgraph.queries.flows.care_at_home.shares": lambda query, net: iter(
        [query(net, records(net))]
    ),
}


def _called(name: str, query: Callable, net: MedicalNetwork) -> Iterator[Answer]:
    """Ask with the options left out; a query about one facility is asked about two."""
    if name in CALLS:
        yield from CALLS[name](query, net)
        return
    needed = [
        p.name
        for p in list(inspect.signature(query).parameters.values())[1:]
        if p.default is p.empty
    ]
    assert needed in ([], ["facility"]), f"add a line for {name} to CALLS"
    if not needed:
        yield query(net)
    for id in there(net)[:2] if needed else ():
        yield query(net, id)


def accounted(answer: Answer) -> None:
    """Hold the law on the value and on its JSON face, which also has no NaN."""
    assert answer.total == answer.judged + len(answer.unknown) + len(answer.excluded)
    assert answer.judged >= 0
    if answer.share is not None:
        assert answer.share.total == answer.judged
        assert 0 <= answer.share.met <= answer.share.total
    said = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    parts = said["accounted"]
    assert parts["in"] == parts["judged"] + len(said["unknown"]) + len(said["excluded"])
    for part in (answer.unknown, answer.excluded):
        if len(part):
            assert part["reason"].notna().all(), "every row left aside has a reason"
    assert answer.definition.numerator
    assert str(answer)


QUERIES = queries()


def test_the_queries_are_found():
    """Nothing is held that is not found: the walk sees the queries of coverage."""
    assert len(QUERIES) >= 8
    assert "medgraph.queries.coverage.served.served" in QUERIES


@pytest.mark.parametrize("name", QUERIES)
def test_taizhou_is_accounted_for(name, taizhou):
    """On the real plan every query accounts for what it was asked about."""
    for answer in _called(name, QUERIES[name], taizhou):
        accounted(answer)


@pytest.mark.parametrize("name", QUERIES)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(net=networks())
def test_generated_networks_are_accounted_for(name, net):
    """On any network, however torn, every query accounts for what it was asked about."""
    for answer in _called(name, QUERIES[name], net):
        accounted(answer)


@pytest.mark.parametrize("name", QUERIES)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(net=strategies.networks())
def test_hostile_networks_are_accounted_for(name, net):
    """Names full of markup, formulas and braces change no count and break no sentence."""
    for answer in _called(name, QUERIES[name], net):
        accounted(answer)
