"""Ask once for cases that are alike: a person says all of them, none, or each by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.foreign.cell_account import Open

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import CellAccount
    from medgraph.loaders.foreign.mapping import WorkbookMapping

YES, NO, EACH = "yes", "no", "each"
# The kinds of questions that are asked once for all of their cases, and the one of a single case.
CASE_OF = {
    "leads": "leads_case",
    "serves": "serves_case",
    "same": "same_case",
    "new": "new_case",
    "runs": "runs_case",
    "twins": "twins_case",
}


def settled(
    mapping: WorkbookMapping, account: CellAccount, kind: str, sheet: str, case: str, place: str
) -> str:
    """Return what a person has said of a case, `yes` or `no`; empty, and asked, where nothing."""
    whole = mapping.answers.get(f"{kind}:{sheet}:", "")
    if whole in (YES, NO):
        return whole
    if whole != EACH:
        account.ask(Open(kind, sheet, "", places=[place], decides=1, cases=[case]))
        return ""
    own = mapping.answers.get(f"{CASE_OF[kind]}:{sheet}:{case}", "")
    if not own:
        account.ask(Open(CASE_OF[kind], sheet, case, case, [place], 1))
    return own
