"""The questions as verbs: one row for each, with its options, for whatever asks them by name.

A row says which noun and function answers, what the question is about, and which options it takes
beyond that of every question (`as_of`). The command line makes its commands of it. To offer a query
there, add a row here; its help is the sentence `help.NOUN.FUNCTION`.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medgraph.graphmodel.flow_table import FlowTable
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


class Kind(Enum):
    """What the value of an option is, before anybody reads it from a text or a file."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    FLAG = "flag"
    BANDS = "bands of a decay: minutes and weight"
    TRAVEL_TIMES = "table of origin, destination, minutes"
    ROADS = "tables of road nodes and edges"
    COUNTS = "table of facility, count"
    LINKS = "table of source, relation, target"
    FLOWS = "table of from, to, count"
    SITE_COSTS = "table of facility, cost, way, capacity"
    NEIGHBOURS = "table of area, neighbour, or outlines of areas"
    ASSIGNMENT = "table of area, group"
    DAY = "day, as 2023-10-25"
    BOUNDARIES = "outlines, in GeoJSON"
    RECORDS = "records of referrals, or of stays"
    RECORDS_MAPPING = "what the columns of records mean, in TOML"


@dataclass(frozen=True)
class Option:
    """One option: the argument `name` of the function, the `kind` of its value, its `choices`.

    Its help is the sentence `help.option.NAME`, or that of `explained_as` where the functions mean
    different things by the name.
    """

    name: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    multiple: bool = False
    explained_as: str = ""

    @property
    def help(self) -> str:
        """The key of its help."""
        return f"help.option.{self.explained_as or self.name}"


@dataclass(frozen=True)
class Verb:
    """One question: `medgraph.queries.NOUN.FUNCTION`, its `subject` and its `options`.

    Without a subject the question is about the network alone. One over records is about what they
    are counted into, as `counting` says.
    The rows of a verb of `findings` are what is wrong, so that none is the good answer.
    The functions of a noun whose room is called otherwise are found there (`room`).
    The answers of one that is `of_ground` can be drawn as polygons (`coverage.outlines`).
    """

    noun: str
    function: str
    subject: str | None = None
    options: tuple[Option, ...] = ()
    findings: bool = False
    room: str = ""
    counting: tuple[Option, ...] = ()
    of_ground: bool = False

    @property
    def module(self) -> str:
        """The module in which its function is."""
        return f"medgraph.queries.{self.room or self.noun}"

    @property
    def name(self) -> str:
        """The name of the answer, such as `coverage.served`."""
        return f"{self.noun}.{self.function}"

    @property
    def every_option(self) -> tuple[Option, ...]:
        """Its options behind those of how records are counted."""
        return (*self.counting, *self.options)

    def ask(
        self,
        net: MedicalNetwork,
        subject: str | None = None,
        *,
        records: FlowTable | None = None,
        **options: Any,
    ) -> Answer:
        """Ask the question; options that are not given (None, ()) are left to the function."""
        function = getattr(importlib.import_module(self.module), self.function)
        given = {name: value for name, value in options.items() if _is_given(value)}
        about: list[Any] = [net.find(subject)] if self.subject and subject is not None else []
        about += [records] if self.counting else []
        answer: Answer = function(net, *about, **given)
        return answer


def _is_given(value: Any) -> bool:
    nothing_listed = isinstance(value, tuple) and not value
    return value is not None and not nothing_listed


def bands(text: str) -> tuple[tuple[float, float], ...]:
    """Return the pairs of minutes and weight of a decay; raise ValueError where it has none.

    >>> bands("10:1,20:0.68")
    ((10.0, 1.0), (20.0, 0.68))
    """
    pairs = [part.split(":") for part in text.split(",")]
    return tuple((float(minutes), float(weight)) for minutes, weight in pairs)


