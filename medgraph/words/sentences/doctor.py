"""Say what an installation can do and what it lacks."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help.doctor": Sentence(
        zh="检查安装：版本、编码、内存、字体，缺哪个附加组件、用来做什么。",
        en="Check the installation: versions, encoding, memory, font, and what an extra would add.",
    ),
    "doctor.encoding": Sentence(
        zh="编码：控制台 {console}，文件名 {files}，系统 {locale}",
        en="encoding: console {console}, file names {files}, locale {locale}",
    ),
    "doctor.memory": Sentence(
        zh="内存：可用 {free}，共 {total}", en="memory: {free} free of {total}"
    ),
    "doctor.unknown": Sentence(zh="未知", en="unknown"),
    "doctor.font": Sentence(zh="纸面中文字体：{font}", en="Chinese font on paper: {font}"),
    "doctor.no_font": Sentence(
        zh="没有中文字体，不能写 PDF 和 PNG。请安装 Noto Sans CJK SC。",
        en="no Chinese font, so no PDF and PNG: install Noto Sans CJK SC",
    ),
    "doctor.no_typst": Sentence(
        zh="未查字体：先装附加组件 report。",
        en="fonts were not looked for: that needs the extra report",
    ),
    "doctor.core": Sentence(zh="必需的库：", en="libraries that are always needed:"),
    "doctor.missing": Sentence(zh="缺", en="missing"),
    "doctor.extras": Sentence(zh="附加组件：", en="extras:"),
    "doctor.extra_there": Sentence(
        zh="  {extra}：{purpose}，已装", en="  {extra}: {purpose}; there"
    ),
    "doctor.extra_missing": Sentence(
        zh="  {extra}：{purpose}，缺 {missing}。pip install 'medgraph[{extra}]'",
        en="  {extra}: {purpose}; missing {missing}: pip install 'medgraph[{extra}]'",
    ),
    "doctor.extra.board": Sentence(zh="浏览器里的规划板", en="the planning board in the browser"),
    "doctor.extra.geo": Sentence(zh="地图文件和投影坐标", en="map files and projected coordinates"),
    "doctor.extra.notebook": Sentence(
        zh="笔记本里的图把选中的编号交给 Python",
        en="pictures in a notebook that hand what is selected to Python",
    ),
    "doctor.extra.optimise": Sentence(zh="更快的求解器（propose）", en="a faster solver (propose)"),
    "doctor.extra.prose": Sentence(
        zh="从方案文字起草名册（draft）", en="rosters from the prose of a plan (draft)"
    ),
    "doctor.extra.records": Sentence(
        zh="统计转诊和就诊记录", en="records of referrals and encounters, counted"
    ),
    "doctor.extra.report": Sentence(
        zh="PDF、Word 报告和 PNG 图", en="reports as PDF and Word, pictures as PNG"
    ),
    "doctor.extra.spark": Sentence(
        zh="在 Spark 上统计记录（要 Java 17）", en="records counted on Spark (needs Java 17)"
    ),
}
