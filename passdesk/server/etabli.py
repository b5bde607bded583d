"""What another process of a server does (`ateliers`): opens the Region as the first one did, then judges what it is
handed, one request at a time."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from passdesk.domain.erreurs import BaseFermee, KnownError
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.server.ateliers import PROGRAMME, Coup, Fait, Travail, ecrire, lire
from passdesk.server.cles import NOM, empreinte
from passdesk.server.echange import traiter_verifie
from passdesk.server.ramassage import rarefier_le_ramassage
from passdesk.server.region import Region, ouvrir_region, server_epoch
from passdesk.server.suivi import ou
from passdesk.server.trousseau import Trousseau


def travailler() -> None:
    """Judges what comes until nothing more can come."""
    entree, sortie = sys.stdin.buffer, sys.stdout.buffer
    # Frames alone go out there.
    sys.stdout = sys.stderr
    # A pipe whose other end is gone: its error has other names on Windows.
    with suppress(EOFError, OSError):
        try:
            dossier, region = _ouvrir(entree)
        except KnownError as refus:
            ecrire(sortie, (type(refus).__name__, refus.code))
            return
        try:
            ecrire(sortie, None)
            rarefier_le_ramassage()
            trousseau = Trousseau(region, dossier)
            while True:
                demande = lire(entree)
                ecrire(sortie, _faire(trousseau.region(), demande))
        finally:
            region.fermer()


def _ouvrir(entree: BinaryIO) -> tuple[Path, Region]:
    if lire(entree) != PROGRAMME:
        raise BaseFermee("region_changee")
    dossier, adresse, cles = lire(entree)
    if empreinte(dossier / NOM) != cles:
        raise BaseFermee("region_changee")
    return dossier, ouvrir_region(dossier, HorlogeSysteme(), adresse=adresse, second=True)


def _faire(region: Region, demande: Travail | Coup) -> Fait:
    try:
        return _juger(region, demande) if isinstance(demande, Travail) else _tater(region)
    except KnownError as trouble:
        return Fait(panne=trouble.code)
    except Exception as bug:
        return Fait(imprevu={"bug": type(bug).__name__, "ou": ou(bug)})


def _tater(region: Region) -> Fait:
    with region.magasin.lire() as tx:
        server_epoch(tx)
    return Fait()


def _juger(region: Region, travail: Travail) -> Fait:
    return Fait(traiter_verifie(region, travail.http, travail.poste, travail.counter))
