"""The verdicts of policy packs on a network, and how they differ from those on another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.queries.policy.auditing import verdicts

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork

_RANK = {"FAIL": 0, "NO_DATA": 1, "PASS": 2, "INFO": 2}


class Finding(NamedTuple):
    """A rule of a pack, and its subject."""

    pack: str
    rule: str
    subject: str


class Changed(NamedTuple):
    """A verdict that differs: before, and after."""

    finding: Finding
    before: str
    after: str

    @property
    def is_worse(self) -> bool:
        """Whether the later verdict is the worse one."""
        return _RANK[self.after] < _RANK[self.before]

    def to_dict(self) -> dict[str, str]:
        """Return it as plain values."""
        return {"subject": "/".join(self.finding), "before": self.before, "after": self.after}


def verdicts_found(
    net: MedicalNetwork, packs: Sequence[Any], day: datetime.date
) -> dict[Finding, str]:
    """Return the verdict of packs on each subject of each rule."""
    if not packs:
        return {}
    rows = verdicts(net, packs, as_of=day)
    keys = map(Finding, rows["pack"], rows["rule"], rows["subject"])
    return dict(zip(keys, rows["verdict"], strict=True))


def verdicts_changed(
    before: Mapping[Finding, str], after: Mapping[Finding, str]
) -> tuple[Changed, ...]:
    """Return which verdicts differ; a subject that only one of both asks has none to compare."""
    both = sorted(before.keys() & after.keys())
    found = (Changed(one, before[one], after[one]) for one in both)
    return tuple(one for one in found if one.before != one.after)
