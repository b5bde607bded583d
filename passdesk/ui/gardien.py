"""When to back up and to check: after the opening, then looked at every hour; never two at once, never in the way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from passdesk.domain.erreurs import KnownError
from passdesk.tasks import TaskRunner

_journal = logging.getLogger(__name__)
APRES_L_OUVERTURE = timedelta(minutes=1)
"""The agent is served first."""
INTERVALLE = timedelta(hours=1)
Sauvegarder = Callable[[bool], object]
"""Makes a backup when one is due, or in any case when told True; in the `reseau` thread."""

Verifier = Callable[[], object]
"""Checks all that the desk keeps, now; in the `reseau` thread."""


class Gardien(QObject):
    """`fini` comes after each try; `refus` is the code of what prevented the last one, "" when nothing did."""

    fini = Signal()

    def __init__(
        self, parent: QObject, taches: TaskRunner, sauvegarder: Sauvegarder, verifier: Verifier, assez: Event
    ) -> None:
        # What it is connected to goes with the desk, and with it all that was on the screen.
        super().__init__(parent)
        self._taches, self._sauvegarder, self._verifier = taches, sauvegarder, verifier
        self._assez = assez
        self.en_cours = False
        self.refus = ""
        self._premiere = QTimer(self)
        self._premiere.setSingleShot(True)
        self._premiere.timeout.connect(lambda: self.demander(en_tout_cas=False))
        self._minuterie = QTimer(self)
        self._minuterie.timeout.connect(lambda: self.demander(en_tout_cas=False))

    def demarrer(self) -> None:
        """From now on."""
        self._premiere.start(int(APRES_L_OUVERTURE.total_seconds() * 1000))
        self._minuterie.start(int(INTERVALLE.total_seconds() * 1000))

    def arreter(self) -> None:
        """None starts any more."""
        self._premiere.stop()
        self._minuterie.stop()

    def demander(self, *, en_tout_cas: bool) -> None:
        """One now; nothing when one is being made."""
        if self.en_cours:
            return
        self.en_cours = True
        self._assez.clear()
        self._taches.lancer(
            "reseau", self._sauvegarder, en_tout_cas, apres=self._faite, sur_panne=self._en_panne, ecran=self,
            sur_imprevu=lambda: self._apres(self.refus),
        )  # fmt: skip

    def verifier(self) -> None:
        """A check now; nothing while one, or a backup, is under way."""
        if self.en_cours:
            return
        self.en_cours = True
        self._assez.clear()
        self._taches.lancer(
            "reseau", self._verifier, apres=self._verifiee, sur_panne=self._en_panne, ecran=self,
            sur_imprevu=lambda: self._apres(self.refus),
        )  # fmt: skip

    def interrompre(self) -> None:
        """The check under way, or asked for, is given up: on a large desk it takes minutes."""
        self._assez.set()

    def _verifiee(self, _: object) -> None:
        self._apres(self.refus)

    def _faite(self, _: object) -> None:
        self._apres("")

    def _en_panne(self, panne: KnownError) -> None:
        _journal.warning("no backup: %s", panne.code)
        self._apres(panne.code)

    def _apres(self, refus: str) -> None:
        self.en_cours, self.refus = False, refus
        self.fini.emit()