# Options that several verbs take.
LEVEL = Option("level")
TARGET_LEVEL = Option("level", explained_as="facility_level")
SPECIALTY = Option("specialty")
WITHIN_GROUP = Option("within_group", Kind.FLAG)
TO = Option("to")
YEAR = Option("year", Kind.WHOLE)
TOP = Option("top", Kind.WHOLE)
FURTHER = Option("further", Kind.WHOLE)
OBLIGATIONS = Option("obligations", multiple=True)
FLOWS = Option("flows", Kind.FLOWS)
DIRECTION = Option("direction", choices=("up", "down"))
JOURNEY = (TO, SPECIALTY, TARGET_LEVEL, DIRECTION, WITHIN_GROUP)
EXCHANGE = (
    Option("by", choices=("group", "facility")),
    Option(
        "kind",
        choices=("staff", "slots", "beds", "services", "telemedicine"),
        explained_as="exchange_kind",
    ),
)
MINUTES = Option("minutes", Kind.NUMBER, multiple=True)
ACCESS = (
    Option("facility_type", multiple=True),
    Option("facility_level"),
    Option("times", Kind.TRAVEL_TIMES),
    Option("roads", Kind.ROADS),
    Option("speed_kmh", Kind.NUMBER),
    MINUTES,
    Option("decay", Kind.BANDS),
    Option("index", choices=("2sfca", "raam"), multiple=True),
    Option("tau", Kind.NUMBER),
    Option("supply"),
    Option("snap_km", Kind.NUMBER),
    LEVEL,
)
CATCHMENTS = (
    Option("facility_type", multiple=True),
    Option("facility_level"),
    Option("times", Kind.TRAVEL_TIMES),
    Option("roads", Kind.ROADS),
    Option("speed_kmh", Kind.NUMBER),
    Option("snap_km", Kind.NUMBER),
    LEVEL,
)
LOAD = (
    Option("rate", Kind.NUMBER),
    Option("counts", Kind.COUNTS),
    Option("capacity"),
    Option("turnover", Kind.NUMBER),
    SPECIALTY,
    TARGET_LEVEL,
    WITHIN_GROUP,
)
REPAIR = (
    OBLIGATIONS,
    Option("minimise"),
    Option("within_km", Kind.NUMBER),
    Option("capacity", Kind.WHOLE, explained_as="repair_capacity"),
    Option("candidates", Kind.LINKS),
    Option("nodes", Kind.WHOLE),
)
SITES = (
    Option("model", choices=("lscp", "mclp", "p-median", "p-centre"), explained_as="site_model"),
    Option("times", Kind.TRAVEL_TIMES, multiple=True, explained_as="site_times"),
    Option("roads", Kind.ROADS),
    Option("speed_kmh", Kind.NUMBER),
    Option("snap_km", Kind.NUMBER),
    Option("p", Kind.WHOLE),
    Option("radius", Kind.NUMBER),
    Option("fixed", multiple=True),
    Option("facility_type", multiple=True),
    Option("facility_level"),
    Option("least_beds", Kind.NUMBER),
    Option("rule", explained_as="site_rule"),
    Option("capacity", explained_as="site_capacity"),
    Option("people_per", Kind.NUMBER),
    Option("costs", Kind.SITE_COSTS),
    Option("budget", Kind.NUMBER),
    LEVEL,
)
REGROUP = (
    Option("value"),
    Option("tolerance", Kind.NUMBER),
    Option("lock", multiple=True),
    Option("apart", multiple=True),
    Option("together", multiple=True),
    Option("whole_counties", Kind.FLAG),
    Option("max_moves", Kind.WHOLE),
    Option("least_groups", Kind.WHOLE),
    Option("most_groups", Kind.WHOLE),
    Option("facility", multiple=True),
    Option("rule", multiple=True, explained_as="kept_rule"),
    Option("times", Kind.TRAVEL_TIMES),
    Option("roads", Kind.ROADS),
    Option("speed_kmh", Kind.NUMBER),
    Option("snap_km", Kind.NUMBER),
    Option("minutes", Kind.NUMBER, explained_as="minutes_to_lead"),
    Option("adjacency", Kind.NEIGHBOURS, multiple=True),
    Option("assignment", Kind.ASSIGNMENT),
    Option("front", Kind.NUMBER, multiple=True),
    Option("front_minutes", Kind.NUMBER, multiple=True),
    FURTHER,
    Option("pack", multiple=True, explained_as="plan_pack"),
    LEVEL,
    Option("collective"),
)
COUNTING = (
    Option("records", Kind.RECORDS, explained_as="records_chosen"),
    Option("records_mapping", Kind.RECORDS_MAPPING),
    Option("window", Kind.WHOLE),
    Option("overlap", choices=("truncate", "drop")),
    Option("follow", Kind.WHOLE),
)
THRESHOLD = Option("threshold", Kind.WHOLE)
TEST_OF_PRESENCE = Option("test", choices=("all_year", "six_months", "per_10000"))

