"""Renamed, merged, split: links go on with what follows, on every day, forwards and backwards."""

from __future__ import annotations

import datetime

import pytest

from medgraph.cli.app import main
from medgraph.errors import ChangeError
from medgraph.graphmodel.changes import Succeed
from medgraph.graphmodel.validate import check
from medgraph.loaders import load, registry
from medgraph.queries import coverage, teams
from medgraph.queries.comparison.differences import compare
from tests.queries.networks import COMPLETE, network

AREAS = ("331001001000", "331001002000")
NODES = """
    331001001000 Area
    331001002000 Area
    F1 Facility type=township_health_centre
    F2 Facility type=township_health_centre
    H Facility type=general_hospital
    N1 Facility type=township_health_centre
    N2 Facility type=township_health_centre
    N3 Facility type=township_health_centre
    G Group type=county_medical_community
"""
LINKS = """
    H LEADS G
    F1 MEMBER_OF G
    F2 MEMBER_OF G
    F1 SERVES 331001001000
    F2 SERVES 331001002000
    F1 REFERS_UP_TO H
    F2 REFERS_UP_TO H
"""
START = "2020-01-01"


def county():
    return network(NODES, LINKS, **COMPLETE, data_day=START)


def held(net, day):
    """The links of a day, the trail apart, as (source, relation, target)."""
    edges = net.as_of(day).edges()
    edges = edges[edges["relation"] != "SUCCEEDED_BY"]
    return {*edges[["source", "relation", "target"]].itertuples(index=False, name=None)}


def served(net, day):
    return coverage.served(net, as_of=day).status.to_dict()


def with_name(links, old, *new):
    """The links, with new names in place of an old one."""
    return {
        (heir if source == old else source, relation, heir if target == old else target)
        for source, relation, target in links
        for heir in (new if old in (source, target) else ("",))
    }


def test_a_renaming_carries_every_link():
    """F1 becomes N1: all that it had goes on, no gap opens, and nothing has changed the day before."""
    net = county().linked("F1", "REFERS_DOWN_TO", "F2", on=START, minutes=20)
    after = net.succeeded("F1", by="N1", on="2021-01-01", carry=True)
    assert held(after, "2020-12-31") == held(net, START)
    assert held(after, "2021-01-01") == with_name(held(net, START), "F1", "N1")
    assert "N1" not in after.as_of("2020-12-31").nodes().index
    for day in ("2020-12-31", "2021-01-01"):
        assert set(served(after, day).values()) == {"served"}
    minutes = after.as_of("2021-01-01").edges("REFERS_DOWN_TO").set_index("source")["minutes"]
    assert minutes["N1"] == 20
    frame = compare(after, from_day="2020-12-31", to_day="2021-01-01").frame
    assert frame[frame["kind"] == "real"].empty
    assert set(frame["change"]) == {"renamed"}
    back = compare(after, from_day="2021-01-01", to_day="2020-12-31").frame
    assert not {"served", "obligation"} & set(back["what"])


def test_a_merger_takes_over_what_the_other_does_not_have():
    """F1 and F2 go into N1: it is a member once, serves both areas, and refers once to H for each."""
    net = county().applying(
        [
            Succeed("F1", "N1", datetime.date(2021, 1, 1), "merged", carry=True),
            Succeed("F2", "N1", datetime.date(2021, 1, 1), "merged", carry=True),
        ]
    )
    assert held(net, "2021-01-01") == {
        ("H", "LEADS", "G"),
        ("N1", "MEMBER_OF", "G"),
        ("N1", "SERVES", AREAS[0]),
        ("N1", "SERVES", AREAS[1]),
        ("N1", "REFERS_UP_TO", "H"),
    }
    assert (net.as_of("2021-01-01").edges("REFERS_UP_TO")["source"] == "N1").sum() == 1
    assert set(served(net, "2021-01-01").values()) == {"served"}
    assert held(net, "2020-12-31") == held(county(), START)


def amounts(net, day, relation, column):
    """What the links of a relation state on a day, by their ends."""
    edges = net.as_of(day).edges(relation)
    ends = zip(edges["source"], edges["target"], strict=True)
    return sorted(zip(ends, edges[column].astype(object).where(edges[column].notna()), strict=True))


