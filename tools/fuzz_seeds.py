"""A real file for every reader, and the line of the command that reads it."""

from __future__ import annotations

import itertools
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import medgraph as mg

DOCS = Path(__file__).resolve().parent.parent / "docs"
_JSON = ["--format", "json"]
_AUDIT = ["audit", "{tz}", "--pack", "urban-2023"]
_ACCESS = ["coverage", "access", "{tz}", "--minutes", "30"]
_BY_ROAD = ["coverage", "access", "{points}", "--minutes", "30"]
_FLOWS = ["referrals", "flows", "{tz}"]
_DRAFTED = ["--areas", "{tz}", "--output", "{folder}/out.xlsx"]

# name of the seed -> the line that reads it; {tz} is a sound network, {folder} where the file lies
LINES = {
    "facilities.csv": ["check", "{folder}", *_JSON],
    "links.csv": ["check", "{folder}", *_JSON],
    "meta.csv": ["check", "{folder}", *_JSON],
    "net.xlsx": ["check", "{file}", *_JSON],
    "net.json": ["check", "{file}", *_JSON],
    "net.graphml": ["check", "{file}", *_JSON],
    "net.mgz": ["referrals", "broken", "{file}"],
    "nodes.parquet": ["check", "{folder}", *_JSON],
    "links.parquet": ["check", "{folder}", *_JSON],
    "net.fhir.json": ["check", "{file}", *_JSON],
    "net.fhir.ndjson": ["check", "{file}", *_JSON],
    "net.dhis2.json": ["check", "{file}", *_JSON],
    "net.gexf": ["check", "{file}", *_JSON],
    "net.gml": ["check", "{file}", *_JSON],
    "net.net": ["check", "{file}", *_JSON],
    "net.edges.csv": ["check", "{file}", *_JSON],
    "net.gpkg": ["check", "{file}", *_JSON],
    "decisions.json": ["reconcile", "{tz}", "{tz}", "--decisions", "{file}", *_JSON],
    "trusts.ods.json": ["check", "{file}", *_JSON],
    "areas.geojson": ["check", "{file}", *_JSON],
    "bounds.geojson": [
        "map",
        "geo",
        "{points}",
        "--boundaries",
        "{file}",
        "--output",
        "{folder}/o.svg",
    ],
    "ugly.xlsx": ["tidy", "{file}", "--output", "{folder}/out.xlsx"],
    "old.xls": ["check", "{file}", *_JSON],
    "page.xls": ["check", "{file}", *_JSON],
    "book.ods": ["check", "{file}", *_JSON],
    "foreign.csv": ["check", "{file}", *_JSON],
    "answers.xlsx": ["fill", "{tz}", "{file}", "--output", "{folder}/filled"],
    "times.csv": [*_ACCESS, "--times", "{file}", *_JSON],
    "times.xlsx": [*_ACCESS, "--times", "{file}"],
    "times.parquet": [*_ACCESS, "--times", "{file}"],
    "times.json": [*_ACCESS, "--times", "{file}"],
    "times.toml": ["coverage", "access", "{tz}", "--times", "{times}", "--mapping", "{file}"],
    "nodes.csv": [*_BY_ROAD, "--roads", "{folder}"],
    "edges.csv": [*_BY_ROAD, "--roads", "{folder}"],
    "counts.csv": ["referrals", "load", "{tz}", "--counts", "{file}"],
    "candidates.csv": ["resilience", "repair", "{tz}", "--candidates", "{file}"],
    "records.csv": [*_FLOWS, "--records", "{file}", *_JSON],
    "records.xlsx": [*_FLOWS, "--records", "{file}"],
    "records.parquet": [*_FLOWS, "--records", "{file}"],
    "records.toml": [*_FLOWS, "--records", "{records}", "--records-mapping", "{file}"],
    "stays.csv": [*_FLOWS, "--records", "{file}", "--window", "7"],
    "waivers.csv": [*_AUDIT, "--waivers", "{file}"],
    "statements.csv": [*_AUDIT, "--statements", "{file}"],
    "ledger.csv": [*_AUDIT, "--ledger", "{file}"],
    "scores.csv": ["score", "{file}", "--scheme", "xinjiang"],
    "pack.toml": ["audit", "{tz}", "--pack", "{file}"],
    "mapping.toml": ["check", "{rows}", "--mapping", "{file}", *_JSON],
    "read.toml": ["check", "{ugly}", "--mapping", "{file}", *_JSON],
    "plan.txt": ["draft", "{file}", *_DRAFTED],
    "plan.html": ["draft", "{file}", *_DRAFTED],
    "plan.docx": ["draft", "{file}", *_DRAFTED],
}
# Networks as other systems keep them.
_OF_OTHERS = (
    *("net.fhir.json", "net.fhir.ndjson", "net.dhis2.json"),
    *("net.gexf", "net.gml", "net.net", "net.edges.csv", "net.gpkg"),
)
# The folder of a seed that is read with the files beside it.
BESIDE = {
    **dict.fromkeys(("facilities.csv", "links.csv", "meta.csv"), "tz"),
    **dict.fromkeys(("nodes.parquet", "links.parquet"), "net.parquet"),
    **dict.fromkeys(("nodes.csv", "edges.csv"), "roads"),
}
FINDINGS = {"check", "audit", "referrals", "fill", "reconcile"}  # what may end with 1
_LONG = ("draft", "fill", "reconcile", "audit", "resilience")
# Others that take long: each starts a program, or draws a map.
_LONG_FILES = ("old.xls", "book.ods", "net.xlsx", "bounds.geojson", "foreign.csv")
# Broken, they are most often refused at once.
_SHORT_FILES = (
    *("net.json", "net.graphml", "nodes.parquet", "net.fhir.ndjson", "net.dhis2.json"),
    *("net.gexf", "net.net", "net.gpkg", "net.edges.csv", "trusts.ods.json", "areas.geojson"),
    *("page.xls", "times.xlsx", "times.parquet", "times.json", "times.toml"),
    *("mapping.toml", "scores.csv"),
)
_TURNS, _SHORT_TURNS = 3, 15


