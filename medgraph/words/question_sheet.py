"""The words of a sheet of questions: its headings, in both languages, and how it is read back."""

from __future__ import annotations

from medgraph.words.vocabularies import fold

# What people see, in the order of the columns.
SEEN = {
    "rank": ("序号", "No."),
    "question": ("问题", "Question"),
    "answer": ("答案", "Answer"),
    "by": ("由谁", "By"),
    "date": ("日期", "Date"),
    "allowed": ("可填", "Allowed"),
    "name": ("名称", "Name"),
    "place": ("位置", "Place"),
    "decides": ("累计可判定", "Decides"),
    "rules": ("规则", "Rules"),
}
# What the sheet needs to be read back; hidden.
HIDDEN = {
    "kind": ("问题类别", "Kind"),
    "table": ("表", "Table"),
    "column": ("栏", "Column"),
    "id": ("编号", "Id"),
    "form": ("答案形式", "Form"),
}
HEADINGS = {**SEEN, **HIDDEN}
FILLED_IN = ("answer", "by", "date")
REST = {"zh": "总体", "en": "Overall"}  # what lies in no township and belongs to no group
# The sheet that names all parts that went out together, and marks the one that it lies in.
SENT = {"zh": "同批发出", "en": "Sent together"}
SENT_HEADINGS = {"zh": ("同批发出的各份", "本份"), "en": ("Parts sent together", "This part")}
# What the name of a sheet cannot hold.
NOT_IN_NAMES = r"[\[\]:*?/\\]"
NOT_IN_FILES = r'[\\/:*?"<>|\x00-\x1f]'

_NAME_OF = {fold(text): name for name, texts in HEADINGS.items() for text in texts}


def heading_named(text: str | None) -> str | None:
    """Return the column that a heading means, in either language.

    >>> heading_named("答案"), heading_named("Form"), heading_named("beds")
    ('answer', 'form', None)
    """
    return _NAME_OF.get(fold(text)) if text else None
