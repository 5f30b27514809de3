"""What DHIS2 calls things, how its ids are made, and what its metadata can hold of a network."""

from __future__ import annotations

import hashlib
import re
import string

from medgraph.loaders.capacity import Capacity

UNITS = "organisationUnits"
GROUPS = "organisationUnitGroups"
GROUP_SETS = "organisationUnitGroupSets"
LEVELS = "organisationUnitLevels"
ATTRIBUTES = "attributes"
SYSTEM = "system"
LISTS = (ATTRIBUTES, UNITS, LEVELS, GROUPS, GROUP_SETS)  # in the order of an import

# Opening days are required, so that this one is often a filler.
NO_DAY = "1970-01-01"

# An attribute of ours carries what DHIS2 has no element for: `medgraph:beds`; one that is free here
# is `medgraph:attr:NAME`, and one that is called like a field of ours `medgraph:free:NAME`.
OWN = "medgraph:"
FREE, LIKE_OURS = f"{OWN}attr:", f"{OWN}free:"
KIND, META, LEAD, SERVES = (f"{OWN}{word}" for word in ("kind", "meta", "lead", "serves"))
FIELD, VALUE = f"{OWN}field", f"{OWN}value"  # of a set of groups, and of each group in it
GROUPS_OF = f"{OWN}groups:"  # the code of a set whose groups are groups of facilities, by type

# What the statements of a network keep of a register that was read, so that it is written back.
KEPT_SETS, KEPT_LEVELS = "dhis2.group_sets", "dhis2.levels"
UID_FIELD, CODE_FIELD, LEVEL_FIELD = "dhis2_uid", "code", "dhis2_level"
LOOSE_GROUPS = "dhis2_groups"  # the names of the groups of a unit that are in no set

# The fields of facilities that become sets of groups, and what such a set is called.
SETS_OF_FIELDS = {
    "type": "Facility Type",
    "ownership": "Facility Ownership",
    "level": "Facility Level",
}

MOST_NAME, MOST_SHORT, MOST_CODE = 230, 50, 50  # characters

CAN_HOLD = Capacity(
    kinds=frozenset({"Area", "Facility", "Group"}),
    relations=frozenset({"PART_OF", "MEMBER_OF", "LEADS", "SERVES"}),
    link_fields=frozenset(),
)

_UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}", re.ASCII)
_LETTERS = string.ascii_letters
_SIGNS = string.ascii_letters + string.digits


def is_uid(text: str) -> bool:
    """Whether a text is built like an id of DHIS2: a letter, then ten letters or digits."""
    return _UID.fullmatch(text) is not None


def uid_of(text: str) -> str:
    """Return the id of DHIS2 that stands for a text: itself, or one that is always the same.

    >>> uid_of("ImspTQPwCqd"), uid_of("331003003000") == uid_of("331003003000")
    ('ImspTQPwCqd', True)
    """
    if is_uid(text):
        return text
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    number, first = divmod(number, len(_LETTERS))
    signs = [_LETTERS[first]]
    for _ in range(10):
        number, place = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[place])
    return "".join(signs)
