"""What a code lacks to be checked: the part that is missing, not the code."""

from __future__ import annotations

import pytest

from tests.queries.policy.asked import audit_of

CODE = "H1 Facility institution_code=47005172633100311A1001 uscc=12330000470051726F"
OWNED = "H1 Facility uscc=12330000470051726F; set CD-05.public=12|; set CD-05.private=52|91"


@pytest.mark.parametrize(
    ("rule", "text", "need"),
    [
        ("CD-05", OWNED, "facilities.ownership"),
        ("CD-08", CODE + " ws218=A100", "facilities.area"),
        ("CD-08", CODE + " area=331003000000", "facilities.ws218"),
        ("CD-08", "H1 Facility", "facilities.institution_code"),
    ],
)
def test_an_open_code_names_the_part_that_is_missing(rule, text, need):
    """Whoever fills in the need decides the finding."""
    found = audit_of("codes", rule, text + "; meta facilities.complete=complete").findings
    assert found["verdict"].tolist() == ["NO_DATA"]
    assert found["need"].tolist() == [need]
