"""A known trouble that no page tells: its three sentences, calmly."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.ui.composants import Dialogue
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme


def dire(theme: Theme, parent: QWidget | None, panne: KnownError, bouton: str) -> None:
    """The three sentences of a known trouble in a dialog; returns once it is closed."""
    phrases = message(panne.code, **panne.faits)
    suite = f"{phrases.sur} {phrases.faire}".strip()
    dialogue = Dialogue(theme, parent, phrases.quoi, suite, "info-circle", "info", bouton)
    dialogue.exec()
    dialogue.deleteLater()
