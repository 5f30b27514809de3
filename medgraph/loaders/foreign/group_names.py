"""Tell the names of groups from other texts, and what such a name says."""

from __future__ import annotations

from medgraph.graphmodel.matching import bare, normal
from medgraph.words import foreign_workbooks as words
from medgraph.words.lexicon import GROUP_ENDS


def group_type(name: str) -> str | None:
    """Return the type that the end of a group's name says beyond doubt.

    >>> group_type("台州市立医院城市医疗集团"), group_type("恩泽集团")
    ('urban_medical_group', None)
    """
    plain = bare(name)
    return next((type for end, type in GROUP_ENDS.items() if plain.endswith(end)), None)


def is_group_name(text: str) -> bool:
    """Whether a text ends like the name of a group, and says nothing about groups instead.

    >>> is_group_name("甲县第一医共体")
    True
    >>> is_group_name("是否参加医共体"), is_group_name("未加入医共体")
    (False, False)
    """
    name = words.REMARK_OF_GROUP.sub("", normal(text))
    is_about = words.IN_NO_GROUP.fullmatch(name) or words.ABOUT_GROUPS.search(name)
    return bare(name).endswith(tuple(GROUP_ENDS)) and not is_about


def seems_to_lead(facility: str, group: str) -> bool:
    """Whether a group is called after a facility, which then probably leads it."""
    return bare(group).startswith(bare(facility))
