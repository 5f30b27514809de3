"""Say what there is to say about tables that are checked: their cells, rows and columns."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "why_area_digits": Sentence(zh="数字被写成科学计数", en="a number in scientific notation"),
    "why_area_length": Sentence(
        zh="应为 12 位（或 2、4、6、9 位）数字",
        en="it needs 12 digits (or 2, 4, 6, 9)",
    ),
    "why_area_province": Sentence(zh="省级代码不存在", en="there is no such province"),
    "why_area_gap": Sentence(
        zh="村级代码之上没有乡级代码", en="a village code without its township"
    ),
    "why_uscc_length": Sentence(zh="应为 18 位", en="it needs 18 characters"),
    "why_uscc_signs": Sentence(
        zh="含有不用的字符（I、O、S、V、Z 或小写）",
        en="a character that is not used (I, O, S, V, Z, lower case)",
    ),
    "why_check": Sentence(zh="校验码不符", en="its check character does not fit"),
    "why_organisation_signs": Sentence(
        zh="组织机构代码部分应为 8 位加校验码",
        en="its organisation code needs 8 characters and a check character",
    ),
    "why_organisation_check": Sentence(
        zh="组织机构代码校验码不符",
        en="the check character of its organisation code does not fit",
    ),
    "why_institution_length": Sentence(zh="应为 22 位", en="it needs 22 characters"),
    "why_institution_class": Sentence(
        zh="第 18—21 位不是机构类别代码",
        en="characters 18 to 21 are not a class of institution",
    ),
    "why_institution_management": Sentence(
        zh="末位应为 1、2 或 9", en="its last character must be 1, 2 or 9"
    ),
    "nearest_names": Sentence(zh="最接近：{nearest}。", en=" Nearest: {nearest}."),
    "list_item": Sentence(zh="第 {number} 项", en="part {number} "),
    "problem_severity": Sentence(zh="程度", en="severity"),
    "problem_place": Sentence(zh="位置", en="place"),
    "problem_value": Sentence(zh="值", en="value"),
    "problem_message": Sentence(zh="问题", en="problem"),
    "problem_advice": Sentence(zh="怎么改", en="what to do"),
    "problem_code": Sentence(zh="代码", en="code"),
    "severity_error": Sentence(zh="错误", en="error"),
    "severity_warning": Sentence(zh="警告", en="warning"),
    "severity_info": Sentence(zh="提示", en="info"),
    "yes": Sentence(zh="是", en="yes"),
    "left_with": Sentence(
        zh="与 {place} 的问题 [{code}] 有关。",
        en="Involved in the problem [{code}] at {place}.",
    ),
    "left_row": Sentence(zh="未载入 {place}：{reason}", en="Left out {place}: {reason}"),
    "left_rows_more": Sentence(
        zh="另有 {count} 行未载入，运行 medgraph check --lenient 列出全部。",
        en="{count} more rows are left out; medgraph check --lenient lists them all.",
    ),
    "left_rows_in_json": Sentence(
        zh="另有 {count} 行未载入，运行 medgraph check --lenient --format json 列出全部。",
        en="{count} more rows are left out; check --lenient --format json lists them all.",
    ),
    "merged_rows_more": Sentence(
        zh="另有 {count} 处多行并为一行，运行 medgraph check 列出全部。",
        en="{count} more times several rows are one; medgraph check lists them all.",
    ),
    "left_hanging": Sentence(
        zh="所连的行未载入：{source} → {target}。",
        en="It joins a row that is left out: {source} → {target}.",
    ),
    "doubtful_nodes": Sentence(
        zh="{count} 个是否在用读不出来，取决于此的不能判定，由此写出的文件也不写明：{names}。",
        en=(
            "Whether these {count} are in use cannot be read, so that what depends on it is "
            "unknown, and a file written from here does not say it: {names}."
        ),
    ),
    "rows_accounted": Sentence(
        zh="读入 {rows_in} 行 = 载入 {loaded} + 未载入 {left_out}",
        en="{rows_in} rows in = {loaded} loaded + {left_out} left out",
    ),
    "check_summary": Sentence(
        zh="{errors} 个错误，{warnings} 个警告。",
        en="{errors} errors, {warnings} warnings.",
    ),
    "elsewhere": Sentence(zh="（另{count}处：{places}）", en="({count} more: {places})"),
}

FAULTS = (
    Fault(
        "W000",
        zh="{value} 共 {all} 处，此外还有 {count} 处未列出。",
        en="{value}: {all} in all, {count} more are not listed.",
    ),
    Fault(
        "E010",
        zh="编号“{value}”出现 {count} 次。",
        en="The id “{value}” is used {count} times.",
        advice=Sentence(zh="每个编号只能用一次。", en="Use every id once."),
    ),
    Fault(
        "W010",
        zh="与 {first} 一字不差，是同一行，只计一次。",
        en="It is the same as {first}, word for word, and counts as one row.",
        advice=Sentence(
            zh="若是两个，请各写编号。", en="If there are two, give each an id of its own."
        ),
    ),
    Fault(
        "E011",
        zh="必填项“{column}”为空。",
        en="“{column}” is required and empty.",
        advice=Sentence(zh="请填写。", en="Fill it in."),
    ),
    Fault(
        "W012",
        zh="没有编号，已按名称和区划编出。",
        en="It has no id; one was made from its name and area.",
        advice=Sentence(
            zh="写出时会带上编号；也可以自己填写。",
            en="The id is written with the data; you may give one of your own.",
        ),
    ),
    Fault(
        "E012",
        zh="“{value}”不是数字。",
        en="“{value}” is not a number.",
        advice=Sentence(zh="只填数字，不带单位。", en="Write the number alone, without a unit."),
    ),
    Fault(
        "E013",
        zh="“{value}”不是日期。",
        en="“{value}” is not a day.",
        advice=Sentence(zh="请写成 2023-10-25。", en="Write it as 2023-10-25."),
    ),
    Fault(
        "E014",
        zh="“{value}”不是“是”或“否”。",
        en="“{value}” is neither yes nor no.",
        advice=Sentence(zh="请写：{allowed}。", en="Write one of: {allowed}."),
    ),
    Fault(
        "E015",
        zh="“{value}”小于零。",
        en="“{value}” is below zero.",
        advice=Sentence(zh="请改正。", en="Correct it."),
    ),
    Fault(
        "E020",
        zh="区划代码“{value}”不成立：{why}。",
        en="The area code “{value}” is not valid: {why}.",
        advice=Sentence(
            zh="请对照名册改正，并把单元格设为文本。",
            en="Correct it from the register, and keep the cell as text.",
        ),
    ),
    Fault(
        "W020",
        zh="区划代码“{value}”不是 12 位数字代码。",
        en="The area code “{value}” is not one of 12 digits.",
        advice=Sentence(
            zh="如用统计用区划代码，请补足 12 位。",
            en="If it is a statistical code, write all 12 digits.",
        ),
    ),
    Fault(
        "E021",
        zh="统一社会信用代码“{value}”不成立：{why}。",
        en="The credit code “{value}” is not valid: {why}.",
        advice=Sentence(zh="请对照证书改正。", en="Correct it from the certificate."),
    ),
    Fault(
        "E022",
        zh="卫生机构代码“{value}”不成立：{why}。",
        en="The institution code “{value}” is not valid: {why}.",
        advice=Sentence(zh="请对照执业许可证改正。", en="Correct it from the licence."),
    ),
    Fault(
        "E023",
        zh="组织机构代码“{value}”不成立：{why}。",
        en="The organisation code “{value}” is not valid: {why}.",
        advice=Sentence(zh="请对照证书改正。", en="Correct it from the certificate."),
    ),
    Fault(
        "W023",
        zh="机构分类代码“{value}”不在常用的 WS 218 代码之内。",
        en="“{value}” is not among the WS 218 codes in use here.",
        advice=Sentence(zh="若无误可不改。", en="Leave it if it is right."),
    ),
    Fault(
        "W024",
        zh="区划代码“{value}”属于{name}，{year}年起撤销，现为{heirs}。",
        en="The area code “{value}” is of {name}, abolished in {year}; it is {heirs} now.",
        advice=Sentence(
            zh="请改用现在的代码；记录撤销以前的事，填终止日。",
            en="Use the code of today; for what was before, give its last day.",
        ),
    ),
    Fault(
        "W025",
        zh="“{value}”按位数和校验码是{column}，记在{column}之下。",
        en="By its length and check character “{value}” is a {column}; it was put there.",
        advice=Sentence(zh="表头若写错，请改表头。", en="Correct the title if it is wrong."),
    ),
    Fault(
        "E031",
        zh="“{value}”不是已知的词。最接近：{nearest}。",
        en="“{value}” is not a known word. Nearest: {nearest}.",
        advice=Sentence(
            zh="改单元格，或在“对照”表加一行。",
            en="Change the cell, or add a row to the table 对照 (words).",
        ),
    ),
    Fault(
        "W031",
        zh="“{value}”不在词表中，照原样保留。最接近：{nearest}。",
        en="“{value}” is not in the vocabulary; it is kept. Nearest: {nearest}.",
        advice=Sentence(
            zh="若是同一意思，请改用词表中的词。",
            en="Use the word of the vocabulary if it means the same.",
        ),
    ),
    Fault(
        "E032",
        zh="列“{value}”重复，前一列在 {first}。",
        en="The column “{value}” appears twice, first at {first}.",
        advice=Sentence(zh="请删去一列或改名。", en="Delete or rename one."),
    ),
    Fault(
        "W033",
        zh="未知的列“{value}”，作为附加属性保留。",
        en="The column “{value}” is not known; it is kept as an attribute.",
        advice=Sentence(zh="若是笔误请改列名。", en="Rename it if it is a typing error."),
    ),
    Fault(
        "W034",
        zh="“{value}”一列可能是{meanings}：没有当作其中任何一个，作为附加属性保留。",
        en="The column “{value}” may be {meanings}; it is taken for neither, and kept as it is.",
        advice=Sentence(
            zh="请把列名改为其中之一。", en="Call the column by the one that is meant."
        ),
    ),
    Fault(
        "E034",
        zh="缺少必需的列“{value}”（{column}）。",
        en="The required column “{column}” ({value}) is missing.",
        advice=Sentence(zh="请加上这一列。", en="Add the column."),
    ),
    Fault(
        "W035",
        zh="“{value}”不是已知的表，没有读入。",
        en="“{value}” is not a known table and was not read.",
        advice=Sentence(
            zh="表名见 medgraph template。",
            en="See medgraph template for the names of tables.",
        ),
    ),
    Fault(
        "W036",
        zh="示例行“{value}”没有读入。",
        en="The example row “{value}” was not read.",
        advice=Sentence(zh="可以删去。", en="You may delete it."),
    ),
    Fault(
        "E040",
        zh="{column} “{value}”不在任何表中。{nearest}",
        en="{column} “{value}” is in no table.{nearest}",
        advice=Sentence(zh="请改正，或在表中加一行。", en="Correct it, or add a row."),
    ),
    Fault(
        "W041",
        zh="区划“{value}”不在区划表中。",
        en="The area “{value}” is not in the table of areas.",
        advice=Sentence(
            zh="请核对，或在区划表加一行。",
            en="Check it, or add a row to the table of areas.",
        ),
    ),
    Fault(
        "E042",
        zh="“{relation}”不能从{source}连到{target}。",
        en="“{relation}” cannot join a {source} to a {target}.",
        advice=Sentence(zh="请改正关系，或起点和终点。", en="Correct the relation or its ends."),
    ),
    Fault(
        "E043",
        zh="{group} 同时有两家牵头机构：{other}、{value}。",
        en="{group} has two leads at once: {other}, {value}.",
        advice=Sentence(
            zh="只留一家，或写明起止日期。",
            en="Keep one, or state from when to when each leads.",
        ),
    ),
    Fault(
        "E044",
        zh="{item}“{value}”对应 {count} 个：{candidates}。",
        en="{item}“{value}” means {count}: {candidates}.",
        advice=Sentence(zh="请写全称或编号。", en="Write the full name or the id."),
    ),
    Fault(
        "W045",
        zh="{value} 是 {group} 的牵头机构，又列为普通成员。",
        en="{value} leads {group} and is also listed as a plain member of it.",
        advice=Sentence(zh="删去成员这一行。", en="Delete the membership."),
    ),
    Fault(
        "E046",
        zh="隶属关系成环：{value}。",
        en="These are parts of one another in a circle: {value}.",
        advice=Sentence(zh="请改正其中一处上级。", en="Correct one of them."),
    ),
    Fault(
        "W047",
        zh="{source} 承接 {old}，列为 {target} 的成员，不是牵头机构：牵头的是 {lead}。",
        en="{source} follows {old} as a member of {target}, not as its lead: {lead} leads it.",
        advice=Sentence(
            zh="如由它牵头，请先终止另一家的牵头关系。",
            en="Where it is to lead, end the other lead first.",
        ),
    ),
    Fault(
        "W048",
        zh="“{value}”的关系没有移交：只有写明起始日的沿革才移交关系。",
        en="The links of “{value}” are not handed on: only a succession with its day does that.",
        advice=Sentence(
            zh="在沿革一行填起始日，或去掉“移交关系”。",
            en="Give the first day of the succession, or empty the cell carry.",
        ),
    ),
    Fault(
        "W049",
        zh="{old} 的“{relation}”并入已有的 {source} → {target}："
        "{column} 仍为 {stays}，不是 {value}。",
        en="A link of {old} goes into one that is there, {source} {relation} {target}: "
        "{column} stays {stays}, not {value}.",
        advice=Sentence(
            zh="如应改用后者，请改已有的那一行。",
            en="Where the other is right, change the row that stays.",
        ),
    ),
    Fault(
        "W054",
        zh="{old} 的关系移交给 {heir}，而 {heir} 只到 {last}：到那天就断了。",
        en="The links of {old} go to {heir}, which lasts until {last}: then they are lost.",
        advice=Sentence(
            zh="请写明那天起由谁承续，并移交关系。",
            en="State what follows it from that day on, and that links are handed on.",
        ),
    ),
    Fault(
        "E050",
        zh="终止日 {value} 早于起始日 {begin}。",
        en="It ends on {value}, before it begins on {begin}.",
        advice=Sentence(zh="请改正日期。", en="Correct the days."),
    ),
    Fault(
        "E060",
        zh="经纬度只有一个：{value}。",
        en="Only one of longitude and latitude: {value}.",
        advice=Sentence(zh="两个都填或都不填。", en="Give both or none."),
    ),
    Fault(
        "E061",
        zh="坐标“{value}”像是以米计的投影坐标，未说明坐标系。",
        en="“{value}” looks like metres in a projection that is not stated.",
        advice=Sentence(zh="请换成经纬度（度）。", en="Give longitude and latitude in degrees."),
    ),
    Fault(
        "E062",
        zh="机构和区划不会在坐标“{value}”。",
        en="Nothing here lies at the point “{value}”.",
        advice=Sentence(
            zh=(
                "经度在 -180 到 180 之间，纬度在 -90 到 90 之间；看是否写反。"
                "0, 0 在海上，多半是没有填。"
            ),
            en=(
                "Longitude lies between -180 and 180, latitude between -90 and 90; check whether "
                "they are swapped. 0, 0 lies in the sea: mostly an empty field."
            ),
        ),
    ),
    Fault(
        "W063",
        zh="坐标 {value} 没有写明坐标系，按原样保留。",
        en="The point {value} states no coordinate system; it is kept as it is.",
        advice=Sentence(
            zh="请填坐标系：WGS-84、GCJ-02、BD-09 或 CGCS2000。",
            en="State one: WGS-84, GCJ-02, BD-09 or CGCS2000.",
        ),
    ),
    Fault(
        "W064",
        zh="{count} 个点由 {value} 换算为 WGS-84。",
        en="{count} points were converted from {value} to WGS-84.",
    ),
    Fault(
        "W065",
        zh="坐标 {value} 不在{area}范围内，而所在区划属于{area}。",
        en="The point {value} lies outside {area}, where its area is.",
        advice=Sentence(
            zh="看经度和纬度是否写反、数字是否错位，或区划是否写错。",
            en=(
                "See whether longitude and latitude are swapped, a digit slipped, or the area is "
                "wrong."
            ),
        ),
    ),
    Fault(
        "W066",
        zh="坐标 {value} 离其他机构所在的区划都很远。",
        en="The point {value} is far from all areas in which the others are.",
        advice=Sentence(
            zh="看经度和纬度是否写反，或数字是否错位。",
            en="See whether longitude and latitude are swapped, or a digit slipped.",
        ),
    ),
    Fault(
        "W067",
        zh="坐标 {value} 离同县其他各点约{km}公里。",
        en="The point {value} is about {km} km from the others of its county.",
        advice=Sentence(
            zh="看数字是否错位，或区划是否写错。",
            en="See whether a digit slipped, or the area is wrong.",
        ),
    ),
    Fault(
        "W070",
        zh="按 {value} 编码读入。",
        en="Read as {value}.",
        advice=Sentence(zh="另存为 UTF-8 可免误判。", en="Save it as UTF-8 to be sure."),
    ),
    Fault(
        "W080",
        zh="{subject} 的 {column} 在另一处是“{value}”，采用先读到的“{first}”。",
        en="{subject}: its {column} is “{value}” here; “{first}”, which was read first, is kept.",
        advice=Sentence(zh="请核对哪一个对。", en="Check which is right."),
    ),
    Fault(
        "W081",
        zh="{subject} 的 {column} 有多个值：“{first}”和“{value}”，都保留。",
        en="{subject} has several values of {column}: “{first}” and “{value}”; all are kept.",
        advice=Sentence(zh="请核对是否属实。", en="Check whether that is so."),
    ),
    Fault(
        "W084",
        zh="又一家“{value}”，没有编号和区划，当作另一家。",
        en="Another “{value}” without id and area is taken for another facility.",
        advice=Sentence(
            zh='是同一家的，在对照文件里写 same = ["name"]；否则写出编号或区划。',
            en='If it is the same, write same = ["name"] in the mapping; else name id or area.',
        ),
    ),
    Fault(
        "I098",
        zh="{value} 的 {count} 行并为一行：{places}。",
        en="{count} rows of {value} are one: {places}.",
    ),
    Fault(
        "I100",
        zh="共有 {count} 行并为 {rows} 行。",
        en="{count} rows became {rows} in all.",
    ),
    Fault(
        "W082",
        zh="{column} 为“{value}”，按对照文件当作未填。",
        en="{column} is “{value}”, which the mapping takes for nothing.",
    ),
    Fault(
        "W083",
        zh="对照文件没有提到的列，未读入：{value}。",
        en="Columns that the mapping does not name were not read: {value}.",
        advice=Sentence(
            zh="要保留请在对照文件里写 rest = true。",
            en="Write rest = true in the mapping to keep them.",
        ),
    ),
    Fault(
        "E017",
        zh="“{value}”不是文字：这些字节不合 UTF-8。",
        en="“{value}” is no text: these bytes are not UTF-8.",
        advice=Sentence(zh="请把这一列写成文字（UTF-8）。", en="Write the column as text (UTF-8)."),
    ),
    Fault(
        "E018",
        zh="“{value}”超出范围（{least} 至 {most}）。",
        en="“{value}” is out of range ({least} to {most}).",
        advice=Sentence(zh="请改正。", en="Correct it."),
    ),
    Fault(
        "E019",
        zh="单元格显示的是公式的错误“{value}”。",
        en="The cell shows the error of a formula, “{value}”.",
        advice=Sentence(zh="请改正公式，或填值。", en="Correct the formula, or write the value."),
    ),
    Fault(
        "E029",
        zh="{what} 有两个不同的值：“{value}”，另一个在 {other}。",
        en="{what} has two values: “{value}”, and the other at {other}.",
        advice=Sentence(zh="请只留一个。", en="Keep one."),
    ),
    Fault(
        "W086",
        zh="不认识的列，未读入：{value}。",
        en="Columns that are not known were not read: {value}.",
    ),
    Fault(
        "W087",
        zh="只读第一张工作表，未读入：{value}。",
        en="Only the first sheet is read; not read: {value}.",
    ),
)