def test_a_merger_has_the_amounts_of_both():
    """F1 and F2 sink 20 and 30 beds to N2: N1, which they become, sinks 50, in two links."""
    net = county().linked("F1", "SINKS_BEDS", "N2", on=START, beds=20)
    net = net.linked("F2", "SINKS_BEDS", "N2", on=START, beds=30)
    for old in ("F1", "F2"):
        net = net.succeeded(old, by="N1", on="2021-01-01", how="merged into", carry=True)
    assert amounts(net, "2021-01-01", "SINKS_BEDS", "beds") == [
        (("N1", "N2"), 20),
        (("N1", "N2"), 30),
    ]
    assert amounts(net, "2020-12-31", "SINKS_BEDS", "beds") == [
        (("F1", "N2"), 20),
        (("F2", "N2"), 30),
    ]


def test_of_a_split_nobody_knows_how_amounts_are_divided():
    """20 beds are not 20 and 20; that beds are sunk goes on, how many is not stated."""
    net = county().linked("F1", "SINKS_BEDS", "F2", on=START, beds=20)
    net = net.linked("H", "DISPATCHES", "F1", on=START, person="P1", title="attending")
    net = net.succeeded("F1", by=["N1", "N2"], on="2021-01-01", how="split from", carry=True)
    columns = ["source", "relation", "target", "beds", "person", "title"]
    edges = net.as_of("2021-01-01").edges().reindex(columns=columns)  # none where nothing is stated
    sunk = edges[edges["relation"] == "SINKS_BEDS"]
    assert (sorted(sunk["source"]), sunk["beds"].notna().any()) == (["N1", "N2"], False)
    sent = edges[edges["relation"] == "DISPATCHES"]
    assert (sorted(sent["target"]), sent["person"].notna().any()) == (["N1", "N2"], False)
    assert set(sent["title"]) == {"attending"}


def test_a_split_hands_everything_on_to_both():
    """F1 becomes N1 and N2: both have its links from that day."""
    net = county().succeeded("F1", by=["N1", "N2"], on="2021-01-01", how="split from", carry=True)
    assert net.successors("F1", on="2021-01-01") == ["N1", "N2"]
    assert held(net, "2021-01-01") == with_name(held(county(), START), "F1", "N1", "N2")
    frame = compare(net, from_day="2020-12-31", to_day="2021-01-01").frame
    told = frame[frame["what"] == "facility"]
    assert told[["source", "change", "after"]].values.tolist() == [["F1", "split", "N1|N2"]]


def test_a_chain_of_three_over_five_years():
    """F1, N1 from 2021, N2 from 2023, N3 from 2025: one of them serves on every day, and only one."""
    net = county()
    for old, new, day in (("F1", "N1", 2021), ("N1", "N2", 2023), ("N2", "N3", 2025)):
        net = net.succeeded(old, by=new, on=f"{day}-01-01", carry=True)
    names = {
        2020: "F1", 2021: "N1", 2022: "N1", 2023: "N2", 2024: "N2", 2025: "N3", 2026: "N3"
    }  # fmt: skip
    for year, name in names.items():
        for day in (f"{year}-01-01", f"{year}-12-31"):
            assert held(net, day) == with_name(held(county(), START), "F1", name)
            assert set(served(net, day).values()) == {"served"}
    assert net.successors("F1", on="2026-01-01") == ["N3"]
    frame = compare(net, from_day="2020-06-01", to_day="2026-01-01").frame
    assert not {"link", "served", "facility"} & set(frame.loc[frame["kind"] == "real", "what"])


def test_a_group_hands_on_its_members_and_what_is_declared_of_them():
    lists = {"links__MEMBER_OF__G__complete": "complete", "links__SERVES__complete": "complete"}
    nodes = NODES + "K Group type=county_medical_community"
    net = network(nodes, LINKS, **lists, links__LEADS__complete="complete")
    after = net.succeeded("G", by="K", on="2024-02-01", carry=True)
    assert after.meta["links.MEMBER_OF.K.complete"] == "complete"
    assert held(after, "2024-02-01") == with_name(held(net, "2024-01-31"), "G", "K")


