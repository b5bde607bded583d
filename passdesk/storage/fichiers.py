"""Small secret files: written whole or not at all, readable by their owner only."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.proprietaire import reserver
from passdesk.protocol import canonique

_ESSAIS, _ATTENTE_S = 11, 0.2
"""On Windows an antivirus or the indexer holds a new file for an instant: two seconds are left to it."""


def reserver_les_fichiers() -> None:
    """Whatever this process makes from now on, wherever, is for its owner alone: logs, papers, settings, folders.

    Windows does not know it: there a folder says it for what is made in it, that of the account, or that of the desk
    (`creer_dossier`); what an agent writes elsewhere has the rights of where it goes.
    """
    os.umask(0o077)


def creer_dossier(dossier: Path) -> None:
    """The folder of a desk, for its owner alone, made if need be. Raises OSError.

    On Windows, a disk that keeps no rights takes it all the same: the base is encrypted there too.
    """
    # Parents would be made for everybody.
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):
        reserver(dossier)


@contextmanager
def disque() -> Iterator[None]:
    """What the system says of the disk inside the block, as PanneAttendue("disque_plein" | "disque_muet")."""
    try:
        yield
    except OSError as trouble:
        plein = trouble.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        raise PanneAttendue("disque_plein" if plein else "disque_muet") from None


def nom_provisoire(chemin: Path, suffixe: str = ".tmp") -> Path:
    """Beside a file that somebody named, a drawn name: to be made anew (O_EXCL), it is nobody else's file.

    Nothing that lies there may be written over or deleted but the file named (contracts §1).
    """
    return chemin.with_name(f"{chemin.name}.{secrets.token_hex(4)}{suffixe}")


def ecrire_atomique(chemin: Path, octets: bytes) -> None:
    """Replaces the file in one step, on disk before it returns (temporary file, fsync, rename); mode 0600.

    Raises PanneAttendue; the file is then as it was.
    """
    provisoire = chemin.with_name(chemin.name + ".nouveau")
    with disque():
        chemin.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            provisoire.unlink()
        _ecrire(chemin, octets, provisoire)


def ecrire_ou_l_on_dit(chemin: Path, octets: bytes) -> None:
    """`ecrire_atomique` for a file that somebody named: whatever lies beside it is theirs. Raises PanneAttendue."""
    provisoire = nom_provisoire(chemin)
    with disque():
        try:
            _ecrire(chemin, octets, provisoire)
        except OSError:
            with suppress(OSError):
                provisoire.unlink(missing_ok=True)
            raise


def _ecrire(chemin: Path, octets: bytes, provisoire: Path) -> None:
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as fichier:
        fichier.write(octets)
        fichier.flush()
        os.fsync(fichier.fileno())
    poser_nom(provisoire, chemin)


def poser_nom(provisoire: Path, chemin: Path) -> None:
    """Gives a file already on disk its name, on disk before it returns; what had that name is gone. Raises OSError."""
    renommer(provisoire, chemin)
    fixer_dossier(chemin.parent)


def renommer(provisoire: Path, chemin: Path) -> None:
    """Gives a file or a folder this name, in the place of what had it. Raises OSError.

    On Windows it waits up to two seconds for a program that holds one of the two.
    """
    restent = _ESSAIS if sys.platform == "win32" else 1
    while True:
        try:
            provisoire.replace(chemin)
            return
        except PermissionError:
            restent -= 1
            if not restent:
                raise
            time.sleep(_ATTENTE_S)


def fixer_dossier(dossier: Path) -> None:
    """The names in this folder are on disk. On Windows no folder can be opened, and a rename is durable by itself."""
    with suppress(OSError):
        descripteur = os.open(dossier, os.O_RDONLY)
        try:
            os.fsync(descripteur)
        finally:
            os.close(descripteur)


def copier(chemin: Path, vers: Path) -> None:
    """A copy of the file as it is, for its owner alone, on disk before it returns; replaces `vers`. Raises OSError."""
    vers.unlink(missing_ok=True)
    descripteur = os.open(vers, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as copie, chemin.open("rb") as fichier:
        shutil.copyfileobj(fichier, copie, 1 << 20)
        copie.flush()
        os.fsync(copie.fileno())


def ecrire_enveloppe(chemin: Path, magie: bytes, contenu: Any) -> None:
    """Writes `magie` ‖ SHA-256 of the rest ‖ deterministic CBOR."""
    octets = canonique.encode(contenu)
    ecrire_atomique(chemin, magie + hashlib.sha256(octets).digest() + octets)


def lire_enveloppe(chemin: Path, magie: bytes) -> Any:
    """Reads back `ecrire_enveloppe`. Raises FileNotFoundError, and SaisieRefusee when a byte is wrong or missing.

    PanneAttendue("disque_muet") when the file is there and the disk, or another program, does not give it.
    """
    try:
        lu = chemin.read_bytes()
    except IsADirectoryError:
        raise SaisieRefusee("message_illisible") from None
    except FileNotFoundError:
        raise
    except OSError:
        raise PanneAttendue("disque_muet") from None
    return ouvrir_enveloppe(lu, magie)


def ouvrir_enveloppe(lu: bytes, magie: bytes) -> Any:
    """What these bytes of `ecrire_enveloppe` hold. Raises SaisieRefusee when one is wrong or missing."""
    octets = lu[len(magie) + 32 :]
    if not lu.startswith(magie) or lu[len(magie) : len(magie) + 32] != hashlib.sha256(octets).digest():
        raise SaisieRefusee("message_illisible")
    return canonique.decode(octets)
