"""What the strip shows, kept up to date: the desk as last read, and the cycle as it goes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from passdesk.domain.horloge import Horloge
from passdesk.services.poste import EtatPoste
from passdesk.ui.bandeau import Bandeau
from passdesk.ui.cycle import CycleEnvoi
from passdesk.ui.messages import message
from passdesk.ui.mots_envoi import EtatEnvoi, temps_restant

PAUSE_MS = 60_000
"""The days offline are counted again every minute."""
PAUSE_ENVOI_MS = 1_000
"""And how far a sending is, every second."""


class SuiviEnvoi(QObject):
    """Tells the strip; stops the sending when it asks."""

    def __init__(self, bandeau: Bandeau, cycle: CycleEnvoi, horloge: Horloge) -> None:
        super().__init__(bandeau)
        self._bandeau, self._cycle, self._horloge = bandeau, cycle, horloge
        self._poste: EtatPoste | None = None
        self._arret_demande = False
        self._minute, self._seconde = QTimer(self), QTimer(self)
        self._minute.timeout.connect(self.actualiser)
        self._seconde.timeout.connect(self.actualiser)
        self._minute.start(PAUSE_MS)
        cycle.commence.connect(self._commencer)
        cycle.avance.connect(self._avancer)
        cycle.fini.connect(self._finir)
        bandeau.arreter.connect(self._arreter)

    def noter(self, poste: EtatPoste) -> None:
        """The desk was read again."""
        self._poste = poste
        self.actualiser()

    def actualiser(self) -> None:
        """Says it again, as of now."""
        poste, cycle = self._poste, self._cycle
        if poste is None:
            return
        premier, progres = cycle.premier, cycle.progres
        etat = EtatEnvoi(
            relie=poste.enrole,
            en_ligne=cycle.en_ligne,
            en_cours=cycle.en_cours,
            a_envoyer=poste.actes_a_envoyer,
            dernier_contact=poste.dernier_contact,
            progres=progres,
            refus=message(cycle.refus).quoi if cycle.refus else None,
            panne=message(cycle.panne).quoi if cycle.panne else None,
            attend_depuis=poste.attend_depuis,
            duree=cycle.duree,
            reste=temps_restant(premier[1], progres, cycle.ecoule) if premier and progres else None,
            arrete=self._arret_demande,
        )
        self._bandeau.montrer(etat, self._horloge.maintenant())

    def _commencer(self) -> None:
        self._arret_demande = False
        self._seconde.start(PAUSE_ENVOI_MS)
        self.actualiser()

    def _avancer(self, _: object) -> None:
        self.actualiser()

    def _finir(self) -> None:
        self._seconde.stop()
        self.actualiser()

    def _arreter(self) -> None:
        self._arret_demande = True
        self._cycle.interrompre()
        self.actualiser()
