"""From what was measured on the calibration page to what follows: two per cent, and how far to move."""

from __future__ import annotations

from datetime import date

import pytest

from passdesk.domain.reglage_imprimante import ReglageImprimante, lire_mesure


def reglage(couche: float = 100, debout: float = 100, gauche: float = 80, haut: float = 115) -> ReglageImprimante:
    return ReglageImprimante(couche, debout, gauche, haut, date(2026, 11, 25))


@pytest.mark.parametrize(("couche", "debout", "juste"), [
    (100, 100, True), (98, 102, True), (102, 98, True), (97.9, 100, False), (100, 102.1, False), (96.6, 96.6, False),
])  # fmt: skip
def test_au_dela_de_deux_pour_cent_l_echelle_n_est_pas_bonne(couche: float, debout: float, juste: bool) -> None:
    assert reglage(couche, debout).juste is juste


def test_la_regle_la_plus_fausse_se_dit() -> None:
    assert reglage(99, 96.6).pire == 96.6
    assert reglage(103, 99).pire == 103


def test_ce_qui_tombe_trop_a_droite_revient_a_gauche() -> None:
    assert reglage(gauche=81.5, haut=114.2).decalage == (-1.5, 0.8)
    assert reglage().decalage == (0, 0)


@pytest.mark.parametrize("mesures", [{"couche": 9.7}, {"debout": 151}, {"gauche": 85.1}, {"haut": 109}])
def test_une_mesure_sans_rapport_se_voit(mesures: dict[str, float]) -> None:
    assert not reglage(**mesures).plausible


def test_un_decalage_de_cinq_millimetres_se_rattrape_encore() -> None:
    assert reglage(gauche=85, haut=110).plausible


@pytest.mark.parametrize(("texte", "lue"), [
    ("99,5", 99.5), (" 100 mm ", 100.0), ("96.6", 96.6), ("80,25", 80.25), ("", None), ("cent", None), ("-3", None),
    ("99,555", None), ("1e2", None), ("9 9", None),
])  # fmt: skip
def test_une_mesure_se_tape_comme_on_la_lit(texte: str, lue: float | None) -> None:
    assert lire_mesure(texte) == lue
