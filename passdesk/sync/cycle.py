"""One cycle of sending and receiving, as a pure machine: a state and what happened give the next step.

The server says how far it has got and the desk sends from there, whatever it believed before; a cut costs one batch.
Nothing here waits, reads a clock or touches the base (anchors: sync §2.2, §2.9).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from passdesk.protocol.messages import Refusal, SyncAnswer

LOT_DEPART = 64 * 1024
LOT_MIN = 4 * 1024
LOT_MAX = 512 * 1024
"""Bytes of bodies a batch aims at; a third of them travel, so that at 100 kbit/s 64 KiB are two or three seconds."""

RAPIDE_MS = 8_000
TOURS_MAX = 10_000
"""Exchanges in one cycle, whatever the server answers."""

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
    entier: bool = False
    """True: headers are sent whole, to a Region that does not read them short, or could not open the bodies."""
    sans_etat: bool = False
    """True: the state digest is not asked for, of a Region that does not tell it."""
    fourche: bool = False
    """The Region knows acts or requests of this desk that are not here: copied, or put back to an earlier day. What is
    left of an earlier epoch then goes whole: the Region keeps a branch only from where it leaves its own."""


def apres_reponse(
    cycle: Cycle, reponse: SyncAnswer, *, reste: bool, avance: bool, fourche: bool, duree_ms: int
) -> Cycle:
    """The next step after an answer applied here.

    `reste`: operations still to send; `avance`: the answer changed how far either side is; `fourche`: the two logs
    differ (both branches are sent all the same); `duree_ms`: the exchange. The first time that they are seen to differ,
    the rest of that branch goes whole: there is more to do, whatever moved.
    """
    lot = min(cycle.lot * 2, LOT_MAX) if duree_ms < RAPIDE_MS else max(cycle.lot // 2, LOT_MIN)
    suivant = replace(cycle, lot=lot, tours=cycle.tours + 1, coupures=0, fourche=cycle.fourche or fourche)
    if reste or reponse.more:
        if (avance or suivant.fourche > cycle.fourche) and suivant.tours < TOURS_MAX:
            return suivant
        return replace(suivant, etape="refuse", raison="reponse_sans_suite")
    if suivant.fourche:
        return replace(suivant, etape="fourche", raison="fourche")
    return replace(suivant, etape="fini")


def apres_refus(cycle: Cycle, refus: Refusal, *, recul: bool) -> Cycle:
    """The next step after a signed refusal: a counter behind, a digest or short headers are mended once, the rest ends.

    `recul`: the Region saw a counter that this desk never used.
    """
    if refus.code == "compteur_depasse" and refus.n >= cycle.compteur_mini and cycle.tours < TOURS_MAX:
        return replace(cycle, compteur_mini=refus.n, tours=cycle.tours + 1, fourche=cycle.fourche or recul)
    if refus.code == "version_recente" and not (cycle.entier and cycle.sans_etat):
        return replace(cycle, entier=True, sans_etat=True, tours=cycle.tours + 1)
    if refus.code == "bloc_illisible" and not cycle.entier:
        return replace(cycle, entier=True, tours=cycle.tours + 1)
    if refus.code == "region_indisponible":
        # Its database rests: as good as no network, and sending goes on by itself.
        return replace(cycle, etape="hors_ligne", raison=refus.code)
    return replace(cycle, etape="refuse", raison=refus.code)


def apres_coupure(cycle: Cycle, raison: str, *, entame: bool = False) -> Cycle:
    """The next step when no believable answer came: once more with a smaller batch, then later.

    `entame`: the connection was there, and dropped on the way; `lot` is then what to begin the next cycle with. A page
    that is not the Region's (captive portal) is not tried again: it would answer the same.
    """
    coupee = raison == "hors_ligne" and (entame or cycle.tours > 0)
    if coupee and cycle.coupures == 0:
        return replace(cycle, lot=max(cycle.lot // 2, LOT_MIN), coupures=1, tours=cycle.tours + 1)
    lot = max(cycle.lot // 2, LOT_MIN) if entame and coupee else cycle.lot
    return replace(cycle, etape="hors_ligne", raison=raison, lot=lot)
