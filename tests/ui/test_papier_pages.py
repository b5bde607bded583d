"""The pages of a paper on screen: turned at once, whatever the printer is busy with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import KnownError
from passdesk.services.impression import ImprimanteFichier
from passdesk.services.poste import Poste
from passdesk.ui.a_verifier.page import MOTS
from passdesk.ui.composants.annonce import ANNONCE
from passdesk.ui.papier import dialogue as module
from passdesk.ui.papier.attente import AttentePapier, dessiner_papier
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees
from passdesk.ui.papier.textes import ATTENTES, CARNET, PILE
from tests.builders import visite_accord
from tests.ui.conftest import Bilan
from tests.ui.guichet import CTRL, Guichet
from tests.ui.mesures import debordes, rognes

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
def pile(g: Guichet, quoi: str = PILE) -> Iterator[None]:
    """Sheets go to the printer meanwhile; `quoi`: whatever else does."""
    fin = threading.Event()
    g.taches.lancer("rendu", fin.wait, quoi=quoi)
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


def attente() -> AttentePapier | None:
    """What is said of a paper that waits, while it is."""
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, AttentePapier) and w.isVisible()), None)


def demander(g: Guichet) -> AttentePapier:
    """Ctrl+P in a visit, while a pile is under way."""
    g.touche(Qt.Key.Key_P, CTRL)
    g.attendre(lambda: attente() is not None)
    dite = attente()
    assert dite is not None
    return dite


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_paper_asked_for_while_a_pile_prints_says_so_at_once(g: Guichet, poste: Poste, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    g.visite(visite_accord(poste))
    with pile(g):
        dite = demander(g)
        assert dite.corps.text() == dite.property(ANNONCE) == ATTENTES[PILE], "read, and heard"
        g.attendre(lambda: rognes(dite) + debordes(dite) == [])
    g.calme()
    assert attente() is None
    g.attendre(lambda: vue(g.papier()) != "")
    g.fermer_papier()


def test_a_paper_that_nobody_waits_for_does_not_come_and_may_be_asked_for_again(g: Guichet, poste: Poste) -> None:
    g.visite(visite_accord(poste))
    with pile(g):
        demander(g).sans_risque.click()
        assert attente() is None
    g.calme()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, DialoguePapier) and w.isVisible()]
    g.reprendre_le_clavier()
    g.touche(Qt.Key.Key_P, CTRL)
    g.calme()
    g.fermer_papier()


def test_a_known_trouble_in_drawing_a_paper_is_told_without_its_wait_beneath(g: Guichet, bilan: Bilan) -> None:
    def manquer() -> None:
        raise KnownError("disque_plein")

    with pile(g):
        dessiner_papier(g.contexte, g.page, MOTS.titre, manquer, apres=lambda _: None)
        assert attente() is not None
    g.calme()
    assert [panne.code for panne in bilan.pannes] == ["disque_plein"]
    bilan.pannes.clear()
    assert attente() is None


def test_after_a_bug_in_reading_the_pages_no_preview_is_promised(
    g: Guichet, monkeypatch: pytest.MonkeyPatch, bilan: Bilan
) -> None:
    def manquer(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "lire_feuilles", manquer)
    with pile(g):
        dialogue = ouvrir(g)
        assert dialogue.property(ANNONCE) == ATTENTES[PILE], "heard once it is there"
    g.calme()
    assert [type(bug) for bug in bilan.imprevus] == [ZeroDivisionError]
    bilan.imprevus.clear()
    assert not dialogue.attente.isVisible() and ATTENTES[PILE] not in dialogue._feuille.accessibleName()
    g.fermer_papier()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_sheet_that_waits_for_a_pile_says_so_and_why(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    with pile(g):
        dialogue = ouvrir(g)
        assert dialogue.attente.isVisible() and dialogue.attente.texte() == ATTENTES[PILE]
        assert dialogue._feuille.accessibleName().endswith(ATTENTES[PILE]), "for who does not see the blank sheet"
        g.attendre(lambda: rognes(dialogue) + debordes(dialogue) == [])
    g.calme()
    assert not dialogue.attente.isVisible() and vue(dialogue) == QColor("red").name()
    assert ATTENTES[PILE] not in dialogue._feuille.accessibleName()
    g.fermer_papier()


def test_a_sheet_that_waits_for_nothing_on_its_way_to_paper_says_nothing(g: Guichet) -> None:
    with pile(g, quoi=""):
        dialogue = ouvrir(g)
        assert not dialogue.attente.isVisible()
    g.calme()
    g.fermer_papier()


def test_a_carnet_on_its_way_alone_is_waited_for_too(g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    parti, suite = threading.Event(), threading.Event()

    def sortir(*_: object) -> None:
        parti.set()
        suite.wait()

    monkeypatch.setattr(ImprimanteFichier, "sortir", sortir)
    g.visite(visite_accord(poste))
    g.touche(Qt.Key.Key_Return, CTRL)
    try:
        g.attendre(parti.is_set)
        dialogue = ouvrir(g)
        assert dialogue.attente.texte() == ATTENTES[CARNET]
    finally:
        suite.set()
    g.calme()
    g.fermer_papier()


def test_what_goes_to_paper_has_a_name_as_long_as_it_is_under_way(g: Guichet) -> None:
    assert g.taches.devant("rendu") == ""
    with pile(g):
        assert (g.taches.devant("rendu"), g.taches.devant("base")) == (PILE, "")
    g.calme()
    assert g.taches.devant("rendu") == ""
