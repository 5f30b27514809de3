"""Say what a plan changes: numbers, groups and verdicts before and after, consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.queries.comparison.differences import differences_of
from medgraph.queries.comparison.questions import questions
from medgraph.queries.comparison.same_rows import other_rows
from medgraph.queries.comparison.sides import Sides
from medgraph.queries.verbs import BY_NAME
from medgraph.visuals.difference_words import question, subject, value
from medgraph.visuals.headings import state_label
from medgraph.visuals.report.tables import text_of
from medgraph.words.say import language, say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.comparison.asked import Asked
    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.results import Answer

BETTER, WORSE, SAME, UNCLEAR = "better", "worse", "same", "unclear"
# Always shown; of the other questions those whose number a plan changes.
_FIRST = (
    "coverage.served",
    "coverage.gaps",
    "coverage.overlaps",
    "coverage.ungrouped",
    "coverage.multiple",
    "referrals.paths",
    "referrals.broken",
    "sharing.matrix",
    "sharing.unsupported",
    "resilience.critical",
)
_GROUP_COLUMNS = ("areas", "facilities", "population", "isolated", "components")
# What of a finding is shown before and after.
_JUDGED = ["id", "verdict", "met", "total", "value", "worst", "best", "reason"]
_VERDICTS = ("PASS", "FAIL", "NO_DATA", "INFO")
# What a plan says itself is no consequence of it.
_CONSEQUENCES = ("verdict", "served", "obligation", "answer")  # in this order
_SAID_OF = ("what", "field", "before", "after", "target_name")  # all that its sentence tells
_SENTENCES_KEPT = 20_000
_MEMBERS_NAMED = 200  # of one consequence; `compare` lists all


def effects(before: Asked, after: Asked, packs: Sequence[str]) -> dict[str, Any]:
    """Return all that differs between a base and a plan, as plain values.

    Every number is that of the question or pack of the same name, asked of either side.
    """
    with speaking(language()):  # looked up once, not with every sentence
        found = differences_of(Sides(before, after), packs)
        return {
            "numbers": list(_numbers(before, after)),
            "groups": group_rows(before, after),
            "verdicts": _verdicts(before, after, packs),
            "consequences": _consequences(after.net, found.rows),
            "unread": len(found.unread),
        }


# -- numbers ---------------------------------------------------------------------------------------


def first_numbers(before: Asked, after: Asked) -> Iterable[dict[str, Any]]:
    """Yield the numbers that are always shown, before and after."""
    return _numbers_of(before, after, [(name, {}) for name in _FIRST])


def _numbers(before: Asked, after: Asked) -> Iterable[dict[str, Any]]:
    """The number of each question, the first ones whether or not it changes."""
    asked = [(name, options) for name, options in questions() if name not in _FIRST]
    yield from first_numbers(before, after)
    yield from _numbers_of(before, after, asked)


def _numbers_of(
    before: Asked, after: Asked, asked: Iterable[tuple[str, dict[str, Any]]]
) -> Iterable[dict[str, Any]]:
    for name, options in asked:
        one, other = before.ask(name, **options), after.ask(name, **options)
        found = _number(one), _number(other)
        if not found[0] and not found[1]:
            continue
        if name in _FIRST or found[0] != found[1]:
            yield {
                "key": " ".join([name, *options.values()]),
                "label": question(before.net, " ".join([name, *options.values()])),
                "before": found[0],
                "after": found[1],
                "trend": _trend(one, other),
            }


def _number(answer: Answer) -> str:
    """The share of an answer with its bounds, or how much was found; empty where it has neither."""
    is_critical = answer.query == "resilience.critical"
    if BY_NAME[answer.query].findings or is_critical:
        # a facility has a row for each thing that is lost with it
        count = answer.share.met if is_critical and answer.share else len(answer.frame)
        found = say("board.found", count=count)
        unknown = len(answer.unknown)
        return say("board.and_unknown", text=found, count=unknown) if unknown else found
    if answer.share is None:
        return ""
    share = f"{answer.share.met}/{answer.share.total}"
    return say("comma").join(filter(None, [share, answer.bounds_in_words]))


def _trend(one: Answer, other: Answer) -> str:
    """Whether the other answer is better than the one, in its worst and in its best case alike."""
    low, high = _least(one), _most(one)
    lower, higher = _least(other), _most(other)
    if (low, high) == (lower, higher):
        return SAME if one.share == other.share else UNCLEAR
    if lower >= low and higher >= high:
        return BETTER
    if lower <= low and higher <= high:
        return WORSE
    return UNCLEAR


def _least(answer: Answer) -> float:
    """How good an answer is at the least: a share met, or how little was found, as a negative."""
    if answer.share is None or BY_NAME[answer.query].findings:
        return -float(len(answer.frame) + len(answer.unknown))
    whole = answer.share.total + len(answer.unknown)
    met = answer.bounds.met[0] if answer.bounds else answer.share.met
    return met / whole if whole else 0.0


def _most(answer: Answer) -> float:
    if answer.share is None or BY_NAME[answer.query].findings:
        return -float(len(answer.frame))
    whole = answer.share.total + len(answer.unknown)
    most = answer.bounds.met[1] if answer.bounds else None
    met = answer.share.met + len(answer.unknown) if most is None else most
    return met / whole if whole else 0.0


# -- groups ----------------------------------------------------------------------------------------


def group_rows(before: Asked, after: Asked) -> list[dict[str, Any]]:
    """Return what each group holds before and after, how far its people are from the middle."""
    one, other = (_by_group(side.ask("coverage.grid")) for side in (before, after))
    names = {row["group"]: row["name"] for rows in (one, other) for row in rows.values()}
    middle = _middle(one), _middle(other)
    return [
        {
            "group": group,
            "name": name,
            **{
                column: [_plain(one, group, column), _plain(other, group, column)]
                for column in _GROUP_COLUMNS
            },
            "balance": [_balance(one, group, middle[0]), _balance(other, group, middle[1])],
        }
        for group, name in sorted(names.items())
    ]


def _by_group(grid: Answer) -> dict[str, dict[Any, Any]]:
    return {row["group"]: row for row in grid.frame.to_dict("records")}


def _plain(rows: dict[str, dict[Any, Any]], group: str, column: str) -> int | None:
    """A number of a group; None where nothing states it."""
    value = rows.get(group, {}).get(column)
    return None if value is None or value != value else int(value)


def _middle(rows: dict[str, dict[Any, Any]]) -> float | None:
    """The mean of the people of all groups; None where that of one is not known."""
    people = [_plain(rows, group, "population") for group in rows]
    known = [count for count in people if count is not None]
    return sum(known) / len(known) if known and len(known) == len(people) else None


def _balance(rows: dict[str, dict[Any, Any]], group: str, middle: float | None) -> float | None:
    """How far the people of a group are from the mean, as a share of it."""
    people = _plain(rows, group, "population")
    return round(people / middle - 1, 4) if people is not None and middle else None


# -- verdicts --------------------------------------------------------------------------------------


def _verdicts(before: Asked, after: Asked, packs: Sequence[str]) -> dict[str, Any]:
    """How many rules are in which state, and each finding that changes."""
    if not packs:
        return {"counts": [], "changed": []}
    one, other = before.audit(packs), after.audit(packs)
    return {
        "counts": [
            {
                "verdict": verdict,
                "label": state_label(verdict),
                "before": one.counts[verdict],
                "after": other.counts[verdict],
            }
            for verdict in _VERDICTS
        ],
        "changed": _changed(one.findings, other.findings, _statements(other)),
    }


def _statements(found: Audit) -> dict[str, str]:
    """What each rule says, by its pack and id."""
    columns = (found.rules[name].tolist() for name in ("pack", "rule", "statement"))
    return {f"{pack}/{rule}": said for pack, rule, said in zip(*columns, strict=True)}


def _changed(
    one: pd.DataFrame, other: pd.DataFrame, statements: dict[str, str]
) -> list[dict[str, Any]]:
    masks = other_rows(one, other, _JUDGED)
    one, other = one[masks[0]], other[masks[1]]
    earlier, later = _differing(one, other), _differing(other, one)
    return [
        {
            "id": id,
            "name": (later.get(id) or earlier[id])["name"],
            "rule": (later.get(id) or earlier[id])["rule"],
            "statement": statements.get(id.rpartition("/")[0], ""),
            "before": _judged(earlier.get(id)),
            "after": _judged(later.get(id)),
        }
        for id in sorted(earlier.keys() | later.keys())
        if _judged(earlier.get(id)) != _judged(later.get(id))
    ]


def _differing(one: pd.DataFrame, other: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    """The findings of one side, by id, that the other does not have just so."""
    rows, said = (
        [*zip(*(map(str, frame[column].tolist()) for column in _JUDGED), strict=True)]
        for frame in (one, other)
    )
    there = set(said)
    kept = [row not in there for row in rows]
    return {row["id"]: row for row in one[kept].to_dict("records")}


def _judged(row: dict[Any, Any] | None) -> dict[str, str] | None:
    """A verdict with its count, and the best and the worst case where it is open."""
    if row is None:
        return None
    count = f"{text_of(row['met'])}/{text_of(row['total'])}" if text_of(row["total"]) else ""
    return {
        "verdict": row["verdict"],
        "label": state_label(row["verdict"]),
        "count": count or text_of(row["value"]),
        "worst": text_of(row["worst"]),
        "best": text_of(row["best"]),
        "reason": text_of(row["reason"]),
    }


# -- consequences ----------------------------------------------------------------------------------


def _consequences(
    net: MedicalNetwork, differences: Iterable[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """What follows, in sentences: alike ones are one sentence with its members."""
    told: dict[tuple[str, str], list[str]] = {}
    rows = [row for row in differences if row["what"] in _CONSEQUENCES]
    following = [row for row in rows if row["what"] != "verdict" or _is_another_verdict(row)]
    sentences = _sentences_so_far(net)
    for row in sorted(following, key=lambda row: _CONSEQUENCES.index(row["what"])):
        said_of = tuple(row[column] for column in _SAID_OF)
        if said_of not in sentences:
            sentences[said_of] = _sentence(net, row)
        members = told.setdefault((row["what"], sentences[said_of]), [])
        members.append(str(row["name"]))
    return [
        {
            "what": what,
            "sentence": sentence,
            "count": len(members),
            "members": list(dict.fromkeys(members))[:_MEMBERS_NAMED],
        }
        for (what, sentence), members in told.items()
    ]


def _sentences_so_far(net: MedicalNetwork) -> dict[tuple[str, ...], str]:
    """The sentences that were made of networks with these names, by what they tell."""
    sentences: dict[tuple[str, ...], str] = net.kept.once(
        ("consequences", language()), lambda: _no_sentence(net)
    )
    if len(sentences) > _SENTENCES_KEPT:
        sentences.clear()
    return sentences


def _no_sentence(net: MedicalNetwork) -> dict[tuple[str, ...], str]:
    """None yet; they rest on the names of all nodes."""
    net.index.values("name")
    return {}


def _is_another_verdict(row: Mapping[str, str]) -> bool:
    """Whether the verdict itself is another, and not its count alone."""
    before, after = (str(row[side] or "").partition(" ")[0] for side in ("before", "after"))
    return before != after


def _sentence(net: MedicalNetwork, row: Mapping[str, str]) -> str:
    """One consequence: of what, before and after."""
    before, after = (value(net, row, side) or say("board.nothing") for side in ("before", "after"))
    to = say("board.towards", name=row["target_name"]) if row["target_name"] else ""
    return say("board.consequence", about=subject(net, row) + to, before=before, after=after)
