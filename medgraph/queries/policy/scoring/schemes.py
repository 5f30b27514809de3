"""The schemes of scoring: one row each.

One more scheme is a file beside this one, a row here, and the columns of its sheet as a row in
`words/score_sheets.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from medgraph.errors import OptionError
from medgraph.queries.policy.facts.ledger import key_of
from medgraph.queries.policy.scoring.frames import LEDGER, ledger_of, rows_of
from medgraph.queries.policy.scoring.henan import HENAN_SHEET, county_fault, henan
from medgraph.queries.policy.scoring.judgement import JUDGEMENT_SHEET, grade_fault, judgement
from medgraph.queries.policy.scoring.xinjiang import XINJIANG_SHEET, xinjiang, zone_fault
from medgraph.words.say import say
from medgraph.words.score_sheets import CODES_OF_ZONES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.words.score_sheets import ScoreSheet


@dataclass(frozen=True)
class Scheme:
    """One scheme: the columns of its sheet, what scores it, and the options that it takes."""

    sheet: ScoreSheet
    score: Callable[..., pd.DataFrame]
    fault: Callable[[str, Any], str | None]  # what is wrong with a cell
    takes: tuple[str, ...] = ()

    def judged(self, sheet: pd.DataFrame, **options: Any) -> pd.DataFrame:
        """Return what a sheet comes to; options that the scheme does not take are left out."""
        return self.score(sheet, **{name: options[name] for name in self.takes if name in options})


SCHEMES: dict[str, Scheme] = {
    "henan": Scheme(HENAN_SHEET, henan, county_fault),
    "judgement": Scheme(JUDGEMENT_SHEET, judgement, grade_fault),
    "xinjiang": Scheme(XINJIANG_SHEET, xinjiang, zone_fault, takes=("candidates", "zones")),
}


def as_ledger(sheet: pd.DataFrame, name: str, net: MedicalNetwork | None = None) -> pd.DataFrame:
    """Return the sheet of a scheme as the ledger that `audit` takes: both judge the same cells.

    Parameters
    ----------
    sheet
        The sheet, as its scheme takes it.
    name
        The scheme: henan, judgement or xinjiang.
    net
        The network that will be audited: whoever a row names as one of its areas is called, is
        that area.

    Returns
    -------
    subject | item | value | period | origin.

    Raises
    ------
    OptionError
        Where there is no such scheme, or a column is missing.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> sheet = pd.DataFrame(
    ...     [("甲县", "责任", "人员", "B")], columns=["county", "dimension", "indicator", "grade"]
    ... )
    >>> ledger = mg.policy.scoring.as_ledger(sheet, "judgement")
    >>> ledger[["subject", "item", "value"]].values.tolist()
    [['甲县', 'judgement.责任.人员', 'B']]
    """
    ledger = ledger_of(sheet, scheme(name).sheet)
    if net is None:
        return ledger
    ids = {**_named_zones(net), **_ids_of_areas(net)} if name == "xinjiang" else _ids_of_areas(net)
    subjects = [ids.get(str(subject).strip(), subject) for subject in ledger["subject"]]
    return ledger.assign(subject=subjects)


def faulty_lines(ledger: pd.DataFrame | None) -> pd.DataFrame:
    """Return the lines of a ledger that no scheme can read, with what is wrong with each.

    subject | item | value | period | origin | fault.
    """
    columns = [*LEDGER, "fault"]
    if ledger is None or not len(ledger):
        return pd.DataFrame(columns=columns)
    lines = rows_of(ledger.reindex(columns=list(LEDGER)))
    told = [{**line, "fault": _fault(line)} for line in lines if key_of(line)]
    return pd.DataFrame([line for line in told if line["fault"]], columns=columns)


def _fault(line: Mapping[str, Any]) -> str:
    item = str(line["item"]).strip()
    found = (one.fault(item, line["value"]) for one in SCHEMES.values())
    return next(filter(None, found), "")


def _ids_of_areas(net: MedicalNetwork) -> dict[str, str]:
    """Return the areas by name, of those names that only one area has."""
    mine = np.flatnonzero(net.index.is_kind("Area"))
    names = net.index.take("name", mine).to_pylist()
    pairs = zip(names, net.index.take("id", mine).to_pylist(), strict=True)
    held = Counter(names)
    return {name: id for name, id in pairs if held[name] == 1}


def _named_zones(net: MedicalNetwork) -> dict[str, str]:
    """Return the zones of the document that a network has, by each name that people give them."""
    ids = set(net.index.ids.to_pylist())
    return {text: code for text, code in CODES_OF_ZONES.items() if code in ids}


def scheme(name: str) -> Scheme:
    """Return the scheme of a name; raise OptionError where there is none."""
    if name not in SCHEMES:
        allowed = ", ".join(SCHEMES)
        raise OptionError(say("not_one_of", what="scheme", value=name, allowed=allowed))
    return SCHEMES[name]
