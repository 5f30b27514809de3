"""What each form of the grammar of plans gives: one table of rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.loaders.plans import general_sentences as general
from medgraph.loaders.plans import statements
from medgraph.loaders.plans.draft_network import DraftNetwork
from medgraph.loaders.plans.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

Step = Callable[[DraftNetwork, Sentence], None]


@dataclass(frozen=True)
class Effect:
    """What a form gives: what it states where it is read, and what it implies for all groups."""

    states: Step | None = None
    implies: Step | None = None


# A form that is not here gives nothing alone: it goes with another sentence or phrase.
EFFECTS = {
    "membership": Effect(states=statements.add_group),
    "membership_by": Effect(states=statements.add_group),
    "led_by": Effect(states=statements.add_group),
    "founded": Effect(states=statements.add_group),
    "composed": Effect(states=statements.add_group),
    "of_group": Effect(states=statements.add_group),
    "marked_lead": Effect(states=statements.add_group),
    "merged": Effect(states=statements.add_group),
    "united": Effect(states=statements.add_group),
    "absorbed": Effect(states=statements.add_later_members),
    "alliance": Effect(states=statements.add_alliance),
    "team": Effect(states=statements.add_team, implies=general.station_team),
    "family_team": Effect(states=statements.add_family_team),
    "committee": Effect(states=statements.add_committee),
    "district_committee": Effect(
        states=statements.add_district_committees, implies=general.report_upwards
    ),
    "regional": Effect(states=statements.add_regional_centre),
    "builds": Effect(states=statements.add_platform),
    "group_count": Effect(implies=general.count_groups),
    "governs": Effect(implies=general.govern),
    "cooperates": Effect(implies=general.cooperate),
    "alliance_links": Effect(implies=general.link_alliances),
    "centres": Effect(implies=general.host_centres),
    "departments": Effect(implies=general.host_departments),
    "referral": Effect(implies=general.refer),
    "quota": Effect(implies=general.sink_resources),
    "recognises": Effect(implies=general.recognise_results),
    "connects": Effect(implies=general.connect),
    "manages_through": Effect(implies=general.manage_through),
}


def carry_out(net: DraftNetwork, sentences: Iterable[Sentence]) -> None:
    """Take in what sentences state; then, with all groups and members known, what they imply."""
    readings = [reading for sentence in sentences for reading in sentence.readings]
    effects = [(EFFECTS.get(reading.form, Effect()), reading) for reading in readings]
    for effect, reading in effects:
        if effect.states:
            effect.states(net, reading)
    for effect, reading in effects:
        if effect.implies:
            effect.implies(net, reading)
