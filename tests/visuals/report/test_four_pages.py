"""The four pages: findings by kind, a line per group, what would decide; the annex where asked for."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pypdf
import pytest
from click.testing import CliRunner
from docx import Document

import medgraph as mg
from medgraph.cli import cli
from medgraph.cli.reports import audited, report_answers
from medgraph.errors import OptionError, UnknownIdError
from medgraph.queries import policy
from medgraph.visuals.audit_page import audit_page
from medgraph.visuals.report import contents, html, letters, pdf, write_report, xlsx
from medgraph.visuals.report import docx as word
from medgraph.visuals.report.called import Called
from medgraph.visuals.report.contents import findings_beside
from medgraph.visuals.report.findings import findings, findings_table, numbered
from medgraph.visuals.report.kinds import kinds, kinds_table, places
from medgraph.visuals.report.overview import group_lines
from medgraph.visuals.report.paper import LINE_END, main_blocks, text_of_cell
from medgraph.visuals.report.since import Earlier, Since
from medgraph.visuals.report.tables import without_ids
from medgraph.words.say import problem, say, speaking
from tests.browser import opened

NO_LINKS = pd.DataFrame(columns=["source", "relation", "target"])


@pytest.fixture(scope="module")
def asked_of(taizhou):
    """Taizhou's answers, audit and questions."""
    with speaking("zh"):
        audit, _ = audited(taizhou, ())
        return report_answers(taizhou), audit, policy.ask(audit)


@pytest.fixture(scope="module")
def pages(taizhou, asked_of):
    answers, audit, asked = asked_of
    with speaking("zh"):
        return contents(taizhou, answers, audit=audit, asked=asked, source="/home/wang/台州.xlsx")


def test_taizhou_is_four_pages(pages):
    """Taizhou's report has four pages, and says where everything else is."""
    read = pypdf.PdfReader(io.BytesIO(pdf.render(pages)))
    assert len(read.pages) == 4
    assert "--annex" in read.pages[-1].extract_text()
    assert 'id="all-findings"' not in html.render(pages).decode()


@pytest.mark.parametrize("annex", [False, True])
@pytest.mark.parametrize("formats", [["docx"], ["docx", "xlsx"]])
def test_a_report_without_its_workbook_says_how_to_write_it(pages, tmp_path, annex, formats):
    """What is in `findings.xlsx` is not pointed at as if it were there."""
    write_report(replace(pages, annex=annex), tmp_path, formats=formats)
    said = "\n".join(line.text for line in Document(str(tmp_path / "report.docx")).paragraphs)
    assert ("--format" in said) == (formats == ["docx"])
    assert annex or "--annex" in said


def test_findings_are_told_by_kind(pages):
    """Nine hospitals in no group are one line with nine places; every finding is in one line."""
    told = {kind.words: kind for kind in kinds(pages.findings)}
    assert told["不在任何集团"].count == 9
    assert sum(len(kind.findings) for kind in told.values()) == len(pages.findings)
    table = kinds_table(list(told.values()))
    line = next(row for row in table.rows if row[1] == "不在任何集团")
    assert str(line[3]).endswith("等9个")
    assert [kind.rank for kind in kinds(pages.findings)] == sorted(k.rank for k in told.values())


def test_the_worst_case_stands_beside_the_number(taizhou, asked_of):
    """A rule that fails for some and lacks data of others says how many it may be at most."""
    answers, audit, _ = asked_of
    with speaking("zh"):
        for kind in kinds(findings(taizhou, answers, audit)):
            [*rules] = {one.undecided for one in kind.findings}
            assert kind.most == kind.count + max(rules)


def test_what_follows_is_told_under_its_cause():
    """A centre in no group owes nothing and refers out of its group: told under that, not beside it."""
    net = mg.samples.synthetic(scale="county")
    facilities = net.nodes("Facility")
    centre = facilities[facilities["type"] == "township_health_centre"].index[0]
    links = net.edges()
    cut = (links["source"] == centre) & links["relation"].isin(["MEMBER_OF", "REFERS_UP_TO"])
    nodes = net.nodes().reset_index()
    loose = type(net).from_frames(nodes, links[~cut], dict(net.meta))
    with speaking("zh"):
        found = findings(loose, report_answers(loose), None)
        rows = kinds_table(kinds(found)).rows
    [cause] = [one for one in found if one.query == "coverage.ungrouped"]
    assert {one.query for one in cause.followers} == {"referrals.broken", "sharing.matrix"}
    assert all(centre in (one.subject, one.points_to) for one in cause.followers)
    assert not any(centre in (one.subject, one.points_to) for one in found if one is not cause)
    under = [row[1] for row in rows if not row[0]]
    assert "→ 由此：有义务未落实" in under
    numbers = [number for number, _ in numbered(found)]
    assert "1.1" in map(str, numbers)
    assert len(numbers) == len(set(numbers))


