"""See the nodes of a network on one day: who is there, who is at work, what a facility is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas, register
from medgraph.graphmodel.held_tables import require_network
from medgraph.graphmodel.made_ids import titled
from medgraph.graphmodel.of_nodes import each_of_nodes, of_nodes
from medgraph.graphmodel.states import Fact
from medgraph.words.say import say
from medgraph.words.vocabularies import (
    CENTRE_TYPES,
    FACILITY_TYPES,
    HOSPITAL_TYPES,
    LEVELS,
    PRIMARY_TYPES,
    STATION_TYPES,
    STATUSES,
    TEAM_TYPES,
    mentions_word,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions, SomePositions
    from medgraph.graphmodel.network import MedicalNetwork


# What a facility of a type is for, by the meaning of the type in WS 218.
SPECIALTIES_OF_TYPE = {
    "tcm_hospital": ("tcm",),
    "psychiatric_hospital": ("psychiatry",),
    "rehabilitation_hospital": ("rehabilitation",),
    "maternity_hospital": ("obstetrics", "mch"),
    "childrens_hospital": ("paediatrics",),
    "women_children_hospital": ("mch", "obstetrics", "paediatrics"),
    "mch_institution": ("mch",),
}


class NodesOnDay:
    """What `Day` says of single nodes; links and groups are laid over it."""

    def __init__(
        self,
        net: MedicalNetwork,
        as_of: datetime.date | str | None = None,
        *,
        left_out: int = 0,
    ) -> None:
        require_network(net)
        self.net = net
        self.date = net.day(as_of)
        self.index = net.index
        self.left_out = left_out

    def __len__(self) -> int:
        """Return how many nodes the network holds."""
        return len(self.index)

    # -- who is there, and at work ------------------------------------------------------------

    @of_nodes
    def exists(self) -> Mask:
        """Nodes of the day: begun, or planned, and not over."""
        found: Mask = (self._begun | self.planned) & ~self._over
        return found

    @of_nodes
    def at_work(self) -> Fact:
        """Nodes at work on the day; an empty status means open.

        Not at work is what is closed or suspended, not yet begun, or over. Unknown is what is
        planned and states no opening day, and what states a status that no vocabulary knows.
        """
        has_opening_day = self._dates("valid_from").is_valid().to_numpy(zero_copy_only=False)
        lasting = self._begun & ~self._over & ~self.index.has("status", "closed", "suspended")
        unsure = (self.planned & ~has_opening_day) | self._unreadable("status", STATUSES)
        return Fact.of(lasting & ~unsure, unknown=lasting & unsure)

    @of_nodes
    def in_service(self) -> Fact:
        """Nodes at work on the day as far as is stated: one that is planned is not.

        Who asks what is there on the day asks this; `at_work` leaves open what is planned without
        an opening day, since a clause may be met by it.
        """
        return Fact.of(self.at_work.certain, unknown=self.at_work.unknown & ~self.planned)

    @of_nodes
    def waiting(self) -> Mask:
        """Nodes that are planned and not at work yet, with or without an opening day."""
        found: Mask = ~self.at_work.certain & self.planned
        return found

    @of_nodes
    def planned(self) -> Mask:
        """Nodes whose status is planned, whether or not their opening day has come."""
        return self.index.has("status", "planned")

    @of_nodes
    def closed(self) -> Mask:
        """Nodes whose status is closed; a suspended one is not."""
        return self.index.has("status", "closed")

    @of_nodes
    def _begun(self) -> Mask:
        held = pc.less_equal(self._dates("valid_from"), pa.scalar(self.date))
        return _mask(pc.fill_null(held, True))

    @of_nodes
    def _over(self) -> Mask:
        return _mask(pc.fill_null(pc.less(self._dates("valid_to"), pa.scalar(self.date)), False))

    def _dates(self, column: str) -> Texts:
        return self.index.values(column).cast(pa.date32())

    def _unreadable(self, column: str, vocabulary: Iterable[str]) -> Mask:
        """Nodes whose cell is filled with a word that is not in the vocabulary."""
        known: Mask = self.index.has(column, *vocabulary)
        return self._stated(column) & ~known

    # -- what a facility is -------------------------------------------------------------------

    @of_nodes
    def facility(self) -> Fact:
        """Named facilities; a placeholder for a class of facilities is none."""
        return Fact.of(self.index.is_kind("Facility") & ~self.index.is_class)

    @of_nodes
    def placeholder(self) -> Mask:
        """Placeholders: one row that stands for a class of facilities, groups or others."""
        return self.index.is_class

    @of_nodes
    def working(self) -> Fact:
        """Named facilities at work on the day."""
        return self.facility & self.at_work

    @of_nodes
    def primary(self) -> Fact:
        """Township and community health centres (基层医疗卫生机构), classes of them included."""
        return self.of_type(*PRIMARY_TYPES)

    @of_nodes
    def station(self) -> Fact:
        """Village clinics and community health stations, classes of them included."""
        return self.of_type(*STATION_TYPES)

    @of_nodes
    def hospital(self) -> Fact:
        """Hospitals of every type, classes of them included."""
        return self.of_type(*HOSPITAL_TYPES)

    @of_nodes
    def no_small_facility(self) -> Mask:
        """Facilities, classes included, that are or may be above primary care and stations.

        What is surely below leads nothing unless it is stated, and is no tertiary hospital.
        """
        found: Mask = self.index.is_kind("Facility") & ~(self.primary | self.station).certain
        return found

    @each_of_nodes
    def of_type(self, *types: str) -> Fact:
        """Return the facilities of these types, classes included.

        The type that is stated decides; where none is, the WS 218 code does: yes where all that the
        code may mean is among `types`, no where nothing is. What states neither is unknown.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.of_type("village_clinic", "community_health_station").certain.sum()
        np.int64(4)
        """
        wanted = frozenset(types)
        facility = self.index.is_kind("Facility")
        stated = self._stated("type")
        by_code, maybe = self._by_code(wanted)
        by_type = self.index.has("type", *sorted(wanted))
        unsure = self._unreadable("type", FACILITY_TYPES) | (~stated & maybe)
        yes: Mask = np.where(stated, by_type, by_code)
        return Fact.of(facility & yes, unknown=facility & unsure)

    @of_nodes
    def untyped(self) -> Mask:
        """Facilities of which neither type nor WS 218 code says what they are."""
        return self.of_type(*FACILITY_TYPES).unknown

    @each_of_nodes
    def has_specialty(self, specialty: str) -> Fact:
        """Return the facilities that have a specialty: as they state, or by what their type is for.

        Unknown is who neither states specialties nor is of a type that is for this one, and who
        states others, but no type.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.names(np.flatnonzero(day.has_specialty("psychiatry").certain))
        ['台州市第二人民医院', '黄岩区第三人民医院']
        """
        facility = self.index.is_kind("Facility") & ~self.placeholder
        listed = pc.binary_join_element_wise("|", self.index.values("specialties"), "|", "")
        stated = _mask(pc.fill_null(pc.match_substring(listed, f"|{specialty}|"), False))
        types = [type_ for type_, meant in SPECIALTIES_OF_TYPE.items() if specialty in meant]
        by_type = self.of_type(*types)
        yes = facility & (stated | by_type.certain)
        silent = ~self._stated("specialties") | by_type.unknown
        return Fact.of(yes, unknown=self.index.is_kind("Facility") & silent)

    @each_of_nodes
    def of_level(self, *levels: str) -> Fact:
        """Return the facilities of these levels, as `3A`; one that states no level may be of any.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> int(day.of_level("3", "3A", "3B").certain.sum())
        0
        """
        facility = self.index.is_kind("Facility")
        wanted = self.index.has("level", *levels)
        unsure = ~self._stated("level") | self._unreadable("level", LEVELS)
        return Fact.of(facility & wanted, unknown=facility & unsure)

    def _stated(self, column: str) -> Mask:
        return _mask(self.index.values(column).is_valid())

    def _by_code(self, wanted: frozenset[str]) -> tuple[Mask, Mask]:
        """Masks: whose WS 218 code surely says one of these types, and whose code may or is not
        stated.
        """
        codes = self.index.values("ws218").cast(pa.string()).dictionary_encode()
        known = [_types_of_codes(text) for text in codes.dictionary.to_pylist()]
        surely = np.array([bool(found) and found <= wanted for found in known] + [False], bool)
        perhaps = np.array([not found or bool(found & wanted) for found in known] + [True], bool)
        at = pc.fill_null(codes.indices, len(known)).to_numpy(zero_copy_only=False)
        return surely[at], perhaps[at]

    @of_nodes
    def family_doctor_team(self) -> Fact:
        """Family-doctor teams; a placeholder for several is among them."""
        return Fact.of(self.index.is_kind("Team") & self.index.has("type", "family_doctor"))

    @each_of_nodes
    def centre(self, kind: str) -> Fact:
        """Return the shared centres of a kind: `laboratory`, `imaging`, ...

        Unknown is a centre that does not state of what kind it is.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> int(day.centre("ecg").certain.sum())
        4
        """
        centre = self.index.is_kind("SharedCentre")
        return Fact.of(centre & self.index.has("type", kind), unknown=self.untyped_centre)

    @of_nodes
    def untyped_centre(self) -> Mask:
        """Shared centres that do not state of what kind they are, in a word that is known.

        One of another kind (其他) that a kind names, 中心药房, states two things.
        """
        unsure = ~self._stated("type") | self._unreadable("type", CENTRE_TYPES)
        other = np.flatnonzero(self.index.is_kind("SharedCentre") & self.index.has("type", "other"))
        named = [mentions_word("centre_type", self.name(at)) for at in other.tolist()]
        unsure[other[np.array(named, bool)]] = True
        return self.index.is_kind("SharedCentre") & unsure

    @of_nodes
    def kinds_of_centres(self) -> tuple[str, ...]:
        """The kinds that shared centres state, in the order of the alphabet."""
        stated = self.index.values("type").filter(pa.array(self.index.is_kind("SharedCentre")))
        return tuple(sorted(set(stated.drop_null().to_pylist())))

    @of_nodes
    def public_health_team(self) -> Fact:
        """Public-health teams; a placeholder for several is among them.

        Unknown is a team that does not state of what type it is.
        """
        team = self.index.is_kind("Team")
        unsure = ~self._stated("type") | self._unreadable("type", TEAM_TYPES)
        return Fact.of(team & self.index.has("type", "public_health"), unknown=team & unsure)

    # -- where it stands ----------------------------------------------------------------------

    @of_nodes
    def county(self) -> Positions:
        """The six-digit code of the county in which every node stands, as a number; 0 where no code
        says.
        """
        codes = pc.fill_null(areas.counties(self.index), "0")
        found: Positions = codes.cast(pa.int64()).to_numpy(zero_copy_only=False)
        return found

    @each_of_nodes
    def areas(self, level: str = "township") -> tuple[Positions, Mask]:
        """Return the areas that are or may be of `level`, and a mask over them: whose level is not
        known.

        Raise OptionError where `level` is none of the levels.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> townships, unsure = day.areas("township")
        >>> len(townships), int(unsure.sum())
        (43, 0)
        """
        return areas.areas_of_level(self.index, level)

    @of_nodes
    def counties_named(self) -> frozenset[str]:
        """The six digits of every county that is an area of the network, or holds one."""
        own = self.index.ids.filter(pa.array(self.index.is_kind("Area")))
        digits = pc.utf8_slice_codeunits(areas.full_codes(own).drop_null(), 0, 6)
        return frozenset(code for code in digits.unique().to_pylist() if code[4:] != "00")

    @of_nodes
    def counties_listed_whole(self) -> frozenset[str]:
        """Of these the counties all of whose townships in the shipped register are areas here.

        Their list of townships is complete by the register, whether or not somebody declares it.
        """
        own = self.index.ids.filter(pa.array(self.index.is_kind("Area")))
        listed = register.township_register(_beginning_of(self.counties_named))["id"]
        county = pc.utf8_slice_codeunits(listed, 0, 6)
        here = pc.is_in(listed, value_set=own)
        lacking = frozenset(county.filter(pc.invert(here)).unique().to_pylist())
        return (self.counties_named & frozenset(county.unique().to_pylist())) - lacking

    # -- words --------------------------------------------------------------------------------

    def mask(self, positions: SomePositions) -> Mask:
        """Return the mask over all nodes that these positions make.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.mask(np.array([0, 2]))[:4].tolist()
        [True, False, True, False]
        """
        found = np.zeros(len(self), bool)
        found[np.asarray(positions, np.int64)] = True
        return found

    def ids(self, positions: SomePositions) -> list[str]:
        """Return the ids at these positions.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.ids(day.links("LEADS").target[:2])
        ['G1', 'G2']
        """
        found: list[str] = self.index.take("id", np.asarray(positions, np.int64)).to_pylist()
        return found

    def id(self, position: int) -> str:
        """Return the id at a position.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.id(day.index.position("G1"))
        'G1'
        """
        return str(self.index.ids[int(position)].as_py())

    def names(self, positions: SomePositions) -> list[str]:
        """Return the names at these positions, the id where a node has none.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.names(day.index.positions(["TZ-P07"]))
        ['路桥区新桥镇卫生院']
        """
        places = np.asarray(positions, np.int64)
        named = pc.coalesce(self.index.take("name", places), self.index.take("id", places))
        found: list[str] = named.to_pylist()
        return found

    def name(self, position: int) -> str:
        """Return the name at a position, or the id where there is none.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.name(day.index.position("TZ-H02"))
        '台州市中心医院'
        """
        return str(self._labels[int(position)].as_py())

    def title(self, position: int) -> str:
        """Return a node as people read it: its name, and its id in brackets.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> from medgraph.words.say import speaking
        >>> with speaking("zh"):
        ...     day.title(day.index.position("TZ-H02"))
        '台州市中心医院（TZ-H02）'
        """
        name, id = self.name(position), self.index.ids[int(position)].as_py()
        return titled(name, id) or say("node_title", name=name, id=id)

    def joined(self, positions: Iterable[int]) -> str:
        """Return the names at these few positions as one text with `|`.

        Examples
        --------
        >>> import medgraph as mg
        >>> day = mg.Day(mg.samples.taizhou())
        >>> day.joined(day.index.positions(["TZ-P07", "TZ-P34"]))
        '路桥区新桥镇卫生院|椒江区海门街道社区卫生服务中心'
        """
        return "|".join(self.name(position) for position in positions)

    @of_nodes
    def _labels(self) -> Texts:
        return pc.coalesce(self.index.values("name"), self.index.ids)


def _types_of_codes(codes: str) -> frozenset[str]:
    """Every type of facility that a WS 218 code, or several with `|`, may mean; empty for an
    unknown code.
    """
    found: set[str] = set()
    for code in codes.split("|"):
        meant = {type_ for type_, term in FACILITY_TYPES.items() if term.ws218 == code.strip()}
        if not meant:
            return frozenset()
        found |= meant
    return frozenset(found)


def _beginning_of(codes: frozenset[str]) -> str:
    """The digits of the city or province in which all of some counties lie; else none."""
    for length in (6, 4, 2):
        beginnings = {code[:length] for code in codes}
        if len(beginnings) == 1:
            return beginnings.pop()
    return ""


def _mask(values: Texts) -> Mask:
    found: Mask = values.to_numpy(zero_copy_only=False)
    return found
