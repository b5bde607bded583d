"""The Region's tables, step by step: one ordered list for both stores, written in SQLite's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

from passdesk.server.magasin import Transaction

MIGRATIONS = (
    "0001_region",
    "0002_migration",
    "0003_reglement",
    "0004_homonyme",
    "0005_remplacement",
    "0006_homonyme_retire",
    "0007_separation",
    "0009_lots",
    "0010_index",
    "0011_cles_de_poste",
    "0012_etat",
    "0013_tranche",
    "0014_index",
    "0015_volume",
    "0016_ordinateurs",
    "0017_limbes",
    "0018_lots_d_un_poste",
    "0019_annonce_passee",
    "0020_lots_reappris",
    "0021_volume_quitte",
)
"""Only ever added to: what a Region has run is never written again."""

VERSION_SCHEMA = len(MIGRATIONS)

_DOSSIER = Path(__file__).parent
_COMMENTAIRE = re.compile(r"--[^\n]*")


def ordres(nom: str) -> tuple[str, ...]:
    """The statements of a migration, in order; no semicolon may stand inside one of them."""
    texte = _COMMENTAIRE.sub("", (_DOSSIER / f"{nom}.sql").read_text(encoding="utf-8"))
    return tuple(ordre.strip() for ordre in texte.split(";") if ordre.strip())


def version_de(tx: Transaction, tables: Collection[str]) -> int:
    """The version of a database that holds these tables; 0 when no Region is in it."""
    if "region" not in tables:
        return 0
    if "migration" not in tables:
        return 1
    rangee = tx.une("SELECT coalesce(max(numero), 0) FROM migration")
    return int(rangee[0]) if rangee else 0


def migrer(tx: Transaction, depuis: int, dialecte: Callable[[str], str] = str) -> None:
    """Runs what follows version `depuis`, all of it in this transaction or nothing. `dialecte` rewrites a statement
    for another database than SQLite."""
    for nom in MIGRATIONS[depuis:]:
        for ordre in ordres(nom):
            tx.faire(dialecte(ordre))
    # Version 1 had no such table: its number is written when the table comes.
    notees = {numero for (numero,) in tx.toutes("SELECT numero FROM migration")}
    for numero, nom in enumerate(MIGRATIONS, 1):
        if numero not in notees:
            tx.faire("INSERT INTO migration (numero, nom) VALUES (?, ?)", numero, nom)
