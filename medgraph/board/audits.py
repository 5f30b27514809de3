"""Audit what is on the board against any packs: as a page, and as a workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError
from medgraph.loaders.workbooks.frames_workbook import write_frames
from medgraph.queries import policy
from medgraph.queries.verbs import BY_NAME
from medgraph.suffixes import XLSX
from medgraph.visuals.audit_page import audit_page
from medgraph.visuals.report.audit_sheets import audit_sheets
from medgraph.visuals.report.contents import REPORTED, findings_beside
from medgraph.words.languages import choose
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded
    from medgraph.queries.comparison.asked import Asked
    from medgraph.queries.policy import Audit
    from medgraph.queries.results import Answer
    from medgraph.visuals.figure import Figure


def packs_in_words() -> list[tuple[str, str]]:
    """Return every pack that ships, with its title."""
    return [(name, _title(policy.load(name).title)) for name in policy.shipped()]


def _title(title: Any) -> str:
    zh, en = title
    return str(choose(language(), {"zh": zh, "en": en}))


def audited(asked: Asked, loaded: Loaded, packs: Sequence[str], basis: str | None = None) -> Audit:
    """Audit a network as `medgraph audit` does, with what was left out of its source."""
    known = policy.shipped()
    unknown = [name for name in packs if name not in known]
    if unknown or not packs:
        allowed = ", ".join(known)
        value = ", ".join(unknown)
        raise OptionError(say("not_one_of", what="pack", value=value, allowed=allowed))
    return policy.audit(
        asked.net,
        list(packs),
        as_of=asked.day,
        basis=basis,
        **loaded.left,
    )


def page_of(found: Audit) -> Figure:
    """Return the page of an audit: a verdict for each clause, opened to its members."""

    def ask(net: MedicalNetwork) -> dict[str, Answer]:
        return {name: BY_NAME[name].ask(net, as_of=found.as_of) for name in REPORTED}

    return audit_page(found, findings=findings_beside(found, ask))


def workbook_of(found: Audit) -> bytes:
    """Return the workbook of an audit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"audit{XLSX}"
        write_frames(audit_sheets(found), path)
        return path.read_bytes()
