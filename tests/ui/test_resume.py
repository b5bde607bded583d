"""Ctrl+P shows the summary of the visit, before its answer is recorded, after it, and at the hand-over; never alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from passdesk.services.poste import Poste
from passdesk.ui.remise import PageRemise
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def resume(g: Guichet) -> list[str]:
    """Ctrl+P; what the dialog says, closed again."""
    g.touche(Qt.Key.Key_P, CTRL)
    g.calme()
    dits = [t.text() for t in g.papier().findChildren(QLabel) if t.isVisible()]
    g.attendre(lambda: rognes(g.papier()) == [])
    g.fermer_papier()
    return dits


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_the_summary_comes_when_it_is_asked_for(g: Guichet, poste: Poste, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = g.visite(visite_accord(poste))
    assert "Résumé de la visite" in resume(g)
    g.choisir_acte("Autres cas", "Imprimer le résumé…")
    g.calme()
    g.fermer_papier()
    assert page.droit is not None and page.droit.titre == "Un carnet de\u00a010", "nothing was recorded"
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise)
    assert "Résumé de la visite" in resume(g)
    g.valider()
    assert "Carnet remis" in g.textes()
    assert "Résumé de la visite" in resume(g)
    g.attendre(lambda: rognes(g.page) == [])


def test_the_picture_of_a_paper_is_made_outside_the_window(
    g: Guichet, poste: Poste, images_faites: list[tuple[str, str]]
) -> None:
    g.visite(visite_accord(poste))
    g.touche(Qt.Key.Key_P, CTRL)
    g.calme()
    g.attendre(lambda: g.papier()._feuille._feuille is not None)
    assert g.papier().grab().toImage().pixelColor(0, 0).isValid()
    assert images_faites == [("_lire", "rendu"), ("_reduire", "rendu")]
    g.fermer_papier()


def test_it_waits_for_the_answers_and_does_not_take_the_place_of_the_letter(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, pieces=(), public=None))
    g.touche(Qt.Key.Key_P, CTRL)
    g.calme()
    assert "Il reste une réponse à donner ou à corriger." in g.textes()
    page.demande.radios["demandeur_emploi"].click()
    g.calme()
    page.justificatifs.rangs["piece_identite"].case.click()
    g.calme()
    g.valider()
    g.papier().reject()
    g.fenetre.activateWindow()
    g.attendre(g.fenetre.isActiveWindow)
    g.calme()
    assert isinstance(g.page, PageVisite) and page._papier_attendu
    assert "Résumé de la visite" in resume(g)
    assert page._papier_attendu, "the list to bring has still not gone"
