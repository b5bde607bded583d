"""One of the other processes of a server (`ateliers`): judges the requests that it is handed, one at a time."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.server.ateliers import Fait, Travail, ecrire, lire
from passdesk.server.echange import traiter_verifie
from passdesk.server.ramassage import rarefier_le_ramassage
from passdesk.server.region import Region, ouvrir_region
from passdesk.server.suivi import ou


def main() -> None:
    """Judges what comes until nothing more can come."""
    # Ctrl-C and a stop of the service reach every process: this one ends with the one that it works for.
    for numero in (signal.SIGINT, signal.SIGTERM):
        signal.signal(numero, signal.SIG_IGN)
    entree, sortie = sys.stdin.buffer, sys.stdout.buffer
    # Frames alone go out there.
    sys.stdout = sys.stderr
    region: Region | None = None
    with suppress(EOFError, BrokenPipeError):
        ecrire(sortie, None)
        dossier, adresse = lire(entree)
        rarefier_le_ramassage()
        while True:
            travail: Travail = lire(entree)
            try:
                region = region or ouvrir_region(dossier, HorlogeSysteme(), adresse=adresse)
                fait = _faire(region, travail)
            except KnownError as trouble:
                fait = Fait(panne=trouble.code)
            except Exception as bug:
                fait = Fait(imprevu={"bug": type(bug).__name__, "ou": ou(bug)})
            ecrire(sortie, fait)
    if region is not None:
        region.fermer()


def _faire(region: Region, travail: Travail) -> Fait:
    device = travail.poste.device
    region.vies_dites.clear()
    if travail.vie is not None:
        region.vies_dites[device] = travail.vie
    answer = traiter_verifie(region, travail.http, travail.poste, travail.counter)
    return Fait(answer, region.vies_dites.get(device))


if __name__ == "__main__":
    main()
