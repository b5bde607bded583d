"""How far a sending is: in acts, and in what they weigh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from passdesk.services.poste import Poste
from passdesk.storage import envoi


@dataclass(frozen=True, slots=True)
class Progres:
    """Acts sent so far and acts there were to send; the same in bytes, as they are kept here."""

    fait: int
    total: int
    octets: int
    octets_total: int


Avancement = Callable[[Progres], None]
"""Told how far the sending is, before the first exchange that has something to send, then after each."""


class Suivi:
    """Tells how far a sending is; what it weighs is counted once, then as it is acknowledged."""

    def __init__(self, poste: Poste, depart: int, avancement: Avancement | None) -> None:
        self._poste, self._depart, self._avancement = poste, depart, avancement
        self._acquis = self._acquitte()
        self._octets = self._total = 0
        if avancement is not None and depart:
            self._total = envoi.octets_apres(poste.base, *self._acquis)
            avancement(Progres(0, depart, 0, self._total))

    def dire(self, restent: int) -> None:
        """After an exchange; acts recorded meanwhile wait too, and are not counted."""
        if self._avancement is None or not self._depart:
            return
        avant, self._acquis = self._acquis, self._acquitte()
        self._octets = min(self._octets + envoi.octets_apres(self._poste.base, *avant, self._acquis), self._total)
        self._avancement(Progres(max(self._depart - restent, 0), self._depart, self._octets, self._total))

    def _acquitte(self) -> tuple[int, int]:
        etat = envoi.etat(self._poste.base)
        return etat.acked_epoch, etat.acked_seq
