"""Under a field left empty, one quiet act: nobody here knows the answer, and the request is kept without it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent

from passdesk.ui.composants import Btn, Field
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes

_FENETRE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""The keyboard leaves the window, or comes back to it: nobody has left the field."""


class Inconnu(QObject):
    """`dit` fires when the act is chosen; typing in the field takes it back. `lien` shows nothing until then."""

    dit = Signal()

    def __init__(self, theme: Theme, champ: Field, nom: str) -> None:
        super().__init__(champ)
        self._champ, self._dite = champ, False
        self.lien = Btn(theme, textes.INCONNUE, genre="discret")
        self.lien.set_texte(textes.INCONNUE, textes.INCONNUE_DE[nom])
        self.lien.hide()
        champ.ajouter(self.lien)
        self.lien.clicked.connect(self._choisir)
        champ.modifie.connect(self.lien.hide)
        champ.saisie.installEventFilter(self)

    def montrer(self, dite: bool) -> None:
        """Whether the draft says so already."""
        self._dite = dite
        if dite:
            self.lien.hide()

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        """A field passed over, and not one that is about to be filled."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in _FENETRE:
            self.lien.setVisible(not self._dite and not self._champ.texte().strip())
        return super().eventFilter(objet, event)

    def _choisir(self) -> None:
        self.dit.emit()