def test_what_begins_later_is_handed_on_and_what_is_over_is_not():
    net = (
        county()
        .linked("F1", "REFERS_UP_TO", "F2", on="2022-01-01")
        .ended("F1", relation="REFERS_UP_TO", target="H", on="2020-06-01")
        .succeeded("F1", by="N1", on="2021-01-01", carry=True)
    )
    assert ("N1", "REFERS_UP_TO", "F2") not in held(net, "2021-12-31")
    assert ("N1", "REFERS_UP_TO", "F2") in held(net, "2022-01-01")
    assert ("N1", "REFERS_UP_TO", "H") not in held(net, "2021-01-01")


def test_nobody_follows_itself():
    with pytest.raises(ChangeError):
        county().succeeded("F1", by="F1")


def renamed_later():
    """N1, which follows nothing yet, is followed by N2 from 2024 on."""
    return county().succeeded("N1", by="N2", on="2024-01-01", carry=True)


@pytest.mark.parametrize(
    ("net", "by", "last"),
    [
        (renamed_later(), "N1", "2023-12-31"),
        (county().ended("N1", on="2020-06-01"), "N1", "2020-05-31"),
    ],
)
def test_links_are_not_handed_on_to_what_does_not_keep_them(net, by, last):
    """The links of F1 would be nobody's from 2024 on: the earlier succession is to be stated first."""
    with pytest.raises(ChangeError, match=last):
        net.succeeded("F1", by=by, on="2021-01-01", carry=True)
    assert (
        net.succeeded("F1", by=by, on="2021-01-01").edges("SUCCEEDED_BY")["target"].isin([by]).any()
    )


def test_a_table_tells_that_links_are_handed_on_to_what_does_not_keep_them(tmp_path):
    """Whether its rows hand N1 on is for the table to say; here the later row does not."""
    loaded = stated(tmp_path / "net", "F1,沿革,N1,2021-01-01,是", "N1,沿革,N2,2024-01-01,否")
    told = [(p.code, p.place) for p in loaded.problems if p.severity == "warning"]
    assert told == [("W054", "关系.csv!A9")]


def test_the_command_line_writes_it(tmp_path):
    source, target = tmp_path / "net.json", tmp_path / "later.json"
    registry.write(county(), source)
    asked = ["succeed", source, "F1", "--by", "N1", "--on", "2021-01-01", "--carry"]
    with pytest.raises(SystemExit) as done:
        main([*map(str, asked), "--output", str(target)])
    assert done.value.code == 0
    net = registry.read(target)
    assert ("N1", "MEMBER_OF", "G") in held(net, "2021-01-01")


@pytest.mark.parametrize(
    ("old", "by", "forth", "back"),
    [
        (["F1"], ["N1"], {"renamed"}, {"renamed"}),
        (["F1"], ["N1", "N2"], {"split"}, {"merged"}),
        (["F1", "F2"], ["N1"], {"merged"}, {"split"}),
    ],
)
def test_a_comparison_follows_the_trail_both_ways(old, by, forth, back):
    """With the later day first a renaming is one, too: nothing is removed and nothing added."""
    net = county()
    for id in old:
        net = net.succeeded(id, by=by, on="2021-01-01", carry=True)
    for days, changes in (
        (("2020-12-31", "2021-01-01"), forth),
        (("2021-01-01", "2020-12-31"), back),
    ):
        frame = compare(net, from_day=days[0], to_day=days[1]).frame
        assert set(frame.loc[frame["what"] == "facility", "change"]) == changes


