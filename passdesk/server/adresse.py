"""Where a Region's data lie, as people write it: `sqlite:///a/file` or `postgresql://…`, and the store behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.magasin import Magasin
from passdesk.server.magasin_sqlite import MagasinSqlite

_GENRE = re.compile(r"([a-z][a-z0-9+]{0,19})://")
_POSTGRES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class AdresseSqlite:
    """One file."""

    fichier: Path


@dataclass(frozen=True, slots=True)
class AdressePostgres:
    """A libpq connection string, checked. It may hold a password: it is never shown."""

    conninfo: str = field(repr=False)


Adresse = AdresseSqlite | AdressePostgres


def lire_adresse(texte: str) -> Adresse:
    """The address in `texte`. Raises SaisieRefusee(region_base_inconnue, region_base_mal_ecrite), which say nothing of
    what was written: it may be a password."""
    genre = _GENRE.match(texte)
    if genre is None:
        raise SaisieRefusee("region_base_mal_ecrite")
    if genre[1] in _POSTGRES:
        # Only a Region on PostgreSQL pays for its library.
        from passdesk.server.magasin_postgres import verifier_conninfo

        return AdressePostgres(verifier_conninfo(texte))
    if genre[1] != "sqlite":
        raise SaisieRefusee("region_base_inconnue", genre=genre[1])
    chemin = texte.removeprefix("sqlite:///")
    if chemin == texte or not chemin:
        raise SaisieRefusee("region_base_mal_ecrite")
    return AdresseSqlite(Path(chemin))


def creer_magasin(adresse: Adresse, reglages: Mapping[str, bytes]) -> Magasin:
    """A new database with these settings. Raises SaisieRefusee(region_deja_initialisee, region_base_encodage),
    BaseFermee(region_acces_refuse), PanneAttendue."""
    if isinstance(adresse, AdresseSqlite):
        return MagasinSqlite.creer(adresse.fichier, reglages)
    from passdesk.server.magasin_postgres import MagasinPostgres

    return MagasinPostgres.creer(adresse.conninfo, reglages)


def ouvrir_magasin(adresse: Adresse, *, second: bool = False) -> Magasin:
    """An existing database, brought to the present version. Raises BaseFermee (absent, refused, newer, unreadable),
    PanneAttendue. `second`: another process of the same server has done that, and this one changes nothing."""
    if isinstance(adresse, AdresseSqlite):
        return MagasinSqlite.ouvrir(adresse.fichier, second=second)
    from passdesk.server.magasin_postgres import MagasinPostgres

    return MagasinPostgres.ouvrir(adresse.conninfo, second=second)
