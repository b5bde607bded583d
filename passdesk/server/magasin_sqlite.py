"""The Region's database in one SQLite file: WAL, synchronous FULL, one writer (`BEGIN IMMEDIATE`), STRICT tables."""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.server.magasin import VERSION_SCHEMA, Rangee, RegleRompueError, Transaction

ATTENTE_S = 20.0
"""Seconds that a writer waits for the one before it."""

_DISQUE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
_ENTETE = b"SQLite format 3\0"
_SCHEMA = Path(__file__).with_name("schema.sql")
_TABLES = "SELECT max(name) FROM sqlite_master WHERE name = 'region'"


class _TransactionSqlite:
    """One transaction of one connection."""

    def __init__(self, connexion: sqlite3.Connection) -> None:
        self._connexion = connexion

    def une(self, sql: str, *valeurs: object) -> Rangee | None:
        rangee: Rangee | None = self._executer(sql, valeurs).fetchone()
        return rangee

    def toutes(self, sql: str, *valeurs: object) -> list[Rangee]:
        return self._executer(sql, valeurs).fetchall()

    def faire(self, sql: str, *valeurs: object) -> int:
        return self._executer(sql, valeurs).rowcount

    @contextmanager
    def etape(self) -> Iterator[None]:
        self._connexion.execute("SAVEPOINT etape")
        try:
            yield
        except BaseException:
            self._connexion.execute("ROLLBACK TO etape")
            raise
        finally:
            self._connexion.execute("RELEASE etape")

    def _executer(self, sql: str, valeurs: tuple[Any, ...]) -> sqlite3.Cursor:
        try:
            return self._connexion.execute(sql, valeurs)
        except sqlite3.IntegrityError as trouble:
            raise RegleRompueError(str(trouble)) from None


class MagasinSqlite:
    """A `Magasin` over one file; connections are kept and lent to one transaction at a time."""

    def __init__(self, fichier: Path) -> None:
        self._fichier = fichier
        self._libres: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()

    @classmethod
    def creer(cls, fichier: Path) -> MagasinSqlite:
        """A new database. Raises SaisieRefusee(region_deja_initialisee), PanneAttendue(region_disque)."""
        if fichier.exists():
            raise SaisieRefusee("region_deja_initialisee")
        magasin = cls(fichier)
        try:
            connexion = magasin._connecter()
            magasin._libres.put(connexion)
            connexion.executescript("BEGIN IMMEDIATE;\n" + _SCHEMA.read_text(encoding="utf-8"))
            connexion.execute(f"PRAGMA user_version = {VERSION_SCHEMA}")
            connexion.execute("COMMIT")
        except sqlite3.DatabaseError as trouble:
            magasin.fermer()
            fichier.unlink(missing_ok=True)
            raise _traduit(trouble) from None
        return magasin

    @classmethod
    def ouvrir(cls, fichier: Path) -> MagasinSqlite:
        """An existing database, read through once. Raises BaseFermee(region_absente, region_illisible,
        region_recente), PanneAttendue; what cannot be opened is left as it is."""
        if not fichier.is_file():
            raise BaseFermee("region_absente")
        try:
            _examiner(fichier)
        except sqlite3.DatabaseError as trouble:
            raise _traduit(trouble) from None
        return cls(fichier)

    def _connecter(self) -> sqlite3.Connection:
        connexion = sqlite3.connect(
            self._fichier, timeout=ATTENTE_S, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connexion.execute("PRAGMA journal_mode = WAL")
            connexion.execute("PRAGMA synchronous = FULL")
            connexion.execute("PRAGMA foreign_keys = ON")
            connexion.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connexion.close()
            raise
        return connexion

    @contextmanager
    def ecrire(self) -> Iterator[Transaction]:
        """See `Magasin`. Raises PanneAttendue(region_occupee) when another writer holds on for too long."""
        with self._transaction("BEGIN IMMEDIATE") as transaction:
            yield transaction

    @contextmanager
    def lire(self) -> Iterator[Transaction]:
        """See `Magasin`."""
        with self._transaction("BEGIN") as transaction:
            yield transaction

    @contextmanager
    def _transaction(self, debut: str) -> Iterator[Transaction]:
        connexion = None
        try:
            connexion = self._prendre()
            connexion.execute(debut)
            yield _TransactionSqlite(connexion)
            connexion.execute("COMMIT")
        except sqlite3.DatabaseError as trouble:
            raise _traduit(trouble) from None
        finally:
            if connexion is not None:
                if connexion.in_transaction:
                    with suppress(sqlite3.Error):
                        connexion.execute("ROLLBACK")
                self._libres.put(connexion)

    def _prendre(self) -> sqlite3.Connection:
        try:
            return self._libres.get_nowait()
        except queue.Empty:
            return self._connecter()

    def fermer(self) -> None:
        """Closes every connection that is not in use."""
        while True:
            try:
                self._libres.get_nowait().close()
            except queue.Empty:
                return


def _examiner(fichier: Path) -> None:
    """Looks before anything is written: SQLite would make a database of an empty file, and serve around a hole."""
    with fichier.open("rb") as flux:
        if flux.read(len(_ENTETE)) != _ENTETE:
            raise BaseFermee("region_illisible")
    connexion = sqlite3.connect(fichier, timeout=ATTENTE_S, isolation_level=None)
    try:
        (version,) = connexion.execute("PRAGMA user_version").fetchone()
        if version > VERSION_SCHEMA:
            raise BaseFermee("region_recente")
        saine = connexion.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        if version != VERSION_SCHEMA or not saine:
            raise BaseFermee("region_illisible")
        connexion.execute("SELECT count(*) FROM region").fetchone()
    finally:
        connexion.close()


def _traduit(trouble: sqlite3.DatabaseError) -> PanneAttendue | BaseFermee:
    primaire = trouble.sqlite_errorcode & 0xFF
    if primaire in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return PanneAttendue("region_occupee")
    if primaire in _DISQUE and trouble.sqlite_errorcode != sqlite3.SQLITE_IOERR_SHORT_READ:
        return PanneAttendue("region_disque")
    return BaseFermee("region_illisible")
