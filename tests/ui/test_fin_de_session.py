"""The end of the session closes the window as by hand, whatever the program is in the middle of."""

from __future__ import annotations

import signal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from passdesk.ui.fenetre import Fenetre
from passdesk.ui.fin_de_session import SIGNAUX, fermer_avec_la_session
from passdesk.ui.theme import Theme


@pytest.mark.parametrize("genre", SIGNAUX)
def test_what_is_under_way_ends_first_then_the_window_saves_and_closes(
    genre: signal.Signals, theme: Theme, qtbot: QtBot
) -> None:
    fenetre = Fenetre(theme)
    qtbot.addWidget(fenetre)
    fermetures: list[str] = []
    fenetre.fermeture.connect(lambda: fermetures.append("fermeture"))
    avant = signal.getsignal(genre)
    with fermer_avec_la_session(fenetre):
        fenetre.apparaitre()
        signal.raise_signal(genre)
        # The page that was being made is shown, and what follows finds the desk where it was.
        assert fenetre.isVisible()
        fermetures.append("suite")
        qtbot.waitUntil(lambda: not fenetre.isVisible())
    assert fermetures == ["suite", "fermeture"]
    assert signal.getsignal(genre) is avant


def test_heard_before_the_loop_begins_it_ends_it(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    fenetre = Fenetre(theme)
    qtbot.addWidget(fenetre)
    secours = QTimer(singleShot=True, interval=20_000)
    secours.timeout.connect(lambda: qapp.exit(9))
    secours.start()
    with fermer_avec_la_session(fenetre):
        fenetre.apparaitre()
        signal.raise_signal(signal.SIGTERM)
        assert qapp.exec() == 0
