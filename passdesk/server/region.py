"""One Region: its database, its keys and its clock, created once and opened by each command and by the server."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.server.adresse import Adresse, AdresseSqlite, creer_magasin, ouvrir_magasin
from passdesk.server.cles import NOM, ClesServeur, creer_cles, garder_cles, ouvrir_cles, remplacer_cles, renouveler
from passdesk.server.magasin import Magasin, Transaction, lire_reglage
from passdesk.server.racine import Racine

NOM_BASE = "region.db"
SERVER_EPOCH = "server_epoch"
"""Where the number of this life is kept."""
PREAVIS_JOURS = 14
"""Days before the last one of the publication key from which it is said: the root is kept apart, by few people."""
_RACINE = "racine"
_BITS_TIRES = 11


@dataclass(frozen=True, slots=True)
class Region:
    """What every act at the Region needs."""

    magasin: Magasin
    cles: ClesServeur = field(repr=False)
    horloge: Horloge

    def maintenant(self) -> int:
        """The present instant, ms UTC."""
        return _ms(self.horloge)

    def jours_de_publication(self) -> int:
        """Days that the publication key still signs after today; below zero once it has run out."""
        return (self.cles.lien_publication.dernier_jour - self.horloge.aujourdhui()).days

    def fermer(self) -> None:
        """Closes the database."""
        self.magasin.fermer()


def _ms(horloge: Horloge) -> int:
    return int(horloge.maintenant().timestamp() * 1000)


def initialiser(dossier: Path, racine: Racine, horloge: Horloge, *, adresse: Adresse | None = None) -> Region:
    """Creates the server's keys in `dossier`, certified by the root, and the database (there too, without `adresse`).

    Raises SaisieRefusee(region_deja_initialisee, region_base_encodage), BaseFermee(region_acces_refuse), PanneAttendue.
    """
    cles_fichier, adresse = dossier / NOM, adresse or AdresseSqlite(dossier / NOM_BASE)
    if cles_fichier.exists():
        raise SaisieRefusee("region_deja_initialisee")
    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise PanneAttendue("region_disque") from None
    cles = creer_cles(racine, horloge.aujourdhui())
    # Told apart from the same Region restored from a backup: desks then send again (protocol §5).
    epoch = nouvelle_vie(_ms(horloge)).to_bytes(8, "big")
    garder_cles(cles_fichier, cles, sans_valeur=racine.demonstration)
    try:
        magasin = creer_magasin(adresse, {SERVER_EPOCH: epoch, _RACINE: racine.publique})
    except BaseException:
        # Without a database these keys are nobody's: they must not stand in the way of the next attempt.
        cles_fichier.unlink()
        raise
    return Region(magasin, cles, horloge)


def prolonger(dossier: Path, racine: Racine, horloge: Horloge) -> date:
    """The root lets the publication key sign for 90 more days; its last day. A server that runs takes it up.

    Raises SaisieRefusee(racine_etrangere), BaseFermee(region_absente, region_cles_illisibles), PanneAttendue.
    """
    cles = renouveler(ouvrir_cles(dossier / NOM), racine, horloge.aujourdhui())
    remplacer_cles(dossier / NOM, cles)
    return cles.lien_publication.dernier_jour


def ouvrir_region(dossier: Path, horloge: Horloge, *, adresse: Adresse | None = None, second: bool = False) -> Region:
    """Opens a Region. Raises BaseFermee: absent, keys or database unreadable, refused or not a pair; PanneAttendue.
    `second`: another process of the same server holds it open (`ouvrir_magasin`)."""
    cles = ouvrir_cles(dossier / NOM)
    magasin = ouvrir_magasin(adresse or AdresseSqlite(dossier / NOM_BASE), second=second)
    try:
        with magasin.lire() as tx:
            if lire_reglage(tx, _RACINE) != cles.racine:
                raise BaseFermee("region_cles_etrangeres")
    except KnownError:
        magasin.fermer()
        raise
    return Region(magasin, cles, horloge)


def nouvelle_vie(maintenant: int, apres: int = 0) -> int:
    """The number of a life begun at `maintenant` (ms UTC), above those of all lives begun before, `apres` among them:
    who names a later one heard what a backup made this Region forget. The lowest bits are drawn, never told twice."""
    return max(maintenant << _BITS_TIRES | secrets.randbits(_BITS_TIRES), apres + 1)


def vie_possible(vie: int, maintenant: int) -> bool:
    """False for a life that could only have begun later than now (ms UTC): nobody heard of it here."""
    return vie >> _BITS_TIRES <= maintenant


def server_epoch(tx: Transaction) -> int:
    """The number that changes when the Region is restored from a backup."""
    valeur = lire_reglage(tx, SERVER_EPOCH)
    if valeur is None:
        raise BaseFermee("region_illisible")
    return int.from_bytes(valeur, "big")
