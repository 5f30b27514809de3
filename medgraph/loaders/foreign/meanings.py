"""Say what a column may mean, and how people call that: a field, a link, or nothing."""

from __future__ import annotations

from medgraph.graphmodel import schema
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.foreign_workbooks import NOT_USED, RELATION_LABEL, RELATION_MEANING
from medgraph.words.languages import choose
from medgraph.words.vocabularies import fold, label, word

# What a column may state beside the fields of a facility and the titles of rosters.
_OTHER_MEANINGS = frozenset({"relation", "skip", ""})
# What has another value in every row.
_OF_ONE_ROW = (
    frozenset(
        {
            "name",
            "lead",
            "members",
            "role",
            "alliance",
            "serves",
            "area",
            "relation",
            "serial",
            "skip",
        }
    )
    | {"posted_from", "posted_to", "run_by", "referred_to", "village", "clinics"}
    | {
        *("centre", "centre_host", "centre_users"),
    }
)
# What only a ledger of postings states.
POSTING_MEANINGS = (
    *("posted_from", "posted_to"),
    *("posting_title", "posting_role", "posting_span", "posting_days", "posting_staff"),
)
# What only a list of shared centres states.
CENTRE_MEANINGS = ("centre", "centre_host", "centre_users", "centre_from")
# What only a table of referral counts states: numbers of patients, and where they are sent.
COUNT_MEANINGS = (
    *("referred_up", "referred_up_inside", "referred_up_outside", "referred_down"),
    *("received_up", "received_down"),
)
# Those whose receiver a column beside them may name.
UP_COUNTS = ("referred_up", "referred_up_inside")
# What only a list of tasks states.
TASK_MEANINGS = (
    *("task", "task_part", "task_department", "task_post", "task_deadline", "task_progress"),
)
# What is no attribute of a facility: it names it, places it, makes links, or counts.
NO_ATTRIBUTES = frozenset(
    {
        "name",
        "group",
        "lead",
        "members",
        "role",
        "alliance",
        "serves",
        "area",
        "county",
        "relation",
        "serial",
        "skip",
        *POSTING_MEANINGS,
        *COUNT_MEANINGS,
        *TASK_MEANINGS,
        *CENTRE_MEANINGS,
        "referred_to",
        "run_by",
        "village",
        "clinics",
        "level_grade",
        "short_name",
        "aliases",
    }
)
# The relations that a column of a matrix may state.
_RELATIONS_OFFERED = (
    "MEMBER_OF",
    "USES_CENTRE",
    "REFERS_UP_TO",
    "REFERS_DOWN_TO",
    "RECOGNISES_RESULTS",
    "TELEMEDICINE",
    "DISPATCHES",
)


def is_meaning(to: str) -> bool:
    """Whether a column may state `to`."""
    is_field = schema.FACILITIES.field(to) is not None
    return is_field or to in _OTHER_MEANINGS or to in ROSTER_TITLES


def may_hold_for_all(to: str) -> bool:
    """Whether one value of a field may hold for every row of a sheet."""
    return is_meaning(to) and to not in _OF_ONE_ROW


def label_of(to: str, relation: str, lang: str) -> str:
    """Return how people call what a column states; an empty text where nobody knows.

    >>> label_of("group", "", "zh"), label_of("relation", "REFERS_UP_TO", "zh")
    ('集团', '关系：上转')
    """
    if not to:
        return ""
    if to == "relation":
        named = label("relation", relation, lang)
        return choose(lang, RELATION_LABEL).format(relation=named)
    if to == "skip":
        return choose(lang, NOT_USED)
    return choose(lang, {"zh": _chinese_title(to), "en": to})


def _chinese_title(to: str) -> str:
    if to in ROSTER_TITLES:
        return ROSTER_TITLES[to][0]
    field = schema.FACILITIES.field(to)
    return field.zh if field else to


def labels_offered(lang: str) -> list[str]:
    """Return what a planner may choose for a column."""
    relations = [label_of("relation", relation, lang) for relation in _RELATIONS_OFFERED]
    return [label_of(to, "", lang) for to in (*ROSTER_TITLES, "skip")] + relations


def labels_for_all(lang: str) -> list[str]:
    """Return what the name of a sheet, or a constant, may state."""
    fields = [to for to in ROSTER_TITLES if may_hold_for_all(to)]
    return [label_of(to, "", lang) for to in (*fields, "skip")]


def meaning_of(text: str) -> tuple[str, str]:
    """Return what a planner's word for a column means, and the relation where it names one.

    >>> meaning_of("集团"), meaning_of("关系：上转"), meaning_of("不用")
    (('group', ''), ('relation', 'REFERS_UP_TO'), ('skip', ''))
    """
    if not text:
        return "", ""
    if named := RELATION_MEANING.fullmatch(text):
        relation = word("relation", named[1])
        return ("relation", relation) if relation else ("", "")
    folded = fold(text)
    if folded in map(fold, NOT_USED.values()):
        return "skip", ""
    return _field_called(folded), ""


def _field_called(folded: str) -> str:
    """The field of a folded word: one whose own name it is comes before one that has it, too."""
    for to, titles in ROSTER_TITLES.items():
        if folded in (fold(to), fold(titles[0])):
            return to
    for to, titles in ROSTER_TITLES.items():
        if folded in map(fold, titles):
            return to
    return schema.headers("facilities").get(folded, "")