def turns(names: Sequence[str]) -> list[str]:
    """Return the order in which the readers take their turns: what takes long comes less often.

    Each comes at least once in some 400 files.
    """
    often = [name for name in names if not _takes_long(name)]
    short = [name for name in names if name in _SHORT_FILES]
    return [*names, *often * (_TURNS - 1), *short * (_SHORT_TURNS - _TURNS)]


def _takes_long(name: str) -> bool:
    line = LINES[name]
    return line[0] in _LONG or line[:2] == _FLOWS[:2] or name in _LONG_FILES


def places_of(name: str, folder: Path, seeds: Path) -> dict[str, Path]:
    """Return what the words in braces of a line stand for."""
    return {
        "file": folder / name,
        "folder": folder,
        "tz": seeds / "net.mgz",
        "points": seeds / "points",
        "ugly": seeds / "ugly.xlsx",
        "rows": seeds / "rows.csv",
        "times": seeds / "their_times.csv",
        "records": seeds / "their_records.csv",
    }


def write_seeds(folder: Path) -> None:
    """Write one real file for every reader, and what they are read with."""
    import medgraph as mg
    from medgraph.loaders import samples

    net = samples.taizhou()
    for name in ("tz", "net.xlsx", "net.json", "net.graphml", "net.mgz", "net.parquet"):
        mg.write(net, folder / name)
    for name in _OF_OTHERS:
        mg.write(net, folder / name)
    _write_ods_records(folder / "trusts.ods.json")
    _write_decisions(folder / "decisions.json", net)
    samples.write_taizhou_ugly(folder / "ugly.xlsx")
    samples.write_taizhou_plan(folder / "plan.txt")
    _write_workbooks(folder)
    _write_tables(folder, net)
    _write_mappings(folder)
    _write_plans(folder)
    _write_questions(folder)
    for name in ("areas.geojson", "bounds.geojson"):
        (folder / name).write_text(json.dumps(_boundaries()), "utf-8")


def _write_decisions(path: Path, net: mg.MedicalNetwork) -> None:
    """Write what was decided on two lists: the same, another, a merger."""
    from medgraph.loaders import decisions

    ids = list(net.nodes("Facility").index)
    decided = [
        decisions.Decision(ids[0], ids[0], "same"),
        decisions.Decision(ids[1], ids[2], "different"),
    ]
    decisions.write(decided, path)


