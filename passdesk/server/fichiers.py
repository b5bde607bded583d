"""Files that the Region gives away: written beside, then put in place at once."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue


def ecrire_public(fichier: Path, octets: bytes) -> None:
    """Writes or replaces a file that anyone of this machine may read; readers see the old one or the new one.

    Raises PanneAttendue(ecriture_impossible).
    """
    provisoire = _provisoire(fichier)
    try:
        with provisoire.open("xb") as flux:
            flux.write(octets)
            flux.flush()
            os.fsync(flux.fileno())
        # Whatever else this process writes is for its owner alone. A stick may know of no such rights.
        with suppress(OSError):
            provisoire.chmod(0o644)
        provisoire.replace(fichier)
    except OSError:
        with suppress(OSError):
            provisoire.unlink(missing_ok=True)
        raise PanneAttendue("ecriture_impossible", fichier=fichier.name) from None


def verifier_ecriture(fichier: Path) -> None:
    """Raises PanneAttendue(ecriture_impossible) unless `ecrire_public` can write there now; leaves nothing behind."""
    provisoire = _provisoire(fichier)
    try:
        if fichier.is_dir():
            raise IsADirectoryError
        provisoire.open("xb").close()
        provisoire.unlink()
    except OSError:
        raise PanneAttendue("ecriture_impossible", fichier=fichier.name) from None


def _provisoire(fichier: Path) -> Path:
    """Beside it, a drawn name, to be made anew: what lies there under any other name is somebody's."""
    return fichier.with_name(f"{fichier.name}.{secrets.token_hex(4)}.tmp")
