"""Starts that did not end well, counted beside the base; and what can still be done when there are several in a row."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import shutil
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.storage import noms

FICHIER_DEPARTS = "departs.txt"
JOURNAL, RAPPORTS = "journal.log", "rapports"
"""Under the base directory: the technical log, and the reports of our own bugs."""
SEUIL = 2
"""Starts in a row without an orderly end after which the next one asks before doing anything."""
_COPIES = (noms.BASE, f"{noms.BASE}-wal", noms.TROUSSEAU)
"""What a copy holds: the encrypted base, its write-ahead log, the wrapped keys. Never the keys of the device."""
TAILLE_JOURNAL = 500_000
"""Bytes before the log turns over; three old ones are kept."""


class _Journal(logging.handlers.RotatingFileHandler):
    """A line that the disk refuses is lost, and nothing else: no trace of ours is for who works here (contracts §1)."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (of logging)
        """Says nothing."""

    def close(self) -> None:
        with contextlib.suppress(OSError):
            super().close()


def journaliser(dossier: Path) -> logging.Handler:
    """Sends the technical log to a file of the base directory; its lines carry ids and codes, never names.

    Where that file cannot be opened the lines are lost: the desk opens all the same.
    """
    try:
        fichier: logging.Handler = _Journal(dossier / JOURNAL, maxBytes=TAILLE_JOURNAL, backupCount=3, encoding="utf-8")
    except OSError:
        fichier = logging.NullHandler()
    fichier.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    racine = logging.getLogger("passdesk")
    racine.addHandler(fichier)
    racine.setLevel(logging.INFO)
    racine.propagate = False
    return fichier


def poste_existe(dossier: Path) -> bool:
    """True when a desk was created in this folder."""
    return (dossier / noms.TROUSSEAU).exists() or (dossier / noms.BASE).exists()


class Departs:
    """Kept from the start to the end of one run. A disk that refuses loses the count, never the start."""

    def __init__(self, dossier: Path) -> None:
        self._fichier = dossier / FICHIER_DEPARTS
        self._trouble = False
        self.avant = self._lire()
        self._ecrire(self.avant + 1)

    @property
    def a_demander(self) -> bool:
        """True when the last starts all went wrong: this one does nothing by itself."""
        return self.avant >= SEUIL

    def troubler(self) -> None:
        """A bug of ours came before the desk was steady: closing the window does not make it a good start."""
        self._trouble = True

    def stable(self) -> None:
        """The desk has been open long enough: whatever comes now is no failed start."""
        self._trouble = False
        self._ecrire(0)

    def finir(self) -> None:
        """The window was closed in order."""
        if not self._trouble:
            self._ecrire(0)

    def _lire(self) -> int:
        try:
            return max(0, min(99, int(self._fichier.read_text(encoding="ascii"))))
        except (OSError, ValueError):
            return 0

    def _ecrire(self, nombre: int) -> None:
        with contextlib.suppress(OSError):
            if nombre:
                self._fichier.write_text(str(nombre), encoding="ascii")
            else:
                self._fichier.unlink(missing_ok=True)


def copier_le_poste(dossier: Path, vers: Path, horloge: Horloge) -> Path:
    """Copies the encrypted files as they are into a new folder of `vers`, without opening anything; gives it back.

    Nobody may have the base open. Raises SaisieRefusee("copie_sans_base") when there is none,
    PanneAttendue("ecriture_impossible"); nothing is left then.
    """
    if not (dossier / noms.BASE).exists():
        raise SaisieRefusee("copie_sans_base")
    copie = vers / f"passdesk-copie-{horloge.maintenant():%Y%m%dT%H%M%S}"
    try:
        copie.mkdir(mode=0o700)
    except OSError:
        raise PanneAttendue("ecriture_impossible", fichier=copie.name) from None
    try:
        for nom in _COPIES:
            if (dossier / nom).exists():
                shutil.copyfile(dossier / nom, copie / nom)
                (copie / nom).chmod(0o600)
    except OSError:
        shutil.rmtree(copie, ignore_errors=True)
        raise PanneAttendue("ecriture_impossible", fichier=copie.name) from None
    return copie
