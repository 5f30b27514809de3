"""Workbooks in the strict form of Office Open XML, as Excel saves them where one asks for it."""

import datetime
import zipfile

import openpyxl

from medgraph.loaders import load, samples, write
from medgraph.loaders.declare import declare
from medgraph.loaders.side_files.question_tables import read_counts

USUAL, STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"


def made_strict(source, target):
    """Write a workbook anew with the names of the strict form."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for folder in (b"spreadsheetml/", b"officeDocument/", b"drawingml/"):
                text = text.replace(USUAL + folder + b"2006/", STRICT + folder)
            text = text.replace(
                b"officeDocument/extended-properties", b"officeDocument/extendedProperties"
            )
            new.writestr(name, text)
    return target


def test_a_network_is_read(tmp_path):
    write(samples.taizhou(), tmp_path / "net.xlsx")
    strict = made_strict(tmp_path / "net.xlsx", tmp_path / "strict.xlsx")
    assert b"schemas.openxmlformats.org/spreadsheetml" not in strict.read_bytes()
    assert load(strict).require() == load(tmp_path / "net.xlsx").require()


def test_a_roster_of_somebody_is_read(tmp_path):
    samples.write_taizhou_ugly(tmp_path / "ugly.xlsx")
    strict = made_strict(tmp_path / "ugly.xlsx", tmp_path / "strict.xlsx")
    found, wanted = (load(path).require() for path in (strict, tmp_path / "ugly.xlsx"))
    assert set(found.edges()["id"]) == set(wanted.edges()["id"])


def test_days_and_numbers_are_read(tmp_path):
    book = openpyxl.Workbook()
    book.iso_dates = True
    book.active.title = "facilities"
    book.active.append(["id", "name", "beds", "valid_from"])
    book.active.append(["H1", "甲医院", 30, datetime.date(2024, 1, 2)])
    book.save(tmp_path / "net.xlsx")
    node = load(made_strict(tmp_path / "net.xlsx", tmp_path / "s.xlsx")).require().nodes().loc["H1"]
    assert (node["beds"], str(node["valid_from"])[:10]) == (30, "2024-01-02")


def test_a_table_beside_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in (("facility", "count"), ("H1", 3)):
        book.active.append(row)
    book.save(tmp_path / "c.xlsx")
    assert read_counts(made_strict(tmp_path / "c.xlsx", tmp_path / "s.xlsx"), []) == {"H1": 3}


def test_a_declaration_goes_into_it(tmp_path):
    write(samples.taizhou(), tmp_path / "net.xlsx")
    strict = made_strict(tmp_path / "net.xlsx", tmp_path / "strict.xlsx")
    declare(strict, "派驻", "complete", by="甲")
    assert load(strict).require().meta["links.DISPATCHES.complete"] == "complete"
