"""The window's side of the exchanges: a clock and a thread for the pure machine that says when (`domain/cadence`)."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from passdesk.domain import cadence
from passdesk.domain.cadence import Cadence, Signe
from passdesk.domain.erreurs import KnownError
from passdesk.services.avancement import Avancement, Progres
from passdesk.services.synchroniser import BilanEnvoi
from passdesk.tasks import TaskRunner

_journal = logging.getLogger(__name__)
Arreter = Callable[[], bool]
Synchroniser = Callable[[Avancement, Arreter], BilanEnvoi]
"""One cycle; told how far it is, and asking whether to stop, from its own thread."""

REUSSIS = ("fini", "fourche")
"""Ends of a cycle in which the Region answered to the end."""


class CycleEnvoi(QObject):
    """Asks for sending cycles in `reseau`, never two at once. `avance` tells how far one is, `fini` comes after each.

    Offline is a state, never a dialog; `refus` is the code of what the Region did not accept, `panne` that of what
    stands between it and here, when there is more to say than that it does not answer.
    """

    commence = Signal()
    avance = Signal(object)
    fini = Signal()

    def __init__(
        self,
        taches: TaskRunner,
        synchroniser: Synchroniser,
        *,
        temps: Callable[[], float] = time.monotonic,
        alea: Callable[[], float] = random.random,
    ) -> None:
        super().__init__()
        self._taches, self._synchroniser = taches, synchroniser
        self._temps, self._alea = temps, alea
        self._cadence = Cadence()
        self._assez = threading.Event()
        self.en_ligne = False
        self.refus: str | None = None
        self.panne: str | None = None
        self.progres: Progres | None = None
        self.premier: tuple[float, Progres] | None = None
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.timeout.connect(self._suivre)
        self.avance.connect(self._noter_progres)

    @property
    def en_cours(self) -> bool:
        """A cycle is under way."""
        return self._cadence.debut is not None

    @property
    def duree(self) -> float:
        """Seconds since the cycle under way began, 0 at rest."""
        return 0.0 if self._cadence.debut is None else self._temps() - self._cadence.debut

    @property
    def ecoule(self) -> float:
        """Seconds since the first word of how far the cycle under way is."""
        return 0.0 if self.premier is None else self._temps() - self.premier[0]

    def demarrer(self) -> None:
        """The first cycle now, then by itself; also after `arreter`."""
        self._suivre(cadence.demarrer(self._cadence, self._temps()))

    def arreter(self) -> None:
        """No cycle starts any more, and the one under way stops as soon as it can: a lock waits for it."""
        self.interrompre()
        self._suivre(cadence.arreter(self._cadence))

    def demander(self) -> None:
        """Somebody asks: a cycle now; while one runs, another right after it."""
        self._signaler("bouton")

    def demander_bientot(self) -> None:
        """A carnet was handed over."""
        self._signaler("remise")

    def reseau_revenu(self) -> None:
        """This computer has a network again."""
        if self._cadence.seul:
            self._signaler("reseau")

    def interrompre(self) -> None:
        """The cycle under way stops as soon as it can: what was acknowledged stays so, the rest waits."""
        self._assez.set()

    def _signaler(self, signe: Signe) -> None:
        self._suivre(cadence.demander(self._cadence, signe, self._temps()))

    def _suivre(self, suivante: Cadence | None = None) -> None:
        """What the machine says: a cycle now, or a look at the time of the next one."""
        t = self._temps()
        self._cadence = suivante or self._cadence
        if cadence.est_l_heure(self._cadence, t):
            self._cadence = cadence.commencer(self._cadence, t)
            self._assez.clear()
            self._taches.lancer(
                "reseau", self._cycle, apres=self._terminer, sur_panne=self._en_panne, ecran=self,
                sur_imprevu=self._apres_un_imprevu,
            )  # fmt: skip
            self.commence.emit()
        prochain = self._cadence.prochain
        if prochain is None:
            self._minuterie.stop()
        else:
            self._minuterie.start(max(0, round((prochain - t) * 1000)))

    def _cycle(self) -> BilanEnvoi:
        """In the `reseau` thread."""
        bilan = self._synchroniser(self.avance.emit, self._assez_duree)
        _journal.info("exchange: %s, %d sent, %d left", bilan.fin, bilan.envoyes, bilan.restent)
        return bilan

    def _assez_duree(self) -> bool:
        """In the `reseau` thread: one look at one value, which the other thread replaces whole."""
        return self._assez.is_set() or cadence.doit_ceder(self._cadence, self._temps())

    def _noter_progres(self, progres: Progres) -> None:
        if self.progres is None:
            self.premier = (self._temps(), progres)
        self.progres = progres

    def _terminer(self, bilan: BilanEnvoi) -> None:
        self.en_ligne = bilan.fin == "fini"
        self.refus = bilan.raison if bilan.fin in ("refuse", "fourche") else None
        self.panne = bilan.raison if bilan.fin == "hors_ligne" and bilan.raison != "hors_ligne" else None
        self._apres(reussi=bilan.fin in REUSSIS, arrete=bilan.fin == "arrete")

    def _en_panne(self, panne: KnownError) -> None:
        self.en_ligne, self.refus, self.panne = False, panne.code, None
        self._apres(reussi=False)

    def _apres_un_imprevu(self) -> None:
        self.en_ligne, self.refus, self.panne = False, None, None
        self._apres(reussi=False, dire=self._cadence.ouvert)

    def _apres(self, *, reussi: bool, arrete: bool = False, dire: bool = True) -> None:
        self.progres = self.premier = None
        self._cadence = cadence.finir(self._cadence, self._temps(), reussi=reussi, arrete=arrete, alea=self._alea())
        if dire:
            self.fini.emit()
        self._suivre()
