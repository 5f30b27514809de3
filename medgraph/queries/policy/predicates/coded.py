"""Check how a code is built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel import codes, register
from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.states import NO, UNKNOWN
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.paths import walk
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import needs_to_belong, not_stated
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import language, say
from medgraph.words.stated import stated
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

Checked = tuple[int, str]  # the state of a code, and why
_SERVED = {"B": {"subdistrict"}, "C": {"town", "township"}}  # what a class of facilities serves


class Coded(NamedTuple):
    """One code to check: whose it is, its `text`, and what the rule says of it."""

    audited: AuditedNetwork
    part: Part
    node: int
    text: str

    def other(self, attribute: str) -> str | None:
        """Return another attribute of the same node."""
        return stated(self.audited.texts(attribute, np.array([self.node]))[0])


def coded(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Check the build of a code: area, county, uscc, organisation, prefix, ws218, class_area,
    institution.
    """
    chosen = elements(audited, part, subjects)
    node = chosen.node
    attribute = part["attribute"]
    check = _CHECKS[part["check"]]
    found = [
        (UNKNOWN, not_stated(attribute)) if text is None else check(Coded(audited, part, at, text))
        for at, text in zip(node.tolist(), audited.texts(attribute, node), strict=True)
    ]
    need = audited.datum(node, attribute)
    return of_elements(
        chosen,
        [state for state, _ in found],
        len(subjects),
        label=attribute,
        need=need,
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=need,
        why=[why for _, why in found],
    )


def _faultless(text: str, fault: str | None) -> Checked:
    if fault:
        return NO, f"{text} {codes.explain(fault)}"
    return state_of(True), text


def _uscc(code: Coded) -> Checked:
    """The organisation within it is checked by a rule of its own."""
    fault = codes.uscc_fault(code.text)
    other = bool(fault) and str(fault).startswith("why_organisation")
    return _faultless(code.text, None if other else fault)


def _organisation(code: Coded) -> Checked:
    return _faultless(code.text, codes.organisation_fault(code.text[8:17]))


def _area(code: Coded) -> Checked:
    text = code.text
    built = bool(re.fullmatch(r"\d{12}", text)) and not codes.area_code_fault(text)
    return state_of(built and (text.endswith("000000") or int(text[6:9]) <= 599)), text


def _county(code: Coded) -> Checked:
    county = code.text[:6]
    known = code.part.get("counties") or register.names([county])
    is_city = county[4:6] == "00"
    return state_of(county in known or county.ljust(12, "0") in known or is_city), county


def _prefix(code: Coded) -> Checked:
    owner = code.other("ownership")
    prefixes = code.part["prefixes"]
    if owner not in prefixes:
        return UNKNOWN, not_stated("ownership")
    begins = code.text[:2]
    return state_of(begins in prefixes[owner]), f"{begins} ({owner})"


def _class(code: Coded) -> Checked:
    return state_of(code.text in codes.WS218), code.text


def _class_area(code: Coded) -> Checked:
    ends = walk(code.audited, np.array([code.node]), [">SERVES"]).end
    kinds = {kind for kind in code.audited.texts("area_kind", ends) if kind}
    wanted = _SERVED.get(code.text[:1])
    if not kinds or wanted is None:
        return UNKNOWN, say("policy_not_stated", what=label("relation", "SERVES", language()))
    return state_of(kinds <= wanted), f"{code.text}: {LIST_COMMA.join(sorted(kinds))}"


_WITHIN_INSTITUTION = {
    "uscc": (slice(8, 17), slice(0, 9)),
    "area": (slice(0, 6), slice(9, 15)),
    "ws218": (slice(0, 4), slice(17, 21)),
}


def _institution(code: Coded) -> Checked:
    """A code of 22 places: the organisation's code, its area and its class are parts of it."""
    text = code.text.replace("-", "")
    others = {name: code.other(name) for name in _WITHIN_INSTITUTION}
    for name, (theirs, ours) in _WITHIN_INSTITUTION.items():
        other = others[name]
        if other and other[theirs] != text[ours]:
            shown = f"{code.text} / {attribute_title(name)} {other}"
            return NO, say("policy_not_so", what=shown)
    state, why = _faultless(text, codes.institution_code_fault(text))
    lacking = [name for name, other in others.items() if not other]
    return (UNKNOWN, not_stated(lacking[0])) if lacking and state != NO else (state, why)


_CHECKS: dict[str, Callable[[Coded], Checked]] = {
    "area": _area,
    "county": _county,
    "uscc": _uscc,
    "organisation": _organisation,
    "prefix": _prefix,
    "ws218": _class,
    "class_area": _class_area,
    "institution": _institution,
}
