"""Collect the nodes and links that a plan states, each with clause, span and confidence.

Confidence: `high`, the sentence states it; `medium`, a rule says it, not the sentence alone; `low`,
the sentence states a count that its list does not hold to.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.graphmodel.origin import Origin
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import say

if TYPE_CHECKING:
    from fractions import Fraction

    from medgraph.loaders.plans.places import Register
    from medgraph.loaders.plans.sentence import Sentence
    from medgraph.loaders.tabular.list_grammar import Count

Row = dict[str, Any]
"""A node or a link, by the names of its fields."""

_PREFIXES = {
    "Facility": "F",
    "Group": "G",
    "Team": "T",
    "Committee": "K",
    "SharedCentre": "S",
    "Department": "D",
    "Platform": "P",
    "Authority": "Z",
}


class DraftNetwork:
    """Nodes and links in the order of the text; a name that appears twice is one node."""

    def __init__(self, register: Register, file: str) -> None:
        self.register = register
        self.file = file
        self.nodes: dict[tuple[str, str], Row] = {}
        self.links: dict[tuple[str, str, str], Row] = {}
        self.counts: list[tuple[str, Count]] = []
        self.unplaced: dict[str, None] = {}
        self.quotas: dict[str, Fraction] = {}
        self.used: set[int] = set()  # where the sentences begin that gave something
        self._leads: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()

    # -- to add --------------------------------------------------------------------------------

    def node(self, kind: str, name: str, sentence: Sentence, **values: Any) -> str:
        """Add a node, where there is none of that kind and name, and return its id."""
        self.used.add(sentence.start)
        row = self.nodes.get((kind, name))
        if row is None:
            row = {"id": self._new_id(kind), "kind": kind, "name": name}
            row |= self._where(sentence) | values
            self.nodes[kind, name] = row
        return str(row["id"])

    def link(
        self, source: str, relation: str, target: str, sentence: Sentence, **values: Any
    ) -> None:
        """Add a link, where there is none such: the rows of a table name their group repeatedly."""
        self.used.add(sentence.start)
        ends = source, relation, target
        if ends in self.links:
            return
        if relation == "LEADS":
            self._leads.setdefault(target, source)
        row = {"source": source, "relation": relation, "target": target}
        self.links[ends] = row | self._where(sentence) | values

    def expand(
        self,
        source: str,
        relation: str,
        target: str,
        sentence: Sentence,
        *,
        rule: str = "",
        more: str = "",
    ) -> None:
        """Add a link that a rule implies and no sentence states; its note names the rule.

        The rule is the form of the sentence unless `rule` names another; `more` goes behind the
        note.
        """
        note = rule_note(rule or sentence.form) + more
        self.link(
            source,
            relation,
            target,
            sentence,
            basis="expanded",
            confidence="medium",
            note=note,
        )

    def count(self, sentence: Sentence, count: Count) -> None:
        """Note a count that a sentence states, beside what was read."""
        self.used.add(sentence.start)
        self.counts.append((sentence.clause, count))

    def _new_id(self, kind: str) -> str:
        prefix = _PREFIXES.get(kind, "N")
        self._numbers[prefix] += 1
        return f"{prefix}{self._numbers[prefix]:02d}"

    def _where(self, sentence: Sentence) -> Row:
        return {
            "clause": sentence.clause,
            "basis": "explicit",
            "confidence": "high",
            "span": sentence.span,
            "origin": str(Origin(self.file, "", sentence.span, "from prose")),
        }

    # -- to ask --------------------------------------------------------------------------------

    def of_kind(self, kind: str) -> list[Row]:
        """The nodes of a kind, in the order of the text."""
        return [row for (known, _), row in self.nodes.items() if known == kind]

    def find(self, kind: str, name: str) -> Row | None:
        """The node of that kind and name."""
        return self.nodes.get((kind, name))

    def groups(self) -> list[Row]:
        """The groups that have members of their own, without alliances."""
        return [row for row in self._named_groups() if row["type"] != "specialty_alliance"]

    def alliances(self) -> list[Row]:
        """The specialty alliances."""
        return [row for row in self._named_groups() if row["type"] == "specialty_alliance"]

    def _named_groups(self) -> list[Row]:
        return [row for row in self.of_kind("Group") if not row.get("is_class")]

    def lead_of(self, group: str) -> str:
        """The id of the facility that leads a group."""
        return self._leads[group]

    def leads(self, facility: str, group: str) -> bool:
        """Tell whether a facility leads a group."""
        return (facility, "LEADS", group) in self.links

    def of_relation(self, relation: str) -> list[Row]:
        """The links of a relation, in the order of the text."""
        return [row for (_, known, _), row in self.links.items() if known == relation]

    def districts_of(self, group: str) -> list[str]:
        """The districts in which members of a group serve areas, in the order of the register."""
        members = {
            link["source"] for link in self.of_relation("MEMBER_OF") if link["target"] == group
        }
        served = {
            self.register.district_of(link["target"])
            for link in self.of_relation("SERVES")
            if link["source"] in members
        }
        return [district for district in self.register.districts if district in served]

    # -- as a network --------------------------------------------------------------------------

    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame | None]:
        """The nodes, with the areas of the register, and the links where there are any."""
        nodes = pd.DataFrame([*self.nodes.values(), *self.register.nodes()])
        return nodes, pd.DataFrame(self.links.values()) if self.links else None

    def declared(self) -> dict[str, str]:
        """What the plan declares complete: member lists whose stated counts all hold."""
        groups = self.groups()
        counted = {clause for clause, _ in self.counts}
        failed = {clause for clause, count in self.counts if not count.holds}
        sound = [row for row in groups if row["clause"] in counted - failed]
        meta: dict[str, str] = {}
        for row in sound:
            meta |= _complete(f"links.MEMBER_OF.{row['id']}", self.file, row["clause"])
        if groups and len(sound) == len(groups):
            clauses = LIST_COMMA.join(row["clause"] for row in groups)
            for table in ("links.MEMBER_OF", "links.SERVES", "links.LEADS"):
                meta |= _complete(table, self.file, clauses)
        return meta | self._register_declared()

    def _register_declared(self) -> dict[str, str]:
        """The register of areas, which is complete, and its edition."""
        if not self.register.rows:
            return {}
        first = self.register.rows[0]
        register, edition = first.get("register") or "", first.get("edition") or ""
        named = {"register": register, "edition": edition}
        return named | _complete("areas", register, edition)


def rule_note(rule: str) -> str:
    """Return the note of a link that a rule made: the rule's name and what it does."""
    return say("plan_rule", rule=rule, why=say(f"plan_rule_{rule}"))


def _complete(table: str, by: str, clause: str) -> dict[str, str]:
    return {
        f"{table}.complete": "complete",
        f"{table}.complete_by": by,
        f"{table}.complete_clause": clause,
    }
