"""Name the systems, codes and extensions of FHIR that a directory is read and written with."""

from __future__ import annotations

SCHEMES = ("fhir+http", "fhir+https")  # of the address of a server
BASE = "urn:medgraph:fhir"
# Extensions of ours: one for each resource, with a sub-extension for each column.
NODE = f"{BASE}/StructureDefinition/node"
LINK = f"{BASE}/StructureDefinition/link"
META = f"{BASE}/StructureDefinition/meta"
PLACE = f"{BASE}/StructureDefinition/place"
# Systems of identifiers of ours.
ID = f"{BASE}/id"
USCC = f"{BASE}/uscc"
INSTITUTION_CODE = f"{BASE}/institution-code"
IDENTIFIER_SYSTEMS = {"uscc": USCC, "institution_code": INSTITUTION_CODE}


def system(name: str) -> str:
    """Return the code system of ours that holds the words of a column."""
    return f"{BASE}/CodeSystem/{name}"


KIND, RELATION, SERVICE = system("kind"), system("relation"), system("service")
SPECIALTY, ENDPOINT_TYPE = system("specialty"), system("endpoint-type")
# Columns whose words stand as codings of `Organization.type`.
TYPE_SYSTEMS = {
    name: system(name) for name in ("type", "level", "admin_level", "ownership", "ws218")
}

# Extensions of FHIR itself.
PERIOD = "http://hl7.org/fhir/StructureDefinition/organization-period"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
GEOLOCATION = "http://hl7.org/fhir/StructureDefinition/geolocation"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
BOUNDARY = "http://hl7.org/fhir/StructureDefinition/location-boundary-geojson"

# Code systems of others.
MCSD = "https://profiles.ihe.net/ITI/mCSD/CodeSystem/IHE.mCSD.Organization.Location.Types"
PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/OrgTypeCS"
ROLE = "http://hl7.org/fhir/organization-role"
ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
PHYSICAL_TYPE = "http://terminology.hl7.org/CodeSystem/location-physical-type"
CONNECTION_TYPE = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type"
PAYLOAD_TYPE = "http://terminology.hl7.org/CodeSystem/endpoint-payload-type"
IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"

FACILITY, JURISDICTION = "facility", "jurisdiction"
# How older editions of mCSD write the same two codes.
_OLDER = {f"urn:ihe:iti:mcsd:2019:{word}": word for word in (FACILITY, JURISDICTION)}


def pair_type(coding_system: str, code: str) -> str | None:
    """Return which of the two pairs of mCSD a coding states: facility or jurisdiction."""
    if coding_system == MCSD and code in (FACILITY, JURISDICTION):
        return code
    return _OLDER.get(code)


# The code of an organization's type -> the kind of node. Where others name an organization as
# the one that has members, it is a Group whatever its type (`NAMED`).
KINDS = {
    "ntwk": "Group",
    "payer": "Authority",
    "pay": "Authority",
    "ins": "Authority",
    "govt": "Authority",
    "bus": "Authority",
    "dept": "Department",
    "team": "Team",
}
# Types that say of an organization that it is a facility; one of another becomes one, and is told.
FACILITY_CODES = frozenset({"fac", "prov", "atyprv", "prvgrp"})
# The type of a Group by the code of the organization; any other is `other`.
GROUP_TYPES = {
    "ntwk": "provider_network",
    "fac": "health_system",
    "prov": "health_system",
    "prvgrp": "health_system",
}
EXCHANGE_ROLE = "HIE/HIO"  # who is named with this role by its members is an exchange
AREA_PLACES = ("jdn", "area")  # physical types of a Location that is an area

