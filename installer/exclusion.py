"""One set-up at a time in a folder: the second waits for the first to end, and says so."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annonces import etape


@contextmanager
def seul(verrou: Path) -> Iterator[None]:
    """Holds this file meanwhile; the system lets go of it with the process, however that ends."""
    try:
        # For reading: whoever made it, another user can hold it too.
        descripteur = os.open(verrou, os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError:
        # A folder where nothing can be made, around an environment that can be written.
        yield
        return
    try:
        if not _prendre(descripteur):
            etape(
                "Une autre préparation est en cours dans ce dossier : j’attends qu’elle finisse (Ctrl-C pour renoncer)."
            )
            _attendre(descripteur)
        yield
    finally:
        os.close(descripteur)


if sys.platform == "win32":
    import msvcrt

    def _prendre(descripteur: int) -> bool:
        try:
            msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _attendre(descripteur: int) -> None:
        tenu = False
        while not tenu:
            # Windows itself gives up after ten seconds.
            with suppress(OSError):
                msvcrt.locking(descripteur, msvcrt.LK_LOCK, 1)
                tenu = True
else:
    import fcntl

    def _prendre(descripteur: int) -> bool:
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _attendre(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_EX)
