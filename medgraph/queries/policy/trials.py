"""Try the rules of a pack on their own examples: each must come out as the example is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from medgraph.errors import MedGraphError, SourceError
from medgraph.queries.policy.auditing import audit
from medgraph.queries.policy.examples import example
from medgraph.queries.policy.packs import load, shipped
from medgraph.queries.policy.packs.keys import EXAMPLES
from medgraph.words.say import problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.policy.packs import Pack, Rule

_WANTED = {"pass": "PASS", "fail": "FAIL", "no_data": "NO_DATA", "value": "INFO"}


def try_examples(pack: str | Path | None = None) -> pd.DataFrame:
    """Return what the rules of a pack, or of all shipped ones, say on their own examples.

    Parameters
    ----------
    pack
        The name of a shipped pack, or a file; None: all that ship.

    Returns
    -------
    pack | rule | example | wanted | verdict | outcome (right, differs, missing) | reason.
    Where a pack has `[[sentences]]`, a rule that answers none of them is a row of its own with
    outcome unsourced.

    Raises
    ------
    OptionError
        Where there is no such pack.
    SourceError
        Where the pack is bad, or an example cannot be read.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.policy.try_examples("urban-2023")
    >>> found["outcome"].value_counts().to_dict()
    {'right': 36}
    """
    packs = [load(pack)] if pack else [load(name) for name in shipped()]
    return pd.DataFrame(
        [row for one in packs for rule in one.rules for row in _trials(one, rule)],
        columns=["pack", "rule", "example", "wanted", "verdict", "outcome", "reason"],
    )


def _trials(pack: Pack, rule: Rule) -> Iterator[tuple[str, ...]]:
    if pack.sentences and not rule.sentences:
        yield pack.id, rule.id, "", "", "", "unsourced", ""
    for name in EXAMPLES[rule.kind]:
        about = (pack.id, rule.id, name, _WANTED[name])
        if name not in rule.examples:
            yield (*about, "", "missing", "")
            continue
        found = _tried(pack, rule, name)
        verdict = found.outcome(rule.id).verdict
        right = verdict == _WANTED[name]
        reason = "" if right else "; ".join(dict.fromkeys(found.findings["reason"]))
        yield (*about, verdict, "right" if right else "differs", reason)


def _tried(pack: Pack, rule: Rule, name: str) -> Audit:
    try:
        given = example(pack, rule, name)
        return audit(
            given.network,
            pack,
            select=[rule.id],
            ledger=given.ledger,
            parameters=given.parameters,
        )
    except (ValueError, MedGraphError) as error:
        place = f"{pack.id} {rule.id} examples.{name}"
        found = problem("E097", place=place, value=str(error))
        raise SourceError(str(found), [found]) from error
