"""Say what there is to say about policy: findings, explanations and audits."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "policy_there": Sentence(zh="有", en="there"),
    "policy_not_there": Sentence(zh="没有", en="not there"),
    "policy_nothing": Sentence(zh="未填", en="not stated"),
    "duty.LATER": Sentence(zh="未到期", en="LATER"),
    "duty.DONE": Sentence(zh="已完成", en="DONE"),
    "duty.NO_DATA": Sentence(zh="缺数据", en="NO_DATA"),
    "duty.FAIL": Sentence(zh="未按期", en="FAIL"),
    "policy_so": Sentence(zh="{what} 符合", en="the condition on {what} is met"),
    "policy_abolished": Sentence(
        zh="{code}已撤销，现为{heirs}", en="{code} was abolished; it is {heirs} now"
    ),
    "policy_not_so": Sentence(zh="{what} 不符合", en="the condition on {what} is not met"),
    "policy_not_stated": Sentence(zh="{what} 未填", en="{what} is not stated"),
    "policy_has": Sentence(zh="有{what}", en="has {what}"),
    "policy_lacks": Sentence(zh="缺{what}", en="lacks {what}"),
    "policy_named": Sentence(zh="列入 {what}", en="named in {what}"),
    "policy_not_named": Sentence(zh="未列入 {what}", en="not named in {what}"),
    "policy_stated_listed": Sentence(
        zh="写明 {stated}，列出 {listed}", en="{stated} stated, {listed} listed"
    ),
    "policy_ends": Sentence(zh="查到 {count} 个", en="{count} found"),
    "policy_table_open": Sentence(
        zh="表中没有，而该表未声明完整",
        en="not in the table, which is not declared complete",
    ),
    "policy_unnamed": Sentence(
        zh="只写到一类，没有点名",
        en="only a class is stated, none of it by name",
    ),
    "policy_end_open": Sentence(
        zh="对方尚未启用，或条件未填",
        en="the other end is not open yet, or a condition is not stated",
    ),
    "policy_way": Sentence(zh="有路径", en="there is a way"),
    "policy_no_way": Sentence(zh="没有路径", en="there is no way"),
    "policy_in_group": Sentence(zh="在集团内", en="inside the group"),
    "policy_out_of_group": Sentence(zh="出了集团", en="leaves the group"),
    "policy_circle": Sentence(zh="在环路上", en="stands on a circle"),
    "policy_dead_end": Sentence(zh="到此为止，却不是牵头医院", en="ends here, and this is no lead"),
    "policy_posted": Sentence(zh="有派驻", en="staff are posted"),
    "policy_not_posted": Sentence(
        zh="没有合乎条件的派驻", en="no posting that meets the condition"
    ),
    "policy_counted": Sentence(zh="计入", en="counted"),
    "policy_not_counted": Sentence(zh="不计入", en="not counted"),
    "policy_link_value": Sentence(zh="{what} 之和的一项", en="a part of the sum of {what}"),
    "duties": Sentence(zh="{count} 项限期的事：{verdicts}", en="{count} dated duties: {verdicts}"),
    "duty_late": Sentence(zh="{what}，晚于 {day}", en="{what}, later than {day}"),
    "duty_no_day": Sentence(zh="没有写期限；{what}", en="its day is not stated; {what}"),
    "duty_perhaps": Sentence(
        zh="是否适用不定；{reason}", en="whether it follows is open; {reason}"
    ),
    "duty_when": Sentence(zh="{what}，没有写哪天完成", en="{what}, on which day is not stated"),
    "help.audit_calendar": Sentence(
        zh="列出限期的事：待到期、已完成、缺数据、未按期。",
        en="List the dated duties: due later, done, no data, not done in time.",
    ),
    "policy_faulty": Sentence(
        zh="台账中不是得分、次数或等级的（{count}）：",
        en="what is no score, count or grade in the ledger ({count}):",
    ),
    "policy_left": Sentence(
        zh="以前年度已取消资格，不再排名", en="removed in an earlier year, ranked no more"
    ),
    "policy_card": Sentence(zh="排在末两位：黄牌", en="among the last two: a yellow card"),
    "policy_no_card": Sentence(zh="不在末两位", en="not among the last two"),
    "policy_card_open": Sentence(
        zh="并列、缺分或试验区不全，末两位不能确定",
        en="a tie, a missing score or a zone that is not there: the last two are undecided",
    ),
    "policy_open": Sentence(zh="不定", en="open"),
    "policy_complete": Sentence(zh="须声明完整", en="declared complete"),
    "policy_asks": Sentence(
        zh="阈值要由使用者提供：{need}",
        en="the threshold is asked of the user: {need}",
    ),
    "policy_nobody": Sentence(
        zh="数据中没有这一类对象：{need}", en="the data holds none of these: {need}"
    ),
    "policy_nothing_to_test": Sentence(zh="没有可查的记录：{need}", en="no record to test: {need}"),
    "policy_not_due": Sentence(zh="期限 {day} 未到", en="not due until {day}"),
    "policy_fix": Sentence(zh="补正后重新审核。", en="Correct it and audit again."),
    "policy_supply": Sentence(zh="补充 {need}。", en="Supply {need}."),
    "policy_supply_any": Sentence(zh="补充缺少的数据。", en="Supply the data that is missing."),
    "policy_arithmetic": Sentence(
        zh="{found}；要求 {asked}；最差 {worst}，最好 {best}",
        en="{found}; asked {asked}; worst {worst}, best {best}",
    ),
    "policy_head": Sentence(zh="审核 {packs}，截至 {day}", en="audit {packs} as of {day}"),
    "policy_failed": Sentence(zh="未达标（{count}）：", en="FAIL ({count}):"),
    "policy_no_data": Sentence(zh="缺数据（{count}）：", en="NO_DATA ({count}):"),
    "policy_missing": Sentence(
        zh="补充这 {count} 项数据可判定 {rules} 条规则：",
        en="These {count} data would decide {rules} rule[|s]:",
    ),
    "policy_left_out": Sentence(
        zh="另有 {count} 行未能读入", en="{count} row[|s] could not be loaded"
    ),
    "policy_no_day": Sentence(
        zh="请写 as_of（--as-of），数据也没有写明截止日。",
        en="Give as_of (--as-of): the data states no day of its own.",
    ),
    "policy_unknown_rule": Sentence(zh="没有“{value}”这条规则。", en="There is no rule “{value}”."),
    "policy_unknown_finding": Sentence(
        zh="这次审核没有“{value}”这条结论。",
        en="This audit has no finding “{value}”.",
    ),
    "policy_bad_parameter": Sentence(
        zh="{rule} 的参数不能用：{value}",
        en="A parameter of {rule} cannot be used: {value}",
    ),
    "policy_bad_waiver": Sentence(
        zh="豁免 {rule} / {subject} 不能用：须对应一条结论，并写明理由、批准机关和到期日。",
        en=(
            "The waiver {rule} / {subject} cannot be used: it needs a finding, a reason, an office "
            "and a day."
        ),
    ),
    "policy_waiver_over": Sentence(zh="豁免已于 {day} 到期。", en="The waiver ended on {day}."),
    "policy_waiver_renew": Sentence(
        zh="续批或撤销豁免。", en="Have the waiver renewed, or take it out."
    ),
    "policy_bad_statement": Sentence(
        zh="说明“{value}”不能用：须对应一条结论，处理只能是{allowed}。",
        en=(
            "The statement on “{value}” cannot be used: it needs a finding, and a decision of "
            "{allowed}."
        ),
    ),
    "policy_ledger_columns": Sentence(
        zh="台账缺列：{lost}。", en="The ledger lacks columns: {lost}."
    ),
    "policy_ledger_twice": Sentence(
        zh="台账中 {subject} 的 {item} 填了两个不同的值。",
        en="The ledger states {item} of {subject} twice.",
    ),
    "policy_flip": Sentence(
        zh="若 {element} 由“{was}”变为“{now}”，结论变为 {verdict}。",
        en="If {element} went from “{was}” to “{now}”, the verdict would be {verdict}.",
    ),
    "policy_decided_by": Sentence(
        zh="决定结论的记录：{records}", en="records that decide: {records}"
    ),
    "policy_decided_by_more": Sentence(zh="，另{count}条", en=", and {count} more"),
    "policy_with_cell": Sentence(zh="{element}（{cell}）", en="{element} ({cell})"),
    "policy_flip_none": Sentence(
        zh="没有哪一条记录能单独改变结论。",
        en="No single record changes the verdict.",
    ),
    "policy_one_more": Sentence(
        zh="若再有一条符合的记录，结论变为 {verdict}。",
        en="With one more record that fits, the verdict would be {verdict}.",
    ),
    "severity.error": Sentence(zh="错误", en="error"),
    "severity.warning": Sentence(zh="警告", en="warning"),
    "severity.info": Sentence(zh="提示", en="info"),
    "rule_kind.requirement": Sentence(zh="要求", en="requirement"),
    "rule_kind.indicator": Sentence(zh="指标", en="indicator"),
    "grade.seed": Sentence(zh="原件", en="seed"),
    "grade.secondary": Sentence(zh="转载", en="secondary"),
    "grade.derived": Sentence(zh="推断", en="derived"),
    "grade.unverified": Sentence(zh="未核实", en="unverified"),
    "grade.user": Sentence(zh="自定", en="user"),
    "policy_clause": Sentence(
        zh="条款：{clause}（证据等级 {grade}）",
        en="clause: {clause} (grade of evidence {grade})",
    ),
    "policy_sentence": Sentence(
        zh="回答的原文（{place}）：{says}", en="answers the sentence ({place}): {says}"
    ),
    "policy_reading": Sentence(zh="读法：{text}", en="reading: {text}"),
    "policy_not_asked": Sentence(zh="不问：{text}", en="not asked: {text}"),
    "policy_tested": Sentence(zh="逐项：", en="each element:"),
    "policy_others": Sentence(zh="同一规则的其他对象：", en="the rule's other subjects:"),
    "policy_advice": Sentence(zh="处理：{advice}", en="what to do: {advice}"),
    "policy_asks_user": Sentence(zh="须由使用者设定：{names}", en="asked of the user: {names}"),
    "policy_waived": Sentence(
        zh="已豁免：{reason}（{office}，至 {expires}）",
        en="waived: {reason} ({office}, until {expires})",
    ),
    "policy_stated": Sentence(
        zh="说明：{statement}（{decision}，{office}，{date}）",
        en="statement: {statement} ({decision}, {office}, {date})",
    ),
    "policy_no_record": Sentence(
        zh="这不是审核记录（run.json）。",
        en="This is not the record of an audit (run.json).",
    ),
    "policy_record_lacks": Sentence(
        zh="这份审核记录的“{key}”缺失或不对，不能核对。",
        en="“{key}” of this record is missing or wrong, so nothing can be compared.",
    ),
    "policy_same": Sentence(zh="与当时相同。", en="The same as then."),
    "policy_changed": Sentence(zh="有变化：", en="Changed:"),
    "help.audit": Sentence(
        zh="按政策包逐条核查。", en="Audit against packs of rules, clause by clause."
    ),
    "help.audit_pack": Sentence(
        zh="政策包：名称或 TOML 文件（可多次）。",
        en="A pack: name or TOML file (repeatable).",
    ),
    "help.audit_waivers": Sentence(
        zh="豁免表（CSV：rule,subject,reason,office,expires）。",
        en="Waivers (CSV: rule,subject,reason,office,expires).",
    ),
    "help.audit_statements": Sentence(
        zh="说明表（CSV：finding,statement,decision,office,date）。",
        en="Statements (CSV: finding,statement,decision,office,date).",
    ),
    "help.audit_ledger": Sentence(
        zh="补充数据（CSV：subject,item,value,period,origin）。",
        en="Further data (CSV: subject,item,value,period,origin).",
    ),
    "help.audit_parameters": Sentence(zh="参数文件（TOML）。", en="A file of parameters (TOML)."),
    "help.audit_select": Sentence(
        zh="只查这些规则（可多次）。", en="Only these rules (repeatable)."
    ),
    "help.audit_ignore": Sentence(
        zh="不查这些规则（可多次）。", en="Not these rules (repeatable)."
    ),
    "help.audit_run": Sentence(zh="在此文件夹留下 run.json。", en="Keep run.json in this folder."),
    "help.audit_verify": Sentence(
        zh="与此前的 run.json 比较：相同，或什么变了。",
        en="Compare with an earlier run.json: same, or what changed.",
    ),
    "help.rules": Sentence(zh="列出规则。", en="List rules."),
    "help.rules_check": Sentence(
        zh="用规则自带的例子核对规则包；有不符或缺少时退出码为 1。",
        en="Try the pack on its own examples; exit 1 where one differs or is missing.",
    ),
    "help.rules_schema": Sentence(
        zh="输出规则包的 JSON Schema，供编辑器使用。",
        en="Print the JSON Schema of packs, for editors.",
    ),
    "trial_right": Sentence(zh="相符", en="as it should"),
    "trial_differs": Sentence(zh="应为 {wanted}：{reason}", en="should be {wanted}: {reason}"),
    "trial_missing": Sentence(zh="没有这个例子", en="there is no such example"),
    "trial_unsourced": Sentence(
        zh="没有回答 [[sentences]] 中的任何一句", en="answers none of the [[sentences]]"
    ),
    "trial_sentences": Sentence(
        zh=(
            "原文 {count} 句：规则 {rule}，指标 {indicator}，限期 {duty}，不能判 {not_judged}，"
            "背景 {context}。\n"
        ),
        en=(
            "{count} sentences: rule {rule}, indicator {indicator}, duty {duty}, "
            "not judged {not_judged}, context {context}.\n"
        ),
    ),
    "trials": Sentence(
        zh="{rules} 条规则，{count} 个例子中 {right} 个相符。\n",
        en="{rules} rule[|s]; {right} of {count} examples come out as they should.\n",
    ),
    "help.explain": Sentence(zh="解释一条规则或一项发现。", en="Explain a rule or a finding."),
    "help.explain_source": Sentence(zh="发现所在的数据。", en="The source of the finding."),
    "explain_needs_source": Sentence(
        zh="解释一项发现需要数据：加 --source 名册.xlsx。",
        en="A finding needs its data: add --source roster.xlsx.",
    ),
    "table_without_titles": Sentence(
        zh="第一行没有列名",
        en="its first line names no columns",
    ),
    "table_ragged": Sentence(
        zh="第{line}行有{cells}格，标题只有{titles}格",
        en="line {line} has {cells} cell[|s], the titles {titles}",
    ),
    "table_torn": Sentence(
        zh="第{line}行的引号不成对",
        en="the quotation marks of line {line} are not in pairs",
    ),
    "table_no_records": Sentence(zh="里面不是记录的列表", en="it is no list of records"),
    "parser_stopped": Sentence(zh="内容不合格式", en="it is not of its format"),
    "parser_stopped_in": Sentence(zh="第 {line} 行读不下去", en="line {line} cannot be read"),
    "parser_stopped_at": Sentence(
        zh="第 {line} 行第 {column} 列读不下去", en="line {line}, column {column} cannot be read"
    ),
    "bad_table": Sentence(zh="{path} 读不了：{reason}。", en="{path} cannot be read: {reason}."),
    "policy_original": Sentence(zh="原文 {place}：{text}", en="original {place}: {text}"),
    "policy_or_more": Sentence(zh="至少{count}", en="at least {count}"),
    "policy_name_taken": Sentence(zh="取“{name}”", en="“{name}” is taken for it"),
    "policy_name_unknown": Sentence(
        zh="“{name}”可能就是，名称不认识", en="“{name}” may be it: the name is not known"
    ),
    "policy_day_ahead": Sentence(
        zh="{what}，尚未到期，只是计划", en="{what}: that day has not come, it is a plan"
    ),
    "policy_only_planned": Sentence(zh="只有计划：{what}", en="planned only: {what}"),
    "policy_not_understood": Sentence(
        zh="{what}，读不懂（单位或范围不明）", en="{what} is not understood (unit or range)"
    ),
    "policy_other_period": Sentence(
        zh="分子与分母的统计期不同，或有一方未写明",
        en="numerator and denominator are of different periods, or one states none",
    ),
    "policy_two_numbers": Sentence(
        zh="{what}写了两个数，前后矛盾或是两笔，不能判定",
        en="{what} is stated twice with different numbers: one of them is wrong, or both count",
    ),
    "policy_receiver_open": Sentence(
        zh="接收方是否属于本集团、是否为所要求的类型未注明",
        en="it is not stated whether the receiver is a unit of the group and of the type asked for",
    ),
    "policy_above_whole": Sentence(
        zh="分子大于分母，前后矛盾", en="the part is greater than its whole: a contradiction"
    ),
    "policy_no_region": Sentence(
        zh="不知道在哪个地市：牵头医院未写所在区划",
        en="its region is not known: the lead states no area",
    ),
    "policy_in_region": Sentence(zh="{region} 有 {count} 个", en="{count} in {region}"),
    "policy_list_open": Sentence(
        zh="名单可能未列全：{table}未声明完整",
        en="the list may be longer: {table} is not declared complete",
    ),
    "policy_perhaps_asked": Sentence(
        zh="可能不在要求之内；{reason}", en="it may not be asked at all; {reason}"
    ),
    "policy_if_listed": Sentence(
        zh="（若名单已列全：{verdict}）", en=" (if the lists are whole: {verdict})"
    ),
    "policy_said_twice": Sentence(zh="两处说法不一：{values}", en="stated in two ways: {values}"),
    "policy_too_few": Sentence(zh="{met} 个，要求 {asked}", en="{met}, asked {asked}"),
    "policy_by_plan": Sentence(zh="（按方案所述）", en=" (by what the plan says will be)"),
    "policy_open_subjects": Sentence(
        zh="{table}未声明列全：未列出的不在判定之内（{rules}）",
        en="{table} not declared complete: what is not listed is not judged ({rules})",
    ),
    "policy_contradictions": Sentence(
        zh="前后矛盾，两处都不采用（{count}）：",
        en="stated in two ways, neither counts ({count}):",
    ),
    "policy_unused": Sentence(
        zh="台账中没有规则用到的行（{count}）：",
        en="lines of the ledger that no rule read ({count}):",
    ),
    "policy_group_open": Sentence(
        zh="一方的成员关系未列全", en="the groups of one end are not all listed"
    ),
}
