"""Make up a county, a city, a province or a nation: deterministic, and labelled as synthetic.

Nothing in it is a fact about a real place: codes use city numbers that no city has (60 and above).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.errors import OptionError
from medgraph.loaders.samples.connections import connect
from medgraph.loaders.samples.country import Country
from medgraph.loaders.samples.country_tables import network_of
from medgraph.loaders.samples.defects import DEFECTS
from medgraph.loaders.samples.sizes import SCALES
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.network import MedicalNetwork

# The nodes of a nation without its areas, which other numbers of nodes are shares of.
_NODES_OF_A_NATION = 1_000_000


def synthetic(
    seed: int = 1, scale: str = "county", defects: Iterable[str] = (), nodes: int | None = None
) -> MedicalNetwork:
    """Return a made-up network of one county, city, province or nation.

    Every county has two groups, each with a tertiary lead, member hospitals, township centres,
    village clinics and community stations; shared centres, postings, referrals both ways with
    minutes, and one public-health team for each group. It is sound unless `defects` are planted.
    The nation has 1,000,000 nodes and 38,000 township areas, ids of 18 characters, shuffled rows,
    neither villages nor teams, fewer stations in groups, and not for every referral up one down.

    Parameters
    ----------
    seed
        What the population, the beds and the places are drawn from: the same seed makes the same
        network.
    scale
        `county`, `city` (8 counties), `province` (80) or `nation` (2,800).
    defects
        What is planted, in every twentieth county, the first included. Every defect changes exactly
        what it says:

        - `gap`: a township that no facility serves (the SERVES link of its centre is missing);
        - `overlap`: a township that the lead of the other group serves too;
        - `ungrouped`: a community station in no group (where there is one in a group);
        - `multiple`: a station in both groups of its county;
        - `dead_end`: a township centre without referral up (nor down to it);
        - `level_skip`: a clinic that also refers straight to the tertiary lead, and back;
        - `loop`: two centres that refer up to each other and nowhere else;
        - `up_without_down`, `down_without_up`: a clinic with one direction only;
        - `out_of_group`: a clinic that also refers to a centre of the other group, and back;
        - `asymmetric`: a clinic whose way down takes 90 minutes longer than its way up;
        - `closed_target`: a closed member hospital (one more node) that a centre also refers to,
          and back;
        - `expired_posting`: a centre whose posting ended in 2024;
        - `no_posting`: a centre that nobody is sent to;
        - `no_centre`: a township centre that does not use the imaging centre;
        - `unattached`: a clinic that no centre runs;
        - `no_telemedicine`: a centre without TELEMEDICINE; not in the nation, which has none.
    nodes
        Ask for a nation of about that many nodes in place of `scale`.

    Returns
    -------
    MedicalNetwork
        The network, with every table declared complete.

    Raises
    ------
    OptionError
        For another scale or defect, and for a defect of links that the nation has not.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.synthetic(defects=["dead_end"])
    >>> net.counts()["facilities"]
    216
    >>> mg.referrals.broken(net).frame["source"].iloc[0]
    '336001002000T00001'
    """
    _check("scale", scale, SCALES)
    defects = list(defects)
    for defect in defects:
        _check("defect", defect, DEFECTS)
    size = SCALES[scale]
    if nodes is not None:
        size = SCALES["nation"].scaled(nodes / _NODES_OF_A_NATION)
    country = Country(size, np.random.default_rng(seed))
    connect(country)
    for defect in defects:
        relation = DEFECTS[defect].relation
        if relation and relation not in country.links.columns:
            named = label("relation", relation, language())
            raise OptionError(say("sample_without", defect=defect, relation=named))
        DEFECTS[defect].plant(country)
    source = f"medgraph synthetic seed={seed} scale={scale}"
    return network_of(country, source, shuffled=size.shuffled)


def _check(what: str, value: str, allowed: dict[str, Any]) -> None:
    if value not in allowed:
        raise OptionError(say("not_one_of", what=what, value=value, allowed=", ".join(allowed)))
