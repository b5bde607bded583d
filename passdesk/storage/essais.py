"""Wrong passphrases in a row, kept beside the key file: the more there were, the longer the next one waits.

It slows whoever types at this computer, and closing the window is no way round it. It does nothing for a copied base,
nor against who removes this file: only the passphrase does (decision 0051).
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import Horloge
from passdesk.storage import cles
from passdesk.storage.fichiers import ecrire_atomique

FICHIER = "poste.essais"
LIBRES = 2
"""Slips that cost nothing."""
PREMIERE, PLUS_LONGUE = 5, 60
"""Seconds to wait after the next one; doubled each time, never more: who forgot is slowed, not shut out."""


def attente(echecs: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row."""
    if echecs <= LIBRES:
        return 0
    return min(PLUS_LONGUE, PREMIERE << min(echecs - LIBRES - 1, 10))


def ouvrir_trousseau(dossier: Path, phrase: str, horloge: Horloge) -> tuple[str, bytes]:
    """As `cles.ouvrir_trousseau`, one after the other.

    Raises BaseFermee("trop_d_essais", secondes): it is too early, nothing was tried; and, besides "phrase_inconnue",
    "phrase_inconnue_attente", secondes: wrong, and the next one waits.
    """
    maintenant = int(horloge.maintenant().timestamp() * 1000)
    echecs, dernier = _lire(dossier)
    # A clock put back since counts as no time gone by, once: nobody waits for it to catch up.
    ecoule = max(0, maintenant - dernier)
    reste = attente(echecs) - ecoule / 1000
    if reste > 0:
        if dernier > maintenant:
            _ecrire(dossier, echecs, maintenant)
        raise BaseFermee("trop_d_essais", secondes=max(1, round(reste)))
    try:
        ouvert = cles.ouvrir_trousseau(dossier, phrase)
    except BaseFermee as fermee:
        if fermee.code != "phrase_inconnue":
            raise
        _ecrire(dossier, echecs + 1, int(horloge.maintenant().timestamp() * 1000))
        if secondes := attente(echecs + 1):
            raise BaseFermee("phrase_inconnue_attente", secondes=secondes) from None
        raise
    oublier(dossier)
    return ouvert


def oublier(dossier: Path) -> None:
    """The desk was opened."""
    with contextlib.suppress(OSError):
        (dossier / FICHIER).unlink(missing_ok=True)


def _lire(dossier: Path) -> tuple[int, int]:
    """How many in a row, and when the last one was (milliseconds of UTC); none when nothing is readable."""
    try:
        lu = json.loads((dossier / FICHIER).read_text(encoding="ascii"))
        return max(0, int(lu["echecs"])), int(lu["dernier_ms"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0


def _ecrire(dossier: Path, echecs: int, dernier_ms: int) -> None:
    # A disk that refuses slows nobody, and hides nothing of what the passphrase answered.
    with contextlib.suppress(PanneAttendue):
        ecrire_atomique(dossier / FICHIER, json.dumps({"echecs": echecs, "dernier_ms": dernier_ms}).encode("ascii"))
