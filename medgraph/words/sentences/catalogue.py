"""The catalogue of sentences: key -> (zh, en) or, for problems, (zh, en, advice zh, advice en).

Values in braces come from the data; `say` fills them in as text. Keys of problems never change their
meaning, because users' scripts rely on the codes.
"""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, ...]] = {
    # a network
    "bad_day": (
        "“{value}”不是日期。请写成 2023-10-25。",
        "“{value}” is not a day. Write it as 2023-10-25.",
    ),
    "unknown_id": ("网络中没有“{value}”。", "The network holds no “{value}”."),
    "ambiguous": (
        "“{value}”对应{count}个：{candidates}。请写全称或编号。",
        "“{value}” means {count} nodes: {candidates}. Write the full name or the id.",
    ),
    "already_member": ("{id} 已是 {group} 的成员。", "{id} is already a member of {group}."),
    "no_membership": (
        "{id} 当日不是任何同类集团的成员，无从迁出；请用 joined 加入。",
        "{id} is in no group of that kind on that day; use joined.",
    ),
    "wrong_ends": (
        "{relation} 不能从 {source} 连到 {target}。",
        "{relation} cannot join {source} to {target}.",
    ),
    "wrong_kind": ("{id} 是 {found}，不是 {wanted}。", "{id} is a {found}, not a {wanted}."),
    "nothing_to_end": (
        "{day} 之前没有仍然有效、可以终止的记录。",
        "Nothing that holds before {day} can be ended.",
    ),
    "unknown_change": ("“{value}”不是已知的变更。", "“{value}” is no known change."),
    "cannot_build": (
        "无法建立网络：{count} 处错误，第一处：{first}",
        "No network: {count} errors, the first: {first}",
    ),
    "networkx_too_large": (
        "{nodes} 个节点的 networkx 图约需 {gigabytes} GB 内存。请用 area= 或 relations= 取一部分，或写明 whole=True。",
        "A networkx graph of {nodes} nodes takes about {gigabytes} GB. Ask for a part with area= or relations=, "
        "or say whole=True.",
    ),
    "not_one_of": (
        "{what} 不能是“{value}”。可用：{allowed}。",
        "{what} cannot be “{value}”. Allowed: {allowed}.",
    ),
    # an answer
    "accounted": (
        "共{total} = 已判定{judged} + 无法判定{unknown} + 另列{excluded}",
        "{total} in = {judged} judged + {unknown} unknown + {excluded} excluded",
    ),
    "definition_line": (
        "分子：{numerator}；分母：{denominator}；名册：{register}",
        "numerator: {numerator}; denominator: {denominator}; register: {register}",
    ),
    "unknown": ("无法判定", "unknown"),
    "excluded": ("另列", "excluded"),
    # problems with data
    "W000": (
        "{value} 共 {all} 处，此外还有 {count} 处未列出。",
        "{value}: {all} in all, {count} more are not listed.",
        "",
        "",
    ),
    "E010": (
        "编号“{value}”出现 {count} 次。",
        "The id “{value}” stands {count} times.",
        "每个编号只能用一次。",
        "Use every id once.",
    ),
    "E011": (
        "必填项“{column}”为空。",
        "“{column}” is required and empty.",
        "请填写。",
        "Fill it in.",
    ),
    "W012": (
        "没有编号，已按类别、区划和名称编出。",
        "Has no id; one was made of its kind, area and name.",
        "写出时会带上编号；也可以自己填写。",
        "It is written with the id; you may give your own.",
    ),
    "E012": (
        "“{value}”不是数字。",
        "“{value}” is not a number.",
        "只填数字，不带单位。",
        "Write the number alone, without a unit.",
    ),
    "E013": (
        "“{value}”不是日期。",
        "“{value}” is not a day.",
        "请写成 2023-10-25。",
        "Write it as 2023-10-25.",
    ),
    "E014": (
        "“{value}”不是“是”或“否”。",
        "“{value}” is neither yes nor no.",
        "请写：{allowed}。",
        "Write one of: {allowed}.",
    ),
    "E015": ("“{value}”小于零。", "“{value}” is below zero.", "请改正。", "Correct it."),
    "E020": (
        "区划代码“{value}”不成立：{why}。",
        "The area code “{value}” cannot be: {why}.",
        "请对照名册改正，并把单元格设为文本。",
        "Correct it by the register, and keep the cell as text.",
    ),
    "W020": (
        "区划代码“{value}”不是 12 位数字代码。",
        "The area code “{value}” is not one of 12 digits.",
        "如用统计用区划代码，请补足 12 位。",
        "If it is a statistical code, write all 12 digits.",
    ),
    "E021": (
        "统一社会信用代码“{value}”不成立：{why}。",
        "The credit code “{value}” cannot be: {why}.",
        "请对照证书改正。",
        "Correct it by the certificate.",
    ),
    "E022": (
        "卫生机构代码“{value}”不成立：{why}。",
        "The institution code “{value}” cannot be: {why}.",
        "请对照执业许可证改正。",
        "Correct it by the licence.",
    ),
    "W023": (
        "机构分类代码“{value}”不在常用的 WS 218 代码之内。",
        "“{value}” is not among the WS 218 codes in use here.",
        "若无误可不改。",
        "Leave it if it is right.",
    ),
    "why_area_digits": ("数字被写成科学计数", "a number in scientific notation"),
    "why_area_length": ("应为 12 位（或 2、4、6、9 位）数字", "it needs 12 digits (or 2, 4, 6, 9)"),
    "why_area_province": ("省级代码不存在", "there is no such province"),
    "why_area_gap": ("村级代码之上没有乡级代码", "a village code without its township"),
    "why_uscc_length": ("应为 18 位", "it needs 18 signs"),
    "why_uscc_signs": (
        "含有不用的字符（I、O、S、V、Z 或小写）",
        "a sign that is not used (I, O, S, V, Z, small letters)",
    ),
    "why_check": ("校验码不符", "its check sign does not fit"),
    "why_organisation_signs": (
        "组织机构代码部分应为 8 位加校验码",
        "its organisation code needs 8 signs and a check sign",
    ),
    "why_organisation_check": (
        "组织机构代码校验码不符",
        "the check sign of its organisation code does not fit",
    ),
    "why_institution_length": ("应为 22 位", "it needs 22 signs"),
    "why_institution_class": (
        "第 18—21 位不是机构类别代码",
        "signs 18 to 21 are no class of institution",
    ),
    "why_institution_management": ("末位应为 1、2 或 9", "its last sign must be 1, 2 or 9"),
    "E031": (
        "“{value}”不是已知的词。最接近：{nearest}。",
        "“{value}” is not a known word. Nearest: {nearest}.",
        "改单元格，或在“对照”表加一行。",
        "Change the cell, or add a row to the table 对照 (words).",
    ),
    "W031": (
        "“{value}”不在词表中，照原样保留。最接近：{nearest}。",
        "“{value}” is not in the vocabulary; it is kept. Nearest: {nearest}.",
        "若是同一意思，请改用词表中的词。",
        "Use the word of the vocabulary if it means the same.",
    ),
    "E032": (
        "列“{value}”重复，前一列在 {first}。",
        "The column “{value}” stands twice, first at {first}.",
        "请删去一列或改名。",
        "Delete or rename one.",
    ),
    "W033": (
        "未知的列“{value}”，作为附加属性保留。",
        "The column “{value}” is not known; it is kept as an attribute.",
        "若是笔误请改列名。",
        "Rename it if it is a slip.",
    ),
    "E034": (
        "缺少必需的列“{value}”（{column}）。",
        "The required column “{column}” ({value}) is missing.",
        "请加上这一列。",
        "Add the column.",
    ),
    "W035": (
        "“{value}”不是已知的表，没有读入。",
        "“{value}” is no known table and was not read.",
        "表名见 medgraph template。",
        "See medgraph template for the names of tables.",
    ),
    "W036": (
        "示例行“{value}”没有读入。",
        "The example row “{value}” was not read.",
        "可以删去。",
        "You may delete it.",
    ),
    "E040": (
        "{column} “{value}”不在任何表中。",
        "{column} “{value}” is in no table.",
        "请改正，或在表中加一行。",
        "Correct it, or add a row.",
    ),
    "W041": (
        "区划“{value}”不在区划表中。",
        "The area “{value}” is not in the table of areas.",
        "请核对，或在区划表加一行。",
        "Check it, or add a row to the table of areas.",
    ),
    "E042": (
        "“{relation}”不能从{source}连到{target}。",
        "“{relation}” cannot join a {source} to a {target}.",
        "请改正关系，或起点和终点。",
        "Correct the relation or its ends.",
    ),
    "E043": (
        "{group} 同时有两家牵头机构：{other}、{value}。",
        "{group} has two leads at once: {other}, {value}.",
        "只留一家，或写明起止日期。",
        "Keep one, or state from when to when each leads.",
    ),
    "E044": (
        "{item}“{value}”对应 {count} 个：{candidates}。",
        "{item}“{value}” means {count}: {candidates}.",
        "请写全称或编号。",
        "Write the full name or the id.",
    ),
    "list_item": ("第 {number} 项", "part {number} "),
    "W045": (
        "{value} 是 {group} 的牵头机构，又列为普通成员。",
        "{value} leads {group} and is a plain member of it too.",
        "删去成员这一行。",
        "Delete the membership.",
    ),
    "E046": (
        "隶属关系成环：{value}。",
        "Parts of one another in a ring: {value}.",
        "请改正其中一处上级。",
        "Correct one of them.",
    ),
    "E050": (
        "终止日 {value} 早于起始日 {begin}。",
        "It ends on {value}, before it begins on {begin}.",
        "请改正日期。",
        "Correct the days.",
    ),
    "E060": (
        "经纬度只有一个：{value}。",
        "Only one of longitude and latitude: {value}.",
        "两个都填或都不填。",
        "Give both or none.",
    ),
    "E061": (
        "坐标“{value}”像是以米计的投影坐标，未说明坐标系。",
        "“{value}” look like metres of a projection that is not stated.",
        "请换成经纬度（度）。",
        "Give longitude and latitude in degrees.",
    ),
    "E062": (
        "坐标“{value}”不可能存在。",
        "There is no such point: “{value}”.",
        "经度在 -180 到 180 之间，纬度在 -90 到 90 之间；看是否写反。",
        "Longitude is within 180, latitude within 90; see whether they are swapped.",
    ),
    "W063": (
        "坐标 {value} 没有写明坐标系，按原样保留。",
        "The point {value} states no coordinate system; it is kept as it is.",
        "请填坐标系：WGS-84、GCJ-02、BD-09 或 CGCS2000。",
        "State one: WGS-84, GCJ-02, BD-09 or CGCS2000.",
    ),
    "W064": (
        "{count} 个点由 {value} 换算为 WGS-84。",
        "{count} points were converted from {value} to WGS-84.",
        "",
        "",
    ),
    "W070": (
        "按 {value} 编码读入。",
        "Read as {value}.",
        "另存为 UTF-8 可免误判。",
        "Save it as UTF-8 to be sure.",
    ),
    "W080": (
        "{subject} 的 {column} 在另一处是“{value}”，采用先读到的“{first}”。",
        "{subject}: its {column} is “{value}” here; “{first}”, which was read first, is kept.",
        "请核对哪一个对。",
        "See which is right.",
    ),
    "W081": (
        "{subject} 的 {column} 有多个值：“{first}”和“{value}”，都保留。",
        "{subject} has several values of {column}: “{first}” and “{value}”; all are kept.",
        "请核对是否属实。",
        "See whether that is so.",
    ),
    "W082": (
        "{column} 为“{value}”，按对照文件当作未填。",
        "{column} is “{value}”, which the mapping takes for nothing.",
        "",
        "",
    ),
    "W083": (
        "对照文件没有提到的列，未读入：{value}。",
        "Columns that the mapping does not name were not read: {value}.",
        "要保留请在对照文件里写 rest = true。",
        "Write rest = true in the mapping to keep them.",
    ),
    # a mapping
    "mapping_not_toml": (
        "对照文件 {path} 不是正确的 TOML：{reason}",
        "The mapping {path} is not TOML: {reason}",
    ),
    "mapping_no_table": (
        "对照文件 {path} 里每个 [[table]] 都要写 table（表名）和 fields。见 docs/mapping.md。",
        "In the mapping {path} every [[table]] needs table (a name) and fields. See docs/mapping.md.",
    ),
    "mapping_unknown_key": (
        "对照文件 {path} 里的“{value}”不认识。可用：{allowed}。",
        "The mapping {path} has an unknown key “{value}”. Allowed: {allowed}.",
    ),
    "mapping_wrong_value": (
        "对照文件 {path} 里 {key} 的值“{value}”不对。写法：{allowed}。",
        "In the mapping {path} the value “{value}” of {key} is wrong. Write {allowed}.",
    ),
    "mapping_sheet_word": (
        "{workbook} 的“{sheet}”第 {row} 行：“{value}”不认识。可用：{allowed}。",
        "{workbook}, “{sheet}”, row {row}: “{value}” is not known. Write {allowed}.",
    ),
    "mapping_no_column": (
        "对照文件 {path} 提到的列“{value}”不在 {file} 里。有：{known}。",
        "The mapping {path} names a column “{value}” that {file} has not. It has: {known}.",
    ),
    "mapping_no_file": (
        "对照文件 {path} 提到的文件在 {source} 里一个也没有。",
        "None of the files that the mapping {path} names is in {source}.",
    ),
    "mapping_no_records": (
        "{path} 的“{value}”处不是记录的列表。",
        "{path} holds no list of records at “{value}”.",
    ),
    "mapping_skips": (
        "按对照文件跳过：{column} 为“{value}”。",
        "The mapping skips it: {column} is “{value}”.",
    ),
    # sources and targets
    "no_source": ("找不到 {path}。", "There is no {path}."),
    "unknown_format": (
        "不认识 {path} 的格式。可用：文件夹（CSV）、{known}。",
        "The format of {path} is not known. Known: a folder (CSV), {known}.",
    ),
    "nothing_in_folder": (
        "文件夹 {path} 里没有可读的表。可用：CSV 文件夹、{known}。",
        "The folder {path} holds no table. Known: a folder of CSV, {known}.",
    ),
    "unknown_table": (
        "{path} 不是已知的表。可用：{known}。",
        "{path} is no known table. Known: {known}.",
    ),
    "not_text": (
        "{path} 第 {line} 行既不是 UTF-8 也不是 GB18030。请另存为 UTF-8。",
        "{path}: line {line} is neither UTF-8 nor GB18030. Save it as UTF-8.",
    ),
    "target_held": (
        "{path} 正被另一程序（如 Excel）打开，或没有写权限；没有写入，旧文件完好。请关闭后再试。",
        "{path} is open in another program (Excel?) or not writable; nothing was written, the old file is whole. "
        "Close it and try again.",
    ),
    "target_fails": (
        "{path} 无法写入：{reason}。旧文件完好。",
        "{path} cannot be written: {reason}. The old file is whole.",
    ),
    "not_a_workbook": (
        "{path} 不是可读的 .xlsx 工作簿（可能损坏、加密或是旧的 .xls）。请另存为 .xlsx。",
        "{path} is no .xlsx workbook that can be read (damaged, encrypted, or an old .xls). Save it as .xlsx.",
    ),
    "too_many_rows": (
        "{path}：{rows} 行超过一张工作表的上限。请写成文件夹（CSV）或 .parquet。",
        "{path}: {rows} rows are more than a sheet holds. Write a folder (CSV) or .parquet.",
    ),
    "cell_too_long": (
        "{path}：一个单元格有 {signs} 字，超过 Excel 的上限 32767。请写成文件夹（CSV）。",
        "{path}: a cell of {signs} signs is more than Excel's 32,767. Write a folder (CSV).",
    ),
    "area_not_in_register": (
        "名册中没有区划“{value}”。请写区划代码，如 331003。",
        "The register has no area “{value}”. Give a code such as 331003.",
    ),
    "problem_severity": ("程度", "severity"),
    "problem_place": ("位置", "place"),
    "problem_value": ("值", "value"),
    "problem_message": ("问题", "problem"),
    "problem_advice": ("怎么改", "what to do"),
    "problem_code": ("代码", "code"),
    "severity_error": ("错误", "error"),
    "severity_warning": ("警告", "warning"),
    "yes": ("是", "yes"),
    # the template
    "help_sheet": ("工作表", "sheet"),
    "help_column": ("列", "column"),
    "help_needed": ("必填", "required"),
    "help_holds": ("填什么", "what it holds"),
    "help_text": (
        "灰色斜体的示例行不会被读入，可以删去。橙色列必填，其余可空；空着就是“未知”，不会当成没有。\n"
        "编号可以不填，会按机构、区划和名称编出并写回。编号和代码一律按文本填写。\n"
        "引用机构、集团、区划时可写编号、代码、全称，或同县内的简称、别名。一格多项用“、”或“|”隔开。\n"
        "填好后运行 medgraph check 文件.xlsx --output 标记.xlsx，会列出全部问题和单元格。",
        "The grey example row is not read; you may delete it. Orange columns are required, the others may stay empty; "
        "empty means unknown, never none.\n"
        "Ids may stay empty: they are made from kind, area and name, and written back. Ids and codes are text.\n"
        "Refer to a facility, group or area by id, code, full name, or short name or alias within its county. "
        "Several in one cell: put | or ; between them.\n"
        "Then run: medgraph check FILE.xlsx --output MARKED.xlsx, which lists every problem with its cell.",
    ),
    "help_type_text": ("文字", "text"),
    "help_type_id": ("编号、代码或名称", "an id, code or name"),
    "help_type_list": ("多项，用“、”或“|”隔开", "several, with | or ; between them"),
    "help_type_integer": ("整数", "a whole number"),
    "help_type_number": ("数字", "a number"),
    "help_type_date": (
        "日期，如 2023-10-25；终止日含当天",
        "a day such as 2023-10-25; a last day is included",
    ),
    "help_type_boolean": ("是或否", "yes or no"),
    "help_shortcut_group": (
        "所属集团；按“角色”成为牵头或成员",
        "the group it belongs to, as lead or member by `role`",
    ),
    "help_shortcut_role": (
        "在集团中的角色：牵头或成员（空为成员）",
        "its role in the group: lead or member (empty: member)",
    ),
    "help_shortcut_alliance": ("所属专科联盟，可多项", "the specialty alliances it is a member of"),
    "help_shortcut_serves": ("服务的区划，可多项", "the areas it serves"),
    "help_shortcut_run_by": ("由哪家机构一体化管理", "the facility that runs it"),
    "help_shortcut_part_of": ("是哪家机构的分院", "the facility it is a branch of"),
    "help_shortcut_lead": ("牵头机构", "the facility that leads it"),
    "help_shortcut_members": ("成员机构，可多项", "the facilities that are its members"),
    "left_with": (
        "与 {place} 的问题 [{code}] 有关。",
        "Involved in the problem [{code}] at {place}.",
    ),
    "left_row": ("未载入 {place}：{reason}", "Left out {place}: {reason}"),
    "left_rows_more": (
        "另有 {count} 行未载入，运行 medgraph check --lenient 列出全部。",
        "{count} more rows are left out; medgraph check --lenient lists them all.",
    ),
    "left_hanging": (
        "所连的行未载入：{source} → {target}。",
        "It joins a row that is left out: {source} → {target}.",
    ),
    # the command line
    "help.medgraph": (
        "医疗集团网络：覆盖、转诊、共享与政策核查。",
        "Medical groups as a graph: coverage, referral, sharing, policy.",
    ),
    "three_lines": (
        "medgraph demo                 看示例：台州市四个城市医疗集团\n"
        "medgraph template 名册.xlsx   取空白模板（--area 331003 预填区划）\n"
        "medgraph check 名册.xlsx      检查您的文件（medgraph --help 列出全部命令）",
        "medgraph demo                  see the demo: Taizhou's four urban medical groups\n"
        "medgraph template roster.xlsx  get a template (--area 331003 prefills the areas)\n"
        "medgraph check roster.xlsx     check your file (medgraph --help lists every command)",
    ),
    "error": ("错误：{sentence}", "Error: {sentence}"),
    "interrupted": (
        "已中断，原有文件未改动。",
        "Interrupted; files that were there are as they were.",
    ),
    "system_error": (
        "{path}：{reason}。请检查路径和权限。",
        "{path}: {reason}. Check the path and your rights to it.",
    ),
    "no_memory": (
        "内存不足。请用 --area 取一部分，或换一台内存更大的机器。",
        "Out of memory. Take a part with --area, or a machine with more memory.",
    ),
    "xlsx_needs_output": (
        "xlsx 不能输出到屏幕。请加 --output 文件.xlsx。",
        "xlsx cannot go to the screen. Add --output FILE.xlsx.",
    ),
    "reading": ("读取 {source}", "reading {source}"),
    "writing": ("写入 {target}", "writing {target}"),
    "asking": ("计算 {query}", "asking {query}"),
    "written": ("已写入 {path}", "written: {path}"),
    "drawn": ("已写入 {path}（显示 {shown}/{all}）", "written: {path} (shown {shown} of {all})"),
    "converted": (
        "已写入 {target}：{nodes} 个节点，{links} 条关系",
        "written: {target}: {nodes} nodes, {links} links",
    ),
    "moved": (
        "{facility} 自 {day} 起归入 {group}；新网络：{target}",
        "{facility} belongs to {group} from {day}; the new network: {target}",
    ),
    "rows_accounted": (
        "读入 {rows_in} 行 = 载入 {loaded} + 未载入 {left_out}",
        "{rows_in} rows in = {loaded} loaded + {left_out} left out",
    ),
    "check_summary": (
        "{errors} 个错误，{warnings} 个警告。",
        "{errors} errors, {warnings} warnings.",
    ),
    "elsewhere": ("（另{count}处：{places}）", "({count} more: {places})"),
    "demo_counts": (
        "{groups} 个集团、{alliances} 个专科联盟、{facilities} 家点名机构、{areas} 个乡级区划",
        "{groups} groups, {alliances} alliances, {facilities} named facilities, {areas} township-level areas",
    ),
    "demo_share": (
        "{met}/{total} 个乡级区划有集团机构；无法判定 {unknown} 个",
        "{met} of {total} areas are served by a group; {unknown} cannot be judged",
    ),
    "demo_gaps": ("空白 {count} 个：{names}", "{count} gap: {names}"),
    "demo_twice": (
        "{area} 有同一集团的 {count} 家中心（不算重叠）",
        "{area} is served by {count} centres of one group (no overlap)",
    ),
    "demo_excluded": ("准乡级单位 {count} 个另列：{names}", "{count} quasi units apart: {names}"),
    "demo_ungrouped": (
        "{count} 家点名机构不在任何集团：{names}",
        "{count} named facilities in no group: {names}",
    ),
    "demo_next": (
        "报告：{page}\n下一步：medgraph coverage gaps {directory}",
        "report: {page}\nnext: medgraph coverage gaps {directory}",
    ),
    "help.lang": ("输出语言（默认随系统）。", "Language of the output (default: the locale)."),
    "help.lenient": (
        "载入无误的行，列出未载入的行及原因。",
        "Load the sound rows; list every row left out with its reason.",
    ),
    "help.mapping": ("列名对照文件（TOML）。", "A TOML file that maps other people's columns."),
    "help.as_of": (
        "按哪一天回答（默认：数据截止日）。",
        "The day to answer for (default: the data day).",
    ),
    "help.area": ("只取这一区划（代码）。", "Take only this area (a code)."),
    "help.format": ("输出格式。", "Format of the output."),
    "help.output": ("写入文件。", "Write to this file."),
    "help.check": (
        "检查文件：一次列出全部问题，每个问题有位置和改法。",
        "Check a source: every problem at once, each with its place and what to do.",
    ),
    "help.check_output": (
        "另存一份标出错误单元格的工作簿。",
        "Write a copy of the workbook with the faulty cells marked.",
    ),
    "help.info": ("说明网络里有什么。", "Say what a network holds."),
    "help.convert": (
        "转换格式（按后缀）：文件夹、.xlsx、.json、.graphml、.parquet、.mgz。",
        "Convert by suffix: folder, .xlsx, .json, .graphml, .parquet, .mgz.",
    ),
    "help.template": (
        "写一个空白模板，带下拉列表和说明。",
        "Write an empty template with drop-down lists and help.",
    ),
    "help.template_area": (
        "预填该区划下的乡级区划。",
        "Prefill the township-level areas of this code.",
    ),
    "help.sample": ("写一份样本数据。", "Write sample data."),
    "help.scale": ("合成数据的规模。", "Scale of the synthetic data."),
    "help.seed": ("随机种子。", "Random seed."),
    "help.defect": ("植入的缺陷（可多次）。", "A defect to plant (repeatable)."),
    "help.move": (
        "把一家机构划到另一集团，写出新网络。",
        "Move a facility to another group; write the new network.",
    ),
    "help.to_group": ("新的集团（编号或名称）。", "The new group (id or name)."),
    "help.on": ("从哪一天起（默认：数据截止日）。", "The first day of it (default: the data day)."),
    "help.demo": (
        "写出台州样本和报告，并打开报告。",
        "Write Taizhou's sample and its report, and open the report.",
    ),
    "help.no_open": ("不打开浏览器。", "Do not open a browser."),
    "help.report": (
        "写出报告：网页、Excel、PDF、Word。",
        "Write the report: a page, a workbook, a PDF, a Word file.",
    ),
    "help.report_output": (
        "报告文件夹（默认：数据旁边）。",
        "Folder of the report (default: beside the source).",
    ),
    "help.report_format": (
        "逗号分隔的格式：html、xlsx、pdf、docx。",
        "Formats, with commas between them: html, xlsx, pdf, docx.",
    ),
    "help.map": ("画图。", "Draw a picture."),
    "help.map_output": ("写入 .svg 或 .html。", "Write to this .svg or .html."),
    "help.map.tiles": (
        "方格图：每个乡级区划一格。",
        "The tile grid: one square per township-level area.",
    ),
    "help.option.level": (
        "区划层级：township、village、county。",
        "Level of areas: township, village, county.",
    ),
    "help.coverage": (
        "覆盖：每个乡镇街道是否有且只有一个集团负责。",
        "Coverage: is every township served, once?",
    ),
    "help.coverage.served": ("每个区划由哪个集团的哪些机构服务。", "Which group serves each area."),
    "help.coverage.gaps": ("没有集团机构的区划。", "Areas that no group serves."),
    "help.coverage.overlaps": ("两个集团重叠的区划。", "Areas that two groups serve."),
    "help.coverage.ungrouped": ("不在任何集团的机构。", "Facilities in no group."),
    "help.coverage.multiple": (
        "同时在两个同类集团的机构。",
        "Facilities in two groups of one kind.",
    ),
    "help.coverage.grid": (
        "每个集团的区划、机构、人口和连片情况。",
        "Areas, facilities, population and contiguity of each group.",
    ),
    "help.coverage.access": (
        "到最近机构的时间、可及人口、E2SFCA 指数。",
        "Minutes to the nearest facility, population in reach, E2SFCA index.",
    ),
    "help.coverage.stations": (
        "村级单位有无卫生室，按乡镇汇总。",
        "Village units with a station, by township.",
    ),
    # coverage
    "help.option.collective": (
        "哪类集体：group（默认）、alliance，或一种集团类型。",
        "The collective: group (default), alliance, or a group type.",
    ),
    "and_more": ("等，另{count}个", " and {count} more"),
    "register_not_stated": ("未注明名册与版本", "register and edition not stated"),
    "coverage.served.numerator": (
        "有在开集团成员（含牵头机构，专科联盟除外）服务的区划",
        "areas that an open member or lead of a group (not of an alliance) serves",
    ),
    "coverage.overlaps.numerator": (
        "不被两个及以上集团同时服务的区划",
        "areas that at most one group serves",
    ),
    "coverage.areas.denominator": (
        "名册中能够判定的{level}区划（准乡级单位另列）",
        "areas of the register ({level} level) that can be judged; quasi units apart",
    ),
    "coverage.served_by": ("由{names}服务。", "Served by {names}."),
    "coverage.gap": (
        "没有在开的集团成员列明服务此处。",
        "No open member of a group is stated to serve it.",
    ),
    "coverage.may_serve": (
        "未注明服务区划、可能服务此处的成员：{names}。",
        " Members whose area is not stated and that may serve it: {names}.",
    ),
    "coverage.idle": (
        "列明服务此处但未在运行：{names}。",
        " Stated to serve it but not at work: {names}.",
    ),
    "coverage.loose": (
        "只有不属于任何集团的机构服务：{names}。",
        "Only facilities of no group serve it: {names}.",
    ),
    "coverage.class_only": (
        "只有未列名的一类机构服务：{names}。",
        "Only an unnamed class of facilities serves it: {names}.",
    ),
    "coverage.below": (
        "只列明了对其下级区划的服务。",
        "Only smaller areas inside it are stated to be served.",
    ),
    "coverage.undeclared": (
        "未找到服务机构，但{tables}未声明完整，不能断定为空白。",
        "No facility found, but {tables} is not declared complete, so it is no proven gap.",
    ),
    "coverage.quasi_unit": (
        "准乡级单位（代码第三段400至599），另列。",
        "A quasi unit (third code segment 400 to 599), listed apart.",
    ),
    "coverage.level_unknown": (
        "层级、类别未注明，代码也看不出。",
        "Neither level nor kind is stated, and its code does not tell.",
    ),
    "coverage.overlap": ("被多个集团服务：{groups}。", "Served by several groups: {groups}."),
    "coverage.one_group": (
        "未发现第二个集团，但{tables}未声明完整。",
        "No second group found, but {tables} is not declared complete.",
    ),
    "coverage.twins": (
        "{name}有同一集团（{group}）的多家机构：{facilities}；不算重叠。",
        "{name} has several facilities of one group ({group}): {facilities}; no overlap.",
    ),
    "coverage.more_twins": (
        "另有{count}个区划有同一集团的多家机构，见 coverage served。",
        "{count} more areas have several facilities of one group, see coverage served.",
    ),
    "coverage.declared": (
        "空白以声明完整的表为据：{tables}。",
        "A gap rests on tables declared complete: {tables}.",
    ),
    "coverage.unplaced": (
        "{count}家集团成员未注明服务区划：{names}。",
        "{count} members of groups state no area that they serve: {names}.",
    ),
    "coverage.partial_register": (
        "区划表声明为不完整，不计算覆盖率；只列出表中的区划。",
        "The table of areas is declared partial, so there is no share; its areas are listed.",
    ),
    "coverage.ungrouped": ("不是任何集团的成员或牵头机构。", "Member or lead of no group."),
    "coverage.ungrouped_planned": (
        "规划中，不是任何集团的成员或牵头机构。",
        "Planned; member or lead of no group.",
    ),
    "coverage.membership_undeclared": (
        "未找到所属集团，但{tables}未声明完整，不能断定。",
        "No group found, but {tables} is not declared complete.",
    ),
    "coverage.is_class": (
        "一类机构的代称，不是一家机构。",
        "Stands for a class of facilities, not for one.",
    ),
    "coverage.is_class_of_groups": (
        "未列名集团的代称，不是一个集团。",
        "Stands for groups without names, not for one.",
    ),
    "coverage.is_closed": ("已关闭。", "Closed."),
    "coverage.ungrouped.numerator": (
        "是集团成员或牵头机构的机构",
        "facilities that are member or lead of a group",
    ),
    "coverage.multiple.numerator": (
        "在每一类集团中最多属于一个的机构",
        "facilities in at most one group of each kind",
    ),
    "coverage.facilities.denominator": (
        "能够判定的列名机构（一类机构和已关闭的另列）",
        "named facilities that can be judged; classes and closed ones apart",
    ),
    "coverage.multiple": (
        "同时属于同类的多个集团：{names}。",
        "In several groups of one kind: {names}.",
    ),
    "coverage.no_specialty": (
        "属于多个联盟，但其专科未注明：{names}。",
        "In several alliances that state no specialty: {names}.",
    ),
    "coverage.no_second_group": (
        "未发现第二个同类集团，但{tables}未声明完整。",
        "No second group of one kind found, but {tables} is not declared complete.",
    ),
    "coverage.alliance": ("专科联盟没有辖区。", "A specialty alliance has no area."),
    "coverage.no_area_undeclared": (
        "未找到其服务的区划，但{tables}未声明完整。",
        "No area of it found, but {tables} is not declared complete.",
    ),
    "coverage.grid.numerator": (
        "每个集团的区划、在开机构、人口、所跨区县和连片情况（无比例）",
        "areas, facilities at work, population, districts and contiguity per group (no share)",
    ),
    "coverage.grid.denominator": (
        "全部集团（专科联盟另列）",
        "all groups; specialty alliances apart",
    ),
    "coverage.no_adjacency": (
        "没有区划相邻关系，无法判断是否连片。",
        "No area has neighbours stated, so contiguity is unknown.",
    ),
    "coverage.station_unplaced": (
        "未发现，但有站室未注明所在村（社区），可能在此。",
        "None found, but a clinic or station states no village and may be here.",
    ),
    "coverage.stations.numerator": (
        "有在开村卫生室或社区卫生服务站的村级单位",
        "village units with a village clinic or a health station at work",
    ),
    "coverage.stations.denominator": (
        "能够判定的村级单位（准乡级单位所辖另列）",
        "village units that can be judged; those of quasi units apart",
    ),
    "coverage.no_villages": (
        "数据中没有村级单位，无法计算（不是0%）。",
        "The data has no village units, so there is no share.",
    ),
    "coverage.access.numerator": (
        "有所问机构服务，或在最长时限内可达的区划",
        "areas that a facility of the kind asked about serves, or that it is in reach of",
    ),
    "coverage.in_reach": (
        "未列明服务，但最近一家在{minutes}分钟内。",
        "Not stated to be served, but one lies {minutes} minutes away.",
    ),
    "coverage.out_of_reach": (
        "{minutes}分钟内没有所问机构。",
        "No facility of the kind asked about within {minutes} minutes.",
    ),
    "coverage.times_missing": (
        "缺{count}对出行时间，不能断定不可及。",
        "{count} travel times are missing.",
    ),
    "coverage.nearer_unknown": (
        "{tables}未声明完整，可能有更近的机构。",
        "{tables} is not declared complete, so a nearer facility may exist.",
    ),
    "coverage.kind_untold": (
        "{count}家机构未注明类型或等级，未计入。",
        "{count} facilities state no type or level and are left out of account.",
    ),
    "coverage.by_matrix": ("出行时间：给定的时间矩阵。", "Travel times: the matrix given."),
    "coverage.by_line": (
        "出行时间：直线距离，按每小时{speed}公里估算，不是道路时间。",
        "Travel times: straight lines at {speed} km/h, not along roads.",
    ),
    "coverage.by_road": (
        "出行时间：沿路网最快路径；离路网结点{km}公里以外的算作缺失。",
        "Travel times: the quickest way along the roads; farther than {km} km from a node is missing.",
    ),
    "coverage.pairs": (
        "应有{expected}对 = 已给{given} + 缺失{missing} + 不可达{unreachable}",
        "{expected} pairs expected = {given} given + {missing} missing + {unreachable} unreachable",
    ),
    "coverage.people_within": (
        "{minutes}分钟内：{met}人，共{total}人；另有{unknown}个区划人口或时间不详。",
        "Within {minutes} minutes: {met} of {total} residents; not known for {unknown} areas.",
    ),
    "coverage.strangers": (
        "时间矩阵中{count}行的起点或终点不在所问之内，未用。",
        "{count} rows of the matrix begin or end outside what is asked; not used.",
    ),
    "coverage.bad_minutes": (
        "时间矩阵有{count}处不是非负的分钟数，第一处：{value}。",
        "{count} values of the matrix are no minutes of zero or more, the first: {value}.",
    ),
    "coverage.bad_speed": ("速度应大于零：{value}。", "The speed must be above zero: {value}."),
    "coverage.bad_limits": (
        "时限应为大于零的分钟数：{value}。",
        "Limits must be minutes above zero: {value}.",
    ),
    "coverage.bad_bands": (
        "衰减带应为递增的分钟上限和大于零的权重：{value}。",
        "Bands must have rising upper ends in minutes and weights above zero: {value}.",
    ),
    "coverage.bad_roads": (
        "路网有{count}条边缺端点或时间，{double}个结点编号重复。",
        "The roads have {count} edges without an end or a time, and {double} nodes twice.",
    ),
    "coverage.no_column": (
        "缺少列：{columns}。现有：{found}。",
        "Columns are missing: {columns}. There are: {found}.",
    ),
    "coverage.one_source_of_times": (
        "请给出时间矩阵、路网、直线速度三者之一。",
        "Give one of these: a matrix of times, roads, or a speed for straight lines.",
    ),
    "travel_times.no_file": ("没有这个文件：{path}。", "There is no such file: {path}."),
    "travel_times.no_column": ("{path} 缺少列：{columns}。", "{path} lacks the columns {columns}."),
    "travel_times.no_number": (
        "{path} 第{row}行的分钟数“{value}”不是数字。请写数字，不可达写“不可达”，不知道则留空。",
        "{path} row {row}: “{value}” is no number of minutes. Write a number, “unreachable”, "
        "or leave it empty.",
    ),
    "E052": (
        "未提供区划名册，无法计算覆盖率（不是0%，也不是100%）。",
        "There is no register of areas, so there is no share (neither 0% nor 100%).",
        "运行 medgraph template --area 331003。",
        "Run medgraph template --area 331003.",
    ),
    # referrals
    "referral.numerator": (
        "有合法转诊路径（上转还须有回程）的机构",
        "facilities with a legal referral path (and, upwards, a way back)",
    ),
    "referral.denominator": (
        "当日在运行、已判定的机构（不含类别占位和牵头医院自身）",
        "facilities at work on the day that were judged (no classes, not the leads themselves)",
    ),
    "referral.source": (
        "REFERS_UP_TO、REFERS_DOWN_TO、COOPERATES_WITH 关系；两端当日在运行；带专科的关系只转该专科；"
        "村级直达牵头或三级医院为越级，不算合法",
        "links REFERS_UP_TO, REFERS_DOWN_TO, COOPERATES_WITH with both ends at work on the day; a link "
        "with a specialty carries only that specialty; a village unit straight to a lead or tertiary "
        "hospital skips a level and is no legal step",
    ),
    "referral.cost_note": (
        "按分钟最少；未写分钟的关系只在没有写明分钟的路径时按步数采用，分钟为空＝未知。",
        "Least minutes; links without minutes are used, by steps, only where no path of links with "
        "minutes exists; empty minutes = unknown.",
    ),
    "referral.minutes_unknown": ("未知", "unknown"),
    "referral.summary": (
        "{name} → {target}：{way}{specialty}，{steps}步，分钟：{minutes}。",
        "{name} → {target}: {way} {specialty}, {steps} step(s), minutes: {minutes}.",
    ),
    "referral.way_inside": ("集团内", "inside the group"),
    "referral.way_alliance": (
        "经专科联盟，牵头单位收治：",
        "by the specialty alliance, received by its lead:",
    ),
    "referral.way_outside": ("集团外", "outside the group"),
    "referral.dead_end": ("断头：{at} 没有合法的下一步。", "Dead end: {at} has no legal link on."),
    "referral.level_skip": (
        "越级：{at} 直接转到牵头或三级医院，跳过乡级。",
        "Level skip: {at} refers straight to a lead or tertiary hospital, past the township level.",
    ),
    "referral.no_return": (
        "有去无回：从 {at} 没有转回 {facility} 的合法路径。",
        "Up but not back: no legal path down from {at} to {facility}.",
    ),
    "referral.closed": (
        "{at} 处的去路当日未运行。",
        "The way on at {at} is not at work on that day.",
    ),
    "referral.shut": ("目的地 {at} 当日未运行。", "The target {at} is not at work on that day."),
    "referral.loop": (
        "循环：从 {facility} 出发只在原地打转，到不了目的地。",
        "Loop: from {facility} the links only go round and never arrive.",
    ),
    "referral.lacks_specialty": (
        "{at} 不具备{specialty}，也没有可用的专科联盟。",
        "{at} lacks {specialty}, and no alliance offers it.",
    ),
    "referral.no_lead": (
        "{facility} 所在集团没有牵头医院。",
        "The group of {facility} has no lead.",
    ),
    "referral.ungrouped": (
        "不在任何集团，没有牵头医院可转",
        "in no group, so there is no lead to reach",
    ),
    "referral.is_target": ("本身就是目的地", "is itself the target"),
    "referral.not_at_work": ("当日未运行", "not at work on that day"),
    "referral.is_class": ("是一类机构，不是一家机构", "a class of facilities, not one facility"),
    "referral.no_facility": ("“{id}”在 {day} 不是机构。", "“{id}” is no facility on {day}."),
    "referral.undeclared": (
        "{relation} 未声明完整，缺的可能只是没有录入。",
        "{relation} is not declared complete: the link may only be missing from the data.",
    ),
    "referral.unstated": ("资料未写明。", "The data does not say."),
    "referral.broken_numerator": ("没有缺陷的检查", "checks without a defect"),
    "referral.broken_denominator": (
        "已判定的检查：每个集团成员能否上转到牵头医院；每条转诊关系自身；每条转诊关系有无反向关系",
        "checks judged: each member's way up to its lead; each referral link itself; each "
        "referral link for a link back",
    ),
    "referral.specialties_unstated": ("{at} 未写明专科。", "{at} does not state its specialties."),
    "referral.link_level_skip": (
        "{source} 越过乡级，直接转到 {target}。",
        "{source} refers straight to {target}, past the township level.",
    ),
    "referral.link_closed": (
        "{source} 或 {target} 当日未运行。",
        "{source} or {target} is not at work on that day.",
    ),
    "referral.link_out_of_group": (
        "{source} 与 {target} 不在同一集团，也不是区域医疗中心或联盟牵头。",
        "{source} and {target} share no group, and neither is a regional centre or the "
        "lead of an alliance.",
    ),
    "referral.link_lacks_specialty": (
        "{target} 不具备{specialty}。",
        "{target} lacks {specialty}.",
    ),
    "referral.link_loop": (
        "{source} 与 {target} 之间的转诊成环。",
        "The link from {source} to {target} is part of a loop.",
    ),
    "referral.link_asymmetric_minutes": (
        "{source} 与 {target} 之间往返分钟相差过大。",
        "The minutes between {source} and {target} differ too much by direction.",
    ),
    "referral.link_up_without_down": (
        "{source} 上转 {target}，但没有下转。",
        "{source} refers up to {target}, but nothing leads down.",
    ),
    "referral.link_down_without_up": (
        "{source} 下转 {target}，但没有上转。",
        "{source} refers down to {target}, but nothing leads up.",
    ),
    "referral.fix_dead_end": ("为 {source} 增加一条上转关系。", "Add a link up from {source}."),
    "referral.fix_closed": (
        "终止该关系，或改指在运行的机构（{source}）。",
        "End the link, or point it to a facility at work ({source}).",
    ),
    "referral.fix_loop": (
        "终止环中的一条关系，并接到牵头医院（{source}）。",
        "End one link of the loop and lead it on to the lead hospital ({source}).",
    ),
    "referral.fix_no_lead": (
        "为集团写明牵头医院（{source}）。",
        "State the lead of the group ({source}).",
    ),
    "referral.fix_lacks_specialty": (
        "改转具备该专科的机构，或补录 {target} 的专科。",
        "Refer to a facility that has it, or record the specialties of {target}.",
    ),
    "referral.fix_level_skip": (
        "改为先转乡镇卫生院或社区卫生服务中心（{source}）。",
        "Refer to the township or community centre first ({source}).",
    ),
    "referral.fix_out_of_group": (
        "终止该关系，或把两家划入同一集团（{source}、{target}）。",
        "End the link, or put both into one group ({source}, {target}).",
    ),
    "referral.fix_asymmetric_minutes": (
        "核对两个方向的分钟（{source}、{target}）。",
        "Check the minutes of both directions ({source}, {target}).",
    ),
    "referral.fix_up_without_down": (
        "增加 {target} 到 {source} 的下转关系。",
        "Add a link down from {target} to {source}.",
    ),
    "referral.fix_down_without_up": (
        "增加 {target} 到 {source} 的上转关系。",
        "Add a link up from {target} to {source}.",
    ),
    "referral.bad_k": ("k 应为正整数，不能是 {value}。", "k is a positive number, not {value}."),
    "referral.shared": ("{count} 条路径都要经过：{names}。", "All {count} path(s) pass {names}."),
    "referral.nothing_shared": (
        "{count} 条路径没有共同的中间机构。",
        "The {count} path(s) share no facility between the ends.",
    ),
    # pictures and reports
    "cannot_write": (
        "无法写入 {path}：{why}。若文件正被 Excel 打开，请关闭后重试；原文件未改动。",
        "Cannot write {path}: {why}. If Excel holds it open, close it and try again; the old file is whole.",
    ),
    "unit_townships": ("个乡级区划", "township-level areas"),
    "tile_map_title": ("{title}：区划图格", "{title}: tile map"),
    "figure_day": ("数据截止 {day}", "data as of {day}"),
    "sketch": ("示意图", "sketch"),
    "sketch_note": (
        "一格一个乡级区划，只表示相对位置，不是边界；★ 牵头医院",
        "one tile per township; relative positions, no boundaries; ★ lead hospital",
    ),
    "tile_none": ("无集团机构", "no group facility"),
    "tile_villages": (
        "村级单位 {met}/{total} 有站点",
        "{met}/{total} village units with a station",
    ),
    "shown_of": ("显示 {shown}/{total} {unit}", "shown {shown} of {total} {unit}"),
    "legend_group": ("{name} · {areas}个区划", "{name}: {areas} areas"),
    "legend_village_met": ("村级单位有站点 {count}", "village unit with a station: {count}"),
    "legend_village_gap": ("空白村 {count}", "village unit without: {count}"),
    "legend_village_unknown": ("村级单位未判定 {count}", "village unit not judged: {count}"),
    "report.title": ("医疗集团网络报告", "Medical groups: a report"),
    "report.unit": ("单位", "Unit"),
    "report.day": ("数据截止日", "Data day"),
    "report.register": ("区划名册", "Register"),
    "report.no_register": ("未提供", "none given"),
    "report.source": ("数据文件", "Source"),
    "report.unsaid": ("未注明", "not stated"),
    "report.met": ("有集团机构", "served by a group"),
    "report.missing": ("空白", "gaps"),
    "report.excluded": ("准乡级另列", "set apart"),
    "report.not_asked": ("未计算区划覆盖。", "Coverage was not asked."),
    "report.no_share": (
        "无法计算覆盖率（不是0%，也不是100%）。",
        "No share can be computed (neither 0% nor 100%).",
    ),
    "report.headline": (
        "{met}/{total} 个乡级区划有集团机构；{missing}；{excluded}个准乡级单位另列；无法判定{unknown}个",
        "{met} of {total} areas are served by a group; {missing}; {excluded} quasi units apart; "
        "{unknown} cannot be judged",
    ),
    "report.headline_missing": ("缺：{names}", "missing: {names}"),
    "report.headline_none_missing": ("无空白", "none missing"),
    "report.headline_word": ("结论", "Headline"),
    "report.rows": ("行数", "Rows"),
    "report.stamp": ("标记", "Stamp"),
    "report.left_out_stamp": ("未载入{count}行", "{count} rows left out"),
    "report.worst": (
        "最要紧的{shown}项发现（共{total}项）",
        "The {shown} worst findings (of {total})",
    ),
    "report.no_findings": (
        "没有发现问题；无法判定的另列。",
        "No findings; what could not be judged stands apart.",
    ),
    "report.needs": (
        "补充这{count}项数据可判定：",
        "These {count} data would decide what is open:",
    ),
    "report.need_count": ("（{count}个）", " ({count})"),
    "report.no_needs": ("没有因缺数据而无法判定的项目。", "Nothing is undecided for want of data."),
    "report.skip": ("跳转", "skip"),
    "report.to_findings": ("跳到全部发现", "Skip to all findings"),
    "report.to_unknown": ("跳到无法判定", "Skip to what is unknown"),
    "report.to_tables": ("跳到各表", "Skip to the tables"),
    "report.contents": ("目录", "Contents"),
    "report.findings": ("全部发现", "All findings"),
    "report.unknown": ("无法判定与所缺数据", "Unknown, and the data it lacks"),
    "report.tables": ("各项结果", "Answers"),
    "report.groups": ("各集团与联盟", "Groups and alliances"),
    "report.definitions": ("口径", "Definitions"),
    "report.left_out": ("未载入的行", "Rows left out"),
    "report.left_out_lead": ("未载入{count}行", "{count} rows left out"),
    "report.rows_shown": (
        "本页显示{shown}行，共{total}行；全部见 findings.xlsx。",
        "{shown} of {total} rows shown here; findings.xlsx holds all.",
    ),
    "report.front": ("首页", "Front page"),
    "report.lead": ("牵头", "lead"),
    "report.member": ("成员", "member"),
    "report.class": ("一类机构（不计数）", "class (not counted)"),
    "report.group_lead": (
        "点名机构{members}家；另列一类机构{classes}个",
        "{members} named facilities; {classes} classes apart",
    ),
    "report.fault.coverage.served": ("没有集团机构服务", "No group serves it"),
    "report.fault.coverage.multiple": ("同时在两个同类集团", "In two groups of one kind"),
    "report.fault.coverage.overlaps": ("两个以上集团同时服务", "Served by two or more groups"),
    "report.fault.coverage.stations": ("没有卫生室或服务站", "No clinic or station"),
    "report.fault.coverage.ungrouped": ("不在任何集团", "In no group"),
    "report.fault.sharing.unsupported": (
        "无人派驻、下沉或共享",
        "Nobody sends staff, slots or equipment",
    ),
    "report.act.left_out": ("改正后重新载入。", "Correct it and load again."),
    "report.act.coverage.served": (
        "指定一家集团成员服务该区划，或注明由谁服务。",
        "Name a member of a group that serves it.",
    ),
    "report.act.coverage.multiple": (
        "只保留一个集团，或写明终止日。",
        "Keep one group, or give the other a last day.",
    ),
    "report.act.coverage.overlaps": (
        "划清两个集团的服务区划。",
        "Settle which group serves the area.",
    ),
    "report.act.coverage.stations": (
        "设站，或注明由哪家机构巡诊。",
        "Open a station, or name who visits.",
    ),
    "report.act.coverage.ungrouped": (
        "编入集团，或写明不编入的依据。",
        "Put it into a group, or state why not.",
    ),
    "report.act.referrals.broken": ("补全转诊关系。", "Complete the referral link."),
    "report.act.sharing.unsupported": (
        "由牵头医院安排派驻或号源下沉。",
        "Let the lead hospital send staff or slots.",
    ),
    "answer.coverage.served": ("区划覆盖", "Areas served"),
    "answer.coverage.gaps": ("空白区划", "Gaps"),
    "answer.coverage.overlaps": ("重叠区划", "Overlaps"),
    "answer.coverage.ungrouped": ("不在任何集团的机构", "Facilities in no group"),
    "answer.coverage.multiple": ("同时在两个集团的机构", "Facilities in two groups"),
    "answer.coverage.grid": ("各集团网格", "The grid of each group"),
    "answer.coverage.stations": ("村级站点", "Village stations"),
    "answer.referrals.broken": ("断开的转诊", "Broken referrals"),
    "answer.sharing.unsupported": ("无人支持的机构", "Unsupported facilities"),
    "column.number": ("序号", "no."),
    "column.place": ("位置", "place"),
    "column.fault": ("问题", "fault"),
    "column.evidence": ("依据（单元格、文件）", "evidence (cell, document)"),
    "column.action": ("建议", "action"),
    "column.query": ("项目", "query"),
    "column.reason": ("理由", "reason"),
    "column.count": ("数量", "count"),
    "column.examples": ("例", "examples"),
    "column.status": ("判定", "status"),
    "column.role": ("角色", "role"),
    "column.name": ("名称", "name"),
    "column.id": ("编号", "id"),
    "column.type": ("类型", "type"),
    "column.area": ("区划代码", "area"),
    "column.area_name": ("所在区划", "area"),
    "column.clause": ("条款", "clause"),
    "column.group": ("集团", "group"),
    "column.facility": ("机构编号", "facility"),
    "column.facilities": ("机构", "facilities"),
    "column.numerator": ("分子", "numerator"),
    "column.denominator": ("分母", "denominator"),
    "column.unit": ("单位", "unit"),
    "column.register": ("名册", "register"),
    "column.source": ("来源", "source"),
    "share.areas": ("个区划", "areas"),
    "share.facilities": ("家机构", "facilities"),
    "share.villages": ("个村级单位", "village units"),
    "status.ungrouped": ("不在集团", "in no group"),
    "status.grouped": ("在集团", "in a group"),
    "status.overlap": ("重叠", "overlap"),
    "status.multiple": ("在多个集团", "in several groups"),
    # sharing, dispatch, alliances, teams: what stands on queries/roster.py
    "left_out_class": ("一类单位，未点名", "stands for a class, not named"),
    "left_out_not_at_work": (
        "{day} 不在运行（规划、暂停、关闭或已终止）",
        "not at work on {day} (planned, suspended, closed or ended)",
    ),
    "centres_numerator": (
        "由本集团成员承办的共享中心类别",
        "kinds of shared centre hosted by a member of the group",
    ),
    "centres_denominator": ("集团 × 共享中心类别", "groups × kinds of shared centre"),
    "centre_missing": ("关系表完整，没有承办单位", "the links are complete and nobody hosts it"),
    "centre_not_stated": (
        "未填承办单位，关系表也未声明完整",
        "no host is stated, and the links are not declared complete",
    ),
    "centre_use_not_stated": ("成员使用情况未填", "it is not stated which members use it"),
    "matrix_numerator": ("已落实的责任", "obligations met"),
    "matrix_denominator": (
        "乡镇卫生院和社区卫生服务中心 × 责任，有数据的",
        "township and community centres × obligations, where there is data",
    ),
    "cell_no_data": (
        "未填 {relation}，表也未声明完整",
        "no {relation} is stated, and the links are not declared complete",
    ),
    "cell_unsure_at": ("到“{at}”为止，之后未填", "stated as far as “{at}”, and nothing beyond"),
    "cell_unsure_title": (
        "有派驻记录，职称未填或不认识",
        "a posting is recorded, its title is missing or unknown",
    ),
    "cell_closed_unit": ("连到不在运行的“{at}”", "leads to “{at}”, which is not at work"),
    "cell_broken": ("在“{at}”处断开", "breaks at “{at}”"),
    "cell_not_yet_valid": ("{day} 尚未生效", "not yet valid on {day}"),
    "cell_expired": ("{day} 已到期", "expired on {day}"),
    "cell_missing": (
        "{relation} 已声明完整，没有记录",
        "{relation} is declared complete and holds none",
    ),
    "exchange_numerator": (
        "给出与得到的人员、号源、床位、服务",
        "staff, slots, beds and services given and taken",
    ),
    "exchange_no_group": ("一端不在任何集团", "one end is in no group"),
    "exchange_several_groups": ("一端同时在几个集团", "one end is in several groups"),
    "exchange_no_amount": ("数量未填", "no amount is stated"),
    "unsupported_numerator": (
        "有其他机构派人、下沉号源或床位、提供服务的机构",
        "facilities that another one sends staff, slots, beds or services to",
    ),
    "unsupported_denominator": (
        "点名且运行中的非牵头机构，可判定的",
        "named facilities at work that lead no group, where it can be judged",
    ),
    "support_none": (
        "没有任何机构派人、下沉号源床位或提供服务",
        "nobody sends staff, slots, beds or services",
    ),
    "support_not_complete": (
        "没有记录，而这些关系未声明完整：{relations}",
        "no record, and these links are not declared complete: {relations}",
    ),
    "support_to_group": (
        "资源下沉到整个集团，未写明到哪家",
        "resources are sunk to the whole group, not stated to whom",
    ),
    "recognition_numerator": ("已互认", "pairs that recognise results"),
    "recognition_denominator": (
        "集团内部，以及同一地市集团两两之间",
        "every group inside, and the pairs of groups of one prefecture",
    ),
    "items_not_stated": ("互认项目数未填", "the number of items is not stated"),
    "recognition_missing": (
        "互认关系完整，没有这一对",
        "the links are complete and this pair is missing",
    ),
    "recognition_not_stated": ("未填互认", "recognition is not stated"),
    "ledger_numerator": ("当年有在岗日的派驻记录", "postings with days in the year"),
    "ending_numerator": ("即将到期的派驻记录", "postings that end soon"),
    "posting_impossible": ("{record}：终止日早于起始日", "{record}: ends before it begins"),
    "posting_no_start": ("{record}：起始日未填", "{record}: no first day is stated"),
    "posting_unknown_title": (
        "{record}：职称“{title}”未填或不认识",
        "{record}: the title “{title}” is missing or unknown",
    ),
    "posting_other_year": ("{year} 年没有在岗日", "no day in {year}"),
    "posting_not_current": ("{day} 不在派驻期内", "not in force on {day}"),
    "posting_not_followed": ("到期后没有人接替", "nobody follows"),
    "postings_apart": (
        "{count} 条派驻记录职称不明或日期不可能，另计，未算入也未丢弃。",
        "{count} postings have an unknown title or impossible days; they are counted apart.",
    ),
    "postings_could_decide": (
        "职称不明或日期不可能的记录可能改变结论",
        "postings with unknown titles or days could decide",
    ),
    "year_not_over": ("当年尚未结束", "the year is not over"),
    "no_lead": ("没有集团，或集团没有牵头医院", "no group, or a group without a lead"),
    "coverage_gap": ("派驻不足", "not covered"),
    "ledger_not_complete": (
        "派驻表未声明完整，不能断定没有人。{gaps}",
        "the postings are not declared complete, so nobody may not mean nobody. {gaps}",
    ),
    "coverage_denominator": (
        "点名且运行中的乡镇卫生院和社区卫生服务中心，可判定的",
        "named township and community centres at work, where it can be judged",
    ),
    "all_year_numerator": (
        "全年每天都有牵头医院主治及以上医师的中心（可几人接续）",
        "centres with an attending physician or higher of the lead on every day of the year, by turns",
    ),
    "all_year_source": (
        "每个乡镇卫生院（社区卫生服务中心）至少有1名牵头医院主治医师常年服务",
        "at least one attending physician of the lead in service all year",
    ),
    "six_months_numerator": (
        "至少有一名派驻医师连续六个月以上的中心",
        "centres where a dispatched physician stays six months or more",
    ),
    "six_months_source": (
        "至少有1名相对固定的医师，一般不少于6个月",
        "at least one relatively fixed physician, not under six months",
    ),
    "per_10000_numerator": (
        "二级及以上机构派驻、中级及以上、当年满六个月的医师",
        "physicians of intermediate grade or above from facilities of level two or three, "
        "six months or more in the year",
    ),
    "per_10000_denominator": (
        "集团内中心所服务区划的常住人口（万人）",
        "residents of the areas served by the group's centres, in 10,000",
    ),
    "per_10000_source": ("国卫办基层发〔2024〕22号 指标2.1", "Monitoring indicators 2024, 2.1"),
    "population_lacking": ("常住人口未填：{areas}", "population is not stated: {areas}"),
    "rate_between": (
        "{low} 至 {high} 人，取决于职称、等级或日期不明的记录",
        "{low} to {high} persons, as unknown titles, levels or days turn out",
    ),
    "quota_numerator": (
        "下沉到家庭医生团队或基层机构的号源、床位",
        "slots and beds sunk to family-doctor teams or primary care",
    ),
    "quota_denominator": (
        "牵头医院自身的门诊号源（1/3）、床位（1/4）",
        "the lead's own outpatient slots (1/3) and beds (1/4)",
    ),
    "quota_source": ("国卫医政函〔2023〕27号", "National urban-group pilot plan 2023"),
    "quota_lacking": ("未填：{field}", "not stated: {field}"),
    "quota_could_be_met": (
        "去向或数量不明的部分可能使其达标",
        "what is stated without recipient or amount could meet it",
    ),
    "quota_short": ("{sunk}/{total} 不足 {required}", "{sunk} of {total} is under {required}"),
    "alliance_members_numerator": (
        "专科联盟的牵头和成员",
        "leads and members of specialty alliances",
    ),
    "alliance_districts_numerator": (
        "有点名成员或牵头单位的县区",
        "districts with a named member or lead",
    ),
    "alliance_districts_denominator": ("专科联盟 × 县区", "alliances × districts"),
    "alliance_none_named": ("没有点名成员", "no named member"),
    "alliance_without_area": (
        "{name}：所在区划未填：{members}",
        "{name}: the area is not stated of {members}",
    ),
    "alliance_has_class": (
        "{name}：另有未点名的成员：{members}",
        "{name}: has members that are not named: {members}",
    ),
    "alliance_links_numerator": ("有紧密协作关系的", "pairs with a link of close cooperation"),
    "alliance_links_denominator": ("专科联盟 × 集团", "alliances × groups"),
    "link_missing": ("关系表完整，没有这一对", "the links are complete and this pair is missing"),
    "link_not_stated": (
        "未填，关系表也未声明完整",
        "not stated, and the links are not declared complete",
    ),
    "alliance_only_numerator": ("也在集团中的", "facilities in a group too"),
    "alliance_only_denominator": ("专科联盟中点名的机构", "named facilities in an alliance"),
    "alliance_only_reason": ("在专科联盟，不在任何集团", "in an alliance and in no group"),
    "reach_numerator": ("集团自己有的专科", "specialties that the group has itself"),
    "reach_denominator": (
        "集团 × 联盟专科，可判定的",
        "groups × specialties of alliances, where it can be judged",
    ),
    "reach_alliance": ("只能经联盟得到", "only by the alliance"),
    "reach_none": ("集团没有，也没有联盟协作", "neither in the group nor by an alliance"),
    "reach_not_stated": (
        "成员的专科未填全，不能断定只靠联盟",
        "the members' specialties are not all stated; it may have its own",
    ),
    "composition_numerator": ("有点名机构的组成部分", "parts with a named institution"),
    "composition_denominator": (
        "公共卫生团队 × 方案要求的组成部分",
        "public-health teams × parts that the plan asks for",
    ),
    "composition_source": (
        "市级疾控牵头，联合市、区两级妇幼保健、卫生监督及区级疾控",
        "led by the municipal CDC, with municipal and district MCH and inspection, and the district CDC",
    ),
    "part_unnamed": (
        "只写了一类单位，未点名：{members}",
        "stated as a class, not named: {members}",
    ),
    "part_level_unknown": (
        "隶属级别未填：{members}",
        "the administrative level is not stated: {members}",
    ),
    "part_missing": (
        "成员表完整，没有这一部分",
        "the members are complete and this part is missing",
    ),
    "part_not_stated": (
        "未填，成员表也未声明完整",
        "not stated, and the members are not declared complete",
    ),
    "team_missing_numerator": (
        "有公共卫生团队驻点的集团",
        "groups with a public-health team stationed in them",
    ),
    "team_missing_denominator": ("集团，可判定的", "groups, where it can be judged"),
    "left_out_other_team": (
        "不是公共卫生团队，或团队已终止",
        "no public-health team, or one that has ended",
    ),
    "stationed_numerator": ("当日有效的驻点", "stations that hold on the day"),
    "stationed_denominator": ("公共卫生团队的驻点记录", "records of public-health teams stationed"),
    "referral.specialties_numerator": (
        "集团内或经联盟可达的格子（乡镇×专科）",
        "cells (township × specialty) inside or by alliance",
    ),
    "referral.specialties_denominator": ("已判定的格子", "cells judged"),
    "referral.unserved": ("没有在运行的机构服务该区划", "no facility at work serves the area"),
    "referral.quasi": ("准乡级单位，另列", "a quasi unit, listed apart"),
    "referral.bottlenecks_numerator": (
        "经过该机构的最短路径",
        "cheapest paths that cross the facility",
    ),
    "referral.bottlenecks_denominator": ("找到的全部路径", "all paths found"),
    "referral.paths_found": (
        "{asked} 家机构中 {found} 家有路径。",
        "{found} of {asked} facilities have a path.",
    ),
    "referral.regions_numerator": (
        "本集团牵头医院最近的机构",
        "facilities whose own lead is the nearest lead",
    ),
    "referral.regions_denominator": (
        "有路径到本集团牵头医院的机构",
        "facilities with a path to their own lead",
    ),
    "referral.load_numerator": (
        "沿路径到达的转诊人次",
        "referred patients that arrive along the paths",
    ),
    "referral.load_denominator": (
        "容量（床位或号源 × 周转）",
        "capacity (beds or slots × turnover)",
    ),
    "referral.bad_load": (
        "请给 rate（每千人转诊数）或 counts（各机构人次）之一；capacity 可用：{capacities}；turnover 大于 0。",
        "Give one of rate (referrals per 1,000 residents) and counts (by facility); capacity is one of "
        "{capacities}; turnover is above 0.",
    ),
    "referral.bad_counts": ("counts 必须是不小于 0 的数。", "counts are numbers, 0 or more."),
    "referral.no_capacity": (
        "未写 {column}，无法比较。",
        "No {column} stated, so nothing to compare with.",
    ),
    "referral.goal_silent": (
        "{patients} 人次去往 {at}，其容量未写明。",
        "{patients} patients go to {at}, whose capacity is not stated.",
    ),
    "referral.no_population": ("未写常住人口", "no population stated"),
    "referral.no_such_source": (
        "当日没有这家在运行的机构",
        "no facility at work on that day has this id",
    ),
    "referral.patients_lost": (
        "{patients} 人次没有路径。{reason}",
        "{patients} patients have no path. {reason}",
    ),
    "referral.over": ("超出 {over} 人次。", "{over} patients over."),
    "referral.load_note": (
        "共 {total} 人次，{sent} 人次有路径且目的地写明容量；在合法去路内调剂后仍有 {unplaced} 人次放不下。",
        "{total} patients, {sent} with a path to a stated capacity; {unplaced} fit nowhere that legal links lead to.",
    ),
    "referral.cut_note": (
        "瓶颈（已满且放不下者只能去的医院）：{names}。",
        "The cut (full, and all that the unplaced can reach): {names}.",
    ),
    "status.described": ("仅描述", "described"),
    "column.areas": ("区划数", "areas"),
    "column.population": ("人口", "population"),
    "column.areas_without_population": ("未注明人口的区划", "areas without population"),
    "column.type_not_stated": ("类型未注明", "type not stated"),
    "column.districts": ("所涉县区", "districts"),
    "column.split_districts": ("与他集团分管的县区", "districts split with another group"),
    "column.isolated": ("不相连的区划", "areas that touch no other"),
    "column.adjacency_unknown": ("相邻关系未知的区划", "areas with adjacency unknown"),
    "column.facility_status": ("机构状态", "facility status"),
    "column.area_code": ("所在区划", "area"),
    "column.met": ("达到", "met"),
    "column.total": ("总数", "total"),
    "column.unknown": ("无法判定", "unknown"),
    "column.without": ("没有的", "without"),
    # drafts from prose
    "draft_stamp": ("自动识别，未经确认", "read automatically, not confirmed"),
    "help.draft": (
        "把方案文字读成名册草稿，逐条注明条款，供人核对。",
        "Read the prose of a plan into a draft roster, with the clause behind each link, to be checked.",
    ),
    "help.draft_areas": (
        "区划：代码（逗号分隔）或名册文件。",
        "Areas: codes with commas between them, or a register file.",
    ),
    "draft_read": (
        "{sentences} 句 = 已用 {used} + 不含关系 {no_relation} + 未读懂 {not_understood}",
        "{sentences} sentences = {used} used + {no_relation} without a relation + {not_understood} not understood",
    ),
    "draft_count": (
        "{clause} 写 {stated} 个{tail}，实读 {read} 个。",
        "{clause} states {stated} {tail}, {read} were read.",
    ),
    "draft_not_understood_line": (
        "未读懂（{clause}）：{text}",
        "not understood ({clause}): {text}",
    ),
    "draft_not_understood": ("未读懂", "not understood"),
    "draft_used": ("已用", "used"),
    "draft_no_relation": ("不含关系", "no relation"),
    "draft_unplaced": ("未能对应区划：{names}", "no area found for: {names}"),
    "draft_target": ("{kind}：{what} {value}{unit}", "{kind}: {what} {value}{unit}"),
    "draft_indicators": (
        "指标 {count} 项，权重合计 {points} 分",
        "{count} indicators, weights sum to {points}",
    ),
    "draft_repairs": ("文字修复：{counts}", "repairs of the text: {counts}"),
    # options and verbs of the command line
    "no_column": ("{path} 没有“{column}”列。", "{path} has no column “{column}”."),
    "bad_bands": (
        "“{value}”不是衰减带。请写成 10:1,20:0.68,30:0.22。",
        "“{value}” are no bands. Write 10:1,20:0.68,30:0.22.",
    ),
    "help.option.specialty": ("专科，如 psychiatry、中医。", "A specialty, such as psychiatry."),
    "help.option.within_group": ("只走本集团内的关系。", "Only links inside the own group."),
    "help.option.to": ("目的机构（编号）。", "The facility to reach (id)."),
    "help.option.direction": ("方向：up 上转，down 下转。", "Direction: up or down."),
    "help.option.k": ("列出几条路径。", "How many paths."),
    "help.option.asymmetry": (
        "往返用时相差几倍算异常。",
        "How many times as long one way may take.",
    ),
    "help.option.rate": ("每千人转诊数。", "Referrals per 1,000 residents."),
    "help.option.counts": (
        "实际转诊数（CSV：facility,count）。",
        "Observed referrals (CSV: facility,count).",
    ),
    "help.option.capacity": (
        "容量：beds 或 outpatient_slots。",
        "Capacity: beds or outpatient_slots.",
    ),
    "help.option.turnover": (
        "同期内每个床位（号）接收几人。",
        "Patients each bed or slot takes in the period.",
    ),
    "help.option.top": ("只列前几名。", "Only the first so many."),
    "help.option.facility_type": (
        "机构类型（可多次），或 primary、hospital_any、station。",
        "Facility type (repeatable), or primary, hospital_any, station.",
    ),
    "help.option.facility_level": (
        "机构等级：3、2、1、3A 等。",
        "Facility level: 3, 2, 1, 3A and so on.",
    ),
    "help.option.times": ("用时矩阵（CSV 或 Parquet）。", "A travel-time matrix (CSV or Parquet)."),
    "help.option.roads": (
        "路网文件夹（nodes.csv、edges.csv）。",
        "A road graph (folder with nodes.csv, edges.csv).",
    ),
    "help.option.speed_kmh": (
        "直线距离按此速度折算（公里/小时）。",
        "Straight lines at this speed in km/h.",
    ),
    "help.option.minutes": ("时限（分钟，可多次）。", "A limit in minutes (repeatable)."),
    "help.option.decay": (
        "E2SFCA 衰减带，如 10:1,20:0.68,30:0.22。",
        "Bands of the E2SFCA index, such as 10:1,20:0.68,30:0.22.",
    ),
    "help.option.supply": (
        "指数所计的资源，如 physicians、beds。",
        "What the index counts, such as physicians, beds.",
    ),
    "help.option.snap_km": (
        "地点离路网节点最远几公里。",
        "How far a place may lie from a road node, in km.",
    ),
    "help.referrals": (
        "转诊：合法路径或反例，双向，按级别和专科。",
        "Referral: the legal path or a counter-example, both ways.",
    ),
    "help.referrals.path": (
        "一家机构的转诊路径，或最近的反例。",
        "The referral path of one facility, or the nearest counter-example.",
    ),
    "help.referrals.paths": ("全部机构的转诊路径。", "The referral paths of all facilities."),
    "help.referrals.alternatives": (
        "最省的几条备选路径及共同必经机构。",
        "The k cheapest paths, and what all of them share.",
    ),
    "help.referrals.broken": ("转诊网络的全部缺陷。", "Every defect of the referral network."),
    "help.referrals.specialties": (
        "每个乡镇到每个专科的路径。",
        "The way of each township to each specialty.",
    ),
    "help.referrals.load": (
        "预期转诊量与床位或号源之比。",
        "Expected referrals against beds or slots.",
    ),
    "help.referrals.bottlenecks": ("最多路径经过的机构。", "Facilities that most paths cross."),
    "help.referrals.regions": (
        "按最近路径的归属，与集团比较。",
        "Who ends up where, compared with the groups.",
    ),
    # reading a plan
    "plan_format": (
        "{path} 不是方案文件。可读：{known}。",
        "{path} is no plan. Readable: {known}.",
    ),
    "plan_too_large": (
        "{path} 超过 {megabytes} MB，不像方案。请只取方案正文。",
        "{path} is over {megabytes} MB; take the plan alone.",
    ),
    "plan_too_long": (
        "{path} 有 {signs} 字，超过 {most} 字，不像一份方案。请只取方案正文。",
        "{path} holds {signs} characters, more than {most}; take the plan alone.",
    ),
    "plan_not_chinese": (
        "{path} 里没有中文。只能读中文方案。",
        "{path} holds no Chinese; only plans in Chinese are read.",
    ),
    "plan_empty": (
        "{path} 里没有文字（扫描的 PDF 请先做文字识别）。",
        "{path} holds no text (a scanned PDF needs OCR first).",
    ),
    "plan_encoding": (
        "{path} 的编码认不出。请另存为 UTF-8。",
        "The encoding of {path} is unknown. Save it as UTF-8.",
    ),
    "plan_unreadable": (
        "{path} 打不开或已损坏。请用 Word 另存后再试。",
        "{path} cannot be opened. Save it again and retry.",
    ),
    # Parquet and snapshots
    "parquet_fails": ("{path} 读不出：{reason}。", "{path} cannot be read: {reason}."),
    "snapshot_none": (
        "{path} 不是 medgraph 快照。请用 medgraph convert 来源 net.mgz 另做一个。",
        "{path} is no medgraph snapshot. Make one with medgraph convert SOURCE net.mgz.",
    ),
    "snapshot_damaged": (
        "{path} 已损坏（校验不符）。请删去，再用 medgraph convert 来源 net.mgz 重做。",
        "{path} is damaged (its checksum does not fit). Delete it, and make it again with "
        "medgraph convert SOURCE net.mgz.",
    ),
    "snapshot_version": (
        "{path} 是第 {version} 版快照，本程序用第 {known} 版。请用 medgraph convert 来源 net.mgz 重做。",
        "{path} is a snapshot of version {version}, this program uses {known}. Make it again with "
        "medgraph convert SOURCE net.mgz.",
    ),
    "snapshot_stale": (
        "{path} 已过时：{source} 在它之后改过。请用 medgraph convert 重做。",
        "{path} is out of date: {source} has changed since. Make it again with medgraph convert.",
    ),
    "snapshot_dangling": (
        "有的关系指向不存在的编号，不能做成快照。请先运行 medgraph check。",
        "Some links point to ids that are not there, so there is no snapshot. "
        "Run medgraph check first.",
    ),
    # records
    "records.no_column": (
        "记录缺少“{column}”列（表头可写作 {also}）。",
        "The records have no column {column} (or by another of its names: {also}).",
    ),
    "records.no_file": ("没有这个文件或文件夹：{path}", "No such file or folder: {path}"),
    "records.no_records": (
        "{path} 里应当全是 .csv，或全是 .parquet。",
        "{path} should hold .csv files only, or .parquet files only.",
    ),
    "records.other_header": (
        "{path} 的表头与 {first} 不同。",
        "{path} has another header than {first}.",
    ),
    "records.double": (
        "这些列意思相同，只能留一列：{columns}",
        "These columns mean the same; keep one: {columns}",
    ),
    "records.not_utf8": (
        "{path} 不是 UTF-8。请另存为 UTF-8 的 CSV。",
        "{path} is not UTF-8. Save it as CSV in UTF-8.",
    ),
    "records.personal": (
        "记录里有个人身份列，拒绝读取：{columns}。请去掉，或换成代号。",
        "Refused: columns of personal identity: {columns}. Take them out or use a pseudonym.",
    ),
    "records.not_installed": (
        "未安装所需的库：pip install 'medgraph[{extra}]'",
        "A library is missing: pip install 'medgraph[{extra}]'",
    ),
    "records.overlap_truncate": (
        "前一次截止到后一次入院（算转院，0天）",
        "the earlier ends at the later admission (a transfer, 0 days)",
    ),
    "records.overlap_drop": ("不算转院", "no transfer"),
    "records.encounters_note": (
        "转院＝同一代号出院后 {window} 天内在另一家入院；同日出入院算0天；住院重叠：{overlap}。",
        "Transfer = one pseudonym admitted elsewhere within {window} days of discharge; the same day "
        "is 0 days; overlapping stays: {overlap}.",
    ),
    "E090": (
        "列“{value}”是个人身份信息。",
        "Column “{value}” holds personal identity.",
        "去掉该列，或换成代号。",
        "Take it out, or use a pseudonym.",
    ),
    # a draft from prose: sheets, columns, kinds
    "plan_sheet_sentences": ("语句", "Sentences"),
    "plan_sheet_counts": ("核对", "Counts"),
    "plan_sheet_targets": ("目标", "Targets"),
    "plan_sheet_repairs": ("文字修复", "Repairs"),
    "plan_sheet_comparison": ("名册比较", "Comparison"),
    "plan_head_number": ("序号", "number"),
    "plan_head_clause": ("条款", "clause"),
    "plan_head_span": ("文字位置", "span"),
    "plan_head_fate": ("处理", "fate"),
    "plan_head_rule": ("规则", "rule"),
    "plan_head_links": ("关系数", "links"),
    "plan_head_text": ("语句", "text"),
    "plan_head_what": ("内容", "what"),
    "plan_head_stated": ("写明", "stated"),
    "plan_head_read": ("实读", "read"),
    "plan_head_holds": ("是否相符", "holds"),
    "plan_head_kind": ("种类", "kind"),
    "plan_head_value": ("数值", "value"),
    "plan_head_unit": ("单位", "unit"),
    "plan_head_line": ("行", "line"),
    "plan_head_before": ("原文", "before"),
    "plan_head_after": ("改为", "after"),
    "plan_head_status": ("结果", "status"),
    "plan_head_draft": ("草稿编号", "draft"),
    "plan_head_draft_name": ("草稿名称", "draft_name"),
    "plan_head_roster": ("名册编号", "roster"),
    "plan_head_roster_name": ("名册名称", "roster_name"),
    "plan_head_score": ("相似度", "score"),
    "plan_head_how": ("依据", "how"),
    "plan_head_source": ("起点", "source"),
    "plan_head_relation": ("关系", "relation"),
    "plan_head_target": ("终点", "target"),
    "plan_head_basis": ("依据类别", "basis"),
    "plan_head_confidence": ("可信程度", "confidence"),
    "plan_head_note": ("备注", "note"),
    "plan_head_rows": ("{links} 条关系", "{links} links"),
    "plan_count_holds": ("相符", "holds"),
    "plan_count_fails": ("不符", "fails"),
    "plan_count_unplaced": ("未能对应区划", "no area found"),
    "plan_target_share": ("比例", "share"),
    "plan_target_day": ("日期", "day"),
    "plan_target_phase": ("阶段", "phase"),
    "plan_target_section": ("指标分组", "section"),
    "plan_target_indicator": ("指标", "indicator"),
    "plan_mend_radical": ("部首还原", "radicals"),
    "plan_mend_byte_shift": ("错位字节", "shifted bytes"),
    "plan_mend_phonetic": ("注音", "phonetic notes"),
    "plan_mend_simplified": ("繁体转简体（行）", "lines to simplified"),
    "plan_mend_place_name": ("地名用字", "place names"),
    "plan_mend_personal": ("个人信息（已删，不留原文）", "personal data (dropped, not kept)"),
    "plan_mend_spam": ("垃圾行", "spam lines"),
    "plan_mend_boilerplate": ("网页套话", "boilerplate"),
    "plan_mend_duplicate": ("重复段落", "repeated bodies"),
    "plan_mend_lost_digit": ("疑缺数字（仅标记）", "lost digits (flagged only)"),
    "plan_rule": ("规则 {rule}：{why}", "rule {rule}: {why}"),
    "plan_rule_serves": ("机构名含区划名", "the name of the area"),
    "plan_rule_team": ("进驻每个集团", "stationed in every group"),
    "plan_rule_district_committee": (
        "每区一个，上级为首个管委会",
        "one for each district, under the first committee",
    ),
    "plan_rule_governs": (
        "每个集团；区级只管成员服务本区的集团",
        "every group; of a district, those whose members serve there",
    ),
    "plan_rule_cooperates": ("与每个集团", "with every group"),
    "plan_rule_alliance_links": ("每个联盟与每个集团", "every alliance with every group"),
    "plan_rule_centres": ("每家牵头医院每种一个", "one of each kind at each lead"),
    "plan_rule_departments": ("每家牵头医院每个部门", "each of them at each lead"),
    "plan_rule_referral": ("每个成员与其牵头医院", "every member and its lead"),
    "plan_rule_quota": (
        "每家牵头医院下沉到本集团；号源、床位",
        "every lead to its group; slots, beds",
    ),
    "plan_rule_recognises": ("集团内：自身；集团之间：两两", "within: itself; between: each pair"),
    "plan_rule_connects": ("每个集团接入", "every group"),
    "plan_rule_manages_through": (
        "成员所服务的区的医共体",
        "the community of the district that the members serve",
    ),
    "plan_sure_high": ("高", "high"),
    "plan_sure_medium": ("中", "medium"),
    "plan_sure_low": ("低", "low"),
    "plan_legend": (
        "可信程度：高，语句写明；中，按规则推出；低，写明的个数与所列不符。",
        "Confidence: high, stated; medium, by a rule; low, the list does not hold to its stated count.",
    ),
    # a draft against a roster
    "help.draft_against": ("与现有名册逐名比较。", "Compare name by name with an existing roster."),
    "draft_against": (
        "与名册比较：相同 {same}，相似 {similar}，新 {new}，缺 {missing}",
        "against the roster: {same} same, {similar} similar, {new} new, {missing} missing",
    ),
    "draft_against_line": (
        "{status}：{draft} / {roster}（{score}，{how}）",
        "{status}: {draft} / {roster} ({score}, {how})",
    ),
    # formats in one file, and areas with polygons
    "not_our_format": (
        "{path} 不是 {name} 格式的文件。别家的 JSON 记录请用 --mapping 读取。",
        "{path} is no {name} file. Read other people's JSON records with --mapping.",
    ),
    "wrong_version": (
        "{path} 的格式版本是 {version}，本程序最高读到版本 {known}。请更新 medgraph，或用写出它的版本另存为 CSV。",
        "{path} has format version {version}; this medgraph reads up to version {known}. Update medgraph, "
        "or save the file as CSV with the version that wrote it.",
    ),
    "not_json": (
        "{path} 不是完整的 UTF-8 JSON：{reason}。",
        "{path} is no complete UTF-8 JSON: {reason}.",
    ),
    "not_graphml": (
        "{path} 不是可读的 GraphML：{reason}。",
        "{path} cannot be read as GraphML: {reason}.",
    ),
    "read_only_format": (
        "{path}：只能读入 GeoJSON，不能写出网络。请写成 .xlsx、.json 或一个文件夹。",
        "{path}: GeoJSON can be read but holds no network. Write .xlsx, .json or a folder.",
    ),
    "not_geojson": (
        "{path} 不是 GeoJSON 要素集：{reason}。",
        "{path} is no GeoJSON FeatureCollection: {reason}.",
    ),
    "geo_extra": (
        "读取多边形需要 shapely：pip install 'medgraph[geo]'。",
        "Polygons need shapely: pip install 'medgraph[geo]'.",
    ),
    "geo_no_crs": (
        "没有写明坐标系，不能当作经纬度。请先用 set_crs 写明。",
        "No coordinate system is stated, so these are no degrees. State it with set_crs first.",
    ),
    "geo_no_id": (
        "没有区划代码列（{known}）。",
        "There is no column with the areas' codes ({known}).",
    ),
    # policy packs
    "policy_there": ("有", "there"),
    "policy_not_there": ("没有", "not there"),
    "policy_nothing": ("未填", "not stated"),
    "policy_so": ("{what} 符合", "{what} is so"),
    "policy_not_so": ("{what} 不符合", "{what} is not so"),
    "policy_not_stated": ("{what} 未填", "{what} is not stated"),
    "policy_has": ("有{what}", "has {what}"),
    "policy_lacks": ("缺{what}", "lacks {what}"),
    "policy_named": ("列入 {what}", "named in {what}"),
    "policy_not_named": ("未列入 {what}", "not named in {what}"),
    "policy_stated_listed": ("写明 {stated}，列出 {listed}", "{stated} stated, {listed} listed"),
    "policy_ends": ("查到 {count} 个", "{count} found"),
    "policy_table_open": (
        "表中没有，而该表未声明完整",
        "not in the table, which is not declared complete",
    ),
    "policy_end_open": (
        "对方尚未启用，或条件未填",
        "the other end is not open yet, or a condition is not stated",
    ),
    "policy_way": ("有路径", "there is a way"),
    "policy_no_way": ("没有路径", "there is no way"),
    "policy_in_group": ("在集团内", "inside the group"),
    "policy_out_of_group": ("出了集团", "leaves the group"),
    "policy_circle": ("在环路上", "stands on a circle"),
    "policy_dead_end": ("到此为止，却不是牵头医院", "ends here, and this is no lead"),
    "policy_posted": ("有派驻", "staff are posted"),
    "policy_not_posted": ("没有合乎条件的派驻", "no posting that meets the condition"),
    "policy_counted": ("计入", "counted"),
    "policy_not_counted": ("不计入", "not counted"),
    "policy_link_value": ("{what} 之和的一项", "a part of the sum of {what}"),
    "policy_card": ("排在末两位：黄牌", "among the last two: a yellow card"),
    "policy_no_card": ("不在末两位", "not among the last two"),
    "policy_card_open": (
        "并列或缺分，末两位不能确定",
        "a tie or a missing score: the last two are undecided",
    ),
    "policy_open": ("不定", "open"),
    "policy_complete": ("须声明完整", "declared complete"),
    "policy_asks": ("阈值要由使用者提供：{need}", "the threshold is asked of the user: {need}"),
    "policy_nobody": ("数据中没有这一类对象：{need}", "the data holds none of these: {need}"),
    "policy_nothing_to_test": ("没有可查的记录：{need}", "no record to test: {need}"),
    "policy_not_due": ("期限 {day} 未到", "not due until {day}"),
    "policy_fix": ("补正后重新审核。", "Correct it and audit again."),
    "policy_supply": ("补充 {need}。", "Supply {need}."),
    "policy_supply_any": ("补充缺少的数据。", "Supply the data that is missing."),
    "policy_arithmetic": (
        "{found}；要求 {asked}；最差 {worst}，最好 {best}",
        "{found}; asked {asked}; worst {worst}, best {best}",
    ),
    "policy_head": ("审核 {packs}，截至 {day}", "audit {packs} as of {day}"),
    "policy_failed": ("未达标（{count}）：", "FAIL ({count}):"),
    "policy_no_data": ("缺数据（{count}）：", "NO_DATA ({count}):"),
    "policy_missing": (
        "补充这 {count} 项数据可判定 {rules} 条规则：",
        "These {count} data would decide {rules} rules:",
    ),
    "policy_left_out": ("另有 {count} 行未能读入", "{count} rows could not be loaded"),
    "policy_no_day": (
        "请写 as_of（--as-of），数据也没有写明截止日。",
        "Give as_of (--as-of): the data states no day of its own.",
    ),
    "policy_unknown_rule": ("没有“{value}”这条规则。", "There is no rule “{value}”."),
    "policy_unknown_finding": (
        "这次审核没有“{value}”这条结论。",
        "This audit has no finding “{value}”.",
    ),
    "policy_bad_parameter": (
        "{rule} 的参数不能用：{value}。",
        "A parameter of {rule} cannot be used: {value}.",
    ),
    "policy_bad_waiver": (
        "豁免 {rule} / {subject} 不能用：须对应一条结论，并写明理由、批准机关和到期日。",
        "The waiver {rule} / {subject} cannot be used: it needs a finding, a reason, an office and a day.",
    ),
    "policy_waiver_over": ("豁免已于 {day} 到期。", "The waiver ended on {day}."),
    "policy_waiver_renew": ("续批或撤销豁免。", "Have the waiver renewed, or take it out."),
    "policy_bad_statement": (
        "说明“{value}”不能用：须对应一条结论，处理只能是{allowed}。",
        "The statement on “{value}” cannot be used: it needs a finding, and a decision of {allowed}.",
    ),
    "policy_ledger_columns": ("台账缺列：{lost}。", "The ledger lacks columns: {lost}."),
    "policy_ledger_twice": (
        "台账中 {subject} 的 {item} 填了两个不同的值。",
        "The ledger states {item} of {subject} twice.",
    ),
    "policy_flip": (
        "若 {element} 由“{was}”变为“{now}”，结论变为 {verdict}。",
        "If {element} went from “{was}” to “{now}”, the verdict would be {verdict}.",
    ),
    "policy_flip_none": ("没有哪一条记录能单独改变结论。", "No single record changes the verdict."),
    "policy_one_more": (
        "若再有一条符合的记录，结论变为 {verdict}。",
        "With one more record that fits, the verdict would be {verdict}.",
    ),
    "policy_clause": (
        "条款：{clause}（证据等级 {grade}）",
        "clause: {clause} (grade of evidence {grade})",
    ),
    "policy_tested": ("逐项：", "each element:"),
    "policy_others": ("同一规则的其他对象：", "the rule's other subjects:"),
    "policy_advice": ("处理：{advice}", "what to do: {advice}"),
    "policy_asks_user": ("须由使用者设定：{names}", "asked of the user: {names}"),
    "policy_waived": (
        "已豁免：{reason}（{office}，至 {expires}）",
        "waived: {reason} ({office}, until {expires})",
    ),
    "policy_stated": (
        "说明：{statement}（{decision}，{office}，{date}）",
        "statement: {statement} ({decision}, {office}, {date})",
    ),
    "policy_no_record": (
        "这不是审核记录（run.json）。",
        "This is no record of an audit (run.json).",
    ),
    "policy_same": ("与当时相同。", "The same as then."),
    "policy_changed": ("有变化：", "Changed:"),
    "score_no_sheet": (
        "{source} 不是可以读取的 Excel 表。",
        "{source} is no Excel sheet that can be read.",
    ),
    "score_columns": (
        "缺列：{lost}。需要：{wanted}。",
        "Columns missing: {lost}. Needed: {wanted}.",
    ),
    "score_no_self": ("没有县级自评", "no self-score of the county"),
    "score_no_city": ("没有市级复评", "no re-score of the city"),
    "score_not_on_site": ("市级没有实地核查的记录", "no on-site check of the city on record"),
    "score_sample": (
        "省级在该市抽查的县不是1至4个",
        "the province sampled other than 1 to 4 counties of the city",
    ),
    "score_range": (
        "第 {item} 项 {points} 分超出 0–{weight}",
        "item {item}: {points} is outside 0–{weight}",
    ),
    "score_missing": ("第 {item} 项缺分", "item {item} has no score"),
    "score_bonus_open": ("加分项未填全", "the bonus items are not all stated"),
    "score_tie": (
        "并列或缺分，不能确定黄牌：{zones}",
        "a tie or a missing score leaves the cards undecided: {zones}",
    ),
    # problems with policy packs
    "E080": (
        "政策包不是合法的 TOML：{value}。",
        "The pack is no TOML: {value}.",
        "请改正这一行。",
        "Correct that line.",
    ),
    "E081": (
        "“{value}”不是这里可用的键。",
        "“{value}” is no key that can stand here.",
        "可用：{allowed}。",
        "Allowed: {allowed}.",
    ),
    "E082": (
        "缺少“{value}”。",
        "“{value}” is missing.",
        "每条规则要写 id、kind、text、clause、grade。",
        "Every rule states id, kind, text, clause and grade.",
    ),
    "E083": (
        "{what} 不能是“{value}”。",
        "{what} cannot be “{value}”.",
        "可用：{allowed}。",
        "Allowed: {allowed}.",
    ),
    "E084": (
        "“{value}”不是已知的判定方法。",
        "“{value}” is no known predicate.",
        "可用：{allowed}。",
        "Allowed: {allowed}.",
    ),
    "E085": (
        "规则编号“{value}”出现不止一次。",
        "The rule id “{value}” stands more than once.",
        "每条规则用一个编号。",
        "Give every rule its own id.",
    ),
    "E086": (
        "{value} 的阈值未经核实，却没有用 ask 向使用者索取。",
        "The threshold of {value} is unverified and not asked of the user.",
        "加 ask，或改证据等级。",
        "Add ask, or state another grade of evidence.",
    ),
    "E087": (
        "{what} = {value} 超出范围。",
        "{what} = {value} is out of range.",
        "可用：{allowed}。",
        "Allowed: {allowed}.",
    ),
    "network_map_title": ("{title}：网络图", "{title}: network"),
    "network_too_large_to_draw": (
        "{nodes} 个节点，超过一张图的上限 {limit}，没有画。请用 --area 取一个市县，或画区划图格（map tiles）。",
        "{nodes} nodes are more than one picture holds ({limit}); nothing is drawn. Take one area with --area, or draw "
        "areas (map tiles).",
    ),
    "layer.membership": ("归属与牵头", "membership"),
    "layer.alliances": ("联盟与协作", "alliances"),
    "layer.referral": ("转诊", "referral"),
    "layer.sharing": ("共享与互认", "sharing"),
    "layer.dispatch": ("派驻与下沉", "dispatch"),
    "layer.governance": ("管理与平台", "governance"),
    "network.nodes": ("个节点", "nodes"),
    "network.search": (
        "查找（名称、拼音、编号；回车定位）",
        "Search (name, pinyin, id; Enter locates)",
    ),
    "network.groups": ("集团（图例，可筛选）", "Groups (legend and filter)"),
    "network.values": ("取值（图例，可筛选）", "Values (legend and filter)"),
    "network.layers": ("关系", "Relations"),
    "network.only_problems": ("只看问题", "problems only"),
    "network.fit": ("全图", "whole picture"),
    "network.png": ("导出PNG", "export PNG"),
    "network.svg": ("导出SVG", "export SVG"),
    "network.print": ("打印", "print"),
    "network.problems": ("问题清单（回车定位）", "Problems (Enter locates)"),
    "network.record": ("记录", "record"),
    "network.links": ("关系", "Links"),
    "network.none": ("无", "none"),
    "network.shown": (
        "显示 {shown}/{total} 个节点，{links}/{all} 条关系。",
        "Shown {shown} of {total} nodes, {links} of {all} links.",
    ),
    "network.to_areas": (
        "另有{count}条涉及区划的关系，见区划图格。",
        "{count} links with areas are on the tile map.",
    ),
    "network.other": ("跨集团/未归属", "across groups / in none"),
    "network.locate": ("定位", "locate"),
    "network.name": ("名称", "Name"),
    "network.fault": ("问题", "Fault"),
    "network.language": ("English", "中文"),
    "network.close": ("关闭", "close"),
    "network.skip": ("跳到问题清单", "Skip to the problems"),
    "network.sketch": ("示意图", "sketch"),
    "column.kind": ("种类", "kind"),
    "column.short_name": ("简称", "short name"),
    "help.map.network": (
        "网络图：牵头、成员、转诊、共享，可点击、可筛选。",
        "The network to be clicked: leads, members, referral, sharing.",
    ),
    # sharing, dispatch, alliances, teams on the command line
    "help.sharing": (
        "共享：谁用谁的中心，谁支持谁，谁没人管。",
        "Sharing: who uses whose centre, who supports whom, who gets nobody.",
    ),
    "help.sharing.centres": (
        "每个集团每类共享中心：设在哪里、谁在用。",
        "Per group and kind: the host of a shared centre, and its users.",
    ),
    "help.sharing.matrix": (
        "义务矩阵：每个基层机构一行，每项应有关系一列。",
        "The obligation matrix: one row per centre, one column per required link.",
    ),
    "help.sharing.exchange": (
        "机构之间、集团之间的给予和接受。",
        "What is given and taken between facilities and groups.",
    ),
    "help.sharing.unsupported": ("没有任何支持的机构。", "Facilities that nobody supports."),
    "help.sharing.recognition": ("检查检验结果互认。", "Mutual recognition of results."),
    "help.dispatch": ("下沉：派驻、号源、床位。", "Sinking: postings, slots, beds."),
    "help.dispatch.ledger": ("派驻台账。", "The ledger of postings."),
    "help.dispatch.ending": ("即将到期的派驻。", "Postings that end soon."),
    "help.dispatch.coverage": (
        "三种公布的派驻标准之一。",
        "One of the three published tests of postings.",
    ),
    "help.dispatch.quota": (
        "号源三分之一、床位四分之一。",
        "A third of the slots, a quarter of the beds.",
    ),
    "help.alliances": ("专科联盟。", "Specialty alliances."),
    "help.alliances.members": ("联盟成员。", "Members of each alliance."),
    "help.alliances.districts": ("联盟覆盖的区县。", "Districts of each alliance."),
    "help.alliances.links": ("联盟与集团的协作关系。", "Links alliance by group."),
    "help.alliances.only": (
        "只在联盟、不在集团的机构。",
        "Facilities in an alliance and no group.",
    ),
    "help.alliances.reach": (
        "集团只能通过联盟得到的专科。",
        "Specialties a group has only through an alliance.",
    ),
    "help.teams": ("公共卫生团队。", "Public-health teams."),
    "help.teams.composition": (
        "团队组成与方案要求对照。",
        "Composition of a team against what the plan asks.",
    ),
    "help.teams.missing": ("没有团队的集团。", "Groups without a team."),
    "help.teams.stationed": ("团队驻点及日期。", "Where teams are stationed, since when."),
    "help.option.centre_kind": ("中心类型，如 laboratory。", "Kind of centre, such as laboratory."),
    "help.option.primary_only": ("只看基层机构。", "Primary care only."),
    "help.option.obligations": (
        "义务（可多次），如 lead、laboratory。",
        "An obligation (repeatable), such as lead, laboratory.",
    ),
    "help.option.year": ("年份。", "Year."),
    "help.option.within_days": ("多少天之内。", "Within how many days."),
    "help.option.test": (
        "标准：all_year、six_months、per_10000。",
        "Test: all_year, six_months, per_10000.",
    ),
    # audits on the command line
    "help.audit": ("按政策包逐条核查。", "Audit against packs of rules, clause by clause."),
    "help.audit_pack": (
        "政策包：名称或 TOML 文件（可多次）。",
        "A pack: name or TOML file (repeatable).",
    ),
    "help.audit_waivers": (
        "豁免表（CSV：rule,subject,reason,office,expires）。",
        "Waivers (CSV: rule,subject,reason,office,expires).",
    ),
    "help.audit_statements": (
        "说明表（CSV：finding,statement,decision,office,date）。",
        "Statements (CSV: finding,statement,decision,office,date).",
    ),
    "help.audit_ledger": (
        "补充数据（CSV：subject,item,value,period,origin）。",
        "Further data (CSV: subject,item,value,period,origin).",
    ),
    "help.audit_parameters": ("参数文件（TOML）。", "A file of parameters (TOML)."),
    "help.audit_select": ("只查这些规则（可多次）。", "Only these rules (repeatable)."),
    "help.audit_ignore": ("不查这些规则（可多次）。", "Not these rules (repeatable)."),
    "help.audit_run": ("在此文件夹留下 run.json。", "Keep run.json in this folder."),
    "help.audit_verify": (
        "与此前的 run.json 比较：相同，或什么变了。",
        "Compare with an earlier run.json: same, or what changed.",
    ),
    "help.rules": ("列出规则。", "List rules."),
    "help.score": (
        "评分表：逐级核对、定等、排名、黄牌。",
        "Judge a score sheet: levels, grades, ranking, yellow cards.",
    ),
    "help.score_scheme": ("评分办法。", "Which scheme."),
    "help.score_candidate": (
        "候选地区，按递补次序，可重复。",
        "A candidate zone, in the order of moving up; repeatable.",
    ),
    "help.score_template": ("写一张空评分表到 SHEET。", "Write an empty sheet to SHEET."),
    "help.explain": ("解释一条规则或一项发现。", "Explain a rule or a finding."),
    "help.explain_source": ("发现所在的数据。", "The source of the finding."),
    "explain_needs_source": (
        "解释一项发现需要数据：加 --source 名册.xlsx。",
        "A finding needs its data: add --source roster.xlsx.",
    ),
    "html_needs_output": (
        "网页不能输出到屏幕。请加 --output 文件.html。",
        "A page cannot go to the screen. Add --output FILE.html.",
    ),
    "bad_table": ("{path} 读不了：{reason}。", "{path} cannot be read: {reason}."),
    "audit_page_whole": ("全部", "all"),
    "audit_page_open_all": ("全部展开／收起", "Open or close all"),
    "audit_page_subjects": (
        "对象 {subjects} 个，不通过 {failed}，缺数据 {open}",
        "{subjects} subjects, {failed} fail, {open} lack data",
    ),
    "audit_page_findings_left": (
        "显示 {shown} 个对象，另有 {hidden} 个未显示（表格版列全）",
        "{shown} subjects shown, {hidden} more are not (the workbook holds all)",
    ),
    "audit_page_elements_left": (
        "显示 {shown} 项，另有 {hidden} 项未显示：medgraph explain {id}",
        "{shown} elements shown, {hidden} more are not: medgraph explain {id}",
    ),
    "audit_page_met": ("符合", "met"),
    "audit_page_not_met": ("不符合", "not met"),
    "audit_page_open": ("缺数据", "open"),
    "column.element": ("逐项", "element"),
    "column.state": ("状态", "state"),
    "column.link": ("联系", "link"),
    "column.basis": ("依据", "basis"),
    "column.document": ("文件", "document"),
    "column.cell": ("位置", "cell"),
    "column.asked": ("要求", "asked"),
    "column.worst": ("最差", "worst case"),
    "column.best": ("最好", "best case"),
    "column.advice": ("建议", "advice"),
    "column.waived": ("豁免", "waived"),
    "column.statement": ("说明", "statement"),
    "audit_page_title": ("政策核查", "Policy audit"),
    "audit_page_head": (
        "{packs}；按 {day}；共 {total} 条规则",
        "{packs}; as of {day}; {total} rules",
    ),
    "audit_page_missing": (
        "补充这 {count} 项数据可判定更多规则",
        "These {count} data would decide further rules",
    ),
    # resilience
    "depends_on": ("只靠“{name}”", "depends on “{name}” alone"),
    "dependents_numerator": (
        "失去上转路径、牵头、派驻人员或某类共享服务的机构",
        "facilities that lose the way up, the lead, dispatched staff or a shared service",
    ),
    "dependents_denominator": ("其余点名且运行中的机构", "the other named facilities at work"),
    "critical_numerator": (
        "停运会使其他机构失去某项服务的机构",
        "facilities whose stop costs another one something",
    ),
    "critical_denominator": ("点名且运行中的机构", "named facilities at work"),
    "loses_referral_path": ("上转路径", "every way of up-referral"),
    "loses_lead": ("牵头医院", "its lead"),
    "loses_staff": ("派驻人员", "all dispatched staff"),
    "critical_people": ("（{population} 人）", " ({population} residents)"),
    "critical_people_least": (
        "（至少 {population} 人，部分区划人口未填）",
        " ({population} residents at least; of some areas they are not stated)",
    ),
    "critical_people_unknown": ("（人口未填）", " (residents not stated)"),
    "critical_townships": (
        "若{name}停运，{townships}/{total} 乡镇{people}失去{what}（共 {facilities} 家机构）",
        "If {name} stops, {townships} of {total} township centres{people} lose {what} "
        "({facilities} facilities in all)",
    ),
    "critical_facilities": (
        "若{name}停运，{facilities} 家机构{people}失去{what}（乡镇 {townships}/{total}）",
        "If {name} stops, {facilities} facilities{people} lose {what} "
        "(township centres: {townships} of {total})",
    ),
    "repair_numerator": ("增加这些关系后达成的单元", "cells that become met by the new links"),
    "repair_denominator": (
        "责任矩阵中未达成的单元（含缺数据）",
        "cells of the obligation matrix that are not met, those without data too",
    ),
    "repair_nothing": ("没有需要补的责任。", "Nothing is to be repaired."),
    "repair_proven": ("已证明最优。", "The optimum is proven."),
    "repair_gap": (
        "时间用完：离最优最多还差 {gap}。",
        "Out of time: at most {gap} above the optimum.",
    ),
    "repair_no_time": (
        "{seconds} 秒内没有找到方案。",
        "No plan was found within {seconds} seconds.",
    ),
    "repair_impossible": (
        "没有候选关系，或承担方已满，无法达成",
        "no candidate, or the providers are full",
    ),
    "repair_no_cost": (
        "每个候选关系都要有大于 0 的 {column}。",
        "Every candidate needs a {column} above 0.",
    ),
    "candidates_lacking": (
        "候选表缺列：{columns}。",
        "The candidates lack the columns: {columns}.",
    ),
    # flows
    "flows.numerator": ("有转诊记录的计划关系", "planned links that records use"),
    "flows.denominator": ("已判定的关系：计划内的和记录中的", "links judged: planned or observed"),
    "flows.source": (
        "转诊记录与 REFERS_UP_TO、REFERS_DOWN_TO 关系",
        "referral records and links REFERS_UP_TO, REFERS_DOWN_TO",
    ),
    "flows.bad_threshold": ("threshold 不能是 {value}。", "threshold cannot be {value}."),
    "flows.same_facility": ("转出与转入是同一家机构", "from and to are one facility"),
    "flows.unmatched": ("没有机构叫“{name}”。", "No facility is called “{name}”."),
    "flows.ambiguous": (
        "“{name}”对应多家：{candidates}。",
        "“{name}” means several: {candidates}.",
    ),
    "flows.used": ("计划内，有记录", "planned and used"),
    "flows.unused": ("计划内，无记录", "planned but unused"),
    "flows.unplanned": ("有记录，不在计划内", "used but not planned"),
    "flows.volume": (
        "{what}：{part}/{total}（只计显示的格子）。",
        "{what}: {part}/{total} (shown cells only).",
    ),
    "flows.what_used": ("计划内人次", "planned volume"),
    "flows.what_unplanned": ("计划外人次", "unplanned volume"),
    "flows.what_out_of_group": ("集团外人次", "volume out of group"),
    "flows.what_out_of_county": ("县外人次", "volume out of county"),
    "flows.what_skips_level": ("越级人次", "volume past the township level"),
    "flows.protected": (
        "小数保护：1至{threshold}以下（不含{threshold}）的数不显示（{hidden}格）；合计只加显示的格子，不能反推。",
        "Small counts: cells from 1 to below {threshold} are hidden ({hidden}); totals add up shown cells "
        "alone and do not give them back.",
    ),
    "flows.rejected_malformed_line": ("行的列数不对", "a line with too few or too many fields"),
    "flows.rejected_no_from": ("缺转出机构", "no facility of origin"),
    "flows.rejected_no_to": ("缺转入机构", "no receiving facility"),
    "flows.rejected_bad_date": ("日期不是日期", "a day that is none"),
    "flows.rejected_bad_count": ("人次不是正整数", "a count that is no positive whole number"),
    "flows.rejected_no_person": ("缺代号", "no pseudonym"),
    "flows.rejected_discharge_before_admission": ("出院早于入院", "discharged before admitted"),
    "shares.numerator": (
        "见各指标：县域内（或基层）的人次",
        "per indicator: encounters in the county (or at primary facilities)",
    ),
    "shares.denominator": (
        "见各指标：本县居民的全部人次（基层就诊率：县域内门急诊人次）",
        "per indicator: all encounters of residents (primary_visits: visits in the county)",
    ),
    "shares.source": (
        "就诊记录；机构所在地以网络为准",
        "encounter records; places of facilities from the network",
    ),
    "shares.unclear": (
        "有的就诊分不清地点、类型或机构类别，只给出上下界",
        "some encounters cannot be told by place, type or facility; bounds only",
    ),
    "shares.no_residence": ("没有居住地的就诊", "encounters without a residence"),
    "swimlane_title": ("{title}：泳道图", "{title}: who belongs to whom"),
    "lane_counts": ("机构{members} · 站点{stations}", "{members} facilities · {stations} stations"),
    "lane_problems": ("待处理：{count}项", "To be settled: {count}"),
    "lane_more": ("另有{count}项见报告。", "{count} more are in the report."),
    "not_drawn": ("未画", "not drawn"),
    "matrix_title": ("矩阵", "Matrix"),
    "matrix_word": ("矩阵图", "matrix"),
    "matrix_shown": (
        "显示 {rows}/{all_rows} 行；{cells} 格中 {filled} 格有值",
        "shown {rows} of {all_rows} rows; {filled} of {cells} cells hold a value",
    ),
    "matrix_empty": ("空 {count}", "empty {count}"),
    "status.met": ("已有", "met"),
    "status.missing": ("缺", "missing"),
    "status.expired": ("已到期", "expired"),
    "status.not_yet_valid": ("尚未生效", "not yet valid"),
    "status.closed_unit": ("对方停业", "other end closed"),
    "status.broken": ("中断", "broken"),
    "status.no_data": ("缺数据", "no data"),
    "status.failed": ("未满足", "failed"),
    "obligation.lead": ("归属集团", "in a group"),
    "obligation.laboratory": ("医学检验", "laboratory"),
    "obligation.imaging": ("医学影像", "imaging"),
    "obligation.ecg": ("心电诊断", "ECG"),
    "obligation.pathology": ("病理", "pathology"),
    "obligation.sterile_supply": ("消毒供应", "sterile supply"),
    "obligation.pharmacy": ("中心药房", "pharmacy"),
    "obligation.up_referral": ("上转", "up-referral"),
    "obligation.down_referral": ("下转", "down-referral"),
    "obligation.physician": ("医师派驻", "physician"),
    "obligation.team": ("公卫团队", "team"),
    "obligation.telemedicine": ("远程医疗", "telemedicine"),
    "obligation.recognition": ("结果互认", "recognition"),
    "obligation.stations": ("管理村站", "stations"),
    "obligation_matrix_title": ("{title}：责任矩阵", "{title}: obligations"),
    "help.map.swimlane": (
        "泳道图：一列一个集团，适合打印。",
        "Swimlanes: a column per group, for paper.",
    ),
    "help.map.matrix": (
        "责任矩阵：每家基层机构应有的联系，有、缺、缺数据。",
        "Obligations: what every centre should have, and has, lacks, or has no data on.",
    ),
    # comparison
    "compare_numerator": ("有差异的事实", "facts that differ"),
    "compare_denominator": (
        "任一方的单位、关系，以及双方的责任单元、区划和比例",
        "nodes and links of either side; cells, areas and shares of both",
    ),
    "compare_one_day": (
        "请给出第二个网络，或给出 from_day、to_day。",
        "Give a second network, or from_day and to_day.",
    ),
    "compare_counts": (
        "{before} 与 {after}：{real} 处实际变化，{structural} 处沿革变化",
        "{before} against {after}: {real} real changes, {structural} structural ones",
    ),
    "compare_share": ("{share}，无法判定 {unknown}", "{share}, {unknown} unknown"),
    # resilience on the command line
    "help.resilience": (
        "停运影响：谁离不开谁，补哪些关系。",
        "What breaks, and which links repair it.",
    ),
    "help.resilience.dependents": (
        "这家机构停运，谁失去什么。",
        "Who loses what if this facility stops.",
    ),
    "help.resilience.critical": (
        "每家机构停运的影响，排序。",
        "The same for every facility, ranked.",
    ),
    "help.resilience.repair": (
        "补最少的关系，使各项义务满足。",
        "The smallest set of new links that meets the obligations.",
    ),
    "help.option.loses": ("只看失去这一项。", "Only losses of this kind."),
    "help.option.minimise": ("求最少：links 或 km。", "What to minimise: links or km."),
    "help.option.within_km": (
        "新关系最远几公里。",
        "How far apart the ends of a new link may lie.",
    ),
    "help.option.seconds": ("求解时限（秒）。", "Time limit of the solver in seconds."),
    # comparison on the command line
    "help.compare": (
        "比较两个网络，或同一网络的两天。",
        "Compare two networks, or one network on two days.",
    ),
    "help.from_day": ("前一天（默认：数据截止日）。", "The earlier day (default: the data day)."),
    "help.to_day": ("后一天（默认：数据截止日）。", "The later day (default: the data day)."),
    "help.map.compare": (
        "前后对照：两个网络或两天，位置相同，标出变化。",
        "Two networks, or two days, on the same positions, what differs marked.",
    ),
    "compare_map_title": ("{title}：前后对照", "{title}: before and after"),
    "compare_map_before": ("此前 {day}", "before: {day}"),
    "compare_map_after": ("此后 {day}", "after: {day}"),
    "compare_map_mark": ("{change}：{count} 个区划", "{change}: {count} areas"),
    "compare_map_listed": (
        "实际变化 {shown}/{total}；另有沿革变化 {structural} 处",
        "real changes: {shown} of {total}; structural changes besides: {structural}",
    ),
    "compare_map_served": ("服务集团", "served by"),
    "change.added": ("新增", "added"),
    "change.removed": ("取消", "removed"),
    "change.changed": ("变化", "changed"),
    "legend_more_groups": (
        "另有 {count} 个集团未列入图例",
        "{count} more groups are not in the legend",
    ),
    "unit_counties": ("个县级区划", "counties"),
    "county_note": (
        "{townships} 个乡级区划合并为县级格，未逐个画出；看一个市县请用 --area",
        "{townships} townships are drawn as counties, not one by one; take one area with --area",
    ),
    "county_gap": ("缺{count}", "{count} gaps"),
    "county_served": ("有集团机构/可判定的乡级区划", "townships served / judged"),
    # -- the map by points
    "geo_map_title": ("{title}：机构位置", "{title}: where the facilities lie"),
    "geo_map_facts": (
        "按 {day}；画出 {shown}／{all} 个点",
        "as of {day}; {shown} of {all} points drawn",
    ),
    "geo_map_without": (
        "{count} 个没有坐标，未画",
        "{count} state no coordinates and are not drawn",
    ),
    "geo_map_hidden": (
        "{count} 个超出上限 {limit}，未画",
        "{count} beyond the limit of {limit} are not drawn",
    ),
    "geo_map_inset": (
        "虚线框内，放大 {times} 倍（{count} 个点）",
        "inside the dashes, × {times} ({count} points)",
    ),
    "geo_map_north": ("北", "N"),
    "geo_map_lead": ("牵头机构", "lead"),
    "geo_map_ungrouped": ("不在任何集团", "in no group"),
    "geo_map_area": ("区划（代表点）", "area (a point inside it)"),
    "geo_map_bad": ("空白或未达标", "gap or failed"),
    "geo_map_no_points": (
        "没有机构或区划写明经纬度，画不出位置图：请填“经度”“纬度”“坐标系”列，或用 medgraph map tiles 画网格图",
        "No facility or area states a longitude and latitude: fill in lon, lat and crs, or draw the tile map (medgraph map tiles)",
    ),
    "help.map.drill_down": (
        "另写每个市一张图；点县级格打开它所在市的图。",
        "Also write a map of each city; a click on a county opens that of its city.",
    ),
    "help.map.geo": (
        "位置示意图：按坐标画机构，密集处另行放大；不联网，无底图。",
        "Facilities by their coordinates, the dense core in an inset; no request, no tiles.",
    ),
    "help.map.boundaries": (
        "画在底下的界线：GeoJSON 文件。",
        "Outlines to draw behind: a GeoJSON file.",
    ),
    "help.map.crs": ("界线文件的坐标系。", "The coordinate system of that file."),
    "county_sketch": (
        "一格一个县级区划，只表示相对位置，不是边界",
        "one tile per county; relative positions, no boundaries",
    ),
    # the flow map
    "flow_map.title_up": (
        "{title} · 上转：计划与实际",
        "{title} · Referral up: planned and observed",
    ),
    "flow_map.title_down": (
        "{title} · 下转：计划与实际",
        "{title} · Referral down: planned and observed",
    ),
    "flow_map.facts": (
        "{day} · 计划内有记录 {used} 条，计划内无记录 {unused} 条，计划外 {unplanned} 条",
        "{day} · {used} links planned and used, {unused} planned but unused, {unplanned} not planned",
    ),
    "flow_map.from": ("转出（人次）", "from (records)"),
    "flow_map.from_groups": ("转出集团（人次）", "from groups (records)"),
    "flow_map.to": ("转入（人次）", "to (records)"),
    "flow_map.to_groups": ("转入集团（人次）", "to groups (records)"),
    "flow_map.used": ("计划内，有记录", "planned and used"),
    "flow_map.unused": ("计划内，无记录", "planned but unused"),
    "flow_map.unplanned": ("计划外", "not planned"),
    "flow_map.protected": ("人次太少，不显示", "too few to show"),
    "flow_map.no_group": ("不在任何集团", "in no group"),
    "flow_map.widths": (
        "线宽按人次的平方根；最粗为 {most} 人次。≥ 和 <：其中有不显示的小数。",
        "Width: square root of the records; the widest is {most}. ≥ and <: with counts too few to show.",
    ),
    # records on the command line
    "help.referrals.flows": ("实际转诊与方案对照。", "Observed referrals against the plan."),
    "help.referrals.shares": (
        "县域就诊率、基层就诊率、县域内住院率，按月。",
        "Shares of care given at home, by county and month.",
    ),
    "help.map.flows": ("方案与实际转诊流向图。", "Planned against observed flows."),
    "help.records_records": (
        "转诊记录：CSV、Parquet，或它们的文件夹。",
        "Referral records: CSV, Parquet, or a folder of them.",
    ),
    "help.records_threshold": ("小于此数的计数不显示。", "Counts below this are not shown."),
    "help.records_follow": (
        "向后追踪多少天（回转、再转）。",
        "How many days to follow for returns and further transfers.",
    ),
    "help.records_window": (
        "记录是住院经过（人员代码、机构、入院、出院）：出院后多少天内在另一机构入院算一次转院（同日为 0 天）。",
        "The records are stays (person, facility, admitted, discharged): an admission elsewhere within so many days of a discharge is a transfer (the same day: 0 days).",
    ),
    "help.records_overlap": (
        "住院时间重叠：truncate 以后一次入院为前一次的结束；drop 不计。只与 --window 同用。",
        "Overlapping stays: truncate ends the earlier at the later admission; drop counts no transfer. Only with --window.",
    ),
    "records.window_first": (
        "--overlap 只说明如何由住院经过推出转院：请同时给出 --window 天数",
        "--overlap says how transfers are derived from stays: give --window DAYS with it",
    ),
    "records.window_or_follow": (
        "--window 由住院经过推出转院，--follow 追踪转诊记录：只能选一个",
        "--window derives transfers from stays, --follow follows referral records: choose one",
    ),
    "help.records_engine": ("计算引擎。", "The engine."),
    "help.records_master": ("Spark 主节点地址。", "URL of the Spark master."),
    "help.records_memory": ("DuckDB 内存上限。", "Memory limit of DuckDB."),
    # exchange, cells and repair on the command line
    "help.sharing.cells": (
        "义务矩阵逐格：状态、原因、依据。",
        "Every cell of the obligation matrix with its reason and record.",
    ),
    "help.sharing.balance": (
        "净给予与净接受，集中度（赫芬达尔指数）。",
        "Net givers and takers, and the Herfindahl index.",
    ),
    "help.option.by": ("按集团或机构。", "By group or by facility."),
    "help.option.exchange_kind": ("给予的种类。", "What is given."),
    "help.option.repair_capacity": (
        "一家机构同类新关系最多几条。",
        "The most new links of one relation that a provider takes.",
    ),
    "help.option.candidates": (
        "可选的新关系（CSV：source,relation,target,cost,km）。",
        "Links that may be added (CSV: source,relation,target,cost,km).",
    ),
    # the report
    "help.report_pack": (
        "政策包（可重复；none 不审核；默认按集团类型用国家的包）。",
        "Policy pack (repeatable; none: no audit; default: the national pack of each type of group).",
    ),
    "report.severity.severe": ("严重", "severe"),
    "report.severity.major": ("重要", "major"),
    "report.severity.minor": ("一般", "minor"),
    "report.audit": ("政策核查", "Policy audit"),
    "report.audit_rules": ("逐条结论", "Verdict per rule"),
    "report.audit_verdicts": (
        "未达标、缺数据和仅报告的逐项",
        "Failed, without data and reported, one by one",
    ),
    "report.audit_missing": ("补充哪些数据可判定", "Data that would decide"),
    "report.no_audit": ("没有做政策核查。", "No policy audit was made."),
    "report.no_pack": ("未做政策核查：--pack none。", "No policy audit was made: --pack none."),
    "report.no_group_pack": (
        "未做政策核查：没有城市医疗集团或县域医共体；用 --pack 指定政策包。",
        "No policy audit was made: there is no urban medical group and no county community; name a pack with --pack.",
    ),
    "report.packs": ("所用政策文件", "Policy documents used"),
    "report.pack.pack": ("政策包", "pack"),
    "report.pack.title": ("标题", "title"),
    "report.pack.document": ("文件", "document"),
    "report.pack.number": ("文号", "number"),
    "report.pack.issuer": ("发文机关", "issuer"),
    "report.pack.date": ("日期", "date"),
    "report.pack.source": ("所据文本", "text relied on"),
    "report.whole": ("全网络", "the whole network"),
    "report.and_more": ("等{count}个", " and others ({count} in all)"),
    "report.pictures": ("成员与义务一览", "Members and obligations at a glance"),
    "report.swimlane": ("集团成员", "Who belongs to whom"),
    "report.matrix": ("义务矩阵", "Obligation matrix"),
    "report.not_drawn": (
        "没有画出：共{count}个，超过{limit}个在纸上看不清；全部见表格。用 --area 取一个县市可画。",
        "Not drawn: {count}, and above {limit} a picture cannot be read on paper; the tables hold all. Cut one area out to draw it.",
    ),
    "report.members": ("成员", "Members"),
    "report.areas_served": ("服务区划（个）", "Areas served"),
    "report.group_findings": ("与本集团有关的发现", "Findings about this group"),
    "report.no_group_findings": ("没有与本集团有关的发现。", "No findings about this group."),
    "report.sources": ("数据来源", "Data sources"),
    "report.relied_on": ("依据", "based on"),
    "report.document": ("所据文件", "Document relied on"),
    "report.sources.what": ("项目", "what"),
    "report.sources.text": ("内容", "text"),
    "report.sources.facts": ("事实数", "facts"),
    "report.fault.sharing.centres": ("没有这类共享中心", "No shared centre of this kind"),
    "report.fault.sharing.matrix": ("有义务未落实", "An obligation is not met"),
    "report.act.sharing.centres": (
        "指定由谁设立，并登记共享中心。",
        "Name who hosts it, and enter the centre.",
    ),
    "report.act.sharing.matrix": (
        "见义务矩阵，逐项补齐或写明依据。",
        "See the matrix; fill each in, or state why not.",
    ),
    "answer.referrals.specialties": ("各专科能否到达", "Reach of each specialty"),
    "answer.sharing.centres": ("共享中心", "Shared centres"),
    "answer.sharing.matrix": ("义务矩阵", "Obligation matrix"),
    "answer.sharing.cells": ("义务逐格", "Cells of the matrix"),
    "answer.sharing.exchange": ("相互给予", "Exchange"),
    "answer.sharing.recognition": ("检查检验互认", "Recognition of results"),
    "answer.audit": ("政策核查", "policy audit"),
    "column.severity": ("程度", "severity"),
    "status.dead_end": ("无路上转", "no way up"),
    "status.loop": ("转诊成环", "loop"),
    "status.no_lead": ("没有牵头机构", "no lead"),
    "status.level_skip": ("越级转诊", "skips a level"),
    "status.closed": ("转往停业机构", "to a closed facility"),
    "status.out_of_group": ("转出集团", "out of the group"),
    "status.lacks_specialty": ("对方无此专科", "the other lacks the specialty"),
    "status.asymmetric_minutes": ("往返用时相差大", "minutes differ by direction"),
    "status.up_without_down": ("能上不能下", "up without down"),
    "status.down_without_up": ("能下不能上", "down without up"),
    "status.hosted": ("已设立", "hosted"),
    "status.alliance": ("经专科联盟", "by an alliance"),
    "status.inside": ("集团内", "inside the group"),
    "status.outside": ("集团外", "outside the group"),
    "status.none": ("无", "none"),
    "status.recognised": ("互认", "recognised"),
    "status.supported": ("有支持", "supported"),
    "status.unsupported": ("无人支持", "unsupported"),
    "status.all": ("全部", "all"),
    "status.some": ("部分", "some"),
    "word.between": ("集团间", "between groups"),
    "word.staff": ("人员", "staff"),
    "word.slots": ("号源", "slots"),
    "word.beds": ("床位", "beds"),
    "word.services": ("服务", "services"),
    "word.telemedicine": ("远程", "telemedicine"),
    "column.fix": ("如何补正", "fix"),
    "column.centre": ("共享中心", "centre"),
    "column.host": ("承办", "host"),
    "column.using": ("使用成员", "using"),
    "column.members": ("成员", "members"),
    "column.townships_using": ("乡级使用", "townships using"),
    "column.townships": ("乡级成员", "townships"),
    "column.stations_using": ("站点使用", "stations using"),
    "column.stations": ("站点", "stations"),
    "column.use": ("使用情况", "use"),
    "column.not_stated": ("未说明", "not stated"),
    "column.obligation": ("义务", "obligation"),
    "column.other": ("对方", "other"),
    "column.scope": ("范围", "scope"),
    "column.pairs": ("互认对数", "pairs"),
    "column.pairs_possible": ("可能对数", "pairs possible"),
    "column.steps": ("步数", "steps"),
    "column.amount": ("数量", "amount"),
    "column.links": ("关系数", "links"),
    "column.rule": ("规则", "rule"),
    "column.verdict": ("判定", "verdict"),
    "column.failed": ("未达标", "failed"),
    "column.no_data": ("缺数据", "no data"),
    "column.grade": ("依据等级", "grade"),
    "column.counted": ("计数", "counted"),
    "column.data": ("数据", "data"),
    "column.decides": ("可判定规则数", "decides"),
    "column.rules": ("规则", "rules"),
    "column.target": ("去处", "to"),
    "column.specialty": ("专科", "specialty"),
    "column.minutes": ("分钟", "minutes"),
    "column.relation": ("关系", "relation"),
    "E095": (
        "没有中文字体，印出来会是空方框（如“{value}”），所以没有写。",
        "No Chinese font is installed: the text would come out as empty boxes (“{value}”), so nothing was written.",
        "请安装字体。Linux：apt install fonts-noto-cjk（Noto Sans CJK SC）；Windows 应有微软雅黑、宋体（SimSun）或仿宋（FangSong）；也可把字体文件夹写进环境变量 TYPST_FONT_PATHS。",
        "Install one. Linux: apt install fonts-noto-cjk (Noto Sans CJK SC); Windows has Microsoft YaHei, SimSun or FangSong; or name a folder of fonts in TYPST_FONT_PATHS.",
    ),
    "report.lost_letters": (
        "没有字体的字写作编码：{letters}。",
        "Letters that no font here has are written as their codes: {letters}.",
    ),
    "report.groups_shown": (
        "本文件只列前{shown}个集团，共{total}个；全部见 findings.xlsx。",
        "Here are the first {shown} of {total} groups; all are in findings.xlsx.",
    ),
    "report.annex": ("附件：口径与来源", "Annex: definitions and sources"),
    "share.checks": ("项检查", "checks"),
    "share.cells": ("格", "cells"),
    "share.centres": ("项", "kinds of centre"),
    "share.pairs": ("对", "pairs"),
    # the shared store
    "store_address": (
        "存储地址应写成 neo4j://主机:7687/库名?network=网络名；“?”之后可用：{allowed}。",
        "An address of a store reads neo4j://host:7687/database?network=NAME; after the ?: {allowed}.",
    ),
    "store_address_fails": (
        "驱动不接受地址 {where}。请改正。",
        "The driver does not accept the address {where}. Correct it.",
    ),
    "store_credentials_in_address": (
        "地址里不能写用户名和密码。请放进环境变量 NEO4J_USERNAME 和 NEO4J_PASSWORD。",
        "A name or a password does not belong in an address. Put them into NEO4J_USERNAME and NEO4J_PASSWORD.",
    ),
    "store_password_file": (
        "NEO4J_PASSWORD_FILE 指定的文件 {path} 读不出，或第一行是空的。",
        "The file {path} of NEO4J_PASSWORD_FILE cannot be read, or its first line is empty.",
    ),
    "store_no_password": (
        "没有存储的密码。请设环境变量 NEO4J_PASSWORD，或用 NEO4J_PASSWORD_FILE 指定密码文件。",
        "There is no password for the store. Set NEO4J_PASSWORD, or name a file in NEO4J_PASSWORD_FILE.",
    ),
    "store_prompt": ("{name} 的密码：", "Password of {name}:"),
    "store_auth": (
        "{where} 不接受这个用户名或密码。请核对 NEO4J_USERNAME 和 NEO4J_PASSWORD。",
        "{where} does not accept the name or the password. Check NEO4J_USERNAME and NEO4J_PASSWORD.",
    ),
    "store_rate_limit": (
        "{where} 因多次登录失败暂时拒绝登录。请等几秒再试，并核对密码。",
        "{where} refuses logins for a while after several failures. Wait some seconds, and check the password.",
    ),
    "store_password_expired": (
        "{where} 要求先改初始密码。请在 Neo4j Browser 或 cypher-shell 里改。",
        "{where} wants its first password changed. Do so in Neo4j Browser or cypher-shell.",
    ),
    "store_no_server": (
        "{where} 没有应答。请核对主机和端口，并确认 Neo4j 已启动。",
        "Nobody answers at {where}. Check host and port, and see that Neo4j runs.",
    ),
    "store_tls_only": (
        "{where} 只接受加密连接。请改用 neo4j+s://（证书可信）或 neo4j+ssc://（自签名证书）。",
        "{where} speaks TLS only. Use neo4j+s:// (a trusted certificate) or neo4j+ssc:// (a self-signed one).",
    ),
    "store_certificate": (
        "{where} 的证书不被信任。若是自签名证书，请改用 neo4j+ssc:// 或 bolt+ssc://。",
        "The certificate of {where} is not trusted. If it is self-signed, use neo4j+ssc:// or bolt+ssc://.",
    ),
    "store_no_tls": (
        "{where} 不加密。请改用 neo4j:// 或 bolt://，或在服务器上启用 TLS。",
        "{where} does not speak TLS. Use neo4j:// or bolt://, or switch TLS on in the server.",
    ),
    "store_silent": (
        "{where} 有程序应答，但连接中断或不是 Neo4j 的 Bolt 端口（通常是 7687）。写入若已开始，请重新运行；重复运行无害。",
        "Something answers at {where}, but the connection broke or it is no Bolt port of Neo4j (usually 7687). If a load had begun, run it again; that is harmless.",
    ),
    "store_no_database": (
        "{where} 没有库“{database}”。社区版只有 neo4j 一个库；多个网络用 ?network= 区分。",
        "There is no database “{database}” at {where}. Community has one, neo4j; keep networks apart by ?network=.",
    ),
    "store_old_server": (
        "服务器是 {agent}；需要 Neo4j 5。请升级服务器。",
        "The server is {agent}; Neo4j 5 is needed. Upgrade the server.",
    ),
    "store_memory": (
        "一次增量放不进服务器的内存（{code}），重试无用；没有写入任何内容。请调大服务器堆内存（server.memory.heap.max_size，2 GB 约容 5 万行全改或 20 万行新增），或作为新网络写入（换一个 ?network=）。",
        "The increment does not fit into the server's memory ({code}); repeating does not help, and nothing was written. Give the server a larger heap (server.memory.heap.max_size; 2 GB hold about 50,000 rows changed throughout or 200,000 new ones), or load it as a new network (another ?network=).",
    ),
    "store_constraint": (
        "库中已有的约束或索引与写入冲突：{message} 请用别的标签前缀（?prefix=）。",
        "A constraint or index that is in the database stands against the load: {message} Use another prefix of labels (?prefix=).",
    ),
    "store_broken": (
        "{where} 的库不能工作：{reason} 请看磁盘是否已满，腾出空间后重启服务器；已提交的内容都在，重新运行即可。",
        "The database at {where} is out of order: {reason} See whether the disk is full, make room and restart the server; what was committed is there, so run this again.",
    ),
    "store_refused": ("{where} 拒绝：{message}（{code}）", "{where} refuses: {message} ({code})"),
    "store_no_network": (
        "库中没有网络“{network}”（或其首次写入尚未完成）。",
        "There is no network “{network}” in the database (or its first load is not complete).",
    ),
    "store_which_network": (
        "库中有多个网络：{names}。请在地址后写 ?network=网络名。",
        "The database holds several networks: {names}. Add ?network=NAME to the address.",
    ),
    "store_layout": (
        "网络“{network}”的存储格式版本是 {version}，这里认识 {known}。请用与写入时相同或更新的 medgraph，或另存为新网络。",
        "The network “{network}” is stored in layout {version}; this medgraph knows {known}. Use the medgraph that wrote it or a newer one, or store it as a new network.",
    ),
    "store_report": (
        "{network}（{dataset}）：新增 {added}，改变 {changed}，终止 {ended}，相同 {same}，改由他方保有 {released}；版本 {version}；各方说法不一 {findings} 处。",
        "{network} ({dataset}): {added} added, {changed} changed, {ended} ended, {same} same, {released} left to other owners; version {version}; owners differ {findings} times.",
    ),
    "store_withheld": (
        "数据集“{dataset}”现有 {holding} 行，这次会终止 {ending} 行，可能是文件不完整；全部未写入。确认无误请加 --accept-endings {ending}。",
        "Dataset “{dataset}” holds {holding} rows and this load would end {ending} of them; the file may be truncated. Nothing was written. If it is right, add --accept-endings {ending}.",
    ),
    "store_owners_differ": (
        "{row} 的 {column}：“{first}”写“{value}”，“{other}”写“{said}”；保留前者，请双方核对。",
        "{row}, {column}: “{first}” states “{value}”, “{other}” states “{said}”; the former is kept, let both check.",
    ),
    "store_unknown_outcome": (
        "连接在提交时中断，不知“{network}”是否已写入。请在服务器恢复后重新运行；重复运行无害。",
        "The connection broke at the commit, so it is not known whether “{network}” was written. Run this again once the server is back; that is harmless.",
    ),
    "store_is_scenario": (
        "“{network}”是基于“{base}”的方案，只存变更，不能直接写入行。请换一个网络名。",
        "“{network}” is a scenario on “{base}”, kept as changes; rows cannot be written into it. Use another name.",
    ),
    "store_is_network": (
        "“{network}”已是一个完整网络，不能改存为方案。请换一个名字。",
        "“{network}” is a network of its own and cannot become a scenario. Use another name.",
    ),
    "store_base_needs_changes": (
        "?base= 表示只存变更的方案，不能写入整个网络；请去掉 ?base=，或用 move 等变更写入。",
        "?base= is for a scenario, kept as changes; a whole network cannot be written there. Leave ?base= out, or write a change (move).",
    ),
    "store_scenario_circle": (
        "方案互为基础：{networks}。请换一个基础网络。",
        "Scenarios stand on each other: {networks}. Take another base.",
    ),
    "store_loose_links": (
        "有的关系两端不都在网络里，不能存储。请用 MedicalNetwork.from_frames 建立网络，它会列出这些关系。",
        "The network has links whose ends are not all in it, and cannot be stored. MedicalNetwork.from_frames lists such links.",
    ),
    "store_scenario_names": (
        "方案需要两个不同的名字：?network=方案名&base=基础网络名。",
        "A scenario needs two different names: ?network=NAME&base=NAME.",
    ),
    "help.accept_endings": (
        "最多接受终止多少行（默认：超过 10 行且超过一成则整体不写）。",
        "How many endings to accept at most (default: over ten that are over a tenth withhold the load).",
    ),
    "report.same_reason": (
        "另有{count}行同此理由：{reason} 全部见 findings.xlsx。",
        "{count} more rows give this reason: {reason} All are in findings.xlsx.",
    ),
    # in notebooks
    "notebook.nodes": ("对象", "nodes"),
    "notebook.links": ("关系", "links"),
    "notebook.complete": ("完整性声明", "statements of completeness"),
    "notebook.rows": ("显示{shown}行，共{total}行", "{shown} of {total} rows"),
    # many files into a shared store
    "help.load_all": (
        "把 DIR 中的每个文件作为一个数据集载入共享库，坏文件跳过并记录。",
        "Load every file of DIR into a shared store, each as a dataset; go on past bad files and record them.",
    ),
    "help.load_all_log": (
        "每个文件写一行 JSON；旧内容被替换。",
        "Write one line of JSON per file; what the log held before is replaced.",
    ),
    "help.load_all_dry_run": (
        "只报告会改变什么，不写入。",
        "Say what would change, and write nothing.",
    ),
    "load_all_empty": ("{path} 中没有文件。", "There is no file in {path}."),
    "load_all_dataset": (
        "load-all 的每个文件自成一个数据集，名字取自文件名；地址里请去掉 dataset=。",
        "Every file of load-all is a dataset named like the file; leave dataset= out of the address.",
    ),
    "load_all_twice": (
        "数据集“{dataset}”已由 {file} 载入；每个数据集只能有一个文件。请改名。",
        "{file} states the dataset “{dataset}” already; a dataset is one file. Rename one of them.",
    ),
    "load_all_loaded": (
        "{file}：新增 {added}，变更 {changed}，终止 {ended}，不变 {same}；未读入 {left_out} 行。",
        "{file}: {added} added, {changed} changed, {ended} ended, {same} same; {left_out} rows left out.",
    ),
    "load_all_same": (
        "{file}：没有变化（{same}）；未读入 {left_out} 行。",
        "{file}: nothing to change ({same}); {left_out} rows left out.",
    ),
    "load_all_withheld": ("{file}：未载入，等待确认。{reason}", "{file}: withheld. {reason}"),
    "load_all_refused": ("{file}：被拒绝。{reason}", "{file}: refused. {reason}"),
    "load_all_summary": (
        "{files} 个文件：载入 {loaded}，无变化 {same}，待确认 {withheld}，被拒绝 {refused}。",
        "{files} files: {loaded} loaded, {same} without a change, {withheld} withheld, {refused} refused.",
    ),
    "store_locked": (
        "网络“{network}”正由 {by} 批量载入（始于 {since}）。请等它结束后再试。",
        "{by} is loading files into the network “{network}” (since {since}). Try again when that has ended.",
    ),
    # workbooks that were not made for us: tidy
    "help.tidy": (
        "把现成的工作簿整理成填好的模板，附对照、读入说明、未读懂。",
        "Turn a workbook of your own into the filled template, with what was decided and not understood.",
    ),
    "help.tidy_output": (
        "写到哪个 .xlsx；不写：旁边的 …_名册.xlsx。",
        "The .xlsx to write; without it: …_roster.xlsx beside the source.",
    ),
    "help.tidy_toml": (
        "另把对照存成 TOML，供 --mapping 反复使用。",
        "Also write the mapping as TOML, for --mapping.",
    ),
    "help.tidy_if_needed": (
        "已经是本软件的模板就不整理。",
        "Leave a workbook that already is our template alone.",
    ),
    "tidy_not_needed": (
        "{source} 已经是模板，不必整理。",
        "{source} already is our template: nothing to tidy.",
    ),
    "tidy_default": ("{stem}_名册.xlsx", "{stem}_roster.xlsx"),
    "tidy_accounted": (
        "非空单元格 {cells} = 用上 {used} + 跳过 {skipped} + 未读懂 {unread}",
        "{cells} non-empty cells = {used} used + {skipped} skipped + {unread} not understood",
    ),
    "tidy_next_guess": (
        "这是自动识别的结果，未经确认。请看“未读懂”，改“对照”黄色一栏，把“已经核对”改为“是”，再运行：medgraph tidy {target}",
        "This is a guess that nobody confirmed. Look at “Not understood”, edit the yellow column of “words”, set “confirmed” to yes, then run: medgraph tidy {target}",
    ),
    "tidy_next": (
        "已按核对过的对照读入。下一步：medgraph check {target}",
        "Read under the confirmed mapping. Next: medgraph check {target}",
    ),
    "tidy_not_xlsx": (
        "{path}：整理的结果是工作簿，请写成 .xlsx。",
        "{path}: what tidy writes is a workbook; name a .xlsx.",
    ),
    "tidy_kept": (
        "{target} 已有对照，按它读入；要重新识别，先删去 {target}。",
        "{target} has “words” already; they were followed. To guess afresh, delete {target} first.",
    ),
    "tidy_not_itself": (
        "{path} 是原件，不会改写。请用 --output 写到另一个文件。",
        "{path} is the original and is never altered. Name another file with --output.",
    ),
    "tidy_edited": (
        "{path} 的表格被手工改过，重新整理会覆盖这些改动。请用 --output 写到另一个文件，或把改动写进原件。",
        "The tables of {path} were edited by hand, and tidying again would overwrite that. Name another file with --output, or make the edits in the original.",
    ),
    "tidy_original_gone": (
        "找不到原件 {path}。请把它放在 {workbook} 旁边，或在“对照”里改“来源文件”。",
        "The original {path} is gone. Put it beside {workbook}, or correct “source file” in “words”.",
    ),
    "tidy_nothing_read": (
        "{path} 里没有一个工作表能认出标题行。对照已写到 {target}，请填“标题行”再运行。",
        "In no sheet of {path} a header row was found. The mapping was written to {target}: fill in “header rows” and run again.",
    ),
    "tidy_head_place": ("位置", "place"),
    "tidy_head_decision": ("怎么读的", "what was decided"),
    "tidy_head_value": ("原文", "value"),
    "tidy_head_reason": ("为什么没用上", "why it was not used"),
    "tidy_head_advice": ("怎么办", "what to do"),
    "messy_stamp": ("自动识别，未经确认", "自动识别，未经确认 (guessed, not confirmed)"),
    "messy_lock": (
        "{path} 是 Excel 打开文件时的临时锁文件，不是工作簿。请关闭 Excel，选同名但没有 ~$ 的文件。",
        "{path} is a lock file of Excel, no workbook. Close Excel and choose the file without ~$.",
    ),
    "messy_lock_file": ("Excel 的临时锁文件，没有读。", "A lock file of Excel; it was not read."),
    "messy_et": (
        "{path} 是 WPS 的 .et 格式，读不了。请在 WPS 中另存为 .xlsx。",
        "{path} is in the .et format of WPS, which cannot be read. Save it as .xlsx in WPS.",
    ),
    "messy_encrypted": (
        "{path} 加了密码，读不了。请在 Excel 或 WPS 中去掉打开密码，另存一份。",
        "{path} is encrypted. Take the password away in Excel or WPS and save a copy.",
    ),
    "messy_nothing": (
        "{path} 里没有 .xlsx、.xls 或 .csv。",
        "There is no .xlsx, .xls or .csv in {path}.",
    ),
    "messy_nobody_uses": ("没有哪一列认得它", "no known column holds it"),
    "messy_nobody_uses_advice": (
        "在“对照”里写明这一列的含义，或写“不用”。",
        "Say in “words” what its column means, or “not used”.",
    ),
    "messy_stray_row": ("夹在数据中间的一行文字", "a line of text between the rows"),
    "messy_stray_row_advice": (
        "如是小标题，在“对照”的“不读的行”里写明行号。",
        "If it is a heading, name its row under “rows to skip” in “words”.",
    ),
    "messy_nameless_row": ("这一行没有认得的机构名称", "the row names no facility"),
    "messy_nameless_row_advice": (
        "补上机构名称，或在“对照”的“不读的行”里写明行号。",
        "Fill in the name, or name the row under “rows to skip” in “words”.",
    ),
    "messy_lead_without_group": ("有牵头医院，没有集团名称", "a lead is named, but no group"),
    "messy_lead_without_group_advice": (
        "加一列集团名称，或在“对照”里写明工作表名就是集团。",
        "Add a column of groups, or say in “words” that the name of the sheet is the group.",
    ),
    "messy_seems_lead": (
        "集团“{group}”以它命名，却没有写明它是牵头还是成员",
        "the group “{group}” is called after it, but nothing says whether it leads or is a member",
    ),
    "messy_seems_lead_advice": (
        "加一列“角色”，写牵头或成员。",
        "Add a column “role” with lead or member.",
    ),
    "messy_whose": (
        "一格里有几家机构，不知道这是哪一家的",
        "several facilities share the row; whose is it?",
    ),
    "messy_whose_advice": ("分成一家一行。", "Give each a row of its own."),
    "messy_other_file": (
        "不是 .xlsx、.xls 或 .csv，没有读。",
        "It is no .xlsx, .xls or .csv; it was not read.",
    ),
    "messy_own_file": (
        "是本软件整理出来的名册，没有读。",
        "It was written by medgraph tidy; it was not read.",
    ),
    "messy_old_format": (
        "旧的 .xls 格式里看不出隐藏的行和删除线，这些行都照读；要分辨，请另存为 .xlsx。",
        "In the old .xls format hidden rows and strike-through cannot be seen; such rows were read. To tell them apart, save it as .xlsx.",
    ),
    "cell_far_away": (
        "{place} 离其他数据太远（表长 {rows} 行、宽 {columns} 列），读不了。请删去这一格，或把数据移到一起。",
        "{place} stands too far from the other cells ({rows} rows, {columns} columns). Delete it, or move the data together.",
    ),
    "messy_none_read": (
        "{path} 里没有读进任何一格：对照里的工作表名和它对不上。",
        "Not one cell of {path} was read: the mapping names other sheets.",
    ),
    "messy_empty": ("{path} 里没有一个有内容的单元格。", "No cell of {path} holds anything."),
    "messy_other_table": ("属于另一张表", "it belongs to another table"),
    "messy_struck_cell": (
        "这一格划了删除线，没有读",
        "the cell is struck through and was not read",
    ),
    "messy_struck_cell_advice": (
        "仍有效就去掉删除线，已作废就删去整行。",
        "Take the line away if it holds, delete the row if it does not.",
    ),
    "messy_units": ("家", "facilities"),
    "messy_header_again": ("重复的标题行", "header repeated"),
    "messy_skip_rule": ("对照写明不读的行", "a row that the mapping leaves out"),
    "messy_skip_struck": ("整行划了删除线", "the whole row is struck through"),
    "messy_skip_hidden": ("隐藏的行", "a hidden row"),
    "messy_skip_hidden_sheet": ("隐藏的工作表，没有读", "a hidden sheet, not read"),
    "messy_skip_no_rule": ("对照没有提到这个工作表", "the mapping does not mention this sheet"),
    "messy_skip_sheet": ("对照写明不读的工作表", "a sheet that the mapping leaves out"),
    "messy_skip_above": ("标题行以上的文字", "text above the header"),
    "messy_skip_serial": ("序号", "serial number"),
    "messy_skip_column": ("对照写明不用的列", "a column that the mapping leaves out"),
    "messy_skip_total": ("合计、小计行", "a row of totals"),
    "messy_skip_nothing": ("写的是“无”", "it says “none”"),
    "messy_note_header": ("标题行：第 {rows} 行", "header: row {rows}"),
    "messy_note_repeated": (
        "跳过 {count} 行重复的标题：{rows}",
        "{count} repeated header rows skipped: {rows}",
    ),
    "messy_note_hidden": (
        "隐藏的 {count} 行也读了：{rows}",
        "{count} hidden rows were read: {rows}",
    ),
    "messy_note_passed": (
        "隐藏的 {count} 行没有读：{rows}",
        "{count} hidden rows were not read: {rows}",
    ),
    "messy_note_struck": (
        "划了删除线的 {count} 行没有读：{rows}",
        "{count} rows struck through were not read: {rows}",
    ),
    "messy_note_filled": ("承上 {source}：{value}", "as above {source}: {value}"),
    "messy_note_total": ("“{label}”核对了 {rows} 行", "“{label}” was checked against {rows} rows"),
    "messy_note_total_unchecked": (
        "“{label}”行没有可以核对的数",
        "the row “{label}” states no number to check",
    ),
    "messy_note_matched": ("“{value}”即 {name}（{how}）", "“{value}” is {name} ({how})"),
    "messy_how_brackets": ("只差括号", "but for brackets"),
    "messy_how_ending": ("名称结尾的写法不同", "another writing of the ending"),
    "messy_how_area": ("只差前面的区县名", "but for the county before it"),
    "mapping_constant": (
        "工作表“{sheet}”的固定值“{value}”读不出。请改对照。",
        "The constant “{value}” of the sheet “{sheet}” cannot be read. Correct the mapping.",
    ),
    "messy_note_again": (
        "{name} 已有一行，两行按同一家读",
        "{name} has a row already; both are taken as one facility",
    ),
    "messy_note_new": (
        "{name} 没有自己的行，按全称记为一家机构",
        "{name} has no row of its own and is taken as a facility by its full name",
    ),
    "messy_note_split": (
        "分成 {count} 项：{names}；括号里的备注：{notes}",
        "split into {count}: {names}; notes in brackets: {notes}",
    ),
    "messy_note_padded": (
        "{count} 个区划代码补足为 12 位",
        "{count} area codes completed to 12 digits",
    ),
    "messy_note_typed": (
        "{count} 家基层机构的类型由名称结尾得出",
        "the type of {count} primary facilities is that of their names",
    ),
    "mapping_head_theirs": ("原词", "theirs"),
    "mapping_head_ours": ("含义（可改）", "meaning (edit)"),
    "mapping_head_sheet": ("工作表", "sheet"),
    "mapping_head_at": ("位置", "place"),
    "mapping_head_item": ("这一行说的是", "this line settles"),
    "mapping_head_why": ("说明", "remark"),
    "mapping_why_file": (
        "再次整理时读这个文件；原件不会被改动。",
        "This file is read again; the original is never altered.",
    ),
    "mapping_why_confirmed": (
        "核对完改为“是”，输出上的“自动识别，未经确认”就去掉。",
        "Set to yes when you have looked through it: the stamp goes away.",
    ),
    "mapping_why_area": (
        "区县代码（6 位），决定要覆盖哪些乡镇街道；几个之间用、。",
        "Codes of the counties (6 digits) whose townships have to be covered.",
    ),
    "mapping_why_complete": (
        "机构、集团和关系都列全了才改为“是”：没有列出的就算空白。",
        "Yes only if every facility, group and link is listed: what is not listed then counts as a gap.",
    ),
    "mapping_why_header": ("标题行的行号，如 3 或 3-5。", "The rows of the titles, as 3 or 3-5."),
    "mapping_why_candidates": (
        "认不准标题行，候选：{candidates}。请填下一行。",
        "The header is unclear, candidates: {candidates}. Fill in the next line.",
    ),
    "mapping_why_sheet_name": (
        "工作表名本身说明什么（集团、区县）；不用就写不用。",
        "What the name of the sheet states (group, county).",
    ),
    "mapping_why_rows": (
        "只读这几行，如 5-40；空着：标题行以下都读。",
        "Only these rows, as 5-40; blank: all below the header.",
    ),
    "mapping_why_skip": ("不读的行号，如 7、12-14。", "Rows to leave out, as 7、12-14."),
    "mapping_why_date": (
        "只写到年、月的日期，取首日还是末日。",
        "Where only a year or month is written: its first day or its last.",
    ),
    "mapping_why_unit": (
        "这一列数字的单位，如 百、千、万；个、张、人不必写。",
        "What the numbers are counted in, as 百, 千, 万; blank for single ones.",
    ),
    "mapping_why_list": (
        "一格里写了几个，是不是按、，；/ 和换行分开。",
        "Whether a cell holds several, apart by 、，；/ and line ends.",
    ),
    "mapping_why_unknown": (
        "没认出。选一个含义，或选不用。",
        "Not known. Choose a meaning, or “not used”.",
    ),
    "mapping_why_fill": (
        "下面的空白是不是同上？待定的空白不读入。",
        "Do the blanks below mean the cell above? Undecided blanks are not read.",
    ),
    "E170": (
        "“{label}”写 {stated} {what}，实读 {read} {what}。",
        "“{label}” says {stated} {what}, {read} were read.",
        "核对是漏了行，还是数写错了。",
        "See whether rows are missing or the number is wrong.",
    ),
    "E171": (
        "“{value}”像是被 Excel 改成数字的代码，位数已丢失，不能当代码用。",
        "“{value}” looks like a code that Excel turned into a number; its digits are lost, so it is no code.",
        "把单元格设为文本，重新录入完整代码。",
        "Format the cell as text and type the whole code again.",
    ),
    "W171": (
        "“{value}”读作 {read}。",
        "“{value}” was read as {read}.",
        "有准确数时请改写。",
        "Write the exact number where you have it.",
    ),
    "W172": (
        "“{value}”没有写到日，读作 {read}。",
        "“{value}” names no day and was read as {read}.",
        "可写成 2023-10-25，或在“对照”里写明。",
        "Write it as 2023-10-25, or say so in “words”.",
    ),
    "E173": (
        "{value} 既在“{group}”，又在“{other}”（{place_of}），两处都没有采用。",
        "{value} is in “{group}” and in “{other}” ({place_of}); neither was taken.",
        "改正其中一处。",
        "Correct one of them.",
    ),
    "E174": (
        "工作表“{value}”认不准标题行，没有读。候选：{candidates}。",
        "In the sheet “{value}” the header is unclear, so it was not read. Candidates: {candidates}.",
        "在“对照”里填这个工作表的“标题行”。",
        "Fill in “header rows” of this sheet in “words”.",
    ),
    "W174": (
        "公式没有存下算好的值，当作空白。",
        "A formula without a stored value; it counts as blank.",
        "用 Excel 或 WPS 打开后保存一次。",
        "Open it in Excel or WPS and save it once.",
    ),
    "E175": (
        "“{value}”在数据区横向合并（{range}），不知道属于哪一列。",
        "“{value}” is merged across columns ({range}) in the body; which column is meant?",
        "取消合并，填到各自的列里。",
        "Unmerge it and fill in each column.",
    ),
    "W175": (
        "“{value}”以“等”结尾，没有列全，也没有写几家。",
        "“{value}” ends in “and others”: not all are named, and no number is given.",
        "请列全。",
        "Name them all.",
    ),
    "E176": (
        "{item}“{value}”不是全称，说不准是哪一家（可能：{candidates}）。",
        "{item}“{value}” is no full name; who is meant is not sure (perhaps {candidates}).",
        "写全称，或在“对照”的“名称”一行填全称。",
        "Write the full name, or fill it in at its line in “words”.",
    ),
    "W176": (
        "“{title}”空着，可能同上，也可能就是没有，没有读入。",
        "“{title}” is blank: the same as above, or nothing; it was not read.",
        "在“对照”里把这一列的“空白同上”改为“是”或“否”。",
        "Set “blank means above” of this column to yes or no in “words”.",
    ),
    "W180": (
        "“{title}”空着；上面是合计、空行或另一块，没有承接。",
        "“{title}” is blank; a total, a blank row or another block stands above, so nothing was carried down.",
        "该有值就把它写全。",
        "Write it out if there is one.",
    ),
    "W181": (
        "表头以上写着“{value}”，数字没有据此换算。",
        "“{value}” stands above the header; the numbers were not multiplied by it.",
        "在“对照”里给各列写明单位，或写进列标题的括号里。",
        "State the unit of each column in “words”, or in brackets in its title.",
    ),
    "W182": (
        "对照提到的列“{value}”不在这个工作表里。",
        "The mapping names a column “{value}” that this sheet has not.",
        "改对照里的列名或列号。",
        "Correct its title or letter in the mapping.",
    ),
    "W183": (
        "对照提到的工作表“{value}”在文件里没有。",
        "The mapping names a sheet “{value}” that the file has not.",
        "改对照里的工作表名。",
        "Correct its name in the mapping.",
    ),
    "W184": (
        "“{value}”合并了 {count} 行，每行都记为这个数。",
        "“{value}” is merged over {count} rows and was taken for each of them.",
        "如是几家合计，请拆开分别填写。",
        "If it is the sum of several, unmerge it and give each its own.",
    ),
    "E185": (
        "从“{value}”这一行起像是另一张表，没有读。",
        "From the row of “{value}” on it seems to be another table; it was not read.",
        "把两张表放到两个工作表里；不是表就在“对照”的“首行末行”里写明只读哪几行。",
        "Put the two tables into two sheets; if it is none, say in “words” which rows to read.",
    ),
    "W177": (
        "自动识别，未经确认。{value}。",
        "自动识别，未经确认: a guess that nobody confirmed. {value}.",
        "用 medgraph tidy 写出“对照”，核对后再用。",
        "Let medgraph tidy write “words”, look through it, and use that.",
    ),
    "W178": (
        "有单元格没有读懂。{value}。",
        "Some cells were not understood. {value}.",
        "见 medgraph tidy 写出的“未读懂”。",
        "See “Not understood” in what medgraph tidy writes.",
    ),
    "W179": (
        "列“{value}”没有认出，没有读入。",
        "The column “{value}” is not known and was not read.",
        "在“对照”里选它的含义，或选“不用”。",
        "Choose its meaning in “words”, or “not used”.",
    ),
    "E177": (
        "“{value}”是哪一类集团，名称里看不出。",
        "The name “{value}” does not say what type of group it is.",
        "在“对照”里选：城市医疗集团、县域医共体或专科联盟。",
        "Choose its type in “words”.",
    ),
    "E178": (
        "“{value}”读不出是什么意思。",
        "“{value}” cannot be read.",
        "改写，或在“对照”里写明。",
        "Write it in another way, or say what it means in “words”.",
    ),
    "E179": (
        "“{value}”写 {stated} 家，实读 {read} 家。",
        "“{value}” says {stated}, {read} were read.",
        "核对是漏写了，还是数写错了。",
        "See whether names are missing or the number is wrong.",
    ),
    "column.original": ("原文", "original text"),
    "policy_original": ("原文 {place}：{text}", "original {place}: {text}"),
}
