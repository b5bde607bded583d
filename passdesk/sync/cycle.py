"""One cycle of sending and receiving, as a pure machine: a state and what happened give the next step.

The server says how far it has got and the desk sends from there, whatever it believed before; a cut costs one batch.
Nothing here waits, reads a clock or touches the base (anchors: sync §2.2, §2.9).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from passdesk.protocol.messages import Refusal, SyncAnswer

LOT_DEPART = 16 * 1024
LOT_MIN = 4 * 1024
LOT_MAX = 512 * 1024
"""Bytes of operations a batch aims at; at 100 kbit/s with loss, 16 KiB are two or three seconds."""

RAPIDE_MS = 8_000
TOURS_MAX = 10_000
"""Exchanges in one cycle. More means that the server's answers do not add up."""

Etape = Literal["envoyer", "fini", "hors_ligne", "refuse", "fourche"]


@dataclass(frozen=True, slots=True)
class Cycle:
    """Where a cycle stands. `lot`: bytes to aim at; `compteur_mini`: the next counter must be above it.

    `etape`: "envoyer" asks for an exchange; the four others end the cycle. `raison`: code of a trouble, if any.
    """

    etape: Etape = "envoyer"
    lot: int = LOT_DEPART
    compteur_mini: int = 0
    tours: int = 0
    coupures: int = 0
    raison: str | None = None
    recul: bool = False
    """The counter kept here was behind the server's: the base was put back to an earlier day."""


def apres_reponse(cycle: Cycle, reponse: SyncAnswer, *, reste: bool, duree_ms: int) -> Cycle:
    """The next step after an answer applied here. `reste`: operations still to send; `duree_ms`: the exchange."""
    lot = min(cycle.lot * 2, LOT_MAX) if duree_ms < RAPIDE_MS else max(cycle.lot // 2, LOT_MIN)
    suivant = replace(cycle, lot=lot, tours=cycle.tours + 1, coupures=0)
    if reponse.fork:
        return replace(suivant, etape="fourche", raison="fourche")
    if (reste or reponse.more) and suivant.tours < TOURS_MAX:
        return suivant
    return replace(suivant, etape="fini")


def apres_refus(cycle: Cycle, refus: Refusal) -> Cycle:
    """The next step after a signed refusal: a counter behind is mended once, anything else ends the cycle."""
    if refus.code == "compteur_depasse" and refus.n >= cycle.compteur_mini and cycle.tours < TOURS_MAX:
        return replace(cycle, compteur_mini=refus.n, tours=cycle.tours + 1, recul=True)
    return replace(cycle, etape="refuse", raison=refus.code)


def apres_coupure(cycle: Cycle, raison: str) -> Cycle:
    """The next step when no believable answer came: once more with a smaller batch, then later.

    A page that is not the Region's (captive portal) is not tried again: it would answer the same.
    """
    if raison == "hors_ligne" and cycle.coupures == 0 and cycle.tours > 0:
        return replace(cycle, lot=max(cycle.lot // 2, LOT_MIN), coupures=1, tours=cycle.tours + 1)
    return replace(cycle, etape="hors_ligne", raison=raison)


def delai_avant_reprise(coupures_de_suite: int, hasard: float) -> float:
    """Seconds before the next cycle after that many failed ones in a row: 15 s, doubling to 15 min, ± 20 %.

    `hasard` in [0, 1): the desks of a village that come back together must not all call at once.
    """
    attente = min(15.0 * 2.0 ** min(coupures_de_suite, 10), 900.0)
    return attente * (0.8 + 0.4 * hasard)
