"""Say what there is to say about sources and targets: files, folders and formats."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "no_source": Sentence(zh="找不到 {path}。", en="There is no {path}."),
    "no_file": Sentence(zh="没有这个文件：{path}。", en="There is no such file: {path}."),
    "side_faults": Sentence(
        zh="{path} 读不了，共 {count} 处错误：{first}",
        en="{path} cannot be read, faults: {count}. {first}",
    ),
    "unknown_format": Sentence(
        zh="不认识 {path} 的格式。可用：文件夹（CSV）、{known}。",
        en="The format of {path} is not known. Known: a folder (CSV), {known}.",
    ),
    "no_statements": Sentence(
        zh="{path} 这种格式写不下“哪些表是完整的”。请另取输出（.xlsx、.json 或文件夹）。",
        en=(
            "{path} has no place for what is stated of whole tables. Give another output (.xlsx, "
            ".json or a folder)."
        ),
    ),
    "target_is_folder": Sentence(
        zh="{path} 写作文件夹，而 {suffix} 是一个文件。去掉末尾的斜线，或换没有后缀的文件夹名。",
        en=(
            "{path} is written as a folder, and {suffix} is one file. Leave out the stroke at the "
            "end, or name a folder without a suffix."
        ),
    ),
    "nothing_in_folder": Sentence(
        zh="文件夹 {path} 里没有可读的表。可用：CSV 文件夹、{known}。",
        en="The folder {path} holds no table. Known: a folder of CSV, {known}.",
    ),
    "unknown_table": Sentence(
        zh="{path} 不是已知的表。可用：{known}。",
        en="{path} is not a known table. Known: {known}.",
    ),
    "not_text": Sentence(
        zh="{path} 第 {line} 行既不是 UTF-8 也不是 GB18030。请另存为 UTF-8。",
        en="{path}: line {line} is neither UTF-8 nor GB18030. Save it as UTF-8.",
    ),
    "target_held": Sentence(
        zh=(
            "{path} 正被另一程序（如 Excel）打开，或没有写权限；没有写入，旧文件完好。"
            "请关闭后再试。"
        ),
        en=(
            "{path} is open in another program (Excel?) or not writable; nothing was written, and "
            "the old file is intact. Close it and try again."
        ),
    ),
    "target_fails": Sentence(
        zh="{path} 无法写入：{reason}。旧文件完好。",
        en="{path} cannot be written: {reason}. The old file is intact.",
    ),
    "not_a_workbook": Sentence(
        zh="{path} 不是可读的 .xlsx 工作簿（可能损坏、加密或是旧的 .xls）。请另存为 .xlsx。",
        en=(
            "{path} cannot be read as an .xlsx workbook (damaged, encrypted, or an old .xls). Save "
            "it as .xlsx."
        ),
    ),
    "past_limit": Sentence(
        zh="{path} 没有读：{limit}。请删去多余的，或另存为 CSV。",
        en="{path} was not read: {limit}. Remove what is too much, or save it as CSV.",
    ),
    "limit_parts": Sentence(
        zh="文件由 {found} 个部件组成（上限 {most}）",
        en="the file has {found} parts (at most {most})",
    ),
    "limit_megabytes": Sentence(
        zh="解压后有 {found} MB（上限 {most} MB）",
        en="it unpacks to {found} MB (at most {most} MB)",
    ),
    "limit_sheets": Sentence(
        zh="有 {found} 张工作表（上限 {most}）", en="it has {found} sheets (at most {most})"
    ),
    "limit_shared_part": Sentence(
        zh="几张工作表是文件中的同一部件",
        en="several sheets are the same part of the file",
    ),
    "limit_cells": Sentence(
        zh="有 {found} 个单元格（上限 {most}）", en="it has {found} cells (at most {most})"
    ),
    "limit_columns": Sentence(
        zh="有 {found} 列（上限 {most}）", en="it has {found} columns (at most {most})"
    ),
    "limit_merged": Sentence(
        zh="合并区域共 {found} 格（上限 {most}）",
        en="its merged ranges cover {found} cells (at most {most})",
    ),
    "limit_entities": Sentence(
        zh="其中定义了 XML 实体，Excel 的文件没有这种内容",
        en="it defines XML entities, which no file of Excel does",
    ),
    "limit_time": Sentence(
        zh="{most} 秒没有读完",
        en="reading it took longer than {most} seconds",
    ),
    "limit_memory": Sentence(
        zh="读它要用的内存超过 {most} MB，或文件已损坏",
        en="reading it takes more than {most} MB of memory, or it is damaged",
    ),
    "limit_process": Sentence(
        zh="系统不肯限制读它的进程",
        en="the system does not bound the process that would read it",
    ),
    "too_many_attributes": Sentence(
        zh="节点或关系有 {found} 种属性（上限 {most}）。请删去多余的。",
        en="The nodes or links have {found} attributes (at most {most}). Remove what is too much.",
    ),
    "too_many_rows": Sentence(
        zh="{path}：{rows} 行超过一张工作表的上限。请写成文件夹（CSV）或 .parquet。",
        en="{path}: {rows} rows are more than a sheet holds. Write a folder (CSV) or .parquet.",
    ),
    "cell_too_long": Sentence(
        zh="{path}：一个单元格有 {signs} 字，超过 Excel 的上限 32767。请写成文件夹（CSV）。",
        en=(
            "{path}: a cell of {signs} characters is more than Excel's 32,767. Write a folder "
            "(CSV)."
        ),
    ),
    "area_not_in_register": Sentence(
        zh="名册中没有区划“{value}”。请写区划代码，如 331003。",
        en="The register has no area “{value}”. Give a code such as 331003.",
    ),
    "area_abolished": Sentence(
        zh="{value}（{name}）{year}年起撤销，按{heirs}列出。",
        en="{value} ({name}) was abolished in {year}; {heirs} is listed.",
    ),
    "parquet_fails": Sentence(
        zh="{path} 读不出：{reason}。", en="{path} cannot be read: {reason}."
    ),
    "snapshot_none": Sentence(
        zh="{path} 不是 medgraph 快照。请用 medgraph convert 来源 net.mgz 另做一个。",
        en="{path} is not a medgraph snapshot. Make one with medgraph convert SOURCE net.mgz.",
    ),
    "snapshot_damaged": Sentence(
        zh="{path} 已损坏（校验不符）。请删去，再用 medgraph convert 来源 net.mgz 重做。",
        en=(
            "{path} is damaged (its checksum does not fit). Delete it, and make it again with "
            "medgraph convert SOURCE net.mgz."
        ),
    ),
    "snapshot_version": Sentence(
        zh=(
            "{path} 是第 {version} 版快照，本程序用第 {known} 版。请用 medgraph convert 来源 "
            "net.mgz 重做。"
        ),
        en=(
            "{path} is a snapshot of version {version}, this program uses {known}. Make it again "
            "with medgraph convert SOURCE net.mgz."
        ),
    ),
    "snapshot_stale": Sentence(
        zh="{path} 已过时：{source} 在它之后改过。请用 medgraph convert 重做。",
        en=(
            "{path} is out of date: {source} has changed since. Make it again with medgraph "
            "convert."
        ),
    ),
    "snapshot_dangling": Sentence(
        zh="有的关系指向不存在的编号，不能做成快照。请先运行 medgraph check。",
        en=(
            "Some links point to ids that are not there, so there is no snapshot. Run medgraph "
            "check first."
        ),
    ),
    "not_our_format": Sentence(
        zh="{path} 不是 {name} 格式的文件。别家的 JSON 记录请用 --mapping 读取。",
        en="{path} is not a {name} file. Read other people's JSON records with --mapping.",
    ),
    "wrong_version": Sentence(
        zh=(
            "{path} 的格式版本是 {version}，本程序最高读到版本 {known}。请更新 medgraph，"
            "或用写出它的版本另存为 CSV。"
        ),
        en=(
            "{path} has format version {version}; this medgraph reads up to version {known}. "
            "Update medgraph, or save the file as CSV with the version that wrote it."
        ),
    ),
    "not_json": Sentence(
        zh="{path} 不是完整的 UTF-8 JSON：{reason}。",
        en="{path} is not complete UTF-8 JSON: {reason}.",
    ),
    "not_graphml": Sentence(
        zh="{path} 不是可读的 GraphML：{reason}。",
        en="{path} cannot be read as GraphML: {reason}.",
    ),
    "not_toml": Sentence(
        zh="{path} 不是正确的 TOML：{reason}。", en="{path} is not TOML: {reason}."
    ),
    "no_point": Sentence(zh="有的坐标不是数", en="a coordinate is no number"),
    "not_geojson": Sentence(
        zh="{path} 不是 GeoJSON 要素集：{reason}。",
        en="{path} is not a GeoJSON FeatureCollection: {reason}.",
    ),
    "geo_extra": Sentence(
        zh="读取多边形需要 shapely：pip install 'medgraph[geo]'。",
        en="Polygons need shapely: pip install 'medgraph[geo]'.",
    ),
    "geo_no_crs": Sentence(
        zh="没有写明坐标系，不能当作经纬度。请先用 set_crs 写明。",
        en=(
            "No coordinate system is stated, so these may not be degrees. State it with set_crs "
            "first."
        ),
    ),
    "geo_no_number": Sentence(
        zh="有的坐标不是数，或大得不可能", en="a coordinate is no number, or impossibly large"
    ),
    "geo_no_id": Sentence(
        zh="没有区划代码列（{known}）。",
        en="There is no column with the areas' codes ({known}).",
    ),
}
