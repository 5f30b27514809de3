"""Read CSV that somebody damaged: each line is loaded as it was, or told; none takes another in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.errors import SourceError
from medgraph.loaders.registry import load
from medgraph.loaders.tabular.csv_records import Layout, records
from medgraph.words.say import speaking

ROWS = [
    ("H1", "甲县人民医院", "general hospital"),
    ("C1", "东溪镇卫生院", "township health centre"),
    ("C2", "西坪乡卫生院", "township health centre"),
    ("C3", "南桥街道社区卫生服务中心", "community health centre"),
]
HEADER = "id,name,type"


def lines_of(rows=ROWS):
    return [HEADER, *(",".join(row) for row in rows)]


def read(folder, lines, *, lenient=False, end="\n"):
    file = folder / "facilities.csv"
    file.write_text(end.join(lines) + end, encoding="utf-8", newline="")
    return load(file, lenient=lenient)


def names(loaded):
    nodes, _ = loaded.network.tables
    return dict(zip(nodes["id"].to_pylist(), nodes["name"].to_pylist(), strict=True))


def codes(loaded):
    return [found.code for found in loaded.problems]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("C1,东溪镇卫生院,township health centre,多余", "E071"),
        ("C1,东溪,镇卫生院,township health centre", "E071"),
        ("C1,东溪镇卫生院", "E071"),
        ('C1,"东溪镇卫生院,township health centre', "E072"),
        ('C1,"东溪镇"卫生院,township health centre', "E072"),
        ('C1,东溪镇卫生院,"township health centre', "E072"),
    ],
)
def test_line_that_does_not_fit_is_told_and_takes_no_other_in(tmp_path, line, code):
    lines = lines_of()
    lines[2] = line
    assert read(tmp_path, lines).network is None
    loaded = read(tmp_path, lines, lenient=True)
    assert sorted(names(loaded)) == ["C2", "C3", "H1"]
    told = next(found for found in loaded.problems if found.code == code)
    assert (told.place, loaded.rows_in, loaded.left_out) == ("facilities.csv!3", 4, 1)
    assert [row.place for row in loaded.left_rows] == ["facilities.csv!3"]


def test_quote_that_closes_in_a_later_line_joins_no_rows(tmp_path):
    lines = lines_of()
    lines[2] = lines[2].replace("东溪", '"东溪')
    lines[3] = lines[3].replace("卫生院", '卫生院"')
    loaded = read(tmp_path, lines, lenient=True)
    assert names(loaded) == {"H1": ROWS[0][1], "C2": '西坪乡卫生院"', "C3": ROWS[3][1]}
    assert {"E072", "W073"} <= set(codes(loaded))


def test_lines_left_out_end_what_was_declared(tmp_path):
    (tmp_path / "meta.csv").write_text("key,value\nfacilities.complete,complete\n", "utf-8")
    lines = lines_of()
    lines[2] = "C1,东溪镇卫生院"
    (tmp_path / "facilities.csv").write_text("\n".join(lines), "utf-8")
    assert load(tmp_path, lenient=True).network.meta == {"facilities.complete": "partial"}


def test_cell_of_several_lines_is_one_cell(tmp_path):
    lines = lines_of()
    lines[2] = 'C1,"东溪镇\n卫生院",township health centre'
    loaded = read(tmp_path, lines)
    assert names(loaded)["C1"] == "东溪镇\n卫生院"
    assert loaded.rows_in == 4


def test_quoted_comma_and_doubled_quote_are_text(tmp_path):
    lines = lines_of()
    lines[2] = 'C1,"东溪镇,""卫生院""",township health centre'
    loaded = read(tmp_path, lines)
    assert names(loaded)["C1"] == '东溪镇,"卫生院"'
    assert not {"E071", "E072", "W073"} & set(codes(loaded))


def test_quote_inside_a_cell_is_read_and_told(tmp_path):
    lines = lines_of()
    lines[2] = 'C1,东溪镇"卫生院,township health centre'
    loaded = read(tmp_path, lines)
    assert names(loaded)["C1"] == '东溪镇"卫生院'
    assert "W073" in codes(loaded)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_line_that_names_the_delimiter_is_no_header(tmp_path, delimiter):
    lines = [line.replace(",", delimiter) for line in lines_of()]
    loaded = read(tmp_path, [f"sep={delimiter}", *lines], end="\r\n")
    assert len(names(loaded)) == 4
    wrong = [*lines[:2], lines[2] + delimiter + "x", *lines[3:]]
    told = read(tmp_path, [f"sep={delimiter}", *wrong]).problems
    assert [found.place for found in told if found.code == "E071"] == ["facilities.csv!4"]


def test_commas_behind_every_row_are_told_once(tmp_path):
    header, *rows = lines_of()
    loaded = read(tmp_path, [header, *(f"{row},," for row in rows)])
    assert (names(loaded)["C1"], codes(loaded).count("W074")) == ("东溪镇卫生院", 1)
    one_alone = read(tmp_path, [header, *rows[:-1], f"{rows[-1]},"])
    assert "E071" in codes(one_alone)


def test_header_with_commas_behind_it_is_as_wide_as_its_titles(tmp_path):
    header, *rows = lines_of()
    assert len(names(read(tmp_path, [f"{header},,", *rows]))) == 4


