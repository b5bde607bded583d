"""Ctrl+Z and Ctrl+Maj+Z in the visit: the last act, wherever it was, told by the title; the keyboard goes to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from passdesk.ui.composants import Page, annoncer, lier
from passdesk.ui.visite import textes
from passdesk.ui.visite.enregistre import MarqueEnregistre
from passdesk.ui.visite.modele import VisiteEnCours

DEFAIRE, REFAIRE = ("Ctrl+Z",), ("Ctrl+Maj+Z", "Ctrl+Y")
_DU_CHAMP = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class MarcheArriere(QObject):
    """`aller` brings the keyboard to a field by its name; `occupee`: an answer is being recorded, nothing is undone."""

    def __init__(
        self,
        page: Page,
        visite: VisiteEnCours,
        marque: MarqueEnregistre,
        aller: Callable[[str], None],
        occupee: Callable[[], bool],
    ) -> None:
        super().__init__(page)
        self._page, self._visite, self._marque, self._aller, self._occupee = page, visite, marque, aller, occupee
        for touches, refaire in ((DEFAIRE, False), (REFAIRE, True)):
            for touche in touches:
                lier(touche, page, partial(self._defaire, refaire=refaire))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._suivre)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field has no history of its own beside that of the visit: the order is that of the acts."""
        touche = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride else None
        if touche is not None and any(touche.matches(sienne) for sienne in _DU_CHAMP):
            touche.ignore()
            return True
        return super().eventFilter(watched, event)

    def _suivre(self, _ancien: QWidget | None, nouveau: QWidget | None) -> None:
        if isinstance(nouveau, QLineEdit) and self._page.isAncestorOf(nouveau):
            nouveau.installEventFilter(self)

    def _defaire(self, *, refaire: bool) -> None:
        if self._occupee():
            return
        rendu = self._visite.defaire(refaire=refaire)
        if rendu is not None:
            self._aller(rendu.champ)
            court = phrase = textes.acte_annule(rendu.champ, retabli=refaire)
        elif refaire:
            court = phrase = textes.PAS_RETABLI
        else:
            court, phrase = textes.PAS_ANNULE[self._visite.historique.borne]
        etroite = self._page.etroite
        self._marque.annoncer(court if etroite else phrase, seul=etroite or rendu is None)
        annoncer(self._page, phrase)
