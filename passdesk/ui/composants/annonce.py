"""What is said aloud to who hears the screen, when it changes away from where the keyboard is."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

ANNONCE = "annonce"
"""Property of the window: what was said last."""


def annoncer(source: QWidget, phrase: str) -> None:
    """Says a sentence politely, once what is being read is over; "" says nothing."""
    if phrase:
        source.window().setProperty(ANNONCE, phrase)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, phrase))
