"""Say what there is to say about the registers of other systems, read or written."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "lost": Sentence(
        zh="{target} 不能表达 {count} 项（{kinds} 种，见上），其余都已写入",
        en="{target} cannot say {count} facts ({kinds} kinds, listed above); all others are in it",
    ),
    "lost_line": Sentence(
        zh="写不进去：{what} {count} 项", en="cannot be said there: {what}: {count}"
    ),
    "register_of_others": Sentence(
        zh="{path} 是别的系统的数据，写入会丢掉其中不归本网络的内容。请另取文件名（--output）。",
        en=(
            "{path} is of another system; writing would lose what is in it besides. Give another "
            "name (--output)."
        ),
    ),
    "not_dhis2": Sentence(
        zh="{path} 不是 DHIS2 的元数据：{reason}。",
        en="{path} is no metadata of DHIS2: {reason}.",
    ),
    "dhis2_no_object": Sentence(zh="不是一个 JSON 对象", en="it is no JSON object"),
    "dhis2_no_list": Sentence(
        zh="{list} 不是一列有 id 的对象", en="{list} is no list of objects with an id"
    ),
    "dhis2_no_unit": Sentence(
        zh="所指的单位 {value} 不在文件里，或不是机构",
        en="the unit {value} that it names is not in the file, or is no facility",
    ),
    "dhis2_other": Sentence(
        zh="{list} 与机构、区划、分组无关",
        en="{list} is about no facility, area or group",
    ),
    "not_geopackage": Sentence(
        zh="{path} 不是可读的 GeoPackage：{reason}。",
        en="{path} cannot be read as a GeoPackage: {reason}.",
    ),
    "not_geo_file": Sentence(
        zh="{path} 不是可读的地理数据：{reason}。",
        en="{path} cannot be read as geographic data: {reason}.",
    ),
    "geo_no_place": Sentence(
        zh="图形是 {value}，既不是点也不是面", en="its geometry is a {value}: no point, no area"
    ),
    "geo_no_geometry": Sentence(zh="图层 {layer} 没有图形", en="the layer {layer} has no geometry"),
    "geo_files_extra": Sentence(
        zh="读写 GeoPackage 和 Shapefile 需要 pyogrio：pip install 'medgraph[geo]'。",
        en="GeoPackage and shapefiles need pyogrio: pip install 'medgraph[geo]'.",
    ),
    "geo_read_only": Sentence(
        zh="{path}：Shapefile 只能读入（名称和文字会被截断）。请写成 .gpkg 或 .geojson。",
        en=(
            "{path}: a shapefile cuts names and texts short, so it is only read. Write .gpkg or "
            ".geojson."
        ),
    ),
    "not_gexf": Sentence(
        zh="{path} 不是可读的 GEXF：{reason}。", en="{path} cannot be read as GEXF: {reason}."
    ),
    "not_gml": Sentence(
        zh="{path} 不是可读的 GML：{reason}。", en="{path} cannot be read as GML: {reason}."
    ),
    "ods_over": Sentence(
        zh="这条关系已停用，没有写明从哪天起。",
        en="The relation is inactive, and since when is not said.",
    ),
    "pajek_lists": Sentence(
        zh="其中有 *Arcslist、*Edgeslist 或 *Matrix，读不了：请改存为 *Arcs 和 *Edges",
        en="it holds *Arcslist, *Edgeslist or *Matrix, which are not read: save *Arcs and *Edges",
    ),
    "not_pajek": Sentence(
        zh="{path} 不是可读的 Pajek 文件：{reason}。",
        en="{path} cannot be read as a file of Pajek: {reason}.",
    ),
    "graph_no_relation": Sentence(
        zh=(
            "{path} 没有写明边是什么关系。请加一列 relation，或在对照文件里写 [graph] relation = "
            '"REFERS_UP_TO"。'
        ),
        en=(
            "{path} does not say what its links are. Add a column relation, or a mapping with "
            '[graph] relation = "REFERS_UP_TO".'
        ),
    ),
    "graph_no_kind": Sentence(
        zh='{path} 没有写明 {value} 是什么。请在对照文件里写 [graph] kind = "Facility"。',
        en='{path} does not say what {value} is. Write a mapping with [graph] kind = "Facility".',
    ),
    "edges_without_ends": Sentence(
        zh="{path} 缺列：{ends}。", en="{path} lacks one of the columns {ends}."
    ),
    "edges_without_end": Sentence(
        zh="{path} 的 {place} 缺起点或终点。",
        en="{path}: the link at {place} lacks its source or target.",
    ),
    "edge_without_end": Sentence(zh="缺起点或终点", en="it lacks its source or target"),
    "pajek_vertex": Sentence(
        zh="第 {line} 行不是一个点（编号和名称）",
        en="line {line} is no vertex: a number and a name",
    ),
    "pajek_twice": Sentence(
        zh="第 {line} 行的点 {value} 前面已有",
        en="the vertex {value} of line {line} stands there before",
    ),
    "pajek_count": Sentence(
        zh="写明有 {expected} 个点，第 {line} 行的 {value} 却在其外",
        en="{expected} vertices are stated, and {value} of line {line} is none of them",
    ),
    "pajek_no_edge": Sentence(
        zh="不是一条边：缺起点、终点或数值",
        en="it is no link: it lacks an end, or its weight is no number",
    ),
    "not_ods": Sentence(
        zh="{path} 的 {place} 不是 NHS ODS 的机构。",
        en="{path}: {place} is no organisation of NHS ODS.",
    ),
    "not_ods_table": Sentence(
        zh="{path} 不是 NHS ODS 的 27 列表：{reason}。",
        en="{path} is no table of NHS ODS with 27 columns: {reason}.",
    ),
    "ods_no_organisation": Sentence(zh="没有机构代码", en="it states no code of an organisation"),
    "ods_columns": Sentence(
        zh="有 {found} 列，应为 {expected} 列，或没有代码",
        en="it has {found} columns and should have {expected}, or no code",
    ),
    "ods_unknown_relation": Sentence(
        zh="关系 {code} 在此没有对应", en="the relation {code} means nothing here"
    ),
    "ods_no_target": Sentence(zh="所指的 {value} 不在文件里", en="{value} is not in the file"),
    "ods_no_such_link": Sentence(
        zh="{code} 不能连接 {source} 与 {target}", en="{code} joins no {source} to a {target} here"
    ),
    "ods_no_direction": Sentence(
        zh="{value} 既不是 Predecessor 也不是 Successor",
        en="{value} is neither Predecessor nor Successor",
    ),
    "ods_other_end": Sentence(
        zh="另一端已记录同一沿革", en="the other end records the same succession"
    ),
    "ods_read_only": Sentence(
        zh="{path}：只能读入 NHS ODS，不能写出。", en="{path}: NHS ODS can be read, not written."
    ),
    "help.questions": Sentence(
        zh="列出所有能问的问题及其命令。", en="List every question with its command."
    ),
    "help.questions_cypher": Sentence(
        zh="打印每个问题的 Cypher（有的才打印），在 Neo4j 里得到同样的行。",
        en="print the Cypher that gives the same rows in Neo4j, for each question that has one",
    ),
    "help.dhis2_facility_level": Sentence(
        zh="DHIS2 的第几层起是机构（默认最深一层）",
        en="from which level on the units of DHIS2 are facilities (default: the deepest)",
    ),
}
FAULTS = (
    Fault(
        "I260",
        zh="DHIS2 第 {value} 层起当作机构；以上各层：{levels}。",
        en="Units of DHIS2 from level {value} on are taken for facilities; above them: {levels}.",
        advice=Sentence(
            zh="不对时用 --facility-level，或在对照文件的 [dhis2] 里写明。",
            en="If that is wrong, say --facility-level, or [dhis2] in a mapping.",
        ),
    ),
    Fault(
        "W260",
        zh="{value} 由 {new} 承接，两端所记日期不同：{days}。都已保留。",
        en="{value} is followed by {new} on different days: {days}. All are kept.",
    ),
    Fault(
        "W261",
        zh="{element} 写的是 {value}，DHIS2 没有这种写法，或所指的不在文件里；没有这样读入。",
        en=(
            "{element} is {value}, which DHIS2 does not write or which is not in the file; it is "
            "not read as such."
        ),
        advice=Sentence(zh="请在来源改正。", en="Mend it at the source."),
    ),
    Fault(
        "W262",
        zh="文件里没有这些属性的名称，按其编号读入：{value}。",
        en="The file does not name these attributes; they are read by their ids: {value}.",
        advice=Sentence(
            zh="导出时加上 attributes=true。", en="Export the metadata with attributes=true."
        ),
    ),
    Fault(
        "W264",
        zh="状态“{value}”不认识，按未写明读入，是否在用不能判定。",
        en=(
            "“{value}” is no known status; it is read as not stated, and whether this is in use is "
            "unknown."
        ),
        advice=Sentence(zh="请在来源改正。", en="Mend it at the source."),
    ),
    Fault(
        "W265",
        zh="“{value}”的坐标是 0, 0：在海上，多半是没有填，按没有坐标读入。",
        en=(
            "“{value}” lies at 0, 0: that is in the sea, mostly an empty field; it is read without "
            "a point."
        ),
        advice=Sentence(zh="请在来源改正。", en="Mend it at the source."),
    ),
    Fault(
        "W263",
        zh="{count} 条边没有方向，按写出的先后读成 {value}，可信度记为低。",
        en=(
            "{count} links have no direction; they are read as {value} from the first end to the "
            "second, of low confidence."
        ),
        advice=Sentence(
            zh="请在来源写明方向（有向图、*Arcs）。",
            en="State the direction at the source (a directed graph, *Arcs).",
        ),
    ),
    Fault(
        "I261",
        zh="{count} 个单位的开业日是 {value}，当作未填。",
        en="{count} units were opened on {value}, which is taken for an unknown day.",
    ),
    Fault(
        "I262",
        zh="单位的这些属性没有读入：{value}。",
        en="Of units, these properties were not read: {value}.",
    ),
)
