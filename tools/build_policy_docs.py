"""Write the list of rules in docs/policy.md from the packs, below the mark."""

from __future__ import annotations

from pathlib import Path

from medgraph.queries.policy import load, shipped
from medgraph.queries.policy.arithmetic import thresholds
from medgraph.words.say import speaking

PAGE = Path(__file__).resolve().parent.parent / "docs" / "policy.md"
MARK = "<!-- rules: written by tools/build_policy_docs.py -->\n"


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
        note = rule.note + "".join(f" **ask {name}**: {text[0]}" for name, text in rule.ask.items())
        lines.append(
            f"| {rule.id} | {rule.text[0]}<br>{rule.text[1]} | {asked} | {tests} | {rule.clause} | "
            f"{rule.grade} | {note.replace('|', '&#124;')} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    PAGE.write_text(head + MARK + "\n" + rules_in_words(), encoding="utf-8")
