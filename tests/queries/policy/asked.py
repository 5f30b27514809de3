"""Ask one rule of a small network that is written in the words of the packs' examples."""

from __future__ import annotations

from medgraph.queries.policy import Audit, audit, load
from medgraph.queries.policy.examples import read_statements


def audit_of(pack: str, rule: str, text: str) -> Audit:
    """Audit one rule of a shipped pack on a network in words."""
    chosen = load(pack)
    given = read_statements(text, chosen.fixtures)
    return audit(
        given.network,
        chosen,
        select=[rule],
        ledger=given.ledger,
        parameters=given.parameters,
    )


def verdicts(pack: str, rule: str, text: str) -> dict[str, str]:
    """Return the verdict of a rule on each of its subjects; the rule's own under `rule`."""
    outcome = audit_of(pack, rule, text).outcome(rule)
    found = dict(zip(outcome.ids, outcome.verdicts.tolist(), strict=True))
    return {**found, "rule": outcome.verdict}
