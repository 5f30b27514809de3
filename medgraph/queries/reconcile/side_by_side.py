"""Put both rows of each entry of a review side by side, in words, for people who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.decisions import MERGED, SAME, SPLIT
from medgraph.queries.results import together
from medgraph.words.name_comparing import ADDRESS_COLUMNS, POSTCODE_COLUMNS
from medgraph.words.review_sheet import PLACES, SEEN
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_CODES = ("uscc", "institution_code", "organisation_code")
_ASK_FIRST = {"ask": 0, "same": 1, "only_before": 2, "only_after": 3}
_BETWEEN = "|"


def side_by_side(before: MedicalNetwork, after: MedicalNetwork, *, review: Answer) -> pd.DataFrame:
    """Return the entries of a review as a sheet shows them: what is asked first, surest last.

    Parameters
    ----------
    before
        The first list.
    after
        The second list.
    review
        What `facilities` said of both.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> rows = mg.reconcile.side_by_side(net, net, review=mg.reconcile.facilities(net, net))
    >>> rows.columns[:6].tolist()
    ['number', 'status', 'confidence', 'name', 'target_name', 'decision']
    """
    rows = together(review.unknown, review.frame)
    order = rows.assign(first=rows["status"].map(_ASK_FIRST))
    rows = rows.loc[order.sort_values(["first", "confidence"], kind="stable").index]
    for prefix, ids, net in (("", "source", before), ("target_", "target", after)):
        shown = _shown(net)
        for name, of_id in shown.items():
            rows[f"{prefix}{name}"] = [of_id.get(id, "") for id in rows[ids]]
    # what came of another stands on the sheet of decisions, with both ends
    rows.loc[rows["decision"].isin((MERGED, SPLIT)), "decision"] = ""
    rows["status"] = [say(f"reconcile.status.{word}") for word in rows["status"]]
    rows["change"] = [_changes(text) for text in rows["change"]]
    rows["number"] = range(1, len(rows) + 1)
    return rows.reindex(columns=list(SEEN), fill_value="").reset_index(drop=True)


def about(review: Answer, *, of_places: bool = False) -> list[str]:
    """Return what stands beside a review for those who decide: what it counts, and how to decide.

    Parameters
    ----------
    review
        The review.
    of_places
        Whether it is one of places.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> len(about(mg.reconcile.facilities(net, net))) > 2
    True
    """
    how = say("reconcile.how_places" if of_places else "reconcile.how")
    lines = (*review.stamps, *review.notes, review.definition.in_words, how)
    return [str(line) for line in lines if line]


def places_sheet(review: Answer) -> pd.DataFrame:
    """Return the rows of a review of places as a sheet shows them, what is asked first.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> places_sheet(mg.reconcile.places(net)).columns[:3].tolist()
    ['number', 'status', 'confidence']
    """
    rows = together(review.unknown, review.frame)
    rows = rows.rename(columns={"facility": "source", "area": "target", "area_name": "target_name"})
    said = {SAME: say("reconcile.status.placed"), "ask": say("reconcile.status.ask")}
    rows["status"] = [said[word] for word in rows["status"]]
    rows["number"] = range(1, len(rows) + 1)
    return rows.reindex(columns=list(PLACES), fill_value="").reset_index(drop=True)


def _changes(text: str) -> str:
    return say("list_comma").join(say(f"reconcile.change.{word}") for word in text.split(_BETWEEN))


def _shown(net: MedicalNetwork) -> dict[str, dict[str, str]]:
    """What people see of each facility, by id."""
    nodes = net.tables[0]
    names = dict(zip(nodes["id"].to_pylist(), nodes["name"].to_pylist(), strict=True))
    wanted = ("id", "kind", "area", "type", *_CODES, *ADDRESS_COLUMNS, *POSTCODE_COLUMNS)
    table = nodes.select([name for name in wanted if name in nodes.column_names])
    shown: dict[str, dict[str, str]] = {"area": {}, "type": {}, "code": {}, "address": {}}
    for row in table.to_pylist():
        if row["kind"] != "Facility":
            continue
        area, kind = row.get("area"), row.get("type")
        code = next((str(row[name]) for name in _CODES if row.get(name)), "")
        address = [str(row[n]) for n in (*ADDRESS_COLUMNS, *POSTCODE_COLUMNS) if row.get(n)]
        shown["area"][row["id"]] = names.get(area) or area or ""
        shown["type"][row["id"]] = label("facility_type", kind, language()) if kind else ""
        shown["code"][row["id"]] = code
        shown["address"][row["id"]] = " ".join(address)
    return shown
