"""The base of a desk opened with a key read a moment ago, which another program may be changing (decision 0067)."""

from __future__ import annotations

from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import Horloge
from passdesk.storage import cles
from passdesk.storage.engine import Base


def ouvrir_sous_la_cle(dossier: Path, cle: bytes, horloge: Horloge) -> Base:
    """`Base.ouvrir`, refused while the desk passes under another key and once it has: what was written to the base of
    before would be lost with it.

    Looked at once the base is open: from then on nobody changes the key. Raises as `Base.ouvrir`, and
    PanneAttendue("base_occupee").
    """
    try:
        base = Base.ouvrir(dossier, cle, horloge)
    except BaseFermee as fermee:
        if fermee.code == "base_abimee" and not cles.est_la_cle(dossier, cle):
            raise PanneAttendue("base_occupee") from None
        raise
    if not cles.est_la_cle(dossier, cle):
        base.fermer()
        raise PanneAttendue("base_occupee")
    return base
