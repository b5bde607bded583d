"""One PassDesk at a time on the files of a desk: a lock of the operating system, which dies with its process.

Held by the window for the time it is open, and by the commands that write the key files (`poste creer`, `poste
enroler`): two of them would undo each other outside any transaction. Not held by the commands that read, sync or note
one setting (`verifier-base`, `poste etat`, `poste regler`, `synchroniser`): each act is one transaction of the base,
which stands several connections, and they run beside the window.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue
from passdesk.storage.fichiers import disque

FICHIER = "poste.verrou"
"""Empty, and left where it is: what counts is who holds it, not that it exists."""


@contextmanager
def tenir_seul(dossier: Path) -> Iterator[None]:
    """Holds the desk of this folder (made if need be) for the block, or until the process dies.

    Raises PanneAttendue: "deja_ouvert" at once when another holds it, "disque_plein" or "disque_muet".
    """
    with disque():
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not inherited by the programs started from here: a viewer left open would hold the desk.
        descripteur = os.open(dossier / FICHIER, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with disque():
            libre = _prendre(descripteur)
        if not libre:
            raise PanneAttendue("deja_ouvert")
        yield
    finally:
        # Closing lets go of the lock.
        os.close(descripteur)


@contextmanager
def tenir_fichier(verrou: Path) -> Iterator[None]:
    """Waits for this lock file (made if need be) and holds it for the block: one writer of a small file at a time.

    Raises OSError.
    """
    descripteur = os.open(verrou, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _attendre(descripteur)
        yield
    finally:
        os.close(descripteur)


if sys.platform == "win32":
    import msvcrt

    def _attendre(descripteur: int) -> None:
        msvcrt.locking(descripteur, msvcrt.LK_LOCK, 1)

    def _prendre(descripteur: int) -> bool:
        try:
            msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _attendre(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_EX)

    def _prendre(descripteur: int) -> bool:
        # flock, not lockf: a lock of POSIX would be lost as soon as any part of the process closed the file.
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