def test_problems_of_the_file_stand_apart(taizhou, asked_of):
    """A cell that cannot be read is no finding about the network."""
    answers, audit, asked = asked_of
    with speaking("zh"):
        double = problem("E010", "机构!C9", "H1", count=2)
        found = contents(taizhou, answers, audit=audit, asked=asked, problems=[double])
        headings = [b["text"] for b in main_blocks(found) if b["kind"] == "heading"]
    assert [one.place for one in found.file_findings] == ["机构!C9"]
    assert not any(one.place == "机构!C9" for one in found.findings)
    assert "数据文件的问题" in headings


def test_the_lines_of_the_groups_say_what_the_queries_say(pages, asked_of):
    """Areas, facilities and verdicts of a line are those of the queries."""
    answers, audit, _ = asked_of
    grid = answers["coverage.grid"].frame.set_index("group")
    by_id = {page.id: page for page in pages.groups}
    for id, row in grid.iterrows():
        assert by_id[id].areas == row["areas"]
        assert by_id[id].facilities == row["facilities"]
        about = audit.findings[audit.findings["subject"] == id]["verdict"].value_counts()
        for verdict, count in about.items():
            assert by_id[id].judged[verdict] >= count
    with speaking("zh"):
        lines = group_lines(pages.groups, answers["coverage.grid"])
    assert len(lines.rows) == len(pages.groups)
    assert "人口（人）" not in lines.headings  # nobody stated it: no column of noughts


def test_what_would_decide_adds_up(pages, asked_of):
    """The lines decide together what the questions decide, and name every question."""
    *_, asked = asked_of
    columns = pages.deciding.columns
    decides, questions = columns.index("decides"), columns.index("questions")
    assert sum(row[decides] for row in pages.deciding.rows) == asked.judged
    assert sum(row[questions] for row in pages.deciding.rows) == len(asked.frame)


def test_page_paper_and_word_hold_the_same_pages(pages):
    """The page holds every cell that paper holds, in the same order."""
    text = html.render(pages).decode()
    with speaking("zh"):
        tables = [block for block in main_blocks(pages) if block["kind"] == "table"]
    assert len(tables) == 4
    for block in tables:
        for row in block["rows"]:
            for cell in row:
                name = cell if isinstance(cell, str) else next(iter(cell), "")
                first = name.split(LINE_END)[0].rstrip()
                assert first.replace("&", "&amp;").replace(">", "&gt;") in text, text_of_cell(cell)


def test_a_network_without_groups_says_so():
    """Three facilities in no group: the page of the groups says that there are none."""
    names = {"id": ["H1", "H2", "H3"], "kind": "Facility", "name": ["甲院", "乙院", "丙院"]}
    net = mg.MedicalNetwork.from_frames(pd.DataFrame(names), NO_LINKS, {})
    with speaking("zh"):
        blocks = [*main_blocks(contents(net, {}))]
    at = next(n for n, one in enumerate(blocks) if one.get("key") == "group-lines")
    assert blocks[at + 1]["text"] == "数据里没有列明成员的集团或联盟。"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_one_of_a_thin_file_has_no_command_and_no_code(lang):
    """Where nothing can be counted, page one says so in a sentence that an office would write."""
    clinic = {"id": ["F1"], "kind": "Facility", "name": "甲院"}
    thin = mg.MedicalNetwork.from_frames(pd.DataFrame(clinic), NO_LINKS)
    with speaking(lang):
        audit, why_not = audited(thin, ())
        made = contents(thin, report_answers(thin), audit=audit, no_audit=why_not)
        page = html.render(made).decode()
    assert made.headline == say_in(lang, "report.no_register_of_areas")
    words = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.S)
    assert not re.search(r"medgraph [a-z]|--(pack|area)|\[[EWI]\d{3}\]", words)


def say_in(lang, key):
    with speaking(lang):
        return say(key)


