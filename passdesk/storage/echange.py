"""The base of a desk replaced by another one, made ready aside; what it replaces is copied first."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from passdesk.storage import noms
from passdesk.storage.fichiers import copier, disque, poser_nom

CHANTIER = "restauration"
"""Where the base of a backup is made ready."""


def oublier_une_preparation(dossier: Path) -> None:
    """What a program killed while it looked at a backup left there: an erased person would stay in it. Nobody has it
    in use: the desk is held.
    """
    shutil.rmtree(dossier / CHANTIER, ignore_errors=True)


def poser_la_base(dossier: Path, chantier: Path, maintenant: datetime, *, avec_les_cles: bool) -> None:
    """Puts the base of `chantier`, and its key file, in the place of the desk's; nobody may have either open.

    The present one is copied among the backups first. Cut before the base takes its place, nothing is missing to do it
    again: the recent acts stay beside it until then. Raises PanneAttendue of the disk.
    """
    cote = dossier / noms.SAUVEGARDES
    copie = f"poste-{maintenant:%Y%m%dT%H%M%S}-remplacee.db"
    de_cote = {f"{noms.BASE}{suffixe}": f"{copie}{suffixe}" for suffixe in ("", "-wal", "-shm")}
    de_cote[noms.COPIE_DES_ACTES] = f"{copie}.actes"
    with disque():
        cote.mkdir(mode=0o700, exist_ok=True)
        with ExitStack() as pile:
            for nom, ailleurs in de_cote.items():
                if (dossier / nom).exists():
                    # On a full disk, half a copy would only take the room that is missing.
                    pile.callback((cote / ailleurs).unlink, missing_ok=True)
                    copier(dossier / nom, cote / ailleurs)
            pile.pop_all()
        # A log left beside the new base would be read as its own.
        for suffixe in ("-wal", "-shm"):
            (dossier / f"{noms.BASE}{suffixe}").unlink(missing_ok=True)
        poser_nom(chantier / noms.BASE, dossier / noms.BASE)
        if avec_les_cles:
            poser_nom(chantier / noms.TROUSSEAU, dossier / noms.TROUSSEAU)
        # What is done again of it is in the base; the rest may still be looked at.
        (dossier / noms.COPIE_DES_ACTES).unlink(missing_ok=True)
