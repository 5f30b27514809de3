"""Say what of a file of tables could not be read as it stands: its lines, its signs, its cells."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Fault, Sentence

SENTENCES = {
    "csv_quotes": Sentence(
        zh="{path} 第 {line} 行的引号没有成对包住一格：“{value}”。请改正引号，或另存为 .xlsx。",
        en=(
            "{path}: the quotes in line {line} do not open and close around a cell: “{value}”. "
            "Correct them, or save it as .xlsx."
        ),
    ),
}

FAULTS = (
    Fault(
        "W037",
        zh="是空的，连标题行也没有，什么也没有读入。",
        en="It is empty, without even a header; nothing was read.",
        advice=Sentence(zh="请看导出是否中断。", en="See whether the export broke off."),
    ),
    Fault(
        "W038",
        zh="没有一行数据，读成了空网络。",
        en="No row was read; this is an empty network.",
        advice=Sentence(zh="请看导出是否中断。", en="See whether the export broke off."),
    ),
    Fault(
        "W040",
        zh="这一列没有标题，其中 {count} 格没有读入，第一格是“{value}”。",
        en="The column has no title; {count} cells of it were not read, the first “{value}”.",
        advice=Sentence(zh="请补写列名，或清空这一列。", en="Give it a title, or clear it."),
    ),
    Fault(
        "W039",
        zh="这一行又写了一遍标题，没有当作数据。",
        en="This row repeats the header; it was not read as data.",
        advice=Sentence(zh="可以删去。", en="You may delete it."),
    ),
    Fault(
        "E039",
        zh="这一行是另一种标题（{value}），其下 {count} 行未载入。",
        en="This row is another header ({value}); the {count} rows below it were not loaded.",
        advice=Sentence(
            zh="请把其下各行存成另一个表，或按第一行标题排列各列。",
            en="Save them as a table of their own, or order their columns as the first header has.",
        ),
    ),
    Fault(
        "W071",
        zh="有 {count} 格含看不见的字符（{signs}），已去掉：“{value}”。",
        en="Signs that nobody sees ({signs}) were taken out of {count} in all: “{value}”.",
        advice=Sentence(zh="多是从网页或文件粘贴带来的。", en="They come along with pasted text."),
    ),
    Fault(
        "W076",
        zh="单元格显示的是公式的错误“{value}”（本列共 {count} 格），按未填处理。",
        en="The cell shows the error of a formula, “{value}” ({count} in its column): unknown.",
        advice=Sentence(zh="请改正公式，或填值。", en="Correct the formula, or write the value."),
    ),
    Fault(
        "W078",
        zh="列“{value}”写的是人或联系方式，{count} 格没有读入。",
        en="The column “{value}” names persons or how to reach them; {count} cells were not read.",
        advice=Sentence(zh="可以删去这一列。", en="You may delete the column."),
    ),
    Fault(
        "W077",
        zh="单元格里是公式，文件里没有存它的值，按未填处理（本表共 {value} 格）。",
        en="The file has no value of the formula in this cell ({value} in its sheet): unknown.",
        advice=Sentence(zh="请用 Excel 打开并保存一次。", en="Open the file in Excel and save it."),
    ),
    Fault(
        "E071",
        zh="第 {line} 行有 {cells} 格，标题行有 {titles} 格，未载入：“{value}”。",
        en="Line {line} has {cells} cells, the header {titles}; it was not loaded: “{value}”.",
        advice=Sentence(
            zh="名称中有逗号的单元格请加引号；缺的格子请补上逗号。",
            en="Put quotes around a cell that holds a comma; add the commas that are missing.",
        ),
    ),
    Fault(
        "E072",
        zh="第 {line} 行的引号没有成对包住一格，未载入，下面各行照常读入：“{value}”。",
        en=(
            "The quotes in line {line} do not open and close around a cell; it was not loaded, "
            "the lines below were read as they are: “{value}”."
        ),
        advice=Sentence(
            zh="删去多余的引号，或补上另一半；格内的引号写两个。",
            en="Delete the quote or add its other half; write a quote inside a cell twice.",
        ),
    ),
    Fault(
        "W073",
        zh="第 {line} 行有一格中间带引号，照原样读入：“{value}”。",
        en="A cell of line {line} has a quote inside; it was read with it: “{value}”.",
        advice=Sentence(zh="若是笔误请删去。", en="Delete it if it is a typing error."),
    ),
    Fault(
        "W074",
        zh="每行比标题行多 {value} 个空格子，没有读入。",
        en="Every row has {value} empty cells more than the header; they were not read.",
        advice=Sentence(zh="可以删去行尾的逗号。", en="You may delete the commas at the ends."),
    ),
)