# The type of a facility -> what its Location is in v3-RoleCode; any other is `_OTHER_ROLE`.
ROLE_CODES = {
    "general_hospital": "GACH",
    "hospital": "HOSP",
    "tcm_hospital": "HOSP",
    "maternity_hospital": "HOSP",
    "childrens_hospital": "HOSP",
    "psychiatric_hospital": "PSYCHF",
    "rehabilitation_hospital": "RH",
    "nursing_home": "NCCF",
    "women_children_hospital": "HOSP",
    "national_regional_medical_centre": "HOSP",
    "mch_institution": "OF",
    "community_health_centre": "OF",
    "community_health_station": "OF",
    "subdistrict_health_centre": "OF",
    "central_township_health_centre": "OF",
    "township_health_centre": "OF",
    "village_clinic": "OF",
    "outpatient_clinic": "OF",
    "emergency_centre": "ER",
}
OTHER_ROLE_CODE = "COMM"
# What a foreign Location says it is -> the type of the facility; any other is kept as found.
FACILITY_TYPES = {
    "GACH": "general_hospital",
    "HOSP": "hospital",
    "PSYCHF": "psychiatric_hospital",
    "RH": "rehabilitation_hospital",
    "NCCF": "nursing_home",
    "OF": "outpatient_clinic",
    "OUTPHARM": "other_facility",
}
CONNECTION_TYPES = frozenset(
    {
        *("ihe-xcpd", "ihe-xca", "ihe-xdr", "ihe-xds", "ihe-iid", "dicom-wado-rs", "dicom-qido-rs"),
        *("dicom-stow-rs", "dicom-wado-uri", "hl7-fhir-rest", "hl7-fhir-msg", "hl7v2-mllp"),
        *("secure-email", "direct-project"),
    }
)

# Status of a facility -> status of its Location, and whether the Organization is active.
STATUSES = {
    "planned": ("inactive", False),
    "open": ("active", True),
    "suspended": ("suspended", True),
    "closed": ("inactive", False),
}
STATUS_OF_LOCATION = {"active": "open", "suspended": "suspended", "inactive": "closed"}
# The words of the other elements that say whether something is there, and in use.
MODES = ("instance", "kind")
ENDPOINT_STATUSES = ("active", "suspended", "error", "off", "entered-in-error", "test")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")  # of an entry that was requested
LIST_STATUSES = ("current", "retired", "entered-in-error")

# What a directory holds besides, which is never read: why.
PERSONS = frozenset({"Practitioner", "PractitionerRole", "Person", "Patient", "RelatedPerson"})
DIRECTORY = (
    *("Organization", "Location", "HealthcareService", "OrganizationAffiliation", "Endpoint"),
    "List",
)
# The elements that are read of each; every other one is counted by its path.
READ = {
    "Organization": (
        *("identifier", "active", "type", "name", "_name", "alias", "partOf", "endpoint"),
        *("extension", "address", "telecom"),
    ),
    "Location": (
        *("identifier", "status", "type", "physicalType", "name", "_name", "alias", "position"),
        *("managingOrganization", "partOf", "endpoint", "extension", "address", "telecom"),
        "mode",
    ),
    "HealthcareService": (
        *("identifier", "active", "providedBy", "category", "type", "specialty", "location"),
        *("coverageArea", "endpoint", "name", "extension"),
    ),
    "OrganizationAffiliation": (
        *("identifier", "active", "period", "organization", "participatingOrganization"),
        *("network", "code", "specialty", "location", "healthcareService", "endpoint", "extension"),
    ),
    "Endpoint": (
        *("identifier", "status", "connectionType", "name", "managingOrganization", "address"),
        *("payloadType", "period", "extension"),
    ),
    "List": ("identifier", "status", "mode", "title", "date", "entry", "extension"),
}
# Of extensions that are read; any other is counted by its url.
EXTENSIONS_READ = frozenset(
    {NODE, LINK, META, PLACE, PERIOD, TRANSLATION, GEOLOCATION, ABSENT, BOUNDARY}
)
NAMES_PERSONS = "contact"  # never kept, whatever else of a source is
# Of every resource; they are no content of their own.
PASSED_OVER = frozenset({"resourceType", "id", "meta", "text", "language", "implicitRules"})
