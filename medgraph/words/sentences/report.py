"""Say what there is to say about the report."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "help.report": Sentence(
        zh="写出报告：网页、Excel、PDF、Word。",
        en="Write the report: a page, a workbook, a PDF, a Word file.",
    ),
    "help.report_output": Sentence(
        zh="报告文件夹（默认：数据旁边）。",
        en="Folder of the report (default: beside the source).",
    ),
    "help.report_format": Sentence(
        zh="逗号分隔的格式：html、xlsx、pdf、docx（默认 html,xlsx；--each 时 docx,pdf,xlsx）。",
        en=(
            "Formats, with commas between them: html, xlsx, pdf, docx (default html,xlsx; with "
            "--each docx,pdf,xlsx)."
        ),
    ),
    "report.title": Sentence(zh="医疗集团网络报告", en="Medical groups: a report"),
    "report.unit": Sentence(zh="单位", en="Unit"),
    "report.day": Sentence(zh="数据截止日", en="Data day"),
    "report.register": Sentence(zh="区划名册", en="Register"),
    "report.no_register": Sentence(zh="未提供", en="none given"),
    "report.source": Sentence(zh="数据文件", en="Source"),
    "report.unsaid": Sentence(zh="未注明", en="not stated"),
    "report.met": Sentence(zh="有集团机构", en="served by a group"),
    "report.missing": Sentence(zh="空白", en="gaps"),
    "report.excluded": Sentence(zh="准乡级另列", en="set apart"),
    "report.not_asked": Sentence(zh="未计算区划覆盖。", en="Coverage was not asked."),
    "report.no_share": Sentence(
        zh="无法计算覆盖率（不是0%，也不是100%）。",
        en="No share can be computed (neither 0% nor 100%).",
    ),
    "report.no_register_of_areas": Sentence(
        zh="未提供区划名册，乡级区划覆盖率暂无法计算（既不是0%，也不是100%）。请补充区划名册。",
        en=(
            "The data has no register of areas, so the share of areas that groups serve cannot be "
            "stated (it is neither 0% nor 100%). Please add the register of areas."
        ),
    ),
    "report.headline": Sentence(
        zh=(
            "{met}/{total} 个乡级区划有集团机构；{missing}；{excluded}个准乡级单位另列；"
            "无法判定{unknown}个"
        ),
        en=(
            "{met} of {total} area[|s] [is|are] served by a group; {missing}; {excluded} quasi "
            "unit[|s] apart; {unknown} cannot be judged"
        ),
    ),
    "report.headline_missing": Sentence(zh="缺：{names}", en="missing: {names}"),
    "report.headline_none_missing": Sentence(zh="无空白", en="none missing"),
    "report.headline_word": Sentence(zh="结论", en="Headline"),
    "report.rows": Sentence(zh="行数", en="Rows"),
    "report.stamp": Sentence(zh="标记", en="Stamp"),
    "report.left_out_stamp": Sentence(zh="未载入{count}行", en="{count} row[|s] left out"),
    "report.worst": Sentence(
        zh="最要紧的{shown}项发现（共{total}项）",
        en="The {shown} worst finding[|s] (of {total})",
    ),
    "report.no_findings": Sentence(
        zh="没有发现问题；无法判定的另列。",
        en="No findings; what could not be judged is listed separately.",
    ),
    "report.needs": Sentence(
        zh="补充这{count}项数据可判定：",
        en="{count} piece[|s] of missing data would decide what is open:",
    ),
    "report.absent": Sentence(zh="缺这些数据：{parts}", en="no data of: {parts}"),
    "report.need_count": Sentence(zh="（{count}个）", en=" ({count})"),
    "report.no_needs": Sentence(
        zh="没有因缺数据而无法判定的项目。",
        en="Nothing is undecided for want of data.",
    ),
    "report.skip": Sentence(zh="跳转", en="skip"),
    "report.to_findings": Sentence(zh="跳到全部发现", en="Skip to all findings"),
    "report.to_unknown": Sentence(zh="跳到无法判定", en="Skip to what is unknown"),
    "report.to_tables": Sentence(zh="跳到各表", en="Skip to the tables"),
    "report.contents": Sentence(zh="目录", en="Contents"),
    "report.findings": Sentence(zh="全部发现", en="All findings"),
    "report.unknown": Sentence(zh="无法判定与所缺数据", en="Unknown, and the data it lacks"),
    "report.tables": Sentence(zh="各项结果", en="Answers"),
    "report.groups": Sentence(zh="各集团与联盟", en="Groups and alliances"),
    "report.definitions": Sentence(zh="口径", en="Definitions"),
    "report.left_out": Sentence(zh="未载入的行", en="Rows left out"),
    "report.left_out_lead": Sentence(zh="未载入{count}行", en="{count} row[|s] left out"),
    "report.rows_shown": Sentence(
        zh="本页显示{shown}行，共{total}行；其余见 findings.xlsx。",
        en="{shown} of {total} row[|s] shown here; for the others see findings.xlsx.",
    ),
    "report.rows_of_sheet": Sentence(
        zh="本表列出前{shown}行，共{total}行；全部请用 --area 分地区出具，或用相应的问题存为 CSV。",
        en=(
            "The first {shown} of {total} row[|s]; for all of them ask by area (--area), or save "
            "the answer to the question as CSV."
        ),
    ),
    "report.front": Sentence(zh="首页", en="Front page"),
    "report.lead": Sentence(zh="牵头", en="lead"),
    "report.member": Sentence(zh="成员", en="member"),
    "report.class": Sentence(zh="一类机构（不计数）", en="class (not counted)"),
    "report.group_lead": Sentence(
        zh="点名机构{members}家；另列一类机构{classes}个",
        en="{members} named facilit[y|ies]; {classes} class[|es] apart",
    ),
    "report.fault.coverage.served": Sentence(zh="没有集团机构服务", en="No group serves it"),
    "report.fault.coverage.multiple": Sentence(
        zh="同时在两个同类集团", en="In two groups of one kind"
    ),
    "report.fault.coverage.overlaps": Sentence(
        zh="两个以上集团同时服务", en="Served by two or more groups"
    ),
    "report.fault.coverage.stations": Sentence(zh="没有卫生室或服务站", en="No clinic or station"),
    "report.fault.coverage.ungrouped": Sentence(zh="不在任何集团", en="In no group"),
    "report.fault.sharing.unsupported": Sentence(
        zh="无人派驻、下沉或共享", en="Nobody sends staff, slots or equipment"
    ),
    "report.act.left_out": Sentence(zh="改正后重新载入。", en="Correct it and load again."),
    "report.act.coverage.served": Sentence(
        zh="指定一家集团成员服务该区划，或注明由谁服务。",
        en="Name a member of a group that serves it.",
    ),
    "report.act.coverage.multiple": Sentence(
        zh="只保留一个集团，或写明终止日。",
        en="Keep one group, or give the other a last day.",
    ),
    "report.act.coverage.overlaps": Sentence(
        zh="划清两个集团的服务区划。", en="Settle which group serves the area."
    ),
    "report.act.coverage.stations": Sentence(
        zh="设站，或注明由哪家机构巡诊。", en="Open a station, or name who visits."
    ),
    "report.act.coverage.ungrouped": Sentence(
        zh="编入集团，或写明不编入的依据。",
        en="Put it into a group, or state why not.",
    ),
    "report.act.referrals.broken": Sentence(zh="补全转诊关系。", en="Complete the referral link."),
    "report.act.sharing.unsupported": Sentence(
        zh="由牵头医院安排派驻或号源下沉。",
        en="Let the lead hospital send staff or slots.",
    ),
    "help.report_pack": Sentence(
        zh="政策包（可重复；none 不审核；默认按集团类型用国家的包）。",
        en=(
            "Policy pack (repeatable; none: no audit; default: the national pack of each type of "
            "group)."
        ),
    ),
    "report.severity.severe": Sentence(zh="严重", en="severe"),
    "report.severity.major": Sentence(zh="重要", en="major"),
    "report.severity.minor": Sentence(zh="一般", en="minor"),
    "report.audit": Sentence(zh="政策核查", en="Policy audit"),
    "report.audit_rules": Sentence(zh="逐条结论", en="Verdict per rule"),
    "report.audit_verdicts": Sentence(
        zh="未达标、缺数据和仅报告的逐项",
        en="Failed, without data and reported, one by one",
    ),
    "report.audit_asked": Sentence(
        zh="补充这 {count} 项数据可判定 {decided} 条结论",
        en="{count} answer[|s] would decide {decided} verdict[|s]",
    ),
    "report.audit_asked_first": Sentence(
        zh="（列前 {count} 项，全部见 medgraph ask）", en=" (the first {count}; all: medgraph ask)"
    ),
    "report.audit_missing": Sentence(zh="补充哪些数据可判定", en="Data that would decide"),
    "report.no_audit": Sentence(zh="没有做政策核查。", en="No policy audit was made."),
    "report.no_pack": Sentence(
        zh="未做政策核查：未选定政策。", en="No policy audit was made: none was asked for."
    ),
    "report.no_group_pack": Sentence(
        zh="未做政策核查：数据中没有城市医疗集团或县域医共体，没有适用的政策。",
        en=(
            "No policy audit was made: the data has no urban medical group and no county "
            "community, so no policy applies."
        ),
    ),
    "report.no_day": Sentence(
        zh="未做政策核查：数据没有写明截止日。",
        en="No policy audit was made: the data states no day of its own.",
    ),
    "report.packs": Sentence(zh="所用政策文件", en="Policy documents used"),
    "report.pack.pack": Sentence(zh="政策包", en="pack"),
    "report.pack.title": Sentence(zh="标题", en="title"),
    "report.pack.document": Sentence(zh="文件", en="document"),
    "report.pack.number": Sentence(zh="文号", en="number"),
    "report.pack.issuer": Sentence(zh="发文机关", en="issuer"),
    "report.pack.date": Sentence(zh="日期", en="date"),
    "report.pack.source": Sentence(zh="所据文本", en="text relied on"),
    "whole_network": Sentence(zh="全网络", en="the whole network"),
    "report.and_more": Sentence(zh="等{count}个", en=" and others ({count} in all)"),
    "report.pictures": Sentence(zh="成员与义务一览", en="Members and obligations at a glance"),
    "report.swimlane": Sentence(zh="集团成员", en="Who belongs to whom"),
    "report.matrix": Sentence(zh="义务矩阵", en="Obligation matrix"),
    "report.not_drawn": Sentence(
        zh=(
            "没有画出：共{count}个，超过{limit}个在纸上看不清；全部见表格。用 --area "
            "取一个县市可画。"
        ),
        en=(
            "Not drawn: {count}, and above {limit} a picture cannot be read on paper; the tables "
            "hold all. Cut one area out to draw it."
        ),
    ),
    "report.members": Sentence(zh="成员", en="Members"),
    "report.areas_served": Sentence(zh="服务区划（个）", en="Areas served"),
    "report.group_findings": Sentence(zh="与本集团有关的发现", en="Findings about this group"),
    "report.no_group_findings": Sentence(
        zh="没有与本集团有关的发现。", en="No findings about this group."
    ),
    "report.sources": Sentence(zh="数据来源", en="Data sources"),
    "report.relied_on": Sentence(zh="依据", en="based on"),
    "report.document": Sentence(zh="所据文件", en="Document relied on"),
    "report.sources.what": Sentence(zh="项目", en="what"),
    "report.sources.text": Sentence(zh="内容", en="text"),
    "report.sources.facts": Sentence(zh="事实数", en="facts"),
    "report.fault.sharing.centres": Sentence(
        zh="没有这类共享中心", en="No shared centre of this kind"
    ),
    "report.fault.sharing.matrix": Sentence(zh="有义务未落实", en="An obligation is not met"),
    "report.act.sharing.centres": Sentence(
        zh="指定由谁设立，并登记共享中心。",
        en="Name who hosts it, and enter the centre.",
    ),
    "report.act.sharing.matrix": Sentence(
        zh="见义务矩阵，逐项补齐或写明依据。",
        en="See the matrix; fill each in, or state why not.",
    ),
    "report.lost_letters": Sentence(
        zh="没有字体的字写作编码：{letters}。",
        en="Letters that no font here has are written as their codes: {letters}.",
    ),
    "report.groups_shown": Sentence(
        zh="本文件只列前{shown}个集团，共{total}个；全部见 findings.xlsx。",
        en="Here are the first {shown} of {total} group[|s]; all are in findings.xlsx.",
    ),
    "report.annex": Sentence(zh="附件：口径与来源", en="Annex: definitions and sources"),
    "help.accept_endings": Sentence(
        zh="最多接受终止多少行（默认：超过 10 行且超过一成则整体不写）。",
        en=(
            "How many endings to accept at most (default: over ten that are over a tenth withhold "
            "the load)."
        ),
    ),
    "report.same_reason": Sentence(
        zh="另有{count}行同此理由：{reason} 全部见 findings.xlsx。",
        en="{count} more row[|s] [gives|give] this reason: {reason} All are in findings.xlsx.",
    ),
}

FAULTS = (
    Fault(
        "E095",
        zh="没有中文字体，印出来会是空方框（如“{value}”），所以没有写。",
        en=(
            "No Chinese font is installed: the text would come out as empty boxes (“{value}”), so "
            "nothing was written."
        ),
        advice=Sentence(
            zh=(
                "请安装字体。Linux：apt install fonts-noto-cjk（Noto Sans CJK SC）；Windows "
                "应有微软雅黑、宋体（SimSun）或仿宋（FangSong）；也可把字体文件夹写进环境变量 "
                "TYPST_FONT_PATHS。"
            ),
            en=(
                "Install one. Linux: apt install fonts-noto-cjk (Noto Sans CJK SC); Windows has "
                "Microsoft YaHei, SimSun or FangSong; or name a folder of fonts in "
                "TYPST_FONT_PATHS."
            ),
        ),
    ),
)