def test_no_id_stands_in_the_evidence_where_a_name_is_unique(taizhou, asked_of):
    """What a failed rule rests on, and why one is open, name nodes; the column of ids has ids."""
    answers, audit, asked = asked_of
    with speaking("zh"):
        made = contents(taizhou, answers, audit=audit, asked=asked)
        shown = [findings_table(made.findings), *made.audit.tables]
        of_ids = ("id", "subject")
        texts = [
            str(cell)
            for table in shown
            for row in table.rows
            for column, cell in zip(table.columns, row, strict=True)
            if column not in of_ids
        ]
    assert not [text for text in texts if re.search(r"TZ-[A-Z]+\d|/G\d\b", text)]
    assert any("urban-2023/UG-04：台州市中心医院城市医疗集团" in text for text in texts)
    assert any("台州市恩泽医院–" in text or "–台州市" in text for text in texts)


def test_a_report_of_an_area_lists_the_groups_that_have_a_part_there(taizhou):
    """Who serves nothing in the area and has no facility in it is counted; by name it is found."""
    part = taizhou.within("331003")
    with speaking("en"):
        made = contents(part, report_answers(part), area="331003")
        blocks = [*main_blocks(made)]
    assert [page.id for page in made.groups][:1] == ["G3"]
    assert {"G1", "G2", "G4"} <= {page.id for page in made.elsewhere}
    said = f"{len(made.elsewhere)} other groups or alliances deal with this area"
    assert any(one.get("text", "").startswith(said) for one in blocks)
    assert letters.page_of(made, "G1").id == "G1"


def test_a_report_of_an_area_without_groups_says_one_thing_of_them(taizhou):
    """That others deal with the area, and not that the data has none."""
    part = taizhou.within("331003")
    with speaking("en"):
        made = contents(part, report_answers(part), area="331003")
        alone = replace(made, groups=(), elsewhere=(*made.groups, *made.elsewhere))
        none = replace(made, groups=(), elsewhere=())
        texts = [[one.get("text", "") for one in main_blocks(report)] for report in (alone, none)]
    said = [[text for text in each if "group" in text and "area" in text] for each in texts]
    has_none = "The data has no group or alliance of which a member is stated."
    assert has_none not in texts[0]
    assert any(text.startswith(f"{len(alone.elsewhere)} other groups") for text in said[0])
    assert has_none in texts[1]


def test_no_path_and_no_user_in_any_file(pages):
    """The file's name stands in the report, never the folder that it lies in."""
    from medgraph.visuals.report import _WRITERS

    for _, render in _WRITERS.values():
        content = render(pages)
        if content[:2] == b"PK":
            import zipfile

            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"".join(book.read(name) for name in book.namelist())
        if content[:4] == b"%PDF":
            read = pypdf.PdfReader(io.BytesIO(content))
            words = " ".join(page.extract_text() for page in read.pages)
            content = (words + str(read.metadata)).encode()
        assert b"wang" not in content


def test_one_list_in_all_places(taizhou, pages, asked_of):
    """Report, workbook, audit page, maps and board show the same findings in the same order."""
    from medgraph.board.maps import _problems

    answers, audit, _ = asked_of
    with speaking("zh"):
        found = findings(taizhou, answers, audit)
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(pages)))["全部发现"]
        on_map = _problems(taizhou, None, {})
        beside = audit_page(audit, findings=findings_beside(audit, report_answers)).to_html()
    rows = list(sheet.iter_rows(min_row=len(pages.stamps) + 2, values_only=True))
    assert pages.findings == found
    assert [(row[0], row[2], row[3]) for row in rows] == [
        (number, one.place, one.fault) for number, one in numbered(found)
    ]
    assert [row[1] for row in findings_table(found).rows] == [row[1] for row in rows]
    listed = re.findall("<tr><td>(.*?)</td>", beside.partition('id="findings"')[2])
    assert listed == [str(number) for number, _ in numbered(found)]
    told = [subject for _, one in numbered(found) for subject in one.subjects]
    assert list(on_map) == list(dict.fromkeys(told))
    failed = audit.findings[audit.findings["verdict"] == "FAIL"]["subject"]
    assert set(failed) <= set(on_map)
    drawn = mg.visuals.swimlane(taizhou, problems=on_map).counts["problems"]
    assert drawn == mg.visuals.network_map(taizhou, problems=on_map).counts["problems"]


