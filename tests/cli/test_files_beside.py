"""A file beside the data that cannot be read is refused with a sentence, whatever is in it."""

from __future__ import annotations

import itertools
import json

import pandas as pd
import pytest

from medgraph.cli import app
from medgraph.cli.beside import ledger_beside
from medgraph.loaders.registry import write
from medgraph.loaders.samples import taizhou

CONTENTS = {
    "nothing": b"",
    "no_text": b"PK\x03\x04\x14\x00\x84\xff\x95\x80",
    "left_open": '"facility,count\n甲,"1\n乙'.encode(),
}
OPTIONS = {
    "counts": ("referrals", "load"),
    "candidates": ("resilience", "repair"),
    "times": ("coverage", "access"),
    "waivers": ("audit", "--pack", "urban-2023"),
    "parameters": ("audit", "--pack", "urban-2023"),
    "verify": ("audit", "--pack", "urban-2023"),
    "records": ("referrals", "flows"),
}
# An empty file states no parameter.
READ = {("parameters", "nothing")}


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    target = tmp_path_factory.mktemp("network") / "taizhou.mgz"
    write(taizhou(), target)
    return str(target)


def refused(capsys, *words):
    """Run the command line, which must say one sentence and end with 2; return the sentence."""
    with pytest.raises(SystemExit) as end:
        app.main([*words, "--lang", "en"])
    assert end.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "content"), sorted({*itertools.product(OPTIONS, CONTENTS)} - READ)
)
def test_what_is_no_table_is_refused(capsys, network, tmp_path, option, content):
    file = tmp_path / "beside.csv"
    file.write_bytes(CONTENTS[content])
    verb = OPTIONS[option]
    assert refused(capsys, *verb, network, f"--{option}", str(file))


def test_a_count_that_is_no_number_is_refused(capsys, network, tmp_path):
    file = tmp_path / "counts.csv"
    file.write_text("facility,count\nTZ-P01,many\n", encoding="utf-8")
    assert "many" in refused(capsys, "referrals", "load", network, "--counts", str(file))


@pytest.mark.parametrize("id", ["NA", '""'])
def test_an_id_stays_a_text(capsys, network, tmp_path, id):
    """An id that pandas would take for a missing number is unknown, as any other is."""
    file = tmp_path / "counts.csv"
    file.write_text(f"facility,count\n{id},3\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        app.main(["referrals", "load", network, "--counts", str(file), "--format", "json"])
    assert end.value.code == 0
    unknown = json.loads(capsys.readouterr().out)["unknown"]
    assert unknown[0]["facility"] == id.strip('"')


def test_a_table_cut_short_is_refused(capsys, network, tmp_path):
    file = tmp_path / "times.parquet"
    file.write_bytes(b"PAR1")
    assert "times.parquet" in refused(capsys, "coverage", "access", network, "--times", str(file))
    assert "times.parquet" in refused(capsys, "referrals", "flows", network, "--records", str(file))


@pytest.mark.parametrize("option", ["counts", "waivers"])
def test_an_address_is_no_file(capsys, network, option):
    words = (*OPTIONS[option], network, f"--{option}", "foo://bar")
    assert "foo:" in refused(capsys, *words)


def test_an_address_is_no_score_sheet(capsys):
    assert refused(capsys, "score", "foo://bar", "--scheme", "henan")


def test_a_pack_that_is_no_text_is_refused_with_its_line(capsys, network, tmp_path):
    pack = tmp_path / "pack.toml"
    pack.write_bytes(b"[pack]\nid = '\xff'\n")
    assert "line 2" in refused(capsys, "audit", network, "--pack", str(pack))


def test_parameters_that_are_no_table_are_refused(capsys, network, tmp_path):
    file = tmp_path / "parameters.toml"
    file.write_text("UG-04 = 5\n", encoding="utf-8")
    words = ("audit", network, "--pack", "urban-2023", "--parameters", str(file))
    assert "UG-04" in refused(capsys, *words)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_in_every_encoding_and_delimiter(tmp_path, encoding, delimiter):
    """A table beside the data is read as a table of the data is."""
    lines = (("subject", "item", "value"), ("甲县", "章程", "有"))
    text = "".join(f"{delimiter.join(line)}\n" for line in lines)
    (tmp_path / "ledger.csv").write_bytes(text.encode(encoding))
    found = ledger_beside(str(tmp_path / "ledger.csv"), taizhou())
    assert [tuple(found.columns), *found.itertuples(index=False, name=None)] == [*lines]


def test_a_ragged_line_is_refused_whatever_is_between_cells(capsys, network, tmp_path):
    file = tmp_path / "waivers.csv"
    file.write_text("rule;reason\nUG-04;甲;乙\n", encoding="gb18030")
    words = ("audit", network, "--pack", "urban-2023", "--waivers", str(file))
    assert "line 2 has 3 cells" in refused(capsys, *words)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_score_sheet_is_a_ledger_as_csv_too(capsys, network, tmp_path, encoding):
    """Its headers are read in Chinese, and each line names the cell that it comes from."""
    text = "县,维度,指标,等级\n\n甲县,责任,人员,A\n甲县,管理,财务,E\n"
    file = tmp_path / "sheet.csv"
    file.write_bytes(text.encode(encoding))
    found = ledger_beside(str(file), taizhou())
    assert found[["subject", "item", "value", "origin"]].to_numpy().tolist() == [
        ["甲县", "judgement.责任.人员", "A", "sheet.csv||D3|typed"],
        ["甲县", "judgement.管理.财务", "E", "sheet.csv||D4|typed"],
    ]
    words = ("audit", network, "--pack", "urban-2023", "--ledger", str(file))
    with pytest.raises(SystemExit) as end:
        app.main([*words, "--lang", "en"])
    assert end.value.code in (0, 1)
    assert "sheet.csv!D4" in "".join(capsys.readouterr())


def test_a_score_sheet_as_workbook_names_its_sheet(tmp_path):
    """A workbook is read once, and its lines name the sheet and the cell."""
    file = tmp_path / "sheet.xlsx"
    rows = [("甲县", "责任", "人员", "A")]
    frame = pd.DataFrame(rows, columns=["县", "维度", "指标", "等级"])
    frame.to_excel(file, sheet_name="等级", index=False)
    assert ledger_beside(str(file), taizhou())["origin"].tolist() == ["sheet.xlsx|等级|D2|typed"]


def test_a_text_called_a_workbook_is_refused(capsys, network, tmp_path):
    file = tmp_path / "waivers.xlsx"
    file.write_text("no workbook", encoding="utf-8")
    words = ("audit", network, "--pack", "urban-2023", "--waivers", str(file))
    assert "waivers.xlsx" in refused(capsys, *words)


@pytest.mark.parametrize("first", [True, False])
def test_a_mapping_of_side_files_leaves_the_network_as_it_is(capsys, network, tmp_path, first):
    """`--mapping` counts for the table of times, wherever it stands on the line."""
    (tmp_path / "times.csv").write_text(
        "origin,destination,Dauer\n331003003000,TZ-P16,9\n", "utf-8"
    )
    (tmp_path / "m.toml").write_text('[times.columns]\nminutes = "Dauer"\n', "utf-8")
    options = [("--mapping", str(tmp_path / "m.toml")), ("--times", str(tmp_path / "times.csv"))]
    words = itertools.chain.from_iterable(options if first else reversed(options))
    with pytest.raises(SystemExit) as end:
        app.main(["coverage", "access", network, *words, "--format", "json"])
    assert end.value.code == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["minutes"] for row in rows if row["area"] == "331003003000"] == [9]
