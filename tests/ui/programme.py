"""The desk of `tests/ui/guichet.py` behind its passphrase: the whole program, which locks, closes and opens again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from passdesk.services.poste import Poste
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.theme import Theme
from tests.builders import PHRASE
from tests.ui.guichet import CTRL, Doigts, Gestes, Guichet
from tests.ui.test_fenetre import ProgrammeEssai


class GuichetFerme(Guichet):
    """A desk opened with its passphrase. `poste` is the test's own connection, to look at what was recorded."""

    def __init__(self, poste: Poste, theme: Theme, qtbot: Doigts) -> None:
        self.poste, self.theme, self._qtbot = poste, theme, qtbot
        self.programme = ProgrammeEssai(poste.dossier, theme, poste.horloge)
        self.taches, self.fenetre = self.programme.taches, self.programme.fenetre
        self.gestes = Gestes()
        self.programme.verrouille()
        self.fenetre.show()
        self.fenetre.activateWindow()
        qtbot.waitUntil(self.fenetre.isActiveWindow, timeout=60_000)
        self.dire_la_phrase()

    def dire_la_phrase(self) -> None:
        """Types the passphrase at the page that asks for it, until the desk is there."""
        page = self.fenetre.contenu
        assert isinstance(page, PageDeverrouillage)
        page.arriver()
        page.phrase.saisie.setFocus()
        self.frapper(PHRASE)
        self.touche(Qt.Key.Key_Return)
        self.attendre(lambda: self.fenetre.contenu is self.programme.bureau is not None)
        bureau, contexte = self.programme.bureau, self.programme._contexte
        assert bureau is not None and contexte is not None
        self.bureau, self.contexte = bureau, contexte
        self.calme()

    def verrouiller(self) -> None:
        """Ctrl+L, until the base is closed."""
        self.touche(Qt.Key.Key_L, CTRL)
        self.attendre(lambda: self.programme.verrou.poste is None)

    def fermer(self) -> None:
        """Closes the window and the bases, as by hand."""
        self.fenetre.close()
        self.fenetre.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert (self.programme.imprevus, self.programme.pannes) == ([], [])


@contextmanager
def guichet_ferme(poste: Poste, theme: Theme, qtbot: Doigts) -> Iterator[GuichetFerme]:
    """A program that is always closed at the end."""
    ouvert = GuichetFerme(poste, theme, qtbot)
    try:
        yield ouvert
    finally:
        ouvert.fermer()
