"""A known trouble that no page tells: its three sentences, calmly."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.ui.composants import Dialogue
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme

REPOS_MS = 1000
"""After a trouble was told, and its dialog closed: those that failed with it wait behind it, or are still to fail."""


class Pannes:
    """Where the troubles that no page tells are told: one that stopped ten readings of a page is told once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._dites: set[str] = set()

    def dire(self, panne: KnownError, fenetre: QWidget) -> None:
        """Returns once the dialog is closed, or at once."""
        if panne.code in self._dites:
            return
        self._dites.add(panne.code)
        try:
            la = fenetre.isVisible()
            dire(self._theme, fenetre if la else None, panne, "Reprendre" if la else "Fermer")
        finally:
            QTimer.singleShot(REPOS_MS, fenetre, partial(self._dites.discard, panne.code))


def dire(theme: Theme, parent: QWidget | None, panne: KnownError, bouton: str) -> None:
    """The three sentences of a known trouble in a dialog; returns once it is closed."""
    phrases = message(panne.code, **panne.faits)
    suite = f"{phrases.sur} {phrases.faire}".strip()
    dialogue = Dialogue(theme, parent, phrases.quoi, suite, "info-circle", "info", bouton)
    dialogue.exec()
    dialogue.deleteLater()
