"""The board lists what the report lists: the same findings, numbers and order."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest

import medgraph as mg
from medgraph.board import audits as board_audits
from medgraph.board.desk import Desk
from medgraph.board.findings import plain_findings
from medgraph.board.maps import MAPS
from medgraph.board.requests import Asks
from medgraph.cli.audits import audited
from medgraph.cli.reports import pages_of, report_answers
from medgraph.loaders import registry
from medgraph.queries import policy
from medgraph.queries.comparison.asked import Asked
from medgraph.queries.policy.fitting_packs import default_packs
from medgraph.queries.verbs import BY_NAME
from medgraph.visuals.report import xlsx
from medgraph.visuals.report.contents import REPORTED, findings_beside
from medgraph.visuals.report.findings import findings, numbered, problems_by_node
from medgraph.words.say import speaking


def of_report(net):
    answers = {name: BY_NAME[name].ask(net) for name in REPORTED}
    found = findings(net, answers, policy.audit(net, default_packs(net)))
    return [(str(number), one.place, one.fault) for number, one in numbered(found)]


def of_board(net):
    found = plain_findings(Asked(net, net.day(None)))
    assert found["total"] == len(found["rows"])
    return [(row["number"], row["place"], row["fault"]) for row in found["rows"]]


def test_the_base_and_a_plan_have_the_findings_of_the_report(taizhou):
    """西城街道 is the gap; once a centre serves it, it is none."""
    assert of_board(taizhou) == of_report(taizhou)
    assert of_board(taizhou)[0][1] == "西城街道"
    mended = taizhou.linked("TZ-P20", "SERVES", "331003003000")
    assert of_board(mended) == of_report(mended)
    assert "西城街道" not in {place for _, place, _ in of_board(mended)}


def test_without_a_data_day_there_is_no_audit(taizhou):
    """As in the report of the command line: the findings of questions alone."""
    thin = taizhou.with_meta(data_day=None)
    assert thin.data_day is None
    answers = {name: BY_NAME[name].ask(thin) for name in REPORTED}
    found = [
        (str(number), one.place, one.fault)
        for number, one in numbered(findings(thin, answers, None))
    ]
    assert of_board(thin) == found


@pytest.fixture(scope="module")
def with_left_rows(tmp_path_factory):
    """Taizhou with a hospital that lost its name, and one whose status nobody can read."""
    folder = tmp_path_factory.mktemp("left") / "net"
    registry.write(mg.samples.taizhou(), folder)
    table = folder / "facilities.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    spoilt = {"TZ-H10": {"name": ""}, "TZ-H12": {"status": "opne"}}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | spoilt.get(row["id"], {}) for row in rows)
    return folder


def test_one_list_where_rows_were_left_out(with_left_rows):
    """Report, workbook, board, maps and the pages of the audit list the same, in the same order."""
    loaded = registry.load(with_left_rows, lenient=True)
    assert loaded.left_out
    assert loaded.left_nodes.doubtful == {"TZ-H12"}
    net, packs = loaded.require(), default_packs(loaded.require())
    asks = Asks(Desk(with_left_rows, loaded))
    asked = asks.asked("")
    with speaking("en"):
        pages = pages_of(loaded, "net")
        told = [(str(number), one.place, one.fault) for number, one in numbered(pages.findings)]
        of_shell = audited(str(with_left_rows), pack=tuple(packs), lenient=True)
        beside = findings_beside(of_shell, report_answers)
        drawn = MAPS["network"](loaded.asked(), as_of=None, **loaded.left).to_html()
        marked = MAPS["swimlane"](loaded.asked(), as_of=None, **loaded.left).counts["problems"]
        on_board = [(row["number"], row["place"], row["fault"]) for row in _rows(asked)]
        book = openpyxl.load_workbook(io.BytesIO(xlsx.render(pages)))["All findings"]
        page = board_audits.page_of(board_audits.audited(asked, loaded, packs)).to_html()
    assert beside == pages.findings
    assert "TZ-H12" not in {one.subject for one in beside}, "it may be closed"
    assert on_board != of_board(net), "what was left out decides"
    assert on_board == told
    rows = list(book.iter_rows(min_row=len(pages.stamps) + 2, values_only=True))
    assert [(str(row[0]), row[2], row[3]) for row in rows] == told
    listed = page.partition('id="findings"')[2]
    assert re.findall("<tr><td>(.*?)</td>", listed) == [number for number, *_ in told]
    assert _marks(drawn) == [number for number, *_ in told]
    assert marked == len(problems_by_node(net, pages.findings))


def _rows(asked):
    return plain_findings(asked)["rows"]


def _marks(page):
    """The numbers of the findings that the page of the network holds."""
    return json.loads(re.search(r'"mark":(\[.*?\])', page)[1])