def test_a_letter_is_one_page_with_its_own_duties(pages, asked_of):
    """The page of a group is one page; it holds its own findings, verdicts and questions alone."""
    _, audit, asked = asked_of
    page = letters.page_of(pages, "G3")
    laid_out = letters.letter(pages, page)
    read = pypdf.PdfReader(io.BytesIO(pdf.set_paper(laid_out)))
    text = "".join(read.pages[0].extract_text().split())
    assert len(read.pages) == 1
    assert page.title in text
    assert not any(other.title in text for other in pages.groups if other.id != "G3")
    duties = [block for block in laid_out["blocks"] if block["kind"] == "table"][1]
    of_group = audit.findings[audit.findings["subject"] == "G3"]
    assert [row[0] for row in duties["rows"][:2]] == ["UG-04", "UG-12"]
    assert len(page.verdicts.rows) == len(of_group)
    questions = [letters.questions_of(pages, other) for other in pages.groups]
    assert sum(map(len, questions)) == (asked.frame["member_of"] != "").sum()


def test_the_shell_writes_a_page_for_each_group(tmp_path, monkeypatch):
    """`--each group` writes Word, PDF and the sheet to fill in of each; `--group` those of one."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["sample", "taizhou", "t.mgz"]).exit_code == 0
    each = ["report", "t.mgz", "--each", "group", "--output", "e", "--lang", "zh"]
    assert CliRunner().invoke(cli, each, catch_exceptions=False).exit_code == 0
    written = {path.name for path in (tmp_path / "e").iterdir()}
    assert {f"市立医院城市医疗集团.{end}" for end in ("docx", "pdf", "xlsx")} <= written
    one = ["report", "t.mgz", "--group", "G4", "--format", "html", "--output", "o", "--lang", "zh"]
    assert CliRunner().invoke(cli, one, catch_exceptions=False).exit_code == 0
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["市立医院城市医疗集团.html"]
    none = ["report", "t.mgz", "--group", "G99", "--output", "o"]
    assert isinstance(CliRunner().invoke(cli, none).exception, UnknownIdError)
    both = [*each, "--group", "G4"]
    assert isinstance(CliRunner().invoke(cli, both).exception, OptionError)
    sheet = openpyxl.load_workbook(tmp_path / "e" / "市立医院城市医疗集团.xlsx").worksheets[0]
    assert sheet.max_row > 1


def test_a_district_has_a_report_of_its_own(tmp_path, monkeypatch):
    """`--area` narrows the report to a district, and page one names it."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["sample", "taizhou", "t.mgz"]).exit_code == 0
    line = ["report", "t.mgz", "--area", "331003", "--format", "html", "--output", "o"]
    assert CliRunner().invoke(cli, [*line, "--lang", "zh"], catch_exceptions=False).exit_code == 0
    text = (tmp_path / "o" / "index.html").read_text(encoding="utf-8")
    assert "黄岩区（331003）" in text
    assert "18/19" in text


def test_against_last_time(taizhou, pages, asked_of):
    """What is new, gone and unchanged adds up, and what nobody can judge now is not said to be gone."""
    answers, audit, asked = asked_of
    with speaking("zh"):
        before = taizhou.joined("TZ-H10", group="G2").moved("TZ-P34", to_group="G2")
        known = findings(before, report_answers(before), audited(before, ())[0])
        earlier = Earlier(known, before.day(), "旧.xlsx")
        found = contents(taizhou, answers, audit=audit, asked=asked, earlier=earlier)
        line = dict(found.facts)["与上次相比"]
        table = kinds_table(kinds(found.findings), found.since)
    counts = found.since.counts()
    assert counts["new"] >= 1
    assert counts["new"] + counts["same"] == places(kinds(found.findings))
    assert "新增" in line
    assert "2023-10-25" in line
    [loose] = [row for row in table.rows if row[1] == "不在任何集团"]
    assert loose[-1] == "新增1处、未变8处"
    marks = {one.mark for one in found.findings}
    assert marks <= {"new", "same", "partly"}
    assert {one.mark for one in pages.findings} == {""}


