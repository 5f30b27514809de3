"""Write into docs/policy.md what each predicate reads, from its table, and the rules, from the packs."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from medgraph.graphmodel import schema
from medgraph.queries.policy import Pack, load, shipped
from medgraph.queries.policy.arithmetic import thresholds
from medgraph.queries.policy.facts.value_sets import SETS
from medgraph.queries.policy.packs.keys import DUTY, RULE, SENTENCE
from medgraph.queries.policy.packs.kind_words import in_words, meaning
from medgraph.queries.policy.predicates.parameters import (
    AMOUNT,
    COUNTED,
    ELEMENTS,
    LIMITS,
    AnyOf,
    Apart,
)
from medgraph.queries.policy.predicates.table import PREDICATES, SHARED
from medgraph.words.relations import RELATIONS
from medgraph.words.say import say, speaking
from medgraph.words.vocabularies import VOCABULARIES

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, EXAMPLES = DOCS / "policy.md", DOCS / "policy-predicates.toml"
PREDICATES_MARK = "<!-- predicates: written by tools/build_policy_docs.py -->\n"
PREDICATES_END = "<!-- end of predicates -->\n"
MARK = "<!-- rules: written by tools/build_policy_docs.py -->\n"
_WORDS = (
    "facility_type",
    "group_type",
    "centre_type",
    "team_type",
    "area_kind",
    "area_level",
    "level",
    "admin_level",
    "ownership",
    "specialty",
    "title",
    "role",
    "recipient",
)


# -- predicates ------------------------------------------------------------------------------------


def predicates_in_words() -> str:
    """Return what rules and each predicate may say as Markdown, with an example of each."""
    examples = _examples()
    shared = {**SHARED, **ELEMENTS, **COUNTED}
    amounts = {
        key: replace(one, needed=False)
        for form in AMOUNT.forms.values()
        for key, one in form.keys.items()
        if key not in ELEMENTS
    }
    lines = [
        "## What a rule may say",
        "",
        *_table(RULE.keys, ""),
        "A sentence of the document, under `[[sentences]]`:",
        "",
        *_table(SENTENCE.keys, "sentence"),
        "A dated duty, under `[[duties]]`:",
        "",
        *_table(DUTY.keys, "duty"),
        "Every part of a rule (`of`, `where`, `classes` and the counts only where listed below):",
        "",
        *_table(shared, ""),
        "`limits` hold these, and an amount (`numerator`, `denominator`) one of " + _forms() + ":",
        "",
        *_table({**LIMITS.keys, **amounts}, ""),
        "## Predicates",
        "",
        *(line for form in sorted(PREDICATES) for line in _predicate(form, examples[form])),
        "## Words",
        "",
        *_words(),
    ]
    return "\n".join(lines)


def _forms() -> str:
    return ", ".join(f"`{{ {', '.join(form.keys)} }}`" for form in AMOUNT.forms.values())


def _predicate(form: str, example: str) -> list[str]:
    predicate = PREDICATES[form]
    common = {**ELEMENTS, **COUNTED}
    own = {name: key for name, key in predicate.parameters.items() if common.get(name) != key}
    also = [f"`{name}`" for name in predicate.parameters if name not in own]
    lines = [f"### {form}", "", _both("form_" + form) + ".", ""]
    if own:
        lines += _table(own, form)
    conditions = map(_condition, predicate.record.conditions)
    remarks = [f"Also {', '.join(also)}." if also else "", _about(form), *conditions]
    lines += [" ".join(filter(None, remarks)), ""]
    return [*lines, "```toml", example, "```", ""]


def _about(form: str) -> str:
    predicate = PREDICATES[form]
    told = {"whole": '`subjects = "all"`.', "nodes": "Asks each subject, so `subjects` are stated."}
    if predicate.about.stating:
        told = {"nodes": f"With `{predicate.about.stating}`, `subjects` are stated."}
    decided = ", ".join(f"`{key}`" for key in predicate.decided_by)
    found = [
        told.get(predicate.about.whom, ""),
        f"A requirement states {decided}." if decided else "",
    ]
    return " ".join(filter(None, found)).replace(", `exactly`.", " or `exactly`.")


def _condition(condition: object) -> str:
    """Say what holds between keys, where that is more than plain sense."""
    if isinstance(condition, AnyOf):
        return f"States {' or '.join(f'`{key}`' for key in condition.keys)}."
    if isinstance(condition, Apart):
        return f"Only one of {', '.join(f'`{key}`' for key in condition.keys)}."
    return ""


def _table(keys: dict, form: str) -> list[str]:
    lines = ["| | | default | |", "|---|---|---|---|"]
    for name, key in keys.items():
        with speaking("en"):
            kind = in_words(key.kind).replace("|", "\\|")
        default = "" if key.default is None else f"`{_as_toml(key.default)}`"
        only = " = ".join(filter(None, key.only or ()))
        default = "needed" if key.needed else default
        default += f" (with {only})" if only else ""
        with speaking("zh"):
            zh = meaning(name, form)
        with speaking("en"):
            en = meaning(name, form)
        lines.append(f"| `{name}` | {kind} | {default.strip()} | {zh} / {en} |")
    return [*lines, ""]


def _as_toml(value: object) -> str:
    """Write a default as a pack would: true, FAIL, 1."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _both(key: str) -> str:
    texts = []
    for lang in ("zh", "en"):
        with speaking(lang):
            texts.append(say(key))
    return " / ".join(texts)


