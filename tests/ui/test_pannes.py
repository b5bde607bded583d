"""A trouble that no page tells is told once, however many readings it stopped."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import BaseFermee, KnownError
from passdesk.tasks import TaskRunner
from passdesk.ui import panne
from passdesk.ui.composants import Dialogue
from passdesk.ui.messages import message
from passdesk.ui.panne import Pannes
from passdesk.ui.theme import Theme
from tests.ui.conftest import Bilan


def test_ten_readings_of_a_damaged_base_are_one_dialog(
    qtbot: QtBot, theme: Theme, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = QWidget()
    qtbot.addWidget(fenetre)
    fenetre.show()
    qtbot.waitExposed(fenetre)
    pannes, montres = Pannes(theme), Counter[str]()
    taches = TaskRunner(KnownError, lambda connue: pannes.dire(connue, fenetre), bilan.imprevus.append)

    def lire(code: str) -> None:
        raise BaseFermee(code)

    def fermer() -> None:
        """Closes what is on the screen, and counts it."""
        dialogue = QApplication.activeModalWidget()
        if isinstance(dialogue, Dialogue):
            montres[dialogue.windowTitle()] += 1
            dialogue.reject()

    minuterie = QTimer(fenetre, interval=5)
    minuterie.timeout.connect(fermer)
    minuterie.start()
    monkeypatch.setattr(panne, "REPOS_MS", 60_000)
    try:
        for code in (*["base_abimee"] * 5, "disque_plein", *["base_abimee"] * 5):
            taches.lancer("base", lire, code)
        qtbot.waitUntil(lambda: taches.en_cours == 0 and QApplication.activeModalWidget() is None)
        assert montres == {message("base_abimee").quoi: 1, message("disque_plein").quoi: 1}
        monkeypatch.setattr(panne, "REPOS_MS", 0)
        taches.lancer("base", lire, "papier_non_ecrit")
        qtbot.waitUntil(lambda: taches.en_cours == 0 and QApplication.activeModalWidget() is None)
        taches.lancer("base", lire, "papier_non_ecrit")
        qtbot.waitUntil(lambda: taches.en_cours == 0 and QApplication.activeModalWidget() is None)
        assert montres[message("papier_non_ecrit").quoi] == 2, "another time, it is told again"
    finally:
        minuterie.stop()
        taches.fermer()
