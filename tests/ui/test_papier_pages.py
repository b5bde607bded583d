"""The pages of a paper on screen: turned at once, whatever the printer is busy with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImage

from passdesk.domain.dessin import Papier
from passdesk.ui.a_verifier.page import MOTS
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees
from tests.ui.guichet import Guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
COULEURS = ("red", "blue", "green")
BLANC = QColor("white").name()


def page(couleur: str) -> bytes:
    """A picture of nothing but this colour."""
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    image.fill(QColor(couleur))
    tampon = QBuffer()
    tampon.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(tampon, "PNG")  # type: ignore[call-overload]
    return bytes(tampon.data().data())


@contextmanager
def pile(g: Guichet) -> Iterator[None]:
    """Sheets go to the printer meanwhile."""
    fin = threading.Event()
    g.taches.lancer("rendu", fin.wait)
    try:
        yield
    finally:
        fin.set()


def ouvrir(g: Guichet) -> DialoguePapier:
    feuilles = FeuillesNommees("pages.pdf", Papier("pages", b"", ()), tuple(map(page, COULEURS)))
    dialogue = DialoguePapier(g.contexte, g.page, MOTS, feuilles)
    dialogue.open()
    return dialogue


def vue(dialogue: DialoguePapier) -> str:
    """The colour of the sheet in sight."""
    feuille = dialogue._feuille
    return feuille.grab().toImage().pixelColor(feuille.rect().center()).name()


def test_a_page_is_turned_at_once_while_a_pile_prints(g: Guichet) -> None:
    dialogue = ouvrir(g)
    g.calme()
    assert vue(dialogue) == QColor("red").name()
    with pile(g):
        for couleur, place in (("blue", "2 sur 3"), ("green", "3 sur 3"), ("red", "1 sur 3")):
            dialogue.tourner.setFocus(Qt.FocusReason.TabFocusReason)
            dialogue.tourner.click()
            assert vue(dialogue) == QColor(couleur).name()
            assert place in dialogue._feuille.accessibleName().replace("\u00a0", " ")
    g.fermer_papier()


def test_a_page_asked_for_before_any_is_read_is_the_one_that_comes(g: Guichet) -> None:
    with pile(g):
        dialogue = ouvrir(g)
        dialogue.tourner.click()
        assert vue(dialogue) == BLANC
    g.calme()
    assert vue(dialogue) == QColor("blue").name()
    g.fermer_papier()