def test_what_is_unknown_now_is_not_gone(taizhou, asked_of):
    """A gap of last time that the data no longer decides is told as undecided, not as closed."""
    answers, audit, _ = asked_of
    with speaking("zh"):
        found = findings(taizhou, answers, audit)
        earlier = Earlier(found, taizhou.day(), "旧.xlsx")
        gap = found[0]
        rest = found[1:]
        silent = Since(earlier, rest, frozenset({(gap.query, gap.subject)}))
        closed = Since(earlier, rest, frozenset())
    assert (silent.counts()["gone"], silent.counts()["open"]) == (0, 1)
    assert (closed.counts()["gone"], closed.counts()["open"]) == (1, 0)
    assert [one.subject for one in closed.no_more] == [gap.subject]


def test_the_shell_compares_with_last_time(tmp_path, monkeypatch):
    """`--since` of the same data finds nothing new and nothing gone."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["sample", "taizhou", "t.mgz"]).exit_code == 0
    line = ["report", "t.mgz", "--since", "t.mgz", "--format", "html", "--output", "o"]
    assert CliRunner().invoke(cli, [*line, "--lang", "zh"], catch_exceptions=False).exit_code == 0
    text = (tmp_path / "o" / "index.html").read_text(encoding="utf-8")
    assert "新增0处、未变21处、消除0处" in text
    assert "5类16项，涉及21处" in text


def test_many_groups_have_pages_of_their_own(pages, tmp_path, monkeypatch):
    """Of more groups than one page shows, the annex links to a page for each, in a folder."""
    monkeypatch.setattr(html, "SHOWN_GROUPS", 3)
    with speaking("zh"):
        write_report(replace(pages, annex=True), tmp_path, formats=["html"])
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    linked = re.findall(r'href="(groups/\d+\.html)"', text)
    assert len(linked) == len(pages.groups)
    for page, file in zip(pages.groups, linked, strict=True):
        assert page.title in (tmp_path / file).read_text(encoding="utf-8")


def test_pages_of_many_groups_ask_what_their_letters_ask(pages, tmp_path, monkeypatch):
    """From the shell, too: what a group has to fill in stands on its page of the annex."""
    monkeypatch.setattr(html, "SHOWN_GROUPS", 0)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["sample", "taizhou", "t.mgz"]).exit_code == 0
    line = ["report", "t.mgz", "--annex", "--format", "html", "--output", "o", "--lang", "zh"]
    assert CliRunner().invoke(cli, line, catch_exceptions=False).exit_code == 0
    first = (tmp_path / "o" / "groups" / "0001.html").read_text(encoding="utf-8")
    asked = letters.questions_of(pages, pages.groups[0])
    with speaking("zh"):
        assert say("report.fill_in_lead", count=len(asked)) in first


@pytest.mark.parametrize("missing", ["audit", "questions"])
def test_a_letter_for_which_nothing_was_looked_up_does_not_say_that_nothing_is_missing(
    taizhou, asked_of, missing
):
    """Without an audit it says why there is none; without questions that none were asked."""
    answers, audit, _ = asked_of
    with speaking("zh"):
        made = contents(taizhou, answers, audit=audit if missing == "questions" else None)
        text = html.set_paper(letters.letter(made, made.groups[0])).decode()
        assert say("report.nothing_to_fill_in") not in text
        assert (say("report.not_looked_for") if missing == "questions" else made.audit.head) in text


def test_no_table_is_wider_than_its_page(chromium, pages, tmp_path):
    """Printed on A4 no table of the four pages is cut off, and no short name is broken inside."""
    with speaking("zh"):
        path, *_ = write_report(pages, tmp_path, formats=["html"])
    with opened(chromium, path, size=(718, 1047)) as page:
        page.page.emulate_media(media="print")
        wide = page.page.evaluate(
            "() => [...document.querySelectorAll('.part .scroll')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 1).length"
        )
        broken = page.page.evaluate(
            "() => [...document.querySelectorAll('.name')]"
            ".filter(e => e.getClientRects().length > 1).length"
        )
        assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 718
    assert (wide, broken) == (0, 0)


def test_on_a_phone_each_row_stands_as_lines(chromium, pages, tmp_path):
    """No table of the four pages is moved sideways, and each value stands beside its heading."""
    with speaking("zh"):
        path, *_ = write_report(pages, tmp_path, formats=["html"])
    with opened(chromium, path, size=(390, 844)) as page:
        found = page.page.evaluate(
            "() => [...document.querySelectorAll('table')].map(e => [e.scrollWidth, e.clientWidth])"
        )
        assert all(wide <= room + 1 for wide, room in found)
        # A name keeps the width beside the heading: lists of names stand under one another.
        narrow = page.page.evaluate(
            "() => [...document.querySelectorAll('.stacked .name')].filter(e => e.offsetWidth < 60"
            " && e.textContent.length > 6).length"
        )
        beside = page.page.evaluate(
            "() => getComputedStyle(document.querySelector('.worst td:nth-child(2)'), '::before').content"
        )
    assert beside == '"位置"'
    assert not narrow


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_browser_prints_four_pages(chromium, taizhou, tmp_path, lang):
    with speaking(lang):
        audit, _ = audited(taizhou, ())
        told = contents(taizhou, report_answers(taizhou), audit=audit, asked=policy.ask(audit))
        path, *_ = write_report(told, tmp_path, formats=["html"])
    with opened(chromium, path) as page:
        printed = page.page.pdf(prefer_css_page_size=True)
    assert len(pypdf.PdfReader(io.BytesIO(printed)).pages) == 4


def test_no_id_stands_beside_a_name_that_is_unique(taizhou, asked_of):
    """Findings, what is missing and whom to ask: names alone, and in English the English ones."""
    answers, audit, asked = asked_of
    for lang, hospital in (("zh", "台州市第一人民医院"), ("en", "Taizhou First People's Hospital")):
        with speaking(lang):
            found = contents(taizhou, answers, audit=audit, asked=asked)
            told = [one for _, one in numbered(found.findings)]
        texts = [text for one in told for text in (one.place, one.fault, one.action, *one.names)]
        texts += [text for need in found.needs for text in (need[0], *need[2])]
        texts += [str(cell) for row in found.deciding.rows for cell in row]
        tables = (*found.tables, *found.audit.tables, *(page.members for page in found.groups))
        texts += [str(cell) for table in tables for row in table.rows for cell in row]
        assert [text for text in texts if re.search(r"[(（]TZ-", text)] == []
        assert any(hospital in text for text in texts)


def test_of_two_of_one_name_the_ids_tell():
    """Where two nodes share a name, each stands with its id, in texts too."""
    net = mg.MedicalNetwork.from_frames(
        pd.DataFrame(
            {
                "id": ["A", "B", "C"],
                "kind": ["Facility"] * 3,
                "name": ["卫生院", "卫生院", "医院"],
            }
        ),
        pd.DataFrame({"source": ["A"], "relation": ["REFERS_UP_TO"], "target": ["C"]}),
    )
    with speaking("zh"):
        called = Called(net)
        assert called.places(["A", "B", "C"], ["", "", ""]) == [
            "卫生院（A）",
            "卫生院（B）",
            "医院",
        ]
        assert called.told("卫生院（A） 转到 医院（C）（见注）") == "卫生院（A）转到 医院（见注）"


def test_texts_are_told_each_by_itself():
    """No name of one text goes on into the next, whatever signs a name holds."""
    net = mg.MedicalNetwork.from_frames(
        pd.DataFrame({"id": ["Fa", "Fb"], "kind": "Facility", "name": ["甲院", "戊\ue000己"]}),
        NO_LINKS,
    )
    with speaking("zh"):
        assert Called(net).all_told(["戊", "己（Fb） z", "甲院（Fa）"]) == [
            "戊",
            "己（Fb） z",
            "甲院",
        ]


def test_a_table_loses_its_ids_and_nothing_else(taizhou, asked_of):
    """The packs of an audit have no ids, and keep all their columns."""
    answers, audit, asked = asked_of
    with speaking("zh"):
        found = contents(taizhou, answers, audit=audit, asked=asked)
    for table in (*found.tables, *found.audit.tables):
        shown = without_ids(table)
        assert len(shown.headings) == len(table.headings) - bool(table.ids)
        assert {len(row) for row in shown.rows} <= {len(shown.headings)}


def test_facts_of_any_length_leave_room_for_the_map(taizhou, asked_of):
    """A source of four hundred signs: the first page goes on, and the map stays one that is read."""
    answers, audit, asked = asked_of
    net = mg.MedicalNetwork(*taizhou.tables, {**taizhou.meta, "source": "据" * 400})
    with speaking("zh"):
        told = word.render(contents(net, answers, audit=audit, asked=asked))
    drawn = Document(io.BytesIO(told)).inline_shapes[0]
    assert drawn.height.mm >= 30