def test_a_station_handed_on_is_counted_once():
    """The posting at a facility's old name is no expired one: it goes on at the new name."""
    net = network(
        NODES + "T Team type=public_health", LINKS + "T STATIONED_IN F1", **COMPLETE, data_day=START
    )
    after = net.succeeded("F1", by="N1", on="2021-01-01", carry=True)
    answer = teams.stationed(after, as_of="2021-02-01")
    assert answer.frame[["target", "status"]].to_numpy().tolist() == [["N1", "stationed"]]
    assert answer.excluded["target"].tolist() == ["F1"]
    assert (answer.share.met, answer.share.total) == (1, 1)
    gone = net.succeeded("F1", by="N1", on="2021-01-01")  # not handed on: it has expired
    assert teams.stationed(gone, as_of="2021-02-01").frame["status"].tolist() == ["expired"]


def stated(folder, *successions):
    """The county as tables, with rows of succession that hand the links on."""
    names = [id for row in NODES.split("\n") if (id := row.strip().split(" ")[0])]
    facilities = "".join(
        f"{id},{id},{'general_hospital' if id == 'H' else 'township_health_centre'}\n"
        for id in names
        if id[0] in "FHN"
    )
    areas = "".join(f"{id},{id}\n" for id in AREAS)
    links = "".join(",".join(row.split()) + ",,\n" for row in LINKS.strip().split("\n"))
    folder.mkdir(exist_ok=True)
    texts = {
        "机构": f"编号,名称,类型\n{facilities}",
        "集团": "编号,名称,类型\nG,G,county_medical_community\n",
        "区划": f"代码,名称\n{areas}",
        "关系": "起点,关系,终点,起始日,移交关系\n" + links + "".join(f"{r}\n" for r in successions),
        "说明": "项目,内容\n数据截止日,2020-01-01\n关系 列全,是\n区划 列全,是\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return load(folder)


def test_a_table_hands_links_on_as_a_command_does(tmp_path):
    """A chain, a merger and a split, with the rows in any order: what the changes one by one give."""
    rows = [
        "N1,沿革,N2,2022-01-01,是",
        "N1,沿革,N3,2022-01-01,是",
        "F1,更名为,N1,2021-01-01,是",
        "F2,并入,N3,2023-01-01,是",
    ]
    loaded = stated(tmp_path / "net", *rows)
    assert not [p for p in loaded.problems if p.severity != "info"]
    net = loaded.require()
    wanted = (
        county()
        .succeeded("F1", by="N1", on="2021-01-01", carry=True)
        .succeeded("N1", by=["N2", "N3"], on="2022-01-01", carry=True)
        .succeeded("F2", by="N3", on="2023-01-01", carry=True)
    )
    days = ("2020-01-01", "2020-12-31", "2021-01-01", "2022-01-01", "2022-12-31", "2023-01-01")
    for day in days:
        assert held(net, day) == held(wanted, day)
        assert {*net.as_of(day).nodes().index} == {*wanted.as_of(day).nodes().index}
        assert set(served(net, day).values()) == {"served"}
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (loaded.rows_in, loaded.rows_in, 0)


def test_what_was_handed_on_is_written_and_reads_back_equal(tmp_path):
    net = stated(tmp_path / "net", "F1,沿革,N1,2021-01-01,是").require()
    for name in ("again", "again.xlsx", "again.json"):
        registry.write(net, tmp_path / name)
        assert registry.read(tmp_path / name) == net


def test_a_succession_without_a_day_hands_nothing_on(tmp_path):
    """Nor does a link that is none: each is told with its cell."""
    loaded = stated(tmp_path / "net", "F1,沿革,N1,,是", "F2,上转,F1,2021-01-01,是")
    assert [(p.code, p.place) for p in loaded.problems if p.severity == "warning"] == [
        ("W048", "关系.csv!A9"),
        ("W048", "关系.csv!A10"),
    ]
    assert held(loaded.require(), "2022-01-01") > held(county(), START)


def test_a_succession_that_does_not_say_so_hands_nothing_on(tmp_path):
    net = stated(tmp_path / "net", "F1,沿革,N1,2021-01-01,否").require()
    assert held(net, "2022-01-01") == held(county(), START)


def two_ways_up():
    """F1 and F2 both refer up to H, in 30 and in 20 minutes; F1 also with priority."""
    net = network(NODES, LINKS.replace("F1 REFERS_UP_TO H", "").replace("F2 REFERS_UP_TO H", ""))
    net = net.linked("F1", "REFERS_UP_TO", "H", on=START, minutes=30, priority=True)
    return net.linked("F2", "REFERS_UP_TO", "H", on=START, minutes=20)


def test_what_goes_into_a_link_that_is_there_is_told(tmp_path, capsys):
    """Both numbers, which of them stays, and what the heir does not state: in Python and the shell."""
    net = two_ways_up()
    told = net.handed_on_otherwise("F1", by="F2", on="2021-01-01")
    assert [(each.code, each.value) for each in told] == [("W049", "30"), ("W049", "是")]
    source, target = tmp_path / "net.json", tmp_path / "later.json"
    registry.write(net, source)
    asked = ["succeed", source, "F1", "--by", "F2", "--on", "2021-01-01", "--carry", "--lang", "en"]
    with pytest.raises(SystemExit) as done:
        main([*map(str, asked), "--output", str(target)])
    assert done.value.code == 0
    said = capsys.readouterr().err
    assert (
        "of NF1 goes into one that is there, NF2 refers up to NH: minutes stays 20, not 30" in said
    )
    assert "priority stays not stated, not yes" in said
    after = registry.read(target).as_of("2021-01-01").edges("REFERS_UP_TO")
    assert after["minutes"].tolist() == [20]


def test_a_new_heir_has_every_link_of_two_that_differ():
    """F1 refers to H in 25 minutes and, by another row, in 20: neither goes into the other."""
    net = county().linked("F1", "REFERS_UP_TO", "H", on=START, minutes=25)
    net = net.linked("F1", "REFERS_UP_TO", "H", on=START, minutes=20)
    after = net.succeeded("F1", by="N1", on="2021-01-01", carry=True)
    links = after.as_of("2021-01-01").edges("REFERS_UP_TO")
    minutes = links.loc[links["source"] == "N1", "minutes"]
    assert sorted(minutes.dropna()) == [20, 25]
    assert len(minutes) == 3
    assert net.handed_on_otherwise("F1", by="N1") == []


def leads(net, day):
    return {(s, r, t) for s, r, t in held(net, day) if r == "LEADS" or s in ("H", "N1", "N2")}


def test_one_of_those_that_follow_a_lead_leads():
    """H is split into N1 and N2: the first named leads G, the other is its member; it reads back."""
    after = county().succeeded("H", by=["N1", "N2"], on="2021-01-01", carry=True)
    assert leads(after, "2021-01-01") == {("N1", "LEADS", "G"), ("N2", "MEMBER_OF", "G")}
    (told,) = county().handed_on_otherwise("H", by=["N1", "N2"], on="2021-01-01")
    assert told.code == "W047"
    assert not [one for one in check(*after.tables) if one.severity == "error"]


def test_the_lead_of_a_group_that_goes_into_another_is_its_member():
    """G, led by H, goes into K, led by N1: N1 leads K, and H is a member; not where N1 led before."""
    net = network(NODES + "K Group type=county_medical_community", LINKS + "N1 LEADS K")
    after = net.succeeded("G", by="K", on="2021-01-01", how="merged into", carry=True)
    assert leads(after, "2021-01-01") == {("N1", "LEADS", "K"), ("H", "MEMBER_OF", "K")}
    assert ("F1", "MEMBER_OF", "K") in held(after, "2021-01-01")
    assert not [one for one in check(*after.tables) if one.severity == "error"]
    earlier = net.ended("N1", relation="LEADS", target="K", on="2021-01-01")
    after = earlier.succeeded("G", by="K", on="2021-01-01", how="merged into", carry=True)
    assert leads(after, "2021-01-01") == {("H", "LEADS", "K")}


def test_a_table_tells_what_it_hands_on_otherwise(tmp_path):
    """With the cell of the succession."""
    loaded = stated(tmp_path / "net", "H,沿革,N1,2021-01-01,是", "H,沿革,N2,2021-01-01,是")
    told = [(p.code, p.place) for p in loaded.problems if p.severity == "warning"]
    assert told == [("W047", "关系.csv!A9")]
    assert loaded.network is not None
