"""Write the mapping as the sheet 对照, in the planner's words with drop-downs, and read it back with their edits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.foreign.cell_account import CellAccount
from medgraph.loaders.foreign.cell_values import factor_of
from medgraph.loaders.foreign.mapping import Column, MessyMapping, SheetRule, may_hold_for_all
from medgraph.loaders.tabular.sheets import letter
from medgraph.loaders.workbooks.grid import CHOICES
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.languages import choose
from medgraph.words.say import language, pick, say
from medgraph.words.vocabularies import (
    MAPPING_ITEMS,
    NOT_USED,
    VOCABULARIES,
    fold,
    label,
    word,
)

TITLES = {"zh": "对照", "en": "words"}
_WHOLE = ("file", "confirmed", "area", "complete", "meta")
_HEADS = ("theirs", "ours", "sheet", "at", "item", "why")
_RELATION = re.compile(r"(?:关系|relation)\s*[:：]\s*(.+)", re.IGNORECASE)
# Problems that a line of 对照 settles: what they call somebody, or a word.
_NAMED = frozenset({"E044", "E176"})
_WORDS = frozenset({"E031", "E177"})

Line = tuple[str, str, str, str, str, str]


# -- writing ---------------------------------------------------------------------------------------


def lines_of(mapping: MessyMapping, account: CellAccount, lang: str) -> list[tuple[Line, str]]:
    """Return the lines of 对照, each with the list of words that its second cell offers (empty: none)."""

    def item(key: str) -> str:
        return label("mapping_item", key, lang)

    yes = {True: label("boolean", "yes", lang), False: label("boolean", "no", lang)}
    whole = [
        (item("file"), mapping.source, "", mapping.made, item("file"), say("mapping_why_file")),
        (
            item("confirmed"),
            yes[mapping.confirmed],
            "",
            "",
            item("confirmed"),
            say("mapping_why_confirmed"),
        ),
        (item("area"), "、".join(mapping.area), "", "", item("area"), say("mapping_why_area")),
        (
            item("complete"),
            yes[mapping.complete],
            "",
            "",
            item("complete"),
            say("mapping_why_complete"),
        ),
    ]
    lists = ["", "boolean", "", "boolean"]
    whole += [
        (label("meta", key, lang), value, "", "", item("meta"), "")
        for key, value in mapping.meta.items()
    ]
    lines = list(zip(whole, lists + [""] * (len(whole) - 4), strict=True))
    for rule in mapping.sheets:
        lines += list(_rule_lines(rule, lang))
    lines += [
        ((theirs, ours, "", "", item("word"), ""), "") for theirs, ours in mapping.words.items()
    ]
    lines += [
        ((theirs, ours, "", "", item("name"), ""), "") for theirs, ours in mapping.names.items()
    ]
    return lines + _open_lines(mapping, account, lang)


def _rule_lines(rule: SheetRule, lang: str) -> Iterator[tuple[Line, str]]:
    def line(
        theirs: str, ours: str, at: str, key: str, why: str = "", choices: str = ""
    ) -> tuple[Line, str]:
        return (theirs, ours, rule.name, at, label("mapping_item", key, lang), why), choices

    yield line(
        rule.name,
        label("sheet_kind", rule.kind, lang),
        "",
        "sheet",
        say("mapping_why_candidates", candidates="、".join(rule.candidates))
        if rule.candidates
        else "",
        "sheet_kind",
    )
    rows = "-".join(str(n) for n in dict.fromkeys(rule.header)) if rule.header else ""
    yield line(label("mapping_item", "header", lang), rows, "", "header", say("mapping_why_header"))
    rows = f"{rule.first or ''}-{rule.last or ''}" if rule.first or rule.last else ""
    yield line(label("mapping_item", "rows", lang), rows, "", "rows", say("mapping_why_rows"))
    yield line(
        label("mapping_item", "skip", lang),
        "、".join(map(str, rule.skip)),
        "",
        "skip",
        say("mapping_why_skip"),
    )
    yield line(
        label("mapping_item", "hidden", lang),
        label("hidden", rule.hidden, lang),
        "",
        "hidden",
        "",
        "hidden",
    )
    yield line(
        label("mapping_item", "sheet_name", lang),
        meaning(rule.sheet_name or "skip", "", lang),
        "",
        "sheet_name",
        say("mapping_why_sheet_name"),
        "column",
    )
    for field, value in rule.constants.items():
        yield line(meaning(field, "", lang), value, "", "constant")
    for column in rule.columns:
        why = say("mapping_why_unknown") if not column.to else ""
        theirs = column.title or column.at
        yield line(
            theirs, meaning(column.to, column.relation, lang), column.at, "column", why, "column"
        )
        for key, ours, offered in _details(column, lang):
            yield line(theirs, ours, column.at, key, say(f"mapping_why_{key}"), offered)
        for their, our in column.values.items():
            yield line(their, our, column.at, "word")


def _details(column: Column, lang: str) -> Iterator[tuple[str, str, str]]:
    """What else may be said of a column: item of 对照, what holds now, and the list of words offered."""
    field = schema.FACILITIES.field(column.to)
    type = field.type if field else ""
    if column.fill != "no":
        yield "fill", label("fill", column.fill, lang), "fill"
    if column.date or type == "date":
        last = (column.date or ("last" if column.to == "valid_to" else "first")) == "last"
        yield "date", label("day_left_out", "last" if last else "first", lang), "day_left_out"
    if column.unit or type in ("integer", "number"):
        yield "unit", column.unit, ""
    if not column.list or column.to in ("name", "members"):
        yield "list", label("boolean", "yes" if column.list else "no", lang), "boolean"


def _open_lines(mapping: MessyMapping, account: CellAccount, lang: str) -> list[tuple[Line, str]]:
    """One line for each name and word that nobody knows yet; its second cell is for the planner."""
    lines: list[tuple[Line, str]] = []
    seen: set[tuple[str, str]] = set()
    for found in account.problems:
        key = "name" if found.code in _NAMED else "word" if found.code in _WORDS else ""
        if key and (key, found.value) not in seen:
            seen.add((key, found.value))
            choices = "group_type" if found.code == "E177" else ""
            at = found.place.rpartition("!")
            lines.append(
                (
                    (
                        found.value,
                        "",
                        at[0],
                        at[2],
                        label("mapping_item", key, lang),
                        found.message,
                    ),
                    choices,
                )
            )
    return lines


def meaning(to: str, relation: str, lang: str) -> str:
    """Return how people call what a column states; an empty text where nobody knows.

    >>> meaning("group", "", "zh"), meaning("relation", "REFERS_UP_TO", "zh")
    ('集团', '关系：上转')
    """
    if not to:
        return ""
    if to == "relation":
        named = label("relation", relation, lang)
        return choose(lang, {"zh": f"关系：{named}", "en": f"relation: {named}"})
    if to == "skip":
        return choose(lang, {"zh": NOT_USED[0], "en": NOT_USED[1]})
    return choose(lang, {"zh": _chinese_title(to), "en": to})


def _chinese_title(to: str) -> str:
    """What a field is called in Chinese; one that nobody names by its own name."""
    described = schema.FACILITIES.field(to)
    titles = ROSTER_TITLES.get(to) or ((described.zh,) if described else (to,))
    return titles[0]


def choices(lang: str) -> dict[str, list[str]]:
    """Return the words that the drop-downs offer, by the name of their list."""
    columns = [meaning(to, "", lang) for to in (*ROSTER_TITLES, "skip")]
    columns += [
        meaning("relation", r, lang)
        for r in (
            "MEMBER_OF",
            "USES_CENTRE",
            "REFERS_UP_TO",
            "REFERS_DOWN_TO",
            "RECOGNISES_RESULTS",
            "TELEMEDICINE",
            "DISPATCHES",
        )
    ]
    lists = {
        name: [label(name, w, lang) for w in VOCABULARIES[name]]
        for name in ("boolean", "sheet_kind", "fill", "hidden", "group_type", "day_left_out")
    }
    return {"column": columns, **lists}


def write_sheet(book: Any, mapping: MessyMapping, account: CellAccount) -> None:
    """Add 对照 with its drop-downs to a workbook that is being written, and a hidden sheet of their words."""
    lang = language()
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True})
    text, edit = (
        book.add_format({"num_format": "@"}),
        book.add_format({"num_format": "@", "bg_color": "#FFF7D6"}),
    )
    tab = book.add_worksheet(choose(lang, TITLES))
    tab.freeze_panes(1, 2)
    for column, (head, width) in enumerate(zip(_HEADS, (28, 28, 18, 8, 14, 70), strict=True)):
        tab.write_string(0, column, say(f"mapping_head_{head}"), bold)
        tab.set_column(column, column, width, text)
    where = _lists(book, lang)
    for row, (line, offered) in enumerate(lines_of(mapping, account, lang), 1):
        for column, value in enumerate(line):
            tab.write_string(row, column, value, edit if column == 1 else text)
        if offered:
            tab.data_validation(
                row,
                1,
                row,
                1,
                {"validate": "list", "source": where[offered], "error_type": "warning"},
            )
    if not mapping.confirmed:
        tab.activate()


def _lists(book: Any, lang: str) -> dict[str, str]:
    tab = book.add_worksheet(choose(lang, CHOICES))
    where = {}
    for column, (name, texts) in enumerate(choices(lang).items()):
        for row, text in enumerate(texts):
            tab.write_string(row, column, text)
        at = letter(column)
        where[name] = f"='{choose(lang, CHOICES)}'!${at}$1:${at}${len(texts)}"
    tab.hide()
    return where


# -- reading ---------------------------------------------------------------------------------------


def read_sheet(rows: Sequence[Sequence[str | None]], workbook: str = "") -> MessyMapping | None:
    """Return the mapping that the rows of a sheet 对照 state, None where it is no such sheet.

    Raise SourceError that names the row of a word that nobody knows.
    """
    mapping = MessyMapping()
    rules: dict[str, SheetRule] = {}
    for number, row in enumerate(rows[1:], 2):
        theirs, ours, sheet, at, item = (
            str(text or "").strip() for text in [*row, *[None] * 5][:5]
        )
        key = word("mapping_item", item)
        if (key is None and not item) or (not ours and key in ("word", "name")):
            continue
        try:
            if key is None:
                raise _UnknownError(item, [term.zh for term in MAPPING_ITEMS.values()])
            if key in _WHOLE:
                _whole(mapping, key, theirs, ours, at)
            elif key == "name":
                mapping.names[theirs] = ours
            elif key == "word" and not any(
                c.at == at for c in rules.get(sheet, SheetRule("")).columns
            ):
                mapping.words[theirs] = ours
            else:
                _rule(rules.setdefault(sheet, SheetRule(sheet, kind="skip")), key, theirs, ours, at)
        except _UnknownError as error:
            raise SourceError(
                say(
                    "mapping_sheet_word",
                    workbook=workbook,
                    sheet=pick(**TITLES),
                    row=number,
                    value=error.value,
                    allowed=" / ".join(error.allowed),
                )
            ) from error
    mapping.sheets = list(rules.values())
    return mapping if mapping.source else None


class _UnknownError(ValueError):
    """A word in 对照 that nobody knows, and those that may stand there."""

    def __init__(self, value: str, allowed: Sequence[str]) -> None:
        super().__init__(value)
        self.value, self.allowed = value, allowed


def _one_of(vocabulary: str, text: str) -> str:
    """Return our word; raise _UnknownError."""
    found = word(vocabulary, text)
    if found is None:
        raise _UnknownError(
            text, [label(vocabulary, w, language()) for w in VOCABULARIES[vocabulary]]
        )
    return found


def _numbers(text: str) -> list[int]:
    """Return the numbers of rows in a text; raise _UnknownError where it holds anything else."""
    if re.search(r"[^\d\s、，,;；–—~～-]", text) or "0" in (found := re.findall(r"\d+", text)):
        raise _UnknownError(text, ["3", "3-5", "3、5"])
    return [int(number) for number in found]


def _whole(mapping: MessyMapping, key: str, theirs: str, ours: str, at: str) -> None:
    if key == "file":
        mapping.source, mapping.made = ours, at
    elif key == "area":
        mapping.area = tuple(part for part in re.split(r"[^0-9]+", ours) if part)
    elif key == "meta" and ours:
        mapping.meta[word("meta", theirs) or theirs] = ours
    elif key in ("confirmed", "complete"):
        setattr(mapping, key, bool(ours) and _one_of("boolean", ours) == "yes")


def _rule(rule: SheetRule, key: str, theirs: str, ours: str, at: str) -> None:
    column = next((c for c in rule.columns if c.at == at), None)
    if key == "sheet":
        rule.kind = _one_of("sheet_kind", ours)
    elif key == "header":
        numbers = _numbers(ours)
        rule.header = (numbers[0], numbers[-1]) if numbers else None
    elif key == "rows":
        _numbers(ours)
        first, _, last = re.sub("[–—~～、]", "-", ours).partition("-")
        rule.first, rule.last = (int(n) if n.strip() else None for n in (first, last))
    elif key == "skip":
        rule.skip = _rows_of(ours)
    elif key == "hidden":
        rule.hidden = _one_of("hidden", ours)
    elif key in ("sheet_name", "constant"):
        to = field_of(ours if key == "sheet_name" else theirs)[0]
        if to != "skip" and not may_hold_for_all(to):
            raise _UnknownError(ours if key == "sheet_name" else theirs, _for_all())
        if key == "constant":
            rule.constants[to] = ours
        else:
            rule.sheet_name = "" if to == "skip" else to
    elif key == "column":
        rule.columns.append(_column_of(theirs, ours, at))
    elif column is not None:
        _detail(column, key, theirs, ours)


def _rows_of(text: str) -> tuple[int, ...]:
    """Return the rows that a text lists: 3、7-9."""
    _numbers(text)
    spans = [
        re.findall(r"\d+", part)
        for part in re.split("[、，,;；]", re.sub(r"\s*[–—~～-]\s*", "-", text))
    ]
    return tuple(n for span in spans if span for n in range(int(span[0]), int(span[-1]) + 1))


def _column_of(theirs: str, ours: str, at: str) -> Column:
    to, relation = field_of(ours)
    if ours and not to:
        raise _UnknownError(ours, choices(language())["column"])
    return Column(at, to, title="" if theirs == at else theirs, relation=relation)


def _detail(column: Column, key: str, theirs: str, ours: str) -> None:
    """Set what a line says of a column beside its meaning; a blank leaves what was."""
    if key == "word":
        column.values[theirs] = ours
    elif key == "unit" and ours and not factor_of(ours):
        raise _UnknownError(ours, ["十", "百", "千", "万", "百张"])
    elif key == "unit":
        column.unit = ours
    elif key == "list":
        column.list = not ours or _one_of("boolean", ours) == "yes"
    elif ours and key == "fill":
        column.fill = _one_of("fill", ours)
    elif ours and key == "date":
        column.date = _one_of("day_left_out", ours)


def _for_all() -> list[str]:
    """What the name of a sheet, or a constant, may state."""
    fields = [to for to in ROSTER_TITLES if may_hold_for_all(to)]
    return [meaning(to, "", language()) for to in (*fields, "skip")]


def field_of(text: str) -> tuple[str, str]:
    """Return what a planner's word for a column means, and the relation where it names one.

    >>> field_of("集团"), field_of("关系：上转"), field_of("不用")
    (('group', ''), ('relation', 'REFERS_UP_TO'), ('skip', ''))
    """
    if not text:
        return "", ""
    if found := _RELATION.fullmatch(text):
        relation = word("relation", found[1])
        return ("relation", relation) if relation else ("", "")
    if fold(text) in map(fold, NOT_USED):
        return "skip", ""
    own = next(
        (to for to in ROSTER_TITLES if fold(text) in (fold(to), fold(ROSTER_TITLES[to][0]))), None
    )
    wider = next(
        (to for to, titles in ROSTER_TITLES.items() if fold(text) in map(fold, titles)), None
    )
    return own or wider or schema.headers("facilities").get(fold(text), ""), ""
