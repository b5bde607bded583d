"""How long a file stays: never before the delay, never while something needs it, never for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.campagne import plus_mois
from passdesk.domain.conservation import MOIS_DE_GARDE, Besoin, SuiviFiche, a_effacer, besoins

JOUR = date(2026, 11, 25)
jours = st.dates(date(2015, 1, 1), date(2032, 12, 31))
suivis = st.builds(
    SuiviFiche,
    dernier_contact=jours,
    carnets_jusqu_au=st.lists(jours, max_size=3).map(tuple),
    papier_en_attente=st.booleans(),
    litige_ouvert=st.booleans(),
    visite_ouverte=st.booleans(),
    limitee=st.booleans(),
    gardee_le=st.none() | jours,
)


@pytest.mark.parametrize(
    ("contact", "attendu"),
    [(date(2024, 11, 25), True), (date(2024, 11, 26), False), (date(2024, 11, 24), True), (date(2030, 1, 1), False)],
)
def test_two_years_after_the_last_contact_to_the_day(contact: date, attendu: bool) -> None:
    assert a_effacer(SuiviFiche(contact), 24, JOUR) is attendu


@pytest.mark.parametrize(
    ("champ", "valeur", "besoin"),
    [
        ("papier_en_attente", True, Besoin.PAPIER),
        ("carnets_jusqu_au", (date(2023, 1, 31), JOUR), Besoin.CARNET),
        ("litige_ouvert", True, Besoin.LITIGE),
        ("visite_ouverte", True, Besoin.VISITE),
        ("limitee", True, Besoin.LIMITATION),
        ("gardee_le", date(2025, 11, 26), Besoin.GARDEE),
    ],
)
def test_what_needs_a_file_comes_before_the_delay(champ: str, valeur: object, besoin: Besoin) -> None:
    vieux = SuiviFiche(date(2020, 1, 1))
    assert a_effacer(vieux, 24, JOUR)
    tenu = replace(vieux, **{champ: valeur})  # type: ignore[arg-type]
    assert besoins(tenu, JOUR) == {besoin} and not a_effacer(tenu, 24, JOUR)


def test_a_file_kept_is_asked_about_again_after_a_year() -> None:
    gardee = SuiviFiche(date(2020, 1, 1), gardee_le=date(2025, 11, 25))
    assert not a_effacer(gardee, 24, JOUR - timedelta(days=1))
    assert a_effacer(gardee, 24, JOUR)


@given(suivis, st.integers(6, 120), jours)
def test_the_rule_never_gives_up_too_early_nor_for_ever(suivi: SuiviFiche, mois: int, aujourdhui: date) -> None:
    if a_effacer(suivi, mois, aujourdhui):
        assert plus_mois(suivi.dernier_contact, mois) <= aujourdhui
        assert not besoins(suivi, aujourdhui)
        # It stays so, unless something happens.
        assert a_effacer(suivi, mois, aujourdhui + timedelta(days=400))
    libre = replace(suivi, papier_en_attente=False, litige_ouvert=False, visite_ouverte=False, limitee=False)
    fins = [*suivi.carnets_jusqu_au, suivi.gardee_le or aujourdhui, suivi.dernier_contact, aujourdhui]
    assert a_effacer(libre, mois, plus_mois(max(fins), max(mois, MOIS_DE_GARDE) + 1))
