"""The questions: one table of verbs, each the Python function of the same name with its options.

A verb says which function answers it, which options it takes beyond those of every question, and
whether findings make the exit code 1. To add a query to the command line, add a row here.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import click

from medgraph.cli.common import answer_options, progress, read_source, show, source_options
from medgraph.cli.option_values import Bands, Counts, Roads, Table, TravelTimes
from medgraph.words.say import say


def option(name: str, type: Any = str, *, told: str | None = None, **settings: Any) -> click.Option:
    """Return an option whose help stands in the catalogue as `help.option.NAME` (or under `told`)."""
    flag = "--" + name.replace("_", "-")
    return click.Option(
        [flag, name], type=type, help=say(f"help.option.{told or name}"), **settings
    )


@dataclass(frozen=True)
class Verb:
    """One question: `module.function`, its `subject` argument (None: the network alone), its `options`."""

    module: str
    function: str
    subject: str | None = None
    options: tuple[click.Option, ...] = ()
    findings: bool = False

    def ask(self, net: Any, subject: str | None, **options: Any) -> Any:
        function = getattr(
            importlib.import_module(f"medgraph.queries.{self.module}"), self.function
        )
        given = {
            k: v
            for k, v in options.items()
            if v is not None and not (isinstance(v, tuple) and not v)
        }
        return function(net, net.find(subject), **given) if self.subject else function(net, **given)


# Options that several verbs take, by the name of the argument of the function.
LEVEL = option("level")
TARGET_LEVEL = option("level", told="facility_level")
SPECIALTY = option("specialty")
WITHIN = option("within_group", None, is_flag=True, default=None)
TO = option("to")
YEAR = option("year", int)
OBLIGATIONS = option("obligations", multiple=True)
EXCHANGE = (
    option("by", click.Choice(["group", "facility"])),
    option(
        "kind",
        click.Choice(["staff", "slots", "beds", "services", "telemedicine"]),
        told="exchange_kind",
    ),
)
DIRECTION = option("direction", click.Choice(["up", "down"]))

VERBS: dict[str, tuple[Verb, ...]] = {
    "coverage": (
        Verb("coverage", "served", options=(LEVEL,)),
        Verb("coverage", "gaps", options=(LEVEL,), findings=True),
        Verb("coverage", "overlaps", options=(LEVEL,), findings=True),
        Verb("coverage", "ungrouped", options=(option("collective"),), findings=True),
        Verb("coverage", "multiple", findings=True),
        Verb("coverage", "grid", options=(LEVEL,)),
        Verb(
            "coverage",
            "access",
            options=(
                option("facility_type", multiple=True),
                option("facility_level"),
                option("times", TravelTimes()),
                option("roads", Roads()),
                option("speed_kmh", float),
                option("minutes", float, multiple=True),
                option("decay", Bands()),
                option("supply"),
                option("snap_km", float),
                LEVEL,
            ),
        ),
        Verb("coverage", "stations"),
    ),
    "referrals": (
        Verb("referrals", "path", "facility", (TO, SPECIALTY, TARGET_LEVEL, DIRECTION, WITHIN)),
        Verb("referrals", "paths", options=(TO, SPECIALTY, TARGET_LEVEL, DIRECTION, WITHIN)),
        Verb(
            "referrals",
            "alternatives",
            "facility",
            (option("k", int), TO, SPECIALTY, TARGET_LEVEL, DIRECTION, WITHIN),
        ),
        Verb("referrals", "broken", options=(option("asymmetry", float),), findings=True),
        Verb("referrals", "specialties", options=(SPECIALTY, WITHIN)),
        Verb(
            "referrals",
            "load",
            options=(
                option("rate", float),
                option("counts", Counts()),
                option("capacity"),
                option("turnover", float),
                SPECIALTY,
                TARGET_LEVEL,
                WITHIN,
            ),
        ),
        Verb("referrals", "bottlenecks", options=(SPECIALTY, TARGET_LEVEL, option("top", int))),
        Verb("referrals", "regions"),
    ),
    "sharing": (
        Verb("sharing", "centres", options=(option("kind", told="centre_kind"),)),
        Verb("sharing", "matrix", options=(OBLIGATIONS,)),
        Verb("sharing", "cells", options=(OBLIGATIONS,)),
        Verb("sharing", "exchange", options=EXCHANGE),
        Verb("sharing", "balance", options=EXCHANGE),
        Verb(
            "sharing",
            "unsupported",
            options=(option("primary_only", None, is_flag=True, default=None),),
            findings=True,
        ),
        Verb("sharing", "recognition"),
    ),
    "dispatch": (
        Verb("dispatch", "ledger", options=(YEAR,)),
        Verb("dispatch", "ending", options=(option("within_days", int),)),
        Verb(
            "dispatch",
            "coverage",
            options=(option("test", click.Choice(["all_year", "six_months", "per_10000"])), YEAR),
        ),
        Verb("dispatch", "quota"),
    ),
    "resilience": (
        Verb("resilience", "dependents", "facility"),
        Verb("resilience", "critical", options=(option("loses"), option("top", int))),
        Verb(
            "repair",
            "repair",
            options=(
                OBLIGATIONS,
                option("minimise"),
                option("within_km", float),
                option("capacity", int, told="repair_capacity"),
                option("candidates", Table()),
                option("seconds", float),
            ),
        ),
    ),
    "alliances": tuple(
        Verb("alliances", name) for name in ("members", "districts", "links", "only", "reach")
    ),
    "teams": tuple(Verb("teams", name) for name in ("composition", "missing", "stationed")),
}


def commands() -> list[click.Command]:
    """Return one click group for each noun, with its verbs."""
    return [_noun(noun, verbs) for noun, verbs in VERBS.items()]


def _noun(noun: str, verbs: tuple[Verb, ...]) -> click.Group:
    group = click.Group(noun, help=say(f"help.{noun}"))
    for verb in verbs:
        group.add_command(_command(noun, verb))
    return group


def _command(noun: str, verb: Verb) -> click.Command:
    def run(
        source: str,
        mapping: str | None,
        lenient: bool,
        as_of: Any,
        area: str | None,
        format_: str | None,
        output: str | None,
        subject: str | None = None,
        **options: Any,
    ) -> int:
        net = read_source(source, mapping=mapping, lenient=lenient, area=area)
        with progress(say("asking", query=f"{noun}.{verb.function}")):
            answer = verb.ask(net, subject, as_of=as_of, **options)
        show(answer, format_, output)
        return int(verb.findings and len(answer.frame) > 0)

    command = run
    if verb.subject:
        command = click.argument("subject", metavar=verb.subject.upper())(command)
    command = click.command(
        verb.function.replace("_", "-"), help=say(f"help.{noun}.{verb.function}")
    )(source_options(answer_options(command)))
    command.params.extend(verb.options)
    return command
