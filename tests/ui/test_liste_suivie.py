"""The row chosen stays in sight when its list changes under it; one that shows nothing says so in words first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from passdesk.ui.composants import Btn, Defilement, EmptyState, Liste, Rangee, WrapLabel
from passdesk.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
RANGEES = [Rangee(rang, f"Carnet {rang}", "10 pass") for rang in range(60)]


@pytest.fixture
def liste(qtbot: QtBot, theme: Theme) -> Liste:
    """Sixty rows in a window that shows a few, the fortieth chosen."""
    fenetre, liste = QMainWindow(), Liste(theme, "Carnets")
    liste.fenetre = fenetre  # type: ignore[attr-defined]  # kept: nobody else holds it
    fenetre.setCentralWidget(liste)
    qtbot.addWidget(fenetre)
    fenetre.resize(500, 420)
    fenetre.show()
    qtbot.waitExposed(fenetre)
    liste.montrer(RANGEES)
    liste.choisir(40)
    qtbot.waitUntil(lambda: en_vue(liste))
    return liste


def en_vue(liste: Liste) -> bool:
    """The whole of the current row."""
    place = liste.visualRect(liste.currentIndex())
    return place.isValid() and liste.viewport().rect().contains(place)


def tourner(liste: Liste, pixels: int) -> None:
    """The wheel, over the rows."""
    vue = liste.viewport()
    milieu, sur_l_ecran = QPointF(vue.rect().center()), QPointF(vue.mapToGlobal(vue.rect().center()))
    roue = QWheelEvent(
        milieu,
        sur_l_ecran,
        QPoint(0, -pixels),
        QPoint(0, -pixels),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(vue, roue)


def premiere(liste: Liste) -> tuple[object, int]:
    """The first row in sight, and where it begins."""
    haut = liste.indexAt(QPoint(liste.viewport().width() // 2, 0))
    return liste.rangees[haut.row()].cle, liste.visualRect(haut).top()


def accorder(liste: Liste) -> None:
    """The rows are laid out, and what follows from it is done."""
    liste.doItemsLayout()
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("vers", [{"echelle": 2.0}, {"mode": "sombre"}], ids=["plus grand", "sombre"])
def test_another_theme_leaves_the_row_chosen_in_sight(
    qtbot: QtBot, theme: Theme, liste: Liste, vers: dict[str, object]
) -> None:
    avant = liste.sizeHintForRow(0)
    theme.choisir(**vers)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: "mode" in vers or liste.sizeHintForRow(0) > avant)
    accorder(liste)
    assert en_vue(liste), "in sight before anything moved, it is still once all has"


def test_a_smaller_window_and_rows_that_come_before_leave_it_in_sight(qtbot: QtBot, liste: Liste) -> None:
    liste.window().resize(300, 160)
    qtbot.waitUntil(lambda: liste.height() < 200 and en_vue(liste))
    liste.montrer([*(Rangee(f"avant {rang}", "De plus") for rang in range(30)), *RANGEES])
    assert liste.cle() == 40
    qtbot.waitUntil(lambda: en_vue(liste))


def test_who_scrolled_away_is_not_pulled_back(qtbot: QtBot, liste: Liste) -> None:
    barre = liste.verticalScrollBar()
    barre.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    liste.window().resize(500, 300)
    qtbot.waitUntil(lambda: liste.height() < 320)
    accorder(liste)
    assert barre.value() == 0
    liste.avancer(1)
    qtbot.waitUntil(lambda: en_vue(liste))


@pytest.mark.parametrize("de_plus", [0, 3], ids=["les mêmes", "trois de plus"])
def test_who_scrolled_away_is_not_pulled_back_by_rows_read_again(qtbot: QtBot, liste: Liste, de_plus: int) -> None:
    barre = liste.verticalScrollBar()
    liste.choisir(0)
    qtbot.waitUntil(lambda: barre.value() == 0)
    for _ in range(4):
        tourner(liste, 120)
    haut, ici = premiere(liste), barre.value()
    assert not en_vue(liste)
    for _ in range(2):
        liste.montrer([*(Rangee(f"avant {rang}", "De plus") for rang in range(de_plus)), *RANGEES])
        accorder(liste)
        assert (liste.cle(), premiere(liste)) == (0, haut)
        assert (barre.value() == ici) is (de_plus == 0), "what came above is above"
    liste.choisir(0)
    qtbot.waitUntil(lambda: en_vue(liste))


def test_a_row_that_is_gone_gives_its_place_to_another_in_sight(qtbot: QtBot, liste: Liste) -> None:
    tourner(liste, 120)
    liste.montrer([rangee for rangee in RANGEES if rangee.cle != 40])
    assert liste.cle() == 0
    qtbot.waitUntil(lambda: en_vue(liste))


def test_fewer_rows_are_another_answer_and_show_the_one_chosen(qtbot: QtBot, liste: Liste) -> None:
    liste.choisir(0)
    for _ in range(4):
        tourner(liste, 120)
    liste.montrer(RANGEES[:50], "5")
    assert liste.cle() == 0
    qtbot.waitUntil(lambda: en_vue(liste))


@pytest.mark.parametrize("partie", [-1, 0, 1, 59], ids=["au-dessus", "en haut", "au-dessous", "tout en bas"])
def test_a_row_taken_away_leaves_what_is_in_sight_to_who_scrolled_there(
    qtbot: QtBot, liste: Liste, partie: int
) -> None:
    """`partie`: the row taken away, counted from the first in sight."""
    liste.choisir(0)
    qtbot.waitUntil(lambda: liste.verticalScrollBar().value() == 0)
    for _ in range(8):
        tourner(liste, 120)
    (cle, y), choisie = premiere(liste), liste.cle()
    assert isinstance(cle, int) and cle > 1 and not en_vue(liste)
    part = min(cle + partie, 59)
    for _ in range(2):
        liste.montrer([rangee for rangee in RANGEES if rangee.cle != part])
        accorder(liste)
        assert (liste.cle(), premiere(liste)) == (choisie, (cle + 1 if part == cle else cle, y))


def test_the_last_rows_taken_away_leave_who_scrolled_there_at_the_end(qtbot: QtBot, liste: Liste) -> None:
    liste.choisir(0)
    qtbot.waitUntil(lambda: liste.verticalScrollBar().value() == 0)
    liste.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    liste.montrer(RANGEES[:30])
    accorder(liste)
    barre = liste.verticalScrollBar()
    assert (liste.cle(), barre.value()) == (0, barre.maximum()) and barre.maximum() > 0


def test_an_empty_state_in_a_low_place_gives_its_drawing_for_its_words(qtbot: QtBot, theme: Theme) -> None:
    vide = EmptyState(theme, "search", "Aucun acte trouvé", "Choisissez une période plus longue.", Btn(theme, "Tout"))
    zone, fenetre = Defilement(vide), QMainWindow()
    fenetre.setCentralWidget(zone)
    qtbot.addWidget(fenetre)
    fenetre.resize(500, 500)
    fenetre.show()
    qtbot.waitExposed(fenetre)
    titre = next(mots for mots in vide.findChildren(WrapLabel) if mots.text() == "Aucun acte trouvé")
    grand = titre.y()
    for hauteur, dessin in ((100, False), (500, True), (100, False)):
        fenetre.resize(500, hauteur)
        qtbot.waitUntil(lambda dessin=dessin: (titre.y() == grand) is dessin)  # type: ignore[misc]
        assert titre.visibleRegion().boundingRect().height() == titre.height()
