"""What breaks when a facility stops: who loses what, and which stops cost most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.graphmodel.states import Fact
from medgraph.queries.answers import answer, define, frame_of, one_of
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.resilience.affected import by_stop
from medgraph.queries.resilience.certainty import in_words, losers, relied_on
from medgraph.queries.resilience.losses import kinds_of_loss, unlisted
from medgraph.queries.subjects import Subjects
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


@told_as_listed
def dependents(
    net: MedicalNetwork, facility: str, *, as_of: datetime.date | str | None = None
) -> Answer:
    """Say who loses what if `facility` stops: ways up, shared services, dispatched staff, leads.

    A facility loses a thing where every source of it goes through the one that stops: every way of
    up-referral to the lead of a group or a tertiary hospital; every host of a shared centre of that
    kind that it uses; everybody who sends it staff; every lead of its groups. Share: facilities
    that lose something, of all at work, the stopped one apart. Where the list of sources is not
    declared complete a facility may have another one, or have the thing though nothing says so: it
    is unknown.

    Parameters
    ----------
    net
        The network.
    facility
        The id of the facility that stops.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per facility and loss: `facility`, `name`, `type`, `loses` (referral_path, lead,
        staff, telemedicine or a kind of centre), `status` (loses; may_lose where there may be
        another source), `reason`. Notes give each loss
        as a sentence with townships and residents.

    Raises
    ------
    UnknownIdError
        No node has this id.
    ChangeError
        The id is not that of a facility.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.resilience.dependents(mg.samples.taizhou(), "TZ-H01")
    >>> answer.bounds.met, answer.bounds.total  # staff and telemedicine are not declared complete
    ((15, 56), (56, 56))
    >>> answer.as_listed
    Share(met=15, total=56, unit='facilities')
    >>> answer.frame["loses"].value_counts().sort_index().to_dict()
    {'lead': 15, 'referral_path': 15}
    """
    day = Day(net, as_of)
    net._known(facility, "Facility")
    stop = day.index.position(facility)
    every = [losses_of() for losses_of in kinds_of_loss(day).values()]
    found = [losses.of_stop(stop) for losses in every]
    loser = np.concatenate([losses.loser for losses in found])
    closed = np.concatenate([losses.closed[losses.loser] for losses in found])
    frame = frame_of(
        {
            "facility": day.ids(loser),
            "name": day.names(loser),
            "type": day.index.take("type", loser).to_pylist(),
            "loses": [losses.kind for losses in found for _ in losses.loser],
            "status": in_words(closed, "loses", "may_lose"),
            "reason": say("depends_on", name=day.name(stop)),
        }
    )
    everybody_else = day.index.is_kind("Facility") & ~day.mask([stop])
    others = Subjects(day, Fact.of(everybody_else))
    return answer(
        day,
        "resilience.dependents",
        define(day, "dependents_numerator", "dependents_denominator", "facilities"),
        frame,
        **losers([*every, unlisted(day)], stop, others)._asdict(),
        perhaps=others.perhaps,
        excluded=others.left_out,
        lists=("facilities",),
        notes=by_stop(day, found)["statement"].to_list(),
    )


@told_as_listed
def critical(
    net: MedicalNetwork,
    *,
    loses: str | None = None,
    top: int | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Rank all facilities by what is lost if each stops, one at a time.

    The same as `dependents` for every facility at once: for ways of referral by the dominators of
    the referral network (exact, on networks with loops too), for the rest by counting sources.
    Share: facilities on which somebody depends, of all at work; where lists are not declared
    complete, somebody may depend on any other, and it is unknown.

    Parameters
    ----------
    net
        The network.
    loses
        One kind of loss (referral_path, lead, staff, telemedicine, imaging, ...); without it, all.
    top
        Only the first so many rows.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per facility and kind of loss, the heaviest first: `facility`, `name`, `loses`,
        `facilities` (all that lose it), `townships` (township and community centres among them) of
        `of_townships` (those at work in their counties), `population` (residents of areas that
        nobody else serves with it), `areas_unstated` (such areas without a population), `status`
        (critical; may_be_critical where they may have another source), `statement`.

    Raises
    ------
    OptionError
        The network has no loss of the kind `loses`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.resilience.critical(mg.samples.taizhou(), loses="lead", top=2)
    >>> answer.share
    Share(met=4, total=57, unit='facilities')
    >>> answer.frame[["facility", "facilities", "townships", "of_townships"]].values.tolist()
    [['TZ-H03', 19, 19, 19], ['TZ-H01', 15, 10, 10]]
    """
    day = Day(net, as_of)
    kinds = kinds_of_loss(day)
    asked = kinds if loses is None else (one_of("loses", loses, kinds),)
    everybody = Subjects(day, Fact.of(day.index.is_kind("Facility")))
    found = [kinds[kind]() for kind in asked]
    frame = by_stop(day, found)
    every = found if loses else [*found, unlisted(day)]
    return answer(
        day,
        "resilience.critical",
        define(day, "critical_numerator", "critical_denominator", "facilities"),
        frame if top is None else frame.head(top),
        **relied_on(every, everybody)._asdict(),
        perhaps=everybody.perhaps,
        excluded=everybody.left_out,
        lists=("facilities",),
    )