def test_rows_whose_last_cells_excel_left_out_are_read(tmp_path):
    """Excel writes no delimiters behind the last filled cell of sixteen rows."""
    rows = [f"F{n:02},机构{n},,{'注' if n < 15 else ''}" for n in range(40)]
    short = [
        row if n < 15 else row.removesuffix(",").removesuffix(",") for n, row in enumerate(rows)
    ]
    loaded = read(tmp_path, ["id,name,type,note", *short])
    assert len(names(loaded)) == 40
    cut_off = read(tmp_path, ["id,name,type,note", *rows[:15], "F15,机构"])
    assert "E071" in codes(cut_off)


def test_header_again_is_no_row(tmp_path):
    lines = [*lines_of(), HEADER, "C4,北山乡卫生院,township health centre"]
    loaded = read(tmp_path, lines)
    assert sorted(names(loaded)) == ["C1", "C2", "C3", "C4", "H1"]
    assert [f.place for f in loaded.problems if f.code == "W039"] == ["facilities.csv!6"]


def test_rows_below_a_header_of_another_order_are_left_out(tmp_path):
    lines = [*lines_of(), "name,id,type", "北山乡卫生院,C4,township health centre"]
    loaded = read(tmp_path, lines, lenient=True)
    assert sorted(names(loaded)) == ["C1", "C2", "C3", "H1"]
    assert (loaded.rows_in, loaded.left_out) == (5, 1)
    assert [f.place for f in loaded.problems if f.code == "E039"] == ["facilities.csv!6"]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_empty_file_is_told(tmp_path, content):
    file = tmp_path / "facilities.csv"
    file.write_text(content, "utf-8")
    assert codes(load(file)) == ["W037", "W038"]


def test_header_without_rows_is_told(tmp_path):
    assert codes(read(tmp_path, [HEADER])) == ["W038"]


def test_workbook_of_somebody_else_as_csv_says_which_line(tmp_path):
    file = tmp_path / "名册.csv"
    file.write_text(
        '机构名称,所属医共体\n东溪镇卫生院,"甲县医共体\n西坪乡卫生院,甲县医共体\n', "utf-8"
    )
    with pytest.raises(SourceError, match="line 2"), speaking("en"):
        load(file)


@given(text=st.text(alphabet='ab,"\n\r;', max_size=60))
def test_every_line_is_in_one_record(text):
    begun = [record.line for record in records(text)]
    assert begun == sorted(set(begun))
    if '"' not in text and text and not Layout.of(text).begin:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        assert len(begun) == len(lines)


@given(data=st.data())
def test_damage_never_changes_another_line(data, tmp_path_factory):
    """Of a file with signs put in or taken out, each row is as it was, or its line is told."""
    lines = lines_of()
    changed = data.draw(st.lists(st.integers(1, len(ROWS)), min_size=1, max_size=2, unique=True))
    for number in changed:
        line = lines[number]
        at = data.draw(st.integers(0, len(line)))
        sign = data.draw(st.sampled_from(['"', ",", '""', ',"', "drop"]))
        if sign == "drop":
            comma = data.draw(st.sampled_from([i for i, c in enumerate(line) if c == ","]))
            lines[number] = line[:comma] + line[comma + 1 :]
        else:
            lines[number] = line[:at] + sign + line[at:]
    loaded = read(tmp_path_factory.mktemp("csv"), lines, lenient=True)
    places = {found.place.rpartition("!")[2].lstrip("ABCD") for found in loaded.problems}
    got = {} if loaded.network is None else names(loaded)
    assert loaded.rows_in == len(ROWS)
    for number, (id, name, _) in enumerate(ROWS, 1):
        if number not in changed or str(number + 1) not in places:
            assert got.get(id) == name, lines


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (HEADER + "," * 500_000, "C1,东溪镇卫生院,"),
        (f"{HEADER},{','.join(map(str, range(3_000)))}", "C1,东溪镇卫生院,"),
        (HEADER + "," * 3_000, ",".join(ROWS[0])),
    ],
)
def test_table_far_wider_than_its_rows_is_refused(tmp_path, header, row):
    """Each row would have all the cells that the header has: a small file of a billion cells."""
    with speaking("en"), pytest.raises(SourceError, match=r"facilities.csv was not read: it has"):
        read(tmp_path, [header, *[row] * 20_000])


def test_empty_columns_as_excel_writes_them_are_no_limit(tmp_path):
    empty = "," * (16_384 - 3)
    assert sorted(names(read(tmp_path, [line + empty for line in lines_of()]))) == [
        *("C1", "C2", "C3", "H1")
    ]


@pytest.mark.parametrize("delimiter", ["，", "；", "|", "^", "]", "\\"])
def test_any_sign_that_the_first_line_states_is_between_cells(tmp_path, delimiter):
    lines = [line.replace(",", delimiter) for line in lines_of()]
    loaded = read(tmp_path, [f"sep={delimiter}", *lines])
    assert sorted(names(loaded)) == ["C1", "C2", "C3", "H1"]


def test_lines_that_say_what_is_between_cells_without_end_are_one_and_rows(tmp_path):
    assert Layout.of("sep=\n" * 100_000) == Layout(",", len("sep=\n"))


def test_titles_of_several_lines_are_one_row(tmp_path):
    first, *rows = lines_of()
    loaded = read(tmp_path, [f'{first},"beds\n"', *(f"{row},5" for row in rows)])
    nodes, _ = loaded.network.tables
    assert nodes["beds"].to_pylist() == [5, 5, 5, 5]
