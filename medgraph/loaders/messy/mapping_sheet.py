"""Write the mapping as the sheet 对照, in the planner's words with drop-downs, and read it back with their edits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from medgraph.graphmodel import schema
from medgraph.graphmodel.terms import NOT_USED, ROSTER_TITLES, VOCABULARIES, fold, label, word
from medgraph.loaders.messy.account import CellAccount
from medgraph.loaders.messy.grid import CHOICES
from medgraph.loaders.messy.header import unit_of
from medgraph.loaders.messy.mapping import Column, MessyMapping, SheetRule
from medgraph.loaders.sheets import letter
from medgraph.messages import language, say

TITLES = {"zh": "对照", "en": "words"}
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
    whole = [(item("file"), mapping.source, "", mapping.made, item("file"), say("mapping_why_file")),
             (item("confirmed"), yes[mapping.confirmed], "", "", item("confirmed"), say("mapping_why_confirmed")),
             (item("area"), "、".join(mapping.area), "", "", item("area"), say("mapping_why_area")),
             (item("complete"), yes[mapping.complete], "", "", item("complete"), say("mapping_why_complete"))]
    lists = ["", "boolean", "", "boolean"]
    whole += [(label("meta", key, lang), value, "", "", item("meta"), "") for key, value in mapping.meta.items()]
    lines = list(zip(whole, lists + [""] * (len(whole) - 4), strict=True))
    for rule in mapping.sheets:
        lines += list(_rule_lines(rule, lang))
    lines += [((theirs, ours, "", "", item("word"), ""), "") for theirs, ours in mapping.words.items()]
    lines += [((theirs, ours, "", "", item("name"), ""), "") for theirs, ours in mapping.names.items()]
    return lines + _open_lines(mapping, account, lang)


def _rule_lines(rule: SheetRule, lang: str) -> Iterator[tuple[Line, str]]:
    def line(theirs: str, ours: str, at: str, key: str, why: str = "", choices: str = "") -> tuple[Line, str]:
        return (theirs, ours, rule.name, at, label("mapping_item", key, lang), why), choices

    yield line(rule.name, label("sheet_kind", rule.kind, lang), "", "sheet",
               say("mapping_why_candidates", candidates="、".join(rule.candidates)) if rule.candidates else "",
               "sheet_kind")
    rows = "-".join(str(n) for n in dict.fromkeys(rule.header)) if rule.header else ""
    yield line(label("mapping_item", "header", lang), rows, "", "header", say("mapping_why_header"))
    if rule.first or rule.last:
        yield line(label("mapping_item", "rows", lang), f"{rule.first or ''}-{rule.last or ''}", "", "rows")
    if rule.skip:
        yield line(label("mapping_item", "skip", lang), "、".join(map(str, rule.skip)), "", "skip")
    yield line(label("mapping_item", "hidden", lang), label("hidden", rule.hidden, lang), "", "hidden", "", "hidden")
    yield line(label("mapping_item", "sheet_name", lang), meaning(rule.sheet_name or "skip", "", lang), "",
               "sheet_name", say("mapping_why_sheet_name"), "column")
    for field, value in rule.constants.items():
        yield line(meaning(field, "", lang), value, "", "constant")
    for column in rule.columns:
        why = say("mapping_why_unknown") if not column.to else ""
        theirs = column.title or column.at
        yield line(theirs, meaning(column.to, column.relation, lang), column.at, "column", why, "column")
        if column.fill != "no":
            yield line(theirs, label("fill", column.fill, lang), column.at, "fill", say("mapping_why_fill"), "fill")
        if column.date:
            yield line(theirs, column.date, column.at, "date")
        for their, our in column.values.items():
            yield line(their, our, column.at, "word")


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
            lines.append(((found.value, "", at[0], at[2], label("mapping_item", key, lang), found.message), choices))
    return lines


def meaning(to: str, relation: str, lang: str) -> str:
    """Return how people call what a column states; an empty text where nobody knows.

    >>> meaning("group", "", "zh"), meaning("relation", "REFERS_UP_TO", "zh")
    ('集团', '关系：上转')
    """
    if not to:
        return ""
    if to == "relation":
        return f"{'关系：' if lang == 'zh' else 'relation: '}{label('relation', relation, lang)}"
    if to == "skip":
        return NOT_USED[lang == "en"]
    if lang == "en":
        return to
    described = schema.FACILITIES.field(to)
    return ROSTER_TITLES[to][0] if to in ROSTER_TITLES else described.zh if described else to


def choices(lang: str) -> dict[str, list[str]]:
    """Return the words that the drop-downs offer, by the name of their list."""
    columns = [meaning(to, "", lang) for to in (*ROSTER_TITLES, "skip")]
    columns += [meaning("relation", r, lang) for r in ("MEMBER_OF", "USES_CENTRE", "REFERS_UP_TO", "REFERS_DOWN_TO",
                                                       "RECOGNISES_RESULTS", "TELEMEDICINE", "DISPATCHES")]
    lists = {name: [label(name, w, lang) for w in VOCABULARIES[name]]
             for name in ("boolean", "sheet_kind", "fill", "hidden", "group_type")}
    return {"column": columns, **lists}


def write_sheet(book: Any, mapping: MessyMapping, account: CellAccount) -> None:
    """Add 对照 with its drop-downs to a workbook that is being written, and a hidden sheet of their words."""
    lang = language()
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True})
    text, edit = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bg_color": "#FFF7D6"})
    tab = book.add_worksheet(TITLES[lang])
    tab.freeze_panes(1, 2)
    for column, (head, width) in enumerate(zip(_HEADS, (28, 28, 18, 8, 14, 70), strict=True)):
        tab.write_string(0, column, say(f"mapping_head_{head}"), bold)
        tab.set_column(column, column, width, text)
    where = _lists(book, lang)
    for row, (line, offered) in enumerate(lines_of(mapping, account, lang), 1):
        for column, value in enumerate(line):
            tab.write_string(row, column, value, edit if column == 1 else text)
        if offered:
            tab.data_validation(row, 1, row, 1, {"validate": "list", "source": where[offered],
                                                 "error_type": "warning"})
    if not mapping.confirmed:
        tab.activate()


def _lists(book: Any, lang: str) -> dict[str, str]:
    tab = book.add_worksheet(CHOICES[lang])
    where = {}
    for column, (name, texts) in enumerate(choices(lang).items()):
        for row, text in enumerate(texts):
            tab.write_string(row, column, text)
        at = letter(column)
        where[name] = f"='{CHOICES[lang]}'!${at}$1:${at}${len(texts)}"
    tab.hide()
    return where


# -- reading ---------------------------------------------------------------------------------------


def read_sheet(rows: Sequence[Sequence[str | None]]) -> MessyMapping | None:
    """Return the mapping that the rows of a sheet 对照 state, None where it is no such sheet."""
    mapping = MessyMapping()
    rules: dict[str, SheetRule] = {}
    for row in rows[1:]:
        theirs, ours, sheet, at, item = (str(text or "").strip() for text in [*row, *[None] * 5][:5])
        key = word("mapping_item", item)
        if key is None or (not ours and key in ("word", "name")):
            continue
        if key in ("file", "confirmed", "area", "complete", "meta"):
            _whole(mapping, key, theirs, ours)
            mapping.made = at if key == "file" else mapping.made
        elif key == "word" and not (sheet and re.fullmatch("[A-Z]{1,3}", at)):
            mapping.words[theirs] = ours
        elif key == "name":
            mapping.names[theirs] = ours
        else:
            _rule(rules.setdefault(sheet, SheetRule(sheet, kind="skip")), key, theirs, ours, at)
    mapping.sheets = list(rules.values())
    return mapping if mapping.source else None


def _whole(mapping: MessyMapping, key: str, theirs: str, ours: str) -> None:
    if key == "file":
        mapping.source = ours
    elif key == "area":
        mapping.area = tuple(part for part in re.split(r"[^0-9]+", ours) if part)
    elif key == "meta" and ours:
        mapping.meta[word("meta", theirs) or theirs] = ours
    elif key in ("confirmed", "complete"):
        setattr(mapping, key, word("boolean", ours) == "yes")


def _rule(rule: SheetRule, key: str, theirs: str, ours: str, at: str) -> None:
    column = next((c for c in rule.columns if c.at == at), None)
    numbers = [int(n) for n in re.findall(r"\d+", ours)]
    if key == "sheet":
        rule.kind = word("sheet_kind", ours) or "skip"
    elif key == "header":
        rule.header = (numbers[0], numbers[-1]) if numbers else None
    elif key == "rows":
        first, _, last = ours.partition("-")
        rule.first, rule.last = (int(n) if n.strip().isdigit() else None for n in (first, last))
    elif key == "skip":
        rule.skip = tuple(numbers)
    elif key == "hidden":
        rule.hidden = word("hidden", ours) or "read"
    elif key == "sheet_name":
        to = field_of(ours)[0]
        rule.sheet_name = "" if to == "skip" else to
    elif key == "constant":
        rule.constants[field_of(theirs)[0]] = ours
    elif key == "column":
        to, relation = field_of(ours)
        rule.columns.append(Column(at, to, title="" if theirs == at else theirs, relation=relation,
                                   unit=unit_of(theirs)))
    elif column is not None and key == "fill":
        column.fill = word("fill", ours) or "ask"
    elif column is not None and key == "date":
        column.date = ours
    elif column is not None and key == "word":
        column.values[theirs] = ours


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
    own = next((to for to in ROSTER_TITLES if fold(text) in (fold(to), fold(ROSTER_TITLES[to][0]))), None)
    wider = next((to for to, titles in ROSTER_TITLES.items() if fold(text) in map(fold, titles)), None)
    return own or wider or schema.headers("facilities").get(fold(text), ""), ""
