"""Hears a second start of the program on the same desk, through a file that it writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject


class Appel(QObject):
    """`repondre` says whether it was a call, and answers it; `venir` then brings the window forward."""

    def __init__(self, chemin: Path, repondre: Callable[[Path], bool], venir: Callable[[], None]) -> None:
        super().__init__()
        self._chemin, self._repondre, self._venir = chemin, repondre, venir
        # QtNetwork would do the same with one more system library to install (Kerberos), on every desk.
        self._guet = QFileSystemWatcher([str(chemin)], self)
        self._guet.fileChanged.connect(self._entendre)

    def _entendre(self, _: str) -> None:
        if self._repondre(self._chemin):
            self._venir()
