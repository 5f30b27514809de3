"""Make up the metadata of a country as a server of DHIS2 exports it, after its documentation.

Four levels above the facilities' own, three sets of groups of which one is of networks, users and data elements beside
them, opening days that are fillers, one attribute of the country's own.
"""

from __future__ import annotations

import random

from medgraph.loaders.registers.dhis2_terms import uid_of

LEVELS = ("Country", "Region", "District", "Chiefdom", "Facility")
OWNERS = ("Public facilities", "Private clinics", "Mission")
TYPES = ("Hospital", "CHC", "CHP", "MCHP")
FILLER = "1970-01-01T00:00:00.000"


def country(facilities: int = 800, *, seed: int = 1) -> dict:
    """The metadata of a country of `facilities` and 211 areas."""
    chance = random.Random(seed)
    units: list[dict] = []

    def unit(code: str, name: str, above: dict | None, **more: object) -> dict:
        uid = uid_of(f"unit {code}")
        made = {
            "id": uid,
            "code": code,
            "name": name,
            "shortName": name[:50],
            "path": f"{above['path'] if above else ''}/{uid}",
            "level": above["level"] + 1 if above else 1,
            "openingDate": FILLER,
            "created": "2019-05-01T10:00:00.000",
            "lastUpdated": "2024-01-02T10:00:00.000",
            "attributeValues": [],
            "translations": [],
            **({"parent": {"id": above["id"]}} if above else {}),
            **more,
        }
        units.append(made)
        return made

    top = unit("SL", "Sierra Nova", None)
    regions = [unit(f"R{n}", f"Region {n}", top) for n in range(10)]
    districts = [unit(f"D{n}", f"District {n}", regions[n // 5]) for n in range(50)]
    chiefdoms = [unit(f"C{n}", f"Chiefdom {n}", districts[n // 3]) for n in range(150)]
    beds = uid_of("attribute beds")
    sites = []
    for n in range(facilities):
        home = chiefdoms[chance.randrange(140)]  # the last ten have no facility
        site = unit(f"F{n}", f"Facility {n}", home, phoneNumber="+232 76 000000")
        site["geometry"] = {"type": "Point", "coordinates": [-11 - n / 1000, 8 + n / 1000]}
        if n % 4 == 0:
            site["openingDate"] = f"{2000 + n % 20}-03-01T00:00:00.000"
        if n % 50 == 0:
            site["closedDate"] = "2023-06-30T00:00:00.000"
        if n % 3 == 0:
            site["attributeValues"] = [{"attribute": {"id": beds}, "value": str(n % 40)}]
        sites.append(site)

    groups: list[dict] = []

    def group_set(name: str, words: tuple[str, ...], of: dict[str, list[dict]]) -> dict:
        made = [
            {"id": uid_of(f"{name} {word}"), "name": word, "shortName": word[:50]}
            | {"organisationUnits": [{"id": site["id"]} for site in of[word]]}
            for word in words
        ]
        groups.extend(made)
        references = [{"id": group["id"]} for group in made]
        return {
            "id": uid_of(name),
            "name": name,
            "compulsory": True,
            "organisationUnitGroups": references,
        }

    def drawn(words: tuple[str, ...]) -> dict[str, list[dict]]:
        found: dict[str, list[dict]] = {word: [] for word in words}
        for site in sites:
            found[chance.choice(words)].append(site)
        return found

    networks = tuple(f"Network {n}" for n in range(6))
    sets = [
        group_set("Facility Ownership", OWNERS, drawn(OWNERS)),
        group_set("Facility Type", TYPES, drawn(TYPES)),
        group_set("Networks", networks, {name: sites[n::7] for n, name in enumerate(networks)}),
    ]
    loose = {"id": uid_of("sentinel"), "name": "Sentinel sites"}
    groups.append(loose | {"organisationUnits": [{"id": sites[0]["id"]}, {"id": "NotInThere0"}]})
    return {
        "system": {
            "id": uid_of("system"),
            "rev": "abc",
            "version": "2.40.3",
            "date": "2024-01-31T08:15:00.000",
        },
        "attributes": [
            {
                "id": beds,
                "name": "Number of beds",
                "valueType": "INTEGER",
                "organisationUnitAttribute": True,
            }
        ],
        "dataElements": [{"id": uid_of(f"element {n}"), "name": f"Malaria {n}"} for n in range(25)],
        "organisationUnits": units,
        "organisationUnitLevels": [
            {"id": uid_of(f"level {name}"), "name": name, "level": n}
            for n, name in enumerate(LEVELS, 1)
        ],
        "organisationUnitGroups": groups,
        "organisationUnitGroupSets": sets,
        "users": [{"id": uid_of("user"), "name": "Nobody"}],
    }


MEANING = """
[meta]
"facilities.complete" = "complete"
"facilities.complete_by" = "Ministry of Health"

[dhis2]
facility_level = 5
area_levels = { "4" = "township", "3" = "county", "2" = "city", "1" = "province" }

[dhis2.group_sets."Facility Ownership"]
field = "ownership"
words = { "Public facilities" = "public", "Private clinics" = "private", "Mission" = "other" }

[dhis2.group_sets."Networks"]
groups = "county_medical_community"

[dhis2.attributes]
"Number of beds" = "beds"
"""