VERBS: tuple[Verb, ...] = (
    Verb("coverage", "served", options=(LEVEL,)),
    Verb("coverage", "gaps", options=(LEVEL,), findings=True),
    Verb("coverage", "overlaps", options=(LEVEL,), findings=True),
    Verb("coverage", "ungrouped", options=(Option("collective"),), findings=True),
    Verb("coverage", "multiple", findings=True),
    Verb("coverage", "grid", options=(LEVEL,)),
    Verb("coverage", "access", options=ACCESS),
    Verb("coverage", "catchments", options=CATCHMENTS, of_ground=True),
    Verb("coverage", "isochrones", options=(MINUTES, *CATCHMENTS), of_ground=True),
    Verb("coverage", "stations"),
    Verb("coverage", "empty", options=(LEVEL,)),
    Verb("referrals", "path", "facility", JOURNEY),
    Verb("referrals", "paths", options=JOURNEY),
    Verb("referrals", "alternatives", "facility", (Option("k", Kind.WHOLE), *JOURNEY)),
    Verb("referrals", "broken", options=(Option("asymmetry", Kind.NUMBER),), findings=True),
    Verb("referrals", "specialties", options=(SPECIALTY, WITHIN_GROUP)),
    Verb("referrals", "load", options=LOAD),
    Verb("referrals", "bottlenecks", options=(SPECIALTY, TARGET_LEVEL, TOP)),
    Verb("referrals", "regions"),
    Verb("referrals", "endpoints"),
    Verb("sharing", "centres", options=(Option("kind", explained_as="centre_kind"),)),
    Verb("sharing", "matrix", options=(OBLIGATIONS,)),
    Verb("sharing", "cells", options=(OBLIGATIONS,)),
    Verb("sharing", "exchange", options=EXCHANGE),
    Verb("sharing", "balance", options=EXCHANGE),
    Verb("sharing", "unsupported", options=(Option("primary_only", Kind.FLAG),), findings=True),
    Verb("sharing", "recognition"),
    Verb("dispatch", "ledger", options=(YEAR,)),
    Verb("dispatch", "ending", options=(Option("within_days", Kind.WHOLE),)),
    Verb("dispatch", "coverage", options=(TEST_OF_PRESENCE, YEAR)),
    Verb("dispatch", "quota"),
    Verb("structure", "centrality", options=(FLOWS, DIRECTION)),
    Verb("structure", "communities", options=(FLOWS, DIRECTION, Option("resolution", Kind.NUMBER))),
    Verb("resilience", "dependents", "facility"),
    Verb("resilience", "critical", options=(Option("loses"), TOP)),
    Verb("resilience", "repair", options=REPAIR),
    Verb("alliances", "members"),
    Verb("alliances", "districts"),
    Verb("alliances", "links"),
    Verb("alliances", "only"),
    Verb("alliances", "reach"),
    Verb("teams", "composition"),
    Verb("teams", "missing"),
    Verb("teams", "stationed"),
)

# What is proposed, not asked: a network differs from another by none of it.
PROPOSALS: tuple[Verb, ...] = (
    Verb("propose", "regroup", options=REGROUP, room="planning"),
    Verb("propose", "sites", options=SITES, room="planning"),
    Verb("propose", "links", options=(*REPAIR, FURTHER), room="planning"),
)

# What is asked of records beside the network.
OVER_RECORDS: tuple[Verb, ...] = (
    Verb("referrals", "flows", options=(THRESHOLD,), room="flows", counting=COUNTING),
    Verb("referrals", "shares", options=(THRESHOLD,), room="flows", counting=COUNTING),
)

BY_NAME: dict[str, Verb] = {verb.name: verb for verb in (*VERBS, *OVER_RECORDS, *PROPOSALS)}
