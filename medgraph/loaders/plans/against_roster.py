"""Compare a draft with an existing roster, name by name: same, similar, new, missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.matching import normal

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

# A rule that says why two names mean one facility counts as the same from here on; see `names.CONFIDENCE`.
SAME = 0.95
# Names less alike than this (0 to 100) are not worth a person's look.
SIMILAR = 80


def against(draft: MedicalNetwork, roster: MedicalNetwork) -> pd.DataFrame:
    """Return one row for each facility of the draft and each of the roster that no draft row means.

    `same`: a rule of `names` (name, writing, alias) says so; `similar`: a weaker rule, or a likeness of at
    least 80 of 100 (Indel ratio, rapidfuzz), for a person to decide; `new`: nothing like it in the roster;
    `missing`: in the roster, and not in the draft. Classes are no facilities and are not compared.

    Columns: status, draft, draft_name, roster, roster_name, score (0 to 100), how.
    """
    import pandas as pd
    from rapidfuzz import fuzz, process

    known = roster.names(kind="Facility")
    held = _facilities(roster)
    written = {id: normal(name) for id, name in held.items()}
    rows = []
    for id, name in _facilities(draft).items():
        match = known.match(name)
        found, score, how = match.id, round(match.confidence * 100), match.how
        status = "same" if match.confidence >= SAME else "similar" if found else "new"
        if found is None:
            near = process.extractOne(
                normal(name), written, scorer=fuzz.ratio, score_cutoff=SIMILAR
            )
            if near:
                found, score, how, status = near[2], round(near[1]), "likeness", "similar"
        rows.append((status, id, name, found, held.get(found or ""), score if found else 0, how))
    meant = {row[3] for row in rows}
    rows += [
        ("missing", None, None, id, name, 0, "none") for id, name in held.items() if id not in meant
    ]
    columns = ["status", "draft", "draft_name", "roster", "roster_name", "score", "how"]
    return pd.DataFrame(rows, columns=columns, dtype=object)  # absent names stay None


def _facilities(net: MedicalNetwork) -> dict[str, str]:
    """Name by id of every facility that is no class."""
    index = net.index
    chosen = (index.is_kind("Facility") & ~index.is_class).nonzero()[0]
    return dict(
        zip(
            index.take("id", chosen).to_pylist(),
            index.take("name", chosen).to_pylist(),
            strict=True,
        )
    )
