"""A list as tall as its rows: the page scrolls with it, and no row is cut in two at its edges."""

from __future__ import annotations

import gc
import weakref
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from passdesk.ui.composants import Colonne, Defilement, FocusRing, Liste, Rangee, WrapLabel
from passdesk.ui.composants.mots import Mots
from passdesk.ui.theme import Theme
from tests.ui.mesures import hors_de_vue

PHRASE = "Le carnet est gardé, rien n’est compté. Videz sa file d’attente sur l’ordinateur, puis recommencez. "


def page(qtbot: QtBot, *widgets: QWidget, theme: Theme, hauteur: int) -> Defilement:
    """In a window, a scroll area over these."""
    colonne = Colonne(theme, ecart=8)
    for widget in widgets:
        colonne.addWidget(widget)
    contenu = QWidget()
    contenu.setLayout(colonne)
    fenetre, zone = QMainWindow(), Defilement(contenu)
    zone.fenetre = fenetre  # type: ignore[attr-defined]  # kept: nobody else holds it
    fenetre.setCentralWidget(zone)
    FocusRing(fenetre, theme)
    qtbot.addWidget(fenetre)
    fenetre.resize(420, hauteur)
    fenetre.show()
    fenetre.activateWindow()
    qtbot.waitExposed(fenetre)
    return zone


def test_the_page_scrolls_with_a_list_that_is_as_tall_as_its_rows(qtbot: QtBot, theme: Theme) -> None:
    liste = Liste(theme, "Carnets")
    liste.montrer([Rangee(rang, f"Carnet {rang}", "10 pass", cochee=False) for rang in range(12)])
    liste.derouler(oui=True)
    zone = page(qtbot, WrapLabel(PHRASE * 2), liste, theme=theme, hauteur=320)
    barre = zone.verticalScrollBar()
    qtbot.waitUntil(lambda: liste.height() >= 12 * liste.sizeHintForRow(0))
    assert liste.verticalScrollBar().maximum() == 0 and not liste.verticalScrollBar().isVisible()
    liste.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is liste)
    for _ in range(11):
        QTest.keyClick(liste, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: hors_de_vue(zone) == [])
    assert liste.cle() == 11 and barre.value() > 0
    rangees = [Rangee(rang, f"Carnet {rang}", "10 pass", "À refaire", cochee=True) for rang in range(12)]
    avant = barre.value()
    liste.montrer(rangees)
    qtbot.waitUntil(lambda: hors_de_vue(zone) == [])
    assert barre.value() >= avant - liste.sizeHintForRow(0), "a tick does not lead back to the first row"
    QTest.keyClick(liste, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: hors_de_vue(zone) == [] and barre.value() < avant)


def test_each_row_is_measured_once_for_a_width_and_a_text_size(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    longueur, mesures = Mots.longueur, Counter[str]()

    def noter(mots: Mots, texte: str, role: str) -> float:
        mesures[texte] += 1
        return longueur(mots, texte, role)

    monkeypatch.setattr(Mots, "longueur", noter)
    liste = Liste(theme, "Personnes")
    qtbot.addWidget(liste)
    liste.resize(400, 600)
    liste.show()
    qtbot.waitExposed(liste)
    rangees = [Rangee(rang, f"Personne {rang}", "née le 1er mai", badge="carnet de 10") for rang in range(100)]
    liste.montrer(rangees)
    qtbot.waitUntil(lambda: mesures["Personne 99"] > 0 and liste.verticalScrollBar().isVisible())
    assert max(mesures[rangee.titre] for rangee in rangees) <= 2, "once as wide as the list, once beside its bar"
    mesures.clear()
    liste.doItemsLayout()
    haut = liste.sizeHintForRow(0)
    assert not mesures
    liste.montrer([Rangee(0, "Lefebvre-Dupont, Marie Antoinette", "née le 1er mai", badge="carnet de 10 pass")])
    assert liste.sizeHintForRow(0) > haut, "another row, of which the badge goes under the words"
    liste.resize(700, 600)
    assert liste.sizeHintForRow(0) == haut
    theme.choisir(echelle=2.0)
    assert liste.sizeHintForRow(0) > 1.5 * haut


class _Cle:
    """The key of a row, whose end can be seen."""


def test_a_list_that_is_emptied_holds_no_row_any_more(qtbot: QtBot, theme: Theme) -> None:
    """The names and birth dates of a search stayed in memory until the next one, behind the lock too."""
    liste = Liste(theme, "Personnes")
    qtbot.addWidget(liste)
    liste.show()
    qtbot.waitExposed(liste)
    cle = _Cle()
    liste.montrer([Rangee(cle, "Maëlle Dufresnoy", "née le 1er mai 1990")])
    assert liste.sizeHintForRow(0) > 0
    vue = weakref.ref(cle)
    del cle
    liste.montrer([])
    gc.collect()
    assert vue() is None
