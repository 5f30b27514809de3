"""Names, notes and reasons full of code, in every Office file and PDF: they stand there as text."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
import pypdf
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.board.desk import Desk
from medgraph.board.exports import KINDS, export
from medgraph.board.requests import Asks
from medgraph.cli import cli
from medgraph.loaders import registry
from tests.browser import CANARIES
from tests.strategies import HOSTILE

NAMES = list(dict.fromkeys([*CANARIES, *HOSTILE]))
# What makes an Office file do or fetch something: links out, formulas, fields (but for the number of a page),
# macros, embedded parts.
ACTIVE = re.compile(
    rb'TargetMode="External"|<f[ >]|<hyperlinks?[ >/]|ddeLink|oleObject|w:instrText|w:fldSimple(?! w:instr="(?:NUM)?PAGES?"/>)|w:altChunk'
    rb"|vbaProject|activeX|externalReference|<a:hlinkClick",
    re.I,
)
ACTIONS = (b"/JavaScript", b"/URI", b"/Launch", b"/AcroForm", b"/SubmitForm", b"/EmbeddedFile")


def network():
    """A county whose every name, alias and note is code."""
    towns = [f"9900001{number:02d}000" for number in range(10, 10 + len(NAMES))]
    nodes = [
        {"id": id, "kind": "Area", "name": name, "note": name}
        for id, name in zip(towns, NAMES, strict=True)
    ]
    nodes += [
        {
            "id": f"F{number}",
            "kind": "Facility",
            "name": f"{name} {number}",
            "type": "township_health_centre",
            "note": name,
            "document": name,
        }
        for number, name in enumerate(NAMES)
    ]
    nodes += [
        {"id": f"G{n}", "kind": "Group", "name": NAMES[n], "type": "county_medical_community"}
        for n in range(3)
    ]
    links = [(f"F{n}", "SERVES", town) for n, town in enumerate(towns)]
    links += [(f"F{n}", "MEMBER_OF", f"G{n % 3}") for n in range(len(NAMES))]
    links += [(f"F{n}", "LEADS", f"G{n}") for n in range(3)]
    edges = pd.DataFrame(links, columns=["source", "relation", "target"]).assign(note=NAMES[0])
    meta = {"title": NAMES[0], "data_day": "2024-01-01"}
    return mg.MedicalNetwork.from_frames(pd.DataFrame(nodes), edges, meta=meta)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    mg.write(network(), folder / "roster.mgz")
    return folder


def written(folder, *line):
    """Run a command that writes a file, and return what it holds."""
    done = CliRunner().invoke(cli, [str(one) for one in line])
    assert done.exit_code in (0, 1), (line, done.output, done.exception)
    return (folder / line[-1]).read_bytes()


def hold_still(content):
    """Hold that an Office file or a PDF does nothing, and says nothing of who made it where."""
    if content.startswith(b"%PDF"):
        assert not [word for word in ACTIONS if word in content]
        properties = pypdf.PdfReader(io.BytesIO(content)).metadata
        assert "/tmp" not in " ".join(map(str, properties.values()))
        assert properties.author == properties.creator.rstrip() == "medgraph"
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            found = ACTIVE.search(part)
            assert not found, (name, part[max(0, found.start() - 80) : found.end() + 80])
        properties = archive.read("docProps/core.xml")
        assert b"Macintosh" not in b"".join(map(archive.read, archive.namelist()))
    assert b"/tmp" not in properties
    makers = re.findall(rb"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)", properties)
    assert makers == [b"medgraph"] * 2
    assert b"python" not in properties


COMMANDS = (
    ("convert", "{source}", "network.xlsx"),
    ("coverage", "served", "{source}", "--output", "served.xlsx"),
    ("referrals", "broken", "{source}", "--output", "broken.xlsx"),
    ("sharing", "cells", "{source}", "--output", "cells.xlsx"),
    ("compare", "{source}", "--from-day", "2023-01-01", "--output", "compared.xlsx"),
    ("audit", "{source}", "--pack", "county-2023", "--output", "audit.xlsx"),
    ("ask", "{source}", "--pack", "county-2023", "--output", "asked.xlsx"),
)


@pytest.mark.parametrize("line", COMMANDS, ids=lambda line: line[-1])
def test_workbooks_hold_text_alone(folder, line, monkeypatch):
    monkeypatch.chdir(folder)
    hold_still(written(folder, *(part.format(source="roster.mgz") for part in line)))


def test_reports_hold_text_alone(folder, monkeypatch):
    monkeypatch.chdir(folder)
    formats = "xlsx,docx,pdf"
    done = CliRunner().invoke(
        cli, ["report", "roster.mgz", "--output", "report", "--format", formats]
    )
    assert done.exit_code == 0, (done.output, done.exception)
    files = sorted((folder / "report").iterdir())
    assert [file.suffix for file in files] == [".xlsx", ".docx", ".pdf"]
    for file in files:
        hold_still(file.read_bytes())


def test_what_is_taken_from_the_board_holds_text_alone(folder):
    source = folder / "roster.mgz"
    desk = Desk(source, registry.load(source))
    plan = desk.begin(NAMES[0], who=NAMES[1])
    plan = desk.regroup(plan.id, ["F9"], "G1", after=plan.last, who=NAMES[1], reason=NAMES[2])
    asks = Asks(desk)
    made = {kind: export(asks, plan.id, kind).content for kind in KINDS}
    desk.close()
    for kind, content in made.items():
        if kind == "slides_png":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert all(re.fullmatch(r"\d{3}\.png", name) for name in archive.namelist())
        elif content.startswith((b"PK", b"%PDF")):
            hold_still(content)
        else:
            assert kind in ("plan", "map_png", "map_svg", "map_html", "report_html", "slides_html")
