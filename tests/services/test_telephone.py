"""A telephone number is understood on both sides of the border and overseas, and a mobile is told from a landline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.services.telephone import CODES_TELEPHONE, lire_telephone
from passdesk.storage.recherche import chiffres_telephone


@pytest.mark.parametrize(
    ("tape", "montre", "international", "mobile"),
    [
        ("0639980012", "06 39 98 00 12", "+33639980012", True),
        ("07.00.12.34.56", "07 00 12 34 56", "+33700123456", True),
        ("+33 (0)3 27 00 00 08", "03 27 00 00 08", "+33327000008", False),
        ("0033327000008", "03 27 00 00 08", "+33327000008", False),
        ("09 39 00 12 34", "09 39 00 12 34", "+33939001234", False),
        ("0692 12 34 56", "06 92 12 34 56", "+262692123456", True),
        ("+262 262 12 34 56", "02 62 12 34 56", "+262262123456", False),
        ("06 96 12 34 56", "06 96 12 34 56", "+596696123456", True),
        ("+32 470 12 34 56", "+32 470 12 34 56", "+32470123456", True),
        ("0470 12 34 56", "+32 470 12 34 56", "+32470123456", True),
        ("0470/12.34.56", "+32 470 12 34 56", "+32470123456", True),
        ("04 70 12 34 56", "04 70 12 34 56", "+33470123456", False),
        ("060/21.12.34", "+32 60 21 12 34", "+3260211234", False),
        ("02 123 45 67", "+32 2 123 45 67", "+3221234567", False),
        ("+687 75 12 34", "+687 75 12 34", "+687751234", True),
    ],
)
def test_numbers_of_both_sides_of_the_border_and_overseas(
    tape: str, montre: str, international: str, mobile: bool
) -> None:
    lu = lire_telephone(tape)
    assert (lu.texte, lu.international, lu.mobile, lu.erreur) == (montre, international, mobile, None)
    encore = lire_telephone(lu.texte)
    assert (encore.texte, encore.international) == (montre, international)


@pytest.mark.parametrize(
    ("tape", "code"),
    [
        ("06 39 98", "telephone_incomplet"),
        ("3939", "telephone_incomplet"),
        ("060211234", "telephone_incomplet"),
        ("06 39 98 00 123", "telephone_trop_long"),
        ("+32 470 12 34 5678", "telephone_trop_long"),
        ("+999 12 34 56 78", "telephone_incompris"),
        ("celui de sa fille", "telephone_incompris"),
    ],
)
def test_a_doubt_is_said_and_the_number_stays_as_typed(tape: str, code: str) -> None:
    lu = lire_telephone(tape)
    assert (lu.texte, lu.erreur, lu.international, lu.mobile) == (tape, code, "", False)


@given(st.text(alphabet="0123456789+ ./-()٣é", max_size=20))
def test_whatever_is_typed_is_read_and_read_again_the_same(tape: str) -> None:
    lu = lire_telephone(tape)
    assert lu.erreur is None or (lu.erreur in CODES_TELEPHONE and lu.texte == tape)
    assert lire_telephone(lu.texte).international == lu.international


@pytest.mark.parametrize("ecrit", ["+32 470 12 34 56", "0032470123456", "0470/12 34 56", "+32 (0)470 12 34 56"])
def test_a_belgian_number_is_looked_up_however_it_is_written(ecrit: str) -> None:
    assert chiffres_telephone(ecrit) == "0470123456"
