"""What was copied here does not outlive the lock: the clipboard is emptied when it still holds ours."""

from __future__ import annotations

import hashlib
import secrets

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication


class PressePapiers(QObject):
    """Remembers the digest of what was copied while this program was in front, never the text."""

    def __init__(self) -> None:
        super().__init__()
        self._sel = secrets.token_bytes(16)
        self._notre: bytes | None = None
        self._presse = QGuiApplication.clipboard()
        self._presse.dataChanged.connect(self._noter)

    def vider(self) -> None:
        """Empties it when it holds what was copied here; what comes from another program stays."""
        ours = self._notre is not None and self._empreinte() == self._notre
        if ours or self._presse.ownsClipboard():
            self._presse.clear()
        if self._presse.supportsSelection() and self._presse.ownsSelection():
            # X11 keeps what was merely selected, for the middle button.
            self._presse.clear(QClipboard.Mode.Selection)
        self._notre = None

    def _noter(self) -> None:
        devant = QGuiApplication.focusWindow() is not None
        self._notre = self._empreinte() if devant or self._presse.ownsClipboard() else None

    def _empreinte(self) -> bytes:
        return hashlib.sha256(self._sel + self._presse.text().encode()).digest()
