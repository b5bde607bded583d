"""The program and a bare window, each in a process of its own: `python -m tests.bench.depart WHICH POINT …`.

`programme POINT DIR PHRASE` starts PassDesk on the desk of DIR; `nue POINT FILE` imports the modules that FILE names,
one a line, and shows a window with one line of text. One JSON line is printed at the point: "image", when what the
window is for has been painted; "repos", when the desk is open, everything is read and nothing moves any more.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

REPOS_MS, PAS_MS = 2_000, 50


class _Peint(QObject):
    """Calls once the widget has been painted for the first time."""

    def __init__(self, widget: QWidget, ensuite: Callable[[], None]) -> None:
        super().__init__(widget)
        self._ensuite = ensuite
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, watched, self._ensuite)
        return False


def _dire(point: str) -> None:
    """The line of the parent, on the clock that processes share; then the process ends, with nothing put away."""
    quand = time.monotonic()
    ailleurs = [nom for nom in list(sys.modules) if not nom.startswith(("passdesk", "tests", "__main__"))]
    memoire = int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) * 1024
    print(json.dumps({"point": point, "quand": quand, "memoire": memoire, "modules": ailleurs}), flush=True)
    os._exit(0)


def programme(point: str, dossier: Path) -> None:
    """PassDesk as its command starts it; the start before, cut short, is not told."""
    import passdesk.app as app
    from passdesk.services.departs import FICHIER_DEPARTS

    (dossier / FICHIER_DEPARTS).unlink(missing_ok=True)

    class Suivi(app.Programme):
        """Tells when its first page is painted, or opens the desk and tells when nothing moves."""

        def verrouille(self, note: str = "") -> None:
            super().verrouille(note)
            page = self.fenetre.contenu
            assert isinstance(page, app.PageDeverrouillage)
            if point == "image":
                self.peint = _Peint(page.phrase.saisie, lambda: _dire(point))
            else:
                page.phrase.set_texte(sys.argv[4])
                QTimer.singleShot(REPOS_MS, page, page.valider)
                self.depuis = time.monotonic()
                self.regard = QTimer(self.fenetre)
                self.regard.timeout.connect(self._regarder)
                self.regard.start(PAS_MS)

        def _regarder(self) -> None:
            if self.bureau is None or self.taches.en_cours:
                self.depuis = time.monotonic()
            elif time.monotonic() - self.depuis > REPOS_MS / 1000:
                _dire(point)

    app.Programme = Suivi  # type: ignore[misc]
    app.main(dossier, False)


def nue(point: str, liste: Path) -> None:
    """A window of Qt, with the same imports."""
    for nom in liste.read_text(encoding="utf-8").split():
        with contextlib.suppress(Exception):
            importlib.import_module(nom)
    from tests.bench.nue import fenetre_nue

    application = QApplication(sys.argv[:1])
    fenetre = fenetre_nue()
    attente = 0 if point == "image" else REPOS_MS
    fenetre.peint = _Peint(  # type: ignore[attr-defined]
        fenetre.centralWidget(), lambda: QTimer.singleShot(attente, lambda: _dire(point))
    )
    fenetre.show()
    application.exec()


if __name__ == "__main__":
    {"programme": programme, "nue": nue}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
