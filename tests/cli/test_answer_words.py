"""An answer on the console and in a workbook speaks one language; scripts get codes in CSV and JSON."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from medgraph.cli.answer_words import answer_text
from medgraph.cli.narrowing import Narrowing
from medgraph.errors import OptionError
from medgraph.graphmodel.flow_table import KEYS, FlowTable
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.loaders.records import read_records
from medgraph.queries import coverage, flows
from medgraph.queries.verbs import VERBS
from medgraph.visuals.report.tables import rows_table
from medgraph.words.say import speaking
from tests.loaders.store.test_cypher import a_network
from tests.queries.county import county

NEEDED = {
    "coverage.access": {"speed_kmh": 30},
    "coverage.catchments": {"speed_kmh": 30},
    "coverage.isochrones": {"speed_kmh": 30},
    "referrals.load": {"rate": 10},
}
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
OURS = re.compile(r"[a-z]+(_[a-z]+)+|\b(NaN|None|nan|True|False)\b|<NA>|[A-Z]{2,}_[A-Z_]+")


@pytest.fixture(scope="module")
def networks(taizhou) -> list[MedicalNetwork]:
    return [taizhou, county(), *map(a_network, range(8))]


def asked(verb, net):
    """Ask a verb of a network, about its first facility; None where it is not there on the day."""
    subject = net.nodes("Facility").index[0] if verb.subject else None
    try:
        return verb.ask(net, subject, **NEEDED.get(verb.name, {}))
    except OptionError:
        return None


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_no_word_of_ours_is_in_a_chinese_answer(networks, verb):
    """Headings hold no Latin word; a cell, a share, a need or a definition holds no code of ours."""
    with speaking("zh"):
        for net in networks:
            answer = asked(verb, net)
            if answer is None:
                continue
            for part in (answer.frame, answer.unknown, answer.excluded):
                table = rows_table(net, answer, part.head(40))
                assert not [text for text in table.headings if re.search("[A-Za-z]{2}", text)]
            said = without_names(net, answer_text(net, Narrowing().of_answer(answer)))
            assert not OURS.search(said), said[: OURS.search(said).end()][-200:]


NOTHING = pd.DataFrame(columns=["reason", "rows"])


def records(*rows):
    frame = pd.DataFrame([dict.fromkeys(KEYS) | row for row in rows])
    return FlowTable(frame, NOTHING, read=int(frame["count"].sum()))


REFERRALS = records(
    {"from": "TZ-P07", "to": "TZ-H01", "count": 20},
    {"from": "TZ-P07", "to": "医院甲", "count": 30},
    {"from": "TZ-P07", "to": "TZ-P07", "count": 12},
    {"to": "TZ-H01", "count": 3},
)
VISITS = records(
    {
        "encounter": "outpatient",
        "residence": "331003001000",
        "to": "TZ-P16",
        "month": "2023-10",
        "count": 150,
    }
)


def test_no_word_of_ours_is_in_an_answer_about_records(taizhou):
    """Questions with records beside the network are no verbs."""
    with speaking("zh"):
        for answer in (flows.flows(taizhou, REFERRALS), flows.shares(taizhou, VISITS)):
            for part in (answer.frame, answer.unknown, answer.excluded):
                headings = rows_table(taizhou, answer, part).headings
                assert not [text for text in headings if re.search("[A-Za-z]{2}", text)]
            said = without_names(taizhou, answer_text(taizhou, Narrowing().of_answer(answer)))
            assert not re.search(r"unused|unplanned|judged|primary_visits|NaN", said)


def test_a_name_that_no_facility_has_is_shown(taizhou):
    """In the column of ids, which has none of it."""
    with speaking("zh"):
        answer = flows.flows(taizhou, REFERRALS)
        table = rows_table(taizhou, answer, answer.unknown)
    assert "医院甲" in [row[table.columns.index("target")] for row in table.rows]


@pytest.fixture(scope="module")
def with_side_files(tmp_path_factory):
    """A network and its answers to the questions that take a file beside it."""
    net = samples.synthetic()
    ends = net.edges("REFERS_UP_TO")[["source", "target"]].values.tolist()
    area, first = net.nodes("Area").index[5], ends[0][0]
    lines = [f"{one},{two},2025-01-01,2025-01-04,up,{area},inpatient,60" for one, two in ends]
    lines += [f"{two},{one},2025-01-09,2025-01-11,down,{area},outpatient,60" for one, two in ends]
    lines += [
        f"{ends[5][0]},{first},2025-01-09,,transfer,{area},,100",
        f"x,{first},2025-01-09,,,,,9",
    ]
    head = "from,to,date,arrived,kind,residence,encounter,count"
    file = tmp_path_factory.mktemp("records") / "r.csv"
    file.write_text("\n".join([head, *lines]), "utf-8")
    pairs = list(zip(net.nodes("Area").index, net.nodes("Facility").index, range(60), strict=False))
    times = pd.DataFrame(pairs, columns=["origin", "destination", "minutes"])

    def answers():
        records = read_records(file, follow=30)
        yield flows.flows(net, records)
        yield flows.shares(net, records)
        yield coverage.access(net, times=times, minutes=(15, 30), supply="beds", decay=[(30, 1)])

    return net, answers


def test_answers_with_side_files_are_in_chinese(with_side_files):
    net, answers = with_side_files
    with speaking("zh"):
        for answer in answers():
            table = rows_table(net, answer, answer.everything)
            assert not [text for text in table.headings if re.search("[A-Za-z]{2}", text)]
            said = without_names(net, answer_text(net, Narrowing().of_answer(answer))).replace(
                "synthetic", ""
            )
            assert not re.search(r"(?<![-.])\b[a-z]{3,}\b", said), said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_definition_says_nothing_of_what_it_has_not(taizhou, lang):
    with speaking(lang):
        for verb in VERBS:
            answer = asked(verb, taizhou)
            line = answer.definition.in_words if answer else ""
            assert not re.search(r"：(；|$)|: *(;|$)", line), line


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_no_chinese_is_in_an_english_answer(taizhou, verb):
    """Of a network whose own names are Latin."""
    net = latin(taizhou)
    with speaking("en"):
        said = answer_text(net, Narrowing().of_answer(asked(verb, net)))
    said = re.sub("[椒江黄岩路桥]{2}区", "", said)  # the districts by the register of areas
    assert not CHINESE.search(said), said[: CHINESE.search(said).end()][-200:]


def without_names(net: MedicalNetwork, said: str) -> str:
    """Return a text without the names and ids of nodes, which are the user's own words."""
    nodes = net.nodes()
    for name in sorted({*nodes["name"].dropna(), *nodes.index}, key=len, reverse=True):
        said = said.replace(name, "")
    return said