def _write_ods_records(path: Path) -> None:
    """Write two organisations of NHS ODS, of which one became the other."""

    def record(code: str, **further: object) -> dict[str, object]:
        role = {"id": "RO197", "uniqueRoleId": 1, "primaryRole": True, "Status": "Active"}
        days = [{"Type": "Operational", "Start": "2001-04-01"}]
        head = {"Name": f"Trust {code}", "OrgId": {"extension": code}, "Date": days}
        return {"Organisation": {**head, "Status": "Active", "Roles": {"Role": [role]}, **further}}

    heir = {"Target": {"OrgId": {"extension": "RB2"}}, "Type": "Successor"}
    records = [record("RA1", Succs={"Succ": [heir]}), record("RB2")]
    path.write_text(json.dumps(records), "utf-8")


def _write_workbooks(folder: Path) -> None:
    """Write the ugly roster as an old workbook, a web page, an .ods and a CSV."""
    import openpyxl
    import xlwt

    old = xlwt.Workbook()
    tabs = openpyxl.load_workbook(folder / "ugly.xlsx").worksheets
    for tab in tabs:
        sheet = old.add_sheet(tab.title)
        for cell in (cell for row in tab.iter_rows() for cell in row if cell.value is not None):
            sheet.write(cell.row - 1, cell.column - 1, str(cell.value))
    old.save(folder / "old.xls")
    rows = [[str(cell or "") for cell in row] for row in tabs[0].iter_rows(values_only=True)]
    (folder / "foreign.csv").write_text("\n".join(map(",".join, rows)), encoding="gb18030")
    (folder / "page.xls").write_text(
        f"<html><meta charset=utf-8>{_html_table(rows)}</html>", "utf-8"
    )
    _write_ods(folder / "book.ods", rows)


def _html_table(rows: Iterable[Sequence[str]]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _write_ods(path: Path, rows: Iterable[Sequence[str]]) -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(map(cell.format, row)) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    table = f'<table:table table:name="名册">{body}</table:table>'
    sheet = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "content.xml", f"<office:document-content {names}>{sheet}</office:document-content>"
        )
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        entry = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
        archive.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}">{entry}</m:manifest>'
        )


def _write_tables(folder: Path, net: mg.MedicalNetwork) -> None:
    """Write the tables beside a question, some of them in several formats."""
    import pandas as pd

    ids, areas = net.nodes("Facility").index, net.nodes("Area").index
    pairs = list(itertools.pairwise(ids))
    times = [(area, id, str(at)) for at, (area, id) in enumerate(zip(areas, ids, strict=False))]
    records = [(one, two, f"2023-10-0{at % 9 + 1}") for at, (one, two) in enumerate(pairs)]
    stays = [
        (f"p{at % 9}", id, f"2023-10-{at % 9 + 1:02}", f"2023-10-{at % 9 + 4:02}")
        for at, id in enumerate(ids)
    ]
    tables = {
        "times": (("area", "facility", "minutes"), times),
        "records": (("from", "to", "date"), records),
        "stays": (("person", "facility", "admitted", "discharged"), stays),
        "counts": (("facility", "count"), [(id, "5") for id in ids]),
        "candidates": (
            ("source", "relation", "target", "km"),
            [(one, "REFERS_UP_TO", two, "9") for one, two in pairs],
        ),
        "waivers": (
            ("rule", "subject", "reason", "office", "expires"),
            [("UG-04", "G2", "已批准", "市卫健委", "2030-01-01")],
        ),
        "statements": (
            ("finding", "statement", "decision", "office", "date"),
            [("urban-2023/UG-04/G2", "已有章程", "维持", "市卫健委", "2023-10-01")],
        ),
        "ledger": (
            ("subject", "item", "value", "period"),
            [("G2", "beds", "30", "2023"), ("G3", "章程", "是", "")],
        ),
        "their_times": (("A", "B", "T"), times),
        "their_records": (("A", "B", "T"), records),
        "rows": (("Name", "Kind"), [("River Post", "h"), ("Hill Post", "c")]),
    }
    frames = {name: pd.DataFrame(rows, columns=head) for name, (head, rows) in tables.items()}
    for name, frame in frames.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    for name in ("times", "records"):
        frames[name].to_excel(folder / f"{name}.xlsx", index=False)
        frames[name].to_parquet(folder / f"{name}.parquet")
    frames["times"].to_json(folder / "times.json", orient="records", force_ascii=False)
    _write_places(folder)


