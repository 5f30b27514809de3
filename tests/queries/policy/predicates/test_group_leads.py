"""Who sends to a team: the lead of the group that its units belong to, and nobody else."""

from __future__ import annotations

import pytest

from tests.queries.policy.asked import verdicts

TEAM = "@group; @second; T1 Team type=family_doctor specialists_from_lead=1 gps_from_member=1"
LISTED = "; meta links.SINKS_SLOTS.complete=complete; meta links.SINKS_BEDS.complete=complete"
ALLIANCE = "; A1 Group type=specialty_alliance; L1 Facility; L1 LEADS A1; M1 MEMBER_OF A1"
OPEN = "; meta links.MEMBER_OF.complete=partial"


@pytest.mark.parametrize(
    ("units", "sender", "expected"),
    [
        ("; M1 MEMBER_OF T1", "H1", "PASS"),
        ("; M1 LEADS T1; H1 MEMBER_OF T1", "H1", "PASS"),
        ("; M1 LEADS T1", "M1", "FAIL"),
        ("; M1 MEMBER_OF T1", "H2", "FAIL"),
        ("; M1 MEMBER_OF T1" + ALLIANCE, "L1", "FAIL"),
        ("; M1 MEMBER_OF T1" + OPEN, "H2", "NO_DATA"),
        ("", "H1", "NO_DATA"),
    ],
)
def test_slots_and_beds_of_a_team_come_from_the_lead_of_its_group(units, sender, expected):
    """TZ-30."""
    sent = f"; {sender} SINKS_SLOTS T1 slots=5; {sender} SINKS_BEDS T1 beds=2"
    assert verdicts("taizhou-2023", "TZ-30", TEAM + units + sent + LISTED)["T1"] == expected
