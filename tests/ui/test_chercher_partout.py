"""Ctrl+K finds by whatever one has of somebody, a carnet, a scan; with nobody, the places it may mean."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from passdesk.printing.lecture import lire_pdf
from passdesk.services.impression import lancer_impression, sortir
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.lieux import PageLieux
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.services.test_lieux import prendre
from tests.ui.guichet import CTRL, Guichet, guichet, nom_lu
from tests.ui.mesures import rognes
from tests.ui.test_journees import ImprimanteQuiBourre
from tests.ui.test_lieux import LISTE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def chercher(g: Guichet, texte: str) -> list[str]:
    """Ctrl+K from anywhere, then the text; who is listed."""
    g.touche(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    g.touche(Qt.Key.Key_K, CTRL)
    page = g.page
    assert isinstance(page, PagePersonnes) and g.focus is page.champ
    page.champ.setText(texte)
    g.calme()
    g.attendre(lambda: not page._attente.isActive())
    g.calme()
    return [rangee.titre for rangee in page.liste.rangees] if page.liste.isVisible() else []


def test_whatever_one_has_of_somebody_finds_them(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    carnet = attribuer(poste, visite_accord(poste)).carnet
    attribuer(poste, visite_accord(poste, nom_naissance="Obin", prenoms="Karim", naissance="05/06/1985",
                                   telephone="", commune="59392"))  # fmt: skip
    imprimante = ImprimanteQuiBourre(0)
    sortir(lancer_impression(poste, carnet.campagne, carnet.numero), imprimante)
    scan = next(code for code in lire_pdf(imprimante.travaux[0]) if code.startswith("801"))
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        for texte in ("dufresnoy", "maelle", "06 39 98 00 12", "0639980012", "12/04/1987", "12041987", "12 avril 1987",
                      "12 avr 87", "fourmies", "59610", "127 0000021", "dufresnoy fourmies", scan):  # fmt: skip
            assert chercher(g, texte) == ["Maëlle Dufresnoy"], texte


def test_with_nobody_the_places_that_the_text_may_mean_are_offered(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    prendre(poste, LISTE)
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        assert chercher(g, "réglag") == []
        g.attendre(lambda: rognes(g.page) == [])
        g.aller_a("Aller à Réglages")
        g.touche(Qt.Key.Key_Space)
        g.calme()
        assert g.page.cle == "reglages"
        nom = g.bureau.montrer_lieu("lieux")
        assert isinstance(nom, PageLieux)
        g.calme()
        mot = max(nom.liste.rangees[-1].titre.split(), key=len)
        assert chercher(g, mot) == []
        lien = next(b for b in g.page.findChildren(QAbstractButton) if b.isVisible() and "de la liste" in nom_lu(b))
        lien.click()
        g.calme()
        assert g.page is nom and nom.champ.text() == mot and nom.liste.rangees


def test_what_is_awarded_is_not_undone_and_the_page_says_where(g: Guichet, poste: Poste) -> None:
    g.visite(visite_accord(poste))
    g.valider()
    assert isinstance(g.page, PageImpression)
    g.touche(Qt.Key.Key_Z, CTRL)
    assert "Le carnet est attribué\u00a0: il ne s’annule pas d’ici, mais depuis Carnets." in g.textes()
    g.attendre(lambda: rognes(g.page) == [])
