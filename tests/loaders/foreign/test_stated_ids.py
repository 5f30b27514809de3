"""A roster of somebody else that gives ids: they are the ids of its facilities, in links too."""

from medgraph.loaders.registry import load


def written(folder, *lines):
    file = folder / "roster.csv"
    file.write_text("\n".join(lines), "utf-8")
    return file


def test_links_go_to_the_id_that_a_row_states(tmp_path):
    head = "id,机构名称,集团,角色"
    lines = (head, "H1,甲县人民医院,甲县医共体,牵头", "C1,东溪镇卫生院,甲县医共体,")
    net = load(written(tmp_path, *lines)).require()
    ends = net.edges()[["source", "relation"]].values.tolist()
    assert ends == [["H1", "LEADS"], ["C1", "MEMBER_OF"]]


def test_an_id_of_two_is_told_and_nothing_follows_from_it(tmp_path):
    head = "id,机构名称,集团"
    lines = (head, "H1,甲县人民医院,甲县医共体", "H1,东溪镇卫生院,甲县医共体")
    errors = load(written(tmp_path, *lines)).errors
    assert [(found.code, found.place) for found in errors] == [("E010", "roster.csv!B3")]
