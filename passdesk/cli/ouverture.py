"""The desk that a command works on: opened with the agent's passphrase, beside the window or in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from passdesk.cli.sortie import dossier_du_poste, lire_phrase
from passdesk.domain.erreurs import BaseFermee
from passdesk.domain.horloge import HorlogeSysteme

if TYPE_CHECKING:
    from passdesk.services.poste import Poste

# The services bring the base: no other command pays for it.


@contextmanager
def ouvert(base_dir: Path | None, phrase_file: Path | None) -> Iterator[Poste]:
    """The desk of these options, which the window may have open too.

    Raises BaseFermee ("base_absente" before the passphrase is asked for), SaisieRefusee of the passphrase.
    """
    from passdesk.services.poste import ouvrir_poste

    poste = ouvrir_poste(existant(base_dir), lire_phrase(phrase_file), HorlogeSysteme())
    try:
        yield poste
    finally:
        poste.fermer()


@contextmanager
def tenu(base_dir: Path | None, phrase_file: Path | None) -> Iterator[Poste]:
    """The same for this command alone, and held before it is opened: what was open before it was held may be a base
    that has left its place since.

    Raises PanneAttendue("deja_ouvert") too.
    """
    from passdesk.services.poste import ouvrir_poste
    from passdesk.storage.verrou import tenir_seul

    # Before the lock, which makes the folder.
    dossier = existant(base_dir)
    phrase = lire_phrase(phrase_file)
    with tenir_seul(dossier):
        poste = ouvrir_poste(dossier, phrase, HorlogeSysteme())
        try:
            yield poste
        finally:
            poste.fermer()


def existant(base_dir: Path | None) -> Path:
    """The folder of a desk that is there. Raises BaseFermee("base_absente")."""
    from passdesk.services.departs import poste_existe

    dossier = dossier_du_poste(base_dir)
    if not poste_existe(dossier):
        raise BaseFermee("base_absente")
    return dossier
