"""The base of a desk opened with a key read a moment ago, which another program may be changing (decision 0067)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import Horloge
from passdesk.storage import cles, noms
from passdesk.storage.engine import Base
from passdesk.storage.fichiers import disque
from passdesk.storage.verrou import tenir_fichier


def ouvrir_sous_la_cle(dossier: Path, cle: bytes, horloge: Horloge) -> Base:
    """`Base.ouvrir`, refused while the desk passes under another key and once it has: what was written to the base of
    before would be lost with it.

    Looked at once the base is open: from then on nobody changes the key. While a backup takes the place of the base,
    waits: it is the new one that is opened. Raises as `Base.ouvrir`, and PanneAttendue("base_occupee").
    """
    if not (dossier / noms.BASE).exists():
        raise BaseFermee("base_absente")
    try:
        with disque(), tenir_fichier(dossier / noms.VERROU_DES_ACTES):
            base = Base.ouvrir(dossier, cle, horloge)
    except BaseFermee as fermee:
        if fermee.code == "base_abimee" and not cles.est_la_cle(dossier, cle):
            raise PanneAttendue("base_occupee") from None
        raise
    if not cles.est_la_cle(dossier, cle):
        base.fermer()
        raise PanneAttendue("base_occupee")
    return base


@contextmanager
def fermee_si_elle_ne_s_ouvre_pas(base: Base) -> Iterator[None]:
    """Around what a desk reads of its base while it opens. Raises what is raised, BaseFermee("page_illisible") as
    "base_abimee": what cannot be opened has another remedy than what cannot be read while the rest goes on.
    """
    try:
        yield
    except BaseException as raison:
        # Left open, it would hold the file that a backup is to replace.
        base.fermer()
        if isinstance(raison, BaseFermee) and raison.code == "page_illisible":
            raise BaseFermee("base_abimee") from None
        raise
