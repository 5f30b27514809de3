"""Make up a county, a city, a province or a nation: deterministic, and labelled synthetic wherever it is shown.

Nothing in it is a fact about a real place: codes use city numbers that no city has (60 and above).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.samples import defects as _defects
from medgraph.loaders.samples.synthetic_country import CENTRE_TYPES, Layout, Size
from medgraph.words.say import say

DATA_DAY = "2025-06-30"

# Where small: everything that a sound county has. The nation keeps the counts of its benchmark instead.
SCALES = {
    "county": Size(provinces=1, cities=1, counties=1),
    "city": Size(provinces=1, cities=1, counties=8),
    "province": Size(provinces=1, cities=10, counties=80),
    "nation": Size(
        provinces=31,
        cities=340,
        counties=2_800,
        townships=38_000,
        clinics=600_000,
        stations=301_229,
        hospitals=38_000,
        tertiary=3_800,
        centre_types=5,
        villages=False,
        shuffled=True,
        member_stations=35_600,
        down_stations=20_800,
        second_clinics=318_571,
        second_postings=20_000,
        hospital_uses=155_000,
    ),
}


def synthetic(
    seed: int = 1, scale: str = "county", defects: Iterable[str] = (), nodes: int | None = None
) -> MedicalNetwork:
    """Return a made-up network of one county, city (8 counties), province (80) or nation (2,800).

    Every county has two groups, each with a tertiary lead, member hospitals, township centres, village clinics
    and community stations; shared centres, postings, referrals both ways with minutes, one public-health team
    per group. It is sound unless `defects` names what is planted: once, or in every twentieth county.
    The nation has 1,000,000 nodes and 38,000 township areas, 18-character ids, shuffled rows, neither villages
    nor teams, fewer stations in groups, and not for every referral up one down; `nodes` asks for a nation
    of about that many nodes instead. Every defect changes exactly what it says:

    - `gap`: a township that no facility serves (the SERVES link of its centre is missing);
    - `overlap`: a township that the lead of the other group serves too;
    - `ungrouped`: a community station in no group; `multiple`: a station in both groups of its county;
    - `dead_end`: a township centre without referral up (nor down to it);
    - `level_skip`: a clinic that also refers straight to the tertiary lead, and back;
    - `loop`: two centres that refer up to each other and nowhere else;
    - `up_without_down`, `down_without_up`: a clinic with one direction only;
    - `out_of_group`: a clinic that also refers to a centre of the other group, and back;
    - `asymmetric`: a clinic whose way down takes 90 minutes longer than its way up;
    - `closed_target`: a closed member hospital (one more node) that a centre also refers to, and back;
    - `expired_posting`: a centre whose posting ended in 2024; `no_posting`: a centre that nobody is sent to;
    - `no_centre`: a township centre that does not use the imaging centre; `unattached`: a clinic run by nobody;
    - `no_telemedicine`: a centre without TELEMEDICINE.

    Raise OptionError for another scale or defect.
    """
    for what, value, allowed in (
        ("scale", scale, SCALES),
        *(("defect", d, _defects.PLANT) for d in defects),
    ):
        if value not in allowed:
            raise OptionError(say("not_one_of", what=what, value=value, allowed=", ".join(allowed)))
    size = SCALES[scale] if nodes is None else SCALES["nation"].scaled(nodes / 1_000_000)
    layout = Layout(size, np.random.default_rng(seed))
    for defect in defects:
        _defects.PLANT[defect](layout)
    return _Tables(layout, f"medgraph synthetic seed={seed} scale={scale}").network()


@dataclass
class _Tables:
    """Write a layout down as the two tables of a network."""

    layout: Layout
    source: str

    def network(self) -> MedicalNetwork:
        parts = [
            part()
            for part in (self._areas, self._facilities, self._groups, self._centres, self._teams)
        ]
        nodes = pa.concat_tables([p for p in parts if len(p)], promote_options="default")
        order = None
        if self.layout.size.shuffled:
            order = pa.array(self.layout.rng.permutation(len(nodes)))
        edges = self._links(nodes["id"].combine_chunks())
        if order is not None:
            nodes = nodes.take(order)
            edges = edges.take(pa.array(self.layout.rng.permutation(len(edges))))
        return MedicalNetwork(nodes.combine_chunks(), edges.combine_chunks(), self._meta())

    def _meta(self) -> dict[str, str]:
        meta = {
            "title": "合成网络",
            "unit": "合成数据",
            "data_day": DATA_DAY,
            "register": "synthetic",
            "edition": DATA_DAY,
            "source": self.source,
            "stamp": "合成数据",
        }
        for table in ("facilities", "groups", "areas", "centres", "teams", "links"):
            meta |= {
                f"{table}.complete": "complete",
                f"{table}.complete_by": "合成数据",
                f"{table}.complete_date": DATA_DAY,
            }
        return meta

    def _areas(self) -> pa.Table:
        layout = self.layout
        count = len(layout.area_parent)
        kinds = np.array(["province", "city", "county", "subdistrict", "town", "village"])
        levels = np.array(["province", "city", "county", "township", "township", "village"])
        parent = pa.array(layout.area_parent, mask=layout.area_parent < 0)
        return pa.table(
            {
                "id": layout.area_code,
                "kind": pa.repeat("Area", count),
                "name": _text("合成", layout.area_name),
                "type": pa.array(kinds[layout.area_kind]),
                "level": pa.array(levels[layout.area_kind]),
                "parent": layout.area_code.take(parent),
                "population": pa.array(layout.population),
                "register": pa.repeat("synthetic", count),
                "edition": pa.repeat(DATA_DAY, count),
            }
        ).combine_chunks()

    def _facilities(self) -> pa.Table:
        layout = self.layout
        kind, home = layout.facility_kind, layout.facility_area
        types = np.array(
            [
                "general_hospital",
                "township_health_centre",
                "community_health_centre",
                "central_township_health_centre",
                "village_clinic",
                "community_health_station",
            ]
        )
        words = pa.array(
            ["医院", "卫生院", "社区卫生服务中心", "中心卫生院", "村卫生室", "社区卫生服务站"]
        )
        letters = pa.array(["H", "T", "T", "T", "V", "W"])
        levels = np.array(["3A", "2A", "1A", "0"])
        serial = pa.array(layout.facility_serial)
        number = pc.if_else(pa.array((kind == 0) | (kind >= 4)), serial.cast(pa.string()), "")
        count = len(kind)
        return pa.table(
            {
                "id": _code(
                    layout.area_code.take(pa.array(home)), letters.take(pa.array(kind)), serial
                ),
                "kind": pa.repeat("Facility", count),
                "name": pc.binary_join_element_wise(
                    "合成",
                    layout.area_name.take(pa.array(home)),
                    number,
                    words.take(pa.array(kind)),
                    "",
                ),
                "type": pa.array(types[kind]),
                "level": pa.array(levels[layout.facility_level]),
                "ownership": pa.repeat("public", count),
                "status": pa.array(np.where(layout.facility_closed, "closed", "open")),
                "area": layout.area_code.take(pa.array(home)),
                "beds": pa.array(layout.beds, mask=layout.beds == 0),
                "lon": pa.array(layout.point[:, 0]),
                "lat": pa.array(layout.point[:, 1]),
                "crs": pa.repeat("WGS-84", count),
            }
        )

    def _groups(self) -> pa.Table:
        layout = self.layout
        county = pa.array(layout.county_area[layout.group_county])
        serial = pa.array(np.arange(len(layout.group_county)) % 2 + 1)
        return pa.table(
            {
                "id": _code(layout.area_code.take(county), pa.scalar("G"), serial),
                "kind": pa.repeat("Group", len(serial)),
                "name": pc.binary_join_element_wise(
                    "合成",
                    layout.area_name.take(county),
                    "第",
                    serial.cast(pa.string()),
                    "医共体",
                    "",
                ),
                "type": pa.repeat("county_medical_community", len(serial)),
            }
        )

    def _centres(self) -> pa.Table:
        layout = self.layout
        county = pa.array(layout.county_area[layout.centre_county])
        type = pa.array(layout.centre_type)
        words = pa.array(["检验", "影像", "心电", "病理", "消毒供应", "中心药房"]).take(type)
        return pa.table(
            {
                "id": _code(
                    layout.area_code.take(county), pa.scalar("S"), pa.array(layout.centre_serial)
                ),
                "kind": pa.repeat("SharedCentre", len(type)),
                "name": pc.binary_join_element_wise(
                    "合成",
                    layout.area_name.take(county),
                    words,
                    pa.array(layout.centre_serial).cast(pa.string()),
                    "中心",
                    "",
                ),
                "type": pa.array(CENTRE_TYPES).take(type),
            }
        )

    def _teams(self) -> pa.Table:
        layout = self.layout
        county = pa.array(layout.county_area[layout.group_county[: layout.teams]])
        serial = pa.array(np.arange(layout.teams) % 2 + 1)
        return pa.table(
            {
                "id": _code(layout.area_code.take(county), pa.scalar("P"), serial),
                "kind": pa.repeat("Team", layout.teams),
                "name": pc.binary_join_element_wise(
                    "合成",
                    layout.area_name.take(county),
                    "第",
                    serial.cast(pa.string()),
                    "公共卫生团队",
                    "",
                ),
                "type": pa.repeat("public_health", layout.teams),
            }
        )

    def _links(self, ids: pa.Array) -> pa.Table:
        parts = []
        for relation, columns in self.layout.links.items():
            values: dict[str, pa.Array] = {
                "source": ids.take(pa.array(columns["source"])),
                "relation": pa.repeat(relation, len(columns["source"])),
                "target": ids.take(pa.array(columns["target"])),
            }
            for name, make in _LINK_COLUMNS.items():
                if name in columns:
                    values[name] = make(columns[name])
            parts.append(pa.table(values))
        return pa.concat_tables([p for p in parts if len(p)], promote_options="default")


_LINK_COLUMNS: dict[str, Callable[[np.ndarray], pa.Array]] = {
    "minutes": lambda values: pa.array(values, pa.float64()),
    "items": lambda values: pa.array(values, pa.int64()),
    "staff": lambda values: pa.array(values, pa.int64()),
    "title": lambda values: pa.array(["attending", "associate_chief"]).take(pa.array(values)),
    "role": lambda values: pa.array(["clinical"]).take(pa.array(values)),
    "days_per_week": lambda values: pa.array(values, pa.float64()),
    "valid_from": lambda values: pa.array(values.astype("datetime64[D]")).cast(pa.date32()),
    "valid_to": lambda values: pa.array(values.astype("datetime64[D]")).cast(pa.date32()),
}


def _code(area: pa.Array, letter, serial: pa.Array) -> pa.Array:
    """18 characters: area code, letter of the kind, number within area and kind."""
    return pc.binary_join_element_wise(
        area, letter, pc.utf8_lpad(serial.cast(pa.string()), 5, "0"), ""
    )


def _text(before: str, texts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(before, texts, "")
