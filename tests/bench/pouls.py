"""How long the window answers nothing: a beat in its event loop, and a look at what it does meanwhile.

A timer beats every 5 ms in the GUI thread, after whatever event came before it: the time from a beat to the next, less
those 5 ms, is how long a key pressed at the worst moment waits for its turn. When a beat is late an alarm rings every
10 ms, and the functions that the GUI thread is in are noted with the time since the look before: the longest is the
culprit. Nothing is measured in the events themselves, which an overridden `notify` would slow down; a layout or a
painting with no function of ours in it is told as `Qt`.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Slot

BATTEMENT_MS = 5
RETARD_S, REGARD_S = 0.015, 0.01
NOTRES = str(Path(__file__).parents[2] / "passdesk")
PROFONDEUR = 3
"""Functions told of a stack, innermost first."""


@dataclass(frozen=True, slots=True)
class Arret:
    """The longest that the window answered nothing, in milliseconds; how much of it its thread worked, the rest being
    waited for (the interpreter, a lock, another process); and the functions it spent most of it in."""

    ms: float
    travail: float
    coupable: str


class Pouls(QObject):
    """Beats between `vivre` and `suspendre`; `prendre` gives the longest stop since the one before. One at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._minuterie = QTimer(self)
        self._minuterie.setTimerType(Qt.TimerType.PreciseTimer)
        self._minuterie.timeout.connect(self._battre)
        self._dernier = self._regard = self._travail = 0.0
        self._vus: Counter[str] = Counter()
        self._pire = Arret(0.0, 0.0, "")
        self._avant = signal.signal(signal.SIGALRM, self._regarder)

    def vivre(self) -> None:
        """The loop turns from now on."""
        self._attendre_le_prochain()
        self._minuterie.start(BATTEMENT_MS)

    def suspendre(self) -> None:
        """The loop is left: what is done outside is nobody's wait."""
        self._minuterie.stop()
        self._battre()
        signal.setitimer(signal.ITIMER_REAL, 0)

    def prendre(self) -> Arret:
        """The longest stop since the last time."""
        pire, self._pire = self._pire, Arret(0.0, 0.0, "")
        return pire

    def fermer(self) -> None:
        """Nobody looks any more."""
        signal.signal(signal.SIGALRM, self._avant)

    @Slot()
    def _battre(self) -> None:
        duree = (time.perf_counter() - self._dernier) * 1000 - BATTEMENT_MS
        if duree > self._pire.ms:
            travail = (time.thread_time() - self._travail) * 1000
            self._pire = Arret(duree, travail, "; ".join(f"{ou} {ms:.0f} ms" for ou, ms in self._vus.most_common(3)))
        self._attendre_le_prochain()

    def _attendre_le_prochain(self) -> None:
        self._vus.clear()
        signal.setitimer(signal.ITIMER_REAL, RETARD_S, REGARD_S)
        self._dernier = self._regard = time.perf_counter()
        self._travail = time.thread_time()

    def _regarder(self, _signal: int, pile: FrameType | None) -> None:
        ici = time.perf_counter()
        self._vus[_lieu(pile)] += (ici - self._regard) * 1000  # type: ignore[assignment]
        self._regard = ici


def _lieu(pile: FrameType | None) -> str:
    """The innermost functions of the program in a stack."""
    notres: list[str] = []
    while pile is not None and len(notres) < PROFONDEUR:
        fichier, fonction = pile.f_code.co_filename, pile.f_code.co_qualname
        if fichier.startswith(NOTRES):
            notres.append(f"{fichier[len(NOTRES) + 1 : -3].replace('/', '.')}.{fonction}:{pile.f_lineno}")
        elif fichier.startswith("<frozen importlib") and notres[-1:] != ["import"]:
            notres.append("import")
        pile = pile.f_back
    return " < ".join(notres) or "Qt"
