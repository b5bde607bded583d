"""The base of a desk replaced by another one, made ready aside.

By that of a backup: what it replaces is copied first. By itself under another key (decision 0067): the base, the key
file and what else that key seals change together, or not at all.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from passdesk.storage import noms
from passdesk.storage.fichiers import copier, disque, fixer_dossier, poser_nom
from passdesk.storage.verrou import tenir_fichier

CHANTIER = "restauration"
"""Where the base of a backup is made ready."""
CLE_NEUVE = "cle-neuve"
"""Where a desk under another key waits, whole, to take the place of the present one: from then on it is the desk."""
CLE_NEUVE_CHANTIER = f"{CLE_NEUVE}.partiel"
"""Where it is made ready; until it is whole, the present one is."""
_SOUS_LA_CLE = (noms.BASE, noms.COPIE_DES_ACTES, noms.APPAREIL, noms.TROUSSEAU)


def oublier_une_preparation(dossier: Path) -> None:
    """What a program killed while it looked at a backup left there: an erased person would stay in it. Nobody has it
    in use: the desk is held.
    """
    for chantier in (CHANTIER, CLE_NEUVE_CHANTIER):
        shutil.rmtree(dossier / chantier, ignore_errors=True)


def decider_le_changement(dossier: Path) -> None:
    """What is ready in `CLE_NEUVE_CHANTIER` is the desk from now on, in one step. Raises PanneAttendue: it is not."""
    with disque():
        fixer_dossier(dossier / CLE_NEUVE_CHANTIER)
        poser_nom(dossier / CLE_NEUVE_CHANTIER, dossier / CLE_NEUVE)


def achever_un_changement(dossier: Path) -> None:
    """Puts each file of a change that was decided in its place, also after a cut; nothing to do without one.

    Done before any key of the desk is read. Raises PanneAttendue of the disk: it is tried again next time.
    """
    pret = dossier / CLE_NEUVE
    if not pret.exists():
        return
    # The lock of one of the files that it replaces: it needs none of its own.
    with disque(), tenir_fichier(dossier / noms.VERROU_DES_ACTES):
        # Without it, the desk makes another one in the hour.
        with suppress(OSError):
            _poser_les_sauvegardes(pret / noms.SAUVEGARDES, dossier / noms.SAUVEGARDES)
        if (pret / noms.BASE).exists():
            # A log left beside the new base would be read as its own.
            for suffixe in ("-wal", "-shm"):
                (dossier / f"{noms.BASE}{suffixe}").unlink(missing_ok=True)
        for nom in _SOUS_LA_CLE:
            with suppress(FileNotFoundError):
                poser_nom(pret / nom, dossier / nom)
        shutil.rmtree(pret, ignore_errors=True)


def un_changement_attend(dossier: Path) -> bool:
    """True between the decision and the last file: the desk is under a key that its own key file does not give yet."""
    return (dossier / CLE_NEUVE / noms.TROUSSEAU).exists()


def _poser_les_sauvegardes(pretes: Path, ici: Path) -> None:
    ici.mkdir(mode=0o700, exist_ok=True)
    for copie in pretes.iterdir():
        poser_nom(copie, ici / copie.name)


def poser_la_base(dossier: Path, chantier: Path, maintenant: datetime, *, avec_les_cles: bool) -> None:
    """Puts the base of `chantier`, and its key file, in the place of the desk's; nobody may have either open, and the
    lock of the acts is held.

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
