"""Small cells: none is given, none can be worked out from the total, and no more is hidden than that asks."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.petits_effectifs import SEUIL, Repartition, repartir

TOTAL_ESSAYE = 18
"""Up to this total every table of two and three cells is tried."""

comptes = st.dictionaries(st.integers(0, 40), st.integers(0, 30), max_size=12)


def donnee(nombres: list[int]) -> list[int | None]:
    return [nombre for _, nombre in repartir(dict(enumerate(nombres))).cases]


@pytest.mark.parametrize(
    ("nombres", "attendu"),
    [
        ([12, 30, 0], [12, 30, 0]),
        ([5], [5]),
        ([0, 0], [0, 0]),
        # One small cell alone would be the total less the others: the next smallest goes with it.
        ([2, 9, 30], [None, None, 30]),
        # Two small ones that come to too little would still be told: 1 and 1.
        ([1, 1, 9, 30], [None, None, None, 30]),
        ([4, 4, 30], [None, None, 30]),
        # Nothing is left to hide behind: the total alone.
        ([1, 4, 0], [None, None, None]),
        ([3], [None]),
    ],
)
def test_what_is_given(nombres: list[int], attendu: list[int | None]) -> None:
    assert donnee(nombres) == attendu


def test_too_few_of_all_give_no_total_either() -> None:
    assert repartir({"a": 4, "b": 0}) == Repartition((("a", None), ("b", None)), None, detaillee=False)
    assert repartir({"a": 1, "b": 4}).total == 5
    assert repartir({}).total == 0
    with pytest.raises(ValueError, match="negative"):
        repartir({"a": -1})


@given(comptes)
def test_no_small_cell_is_ever_given_and_the_rest_is_true(comptes: dict[int, int]) -> None:
    lue = repartir(comptes)
    assert [cle for cle, _ in lue.cases] == list(comptes)
    assert all(nombre is None or (nombre == comptes[cle] and not 0 < nombre < SEUIL) for cle, nombre in lue.cases)
    assert lue.total in (sum(comptes.values()), None)
    assert lue.total is not None or 0 < sum(comptes.values()) < SEUIL


@given(comptes)
def test_no_hidden_cell_can_be_worked_out(comptes: dict[int, int]) -> None:
    """Whoever knows all that is given, and how it is hidden, still finds a hidden cell small or not small."""
    lue = repartir(comptes)
    if not lue.masquees or lue.total is None:
        return
    reste = lue.total - sum(nombre for _, nombre in lue.cases if nombre is not None)
    plancher = 1 if lue.detaillee else 0
    autres = (lue.masquees - 1) * plancher
    bas, haut = plancher if lue.masquees > 1 else reste, reste - autres
    if lue.masquees == 1:
        # A single category: the total says it, and the total is no small cell.
        assert not lue.detaillee or reste >= SEUIL
        return
    assert bas < SEUIL <= haut


def test_by_trying_every_possible_table() -> None:
    """The long way: among all the tables that would be given so, no hidden cell is always the same."""
    semblables: dict[Repartition, list[tuple[int, ...]]] = {}
    for taille in (2, 3):
        for nombres in product(range(TOTAL_ESSAYE + 1), repeat=taille):
            if sum(nombres) <= TOTAL_ESSAYE:
                semblables.setdefault(repartir(dict(enumerate(nombres))), []).append(nombres)
    for lue, tables in semblables.items():
        if lue.total is None:
            continue
        for rang, (_, nombre) in enumerate(lue.cases):
            assert nombre is not None or len({table[rang] for table in tables}) > 1, tables


@given(comptes)
def test_where_no_cell_is_small_nothing_is_hidden(comptes: dict[int, int]) -> None:
    grands = {cle: nombre + SEUIL if nombre else 0 for cle, nombre in comptes.items()}
    assert repartir(grands).masquees == 0
