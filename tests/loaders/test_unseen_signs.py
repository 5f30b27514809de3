"""Whatever reader brings them, signs that nobody sees are taken out and told once."""

import json

import openpyxl
import pandas as pd
import pytest

import medgraph as mg
from medgraph.errors import SourceError
from medgraph.loaders.registry import load
from medgraph.words.invisible import visible

SIGNS = ["\u200b", "\xad", "\ufeff", "\u202e", "\u2060", "\x81", "\U000e0041", "\ufe0f"]
CONTROLS = ["\x00", "\x07", "\x0b", "\x1b", "\x7f"]  # what a workbook cannot hold
NODES = [("H\u200b1", "甲县\u202e人民医院"), ("C1", "e\u0301rable")]


def nodes_of(loaded):
    table, _ = loaded.network.tables
    return list(zip(table["id"].to_pylist(), table["name"].to_pylist(), strict=True))


def written_csv(folder):
    file = folder / "facilities.csv"
    file.write_text("id,na\u200bme\n" + "".join(f"{id},{name}\n" for id, name in NODES), "utf-8")
    return file


def written_xlsx(folder):
    book = openpyxl.Workbook()
    book.active.title = "facilities"
    for row in (("id", "na\u200bme"), *NODES):
        book.active.append(row)
    book.save(folder / "x.xlsx")
    return folder / "x.xlsx"


def written_json(folder):
    nodes = [{"id": id, "kind": "Facility", "name": name} for id, name in NODES]
    whole = {"format": "medgraph", "version": 1, "meta": {}, "nodes": nodes, "edges": []}
    (folder / "x.json").write_text(json.dumps(whole), "utf-8")
    return folder / "x.json"


@pytest.mark.parametrize("write", [written_csv, written_xlsx, written_json])
def test_every_reader_takes_them_out_and_tells(tmp_path, write):
    loaded = load(write(tmp_path))
    assert nodes_of(loaded) == [("H1", "甲县人民医院"), ("C1", "érable")]
    assert "W071" in [found.code for found in loaded.problems]


@pytest.mark.parametrize("sign", CONTROLS)
def test_controls_are_told_as_other_unseen_signs_are(tmp_path, sign):
    """In a table and in JSON: taken out of the name, and told with its code."""
    for write in (written_csv, written_json):
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(globals(), "NODES", [("H1", f"甲县{sign}人民医院")])
            loaded = load(write(tmp_path))
        assert nodes_of(loaded) == [("H1", "甲县人民医院")]
        (told,) = (
            found for found in loaded.problems if found.code == "W071" and "00" in str(found)
        )
        assert f"U+{ord(sign):04X}" in told.message


def test_frames_tell_by_a_warning():
    frame = pd.DataFrame(NODES, columns=["id", "name"]).assign(kind="Facility")
    with pytest.warns(UserWarning, match=r"U\+200B"):
        net = mg.MedicalNetwork.from_frames(frame)
    assert net.tables[0]["id"].to_pylist() == ["H1", "C1"]


@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_matched_is_what_is_seen(tmp_path, sign):
    (tmp_path / "facilities.csv").write_text(f"id,name\nC1,东溪镇{sign}卫生院\n", "utf-8")
    (tmp_path / "groups.csv").write_text(
        "id,name,type,members\nG,G,urban_medical_group,东溪镇卫生院\n"
    )
    assert load(tmp_path).network is not None


def test_half_a_pair_is_no_text(tmp_path):
    """No character, so that a file which holds one is refused, and named."""
    file = tmp_path / "x.json"
    file.write_text(json.dumps([{"id": "H1", "name": "甲\ud800"}]), "utf-8")
    with pytest.raises(SourceError, match=r"x\.json"):
        load(file)


def test_line_separator_reaches_no_text(tmp_path):
    nodes = [{"id": "H1", "kind": "Facility", "name": "甲\u2028乙", "note": "\u2029x"}]
    whole = {"format": "medgraph", "version": 1, "meta": {"title": "甲\u2028"}}
    file = tmp_path / "x.json"
    file.write_text(json.dumps({**whole, "nodes": nodes, "edges": []}), "utf-8")
    network = load(file).network
    texts = [str(v) for row in network.tables[0].to_pylist() for item in row.items() for v in item]
    texts += [text for item in network.meta.items() for text in item]
    for text in texts:
        text.encode("utf-8")
        assert visible(text) == text


def test_formula_errors_are_unknown_and_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "facilities"
    for row in (("id", "name", "beds", "staff"), ("H1", "甲县人民医院", "#N/A", "=1+2")):
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    loaded = load(tmp_path / "x.xlsx")
    table, _ = loaded.network.tables
    assert not {"beds", "staff"} & set(table.column_names)
    told = {found.code: found.place for found in loaded.problems}
    assert (told["W076"], told["W077"]) == ("facilities!C2", "facilities!D2")
    book.active["B2"] = "#REF!"
    book.save(tmp_path / "x.xlsx")
    assert load(tmp_path / "x.xlsx").network is None
