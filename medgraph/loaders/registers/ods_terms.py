"""What the roles, relations and days of NHS ODS mean here, and one organisation as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from medgraph.loaders.capacity import Capacity

# Primary roles: territories, which are bodies too; networks of practices; all others are places.
AREA_ROLES = {
    "RO209": "region",
    "RO210": "region",
    "RO261": "integrated care board",
    "RO98": "commissioning group",
}
NETWORK_ROLE, PRACTICE_ROLE = "RO272", "RO76"
NETWORK_TYPE, PRACTICE_TYPE = "provider_network", "outpatient_clinic"

# Relations of one organisation to another, as our relation between the two.
PART, ADMINISTERED, MEMBER = "PART_OF", "ADMINISTERED_BY", "MEMBER_OF"
RELATIONS = {
    "RE2": PART,  # is a subdivision of
    "RE3": ADMINISTERED,  # is directed by
    "RE4": ADMINISTERED,  # is commissioned by
    "RE5": PART,  # is located in the geography of
    "RE6": PART,  # is operated by
    "RE8": MEMBER,  # is partner to
}
GEOGRAPHY = "RE5"
OPERATED = "RE6"

AUTHORITY = "{code}@authority"  # the body of a territory, beside the territory

# Nobody writes ODS, so that its files hold nothing of ours.
CAN_HOLD = Capacity(frozenset(), frozenset(), frozenset(), frozenset(), meta=False)


@dataclass(frozen=True)
class Relation:
    """One relation of an organisation: its code in ODS, its target, its days, where it stands."""

    code: str
    target: str
    place: str
    start: str | None = None
    end: str | None = None
    is_active: bool = True


@dataclass(frozen=True)
class Succession:
    """One organisation that follows another, as one of the two records it."""

    old: str
    new: str
    day: str | None
    file: str
    place: str
    odd_type: str = ""  # what stands where it should say which of the two is the other


@dataclass(frozen=True)
class Organisation:
    """An organisation as a file states it: its code, kind and fields, and what it refers to.

    `odd_status` is a status that ODS does not have.
    """

    code: str
    kind: str
    fields: dict[str, str | None]
    file: str
    place: str
    relations: tuple[Relation, ...] = ()
    successions: tuple[Succession, ...] = ()
    unread: dict[str, int] = field(default_factory=dict)
    odd_status: str = ""


def kind_of_role(role: str) -> str:
    """Return the kind of node that an organisation of a primary role becomes."""
    if role in AREA_ROLES:
        return "Area"
    return "Group" if role == NETWORK_ROLE else "Facility"
