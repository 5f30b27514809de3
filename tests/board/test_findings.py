"""The board lists what the report lists: the same findings, numbers and order."""

from __future__ import annotations

from medgraph.board.findings import plain_findings
from medgraph.queries import policy
from medgraph.queries.comparison.asked import Asked
from medgraph.queries.policy.fitting_packs import default_packs
from medgraph.queries.verbs import BY_NAME
from medgraph.visuals.report.contents import REPORTED
from medgraph.visuals.report.findings import findings, numbered


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
