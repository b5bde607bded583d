"""When to send: at start, every few minutes, after a hand-over, on demand; never two cycles at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from passdesk.domain.erreurs import KnownError
from passdesk.services.synchroniser import Avancement, BilanEnvoi
from passdesk.tasks import TaskRunner

_journal = logging.getLogger(__name__)
INTERVALLE = timedelta(minutes=5)
APRES_UN_ACTE = timedelta(seconds=3)
Synchroniser = Callable[[Avancement], BilanEnvoi]
"""One cycle; told how far it is, from its own thread."""


class CycleEnvoi(QObject):
    """Asks for sending cycles in `reseau`. `avance` tells how far one is, `fini` comes after each.

    Offline is a state, never a dialog; `refus` is the code of what the Region did not accept, or None.
    """

    commence = Signal()
    avance = Signal(int, int)
    fini = Signal()
    _interrompu = Signal()

    def __init__(self, taches: TaskRunner, synchroniser: Synchroniser) -> None:
        super().__init__()
        self._taches = taches
        self._synchroniser = synchroniser
        self._encore = False
        self._actif = True
        self.en_cours = False
        self.en_ligne = False
        self.refus: str | None = None
        self.progres: tuple[int, int] | None = None
        self._minuterie = QTimer(self)
        self._minuterie.timeout.connect(self.demander)
        self._bientot = QTimer(self)
        self._bientot.setSingleShot(True)
        self._bientot.timeout.connect(self.demander)
        self.avance.connect(self._noter_progres)
        self._interrompu.connect(self._apres_un_imprevu)

    def demarrer(self) -> None:
        """The first cycle now, then one every few minutes; also after `arreter`."""
        self._actif = True
        self._minuterie.start(int(INTERVALLE.total_seconds() * 1000))
        self.demander()

    def arreter(self) -> None:
        """No cycle starts any more."""
        self._minuterie.stop()
        self._bientot.stop()
        self._encore = self._actif = False

    def demander(self) -> None:
        """A cycle now; while one runs, another right after it."""
        if self.en_cours:
            self._encore = True
        elif self._actif:
            self.en_cours = True
            self._taches.lancer("reseau", self._cycle, apres=self._terminer, sur_panne=self._en_panne, ecran=self)
            self.commence.emit()

    def demander_bientot(self) -> None:
        """A cycle in a few seconds: several acts in a row make one."""
        if self._actif:
            self._bientot.start(int(APRES_UN_ACTE.total_seconds() * 1000))

    def _cycle(self) -> BilanEnvoi:
        """In the `reseau` thread."""
        try:
            bilan = self._synchroniser(self.avance.emit)
        except KnownError:
            raise
        except Exception:
            # Reported by whoever runs the task; the next cycle must still be able to start.
            self._interrompu.emit()
            raise
        _journal.info("exchange: %s, %d sent, %d left", bilan.fin, bilan.envoyes, bilan.restent)
        return bilan

    def _noter_progres(self, fait: int, total: int) -> None:
        self.progres = (fait, total)

    def _terminer(self, bilan: BilanEnvoi) -> None:
        self._apres(en_ligne=bilan.fin == "fini", refus=bilan.raison if bilan.fin in ("refuse", "fourche") else None)

    def _en_panne(self, panne: KnownError) -> None:
        self._apres(en_ligne=False, refus=panne.code)

    def _apres_un_imprevu(self) -> None:
        if self._actif:
            self._apres(en_ligne=False, refus=None)

    def _apres(self, *, en_ligne: bool, refus: str | None) -> None:
        self.en_cours, self.progres = False, None
        self.en_ligne, self.refus = en_ligne, refus
        self.fini.emit()
        if self._encore:
            self._encore = False
            self.demander()
