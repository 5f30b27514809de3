"""Say what there is to say about the page of an audit."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "audit_page_open_all": Sentence(zh="全部展开／收起", en="Open or close all"),
    "audit_page_subjects": Sentence(
        zh="对象 {subjects} 个，不通过 {failed}，缺数据 {open}",
        en="{subjects} subject[|s], {failed} fail, {open} lack data",
    ),
    "audit_page_findings_left": Sentence(
        zh="显示 {shown} 个对象，另有 {hidden} 个未显示（表格版列全）",
        en="{shown} subject[|s] shown, {hidden} more are not (the workbook holds all)",
    ),
    "audit_page_listed": Sentence(
        zh="报告所列全部发现（{count}项，同号同序）",
        en="All findings of the report ({count}, with its numbers)",
    ),
    "audit_page_not_listed": Sentence(
        zh="本页不列报告的发现（只作了核查，或机构超过 {limit} 家）："
        "medgraph report 所写的表格 findings.xlsx 列出",
        en="The findings of the report are not listed here (only an audit was asked for, or there "
        "are more than {limit} facilities): medgraph report writes them to findings.xlsx",
    ),
    "audit_page_elements_left": Sentence(
        zh="显示 {shown} 项，另有 {hidden} 项未显示：medgraph explain {id}",
        en="{shown} element[|s] shown, {hidden} more are not: medgraph explain {id}",
    ),
    "audit_page_met": Sentence(zh="符合", en="met"),
    "audit_page_not_met": Sentence(zh="不符合", en="not met"),
    "audit_page_open": Sentence(zh="缺数据", en="open"),
    "audit_page_title": Sentence(zh="政策核查", en="Policy audit"),
    "audit_page_head": Sentence(
        zh="{packs}；按 {day}；共 {total} 条规则",
        en="{packs}; as of {day}; {total} rule[|s]",
    ),
    "audit_page_missing": Sentence(
        zh="补充这 {count} 项数据可判定更多规则",
        en="These {count} data would decide further rules",
    ),
}
