"""Read what a facility is in its group: a word of its own, a yes, or a bracket behind another."""

from __future__ import annotations

import unicodedata

from medgraph.loaders.foreign.titles import known_title, plain_title
from medgraph.words.foreign_workbooks import LEAD_ROLES, MEMBER_ROLES
from medgraph.words.headings import IN_BRACKETS_LEAD, IN_BRACKETS_MEMBER, WHETHER
from medgraph.words.simplified import readable, without
from medgraph.words.stated import yes_or_no
from medgraph.words.vocabularies import fold

_RELATION_OF_ROLE = {
    **dict.fromkeys(MEMBER_ROLES, "MEMBER_OF"),
    **dict.fromkeys(LEAD_ROLES, "LEADS"),
}


def relation_of_role(text: str, title: str = "") -> str:
    """Return the relation that a role means; of a yes or no, where the `title` is of leads.

    >>> relation_of_role("牵头单位"), relation_of_role("否", "是否牵头"), relation_of_role("否")
    ('LEADS', 'MEMBER_OF', '')
    """
    relation = _RELATION_OF_ROLE.get(fold(text), "")
    if relation or not _asks_who_leads(title):
        return relation
    leads = yes_or_no(text)
    if leads is None:
        return ""
    return "LEADS" if leads else "MEMBER_OF"


def _asks_who_leads(title: str) -> bool:
    asked = plain_title(title)
    return asked.startswith(WHETHER) or known_title(asked) == "lead"


def relation_in_brackets(text: str) -> str:
    """Return the relation that a bracket behind a name or a type means, empty where none does.

    >>> relation_in_brackets("综合医院（牵头）"), relation_in_brackets("甲医院（成员单位）")
    ('LEADS', 'MEMBER_OF')
    """
    said = readable(text)
    if IN_BRACKETS_LEAD.search(said):
        return "LEADS"
    return "MEMBER_OF" if IN_BRACKETS_MEMBER.search(said) else ""


def without_role(text: str) -> str:
    """Return a text without the bracket that states a role.

    >>> without_role("综合医院（牵头）"), without_role("医院（类别不详）")
    ('综合医院', '医院（类别不详）')
    """
    if not relation_in_brackets(text):
        return text
    written = without(IN_BRACKETS_LEAD, unicodedata.normalize("NFKC", text))
    return without(IN_BRACKETS_MEMBER, written).strip()
