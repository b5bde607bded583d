"""How long an exchange may take: every wait is bounded, and so is their sum, however little comes each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from passdesk.domain.erreurs import PanneAttendue

ARRETE = "envoi_arrete"
"""Code of an exchange given up on demand: not an outage, the answer is not waited for."""

TRANCHE = 0.5
"""Seconds between two looks at whether somebody asked to stop."""


@dataclass(frozen=True, slots=True)
class Delais:
    """Seconds: to connect; without a byte; for an exchange at first, then more for what really moves, up to a maximum.

    `debit`: bytes a second below which a link is no link. The slowest one that is of use (16 kbit/s) is above it; an
    answer given byte by byte to hold the desk is not.
    """

    connexion: float = 10.0
    silence: float = 30.0
    franchise: float = 60.0
    debit: float = 2_000.0
    maximum: float = 1_200.0


class Echeance:
    """The time that one exchange has left, as its bytes go by. Reads its clock (monotonic seconds) at each call."""

    def __init__(self, delais: Delais, temps: Callable[[], float], arreter: Callable[[], bool]) -> None:
        self.delais = delais
        self._temps, self._arreter = temps, arreter
        self._debut, self._octets = temps(), 0

    def commencer(self) -> None:
        """A new exchange."""
        self._debut, self._octets = self._temps(), 0

    def compter(self, octets: int) -> None:
        """So many bytes went by."""
        self._octets += octets

    @property
    def entame(self) -> bool:
        """True once something of this exchange went by."""
        return self._octets > 0

    def reste(self) -> float:
        """Seconds left; none or fewer: it is over. Raises PanneAttendue(ARRETE) when somebody asked to stop."""
        if self._arreter():
            raise PanneAttendue(ARRETE)
        accorde = min(self.delais.maximum, self.delais.franchise + self._octets / self.delais.debit)
        return self._debut + accorde - self._temps()

    def maintenant(self) -> float:
        """The clock."""
        return self._temps()
