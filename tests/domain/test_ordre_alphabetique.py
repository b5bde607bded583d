"""The order of French lists, which depends neither on the computer nor on its language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.personne import ordre_alphabetique

RANGES = (
    "Æbeltoft", "d’Hondt", "de La Tour", "Delattre", "Dhont", "Durand", "Edmond", "Eric", "Éric", "étienne", "Ezan",
    "Le Noir", "Lenoir", "Oduber", "Œuvrard", "Ozanne", "Strasse", "Straße", "Zoé",
)  # fmt: skip


def test_names_follow_each_other_as_in_a_french_register() -> None:
    assert sorted(set(RANGES), key=ordre_alphabetique) == list(RANGES)


@pytest.mark.parametrize(("un", "autre"), [("Éric", "Eric"), ("Œuvrard", "Oeuvrard"), ("DURAND", "durand")])
def test_an_accent_or_a_capital_only_parts_two_that_nothing_else_does(un: str, autre: str) -> None:
    assert ordre_alphabetique(un)[0] == ordre_alphabetique(autre)[0]
    assert ordre_alphabetique(un) != ordre_alphabetique(autre)


@given(st.lists(st.text(alphabet="aàâbcçdeéèêœz’- AÉŒZ", max_size=6)))
def test_the_order_is_that_of_the_letters_and_never_in_doubt(noms: list[str]) -> None:
    ranges = sorted(noms, key=ordre_alphabetique)
    a_l_envers = noms[::-1]
    assert all(ordre_alphabetique(un)[0] <= ordre_alphabetique(autre)[0] for un, autre in pairwise(ranges))
    assert ranges == sorted(a_l_envers, key=ordre_alphabetique)
