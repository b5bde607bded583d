"""How often one caller may ask: a bucket each, that fills with time. In memory, for this process alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

CONNUS_MAX = 10_000
"""Callers remembered at once; those whose bucket is full again are forgotten first."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """`par_minute` requests in the long run, `reserve` of them at once."""

    par_minute: int
    reserve: int


SYNC = Cadence(300, 600)
"""One desk: a first load of 10 000 acts asks a few dozen times in a row."""
RECHERCHE = Cadence(3600, 7200)
"""All who show an enrolment code under keys that they hold, together: ten characters are not to be tried by the million
(decision 0081). Few desks ever join at once; whoever sends more than that is the business of the proxy in front."""
DEMANDE = Cadence(20, 40)
"""Whoever shows the code of one desk."""
ATTENTE = Cadence(60, 120)
"""One desk that waits for its acceptance."""


class Debit:
    """Buckets of one cadence, by caller."""

    def __init__(self, cadence: Cadence, maintenant: Callable[[], float] = time.monotonic) -> None:
        self._cadence = cadence
        self._maintenant = maintenant
        self._seaux: dict[str, tuple[float, float]] = {}
        self._verrou = threading.Lock()

    def prendre(self, qui: str = "") -> bool:
        """True, and one request less for this caller; False when it has none left."""
        with self._verrou:
            instant = self._maintenant()
            reste = self._reste(qui, instant)
            if reste < 1:
                return False
            if qui not in self._seaux and len(self._seaux) >= CONNUS_MAX:
                self._oublier(instant)
            self._seaux[qui] = (reste - 1, instant)
            return True

    def _reste(self, qui: str, instant: float) -> float:
        reste, depuis = self._seaux.get(qui, (float(self._cadence.reserve), instant))
        return min(self._cadence.reserve, reste + (instant - depuis) * self._cadence.par_minute / 60)

    def _oublier(self, instant: float) -> None:
        pleins = [qui for qui in self._seaux if self._reste(qui, instant) >= self._cadence.reserve]
        for qui in pleins or [next(iter(self._seaux))]:
            del self._seaux[qui]
