"""The sides of a symbol: found back when corners are missing, and straightened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.printing.geometrie import a_travers, enveloppe, ordonner, quadrilatere, vue

CARRE = ((10.0, 10.0), (90.0, 10.0), (90.0, 90.0), (10.0, 90.0))
coins = st.tuples(*(st.tuples(st.floats(-9, 9), st.floats(-9, 9)) for _ in range(4))).map(
    lambda jeux: ordonner([(x + dx, y + dy) for (x, y), (dx, dy) in zip(CARRE, jeux, strict=True)])
)


@given(coins, st.floats(1, 200), st.floats(0, 30))
def test_a_view_brings_each_corner_to_its_place(quad, largeur, marge):
    regard = vue(quad, largeur, marge)
    assert regard is not None
    fin = marge + largeur
    for (x, y), coin in zip(((marge, marge), (fin, marge), (fin, fin), (marge, fin)), quad, strict=True):
        assert a_travers(regard, x, y) == pytest.approx(coin, abs=1e-6)


def test_no_view_of_what_has_no_area():
    assert vue(((0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)), 10) is None


def test_a_missing_corner_comes_back():
    for manque in range(4):
        sommets = list(CARRE)
        x, y = sommets[manque]
        avant, apres = sommets[manque - 1], sommets[(manque + 1) % 4]
        ecornes = [((x * 4 + a) / 5, (y * 4 + b) / 5) for a, b in (avant, apres)]
        coupe = [*sommets[:manque], *ecornes, *sommets[manque + 1 :]]
        trouve = quadrilatere(coupe)
        assert trouve is not None
        assert [c for coin in trouve for c in coin] == pytest.approx([c for coin in CARRE for c in coin])


def test_fewer_than_four_sides_are_no_square():
    assert quadrilatere([(0.0, 0.0), (4.0, 0.0), (0.0, 4.0)]) is None


@given(st.sets(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=60))
def test_the_hull_holds_every_point(points):
    bord = enveloppe(points)
    assert set(bord) <= points
    for x, y in points:
        # Seen from no edge is a point outside.
        for (ax, ay), (bx, by) in zip(bord, [*bord[1:], *bord[:1]], strict=True):
            assert (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
