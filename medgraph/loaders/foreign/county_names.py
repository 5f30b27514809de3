"""Tell names that say their county from those that every county has: 县人民医院, 城关镇卫生院."""

from __future__ import annotations

from medgraph.graphmodel.matching import normal
from medgraph.graphmodel.register import county_codes
from medgraph.words.foreign_workbooks import COUNTY, NAMES_IN_EVERY_COUNTY, UNREGISTERED_ENDS
from medgraph.words.lexicon import facility_type
from medgraph.words.vocabularies import PRIMARY_TYPES


def county_begun(name: str) -> str:
    """Return the county or city that a name begins with; empty where it says none.

    >>> county_begun("温岭市第一人民医院"), county_begun("县人民医院")
    ('温岭市', '')
    >>> county_begun("新桥社区卫生服务中心")
    ''
    """
    found = COUNTY.match(normal(name))
    if found is None or NAMES_IN_EVERY_COUNTY.match(found[0]):
        return ""
    begun: str = found[0]
    return begun if begun.endswith(UNREGISTERED_ENDS) or county_codes(begun) else ""


def is_in_every_county(name: str) -> bool:
    """Whether many counties have somebody of that name, who is then not one and the same.

    >>> is_in_every_county("县人民医院"), is_in_every_county("城关镇卫生院")
    (True, True)
    >>> is_in_every_county("恩泽医院")
    False
    """
    if county_begun(name):
        return False
    is_common = NAMES_IN_EVERY_COUNTY.match(normal(name)) is not None
    return is_common or facility_type(name) in PRIMARY_TYPES
