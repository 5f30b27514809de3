"""Say what there is to say about records of patients."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "records.no_column": Sentence(
        zh="记录缺少“{column}”列（表头可写作 {also}）。",
        en="The records have no column {column} (nor any of its other names: {also}).",
    ),
    "records.no_file": Sentence(
        zh="没有这个文件或文件夹：{path}", en="No such file or folder: {path}"
    ),
    "records.no_records": Sentence(
        zh="{path} 里应当全是 .csv，或全是 .parquet、.xlsx 等一种格式。",
        en="{path} should hold files of one format only: .csv, .parquet or .xlsx.",
    ),
    "records.other_partition": Sentence(
        zh="{path} 所在文件夹的名字（如 date=2023-10-05）与 {first} 的不是同样的列。",
        en=(
            "The names of the folders of {path} (such as date=2023-10-05) state other columns than "
            "those of {first}."
        ),
    ),
    "records.unread_folders": Sentence(
        zh="未读的文件夹（名字不像 date=2023-10-05、2023-10）：{folders}",
        en="Folders not read (not named like date=2023-10-05 or 2023-10): {folders}",
    ),
    "records.password": Sentence(
        zh=(
            "地址里不能写账号或密码（会留在日志里）：{address}。"
            "请放在环境变量里，见 docs/scale.md。"
        ),
        en=(
            "An address must hold no credentials, which would end in logs: {address}. Put them "
            "into the environment, see docs/scale.md."
        ),
    ),
    "records.not_reached": Sentence(
        zh="读不到 {address}：{reason}", en="{address} cannot be read: {reason}"
    ),
    "records.bad_memory": Sentence(
        zh="“{value}”不是内存大小，请写作 4GB。", en="“{value}” is no size of memory; write 4GB."
    ),
    "records.disk": Sentence(
        zh="临时磁盘：{folder} 最多约用 {needed}，还有 {free}。",
        en="Temporary disk: up to about {needed} in {folder}, where {free} are free.",
    ),
    "records.portions": Sentence(
        zh="磁盘放不下全部记录：分 {count} 次读，每次一部分人员。",
        en=(
            "The disk does not hold all of them at once: the records are read {count} times, each "
            "time for a part of the persons."
        ),
    ),
    "records.disk_short": Sentence(
        zh=(
            "临时磁盘不够：{folder} 约要 {needed}，只有 {free}。"
            "请用环境变量 TMPDIR 指到有空间的文件夹，或加大 --memory。"
        ),
        en=(
            "Too little temporary disk: about {needed} are needed in {folder}, where {free} are "
            "free. Let TMPDIR name a folder with room, or give more --memory."
        ),
    ),
    "records.disk_full": Sentence(
        zh="临时磁盘写满了（{folder}）。请用环境变量 TMPDIR 指到有空间的文件夹，或加大 --memory。",
        en=(
            "The temporary disk is full ({folder}). Let TMPDIR name a folder with room, or give "
            "more --memory."
        ),
    ),
    "records.memory_full": Sentence(
        zh="内存不够。请加大 --memory，或改用 --engine spark。",
        en="Too little memory. Give more --memory, or use --engine spark.",
    ),
    "records.append_counted": Sentence(
        zh="--append 按月保存计数：不能与 --follow、--window 同用，也不能再加已保存的流量。",
        en=(
            "--append keeps counts by month: neither with --follow or --window, nor of flows that "
            "are kept already."
        ),
    ),
    "records.append_undated": Sentence(
        zh="--append 按月保存：记录要有日期，且至少有一行可计。",
        en="--append keeps flows by month: the records need days, and a row that counts.",
    ),
    "records.append_less": Sentence(
        zh=(
            "{month} 已保存，这批记录不到它的一半，像是补报，会替换整月：请给全月的记录；"
            "如确要替换，先从 {folder} 的 flows.json 里去掉这个月。"
        ),
        en=(
            "{month} is kept already, and these records are less than half of it, as what came "
            "late; they would replace the month. Give all records of the month; or take it out of "
            "flows.json in {folder} first."
        ),
    ),
    "records.append_new": Sentence(zh="新增月份：{months}", en="New months: {months}"),
    "records.append_replaced": Sentence(zh="替换月份：{months}", en="Months replaced: {months}"),
    "records.append_same": Sentence(zh="没有变化的月份：{months}", en="Months unchanged: {months}"),
    "records.kept": Sentence(
        zh=(
            "按月保存的流量 {months} 个月（{first} 至 {last}）："
            "某月是小数，或与该月更正前相差是小数的，合计里不显示，“≥”是至少。"
        ),
        en=(
            "Flows of {months} months, kept one by one ({first} to {last}): what is a small count "
            "in a month, or differs by one from what stood for it before, is in no sum; “≥” is at "
            "least."
        ),
    ),
    "records.kept_bad": Sentence(
        zh="{path} 不是按月保存的流量：{reason}", en="{path} holds no flows by month: {reason}"
    ),
    "records.kept_not_ours": Sentence(
        zh="内容不是 medgraph 写的", en="medgraph did not write it so"
    ),
    "records.kept_lacks": Sentence(
        zh="按月保存的流量缺了文件 {path}。", en="The flows by month lack their file {path}."
    ),
    "records.kept_changed": Sentence(
        zh="{path} 刚被别的程序改过，请再运行一次。",
        en="{path} was changed by another program meanwhile; run it again.",
    ),
    "help.records_append": Sentence(
        zh="把这些记录的流量按月存进文件夹（同月替换），并就文件夹里的全部月份作答。",
        en="Keep the flows by month in a folder (a month again replaces it), and answer over all.",
    ),
    "records.other_header": Sentence(
        zh="{path} 的表头与 {first} 不同。",
        en="The header of {path} differs from that of {first}.",
    ),
    "records.double": Sentence(
        zh="这些列意思相同，只能留一列：{columns}",
        en="These columns mean the same; keep one: {columns}",
    ),
    "records.not_text": Sentence(
        zh="{path} 既不是 UTF-8 也不是 GB18030。请另存为 UTF-8 的 CSV。",
        en="{path} is neither UTF-8 nor GB18030. Save it as CSV in UTF-8.",
    ),
    "records.each_counts_one": Sentence(
        zh="记录没有人次列：每行计 1。",
        en="The records have no column of counts: each row counts 1.",
    ),
    "records.torn": Sentence(
        zh="{path} 有{count}行的引号不成对，未计：第{lines}行。",
        en="{path} has {count} lines whose quotation marks are not in pairs; not counted: {lines}.",
    ),
    "records.quoted": Sentence(zh="“{text}”", en="“{text}”"),
    "records.quoted_at": Sentence(zh="{quoted}（{place}）", en="{quoted} ({place})"),
    "records.at": Sentence(zh="{path} 第{line}行", en="{path}, line {line}"),
    "records.unknown_kinds": Sentence(
        zh="不认识的转诊方向{count}种（{words}）：按方案里有的方向计。",
        en="Unknown kinds of referral: {count} ({words}); they count as the plan has it.",
    ),
    "records.bad_date": Sentence(
        zh="读不成日期的：{texts}。请写成 2023-10-25。",
        en="No days: {texts}. Write 2023-10-25.",
    ),
    "records.bad_count": Sentence(
        zh="读不成人次的：{texts}。请只填大于0的整数。",
        en="No counts: {texts}. Give whole numbers above 0.",
    ),
    "help.option.records_mapping": Sentence(
        zh="记录的列名对照（TOML，[records.columns]）。",
        en="What the columns of the records mean (TOML, [records.columns]).",
    ),
    "records.personal": Sentence(
        zh="记录里有个人身份列，拒绝读取：{columns}。请去掉，或换成代号。",
        en="Refused: columns of personal identity: {columns}. Take them out or use a pseudonym.",
    ),
    "records.not_installed": Sentence(
        zh="未安装所需的库：pip install 'medgraph[{extra}]'",
        en="A library is missing: pip install 'medgraph[{extra}]'",
    ),
    "records.overlap_truncate": Sentence(
        zh="前一次截止到后一次入院（算转院，0天）",
        en="the earlier ends at the later admission (a transfer, 0 days)",
    ),
    "records.overlap_drop": Sentence(zh="不算转院", en="no transfer"),
    "records.encounters_note": Sentence(
        zh="转院＝同一代号出院后 {window} 天内在另一家入院；同日出入院算0天；住院重叠：{overlap}。",
        en=(
            "Transfer = one pseudonym admitted elsewhere within {window} days of discharge; the "
            "same day is 0 days; overlapping stays: {overlap}."
        ),
    ),
    "help.records_records": Sentence(
        zh="转诊记录：CSV、Excel、Parquet，或它们的文件夹、通配（*）、地址（s3://）。",
        en="Referral records: CSV, Excel, Parquet; a folder, pattern or address (s3://) of them.",
    ),
    "help.option.threshold": Sentence(
        zh="小于此数的计数不显示。", en="Counts below this are not shown."
    ),
    "help.option.follow": Sentence(
        zh="向后追踪多少天（回转、再转）。",
        en="How many days to follow for returns and further transfers.",
    ),
    "help.option.window": Sentence(
        zh=(
            "记录是住院经过（人员代码、机构、入院、出院）："
            "出院后多少天内在另一机构入院算一次转院（同日为 0 天）。"
        ),
        en=(
            "The records are stays (person, facility, admitted, discharged): an admission "
            "elsewhere within so many days of a discharge is a transfer (the same day: 0 days)."
        ),
    ),
    "help.option.overlap": Sentence(
        zh="住院时间重叠：truncate 以后一次入院为前一次的结束；drop 不计。只与 --window 同用。",
        en=(
            "Overlapping stays: truncate ends the earlier at the later admission; drop counts no "
            "transfer. Only with --window."
        ),
    ),
    "records.window_first": Sentence(
        zh="--overlap 只说明如何由住院经过推出转院：请同时给出 --window 天数",
        en="--overlap says how transfers are derived from stays: give --window DAYS with it",
    ),
    "records.window_or_follow": Sentence(
        zh="--window 由住院经过推出转院，--follow 追踪转诊记录：只能选一个",
        en="--window derives transfers from stays, --follow follows referral records: choose one",
    ),
    "help.records_engine": Sentence(zh="计算引擎。", en="The engine."),
    "help.records_master": Sentence(zh="Spark 主节点地址。", en="URL of the Spark master."),
    "help.records_memory": Sentence(
        zh="内存上限，其中四分之三归 DuckDB。", en="Memory limit, three quarters of it for DuckDB."
    ),
}

FAULTS = (
    Fault(
        "E090",
        zh="列“{value}”是个人身份信息。",
        en="The column “{value}” identifies persons.",
        advice=Sentence(zh="去掉该列，或换成代号。", en="Remove it, or use a pseudonym."),
    ),
)