def _examples() -> dict[str, str]:
    """Return of each rule of the examples what comes after its head."""
    found = {}
    for block in EXAMPLES.read_text(encoding="utf-8").split("[[rules]]\n")[1:]:
        id_ = tomllib.loads(block)["id"]
        head, _, rest = block.partition('grade = "user"\n')
        text = tomllib.loads(head)["text"][0]
        found[id_] = f"# {text}\n{rest.strip()}"
    return found


def _words() -> list[str]:
    lines = [
        "Kinds of nodes, with their columns; any other column is an attribute of your own.",
        "",
    ]
    for table in schema.NODE_TABLES:
        names = [field.name for field in table.fields if field.name not in _UNASKED]
        lines.append(f"- `{table.kind}` {table.sheet}: {', '.join(f'`{name}`' for name in names)}")
    lines.append("- `Record`: a line of the ledger whose subject is no node")
    lines += ["", "Relations, from whom to whom, with the columns of links.", ""]
    for relation in RELATIONS:
        ends = f"{'/'.join(relation.sources)} → {'/'.join(relation.targets)}"
        lines.append(f"- `{relation.word}` {relation.zh}: {ends}")
    names = [field.name for field in schema.LINKS.fields if field.name not in _UNASKED]
    lines += [f"- columns: {', '.join(f'`{name}`' for name in names)}", ""]
    lines += ["Values, and sets of them that conditions may name.", ""]
    for name in _WORDS:
        terms = ", ".join(f"`{term.word}` {term.zh}" for term in VOCABULARIES[name].values())
        lines.append(f"- {name}: {terms}")
    for name, held in SETS.items():
        lines.append(f"- `{name}`: {', '.join(f'`{word}`' for word in sorted(held))}")
    return [*lines, ""]


_UNASKED = frozenset(
    [
        "short_name",
        "aliases",
        "name_en",
        "crs",
        "lon",
        "lat",
        "tile_x",
        "tile_y",
        "basis",
        "document",
        "clause",
        "origin",
        "span",
        "confidence",
        "note",
        "register",
        "edition",
        "source",
        "relation",
        "target",
    ]
)


# -- rules -----------------------------------------------------------------------------------------


def rules_in_words() -> str:
    """Return every pack with its rules as Markdown."""
    with speaking("zh"):
        return "\n".join(_pack(name) for name in shipped())


def _pack(name: str) -> str:
    pack = load(name)
    stated = "，".join(
        text for text in (pack.document, pack.number, pack.issuer, pack.date) if text
    )
    lines = [
        f"## {pack.id}: {pack.title[0]} / {pack.title[1]}",
        "",
        f"{stated}。来源：{pack.source}",
        "",
        "| rule | 要求 | asked | predicate | clause | grade | 说明 |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in pack.rules:
        asked = thresholds(rule) if rule.kind == "requirement" else "INFO"
        asked += f"; by {rule.due}" if rule.due else ""
        tests = ", ".join(dict.fromkeys(part["predicate"] for part in rule.parts))
        with speaking("zh"):
            read = replace(rule, sentences=()).answers
        note = "<br>".join(filter(None, [rule.note, *read]))
        note += "".join(f" **ask {name}**: {text[0]}" for name, text in rule.ask.items())
        lines.append(
            f"| {rule.id} | {rule.text[0]}<br>{rule.text[1]} | {asked} | {tests} | {rule.clause} | "
            f"{rule.grade} | {note.replace('|', '&#124;')} |"
        )
    return "\n".join([*lines, "", *_sentences(pack), *_duties(pack)])


_KINDS = {
    "rule": "规则",
    "indicator": "指标",
    "not_judged": "不能判",
    "context": "背景",
    "duty": "限期",
}


def _sentences(pack: Pack) -> list[str]:
    """Return which rule answers which sentence of the document, or why none does."""
    if not pack.sentences:
        return []
    lines = ["| 条款 | 原文（本项目的话） | rule | 怎样处理 |", "|---|---|---|---|"]
    for each in pack.sentences:
        because = "<br>".join(filter(None, each.because))
        kind = "：".join(filter(None, [_KINDS[each.kind], because]))
        says = "<br>".join(each.says)
        cells = (each.place, says, ", ".join((*each.rules, *each.duties)), kind)
        lines.append("| " + " | ".join(cell.replace("|", "&#124;") for cell in cells) + " |")
    return [*lines, ""]


def _duties(pack: Pack) -> list[str]:
    """Return what is to be done by whom and by when."""
    if not pack.duties:
        return []
    lines = ["| 期限 | 要做什么 | 由谁 | 条款 | grade | 怎样算完成 |", "|---|---|---|---|---|---|"]
    for each in pack.duties:
        every = "每年 " if each.each_year else ""
        day = (
            f"{every}{each.on[5:] if each.each_year else each.on}" if each.on else each.on_attribute
        )
        done = f"{each.done} ≥{each.at_least}" if each.at_least else each.done
        cause = "；".join([*each.when, *filter(None, [each.follows])])
        text = "<br>".join([f"{each.id} {each.text[0]}", each.text[1]])
        shown = f"{done}{f'（{cause}）' if cause else ''}{f'<br>{each.note}' if each.note else ''}"
        cells = (day, text, "<br>".join(each.who), each.clause, each.grade, shown)
        lines.append("| " + " | ".join(cell.replace("|", "&#124;") for cell in cells) + " |")
    return [*lines, ""]


if __name__ == "__main__":
    before, rest = PAGE.read_text(encoding="utf-8").split(PREDICATES_MARK)
    between = rest.split(PREDICATES_END)[1].split(MARK)[0]
    parts = [before, PREDICATES_MARK, "\n", predicates_in_words(), "\n", PREDICATES_END, between]
    PAGE.write_text("".join([*parts, MARK, "\n", rules_in_words()]), encoding="utf-8")
