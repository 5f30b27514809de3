"""The shared store on a real Neo4j: what goes in comes back, increments, owners, withheld endings, scenarios."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings

from medgraph import errors
from medgraph.graphmodel import changes
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import read, registry, samples, write
from medgraph.loaders.store import layout, neo4j_store
from medgraph.loaders.store.cypher import cypher
from tests.strategies import HOSTILE, networks

pytestmark = pytest.mark.xdist_group("neo4j")

DAY, LATER = "2024-01-01", "2024-02-01"


def net_of(*names, day=DAY, links=(), **values) -> MedicalNetwork:
    """Facilities of these names, with the same values, and the links RUN_BY between them."""
    import pandas as pd

    nodes = pd.DataFrame([{"id": n, "kind": "Facility", "name": n, **values} for n in names])
    edges = pd.DataFrame(
        [{"source": s, "relation": "RUN_BY", "target": t} for s, t in links],
        columns=["source", "relation", "target"],
    )
    return MedicalNetwork.from_frames(nodes, edges, {"data_day": day})


@pytest.fixture
def session(neo4j_server):
    """A session of the bare driver, to look and to be somebody else."""
    import neo4j

    with (
        neo4j.GraphDatabase.driver(
            neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password)
        ) as driver,
        driver.session(database="neo4j") as session,
    ):
        yield session


# -- there and back --------------------------------------------------------------------------------------


def test_the_sample(store_url, taizhou):
    """A whole plan goes in and comes back equal: days, origins, clauses; again changes nothing."""
    write(taizhou, store_url)
    loaded = registry.load(store_url)
    assert loaded.network == taizhou
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (526, 526, 0)
    report = neo4j_store.store(taizhou, store_url)
    assert (report.added, report.changed, report.ended, report.same, report.version) == (
        0,
        0,
        0,
        526,
        1,
    )


def test_the_synthetic_county(store_url):
    """The synthetic county comes back equal."""
    net = samples.synthetic(seed=1)
    write(net, store_url)
    assert read(store_url) == net


@pytest.mark.parametrize("count", [60, pytest.param(500, marks=pytest.mark.slow)])
def test_networks_come_back_equal(store_url, count):
    """`read(write(net)) == net` for made-up networks; each takes the place of the one before, nothing lost."""
    with neo4j_store.connect(store_url) as store:
        _hold_round_trips(store, count)


def _hold_round_trips(store, count):
    from dataclasses import replace

    names = iter(range(count * 10))
    where = store.where

    @settings(max_examples=count, database=None)
    @given(net=networks())
    def hold(net):
        store.where = replace(where, network=f"{where.network}-{next(names)}")
        store.store(net)
        assert store.load().network == net

    hold()


@pytest.mark.parametrize(
    "text", [*HOSTILE, '"}) DETACH DELETE n //', "`}) DETACH DELETE n //", "\\u0027", "\\", "县`域"]
)
def test_hostile_text_stays_text(store_url, session, text):
    """A name, an id, a free attribute and its value that look like Cypher are text like any other."""
    if text != text.strip():
        return
    import pandas as pd

    before = session.run("MATCH (n) RETURN count(n)").single()[0]
    nodes = pd.DataFrame(
        [{"id": text, "kind": "Facility", "name": text, f"a{text}": text, "owners": text}]
    )
    net = MedicalNetwork.from_frames(nodes, None, {"title": text, text: text})
    write(net, store_url)
    assert read(store_url) == net
    assert (
        session.run("MATCH (n) RETURN count(n)").single()[0] == before + 3
    )  # the node, the dataset, the network


def test_what_cannot_be_stored_is_told(store_url):
    """An id that is too long for an index, and a link without its end, are refused in words; nothing appears."""
    with pytest.raises(errors.TargetError, match="too large to index"):
        write(net_of("甲" * 3000), store_url)
    nodes, links = net_of("甲", "乙", links=[("甲", "乙")]).tables
    with pytest.raises(errors.TargetError, match=r"读不回来|would not be read"):
        write(MedicalNetwork(nodes.slice(0, 1), links), store_url)
    with pytest.raises(errors.SourceError, match=r"没有网络|no network"):
        read(store_url)
    write(net_of("甲"), store_url)
    with pytest.raises(errors.TargetError, match=r"读不回来|would not be read"):
        write(MedicalNetwork(nodes.slice(0, 1), links), store_url)
    assert read(store_url) == net_of("甲")


# -- increments ------------------------------------------------------------------------------------------


def test_an_increment_sends_what_changed(store_url, session):
    """Added, changed, ended and same are counted; unchanged nodes keep their node; what is gone ends the day before."""
    first = net_of("甲", "乙", "丙", "丁", links=[("乙", "甲"), ("丁", "甲")])
    write(first, store_url)
    places = _places(session, store_url)
    frame = first.nodes().reset_index().assign(beds=[30, None, None, None]).iloc[:3]
    frame.loc[3] = {"id": "戊", "kind": "Facility", "name": "戊"}
    second = MedicalNetwork.from_frames(
        frame, first.edges().iloc[:1].drop(columns="id"), {"data_day": LATER}
    )
    report = neo4j_store.store(second, store_url, accept_endings=2)
    assert (report.added, report.changed, report.ended, report.same, report.version) == (
        1,
        1,
        2,
        3,
        2,
    )
    after = _places(session, store_url)
    assert {name: after[name] for name in places} == places
    net = read(store_url)
    assert net.nodes().loc["丁", "valid_to"].date().isoformat() == "2024-01-31"
    assert net.edges().set_index("source").loc["丁", "valid_to"].date().isoformat() == "2024-01-31"
    assert net.as_of(LATER) == second
    again = neo4j_store.store(second, store_url)
    assert (again.added, again.changed, again.ended, again.same, again.version) == (0, 0, 0, 5, 2)


def _places(session, url) -> dict[str, str]:
    found = session.run(
        "MATCH (n:MGNode {network: $network}) RETURN n.id, elementId(n)", network=name_in(url)
    )
    return dict(found.values())


def name_in(url: str) -> str:
    from medgraph.loaders.store.address import address

    return address(url).network


def test_what_comes_back_holds_again(store_url):
    """A row that ended because it was gone holds again once it is stated again."""
    write(net_of("甲", "乙"), store_url)
    write(net_of("甲", day=LATER), store_url)
    assert len(read(store_url).as_of(LATER).nodes()) == 1
    report = neo4j_store.store(net_of("甲", "乙", day="2024-03-01"), store_url)
    assert (report.added, report.changed, report.ended, report.same) == (0, 1, 0, 1)
    assert read(store_url) == net_of("甲", "乙", day="2024-03-01")


def test_a_node_of_another_kind(store_url, session):
    """A node whose kind changes keeps its place and carries the label of its new kind alone."""
    write(net_of("甲"), store_url)
    team = MedicalNetwork.from_frames(
        net_of("甲").nodes().reset_index().assign(kind="Team"), None, {"data_day": DAY}
    )
    write(team, store_url)
    assert read(store_url) == team
    labels = session.run(
        "MATCH (n:MGNode {network: $n}) RETURN labels(n)", n=name_in(store_url)
    ).single()[0]
    assert sorted(labels) == ["MGNode", "MGTeam"]


def test_links_that_say_the_same(store_url):
    """Links with equal ends, relation and day are told apart by their content, in whatever order they come."""
    import pandas as pd

    edges = pd.DataFrame(
        [{"source": "甲", "relation": "DISPATCHES", "target": "乙", "person": p} for p in "abc"]
    )
    nodes = net_of("甲", "乙").nodes().reset_index()
    net = MedicalNetwork.from_frames(nodes, edges, {"data_day": DAY})
    write(net, store_url)
    assert read(store_url) == net
    turned = MedicalNetwork.from_frames(nodes, edges.iloc[::-1], {"data_day": DAY})
    assert neo4j_store.store(turned, store_url).same == 5


@settings(max_examples=12, database=None)
@given(one=networks(), other=networks())
def test_any_network_may_follow_any_other(one_store, one, other):
    """After a second load the facts of its day are those of the second network, whatever the first held."""
    from dataclasses import replace

    store, names = one_store
    store.where = replace(
        store.where, network=f"{store.where.network.partition('/')[0]}/{next(names)}"
    )
    day = max(n.day() for n in (one, other))
    one, other = one.with_meta(data_day=day.isoformat()), other.with_meta(data_day=day.isoformat())
    store.store(one)
    report = store.store(other, accept_endings=1000)
    assert report.added + report.changed + report.same == sum(len(t) for t in other.tables)
    there = store.load(lenient=True).network
    kept = set(other.nodes().index)
    assert kept <= set(there.nodes().index)
    ours = {k: v for k, v in _rows(there).items() if k in kept}
    assert ours == _rows(other)
    assert store.store(other).same == report.added + report.changed + report.same


def _rows(net) -> dict[str, dict]:
    return {
        row["id"]: {k: v for k, v in row.items() if v is not None}
        for row in net.tables[0].to_pylist()
    }


@pytest.fixture(scope="module")
def one_store(neo4j_server):
    import itertools
    import time

    with pytest.MonkeyPatch.context() as patch:
        for name, value in neo4j_server.environment.items():
            patch.setenv(name, value)
        with neo4j_store.connect(
            f"{neo4j_server.uri}/neo4j?network=follow-{time.monotonic_ns()}"
        ) as store:
            yield store, itertools.count()


def test_a_dry_run_writes_nothing(store_url):
    """A dry run counts what a load would do, the first time and later, and leaves everything as it was."""
    assert neo4j_store.store(net_of("甲"), store_url, dry_run=True).added == 1
    with pytest.raises(errors.SourceError, match=r"没有网络|no network"):
        read(store_url)
    write(net_of("甲"), store_url)
    report = neo4j_store.store(net_of("甲", "乙", day=LATER), store_url, dry_run=True)
    assert (report.added, report.same) == (1, 1)
    assert read(store_url) == net_of("甲")


# -- owners and withheld endings ---------------------------------------------------------------------------


def test_a_row_ends_with_its_last_owner(store_url, session):
    """Two counties list one hospital: it holds until the second drops it, too."""
    store = neo4j_store.store
    store(net_of("市医院", "甲院"), store_url, dataset="甲县")
    store(net_of("市医院", "乙院"), store_url, dataset="乙县")
    owners = session.run(
        "MATCH (n:MGNode {network: $n, id: '市医院'}) RETURN n.owners", n=name_in(store_url)
    )
    assert owners.single()[0] == ["甲县", "乙县"]
    report = store(net_of("甲院", day=LATER), store_url, dataset="甲县")
    assert (report.ended, report.released) == (0, 1)
    assert "valid_to" not in read(store_url).nodes().columns
    assert store(net_of("乙院", day="2024-03-01"), store_url, dataset="乙县").ended == 1
    ended = read(store_url).nodes()["valid_to"].dropna()
    assert [(id, day.date().isoformat()) for id, day in ended.items()] == [("市医院", "2024-02-29")]


def test_owners_that_differ_are_findings(store_url):
    """What two owners state differently is told, and the first stays; what only one states is kept from it."""
    store = neo4j_store.store
    store(net_of("市医院", beds=100), store_url, dataset="甲县")
    report = store(net_of("市医院", beds=120, staff=7), store_url, dataset="乙县")
    assert len(report.findings) == 1
    assert all(
        word in report.findings[0] for word in ("市医院", "beds", "100", "120", "甲县", "乙县")
    )
    node = read(store_url).nodes().loc["市医院"]
    assert (node["beds"], node["staff"]) == (100, 7)
    again = store(net_of("市医院", beds=120, staff=7), store_url, dataset="乙县")
    assert (again.changed, again.same, again.findings) == (0, 1, report.findings)
    agreed = store(net_of("市医院", beds=120), store_url, dataset="甲县")
    assert (agreed.changed, agreed.findings) == (1, ())
    assert read(store_url).nodes().loc["市医院", "beds"] == 120
    same = store(
        net_of("市医院", beds=120, staff=7), store_url, dataset="乙县"
    )  # of now, not of its last load
    assert (same.same, same.findings) == (1, ())
    store(net_of("市医院", beds=130), store_url, dataset="甲县")
    same = store(net_of("市医院", beds=120, staff=7), store_url, dataset="乙县")
    assert "130" in same.findings[0]
    store(net_of("市医院", beds=120), store_url, dataset="甲县")
    store(net_of("别处", day=LATER), store_url, dataset="甲县", accept_endings=1)
    assert read(store_url).nodes().loc["市医院", "staff"] == 7


def test_owners_of_a_link_that_differ_are_findings(store_url):
    """The same holds of a link that two datasets state, also where the second load of one changes nothing."""

    def link(minutes: float) -> MedicalNetwork:
        net = net_of("市医院", "站", links=[("站", "市医院")])
        return MedicalNetwork.from_frames(
            net.nodes().reset_index(), net.edges().assign(minutes=minutes), net.meta
        )

    neo4j_store.store(link(10.0), store_url, dataset="甲县")
    for _ in range(2):
        report = neo4j_store.store(link(20.0), store_url, dataset="乙县")
        assert len(report.findings) == 1
        assert all(
            word in report.findings[0] for word in ("站 RUN_BY 市医院", "minutes", "10.0", "20.0")
        )
    assert list(read(store_url).edges()["minutes"]) == [10.0]


def test_an_increment_looks_at_its_own_dataset_alone(store_url, session):
    """What the server touches to find the rows of a small dataset does not grow with a large one beside it."""
    clinics = [f"F{i}" for i in range(1500)]
    neo4j_store.store(
        net_of(*clinics, links=[(c, "F0") for c in clinics[1:]]), store_url, dataset="大县"
    )
    neo4j_store.store(
        net_of("F0", "甲", "乙", links=[("甲", "F0"), ("乙", "F0")]), store_url, dataset="小县"
    )
    values = {"dataset": "小县", **layout.span(name_in(store_url))}
    for text in (cypher("MG").owned_nodes, cypher("MG").owned_links):
        found = session.run(f"PROFILE {text}", values)
        assert len(list(found)) == (3 if "type(r)" not in text else 2)
        assert _touched(found.consume().profile) < 200


def _touched(plan: dict) -> int:
    return plan.get("dbHits", 0) + sum(map(_touched, plan.get("children", ())))


def test_complete_only_if_all_say_so(store_url):
    """A network of several datasets is complete where every one says so, and true to the latest day of theirs."""
    net = net_of("甲").with_meta(**{"links.complete": "complete", "title": "一"})
    neo4j_store.store(net, store_url, dataset="甲县")
    assert read(store_url).completeness("links")
    neo4j_store.store(net_of("乙", day=LATER), store_url, dataset="乙县")
    both = read(store_url)
    assert not both.completeness("links")
    assert both.meta["data_day"] == LATER
    assert both.meta["title"] == "一"


@pytest.mark.parametrize(
    ("rows", "kept", "told"), [(200, 179, True), (200, 181, False), (50, 40, False), (50, 39, True)]
)
def test_endings_over_a_tenth_and_over_ten_are_withheld(store_url, rows, kept, told):
    """A load that would end over 10 % and over 10 rows writes nothing; an accepted number is a ceiling."""
    full = net_of(*(f"F{i}" for i in range(rows)))
    cut = net_of(*(f"F{i}" for i in range(kept)), "新", day=LATER)
    write(full, store_url)
    if not told:
        assert neo4j_store.store(cut, store_url).ended == rows - kept
        return
    with pytest.raises(errors.WithheldError) as withheld:
        neo4j_store.store(cut, store_url)
    assert withheld.value.report.ended == rows - kept
    assert str(rows - kept) in str(withheld.value)
    with pytest.raises(errors.WithheldError):
        neo4j_store.store(cut, store_url, accept_endings=rows - kept - 1)
    assert read(store_url) == full
    assert neo4j_store.store(cut, store_url, accept_endings=rows - kept).ended == rows - kept


def test_a_withheld_load_exits_with_1(store_url, tmp_path, capsys):
    """In the shell a withheld load is a finding, and `--accept-endings` carries it out."""
    from medgraph.cli import main

    write(net_of(*(f"F{i}" for i in range(40))), store_url)
    write(net_of("F1", day=LATER), tmp_path / "cut")
    for more, code in (([], 1), (["--accept-endings", "38"], 1), (["--accept-endings", "39"], 0)):
        with pytest.raises(SystemExit) as stop:
            main(["convert", str(tmp_path / "cut"), store_url, *more])
        assert stop.value.code == code, capsys.readouterr().err


# -- scenarios, several networks, other people's nodes -------------------------------------------------------


def test_a_scenario_is_kept_as_its_difference(store_url, taizhou, session):
    """A scenario holds changes alone; read, it is its base of today after them."""
    write(taizhou, store_url)
    plan = f"{store_url}-plan&base={name_in(store_url)}"
    wanted = [
        changes.Move("TZ-P34", "G2", datetime.date(2024, 1, 1)),
        changes.Link(
            "TZ-P34",
            "REFERS_UP_TO",
            "TZ-H02",
            None,
            {"minutes": 12.0, "valid_to": datetime.date(2030, 1, 1)},
        ),
    ]
    neo4j_store.store_scenario(wanted, plan)
    assert read(f"{store_url}-plan") == taizhou.applying(wanted)
    found = session.run(
        "MATCH (n:MGNode {network: $n}) RETURN count(n)", n=name_in(store_url) + "-plan"
    )
    assert found.single()[0] == 0
    write(taizhou.with_meta(title="新"), store_url)
    assert read(f"{store_url}-plan") == taizhou.with_meta(title="新").applying(wanted)
    for net, url in ((taizhou, f"{store_url}-plan"), (taizhou, plan)):
        with pytest.raises(errors.TargetError, match=r"方案|scenario"):
            write(net, url)
    with pytest.raises(errors.ChangeError):
        neo4j_store.store_scenario([changes.Join("TZ-P34", "TZ-P34")], plan)


def test_scenarios_do_not_stand_on_each_other(store_url):
    """A scenario may stand on another; one that would stand on itself by that way is refused."""
    write(net_of("甲", "乙"), store_url)
    name = name_in(store_url)
    link = changes.Link("乙", "RUN_BY", "甲", None, {})
    neo4j_store.store_scenario([link], f"{store_url}-one&base={name}")
    neo4j_store.store_scenario([], f"{store_url}-two&base={name}-one")
    assert read(f"{store_url}-two") == read(store_url).applying([link])
    with pytest.raises(errors.SourceError, match=r"one → .*two → .*one"):
        neo4j_store.store_scenario([], f"{store_url}-one&base={name}-two")
    assert len(read(f"{store_url}-one").edges()) == 1


def test_networks_lie_side_by_side(store_url, taizhou):
    """Networks of one database do not mix, also where the name of one begins like that of the other."""
    write(taizhou, store_url)
    write(net_of("甲"), store_url + " 2")
    write(net_of("乙"), store_url + "%202%20")
    assert read(store_url) == taizhou
    assert read(store_url + " 2") in (net_of("甲"), net_of("乙"))


def test_nodes_of_others_are_untouched(store_url, session):
    """Nodes and links of other people stay what they were, also where they hang on ours."""
    write(net_of("甲", "乙", links=[("甲", "乙")]), store_url)
    network = name_in(store_url)
    session.run(
        "CREATE (f:Facility:Mine {id: '甲', key: 'k', network: $n}) WITH f "
        "MATCH (a:MGNode {network: $n, id: '甲'}) MATCH (b:MGNode {network: $n, id: '乙'}) "
        "CREATE (f)-[:LEADS {who: 'me'}]->(a), (a)-[:RUN_BY {who: 'me'}]->(b), (a)-[:TAGGED]->(f)",
        n=network,
    ).consume()
    before = _of_others(session, network)
    neo4j_store.store(net_of("甲", "丙", day=LATER), store_url, accept_endings=5)
    assert _of_others(session, network) == before
    assert set(read(store_url).edges()["relation"]) == {"RUN_BY"}
    assert len(read(store_url).edges()) == 1
    session.run("MATCH (f:Mine) DETACH DELETE f").consume()


def _of_others(session, network):
    found = session.run(
        "MATCH (f:Mine {network: $n}) OPTIONAL MATCH (f)-[r]-(x) RETURN properties(f), type(r), "
        "properties(r), x.id ORDER BY type(r)",
        n=network,
    ).values()
    more = session.run(
        "MATCH (:MGNode {network: $n})-[r:RUN_BY]->() WHERE r.who = 'me' RETURN properties(r)",
        n=network,
    ).values()
    return found, more


def test_another_prefix(store_url, session):
    """Labels begin with what the address says; one prefix does not see the networks of another."""
    write(net_of("甲"), store_url + "&prefix=County")
    assert read(store_url + "&prefix=County") == net_of("甲")
    assert (
        session.run(
            "MATCH (n:CountyFacility {network: $n}) RETURN count(n)", n=name_in(store_url)
        ).single()[0]
        == 1
    )
    with pytest.raises(errors.SourceError, match=r"没有网络|no network"):
        read(store_url)


@pytest.mark.parametrize("version", [layout.LAYOUT - 1, layout.LAYOUT + 1])
def test_another_layout_is_refused(store_url, session, version):
    """A network of an older layout, or of one that is not known yet, is neither read nor written, in words."""
    write(net_of("甲"), store_url)
    session.run(
        "MATCH (net:MGNetwork {name: $n}) SET net.format_version = $v",
        v=version,
        n=name_in(store_url),
    ).consume()
    for work in (lambda: read(store_url), lambda: write(net_of("甲"), store_url)):
        with pytest.raises(errors.SourceError, match=rf"{version}.*{layout.LAYOUT}"):
            work()


def test_values_edited_by_hand_are_problems(store_url, session):
    """What somebody typed wrongly in Neo4j Browser is a problem with its row, as in any file."""
    write(net_of("甲", "乙"), store_url)
    session.run(
        "MATCH (n:MGNode {network: $n, id: '甲'}) SET n.beds = 'many', n.level = 'high'",
        n=name_in(store_url),
    ).consume()
    loaded = registry.load(store_url)
    assert loaded.network is None
    assert {(p.code, p.value) for p in loaded.errors} >= {("E012", "many")}
    kept = registry.load(store_url, lenient=True).network.nodes()
    assert sorted(kept.index) == ["乙", "甲"], "a fault costs the cell"
    assert not {"beds", "level"} & set(kept.columns)


def test_progress_is_told(store_url, taizhou):
    """Loading and reading tell how far they are."""
    from medgraph.progress import watching

    heard = []
    with watching(lambda done, total: heard.append((done, total))):
        write(taizhou, store_url)
        read(store_url)
    assert heard[0][1] == 526
    assert (526, 526) in heard
    assert heard[-1] == (172, 172)
