"""The program's window in a process of its own, that says what it shows: `python -m tests.e2e.enfant_fenetre DOSSIER`.

Nobody looks at the screen: a timer reads the window, or the dialog instead of it, and closes the latter as Escape does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from passdesk import app
from passdesk.cli import executer
from passdesk.ui.composants import Dialogue
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.theme import Theme
from tests.e2e.processus import annoncer

ouvrir_application = app.ouvrir_application
dits: set[QWidget] = set()


def regarder() -> None:
    """Announces the window, or the dialog, once it is shown."""
    for vu in QApplication.topLevelWidgets():
        if vu in dits or not vu.isVisible() or not isinstance(vu, Fenetre | QDialog):
            continue
        dits.add(vu)
        if isinstance(vu, Dialogue):
            annoncer(point="dialogue", titre=vu.windowTitle(), corps=vu.corps.text(), bouton=vu.sans_risque.text())
            vu.reject()
        else:
            annoncer(point="fenetre", titre=vu.windowTitle())


def ouvrir_en_regardant(dossier: Path) -> tuple[QApplication, Theme]:
    """The real application, with somebody to look at it."""
    application, theme = ouvrir_application(dossier)
    regard = QTimer(application, interval=20)
    regard.timeout.connect(regarder)
    regard.start()
    return application, theme


venir_devant = Fenetre.venir_devant


def venir_en_disant(fenetre: Fenetre) -> None:
    """Put in the task bar by its user, then asked for again."""
    fenetre.showMinimized()
    venir_devant(fenetre)
    annoncer(point="devant", reduite=fenetre.isMinimized(), visible=fenetre.isVisible())


if __name__ == "__main__":
    Fenetre.venir_devant = venir_en_disant  # type: ignore[method-assign]
    app.ouvrir_application = ouvrir_en_regardant
    annoncer(point="fin", sortie=executer(["--base-dir", sys.argv[1]]))
