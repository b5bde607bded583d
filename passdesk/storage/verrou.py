"""One PassDesk at a time on the files of a desk: a lock of the operating system, which dies with its process.

Held by the window for the time it is open, and by the commands that write the key files (`poste creer`, `poste
enroler`): two of them would undo each other outside any transaction. Not held by the commands that read, sync or note
one setting (`verifier-base`, `poste etat`, `poste regler`, `synchroniser`): each act is one transaction of the base,
which stands several connections, and they run beside the window.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue
from passdesk.storage.fichiers import disque

FICHIER = "poste.verrou"
"""Empty, and left where it is: what counts is who holds it, not that it exists."""
FICHIER_APPEL = "poste.appel"
"""Where a second start asks the window that holds the desk to come forward; it answers in the same place."""
_APPEL, _REPONSE = b"appel", b"ici"
_PATIENCE_S, _PAS_S = 2.0, 0.02


@contextmanager
def tenir_seul(dossier: Path, fichier: str = FICHIER) -> Iterator[None]:
    """Holds the desk of this folder (made if need be) for the block, or until the process dies; or by another `fichier`
    what that one stands for.

    Raises PanneAttendue: "deja_ouvert" at once when another holds it, "disque_plein" or "disque_muet".
    """
    with disque():
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not inherited by the programs started from here: a viewer left open would hold the desk.
        descripteur = os.open(dossier / fichier, os.O_RDWR | os.O_CREAT, 0o600)
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


def preparer_appel(dossier: Path) -> Path:
    """For the window that holds the desk: the file to watch, emptied of what was asked of an earlier one."""
    chemin = dossier / FICHIER_APPEL
    with disque():
        os.close(os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    return chemin


def repondre(chemin: Path) -> bool:
    """True when somebody asked since the last time; the answer is given."""
    try:
        if chemin.read_bytes() != _APPEL:
            return False
        chemin.write_bytes(_REPONSE)
    except OSError:
        return False
    return True


def appeler(dossier: Path) -> bool:
    """For a second start: asks the window that holds this desk to come forward. True once it has answered.

    False after two seconds: what holds the desk is a command, or the window of another session.
    """
    chemin = dossier / FICHIER_APPEL
    _laisser_passer_devant()
    try:
        # Not made here: without it, no window listens.
        with os.fdopen(os.open(chemin, os.O_WRONLY | os.O_TRUNC), "wb") as fichier:
            fichier.write(_APPEL)
        fin = time.monotonic() + _PATIENCE_S
        while time.monotonic() < fin:
            if chemin.read_bytes() == _REPONSE:
                return True
            time.sleep(_PAS_S)
    except OSError:
        return False
    return False


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _laisser_passer_devant() -> None:
        # Windows lets a program come forward only when the one that was just started allows it.
        ctypes.windll.user32.AllowSetForegroundWindow(-1)

    def _attendre(descripteur: int) -> None:
        # Not LK_LOCK: it looks once a second, and gives up after ten.
        while not _prendre(descripteur):
            time.sleep(_PAS_S)

    def _prendre(descripteur: int) -> bool:
        try:
            msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _laisser_passer_devant() -> None:
        """The window manager decides by itself."""

    def _attendre(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_EX)

    def _prendre(descripteur: int) -> bool:
        # flock, not lockf: a lock of POSIX would be lost as soon as any part of the process closed the file.
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
