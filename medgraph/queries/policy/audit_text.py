"""Write an audit as text: verdicts, what fails, what is open, what would decide most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.headings import attribute, in_words
from medgraph.graphmodel.origin import Origin
from medgraph.queries.results import records
from medgraph.words.console_width import columns_of
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.queries.policy.facts.contradictions import Contradiction

_SHOWN = 40  # so many findings of a verdict are listed
_WIDTH = 8  # columns of a verdict


def in_text(audit: Any) -> str:
    """Return an audit as people read it in a terminal."""
    lines = [*audit.stamps, head(audit), counts_in_words(audit)]
    for rule in audit.rules.itertuples():
        by_plan = say("policy_by_plan") if rule.basis == "expanded" else ""
        lines.append(f"{_verdict(rule.verdict)} {rule.rule:7} {rule.statement}{by_plan}")
    lines += _listed(audit, "FAIL", "policy_failed", "  {id}  {name}  {reason}")
    lines += _listed(audit, "NO_DATA", "policy_no_data", "  {id}  {reason}{if_listed}")
    lines += ["", *audit.remarks] if audit.remarks else []
    return "\n".join([*lines, *_missing(audit)])


def head(audit: Any) -> str:
    """Return the packs and the day of an audit in one line."""
    return say("policy_head", packs=", ".join(audit.pack_ids), day=audit.as_of.isoformat())


def counts_in_words(audit: Any) -> str:
    """Return how many rules came to each verdict, in one line."""
    lang = language()
    counts = [f"{label('verdict', word, lang)} {count}" for word, count in audit.counts.items()]
    return say("bounds.next").join(counts)


def _verdict(word: str) -> str:
    return in_column(label("verdict", word, language()))


def in_column(text: str) -> str:
    """Return a verdict as wide as the widest."""
    return text + " " * (_WIDTH - columns_of(text))


def remarks(audit: Any) -> list[str]:
    """Return what else a reader has to know: open lists, contradictions, lines unread."""
    lines = [
        say("policy_open_subjects", table=in_words(name), rules=", ".join(rules))
        for name, rules in audit.open_lists.items()
    ]
    contradictions, unused = audit.contradictions, audit.unused
    if len(contradictions):
        lines.append(say("policy_contradictions", count=len(contradictions)))
        lines += [f"  {_in_two_ways(found)}" for found in audit.audited.contradictions[:_SHOWN]]
    if len(audit.faulty):
        lines.append(say("policy_faulty", count=len(audit.faulty)))
        said = records(audit.faulty)[:_SHOWN]
        lines += [f"  {row['subject']}: {row['fault']}{_place(row)}" for row in said]
    if len(unused):
        lines.append(say("policy_unused", count=len(unused)))
        said = records(unused)[:_SHOWN]
        lines += [f"  {row['subject']} {row['item']} = {row['value']}{_place(row)}" for row in said]
    return lines


def _in_two_ways(found: Contradiction) -> str:
    """Return what two places say of one thing, each with its cell."""
    pairs = zip(found.values, found.origins, strict=True)
    told = [say("in_brackets", text=text, more=cell) if cell else text for text, cell in pairs]
    return f"{found.subject} {attribute(found.item)}: {' / '.join(told)}"


def _place(row: Mapping[str, Any]) -> str:
    """Return the cell of a line of the ledger, where it is known."""
    place = Origin.parse(row["origin"]).place
    return f" [{place}]" if place else ""


def _listed(audit: Any, verdict: str, heading: str, template: str) -> list[str]:
    """List the findings of a verdict under a head; nothing where there are none."""
    rows = records(audit.findings[audit.findings["verdict"] == verdict])
    if not rows:
        return []
    shown = [{**row, "if_listed": _if_listed(row)} for row in rows[:_SHOWN]]
    return ["", say(heading, count=len(rows)), *(template.format(**row) for row in shown)]


def _if_listed(row: Mapping[str, Any]) -> str:
    """Say what a finding that is open comes to if every table is whole: it may stay open."""
    if row["verdict"] != "NO_DATA":
        return ""
    return say("policy_if_listed", verdict=label("verdict", row["as_listed"], language()))


def _missing(audit: Any) -> list[str]:
    if not len(audit.missing):
        return []
    decided = int(audit.missing["decides"].sum())
    rows = [f"  {audit.in_words(row['data'])}: {row['rules']}" for row in records(audit.missing)]
    return ["", say("policy_missing", count=len(rows), rules=decided), *rows]
