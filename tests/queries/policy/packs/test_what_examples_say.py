"""What a planner reads of every rule's examples, as it was looked at: `said/PACK.txt`.

Where a change of wording or of a number is meant, look at the difference and write the files anew:

    python -m tests.queries.policy.packs.test_what_examples_say
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medgraph.queries.policy import audit, load, shipped
from medgraph.queries.policy.examples import example
from medgraph.words.say import speaking

SAID = Path(__file__).parent / "said"


@pytest.mark.parametrize("name", shipped())
def test_what_examples_say(name):
    """Verdicts, counts, reasons and questions of a pack's examples are those that were looked at."""
    assert said(name) == (SAID / f"{name}.txt").read_text(encoding="utf-8")


def said(name: str) -> str:
    """Return all that the findings of a pack's examples say, a line for each finding, element and need."""
    pack = load(name)
    lines: list[str] = []
    with speaking("zh"):
        for rule in pack.rules:
            for kind in rule.examples:
                given = example(pack, rule, kind)
                found = audit(
                    given.network,
                    pack,
                    select=[rule.id],
                    ledger=given.ledger,
                    parameters=given.parameters,
                )
                lines.append(f"{rule.id} {kind}: {found.outcome(rule.id).verdict}")
                for row in found.to_dict()["findings"]:
                    lines += _of_finding(row)
    return "\n".join(lines) + "\n"


def _of_finding(row: dict[str, Any]) -> Iterator[str]:
    worst, best = (_counted(row[case]) for case in ("worst", "best"))
    counted = f"{row['met']}/{row['total']} {row['unit']} {row['value']}".strip()
    yield f"  {row['subject']} {row['verdict']} {counted}; {worst}; {best}; {row['as_listed']}"
    for key in ("reason", "need", "rests_on", "basis"):
        if row[key]:
            yield f"    {key}: {row[key]}"
    for element in row["evidence"]:
        link = " ".join(str(element[key] or "-") for key in ("source", "relation", "target"))
        yield f"    {element['state']} {element['element']} [{link}] {element['reason']}"
    for need in row["needs"]:
        yield "    ? " + " ".join(f"{key}={value}" for key, value in need.items() if value)


def _counted(case: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in case.items())


if __name__ == "__main__":
    SAID.mkdir(exist_ok=True)
    for pack_name in shipped():
        (SAID / f"{pack_name}.txt").write_text(said(pack_name), encoding="utf-8")