def latin(net: MedicalNetwork) -> MedicalNetwork:
    """Return the network with `N0`, `N1` and so on for each text that has a Chinese sign."""
    names: dict[str, str] = {}

    def renamed(value):
        if isinstance(value, str) and CHINESE.search(value):
            return names.setdefault(value, f"N{len(names)}")
        return value

    meta = {key: renamed(text) for key, text in net.meta.items()}
    edges = net.edges().drop(columns="id", errors="ignore").map(renamed)
    return MedicalNetwork.from_frames(net.nodes().reset_index().map(renamed), edges, meta)


def test_a_comparison_is_in_chinese(taizhou):
    """What was compared, how it changed, and what it was and is: no code of ours, no id alone."""
    from medgraph.queries.comparison import compare

    after = taizhou.moved("TZ-P34", to_group="G2").ended("TZ-P08")
    with speaking("zh"):
        answer = compare(taizhou, after)
        table = rows_table(taizhou, answer, answer.frame)
    apart = {"source", "target"}  # the ids of both ends, for scripts
    shown = [
        str(cell)
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if column not in apart
    ]
    words = {
        word for text in shown for word in re.findall(r"[a-z_]{3,}", without_names(taizhou, text))
    }
    assert words <= {"urban", "taizhou"}  # the names of packs
    assert "全网络" in {
        row[table.columns.index("name")] for row in table.rows
    }  # whose rule asks all
    assert not [text for text in shown if re.search("区划数 [^0-9]", text)]  # a number is no level
    assert not [text for text in table.headings if re.search("[A-Za-z]{2}", text)]
