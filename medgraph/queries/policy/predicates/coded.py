"""Check how a code is built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel import codes, register
from medgraph.graphmodel.abolished_codes import heirs_in_words
from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.states import NO, UNKNOWN
from medgraph.queries.policy.facts.audited_network import AREA_KIND, words_of
from medgraph.queries.policy.facts.deciding import decided, state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.paths import walk
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import needs_to_belong, not_stated
from medgraph.words.joining import listed
from medgraph.words.say import language, say
from medgraph.words.stated import same_text, stated
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

_SIGNS = re.compile(r"[0-9a-z]")
_WORDS = re.compile(r"[\u3400-\u9fff]")
_SERVED = {"B": {"subdistrict"}, "C": {"town", "township"}}  # what a class of facilities serves


class Checked(NamedTuple):
    """The state of a code, why, and what an open one lacks: another column of its own, or links or
    a column of what it is linked to; else its own text.
    """

    state: int
    why: str
    lacks: str = ""


class Coded(NamedTuple):
    """One code to check: whose it is, its `text`, and what the rule says of it."""

    audited: AuditedNetwork
    part: Part
    node: int
    text: str

    def other(self, attribute: str) -> str | None:
        """Return another attribute of the same node."""
        return stated(self.audited.texts(attribute, np.array([self.node]))[0])

    def other_code(self, attribute: str) -> str | None:
        """Return another code of the same node."""
        return _code_in(self.other(attribute))


def coded(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Check the build of a code: area, county, uscc, organisation, prefix, ws218, class_area,
    institution.
    """
    chosen = elements(audited, part, subjects)
    node = chosen.node
    attribute = part["attribute"]
    check = _CHECKS[part["check"]]
    texts = audited.texts(attribute, node)
    codes_stated = texts if attribute == "id" else map(_code_in, texts)  # an id is there always
    found = [
        Checked(UNKNOWN, not_stated(attribute))
        if code is None
        else check(Coded(audited, part, at, code))
        for at, code in zip(node.tolist(), codes_stated, strict=True)
    ]
    own = audited.datum(node, attribute)
    return of_elements(
        chosen,
        [one.state for one in found],
        len(subjects),
        label=attribute,
        need=[_need(audited, node, one.lacks) or own for one in found],
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=own,
        why=[one.why for one in found],
    )


def _code_in(text: str | None) -> str | None:
    """Return the code that a cell states; a remark (办理中, 预计2025年办理) is none.

    >>> _code_in("A100"), _code_in("办理中"), _code_in("预计2025年办理"), _code_in(None)
    ('A100', None, None, None)
    """
    if not text or _WORDS.search(text):
        return None
    return text if _SIGNS.search(same_text(text)) else None


def _need(audited: AuditedNetwork, node: Positions, lacks: str) -> str:
    """Name what a code lacks as people supply it."""
    if not lacks or "." in lacks:
        return lacks
    return audited.datum(node, lacks)


def _faultless(text: str, fault: str | None) -> Checked:
    if fault:
        return Checked(NO, f"{text} {codes.explain(fault)}")
    return Checked(state_of(True), text)


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
    whole = text.endswith("000000")
    return Checked(state_of(built and (whole or int(text[6:9]) <= 599)), text)


def _county(code: Coded) -> Checked:
    county = code.text[:6]
    known = code.part.get("counties") or register.names([county])
    is_city = county[4:6] == "00"
    listed = county in known or county.ljust(12, "0") in known
    if not listed and (heirs := heirs_in_words(county)):
        return Checked(NO, say("policy_abolished", code=county, heirs=heirs))
    return Checked(state_of(listed or is_city), county)


def _prefix(code: Coded) -> Checked:
    owner = code.other("ownership")
    prefixes = code.part["prefixes"]
    if owner not in prefixes:
        return Checked(UNKNOWN, not_stated("ownership"), "ownership")
    begins = code.text[:2]
    return Checked(state_of(begins in prefixes[owner]), f"{begins} ({owner})")


def _class(code: Coded) -> Checked:
    return Checked(state_of(code.text in codes.WS218), code.text)


def _class_area(code: Coded) -> Checked:
    """For a NO one area of another kind is enough, for a YES the kind of each has to be known."""
    ends = walk(code.audited, np.array([code.node]), [">SERVES"]).end
    kinds = set(code.audited.texts(AREA_KIND, ends))
    known = {kind for kind in kinds if kind in words_of(AREA_KIND)}
    wanted = _SERVED.get(code.text[:1])
    if not kinds or wanted is None:
        why = say("policy_not_stated", what=label("relation", "SERVES", language()))
        return Checked(UNKNOWN, why, "" if kinds else "links.SERVES")
    state = decided(kinds <= wanted, not known <= wanted)
    if state == UNKNOWN:
        return Checked(state, not_stated(AREA_KIND), code.audited.datum(ends, AREA_KIND))
    return Checked(state, f"{code.text}: {listed(sorted(known))}")


_WITHIN_INSTITUTION = {
    "uscc": (slice(8, 17), slice(0, 9)),
    "area": (slice(0, 6), slice(9, 15)),
    "ws218": (slice(0, 4), slice(17, 21)),
}


def _institution(code: Coded) -> Checked:
    """A code of 22 places: the organisation's code, its area and its class are parts of it."""
    text = code.text.replace("-", "")
    others = {name: code.other_code(name) for name in _WITHIN_INSTITUTION}
    for name, (theirs, ours) in _WITHIN_INSTITUTION.items():
        other = others[name]
        if other and other[theirs] != text[ours]:
            shown = f"{code.text} / {attribute_title(name)} {other}"
            return Checked(NO, say("policy_not_so", what=shown))
    built = _faultless(text, codes.institution_code_fault(text))
    lacking = [name for name, other in others.items() if not other]
    if lacking and built.state != NO:
        return Checked(UNKNOWN, not_stated(lacking[0]), lacking[0])
    return built


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
