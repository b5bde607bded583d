"""From modules to digits: what the library printed is read again, also when much of it is gone."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passdesk.printing.genre_qr import CERTIFICAT, GENRES, PASS, motifs
from passdesk.printing.modules_qr import lire_modules
from passdesk.printing.qr import matrice_certificat, matrice_pass
from tests.printing.fabrique import carnet, certificat_texte

LIVRET = carnet(10)


def marges(texte: str) -> list[float]:
    """The modules of a pass, all beyond doubt."""
    return [100.0 if noir else -100.0 for ligne in matrice_pass(texte) for noir in ligne]


@pytest.mark.parametrize("rang", range(10))
def test_each_pass_is_read_again(rang: int) -> None:
    texte = LIVRET.passes[rang].qr_texte
    assert lire_modules(marges(texte)) == texte


def test_the_fixed_modules_are_those_that_are_printed() -> None:
    for un_pass in LIVRET.passes:
        matrice = matrice_pass(un_pass.qr_texte)
        assert {place: matrice[place[0]][place[1]] for place in motifs(PASS)} == motifs(PASS)
    couverture = matrice_certificat(LIVRET.certificat_texte)
    assert {place: couverture[place[0]][place[1]] for place in motifs(CERTIFICAT)} == motifs(CERTIFICAT)


@pytest.mark.parametrize("numero", range(8))
def test_the_certificate_of_a_cover_is_read_again_also_when_much_of_it_is_hidden(numero: int) -> None:
    texte = certificat_texte(kid=100 + numero)
    vus = [100.0 if noir else -100.0 for ligne in matrice_certificat(texte) for noir in ligne]
    assert lire_modules(vus, CERTIFICAT) == texte
    for ligne in range(11, 33):
        for colonne in range(14, 36):
            vus[ligne * CERTIFICAT.cote + colonne] = 0.0
    assert lire_modules(vus, CERTIFICAT) == texte
    # The same modules, believed: too many errors.
    crus = lire_modules([marge or -100.0 for marge in vus], CERTIFICAT)
    assert crus is None


def test_a_fifth_hidden_is_read_when_one_knows_that_it_is_hidden() -> None:
    texte = LIVRET.passes[3].qr_texte
    vus = marges(texte)
    for ligne in range(9, 28):
        for colonne in range(10, 29):
            vus[ligne * PASS.cote + colonne] = 0.0
    assert lire_modules(vus) == texte
    # The same modules, believed: too many errors.
    assert lire_modules([marge or -100.0 for marge in vus]) is None


@settings(max_examples=30)
@given(st.lists(st.integers(0, PASS.cote * PASS.cote - 1), max_size=30, unique=True))
def test_thirty_wrong_modules_change_nothing(places: list[int]) -> None:
    texte = LIVRET.passes[0].qr_texte
    vus = marges(texte)
    for place in places:
        vus[place] *= -1
    assert lire_modules(vus) in (texte, None)
    if len(places) <= 11:
        assert lire_modules(vus) == texte


@given(st.integers(0, 2**32))
def test_modules_at_random_never_make_a_pass(graine: int) -> None:
    alea = Random(graine)
    for genre in GENRES:
        assert lire_modules([alea.uniform(-100, 100) for _ in range(genre.cote * genre.cote)], genre) is None


def test_another_symbol_of_the_same_size_is_not_a_pass() -> None:
    grand = matrice_certificat(LIVRET.certificat_texte)
    assert lire_modules([1.0 if noir else -1.0 for ligne in grand[: PASS.cote] for noir in ligne[: PASS.cote]]) is None
