"""An audit as a workbook that people read: sheets, headings and words in their language.

CSV and JSON hold the codes, for scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.workbooks.frames_workbook import write_frames
from medgraph.visuals.report.audit_sheets import audit_sheets

if TYPE_CHECKING:
    from medgraph.queries.policy import Audit


def write_audit_workbook(found: Audit, path: str) -> None:
    """Write the rules, the findings and the missing data, a sheet each."""
    write_frames(audit_sheets(found), path)