def _write_places(folder: Path) -> None:
    """Write a network with points, and roads between them."""
    import pandas as pd

    points, roads = folder / "points", folder / "roads"
    for place in (points, roads):
        place.mkdir()
    (points / "areas.csv").write_text(
        "id,name,level,parent,lon,lat,crs\n331999000000,甲县,county,,121.1,28.1,WGS-84\n"
        "331999001000,东溪镇,township,331999000000,121.02,28.02,WGS-84\n"
        "331999002000,西坪乡,township,331999000000,121.12,28.12,WGS-84\n",
        "utf-8",
    )
    (points / "facilities.csv").write_text(
        "id,name,type,area,lon,lat,crs,beds\n"
        "C1,东溪镇卫生院,乡镇卫生院,331999001000,121.05,28.05,WGS-84,20\n"
        "H1,甲县人民医院,综合医院,331999002000,121.1,28.1,WGS-84,200\n",
        "utf-8",
    )
    nodes = [(f"n{at}", f"121.{at:02}", f"28.{at:02}") for at in range(20)]
    edges = [(f"n{at}", f"n{at + 1}", "5") for at in range(19)]
    pd.DataFrame(nodes, columns=["node", "lon", "lat"]).to_csv(roads / "nodes.csv", index=False)
    pd.DataFrame(edges, columns=["from", "to", "minutes"]).to_csv(roads / "edges.csv", index=False)


def _write_mappings(folder: Path) -> None:
    from medgraph.loaders import foreign

    (folder / "pack.toml").write_bytes((DOCS / "own-pack.toml").read_bytes())
    (folder / "mapping.toml").write_text(
        '[[table]]\ntable = "facilities"\nfields.name = "Name"\n'
        'fields.type = { column = "Kind", words = { h = "hospital", c = "village_clinic" } }\n',
        "utf-8",
    )
    for name, section, ours in (
        ("times.toml", "times", ("origin", "destination", "minutes")),
        ("records.toml", "records", ("from", "to", "date")),
    ):
        stated = ", ".join(f'{our} = "{their}"' for our, their in zip(ours, "ABT", strict=True))
        (folder / name).write_text(f"[{section}]\ncolumns = {{ {stated} }}\n", "utf-8")
    reading = foreign.tidy(folder / "ugly.xlsx", folder / "tidied.xlsx")
    foreign.save_mapping(reading.mapping, folder / "read.toml")


def _write_plans(folder: Path) -> None:
    """Write the plan as a page and as a document, with a table."""
    import docx

    lines = (folder / "plan.txt").read_text("utf-8").splitlines()
    table = [
        ("医共体名称", "牵头医院", "成员单位"),
        ("甲县医共体", "甲县人民医院", "东山镇卫生院、西河镇中心卫生院"),
    ]
    page = "".join(f"<p>{line}</p>" for line in lines) + _html_table(table)
    (folder / "plan.html").write_text(f"<html><meta charset=utf-8>{page}</html>", "utf-8")
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    cells = document.add_table(len(table), len(table[0]))
    for row, texts in enumerate(table):
        for column, text in enumerate(texts):
            cells.cell(row, column).text = text
    document.save(str(folder / "plan.docx"))


def _write_questions(folder: Path) -> None:
    """Write a workbook of questions as it goes out, and a score sheet with lines in it."""
    from click.testing import CliRunner

    from medgraph.cli import app

    for line in (
        ["ask", str(folder / "tz"), "--output", str(folder / "answers.xlsx")],
        ["score", str(folder / "scores.csv"), "--scheme", "xinjiang", "--template"],
    ):
        done = CliRunner().invoke(app.cli, line)
        if done.exit_code:
            raise RuntimeError(done.output)
    head = (folder / "scores.csv").read_text("utf-8-sig").splitlines()[0]
    scores = ",".join(["3"] * (head.count(",") - 2))
    lines = (f"{county},2023,试验区,{scores}" for county in ("新源县", "伊宁市", "拜城县"))
    (folder / "scores.csv").write_text("\n".join([head, *lines]), "utf-8")


def _boundaries() -> dict[str, object]:
    square = [[[121.0, 28.4], [121.0, 28.8], [121.6, 28.8], [121.6, 28.4], [121.0, 28.4]]]
    feature = {
        "type": "Feature",
        "properties": {"id": "331003", "name": "黄岩区"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    return {"type": "FeatureCollection", "features": [feature]}
