"""The root's files: the sealed key, and beside it the public key that places pin."""

from __future__ import annotations

from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.server.cles import NOM, ecrire_secret
from passdesk.server.fichiers import ecrire_public
from passdesk.server.racine import CoutPhrase, nouvelle_racine, sceller_racine


def fichier_public(fichier: Path) -> Path:
    """Where the public key of this root file goes: FICHIER.pub."""
    return fichier.with_name(fichier.name + ".pub")


def libre(fichier: Path) -> None:
    """Raises SaisieRefusee(racine_existante) before any passphrase is asked for: a root key is never overwritten."""
    if fichier.exists() or fichier_public(fichier).exists():
        raise SaisieRefusee("racine_existante", fichier=fichier.name)


def creer(fichier: Path, phrase: str, *, demonstration: bool = False, cout: CoutPhrase | None = None) -> bytes:
    """Creates a root: the sealed file (0600) and FICHIER.pub (32 bytes in hexadecimal). Returns the public key.

    Raises SaisieRefusee(racine_existante, phrase_racine_courte), PanneAttendue(region_disque, ecriture_impossible).
    """
    libre(fichier)
    racine = nouvelle_racine(demonstration=demonstration)
    ecrire_secret(fichier, sceller_racine(racine, phrase, cout), "racine_existante", partout=True)
    ecrire_public(fichier_public(fichier), racine.publique.hex().encode() + b"\n")
    return racine.publique


def trouver(fichier: Path) -> None:
    """Raises SaisieRefusee(racine_absente) before the passphrase of a file that is not there is asked for."""
    try:
        fichier.open("rb").close()
    except OSError:
        raise SaisieRefusee("racine_absente") from None


def absente(dossier: Path) -> None:
    """Raises SaisieRefusee(region_deja_initialisee) when this folder already holds a Region's keys."""
    if (dossier / NOM).exists():
        raise SaisieRefusee("region_deja_initialisee")


def presente(dossier: Path) -> None:
    """Raises BaseFermee(region_absente) when this folder holds no Region's keys."""
    if not (dossier / NOM).exists():
        raise BaseFermee("region_absente")
