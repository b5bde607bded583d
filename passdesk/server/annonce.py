"""The file by which places hear the trust bundle: a web server, a shared folder or a key hands it out as it is.

No desk is concerned: they hear it in their exchanges. What is void counts from the file on (decision 0091).
"""

from __future__ import annotations

from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.confiance import lire_confiance
from passdesk.server.fichiers import ecrire_public
from passdesk.server.publication import confiance, publier, remettre, remise
from passdesk.server.region import Region
from passdesk.server.restauration import envois_attendus


def publier_dans(region: Region, fichier: Path) -> bytes:
    """A new bundle, in this file. Raises SaisieRefusee(publication_expiree), PanneAttendue(ecriture_impossible)."""
    return publier(region, lambda octets: ecrire_public(fichier, octets))


def ecrire_la_derniere(region: Region, fichier: Path) -> bytes:
    """The last bundle published, in this file, as it is.

    Raises SaisieRefusee: annonce_absente, annonce_plus_recente (the file holds a later one: this Region was put back to
    a backup); PanneAttendue(ecriture_impossible).
    """
    with region.magasin.lire() as tx:
        octets = confiance(tx)
    if not octets:
        raise SaisieRefusee("annonce_absente")
    if _rang(region, _lire(fichier)) > _rang(region, octets):
        raise SaisieRefusee("annonce_plus_recente", fichier=fichier.name)
    ecrire_public(fichier, octets)
    remettre(region, octets)
    return octets


def tenir_a_jour(region: Region, fichier: Path) -> bool:
    """What a server does for the places: this file holds the last bundle. True when it was written.

    Not while a Region put back to a backup awaits its desks: the places have a later one. Raises PanneAttendue.
    """
    with region.magasin.lire() as tx:
        octets, dite = confiance(tx), remise(tx)
        if not octets or envois_attendus(tx):
            return False
    tenus, rang = _lire(fichier), _rang(region, octets)
    if (tenus == octets and dite == rang) or _rang(region, tenus) > rang:
        return False
    ecrire_public(fichier, octets)
    remettre(region, octets)
    return True


def _lire(fichier: Path) -> bytes:
    try:
        return fichier.read_bytes()
    except OSError:
        return b""


def _rang(region: Region, octets: bytes) -> int:
    """The generation of a bundle of this Region; 0 for anything else, which may be replaced."""
    try:
        return lire_confiance(octets, region.cles.racine).contenu.generation
    except SaisieRefusee:
        return 0
