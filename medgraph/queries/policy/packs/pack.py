"""What a pack holds: rules as data, with their clauses, tests and grades of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError
from medgraph.queries.policy.packs.checks import check
from medgraph.queries.policy.packs.filling import filled
from medgraph.queries.policy.packs.places import Place
from medgraph.queries.policy.predicates.table import record_of
from medgraph.words.attributes import unit_of
from medgraph.words.numerals import read_exact
from medgraph.words.quantities import NUMBER, SHARE, quantity
from medgraph.words.say import pick, say

if TYPE_CHECKING:
    from fractions import Fraction

    from medgraph.queries.policy.packs.duties import Duty
    from medgraph.queries.policy.packs.sentences import Sentence, Texts
    from medgraph.queries.policy.predicates.tested import Part

_LIMITS = ("at_least", "at_most", "more_than", "less_than", "exactly")


@dataclass(frozen=True)
class Rule:
    """One clause as data; `parts` are its tests, all of which must hold.

    Parameters
    ----------
    pack
        The pack it belongs to.
    id
        Its name within the pack: UG-04.
    kind
        `requirement`, or `indicator` where no cut-off is stated.
    text, why, fix
        The clause, why it is asked, and what to do where it fails; each in Chinese and in English.
    clause
        Where in the document it is.
    grade
        The grade of evidence: `seed`, `secondary`, `derived`, `unverified` or `user`.
    severity
        `error`, `warning` or `info`.
    subjects
        Whom it asks: conditions on nodes, or `all`.
    parts
        Its tests, each with a predicate and the parameters of that.
    ask
        What the user has to set, each with its explanation.
    parameters
        What the user may set, with the value it has otherwise.
    due
        The day from which on it can fail.
    note, note_en
        What else there is to say, and the same in English.
    examples
        Small networks on which it passes, fails and says NO_DATA.
    reading, not_asked
        How it reads the sentence that it answers, and what it does not ask; each in Chinese and in
        English.
    sentences
        The sentences of the document that it answers.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.load("urban-2023").rule("UG-04").kind
    'requirement'
    """

    pack: str
    id: str
    kind: str
    text: Texts
    why: Texts
    fix: Texts
    clause: str
    grade: str
    severity: str
    subjects: Any
    parts: tuple[Part, ...]
    ask: Mapping[str, Texts] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    due: str = ""
    note: str = ""
    note_en: str = ""
    examples: Mapping[str, str] = field(default_factory=dict)
    reading: Texts = ("", "")
    not_asked: Texts = ("", "")
    sentences: tuple[Sentence, ...] = ()

    @property
    def statement(self) -> str:
        """The rule in the language of now."""
        return spoken(self.text)

    @property
    def remark(self) -> str:
        """What else there is to say, in the language of now as far as the pack does.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.policy.load("henan-2021").rule("HN-01").remark
        '县的属性 visit_rate。'
        """
        return spoken((self.note, self.note_en or self.note))

    @property
    def answers(self) -> list[str]:
        """The sentences that it answers, how it reads them, what it does not ask: a line each.

        Examples
        --------
        >>> import medgraph as mg
        >>> rule = mg.policy.load("referral-2024").rule("RF-01")
        >>> len(rule.answers) >= len(rule.sentences) > 0
        True
        """
        lines = [
            say("policy_sentence", place=sentence.place, says=spoken(sentence.says))
            for sentence in self.sentences
        ]
        texts = {"policy_reading": self.reading, "policy_not_asked": self.not_asked}
        return lines + [say(key, text=spoken(text)) for key, text in texts.items() if any(text)]

    def answered(self) -> dict[str, Any]:
        """Return the same as plain values, in the language of now.

        Examples
        --------
        >>> import medgraph as mg
        >>> list(mg.policy.load("referral-2024").rule("RF-01").answered())
        ['sentences', 'reading', 'not_asked']
        """
        return {
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "reading": spoken(self.reading),
            "not_asked": spoken(self.not_asked),
        }

    def settled(self, given: Mapping[str, Any]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        """Return the parts with parameters filled in, and which parameters nobody has set.

        Examples
        --------
        >>> import medgraph as mg
        >>> rule = mg.policy.load("henan-2021").rule("HN-02")
        >>> rule.settled({})[1], rule.settled({"tolerance": "0.02"})[1]
        (('tolerance',), ())
        """
        values = {**self.parameters, **given}
        lost = tuple(n for n in self.ask if n not in values or self._is_misread(n, values[n]))
        if lost:
            return self.parts, lost
        return tuple(self._fitted(part, values) for part in self.parts), ()

    def _is_misread(self, name: str, value: Any) -> bool:
        """Is a parameter of a share no share, or a limit of a condition none of its unit?

        A tolerance of 2 may be two points, or 200, and one of 1 lets everything pass that is about
        85%; such a one counts as not set.
        """
        number, used = read_exact(value), f"${name}"
        in_limits = [p for p in self.parts if used in dict(p.get("limits", {})).values()]
        if any(part.get("percent") for part in in_limits):
            share = quantity(str(value), SHARE)
            excludes_none = any(_excludes_none(p["limits"], used, share) for p in in_limits)
            return number is not None and (share is None or excludes_none)
        limited = (name for part in self.parts for name in _limited_by(part, used))
        return any(
            number is None or quantity(str(value), unit_of(name) or NUMBER) is None
            for name in limited
        )

    def _fitted(self, part: Part, values: Mapping[str, Any]) -> Part:
        """Fill parameters in, as what the predicate reads; refuse what does not fit."""
        made = filled(part, values)
        if made == part:
            return part
        place = Place(lambda _path, _value: "", filled=True)
        wrong = [found.message for found in check(record_of(part["predicate"]), made, place)]
        if wrong:
            raise OptionError(say("policy_bad_parameter", rule=self.id, value=" ".join(wrong)))
        return made


@dataclass(frozen=True)
class Pack:
    """One policy document as rules.

    Parameters
    ----------
    id
        Its name: urban-2023.
    title
        Its title in Chinese and in English.
    document, number, issuer, date, source
        The document it is made from, and where that was seen.
    rules
        The clauses.
    digest
        The SHA-256 of its text.
    parameters
        What it sets by rule, where it is a file of parameters.
    fixtures
        Pieces of networks that the examples of its rules share.
    words
        What it calls the attributes that it asks for and no table has, in Chinese and in English.
    units
        What the numbers of such attributes count in: share, count, points, ...
    sentences
        The sentences of the document, each with the rules that answer it, or why none does.
    duties
        What is to be done by when, as the calendar of an audit lists it.
    areas
        The codes of the areas that the document is for; none: for the whole country.
    source_en
        Where the document was seen, in English.

    Examples
    --------
    >>> import medgraph as mg
    >>> pack = mg.policy.load("urban-2023")
    >>> pack.id, len(pack.rules)
    ('urban-2023', 12)
    """

    id: str
    title: Texts
    document: str
    number: str
    issuer: str
    date: str
    source: str
    rules: tuple[Rule, ...]
    digest: str
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fixtures: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Texts] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    duties: tuple[Duty, ...] = ()
    areas: tuple[str, ...] = ()
    source_en: str = ""

    @property
    def seen_in(self) -> str:
        """Where its document was seen, in the language of now as far as the pack says it.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.policy.load("county-2023").seen_in
        '二手转载；全文未见。'
        """
        return spoken((self.source, self.source_en or self.source))

    def rule(self, id: str) -> Rule:
        """Return one rule by its id.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.policy.load("urban-2023").rule("UG-04").clause
        '试点工作方案：成员单位'
        """
        return next(rule for rule in self.rules if rule.id == id)


def _excludes_none(limits: Mapping[str, str], used: str, share: Fraction | None) -> bool:
    """Is a share a tolerance as wide as what it is of, so that nothing is below it?"""
    about = read_exact(limits.get("about"))
    if limits.get("tolerance") != used or share is None or about is None:
        return False
    return share >= about


def _limited_by(value: Any, used: str, name: str = "") -> Iterator[str]:
    """Yield the attributes of conditions that have a parameter as limit, at whatever depth."""
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _limited_by(inner, used, name)
    if not isinstance(value, Mapping):
        return
    if used in [value.get(limit) for limit in _LIMITS]:
        yield name
    for key, branch in value.items():
        if key != "limits":
            yield from _limited_by(branch, used, key)


def spoken(texts: Texts) -> str:
    """Return the one of two texts that is in the language of now."""
    return pick(zh=texts[0], en=texts[1])


def settings(
    packs: list[Pack], given: Mapping[str, Mapping[str, Any]] | None
) -> dict[str, dict[str, Any]]:
    """Return what the user sets per rule, from parameter files among `packs` and from `given`.

    Raise OptionError for a parameter that a rule does not have.
    """
    known: dict[str, set[str]] = {}
    for rule in (rule for pack in packs for rule in pack.rules):
        known.setdefault(rule.id, set()).update(rule.ask, rule.parameters)
    stated = (given or {}).get("parameters", given or {})
    found: dict[str, dict[str, Any]] = {}
    for source in [*(pack.parameters for pack in packs), stated]:
        for id, values in source.items():
            if not isinstance(values, Mapping):
                raise OptionError(say("policy_bad_parameter", rule=id, value=values))
            _refuse_unknown(id, values, known.get(id))
            found.setdefault(id, {}).update(values)
    return found


def _refuse_unknown(rule: str, values: Mapping[str, Any], known: set[str] | None) -> None:
    if known is None:
        return
    for name in values:
        if name not in known:
            what, allowed = f"parameters.{rule}", ", ".join(sorted(known)) or "-"
            raise OptionError(say("not_one_of", what=what, value=name, allowed=allowed))
