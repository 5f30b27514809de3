"""Codes: structure of areas, check signs of credit, organisation and institution codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.graphmodel import codes
from medgraph.words.vocabularies import FACILITY_TYPES

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("331003003000", ""),
        ("331003", ""),
        ("331003003", ""),
        ("33", ""),
        ("E38000247", ""),
        ("441900003000", ""),
        ("33100300300", "why_area_length"),
        ("001003003000", "why_area_province"),
        ("331003000001", "why_area_gap"),
        ("3.31003E+11", "why_area_digits"),
    ],
)
def test_area_codes_have_a_structure(code, why):
    """12, 9, 6, 4 or 2 digits below a province; other texts are other codes."""
    assert codes.area_code_fault(code) == why


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("12330000470051726F", ""),
        ("12331000470460720G", "why_check"),
        ("12331000470460721A", "why_check"),
        ("12330000470051726", "why_uscc_length"),
        ("12330000470051726I", "why_uscc_signs"),
        ("12000000470051726F", "why_area_province"),
    ],
)
def test_credit_codes_of_the_policy_vectors(code, why):
    """One code that is known to be valid, and two of a public file that fail."""
    assert codes.uscc_fault(code) == why


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("470051726", ""),
        ("47005172-6", ""),
        ("470460720", "why_organisation_check"),
        ("470460721", "why_organisation_check"),
        ("4700", "why_organisation_signs"),
    ],
)
def test_organisation_codes(code, why):
    """GB 11714: eight signs and one that checks them."""
    assert codes.organisation_fault(code) == why


@given(st.integers(0, 16), st.sampled_from(SIGNS))
def test_one_wrong_sign_never_passes(position, sign):
    """Any single wrong sign of a valid credit code is found."""
    code = "12330000470051726F"
    wrong = code[:position] + sign + code[position + 1 :]
    assert wrong == code or codes.uscc_fault(wrong)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("47005172633100311A1001", ""),
        ("47005172633100311A1003", "why_institution_management"),
        ("4700517263310031111001", "why_institution_class"),
        ("470051726", "why_institution_length"),
        ("47005172533100311A1001", "why_organisation_check"),
    ],
)
def test_institution_codes(code, why):
    """22 signs: organisation, area, economic type, class, management."""
    assert codes.institution_code_fault(code) == why


def test_our_types_have_listed_ws218_codes():
    """Every WS 218 code that a facility type carries is one of those listed."""
    assert {t.ws218 for t in FACILITY_TYPES.values() if t.ws218} <= codes.WS218
