"""Mending codewords: up to the limit of the code, with and without suspected places, and never beyond it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qrcode.base import Polynomial, gexp

from passdesk.printing.reed_solomon import corriger

CORRECTEURS = 24


def ecrire(donnees: list[int]) -> list[int]:
    """Data and their correcting codewords, by the library that prints our symbols."""
    generateur = Polynomial([1], 0)
    for rang in range(CORRECTEURS):
        generateur = generateur * Polynomial([1, gexp(rang)], 0)
    reste = Polynomial(donnees, CORRECTEURS) % generateur
    fin = [reste[rang] for rang in range(len(reste))]
    return [*donnees, *[0] * (CORRECTEURS - len(fin)), *fin]


octets = st.integers(0, 255)
donnees = st.lists(octets, min_size=19, max_size=19).filter(any)


@given(donnees, st.integers(0, 12), st.randoms(use_true_random=False), st.data())
def test_every_mix_within_the_limit_is_mended(bloc, fautes, alea, data):
    juste = ecrire(bloc)
    effaces = data.draw(st.integers(0, CORRECTEURS - 2 * fautes))
    places = alea.sample(range(len(juste)), fautes + effaces)
    abime = list(juste)
    for place in places:
        abime[place] ^= alea.randrange(1, 256)
    assert corriger(abime, CORRECTEURS, places[:effaces]) == juste
    # A place suspected that was right all along costs no more.
    assert corriger(juste, CORRECTEURS, places[:effaces]) == juste


@given(donnees, st.randoms(use_true_random=False))
def test_beyond_the_limit_it_says_no_rather_than_something_else(bloc, alea):
    juste = ecrire(bloc)
    abime = list(juste)
    for place in alea.sample(range(len(juste)), 20):
        abime[place] ^= alea.randrange(1, 256)
    assert corriger(abime, CORRECTEURS, reserve=2) is None


@pytest.mark.parametrize(("fautes", "attendu"), [(11, True), (12, False)])
def test_a_reserve_is_not_spent(fautes, attendu):
    juste = ecrire(list(range(1, 20)))
    abime = [mot ^ (7 if rang < fautes else 0) for rang, mot in enumerate(juste)]
    assert (corriger(abime, CORRECTEURS, reserve=2) == juste) is attendu
