"""When to exchange with the Region, as a pure machine: a state and what happened give the time of the next cycle.

It never waits for something to be done first: as long as it works by itself, a next time is always set, a quarter of an
hour away at most. Times are seconds of a clock that never goes back; the dice come in as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

INTERVALLE = 300.0
"""Between two cycles that went well; a tenth more or less, so that desks opened together do not call together."""
ECART_INTERVALLE = 0.1

APRES_UN_ACTE = 3.0
"""After a hand-over: several acts in a row make one cycle."""
RETOUR_RESEAU = 2.0
"""After the network is back: it takes a moment to work."""
SUITE = 1.0
"""After a cycle that gave way: what else waits in the same thread goes first."""

RECUL_MIN, RECUL_MAX = 30.0, 900.0
"""First and longest wait after a failure; doubled each time, then between half and the whole of it by chance."""

PAUSE_MINI = 15.0
"""After a failure, whatever asks for a cycle by itself: a network that comes and goes is not called each time."""

CYCLE_MAX = 600.0
"""A cycle gives way after this long, between two exchanges; the rest goes in the next one."""

Signe = Literal["depart", "remise", "bouton", "reseau"]
"""What asks for a cycle: the desk opened, a carnet handed over, somebody, the network that is back."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """`seul`: works by itself, else only when asked. `debut`: when the cycle under way began, None while at rest.

    `prochain`: when the next one begins; `echecs`: failures in a row; `dernier`: end of the last cycle that failed.
    """

    ouvert: bool = True
    seul: bool = False
    debut: float | None = None
    encore: bool = False
    prochain: float | None = None
    echecs: int = 0
    dernier: float | None = None


def demarrer(cadence: Cadence, t: float) -> Cadence:
    """The desk is open: a cycle now, then by itself."""
    return demander(replace(cadence, ouvert=True, seul=True), "depart", t)


def arreter(cadence: Cadence) -> Cadence:
    """No cycle begins any more; the one under way, if any, still ends."""
    return replace(cadence, ouvert=False, seul=False, encore=False, prochain=None)


def demander(cadence: Cadence, signe: Signe, t: float) -> Cadence:
    """Somebody or something asks for a cycle: never two at once, never later than it was going to be."""
    if not cadence.ouvert:
        return cadence
    if cadence.debut is not None:
        return replace(cadence, encore=True)
    echecs = 0 if signe == "reseau" else cadence.echecs
    voulu = t + {"depart": 0.0, "bouton": 0.0, "remise": APRES_UN_ACTE, "reseau": RETOUR_RESEAU}[signe]
    if signe in ("remise", "reseau") and cadence.dernier is not None:
        voulu = max(voulu, cadence.dernier + PAUSE_MINI)
    if signe == "remise" and cadence.echecs and cadence.prochain is not None:
        # Nothing says that the network is back: what was recorded goes with the next try.
        voulu = cadence.prochain
    prochain = voulu if cadence.prochain is None else min(voulu, cadence.prochain)
    return replace(cadence, prochain=prochain, echecs=echecs)


def est_l_heure(cadence: Cadence, t: float) -> bool:
    """True when a cycle is to begin now."""
    return cadence.debut is None and cadence.prochain is not None and cadence.prochain <= t


def commencer(cadence: Cadence, t: float) -> Cadence:
    """A cycle begins."""
    return replace(cadence, debut=t, prochain=None, encore=False)


def doit_ceder(cadence: Cadence, t: float) -> bool:
    """True when the cycle under way has lasted long enough."""
    return cadence.debut is not None and t - cadence.debut >= CYCLE_MAX


def finir(cadence: Cadence, t: float, *, reussi: bool, arrete: bool, alea: float) -> Cadence:
    """A cycle ended. `reussi`: the Region answered to the end; `arrete`: given up before, on demand or to give way.

    `alea`: a draw in [0, 1).
    """
    cede = arrete and doit_ceder(cadence, t)
    repos = replace(cadence, debut=None, encore=False, prochain=None)
    if not (reussi or arrete):
        repos = replace(repos, echecs=cadence.echecs + 1, dernier=t)
        return replace(repos, prochain=t + recul(repos.echecs, alea)) if cadence.seul else repos
    repos = replace(repos, echecs=0, dernier=None)
    if not cadence.ouvert:
        return repos
    if cede or (cadence.encore and not arrete):
        return replace(repos, prochain=t + (SUITE if cede else 0.0))
    pause = INTERVALLE * (1 + ECART_INTERVALLE * (2 * alea - 1))
    return replace(repos, prochain=t + pause) if cadence.seul else repos


def recul(echecs: int, alea: float) -> float:
    """Seconds to wait after so many failures in a row."""
    # Beyond 2^5 the longest wait is reached.
    return min(RECUL_MAX, RECUL_MIN * 2.0 ** min(echecs - 1, 5)) * (0.5 + alea / 2)
